"""What a study found: percentages, counts of events and means, with their group, time and arm.

Left out are numbers that are no result: confidence intervals, p values, limits of a definition
("less than 50% hair loss"), the power of a plan, strengths of a drug ("0.1% cream").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evidence.facts.arms import arm_of
from evidence.facts.clauses import cluster
from evidence.facts.cues import PEOPLE
from evidence.facts.durations import Duration, time_of
from evidence.facts.events import FLOW, Event, event_at
from evidence.facts.mentions import Mention, Sentence, word_at
from evidence.facts.phrases import Phrases
from evidence.facts.siblings import siblings
from evidence.facts.weighing import Count
from evidence.facts.words import PERCENT, listed

_PLANNED = listed(
    "power alpha margin significance noninferiority inferiority detect assuming assumed threshold "
    "defined definition hypothesis hypothesized hypothesised willingness criterion criteria"
)
_MIXED = listed(
    "cream gel solution ointment dextrose saline lidocaine ethanol glucose chlorhexidine povidone "
    "bupivacaine levobupivacaine ropivacaine prilocaine fluoride peroxide acid alcohol oxygen sucrose "
    "concentration mometasone rise isoflurane sevoflurane vol furoate confidence credible ci isodose "
    "prescribed dose doses quantile percentile"
)
_RANGED = listed("range ranging iqr interquartile ranged ci interval confidence")
_CHANGED = listed("by reduction difference increase decrease reduced of")
#: What people are at the start of a study, and no result.
_SORTS = listed(
    "female females male males white hispanic black caucasian premenopausal postmenopausal "
    "attrition recruitment retention married"
)


#: Confidence of a result from which it is proposed: what people are at the start is none.
LIKELY = 0.5


class Outcome(NamedTuple):
    """A result: the mention that gives it, what it is of, and when it was seen."""

    sentence: Sentence
    mention: Mention
    kind: str
    what: str
    arm: str
    of: float | None
    at: Duration | None
    confidence: float


def outcomes(
    sentence: Sentence, spans: Sequence[Duration], found: Sequence[Count], carried: Duration | None = None
) -> Iterator[Outcome]:
    """Yield the results that a sentence gives.

    `found` are its counts of people with their roles; `carried` is the time that the sentence before
    leaves open for it.
    """
    by_mention = {id(count.mention): count for count in found}
    phrases = Phrases(sentence)
    events = siblings(sentence, _events(sentence, by_mention))
    for place, mention in enumerate(sentence.mentions):
        told = _told(sentence, place, events, by_mention)
        if told is not None and told.confidence >= LIKELY:
            at = time_of(sentence, mention, spans) or carried
            what, arm = phrases.of(place), arm_of(sentence, mention)
            yield Outcome(sentence, mention, told.kind, what, arm, told.of, at, told.confidence)


class _Told(NamedTuple):
    """What kind of result a number is, the size of the group it is of, and how sure that is."""

    kind: str
    of: float | None
    confidence: float


def _told(
    sentence: Sentence, place: int, events: Mapping[int, Event], counts: Mapping[int, Count]
) -> _Told | None:
    mention = sentence.mentions[place]
    if mention.number.unit == PERCENT:
        sure = _percentage(sentence, mention)
        if not sure or _of_flow(sentence, place, counts):
            return None
        if _is_difference(sentence.words, mention):
            return _Told("difference", None, sure)
        return _Told("percent", _whole_of(sentence, place, events), sure)
    if event := events.get(place):
        return _Told("event", event.of, event.confidence)
    sure = _mean(sentence, mention)
    return _Told("mean", None, sure) if sure else None


def _whole_of(sentence: Sentence, place: int, events: Mapping[int, Event]) -> float | None:
    """Return the group that a percentage is of, where the count beside it says so: "12 of 40 (30 %)"."""
    first, last = cluster(sentence, place)
    wholes = (events[at].of for at in range(first, last + 1) if at in events)
    return next((whole for whole in wholes if whole is not None), None)


def _events(sentence: Sentence, counts: Mapping[int, Count]) -> dict[int, Event]:
    found = {}
    for place, mention in enumerate(sentence.mentions):
        if mention.number.unit != PERCENT and (event := event_at(sentence, place, counts.get(id(mention)))):
            found[place] = event
    return found


def _percentage(sentence: Sentence, mention: Mention) -> float:
    """Return how sure it is that a percentage is a result; 0 where it is none."""
    number, words = mention.number, sentence.words
    if number.kind not in ("", "fraction") or number.part == "spread":
        return 0.0
    around = set(words[max(0, mention.first - 9) : mention.last + 6])
    lead = words[max(0, mention.first - 4) : mention.first]
    behind = words[mention.last : mention.last + 3]
    if around & _PLANNED or set(behind) & _MIXED or set(lead[-1:]) & _MIXED:
        return 0.0
    if _in_brackets_with(sentence, mention, _RANGED) or number.part in ("low", "high"):
        return 0.0
    if number.relation in ("<", "<=", ">", ">=") and words[mention.first] in ("<", ">", "≤", "≥", ">=", "<="):
        return 0.0
    if set(lead[-2:]) & {"alpha", "p"} or lead[-1:] in (["se"], ["sd"], ["sem"]) or "ci" in behind:
        return 0.0
    sure = 0.75
    if number.value < 0 or set(lead[-3:]) & _CHANGED:
        sure = 0.6
    near = {*words[max(0, mention.first - 3) : mention.first], *words[mention.last : mention.last + 6]}
    if ("age" in words and set(words) & {"median", "mean"}) or _SORTS & near or _is_bound(sentence, mention):
        return 0.4
    return 0.4 if _is_treated(words, mention) else sure


def _is_difference(words: Sequence[str], mention: Mention) -> bool:
    """Whether a percentage lies between two results, and is none: "a difference of 2 %", "2 % difference"."""
    behind = words[mention.last : mention.last + 2]
    if behind[:1] in (["difference"], ["absolute"]) and "difference" in behind:
        return True
    lead = words[max(0, mention.first - 8) : mention.first]
    at = max((place for place, word in enumerate(lead) if word in ("difference", "differences")), default=-1)
    return at >= 0 and {";", "(", ")", "p"}.isdisjoint(lead[at:])


def _is_bound(sentence: Sentence, mention: Mention) -> bool:
    """Whether a bound belongs to a definition: "a risk of at least 2 %", "time to more than 65 % less"."""
    bound = mention.number.relation in (">", ">=", "<", "<=")
    return bound and word_at(sentence.words, mention.first - 1) in ("of", "to", "achieving", "for")


def _is_treated(words: Sequence[str], mention: Mention) -> bool:
    """Whether a share is of those who had a treatment: "92 % received it as planned"."""
    behind = [word for word in words[mention.last : mention.last + 5] if word not in (")", "]", "of", "the")]
    verb = behind[1:2] if behind[:1] and behind[0] in PEOPLE else behind[:1]
    return verb in (["received"], ["underwent"])


def _of_flow(sentence: Sentence, place: int, counts: Mapping[int, Count]) -> bool:
    """Whether a percentage is the share of those who took part: "150 (94 %) were enrolled"."""
    if not place or sentence.mentions[place].first - sentence.mentions[place - 1].last > 4:
        return False
    count = counts.get(id(sentence.mentions[place - 1]))
    return (
        count is not None and count.role in FLOW and "(" in sentence.words[: sentence.mentions[place].first]
    )


def _in_brackets_with(sentence: Sentence, mention: Mention, wanted: frozenset[str]) -> bool:
    words = sentence.words
    place = mention.first - 1
    while place >= 0 and mention.first - place < 16 and words[place] not in ("(", ")", "[", ";"):
        if words[place] in wanted:
            return True
        place -= 1
    return False


def _mean(sentence: Sentence, mention: Mention) -> float:
    """Return how sure it is that a number is a mean or median result: "56.5 ± 3", "from 56.5 to 25.0"."""
    number = mention.number
    if number.kind or number.unit or number.part or number.value != number.value:
        return 0.0
    words = sentence.words
    if word_at(words, mention.last) in ("±", "+/-"):
        return 0.6
    if number.stat and not mention.noun and not float(number.value).is_integer():
        return 0.5
    return 0.0
