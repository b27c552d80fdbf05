"""Where the text of a reference shows that taking it apart went wrong: a title that is none, or is another.

References are taken apart by guessing; the record of the work says what must stand where. What was
read as a title and is wholly the registered journal or the authors accuses nobody of a wrong title.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evidence import journals, names
from evidence.matching.wording import LONGEST, entries, letters, words
from evidence.model import Name, Work

#: What ends a title in print: a full stop or its like, a quotation mark, a bracket.
_ENDS = re.compile(r"[.?!\"“”„«»()\[\]\n]+|(?<!\w)['‘’]|['‘’](?!\w)|,['‘’]")

#: Words that references print around their fields, folded.
_FILLERS = """
a|an|the|of|and|in|on|for|et|al|vol|volume|no|nr|issue|pp|p|pages|page|n|d|pag|nd|ed|eds|edited|by|suppl
supplement|part|series|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april
june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|proceedings|proc
online|doi|vols|und|y|e
"""


def is_container(title: str, registered: Work) -> bool:
    """Whether what was read as a title is the registered journal or book, or a piece of its name."""
    bare = "".join(w for w in words(title) if w not in ("n", "d") and not w.isdigit())
    for name in (registered.container, registered.short_container):
        held = "".join(w for w in words(name) if not w.isdigit())
        if len(bare) >= 4 and bare in held and (bare == held or bare not in letters(registered.title)):
            return True
    return False


def is_explained(title: str, registered: Work) -> bool:
    """Whether what was read as a title is nothing but the registered journal or book, authors and place.

    So it is in styles that leave titles out. Words may be abbreviated; figures always may stand there.
    """
    left = [w for w in words(title) if not w.isdigit() and w not in entries(_FILLERS)]
    containers = [name for name in (registered.container, registered.short_container) if name]
    if not left:
        return True
    if any(journals.same(title, name) for name in containers):
        return True
    journal, people = _known(registered)
    left = [w for w in left if w not in people and not _abbreviates(w, journal)]
    return not left or _resembles(title, registered)


@lru_cache(maxsize=2_048)
def _known(registered: Work) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the journal, and those of all authors and editors with their initials."""
    place = f"{registered.volume} {registered.issue} {registered.pages}"
    journal = frozenset(words(f"{registered.container} {registered.short_container} {place}"))
    people: set[str] = set()
    for name in (*registered.authors, *registered.editors)[:500]:
        people.update(names.fold(f"{name.particle} {name.family} {name.given} {name.literal}").split())
        short = names.fold(names.initials(name.given)).replace(" ", "")
        people.update((short, *short))
    return journal, frozenset(people)


def _abbreviates(word: str, journal: frozenset[str]) -> bool:
    return any(known.startswith(word) for known in journal)


def _resembles(title: str, registered: Work) -> bool:
    """Whether a title is a stretch of authors and journal but for letters that a scan got wrong."""
    from rapidfuzz import fuzz

    ours = letters(title)
    if not 6 <= len(ours) <= 200:
        return False
    people = [f"{names.initials(n.given)} {n.family or n.literal}" for n in registered.authors[:20]]
    short = [f"{n.family or n.literal} {names.initials(n.given)}" for n in registered.authors[:20]]
    where = registered.container
    return any(fuzz.partial_ratio(ours, letters(" ".join((*who, where)))) >= 78 for who in (people, short))


def are_words_of(people: tuple[Name, ...], registered: Work) -> bool:
    """Whether what was read as authors is words of the registered title or journal instead."""
    read = [w for n in people for w in words(f"{n.given} {n.particle} {n.family} {n.literal}") if len(w) > 1]
    for text in (f"{registered.title} {registered.subtitle}", registered.container):
        held = frozenset(words(text))
        if read and all(w in held for w in read):
            return True
    return False


def is_sentence_in(text: str, title: str, registered: Work) -> bool:
    """Whether a short title stands in a text as a sentence of its own, and is neither journal nor author."""
    target = letters(title)
    if len(target) < 4 or target not in letters(text):
        return False
    others = {letters(registered.container), letters(registered.short_container)}
    others |= {letters(n.literal or n.family) for n in registered.authors[:50]}
    if target in others and letters(text).count(target) < 2:
        return False
    pieces = [letters(piece) for piece in _ENDS.split(text[:LONGEST])]
    for start, piece in enumerate(pieces):
        joined = piece
        for more in pieces[start + 1 : start + 12]:
            if len(joined) >= len(target):
                break
            joined += more
        if piece and joined == target:
            return True
    return False
