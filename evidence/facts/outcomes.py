"""What a study found: percentages, counts of events and means, with their group, time and arm.

Left out are numbers that are no result: confidence intervals, p values, limits of a definition
("less than 50% hair loss"), the power of a plan, strengths of a drug ("0.1% cream").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from evidence.facts.cues import PEOPLE
from evidence.facts.durations import Duration, time_of
from evidence.facts.events import FLOW, Event, event_at
from evidence.facts.mentions import Mention, Sentence, word_at
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
_LONGEST = 90


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


def outcomes(sentence: Sentence, spans: Sequence[Duration], found: Sequence[Count]) -> Iterator[Outcome]:
    """Yield the results that a sentence gives; `found` are its counts of people with their roles."""
    by_mention = {id(count.mention): count for count in found}
    events = siblings(sentence, _events(sentence, by_mention))
    for place, mention in enumerate(sentence.mentions):
        if mention.number.unit == PERCENT:
            if (sure := _percentage(sentence, mention)) and not _of_flow(sentence, place, by_mention):
                yield _made(sentence, mention, "percent", spans, None, sure)
        elif event := events.get(place):
            yield _made(sentence, mention, "event", spans, event.of, event.confidence)
        elif sure := _mean(sentence, mention):
            yield _made(sentence, mention, "mean", spans, None, sure)


def _events(sentence: Sentence, counts: Mapping[int, Count]) -> dict[int, Event]:
    found = {}
    for place, mention in enumerate(sentence.mentions):
        if mention.number.unit != PERCENT and (event := event_at(sentence, place, counts.get(id(mention)))):
            found[place] = event
    return found


def _made(
    sentence: Sentence, mention: Mention, kind: str, spans: Sequence[Duration], of: float | None, sure: float
) -> Outcome:
    at = time_of(sentence, mention, spans)
    what, arm = what_of(sentence, mention), arm_of(sentence, mention)
    return Outcome(sentence, mention, kind, what, arm, of, at, sure)


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


@cache
def _group() -> re.Pattern[str]:
    name = r"(?P<arm>[\w+/‐‑–-]+(?: [\w+/‐‑–-]+){0,4}?)"
    return re.compile(
        rf"\b(?:in|for|to|of|on|by) (?:(?:(?:those|women|patients) in )?the )?{name}"
        r"[- ](?:group|arm|cohort)s?\b"
        rf"|\b(?:group|arm) (?P<letter>[A-Z]|\d|I{{1,3}})\b",
        re.IGNORECASE,
    )


@cache
def _drug() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:with|receiving|received|given|assigned to|to receive) "
        r"(?P<arm>[a-z][\w+/‐‑–-]+(?: (?:plus|and|\+) [\w-]+)?)(?P<letter>)"
    )


def arm_of(sentence: Sentence, mention: Mention) -> str:
    """Return the arm that a result is of: what stands behind it up to the next number, else before it."""
    text = sentence.text
    first, start = mention.number.phrase.start, mention.number.phrase.end
    low, high = max(0, first - 90), min(len(text), start + 90)
    for other in sentence.mentions:
        if other.number.phrase.end <= first:
            low = max(low, other.number.phrase.end)
        elif other.number.span.start > start:
            high = min(high, other.number.span.start)
            break
    for begin, end, last in ((start, high, False), (low, first, True)):
        window = text[begin:end]
        for words, pattern in ((_GROUPS, _group), (_DRUGS, _drug)):
            if any(word in window for word in words):
                matches = list(pattern().finditer(window))
                if matches and (name := _named(matches[-1 if last else 0])):
                    return name
    return ""


_GROUPS = ("group", "arm", "cohort", "Group", "Arm")
_DRUGS = ("with ", "receiv", "given ", "assigned ")


def _named(match: re.Match[str]) -> str:
    name = match["arm"] or match["letter"] or ""
    name = re.sub(r"^(?:the|a|an|each|both|either|this|that)\s+", "", name.strip())
    return "" if name.casefold() in ("each", "both", "either", "two", "these", "all", "the") else name


def what_of(sentence: Sentence, mention: Mention) -> str:
    """Return the words that say what was seen: behind the number to the end of the clause, else before."""
    text = sentence.text
    start = mention.number.phrase.end
    end = _CLAUSE.search(text, start)
    behind = _tidy(text[start : end.start() if end else len(text)])
    if not _TIMED.match(behind) and len(re.findall(r"[^\W\d_]{3,}", behind)) >= 2:
        return _cut(behind)
    lead = text[: mention.number.phrase.start]
    clause = re.split(r"[;:]|\.\s|,\s(?=and|but|while|whereas)", lead)[-1]
    return _cut(_tidy(clause), last=True)


#: What only says when or in whom: the outcome then stands in front of the number.
_TIMED = re.compile(
    r"(?:(?:for|at|after|within|over|by|through|in|during|of|to|and|with|versus|vs)\b|$)", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;(\[]|\.(?=\s|$)|,(?=\s)|\band (?=\w+ (?:had|reported|were|was)\b)")


def _tidy(words: str) -> str:
    words = re.sub(r"\[\d[\d,\s–-]*\]", " ", words)
    return " ".join(words.split()).strip(" ,;:()[]-–")


def _cut(words: str, *, last: bool = False) -> str:
    if len(words) <= _LONGEST:
        return words
    return words[-_LONGEST:].partition(" ")[2] if last else words[:_LONGEST].rpartition(" ")[0]
