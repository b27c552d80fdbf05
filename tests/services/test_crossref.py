"""Crossref through habanero: what is sent, and what is made of what comes back."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.model import Answer, Date, Name, Work
from evidence.services import crossref
from evidence.services.cache import Cache
from evidence.services.web import Web
from tests.services.conftest import MakeWeb, QuickClock
from tests.standin import Standin

PETTINE, OROZCO, YIM = "10.1002/stem.1845", "10.1097/tp.0b013e3182298a15", "10.1089/scd.2014.0203"
ALIAS, PRIME = "10.99999/standin.alias", "10.99999/standin.prime"


def one(web: Web, doi: str = PETTINE) -> Answer:
    return crossref.fetch(web, [doi])[doi]


def test_a_work_by_its_doi(web: Web, standin: Standin) -> None:
    answer = one(web)
    assert (answer.outcome, answer.service, answer.since, answer.asked) == (
        "found",
        "crossref",
    ) + ("2026-11-22",) * 2
    record = answer.records[0]
    assert (record.service, record.since, record.alias) == ("crossref", "2026-11-22", "")
    assert record.url == "https://doi.org/10.1002/stem.1845"
    assert (record.work.title[:27], record.work.pages, record.work.year) == (
        "Percutaneous Injection of A",
        "146-156",
        2015,
    )
    assert [r.path for r in standin.log] == ["/crossref/works/10.1002%2Fstem.1845"]


def test_several_dois_are_one_request(web: Web, standin: Standin) -> None:
    answers = crossref.fetch(web, [PETTINE, OROZCO, YIM, PETTINE])
    assert list(answers) == [PETTINE, OROZCO, YIM]
    assert {a.records[0].work.doi for a in answers.values()} == {PETTINE, OROZCO, YIM}
    (request,) = standin.log
    assert request.params["filter"] == f"doi:{PETTINE},doi:{OROZCO},doi:{YIM}"
    assert request.params["rows"] == "3"
    assert {"updated-by", "update-to", "relation", "DOI"} <= set(request.params["select"].split(","))


def test_a_hundred_dois_are_few_requests(web: Web, standin: Standin) -> None:
    message = standin.crossref.works[PETTINE]
    dois = [standin.crossref.add({**message, "DOI": f"10.99999/many.{n}"}) for n in range(100)]
    answers = crossref.fetch(web, dois)
    assert {a.outcome for a in answers.values()} == {"found"}
    assert all(answers[doi].records[0].work.doi == doi for doi in dois)
    assert len(standin.log) == 3


def test_absent_from_a_batch_is_asked_alone_before_it_is_absent(web: Web, standin: Standin) -> None:
    answers = crossref.fetch(web, [PETTINE, "10.99999/none", ALIAS])
    assert [a.outcome for a in answers.values()] == ["found", "absent", "found"]
    assert (answers[ALIAS].records[0].alias, answers[ALIAS].records[0].work.doi) == (ALIAS, PRIME)
    assert [r.path.rsplit("/", 1)[1] for r in standin.log[1:]] == [
        "10.99999%2Fnone", "10.99999%2Fstandin.alias", "10.99999%2Fstandin.prime",
    ]  # fmt: skip


def test_an_alias_that_is_not_redirected_is_absent_here(web: Web, standin: Standin) -> None:
    standin.crossref.aliases_redirect = False
    assert one(web, ALIAS).outcome == "absent"


@pytest.mark.parametrize(
    "doi", ["10.5555/12345678", "10.50505/x", "", "11.1/x", "10.1000", "10.1/a b", "10.1/a\r\nb",
    "10.1/\x00", "10.1/\u2028",
            "10.1/\x85", "10.1/\ud800", "10.1/" + "x" * 3_000],
)  # fmt: skip
def test_what_is_no_doi_is_never_asked(web: Web, standin: Standin, doi: str) -> None:
    answer = one(web, doi)
    assert (answer.outcome, answer.since) == ("absent", "2026-11-22")
    assert answer.reason
    assert standin.log == []


HOSTILE = [
    "10.1000/a,b", "10.1000/../../members/78", "10.1000/a/../b", "10.1000/a#b", "10.1000/a?x=1",
    "10.1000/%2e%2e/x",
    "10.1000/a%", "10.1000/a%23b", "10.1002/(sici)1097-0142(19960401)77:7<1247::aid-cncr1>3.0.co;2-#",
    "10.1000/a//b",
    "10.1000/a\\b", "10.1000/é", "10.1000/漢字", "10.1000/a+b", "10.1000/a&b=c", '10.1000/"q"',
    "10.1000/a/agency",
    "10.1000/@:;=!$*'", "10.1000/x|y", "10.1000/{a}", "10.1000/a..", "10.1000/.", "10.1000/..",
    "10.1000/a/", "10.1000//",
]  # fmt: skip


@pytest.mark.parametrize("doi", HOSTILE)
def test_hostile_dois_arrive_as_they_were_meant(web: Web, standin: Standin, doi: str) -> None:
    standin.crossref.add({"DOI": doi, "title": ["A hostile one"], "type": "journal-article"})
    answer = one(web, doi)
    assert [r.decoded for r in standin.log] == [f"/crossref/works/{doi}"]
    assert standin.log[0].query == ""
    assert answer.outcome == "found"
    assert answer.records[0].work.doi == doi


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.integers(1000, 99_999))
def test_any_doi_arrives_exactly_or_not_at_all(web: Web, standin: Standin, suffix: str, prefix: int) -> None:
    doi = f"10.{prefix}/{suffix}"
    before = len(standin.log)
    answer = one(web, doi)
    sent = standin.log[before:]
    if sent:
        assert [(r.decoded, r.query) for r in sent] == [(f"/crossref/works/{doi}", "")]
    else:
        assert answer.reason
    assert answer.outcome in ("absent", "found")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(st.sampled_from("ab1.,;:()<>#?%&=+/-_ é"), min_size=1, max_size=12),
        min_size=2,
        max_size=6,
        unique=True,
    )
)
def test_a_batch_of_odd_dois_asks_for_each_exactly_once(
    web: Web, standin: Standin, suffixes: list[str]
) -> None:
    dois = [f"10.9999/{suffix}" for suffix in suffixes]
    before = len(standin.log)
    answers = crossref.fetch(web, dois)
    assert set(answers) == set(dois)
    assert all(a.outcome == "absent" for a in answers.values())
    alone = [r.decoded.removeprefix("/crossref/works/") for r in standin.log[before:] if not r.query]
    assert len(alone) == len(set(alone))
    assert set(alone) == {doi for doi in dois if not answers[doi].reason}


FAULTS: dict[str, dict[str, Any]] = {
    "429": {"status": 429},
    "429 for an hour": {"status": 429, "headers": {"Retry-After": "3600"}},
    "500": {"status": 500},
    "502": {"status": 502, "body": "<html>"},
    "503": {"status": 503},
    "504": {"status": 504},
    "400": {"status": 400, "body": {"status": "failed", "message-type": "validation-failure", "message": []}},
    "403": {"status": 403},
    "portal": {"body": "<html>Please sign in</html>"},
    "portal as 302": {"status": 302, "headers": {"Location": "http://portal.invalid/"}},
    "null": {"body": b"null"},
    "list": {"body": b"[]"},
    "text": {"body": b'"ok"'},
    "empty object": {"body": b"{}"},
    "message null": {"body": {"status": "ok", "message-type": "work", "message": None}},
    "message list": {"body": {"status": "ok", "message-type": "work", "message": []}},
    "message empty": {"body": {"status": "ok", "message-type": "work", "message": {}}},
    "items null": {"body": {"status": "ok", "message-type": "work-list", "message": {"items": None,
    "total-results": 0}}},
    "failed": {"body": {"status": "failed", "message": {"DOI": PETTINE}}},
    "cut json": {"body": b'{"status": "ok", "mess'},
    "empty": {"body": b""},
    "deep": {"body": b"[" * 200_000},
    "digits": {"body": b'{"status": "ok", "message": ' + b"1" * 5_000 + b"}"},
    "nan": {"body": b'{"status": "ok", "message": {"DOI": NaN}}'},
    "cut header": {"cut": 60},
    "cut body": {"cut": 700},
    "closed": {"cut": 0},
    "reset": {"reset": True},
    "other work": {"body": {"status": "ok", "message-type": "work", "message": {"DOI": "10.1/other",
    "items": [
        {"DOI": "10.1/other"}], "total-results": 1}}},
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_no_fault_is_ever_told_as_absent(web: Web, standin: Standin, fault: dict[str, Any]) -> None:
    standin.serve("/crossref", **fault)
    for answers in (crossref.fetch(web, [PETTINE, OROZCO]), crossref.fetch(web, [YIM])):
        for answer in answers.values():
            assert (answer.outcome, answer.cause, answer.records) == ("unknown", "outage", ())
            assert "Crossref" in answer.reason
    assert crossref.search(web, Work(title="Anything at all"), "").outcome in ("unknown", "found")
    assert len(standin.log) <= 20


def test_one_fault_is_survived(web: Web, standin: Standin) -> None:
    standin.serve("/crossref", status=500, times=2)
    assert one(web).outcome == "found"
    standin.serve("/crossref", body={"status": "ok", "message": {"DOI": "10.1/other"}}, times=1)
    assert one(web).outcome == "found"


def test_a_wrong_record_is_asked_again_once_and_never_taken(web: Web, standin: Standin) -> None:
    standin.serve(
        "/crossref/works/", body={"status": "ok", "message-type": "work", "message": {"DOI": "10.1/other"}}
    )
    answer = one(web)
    assert (answer.outcome, answer.cause) == ("unknown", "outage")
    assert "did not match" in answer.reason
    assert len(standin.log) == 2


def test_another_doi_is_taken_by_relation(web: Web, standin: Standin) -> None:
    related = {
        "DOI": "10.1000/new",
        "title": ["T"],
        "relation": {"is-same-as": [{"id": "10.1000/OLD", "id-type": "doi"}]},
    }
    standin.serve("/crossref/works/", body={"status": "ok", "message-type": "work", "message": related})
    record = one(web, "10.1000/old").records[0]
    assert (record.work.doi, record.alias) == ("10.1000/new", "10.1000/old")


def test_case_does_not_matter(web: Web, standin: Standin) -> None:
    message = copy.deepcopy(standin.crossref.works[PETTINE])
    standin.serve("/crossref/works/", body={"status": "ok", "message": {**message, "DOI": PETTINE.upper()}})
    record = one(web).records[0]
    assert (record.work.doi, record.alias) == (PETTINE, "")


def test_an_unfiltered_list_is_not_taken(web: Web, standin: Standin) -> None:
    items = list(standin.crossref.works.values())[:20]
    standin.serve("/crossref/works?", body=b"")
    standin.serve(
        "/crossref/works", body={"status": "ok", "message": {"items": items, "total-results": 20}}, times=2
    )
    answers = crossref.fetch(web, [PETTINE, OROZCO])
    assert {a.outcome for a in answers.values()} == {"found"}
    assert [bool(r.query) for r in standin.log] == [True, True, False, False]


def test_a_list_route_that_refuses_costs_nobody_an_answer(web: Web, standin: Standin) -> None:
    standin.serve("/crossref/works", status=400, times=1)
    answers = crossref.fetch(web, [PETTINE, OROZCO])
    assert {a.outcome for a in answers.values()} == {"found"}


def test_one_bad_batch_does_not_lose_the_others(web: Web, standin: Standin) -> None:
    message = standin.crossref.works[PETTINE]
    dois = [standin.crossref.add({**message, "DOI": f"10.99999/many.{n}"}) for n in range(80)]
    standin.serve("/crossref/works", status=503, times=3)
    outcomes = [a.outcome for a in crossref.fetch(web, dois).values()]
    assert outcomes == ["unknown"] * 40 + ["found"] * 40


def test_a_record_of_wrong_types_is_used_without_them(web: Web, standin: Standin) -> None:
    odd = {
        "DOI": PETTINE, "title": "A title that is no list", "author": None,
        "issued": {"date-parts": [[None]]},
        "volume": 7, "container-title": {"a": 1}, "updated-by": "yes", "relation": [], "ISSN": 5,
        "page": ["1"],
    }  # fmt: skip
    standin.serve("/crossref/works/", body={"status": "ok", "message": odd})
    work = one(web).records[0].work
    assert (work.title, work.authors, work.issued, work.volume, work.pages) == (
        "A title that is no list",
        (),
        None,
        "",
        "",
    )


def test_offline_and_budget(make_web: MakeWeb, clock: QuickClock, standin: Standin) -> None:
    answers = crossref.fetch(make_web(mode="offline"), [PETTINE, OROZCO])
    assert {(a.outcome, a.cause) for a in answers.values()} == {("unknown", "offline")}
    web = make_web(budget=1.0)
    clock.sleep(2)
    answers = crossref.fetch(web, [PETTINE, OROZCO])
    assert {(a.outcome, a.cause) for a in answers.values()} == {("unknown", "budget")}
    assert crossref.search(web, Work(title="T"), "").cause == "budget"
    assert standin.log == []


def test_the_cache_answers_whatever_the_batch(make_web: MakeWeb, standin: Standin, tmp_path: Path) -> None:
    cache = Cache(str(tmp_path / "c.sqlite3"))
    crossref.fetch(make_web(cache=cache), [PETTINE, OROZCO, "10.99999/none", ALIAS])
    seen = len(standin.log)
    answers = crossref.fetch(make_web(cache=cache, today="2026-11-25"), [ALIAS, "10.99999/none", OROZCO])
    assert [a.outcome for a in answers.values()] == ["found", "absent", "found"]
    assert {a.since for a in answers.values()} == {"2026-11-22"}
    assert answers[ALIAS].records[0].alias == ALIAS
    assert len(standin.log) == seen
    offline = crossref.fetch(make_web(cache=cache, mode="offline"), [OROZCO, YIM])
    assert [a.outcome for a in offline.values()] == ["found", "unknown"]


def test_stale_answers_are_used_and_dated(
    make_web: MakeWeb, standin: Standin, tmp_path: Path, clock: QuickClock
) -> None:
    cache = Cache(str(tmp_path / "c.sqlite3"), clock)
    crossref.fetch(make_web(cache=cache), [PETTINE, OROZCO])
    clock.sleep(30 * 86_400)
    standin.serve("/crossref", status=503)
    late = make_web(cache=cache, today="2026-12-22")
    for answers in (crossref.fetch(late, [PETTINE, OROZCO, YIM]), crossref.fetch(late, [PETTINE])):
        assert answers[PETTINE].outcome == "found"
        assert answers[PETTINE].asked == "2026-11-22"
        assert "2026-11-22" in answers[PETTINE].reason
    assert crossref.fetch(late, [YIM])[YIM].outcome == "unknown"


CLARKE = Work(
    title="Harnessing the Potential of Mesenchymal Stem Cells for IVD Regeneration",
    authors=(Name("Clarke", "LE"),), container="Curr Stem Cell Res Ther", issued=Date(2015), volume="10",
)  # fmt: skip


def test_a_search_finds_candidates(web: Web, standin: Standin) -> None:
    answer = crossref.search(web, CLARKE, "")
    assert answer.outcome == "found"
    assert answer.records[0].work.doi == "10.2174/standin.clarke2015"
    assert len(answer.records) <= 5
    (request,) = standin.log
    assert request.path == "/crossref/works"
    assert request.params["query.bibliographic"] == f"{CLARKE.title} Clarke Curr Stem Cell Res Ther 2015"
    assert request.params["rows"] == "8"


def test_a_search_by_place(web: Web, standin: Standin) -> None:
    work = Work(container="Transplantation", volume="92", pages="822-8", authors=(Name("Orozco"),))
    answer = crossref.search(web, work, "")
    assert OROZCO in [r.work.doi for r in answer.records]
    assert standin.log[0].params["query.author"] == "Orozco"
    assert standin.log[0].params["query.container-title"] == "Transplantation"


def test_a_search_by_text_leaves_out_addresses(web: Web, standin: Standin) -> None:
    text = "Walking programmes and chronic back pain https://example.org/a doi: 10.1000/x 10.2000/y PMID: 123"
    crossref.search(web, Work(), text)
    query = standin.log[0].params["query.bibliographic"]
    assert query == "Walking programmes and chronic back pain"


def test_a_long_text_is_cut_at_a_word(web: Web, standin: Standin) -> None:
    crossref.search(web, Work(title="word " * 1_000), "")
    query = standin.log[0].params["query.bibliographic"]
    assert len(query) <= 400
    assert set(query.split()) == {"word"}


def test_what_nobody_cites_is_no_candidate(web: Web, standin: Standin) -> None:
    answer = crossref.search(web, Work(title="Figure 2 of Cells of the Intervertebral Disc, Structure"), "")
    dois = {r.work.doi for r in answer.records}
    assert dois
    assert not dois & {"10.99999/standin.component", "10.99999/standin.issue", "10.99999/standin.review"}
    assert not any(doi.startswith("10.5555/") for doi in dois)


def test_a_search_without_any_hit_is_absent(web: Web, standin: Standin) -> None:
    standin.serve("/crossref/works", body={"status": "ok", "message": {"items": [], "total-results": 0}})
    assert crossref.search(web, CLARKE, "").outcome == "absent"


def test_nothing_to_search_for(web: Web, standin: Standin) -> None:
    assert crossref.search(web, Work(), " https://example.org ").outcome == "unknown"
    assert standin.log == []


def test_habanero_itself_stays_as_it_was(web: Web, standin: Standin) -> None:
    one(web)
    from habanero import Crossref

    client = Crossref(base_url=standin.base("crossref"))
    assert client.works(ids=[PETTINE])["message"]["DOI"] == PETTINE
    assert "habanero" in standin.log[-1].headers["user-agent"]
    assert "habanero" not in standin.log[0].headers["user-agent"]
