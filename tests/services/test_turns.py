"""Several processes, one cache folder: together they stay within one client's limits."""

from __future__ import annotations

import logging
import sys
import threading
import time
from pathlib import Path
from subprocess import Popen

import pytest

from evidence.services.pace import Clock, Pace
from evidence.services.turns import Turns
from tests.services.conftest import QuickClock
from tests.standin import Standin

PROGRAM = """
import sys
from evidence.model import Settings
from evidence.services.cache import Cache
from evidence.services.web import Web
base, folder, name = sys.argv[1:]
web = Web(Settings(root="/", today="2026-11-22", bases={"crossref": base}), cache=Cache(folder + "/payloads.sqlite3"))
for n in range(4):
    web.get("crossref", f"/works/10.1%2F{name}.{n}", store=False)
web.close()
"""


def test_23_processes_keep_one_rate_and_one_concurrency(standin: Standin, tmp_path: Path) -> None:
    limit = standin.limit("crossref", 20, concurrency=2)
    # the limits are known to all once one has heard them
    started = [Popen([sys.executable, "-c", PROGRAM, standin.base("crossref"), str(tmp_path), "first"])]
    assert started[0].wait(60) == 0
    running = [
        Popen([sys.executable, "-c", PROGRAM, standin.base("crossref"), str(tmp_path), str(n)])
        for n in range(3)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    arrivals = sorted(limit.arrivals)
    assert len(arrivals) == 16
    assert limit.refused == 0
    assert limit.peak <= 2
    # each process alone would be done three times as fast; the first and last may jitter on their way
    assert arrivals[-1] - arrivals[4] >= 0.8 * 11 / 20


def spent(turns: Turns, pool: str, spacing: float) -> float:
    """Take a turn of the host "h" and end it at once; return the wait where there was none."""
    wait, token = turns.take("h", pool, spacing, None)
    turns.end(token)
    return wait


def test_turns_are_spaced_among_clients(tmp_path: Path) -> None:
    clock = QuickClock()
    one, two = (Turns(str(tmp_path / "t" / "turns.sqlite3"), clock) for _ in range(2))
    assert spent(one, "", 10.0) == 0
    assert 9 < spent(two, "", 10.0) <= 10
    assert two.take("other", "a", 10.0, None)[0] == 0
    clock.sleep(10.1)
    assert spent(two, "a", 10.0) == 0
    one.tell("h", "a", 100.0)
    clock.sleep(110)
    assert spent(two, "a", 10.0) == 0
    assert spent(two, "a", 10.0) > 90
    one.hold("h", 25.0)
    assert 24 < spent(two, "b", 0.1) <= 25


def test_pools_are_spaced_apart_once_they_are_known(tmp_path: Path) -> None:
    clock = QuickClock()
    one, two = (Turns(str(tmp_path / "turns.sqlite3"), clock) for _ in range(2))
    assert spent(one, "single", 10.0) == 0
    assert spent(two, "array", 10.0) == 0
    assert spent(two, "", 10.0) > 9
    clock.sleep(10.1)
    assert spent(two, "", 10.0) == 0
    assert spent(one, "single", 10.0) > 9
    assert spent(one, "array", 10.0) > 9


def test_a_request_that_was_let_go_counts_until_a_second_after_its_answer(tmp_path: Path) -> None:
    clock = QuickClock()
    one, two = (Turns(str(tmp_path / "turns.sqlite3"), clock) for _ in range(2))
    spacing = 1.05 / 4  # four in a second
    tokens = []
    for turns in (one, two, one, two):
        wait, token = turns.take("h", "a", spacing, None)
        assert wait == 0
        tokens.append(token)
        clock.sleep(spacing)
    # they may all be late on their way, and arrive now
    assert two.take("h", "a", spacing, None)[0] > 0
    one.end(tokens[0])
    clock.sleep(0.9)
    assert 0 < two.take("h", "a", spacing, None)[0] <= 0.11
    clock.sleep(0.2)
    assert two.take("h", "a", spacing, None)[0] == 0


def test_what_one_is_told_holds_for_one_that_was_told_nothing(tmp_path: Path) -> None:
    clock = QuickClock()
    one, two = (Turns(str(tmp_path / "turns.sqlite3"), clock) for _ in range(2))
    assert one.take("h", "", 0.0, None, told=False)[0] == 0
    assert two.take("h", "", 0.0, None, told=False, since=0.5)[0] > 0  # the first is still waited for
    assert two.take("h", "", 0.0, None, told=False, since=1.5)[0] == 0  # for a second, then with care
    assert two.take("h", "", 0.0, None, told=False, since=1.6)[0] > 0.1
    one.tell("h", "a", 0.0, 3)
    clock.sleep(1.0)
    assert two.take("h", "", 0.0, None, told=False)[0] == 0
    assert two.take("h", "", 0.0, None, told=False)[0] > 0  # the third of three is on its way


def test_requests_in_flight_are_counted_and_the_dead_forgotten(tmp_path: Path) -> None:
    clock = QuickClock()
    one, two = (Turns(str(tmp_path / "turns.sqlite3"), clock) for _ in range(2))
    wait, token = one.take("h", "", 0.0, 1)
    assert wait == 0
    assert token
    assert two.take("h", "", 0.0, 1)[0] > 0
    one.end(token)
    assert two.take("h", "", 0.0, 1)[0] == 0
    clock.sleep(31)  # its process was killed
    assert one.take("h", "", 0.0, 1)[0] == 0


def test_a_clock_that_was_set_back_stops_nobody(tmp_path: Path) -> None:
    clock = QuickClock()
    clock.skipped = 10 * 86_400
    turns = Turns(str(tmp_path / "turns.sqlite3"), clock)
    turns.take("h", "", 10.0, 1)
    clock.skipped = 0
    assert turns.take("h", "", 10.0, 1)[0] == 0


@pytest.mark.parametrize("how", ["no database", "a folder", "no folder"])
def test_a_file_that_cannot_be_used_is_said_once_and_left(
    how: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "deep" / "turns.sqlite3"
    path.parent.mkdir()
    if how == "no database":
        path.write_bytes(b"not a database " * 200)
    elif how == "a folder":
        path.mkdir()
    else:
        path.parent.rmdir()
        path.parent.write_text("")
    caplog.set_level(logging.INFO, "evidence")
    turns = Turns(str(path), Clock())
    for _ in range(3):
        assert turns.take("h", "", 10.0, 1) == (0.0, "")
        turns.end("x")
        turns.tell("h", "", 1.0)
    assert len(caplog.records) == 1


def test_many_threads_of_two_clients_keep_a_rate(tmp_path: Path) -> None:
    clock = Clock()
    paces = [
        Pace(clock, rate=100, turns=Turns(str(tmp_path / "turns.sqlite3"), clock), name="h") for _ in range(2)
    ]
    went: list[float] = []

    def ask(pace: Pace) -> None:
        for _ in range(5):
            with pace.turn("", lambda wait: None):
                went.append(time.monotonic())

    threads = [threading.Thread(target=ask, args=(pace,)) for pace in paces for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    went.sort()
    assert went[-1] - went[0] >= 19 / 100
