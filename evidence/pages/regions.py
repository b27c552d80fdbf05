"""What comments tell us: our own markers around a list, and suppressions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evidence.model import Ignore, Problem, Reference, Source, Span
from evidence.pages.view import Comment, Page

#: Longest comment that is read.
LONGEST = 20_000


class Area(NamedTuple):
    """The source between our own markers: `outer` with them, `inner` without; what the marker says."""

    outer: Span
    inner: Span
    options: Mapping[str, str]


@dataclass(slots=True)
class Said:
    """What the comments of a page say."""

    areas: list[Area]
    comments: list[Comment]
    problems: list[Problem]


def read(page: Page) -> Said:
    """Find the pairs `evidence:references` … `/evidence:references`, and the suppressions."""
    areas: list[Area] = []
    rest: list[Comment] = []
    problems: list[Problem] = []
    opened: tuple[Comment, Mapping[str, str]] | None = None
    for comment in sorted(page.comments, key=lambda comment: comment.span.start):
        words = comment.text[:LONGEST].strip()
        if re.match(r"/\s?evidence:references\b", words):
            if opened is None:
                problems.append(_unpaired(comment, "ends a list that no marker begins"))
                continue
            begin, options = opened
            inner = Span(begin.span.end, comment.span.start)
            areas.append(Area(Span(begin.span.start, comment.span.end), inner, options))
            opened = None
        elif re.match(r"evidence:references\b", words):
            if opened is not None:
                problems.append(_unpaired(opened[0], "is not followed by <!-- /evidence:references -->"))
            opened = (comment, options_of(words[len("evidence:references") :]))
        elif re.match(r"evidence:\s{0,9}ignore\b", words):
            rest.append(comment)
    if opened is not None:
        problems.append(_unpaired(opened[0], "is not followed by <!-- /evidence:references -->"))
    return Said(areas, rest, problems)


def _unpaired(comment: Comment, what: str) -> Problem:
    return Problem("not-fully-read", comment.span, f"this list marker {what}")


def options_of(text: str) -> dict[str, str]:
    """Return `name=value`, `name="a b"` pairs."""
    pairs = re.finditer(r"""([A-Za-z][\w-]{0,40})=(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", text)
    return {match[1]: match[2] or match[3] or match[4] or "" for match in pairs}


def ignores(
    comments: Sequence[Comment], source: Source, page: Page, references: Sequence[Reference]
) -> tuple[Ignore, ...]:
    """Return the suppressions, each with the range it covers: what it stands in, else what follows."""
    found: list[Ignore] = []
    places = _Places(source, page, references)
    for comment in comments:
        words = comment.text[:LONGEST].strip()
        match = re.match(r"evidence:\s{0,9}ignore\s{1,9}([\w*-]{1,60})(.*)", words, re.DOTALL)
        if match is None:
            continue
        rest = match[2].strip()
        until = re.match(r"(?:until[\s=:]{1,3})?(\d{4}-\d\d-\d\d)", rest)
        if until is not None:
            rest = rest[until.end() :].strip()
        reason = " ".join(re.sub(r"\A[-\u2010-\u2015:]{1,3}", "", rest).split())
        found.append(
            Ignore(
                match[1], reason, until=until[1] if until else "", source=source, span=comment.span,
                near=places.near(comment),
            )
        )  # fmt: skip
    return tuple(found)


class _Places:
    """The blocks and references of a page, to find what a comment stands in or beside."""

    def __init__(self, source: Source, page: Page, references: Sequence[Reference]) -> None:
        self.text = source.text
        self.blocks = [(block.outer_start, block.outer_end) for block in page.blocks]
        self.references = sorted((r.span.start, r.span.end) for r in references)

    def near(self, comment: Comment) -> Span:
        """Return the reference or block that a comment stands in or beside, else the next, else the last."""
        at = comment.span.start
        index = bisect_right(self.blocks, (at, at))
        start, end = at, at
        before = self.blocks[index - 1] if index else None
        if before and (at < before[1] or not self.text[before[1] : at].strip(" \t")):
            start, end = before
        elif index < len(self.blocks):
            start, end = self.blocks[index]
        elif before:
            start, end = before
        first = max(bisect_right(self.references, (start, start)) - 1, 0)
        for begin, stop in self.references[first : first + 2]:
            if begin < end and start < stop:
                return Span(min(start, begin), max(end, stop))
        return Span(start, end)
