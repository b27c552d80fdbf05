"""A reference string while it is being read: what has been taken out of it, and what is left.

Everything that is certain is taken first and leaves a mark behind; the grammar then reads only
what is left. All views of the text have the same length as the text itself, so that an offset
means the same everywhere and spans never need to be mapped back.
"""

from __future__ import annotations

import re
from functools import cache

from evidence.model import Date, Id, Span

#: Longest string that is read as one reference; what lies behind is left alone.
LONGEST = 8_000
#: Stands for every character that was taken.
TAKEN = "\x01"

_DASHES = "‐‑‒–—―−﹣－"
_DOUBLE = "“”„‟«»〝〞＂"
_SINGLE = "’‘‚‛ʼ`´′‹›"
_EDGES = " \n.,;:-_|/·•*\"'" + TAKEN


@cache
def _table() -> dict[int, str]:
    """One character for one: odd white space, dashes and quotes become plain ones."""
    table = dict.fromkeys(map(ord, _DASHES), "-")
    table.update(dict.fromkeys(map(ord, _DOUBLE), '"'))
    table.update(dict.fromkeys(map(ord, _SINGLE), "'"))
    table.update(dict.fromkeys(map(ord, "\t\v\f\r\xa0\u1680\u202f\u205f\u3000\u2028\u2029\x85"), " "))
    table.update(dict.fromkeys(range(0x2000, 0x200E), " "))
    table.update(dict.fromkeys(range(0xF000, 0xF100), "•"))  # bullets of symbol fonts
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))  # halves of a pair: no letters, not UTF-8
    table.update(dict.fromkeys(map(ord, "\x01\x1c\x1d\x1e\x1f\ufeff\u2060"), " "))
    return table


@cache
def _tags() -> re.Pattern[str]:
    # letter case, italics and the like that came along with a pasted string
    return re.compile(
        r"</?(?:i|b|em|strong|sup|sub|italic|bold|sc|span|u|p|br|a|font|cite)(?:\s[^<>]{0,200})?/?>",
        re.IGNORECASE,
    )


def plain(text: str) -> str:
    """Return `text` with plain white space, dashes and quotes, of the same length."""
    return text.translate(_table())


class Draft:
    """The text, what is left of it, and the fields found so far (spans in the text)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = plain(text[:LONGEST])
        self.rest = self.plain.replace("\n", " ")
        if "<" in self.rest:
            self.rest = _tags().sub(lambda found: " " * len(found.group()), self.rest)
        self.fields: dict[str, Span] = {}
        self.extra: dict[str, str] = {}
        self.dates: dict[str, Date] = {}
        self.ids: list[Id] = []
        self.issued: Date | None = None
        self.accessed: Date | None = None
        self.url = ""
        self.preprint = False
        self.addresses: list[Span] = []  # addresses that hold an identifier

    def take(self, start: int, end: int, field: str = "", inner: tuple[int, int] | None = None) -> None:
        """Take `[start, end)` out of what is left; `inner` is the part that is the field's value."""
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]
        if field:
            self.set(field, *(inner or (start, end)))

    def set(self, field: str, start: int, end: int) -> None:
        """Give a field its span, if it has none yet and the span holds anything."""
        if field not in self.fields and start < end:
            self.fields[field] = Span(start, end)

    def value(self, field: str) -> str:
        """Return a field as written, with single white space and without tags."""
        span = self.fields.get(field)
        if not span:
            return ""
        words = self.text[span.start : span.end]
        return " ".join((_tags().sub("", words) if "<" in words else words).split())

    def trim(self, start: int, end: int, edges: str = _EDGES) -> tuple[int, int]:
        """Narrow a range of what is left so that it begins and ends with something worth keeping."""
        rest = self.rest
        while start < end:
            first, last = rest[start], rest[end - 1]
            if first in edges or (first in ")]" and edges is _EDGES):
                start += 1
            elif last in edges or (last in "([" and edges is _EDGES):
                end -= 1
            elif edges is _EDGES and first == "(" and ")" not in rest[start:end]:
                start += 1
            elif edges is _EDGES and last == ")" and "(" not in rest[start:end]:
                end -= 1
            else:
                break
        return start, end

    def chunks(self, start: int, end: int | None = None) -> list[tuple[int, int]]:
        """Return the ranges that are left between what was taken, without those that hold no word."""
        result: list[tuple[int, int]] = []
        limit = len(self.rest) if end is None else end
        at = start
        while at < limit:
            stop = self.rest.find(TAKEN, at, limit)
            stop = limit if stop < 0 else stop
            low, high = self.trim(at, stop)
            if any(c.isalpha() for c in self.rest[low:high]):
                result.append((low, high))
            at = stop + 1
        return result

    def set_title(self, start: int, end: int) -> None:
        """Set the title without its full stop; a title wholly in brackets (a translated one) without them."""
        low, high = self.trim(start, end)
        stop = self.rest.find(TAKEN, low, high)
        if stop >= 0:
            low, high = self.trim(low, stop)
        text = self.rest[low:high]
        if text.startswith("[") and text.endswith("]") and "]" not in text[1:-1]:
            low, high = self.trim(low + 1, high - 1)
        if (
            re.search(r"(?:^|[\s(])(?:[A-Z]\.){1,4}[A-Z]$", self.rest[low:high])
            and self.rest[high : high + 1] == "."
        ):
            high += 1
        self.set("title", low, high)
