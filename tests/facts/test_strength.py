"""Which studies are weak on record, which sentences tell an effect, and what names the weakness."""

from __future__ import annotations

import pytest

from evidence.facts.numbers import quantity
from evidence.facts.strength import names_weakness, size_of, states_effect, weakness
from evidence.model import Fact, Study


def people(value: str, role: str = "enrolled", of: str = "", stat: str = "") -> Fact:
    return Fact("n", "walk", kind="participants", role=role, quantity=quantity(value), of=of, stat=stat)


@pytest.mark.parametrize(
    ("study", "facts", "weak"),
    [
        (Study("walk", design="case series"), [], True),
        (Study("walk", design="Single-arm trial"), [people("200")], True),
        (Study("walk", design="randomised controlled trial"), [people("24")], True),
        (Study("walk"), [people("29")], True),
        (Study("walk"), [people("30")], False),
        (Study("walk"), [people("at least 12")], False),
        (Study("walk"), [people("12", role="arm")], False),
        (Study("walk"), [people("12", of="24")], False),
        (Study("walk"), [people("12", role="followed")], False),
        (Study("walk", design="pilot study"), [], False),
        (Study("walk"), [people("24", stat="sum")], False),
        (Study("walk", design="case series", arms=(("a", 40), ("b", 40))), [], False),
        (Study("walk"), [], False),
    ],
)
def test_only_what_is_on_record_makes_a_study_weak(study: Study, facts: list[Fact], weak: bool) -> None:
    assert bool(weakness(study, facts)) == weak


def test_the_size_is_the_greatest_total() -> None:
    assert size_of(Study("walk"), [people("20", role="analysed"), people("24")]) == 24


@pytest.mark.parametrize(
    ("sentence", "effect"),
    [
        ("Walking lowered pain by 50%.", True),
        ("The exercise is effective.", True),
        ("Walking did not lower pain.", False),
        ("It is unknown whether walking reduces pain.", False),
        ("Five people reported less pain.", False),
    ],
)
def test_what_tells_an_effect(sentence: str, effect: bool) -> None:
    assert states_effect(sentence) == effect


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("In a case series pain fell.", True),
        ("There was no control group.", True),
        ("Of 24 walkers 12 were better.", True),
        ("Twenty-four adults walked.", True),
        ("Of 240 walkers 12 were better.", False),
        ("Pain fell by 2.24 points.", False),
        ("Pain fell by half.", False),
    ],
)
def test_what_names_a_weakness(text: str, named: bool) -> None:
    assert names_weakness([text], 24) == named
