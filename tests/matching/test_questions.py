"""Who is asked what, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.matching.questions import (
    doi_question,
    handle_question,
    link_question,
    search_question,
    searchable,
    unusable_doi,
)
from evidence.matching.rounds import pending as ask_pending
from evidence.model import Answer, Answers, Date, Id, Name, Question, Record, Reference, Source, Span, Work

WORK = Work(
    "article-journal",
    "Bed Rest for <i>Back</i> Pain in Adults.",
    authors=(Name("Müller", "Anna"),),
    issued=Date(2010),
    container="Spine",
    volume="3",
    pages="10-4",
)
WITH_DOI = replace(WORK, ids=(Id("doi", "10.1234/bed"),))


def pending(reference: Reference, answers: Answers) -> tuple[Question, ...]:
    """What has to be asked where only Crossref and doi.org are."""
    return ask_pending(reference, answers, frozenset())


def _reference(work: Work) -> Reference:
    return Reference("k", None, work, Source("p.md", ""), Span(0, 0))


def _record(work: Work) -> Answer:
    return Answer("found", "crossref", (Record("crossref", work),))


def test_keys_do_not_change_with_style() -> None:
    question = search_question(WORK)
    assert question == Question("crossref", "search:bed rest for back pain in adults|muller|2010")
    restyled = replace(
        WORK, title="BED REST FOR “BACK” PAIN IN ADULTS", authors=(Name("Muller", "A. B."),), volume=""
    )
    assert search_question(restyled) == question


def test_a_title_less_reference_is_asked_by_its_place() -> None:
    question = search_question(replace(WORK, title="", pages="10–4"))
    assert question == Question("crossref", "search:spine,3,10|muller|2010")


def test_keys_are_short_and_one_line() -> None:
    question = search_question(replace(WORK, title="discs and\nthe like " * 500))
    assert question is not None
    assert len(question.key) < 160
    assert "\n" not in question.key


def test_addresses_lose_their_fragment() -> None:
    assert link_question("https://example.org/a?b=1#c") == Question("link", "link:https://example.org/a?b=1")


@pytest.mark.parametrize(
    "kind",
    [
        "webpage",
        "article-newspaper",
        "article-magazine",
        "post-weblog",
        "report",
        "legislation",
        "dataset",
        "software",
        "thesis",
        "personal_communication",
    ],
)
def test_what_crossref_cannot_know_is_not_asked(kind: str) -> None:
    assert search_question(replace(WORK, type=kind)) is None
    assert pending(_reference(replace(WORK, type=kind)), Answers()) == ()


@pytest.mark.parametrize(
    "kind", ["article-journal", "article", "chapter", "paper-conference", "book", "document"]
)
def test_what_crossref_can_know_is_asked(kind: str) -> None:
    assert searchable(replace(WORK, type=kind))


def test_an_unknown_type_has_to_look_like_an_article() -> None:
    bare = Work("document", "Stem cells to relieve back pain", container="A News Site", issued=Date(2014))
    assert not searchable(bare)
    authored = replace(bare, authors=(Name("Smith", "A"),))
    assert searchable(authored)
    assert not searchable(replace(authored, url="https://example.org/news"))
    assert not searchable(replace(authored, extra={"available_at": ""}))
    assert searchable(replace(bare, ids=(Id("pmid", "123"),)))
    assert not searchable(replace(WORK, type="book", authors=()))
    assert not searchable(replace(WORK, title="", pages=""))


def test_the_doi_is_asked_first_and_alone() -> None:
    assert pending(_reference(WITH_DOI), Answers()) == (doi_question("10.1234/bed"),)


def test_a_confirmed_doi_ends_the_questions() -> None:
    answers = Answers({doi_question("10.1234/bed"): _record(WITH_DOI)})
    assert pending(_reference(WITH_DOI), answers) == ()


def test_another_work_behind_the_doi_leads_to_a_search() -> None:
    other = Work(
        "article-journal", "Hip fractures of farmers", authors=(Name("Jones", "B"),), issued=Date(1999)
    )
    answers = Answers({doi_question("10.1234/bed"): _record(other)})
    search = search_question(WORK)
    assert search is not None
    assert pending(_reference(WITH_DOI), answers) == (search,)
    assert pending(_reference(WITH_DOI), Answers({**answers.by_question, search: Answer("absent")})) == ()


def test_a_doi_that_crossref_lacks_is_asked_of_the_handle_system_then_searched() -> None:
    absent = {doi_question("10.1234/bed"): Answer("absent")}
    handle = handle_question("10.1234/bed")
    assert pending(_reference(WITH_DOI), Answers(absent)) == (handle,)
    for outcome, expected in (("absent", (search_question(WORK),)), ("found", ()), ("unknown", ())):
        answers = Answers({**absent, handle: Answer(outcome)})  # type: ignore[arg-type]
        assert pending(_reference(WITH_DOI), answers) == expected


def test_an_outage_ends_the_questions() -> None:
    answers = Answers({doi_question("10.1234/bed"): Answer("unknown", cause="outage")})
    assert pending(_reference(WITH_DOI), answers) == ()


@pytest.mark.parametrize("doi", ["10.5555/12345678", "not a doi"])
def test_a_doi_that_cannot_be_is_not_asked(doi: str) -> None:
    work = replace(WORK, ids=(Id("doi", doi),))
    assert pending(_reference(work), Answers()) == (search_question(WORK),)
    assert unusable_doi(_reference(work)) == doi


def test_a_malformed_doi_is_seen_where_it_stands() -> None:
    source = Source("a.bib", "doi = {10.1234}")
    reference = Reference("k", None, WORK, source, Span(0, 15), {"doi": Span(7, 14)})
    assert unusable_doi(reference) == "10.1234"
