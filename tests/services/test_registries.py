"""The registries beside Crossref: what is asked, what is made of real and odd answers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evidence.errors import ServiceError
from evidence.model import Answer, Id, Notice, Settings, TrialArm
from evidence.services import (
    abstracts,
    crossref_notices,
    datacite,
    doi,
    openalex,
    openlibrary,
    pubmed,
    pubmed_articles,
    pubmed_record,
    retraction_watch,
    trials,
)
from evidence.services.cache import Cache
from evidence.services.crossref_record import sections_of
from evidence.services.web import Web
from tests.services.conftest import MakeWeb
from tests.standin import Standin

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "registries"
ODD: list[Any] = [None, 3, "x", [], {}, [None], {"a": 1}, True, 1e9, "<b>", [[]], {"name": None}]


def mutations(value: Any) -> list[Any]:
    """The value with each of its inner parts replaced by each odd one."""
    changed: list[Any] = list(ODD)
    if isinstance(value, dict):
        changed += [{**value, key: odd} for key in value for odd in mutations(value[key])]
        changed += [{k: v for k, v in value.items() if k != key} for key in value]
    elif isinstance(value, list):
        changed += [[odd] for part in value[:1] for odd in mutations(part)]
    return changed


# ---------------------------------------------------------------- PubMed

SUMMARY: dict[str, Any] = {
    "uid": "9500320", "pubdate": "1998 Feb 28", "epubdate": "", "source": "Lancet", "fulljournalname": "Lancet",
    "title": "A made up title.", "volume": "351", "issue": "9103", "pages": "637-41", "elocationid": "",
    "authors": [{"name": "Wakefield AJ", "authtype": "Author"}, {"name": "Edit E", "authtype": "Editor"}],
    "pubtype": ["Journal Article", "Retracted Publication"],
    "articleids": [{"idtype": "pubmed", "value": "9500320"}, {"idtype": "doi", "value": "10.1016/S0140-6736(97)11096-0"},
                   {"idtype": "pmc", "value": "PMC123456"}, {"idtype": "pmcid", "value": "pmc-id: PMC123456;"}],
    "references": [{"refsource": "Lancet. 2010 Feb 6;375(9713):445", "reftype": "Retraction in", "pmid": 20137807, "note": ""},
                   {"refsource": "Lancet. 2004 Mar 6;363(9411):750", "reftype": "Partial retraction in", "pmid": 15016483},
                   {"refsource": "Lancet. 1998 Feb 28", "reftype": "Comment in", "pmid": 9500300}],
}  # fmt: skip


def test_a_summary_with_all_that_followed() -> None:
    record = pubmed_record.parse("9500320", SUMMARY)
    assert record.work.title == "A made up title"
    assert [name.family for name in record.work.authors] == ["Wakefield"]
    assert [str(id_) for id_ in record.work.ids] == [
        "pmid:9500320", "doi:10.1016/s0140-6736(97)11096-0", "pmcid:PMC123456",
    ]  # fmt: skip
    assert record.notices == (
        Notice("concern", "pmid:15016483", "2004-03-06", ("pubmed",)),
        Notice("retraction", "pmid:20137807", "2010-02-06", ("pubmed",)),
    )


def test_a_notice_is_not_retracted() -> None:
    kinds = ["Retraction of Publication"]
    notice = {
        **SUMMARY,
        "pubtype": kinds,
        "references": [{"reftype": "Retraction of", "pmid": 9500320, "refsource": ""}],
    }
    record = pubmed_record.parse("20137807", notice)
    assert record.notices == ()
    assert record.work.extra["updates"] == "pmid:9500320"
    assert pubmed_record.parse("1", {**notice, "pubtype": ["Retraction Notice"]}).notices == ()


def test_a_type_alone_is_a_retraction_without_a_name() -> None:
    record = pubmed_record.parse("1", {**SUMMARY, "references": []})
    assert record.notices == (Notice("retraction", "", "", ("pubmed",)),)


@pytest.mark.parametrize("n", range(3))
def test_a_summary_of_any_shape_becomes_a_record(n: int) -> None:
    for odd in mutations(SUMMARY)[n::3]:
        if isinstance(odd, dict):
            pubmed_record.parse("1", odd)


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [("2014 Nov 1", 2014, 11, 1), ("2015 Jan-Feb", 2015, 1, None), ("2015 Spring", 2015, None, None), ("2015", 2015, None, None),
     ("1998 Dec-1999 Jan", 1998, 12, None), ("1998-1999", 1998, None, None)],
)  # fmt: skip
def test_dates_of_pubmed(text: str, year: int, month: int | None, day: int | None) -> None:
    date = pubmed_record.date_of(text)
    assert date is not None
    assert (date.year, date.month, date.day) == (year, month, day)


def test_numbers_dois_and_central_numbers_in_batches(
    make_web: MakeWeb, standin: Standin, tmp_path: Path
) -> None:
    for n in range(1, 6):
        standin.registries.pubmed.add(f"{n}", title=f"Paper {n}", doi=f"10.1234/p.{n}", pmcid=f"PMC{n}00")
    web = make_web(cache=Cache(str(tmp_path / "c.sqlite3")), mailto="someone@example.org")
    dois = [f"10.1234/p.{n}" for n in range(1, 8)]
    answers = pubmed.by_doi(web, dois)
    assert [answers[d].outcome for d in dois] == ["found"] * 5 + ["absent"] * 2
    assert [answers[d].records[0].work.pmid for d in dois[:5]] == ["1", "2", "3", "4", "5"]
    search, summary = standin.asked("/pubmed")
    assert search.params["term"] == " OR ".join(f"{d}[aid]" for d in dois)
    assert search.params["retmax"] == "20"
    assert (search.params["tool"], search.params["email"]) == ("evidence", "someone@example.org")
    assert summary.params["id"] == "1,2,3,4,5"
    assert pubmed.by_doi(web, [*dois, "10.1234/p.9"])["10.1234/p.3"] == answers["10.1234/p.3"]
    assert len(standin.asked("/pubmed")) == 3  # only what is new
    assert pubmed.fetch(web, ["2", "99"])["2"].records == answers["10.1234/p.2"].records
    assert pubmed.fetch(web, ["99"])["99"].outcome == "absent"
    central = pubmed.by_pmcid(web, ["PMC100", "PMC999"])
    assert [str(i) for i in central["PMC100"].records[0].work.ids] == [
        "pmid:1",
        "doi:10.1234/p.1",
        "pmcid:PMC100",
    ]
    assert central["PMC999"].outcome == "absent"


def test_a_doi_with_brackets_is_quoted(web: Web, standin: Standin) -> None:
    standin.registries.pubmed.add("1", title="Paper", doi="10.1016/s0140-6736(97)11096-0")
    answer = pubmed.by_doi(web, ["10.1016/s0140-6736(97)11096-0"])["10.1016/s0140-6736(97)11096-0"]
    assert answer.outcome == "found"
    assert standin.asked("/pubmed")[0].params["term"] == '"10.1016/s0140-6736(97)11096-0"[aid]'


def test_no_record_of_another_doi_is_taken(web: Web, standin: Standin) -> None:
    standin.registries.pubmed.add("1", title="Paper", doi="10.1234/other")
    standin.serve("/pubmed/esearch", body={"esearchresult": {"idlist": ["1"]}})
    assert pubmed.by_doi(web, ["10.1234/asked"])["10.1234/asked"].outcome == "absent"


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b"{}",
        b"<html>",
        b'{"esearchresult": {"ERROR": "Search Backend failed", "idlist": []}}',
        b'{"esearchresult": []}',
    ],
)
def test_an_odd_search_is_unknown(body: bytes, web: Web, standin: Standin) -> None:
    standin.serve("/pubmed", body=body)
    assert pubmed.by_doi(web, ["10.1234/a"])["10.1234/a"].outcome == "unknown"
    assert pubmed.fetch(web, ["1"])["1"].outcome == "unknown"
    assert pubmed.by_pmcid(web, ["PMC1"])["PMC1"].outcome == "unknown"


def test_a_summary_that_leaves_a_number_out_is_unknown_of_it(web: Web, standin: Standin) -> None:
    standin.serve("/pubmed", body={"result": {"uids": ["1"], "1": {"uid": "1", "title": "Paper"}}})
    answers = pubmed.fetch(web, ["1", "2"])
    assert (answers["1"].outcome, answers["2"].outcome) == ("found", "unknown")


ARTICLE = """<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">7</PMID><Article>
<ArticleTitle>On <i>backs</i>.</ArticleTitle><Abstract><AbstractText Label="METHODS">We asked 26 of <b>them</b>.</AbstractText>
<AbstractText>Plain.</AbstractText></Abstract><DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>
<AccessionNumberList><AccessionNumber>NCT01234567</AccessionNumber><AccessionNumber>GSE1</AccessionNumber></AccessionNumberList>
</DataBank></DataBankList></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1234/A</ArticleId>
</ArticleIdList><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1234/cited</ArticleId></ArticleIdList></Reference>
</ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>"""


def test_a_full_record() -> None:
    article = pubmed_articles.parse(ARTICLE.encode())["7"]
    assert article.title == "On backs"
    assert article.sections == (("METHODS", "We asked 26 of them."), ("", "Plain."))
    assert article.trials == ("NCT01234567",)
    assert [str(i) for i in article.ids] == ["pmid:7", "doi:10.1234/a"]
    assert article.abstract is not None
    assert article.abstract.text == "METHODS: We asked 26 of them.\nPlain."


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10 if n == 0 else f"&a{n - 1};" * 10}">' for n in range(9))
    + "]><PubmedArticleSet>&a8;</PubmedArticleSet>"
)


@pytest.mark.parametrize(
    "body", [b"", b"<a>", b"<html></html>", b"{}", b"\xff\xfe", BOMB.encode(), b"<a>" * 9_000]
)
def test_what_is_no_set_of_articles(body: bytes) -> None:
    with pytest.raises(ServiceError):
        pubmed_articles.parse(body)


# ---------------------------------------------------------------- abstracts


def test_abstracts_from_pubmed_else_from_the_registry(
    make_web: MakeWeb, standin: Standin, tmp_path: Path
) -> None:
    standin.registries.pubmed.add(
        "1", title="Paper", doi="10.1234/p", abstract=(("AIM", "To see."), ("", "It is."))
    )
    jats = "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>To <i>see</i> 5 &lt; 6.</jats:p></jats:sec>"
    standin.crossref.add({"DOI": "10.1234/c", "title": ["C"], "type": "journal-article", "abstract": jats})
    standin.crossref.add({"DOI": "10.1234/none", "title": ["C"], "type": "journal-article"})
    web = make_web(cache=Cache(str(tmp_path / "c.sqlite3")))
    asked = [
        Id("doi", "10.1234/p"),
        Id("pmid", "1"),
        Id("doi", "10.1234/c"),
        Id("doi", "10.1234/none"),
        Id("pmid", "9"),
    ]
    answers = abstracts.fetch(web, asked)
    told = [answers[id_].abstract for id_ in asked]
    assert [(a.service, a.text) if a else None for a in told] == [
        ("pubmed", "AIM: To see.\nIt is."), ("pubmed", "AIM: To see.\nIt is."), ("crossref", "Aim: To see 5 < 6."), None, None,
    ]  # fmt: skip
    assert [answers[id_].outcome for id_ in asked] == ["found"] * 3 + ["absent"] * 2
    standin.serve("/", status=503, headers={"Retry-After": "0"})
    assert abstracts.fetch(make_web(), asked[:1])[asked[0]].outcome == "unknown"


def test_forms_of_abstracts() -> None:
    assert sections_of("<p>One.</p><p>Two.</p>") == (("", "One. Two."),)
    assert sections_of("Plain") == (("", "Plain"),)
    assert sections_of(None) == sections_of("") == sections_of(["x"]) == ()


def test_real_abstracts_of_crossref_hold_no_markup() -> None:
    path = SHARED.parent / "crossref" / "works.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared records are not here")
    count = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if '"abstract"' in line and count < 100:
                count += 1
                sections = sections_of(json.loads(line).get("abstract"))
                assert sections
                assert not any("<jats" in text or "</" in text for _, text in sections)
    assert count == 100


# ---------------------------------------------------------------- trials

STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT01234567", "briefTitle": "Cells in discs", "officialTitle": "A trial", "acronym": "CID"},
        "statusModule": {"overallStatus": "COMPLETED", "startDateStruct": {"date": "2011-03"},
                         "completionDateStruct": {"date": "2014-01-31", "type": "ACTUAL"},
                         "studyFirstPostDateStruct": {"date": "2011-02-01"}},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"],
                         "designInfo": {"allocation": "RANDOMIZED", "interventionModel": "PARALLEL", "maskingInfo": {"masking": "DOUBLE"}},
                         "enrollmentInfo": {"count": 26, "type": "ACTUAL"}},
        "armsInterventionsModule": {"armGroups": [{"label": "Cells", "type": "EXPERIMENTAL", "description": "Once"}]},
        "outcomesModule": {"primaryOutcomes": [{"measure": "Pain", "timeFrame": "12 months"}], "secondaryOutcomes": [{"measure": "Walk"}]},
        "conditionsModule": {"conditions": ["Back Pain"]},
        "referencesModule": {"references": [{"pmid": "25187512", "type": "RESULT"}, {"pmid": "1", "type": "BACKGROUND"}]},
    },
}  # fmt: skip


def test_a_study_as_data(web: Web, standin: Standin) -> None:
    standin.registries.trials["NCT01234567"] = STUDY
    answers = trials.fetch(web, ["NCT01234567", "NCT00000000"])
    trial = answers["NCT01234567"].trial
    assert trial is not None
    assert (trial.enrolled, trial.enrolled_kind, trial.phases) == (26, "ACTUAL", ("PHASE1", "PHASE2"))
    assert (trial.allocation, trial.model, trial.masking) == ("RANDOMIZED", "PARALLEL", "DOUBLE")
    assert trial.arms == (TrialArm("Cells", "EXPERIMENTAL", "Once"),)
    assert [(o.rank, o.measure, o.time_frame) for o in trial.outcomes] == [
        ("primary", "Pain", "12 months"), ("secondary", "Walk", ""),
    ]  # fmt: skip
    assert (trial.started, trial.completed, trial.pmids) == ("2011-03", "2014-01-31", ("25187512",))
    assert answers["NCT01234567"].records[0].work.title == "Cells in discs"
    assert answers["NCT00000000"].outcome == "absent"
    assert standin.asked("/clinicaltrials")[0].path == "/clinicaltrials/api/v2/studies/NCT01234567"


def test_a_base_that_ends_in_the_version(make_web: MakeWeb, standin: Standin) -> None:
    standin.registries.trials["NCT01234567"] = STUDY
    web = make_web(bases={"clinicaltrials": standin.base("clinicaltrials") + "/api/v2"})
    assert trials.fetch(web, ["NCT01234567"])["NCT01234567"].outcome == "found"
    assert standin.log[-1].path == "/clinicaltrials/api/v2/studies/NCT01234567"


@pytest.mark.parametrize(
    ("status", "body"),
    [(404, b"Not Found"), (404, b"<html>"), (200, b"{}"), (200, b"null"), (200, b'{"protocolSection": 3}'), (503, b""), (400, b"{}"),
     (200, b'{"protocolSection": {"identificationModule": {"nctId": "NCT09999999"}}}')],
)  # fmt: skip
def test_an_odd_study_is_unknown(status: int, body: bytes, web: Web, standin: Standin) -> None:
    standin.serve("/clinicaltrials", status=status, body=body, headers={"Retry-After": "0"})
    answer = trials.fetch(web, ["NCT01234567"])["NCT01234567"]
    assert (answer.outcome, answer.cause) == ("unknown", "outage")


def test_a_study_of_any_shape_is_data() -> None:
    for odd in mutations(STUDY):
        if isinstance(odd, dict):
            trials.record_of(trials.parse(odd))


# ---------------------------------------------------------------- DataCite, doi.org

REAL = sorted((SHARED / "datacite").glob("*.json"))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_records_of_datacite(path: Path) -> None:
    body = json.loads(path.read_text(encoding="utf-8"))
    attributes = body["data"]["attributes"] if "data" in body else body
    record = datacite.parse(attributes)
    assert record.work.doi == attributes["doi"].lower()
    assert record.work.title
    assert record.work.year == attributes["publicationYear"]
    assert len(record.work.authors) == len(attributes["creators"])
    if "arxiv" in path.stem:
        assert (record.work.type, record.work.authors[0].family) == ("article", "Vaswani")
        assert Id("arxiv", "1706.03762") in record.work.ids
    for odd in mutations({k: v for k, v in attributes.items() if k not in ("xml", "subjects")})[::7]:
        if isinstance(odd, dict):
            datacite.parse(odd)


def test_what_datacite_answers(web: Web, standin: Standin) -> None:
    standin.registries.datacite["10.5061/x"] = {
        "data": {"id": "10.5061/x", "attributes": {"doi": "10.5061/X", "titles": []}}
    }
    answers = datacite.fetch(web, ["10.5061/x", "10.5061/none", "10.5555/test"])
    assert [answer.outcome for answer in answers.values()] == ["found", "absent", "absent"]
    standin.serve("/datacite", body={"data": {"attributes": {"doi": "10.5061/other"}}})
    assert datacite.fetch(web, ["10.5061/y"])["10.5061/y"].outcome == "unknown"
    standin.serve("/datacite", status=404, body=b"<html>gone</html>")
    assert datacite.fetch(web, ["10.5061/z"])["10.5061/z"].outcome == "unknown"


def test_agencies_by_one_list(make_web: MakeWeb, standin: Standin, tmp_path: Path) -> None:
    standin.registries.datacite["10.5061/x"] = {}
    standin.registries.handles |= {"10.1400/m": "x", "10.1234/c,d": "x"}
    standin.registries.agencies["10.1400/m"] = "mEDRA"
    web = make_web(cache=Cache(str(tmp_path / "c.sqlite3")))
    asked = ["10.5061/x", "10.1400/m", "10.1002/stem.1845", "10.1234/none", "10.1234/c,d"]
    right = {"10.5061/x": "DataCite", "10.1400/m": "mEDRA", "10.1002/stem.1845": "Crossref"}
    assert doi.agencies(web, asked) == right
    assert [r.path for r in standin.log] == ["/doi/doiRA/10.5061/x,10.1400/m,10.1002/stem.1845,10.1234/none"]
    assert doi.agencies(web, asked[:3]) == right
    assert len(standin.log) == 1


@pytest.mark.parametrize(
    "body",
    [b"null", b"{}", b"<html>", b'[3, {"DOI": 4, "RA": []}]', b'[{"DOI": "10.9999/z", "RA": "Crossref"}]'],
)
def test_an_odd_list_of_agencies_says_nothing(body: bytes, web: Web, standin: Standin) -> None:
    standin.serve("/doi/doiRA", body=body)
    assert doi.agencies(web, ["10.1234/a", "10.1234/b"]) == {}


# ---------------------------------------------------------------- Crossref's notices


def test_notices_of_many_works_at_once(make_web: MakeWeb, standin: Standin, tmp_path: Path) -> None:
    when = {"date-parts": [[2020, 5, 1]]}
    standin.crossref.add({
        "DOI": "10.1234/notice", "title": ["Retraction"], "type": "journal-article",
        "update-to": [{"DOI": f"10.1234/P.{n}", "type": "retraction", "source": s, "updated": when}
                      for n in range(3) for s in ("publisher", "retraction-watch")],
    })  # fmt: skip
    web = make_web(cache=Cache(str(tmp_path / "c.sqlite3")))
    asked = [f"10.1234/p.{n}" for n in range(5)]
    answers = crossref_notices.fetch(web, asked)
    assert [answers[d].outcome for d in asked] == ["found"] * 3 + ["absent"] * 2
    assert answers["10.1234/p.1"].records[0].notices == (
        Notice("retraction", "10.1234/notice", "2020-05-01", ("crossref", "retraction-watch")),
    )
    assert crossref_notices.fetch(web, asked) == answers
    (request,) = standin.log
    assert request.params["filter"] == ",".join(f"updates:{d}" for d in asked)


@pytest.mark.parametrize(
    "items",
    [
        [{"DOI": "10.9999/other", "title": ["x"]}],
        None,
        [{"DOI": "10.9999/o", "update-to": [{"DOI": "10.9999/z"}]}],
    ],
)
def test_notices_of_others_are_not_taken(items: Any, web: Web, standin: Standin) -> None:
    standin.serve("/crossref", body={"status": "ok", "message": {"items": items, "total-results": 1}})
    assert crossref_notices.fetch(web, ["10.1234/a"])["10.1234/a"].outcome == "unknown"


# ---------------------------------------------------------------- OpenAlex, Open Library, Retraction Watch


def test_openalex_in_a_list(web: Web, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "k")
    standin.registries.openalex = {
        "10.1234/a": {"doi": "https://doi.org/10.1234/A", "is_retracted": True}, "10.1234/b": {"doi": "https://doi.org/10.1234/b", "is_retracted": False},
    }  # fmt: skip
    answers = openalex.fetch(web, ["10.1234/a", "10.1234/b", "10.1234/c"])
    assert [len(a.records[0].notices) if a.records else a.outcome for a in answers.values()] == [
        1,
        0,
        "absent",
    ]
    assert standin.log[0].params["filter"] == "doi:10.1234/a|10.1234/b|10.1234/c"
    standin.serve("/openalex", body={"results": [{"doi": "https://doi.org/10.9999/z"}]})
    assert openalex.fetch(web, ["10.1234/d"])["10.1234/d"].outcome == "unknown"


def test_books_in_a_list(web: Web, standin: Standin) -> None:
    book = {"title": "Backs", "subtitle": "and beds", "authors": [{"name": "Anna Smith"}], "publish_date": "May 3, 2010",
            "publishers": [{"name": "Press"}], "identifiers": {"isbn_10": ["316148410X"]}}  # fmt: skip
    standin.registries.books["9783161484100"] = book
    answers = openlibrary.fetch(web, ["9783161484100", "9780000000002"])
    found, absent = answers.values()
    assert (found.records[0].work.title, found.records[0].work.year) == ("Backs", 2010)
    assert absent.outcome == "absent"
    for odd in mutations(book):
        if isinstance(odd, dict):
            openlibrary.parse("9783161484100", odd)


def settings(path: Path) -> Settings:
    return Settings(root=str(path.parent), today="2026-11-22", retraction_watch=path.name)


def test_real_rows_of_retraction_watch() -> None:
    path = SHARED / "retraction-watch" / "retraction_watch_sample.csv"
    if not path.exists():
        pytest.skip("the shared data is not here")
    keys = [
        "doi:10.1016/s0140-6736(97)11096-0",
        "pmid:9500320",
        "doi:10.1371/journal.pone.0064723",
        "doi:10.1234/none",
    ]
    answers = retraction_watch.fetch(settings(path), keys)
    kinds = [[n.kind for r in answers[key].records for n in r.notices] for key in keys]
    assert kinds == [["correction", "retraction"], ["correction", "retraction"], ["concern"], []]
    assert answers[keys[0]].records[0].notices[1].date == "2010-02-06"
    other = retraction_watch.fetch(settings(path.with_name("stub_retractions.csv")), ["pmid:36035816"])
    assert other["pmid:36035816"].records[0].notices[0].kind == "retraction"


def test_a_file_that_is_none(tmp_path: Path) -> None:
    for text in ("", "a,b\n1,2\n", "\0"):
        path = tmp_path / "w.csv"
        path.write_text(text)
        answer: Answer = retraction_watch.fetch(settings(path), ["doi:10.1234/a"])["doi:10.1234/a"]
        assert (answer.outcome, answer.cause) == ("unknown", "outage")
        assert "w.csv" in answer.reason
