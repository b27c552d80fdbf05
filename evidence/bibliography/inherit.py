"""What entries take from others: `xdata` (shared fields) and `crossref` (the book of a chapter).

Parents are settled before their children, each once, without recursion: circles, diamonds and long
chains cost no more than the number of references between entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evidence.bibliography.tex import plain

#: Never inherited: what names or describes one work only (biblatex manual, appendix B, and its identifiers,
#: which biblatex would hand from a book to each of its chapters).
_OWN = frozenset(
    {
        "crossref", "xref", "xdata", "ids", "entryset", "entrysubtype", "execute", "label", "options",
        "presort", "related", "relatedtype", "shorthand", "sortkey", "sorttitle", "shorttitle", "doi", "pmid",
        "pmcid", "eprint", "eprinttype", "archiveprefix", "url", "urldate", "abstract", "note", "pages",
        "file", "keywords", "available", "pubtype", "title", "subtitle", "author",
    }
)  # fmt: skip
#: A book's own title is the book title of what stands in it (biblatex manual, appendix B).
_IN_A_BOOK = re.compile(r"inbook|incollection|inproceedings|conference|inreference|suppbook|suppcollection")
#: The fields that name other entries; shared data first, as biblatex has it.
_LEADING = ("xdata", "crossref")
#: More steps, and more fields from one parent, than people use; they bound time and memory.
_MOST_STEPS = 20
_MOST_FIELDS = 200


class Entry(NamedTuple):
    """An entry while it is read: type, key, and the texts of its own fields (lower-case names)."""

    type: str
    key: str
    fields: Mapping[str, str]


class Fault(NamedTuple):
    """A reference to another entry that leads nowhere: whose (an index), in which field, and why."""

    entry: int
    field: str
    message: str


def inherit(entries: Sequence[Entry]) -> tuple[list[Mapping[str, str]], list[Fault]]:
    """Return for each entry its fields with those that it takes from others, and the faults.

    A parent that is missing, stands in a circle or ends too long a chain gives nothing.
    """
    family = _Family(entries)
    for index in range(len(entries)):
        family.settle(index)
    return family.fields, family.faults


class _Family:
    """The entries of a file while each is given what its parents have."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.fields: list[Mapping[str, str]] = [entry.fields for entry in entries]
        self.faults: list[Fault] = []
        self._steps: dict[int, int] = {}  # how many generations stand above a settled entry
        self._open: set[int] = set()
        self._by_key: dict[str, int] = {}
        for index, entry in enumerate(entries):
            self._by_key.setdefault(entry.key, index)
        for index, entry in enumerate(entries):
            self._by_key.setdefault(entry.key.lower(), index)

    def settle(self, index: int) -> None:
        """Settle an entry and, before it, all that it takes from."""
        if index in self._steps:
            return
        self._open.add(index)
        todo = [(index, self._parents(index))]
        while todo:
            current, parents = todo[-1]
            parent = next((p for p in parents if p not in self._open and p not in self._steps), None)
            if parent is None:
                todo.pop()
                self._take(current)
                self._open.discard(current)
            else:
                self._open.add(parent)
                todo.append((parent, self._parents(parent)))

    def _parents(self, index: int) -> Iterator[int]:
        fields = self.entries[index].fields
        for name in _LEADING:
            for key in self._keys(fields.get(name, "")):
                parent = self._find(key)
                if parent is not None:
                    yield parent

    def _find(self, key: str) -> int | None:
        return self._by_key.get(key, self._by_key.get(key.lower()))

    @staticmethod
    def _keys(text: str) -> list[str]:
        return [key for part in plain(text).split(",") if (key := part.strip())]

    def _take(self, index: int) -> None:
        entry = self.entries[index]
        if not any(name in entry.fields for name in _LEADING):
            self._steps[index] = 0
            return
        fields, steps = dict(entry.fields), 0
        for name in _LEADING:
            for key in self._keys(entry.fields.get(name, "")):
                parent = self._find(key)
                if parent is None:
                    message = f"{name} names {key[:60]!r}, which is not in this file: correct the key"
                elif parent not in self._steps:
                    message = f"{name} names {key[:60]!r}, which leads back to this entry: remove it"
                elif self._steps[parent] >= _MOST_STEPS:
                    message = f"{name} leads through more than {_MOST_STEPS} entries"
                else:
                    steps = max(steps, self._steps[parent] + 1)
                    for field, text in self._offered(entry, name, parent):
                        fields.setdefault(field, text)
                    continue
                self.faults.append(Fault(index, name, message))
        self.fields[index] = fields
        self._steps[index] = steps

    def _offered(self, entry: Entry, name: str, parent: int) -> list[tuple[str, str]]:
        """Return what an entry takes from a parent: all but references of shared data, else a book's."""
        above = list(self.fields[parent].items())[:_MOST_FIELDS]
        if name == "xdata":
            return [(field, text) for field, text in above if field not in _LEADING]
        given = [(field, text) for field, text in above if field not in _OWN]
        if title := self.fields[parent].get("title", ""):
            if _IN_A_BOOK.fullmatch(entry.type):
                given.append(("booktitle", title))
            elif entry.type == "article" and self.entries[parent].type == "periodical":
                given.append(("journaltitle", title))
        return given
