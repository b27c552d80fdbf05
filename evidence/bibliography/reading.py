"""A .bib file to a document: every entry a reference, every fault a problem with its place."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from evidence.bibliography.fields import Field
from evidence.bibliography.inherit import Entry, inherit
from evidence.bibliography.macros import Macros
from evidence.bibliography.scan import Block, scan
from evidence.bibliography.suppressing import Place, find_ignores
from evidence.bibliography.values import Part, Values, read_values
from evidence.model import Document, Limits, Link, Problem, Reference, Source, Span

#: Types that hold no reference of their own: shared data, sets and instructions to a tool.
NOT_REFERENCES = frozenset({"xdata", "set", "control", "settings", "bibnote"})


#: Characters from which on a file is large.
_LARGE = 100_000


class _Read(NamedTuple):
    """An entry on its way: its block, its own fields' texts, and where each field stands."""

    block: Block
    entry: Entry
    places: Mapping[str, Field]


def read(source: Source, *, limits: Limits = Limits()) -> Document:  # noqa: B008  (frozen)
    """Return the references of a .bib file with spans, and what could not be read. Never raises.

    Problems: `broken-entry` (what could not be read fully; all else is), `duplicate-key`,
    `duplicate-field`, `empty-key`, `undefined-macro`, `crossref`, and `not-fully-read` where one of
    `limits` cut something. A broken entry is still a reference, with what could be read of it.
    """
    shelf = _Shelf(source, limits)
    places = []
    with _uncollected(len(source.text)):
        for block in scan(source.text):
            places.append(Place(block.form, block.start, block.end))
            shelf.add(block)
        shelf.settle()
    return Document(
        source,
        references=tuple(shelf.references[place] for place in sorted(shelf.references)),
        links=tuple(sorted(shelf.links, key=lambda link: link.span.start)),
        problems=tuple(sorted(shelf.problems, key=lambda problem: (problem.span.start, problem.span.end))),
        ignores=tuple(find_ignores(source, sorted(places, key=lambda place: place.start))),
    )


