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
from evidence.facts.effects import is_difference
from evidence.facts.events import FLOW, Event, event_at, is_of_stage, is_share_of_arms
from evidence.facts.mentions import Mention, Sentence, word_at
from evidence.facts.phrases import Phrases
from evidence.facts.pooled import is_pooled
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
    "prescribed dose doses quantile percentile energy calories"
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
    sentence: Sentence,
    spans: Sequence[Duration],
    found: Sequence[Count],
    carried: Duration | None = None,
    *,
    whole: float | None = None,
) -> Iterator[Outcome]:
    """Yield the results that a sentence gives.

    `found` are its counts of people with their roles; `carried` is the time that the sentence before
    leaves open for it; `whole` is the size of a study that sets groups against one another (0 where it
    is not known), None where it does not.
    """
    by_mention = {id(count.mention): count for count in found}
    phrases = Phrases(sentence)
    events = siblings(sentence, _events(sentence, by_mention))
    for place, mention in enumerate(sentence.mentions):
        told = _told(sentence, place, events, by_mention)
        if told is not None and told.confidence >= LIKELY:
            at = time_of(sentence, mention, spans) or carried
            what, arm = phrases.of(place), arm_of(sentence, mention)
            pooled = (
                whole is not None
                and told.kind == "event"
                and is_pooled(sentence, place, events, 0.0 if arm else whole)
            )
            kind, arm = ("pooled", "") if pooled else (told.kind, arm)
            yield Outcome(sentence, mention, kind, what, arm, told.of, at, told.confidence)


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
        if is_difference(sentence, mention):
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
    if _is_at_start(words, mention) or _is_of_running(words, mention) or is_of_stage(sentence, mention):
        return 0.4
    return 0.4 if _is_treated(words, mention) else sure


def _is_bound(sentence: Sentence, mention: Mention) -> bool:
    """Whether a bound belongs to a definition: "a risk of at least 2 %", "time to more than 65 % less"."""
    bound = mention.number.relation in (">", ">=", "<", "<=")
    return bound and word_at(sentence.words, mention.first - 1) in _DEFINING


_DEFINING = listed("of to achieving for a have if or rates standard")


def _is_treated(words: Sequence[str], mention: Mention) -> bool:
    """Whether a share is of those who had a treatment: "92 % received it as planned"."""
    behind = [word for word in words[mention.last : mention.last + 5] if word not in (")", "]", "of", "the")]
    verb = behind[1:2] if behind[:1] and behind[0] in PEOPLE else behind[:1]
    return verb in (["received"], ["underwent"])


def _is_at_start(words: Sequence[str], mention: Mention) -> bool:
    """Whether a share tells what people were like before: "at baseline, 30 %", "balanced for age (22 %)"."""
    opening = words[: min(7, mention.first)]
    if not _BEFORE.isdisjoint(opening) and _FROM.isdisjoint(opening) and _COMPARED.isdisjoint(words):
        return True
    behind = words[mention.last : mention.last + 6]
    if "stage" in behind and "had" in behind[:4]:
        return True
    lead = words[: mention.first]
    return (
        any(
            word in _ALIKE and lead[at + 1 : at + 2] in (["for"], ["in"], ["with"]) and "groups" in lead
            for at, word in enumerate(lead)
        )
        and word_at(words, mention.first - 1) == "("
    )


_BEFORE = listed("baseline pretest pretreatment presurgery")
_FROM = listed("from since compared versus after change changes")
_ALIKE = listed("comparable balanced matched")


def _is_of_running(words: Sequence[str], mention: Mention) -> bool:
    """Whether a share tells how a study ran, over all who took part: "retention (100 %)", "12 % agreed"."""
    near = {*words[max(0, mention.first - 3) : mention.first], *words[mention.last : mention.last + 3]}
    return not _RUNNING.isdisjoint(near) and _COMPARED.isdisjoint(words)


_RUNNING = listed(
    "adherence adherent compliance retention attendance attended participation enrolled recruited completed "
    "maturity approached consented agreed invited"
)
_COMPARED = listed(
    "group groups arm arms vs versus v than compared controls control placebo respectively cohort cohorts "
    "both"
)


def _of_flow(sentence: Sentence, place: int, counts: Mapping[int, Count]) -> bool:
    """Whether a percentage is the share of those who took part: "150 (94 %) were enrolled"."""
    if not place or sentence.mentions[place].first - sentence.mentions[place - 1].last > 4:
        return False
    if word_at(sentence.words, sentence.mentions[place].first - 1) == "(" and is_share_of_arms(
        sentence, sentence.mentions[place]
    ):
        return True
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
