"""References that were taken apart wrongly: nobody is accused of what only reading did."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from evidence.matching import misread, people, titles
from evidence.matching.compare import compare, stands_in
from evidence.matching.decide import confirm, decide
from evidence.model import Date, Id, Match, Name, Record, Work
from evidence.parsing import parse

PAPER = Record(
    "crossref",
    Work(
        "article-journal",
        "Rest in bed and recovery of the lumbar spine",
        authors=(Name("Greenwood", "Jane A."), Name("Van den Berg", "Otto")),
        issued=Date(1990),
        container="Archives of Motion, Part C: Spine and Hip",
        volume="204",
        issue="6",
        pages="417-420",
        ids=(Id("doi", "10.1234/motion.204.417"),),
    ),
)
WITHOUT_TITLES = [
    "Greenwood, J. A.; Van den Berg, O. Archives of Motion, Part C: Spine and Hip 1990, 204, 417–420.",
    "J.A. Greenwood and O. Van den Berg, Archives of Motion, Part C: Spine and Hip 204, 417 (1990).",
    "J.A. Greenwood, O. Van den Berg, Archives of Motion, Part C: Spine and Hip 204 (1990) 417.",
    "J.A. Greenwood, O. Van den Berg, Arch. Motion, Part C Spine Hip 204 (1990) 417.",
]


def _read(text: str, record: Record = PAPER, doi: bool = True) -> Match:
    """Judge a reference as a page has it: with the DOI of its record, or as found by a search."""
    work = parse(text).work
    if doi:
        return confirm(replace(work, ids=(Id("doi", record.work.doi),)), record, text)
    return decide(work, [record], text)


def _errors(match: Match) -> list[str]:
    return [d.field for d in match.differences if d.weight == "error"]


@pytest.mark.parametrize("text", WITHOUT_TITLES)
def test_a_style_without_titles_yields_no_title_mismatch(text: str) -> None:
    found = _read(text)
    assert found.outcome == "match"
    assert "title" not in [d.field for d in found.differences]
    assert _read(text, doi=False).outcome in ("match", "ambiguous")


def test_another_title_in_the_same_place_is_still_told() -> None:
    text = (
        "Greenwood JA, Van den Berg O. Walking and recovery of the lumbar spine. "
        "Archives of Motion, Part C: Spine and Hip. 1990;204(6):417-420."
    )
    assert _errors(_read(text)) == ["title"]


def test_the_doi_of_another_work_is_still_told() -> None:
    text = "Okafor P, Lindqvist S. Sleep of night nurses. J Shift Work. 2008;12(3):55-61."
    assert _read(text).outcome == "no-match"


@pytest.mark.parametrize(
    ("title", "explained"),
    [
        ("Archives of Motion", True),
        ("Arch Motion Pt C", True),
        ("J.A. Greenwood and O. Van den Berg", True),
        ("J.A. Green wood and O. Vanden Brg", True),
        ("Archives of Motion 204 (n.d.)", True),
        ("Sleep of night nurses", False),
        ("Motion sickness at sea", False),
    ],
)
def test_what_a_title_is_made_of(title: str, explained: bool) -> None:
    assert misread.is_explained(title, PAPER.work) is explained


def test_a_lone_title_that_may_be_the_book_is_told_as_much_as_the_rest_leaves_open() -> None:
    chapter = Record(
        "crossref",
        Work("chapter", "Alidade", authors=(Name("Finkel", "C. W."),), container="Studies of the Earth",
             issued=Date(1984), pages="15-18", ids=(Id("doi", "10.1234/alidade"),)),
    )  # fmt: skip
    written = Work(
        "document", "General Geology", authors=(Name("Finkel", "CW"),), issued=Date(1984), pages="15-18"
    )
    read = confirm(written, chapter, "Finkel, C. W. General Geology 1984, 15-18.")
    assert [(d.field, d.weight) for d in read.differences] == [("title", "note")]
    read = confirm(replace(written, pages=""), chapter, "Finkel, C. W. General Geology 1984.")
    assert [(d.field, d.weight) for d in read.differences] == [("title", "warning")]
    entry = confirm(written, chapter)
    assert ("title", "error") in [
        (d.field, d.weight) for d in entry.differences
    ] or entry.outcome == "no-match"


@pytest.mark.parametrize(
    "text",
    [
        "Annotations. (1961). BMJ, 1(5226), 650–651.",
        "Annotations. BMJ. 1961;1(5226):650-1.",
        "‘Annotations’ (1961) BMJ, 1(5226), pp. 650–651.",
        "“Annotations.” BMJ 1, no. 5226 (1961): 650–51.",
        "Annotations.\nBMJ. 1961 Jan;1(5226):650-1.",
    ],
)
def test_short_titles_without_authors_are_confirmed(text: str) -> None:
    record = Record(
        "crossref",
        Work("article-journal", "ANNOTATIONS", container="BMJ", issued=Date(1961), volume="1", issue="5226",
             pages="650-651", ids=(Id("doi", "10.1234/annotations"),)),
    )  # fmt: skip
    found = _read(text, record)
    assert (found.outcome, found.agreements["title"], _errors(found)) == ("match", "agrees", [])
    assert _read(text, record, doi=False).outcome == "match"


def test_a_title_that_is_the_journal_has_to_stand_there_twice() -> None:
    work = Work("article-journal", "Evolutionary Ecology", container="Evolutionary Ecology")
    assert misread.is_sentence_in(
        "Evolutionary Ecology. Evolutionary Ecology. 2002;16:611.", work.title, work
    )
    assert not misread.is_sentence_in(
        "Smith J. On frogs. Evolutionary Ecology. 2002;16:611.", work.title, work
    )


def test_words_of_the_title_are_no_first_author() -> None:
    record = Record(
        "crossref",
        Work("article-journal", "Arterial Stiffness, Pulse Pressure, and New Hypertension", issued=Date(2012),
             authors=(Name("Kaess", "B"),), container="JAMA", ids=(Id("doi", "10.1234/stiff"),)),
    )  # fmt: skip
    found = _read("Arterial Stiffness, Pulse Pressure, and New Hypertension. JAMA. 2012.", record)
    assert (found.outcome, _errors(found)) == ("match", [])


def test_the_first_author_may_stand_behind_initials_and_a_marker() -> None:
    person = Name("Van den Berg", "O.")
    assert people.begins_with("[12] O.-P. Van den Berg, Arch. Motion", person)
    assert people.begins_with("3. Van den Berg O, Greenwood JA.", person)
    assert not people.begins_with("J.A. Greenwood, O. Van den Berg, Arch. Motion", person)


def test_a_journal_with_marks_in_its_name_stands_in_a_text() -> None:
    assert stands_in(WITHOUT_TITLES[0], PAPER.work)
    assert not stands_in("Greenwood JA. Rest. Archives of Rest, Part C: Spine and Hip. 1990.", PAPER.work)


def test_the_number_of_a_chapter_may_be_left_out() -> None:
    registered = Work("chapter", "5. Harbours of the northern coast")
    assert titles.check(Work(title="Harbours of the northern coast"), registered).state == "agrees"
    assert titles.check(Work(title="Harbours of the southern coast"), registered).state == "differs"


def test_the_label_abstract_is_no_other_title() -> None:
    registered = Work(title="Notes on the rocks of the northern district: ABSTRACT")
    found = titles.check(Work(title="Notes on the rocks of the northern district"), registered)
    assert (found.state, found.weight) == ("agrees", "note")
    reply = Work(title="Notes on the rocks of the northern district: Reply")
    assert titles.check(Work(title="Notes on the rocks of the northern district"), reply).state == "differs"


def test_a_commentary_may_be_cited_without_its_subtitle() -> None:
    whole = "On rest by Voss and Dahl, May 1971. Commentary: Forty years of lying down"
    found = titles.check(Work(title="On rest by Voss and Dahl, May 1971. Commentary"), Work(title=whole))
    assert found.state == "agrees"


def test_an_editorial_without_author_and_pages_is_not_said_to_be_absent() -> None:
    work = Work("article-journal", "Editorial Board", container="Future Systems", issued=Date(2013), volume="29",
                issue="8", pages="IFC")  # fmt: skip
    record = Record("crossref", replace(work, ids=(Id("doi", "10.1234/ifc"),)))
    assert decide(replace(work, title="Editorial Board."), [record]).outcome == "ambiguous"
    assert decide(replace(work, issue="9"), [record]).outcome == "no-match"


def test_a_chapter_is_found_although_the_series_is_registered() -> None:
    chapter = Record(
        "crossref",
        Work("chapter", "Measuring the worth of a classifier", authors=(Name("Bramley", "M."),),
             issued=Date(2016), container="Lecture Notes in Reckoning", pages="175-187",
             ids=(Id("doi", "10.1234/978-1-2345-6"),)),
    )  # fmt: skip
    text = "Bramley, M. (2016). Measuring the worth of a classifier. Principles of Sorting, 175–187."
    assert decide(parse(text).work, [chapter], text).record == chapter
    written = replace(chapter.work, container="Principles of Sorting", ids=())
    assert not [d for d in compare(written, chapter.work).differences if d.weight != "note"]
    other = compare(replace(written, container="Journal of Sorting"), chapter.work)
    assert [d.field for d in other.differences if d.weight == "warning"] == ["container"]


def test_too_little_to_be_sure_is_ambiguous_and_not_absent() -> None:
    record = Record(
        "crossref",
        Work("article-journal", "Questions and answers", authors=(Name("Talbot", "J."),), issued=Date(1999),
             container="Guides Newsletter", volume="4", pages="16", ids=(Id("doi", "10.1234/q"),)),
    )  # fmt: skip
    text = "Questions and answers. Guides Newsletter. 1999."
    found = decide(parse(text).work, [record], text)
    assert (found.outcome, [m.record for m in found.alternatives]) == ("ambiguous", [record])
    other = "Questions and answers. Guides Newsletter. 2011."
    assert decide(parse(other).work, [record], other).outcome == "no-match"


@pytest.mark.parametrize("piece", ["A. ", "12", "[", "a-", "A.-", "“‘", "Spine, ", "5. "])
def test_long_texts_cost_little(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    people.begins_with(text, Name("Greenwood", "J"))
    misread.is_sentence_in(text, "Annotations of May", PAPER.work)
    misread.is_explained(text, PAPER.work)
    misread.is_container(text, PAPER.work)
    titles.check(Work(title=text), PAPER.work, text)
    stands_in(text, PAPER.work)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "name", [Name("Motion", "A."), Name("Berg-Motion", "O."), Name("", literal="Archives of Motion")]
)
def test_words_of_the_journal_are_no_further_author(name: Name) -> None:
    written = replace(PAPER.work, authors=(*PAPER.work.authors, name), ids=())
    text = "J.A. Greenwood, O. Van den Berg, Archives of Motion 204 (1997) 15."
    assert [d for d in confirm(written, PAPER, text).differences if d.weight != "note"] == []


def test_a_title_in_another_order_is_no_other_work() -> None:
    words = PAPER.work.title.split()
    written = replace(
        PAPER.work, title=" ".join([*words[2:], *words[:2]]), volume="", pages="", issued=Date(1980)
    )
    match = confirm(written, PAPER)
    assert match.outcome == "match"
    assert {d.field for d in match.differences} == {"title", "year"}
