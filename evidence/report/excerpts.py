"""The line of a source that a finding stands on, with the part that is meant, for people to look at."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from evidence.model import Finding
from evidence.report.places import Place

#: Columns of a line that are shown; what stands further off is left out behind "…".
WIDEST = 100
#: Columns that are shown before the part that is meant, where the line is longer than `WIDEST`.
BEFORE = 30

#: Longest part of a line that is marked as a whole, in columns; of a longer one only the beginning.
LONGEST_MARK = 60


class Excerpt(NamedTuple):
    """A line in three parts: before, what is meant (as far as it stands on this line), after."""

    line: int
    before: str
    meant: str
    after: str


def excerpt(finding: Finding, place: Place) -> Excerpt | None:
    """Return the line where a finding begins; None where there is nothing to see on it."""
    text = finding.source.text
    start = min(finding.span.start, len(text))
    first = start - (place.column - 1)
    end_of_line = _line_end().search(text, start)
    last = end_of_line.start() if end_of_line else len(text)
    stop = max(start, min(finding.span.end, last))
    before, meant, after = text[first:start], text[start:stop], text[stop:last]
    if not (before + meant + after).strip():
        return None
    indent = len(before) - len(before.lstrip())
    before = before[indent:]
    if not before:
        meant = meant.lstrip() if not meant.strip() else meant
    return _windowed(Excerpt(place.line, before, meant, after.rstrip()))


@cache
def _line_end() -> re.Pattern[str]:
    return re.compile(r"[\r\n]")


def _windowed(whole: Excerpt) -> Excerpt:
    line, before, meant, after = whole
    if len(before) + len(meant) + len(after) <= WIDEST:
        return whole
    if len(before) > BEFORE and len(before) + len(meant) > WIDEST:
        before = "…" + before[-BEFORE:].lstrip()
    room = WIDEST - len(before)
    if len(meant) > room:
        return Excerpt(line, before, meant[: room - 1] + "…", "")
    room -= len(meant)
    return Excerpt(line, before, meant, after if len(after) <= room else after[: max(room - 1, 0)] + "…")


def width(text: str) -> int:
    """Return the columns that a text takes on a terminal (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
