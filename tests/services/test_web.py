"""The door: who we say we are, deadlines, caps, retries, breaker, redirects, budget."""

from __future__ import annotations

import gzip
import json
import logging
import time
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from threading import Thread

import pytest

from evidence.errors import ServiceError
from evidence.services.cache import Cache
from evidence.services.pace import Clock
from evidence.services.response import Response, read_json
from evidence.services.web import Web
from tests.services.conftest import MakeWeb, QuickClock
from tests.standin import Standin

DOI = "/works/10.1002%2Fstem.1845"


def _is_json(response: Response) -> None:
    read_json(response)


def cause(web: Web, path: str = DOI, **told: float) -> str:
    with pytest.raises(ServiceError) as caught:
        web.get("crossref", path, check=_is_json, **told)  # type: ignore[arg-type]
    return caught.value.cause


def test_who_we_say_we_are(make_web: MakeWeb, standin: Standin) -> None:
    make_web().get("crossref", DOI)
    make_web(mailto="someone@example.org").get("crossref", DOI)
    make_web(mailto="a@b.org\r\nX-Evil: 1").get("crossref", DOI)
    first, second, third = standin.log
    assert first.headers["user-agent"].startswith("evidence/")
    assert "mailto" not in first.headers["user-agent"]
    assert "mailto:someone@example.org" in second.headers["user-agent"]
    assert "mailto" not in third.headers["user-agent"]
    assert "x-evil" not in third.headers
    assert {r.headers["accept-encoding"] for r in standin.log} == {"gzip"}
    assert not {"authorization", "cookie"} & set(first.headers)


def test_bases_and_paths(make_web: MakeWeb, standin: Standin) -> None:
    web = make_web(bases={"doi": standin.base("doi") + "/"})
    assert web.get("doi", "/api/handles/10.1/x").status == 404
    assert standin.log[0].path == "/doi/api/handles/10.1/x"
    assert web.base("crossref") == "https://api.crossref.org"
    assert web.address("doi", "a", {"b": "c d&e", "a": "é"}).endswith("/a?a=%C3%A9&b=c%20d%26e")


def test_one_connection_serves_many_requests(web: Web, standin: Standin) -> None:
    ports = set()
    serve = standin._server.process_request

    def count(request: object, address: tuple[str, int]) -> None:
        ports.add(address[1])
        serve(request, address)  # type: ignore[arg-type]

    standin._server.process_request = count  # type: ignore[assignment, method-assign]
    for _ in range(10):
        web.get("crossref", DOI)
    assert len(ports) == 1


def test_packed_answers_are_unpacked(web: Web, standin: Standin) -> None:
    packed = gzip.compress(json.dumps({"a": 1}).encode())
    standin.serve("/doi", body=packed, headers={"Content-Encoding": "gzip"})
    assert read_json(web.get("doi", "/x")) == {"a": 1}


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_that_fails_is_asked_three_times(web: Web, standin: Standin, status: int) -> None:
    standin.serve("/crossref", status=status, body="<html>sorry</html>")
    assert cause(web) == "server"
    assert len(standin.log) == 3


def test_two_failures_then_an_answer(web: Web, standin: Standin) -> None:
    standin.serve("/crossref", status=500, times=2)
    assert web.get("crossref", DOI).status == 200
    assert len(standin.log) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 451])
def test_a_refusal_is_not_asked_again(web: Web, standin: Standin, status: int) -> None:
    standin.serve("/crossref", status=status)
    assert cause(web) == "refused"
    assert len(standin.log) == 1


def test_not_found_is_an_answer(web: Web) -> None:
    assert web.get("crossref", "/works/10.1%2Fnone").status == 404


def test_retry_after_is_kept_to_by_all(make_web: MakeWeb, standin: Standin, clock: QuickClock) -> None:
    standin.serve("/crossref", status=429, headers={"Retry-After": "2"}, times=1)
    web = make_web()
    assert web.get("crossref", DOI).status == 200
    assert sum(clock.slept) >= 2.0
    assert len(standin.log) == 2


def test_too_many_requests_for_ever(web: Web, standin: Standin) -> None:
    standin.serve("/crossref", status=429)
    assert [cause(web) for _ in range(4)] == ["limit"] * 4
    # three attempts, two more, and then the service is left alone
    assert len(standin.log) == 5


