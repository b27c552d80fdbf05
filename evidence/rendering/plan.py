"""Which entries the lists of a page hold, in which order, and what number each has. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.errors import UsageError
from evidence.matching.duplicates import group
from evidence.model import Citation, Document, Edit, Work
from evidence.names import fold
from evidence.rendering import people
from evidence.rendering.numbering import renumbering
from evidence.rendering.parts import full_title
from evidence.rendering.pieces import visible

#: The orders of a list: as it stands, by first citation (NLM, AMA), by author (APA).
ORDERS = ("listed", "cited", "author")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How lists are to be made: `order` is one of `ORDERS` ("" leaves it to the list's marker).

    With `drop_uncited` a list of what is cited loses what no marker cites. `root` is where relative
    paths of .csl files begin.
    """

    order: str = ""
    drop_uncited: bool = False
    root: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: what numbers mean now (`before`, by number), its keys as they will be, its first number.

    `numbers` are the numbers that keys will have; a key that was merged into another has that one's.
    """

    before: Mapping[int, str]
    keys: tuple[str, ...]
    start: int
    numbers: Mapping[str, int]

    def number(self, old: int) -> int | None:
        """Return the number that what was number `old` will have; None where it is left out."""
        key = self.before[old]
        at = list(self.before).index(old) if self.twice else -1
        # a list that goes on holding an entry twice keeps a number for each
        return self.start + at if self.keys[at : at + 1] == (key,) else self.numbers.get(key)

    def moved(self, start: int) -> Listing:
        """Return the list with another first number."""
        by = start - self.start
        return replace(self, start=start, numbers={key: n + by for key, n in self.numbers.items()})

    @property
    def is_moved(self) -> bool:
        """Whether the list will begin with another number than now."""
        return self.start != min(self.before, default=self.start)

    @property
    def twice(self) -> bool:
        """Whether an entry stands in the list more than once."""
        return len(set(self.keys)) < len(self.keys)

    def places(self, old_keys: Sequence[str]) -> list[int | None]:
        """Return the index in `keys` that each item of the present list will have."""
        free: dict[int, list[int]] = {}
        for at, key in enumerate(self.keys):
            free.setdefault(self.numbers[key], []).append(at)
        result: list[int | None] = []
        for key in old_keys:
            places = free.get(self.numbers.get(key, self.start - 1), [])
            result.append((places.pop(0) if len(places) > 1 else places[0]) if places else None)
        return result


def listing(
    before: Mapping[int, str], keys: Sequence[str], merged: Mapping[str, str], start: int = 1
) -> Listing:
    """Return a list with its numbers; `merged` as `arranged` gives it."""
    numbers: dict[str, int] = {}
    for number, key in enumerate(keys, start):
        numbers.setdefault(key, number)
    numbers |= {key: numbers[kept] for key, kept in merged.items() if kept in numbers}
    return Listing(before, tuple(keys), start, numbers)


def follow_on(starts: Sequence[int], lengths: Sequence[int], new_lengths: Sequence[int]) -> list[int]:
    """Return the first numbers of the lists of a page, which may count on from one another.

    A list that begins where the one before it ended goes on doing so when that one grows or shrinks.
    """
    result: list[int] = []
    for at, start in enumerate(starts):
        goes_on = at > 0 and start > 1 and start == starts[at - 1] + lengths[at - 1]
        result.append(result[-1] + new_lengths[at - 1] if goes_on else start)
    return result


def arranged(
    keys: Sequence[str],
    works: Mapping[str, Work],
    document: Document,
    wishes: Wishes,
    *,
    show: str = "all",
    order: str = "",
    merge: bool = True,
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the keys of one list in its order, each work once, and which keys were merged into which.

    `show` and `order` are the marker's; without `merge` what stands twice goes on doing so. Raises
    UsageError for an unknown order, and where what is uncited shall go and nothing is cited.
    """
    order = wishes.order or order or "listed"
    if order not in ORDERS:
        raise UsageError(f"there is no order {order!r}: choose {' or '.join(ORDERS)}")
    kept, merged = _each_once(keys, works) if merge else (tuple(keys), {})
    cited = [merged.get(key, key) for key in cited_keys(document)]
    if show == "uncited":
        return (
            tuple(sorted(kept, key=lambda k: _by_author(works[k]))) if order == "author" else kept
        ), merged
    if wishes.drop_uncited:
        if not cited:
            raise UsageError("no citation marker is recognised on the page, so nothing can be dropped")
        kept = tuple(key for key in kept if key in set(cited))
    if order == "cited":
        first = {key: at for at, key in reversed(list(enumerate(cited)))}
        kept = tuple(sorted(kept, key=lambda key: first.get(key, len(cited))))
    elif order == "author":
        kept = tuple(sorted(kept, key=lambda key: _by_author(works[key])))
    return kept, merged


def _each_once(keys: Sequence[str], works: Mapping[str, Work]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return each work once, under the key that stands first."""
    unique = list(dict.fromkeys(keys))
    merged: dict[str, str] = {}
    for members in group([works[key] for key in unique]):
        first, *others = sorted(members)
        merged.update({unique[other]: unique[first] for other in others})
    return tuple(key for key in unique if key not in merged), merged


def _by_author(work: Work) -> tuple[str, int, str]:
    """Return what APA sorts by: authors, year, title without its article (9.44-9.49)."""
    title = fold(visible(full_title(work)))
    bare = title.removeprefix("the ").removeprefix("a ").removeprefix("an ")
    return fold(people.apa(work.authors or work.editors)) or bare, work.year or 0, bare


def cited_keys(document: Document) -> list[str]:
    """Return the keys that the markers of a page cite, in order of first citation."""
    found: dict[str, None] = {}
    for citation in document.citations:
        for key in _in_order(citation):
            found.setdefault(key, None)
    return list(found)


def _in_order(citation: Citation) -> Sequence[str]:
    """Return the keys of a citation; those written as keys count too where the page knows no entry."""
    if citation.form == "key":
        return (*citation.keys, *(label for label in citation.labels if label in citation.dangling))
    return citation.keys


def number_edits(document: Document, listings: Sequence[Listing]) -> list[Edit]:
    """Return the edits that give the markers of a page the numbers that its lists will have.

    Raises UsageError where a marker cannot be changed.
    """
    if all(one.number(number) == number for one in listings for number in one.before):
        return []

    def meaning(citation: Citation, label: str) -> int | None:
        if not label.isdecimal():
            return None
        for one in listings:
            key = one.before.get(int(label))
            if key is not None and key in citation.keys:
                number = one.number(int(label))
                if number is None:
                    raise UsageError(f"marker [{label}] cites {key}, which the list does not hold")
                return number
        return None

    return renumbering(document, document.citations, meaning)
