"""Where references begin in running text: a second, small model for lists without marks.

Its labels are coarse parts of a reference, so that a beginning is likely behind an end: `B` the first
word of a reference, then people, title, date, where it stands, figures, and the rest.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from evidence.parsing.draft import TAKEN, plain
from evidence.parsing.features import Kept, kept
from evidence.parsing.model import tagger
from evidence.parsing.words import scanner

WEIGHTS = "boundaries.crf.z"
#: Labels of the parser by the labels of this model; every other is the rest.
COARSE = {
    "author": "A", "editor": "E", "translator": "E", "title": "T", "date": "D", "journal": "J", "book": "J",
    "series": "J", "publisher": "P", "place": "P", "volume": "L", "issue": "L", "pages": "L",
}  # fmt: skip
#: Longest stretch that is looked at in one go, in characters.
_LONGEST = 12_000
#: Less likely beginnings are not looked at.
_POSSIBLE = 0.01


class Beginning(NamedTuple):
    """Where a reference may begin, how likely the model holds it, and how the word stands on its line."""

    at: int
    likely: float
    mark: str


def marked_words(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a text, each with how it stands on its line.

    "" inside it, n first, i first and indented, b first behind a blank line.
    """
    result = []
    last = 0
    for found in scanner().finditer(text):
        gap = text[last : found.start()]
        mark = ""
        if "\n" in gap:
            mark = "b" if gap.count("\n") > 1 else "i" if gap.endswith((" ", "\t")) else "n"
        result.append((found.start(), found.end(), mark))
        last = found.end()
    return result


def features_of(text: str, words: list[tuple[int, int, str]]) -> list[list[str]]:
    """Return the features of each word: itself, three words on both sides, and how it stands on its line."""
    edge = kept(TAKEN, 0, 1)
    ones = [edge, edge, edge, *(_one(text[a:b]) for a, b, _ in words), edge, edge, edge]
    result = []
    widths = _widths(words)
    ends, years = _figures(text, words)
    for at, (_, _, mark) in enumerate(words):
        left, one, right = ones[at + 2], ones[at + 3], ones[at + 4]
        result.append(
            [
                *one.own,
                *left.before,
                *right.after,
                "<<" + ones[at + 1].far,
                ">>" + ones[at + 5].far,
                f"-{left.far}|{one.far}",
                f"+{one.far}|{right.far}",
                f"-3{ones[at].far}|{ones[at + 1].far}|{left.far}",
                f"+3{one.far}|{right.far}|{ones[at + 5].far}",
                f"+4{right.far}|{ones[at + 5].far}|{ones[at + 6].far}",
                f"n{mark}{widths[at]}",
                f"N{mark}{left.far}|{one.far}",
                f"d{ends[at]}{years[at]}",
                f"D{ends[at]}{mark}{left.far}",
                f"u{years[at]}{mark}{one.far}",
            ]
        )
    return result


def _one(word: str) -> Kept:
    found = scanner().match(word)
    low, high = found.span(2) if found else (-1, -1)
    return kept(word, low, high) if low >= 0 else kept(word, 0, len(word))


def _figures(text: str, words: list[tuple[int, int, str]]) -> tuple[list[str], list[str]]:
    """Tell for each word how far back a reference may have ended, and how far on the next year is.

    A reference ends behind figures or an address, with few words between; most have a year.
    """
    kinds = [_kind(text[start:end]) for start, end, _ in words]
    ends, years = [], []
    last, away = "^", 0
    for kind in kinds:
        ends.append(last + _far(away))
        last, away = (kind, 0) if kind else (last, away + 1)
    away = 99
    for kind in reversed(kinds):
        away = 0 if kind == "y" else away + 1
        years.append(_far(away))
    return ends, years[::-1]


def _kind(word: str) -> str:
    if not any(c.isdigit() for c in word[:40]):
        return "u" if word.startswith(("http", "www", "<http")) else ""
    if "/" in word and len(word) > 8:
        return "u"
    return "y" if _one(word).year else "l"


def _far(away: int) -> str:
    return str(away) if away < 4 else "a" if away < 7 else "b" if away < 12 else "c" if away < 25 else "z"


def _widths(words: list[tuple[int, int, str]]) -> list[str]:
    """Tell for the first word of each line how long the line before was: short, as the longest, between."""
    lengths: list[tuple[int, int]] = []
    begun = 0
    for at, (start, _, mark) in enumerate(words):
        if mark:
            lengths.append((at, words[at - 1][1] - begun if at else 0))
            begun = start
    longest = max((length for _, length in lengths), default=0)
    result = [""] * len(words)
    for at, length in lengths:
        result[at] = "f" if length > 0.85 * longest else "s" if length < 0.6 * longest else "m"
    return result


def beginnings(text: str) -> list[tuple[list[Beginning], int]]:
    """Return for each block of a text where references may begin in it, its own beginning first, and its end.

    The start of every line is among them, and whatever the model holds for possible.
    """
    result = []
    model = tagger(WEIGHTS)
    for begin, end in _stretches(text):
        piece = plain(text[begin:end])
        words = marked_words(piece)
        if not words:
            continue
        model.set(features_of(piece, words))
        found = []
        for at, (start, _, mark) in enumerate(words):
            likely = model.marginal("B", at)
            behind = at > 0 and piece[words[at - 1][1] - 1] == ";"
            if not at or mark or likely > (_POSSIBLE / 20 if behind else _POSSIBLE):
                found.append(Beginning(begin + start, likely, mark if at else ""))
        result.append((found, end))
    return result


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(r"\n[ \t]*\n")


def _stretches(text: str) -> list[tuple[int, int]]:
    """Cut a text at blank lines, and where there are none for long at white space."""
    result = []
    at = 0
    for found in [*_breaks().finditer(text), None]:
        stop = found.start() if found else len(text)
        while stop - at > _LONGEST:
            cut = text.rfind("\n", at, at + _LONGEST)
            cut = cut if cut > at else at + _LONGEST
            result.append((at, cut))
            at = cut
        if stop > at:
            result.append((at, stop))
        at = stop
    return result
