"""Where the blocks and values of a TOML file stand, so that findings and edits can point at them.

`tomllib` says what a file means and not where; this scanner says where and not what. It expects
TOML that `tomllib` reads, and on other text stops early rather than raising. Linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from evidence.model import Span


@dataclass(slots=True)
class Block:
    """A table of the file: `[study.x]`, `[[fact]]`, or the top (an empty header).

    `span` runs from the header to the end of the last value's line, without its newline; `values`
    maps each key (dotted keys joined by dots) to the span of its value, quotation marks included.
    """

    header: tuple[str, ...]
    is_array: bool
    span: Span
    values: dict[str, Span] = field(default_factory=dict)


@cache
def _header() -> re.Pattern[str]:
    return re.compile(r"[ \t]*(\[\[?)([^\]\n]*)\]")


@cache
def _key() -> re.Pattern[str]:
    part = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
    return re.compile(rf"[ \t]*({part}(?:[ \t]*\.[ \t]*{part})*)[ \t]*=[ \t]*")


@cache
def _string() -> re.Pattern[str]:
    return re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")


def blocks(text: str) -> list[Block]:
    """Return the tables of a TOML text in order; the first is the top of the file."""
    found = [Block((), False, Span(0, 0))]
    at = 0
    while at < len(text):
        end = _line_end(text, at)
        header, key = _header().match(text, at, end), _key().match(text, at)
        if header:
            begin = header.start(1)
            found.append(Block(_parts(header[2]), header[1] == "[[", Span(begin, _stop(text, at, end))))
        elif key:
            value = Span(key.end(), value_end(text, key.end()))
            end = _line_end(text, value.end)
            block = found[-1]
            block.values.setdefault(".".join(_parts(key[1])), value)
            block.span = Span(block.span.start, _stop(text, value.end, end))
        at = end + 1
    return found


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _stop(text: str, at: int, end: int) -> int:
    """Return the end of a line without the carriage return of Windows."""
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", dotted))


def value_end(text: str, at: int) -> int:
    """Return where the value that begins at an offset ends."""
    for mark in ('"""', "'''"):
        if text.startswith(mark, at):
            return _long_string_end(text, at + 3, mark)
    if text[at : at + 1] in "\"'" and (string := _string().match(text, at)):
        return string.end()
    if text[at : at + 1] in "[{":
        return _nested_end(text, at)
    bare = re.compile(r"[^\n#]*").match(text, at)
    return at + len(bare.group().rstrip()) if bare else at


def _long_string_end(text: str, at: int, mark: str) -> int:
    end = text.find(mark, at)
    while end >= 0 and mark[0] == '"' and _escaped(text, at, end):
        end = text.find(mark, end + 1)
    if end < 0:
        return len(text)
    end += 3
    # Up to two quotation marks may stand before the closing three.
    for _ in range(2):
        if text[end : end + 1] == mark[0]:
            end += 1
    return end


def _escaped(text: str, at: int, end: int) -> bool:
    slashes = 0
    while end - 1 - slashes >= at and text[end - 1 - slashes] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _nested_end(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        char = text[at]
        if char in "\"'":
            at = max(value_end(text, at), at + 1)
            continue
        if char == "#":
            at = _line_end(text, at)
            continue
        depth += (char in "[{") - (char in "]}")
        at += 1
        if depth == 0:
            return at
    return len(text)
