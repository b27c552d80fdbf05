"""Markdown inside a block: links, code, emphasis, HTML, notes and shortcodes, in one linear pass.

Two steps: `cut` finds the pieces and which brackets are links and which delimiters pair up (each
opener waits on a stack, as in CommonMark 0.31.2's appendix), `show` tells the builder what of them
is seen. Emphasis is simpler than in CommonMark: each delimiter character has a stack of its own.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from evidence import ids
from evidence.model import Span
from evidence.pages.html import Elements, close_link, is_address
from evidence.pages.pieces import (
    Definition,
    Piece,
    braced,
    code,
    is_punctuation,
    normal_label,
    pair_up,
    patterns,
    tick_runs,
)
from evidence.pages.tags import Scanner, decode, entity
from evidence.pages.view import Address, Builder, Mark

#: A link's text is looked up as a label only when it is no longer (CommonMark: 999 characters).
LABEL = 999


class Inline:
    """Reads the inline text of Markdown blocks into a builder."""

    def __init__(
        self, text: str, builder: Builder, elements: Elements, definitions: dict[str, Definition]
    ) -> None:
        self.text = text
        self.builder = builder
        self.elements = elements
        self.definitions = definitions
        self.shown = ""
        self.at: array[int] = array("I")

    def read(self, parts: list[tuple[int, int]]) -> None:
        """Read the lines of one block, each a range of the source without indentation and quote marks."""
        offsets = array("I")
        for start, end in parts:
            if offsets:
                offsets.append(offsets[-1] + 1)
            offsets.extend(range(start, end))
        self.shown = "\n".join(self.text[start:end] for start, end in parts)
        self.at = offsets
        self.at.append(parts[-1][1])
        depth = len(self.elements.stack)
        pieces = self.cut()
        pair_up(pieces, self.shown)
        self.show(pieces)
        self.elements.unwind(depth, parts[-1][1])

    def cut(self) -> list[Piece]:
        """Cut the text into pieces; what is not special is `text`."""
        text, p = self.shown, patterns()
        scanner = Scanner(self.text, self.at[-1])
        ticks = tick_runs(text)
        openers: list[Piece] = []
        pieces: list[Piece] = []
        at = 0
        while at < len(text):
            match = p.special.search(text, at)
            start = match.start() if match else len(text)
            if start > at:
                pieces.append(Piece("text", at, start))
            if match is None:
                break
            piece = self._piece(match[0], start, scanner, ticks)
            if piece.kind in ("open", "image"):
                openers.append(piece)
            elif piece.kind == "]":
                piece = self._bracket(piece, openers)
            pieces.append(piece)
            at = piece.end
        return pieces

    def _piece(self, char: str, at: int, scanner: Scanner, ticks: dict[int, list[int]]) -> Piece:
        """Recognise the piece that begins with a special character."""
        text, p = self.shown, patterns()
        after = text[at + 1 : at + 2]
        if char == "\\":
            if after == "\n":
                return Piece("break", at, at + 2)
            return (
                Piece("escape", at, at + 2) if after and is_punctuation(after) else Piece("text", at, at + 1)
            )
        if char == "`":
            return code(text, at, ticks)
        if char == "<":
            auto = p.auto.match(text, at)
            if auto is not None:
                return Piece("auto", at, auto.end(), auto[1])
            tag = scanner.tag(self.at[at])
            if tag is not None and tag.end <= self.at[-1]:
                end = bisect_left(self.at, tag.end, at)
                return Piece("tag", at, end, tag=tag)
        elif char == "!" and after == "[":
            return Piece("image", at, at + 2)
        elif char in "[]":
            return Piece("open" if char == "[" else "]", at, at + 1)
        elif char in "*_~":
            end = at + 1
            while end < len(text) and text[end] == char:
                end += 1
            return Piece("delimiter", at, end)
        elif char == "&":
            shown, end = entity(text, at, len(text))
            return Piece("entity", at, end, shown)
        elif char == "\n":
            return Piece("break", at, at + 1)
        elif len(char) > 1:
            return self._address(at)
        else:
            return braced(char, text, at)
        return Piece("text", at, at + 1)

    def _address(self, at: int) -> Piece:
        """Recognise an address that is written out: in it, `_` and `*` are no emphasis."""
        match = patterns().address.match(self.shown, at)
        escaped = match is not None and self.shown.startswith("\\", match.end())
        key = self.shown[max(at - 2, 0) : at].endswith(("@", "@{"))
        found = ids.find_urls(_before_space(match[0])) if match and not escaped and not key else []
        if not found or found[0][1].start:
            return Piece("text", at, at + 4)
        end = at + len(found[0][0].rstrip("*_~"))
        return Piece("address", at, end, decode(self.shown[at:end]))

    def _bracket(self, piece: Piece, openers: list[Piece]) -> Piece:
        """Decide what a `]` ends: an inline link, a reference link, or nothing."""
        text = self.shown
        if not openers:
            piece.kind = "text"
            return piece
        opener = openers.pop()
        match = patterns().destination.match(text, piece.end)
        if match is not None:
            name = "angle" if match["angle"] is not None else "bare"
            start, end = match.span(name)
            if end > start:
                piece.url = Span(self.at[start], self.at[end - 1] + 1)
            piece.href = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", match[name])
            piece.end = match.end()
        else:
            definition = self._definition(piece, opener)
            if definition is None:
                opener.kind = piece.kind = "text"
                return piece
            piece.href = definition.url
        piece.kind = "close"
        opener.kind = "image" if opener.kind == "image" else "link"
        opener.href, opener.url = piece.href, piece.url
        return piece

    def _definition(self, piece: Piece, opener: Piece) -> Definition | None:
        """Look up `[text][label]`, `[label][]` and `[label]`."""
        if not self.definitions:
            return None
        text = self.shown
        label = text[opener.end : piece.start] if piece.start - opener.end <= LABEL else ""
        if text.startswith("[", piece.end):
            closing = text.find("]", piece.end, piece.end + LABEL)
            written = text[piece.end + 1 : closing] if closing > 0 else ""
            found = self.definitions.get(normal_label(written or label)) if closing > 0 else None
            if found is not None:
                piece.end = closing + 1
                return found
        return self.definitions.get(normal_label(label)) if label else None

    def show(self, pieces: list[Piece]) -> None:
        """Tell the builder what is seen of the pieces."""
        builder, text, at = self.builder, self.shown, self.at
        open_links: list[tuple[Mark | None, int]] = []
        for piece in pieces:
            start = at[piece.start]
            if piece.kind in ("text", "literal"):
                builder.run(text[piece.start : piece.end], start)
            elif piece.kind == "break":
                builder.line(start, at[piece.end - 1] + 1)
            elif piece.kind == "escape":
                mark = builder.mark("escaped")
                builder.put(text[piece.start + 1], start, start + 2)
                builder.close(mark)
            elif piece.kind == "entity":
                builder.put(piece.href, start, at[piece.end - 1] + 1)
            elif piece.kind == "delimiter":
                rest = text[piece.start + piece.left : piece.end - piece.right]
                builder.run(rest, start + piece.left)
            elif piece.kind in ("code", "math", "sup"):
                self._marked(piece)
            elif piece.kind == "auto":
                self._auto(piece)
            elif piece.kind == "address":
                self._written_out(piece, bool(open_links or self.elements.open.get("a")))
            elif piece.kind == "tag" and piece.tag is not None:
                self.elements.feed(piece.tag)
            elif piece.kind == "anchor":
                builder.anchors.setdefault(piece.href, (builder.here, builder.here))
            elif piece.kind in ("link", "image"):
                open_links.append(self._open(piece))
            elif piece.kind == "close" and open_links:
                self._close(*open_links.pop())

    def _marked(self, piece: Piece) -> None:
        kind = "sup" if piece.kind == "sup" else "code"
        mark = self.builder.mark(kind)
        first, last = piece.start + piece.left, piece.end - piece.right
        for match in re.finditer(r"[^\n]+|\n", self.shown[first:last]):
            at = self.at[first + match.start()]
            if match[0] == "\n":
                self.builder.put(" ", at, at + 1)
            else:
                self.builder.run(match[0], at)
        self.builder.close(mark)

    def _written_out(self, piece: Piece, linked: bool) -> None:
        """Show an address as it is; inside a link it is that link's text and no link of its own."""
        builder, begin = self.builder, self.at[piece.start]
        here = builder.here
        mark = builder.mark("link", piece.href)
        at = piece.start
        while at < piece.end:
            if self.shown[at] == "&":
                shown, end = entity(self.shown, at, piece.end)
                builder.put(shown, self.at[at], self.at[end - 1] + 1)
            else:
                end = self.shown.find("&", at, piece.end)
                end = piece.end if end < 0 else end
                builder.run(self.shown[at:end], self.at[at])
            at = end
        if not linked and not builder.hidden:
            builder.close(mark)
            span = Span(begin, self.at[piece.end - 1] + 1)
            builder.addresses.append(Address(piece.href, span, min(here, mark.start), builder.length))

    def _auto(self, piece: Piece) -> None:
        start = self.at[piece.start] + 1
        mark = self.builder.mark("link", piece.href)
        if is_address(piece.href) and not self.builder.hidden:
            span = Span(start, start + len(piece.href))
            here = self.builder.here
            self.builder.addresses.append(Address(piece.href, span, here, here + len(piece.href)))
        self.builder.run(piece.href, start)
        self.builder.close(mark)

    def _open(self, piece: Piece) -> tuple[Mark | None, int]:
        builder = self.builder
        if piece.kind == "image":
            builder.hidden += 1
            return None, -1
        address = -1
        if piece.url is not None and is_address(piece.href) and not builder.hidden:
            address = len(builder.addresses)
            builder.addresses.append(Address(piece.href, piece.url, builder.here))
        return builder.mark("link", piece.href), address

    def _close(self, mark: Mark | None, address: int) -> None:
        if mark is None:
            self.builder.hidden -= 1
        else:
            close_link(self.builder, mark, address)


def _before_space(address: str) -> str:
    """Return an address up to a character reference for a space or a bracket: `&nbsp;`, `&lt;`."""
    for match in re.finditer(r"&[#\w]{1,31};", address):
        if decode(match[0])[:1] in ("<", ">", '"') or decode(match[0])[:1].isspace():
            return address[: match.start()]
    return address
