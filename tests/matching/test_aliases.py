"""Which of two DOIs of one work is its own."""

from __future__ import annotations

import pytest

from evidence.matching.aliases import is_copy

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
