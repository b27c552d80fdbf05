"""HTML cut into tags, comments and text with exact offsets, in time linear in its length.

The standard library's parser is quadratic on `<a<a<a…` and gives line and column only; this one
follows the tokenization of the HTML standard (section 13.2.5) as far as reading a page needs it,
and serves Markdown's inline HTML as well. What never ends (`<a href="…` up to the end of the file)
is text: nothing is lost, except that an element of raw text that never ends counts as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

#: Elements whose content is characters, not markup (HTML standard, 13.2.5.1 and 13.1.2).
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})

#: Quoted attribute values that one tag may have.
QUOTED = 300


class Tag(NamedTuple):
    """A piece of HTML: kind `open`, `close`, `comment`, `other` (declarations) or `text`."""

    kind: str
    name: str
    start: int
    end: int
    closed: bool = False


class Attribute(NamedTuple):
    """An attribute's value, decoded, and where it is written."""

    value: str
    start: int
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    name = re.compile(r"[A-Za-z][^\s/>]{0,200}")
    attribute = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
    entity = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
    return name, attribute, entity


class Scanner:
    """Recognises the tag that begins at an offset; remembers which ends do not come any more."""

    def __init__(self, text: str, end: int | None = None) -> None:
        self.text = text
        self.end = len(text) if end is None else end
        self._nowhere: dict[str, int] = {}
        self._name = _patterns()[0]

    def find(self, what: str, start: int) -> int:
        """Return where `what` stands next, or -1; a search that failed once is not made again."""
        if self.hopeless(what, start):
            return -1
        at = self.text.find(what, start, self.end)
        if at < 0:
            self.give_up(what, start)
        return at

    def hopeless(self, what: str, start: int) -> bool:
        """Whether it is known that `what` does not stand behind `start`."""
        return start >= self._nowhere.get(what, self.end + 1)

    def give_up(self, what: str, start: int) -> None:
        """Remember that `what` does not stand behind `start`."""
        self._nowhere[what] = start

    def tag(self, start: int) -> Tag | None:
        """Return the tag, comment or declaration at `start` (a `<`), or None where that is text."""
        text = self.text
        after = text[start + 1 : start + 2]
        if after == "!" and text.startswith("<!--", start):
            return self._comment(start)
        if after in ("!", "?"):
            end = self.find(">", start)
            return Tag("other", "", start, end + 1) if end >= 0 else None
        closing = after == "/"
        name = self._name.match(text, start + 1 + closing, self.end)
        if name is None:
            return None
        end = self._tag_end(name.end())
        if end < 0:
            return None
        kind = "close" if closing else "open"
        return Tag(kind, name[0].lower(), start, end, text[end - 2] == "/")

    def _comment(self, start: int) -> Tag | None:
        if self.text.startswith((">", "->"), start + 4):
            end = self.text.index(">", start + 4) + 1
            return Tag("comment", "", start, end)
        end = self.find("-->", start + 4)
        return Tag("comment", "", start, end + 3) if end >= 0 else None

    def _tag_end(self, at: int) -> int:
        """Return the offset behind the `>` of a tag; a quoted value may hold one. -1: there is none.

        At most `QUOTED` values are looked at, and where quotes do not pair up the first `>` counts:
        so no stretch of the text is walked again for each tag in it.
        """
        first = self.find(">", at)
        close = first
        for _ in range(QUOTED):
            quote = self._quote(at, close) if close >= 0 else -1
            if quote < 0:
                break
            at = self.find(self.text[quote], quote + 1) + 1
            close = self.find(">", at) if at else -1
        return (close if close >= 0 else first) + 1 or -1

    def _quote(self, start: int, end: int) -> int:
        """Return where a quoted value begins (`="` or `= '`) between the offsets, or -1."""
        text = self.text
        equals = text.find("=", start, end)
        while equals >= 0:
            value = equals + 1
            while value < end and text[value].isspace():
                value += 1
            if text[value] in "\"'":
                return value
            equals = text.find("=", value, end)
        return -1


def attributes(text: str, tag: Tag) -> dict[str, Attribute]:
    """Return the attributes of a tag by lower-case name; the first of each name counts."""
    found: dict[str, Attribute] = {}
    for match in _patterns()[1].finditer(text, tag.start + 1 + len(tag.name), tag.end - 1):
        value, start, end = match[2] or "", match.start(2), match.end(2)
        if value[:1] in ("'", '"'):
            value, start, end = value[1:-1], start + 1, end - 1
        found.setdefault(match[1].lower(), Attribute(decode(value), start, end))
    return found


def decode(text: str) -> str:
    """Return `text` with its character references resolved."""
    return unescape(text) if "&" in text else text


def entity(text: str, at: int, end: int) -> tuple[str, int]:
    """Return the character that a reference at `at` (a `&`) stands for, and where it ends."""
    match = _patterns()[2].match(text, at, end)
    if match is None:
        return "&", at + 1
    shown = unescape(match[0])
    if shown == match[0]:
        return "&", at + 1
    if not match[0].endswith(";") and len(shown) > 1:
        # `&ampx`: only a prefix of the name is a reference, the rest is text
        for length in range(len(match[0]), 2, -1):
            if len(unescape(match[0][:length])) == 1:
                return unescape(match[0][:length]), at + length
        return "&", at + 1
    return shown, match.end()


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Cut HTML into pieces that leave nothing out; raw text elements come as one `text` each."""
    scanner = Scanner(text, end)
    end = scanner.end
    at = begin = start
    while True:
        opening = scanner.find("<", at)
        if opening < 0:
            break
        tag = scanner.tag(opening)
        if tag is None:
            at = opening + 1
            continue
        if opening > begin:
            yield Tag("text", "", begin, opening)
        close = tag.end
        if tag.kind == "open" and tag.name in RAW and not tag.closed:
            close = _raw_end(scanner, tag)
            tag = tag._replace(closed=close < 0)
        yield tag
        at = begin = tag.end
        if close > begin:
            yield Tag("text", "", begin, close)
            at = begin = close
    if begin < end:
        yield Tag("text", "", begin, end)


def _raw_end(scanner: Scanner, tag: Tag) -> int:
    """Return where the end tag of a raw text element stands, or -1 where it never ends."""
    at = tag.end
    wanted = f"</{tag.name}"
    if scanner.hopeless(wanted, at):
        return -1
    while True:
        at = scanner.find("</", at)
        if at < 0:
            scanner.give_up(wanted, tag.end)
            return -1
        if scanner.text[at : at + len(wanted)].lower() == wanted:
            return at
        at += 2
