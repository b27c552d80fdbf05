"""Measures which entries of a bibliography are told to be one work.

    python scripts/benchmark_duplicates.py [--development] [--seed N] [-v]

Every record becomes an entry as people keep it, without any identifier: whatever two of them are then
told to be one are two DOIs. Once with all fields, once without volume, issue and pages, once without
the journal too, and once with half of the entries of each kind. Then half of the entries get a second
one without DOI whose title is noised (typing errors, capitals, accents lost, a subtitle left out) and
whose names, journal and pages are shortened: how many of these are found beside the first. Nobody is
asked; `evidence check` knows more where registries answer. Exits 0 where the data is missing.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from noise import typos
from planted import as_kept
from printed_styles import abbreviated_pages, short_names
from world import WORKS, halves, read_works

from evidence.matching.duplicates import group
from evidence.model import Work
from evidence.names import fold

Change = Callable[[Work], Work]

#: What is left of an entry, by the name it is printed with.
FORMS: dict[str, Change] = {
    "all fields": lambda work: work,
    "no volume, issue, pages": lambda work: replace(work, volume="", issue="", pages=""),
    "title, authors, year": lambda work: replace(
        work, volume="", issue="", pages="", container="", short_container=""
    ),
}


def accused(works: Sequence[Work], forms: Sequence[Change]) -> list[tuple[Work, Work]]:
    """Return the pairs of different DOIs that are told to be one work, identifiers taken away."""
    entries = [(work, replace(form(work), ids=(), url="")) for form in forms for work in works]
    pairs = []
    for members in group([entry for _, entry in entries]):
        first = entries[members[0]][0]
        others = {entries[m][0].doi: entries[m][0] for m in members}
        pairs += [(first, other) for doi, other in others.items() if doi != first.doi]
    return pairs


def again(work: Work, chance: random.Random) -> Work:
    """Return a work as somebody else would have typed it, without its DOI."""
    kind = chance.randrange(5)
    title = work.title
    if kind == 0:
        title = typos(title, chance)
    elif kind == 1:
        title = title.upper()
    elif kind == 2:
        title = fold(title)
    elif kind == 3:
        title = title.partition(": ")[0] if len(title.partition(": ")[0].split()) > 3 else title.title()
    return replace(
        work, title=title, ids=(), url="", authors=short_names(work.authors),
        pages=abbreviated_pages(work.pages), container=work.short_container or work.container,
    )  # fmt: skip


def found(works: Sequence[Work], chance: random.Random) -> tuple[int, int, list[Work]]:
    """Return how many second entries are found beside their first one, of how many, and the missed."""
    twice = [work for n, work in enumerate(works) if n % 2]
    entries = [*works, *(again(work, chance) for work in twice)]
    begin = len(works)
    right: set[int] = set()
    for members in group(entries):
        firsts = {works[m].doi for m in members if m < begin}
        right |= {m for m in members if m >= begin and twice[m - begin].doi in firsts}
    missed = [entries[n] for n in range(begin, len(entries)) if n not in right]
    return len(right), len(twice), missed


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--development", action="store_true", help="the half that rules were made on")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("-v", "--verbose", action="store_true")
    told = parser.parse_args()
    if not WORKS.exists():
        print(f"{WORKS} is not here: nothing is measured")
        return 0
    chance = random.Random(told.seed)
    records = halves(read_works(), not told.development)
    works = [as_kept(record, chance, cut=False) for record in records if record.work.title]
    print(f"{len(works)} works of {'the development' if told.development else 'the held-out'} half")
    for name, forms in (
        *((n, [f]) for n, f in FORMS.items()),
        ("all three forms mixed", list(FORMS.values())),
    ):
        pairs = accused(works, forms)
        print(f"{name:24} {len(pairs):4} pairs of different DOIs told to be one work")
        for one, other in pairs if told.verbose else ():
            print(
                "   ",
                [
                    (w.doi, w.title[:90], w.year, w.container[:30], w.volume, w.pages, w.type)
                    for w in (one, other)
                ],
            )
    right, wanted, missed = found(works, chance)
    print(f"second entries without DOI found: {right} of {wanted} ({right / wanted:.3f})")
    for work in missed[:40] if told.verbose else ():
        print("   ", work.title[:110], work.year, work.container, work.volume, work.pages, len(work.authors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
