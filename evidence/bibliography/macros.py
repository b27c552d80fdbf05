"""`@string` macros: what they stand for, how much text they may make, and which are not defined."""

from __future__ import annotations

from typing import NamedTuple

from evidence.bibliography.dating import MONTH_MACROS
from evidence.bibliography.fields import Field


class Expanded(NamedTuple):
    """A value with its macros filled in; which macros are not defined; whether a limit cut it."""

    text: str
    undefined: tuple[str, ...] = ()
    cut: bool = False


class Macros:
    """The macros of one file; never shared with another.

    `most` is the longest text that one value may become, in characters; all of a file together may
    become that much more than twice its own length, so that doubling definitions stay harmless.
    """

    def __init__(self, text: str, most: int) -> None:
        self._text = text
        self._most = most
        self._left = most + 2 * len(text)
        self._known = dict(MONTH_MACROS)

    def define(self, field: Field) -> Expanded:
        """Take in `name = value` of a `@string`; return what it was expanded to."""
        value = self.expand(field)
        self._known[field.name.lower()] = value.text
        return value

    def expand(self, field: Field) -> Expanded:
        """Return the text of a field's value. A word that is no macro stands for itself."""
        if len(field.terms) == 1:
            term = field.terms[0]
            text = self._text[term.start : term.end]
            if term.form != "bare" or not text or text[0].isdigit():
                return Expanded(text)
        parts: list[str] = []
        undefined: list[str] = []
        length = 0
        for term in field.terms:
            part = self._text[term.start : term.end]
            if term.form == "bare" and not part[:1].isdigit():
                known = self._known.get(part.lower())
                if known is None:
                    undefined.append(part)
                else:
                    part = known
                    self._left -= len(part)
            length += len(part)
            if length > self._most or self._left < 0:
                return Expanded("", tuple(undefined), cut=True)
            parts.append(part)
        return Expanded("".join(parts), tuple(undefined))
