"""Cut a text into sentences, with their offsets; abbreviations, decimals and headings are known.

Written for abstracts and web pages: a label of a structured abstract ("METHODS:") on a line of its
own begins a sentence, a blank line or a list item ends one. Linear in the text.
"""

from __future__ import annotations

import re
from functools import cache

from evidence.facts.words import listed
from evidence.model import Span

#: Words before a full stop that end no sentence.
_SHORTENED = listed(
    "e.g i.e vs dr mr mrs ms prof st no nos fig figs eq approx ca cf al etc inc ltd co dept vol pp p "
    "u.s jan feb mar apr jun jul aug sep sept oct nov dec resp incl excl max min avg"
)


@cache
def _ends() -> re.Pattern[str]:
    # Every alternative begins with one of a few characters, so that the search leaps from one to the next.
    return re.compile(
        r"[.!?](?:(?:[\"'”’)\]¹²³⁰⁴-⁹]|\[\d{1,3}\]){0,6}(?=\s+[\"'“‘(\[]?[A-Z0-9<≥≤])"
        r"|(?<=[a-z)]\.)(?=[A-Z][A-Za-z]))"  # "…years.Patients": a space was lost
        r"|\n(?:[ \t]*\n|(?=[ \t]*(?:[•*–-]|\d{1,2}\.)[ \t]|[A-Z][A-Z/&, -]{3,40}:))"
    )


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order; together they cover all that is not blank."""
    found: list[Span] = []
    start = 0
    for match in _ends().finditer(text):
        end = match.end()
        if text[match.start() : match.start() + 1] == "." and _is_short(text, match.start()):
            continue
        if text[start:end].strip():
            found.append(Span(start, end))
            start = end
    if text[start:].strip():
        found.append(Span(start, len(text)))
    return found


_LONG = 7


def _is_short(text: str, stop: int) -> bool:
    """Return whether the full stop at an offset belongs to an abbreviation or an initial."""
    if stop >= _LONG and text[stop - _LONG : stop].isalpha():
        return False  # no abbreviation is as long
    start = stop
    while start > 0 and stop - start < 8 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    word = text[start:stop].casefold()
    if word in _SHORTENED:
        return not (word == "al" and not text[max(0, start - 4) : start].strip().endswith("et"))
    return len(word) == 1 and text[start].isupper() and word not in ("i",)
