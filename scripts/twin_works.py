"""Twins of registered works: what published matchers take for the work itself.

Each maker returns the work that is cited and a record that is nearly like it, or None where a work
cannot have such a twin. Which of the two is the made one is left to chance, so that neither side is
known by its looks.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from evidence.model import Date, Id, Name, Record

Pair = tuple[Record, Record]
Maker = Callable[[Record, random.Random], Pair | None]


def other(record: Record, **changes: object) -> Record:
    """Return a record of another DOI with some fields changed."""
    work = replace(record.work, ids=(Id("doi", f"{record.work.doi}.t"),), subtitle="", extra={})
    return replace(record, work=replace(work, **changes), notices=())  # type: ignore[arg-type]


def later(pages: str, chance: random.Random) -> str:
    """Return pages some way behind."""
    first = "".join(c for c in pages.partition("-")[0] if c.isdigit())
    at = int(first or 1) + chance.choice((1, 3, 12, 40, 211))
    return f"{at}-{at + chance.randrange(1, 9)}" if "-" in pages else str(at)


def either(one: Record, two: Record, chance: random.Random) -> Pair:
    """Return the two in an order left to chance: cited first."""
    return (one, two) if chance.random() < 0.5 else (two, one)


def parts(record: Record, chance: random.Random) -> Pair | None:
    """Make part 1 and part 3 of one study, by the same authors, in the same volume or the next."""
    a, b = chance.sample(range(1, 6), 2)
    form = chance.choice(("{}. Part {}", "{}: part {}", "{} Part {}: results", "{}. {}.", "{}, phase {}"))
    roman = ["", "I", "II", "III", "IV", "V"]
    name = (lambda n: roman[n]) if chance.random() < 0.5 else str
    title = record.work.title.rstrip(".")
    one = replace(record, work=replace(record.work, title=form.format(title, name(a))))
    two = other(record, title=form.format(title, name(b)), pages=later(record.work.pages, chance))
    return either(one, two, chance)


def reply(record: Record, chance: random.Random) -> Pair | None:
    """Make a letter about the work, or the answer to it, in the same journal."""
    form = chance.choice(
        (
            "{}: Reply",
            "Reply to: {}",
            "Comment on “{}”",
            "{}—Reply",
            "Response to: {}",
            "In Reply: {}",
            "Re: {}",
        )
    )
    people = record.work.authors[:1] if chance.random() < 0.5 else (Name("Vandermolen", "Q"),)
    two = other(
        record,
        title=form.format(record.work.title.rstrip(".")),
        authors=people,
        pages=later(record.work.pages, chance),
    )
    return either(record, two, chance)


def notice(record: Record, chance: random.Random) -> Pair | None:
    """Make the erratum, the retraction notice or the editorial of the work."""
    form = chance.choice(
        (
            "Erratum: {}",
            "Correction to: {}",
            "Corrigendum to “{}”",
            "Retraction: {}",
            "Editorial: {}",
            "Retraction notice to “{}”",
            "Expression of concern: {}",
            "Erratum to {}",
        )
    )
    two = other(
        record, title=form.format(record.work.title.rstrip(".")), pages=later(record.work.pages, chance)
    )
    return either(record, two, chance)


def same_page(record: Record, chance: random.Random) -> Pair | None:
    """Make another short item by other people that begins on the same page."""
    words = record.work.title.rstrip(".").split()
    if len(words) < 4:
        return None
    title = " ".join(chance.sample(words, len(words) // 2)) + " after follow-up: a brief report"
    two = other(
        record,
        title=title,
        authors=(Name("Ostrovanko", "B"), Name("Hale", "T")),
        pages=record.work.pages.partition("-")[0],
    )
    return record, two


def yearly(record: Record, chance: random.Random) -> Pair | None:
    """Make the same report of another year: guidelines, statistics, recommendations."""
    year = record.work.year or 2010
    title = record.work.title.rstrip(".")
    form = chance.choice(("{}—{} update", "{}: {}", "{} {}", "{}, {}"))
    other_year = year + chance.choice((-3, -2, -1, 1, 2, 3))
    one = replace(record, work=replace(record.work, title=form.format(title, year)))
    volume = str(int(record.work.volume) + other_year - year) if record.work.volume.isdigit() else ""
    two = other(
        record,
        title=form.format(title, other_year),
        issued=Date(other_year),
        dates={},
        volume=volume,
        pages=later(record.work.pages, chance),
    )
    return either(one, two, chance)


def preprint(record: Record, chance: random.Random) -> Pair | None:
    """Make the preprint of the article."""
    year = (record.work.year or 2010) - chance.choice((0, 0, 1))
    two = other(
        record,
        type="article",
        container=chance.choice(("bioRxiv", "medRxiv", "")),
        volume="",
        issue="",
        pages="",
        issued=Date(year),
        dates={},
        short_container="",
        publisher="Cold Spring Harbor",
    )
    return record, two


def abstract(record: Record, chance: random.Random) -> Pair | None:
    """Make the abstract of a congress that became the paper a year or two later."""
    work = record.work
    year = (work.year or 2010) - chance.choice((1, 2))
    volume = str(int(work.volume) - 1) if work.volume.isdigit() else ""
    title = chance.choice(("{}", "Abstract {}: {}", "P{}. {}")).format(chance.randrange(10, 900), work.title)
    title = work.title if title.isdigit() else title
    two = other(
        record,
        title=title,
        issued=Date(year),
        dates={},
        volume=volume,
        issue="Suppl 1",
        pages=f"S{chance.randrange(10, 300)}",
    )
    return record, two


def chapter(record: Record, chance: random.Random) -> Pair | None:
    """Make a book of the title of the work."""
    two = other(
        record,
        type="book",
        container="",
        short_container="",
        volume="",
        issue="",
        pages="",
        publisher="Imaginary Press",
    )
    return record, two


def republished(record: Record, chance: random.Random) -> Pair | None:
    """Make a like title by the same first author two years later, in another journal."""
    words = record.work.title.rstrip(".").split()
    if len(words) < 6:
        return None
    at = chance.randrange(1, len(words) - 1)
    title = " ".join([*words[:at], *words[at + 1 :]]) + ": two-year results"
    two = other(
        record,
        title=title,
        issued=Date((record.work.year or 2010) + 2),
        dates={},
        short_container="",
        container="International Journal of Imaginary Medicine",
        volume="7",
        issue="3",
        pages="101-110",
    )
    return either(record, two, chance)


KINDS: dict[str, Maker] = {
    "parts of a series": parts,
    "reply and comment": reply,
    "notice and editorial": notice,
    "same first page": same_page,
    "yearly update": yearly,
    "preprint": preprint,
    "congress abstract": abstract,
    "book": chapter,
    "two-year results": republished,
}
