"""Whether two works are one: by identifier, else by title, year and first author.

For duplicates in a list and for list items that name a bibliography entry. Both works are as
somebody wrote them, so that differences in form never count: accents, case, punctuation, markup,
"KA" and "Kenneth A.". Two works whose identifiers differ are two, whatever else they share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Generic, TypeVar

from evidence.ids import normalise
from evidence.model import Id, Name, Work
from evidence.names import fold, same_family

T = TypeVar("T")

#: Identifiers that name one work; an ISBN or ISSN is shared by chapters and articles, the number of a
#: trial by all that was written about it: that one counts where there is no title.
_NAMING = ("doi", "pmid", "pmcid", "arxiv", "nct")
#: Kinds of which one work may bear several (versions, registrations): a difference proves nothing.
_LOOSE = frozenset({"arxiv", "nct"})
#: A title with fewer words is shared by many works ("Editorial", "Back pain").
TELLING = 4

#: The identifiers of a work by kind, in normal form.
Identifiers = dict[str, set[str]]

_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,60}>|\\[A-Za-z]{1,20}\*?|[{}$\\]")
_FIRST_PAGE = re.compile(r"[A-Za-z]{0,3}0*(\d{1,9})")


def same_work(a: Work, b: Work) -> bool:
    """Tell whether two works are one and the same.

    The first kind of identifier that both have decides, DOI before PMID before PMCID. Without one in
    common: equal titles, years that agree (one apart where a DOI is missing and the first author
    agrees), first authors that do not contradict; a title that says little needs the container,
    volume and pages, or the first author to agree as well.
    """
    told = told_by_ids(identifiers_of(a), identifiers_of(b))
    if told is None and _same_trial(a, b):
        return True
    return _same_description(a, b) if told is None else told


def told_by_ids(ours: Identifiers, theirs: Identifiers) -> bool | None:
    """Whether identifiers say that two works are one or two; None where they say nothing."""
    for kind in _NAMING:
        if kind != "nct" and kind in ours and kind in theirs:
            if ours[kind] & theirs[kind]:
                return True
            if kind not in _LOOSE:
                return False
    return None


def _same_trial(a: Work, b: Work) -> bool:
    """Whether two works bear the number of one trial, and one is known by nothing else."""
    ours, theirs = ({id_ for id_ in work.ids if id_.kind == "nct"} for work in (a, b))
    return bool(ours & theirs) and not (folded_title(a) and folded_title(b))


def identifiers_of(work: Work) -> Identifiers:
    """Return the identifiers of a work that name it, by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for identifier in work.ids:
        if identifier.kind in _NAMING:
            found[identifier.kind].add(_normal(identifier))
    return found


def _normal(identifier: Id) -> str:
    return normalise(identifier.kind, identifier.value) or identifier.value


def _same_description(a: Work, b: Work) -> bool:
    title = folded_title(a)
    if not title:
        return not folded_title(b) and _same_place(a, b)
    if title != folded_title(b):
        return False
    author = same_first_author(a, b)
    if author is False or not _same_year(a, b, author is True):
        return False
    if len(title.split()) >= TELLING:
        return True
    if _agree(a.url, b.url) is True:
        return True
    if _contradict(a, b):
        return False
    return author is True or _same_container(a, b) is True or _same_locator(a, b)


def _same_year(a: Work, b: Work, same_author: bool) -> bool:
    if a.year is None or b.year is None or a.year == b.year:
        return True
    return abs(a.year - b.year) == 1 and same_author and not (a.doi and b.doi)


def same_first_author(a: Work, b: Work) -> bool | None:
    """Whether the first authors agree; None where one work names none."""
    ours, theirs = (work.authors or work.editors for work in (a, b))
    if not ours or not theirs:
        return None
    return same_family(ours[0], theirs[0])


def _same_container(a: Work, b: Work) -> bool | None:
    ours, theirs = ({fold(t) for t in (w.container, w.short_container) if t} for w in (a, b))
    return bool(ours & theirs) if ours and theirs else None


def _same_locator(a: Work, b: Work) -> bool:
    """Whether volume and first page, or volume and issue, are given on both sides and equal."""
    volume = _agree(a.volume, b.volume)
    return bool(volume) and (_agree(first_page(a), first_page(b)) is True or _agree(a.issue, b.issue) is True)


def _contradict(a: Work, b: Work) -> bool:
    """Whether volume or first page are given on both sides and differ."""
    return _agree(a.volume, b.volume) is False or _agree(first_page(a), first_page(b)) is False


def _agree(a: str, b: str) -> bool | None:
    """Whether two texts are equal; None where one is missing."""
    a, b = a.strip().casefold().rstrip("/"), b.strip().casefold().rstrip("/")
    return a == b if a and b else None


def _same_place(a: Work, b: Work) -> bool:
    """Whether two works without a title stand on the same page of the same volume, or at one address."""
    if _agree(a.url, b.url) is True:
        return True
    agree = _agree(a.volume, b.volume) and _agree(first_page(a), first_page(b))
    return bool(agree) and _same_container(a, b) is not False and same_first_author(a, b) is not False


def folded_title(work: Work) -> str:
    """Return title and subtitle for comparing: no markup, accents, case or punctuation."""
    title = f"{work.title} {work.subtitle}" if work.subtitle else work.title
    if "<" in title or "\\" in title or "{" in title or "$" in title:
        title = _MARKUP.sub("", title)
    return fold(title)


def first_page(work: Work) -> str:
    """Return the number of the first page ("146-56" gives "146"), or an article number folded."""
    pages = work.pages.strip()
    found = _FIRST_PAGE.match(pages)
    return found.group(1) if found else fold(pages)


def identity(work: Work) -> str:
    """Return a stable key that equal works share: for fingerprints, and to look up candidates.

    An identifier where there is one; else the folded title, with the first author only where the
    title says little; else where the work stands. It holds when a year is corrected.
    """
    identifiers = identifiers_of(work)
    title = folded_title(work)
    for kind in _NAMING:
        if kind in identifiers and not (kind == "nct" and title):
            return f"{kind}:{min(identifiers[kind])}"
    people = work.authors or work.editors
    family = _folded_name(people[0]) if people else ""
    if title:
        if len(title.split()) >= TELLING:
            return f"title:{title}"
        return f"title:{title}|{family}"
    place = "|".join((fold(work.container or work.short_container), work.volume.strip(), first_page(work)))
    if place.strip("|"):
        return f"place:{place}|{family}|{work.year or ''}"
    return f"url:{work.url}" if work.url else f"name:{family}|{work.year or ''}"


def _folded_name(name: Name) -> str:
    return fold(name.literal or name.family or name.given)


class Known(Generic[T]):
    """Works by identifier and by what a title folds to, so that looking one up is not a walk."""

    def __init__(self) -> None:
        self._by_id: dict[Id, list[tuple[Work, T]]] = defaultdict(list)
        self._by_description: dict[str, list[tuple[Work, T]]] = defaultdict(list)

    def add(self, work: Work, bears: T) -> None:
        """Take in a work, and what is to be returned for it."""
        for identifier in work.ids:
            self._by_id[identifier].append((work, bears))
        self._by_description[_description(work)].append((work, bears))

    def find(self, work: Work) -> T | None:
        """Return what belongs to the first work that is the same as `work`, or None."""
        near = [known for identifier in work.ids for known in self._by_id.get(identifier, ())]
        near += self._by_description.get(_description(work), ())
        return next((bears for known, bears in near if same_work(work, known)), None)


def _description(work: Work) -> str:
    """Return what tells works apart when identifiers are left out of account."""
    return identity(replace(work, ids=()))
