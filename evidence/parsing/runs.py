"""Numbers that count a list: "1. … 2. … 3. …", told from volumes, editions and dates that look the same.

A mark may be anywhere; what tells it is that the others count on from it. So the best chain of marks of
one form is looked for, each one more than the last, by dynamic programming over the marks in the order
of the text: for each form and number only the best chain that ends there is kept, which is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

#: A chain may leave out so many numbers at once (a reference that was not copied).
_GAP = 2
#: What a number that is left out costs, and what it costs to count from the beginning again.
_SKIPPED, _AGAIN = 0.9, 1.2
#: A reference has at least so many characters.
_APART = 20


class Mark(NamedTuple):
    """A number that may count a reference: where, how much, in which brackets, how well it stands."""

    at: int
    number: int
    form: str
    weight: float


class _Chain(NamedTuple):
    score: float
    last: Mark
    before: _Chain | None


def longest_run(marks: Iterable[Mark], *, again: bool = True) -> list[Mark]:
    """Return the best chain of marks that count up, in order; a second list may begin at 1 behind the first.

    A chain of one is none: an edition or a volume alone counts nothing.
    """
    ends: dict[tuple[str, int], _Chain] = {}
    best: _Chain | None = None
    for mark in marks:
        chains = [_Chain(mark.weight - (0.0 if mark.number == 1 else 0.5), mark, None)]
        if again and best and mark.number == 1:
            chains.append(_Chain(best.score + mark.weight - _AGAIN, mark, best))
        for step in range(1, _GAP + 2):
            chain = ends.get((mark.form, mark.number - step))
            if chain and mark.at - chain.last.at >= _APART:
                score = chain.score + mark.weight - (step - 1) * _SKIPPED
                chains.append(_Chain(score, mark, chain))
        chain = max(chains, key=lambda c: c.score)
        known = ends.get((mark.form, mark.number))
        if known is None or chain.score > known.score:
            ends[mark.form, mark.number] = chain
        if best is None or chain.score > best.score:
            best = chain
    run: list[Mark] = []
    while best:
        run.append(best.last)
        best = best.before
    return run[::-1] if len(run) > 1 else []


@cache
def _inline() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\S)(?:\[(?P<square>\d{1,4})\]\s{0,3}|\((?P<round>\d{1,3})\)\s{1,3}"
        r"|(?P<dot>\d{1,3})\.\s{1,3}|(?P<half>\d{1,3})\)\s{1,3})(?=\S)"
    )


@cache
def _no_end() -> re.Pattern[str]:
    # what a volume, an issue, pages or an edition stand behind
    return re.compile(
        r"(?:\b(?:vols?|no|nr|num|pp?|pages?|bd|band|tome?|t|issue|heft|ch|chap|part|pt|ser|series|art|fig|sec"
        r"|and|et|und|y|e|of|the|in|de|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
        r"|january|february|march|april|june|july|august|september|october|november|december)\.?|[,:(&–-])$",
        re.IGNORECASE,
    )


@cache
def _no_beginning() -> re.Pattern[str]:
    return re.compile(
        r"(?:ed|edn|edition|aufl|auflage|éd|édition|ausg|bd|band|vol|pp?|[,;:–-]"
        r"|(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zé]{0,6})\b",
        re.IGNORECASE,
    )


def marks_within(text: str, start: int, end: int) -> list[Mark]:
    """Return the numbers in a range that may count references, each with how well it stands there."""
    result = []
    for found in _inline().finditer(text, start, end):
        form = found.lastgroup or "dot"
        before = text[max(start, found.start() - 24) : found.start()].rstrip()
        behind = text[found.end() : min(end, found.end() + 16)]
        weight = min(_ending(before), _beginning(behind))
        if form == "square":
            weight = max(weight, 0.7)
        result.append(Mark(found.start(), int(found.group(form)), form, weight))
    return result


def _ending(before: str) -> float:
    if not before:
        return 1.0
    if _no_end().search(before):
        return 0.1
    return 1.0 if before[-1] in ".)]/;\"”»'’>?!" or before[-1].isdigit() else 0.7


def _beginning(behind: str) -> float:
    if _no_beginning().match(behind):
        return 0.1
    return 0.4 if behind[0].islower() or behind[0].isdigit() else 1.0
