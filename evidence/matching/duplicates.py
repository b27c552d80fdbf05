"""Which references name one work: by identifier, else by title, author, year and place together. Pure.

Stricter than `same`, which ties a list item to the entry that it shows: nobody may be told that two
different works are one. What speaks against it (another journal, volume, page, edition or kind of
work) is never outvoted, and a title alone never decides. Parts, replies, yearly updates, editions, a
book and its chapter, a preprint and the article that it became are two works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.matching.same import (
    TELLING,
    Identifiers,
    first_page,
    folded_title,
    identifiers_of,
    identity,
    same_first_author,
    told_by_ids,
)
from evidence.model import Work
from evidence.names import fold, same_family

#: How many different works of one title are looked through; more are not compared with each other.
_MOST_BEARERS = 50

#: Words of a title from which on a mistyped word in it is told from another title, and from which on
#: a title with one author, or with a journal and a year, names a work that gives no volume and no page.
_LONG = 5
_TELLING_ALONE = 6

#: Words of which titles of standing sections are made.
_SECTIONS = """
a|an|and|answers|article|articles|books|brief|case|column|committee|conference|contents|correspondence
editor|editorial|editors|foreword|from|guest|help|in|introduction|issue|journal|letter|letters
literature|meeting|message|news|note|notes|obituary|of|on|our|poem|poster|preface|president|presidents
quiz|questions|report|reports|review|reviews|section|society|summary|the|this|to|update|volume|welcome|world
"""

#: Kinds of works of which each is its own, whatever title it shares with a work of another kind.
_APART = {
    "thesis": "thesis", "dataset": "data", "software": "software", "patent": "patent", "standard": "standard",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book",
    "chapter": "part", "entry": "part", "entry-encyclopedia": "part", "entry-dictionary": "part",
    "paper-conference": "paper", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "speech": "speech", "review": "review", "review-book": "review",
}  # fmt: skip


def group(works: Sequence[Work]) -> list[list[int]]:
    """Return the groups of works that are one (their indices, each at least two, in order).

    Works are compared only within buckets of an equal identifier, title, or author and year, so that
    time grows with their number; two works with different identifiers never come into one group, not
    even by way of a third one that has none.
    """
    groups: list[list[int]] = []
    buckets: dict[str, list[int]] = defaultdict(list)
    identifiers = [identifiers_of(work) for work in works]
    for index, work in enumerate(works):
        names = list(_buckets(work, identifiers[index]))
        for number in dict.fromkeys(number for name in names for number in buckets[name]):
            members = groups[number]
            told = [
                _told(works[m], identifiers[m], work, identifiers[index]) for m in members[:_MOST_BEARERS]
            ]
            if False not in told and (True in told or _is_one(works[members[0]], work)):
                members.append(index)
                break
        else:
            number = len(groups)
            groups.append([index])
        for name in names:
            if number not in buckets[name] and len(buckets[name]) < _MOST_BEARERS:
                buckets[name].append(number)
    return [members for members in groups if len(members) > 1]


def like_titles(a: Work, b: Work) -> bool:
    """Whether most words of the shorter one of two titles stand in the other too, or one has no title."""
    ours, theirs = set(folded_title(a).split()), set(folded_title(b).split())
    return not ours or not theirs or 4 * len(ours & theirs) >= 3 * min(len(ours), len(theirs))


def _buckets(work: Work, identifiers: Identifiers) -> Iterable[str]:
    for kind, values in identifiers.items():
        for value in sorted(values):
            yield f"{kind}:{value}"
    yield f"title:{title}" if (title := folded_title(work)) else identity(work)
    people = work.authors or work.editors
    if title and people and work.year:
        yield f"who:{fold(people[0].family or people[0].literal)}|{work.year}"


def _told(a: Work, ours: Identifiers, b: Work, theirs: Identifiers) -> bool | None:
    """Whether identifiers say that two works are one or two; None where they say nothing.

    A chapter may be cited with the identifier of its book: that says nothing of two chapters. A
    preprint's number may stand beside the article that it became.
    """
    told = told_by_ids(ours, theirs)
    if not told:
        return told
    kinds = [_APART.get(work.type, "") for work in (a, b)]
    if {"book", "part", "paper"}.intersection(kinds) and not like_titles(a, b):
        return None
    if sorted(kinds) == ["book", "part"]:
        return None
    if any(ours[kind] & theirs[kind] for kind in ("doi", "pmid", "pmcid") if kind in ours and kind in theirs):
        return True
    return None if _is_preprint_of(a, b) or _is_preprint_of(b, a) else True


def _is_one(a: Work, b: Work) -> bool:
    """Whether two works are one by all that is said of them."""
    if not _may_share_title(a, b):
        return False
    from evidence.matching import locators  # loaded only where two titles are alike
    from evidence.matching.compare import same_container

    checks = (locators.check_volume(a, b), locators.check_issue(a, b), locators.check_pages(a, b))
    volume, issue, pages = (check.state for check in checks)
    first, container, address = same_first_author(a, b), same_container(a, b), _same_address(a, b)
    if first is False or container is False or "differs" in (volume, issue, pages) or _are_apart(a, b):
        return False
    if address is False and not (a.container and b.container):
        return False
    said = _Said(
        first=bool(first),
        people=_shared_people(a, b) if first else 0,
        container=bool(container),
        placed=bool(container) and "agrees" in (volume, issue, pages),
        located=pages == "agrees" and (volume == "agrees" or (volume == "absent" and bool(container))),
        issue=issue == "agrees",
        address=bool(address),
    )
    if _APART.get(a.type) != _APART.get(b.type) and not (said.located or said.container or said.first):
        return False
    return _same_year(a, b, said) and _enough(a, b, said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What two works have in common besides title and year; `people` are how many authors."""

    first: bool
    people: int
    container: bool
    placed: bool
    located: bool
    issue: bool
    address: bool


