"""What is asked of several registries, and in which rounds."""

from __future__ import annotations

from dataclasses import replace

from evidence.matching.questions import (
    central_question,
    datacite_question,
    doi_question,
    handle_question,
    notices_question,
    pubmed_question,
    pubmed_search_question,
    search_question,
    trial_question,
)
from evidence.matching.rounds import pending
from evidence.matching.verdict import judge
from evidence.model import Answer, Answers, Date, Id, Name, Question, Record, Reference, Source, Span, Work

DOI = "10.1234/bed"
WORK = Work(
    "article-journal", "Bed Rest for Back Pain in Adults of the North", authors=(Name("Miller", "Anna"),), issued=Date(2010),
    container="Spine", volume="3", pages="10-4",
)  # fmt: skip
OTHER = Work("article-journal", "Hip fractures of farmers", authors=(Name("Jones", "B"),), issued=Date(1999))


def reference(*ids: Id, **fields: object) -> Reference:
    work = replace(WORK, ids=ids, **fields)  # type: ignore[arg-type]
    return Reference("k", None, work, Source("p.md", ""), Span(0, 0))


def found(work: Work, *ids: Id, service: str = "crossref") -> Answer:
    return Answer("found", service, (Record(service, replace(work, ids=ids)),))


def test_identifiers_together_then_what_happened_later() -> None:
    doi, pmid, nct = Id("doi", DOI), Id("pmid", "7"), Id("nct", "NCT01234567")
    asked = reference(doi, pmid, nct)
    first = pending(asked, Answers())
    assert first == (doi_question(DOI), pubmed_question(pmid), trial_question(nct.value))
    answers: dict[Question, Answer] = {
        doi_question(DOI): found(WORK, doi), pubmed_question(pmid): found(WORK, pmid, doi, service="pubmed"),
        trial_question(nct.value): Answer("found", "clinicaltrials", (Record("clinicaltrials", Work(title="x")),)),
    }  # fmt: skip
    assert notices_question(DOI) in pending(asked, Answers(answers))
    assert notices_question(DOI) not in pending(asked, Answers(answers), notices=False)


def test_what_is_switched_off_is_not_asked() -> None:
    asked = reference(Id("doi", DOI), Id("pmid", "7"))
    assert pending(asked, Answers(), frozenset({"crossref"})) == (doi_question(DOI),)


def test_an_outage_of_the_registry_asks_nothing_more() -> None:
    answers = Answers({doi_question(DOI): Answer("unknown", cause="outage", reason="it answered 503")})
    assert pending(reference(Id("doi", DOI)), answers) == ()
    verdict = judge(reference(Id("doi", DOI)), answers)
    assert (verdict.kind, verdict.incomplete, verdict.notices_checked) == ("unchecked", True, False)
    assert verdict.reason.endswith("; retraction not checked")


def test_an_agency_that_is_known_leads_there_at_once() -> None:
    asked = reference(Id("doi", DOI))
    for agency, expected in (
        ("DataCite", (datacite_question(DOI),)),
        ("mEDRA", ()),
        ("", (handle_question(DOI),)),
    ):
        answers = Answers({doi_question(DOI): Answer("absent", "crossref", agency=agency)})
        assert pending(asked, answers) == expected


def test_not_found_waits_for_pubmed_where_that_can_know_it() -> None:
    search, more = search_question(WORK), pubmed_search_question(WORK)
    assert search
    assert more
    answers = {search: Answer("absent", "crossref")}
    assert pending(reference(), Answers(answers)) == (more,)
    assert judge(reference(), Answers({**answers, more: Answer("absent", "pubmed")})).kind == "not-found"
    down = Answer("unknown", "pubmed", cause="outage", reason="it answered 503")
    assert judge(reference(), Answers({**answers, more: down})).kind == "unchecked"
    # a lock from before PubMed was asked, and PubMed switched off
    assert judge(reference(), Answers(answers)).kind == "not-found"
    offline = Answer("unknown", "pubmed", cause="offline")
    assert judge(reference(), Answers({**answers, more: offline})).kind == "not-found"
    assert pubmed_search_question(replace(WORK, type="paper-conference")) is None


def test_a_central_number_alone_is_asked_of_pubmed_central() -> None:
    asked = reference(Id("pmcid", "PMC9"))
    assert pending(asked, Answers()) == (central_question("PMC9"),)
    answers = {central_question("PMC9"): found(WORK, Id("pmcid", "PMC9"), Id("doi", DOI), service="pmc")}
    assert pending(asked, Answers(answers)) == (doi_question(DOI),)
    better = {**answers, doi_question(DOI): found(WORK, Id("doi", DOI))}
    assert judge(asked, Answers(better)).kind == "verified"


def test_an_arxiv_number_beside_a_journal_is_that_of_the_preprint_before() -> None:
    assert pending(reference(Id("arxiv", "2101.00001")), Answers()) == (search_question(WORK),)
    preprint = reference(Id("arxiv", "2101.00001"), container="arXiv", volume="")
    assert pending(preprint, Answers()) == (datacite_question("10.48550/arxiv.2101.00001"),)


def test_a_trial_number_names_a_work_only_by_its_title() -> None:
    nct = Id("nct", "NCT01234567")
    trial = Work("document", "Bed rest or walking for the pain of backs", issued=Date(2008))
    answers = {trial_question(nct.value): found(trial, nct, service="clinicaltrials")}
    assert pending(reference(nct), Answers(answers)) == (search_question(WORK),)


def test_two_records_of_one_work_do_not_disagree() -> None:
    doi, pmid = Id("doi", DOI), Id("pmid", "7")
    twin = found(WORK, pmid, Id("doi", "10.9999/reprint"), service="pubmed")
    same = judge(
        reference(doi, pmid), Answers({doi_question(DOI): found(WORK, doi), pubmed_question(pmid): twin})
    )
    assert (same.kind, same.conflicts) == ("verified", ())
    wrong = found(OTHER, pmid, Id("doi", "10.9999/hips"), service="pubmed")
    other = judge(
        reference(doi, pmid), Answers({doi_question(DOI): found(WORK, doi), pubmed_question(pmid): wrong})
    )
    assert other.kind == "mismatch"
    assert [conflict.written for conflict in other.conflicts] == [pmid]
    assert [d.field for d in other.match.differences] == ["pmid"] if other.match else False
