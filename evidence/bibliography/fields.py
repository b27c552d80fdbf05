"""The fields of one block: names, values and their parts, with exact places.

A plain field is one match of one pattern; every other form (`#`, deep braces, comments, what is
broken) is read step by step. Every step goes forward, so that time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

NAME = r"[^\s=,{}\"#%()@\\]++"
# three levels of braces inside a value are matched in one go; deeper ones are counted
_LEVEL0 = r"\{[^{}]*+\}"
_LEVEL1 = rf"\{{[^{{}}]*+(?:{_LEVEL0}[^{{}}]*+)*+\}}"
_INSIDE = rf"[^{{}}]*+(?:{_LEVEL1}[^{{}}]*+)*+"
_FIELD = re.compile(
    rf"[\s,]*+({NAME})\s*+=\s*+(?:\{{({_INSIDE})\}}|\"([^\"{{}}]*+)\"|([^\s{{}}\"#,=%()\\@]++))\s*+"
)
#: What the groups of `_FIELD` behind the name are.
_FORMS = ("", "", "brace", "quote", "bare")
ASSIGN = re.compile(rf"({NAME})\s*+=(?!=)\s*+")
_GAP = re.compile(r"[\s,]*+")
_SPACE = re.compile(r"\s*+")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r'["{}]')
_BARE = re.compile(r"[^\s{}\"#,=%()\\@]++")
_LINE = re.compile(r"[^\r\n]*+")
_JUNK = re.compile(r"[^@,{}()\r\n]++|.", re.DOTALL)
_BOUNDARY = re.compile(r"[\r\n][ \t,]*+[A-Za-z][\w.:+-]*+[ \t]*+=(?!=)")
HEAD = re.compile(r"@[ \t]*+([A-Za-z][\w.:+-]*+)\s*+([{(])")

CLOSER = {"{": "}", "(": ")"}
#: Makes a named tuple from a tuple: half the cost of calling its class, and a file has 100,000 of them.
_new = tuple.__new__


class Fault(NamedTuple):
    """Something wrong with a block: `kind` is a problem's kind, the range is where it stands."""

    kind: str
    start: int
    end: int
    message: str


class Term(NamedTuple):
    """One part of a value: `form` is `brace`, `quote` or `bare`; the range is without delimiters."""

    form: str
    start: int
    end: int


class Field(NamedTuple):
    """A field as written.

    `start` is the name's first character; `value_start:value_end` the value with its delimiters;
    `end` lies behind the comma where one follows. `terms` are joined by `#`.
    """

    name: str
    start: int
    value_start: int
    value_end: int
    end: int
    terms: tuple[Term, ...]

    @property
    def content(self) -> tuple[int, int]:
        """The range of the value without delimiters; of the whole expression where `#` joins."""
        if len(self.terms) == 1:
            return self.terms[0].start, self.terms[0].end
        return self.value_start, self.value_end

    @property
    def comma(self) -> bool:
        """Whether a comma follows the value."""
        return self.end > self.value_end


class Body(NamedTuple):
    """What reading the inside of a block gave."""

    fields: list[Field]
    end: int
    closed: bool
    faults: list[Fault]


class Reader:
    """Reads the fields of one block from `text[:stop]`; leniently, a value ends where a field begins."""

    def __init__(self, text: str, stop: int, opener: str, *, lenient: bool) -> None:
        self.text, self.stop, self.closer, self.lenient = text, stop, CLOSER[opener], lenient
        self.fields: list[Field] = []
        self.faults: list[Fault] = []
        self._boundary = -1 if lenient else stop

    def read(self, at: int) -> Body:
        """Read fields from `at` until the block closes or `stop` comes."""
        text, stop, closer, fields = self.text, self.stop, self.closer, self.fields
        while True:
            limit = self._boundary if at <= self._boundary else self._limit(at)
            found = _FIELD.match(text, at, limit)
            if found and (end := found.end()) < limit and ((mark := text[end]) == "," or mark == closer):
                at = end + 1
                fields.append(_plain_field(found, mark, at))
                if mark == closer:
                    return Body(fields, at, True, self.faults)
                continue
            at = _pass(_GAP, text, at, stop)
            if at >= stop:
                return Body(fields, stop, False, self.faults)
            character = text[at]
            if character == closer:
                return Body(fields, at + 1, True, self.faults)
            if character == "@" and HEAD.match(text, at, stop):
                return Body(fields, at, False, self.faults)
            if character == "%":
                at = line_end(text, at, stop)
            elif assign := ASSIGN.match(text, at, stop):
                field = self._field(assign)
                if field is None:
                    return Body(fields, stop, False, self.faults)
                fields.append(field)
                at = field.end
            else:
                at = self._pass_junk(at)

    def _limit(self, at: int) -> int:
        """Return how far a value that begins behind `at` may reach; looked for once a field line."""
        if at > self._boundary:
            self._boundary = _next_boundary(self.text, at, self.stop)
        return self._boundary

    def _field(self, assign: re.Match[str]) -> Field | None:
        """Read a field that is not of the plain form; None where its value never closes."""
        text, stop, faults = self.text, self.stop, self.faults
        name, start, value_start = assign.group(1), assign.start(1), assign.end()
        limit = self._limit(value_start)
        terms, end, closed = read_terms(text, value_start, limit)
        if not closed:
            if not self.lenient:
                return None
            return self._cut(assign, _cut_term(text, value_start, limit))
        if not terms:
            message = f"{name} has no value: write {{}} or remove the field"
            faults.append(Fault("broken-entry", start, assign.end(), message))
            terms, end = (Term("bare", value_start, value_start),), value_start
        after = skip_space(text, end, stop)
        comma = text[after : after + 1] == "," and after < stop
        if not comma and after < stop and text[after] not in "})%":
            if ASSIGN.match(text, after, stop):
                faults.append(Fault("broken-entry", start, end, f"a comma is missing behind {name}"))
            elif rescued := _rescue_quote(text, terms, value_start, end):
                return self._cut(assign, rescued)
        return Field(name, start, value_start, end, after + 1 if comma else end, terms)

    def _cut(self, assign: re.Match[str], term: Term) -> Field:
        """Return a field whose value was cut where the next one begins, and say so."""
        name, start, value_start = assign.group(1), assign.start(1), assign.end()
        what = "closing quotation mark" if self.text[value_start : value_start + 1] == '"' else "'}'"
        message = f"the value of {name} is not closed: add the missing {what}"
        self.faults.append(Fault("broken-entry", start, max(term.end, assign.end()), message))
        end = max(value_start, term.end)
        return Field(name, start, value_start, end, end, (term,))

    def _pass_junk(self, at: int) -> int:
        """Pass over what is no field, and say so once a stretch."""
        found = _JUNK.match(self.text, at, self.stop)
        end = found.end() if found else at + 1
        last = self.faults[-1] if self.faults else None
        if last and last.end >= at - 2 and "is no field" in last.message:
            self.faults[-1] = last._replace(end=end)
        else:
            shown = " ".join(self.text[at : min(end, at + 40)].split())
            message = f"{shown!r} is no field (name = {{value}},): complete or remove it"
            self.faults.append(Fault("broken-entry", at, end, message))
        return end


