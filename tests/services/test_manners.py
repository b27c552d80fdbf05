"""Turns of hosts: never too many at once, never too fast, and what one is told holds for all of its host."""

from __future__ import annotations

import threading
import time

import pytest

from evidence.services.manners import MOST, PATIENCE, SILENT, Hosts, Later, Queue, exhausted
from evidence.services.pace import Clock
from tests.services.conftest import QuickClock


def allow(_: float) -> None:
    pass


def test_turns_of_a_host_lie_apart(clock: QuickClock) -> None:
    hosts = Hosts(clock, spacing=0.5)
    began = clock.now()
    for _ in range(4):
        with hosts.turn("a:80", allow):
            pass
    assert clock.now() - began >= 1.5
    with hosts.turn("b:80", allow):
        assert clock.now() - began < 2.0


def test_a_host_that_is_held_is_not_waited_for_by_a_thread(clock: QuickClock) -> None:
    hosts = Hosts(clock)
    assert hosts.hold("a:80", 20.0)
    with pytest.raises(Later) as later, hosts.turn("a:80", allow):
        pass
    assert 19 < later.value.seconds <= 20
    with hosts.turn("b:80", allow):
        pass


def test_nobody_is_waited_for_for_ever(clock: QuickClock) -> None:
    hosts = Hosts(clock)
    assert not hosts.hold("a:80", 31.0)
    held = 0
    while hosts.hold("a:80", 10.0):
        clock.sleep(10.0)
        held += 10
    assert held == PATIENCE


def test_a_host_that_says_too_many_to_several_is_slowed_once_for_all_on_their_way(clock: QuickClock) -> None:
    hosts = Hosts(clock)
    hosts.accept("a:80")
    began = clock.now()
    told = [hosts.refuse("a:80", f"url {n}", began) for n in range(6)]
    assert told == [False, False, False, True, True, True]
    assert hosts.of("a:80").spacing == pytest.approx(0.075)
    clock.sleep(1)
    for _ in range(200):
        hosts.accept("a:80")
    assert hosts.of("a:80").spacing == pytest.approx(0.05)


def test_one_address_that_is_always_refused_slows_nobody(clock: QuickClock) -> None:
    hosts = Hosts(clock)
    hosts.accept("a:80")
    assert not any(hosts.refuse("a:80", "url", clock.now()) for _ in range(20))
    assert hosts.of("a:80").spacing == pytest.approx(0.05)


def test_silent_hosts(clock: QuickClock) -> None:
    hosts = Hosts(clock)
    for _ in range(SILENT):
        assert not hosts.is_silent("a:80")
        hosts.note("a:80", answered=False)
    assert hosts.is_silent("a:80")
    hosts.note("a:80", answered=True)
    assert not hosts.is_silent("a:80")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"ratelimit-remaining": "3", "ratelimit-reset": "5"}, None),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "5"}, 5.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000000007"}, 7.0),
        ({"ratelimit": '"default";r=0;t=4'}, 4.0),
        ({"ratelimit": "limit=10, remaining=0, reset=6"}, 6.0),
        ({"ratelimit-remaining": "none", "ratelimit-reset": "-5"}, None),
        ({"ratelimit-remaining": "0"}, None),
    ],
)
def test_limits_that_answers_announce(headers: dict[str, str], seconds: float | None) -> None:
    assert exhausted(headers, 1_000_000_000.0) == seconds


def test_a_queue_never_has_more_than_six_of_a_host_at_work() -> None:
    hosts = Hosts(Clock(), spacing=0.0)
    queue: Queue[str] = Queue(hosts)
    peak: dict[str, int] = {"a": 0, "b": 0}
    flying: dict[str, int] = {"a": 0, "b": 0}
    done: list[str] = []
    lock = threading.Lock()
    for n in range(60):
        queue.put("ab"[n % 2], f"{'ab'[n % 2]}{n}")

    def work() -> None:
        while (job := queue.take()) is not None:
            with hosts.turn(job[0], allow, begun=True):
                with lock:
                    flying[job[0]] += 1
                    peak[job[0]] = max(peak[job[0]], flying[job[0]])
                time.sleep(0.002)
                with lock:
                    flying[job[0]] -= 1
                    done.append(job)
            queue.done()

    threads = [threading.Thread(target=work) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(done) == 60
    assert max(peak.values()) <= MOST


def test_a_job_that_comes_back_is_taken_again() -> None:
    queue: Queue[str] = Queue(Hosts(Clock(), spacing=0.0))
    queue.put("a", "x")
    hosts = queue._hosts
    job = queue.take()
    with hosts.turn("a", allow, begun=True):
        pass
    assert job == "x"
    queue.put("a", "x", 0.01, again=True)
    assert queue.take() == "x"
    queue.done()
    assert queue.take() is None
