"""Defects planted in true references: what is changed, and the rule that has to say so.

The changes are of the kinds that people and writing machines make; the names that are put in are
those of other works, so that nothing is known by its looks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from abbreviations import abbreviate
from printed_styles import abbreviated_pages, short_names
from world import bare

from evidence import journals, names
from evidence.matching import compare
from evidence.model import Date, Name, Record, Work


@dataclass(frozen=True)
class Pool:
    """What is put in the place of something true: words, names and journals of other works."""

    words: Sequence[str]
    people: Sequence[Name]
    journals: Sequence[str]

    @classmethod
    def of(cls, records: Sequence[Record]) -> Pool:
        """Return the pool of some records."""
        works = [r.work for r in records]
        return cls(
            sorted({w for work in works for w in work.title.split(" ") if w.isalpha() and len(w) > 5}),
            sorted(
                {n for work in works for n in work.authors if n.family}, key=lambda n: (n.family, n.given)
            ),
            sorted({work.container for work in works if work.container}),
        )


Change = Callable[[Work, Pool, random.Random], Work]


@dataclass(frozen=True)
class Defect:
    """A change, which works can bear it, and the rule that has to report it."""

    rule: str
    fits: Callable[[Work], bool]
    change: Change


def _long(work: Work) -> list[int]:
    return [i for i, w in enumerate(work.title.split(" ")) if len(w) > 4 and w.isalpha()]


def _with_words(work: Work, parts: Sequence[str]) -> Work:
    return replace(work, title=" ".join(p for p in parts if p))


def word_changed(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Put another word in the place of one of the title."""
    parts, at = work.title.split(" "), chance.choice(_long(work))
    other = chance.choice(pool.words)
    while other.casefold()[:4] == parts[at].casefold()[:4]:
        other = chance.choice(pool.words)
    return _with_words(work, [*parts[:at], other, *parts[at + 1 :]])