@pytest.mark.parametrize("wait", ["soon", "-5", "", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_nonsense_in_retry_after_is_ignored(web: Web, standin: Standin, clock: QuickClock, wait: str) -> None:
    standin.serve("/crossref", status=503, headers={"Retry-After": wait}, times=2)
    assert web.get("crossref", DOI).status == 200
    assert sum(clock.slept) < 10


@pytest.mark.parametrize("wait", ["1000000000", "31", "Fri, 31 Dec 2049 23:59:59 GMT"])
def test_a_wait_that_is_too_long_is_not_waited(
    web: Web, standin: Standin, clock: QuickClock, wait: str
) -> None:
    standin.serve("/crossref", status=429, headers={"Retry-After": wait})
    assert cause(web) == "limit"
    assert len(standin.log) == 1
    assert sum(clock.slept) < 1
    assert cause(web) == "limit"
    assert len(standin.log) == 1


def test_the_breaker_closes_again(web: Web, standin: Standin, clock: QuickClock) -> None:
    standin.serve("/crossref", status=503, times=15)
    assert [cause(web) for _ in range(6)] == ["server"] * 6
    assert len(standin.log) == 15
    clock.sleep(61)
    assert web.get("crossref", DOI).status == 200
    assert web.get("doi", "/api/handles/10.1/x").status == 404


def test_one_service_down_does_not_stop_another(web: Web, standin: Standin) -> None:
    standin.serve("/crossref", reset=True)
    for _ in range(6):
        cause(web)
    assert web.get("doi", "/api/handles/10.1002/stem.1845").status == 200


@pytest.mark.parametrize(
    "fault",
    [
        {"reset": True},
        {"cut": 0},
        {"cut": 250},
        {"cut": 40},
        {"headers": {"Content-Length": "900000"}, "cut": 2_000},
    ],
)
def test_broken_connections_are_tried_three_times(
    web: Web, standin: Standin, fault: dict[str, object]
) -> None:
    standin.serve("/crossref", **fault)  # type: ignore[arg-type]
    assert cause(web) == "connection"
    assert len(standin.log) == 3


def test_a_broken_connection_mends(web: Web, standin: Standin) -> None:
    standin.serve("/crossref", reset=True, times=1)
    standin.serve("/crossref", cut=60, times=1)
    assert web.get("crossref", DOI).status == 200


@pytest.mark.parametrize("fault", [{"delay": 3.0}, {"drip": 0.05}, {"drip": 0.1, "drip_head": True}])
def test_the_deadline_is_total(make_web: MakeWeb, standin: Standin, fault: dict[str, float]) -> None:
    standin.serve("/crossref", **fault)  # type: ignore[arg-type]
    web = make_web()
    web._retries._saved = 0
    began = time.monotonic()
    assert cause(web, deadline=0.5) == "timeout"
    assert time.monotonic() - began < 4


def endless() -> Iterator[bytes]:
    yield from repeat(b"[" * 65_536)


def zeros() -> bytes:
    return gzip.compress(bytes(60_000_000), 9)


def test_an_endless_answer_is_cut(web: Web, standin: Standin) -> None:
    standin.serve("/crossref", body=endless)
    began = time.monotonic()
    assert cause(web, cap=1_000_000) == "not-understood"
    assert time.monotonic() - began < 5


def test_a_bomb_is_cut(web: Web, standin: Standin) -> None:
    standin.serve("/crossref", body=zeros(), headers={"Content-Encoding": "gzip"})
    began = time.monotonic()
    assert cause(web, cap=1_000_000) == "not-understood"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("count", [300, 5])
def test_floods_of_headers_are_cut(web: Web, standin: Standin, count: int) -> None:
    standin.serve("/crossref", headers={f"X-{n}": "x" * (60_000 if count == 5 else 10) for n in range(count)})
    assert cause(web) == "not-understood"


WRONG = {
    "portal": "<html>Please sign in</html>",
    "empty": "",
    "cut": '{"status": "ok", "mess',
    "deep": "[" * 200_000,
    "digits": "9" * 5_000,
    "nan": '{"a": NaN}',
    "latin": b'{"a": "\xe9"}',
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG.keys())
def test_what_is_not_json_is_not_understood(web: Web, standin: Standin, body: str | bytes) -> None:
    standin.serve("/crossref", body=body, headers={"Content-Type": "application/json"})
    assert cause(web) == "not-understood"
    assert len(standin.log) == 3


def test_json_is_read_whatever_it_is_called() -> None:
    for kind in ("text/html", "", "application/json"):
        assert read_json(Response(200, {"content-type": kind}, b'\xef\xbb\xbf{"a": null}')) == {"a": None}


@pytest.mark.parametrize("body", [b"", b"<html>", b"Resource not found.", b"[1,"])
def test_the_reason_says_what_came_instead(body: bytes) -> None:
    with pytest.raises(ServiceError, match="not JSON") as caught:
        read_json(Response(200, {}, body), "crossref")
    assert "Crossref" in str(caught.value)


def test_redirects_within_the_host_are_followed(web: Web, standin: Standin) -> None:
    standin.serve("/crossref/old", status=301, headers={"Location": "/crossref" + DOI})
    response = web.get("crossref", "/old")
    assert (response.status, [status for _, status in response.hops]) == (200, [301])
    assert response.url.endswith(DOI)
    assert web.get("crossref", "/old", follow=False).status == 301


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.2:9/", "https://example.org/", "//example.org/", "http://[::1", "/crossref/old",
     "\xff\xfe",
     "http://user:secret@127.0.0.1/", "file:///etc/passwd", "javascript:1", "/a b"],
)  # fmt: skip
def test_other_redirects_are_not(web: Web, standin: Standin, location: str) -> None:
    standin.serve("/crossref/old", status=302, headers={"Location": location})
    assert cause(web, "/old") == "not-understood"
    assert {r.path for r in standin.log} == {"/crossref/old"}


