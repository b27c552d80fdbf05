"""Where the references of a text without marks begin: the best way to cut the whole of it.

The boundary model says how likely each word begins a reference. Of the likely ones those are taken
whose parts are best together: each part has to read as a reference, begin as one and end as one, and
what most of the text does (a reference a line, a reference a block) counts for the rest of it.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import NamedTuple

from evidence.parsing.boundaries import Beginning, beginnings
from evidence.parsing.judging import judge

#: A part is looked for among so many beginnings before its end.
_BACK = 7
#: A reference in a paragraph has at least so many characters; more than these are not judged.
_PIECE, _JUDGED = 24, 1_500
#: What it is worth in log-odds that a part reads as a reference, over so much; what a cut-off end and a
#: second year cost. Chosen on development lists.
_READS, _ENOUGH, _CUT_OFF, _MANY = 6.0, 0.2, 3.0, 1.0
#: What the habit of a text is worth, in log-odds.
_HABIT = 3.0
#: What it is worth that most references end in a semicolon, or that most blocks are one reference.
_SEPARATED, _BLOCKS = 4.0, 6.0


class _Habits(NamedTuple):
    """What beginnings do in most of a text, in log-odds: inside a line, at its start, behind a semicolon."""

    inside: float
    line: float
    separated: float


@cache
def _goes_on() -> re.Pattern[str]:
    # what is never first in a reference
    return re.compile(
        r"\W{0,2}(?:https?:|www\.|doi\b|10\.\d{4}|PMC?ID|pmid|Retrieved|Accessed|Last\saccess|Available|Epub\b|Review\."
        r"|English\.|Case\sReports|Abstract\b|In:|In\s[A-Z]\.|pp?\.|vol\.|no\.|Vol\.|No\.|\[cited|cited\b|et\sal)"
        r"|[(\[]?\d{1,3}(?:[-–—)\],.:]|\s)|[(\[](?:19|20)\d\d|[,.;:)\]&–—-]",
    )


@cache
def _cut_off() -> re.Pattern[str]:
    # what is never last in one
    return re.compile(
        r"(?:[,&(–—-]|\b(?:doi|DOI|In|in|and|Retrieved\sfrom|from|the|of|pp?\.|[Vv]ol\.|[Nn]o\.):?)$"
    )


def goes_on(text: str) -> bool:
    """Tell whether a text cannot be the beginning of a reference: an identifier, an address, a locator."""
    return bool(_goes_on().match(text))


def cut(text: str) -> set[int]:
    """Return where references begin in a text without marks, those at the start of a block among them."""
    blocks = beginnings(text)
    habits = _habits(text, blocks)
    result: set[int] = set()
    for block, end in blocks:
        result.update(_best(text, block, end, habits))
    return result


def _habits(text: str, blocks: list[tuple[list[Beginning], int]]) -> _Habits:
    strong = [b for block, _ in blocks for b in block[1:] if b.likely > 0.5]
    lines = [b for block, _ in blocks for b in block[1:] if b.mark]
    inside = line = 0.0
    if len(lines) > 1 and sum(1 for b in strong if b.mark) >= 0.8 * len(strong):
        inside = -_HABIT
    if len(lines) > 2 and sum(1 for b in lines if b.likely > 0.5) >= 0.8 * len(lines):
        line = _HABIT
    if len(blocks) > 2 and sum(
        1 for block, _ in blocks if all(b.likely < 0.5 for b in block[1:])
    ) > 0.6 * len(blocks):
        inside = line = -_BLOCKS
    behind = sum(1 for b in strong if _is_separated(text, b.at))
    separated = _SEPARATED if behind > 1 and behind > 0.6 * len(strong) else 0.0
    return _Habits(inside, line, separated)


def _is_separated(text: str, at: int) -> bool:
    return text[max(0, at - 4) : at].rstrip().endswith(";")


def _best(text: str, block: list[Beginning], end: int, habits: _Habits) -> list[int]:
    """Return the beginnings whose parts are best together."""
    places = [b for at, b in enumerate(block) if not at or _may_begin(text, b, habits)]
    if len(places) == 1:
        return [places[0].at]
    scores = [0.0] * (len(places) + 1)
    back = [0] * (len(places) + 1)
    bounds = [*(b.at for b in places), end]
    for at in range(1, len(bounds)):
        ways = [(scores[a] + _part(text, bounds[a], bounds[at]), a) for a in range(max(0, at - _BACK), at)]
        scores[at], back[at] = max(ways)
        if at < len(places):
            scores[at] += _odds(text, places[at], habits)
    result = []
    at = back[len(places)]
    while at:
        result.append(places[at].at)
        at = back[at]
    return [places[0].at, *result[::-1]]


def _may_begin(text: str, place: Beginning, habits: _Habits) -> bool:
    low = 0.3 if habits.inside and not place.mark else 0.02
    if habits.separated and _is_separated(text, place.at):
        low = 0.0
    return place.likely > low and not _goes_on().match(text, place.at)


def _odds(text: str, place: Beginning, habits: _Habits) -> float:
    likely = min(max(place.likely, 0.002), 0.998)
    odds = math.log(likely / (1 - likely)) + (habits.line if place.mark else habits.inside)
    return odds + (habits.separated if _is_separated(text, place.at) else -habits.separated / 2)


def _part(text: str, start: int, end: int) -> float:
    """Judge a part of a text as one reference, in log-odds."""
    part = text[start:end].rstrip(" ;\r\n\t\xa0")
    if len(part) < _PIECE:
        return -5.0
    score = _READS * (min(judge(part[:_JUDGED]), 0.6) - _ENOUGH)
    years = {m.group() for m in _year().finditer(part[:_JUDGED])}
    score -= _MANY * max(0, len(years) - 1)
    return score - (_CUT_OFF if _cut_off().search(part[-20:]) else 0.0)


@cache
def _year() -> re.Pattern[str]:
    # not one in an address or an identifier
    return re.compile(r"(?<![\w/.-])(?:1[6-9]|20)\d\d(?![\w/-])")