def word_dropped(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Leave a word out of the title, not the last one."""
    parts, at = work.title.split(" "), chance.choice(_long(work)[:-1])
    return _with_words(work, [*parts[:at], *parts[at + 1 :]])


def word_added(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Put a word more into the title."""
    parts, at = work.title.split(" "), chance.choice(_long(work))
    return _with_words(work, [*parts[:at], chance.choice(pool.words).lower(), *parts[at:]])


def words_swapped(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Swap two words of the title."""
    parts = work.title.split(" ")
    one, two = chance.sample(_long(work), 2)
    parts[one], parts[two] = parts[two], parts[one]
    return _with_words(work, parts)


def _other(work: Work, pool: Pool, chance: random.Random) -> Name:
    """Return the name of somebody who had no part in the work."""
    held = {names.fold(n.family) for n in work.authors}
    while True:
        name = chance.choice(pool.people)
        if names.fold(name.family) not in held and len(name.family) > 3:
            return short_names([name])[0] if all(len(n.given) < 3 for n in work.authors) else name


def author_at(at: Callable[[Work, random.Random], int]) -> Change:
    """Put another author in one place of the list."""

    def change(work: Work, pool: Pool, chance: random.Random) -> Work:
        place = at(work, chance)
        new = _other(work, pool, chance)
        return replace(work, authors=(*work.authors[:place], new, *work.authors[place + 1 :]))

    return change


def author_dropped(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Leave an author out, not the first."""
    at = chance.randrange(1, len(work.authors))
    return replace(work, authors=(*work.authors[:at], *work.authors[at + 1 :]))


def author_added(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Put an author more into the list, not in front."""
    at = chance.randrange(1, len(work.authors) + 1)
    return replace(work, authors=(*work.authors[:at], _other(work, pool, chance), *work.authors[at:]))


def authors_swapped(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Swap the first two authors."""
    return replace(work, authors=(work.authors[1], work.authors[0], *work.authors[2:]))


def journal_changed(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Name another journal, one that exists."""
    while True:
        other = chance.choice(pool.journals)
        if journals.same(other, work.container) is False:
            return replace(work, container=other)


def year_changed(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Give another year, two away at least."""
    return replace(work, issued=Date((work.year or 0) + chance.choice([-9, -4, -3, -2, 2, 3, 4, 7])))


def _number(text: str, chance: random.Random) -> str:
    first = int("".join(c for c in text.partition("-")[0] if c.isdigit())[:6] or "1")
    return str(max(1, first + chance.choice([-30, -11, -3, -1, 1, 2, 7, 11, 30, 100]) or 2))


def volume_changed(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Give another volume."""
    other = work.volume
    while other == work.volume or other == str(work.year):
        other = _number(work.volume, chance)
    return replace(work, volume=other)


def pages_changed(work: Work, pool: Pool, chance: random.Random) -> Work:
    """Give other pages."""
    first, dash, _ = work.pages.partition("-")
    other = first
    while other == first:
        other = _number(first, chance)
    return replace(work, pages=f"{other}-{int(other) + chance.randrange(2, 9)}" if dash else other)


def _several(work: Work) -> bool:
    return 2 <= len(work.authors) <= 6 and all(n.family for n in work.authors)


def _differing(work: Work) -> bool:
    return _several(work) and len({names.fold(n.family) for n in work.authors[:2]}) > 1


DEFECTS: dict[str, Defect] = {
    "a title word changed": Defect("title-mismatch", lambda w: len(_long(w)) > 1, word_changed),
    "a title word left out": Defect("title-mismatch", lambda w: len(_long(w)) > 2, word_dropped),
    "a title word added": Defect("title-mismatch", lambda w: len(_long(w)) > 1, word_added),
    "two title words swapped": Defect("title-mismatch", lambda w: len(set(_long(w))) > 2, words_swapped),
    "another first author": Defect(
        "author-mismatch", lambda w: bool(w.authors) and bool(w.authors[0].family), author_at(lambda w, c: 0)
    ),
    "another co-author": Defect(
        "author-mismatch", _several, author_at(lambda w, c: c.randrange(1, len(w.authors)))
    ),
    "an author left out": Defect("author-mismatch", _several, author_dropped),
    "an author invented": Defect("author-mismatch", _several, author_added),
    "two authors swapped": Defect("author-mismatch", _differing, authors_swapped),
    "another journal": Defect("container-mismatch", lambda w: bool(w.container), journal_changed),
    "another year": Defect("year-mismatch", lambda w: bool(w.year), year_changed),
    "another volume": Defect("locator-mismatch", lambda w: w.volume.isdigit(), volume_changed),
    "other pages": Defect("locator-mismatch", lambda w: w.pages[:1].isdigit(), pages_changed),
}


def as_kept(record: Record, chance: random.Random, cut: bool = True) -> Work:
    """Return a work as people keep it in a .bib file: shortened, abbreviated, another of its years.

    With `cut` a long list of authors may end in "and others".
    """
    work = record.work
    years = sorted(compare.years_of(work)) or [0]
    changes: list[Callable[[Work], Work]] = [
        lambda w: replace(w, container=abbreviate(w.container)),
        lambda w: replace(w, authors=short_names(w.authors)),
        lambda w: replace(w, pages=abbreviated_pages(w.pages)),
        lambda w: replace(w, pages=w.pages.partition("-")[0]),
        lambda w: replace(w, title=head) if len((head := w.title.partition(": ")[0]).split()) > 2 else w,
        lambda w: replace(w, subtitle=""),
        lambda w: replace(w, issued=Date(chance.choice(years))) if years[0] else w,
        lambda w: replace(w, authors=w.authors[:3], more_authors=True) if cut and len(w.authors) > 6 else w,
        lambda w: replace(w, issue=""),
        lambda w: replace(w, title=w.title[:1] + w.title[1:].lower()),
        lambda w: replace(w, title=f"{w.title}."),
    ]
    for change in chance.sample(changes, 4):
        work = change(work)
    return replace(
        bare(work), ids=tuple(i for i in record.work.ids if i.kind == "doi"), type=record.work.type
    )
