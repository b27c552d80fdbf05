"""The cache: good payloads survive, bad luck costs one warning."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from evidence.errors import ServiceError
from evidence.model import Settings
from evidence.services.cache import Cache, open_cache
from evidence.services.response import Response
from evidence.services.web import Web
from tests.services.conftest import MakeWeb, QuickClock
from tests.standin import Standin

DOI = "/works/10.1002%2Fstem.1845"
GOOD = Response(
    200, {"content-type": "text/plain"}, b"words", "http://x/1", (("http://x/0", 301),), "2026-11-22"
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "deep" / "payloads.sqlite3")


def ask(web: Web, path: str = DOI) -> Response:
    return web.get("crossref", path)


def test_a_payload_comes_back_as_it_was(path: str) -> None:
    first, second = Cache(path), Cache(path)
    first.keep("k", GOOD)
    found = second.recall("k")
    assert found is not None
    response, age = found
    assert (response.status, response.body, response.url, response.hops) == (
        200,
        b"words",
        "http://x/1",
        GOOD.hops,
    )
    assert (response.day, response.cached, response.stale) == ("2026-11-22", True, False)
    assert 0 <= age < 60
    assert second.recall("other") is None
    first.close()
    second.close()


def test_a_failure_stands_beside_the_payload(path: str) -> None:
    cache = Cache(path)
    cache.keep("k", GOOD)
    cache.note_failure("k", "server")
    cache.note_failure("new", "timeout")
    assert cache.recall("k") is not None
    assert cache.recall("new") is None
    assert (cache.last_failure("k"), cache.last_failure("new")) == ("server", "timeout")
    cache.keep("k", GOOD)
    assert cache.last_failure("k") == ""
    cache.close()


def test_fresh_answers_are_not_asked_for_again(
    make_web: MakeWeb, standin: Standin, path: str, clock: QuickClock
) -> None:
    cache = Cache(path, clock)
    web = make_web(cache=cache)
    for _ in range(3):
        assert ask(web).status == 200
        assert ask(web, "/works/10.1%2Fnone").status == 404
    assert len(standin.log) == 2
    clock.sleep(86_400 + 60)
    assert ask(web).cached
    assert not ask(web, "/works/10.1%2Fnone").cached
    clock.sleep(7 * 86_400)
    assert not ask(web).cached


def test_an_old_answer_is_used_when_the_service_fails(
    make_web: MakeWeb, standin: Standin, path: str, clock: QuickClock
) -> None:
    cache = Cache(path, clock)
    web = make_web(cache=cache)
    ask(web)
    ask(web, "/works/10.1%2Fnone")
    clock.sleep(30 * 86_400)
    standin.serve("/crossref", status=503)
    old = ask(make_web(cache=cache, today="2026-12-22"))
    assert (old.stale, old.day) == (True, "2026-11-22")
    assert cache.last_failure(web.address("crossref", DOI)) == "server"
    # "not there" proves nothing after so long
    with pytest.raises(ServiceError):
        ask(web, "/works/10.1%2Fnone")


def test_offline_uses_what_there_is(
    make_web: MakeWeb, standin: Standin, path: str, clock: QuickClock
) -> None:
    cache = Cache(path, clock)
    ask(make_web(cache=cache))
    clock.sleep(60 * 86_400)
    assert ask(make_web(cache=cache, mode="offline")).stale
    assert len(standin.log) == 1


def test_renewing_asks_again(make_web: MakeWeb, standin: Standin, path: str) -> None:
    cache = Cache(path)
    ask(make_web(cache=cache))
    assert not ask(make_web(cache=cache, renew=True)).cached
    assert len(standin.log) == 2


def test_a_bad_answer_is_never_stored(make_web: MakeWeb, standin: Standin, path: str) -> None:
    cache = Cache(path)
    web = make_web(cache=cache)

    def check(response: Response) -> None:
        raise ServiceError("mismatch", "it did not match")

    with pytest.raises(ServiceError):
        web.get("crossref", DOI, check=check)
    assert not ask(web).cached


def test_another_base_is_another_address(make_web: MakeWeb, standin: Standin, path: str) -> None:
    cache = Cache(path)
    ask(make_web(cache=cache))
    other = make_web(cache=cache, bases={"crossref": standin.base("crossref") + "/"})
    assert ask(other).cached
    with Standin() as second:
        assert not ask(make_web(cache=cache, bases={"crossref": second.base("crossref")})).cached


def test_a_clock_that_was_set_back_makes_nothing_eternal(path: str, clock: QuickClock) -> None:
    clock.skipped = 10 * 86_400
    Cache(path, clock).keep("k", GOOD)
    clock.skipped = 0
    found = Cache(path, clock).recall("k")
    assert found is not None
    assert found[1] == float("inf")


def damage(path: str, how: str) -> None:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    if how == "no database":
        file.write_bytes(b"this was never a database, " * 100)
    elif how == "newer":
        with sqlite3.connect(path) as base:
            base.execute("PRAGMA user_version = 99")
        base.close()
    elif how == "another table":
        with sqlite3.connect(path) as base:
            base.execute("CREATE TABLE payload (other TEXT)")
        base.close()
    elif how == "a folder":
        file.mkdir()
    elif how == "no folder":
        file.parent.rmdir()
        file.parent.write_text("a file where the folder should be")


@pytest.mark.parametrize("how", ["no database", "newer", "another table", "a folder", "no folder"])
def test_a_cache_that_cannot_be_used_costs_one_warning(
    make_web: MakeWeb, standin: Standin, path: str, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    damage(path, how)
    before = Path(path).read_bytes() if Path(path).is_file() else b""
    caplog.set_level(logging.WARNING, "evidence")
    web = make_web(cache=Cache(path))
    for _ in range(3):
        assert ask(web).status == 200
        assert ask(web, "/works/10.1%2Fnone").status == 404
    assert len(standin.log) == 6
    assert len(caplog.records) == 1
    assert path in caplog.text
    if how in ("no database", "newer"):
        assert Path(path).read_bytes() == before


def test_a_locked_cache(make_web: MakeWeb, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.services.cache.BUSY", 0.1)
    Cache(path).keep("k", GOOD)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert ask(make_web(cache=Cache(path))).status == 200
    finally:
        other.close()


def test_damage_anywhere_is_a_miss_and_never_a_wrong_record(path: str, tmp_path: Path) -> None:
    cache = Cache(path)
    for n in range(20):
        cache.keep(f"k{n}", Response(200, {}, f"body {n} ".encode() * 50, f"http://x/{n}"))
    cache.close()
    whole = Path(path).read_bytes()
    for at in range(0, len(whole), 397):
        copy = tmp_path / "copy.sqlite3"
        for side in ("-wal", "-shm"):
            Path(f"{copy}{side}").unlink(missing_ok=True)
        damaged = bytearray(whole)
        damaged[at] ^= 0x55
        copy.write_bytes(damaged if at % 2 else whole[:at])
        spoilt = Cache(str(copy))
        for n in range(20):
            found = spoilt.recall(f"k{n}")
            assert found is None or found[0].body == f"body {n} ".encode() * 50
        spoilt.close()


def test_where_the_cache_lies(tmp_path: Path) -> None:
    told = open_cache(Settings(root="/", today="2026-11-22", cache_dir=str(tmp_path / "c")))
    assert told.path == str(tmp_path / "c" / "payloads.sqlite3")
    assert not (tmp_path / "c").exists()
    assert "evidence-bib" in open_cache(Settings(root="/", today="2026-11-22")).path


@pytest.mark.parametrize(
    ("told", "sent"),
    [
        ({"ETag": 'W/"1"'}, {"if-none-match": 'W/"1"'}),
        ({"Last-Modified": "Tue, 03 Nov 2026 00:00:00 GMT"}, {"if-modified-since": "Tue, 03 Nov 2026 00:00:00 GMT"}),
        ({"ETag": "\x80"}, {}),
        ({}, {}),
    ],
)  # fmt: skip
def test_renewing_asks_only_for_what_is_newer(
    make_web: MakeWeb, standin: Standin, path: str, told: dict[str, str], sent: dict[str, str]
) -> None:
    cache = Cache(path)
    fault = standin.serve("/crossref", headers=told)
    first = ask(make_web(cache=cache))
    later = make_web(cache=cache, renew=True, today="2026-12-01")
    fault.times = 0
    if sent:
        standin.serve("/crossref", status=304, times=1)
    again = ask(later)
    headers = standin.log[-1].headers
    assert {name: headers[name] for name in headers if name.startswith("if-")} == sent
    assert (again.status, again.body, again.day, again.cached) == (200, first.body, "2026-12-01", False)
    assert ask(make_web(cache=cache)).day == "2026-12-01"


def test_unchanged_is_no_answer_to_who_holds_nothing(make_web: MakeWeb, standin: Standin, path: str) -> None:
    cache = Cache(path)
    ask(make_web(cache=cache))
    standin.serve("/crossref", status=304)
    for address in (DOI, "/works/10.1%2Fnone"):  # without a mark to ask by, "unchanged" says nothing
        with pytest.raises(ServiceError) as raised:
            make_web(cache=cache, renew=True).get("crossref", address)
        assert raised.value.cause == "not-understood"


def test_what_was_held_is_looked_at_again(make_web: MakeWeb, standin: Standin, path: str) -> None:
    cache = Cache(path)
    standin.serve("/crossref", headers={"ETag": '"1"'}, times=1)
    ask(make_web(cache=cache))
    standin.serve("/crossref", status=304)

    def check(response: Response) -> None:
        raise ServiceError("mismatch", "it did not match")

    with pytest.raises(ServiceError):
        make_web(cache=cache, renew=True).get("crossref", DOI, check=check)
