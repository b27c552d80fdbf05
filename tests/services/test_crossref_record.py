"""Messages become records: every field on its own, nothing raises."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.model import Date, Id, Name, Notice, Record
from evidence.services.crossref_record import parse
from evidence.services.reading import clean

DOI = "10.1000/x"
WORKS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "crossref" / "works.jsonl.gz"


def message(**fields: Any) -> Record:
    return parse({"DOI": DOI, **{name.replace("_", "-"): value for name, value in fields.items()}})


@pytest.mark.parametrize(
    ("raw", "text"),
    [("Role of <i>ACAN</i> in CO<sub>2</sub>", "Role of ACAN in CO2"), ("p &lt; 0.05 &amp; more",
     "p < 0.05 & more"),
     ("&lt;i&gt;In vivo&lt;/i&gt; work", "In vivo work"), ("One<br/>two", "One two"), ("a < b and c > d",
      "a < b and c > d"),
     ("n<5 or n>6", "n<5 or n>6"), ("<jats:p>A  b\n c</jats:p>", "A b c"),
      ('<mml:math xmlns:mml="x"><mml:mi>α</mml:mi></mml:math>', "α"),
     ("LOUD TITLE", "LOUD TITLE"), ("&#39;q&#39;", "'q'"), ("<scp>T</scp>he", "The"), ("a\ud800b", "a?b"),
      ("", ""), ("<b></b>", ""),
     ("&amp;amp;", "&"), (None, ""), (5, ""), (["x"], ""), ("AT&T", "AT&T")],
)  # fmt: skip
def test_texts_are_cleaned(raw: object, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "<" * n,
        lambda n: "<a " * n,
        lambda n: "&lt;" * n,
        lambda n: "<a" + " b" * n,
        lambda n: "</" * n,
        lambda n: "&" * n,
    ],
)
def test_cleaning_is_linear(make: Callable[[int], str]) -> None:
    began = time.process_time()
    for size in (5_000, 100_000):
        clean(make(size))
    assert time.process_time() - began < 4


def test_a_whole_record() -> None:
    record = message(
        type="journal-article", title=["A title"], subtitle=["And more"], volume="7", issue="2", page="1-9",
        author=[{"family": "van der Meer", "given": "Jan", "suffix": "Jr"}, {"name": "A Group"},
        {"given": "Plato"}, {}, None],
        editor=[{"family": "E"}], container_title=["The Journal of &amp;"], short_container_title=["J"],
        issued={"date-parts": [[2014, 9, 3]]}, published_print={"date-parts": [[2015, 1]]},
        published_online={"date-parts": [[2014, 9, 3]]}, ISSN=["1234-567x", "bad"],
        ISBN=["http://id.crossref.org/isbn/9780306406157"],
        publisher="P", publisher_location="Here", original_title=["Ein Titel"], short_title=["Short"],
        relation={"is-preprint-of": [{"id": "10.1/Y", "id-type": "doi"}], "cites": [{"id": "10.1/z",
        "id-type": "doi"}]},
    )  # fmt: skip
    work = record.work
    assert record.service == "crossref"
    assert record.url == "https://doi.org/10.1000/x"
    assert (work.type, work.title, work.subtitle) == ("article-journal", "A title", "And more")
    assert work.authors == (
        Name("van der Meer", "Jan", suffix="Jr"),
        Name(literal="A Group"),
        Name(literal="Plato"),
    )
    assert work.editors == (Name("E"),)
    assert (work.container, work.short_container) == ("The Journal of &", "J")
    assert (work.volume, work.issue, work.pages) == ("7", "2", "1-9")
    assert (work.issued, work.dates) == (
        Date(2015, 1),
        {"print": Date(2015, 1), "online": Date(2014, 9, 3)},
    )
    assert work.ids == (Id("doi", DOI), Id("isbn", "9780306406157"), Id("issn", "1234-567X"))
    assert work.extra == {
        "original_title": "Ein Titel",
        "short_title": "Short",
        "relations": "is-preprint-of 10.1/y",
    }


@pytest.mark.parametrize(
    ("fields", "year"),
    [({"issued": {"date-parts": [[None]]}}, None), ({"issued": {"date-parts": [[None]]},
     "posted": {"date-parts": [[2019]]}}, 2019),
     ({"issued": {"date-parts": [["2015"]]}}, 2015), ({"issued": {"date-parts": []}}, None),
      ({"issued": {"date-parts": [[]]}}, None),
     ({"issued": [[2015]]}, None), ({"issued": {"date-parts": [[0]]}}, None),
      ({"issued": {"date-parts": [[20155]]}}, None),
     ({"issued": {"date-parts": [[True]]}}, None), ({"published_print": {"date-parts": [[2013, 12]]}}, 2013)],
)  # fmt: skip
def test_years(fields: dict[str, Any], year: int | None) -> None:
    assert message(**fields).work.year == year


def test_odd_months_are_left_out() -> None:
    assert message(issued={"date-parts": [[2015, 13, 40]]}).work.issued == Date(2015)
    assert message(issued={"date-parts": [[2015, 2, 40]]}).work.issued == Date(2015, 2)


def test_article_numbers_stand_for_pages() -> None:
    work = message(article_number="377").work
    assert (work.pages, work.extra) == ("377", {"article_number": "377"})
    assert message(article_number="377", page="1-9").work.pages == "1-9"
    assert message(page="n/a-n/a").work.pages == ""


def test_a_preprint_stands_where_it_was_posted() -> None:
    posted = {"type": "posted-content", "institution": [{"name": "bioRxiv"}], "container-title": []}
    assert parse(posted).work.container == "bioRxiv"
    assert parse({**posted, "type": "report"}).work.container == ""
    assert parse({"type": "posted-content", "institution": None}).work.container == ""


def test_the_first_title_counts_and_the_second_is_kept() -> None:
    work = message(title=["One", "Un"]).work
    assert (work.title, work.extra["original_title"]) == ("One", "Un")
    assert message(title="Not a list").work.title == "Not a list"


@pytest.mark.parametrize(
    ("crossref", "csl"),
    [("posted-content", "article"), ("monograph", "book"), ("book-chapter", "chapter"),
     ("proceedings-article", "paper-conference"),
     ("dissertation", "thesis"), ("something new", "document"), (None, "document")],
)  # fmt: skip
def test_types(crossref: str | None, csl: str) -> None:
    assert message(type=crossref).work.type == csl


def update(
    kind: str, doi: str = "10.1000/notice", source: str | None = "publisher", date: list[int] | None = None
) -> dict[str, Any]:
    told = {"source": source} if source else {}
    return {"DOI": doi, "type": kind, "updated": {"date-parts": [date or [2020, 6, 5]]}, **told}


@pytest.mark.parametrize(
    ("kind", "word"),
    [("retraction", "retraction"), ("partial_retraction", "concern"), ("expression_of_concern", "concern"),
     ("correction", "correction"),
     ("erratum", "correction"), ("corrigendum", "correction"), ("withdrawal", "withdrawal"), ("removal",
      "withdrawal"),
     ("reinstatement", "reinstatement"), ("new_version", "new-version")],
)  # fmt: skip
def test_kinds_of_notices(kind: str, word: str) -> None:
    assert message(updated_by=[update(kind)]).notices == (
        Notice(word, "10.1000/notice", "2020-06-05", ("crossref",)),
    )


def test_an_unknown_kind_is_no_retraction() -> None:
    assert message(updated_by=[update("something")]).notices == ()


def test_one_event_reported_twice_is_one_notice() -> None:
    told = [
        update("retraction"),
        update("retraction", source="retraction-watch", date=[2020, 6, 4]),
        update("retraction", source=None),
    ]
    assert message(updated_by=told).notices == (
        Notice("retraction", "10.1000/notice", "2020-06-04", ("crossref", "retraction-watch")),
    )


def test_several_notices_come_in_order_of_time() -> None:
    told = [
        update("reinstatement", "10.1/c", date=[2022]),
        update("retraction", "10.1/b", date=[2021, 1]),
        update("erratum", "10.1/a", date=[2020]),
    ]
    assert [(n.kind, n.date) for n in message(updated_by=told).notices] == [
        ("correction", "2020"), ("retraction", "2021-01"), ("reinstatement", "2022"),
    ]  # fmt: skip


def test_an_update_under_the_same_doi() -> None:
    for kind in ("new_version", "correction"):
        record = message(updated_by=[update(kind, DOI)], update_to=[update(kind, DOI)])
        assert (record.notices, record.work.extra) == ((), {})
    record = message(updated_by=[update("retraction", DOI)], update_to=[update("retraction", DOI)])
    assert [n.kind for n in record.notices] == ["retraction"]
    assert record.work.extra == {}


def test_a_notice_says_what_it_is_about() -> None:
    record = message(update_to=[update("retraction", "10.1000/PAPER")])
    assert record.notices == ()
    assert record.work.extra["updates"] == "retraction 10.1000/paper"


def test_deposits_in_both_directions_are_told_apart() -> None:
    both = {
        "updated_by": [update("retraction", "10.1/other")],
        "update_to": [update("retraction", "10.1/other")],
    }
    paper, notice = message(title=["A trial"], **both), message(title=["Retraction: A trial"], **both)
    assert (len(paper.notices), paper.work.extra) == (1, {})
    assert (notice.notices, notice.work.extra) == ((), {"updates": "retraction 10.1/other"})
    both["update_to"] = [update("retraction", "10.1/other", "retraction-watch")]
    assert message(title=["A trial"], **both).notices == ()


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["DOI", "title", "author", "editor", "issued", "published-print", "volume", "page",
"article-number", "type", "ISSN", "ISBN",
        "relation", "updated-by", "update-to", "subtitle", "container-title", "journal-issue",
        "publisher"]  # fmt: skip
SHAPES = st.lists(
    st.dictionaries(
        st.sampled_from(["family", "given", "name", "DOI", "type", "source", "updated", "id", "id-type"]),
        JUNK,
        max_size=4,
    ),
    max_size=3,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JUNK | SHAPES | st.fixed_dictionaries({"date-parts": JUNK})))
def test_nothing_raises(junk: dict[str, Any]) -> None:
    record = parse(junk)
    json.dumps(record.work.title + record.work.doi + str(record.notices)).encode("utf-8")
    assert record == parse(junk)


@pytest.mark.skipif(not WORKS.exists(), reason="the recorded records are not here")
def test_all_recorded_records() -> None:
    count = 0
    with gzip.open(WORKS, "rt", encoding="utf-8") as lines:
        for line in lines:
            read = json.loads(line)
            record = parse(read)
            count += 1
            assert record.work.doi == read["DOI"].lower()
            assert bool(record.work.title) == any(read.get("title") or [])
            assert "<i>" not in record.work.title
            assert "&amp;" not in record.work.container
            named = [a for a in read.get("author") or [] if a.keys() & {"family", "given", "name"}]
            assert len(record.work.authors) == len(named)
    assert count > 7_000
