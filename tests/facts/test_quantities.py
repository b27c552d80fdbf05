"""Quantities as people type them, equality across units, and values in quotes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.facts.numbers import holds, quantity, same, shown
from evidence.facts.words import SIZES


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12, (12, "", "=")),
        (12.5, (12.5, "", "=")),
        ("12", (12, "", "=")),
        ("> 50 %", (50, "percent", ">")),
        (">50%", (50, "percent", ">")),
        ("1,234", (1234, "", "=")),
        ("half of 24", (12, "", "=")),
        ("two thirds of the 24", (16, "", "=")),
        ("30 months", (30, "month", "=")),
        ("about 31 million", (31e6, "", "~")),
        ("-50 %", (-50, "percent", "=")),
        ("− 50 %", (-50, "percent", "=")),
        ("at least two years", (2, "year", ">=")),
        ("“12”", (12, "", "=")),
        ("1,5", (1.5, "", "=")),
        ("8 of 20 (40 %)", (8, "", "=")),
        ("half", (50, "percent", "=")),
        ("none", (0, "", "=")),
        ("24 patients", (24, "", "=")),
        ("6-48 months", (None, "month", "=")),
        ("all", (None, "", "=")),
        ({"value": 12, "unit": "months", "relation": "up to"}, (12, "month", "<=")),
        ({"value": "12 months"}, (12, "month", "=")),
    ],
)
def test_a_value_is_read(value: object, expected: tuple[float | None, str, str]) -> None:
    found = quantity(value)
    assert (found.value, found.unit, found.relation) == expected


def test_unit_and_relation_may_stand_beside_the_value() -> None:
    assert quantity(2, "yrs", "at least") == quantity({"value": 2, "unit": "year", "relation": ">="})
    assert quantity("30 months", "month").unit == "month"
    assert quantity(24, "patients").unit == ""


@pytest.mark.parametrize(
    ("value", "given", "told"),
    [
        (True, {}, "must be a number"),
        ([1], {}, "must be a number"),
        (float("nan"), {}, "must be a number"),
        ("several", {}, "no number can be read"),
        ("30 months", {"unit": "week"}, "keep one of them"),
        (3, {"relation": "roundabout"}, "is not known"),
        ({"valu": 3}, {}, "has no place here"),
        ({"unit": "month"}, {}, "a value is missing"),
    ],
)
def test_what_cannot_be_read_says_what_to_type(value: object, given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        quantity(value, **given)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("24 months", "2 years"),
        ("7 days", "1 week"),
        ("52 weeks", "1 year"),
        ("365 days", "12 months"),
        ("1 decade", "10 y"),
        ("90 minutes", "1.5 hours"),
    ],
)
def test_equal_times(left: str, right: str) -> None:
    one, other = quantity(left), quantity(right)
    assert one.value is not None
    assert other.value is not None
    assert same(one.value, one.unit, other.value, other.unit)
    assert same(other.value, other.unit, one.value, one.unit)


@pytest.mark.parametrize(
    ("left", "right"),
    [("4 weeks", "1 month"), ("30 days", "1 month"), ("50 %", "50"), ("48 weeks", "1 year")],
)
def test_unequal_times(left: str, right: str) -> None:
    one, other = quantity(left), quantity(right)
    assert not same(one.value or 0, one.unit, other.value or 0, other.unit)


@given(
    st.sampled_from(sorted(SIZES)), st.floats(0.01, 1e6), st.sampled_from(sorted(SIZES)), st.floats(0.01, 1e6)
)
def test_sameness_is_symmetric(unit: str, value: float, other_unit: str, other: float) -> None:
    assert same(value, unit, other, other_unit) == same(other, other_unit, value, unit)


HELD = [
    (12, "12 were seen", {}),
    (12, "twelve of them", {}),
    (12, "a dozen", {}),
    (12, "half of the 24", {}),
    (12, "half went home", {"of": 24.0}),
    ("24 months", "after two years", {}),
    ("1 year", "at 52 weeks", {}),
    ("80 %", "eight out of ten", {}),
    ("80 %", "8/10", {}),
    ("33.3 %", "one in three", {}),
    ("50 %", "half", {}),
    ("67 %", "two thirds", {}),
    ("31 million", "31,000,000", {}),
    ("about 31 million", "31.2 million", {}),
    (53, "27 here and 26 there", {"sums": True}),
    ("6-48 months", "from 6 to 48 months", {}),
    ("-50 %", "fell by 50%", {}),
    (0, "none of them", {}),
    (2, "both knees", {}),
    ("more than 50 %", "56.5 %", {}),
    ("100 %", "all patients", {}),
    ("at most 10 %", "9 %", {}),
    (0.05, "p = 0.05", {}),
    (2, "phase 2", {"labels": True}),
    ("5 points", "by 5 on the scale", {}),
]


@pytest.mark.parametrize(("value", "text", "more"), HELD, ids=[f"{v} in {t}" for v, t, _ in HELD])
def test_a_quote_states_a_value(value: object, text: str, more: dict[str, Any]) -> None:
    assert holds(quantity(value), text, **more)


NOT_HELD = [
    (12, "24 patients", {}),
    (12, "for 12 months", {"count": True}),
    ("4 weeks", "1 month", {}),
    (19, "COVID-19", {}),
    ("50 %", "50 patients", {}),
    (2, "phase 2", {}),
    (95, "95% CI", {}),
    (12, "112 or 12.5", {}),
    (3, "thirty-three", {}),
    (53, "27 here and 26 there", {}),
    ("6-48 months", "6 months", {}),
    ("more than 50 %", "90 %", {}),
    (2013, "in 2013", {}),
    ("80 %", "8 in 12", {}),
    (12, "half of them", {}),
]


@pytest.mark.parametrize(("value", "text", "more"), NOT_HELD, ids=[f"{v} not in {t}" for v, t, _ in NOT_HELD])
def test_a_quote_does_not_state_a_value(value: object, text: str, more: dict[str, Any]) -> None:
    assert not holds(quantity(value), text, **more)


@given(
    st.integers(-10_000_000, 10_000_000),
    st.sampled_from(["", "month", "percent"]),
    st.sampled_from(["=", ">", "<=", "~"]),
)
def test_what_is_shown_is_read_again(value: int, unit: str, relation: str) -> None:
    measure = quantity(value, unit, relation)
    again = quantity(shown(measure))
    assert (again.value, again.unit, again.relation) == (measure.value, unit, relation)
