"""Whether a page tells a result of a weak study as an effect, and does not say how weak the study is.

A study without a control group cannot say what its treatment did (the patients might have got better
without it), and one of fewer than thirty people says it with a wide margin. Only what the facts file
records counts: a design that names itself uncontrolled, or a total that is small. A page that names the
design, the lack of controls or the number of people has said it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from evidence.facts.numbers import numbers
from evidence.facts.roles import TOTALS
from evidence.model import Fact, Study

#: A study of fewer people is small: the bound that textbooks give for means of a normal sample.
SMALL = 30


def weakness(study: Study, facts: Iterable[Fact]) -> str:
    """Return why a study is weak, as words for a message, or "" where nothing on record says so."""
    if len(study.arms) < 2 and _uncontrolled().search(study.design):
        return f"{study.design}, without a control group"
    size = size_of(study, facts)
    return f"a study of {size} people" if size is not None and size < SMALL else ""


def size_of(study: Study, facts: Iterable[Fact]) -> int | None:
    """Return how many took part in a study by its facts, or None; a sum of groups is not counted on."""
    totals = [
        fact.quantity.value
        for fact in facts
        if fact.study == study.key
        and fact.kind == "participants"
        and fact.role in TOTALS
        and not (fact.of or fact.arm or fact.stat)
        and fact.quantity.value
        and fact.quantity.relation == "="
    ]
    return int(max(totals)) if totals else None


def states_effect(sentence: str) -> bool:
    """Return whether a sentence says that something did something: "lowered pain", "is effective"."""
    found = _effect().finditer(sentence)
    return any(not _denied().search(sentence, max(0, match.start() - 30), match.start()) for match in found)


def names_weakness(texts: Sequence[str], size: int | None) -> bool:
    """Return whether the words around a result name the study's design, its lack of controls or its size."""
    if any(_named().search(text) for text in texts):
        return True
    return size is not None and any(
        number.value == size and not number.unit for text in texts for number in numbers(text)
    )


@cache
def _uncontrolled() -> re.Pattern[str]:
    return re.compile(
        r"case (?:series|report)|uncontrolled|single[- ]arm|one[- ]arm|before[- ](?:and[- ])?after"
        r"|(?:no|without(?: a)?) control",
        re.IGNORECASE,
    )


@cache
def _effect() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:reduc(?:e[sd]?|ing|tion)|lower(?:s|ed|ing)?|improv(?:e[sd]?|ing|ement)|reliev(?:e[sd]?|ing)"
        r"|eas(?:e[sd]|ing)|cur(?:e[sd]|ing)|heal(?:s|ed|ing)|decreas(?:e[sd]?|ing)|prevent(?:s|ed|ing)"
        r"|restor(?:e[sd]|ing)|regenerat(?:e[sd]?|ing)|halv(?:e[sd]|ing)|effective|works|worked|helps|helped)\b",
        re.IGNORECASE,
    )


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(r"\b(?:not|no|never|neither|nor|fail\w*|whether|cannot)\b|n't\b", re.IGNORECASE)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        r"case (?:series|report|study)|\bpilot\b|uncontrolled|not controlled"
        r"|(?:no|without(?: an?)?|lack\w*(?: of)?(?: an?)?) (?:control|comparison|placebo)"
        r"|single[- ]arm|open[- ]label|\bsmall\b|preliminary"
        r"|observational|anecdot|before[- ]and[- ]after|\bfew (?:patients|people)|\bseries of\b",
        re.IGNORECASE,
    )
