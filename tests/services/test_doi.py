"""The handle API: found, absent, and everything else."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.services import doi
from evidence.services.web import Web
from tests.standin import Standin

PETTINE = "10.1002/stem.1845"


def outcome(web: Web, asked: str) -> str:
    return doi.fetch(web, [asked])[asked].outcome


def test_found_and_absent(web: Web, standin: Standin) -> None:
    standin.registries.handles["10.1000/elsewhere"] = "https://example.org/"
    answers = doi.fetch(web, [PETTINE, "10.1000/none", "10.1000/elsewhere", PETTINE])
    assert [a.outcome for a in answers.values()] == ["found", "absent", "found"]
    assert {a.since for a in answers.values()} == {"2026-11-22"}
    assert [r.path for r in standin.log][:1] == ["/doi/api/handles/10.1002/stem.1845"]


def test_a_doi_of_a_test_deposit_may_be_registered(web: Web, standin: Standin) -> None:
    standin.registries.handles["10.5555/12345678"] = "https://example.org/"
    assert [outcome(web, doi) for doi in ("10.5555/12345678", "10.5555/none")] == ["found", "absent"]


def test_a_deleted_doi_says_so(web: Web, standin: Standin) -> None:
    standin.registries.deleted.add("10.1000/gone")
    answer = doi.fetch(web, ["10.1000/gone"])["10.1000/gone"]
    assert answer.outcome == "found"
    assert "deleted" in answer.reason


@pytest.mark.parametrize("asked", ["10.1/a b", "nonsense", "10.1/\n", "10.5555/a b"])
def test_what_is_no_doi_is_never_asked(web: Web, standin: Standin, asked: str) -> None:
    assert outcome(web, asked) == "absent"
    assert standin.log == []


@pytest.mark.parametrize(
    "asked",
    [
        "10.1000/a#b",
        "10.1000/a?b",
        "10.1000/../x",
        "10.1000/./x",
        "10.1000//x",
        "10.1000/a%2f",
        "10.1000/<a>;é",
    ],
)
def test_hostile_dois_arrive_as_they_were_meant(web: Web, standin: Standin, asked: str) -> None:
    assert outcome(web, asked) == "absent"
    assert [r.decoded for r in standin.log] == [f"/doi/api/handles/{asked}"]


FAULTS: list[dict[str, Any]] = [
    {"status": 404, "body": "<html>DOI Not Found</html>"},
    {"status": 404, "body": b""},
    {"status": 404, "body": {"responseCode": 1}},
    {"status": 404, "body": {"responseCode": "100"}},
    {"status": 200, "body": {"responseCode": 100}},
    {"status": 200, "body": {"responseCode": 200, "handle": PETTINE}},
    {"status": 200, "body": {"responseCode": 2}},
    {"status": 200, "body": {"responseCode": 1, "handle": "10.1/other"}},
    {"status": 404, "body": {"responseCode": 100, "handle": "10.1/other"}},
    {"status": 200, "body": b"null"},
    {"status": 200, "body": "<html>Please sign in</html>"},
    {"status": 403},
    {"status": 429},
    {"status": 503},
    {"reset": True},
    {"cut": 50},
]


@pytest.mark.parametrize("fault", FAULTS)
def test_everything_else_is_unknown(web: Web, standin: Standin, fault: dict[str, Any]) -> None:
    standin.serve("/doi", **fault)
    answer = doi.fetch(web, [PETTINE])[PETTINE]
    assert (answer.outcome, answer.cause) == ("unknown", "outage")
    assert "doi.org" in answer.reason


def test_odd_values_do_no_harm(web: Web, standin: Standin) -> None:
    for values in (None, 5, [None, {}, {"data": 1}, {"data": {"value": 7}}]):
        standin.serve("/doi", body={"responseCode": 1, "handle": PETTINE.upper(), "values": values})
        assert outcome(web, PETTINE) == "found"