def _enough(a: Work, b: Work, said: _Said) -> bool:
    """Whether what two works have in common, beside a like title, proves that they are one."""
    title = _title(a, b)
    if not folded_title(a) and not folded_title(b):
        return said.located or said.address
    if title == "equal":
        return said.address or _enough_with_title(a, b, said)
    exact = a.year is not None and a.year == b.year
    if title == "slip":
        return exact and (said.located or (said.people > 1 and said.container))
    if title == "part":
        return said.first and said.located
    return title == "noise" and exact and said.first and said.located


def _enough_with_title(a: Work, b: Work, said: _Said) -> bool:
    """Whether two works of the very same title are one: the less a title says, the more has to agree."""
    length = len(folded_title(a).split())
    # an issue with a paging of its own begins at page 1: there the issue has to agree, or who wrote it
    located = said.located and (said.issue or said.first or not _is_low(a.pages))
    if _says_little(a):
        return located and said.issue
    if length < TELLING:
        return located or (said.first and (said.placed or said.people > 1 or _is_book(a)))
    if said.first:
        return said.placed or located or said.people > 1 or length >= _TELLING_ALONE or _is_book(a)
    # an editorial without a name in front of an article by somebody may bear the title of that
    nameless = not (a.authors or a.editors or b.authors or b.editors)
    stated = nameless and said.container and a.year is not None and a.year == b.year
    return located or (stated and length >= _TELLING_ALONE)


def _is_book(work: Work) -> bool:
    return _APART.get(work.type) == "book"


def _is_low(pages: str) -> bool:
    """Whether a first page is one of the first five, which every issue of its own paging has."""
    digits = first_page(Work(pages=pages))
    return digits.isdecimal() and int(digits[:9]) <= 5


def _may_share_title(a: Work, b: Work) -> bool:
    """Whether titles are alike enough to be compared: a cheap look before the careful one."""
    ours, theirs = folded_title(a), folded_title(b)
    if ours == theirs:
        return True
    one, two = ours.split(), theirs.split()
    if min(len(one), len(two)) < 3:
        return False
    if a.volume == b.volume and a.pages and first_page(a) == first_page(b):
        return True
    short, long = sorted((ours, theirs), key=len)
    return long.startswith(f"{short} ") or 2 * len(set(one) & set(two)) >= max(len(one), len(two))


