"""The evidence that a registered work is the one a reference describes, field by field, and its weight.

Confidence is a logistic function of the evidence. Its weights were fitted (ridge, 60 Newton steps)
on 60,000 pairs of a reference and a candidate: 1,500 Crossref records of one half, chosen by a hash
of the DOI, each cited in five styles, half of the targets hidden. There no reference had a wrong
field, so the weights of disagreement are held at about half of what was fitted: people err more.
`scripts/benchmark_matching.py` prints what comes of it on the other half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from evidence import names
from evidence.matching import locators, people, titles, twins
from evidence.matching.compare import IN_BOOKS, same_container, stands_there, year_agrees, years_of
from evidence.matching.misread import are_words_of
from evidence.matching.rereading import label_around
from evidence.matching.titles import TitleCheck
from evidence.matching.wording import changes, letters, words
from evidence.model import Work

#: Log-odds of the evidence, by field and state; "" is what any candidate of a search begins with.
_WEIGHTS = {
    "": -8.2,
    "title long": 6.6,
    "title agrees": 6.1,
    "title short": 4.1,
    "title near": 3.3,
    "title changed": -0.4,
    "title differs": -5.5,
    "first agrees": 3.7,
    "first differs": -4.0,
    "year agrees": 3.4,
    "year differs": -3.0,
    "container agrees": 1.4,
    "container differs": -2.5,
    "volume agrees": 0.5,
    "volume differs": -2.5,
    "issue agrees": 0.0,
    "issue differs": -2.5,
    "pages agrees": 3.0,
    "pages differs": -3.5,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a candidate; True agrees, False differs, None is absent.

    `length` is in words of the title; `near` says that titles differ as scans do; `twin` by what
    works of like titles are told apart; `exact_year` that the year is registered, not beside one;
    `shared` that some author is in both lists;
    `paged` that the first page is not one that every issue of its own paging has; `overlap` is the
    share of the words of both titles that both have, in whatever order; `ranged` that the
    registered pages are two at least, and the written ones are these; `peopled` that two authors at
    least are written, and each is registered in that place; `gap` is in years, from the nearest registered.
    """

    title: TitleCheck
    length: int
    near: bool
    first: bool | None
    year: bool | None
    container: bool | None
    volume: bool | None
    issue: bool | None
    pages: bool | None
    twin: str
    exact_year: bool = True
    shared: bool = True
    in_book: bool = False
    paged: bool = True
    overlap: float = 0.0
    ranged: bool = False
    peopled: bool = False
    gap: int = 0

    @property
    def placed(self) -> bool:
        """Whether author, journal, year, volume and page all agree, as no other work's do."""
        return bool(self.first and self.container and self.exact_year and self.volume and self.pages)

    @property
    def located(self) -> bool:
        """Whether the place agrees: the first page, and the volume, or else the year or the journal."""
        if not self.pages or self.volume is False:
            return False
        if self.volume is None:
            return (
                self.year is not False and self.container is not False and bool(self.year or self.container)
            )
        return True

    @property
    def misplaced(self) -> bool:
        """Whether the place disagrees: two of page, volume and issue, and none of them agrees."""
        places = (self.pages, self.volume, self.issue)
        return sum(p is False for p in places) > 1 and (self.pages is False or True not in places)

    @property
    def confidence(self) -> float:
        """The weight of the evidence as a logistic function, 0…1; `calibrating` makes a probability of it."""
        total = _WEIGHTS[""] + (_WEIGHTS[f"title {self._title}"] if self._title else 0.0)
        for name in ("first", "year", "container", "volume", "issue", "pages"):
            state = getattr(self, name)
            if state is not None:
                total += _WEIGHTS[f"{name} {'agrees' if state else 'differs'}"]
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    @property
    def _title(self) -> str:
        if self.title.state == "agrees":
            return "long" if self.length >= 8 else "agrees" if self.length >= 4 else "short"
        if self.title.state == "absent":
            return ""
        return "near" if self.near else "changed" if self.title.similarity >= 0.8 else "differs"


_STATES: dict[str, bool | None] = {"agrees": True, "differs": False, "absent": None}