def test_a_redirect_without_end(web: Web, standin: Standin) -> None:
    for n in range(30):
        standin.serve(f"/crossref/n{n:02}", status=302, headers={"Location": f"/crossref/n{n + 1:02}"})
    assert cause(web, "/n00") == "not-understood"
    assert len(standin.log) <= 18


def test_nothing_is_asked_when_the_time_is_over(
    make_web: MakeWeb, standin: Standin, clock: QuickClock
) -> None:
    web = make_web(budget=5.0)
    web.get("crossref", DOI)
    clock.sleep(6)
    assert cause(web) == "budget"
    assert len(standin.log) == 1


def test_a_wait_never_goes_beyond_the_budget(make_web: MakeWeb, standin: Standin, clock: QuickClock) -> None:
    standin.serve("/crossref", status=429, headers={"Retry-After": "20"})
    assert cause(make_web(budget=10.0)) == "budget"
    assert sum(clock.slept) < 1


def test_the_budget_cuts_a_request(make_web: MakeWeb, standin: Standin) -> None:
    standin.serve("/crossref", delay=3.0)
    began = time.monotonic()
    assert cause(make_web(budget=0.5)) == "budget"
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("mode", ["offline", "frozen"])
def test_offline_opens_no_socket(make_web: MakeWeb, standin: Standin, mode: str) -> None:
    assert cause(make_web(mode=mode)) == "offline"
    assert standin.log == []


def test_no_network(make_web: MakeWeb) -> None:
    web = make_web(bases={"crossref": "http://registry.invalid"})
    began = time.monotonic()
    assert {cause(web) for _ in range(20)} == {"dns"}
    assert time.monotonic() - began < 5


def test_nobody_listens(make_web: MakeWeb) -> None:
    assert cause(make_web(bases={"crossref": "http://127.0.0.1:9"})) == "connection"


@pytest.mark.parametrize(
    "base", ["http://[::1", "ftp://x", "nonsense", "http://127.0.0.1:99999", "http://" + "a" * 300]
)
def test_a_base_that_is_none(make_web: MakeWeb, base: str) -> None:
    assert cause(make_web(bases={"crossref": base})) in ("refused", "dns", "connection", "not-understood")


def test_no_address_to_write_to_is_ever_shown(
    make_web: MakeWeb, standin: Standin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    standin.serve("/crossref", status=503)
    web = make_web(mailto="canary@example.org")
    with pytest.raises(ServiceError) as caught:
        web.get("crossref", DOI)
    assert "canary" not in caplog.text + str(caught.value) + repr(web) + repr(web.settings)


def test_announced_limits_are_never_crossed(make_web: MakeWeb, standin: Standin) -> None:
    limit = standin.limit("crossref", 20, 3)
    web = make_web()
    web.clock = Clock()
    web._paces = {name: web._pace(name) for name in web._paces}
    for _ in range(25):
        web.get("crossref", DOI)
    assert limit.refused == 0
    standin.heal()
    limit = standin.limit("crossref", 5, 1)
    for _ in range(4):
        web.get("crossref", DOI)
    gaps = [b - a for a, b in zip(limit.arrivals[1:], limit.arrivals[2:], strict=False)]
    assert limit.refused == 0
    assert min(gaps) >= 0.19


def test_threads_keep_to_the_announced_limits_together(make_web: MakeWeb, standin: Standin) -> None:
    limit = standin.limit("crossref", 40, 2)
    standin.serve("/crossref", delay=0.02)
    web = make_web()
    web.clock = Clock()
    web._paces = {name: web._pace(name) for name in web._paces}
    threads = [Thread(target=lambda: [web.get("crossref", DOI) for _ in range(4)]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(standin.log), limit.refused) == (24, 0)
    assert limit.peak <= 2


def test_a_key_is_sent_and_stands_nowhere_else(
    make_web: MakeWeb, standin: Standin, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cache = Cache(str(tmp_path / "c.sqlite3"))
    web = make_web(cache=cache)
    first = web.get("pubmed", "/esummary.fcgi", {"id": "1"}, secrets={"api_key": "canary"})
    assert standin.log[0].params == {"id": "1", "api_key": "canary"}
    assert web.get("pubmed", "/esummary.fcgi", {"id": "1"}, secrets={"api_key": "other"}).cached
    standin.serve("/pubmed", status=400, body="API key invalid: canary")
    with pytest.raises(ServiceError) as caught:
        web.get("pubmed", "/esummary.fcgi", {"id": "2"}, secrets={"api_key": "canary"})
    web.close()
    stored = (tmp_path / "c.sqlite3").read_bytes()
    assert b"canary" not in stored
    assert "canary" not in caplog.text + str(caught.value) + repr(first) + first.url
