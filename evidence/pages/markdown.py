"""Markdown pages: blocks by markdown-it-py (CommonMark and tables), inline text by our own scan.

markdown-it-py knows the lines of a block but not the characters of inline text; `inline` reads
these. Footnotes, front matter, MDX comments and admonitions, which CommonMark has not, are ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.model import Span
from evidence.pages.html import Elements
from evidence.pages.inline import Inline
from evidence.pages.pieces import Definition, normal_label
from evidence.pages.tags import scan
from evidence.pages.view import Address, Builder, Item, Listing, Page

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Blocks inside blocks that are read as such; what is nested deeper is read line by line.
NESTING = 60
#: Fenced blocks that hold prose, not code (MyST and Quarto directives).
PROSE = re.compile(
    r"\{?:?(?:note|warning|tip|hint|important|caution|danger|attention|error|admonition|seealso|margin|sidebar"
    r"|epigraph|topic|dropdown|card|callout[a-z-]{0,20})\}?(?:\s|\Z)"
)
NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:[ \t]*")
ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?|===!?\+?)[ \t]")


def prepare(text: str, front: int) -> str:
    """Return the text at its own length with front matter blanked and MDX comments as HTML ones."""
    head = re.sub(r"[^\r\n]", " ", text[:front])
    parts: list[str] = []
    at = front
    while (start := text.find("{/*", at)) >= 0 and (end := text.find("*/}", start + 3)) >= 0:
        inside = text[start + 3 : end]
        if inside[:1] in (" ", "\t"):
            parts += text[at:start], "<!--", inside[1:], "-->"
        else:
            parts.append(text[at : end + 3])
        at = end + 3
    parts.append(text[at:])
    return head + "".join(parts).replace("\0", " ")


def definitions_of(text: str) -> dict[str, Definition]:
    """Return the link reference definitions (`[label]: https://…`), the first of each label."""
    found: dict[str, Definition] = {}
    pattern = re.compile(
        r"^ {0,3}\[(?!\^)([^\]\[\r\n]{1,200})\]:[ \t]{0,9}<?((?:https?://|ftp://|mailto:|[#/.])[^\s<>]{0,2000})>?"
        r"""(?:[ \t]{1,9}(?:"[^"\r\n]{0,500}"|'[^'\r\n]{0,500}'|\([^()\r\n]{0,500}\)))?[ \t]{0,9}\r?$""",
        re.MULTILINE,
    )
    for match in pattern.finditer(text):
        found.setdefault(normal_label(match[1]), Definition(match[2], Span(match.start(2), match.end(2))))
    return found


