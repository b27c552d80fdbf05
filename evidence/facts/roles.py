"""Whether the source says a number of the same people, in the same role, as the fact does.

A number that occurs in a source is not yet what a page says it is: an arm's size quoted as the
whole study, those with an event quoted as those followed, a period of further treatment quoted as
follow-up. The words around the number in the source tell. Only positive evidence counts: where the
source does not hold the number, or nothing is known of its role, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from evidence.facts import cues
from evidence.facts.durations import Duration, durations
from evidence.facts.mentions import Sentence, read
from evidence.facts.numbers import same
from evidence.facts.participants import arms_of, counts, stage_of, total_of
from evidence.facts.quotes import find_quote
from evidence.facts.weighing import Count
from evidence.facts.words import PERCENT, SIZES, listed
from evidence.model import Fact

#: Roles that count those who took part in a study as a whole.
TOTALS = ("enrolled", "randomised", "treated", "analysed")
#: A count of fewer points, or of this many fewer than the best of its text, is no total.
LOWEST, BEHIND = -1.5, 3.1

_SAID = {
    "followed": cues.FOLLOW | listed("follow follows following followup tracked retained observation"),
    "completed": cues.COMPLETE | listed("completion retained finish"),
    "screened": cues.SCREEN | listed("screening eligibility eligible registered"),
}  # fmt: skip
_CALLED = {
    "arm": "the size of one group", "event": "how many had an outcome", "screened": "those screened",
    "followed": "those followed", "completed": "those who completed", "none": "no number of people",
    "treated": "those treated", "analysed": "those analysed", "enrolled": "those enrolled",
    "randomised": "those randomised",
}  # fmt: skip


class Clash(NamedTuple):
    """What the fact says a number is, what the source's words make it, and these words."""

    fact: str
    source: str
    words: str


#: Where in a source the quoted words stand; None: the whole of it.
Within = tuple[int, int] | None


class _Read(NamedTuple):
    sentences: Sequence[Sentence]
    counts: Sequence[Count]
    words: str


@lru_cache(maxsize=64)
def _read(text: str) -> _Read:
    sentences = read(text)
    return _Read(sentences, counts(sentences), text.casefold())


def clash(fact: Fact, text: str | None, whole: float | None = None) -> Clash | None:
    """Return how the source gives a fact's number another role, or None.

    `text` is the source where it is known; the fact's `in_source` narrows it to these words, and
    stands for it where it is not. `whole` is the size of the group that the fact is `of`.
    """
    quoted = fact.in_source.exact if fact.in_source else None
    if fact.quantity.value is None or (text is None and quoted is None):
        return None
    within: Within = None
    if text is not None and fact.in_source is not None:
        found = find_quote(text, fact.in_source)
        if found is None:
            text = None  # the words are of another text than the one at hand
        else:
            within = found[:2]
    source = _read(text if text is not None else quoted or "")
    if fact.kind == "participants":
        return _of_people(fact, source, within, whole)
    if fact.kind == "follow_up":
        return _of_follow_up(fact, source, within)
    counted = fact.kind == "outcome" and fact.role in ("", "event")
    if (counted or (fact.kind == "other" and fact.role == "event")) and not fact.quantity.unit:
        return _of_event(fact, source, within)
    return None


def _inside(sentence: Sentence, offset: int, within: Within) -> bool:
    return within is None or within[0] <= sentence.at + offset < within[1]


def _of_people(fact: Fact, source: _Read, within: Within, whole: float | None) -> Clash | None:
    value = fact.quantity.value or 0.0
    if fact.quantity.unit or fact.role == "event":
        return None
    said = _counts_of(value, source, within)
    if not said:
        return _of_fraction(fact, source, within, whole) or _of_nobody(fact, source, within)
    if fact.role in TOTALS and not fact.of:
        return _of_total(fact, said, source)
    if fact.role == "arm":
        best = total_of(source.counts)
        alone = all(count is best or count.role in ("randomised", "enrolled") for count in said)
        if best is not None and best in said and alone and best.points > 3 and fact.arm:
            return _made(fact, "randomised", said[0])
        return None
    wanted = _SAID.get(fact.role)
    if wanted is None or any(_names(count.sentence, wanted) for count in said):
        return None
    role = next((count.role for count in said if count.role), "")
    return _made(fact, role if role != fact.role else "", said[0])


def _counts_of(value: float, source: _Read, within: Within) -> list[Count]:
    """Return the counts of people in the quoted part of a source that have a value."""
    return [
        count
        for count in source.counts
        if count.value == value and _inside(count.sentence, count.mention.number.span.start, within)
    ]


