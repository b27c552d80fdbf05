"""The words of a reference as the model sees them: cut at white space and inside locators.

A word keeps the marks around it ("(1):", "J.", "Cells,"), because the marks are what styles differ
in; "2015;33(1):146-56." is four words. What was taken out before is one word, `TAKEN`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from evidence.parsing.draft import TAKEN


class Word(NamedTuple):
    """A word's range with its marks, and the range of its core without them."""

    start: int
    end: int
    low: int
    high: int


@cache
def scanner() -> re.Pattern[str]:
    """Return the pattern of one word: `a` the marks before its core, `core`, the marks after."""
    return re.compile(
        r"(?P<a>[^\w\s\x01]*)"
        r"(?P<core>\w+(?:(?:[-'/&+*@%=~#?](?=\w)|(?<![^\W\d_A-Z]{2})\.(?=\w)|\.(?=[a-z]))\w+)*)"
        r"[^\w\s\x01(\[{<]*"
        r"|\x01[\s\x01.,;:)\]]*|[^\w\s\x01]+"
    )


def words_of(rest: str) -> list[Word]:
    """Cut what is left of a draft into words."""
    result = []
    for found in scanner().finditer(rest):
        start, end = found.span()
        low, high = found.span(2)
        if low < 0:
            low, high = start, end
        result.append(Word(start, end, low, high))
    return result


def is_taken(rest: str, word: Word) -> bool:
    """Tell whether a word stands for something that was taken out."""
    return rest[word.start] == TAKEN
