"""What a page shows, and where each visible character stands in its source.

The reader of each form (plain, Markdown, HTML) tells a `Builder` what is visible, in order; the
result is a `Page`: the `View`, its blocks, and what is known of stretches of it (links, code,
superscripts, anchors, comments). All that comes later works on pages and knows no markup.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evidence.model import Span, View

#: Stands between two blocks in the view; it is of no width in the source.
GAP = "\n\n"


@dataclass(slots=True, eq=False)
class Listing:
    """A list: `<ol>`, a Markdown list, numbered lines; `footnotes` for Markdown's `[^1]:` notes."""

    ordered: bool
    start: int
    end: int = 0
    depth: int = 0
    footnotes: bool = False


@dataclass(slots=True, eq=False)
class Item:
    """An item of a list; `number` as a reader sees it, `label` that of a footnote."""

    listing: Listing
    number: int | None
    start: int
    end: int = 0
    label: str = ""


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, heading or table row: `start` and `end` in the view, `outer` in the source.

    `outer_start` and `outer_end` enclose the markup (`<p>` … `</p>`, whole lines of text). `hint` is
    `references` or `notes` inside an element that says so of itself. `level` is 1 to 6 for a
    heading, else 0.
    """

    start: int
    end: int
    level: int = 0
    item: Item | None = None
    outer_start: int = 0
    outer_end: int = 0
    hint: str = ""


@dataclass(slots=True, eq=False)
class Mark:
    """What is known of a stretch of the view: `link` (with `href`), `code`, `sup`, `escaped`."""

    kind: str
    start: int
    end: int = -1
    href: str = ""


class Address(NamedTuple):
    """A link's address, where it is written, and the place in the view where the link begins."""

    url: str
    span: Span
    at: int
    end: int = -1
    quiet: bool = False


class Comment(NamedTuple):
    """A comment's text, its span in the source, and where it stands in the view."""

    text: str
    span: Span
    at: int


@dataclass(slots=True)
class Page:
    """A page as read: input of all that follows."""

    view: View
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    anchors: dict[str, tuple[int, int]] = field(default_factory=dict)
    addresses: list[Address] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    raised: dict[int, Mark] = field(default_factory=dict)
    _sups: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.raised = {mark.start: mark for mark in self.marks if mark.kind == "sup"}
        self._sups = sorted(self.raised)

    def sup_between(self, start: int, end: int) -> list[Mark]:
        """Return the superscripts that begin in a stretch of the view."""
        first, last = bisect_left(self._sups, start), bisect_left(self._sups, end)
        return [self.raised[at] for at in self._sups[first:last]]


class Builder:
    """Collects what is visible, character by character, and cuts it into blocks."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.length = 0
        self.starts = array("I")
        self.ends = array("I")
        self.blocks: list[Block] = []
        self.marks: list[Mark] = []
        self.anchors: dict[str, tuple[int, int]] = {}
        self.addresses: list[Address] = []
        self.comments: list[Comment] = []
        self.items: list[Item] = []
        self.hints: list[str] = []
        self.hidden = 0
        self.open: Block | None = None
        self._next = Block(0, 0)
        self._blank = True

    def put(self, text: str, start: int, end: int) -> None:
        """Add visible `text`, all of which is written as the source's `start` to `end`."""
        if self.hidden or not text:
            return
        self._begin(start)
        self.chunks.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))
        self._grow(text, end)

    def run(self, text: str, start: int) -> None:
        """Add visible `text` that stands in the source as it is, from `start`."""
        if self.hidden or not text:
            return
        self._begin(start)
        end = start + len(text)
        self.chunks.append(text)
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))
        self._grow(text, end)

    def space(self, start: int, end: int) -> None:
        """Add a space unless the block is empty or already ends in white space."""
        if self.open is not None and not self._blank:
            self.put(" ", start, end)

    def line(self, start: int, end: int) -> None:
        """Add a line break inside the open block."""
        if self.open is not None:
            self.put("\n", start, end)
            self._blank = True

    def _begin(self, start: int) -> None:
        if self.open is not None:
            return
        if self.length:
            at = self.ends[-1]
            self.chunks.append(GAP)
            self.starts.extend([at] * len(GAP))
            self.ends.extend([at] * len(GAP))
            self.length += len(GAP)
        block = self._next
        block.start = self.length
        if block.outer_start < 0:
            block.outer_start = start
        block.item = self.items[-1] if self.items else None
        block.hint = self.hints[-1] if self.hints else ""
        self.open = block
        self._blank = True

    def _grow(self, text: str, end: int) -> None:
        self.length += len(text)
        self._blank = text[-1] in " \n"
        if self.open is not None:
            self.open.end = self.length
            self.open.outer_end = end

    def begin(self, outer_start: int = -1, level: int = 0) -> None:
        """End the open block; the next visible character opens one whose markup starts there."""
        self.finish()
        self._next = Block(0, 0, level, outer_start=outer_start)

    def finish(self, outer_end: int = -1) -> Block | None:
        """End the open block and return it; `outer_end` is where its markup ends."""
        block, self.open = self.open, None
        self._next = Block(0, 0, outer_start=-1)
        if block is not None:
            block.outer_end = max(outer_end, block.outer_end)
            self.blocks.append(block)
        return block

    def leave(self, item: Item) -> None:
        """Forget an open item; those that HTML opened inside it stay until their own end."""
        for index in range(len(self.items) - 1, -1, -1):
            if self.items[index] is item:
                del self.items[index]
                return

    def mark(self, kind: str, href: str = "") -> Mark:
        """Begin a stretch; the caller ends it by `close`."""
        return Mark(kind, self.here, href=href)

    def close(self, mark: Mark) -> None:
        """End a stretch where the view ends now; an empty one is forgotten."""
        mark.start = self.settle(mark.start)
        mark.end = self.length
        if mark.end > mark.start:
            self.marks.append(mark)

    @property
    def here(self) -> int:
        """Where the next visible character will stand, the gap before a new block included."""
        return self.length + (len(GAP) if self.open is None and self.length else 0)

    def settle(self, at: int) -> int:
        """Return `at`, or the start of the last block where that lies behind a gap it did not count."""
        return min(at, self.length)

    def cut(self, length: int) -> None:
        """Take back what was added after the view was `length` long (a link back to the text)."""
        if self.open is None or length < self.open.start or length >= self.length:
            return
        dropped = self.length - length
        while dropped:
            last = self.chunks.pop()
            if len(last) > dropped:
                self.chunks.append(last[: len(last) - dropped])
            dropped -= min(len(last), dropped)
        del self.starts[length:], self.ends[length:]
        self.length = self.open.end = length
        if length == self.open.start:
            self._next, self.open = self.open, None
        else:
            self._blank = self.chunks[-1][-1] in " \n"

    def page(self) -> Page:
        """Return all that was collected; blocks without their white space at both ends."""
        self.finish()
        text = "".join(self.chunks)
        blocks = [block for block in self.blocks if trim(text, block)]
        view = View(text, self.starts, self.ends)
        marks = sorted(self.marks, key=lambda mark: (mark.start, -mark.end))
        return Page(view, blocks, marks, self.anchors, self.addresses, self.comments)


def trim(text: str, block: Block) -> bool:
    """Take white space off both ends of a block; False where nothing is left of it."""
    shown = text[block.start : block.end]
    block.start += len(shown) - len(shown.lstrip())
    block.end = block.start + len(shown.strip())
    return block.start < block.end


def identity(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return `starts` and `ends` of a view that shows its source as it is."""
    return range(len(text)), range(1, len(text) + 1)
