"""Answers in the shapes that the providers document (tests/payloads): what the parsers make of them."""

from __future__ import annotations

import pytest

from evidence.model import Id, Notice, Work
from evidence.services import (
    crossref,
    crossref_notices,
    crossref_record,
    datacite,
    doi,
    openalex,
    openlibrary,
    pubmed,
    pubmed_articles,
    pubmed_record,
    trials,
)
from evidence.services.web import Web
from tests.exchanges import read
from tests.standin import Standin

WAKEFIELD = "10.1016/s0140-6736(97)11096-0"
RETRACTION, INTERPRETATION = "10.1016/s0140-6736(10)60175-4", "10.1016/s0140-6736(04)15715-2"


def test_a_data_set_of_datacite() -> None:
    attributes = read("datacite/data_set").value["data"]["attributes"]
    work = datacite.parse(attributes).work
    assert (work.type, work.doi, work.publisher, work.year) == ("dataset", "10.5061/dryad.234", "Dryad", 2009)
    assert [(name.family, name.given) for name in work.authors][:1] == [("Zanne", "Amy E.")]
    assert work.authors[3].family == "Ilic"  # written as "Family, Given" alone
    assert datacite.abstract_of(attributes) == "Wood densities of species."


def test_a_preprint_of_datacite() -> None:
    work = datacite.parse(read("datacite/preprint").value["data"]["attributes"]).work
    assert (work.type, work.title) == ("article", "Adam: A Method for Stochastic Optimization")
    assert work.ids == (Id("doi", "10.48550/arxiv.1412.6980"), Id("arxiv", "1412.6980"))
    assert work.issued is not None
    assert (work.year, work.dates["updated"].year) == (2014, 2017)


def test_what_datacite_lacks_is_absent(web: Web, standin: Standin) -> None:
    for name in ("datacite/missing", "datacite/preprint", "datacite/data_set"):
        standin.play(name)
    asked = ["10.5061/dryad.none", "10.48550/arxiv.1412.6980", "10.5061/dryad.234"]
    assert [a.outcome for a in datacite.fetch(web, asked).values()] == ["absent", "found", "found"]


def test_summaries_of_pubmed(web: Web, standin: Standin) -> None:
    result = standin.play("pubmed/summaries").value["result"]
    paper = pubmed_record.parse("9500320", result["9500320"])
    assert paper.work.ids == (Id("pmid", "9500320"), Id("doi", WAKEFIELD))
    assert (paper.work.volume, paper.work.issue, paper.work.pages) == ("351", "9103", "637-41")
    assert paper.notices == (
        Notice("concern", "pmid:15016483", "2004-03-06", ("pubmed",)),
        Notice("retraction", "pmid:20137807", "2010-02-06", ("pubmed",)),
    )
    notice = pubmed_record.parse("20137807", result["20137807"])
    assert (notice.notices, notice.work.extra["updates"]) == ((), "pmid:9500320")
    answers = pubmed.fetch(web, ["9500320", "20137807", "999999999"])
    assert [answer.outcome for answer in answers.values()] == ["found", "found", "absent"]
    assert answers["9500320"].records[0].notices == paper.notices


@pytest.mark.parametrize(
    ("name", "outcome"), [("search", "found"), ("search_nothing", "absent"), ("search_failed", "unknown")]
)
def test_searches_of_pubmed(name: str, outcome: str, web: Web, standin: Standin) -> None:
    standin.play(f"pubmed/{name}")
    standin.play("pubmed/summaries")
    assert pubmed.by_doi(web, [WAKEFIELD])[WAKEFIELD].outcome == outcome


@pytest.mark.parametrize(
    ("name", "found"), [("found", ["2014248"]), ("missing", []), ("ambiguous", [])]
)  # fmt: skip
def test_citations_of_pubmed(name: str, found: list[str], web: Web, standin: Standin) -> None:
    standin.play(f"pubmed/citation_{name}")
    work = Work(container="Proc Natl Acad Sci U S A", volume="88", pages="3248")
    pubmed.search(web, work)
    summaries = [request.params["id"] for request in standin.asked("/pubmed/esummary.fcgi")]
    assert summaries == found


def test_full_records_of_pubmed() -> None:
    articles = pubmed_articles.parse(read("pubmed/articles").body)
    trial, retracted = articles["32445440"], articles["9500320"]
    assert trial.trials == ("NCT04280705",)
    assert trial.title == "Remdesivir for the Treatment of Covid-19 - Final Report"
    assert trial.ids == (
        Id("pmid", "32445440"),
        Id("doi", "10.1056/nejmoa2007764"),
        Id("pmcid", "PMC7262788"),
    )
    assert trial.sections == (
        ("BACKGROUND", "A made-up sentence with markup and a sign: p < 0.05."),
        ("METHODS", "Another made-up sentence."),
    )
    assert (retracted.abstract, retracted.trials) == (None, ())
    assert [(kind, pmid) for kind, pmid, _ in retracted.comments] == [
        ("PartialRetractionIn", "15016483"), ("RetractionIn", "20137807"),
    ]  # fmt: skip
    assert [n.kind for n in pubmed_record.notices_of(retracted.kinds, retracted.comments)] == [
        "concern", "retraction",
    ]  # fmt: skip


