"""The span scanner: where every block, key, field and value of a .bib file stands.

It reads what people have, in any state: a missing brace, quote or comma costs at most the entry it
stands in, and every fault is kept with its place and with words that say what to do. Nothing is
decoded here and nothing raises. Time is linear in the text: patterns are possessive, and an entry
is read at most twice (once as written, once leniently up to where the next one begins).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evidence.bibliography.fields import (
    ASSIGN,
    CLOSER,
    HEAD,
    NAME,
    Body,
    Fault,
    Field,
    Reader,
    closing_brace,
    line_end,
    read_terms,
    skip_space,
    trimmed,
)

_KEY = {
    "{": re.compile(r"\s*+([^\s,={}\"]*+)\s*+([,=}]?)"),
    "(": re.compile(r"\s*+([^\s,={}\"()]*+)\s*+([,=)]?)"),
}
_SPACED_KEY = re.compile(r"\s*+([^,={}\"\r\n]{1,200}+)(,)")
_SHAPE = re.compile(rf"\s*+(?:[^,={{}}\"\r\n]{{0,200}}+,|{NAME}\s*+=)")
_AFTER = re.compile(rf"\s*+,\s*+{NAME}\s*+=\s*+[{{\"\w]")
_STRAY = re.compile(r"\s*+\}")
#: Types that begin an entry wherever they stand at the start of a line (BibTeX's own, biblatex's usual).
KNOWN_TYPES = frozenset(
    {
        "article", "book", "booklet", "collection", "conference", "dataset", "electronic", "inbook",
        "incollection", "inproceedings", "manual", "mastersthesis", "misc", "mvbook", "online", "patent",
        "phdthesis", "proceedings", "report", "software", "techreport", "thesis", "unpublished", "www",
    }
)  # fmt: skip
_TYPE_ALONE = re.compile(r"@[ \t]*+([A-Za-z]++)(?=\s)(?!\s*+[{(])")


class Block(NamedTuple):
    """An entry, `@string`, `@preamble` or `@comment`: what it is (`form`) and where its parts are."""

    form: str
    type: str
    start: int
    end: int
    opener: str
    body: int
    key: str = ""
    key_start: int = 0
    key_end: int = 0
    fields: tuple[Field, ...] = ()
    faults: tuple[Fault, ...] = ()
    closed: bool = True


class _Head(NamedTuple):
    """An `@type{`: where it stands, and whether an entry plainly begins there."""

    start: int
    body: int
    type: str
    opener: str
    begins: bool


def scan(text: str) -> Iterator[Block]:
    """Yield every block of `text` in order, at the end those that lack an opening brace.

    What lies between blocks is free text.
    """
    heads = list(_heads(text))
    begins = [head.start for head in heads if head.begins]
    anywhere = [head.start for head in heads]
    ranges: list[tuple[int, int]] = []
    at = 0
    patience = 4 * len(text) + 1_000  # characters that unclosed comments may cost in all
    for head in heads:
        if head.start < at:
            continue
        soft, hard = _next_two(begins if head.begins else anywhere, head.start, len(text))
        kind = head.type.lower()
        if kind == "comment":
            block, cost = _comment(text, head, patience)
            patience -= cost
        elif kind == "preamble":
            block = _preamble(text, head, soft)
        else:
            block = _entry(text, head, soft, hard)
            if not block.fields and not head.begins and kind != "string":
                continue  # "@word{…}" in running text
        ranges.append((block.start, block.end))
        at = block.end
        yield block
    yield from _headless(text, ranges)


def _next_two(starts: Sequence[int], at: int, end: int) -> tuple[int, int]:
    """Return the first two of `starts` behind `at`; `end` where there are none."""
    index = bisect_right(starts, at)
    first, second, *_ = (*starts[index : index + 2], end, end)
    return first, second


def block_at(text: str, start: int, end: int) -> Block | None:
    """Return the one block that begins at `start` and is known to end by `end`."""
    found = HEAD.match(text, start, end)
    if not found:
        return None
    head = _Head(start, found.end(), found.group(1), found.group(2), True)
    return _entry(text, head, end, end)


def _heads(text: str) -> Iterator[_Head]:
    """Yield every `@type{` that can begin a block: not in a `%` line, not inside an e-mail address."""
    for found in HEAD.finditer(text):
        start = found.start()
        shaped = bool(_SHAPE.match(text, found.end()))
        if _at_line_start(text, start):
            kind = found.group(1).lower()
            known = kind in KNOWN_TYPES or kind in ("string", "comment", "preamble")
            yield _Head(start, found.end(), found.group(1), found.group(2), shaped or known)
        elif (
            shaped
            and not text[start - 1].isalnum()
            and text[start - 1] not in "._\\"
            and not _in_comment(text, start)
        ):
            yield _Head(start, found.end(), found.group(1), found.group(2), False)


def _at_line_start(text: str, at: int) -> bool:
    """Whether only blanks stand before `at` on its line."""
    before = at - 1
    while before >= 0 and text[before] in " \t":
        before -= 1
    return before < 0 or text[before] in "\r\n\ufeff"


def _in_comment(text: str, at: int) -> bool:
    """Whether the line of `at` begins with `%` (looked for within 200 characters)."""
    near = text[max(0, at - 200) : at]
    line = near[max(near.rfind("\n"), near.rfind("\r")) + 1 :]
    return line.lstrip().startswith("%")


def _comment(text: str, head: _Head, patience: int) -> tuple[Block, int]:
    """Read a comment: to its closing brace, or to the end of the line where there is none."""
    close = -1
    stop = min(len(text), head.body + max(0, patience))
    if head.opener == "{":
        close = closing_brace(text, head.body, stop)
    end = close + 1 if close >= 0 else line_end(text, head.body)
    cost = (end if close >= 0 else stop) - head.body
    return Block("comment", head.type, head.start, end, head.opener, head.body, closed=close >= 0), cost


def _preamble(text: str, head: _Head, soft: int) -> Block:
    _, end, closed = read_terms(text, skip_space(text, head.body, soft), soft)
    end = skip_space(text, end, soft)
    closed = closed and text[end : end + 1] == CLOSER[head.opener]
    faults: tuple[Fault, ...] = ()
    if closed:
        end += 1
    else:
        end = max(head.body, trimmed(text, head.body, end if end > head.body else soft))
        message = "the @preamble is not closed: put its value in braces and close it"
        faults = (Fault("broken-entry", head.start, head.body, message),)
    return Block("preamble", head.type, head.start, end, head.opener, head.body, faults=faults, closed=closed)


def _entry(text: str, head: _Head, soft: int, hard: int) -> Block:
    """Read an entry or `@string`; `soft` and `hard` are where the next and next but one begin.

    A line that looks like a new entry inside a value is text if the entry closes in good order
    behind it, and otherwise the sign that the entry before it was never closed.
    """
    block = _read_entry(text, head, hard, lenient=False)
    if (block.end > soft and (block.faults or not block.closed)) or not block.closed:
        block = _read_entry(text, head, soft, lenient=True)
    return block


def _read_entry(text: str, head: _Head, stop: int, *, lenient: bool) -> Block:
    is_string = head.type.lower() == "string"
    key, key_start, key_end, at = "", head.body, head.body, head.body
    faults: list[Fault] = []
    closed_already = False
    if not is_string:
        key, key_start, key_end, at, faults = _key(text, head, stop)
        closed_already = text[at : at + 1] == CLOSER[head.opener] and at < stop
    if closed_already:
        body = Body([], at + 1, True, [])
    else:
        body = Reader(text, stop, head.opener, lenient=lenient).read(at)
        faults = faults + body.faults
    end, closed, fields = body.end, body.closed, body.fields
    if closed and not is_string and not closed_already:
        end, closed = _beyond(text, head, stop, fields, faults, end, lenient=lenient)
    if not closed:
        end = trimmed(text, head.body, end)
        what = f"@{head.type} {key}".rstrip() if key else f"this @{head.type}"
        message = f"{what} is not closed: add the missing {_missing(faults, head.opener)}"
        faults.insert(0, Fault("broken-entry", head.start, head.body, message))
    form = "string" if is_string else "entry"
    return Block(
        form, head.type, head.start, end, head.opener, head.body,
        key, key_start, key_end, tuple(fields), tuple(faults), closed,
    )  # fmt: skip


def _missing(faults: Sequence[Fault], opener: str) -> str:
    return (
        "closing quotation mark" if any("quotation" in f.message for f in faults) else f"'{CLOSER[opener]}'"
    )


def _beyond(
    text: str, head: _Head, stop: int, fields: list[Field], faults: list[Fault], end: int, *, lenient: bool
) -> tuple[int, bool]:
    """Go on behind a closing brace too many: fields, or one more brace, that still belong here."""
    closed = True
    while head.opener == "{" and (_AFTER.match(text, end, stop)):
        message = f"a '}}' too many closes @{head.type} here, before its last fields: remove it"
        faults.append(Fault("broken-entry", end - 1, end, message))
        body = Reader(text, stop, head.opener, lenient=lenient).read(end)
        fields.extend(body.fields)
        faults.extend(body.faults)
        end, closed = body.end, body.closed
        if not closed:
            return end, closed
    stray = _STRAY.match(text, end, stop)
    if stray and head.opener == "{":
        message = f"a '}}' too many behind @{head.type}: remove it"
        faults.append(Fault("broken-entry", stray.end() - 1, stray.end(), message))
        end = stray.end()
    return end, closed


def _key(text: str, head: _Head, stop: int) -> tuple[str, int, int, int, list[Fault]]:
    """Read the citation key; return it, its range, where the fields begin, and what is wrong."""
    found = _KEY[head.opener].match(text, head.body, stop)
    assert found is not None  # the pattern matches the empty string
    key, separator = found.group(1), found.group(2)
    start, end = found.span(1)
    none = Fault(
        "empty-key", head.start, head.body, f"this @{head.type} has no key: write one behind the brace"
    )
    if separator == ",":
        return key, start, end, found.end(), [] if key else [none]
    if separator == "=":
        return "", head.body, head.body, head.body, [none]
    if separator:
        return key, start, end, found.end() - 1, [] if key else [none]
    spaced = _SPACED_KEY.match(text, head.body, stop)
    if spaced and key:
        key = spaced.group(1).rstrip()
        message = f"the key {key[:60]!r} holds a space: write it as one word"
        end = start + len(key)
        return key, start, end, spaced.end(), [Fault("broken-entry", start, end, message)]
    following = ASSIGN.match(text, found.end(), stop)
    if key and following:
        message = f"a comma is missing behind the key {key[:60]!r}"
        return key, start, end, end, [Fault("broken-entry", start, end, message)]
    if not key:
        return "", head.body, head.body, head.body, [none]
    return key, start, end, end, []


def _headless(text: str, ranges: list[tuple[int, int]]) -> Iterator[Block]:
    """Yield a block for each "@article key, …" in free text that lacks its opening brace."""
    for found in _TYPE_ALONE.finditer(text):
        at = found.start()
        index = bisect_right(ranges, (at, len(text))) - 1
        inside = index >= 0 and ranges[index][1] > at
        if inside or found.group(1).lower() not in KNOWN_TYPES or not _at_line_start(text, at):
            continue
        end = line_end(text, at)
        message = f"{text[at : min(end, at + 40)].strip()!r} has no '{{' behind its type: add it"
        fault = Fault("broken-entry", at, end, message)
        yield Block("headless", "", at, end, "{", end, faults=(fault,), closed=False)