def _plain_field(found: re.Match[str], mark: str, end: int) -> Field:
    """Make a field of the usual form, which `mark` follows; `end` lies behind the mark."""
    kind = found.lastindex or 0
    start, stop = found.span(kind)
    term = _new(Term, (_FORMS[kind], start, stop))
    if kind != 4:
        start -= 1
        stop += 1
    name, at = found.group(1), found.start(1)
    return _new(Field, (name, at, start, stop, end if mark == "," else stop, (term,)))


def _next_boundary(text: str, at: int, stop: int) -> int:
    """Return the start of the next line that begins a field, or `stop`."""
    found = _BOUNDARY.search(text, at, stop)
    return found.start() if found else stop


def _rescue_quote(text: str, terms: Sequence[Term], start: int, end: int) -> Term | None:
    """Return the value cut at its line where a quotation mark closed only in a later field."""
    if len(terms) != 1 or terms[0].form != "quote":
        return None
    limit = _next_boundary(text, start, end)
    return _cut_term(text, start, limit) if limit < end else None


def _cut_term(text: str, start: int, limit: int) -> Term:
    """Return what stands of a value that is not closed, without its opening mark and last comma."""
    form = {"{": "brace", '"': "quote"}.get(text[start : start + 1], "bare")
    begin = start + (form != "bare")
    end = trimmed(text, begin, limit)
    if end > begin and text[end - 1] == ",":
        end = trimmed(text, begin, end - 1)
    return Term(form, begin, max(begin, end))


def read_terms(text: str, at: int, stop: int) -> tuple[tuple[Term, ...], int, bool]:
    """Read a value: terms joined by `#`. Return them, where they end, and whether all are closed."""
    terms: list[Term] = []
    end = at
    while at < stop:
        character = text[at]
        if character == "{":
            close = closing_brace(text, at + 1, stop)
            if close < 0:
                return tuple(terms), at, False
            terms.append(Term("brace", at + 1, close))
            end = close + 1
        elif character == '"':
            close = closing_quote(text, at + 1, stop)
            if close < 0:
                return tuple(terms), at, False
            terms.append(Term("quote", at + 1, close))
            end = close + 1
        else:
            bare = _BARE.match(text, at, stop)
            if not bare:
                break
            terms.append(Term("bare", at, bare.end()))
            end = bare.end()
        at = skip_space(text, end, stop)
        if text[at : at + 1] != "#" or at >= stop:
            break
        at = skip_space(text, at + 1, stop)
    return tuple(terms), end, True


def closing_brace(text: str, start: int, stop: int) -> int:
    """Return where the brace closes that was opened before `start`, or -1."""
    depth = 1
    for found in _BRACE.finditer(text, start, stop):
        depth += 1 if found.group() == "{" else -1
        if not depth:
            return found.start()
    return -1


def closing_quote(text: str, start: int, stop: int) -> int:
    """Return where the quotation mark closes; -1 if never, or if a brace closes that none opened."""
    depth = 0
    for found in _QUOTE.finditer(text, start, stop):
        mark = found.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth < 0:
                return -1
        elif not depth:
            return found.start()
    return -1


def _pass(pattern: re.Pattern[str], text: str, at: int, stop: int) -> int:
    found = pattern.match(text, at, stop)
    return found.end() if found else at


def skip_space(text: str, at: int, stop: int) -> int:
    """Return where the white space ends that begins at `at`."""
    return _pass(_SPACE, text, at, stop)


def line_end(text: str, at: int, stop: int | None = None) -> int:
    """Return the end of the line of `at`, without its newline."""
    return _pass(_LINE, text, at, len(text) if stop is None else stop)


def trimmed(text: str, start: int, end: int) -> int:
    """Return `end` without the white space before it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