def test_a_summary_of_pubmed_central(web: Web, standin: Standin) -> None:
    standin.play("pubmed/central")
    (record,) = pubmed.by_pmcid(web, ["PMC7262788"])["PMC7262788"].records
    assert (record.work.pmid, record.work.doi) == ("32445440", "10.1056/nejmoa2007764")
    assert "PMC7262788" in record.url


def test_works_of_openalex(web: Web, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "k")
    standin.play("openalex/list")
    asked = [WAKEFIELD, "10.1056/nejmoa2007764", "10.1234/none"]
    flagged, plain, none = openalex.fetch(web, asked).values()
    assert [n.kind for n in flagged.records[0].notices] == ["retraction"]
    assert (plain.outcome, plain.records[0].notices, none.outcome) == ("found", (), "absent")
    standin.play("openalex/work")
    assert openalex.fetch(web, asked[1:2])[asked[1]].outcome == "found"
    standin.play("openalex/limited")
    limited = openalex.fetch(web, asked)[WAKEFIELD]
    assert (limited.outcome, limited.cause) == ("unknown", "outage")


def test_studies(web: Web, standin: Standin) -> None:
    study = trials.parse(standin.play("clinicaltrials/with_results").value)
    assert (study.nct, study.acronym, study.enrolled, study.phases) == (
        "NCT04280705",
        "ACTT",
        1062,
        ("PHASE3",),
    )
    assert [arm.name for arm in study.arms] == ["Placebo", "Remdesivir"]
    assert (study.allocation, study.masking, study.pmids) == ("RANDOMIZED", "DOUBLE", ("32445440",))
    plain = trials.parse(standin.play("clinicaltrials/without_results").value)
    assert (plain.kind, plain.enrolled, plain.arms, plain.started) == ("OBSERVATIONAL", None, (), "1948-09")
    standin.play("clinicaltrials/missing")
    answers = trials.fetch(web, ["NCT04280705", "NCT00005121", "NCT09999999"])
    assert [answer.outcome for answer in answers.values()] == ["found", "found", "absent"]


def test_handles_and_agencies(web: Web, standin: Standin) -> None:
    for name in ("registered", "missing", "no_values", "agencies"):
        standin.play(f"doi/{name}")
    asked = ["10.1000/1", "10.1000/none", "10.1000/empty"]
    assert [a.outcome for a in doi.fetch(web, asked).values()] == ["found", "absent", "unknown"]
    listed = ["10.1016/j.none", "10.5061/dryad.234", "10.1400/m", "10.99999/x"]
    # an entry of the answer that nobody asked for has no agency, so it says nothing
    assert doi.agencies(web, listed) == {"10.5061/dryad.234": "DataCite", "10.1400/m": "mEDRA"}


def test_books(web: Web, standin: Standin) -> None:
    standin.play("openlibrary/books")
    (record,) = openlibrary.fetch(web, ["9780980200447"])["9780980200447"].records
    assert (record.work.title, record.work.year, record.work.publisher) == (
        "Slow reading",
        2009,
        "Litwin Books",
    )
    assert record.work.authors[0].family == "Miedema"
    standin.play("openlibrary/nothing")
    assert openlibrary.fetch(web, ["9780000000002"])["9780000000002"].outcome == "absent"


def test_a_retracted_paper_of_crossref(web: Web, standin: Standin) -> None:
    told = standin.play("crossref/answers/retracted")
    right = (
        Notice("concern", INTERPRETATION, "2004-03-06", ("crossref",)),
        Notice("retraction", RETRACTION, "2010-02-06", ("crossref", "retraction-watch")),
    )
    assert crossref_record.parse(told.value["message"]).notices == right
    assert crossref.fetch(web, [WAKEFIELD])[WAKEFIELD].records[0].notices == right


def test_notices_of_crossref_from_their_side(web: Web, standin: Standin) -> None:
    items = standin.play("crossref/answers/notices").value["message"]["items"]
    answer = crossref_notices.fetch(web, [WAKEFIELD])[WAKEFIELD]
    assert answer.records[0].notices == (
        Notice("concern", INTERPRETATION, "2004-03-06", ("crossref",)),
        Notice("retraction", RETRACTION, "2010-02-06", ("crossref", "retraction-watch")),
    )
    # the publisher deposited it both ways: the notice is not retracted by the paper
    assert crossref_record.parse(items[0]).notices == ()


def test_a_notice_that_names_itself_says_nothing() -> None:
    record = crossref_record.parse(read("crossref/answers/self_notice").value["message"])
    assert (record.notices, record.work.issued) == ((), None)
    assert "updates" not in record.work.extra


def test_what_crossref_lacks(web: Web, standin: Standin) -> None:
    standin.play("crossref/answers/missing")
    assert crossref.fetch(web, ["10.1016/none"])["10.1016/none"].outcome == "absent"
