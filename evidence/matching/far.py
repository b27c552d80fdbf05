"""Candidates that cannot be the work, told by far less than a comparison of all fields."""

from __future__ import annotations

import re
from functools import lru_cache

from evidence.matching import locators
from evidence.matching.rereading import forms_of
from evidence.matching.spread import shortened, spread
from evidence.matching.wording import letters, words
from evidence.model import Work

_NUMBER = re.compile(r"\d+")


def is_far(registered: Work, text: str) -> bool:
    """Whether neither the title of a record nor its place stands in a text, not even nearly.

    Such a candidate cannot be the work; it is told by far less than a comparison of all fields.
    """
    from rapidfuzz import fuzz

    spread_ = spread(text)
    held = _tokens(text)
    numbers = {n.lstrip("0") for n in _NUMBER.findall(spread_.text)}
    years = {str(d.year) for d in (registered.issued, *registered.dates.values()) if d}
    place = [
        _NUMBER.findall(locators.pages(registered.pages).first)[:1],
        _NUMBER.findall(registered.volume)[:1],
    ]
    hits = [any(n.lstrip("0") in numbers for n in ns) for ns in (*place, years) if ns]
    if sum(hits) > 1 or all(hits):
        return False
    if _names_first(registered, held, spread_.run) and (any(hits) or _names_journal(registered, spread_.run)):
        return False
    for form in forms_of(registered):
        wanted = set(words(form))
        if 2 * len(wanted & held) > len(wanted):
            return False
        if fuzz.partial_ratio(letters(form)[:300], spread_.run, score_cutoff=60.0):
            return False
    return bool(forms_of(registered))


def _names_first(registered: Work, held: frozenset[str], run: str) -> bool:
    """Whether the first author stands in a text, with a letter misread perhaps, or glued to others."""
    from rapidfuzz import fuzz

    people = registered.authors or registered.editors
    if not people:
        return False
    family = people[0].family or people[0].literal
    if not held.isdisjoint(words(family)):
        return True
    needle = letters(family)
    return len(needle) > 5 and fuzz.partial_ratio(needle, run[:80], score_cutoff=80.0) > 0


def _names_journal(registered: Work, run: str) -> bool:
    """Whether the journal or book stands in a text, but for letters that a scan got wrong."""
    from rapidfuzz import fuzz

    needle = letters(registered.container)
    return len(needle) > 9 and fuzz.partial_ratio(needle, run, score_cutoff=84.0) > 0


@lru_cache(maxsize=256)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(words(shortened(text)))