def _title(a: Work, b: Work) -> str:
    """Say how two titles stand to one another.

    `equal`, `slip` (a word was mistyped), `noise` (several were), `part` (a subtitle is left out), or "".
    """
    ours, theirs = folded_title(a), folded_title(b)
    if ours == theirs:
        return "equal" if ours else ""
    from evidence.matching import twins
    from evidence.matching.wording import changes, compare_words, letters, words

    full = [f"{w.title}: {w.subtitle}" if w.subtitle else w.title for w in (a, b)]
    if letters(full[0]) == letters(full[1]):
        return "equal"
    if twins.kinds(full[0]) != twins.kinds(full[1]) or twins.parts(full[0]) != twins.parts(full[1]):
        return ""
    short, long = sorted(full, key=len)
    if letters(short) in {letters(long[:at]) for at, mark in enumerate(long) if mark in ":.?!–—;"}:
        return "part"
    weight, _ = compare_words(words(full[0]), words(full[1]))
    if weight in (None, "note"):
        return "slip" if len(words(short)) >= _LONG else "noise"
    from rapidfuzz import fuzz

    changed = [("".join(x), "".join(y)) for x, y in changes(words(full[0]), words(full[1]))]
    return "noise" if all(fuzz.ratio(x, y) >= 70 for x, y in changed) else ""


def _says_little(work: Work) -> bool:
    """Whether a title says what a work is and not what it is about: "Letter to the editor", its journal."""
    from evidence.matching import twins
    from evidence.matching.titles import is_artefact
    from evidence.matching.wording import entries

    title = folded_title(work)
    if twins.kinds(work.title) or is_artefact(work.title) or title in (fold(work.container), ""):
        return True
    return all(word in entries(_SECTIONS) for word in title.split())


def _are_apart(a: Work, b: Work) -> bool:
    """Whether two works are of kinds, editions or volumes that make them two."""
    one, two = _APART.get(a.type), _APART.get(b.type)
    if _is_preprint_of(a, b) or _is_preprint_of(b, a):
        return True
    if one and two and one != two and {one, two} != {"article", "paper"}:
        return True
    if {"thesis", "data", "software", "patent", "standard", "speech"} & {one, two} and one != two:
        return True
    if a.edition and b.edition and _number(a.edition) != _number(b.edition):
        return True
    return "book" in (one, two) and bool(a.volume) != bool(b.volume)


def _number(edition: str) -> str:
    """Return what tells an edition from others: "3rd ed." is 3, "Third" is third."""
    digits = "".join(c for c in edition if c.isdigit())
    return digits or fold(edition).split(" ")[0]


def _is_preprint_of(a: Work, b: Work) -> bool:
    """Whether the first is a preprint and the second was published."""
    from evidence.matching.compare import claims_publication, is_preprint

    number = any(i.kind == "arxiv" for i in a.ids) and not a.container
    return (number or is_preprint(a)) and claims_publication(b) and not is_preprint(b)


def _same_year(a: Work, b: Work, said: _Said) -> bool:
    """Whether the years fit: equal, missing, or one apart where a work was online before it was in print.

    A report that comes out every year has its title and authors each time: there only the place in a
    journal tells, or that one of the two has no place yet.
    """
    if a.year is None and b.year is None:
        return True
    if a.year is None or b.year is None:
        return said.located or (said.first and not _is_periodic(a) and not _is_periodic(b))
    if a.year == b.year:
        return True
    one_unprinted = bool(a.volume) != bool(b.volume) and bool(a.pages) != bool(b.pages)
    ahead = one_unprinted and said.container and said.people > 1
    return abs(a.year - b.year) == 1 and said.first and (said.located or ahead)


def _is_periodic(work: Work) -> bool:
    """Whether a work is of a kind that comes out anew: a book, a report, a page."""
    return _APART.get(work.type) not in ("article", "paper", "part", "thesis")


def _shared_people(a: Work, b: Work) -> int:
    """Return how many people both name, where these are all or the first ones of a list cut short; else 0."""
    ours, theirs = (work.authors or work.editors for work in (a, b))
    if len(ours) != len(theirs) and not (a.more_authors or b.more_authors):
        return 0
    shared = [same_family(x, y) for x, y in zip(ours, theirs, strict=False)]
    return len(shared) if all(shared) else 0


def _same_address(a: Work, b: Work) -> bool | None:
    """Whether two works stand at one address; None where one has none."""
    ours, theirs = (_bare(work.url) for work in (a, b))
    return ours == theirs if ours and theirs else None


def _bare(url: str) -> str:
    """Return an address without what may be written in two ways for one page."""
    _, _, rest = url.strip().partition("://")
    return rest.casefold().removeprefix("www.").partition("#")[0].rstrip("/")
