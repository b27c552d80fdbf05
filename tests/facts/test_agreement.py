"""Times against the registry and the printer, and fractions in words against their counts."""

from __future__ import annotations

import pytest

from evidence.facts.agreement import before_its_end
from evidence.facts.arithmetic import wrong_fractions
from evidence.facts.numbers import quantity
from evidence.model import Date, Fact


@pytest.mark.parametrize(
    ("value", "started", "printed", "told"),
    [
        ("3 years", "2014-03", Date(2015), True),
        ("3 years", "2014-03", Date(2017), False),
        ("21 months", "2014-03", Date(2015), False),
        ("18 months", "2014-03", Date(2015, 3), True),
        ("about 3 years", "2014-03", Date(2015), False),
        ("up to 3 years", "2014-03", Date(2015), False),
        ("3 years", "", Date(2015), False),
        ("3 years", "2014-03", Date(), False),
        ("36", "2014-03", Date(2015), False),
    ],
)
def test_no_follow_up_ends_after_its_paper(value: str, started: str, printed: Date, told: bool) -> None:
    fact = Fact("f", "walk", kind="follow_up", quantity=quantity(value))
    assert bool(before_its_end(fact, started, printed)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Half of them (4 of 24) walked.", True),
        ("Half of them (11 of 24) walked.", False),
        ("Two thirds (12/40) walked.", True),
        ("All (23 of 24) walked.", True),
        ("All of them (24 of 24) walked.", False),
        ("Half of the 24 walked, and 4 of 24 rested.", False),
        ("Half (95% CI 4 of 24).", False),
    ],
)
def test_a_fraction_in_words_is_held_against_its_count(text: str, told: bool) -> None:
    assert bool(list(wrong_fractions(text))) == told
