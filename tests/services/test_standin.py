"""The stand-in is honest: its answers have the shape of the recorded ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from evidence.services.crossref_record import parse
from tests.standin import PAYLOADS, SERVICES, Standin

RECORDED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "crossref" / "errors"
STUDIES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "studies.json"
PETTINE = "10.1002/stem.1845"


def get(standin: Standin, path: str, **more: Any) -> requests.Response:
    return requests.get(standin.url + path, timeout=5, allow_redirects=False, **more)


def recorded(name: str) -> dict[str, Any]:
    path = RECORDED / f"{name}.json"
    if not path.exists():
        pytest.skip("the recorded answers are not here")
    answer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["exchanges"][0]["response"]
    return answer


@pytest.mark.parametrize(
    ("name", "path"),
    [("works_404_plain_text", "/crossref/works/10.1371/notarealdoi"), ("agency_404_says_json_is_text",
     "/crossref/works/5/agency"),
     ("works_400_parameter_not_allowed", f"/crossref/works/{PETTINE}?query.author=x")],
)  # fmt: skip
def test_errors_are_those_that_were_recorded(standin: Standin, name: str, path: str) -> None:
    told, answer = recorded(name), get(standin, path)
    assert (answer.status_code, answer.text) == (told["status"], told["body"])
    assert answer.headers["content-type"].split(";")[0] == told["headers"]["content-type"][0].split(";")[0]


@pytest.mark.parametrize(
    ("name", "path"),
    [("works_200_polite_pool", f"/crossref/works/{PETTINE}"), ("agency_200",
     f"/crossref/works/{PETTINE}/agency"),
     ("query_200_select", "/crossref/works?query=ecology&select=DOI%2Ctitle")],
)  # fmt: skip
def test_envelopes_are_those_that_were_recorded(standin: Standin, name: str, path: str) -> None:
    told, answer = recorded(name), get(standin, path)
    assert answer.status_code == told["status"] == 200
    ours, theirs = answer.json(), json.loads(told["body"])
    assert ours.keys() == theirs.keys()
    assert {k: ours[k] for k in ("status", "message-type", "message-version")} == {
        k: theirs[k] for k in ("status", "message-type", "message-version")
    }
    if "items" in theirs["message"]:
        assert ours["message"].keys() == theirs["message"].keys()
        assert {frozenset(item) for item in ours["message"]["items"]} <= {
            frozenset(["DOI", "title"]),
            frozenset(["DOI"]),
        }
    for header in ("x-api-pool", "x-rate-limit-limit", "x-rate-limit-interval", "x-concurrency-limit"):
        assert header in answer.headers
        assert header in told["headers"]
    assert b"\\/" in answer.content


def test_pools(standin: Standin) -> None:
    assert get(standin, "/crossref/works").headers["x-api-pool"] == "public"
    polite = get(standin, "/crossref/works", headers={"User-Agent": "x (mailto:a@b.org)"})
    assert polite.headers["x-api-pool"] == "polite"


@pytest.mark.parametrize(
    ("query", "kind"),
    [("filter=nonsense:1", "filter-not-available"), ("rows=things", "integer-not-valid"), ("rows=1001",
     "integer-not-valid"),
     ("select=nonsense", "select-not-available"), ("query.title=x", "parameter-not-allowed")],
)  # fmt: skip
def test_wrong_queries(standin: Standin, query: str, kind: str) -> None:
    answer = get(standin, f"/crossref/works?{query}")
    assert (answer.status_code, answer.json()["message"][0]["type"]) == (400, kind)


def test_a_top_hit_always_comes_back_and_its_score_means_nothing(standin: Standin) -> None:
    once = get(standin, "/crossref/works?query.bibliographic=walking+back+pain").json()["message"]["items"][0]
    twice = get(standin, "/crossref/works?query.bibliographic=walking+back+pain+walking+back+pain").json()[
        "message"
    ]["items"][0]
    assert twice["DOI"] == once["DOI"]
    assert twice["score"] == pytest.approx(2 * once["score"])
    assert get(standin, "/crossref/works?query.bibliographic=zzz+qqq").json()["message"]["items"]
    assert {i["score"] for i in get(standin, "/crossref/works").json()["message"]["items"]} == {0.0}


def test_every_service_has_a_base_and_says_not_found(standin: Standin) -> None:
    environment = standin.environment()
    assert {f"EVIDENCE_{service.upper()}_URL" for service in SERVICES} <= set(environment)
    for path, status in [
        ("/doi/api/handles/10.1/x", 404), ("/doi/10.1/x", 404), ("/doi/foo", 400), (f"/doi/{PETTINE}",
         302), ("/datacite/dois/10.1/x", 404),
        ("/pubmed/esummary.fcgi?id=1", 200), ("/pubmed/efetch.fcgi?id=1", 200),
         ("/pubmed/ecitmatch.cgi?bdata=a|b|c|d|e|f|", 200),
        ("/openalex/works?filter=doi:10.1/x", 200), ("/openalex/works/doi:10.1/x", 404),
         ("/clinicaltrials/studies/NCT00000000", 404),
        ("/archive/wayback/available?url=x", 200), ("/archive/web/http://x.org", 404), ("/pages/ok", 200),
         ("/pages/none", 404), ("/x", 404),
    ]:  # fmt: skip
        assert (path, get(standin, path).status_code) == (path, status)


def test_agencies_by_comma_list(standin: Standin) -> None:
    answer = get(standin, f"/doi/doiRA/{PETTINE},10.1/none").json()
    assert answer == [
        {"DOI": PETTINE, "RA": "Crossref"},
        {"DOI": "10.1/none", "status": "DOI does not exist"},
    ]


def test_the_log_and_the_faults(standin: Standin) -> None:
    standin.serve("/pages", status=500, times=1)
    assert [get(standin, "/pages/ok?a=1&b").status_code for _ in range(2)] == [500, 200]
    assert (standin.log[0].path, standin.log[0].query, standin.log[0].params) == (
        "/pages/ok",
        "a=1&b",
        {"a": "1"},
    )
    assert standin.asked("/crossref") == []
    standin.limit("pages", 2)
    assert [get(standin, "/pages/ok").status_code for _ in range(3)] == [200, 200, 429]
    standin.heal()
    assert get(standin, "/pages/ok").status_code == 200


def test_payloads_say_that_they_are_made_up() -> None:
    for path in PAYLOADS.parent.rglob("*.json"):
        read = json.loads(path.read_text(encoding="utf-8"))
        assert next(iter(read)) == "_synthetic"
        assert read["_synthetic"] is True


def test_nothing_of_ours_is_served(standin: Standin) -> None:
    assert not any(key.startswith("_") for message in standin.crossref.works.values() for key in message)


@pytest.mark.skipif(not STUDIES.exists(), reason="the facts of the studies are not here")
def test_the_seven_studies_are_as_they_are_known(standin: Standin) -> None:
    for study in json.loads(STUDIES.read_text(encoding="utf-8")):
        if "journal" not in study:
            continue
        doi = (study["doi"] or f"10.2174/standin.{study['key']}").lower()
        work = parse(standin.crossref.works[doi]).work
        assert work.title.lower() == study["title"].lower()
        assert (work.volume, work.issue) == (study["volume"], study["issue"] or "")
        assert work.pages == study["pages"]
        named = study.get("authors_full") or study["authors"]
        assert len(work.authors) == len(named)