def _names(sentence: Sentence, wanted: frozenset[str]) -> bool:
    return not wanted.isdisjoint(sentence.words)


def _of_total(fact: Fact, said: Sequence[Count], source: _Read) -> Clash | None:
    points = (
        max(count.points for count in said if count.role != "none")
        if any(count.role != "none" for count in said)
        else -99.0
    )
    derived = arms_of(source.counts, source.words)
    if derived and derived[1] == fact.quantity.value:
        return None
    total = total_of(source.counts)
    named = {count.role for count in said} | {stage_of(count, total) for count in said if total is not None}
    if fact.role == "analysed" and "analysed" in named:
        return None  # "43 were available for analysis" says it, few as they are
    best = max((count.points for count in source.counts), default=0.0)
    if points >= LOWEST and points >= best - BEHIND:
        return None
    likeliest = max(said, key=lambda count: count.points)
    role = likeliest.role if likeliest.role not in (fact.role, "randomised", "enrolled") else ""
    return _made(fact, role or "arm", likeliest)


def _of_fraction(fact: Fact, source: _Read, within: Within, whole: float | None) -> Clash | None:
    """Judge "half went on to have other procedures" where the fact says that twelve were followed."""
    wanted = _SAID.get(fact.role)
    if wanted is None:
        return None
    for sentence in source.sentences:
        for mention in sentence.mentions:
            number = mention.number
            if number.kind != "fraction" or not _inside(sentence, number.span.start, within):
                continue
            groups = [
                whole,
                *(m.number.value for m in sentence.mentions if m.number.kind == "" and not m.number.unit),
            ]
            parts = [number.value * group for group in groups if group is not None]
            equal = any(abs(part - (fact.quantity.value or 0)) <= 0.5 for part in parts)
            if equal and not _names(sentence, wanted):
                return Clash(_CALLED[fact.role], _CALLED["event"], _words(sentence))
    return None


def _of_nobody(fact: Fact, source: _Read, within: Within) -> Clash | None:
    """Judge a total that the source has only as a number of something else: months, milligrams, a label."""
    derived = arms_of(source.counts, source.words)
    if fact.role not in TOTALS or fact.of or (derived and derived[1] == fact.quantity.value):
        return None
    for sentence in source.sentences:
        for mention in sentence.mentions:
            number = mention.number
            if number.value == fact.quantity.value and _inside(sentence, number.span.start, within):
                return Clash(_CALLED[fact.role], _CALLED["none"], _words(sentence))
    return None


def _of_follow_up(fact: Fact, source: _Read, within: Within) -> Clash | None:
    value, unit = fact.quantity.value or 0.0, fact.quantity.unit
    if unit not in SIZES:
        return None
    said: list[tuple[Sentence, Duration]] = []
    for sentence in source.sentences:
        for one in durations(sentence):
            number = one.mention.number
            if _inside(sentence, number.span.start, within) and same(value, unit, number.value, number.unit):
                said.append((sentence, one))
    if not said or any(_may_be_follow_up(sentence, one) for sentence, one in said):
        return None
    sentence, one = said[0]
    what = {
        "age": "an age",
        "duration": f"the length of {'a treatment' if one.about == 'treatment' else 'a history'}",
    }
    return Clash("follow-up", what.get(one.kind, "the time in which something happened"), _words(sentence))


def _may_be_follow_up(sentence: Sentence, one: Duration) -> bool:
    if one.kind == "follow_up":
        return True
    lead = sentence.words[max(0, one.mention.first - 3) : one.mention.first]
    return one.kind == "at" and not set(lead) & {
        "over",
        "within",
        "during",
        "next",
        "past",
        "last",
        "every",
        "in",
    }


def _of_event(fact: Fact, source: _Read, within: Within) -> Clash | None:
    """Judge a count of events that the source gives only as the size of the study or of a group."""
    said = _counts_of(fact.quantity.value or 0.0, source, within)
    if not said or fact.quantity.unit == PERCENT:
        return None
    if all(count.role in ("randomised", "enrolled", "screened") and count.points >= 3 for count in said):
        return _made(fact, said[0].role, said[0])
    return None


def _made(fact: Fact, role: str, count: Count) -> Clash:
    here = _CALLED.get(fact.role, "how many had an outcome")
    return Clash(here, _CALLED.get(role, "something else"), _words(count.sentence))


def _words(sentence: Sentence) -> str:
    return " ".join(sentence.text.split())
