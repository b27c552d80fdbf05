"""Every way from answers to a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.errors import NotGathered
from evidence.matching.questions import doi_question, handle_question, search_question
from evidence.matching.verdict import judge
from evidence.model import (
    Answer,
    Answers,
    Date,
    Id,
    Name,
    Notice,
    Question,
    Record,
    Reference,
    Source,
    Span,
    Verdict,
    Work,
)

DOI = "10.1234/bed"
WORK = Work(
    "article-journal",
    "Bed rest for back pain in older adults",
    authors=(Name("Smith", "Anna"), Name("Ng", "B")),
    issued=Date(2010),
    container="Spine",
    volume="3",
    issue="2",
    pages="10-14",
)
WRITTEN = replace(WORK, ids=(Id("doi", DOI),))
RECORD = Record("crossref", replace(WORK, ids=(Id("doi", DOI), Id("issn", "1234-5678"))))
OTHER = Record(
    "crossref",
    Work(
        "article-journal",
        "Hip fractures of farmers",
        authors=(Name("Jones", "C"),),
        issued=Date(1999),
        container="Bone",
        volume="9",
        pages="1-2",
        ids=(Id("doi", DOI),),
    ),
)
RIGHT = Record("crossref", replace(WORK, ids=(Id("doi", "10.9999/right"),)))
BY_DOI, HANDLE = doi_question(DOI), handle_question(DOI)
PRINTED = "Smith A, Ng B. Bed rest for back pain in older adults. Spine 2010;3(2):10-14. "
SEARCH = search_question(WORK) or Question("", "")
ABSENT = Answer("absent", "crossref")
UNKNOWN = Answer("unknown", "crossref", cause="outage", reason="503")


def _found(*records: Record) -> Answer:
    return Answer("found", "crossref", records)


def _judge(work: Work, answers: dict[Question, Answer]) -> Verdict:
    return judge(Reference("k", 1, work, Source("p.md", ""), Span(0, 0)), Answers(answers))


def test_not_asked_is_not_cited_and_complete() -> None:
    verdict = judge(Reference("k", 1, WRITTEN, Source("p.md", ""), Span(0, 0)), Answers(), asked=False)
    assert (verdict.kind, verdict.cause, verdict.incomplete) == ("unchecked", "not-cited", False)


def test_what_was_not_gathered_raises() -> None:
    with pytest.raises(NotGathered):
        _judge(WRITTEN, {})


def test_a_doi_whose_record_agrees() -> None:
    verdict = _judge(WRITTEN, {BY_DOI: _found(RECORD)})
    assert verdict.kind == "verified"
    assert verdict.record == RECORD
    assert (verdict.ids, verdict.ids_written, verdict.ids_found) == ({"doi": DOI}, ("doi",), ())
    assert verdict.notices_checked
    assert not verdict.incomplete


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued": Date(2001)}, "year"),
        ({"title": "Bed rest for neck pain in older adults"}, "title"),
        ({"volume": "4"}, "volume"),
    ],
)
def test_a_difference_is_a_mismatch(changes: dict[str, object], field: str) -> None:
    verdict = _judge(replace(WRITTEN, **changes), {BY_DOI: _found(RECORD)})  # type: ignore[arg-type]
    assert verdict.kind == "mismatch"
    assert verdict.match is not None
    assert [d.field for d in verdict.match.differences] == [field]
    assert field in verdict.reason


def test_a_note_is_no_mismatch() -> None:
    verdict = _judge(
        replace(WRITTEN, authors=(Name("Smyth", "Anna"), Name("Ng", "B"))), {BY_DOI: _found(RECORD)}
    )
    assert verdict.kind == "verified"
    assert verdict.match is not None
    assert [d.weight for d in verdict.match.differences] == ["note"]


def test_a_doi_of_another_work_with_the_right_one_found() -> None:
    verdict = _judge(WRITTEN, {BY_DOI: _found(OTHER), SEARCH: _found(RIGHT)})
    assert (verdict.kind, verdict.wrong, verdict.wrong_record) == ("mismatch", DOI, OTHER)
    assert verdict.record == RIGHT
    assert verdict.match is not None
    assert verdict.match.differences == ()
    assert verdict.ids == {"doi": DOI}
    assert verdict.ids_found == ()


@pytest.mark.parametrize("search", [ABSENT, _found(), _found(OTHER), UNKNOWN])
def test_a_doi_of_another_work_with_nothing_better(search: Answer) -> None:
    verdict = _judge(WRITTEN, {BY_DOI: _found(OTHER), SEARCH: search})
    assert (verdict.kind, verdict.wrong, verdict.record) == ("mismatch", DOI, None)
    assert verdict.incomplete is (search is UNKNOWN)


def test_an_unregistered_doi_with_the_work_found() -> None:
    verdict = _judge(WRITTEN, {BY_DOI: ABSENT, HANDLE: Answer("absent", "doi"), SEARCH: _found(RIGHT)})
    assert (verdict.kind, verdict.unregistered, verdict.record) == ("mismatch", DOI, RIGHT)
    assert not verdict.incomplete


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("doi:10.1234/bed\n   42.a", "verified"), ("doi:10.1234/bed", "mismatch"), ("doi:10.1234/bed 43.a", "mismatch")],
)  # fmt: skip
def test_a_doi_that_a_line_end_broke_is_the_registered_one(raw: str, kind: str) -> None:
    found = Record("crossref", replace(WORK, ids=(Id("doi", f"{DOI}42.a"),)))
    answers = {BY_DOI: ABSENT, HANDLE: Answer("absent", "doi"), SEARCH: _found(found)}
    reference = Reference("k", 1, WRITTEN, Source("p.md", ""), Span(0, 0), raw=PRINTED + raw)
    verdict = judge(reference, Answers(answers))
    assert (verdict.kind, bool(verdict.unregistered)) == (kind, kind == "mismatch")


@pytest.mark.parametrize("search", [ABSENT, _found(), _found(OTHER)])
def test_an_unregistered_doi_and_nothing_found(search: Answer) -> None:
    verdict = _judge(WRITTEN, {BY_DOI: ABSENT, HANDLE: Answer("absent", "doi"), SEARCH: search})
    assert (verdict.kind, verdict.unregistered, verdict.record) == ("not-found", DOI, None)


def test_an_unregistered_doi_and_no_answer_to_the_search() -> None:
    verdict = _judge(WRITTEN, {BY_DOI: ABSENT, HANDLE: Answer("absent", "doi"), SEARCH: UNKNOWN})
    assert (verdict.kind, verdict.unregistered, verdict.incomplete) == ("mismatch", DOI, True)


def test_an_unregistered_doi_of_what_cannot_be_searched() -> None:
    verdict = _judge(replace(WRITTEN, type="webpage"), {BY_DOI: ABSENT, HANDLE: Answer("absent", "doi")})
    assert (verdict.kind, verdict.unregistered) == ("not-found", DOI)


def test_a_doi_of_another_agency_cannot_be_compared() -> None:
    verdict = _judge(WRITTEN, {BY_DOI: ABSENT, HANDLE: Answer("found", "doi")})
    assert (verdict.kind, verdict.cause, verdict.incomplete) == ("unchecked", "no-registry", False)
    assert "another agency" in verdict.reason


@pytest.mark.parametrize(
    ("cause", "told"),
    [("outage", "outage"), ("offline", "offline"), ("not-in-lock", "offline"), ("budget", "budget")],
)
def test_no_answer_is_unchecked_with_its_cause(cause: str, told: str) -> None:
    unknown = Answer("unknown", cause=cause, reason="said so")
    for answers in ({BY_DOI: unknown}, {BY_DOI: ABSENT, HANDLE: unknown}):
        verdict = _judge(WRITTEN, answers)
        assert (verdict.kind, verdict.cause, verdict.incomplete) == ("unchecked", told, True)
        assert not verdict.unregistered
    assert "could not be confirmed" in verdict.reason
    verdict = _judge(WORK, {SEARCH: unknown})
    assert (verdict.kind, verdict.cause, verdict.incomplete) == ("unchecked", told, True)


def test_crossref_absent_alone_proves_nothing() -> None:
    verdict = _judge(WRITTEN, {BY_DOI: ABSENT})
    assert (verdict.kind, verdict.incomplete, verdict.unregistered) == ("unchecked", True, "")


def test_a_search_that_finds_the_work_adds_its_doi() -> None:
    verdict = _judge(replace(WORK, ids=(Id("pmid", "77"),)), {SEARCH: _found(OTHER, RIGHT)})
    assert (verdict.kind, verdict.record) == ("verified", RIGHT)
    assert verdict.ids == {"doi": "10.9999/right", "pmid": "77"}
    assert (verdict.ids_written, verdict.ids_found) == (("pmid",), ("doi",))


def test_a_search_may_find_the_work_described_wrongly() -> None:
    verdict = _judge(replace(WORK, volume="4"), {SEARCH: _found(RIGHT)})
    assert (verdict.kind, verdict.record) == ("mismatch", RIGHT)


def test_several_works_that_fit_are_ambiguous() -> None:
    again = replace(RIGHT, work=replace(WORK, ids=(Id("doi", "10.9999/again"),)))
    verdict = _judge(WORK, {SEARCH: _found(RIGHT, again)})
    assert (verdict.kind, verdict.record, verdict.ids) == ("ambiguous", None, {})
    assert verdict.match is not None
    assert len(verdict.match.alternatives) == 2


@pytest.mark.parametrize("search", [ABSENT, _found(), _found(OTHER)])
def test_nothing_found_is_not_found_in_those_words(search: Answer) -> None:
    verdict = _judge(WORK, {SEARCH: search})
    assert (verdict.kind, verdict.record, verdict.incomplete) == ("not-found", None, False)
    assert "fabricat" not in verdict.reason


def test_what_no_registry_can_know_is_complete() -> None:
    verdict = _judge(Work("webpage", "Back pain", container="A Library"), {})
    assert (verdict.kind, verdict.cause, verdict.incomplete) == ("unchecked", "no-registry", False)


@pytest.mark.parametrize("doi", ["10.5555/12345678", "doi pending"])
def test_a_doi_that_cannot_be_is_a_mismatch_where_the_work_is_found(doi: str) -> None:
    work = replace(WORK, ids=(Id("doi", doi),))
    verdict = _judge(work, {SEARCH: _found(RIGHT)})
    assert verdict.kind == "mismatch"
    assert doi in verdict.reason
    assert _judge(work, {SEARCH: ABSENT}).kind == "not-found"


def test_a_retraction_never_changes_the_verdict() -> None:
    notice = Notice("retraction", "10.1/r", "2020-01-02", ("crossref",))
    verdict = _judge(WRITTEN, {BY_DOI: _found(replace(RECORD, notices=(notice,)))})
    assert verdict.kind == "verified"
    assert verdict.notices == (notice,)
    assert verdict.retracted


def test_a_record_made_by_hand_counts_the_same() -> None:
    verdict = _judge(WRITTEN, {BY_DOI: Answer("found", "by-hand", (replace(RECORD, service="by-hand"),))})
    assert verdict.kind == "verified"
    assert verdict.record is not None
    assert verdict.record.service == "by-hand"


@pytest.mark.parametrize(
    "title", ["Peer review report for bed rest", "Decision letter: Bed rest", "Referee report"]
)
def test_a_peer_review_that_a_search_does_not_show_is_unchecked(title: str) -> None:
    work = replace(WORK, title=title)
    search = search_question(work) or Question("", "")
    verdict = _judge(work, {search: ABSENT})
    assert (verdict.kind, verdict.cause) == ("unchecked", "no-registry")