def weigh(written: Work, registered: Work, text: str = "") -> Evidence:
    """Return the evidence that a registered work is the written one.

    What the written work lacks is looked for in `text`, the reference as it was written.
    """
    title = titles.check(written, registered, text)
    first, year, container = (
        people.same_first(written, registered),
        year_agrees(written, registered),
        same_container(written, registered),
    )
    if text:
        # where a reference was taken apart wrongly, its text still has the right author and journal
        first = first or (True if _first_stands(text, registered) else first)
        first = None if first is False and are_words_of(written.authors, registered) else first
        container = container or (True if stands_there(written, registered, text) else container)
    untold = title.state == "agrees" or (text and title.state == "absent")
    if container is False and registered.type == "chapter" and untold:
        container = None  # registered is the series or the book, and either may be written
    if text:
        first = _stands(first, _families(registered)[:1], text)
        container = _stands(container, [registered.container, registered.short_container], text)
        year = _stands(year, [str(y) for y in years_of(registered)], text)
    return Evidence(
        title=title,
        length=_length(written, registered),
        near=title.state == "differs" and _is_noise(written, registered, title),
        first=first,
        year=year,
        container=container,
        volume=_STATES[locators.check_volume(written, registered).state],
        issue=_STATES[locators.check_issue(written, registered).state],
        pages=_STATES[locators.check_pages(written, registered).state],
        twin=_twin(written, registered, title, text),
        exact_year=bool(year) and (not written.year or written.year in years_of(registered)),
        shared=first is not False or people.share(written, registered),
        in_book=registered.type in IN_BOOKS,
        paged=not _is_low(written.pages),
        ranged=_is_range(written, registered),
        peopled=people.same_all(written, registered),
        gap=_gap(written, registered),
        overlap=_overlap(written, registered) if title.state == "differs" else 1.0,
    )


def _twin(written: Work, registered: Work, title: TitleCheck, text: str) -> str:
    """Say by what like works are told apart; a title that stands whole in the text outweighs a part of it."""
    if title.similarity <= 0.5:
        return ""
    found = twins.differ(written, registered)
    if found == twins.NUMBERS and text and _same_figures(written, registered):
        found = ""  # a scan has joined words or changed a letter beside them
    if text and not twins.kinds(registered.title) and (label := label_around(text, registered.title)):
        return f"the text is of a {label.casefold()}"
    if not found or not titles.stands_in(text, registered.title):
        return found
    said, held = twins.parts(written.title), twins.parts(registered.title)
    part = twins.kinds(written.title) <= twins.kinds(registered.title) and set(said) <= set(held)
    return "" if part else found


def _same_figures(written: Work, registered: Work) -> bool:
    """Whether two titles that differ as scans do have the same figures in the same order."""
    ours, theirs = (
        "".join("".join(c for c in part if c.isdigit()) or part for part in twins.parts(title))
        for title in (written.title, registered.title)
    )
    return bool(ours) and ours == theirs and _is_noise(written, registered, titles.check(written, registered))


def _gap(written: Work, registered: Work) -> int:
    known = years_of(registered)
    return min((abs((written.year or y) - y) for y in known), default=0)


def _is_range(written: Work, registered: Work) -> bool:
    """Whether the registered pages are two at least, and the written ones begin and end with them."""
    ours, theirs = locators.pages(written.pages), locators.pages(registered.pages)
    same = ours.first == theirs.first and ours.last in ("", theirs.last)
    return same and theirs.last not in ("", theirs.first)


def _overlap(written: Work, registered: Work) -> float:
    """Return the share of the words of two titles that both have; a subtitle may be left out."""
    ours = Counter(words(written.title))
    best = 0.0
    for form in (registered.title, registered.title.partition(": ")[0]):
        theirs = Counter(words(form))
        both = sum((ours | theirs).values())
        best = max(best, sum((ours & theirs).values()) / both if both else 0.0)
    return best


def _first_stands(text: str, registered: Work) -> bool:
    return bool(registered.authors) and people.begins_with(text, registered.authors[0])


def _is_low(pages: str) -> bool:
    """Whether a first page is one of the first five, which every issue of its own paging has."""
    first = locators.pages(pages).first
    return first.isdecimal() and int(first[:9]) <= 5


def _length(written: Work, registered: Work) -> int:
    """Return the number of words of the shorter title, runs of letters of languages without spaces aside."""
    if letters(registered.title) == letters(registered.container):
        return 1  # what a registry calls by its journal's name may be anything in it
    counts = [max(len(words(t)), len(letters(t)) // 12) for t in (written.title, registered.title) if t]
    return min(counts, default=0)


def _stands(known: bool | None, wanted: Sequence[str], text: str) -> bool | None:
    """Return what is known of a field; where nothing is, whether a registered form stands in the text."""
    if known is not None:
        return known
    place = f" {_folded(text)} "
    return True if any(f" {_folded(w)} " in place for w in wanted if len(_folded(w)) > 2) else None


@lru_cache(maxsize=2_048)
def _folded(text: str) -> str:
    return names.fold(text[:3_000])


def _families(work: Work) -> list[str]:
    return [n.family or n.literal for n in (work.authors or work.editors)]


def _is_noise(written: Work, registered: Work, title: TitleCheck) -> bool:
    """Whether titles differ in letters only, as a scan or a typist does, and in no whole word."""
    if title.similarity < 0.75:
        return False
    from rapidfuzz import fuzz

    full = f"{registered.title}: {registered.subtitle}" if registered.subtitle else registered.title
    whole = min((registered.title, full), key=lambda t: abs(len(letters(t)) - len(letters(written.title))))
    for ours, theirs in changes(words(written.title), words(whole)):
        one, other = "".join(ours), "".join(theirs)
        little = max(len(one), len(other)) <= 3 and title.similarity >= 0.88
        if not little and fuzz.ratio(one, other) < 60:
            return False
    return True
