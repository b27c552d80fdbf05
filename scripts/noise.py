"""Strings of references as people paste them: typing and scanning errors, split words, tails, markers.

Deterministic: all chance comes from the generator that is handed in.
"""

from __future__ import annotations

import random
import re
import unicodedata

TAILS = (
    " Review.",
    " Available at:",
    " Epub ahead of print.",
    " [Article in German]",
    " PMC free article.",
    " [PubMed] [Google Scholar]",
    " Available from: https://www.example.org/articles/1234",
    " Accessed March 3, 2019.",
    " Retrieved 12 May 2020.",
    " [Crossref]",
    " Free full text.",
)
MARKERS = ("[{}] ", "{}. ", "({}) ", "{} ", "- ", "• ", "* ", "{}) ")

#: Characters that scans take for one another.
_LOOKS = {
    "l": "1",
    "1": "l",
    "o": "0",
    "O": "0",
    "rn": "m",
    "m": "rn",
    "e": "c",
    "c": "e",
    "h": "b",
    "S": "5",
    "i": "l",
    "cl": "d",
    "n": "u",
    "u": "n",
    "t": "f",
}


def typos(text: str, chance: random.Random, rate: float = 1 / 60) -> str:
    """Drop, double, swap or change letters, one in sixty; figures are left alone."""
    out = list(text)
    for at in range(1, len(out) - 1):
        if not out[at].isalpha() or chance.random() >= rate:
            continue
        kind = chance.randrange(4)
        if kind == 0:
            out[at] = ""
        elif kind == 1:
            out[at] *= 2
        elif kind == 2 and out[at + 1].isalpha():
            out[at], out[at + 1] = out[at + 1], out[at]
        else:
            out[at] = chance.choice("aeiounrstl")
    return "".join(out)


def scanned(text: str, chance: random.Random, rate: float = 1 / 50) -> str:
    """Split and join words and misread letters, as character recognition does."""
    out = []
    for at, letter in enumerate(text):
        if chance.random() >= rate or not text[at : at + 1].isalpha():
            out.append("" if letter == " " and chance.random() < rate else letter)
            continue
        kind = chance.randrange(3)
        out.append(letter + " " if kind == 0 else _LOOKS.get(letter, letter))
    return "".join(out)


def hyphenated(text: str, chance: random.Random) -> str:
    """Break the line within one or two longer words, with a hyphen."""
    words = text.split(" ")
    long = [i for i, w in enumerate(words) if len(w) > 7 and w.isalpha()]
    for at in chance.sample(long, min(len(long), chance.randrange(1, 3))):
        cut = chance.randrange(3, len(words[at]) - 3)
        words[at] = words[at][:cut] + chance.choice(["-\n", "- ", "\u00ad", "-\n   "]) + words[at][cut:]
    return " ".join(words)


def plain_letters(text: str, chance: random.Random) -> str:
    """Drop accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def with_tail(text: str, chance: random.Random) -> str:
    """Add what stands behind references on web pages."""
    return text.rstrip() + chance.choice(TAILS)


def with_marker(text: str, chance: random.Random) -> str:
    """Put the marker of a list in front."""
    return chance.choice(MARKERS).format(chance.randrange(1, 90)) + text


def lower_title(text: str, chance: random.Random) -> str:
    """Write everything in small letters, or all in capitals."""
    return text.lower() if chance.random() < 0.5 else text.upper()


def broken_accents(text: str, chance: random.Random) -> str:
    """Read UTF-8 as code page 1252, as web pages and spreadsheets do."""
    return text.encode("utf-8").decode("cp1252", "replace")


KINDS = (typos, scanned, hyphenated, plain_letters, with_tail, with_marker)


def noisy(text: str, chance: random.Random) -> str:
    """Do to a string one to three of the things that happen to references."""
    for kind in chance.sample(KINDS, chance.choice((1, 1, 2, 2, 3))):
        text = kind(text, chance)
    if chance.random() < 0.03:
        text = broken_accents(text, chance)
    return re.sub(r"[ \t]{2,}", " ", text)
