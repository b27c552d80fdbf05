"""Which spans of time are follow-up, which say when an outcome was seen, and which are neither.

"followed for 30 months" is follow-up, "at 12 months" a time point, "symptoms for as long as 12 years"
a history, "12 weeks of training" a treatment, "aged 50 years" an age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from evidence.facts.mentions import Mention, Sentence, is_dash
from evidence.facts.words import SIZES, listed

#: Units that a study is followed for; hours and minutes are times of measurement.
_LONG = listed("decade year month fortnight week day")
_SURVIVAL = listed(
    "survival survivals dfs os pfs lrfs ddfs efs rfs rate rates risk risks incidence recurrence "
    "recurrences mortality results outcome outcomes data actuarial disease overall relapse free local "
    "cumulative probability death deaths prevalence treatment intervention course program programme "
    "period trial study training therapy chemotherapy interval intervals exercise regimen"
)
_TREATED = listed(
    "treatment therapy training chemotherapy intervention telephone tamoxifen medication exercise "
    "supplementation yoga diet counseling counselling radiotherapy placebo administration use dosing "
    "program programme sessions the receiving therapy adjuvant daily weekly letrozole anastrozole "
    "exemestane treated"
) - {"the"}
_NOT_AT = listed("every each within previous past last prior preceding aged age ages per than")
_HISTORY = listed(
    "symptom symptoms persisted history duration suffered suffering lasting lasted since ill illness "
    "onset complaints diagnosed"
)
_AT = listed("at after by through until to over during for within in of from beyond between")


class Duration(NamedTuple):
    """A span of time in a sentence: `kind` is `follow_up`, `at`, `duration`, `age` or ""."""

    mention: Mention
    kind: str
    confidence: float
    about: str = ""


@cache
def _follow() -> re.Pattern[str]:
    return re.compile(
        r"follow(?:ed|ing)?(?:[\s‐‑–-]|\u00ad)*up|\bfollowup|\bfollow(?:ed)\b|\bfollow\s", re.IGNORECASE
    )


def durations(sentence: Sentence) -> list[Duration]:
    """Return the spans of time of a sentence, each with what it is."""
    spans = [mention for mention in sentence.mentions if mention.number.unit in SIZES]
    if not spans:
        return []
    told = "follow" in sentence.text or "Follow" in sentence.text or "FOLLOW" in sentence.text
    cues = [match.span() for match in _follow().finditer(sentence.text)] if told else []
    found = _paired(sentence, [_classify(sentence, mention, cues) for mention in spans])
    near = any(one.kind == "follow_up" and one.confidence > 0.9 for one in found)
    # Where one span is tied to the word, another further off says when something was seen.
    return [
        one._replace(kind="at") if near and one.kind == "follow_up" and one.confidence < 0.6 else one
        for one in found
    ]


def _paired(sentence: Sentence, found: list[Duration]) -> list[Duration]:
    """Let "and 26 months in the other group" be what the span of the first group is."""
    for place, one in enumerate(found[1:], 1):
        left = found[place - 1]
        words = sentence.words
        if (
            left.kind != "follow_up"
            or one.kind in ("follow_up", "age", "")
            or left.mention.number.unit != one.mention.number.unit
        ):
            continue
        lead = words[max(0, one.mention.first - 1) : one.mention.first]
        if lead in (["and"], ["or"], ["versus"], ["vs"]) and one.mention.first - left.mention.last < 40:
            found[place] = one._replace(kind="follow_up", confidence=0.8)
    return found


def _classify(sentence: Sentence, mention: Mention, cues: Sequence[tuple[int, int]]) -> Duration:
    words, number = sentence.words, mention.number
    lead = words[max(0, mention.first - 4) : mention.first]
    behind = words[mention.last : mention.last + 4]
    last = lead[-1] if lead else ""
    if _is_age(words, mention, lead):
        return Duration(mention, "age", 0.9)
    if number.kind != "" or number.part == "spread" or _in_range_note(sentence, mention):
        return Duration(mention, "", 0.0)
    distance = _distance(sentence, mention, cues) if number.unit in _LONG else 999
    treated = behind[:1] == ["of"] and bool(set(behind[1:3]) & _TREATED)
    if distance <= 3 and not treated and not (set(behind[:1]) & _TREATED):
        return Duration(mention, "follow_up", 0.95)
    survival = _survival_behind(behind) or bool(
        set(lead[-3:]) & {"survival", "free", "rate", "rates", "dfs", "os"}
    )
    if survival:
        return Duration(mention, "at", 0.8)
    if last in _NOT_AT and last not in ("within", "than"):
        return Duration(mention, "", 0.0)
    if treated or (last == "for" and set(lead[:-1]) & _TREATED):
        return Duration(mention, "duration", 0.7, "treatment")
    if number.unit in _LONG and distance < 999 and _joined(sentence, mention, cues, distance, last):
        return Duration(mention, "follow_up", 0.55 if distance > 14 else 0.75)
    if set(words[max(0, mention.first - 12) : mention.first]) & _HISTORY and last in (
        "for", "of", "was", "lasting", "lasted", "persisted", "had", "median", "mean", "which", "duration",
    ):  # fmt: skip
        return Duration(mention, "duration", 0.8, "history")
    if last in _AT or behind[:1] in (["after"], ["later"], ["post"]) or number.relation != "=" or not lead:
        return Duration(mention, "at", 0.7)
    if is_dash(words[mention.first + 1] if mention.first + 1 < len(words) else ""):
        return Duration(mention, "at", 0.5)
    return Duration(mention, "duration" if last == "for" else "at", 0.3)


def _is_age(words: Sequence[str], mention: Mention, lead: Sequence[str]) -> bool:
    if mention.number.unit not in ("year", "month", "day"):
        return False
    last = words[mention.last - 1]
    behind = words[mention.last : mention.last + 2]
    if last == "old" or set(behind) & {"old", "older", "younger"} or "age" in behind:
        return True
    if {"age", "aged", "ages", "old"} & set(lead):
        return True
    # "aged 49 years or younger, 50-59 years and 60 years or older"
    return (
        mention.number.unit == "year"
        and mention.number.value >= 15
        and bool({"aged", "ages", "age"} & set(words))
    )


def _in_range_note(sentence: Sentence, mention: Mention) -> bool:
    """Whether a span stands in brackets as a range or spread: "(range, 3-7 years)"."""
    words = sentence.words
    place = mention.first - 1
    while place >= 0 and mention.first - place < 14 and words[place] not in ("(", ")", "["):
        place -= 1
    if place < 0 or words[place] not in ("(", "["):
        return False
    inside = set(words[place + 1 : mention.first])
    return bool(inside & {"range", "iqr", "interquartile", "ci", "sd", "ranging", "iq"})


_WORD = re.compile(r"[^\W_]+")


def _distance(sentence: Sentence, mention: Mention, cues: Sequence[tuple[int, int]]) -> int:
    """Return how many words lie between a span and the nearest word for follow-up; 999 for none."""
    start, end = mention.number.phrase.start, mention.number.phrase.end
    if mention.number.span.start < start:
        start = mention.number.span.start
    best = 999
    for first, last in cues:
        between = sentence.text[end:first] if first >= end else sentence.text[last:start]
        if first < end and last > start:
            return 0
        steps = len(_WORD.findall(between))
        if ";" in between:
            steps += 8
        if first >= end and _cut_off(sentence, end, first):
            steps += 20  # "for 4 days and were followed": the span belongs to what stands before
        best = min(best, steps)
    return best


def _cut_off(sentence: Sentence, end: int, first: int) -> bool:
    """Whether "and" parts a span from the word for follow-up, rather than from another span."""
    place = sentence.text.rfind(" and ", end - 1, first + 1)
    return place >= 0 and not any(
        place < other.number.span.start < first and other.number.unit in SIZES for other in sentence.mentions
    )


def _joined(
    sentence: Sentence, mention: Mention, cues: Sequence[tuple[int, int]], distance: int, last: str
) -> bool:
    """Whether a span further from the word for follow-up still belongs to it."""
    words = sentence.words
    lead = set(words[max(0, mention.first - 3) : mention.first])
    if last == "within" or "treatment" in lead or "treated" in lead:
        return False
    if mention.number.part:
        return distance <= 6
    if distance <= 7:
        return True
    listed_at = bool(lead & {"at", "after", "and", ",", "for", "of", "was", "average", "median", "mean"})
    return listed_at and distance <= 30


def _survival_behind(behind: Sequence[str]) -> bool:
    place = 0
    while place < len(behind) and (is_dash(behind[place]) or behind[place] in ("the", "mean", "median")):
        place += 1
    return place < len(behind) and behind[place] in _SURVIVAL


def time_of(sentence: Sentence, mention: Mention, spans: Sequence[Duration]) -> Duration | None:
    """Return the span of time at which the value of a mention was seen, or None."""
    times = [one for one in spans if one.kind in ("at", "follow_up") and one.mention is not mention]
    if not times:
        return None

    def cost(one: Duration) -> float:
        before = one.mention.first < mention.first
        steps = mention.first - one.mention.last if before else one.mention.first - mention.last
        words = sentence.words
        low, high = sorted((one.mention.first, mention.first))
        between = words[low:high]
        others = sum(1 for other in sentence.mentions if low < other.first < high)
        penalty = 6.0 * between.count(";") + (0 if before else 2) + 0.5 * others
        return steps + penalty + (10 if one.kind == "follow_up" else 0)

    best = min(times, key=cost)
    return best if best.confidence >= 0.5 else None


#: How a sentence begins that goes on with the results of the one before.
_GOING_ON = (
    "in the", "of the", "the corresponding", "corresponding", "of these", "of those", "by contrast",
    "in contrast", "those in", "the respective",
)  # fmt: skip


def carried_time(
    before: Sentence | None, sentence: Sentence, spans: Mapping[int, Sequence[Duration]]
) -> Duration | None:
    """Return the time that a sentence opens for the next: "At 12 weeks, … . In the resting group, …".

    Only where the first begins with its time, has no other, and the second names none and goes on with the
    same results.
    """
    if before is None or sentence.index != before.index + 1:
        return None
    times = [one for one in spans[before.index] if one.kind in ("at", "follow_up")]
    own = any(one.kind in ("at", "follow_up") for one in spans[sentence.index])
    if own or len(times) != 1 or times[0].mention.first > 3 or times[0].kind != "at":
        return None
    return times[0] if sentence.text.lstrip().lower().startswith(_GOING_ON) else None


def follow_ups(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Duration]]:
    """Yield the follow-up periods of a text."""
    for sentence in sentences:
        for one in durations(sentence):
            if one.kind == "follow_up":
                yield sentence, one