class Reader:
    """Walks over the blocks of a Markdown page and shows each to the builder."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [
            (m.start(), m.start() + len(m[1])) for m in re.finditer(r"([^\r\n]*)(?:\r\n?|\n|\Z)", text)
        ]
        self.builder = Builder()
        self.elements = Elements(text, self.builder)
        self.definitions = definitions_of(text) if "]:" in text else {}
        self.defined = {definition.span.start for definition in self.definitions.values()}
        self.inline = Inline(text, self.builder, self.elements, self.definitions)
        self.listings: list[tuple[Listing, int]] = []
        self.items: list[Item] = []
        self.note: Item | None = None
        self.line = 0
        self.behind = 0
        self.level = 0
        self.admonition = False
        self.row: tuple[int, int] | None = None

    def read(self) -> Page:
        """Return the page."""
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table")
        parser.disable(["inline", "reference"])
        for token in parser.parse(self.text):
            self.take(token)
        self.catch_up(len(self.lines))
        self.elements.close()
        return self.builder.page()

    def take(self, token: Token) -> None:
        """Take the next block token."""
        kind = token.type
        if kind == "inline":
            self.leaf(token)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            first = token.map[0] if token.map else self.line
            self.builder.begin()
            listing = Listing(kind[0] == "o", self.lines[first][0], depth=len(self.listings))
            self.listings.append((listing, int(start) if start is not None else 1))
        elif kind == "list_item_open":
            listing, number = self.listings[-1]
            first = token.map[0] if token.map else self.line
            self.builder.begin()
            item = Item(listing, number if listing.ordered else None, self.lines[first][0])
            self.builder.items.append(item)
            self.items.append(item)
            self.listings[-1] = (listing, number + 1)
        elif kind == "list_item_close":
            self.builder.begin()
            item = self.items.pop()
            item.end = self.behind
            self.builder.leave(item)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.listings.pop()[0].end = self.behind
        elif kind == "heading_open":
            self.level = int(token.tag[1])
        elif kind == "tr_open" and token.map:
            self.row = (token.map[0], self.lines[token.map[0]][0])
            self.builder.begin(self.row[1])
        elif kind == "tr_close":
            self.builder.finish(self.behind)
            self.row = None
        elif kind in ("html_block", "fence", "code_block") and token.map:
            self.block(token, *token.map)

    def block(self, token: Token, first: int, last: int) -> None:
        """Take a block that has no inline text of Markdown: HTML, code."""
        self.catch_up(first)
        self.line = max(self.line, last)
        if token.type == "html_block":
            self.note, self.admonition = None, False
            start, end = self.lines[first][0], self.lines[min(last, len(self.lines)) - 1][1]
            self.builder.begin()
            for tag in scan(self.text, start, end):
                self.elements.feed(tag)
            self.behind = end
        elif token.type == "fence" and PROSE.match(token.info.strip()):
            self.paragraphs(first + 1, last - 1)
        elif token.type == "code_block" and self.note is not None:
            self.continue_note(first, last)
        elif token.type == "code_block" and self.admonition:
            self.paragraphs(first, last)
        else:
            self.behind = self.lines[min(last, len(self.lines)) - 1][1]

    def continue_note(self, first: int, last: int) -> None:
        """Read the indented paragraphs that go on with the footnote above them."""
        note = self.note
        assert note is not None
        self.builder.items.append(note)
        self.paragraphs(first, last)
        self.builder.leave(note)
        self.note = note
        note.end = note.listing.end = self.behind

    def paragraphs(self, first: int, last: int) -> None:
        """Read lines as plain paragraphs parted by blank lines."""
        parts: list[tuple[int, int]] = []
        for start, end in [*self.lines[first : min(last, len(self.lines))], (0, 0)]:
            bare = self.text[start:end].strip()
            if bare:
                lead = len(self.text[start:end]) - len(self.text[start:end].lstrip())
                parts.append((start + lead, start + lead + len(bare)))
            elif parts:
                self.paragraph(parts, self.text.rfind("\n", 0, parts[0][0]) + 1)
                parts = []

    def catch_up(self, line: int) -> None:
        """Read the lines that no block covers (nested deeper than `NESTING`), without their markers."""
        for number in range(self.line, min(line, len(self.lines))):
            start, end = self.lines[number]
            bare = self.text[start:end].lstrip(" \t>*+:|=#-")
            if bare:
                self.paragraph([(end - len(bare), end)], start)
        self.line = max(self.line, line)

    def leaf(self, token: Token) -> None:
        """Take the inline text of a paragraph, heading or table cell."""
        if not token.map:
            return
        first, last = token.map
        self.catch_up(first)
        level, self.level = self.level, 0
        self.line = max(self.line, last)
        parts = self.locate(token.content, first)
        if not parts:
            return
        if self.row is not None:
            if self.builder.open is not None:
                self.builder.put("\t", parts[0][0], parts[0][0])
            self.row = (self.row[0], parts[-1][1])
            self.inline.read(parts)
            self.behind = self.lines[first][1]
            return
        start = self.lines[first][0]
        self.paragraph(parts, start, level)
        self.admonition = ADMONITION.match(self.text, parts[0][0]) is not None
        self.behind = max(self.behind, self.lines[min(last, len(self.lines)) - 1][1])

    def locate(self, content: str, first: int) -> list[tuple[int, int]]:
        """Return where the lines of a block's content stand in the source."""
        parts: list[tuple[int, int]] = []
        for index, written in enumerate(content.split("\n")):
            piece = written.strip()
            if first + index >= len(self.lines) or not piece:
                continue
            start, end = self.lines[first + index]
            if self.row is not None:
                start = max(start, self.row[1])
            if self.row is not None and self.text.find(piece, start, end) < 0:
                piece = piece.replace("|", "\\|")
            at = self.text.find(piece, start, end)
            line = self.text[start:end].rstrip()
            if self.row is None and line.endswith(piece):
                at = start + len(line) - len(piece)
            if at < 0:  # tabs that are partly indentation
                piece = line.strip()
                at = start + len(line) - len(line.lstrip())
            parts.append((at, at + len(piece)))
        return parts

    def paragraph(self, parts: list[tuple[int, int]], outer: int, level: int = 0) -> None:
        """Show a paragraph; definitions of links are not seen, those of notes are items."""
        text = self.text
        rest: list[tuple[int, int]] = []
        before, self.note = self.note, None
        for start, end in parts:
            note = NOTE.match(text, start, end)
            defines = note is None and self.is_definition(start, end)
            if note is not None or defines:
                self.flush(rest, outer, level)
                rest = []
            if note is not None:
                self.open_note(note[1], start, self.note or before)
                outer, start = start, note.end()
            if start < end and not defines and not text.startswith(":::", start):
                rest.append((start, end))
        self.flush(rest, outer, level)
        self.leave_note()

    def open_note(self, label: str, start: int, before: Item | None) -> None:
        """Open the item of a footnote's definition, in the list of the one before it."""
        self.leave_note()
        listing = before.listing if before else Listing(False, start, footnotes=True)
        self.note = Item(listing, None, start, label=label)
        self.builder.items.append(self.note)

    def leave_note(self) -> None:
        """End the item of the definition that is being read, if one is."""
        if self.note is not None:
            self.builder.leave(self.note)

    def flush(self, parts: list[tuple[int, int]], outer: int, level: int) -> None:
        """Show lines as one block."""
        if not parts:
            return
        self.builder.begin(outer, level)
        self.inline.read(parts)
        end = self.line_end(parts[-1][1])
        self.builder.finish(end)
        self.behind = max(self.behind, end)
        if self.note is not None:
            self.note.end = self.note.listing.end = end

    def line_end(self, at: int) -> int:
        """Return where the line of an offset ends, without its line break."""
        match = re.compile(r"[^\r\n]*").match(self.text, at)
        return match.end() if match else at

    def is_definition(self, start: int, end: int) -> bool:
        """Whether a line defines a link's label; its address is kept."""
        if self.text[start : start + 1] != "[" or "]:" not in self.text[start:end]:
            return False
        match = re.compile(r"\[[^\]\n]{1,200}\]:[ \t]{0,9}<?").match(self.text, start, end)
        if match is None or match.end() not in self.defined:
            return False
        label = self.text[start + 1 : self.text.index("]", start)]
        definition = self.definitions[normal_label(label)]
        if not definition.url.startswith(("#", "/", ".")):
            here = self.builder.here
            self.builder.addresses.append(Address(definition.url, definition.span, here, here))
        return True


def read_page(text: str, front: int = 0) -> Page:
    """Return what a Markdown page shows; `front` is where its front matter ends."""
    return Reader(prepare(text, front)).read()
