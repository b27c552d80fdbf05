"""Suppression comments in a .bib file: `% evidence: ignore RULE - reason` beside an entry."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evidence.model import Ignore, Source, Span

_IGNORE = re.compile(
    r"evidence:[ \t]*+ignore[ \t]++([\w.-]++(?:[ \t]*+,[ \t]*+[\w.-]++)*+)"
    r"(?:[ \t]*+[-–—:]++[ \t]*+)?([^\r\n}]*+)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"[\s,(]*\buntil[ \t]{1,4}(\d{4}-\d\d-\d\d)\)?[\s.]*$", re.IGNORECASE)


class Place(NamedTuple):
    """A block of a file by its form and range."""

    form: str
    start: int
    end: int


def find_ignores(source: Source, blocks: Sequence[Place]) -> Iterator[Ignore]:
    """Yield the suppressions of a file; each covers the entry it stands in, behind or before.

    `blocks` are in order.
    """
    text = source.text
    if "evidence:" not in text.lower():
        return
    entries = [block for block in blocks if block.form == "entry"]
    starts = [block.start for block in blocks]
    for found in _IGNORE.finditer(text):
        index = bisect_right(starts, found.start()) - 1
        around = blocks[index] if index >= 0 and blocks[index].end > found.start() else None
        in_comment = around is not None and around.form == "comment"
        if not in_comment and "%" not in _line_before(text, found.start()):
            continue
        near = _covered(text, entries, found.start(), around)
        reason = found.group(2).strip()
        until = ""
        if limit := _UNTIL.search(reason[-60:]):
            until, reason = limit.group(1), reason[: len(reason) - len(limit.group())].rstrip()
        for rule in found.group(1).split(","):
            span = Span(*found.span())
            yield Ignore(rule.strip(), reason, until=until, source=source, span=span, near=near)


def _covered(text: str, entries: Sequence[Place], at: int, around: Place | None) -> Span | None:
    """Return the span of the entry that a comment at `at` is beside."""
    if around is not None and around.form == "entry":
        return Span(around.start, around.end)
    index = bisect_left([entry.start for entry in entries], at)
    before = entries[index - 1] if index else None
    if before and not _has_newline(text, before.end, at):
        return Span(before.start, before.end)
    if index < len(entries):
        return Span(entries[index].start, entries[index].end)
    return Span(before.start, before.end) if before else Span(at, at)


def _has_newline(text: str, start: int, end: int) -> bool:
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def _line_before(text: str, at: int) -> str:
    near = text[max(0, at - 400) : at]
    return near[max(near.rfind("\n"), near.rfind("\r")) + 1 :]
