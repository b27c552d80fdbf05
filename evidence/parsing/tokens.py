"""Words and marks of a list of authors, each with what it can be in a name."""

from __future__ import annotations

import re
from functools import cache

from evidence.names import is_initials
from evidence.names.words import PARTICLES, SUFFIXES

#: Longest list of authors that is looked through, in characters.
LONGEST = 6_000

_TOKEN = r"""
    (?P<year>(?:1[5-9]|20)\d\d[a-h]?\b)
  | (?P<etal>et\.?\ {1,2}al\b\.?|and\ others\b|and\ colleagues\b|…|\.\ ?\.\ ?\.)
  | (?P<dots>(?:-?[^\W\d_]\.[- ]?){1,5}(?=[\s,;:&.()\x01\"]|$)|[^\W\d_]\.(?=[^\W\d_]))
  | (?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)
  | (?P<number>\d(?:st|nd|rd|th)\b)
  | (?P<mark>[,;:.&()\x01"/|?!])
  | (?P<note>[*†‡§]|\((?:Writer|Producers?|Directors?|Executive|Composer|Artist|Host)[^()]{0,40}\))
  | (?P<other>\S)
"""
_JOINTS = frozenset(("and", "und", "et", "y", "e", "&", "with"))


@cache
def _scanner() -> re.Pattern[str]:
    return re.compile(_TOKEN, re.VERBOSE)


class Token:
    """One word or mark; `kind`: I initials, W capital word, p particle, and, etal, suffix, year, mark, x."""

    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end


def _kind(found: re.Match[str]) -> str:
    """Tell what a word can be in a name."""
    name, text = found.lastgroup or "other", found.group()
    if name in ("etal", "mark", "year"):
        return "and" if text == "&" else name
    if name == "number":
        return "suffix"
    if name == "dots":
        return "I"
    if name != "word":
        return "x"
    if text in _JOINTS:
        return "and"
    if text[0].islower():
        head = text.split("'")[0].split("-")[0]
        return "p" if text in PARTICLES or head in ("d", "l", "al", "el", "ben", "ibn", "t") else "x"
    if text.casefold() in SUFFIXES and len(text) > 1 and text not in ("II",):
        return "suffix"
    if is_initials(text):
        return "I"
    return "W"


def tokens_of(text: str, start: int) -> list[Token]:
    """Cut what begins at `start` into tokens, as far as it can be a list of names."""
    result: list[Token] = []
    for found in _scanner().finditer(text, start, min(len(text), start + LONGEST)):
        if found.lastgroup == "note":
            continue  # marks of affiliations, roles in a film
        kind = _kind(found)
        if kind == "suffix" and found.group() in ("JR", "SR") and result and result[-1].kind == "W":
            kind = "I"  # "Anema JR"
        words = found.group().rstrip()
        result.append(Token(kind, words, found.start(), found.start() + len(words)))
        if kind == "x" and found.lastgroup == "word" and len(result) > 1 and result[-2].kind == "x":
            break  # two lower-case words: no names any more
        if found.group() == '"':
            break
    return result
