"""Numbers on a page that no fact covers: those in sentences that cite something."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evidence.facts.anchoring import citation_gaps
from evidence.facts.numbers import numbers
from evidence.model import Document, Span

#: The end of a sentence with its quotation marks and raised digits, of a paragraph, of a list item.
_END = re.compile(r"[.!?][\"'”’)\]¹²³⁰⁴-⁹]{0,6}(?=\s)|\n[ \t]{0,40}\n|\n(?=[ \t]{0,8}[•*–-][ \t])")


class Uncovered(NamedTuple):
    """A number in the visible text of a page, and the marker its sentence cites with."""

    span: Span
    text: str
    marker: str


def uncovered(document: Document, covered: Sequence[tuple[int, int]]) -> Iterator[Uncovered]:
    """Yield the plain numbers of a page's citing sentences that lie in none of the `covered` ranges.

    Ranges are of the visible text. Markers inside reference lists cite nothing; a marker after the
    full stop belongs to the sentence before it.
    """
    view = document.view
    if view is None:
        return
    breaks = [0, *(match.end() for match in _END.finditer(view.text)), len(view.text)]
    listed = [(region.span.start, region.span.end) for region in document.regions]
    gaps = [
        gap for gap in citation_gaps(document)
        if not any(start <= view.starts[gap.start] < end for start, end in listed)
    ]  # fmt: skip
    at = [gap.start for gap in gaps]
    seen: set[int] = set()
    for gap in gaps:
        place = bisect_right(breaks, gap.start) - 1
        while place > 0 and not _says_something(view.text, breaks[place], gap, gaps, at):
            place -= 1
        start, end = breaks[place], breaks[place + 1]
        if start in seen:
            continue
        seen.add(start)
        inside = gaps[bisect_left(at, start) : bisect_left(at, end)]
        for number in numbers(view.text[start:end]):
            first, last = start + number.span.start, start + number.span.end
            marked = any(other.start < last and first < other.end for other in inside)
            if number.plain and not marked and not any(a <= first and last <= b for a, b in covered):
                words = view.text[start + number.phrase.start : start + number.phrase.end]
                yield Uncovered(view.span(first, last), words, view.text[gap.start : gap.end])


def _says_something(text: str, start: int, gap: Span, gaps: Sequence[Span], at: Sequence[int]) -> bool:
    """Return whether words stand between the start of a sentence and a marker, other markers aside."""
    for other in gaps[bisect_left(at, start) : bisect_left(at, gap.start)]:
        if any(map(str.isalnum, text[start : other.start])):
            return True
        start = other.end
    return any(map(str.isalnum, text[start : gap.start]))
