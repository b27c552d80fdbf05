"""A reference read again in the light of a candidate's record: what of the record stands in its text.

A reference is taken apart by guessing. The record of a candidate says which words are its title,
its journal and its authors: where these stand in the text, letters that a scan or a typist got
wrong allowed, they are taken from there. What is read again can then be judged like anything
written; whatever in the text nothing registered explains is `left`, and speaks against the candidate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from evidence import journals, names
from evidence.matching.compare import IN_BOOKS, containers_of
from evidence.matching.numbering import Numbers, locate, stands_alone, year_in
from evidence.matching.spread import Letters, Span, align, free, spread
from evidence.matching.twins import BEFORE_TITLE, BEHIND_TITLE
from evidence.matching.wording import entries, letters, without_addresses, words
from evidence.model import Date, Name, Work

#: Likeness of letters (0…100) from which a stretch of text is a registered title, journal or name.
TITLE, CONTAINER, FAMILY = 80.0, 84.0, 84.0

#: Share of a text's letters that may be left unexplained where no title was found in it.
MOST_LEFT = 0.4
#: The same where the authors and pages of a chapter stand there: its book may be named, and not registered.
MOST_LEFT_OF_CHAPTER = 0.9

#: Words that references print around their fields, folded.
_AROUND = """
a|an|the|of|and|in|on|for|et|al|vol|volume|no|nr|issue|pp|p|pages|page|ed|eds|edited|by|suppl|supplement|part
series|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august
september|october|november|december|spring|summer|autumn|fall|winter|online|doi|vols|und|y|e|de|review|epub
ahead|print|article|articles|german|french|pubmed|google|scholar|crossref|pmc|free|full|text|available|from|at
accessed|retrieved|https|http|www|com|org|pmid|pmcid|n|pag|others|with|to|is|s|lecture|press|pdf|html|abstract
cited|internet|online|version|id|journal|proceedings
"""

_NUMBER = re.compile(r"\d+")
#: Editors in front of a chapter without authors; registries rarely name them at the chapter.
_EDITORS = re.compile(r"[^\d(]{3,200}?(?:\(\s?eds?\b\.?\s?\)|,\s?ed(?:itor)?s?\b\.?)", re.IGNORECASE)
_APOSTROPHED = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reread:
    """A work as a candidate's record finds it in the text, and what nothing registered explains.

    `work` has the fields that were found; `left` is the share of the text's letters, and `numbers`
    the figures, that nothing registered explains; `found` names the fields, `broken` numbers of which a
    scan has left something, `unexplained` the numbers that are left; `shuffled` says that all words of
    the title stand there in another order.
    """

    work: Work
    left: float
    numbers: int
    found: frozenset[str]
    broken: frozenset[str] = frozenset()
    shuffled: bool = False
    unexplained: frozenset[str] = frozenset()


def reread(written: Work, registered: Work, text: str) -> Reread | None:
    """Read `text` again by a record; None where there is too little of it in common."""
    spread_ = spread(without_addresses(text))
    if len(spread_.run) < 8:
        return None
    title, shuffled = _title(spread_, registered)
    if title and not shuffled and _is_of_journal(title, spread_, registered):
        title = None
    taken = [title] if title else []
    container = _container(spread_, registered, taken)
    if container:
        taken.append(container)
    people = _people(spread_, registered, taken, title is None)
    taken += [span for span, _ in people]
    numbers = Numbers(spread_.text, [s for s in (title, container) if s])
    year, broken_year = year_in(registered, numbers)
    place, broken = locate(registered, numbers, spread_.text)
    found = frozenset(
        [*place, *(name for name, there in (("title", title), ("container", container), ("author", people),
                                            ("year", year)) if there)]
    )  # fmt: skip
    left = _left(spread_, registered, taken)
    most = MOST_LEFT_OF_CHAPTER if registered.type == "chapter" and people and "pages" in place else MOST_LEFT
    if not title and left > most:
        return None  # words enough for a title that is not the registered one
    # people who were read rightly stay in their written order, which may be another than the registered
    whole = bool(people) and _are_those(written.authors, registered)
    if whole and people[0][0] == min(span for span, _ in people):
        whole = names.same_family(written.authors[0], people[0][1])  # else reading has lost the first
    wording = registered.title if shuffled else spread_.text[title[0] : title[1]] if title else ""
    work = replace(
        written,
        title=wording.strip(" .,;:\"'“”"),
        subtitle="",
        container=(registered.container or registered.short_container) if container else "",
        authors=written.authors if whole else tuple(name for _, name in people) or written.authors,
        more_authors=written.more_authors or (bool(people) and not whole),
        issued=Date(year) if year else None if broken_year else written.issued,
        volume=place.get("volume", "") or numbers.left_of(written.volume),
        issue=place.get("issue", "") or numbers.left_of(written.issue),
        pages=place.get("pages", "") or numbers.left_of(written.pages),
    )
    gone = broken | ({"year"} if broken_year else set())
    others = frozenset([*numbers.whole, *numbers.ends])
    return Reread(
        work, left, len(numbers.whole) + len(numbers.ends), found, frozenset(gone), shuffled, others
    )  # fmt: skip


def corrected(written: Work, registered: Work, text: str, fields: AbstractSet[str]) -> Work:
    """Return a work with those of its numbers that were read wrongly, as the record finds them in its text.

    A number that nothing registered explains stays as it was read: it is another one.
    """
    again = reread(written, registered, text)
    if again is None:
        return written
    changes: dict[str, object] = {}
    if "year" in fields & again.found and str(written.year) not in again.unexplained:
        changes["issued"] = again.work.issued
    for name in fields & again.found & {"volume", "issue", "pages"}:
        if again.unexplained.isdisjoint(_NUMBER.findall(getattr(written, name))):
            changes[name] = getattr(again.work, name)
    return replace(written, **changes) if changes else written  # type: ignore[arg-type]


def forms_of(work: Work) -> list[str]:
    """Return the forms in which a registered title may stand in a text, the fullest first."""
    full = f"{work.title} {work.subtitle}" if work.subtitle else ""
    head = work.title.partition(": ")[0]
    forms = [
        full,
        work.title,
        head if len(head.split()) > 4 else "",
        work.extra.get("original_title", ""),
        work.extra.get("short_title", ""),
    ]
    return [form for form in dict.fromkeys(forms) if form]


def _title(text: Letters, registered: Work) -> tuple[Span | None, bool]:
    """Return where a registered title stands in the text, and whether with its words shuffled."""
    for form in forms_of(registered):
        needle = letters(form)[:600]
        if len(needle) < 8 or (len(needle) < 14 and needle not in text.run):
            if span := _sentence(text.text, form):
                return span, False
            continue
        found = align(needle, text.run, TITLE if len(needle) >= 24 else 88.0)
        if found and found[0] < 95 and (span := _shuffled(text, registered.title, 0)):
            return span, True  # all of its words are there: not misread, but in another order
        if found:
            return _whole(text, found[1], found[2], form), False
    span = _shuffled(text, registered.title)
    return span, span is not None


def _sentence(text: str, title: str) -> Span | None:
    """Return where a short title ("Index") stands as a sentence of its own, first or behind a mark."""
    body = r"\W{1,3}".join(re.escape(word) for word in words(title))
    found = re.search(
        rf"(?:^|[.?!:)\]\"“‘'])\s{{0,2}}({body})(?=\s{{0,2}}[.?!(\[\"”’'])", text, re.IGNORECASE
    )
    return found.span(1) if found and len(body) > 2 else None


def _is_of_journal(title: Span, text: Letters, registered: Work) -> bool:
    """Whether what resembles a title is the name of the journal or book, which stands there exactly."""
    needle = letters(registered.container)
    at = text.run.find(needle) if len(needle) > 9 else -1
    if at < 0 or letters(registered.title) in text.run:
        return False
    return not free((text.places[at], text.places[at + len(needle) - 1] + 1), [title])


def _whole(text: Letters, start: int, end: int, form: str) -> Span:
    """Return an aligned stretch widened to whole words, and to a label before or words behind it."""
    at, stop = text.places[start], text.places[end - 1] + 1
    whole = text.text
    if over := re.search(r"[.?!]\s+\w{1,3}\Z", whole[at:stop]):
        stop = at + over.start()  # letters that a scan has put in pushed the end into the next field
    while at > 0 and whole[at - 1].isalnum():
        at -= 1
    while stop < len(whole) and whole[stop].isalnum():
        stop += 1
    label = BEFORE_TITLE.search(whole[max(0, at - 60) : at])
    if label:
        at = max(0, at - 60) + label.start()
    tail = re.match(r"[^.?!;,()\[\]\"“”\n]{0,60}", whole[stop:])
    if tail and len(tail.group().split()) <= 8 and any(c.isalnum() for c in tail.group()):
        behind = whole[stop + tail.end() : stop + tail.end() + 1]
        if not behind or behind in '.?!"”\n':
            stop += tail.end()
    return at, stop


def label_around(text: str, title: str) -> str:
    """Return what a text says right before or behind a title that makes it one about another work.

    "Reply to “X”" and "X—Reply" are not X, and the title of X stands whole in both.
    """
    spread_ = spread(text)
    at = spread_.run.find(letters(title))
    if at < 0 or not title:
        return ""
    start, end = spread_.places[at], spread_.places[at + len(letters(title)) - 1] + 1
    before = BEFORE_TITLE.search(text[max(0, start - 60) : start])
    behind = BEHIND_TITLE.match(text[end : end + 60])
    return before.group(1) if before else behind.group(1) if behind else ""


def _shuffled(text: Letters, title: str, lacking: int = 12) -> Span | None:
    """Return the stretch with the words of a title in whatever order, at most one in `lacking` left out."""
    wanted = [w for w in words(title) if len(w) > 1]
    if len(wanted) < 2:
        return None
    tokens = [(f.start(), f.end(), _latin(f.group())) for f in _APOSTROPHED.finditer(text.text)]
    open_: dict[str, int] = {}
    for word in wanted:
        open_[word] = open_.get(word, 0) + 1
    places = []
    for start, end, token in tokens:
        if open_.get(token, 0) > 0:
            open_[token] -= 1
            places.append((start, end))
    if sum(open_.values()) > (len(wanted) // lacking if lacking else 0):
        return None
    start, end = places[0][0], places[-1][1]
    inside = sum(1 for s, e, _ in tokens if s >= start and e <= end)
    return (start, end) if inside <= len(wanted) * 1.5 + 4 else None


def _latin(word: str) -> str:
    """Return a word as it is read in a title of Latin letters: "λ2" is "lambda2"."""
    return letters(word) if word.isascii() else words(f"{word} in a latin title")[0]


def _container(text: Letters, registered: Work, taken: Sequence[Span]) -> Span | None:
    """Return where the registered journal stands outside the title, in full, short or abbreviated."""
    for name in containers_of(registered):
        needle = letters(name)
        if len(needle) < 3:
            continue
        hay, places = _outside(text, taken)
        least = CONTAINER if len(needle) >= 10 else 87.0 if len(needle) >= 8 else 100.0
        found = align(needle, hay, least) if len(needle) >= 6 or needle in hay else None
        if found and (found[0] == 100.0 and len(needle) < 6) and not stands_alone(text.text, name):
            found = None
        if found:
            return places[found[1]], places[found[2] - 1] + 1
    return _abbreviated(text.text, registered, taken)


def _outside(text: Letters, taken: Sequence[Span]) -> tuple[str, list[int]]:
    kept = [i for i, at in enumerate(text.places) if all(not a <= at < b for a, b in taken)]
    return "".join(text.run[i] for i in kept), [text.places[i] for i in kept]


_PIECE = re.compile(r"[^;:?!,()\[\]\"“”\n\d]{3,160}")


def _abbreviated(text: str, registered: Work, taken: Sequence[Span]) -> Span | None:
    """Return a piece between two marks that abbreviates the journal."""
    name = registered.container or registered.short_container
    if not name:
        return None
    for found in list(_PIECE.finditer(text))[:40]:
        stops = [0, *(stop.end() for stop in re.finditer(r"\.\s", found.group()))]
        for start, piece in ((found.start() + stop, found.group()[stop:]) for stop in stops):
            bare = piece.strip(" .-–—'")
            span = (start, start + len(piece))
            if len(bare) > 2 and free(span, taken) and journals.same(bare, name):
                return span
    return None


def _people(
    text: Letters, registered: Work, taken: Sequence[Span], untitled: bool
) -> list[tuple[Span, Name]]:
    """Return the registered authors that stand outside title and journal, where the first does.

    A short name of the first one may have lost a letter where the text begins with it and has no title.
    """
    found: list[tuple[Span, Name]] = []
    hay, places = _outside(text, taken)
    folded = f" {names.fold(text.text)} "
    doubtful = False
    for number, name in enumerate((registered.authors or registered.editors)[:12]):
        needle = letters(name.family or name.literal)
        if len(needle) < 2:
            continue
        span: Span | None = None
        if len(needle) < 5:
            if f" {names.fold(name.family or name.literal)} " in folded and (at := hay.find(needle)) >= 0:
                span = places[at], places[at + len(needle) - 1] + 1
            elif number == 0 and untitled and len(needle) == 4 and (hit := align(needle, hay[:9], 75.0)):
                span = places[hit[1]], places[hit[2] - 1] + 1
        elif hit := align(needle, hay, FAMILY if len(needle) > 6 else 80.0):
            span = places[hit[1]], places[hit[2] - 1] + 1
        if span:
            found.append((span, name))
        elif number == 0:
            nearly = _first_nearly(needle, hay, places)
            if nearly is None:
                return []
            doubtful = True
            found.append((nearly, name))
    return [] if doubtful and not _are_most(len(found) - 1, registered) else found


def _first_nearly(needle: str, hay: str, places: Sequence[int]) -> Span | None:
    """Return where a text begins with a name of which a scan has left more than half."""
    hit = align(needle, hay[: len(needle) + 5], 60.0) if len(needle) > 4 else None
    return (places[hit[1]], places[hit[2] - 1] + 1) if hit else None


def _are_most(others: int, registered: Work) -> bool:
    """Whether two authors besides the first stand in a text, and two in three of all that are registered."""
    everybody = (registered.authors or registered.editors)[:12]
    return others > 1 and 3 * others >= 2 * (len(everybody) - 1)


def _are_those(people: Sequence[Name], registered: Work) -> bool:
    """Whether every author that was read is a registered one."""
    known = registered.authors or registered.editors
    return bool(people) and all(any(names.same_family(a, b) for b in known) for a in people)


def _left(text: Letters, registered: Work, taken: Sequence[Span]) -> float:
    """Return the share of the text's words, by letters, that nothing registered explains."""
    held, people = _known(registered)
    if registered.type in IN_BOOKS and not people and (editors := _EDITORS.match(text.text)):
        taken = [*taken, editors.span()]
    total = unexplained = 0
    for found in _WORD.finditer(text.text):
        word = letters(found.group())
        total += len(word)
        if len(word) < 3 or word in entries(_AROUND) or word in held or word in people:
            continue
        if not free((found.start(), found.end()), taken):
            continue
        if any(known.startswith(word) for known in held) or _is_like(word, people):
            continue
        unexplained += len(word)
    return unexplained / total if total else 0.0


def _is_like(word: str, people: frozenset[str]) -> bool:
    from rapidfuzz import fuzz

    return len(word) > 4 and any(abs(len(word) - len(p)) < 3 and fuzz.ratio(word, p) >= 80 for p in people)


@lru_cache(maxsize=4_096)
def _known(registered: Work) -> tuple[frozenset[str], frozenset[str]]:
    place = f"{registered.container} {registered.short_container} {registered.publisher} {registered.place}"
    held = frozenset(words(f"{place} {registered.volume} {registered.issue} {registered.pages}"))
    people: set[str] = set()
    for name in (*registered.authors, *registered.editors)[:200]:
        people.update(words(f"{name.particle} {name.family} {name.given} {name.suffix} {name.literal}"))
        short = names.fold(names.initials(name.given)).replace(" ", "")
        people.update((short, *short))
    return held, frozenset(people)
