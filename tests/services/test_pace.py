"""Pace, breaker and waits, with a clock that can be moved."""

from __future__ import annotations

import random
from email.utils import formatdate

import pytest

from evidence.services.pace import Breaker, Pace, RetryBudget, retry_after, seconds_of
from tests.services.conftest import QuickClock


class Still(QuickClock):
    """A clock that only moves when somebody sleeps on it."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 1_000.0

    def now(self) -> float:
        return self.skipped


def run(pace: Pace, clock: Still, lane: str, until: float, took: float = 0.0) -> list[float]:
    """Ask as fast as the pace lets us; return when each request went out."""
    sent = []
    while clock.now() < until:
        with pace.turn(lane, lambda wait: None):
            sent.append(clock.now())
            clock.sleep(took)
    return sent


def most_in_a_second(sent: list[float]) -> int:
    return max(sum(1 for other in sent if at <= other < at + 1.0) for at in sent)


@pytest.mark.parametrize("rate", [1.0, 3.0, 10.0])
def test_an_hour_never_goes_over_the_ceiling(rate: float) -> None:
    clock = Still()
    pace = Pace(clock, ceilings={"list": rate}, most=3)
    sent = run(pace, clock, "list", clock.now() + 3600 / rate)
    assert most_in_a_second(sent) <= rate
    assert len(sent) > 3600 * 0.9


def test_announced_limits_hold_from_the_next_request_on() -> None:
    clock = Still()
    pace = Pace(clock)
    rng = random.Random(7)
    for _ in range(60):
        limit = rng.choice([1, 2, 5, 10, 50])
        pace.obey({"x-rate-limit-limit": str(limit), "x-rate-limit-interval": "1s"})
        sent = run(pace, clock, "", clock.now() + 10)
        assert most_in_a_second(sent) <= limit


def test_a_public_host_cannot_raise_its_ceiling_but_lower_it() -> None:
    clock = Still()
    pace = Pace(clock, ceilings={"": 5})
    pace.obey({"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"})
    assert pace.spacing() >= 1 / 5
    pace.obey({"x-rate-limit-limit": "2", "x-rate-limit-interval": "1s"})
    assert pace.spacing() >= 1 / 2


def test_a_fixed_rate_wins_and_zero_means_none() -> None:
    clock = Still()
    for rate, least, most in [(4.0, 0.25, 0.3), (0.0, 0.0, 0.0)]:
        pace = Pace(clock, rate=rate, ceilings={"": 1})
        pace.obey({"x-rate-limit-limit": "1", "x-rate-limit-interval": "1s"})
        assert least <= pace.spacing() <= most


def test_lanes_are_paced_apart_and_a_hold_stops_all() -> None:
    clock = Still()
    pace = Pace(clock, ceilings={"": 10, "list": 1})
    assert pace.spacing("list") > pace.spacing("")
    began = clock.now()
    pace.hold(7.0)
    for lane in ("list", ""):
        with pace.turn(lane, lambda wait: None):
            assert clock.now() >= began + 7.0


def test_lanes_share_a_limit_until_the_answers_name_two_pools() -> None:
    clock = Still()
    pace = Pace(clock)

    def seconds_for_two(pools: tuple[str, str]) -> float:
        for lane, pool in zip(("", "list"), pools, strict=True):
            pace.obey({"x-rate-limit-limit": "1", "x-api-pool": pool}, lane)
        clock.sleep(10.0)
        began = clock.now()
        for lane in ("list", ""):
            with pace.turn(lane, lambda wait: None):
                pass
        return clock.now() - began

    assert seconds_for_two(("polite", "polite")) >= 1.0
    assert seconds_for_two(("", "")) >= 1.0
    assert seconds_for_two(("polite-single", "polite-array")) < 0.1


def test_a_wait_that_is_not_allowed_gives_up() -> None:
    clock = Still()
    pace = Pace(clock)
    pace.hold(5.0)

    def refuse(wait: float) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError), pace.turn("", refuse):
        pass


@pytest.mark.parametrize(
    "headers",
    [{}, {"x-rate-limit-limit": "many"}, {"x-rate-limit-limit": "-5"}, {"x-rate-limit-limit": "0"},
     {"x-rate-limit-limit": "5", "x-rate-limit-interval": "soon"}, {"x-concurrency-limit": "0"}],
)  # fmt: skip
def test_nonsense_in_headers_changes_nothing(headers: dict[str, str]) -> None:
    pace = Pace(Still())
    pace.obey(headers)
    assert pace.spacing() == 0.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1s", 1), ("60", 60), ("1m", 60), ("2h", 7200), ("500ms", 0.5), ("0s", None), ("x", None)],
)
def test_intervals(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("2", 2.0), ("0", 0.0), (" 30 ", 30.0), ("1000000000", 1e9), ("soon", None), ("-5", None), ("", None),
     ("1.5", None), (formatdate(1_000_060, usegmt=True), 60.0), (formatdate(999_000, usegmt=True), None),
     ("Mon, 99 Foo 2026", None), ("9" * 400, None), ("Fri, 31 Dec 9999 23:59:59 -2400", None)],
)  # fmt: skip
def test_retry_after(text: str, seconds: float | None) -> None:
    assert retry_after(text, 1_000_000.0) == seconds


def test_breaker_opens_after_five_and_lets_one_try() -> None:
    clock = Still()
    breaker = Breaker(clock)
    for _ in range(4):
        breaker.fail("it was down", "server")
    assert breaker.refusal() == ""
    breaker.fail("it was down", "server")
    assert breaker.refusal() == "it was down"
    clock.sleep(61)
    assert breaker.refusal() == ""
    assert breaker.refusal() == "it was down"
    breaker.fail("it was down", "server")
    assert breaker.refusal() == "it was down"
    clock.sleep(61)
    assert breaker.refusal() == ""
    breaker.succeed()
    assert breaker.refusal() == breaker.refusal() == ""


def test_a_try_that_was_not_used_is_given_back() -> None:
    clock = Still()
    breaker = Breaker(clock)
    breaker.trip("it asked for an hour", "limit", 10)
    clock.sleep(11)
    assert breaker.refusal() == ""
    breaker.release()
    assert breaker.refusal() == ""


def test_retry_budget_is_a_tenth_in_the_long_run() -> None:
    budget = RetryBudget()
    spent = 0
    for _ in range(10_000):
        budget.earn()
        spent += budget.spend()
    assert spent <= 10_000 * 0.1 + 31
