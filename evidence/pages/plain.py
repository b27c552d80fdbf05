"""Plain text pages: blank lines part blocks; bullets, numbers and indentation make lists.

The view shows the text as it is. What is a heading, and which lines of a block are references of
their own, is decided later, for all forms of page alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidence.model import Span, View
from evidence.pages.view import Block, Comment, Item, Listing, Page, identity, trim
from evidence.parsing.runs import marks_within


@dataclass(slots=True)
class Line:
    """A line: its offsets, its indentation in columns, and the list marker it begins with."""

    start: int
    end: int
    indent: int
    text: int
    number: int | None = None
    bullet: bool = False
    square: bool = False  # the number stands in square brackets

    @property
    def marked(self) -> bool:
        """Whether the line begins with a bullet or a number."""
        return self.bullet or self.number is not None


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(
        r"(?P<bullet>[\u2022\u2023\u25e6\u25aa\u25cf\u00b7\uf0b7*+\u2013\u2014-][ \t\u00a0]{1,8})"
        r"|\[(?P<square>\d{1,3})\]:?[ \t\u00a0]{0,8}(?=\S)"
        r"|\(?(?P<number>\d{1,3})[.)][ \t\u00a0]{1,8}(?=\S)"
    )


def lines_of(text: str) -> list[Line]:
    """Cut a text into its lines; an empty one has `text == end`."""
    found = []
    for match in re.finditer(r"[^\r\n]*(?:\r\n?|\n|\Z)", text):
        end = match.start() + len(match[0].rstrip("\r\n"))
        bare = match[0].strip()
        if match.end() == match.start():
            break
        lead = len(match[0]) - len(match[0].lstrip()) if bare else 0
        at = match.start() + lead if bare else end
        line = Line(match.start(), end, len(match[0][:lead].expandtabs(4)), at)
        marker = _marker().match(text, at, end) if bare else None
        if marker is not None:
            line.bullet, line.square = marker["bullet"] is not None, marker["square"] is not None
            digits = marker["square"] or marker["number"]
            line.number = int(digits) if digits else None
            line.text = marker.end()
        found.append(line)
    return found


class Reader:
    """Turns lines into blocks and lists."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.item: Item | None = None
        self.indent, self.square = 0, False
        self.last: Line | None = None
        self.gap = True

    def read(self) -> list[Block]:
        """Return the blocks of the text, in order."""
        for line in lines_of(self.text):
            if line.text >= line.end and not line.marked:
                self.gap = True
                continue
            if line.marked and self.begins_item(line):
                self.open_item(line)
            elif not self.continues(line):
                self.item = None
                self.add(line, line.start)
            elif self.gap:
                self.add(line, line.start)
            else:
                self.blocks[-1].end = self.blocks[-1].outer_end = line.end
            if self.item is not None:
                self.item.end = self.item.listing.end = line.end
            self.last, self.gap = line, False
        return [block for block in self.blocks if trim(self.text, block)]

    def add(self, line: Line, start: int) -> None:
        """Open a block at a line."""
        self.blocks.append(Block(start, line.end, 0, self.item, line.start, line.end))

    def begins_item(self, line: Line) -> bool:
        """Whether a marker begins an item; amid a paragraph it may be a wrapped line ("May / 12. It")."""
        if self.gap:
            return True
        if self.item is not None:
            return line.bullet or self.counts(line)
        if line.bullet:
            before = self.text[self.last.start : self.last.end].rstrip() if self.last else ":"
            return self.text[line.text - 2] in "\u2022\u2023\u25e6\u25aa\u25cf\uf0b7" or before.endswith(":")
        return line.number == 1

    def counts(self, line: Line) -> bool:
        """Whether the number of a line goes on with the open item's, or begins a list inside it."""
        if line.number == 1 or self.item is None or line.number is None:
            return True
        last = self.item.number
        if line.indent > self.indent + 1 or (last is not None and line.square != self.square):
            return False
        return last is None or line.number == last + 1 or self.stands_well(line)

    def stands_well(self, line: Line) -> bool:
        """Whether the number of a line counts, and does not end a date or pages ("pp. 690-" / "692. In")."""
        assert self.last is not None
        marks = marks_within(self.text, self.last.start, line.end)
        return all(mark.weight > 0.5 for mark in marks if line.start <= mark.at < line.text)

    def open_item(self, line: Line) -> None:
        """Open an item in the current list, or in a new one where kind or indentation changes."""
        current = self.item.listing if self.item else None
        ordered = line.number is not None
        nested = current is not None and line.indent > self.indent + 1
        follows = (
            current is not None
            and current.ordered == ordered
            and not nested
            and (not ordered or self.item is None or self.item.number is None or line.number != 1)
        )
        if not follows:
            depth = current.depth + 1 if current is not None and nested else 0
            current = Listing(ordered, line.start, depth=depth)
        assert current is not None
        self.indent, self.square = line.indent, line.square
        self.item = Item(current, line.number, line.start)
        self.add(line, line.text)

    def continues(self, line: Line) -> bool:
        """Whether an unmarked line goes on with what is open: the paragraph, or the item above it."""
        if self.last is None:
            return False
        if self.item is None:
            return not self.gap
        return not self.gap or line.indent > self.indent + 1


def read_page(text: str) -> Page:
    """Return a text page; comments to us (`<!-- evidence: … -->`) are no part of what it shows."""
    comments: list[Comment] = []

    def keep(match: re.Match[str]) -> str:
        comments.append(Comment(match[1], Span(match.start(), match.end()), match.start()))
        return " " * len(match[0])

    text = re.sub(r"<!--([ \t]{0,9}/?evidence:[^\r\n]{0,2000}?)-->", keep, text)
    starts, ends = identity(text)
    return Page(View(text, starts, ends), Reader(text).read(), comments=comments)
