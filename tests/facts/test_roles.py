"""A number in its source against the role that a fact gives it; facts against one another."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.facts import agreement, arithmetic
from evidence.facts.numbers import quantity
from evidence.facts.roles import clash
from evidence.model import Fact, Quote

TRIAL = (
    "We randomly assigned 240 adults to walking (n = 118) or rest (n = 122). Of 118 walkers, 27 were free of pain "
    "after 2 years. In all, 201 adults completed the study, and 12 died. They had 12 weeks of training."
)


def fact(role: str, value: object, source: str = "", kind: str = "participants", **more: Any) -> Fact:
    quote = Quote(source) if source else None
    return Fact(id="f", study="s", kind=kind, role=role, quantity=quantity(value), in_source=quote, **more)


@pytest.mark.parametrize("value", [118, 122, 27, 12])
def test_a_part_is_no_total(value: int) -> None:
    assert clash(fact("randomised", value), TRIAL)


@pytest.mark.parametrize("role", ["enrolled", "randomised", "treated", "analysed"])
def test_the_total_is_one_in_every_role_of_a_total(role: str) -> None:
    assert clash(fact(role, 240), TRIAL) is None


def test_nothing_is_said_of_a_number_that_is_not_there() -> None:
    assert clash(fact("randomised", 999), TRIAL) is None
    assert clash(fact("randomised", 240), None) is None


def test_those_who_completed() -> None:
    assert clash(fact("completed", 201), TRIAL) is None
    assert clash(fact("followed", 12), TRIAL)


def test_few_are_analysed_where_their_own_words_say_so() -> None:
    text = "We enrolled 57 adults, and 43 were available for analysis."
    assert clash(fact("analysed", 43), text) is None
    assert clash(fact("randomised", 43), text)


HALF = "half went on to have other procedures over the next 30 months"


def test_half_of_a_group_in_another_role() -> None:
    found = clash(fact("followed", 12, HALF, of="all"), None, 24.0)
    assert found
    assert "outcome" in found.source
    assert clash(fact("followed", 12, "Of the 12 who had no other treatment"), None)
    assert clash(fact("followed", 12, "12 were followed for two years"), None) is None


def test_a_time_that_is_no_follow_up() -> None:
    assert clash(fact("", "30 months", HALF, "follow_up"), None)
    assert clash(fact("", "12 weeks", "", "follow_up"), TRIAL)
    assert clash(fact("", "2 years", "pain was lower at 2 years", "follow_up"), None) is None
    assert clash(fact("", "30 months", "followed for 30 months", "follow_up"), None) is None


def test_the_quoted_words_narrow_the_source() -> None:
    text = "We enrolled 24 adults. Later 24 of 80 letters were answered."
    assert clash(fact("enrolled", 24, "24 of 80 letters were answered"), text)
    assert clash(fact("enrolled", 24, "We enrolled 24 adults"), text) is None


def percent(value: str, of: str, **more: Any) -> Fact:
    return Fact(id="p", study="s", kind="outcome", quantity=quantity(value), of=of, **more)


@pytest.mark.parametrize(
    ("value", "of", "wrong"),
    [("30 %", "7", True), ("29 %", "7", False), ("33.3 %", "9", False), ("33.4 %", "9", True), ("31 %", "300", False),
     ("> 30 %", "7", False), ("100 %", "7", False)],
)  # fmt: skip
def test_percentages_that_no_count_makes(value: str, of: str, wrong: bool) -> None:
    assert bool(list(arithmetic.impossible_percentages([percent(value, of)]))) is wrong


def test_a_change_is_no_share_of_people() -> None:
    assert not list(arithmetic.impossible_percentages([percent("30 %", "7", outcome="reduction of pain")]))


def timed(at: str, id: str = "o") -> Fact:
    return Fact(id=id, study="s", kind="outcome", quantity=quantity(5), at=quantity(at))


@pytest.mark.parametrize(
    ("follow_up", "at", "late"),
    [("12 months", "2 years", True), ("12 months", "1 year", False), ("at least 12 months", "2 years", False),
     ("12 months", "52 weeks", False)],
)  # fmt: skip
def test_outcomes_beyond_the_follow_up(follow_up: str, at: str, late: bool) -> None:
    end = fact("", follow_up, "", "follow_up")
    assert bool(list(agreement.beyond_follow_up([end, timed(at)]))) is late
    median = fact("", follow_up, f"a median follow-up of {follow_up}", "follow_up")
    assert not list(agreement.beyond_follow_up([median, timed(at)]))


@pytest.mark.parametrize(
    ("page", "source", "told"),
    [
        ("at 1 month", "at 4 weeks", True),
        ("at 24 months", "at 2 years", False),
        ("at 1 month", "at 9 weeks", False),
    ],
)
def test_times_that_are_nearly_equal(page: str, source: str, told: bool) -> None:
    one = Fact(id="t", study="s", on_page=Quote(page), in_source=Quote(source))
    assert bool(list(agreement.nearly_equal_times(one))) is told


def test_two_values_of_one_role() -> None:
    first, second = fact("enrolled", 24), fact("enrolled", 42)
    assert [one.fact for one in agreement.conflicting([first, second])] == [second]
    assert not list(agreement.conflicting([first, fact("analysed", 20)]))
    assert not list(agreement.conflicting([first, fact("enrolled", 12, of="all")]))
    assert not list(agreement.conflicting([fact("enrolled", 24, arm="a"), fact("enrolled", 42, arm="b")]))