@contextmanager
def _uncollected(size: int) -> Iterator[None]:
    """Keep Python from looking for garbage while a large file is read.

    What is read makes no cycles and is all kept; looking through it again and again takes a third of
    the time.
    """
    if size < _LARGE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Shelf:
    """What has been read of a file so far.

    An entry becomes a reference at once, so that its scanned parts need not be kept; one that takes
    fields from others waits until all are known.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self.references: dict[int, Reference] = {}
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self._source, self._limits = source, limits
        self._macros = Macros(source.text, limits.expansion)
        self._entries: list[Entry] = []
        self._waiting: dict[int, _Read] = {}
        self._keys: dict[str, str] = {}

    def add(self, block: Block) -> None:
        """Take in the next block of the file."""
        self.problems.extend(_faults(block))
        if block.form == "string":
            for field in block.fields:
                value = self._macros.define(field)
                self.problems.extend(_expansion_problems(field, value.undefined, value.cut))
        elif block.form == "entry":
            one = _entry(self._source.text, block, self._macros, self._limits, self.problems)
            self._check_key(one)
            if "crossref" in one.entry.fields or "xdata" in one.entry.fields:
                self._waiting[len(self._entries)] = one
            else:
                self._finish(one, one.entry.fields)
            self._entries.append(one.entry)

    def settle(self) -> None:
        """Finish the entries that take fields from others."""
        if not self._waiting:
            return
        fields, faults = inherit(self._entries)
        for fault in faults:
            span = _field_span(self._waiting[fault.entry], fault.field)
            self.problems.append(Problem("crossref", span, fault.message))
        for index, one in self._waiting.items():
            self._finish(one, fields[index])

    def _finish(self, one: _Read, fields: Mapping[str, str]) -> None:
        if one.entry.type in NOT_REFERENCES:
            return
        values = read_values(one.entry.type, fields)
        said = max(0, len(self.problems) - 20)  # what an undefined macro explains is not said again
        for name, message in values.faults:
            written = _field_span(one, name)
            if not any(p.kind == "undefined-macro" and p.span == written for p in self.problems[said:]):
                self.problems.append(Problem("broken-entry", written, message))
        self.references[one.block.start] = _reference(self._source, one, values)
        for url, part in values.links:
            if span := _span(one, part):
                self.links.append(Link(url, span, cited=True))

    def _check_key(self, one: _Read) -> None:
        """Report a key that an earlier entry has, case left out of account."""
        key, folded = one.block.key, one.block.key.lower()
        if folded not in self._keys:
            self._keys[folded] = key
        elif key:
            first = self._keys[folded]
            how = "stands twice" if first == key else f"differs from {first[:60]!r} only in case"
            message = f"the key {key[:60]!r} {how}: rename one, and the citations that mean it"
            span = Span(one.block.key_start, one.block.key_end)
            self.problems.append(Problem("duplicate-key", span, message))


def _faults(block: Block) -> Iterator[Problem]:
    """Yield what is wrong with a block; of what broke it the first only, which the rest follows from."""
    said = False
    for fault in block.faults:
        if fault.kind != "broken-entry" or not said:
            yield Problem(fault.kind, Span(fault.start, max(fault.end, fault.start + 1)), fault.message)
        said = said or fault.kind == "broken-entry"


def _entry(text: str, block: Block, macros: Macros, limits: Limits, problems: list[Problem]) -> _Read:
    fields: dict[str, str] = {}
    places: dict[str, Field] = {}
    last = block.start + limits.entry
    usual = min(limits.value, limits.nesting)  # a value this short breaks no limit
    for field in block.fields:
        name = field.name.lower()
        if field.value_end > last:
            message = f"{block.key} is longer than {limits.entry:,} characters; the rest is not read"
            problems.append(Problem("not-fully-read", Span(field.start, field.value_end), message))
            break
        if name in places:
            message = f"{name} stands twice in {block.key or 'this entry'}: the first one is used; remove one"
            problems.append(Problem("duplicate-field", Span(field.start, field.value_end), message))
            continue
        places[name] = field
        form, start, end = field.terms[0]
        if len(field.terms) == 1 and (form != "bare" or text[start:end].isdigit()):
            value = text[start:end]
        else:
            value, undefined, cut = macros.expand(field)
            if undefined or cut:
                problems.extend(_expansion_problems(field, undefined, cut))
        if len(value) > usual or "\0" in value:
            value = _capped(field, value, limits, problems)
        fields[name] = value
    return _Read(block, Entry(block.type.lower(), block.key, fields), places)


def _expansion_problems(field: Field, undefined: tuple[str, ...], cut: bool) -> Iterator[Problem]:
    span = Span(field.start, max(field.value_end, field.start + 1))
    for name in dict.fromkeys(undefined):
        message = f"{field.name}: {name[:60]!r} is no @string of this file: put it in braces or define it"
        yield Problem("undefined-macro", span, message)
    if cut:
        message = f"{field.name}: its @string macros become longer than the limit; the value is not read"
        yield Problem("not-fully-read", span, message)


def _capped(field: Field, text: str, limits: Limits, problems: list[Problem]) -> str:
    """Return a value within the limits; what they cut, and control characters, are reported."""
    span = Span(field.start, field.value_end)
    if len(text) > limits.value:
        message = f"{field.name} is longer than {limits.value:,} characters; the rest is not read"
        problems.append(Problem("not-fully-read", span, message))
        text = text[: limits.value]
    if text.count("{") > limits.nesting and _depth(text) > limits.nesting:
        message = f"{field.name}: braces are nested deeper than {limits.nesting}; the value is not read"
        problems.append(Problem("not-fully-read", span, message))
        return ""
    if "\0" in text:
        message = f"{field.name} holds a NUL character: remove it"
        problems.append(Problem("broken-entry", span, message))
    return text


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        if character == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif character == "}":
            depth -= 1
    return deepest


def _field_span(read: _Read, name: str) -> Span:
    """Return where a field stands; the entry's beginning where it is another entry's field."""
    field = read.places.get(name)
    if field is None:
        return Span(read.block.start, read.block.body)
    return Span(field.start, max(field.value_end, field.start + 1))


def _reference(source: Source, read: _Read, values: Values) -> Reference:
    block = read.block
    return Reference(
        key=block.key,
        number=None,
        work=values.work,
        source=source,
        span=Span(block.start, block.end),
        fields=Spans(values.parts, read.places),
        raw=source.text[block.start : block.end],
        entry_type=read.entry.type,
    )


def _span(read: _Read, part: Part) -> Span | None:
    """Return where a part stands in the file; None where it was taken from another entry."""
    field = read.places.get(part.field)
    return Span(*_place(field, part)) if field else None


def _place(field: Field, part: Part) -> tuple[int, int]:
    _, _, value_start, value_end, _, terms = field
    if len(terms) > 1:
        return value_start, value_end
    form, start, end = terms[0]
    if part.end < 0 or form == "bare":
        return start, end
    return min(end, start + part.start), min(end, start + part.end)


class Spans(Mapping[str, Span]):
    """Spans by our names, made when they are asked for: most of a large file's are never looked at."""

    __slots__ = ("_parts", "_places")

    def __init__(self, parts: Mapping[str, Part], places: Mapping[str, Field]) -> None:
        self._parts, self._places = parts, places

    def __getitem__(self, name: str) -> Span:
        part = self._parts[name]
        return Span(*_place(self._places[part.field], part))

    def __iter__(self) -> Iterator[str]:
        return (name for name, part in self._parts.items() if part.field in self._places)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))
