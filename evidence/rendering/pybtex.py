"""The same styles for pybtex, and so for Sphinx (sphinxcontrib-bibtex) and all that asks pybtex.

`bibtex_default_style = "evidence-ama"` in conf.py; the entry points `pybtex.style.formatting` name
the classes below. Formatting is ours: an entry becomes a `Work`, its pieces become pybtex rich text.
Entries stand in the order in which they are cited for the styles that number, by author for APA.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pybtex.database import Entry
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle

from evidence.bibliography.values import read_values
from evidence.model import Work
from evidence.rendering.apa import apa, letters
from evidence.rendering.pieces import Piece, joined
from evidence.rendering.styles import STYLES

_TAGS = {"italic": "em", "sub": "sub", "sup": "sup"}


def work_of(entry: Entry) -> Work:
    """Return a pybtex entry as a work, its people and fields as they would stand in a .bib file."""
    fields = {name.lower(): str(value) for name, value in entry.fields.items()}
    for role, persons in entry.persons.items():
        fields[role.lower()] = " and ".join(str(person) for person in persons)
    return read_values(entry.original_type or entry.type, fields).work


def rich(pieces: Iterable[Piece]) -> Text:
    """Return pieces as pybtex rich text, which its back-ends escape."""
    return Text(*(_one(piece) for piece in joined(pieces)))


def _one(piece: Piece) -> Any:
    if piece.kind == "link":
        return HRef(piece.url, piece.text)
    tag = _TAGS.get(piece.kind)
    return Tag(tag, piece.text) if tag else piece.text


class _Style(BaseStyle):  # type: ignore[misc]
    """One of our styles under the interface of pybtex."""

    name = "pubmed"
    default_sorting_style = "none"

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:
        """Return one entry, set by our style, whatever its type."""
        return FormattedEntry(entry.key, rich(STYLES[self.name](work_of(entry))), label)


class PubMed(_Style):
    """`evidence-pubmed`."""

    name = "pubmed"


class NLM(_Style):
    """`evidence-nlm`."""

    name = "nlm"


class AMA(_Style):
    """`evidence-ama`."""

    name = "ama"


class APA(_Style):
    """`evidence-apa`."""

    name = "apa"
    default_sorting_style = "author_year_title"

    def format_entries(self, entries: Iterable[Entry], bib_data: Any = None) -> Iterable[FormattedEntry]:
        """Yield the entries by author, those of one author and year told apart as 2015a and 2015b."""
        ordered = list(self.sort(entries))
        works = [work_of(entry) for entry in ordered]
        rows = zip(ordered, works, letters(works), self.format_labels(ordered), strict=True)
        for entry, work, letter, label in rows:
            yield FormattedEntry(entry.key, rich(apa(work, letter)), label)
