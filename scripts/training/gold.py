"""Hand-labelled reference strings (BSD-2-Clause, inukshuk/anystyle): labels of this library, and the split.

The split is by what a string is about (the first letters of its title), so that a work that stands
twice in the sets never stands on both sides. A tenth is held back for figures, a tenth is for
development, the rest is for training.
"""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evidence.names import fold

#: Labels of the sets by the labels of the model.
LABELS = {
    "author": "author",
    "director": "author",
    "producer": "author",
    "editor": "editor",
    "translator": "translator",
    "date": "date",
    "title": "title",
    "container-title": "book",
    "collection-title": "series",
    "journal": "journal",
    "volume": "volume",
    "pages": "pages",
    "edition": "edition",
    "location": "place",
    "publisher": "publisher",
    "genre": "genre",
    "medium": "genre",
    "source": "note",
    "note": "note",
    "url": "url",
    "doi": "doi",
    "isbn": "isbn",
    "citation-number": "number",
}
_ISSUE = re.compile(
    r"(?:no|nos|nr|n|n°|№|num|núm|number|issue|iss|heft|h|numéro|numero|fasc)$", re.IGNORECASE
)


class Labelled(NamedTuple):
    """A string and the label of every stretch of it: (start, end, label)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def read(path: Path) -> Iterator[Labelled]:
    """Read one file of labelled strings."""
    for sequence in ElementTree.parse(path).getroot():
        parts: list[str] = []
        spans: list[tuple[int, int, str]] = []
        at = 0
        for element in sequence:
            words = " ".join("".join(element.itertext()).split())
            if not words:
                continue
            label = LABELS[element.tag]
            if label == "volume":
                spans += [(at + a, at + b, name) for a, b, name in split_volume(words)]
            else:
                spans.append((at, at + len(words), label))
            parts.append(words)
            at += len(words) + 1
        if parts:
            yield Labelled(" ".join(parts), tuple(spans))


def split_volume(text: str) -> list[tuple[int, int, str]]:
    """Tell volume, issue, year and pages apart in a label such as "2013;122(2):" or "Vol. 9, No. 2,"."""
    result: list[tuple[int, int, str]] = []
    state = "volume"
    figures = 0
    for found in re.finditer(r"[\w.°№-]+", text):
        word = found.group()
        bare = word.strip(".")
        before = text[found.start() - 1 : found.start()]
        if text[: found.start()].endswith(("<", "</")):  # a tag: "<italic>29</italic>(10)"
            continue
        if state == "issue" and re.search(r"\d\)\s?:\s?$", text[: found.start()]):  # 16(11):465-472
            result.append((found.start(), found.end(), "pages"))
            continue
        if re.fullmatch(r"(?:19|20)\d\d", bare) and text[found.end() : found.end() + 1] == ";":
            result.append((found.start(), found.end(), "date"))
            continue
        joined = re.fullmatch(r"(?:no|nr|n)[.°]*(\d[\w-]*)", bare, re.IGNORECASE)
        if (
            _ISSUE.match(bare)
            or joined
            or word in ("№", "n°")
            or (figures and (before == "(" or bare.lower() in ("suppl", "supplement", "supl")))
            or (figures == 1 and state == "volume" and bare[:1].isdigit())
        ):
            state = "issue"
        figures += any(c.isdigit() for c in bare)
        if result and result[-1][2] == state:
            result[-1] = (result[-1][0], found.end(), state)
        else:
            result.append((found.start(), found.end(), state))
    return result


def part_of(text: str, title: str = "") -> str:
    """Return the part that a string belongs to: training, development or held-back."""
    key = fold(title or text)[:36]
    number = hashlib.sha256(key.encode()).digest()[0]
    return "held-back" if number < 26 else "development" if number < 52 else "training"


def part_of_labelled(one: Labelled) -> str:
    """Return the part of a labelled string, by its title where it has one."""
    title = next((one.text[a:b] for a, b, label in one.spans if label == "title"), "")
    return part_of(one.text, title if len(title) > 12 else "")
