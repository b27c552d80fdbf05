"""Which of two DOIs of one work is its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.matching.aliases import is_copy, printed
from evidence.model import Date, Id, Name, Record, Work

ARTICLE = "10.1002/(sici)1097-0320(19970801)28:4<316::aid-cyto7>3.0.co;2-9"
ABSTRACT = "10.1002/(sici)1097-0320(19970801)28:4<316::aid-cyto7>3.3.co;2-j"


def test_the_sici_of_an_abstract_is_a_copy_of_that_of_its_article() -> None:
    assert is_copy(ABSTRACT, ARTICLE)
    assert not is_copy(ARTICLE, ABSTRACT)


def test_a_doubled_slash_is_a_copy() -> None:
    assert is_copy("10.1037//0022-0167.26.5.399", "10.1037/0022-0167.26.5.399")
    assert not is_copy("10.1037/0022-0167.26.5.399", "10.1037//0022-0167.26.5.399")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ARTICLE, ARTICLE),
        ("10.1000/a", "10.1000/b"),
        (ABSTRACT.replace("316", "322"), ARTICLE),
        ("10.2139/ssrn.2501403", "10.2139/ssrn.2425182"),
    ],
)
def test_other_dois_are_no_copies(one: str, other: str) -> None:
    assert not is_copy(one, other)


def registered(doi: str, **fields: str) -> Record:
    """Return a record of one work under a DOI, some of its fields written in another way."""
    people = (Name(fields.pop("family", "Abo-Shosha"), "M. H."),)
    known = {"title": "Removal of dyestuffs", "container": "Pigment Technology", "volume": "39"}
    work = Work("article-journal", **{**known, **fields}, authors=people, issued=Date(2010))  # type: ignore[arg-type]
    return Record("crossref", replace(work, ids=(Id("doi", doi),)))


def test_the_one_whose_place_stands_in_the_text_is_printed() -> None:
    one, other = registered("10.1234/a", pages="523-535"), registered("10.1234/b", pages="1953-1953")
    text = "Abo-Shosha MH. Removal of dyestuffs. Pigment Technology. 2010;39:523-535."
    assert printed([other, one], text) is one


def test_the_one_that_stands_there_letter_by_letter_is_printed() -> None:
    one, other = (
        registered("10.1234/a", pages="5-9"),
        registered("10.1234/b", pages="5-9", family="Abo‐Shosha"),
    )
    text = "Abo‐Shosha MH. Removal of dyestuffs. Pigment Technology. 2010;39:5-9."
    assert printed([one, other], text) is other


def test_where_nothing_tells_none_is_printed() -> None:
    one, other = registered("10.1234/a", pages="5-9"), registered("10.1234/b", pages="5-9")
    text = "Abo-Shosha MH. Removal of dyestuffs. Pigment Technology. 2010;39:5-9."
    assert printed([one, other], text) is None
    assert printed([one, other], "") is None


def test_two_works_on_one_page_are_not_told_by_their_letters() -> None:
    one, other = registered("10.1234/a", title="Dyes"), registered("10.1234/b", title="Inks")
    assert printed([one, other], "Abo-Shosha MH. Dyes. Pigment Technology. 2010;39.") is None
