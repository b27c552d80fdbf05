"""Find study facts in a text: proposals for a person to check, each with the words it rests on.

Nothing here decides anything: a proposal says what the words look like. The total number of those
who took part comes first and has the highest confidence of all counts of people.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from evidence.facts.arms import arm_of
from evidence.facts.designs import (
    INTRODUCTION,
    begin_of_study,
    is_known_before,
    is_of_groups,
    named,
    people_took_part,
)
from evidence.facts.durations import Duration, carried_time, durations
from evidence.facts.mentions import Sentence, read
from evidence.facts.numbers import shown
from evidence.facts.outcomes import Outcome, outcomes
from evidence.facts.participants import arms_of, counts, stage_of, total_of
from evidence.facts.phrases import history_of
from evidence.facts.reading import Number
from evidence.facts.weighing import Count
from evidence.model import Quantity, Span

#: How long a text is read as one study; a longer one with paragraphs is read paragraph by paragraph.
_ONE_STUDY = 6_000
#: A text no longer than this is a line or a heading: the design it names is of something else.
_LINE = 400
#: Confidence from which a count of people is its study's total.
_TOTAL = 0.5
#: Points of a count that is no total, from which it is proposed with its role.
_WORTH = 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A study fact as the words of a text look: for a person to check.

    Fields as in facts.toml. `value` is a number, or a text for designs and registry numbers; `of`
    is the size of the group that a count is of; `at` is a time as people write it ("12 months",
    "<= 12 months"). `confidence` is between 0 and 1. `quote` are the words around the number,
    `text[start:end]`; `number` is where the number itself stands.
    """

    kind: str
    role: str
    value: float | str
    unit: str = ""
    relation: str = "="
    outcome: str = ""
    arm: str = ""
    of: float | None = None
    at: str = ""
    stat: str = ""
    confidence: float = 0.5
    quote: str = ""
    start: int = 0
    end: int = 0
    number: Span = field(default=Span(0, 0), compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the proposal as the object that `evidence extract` prints; what is not known is null."""
        value = self.value
        return {
            "kind": self.kind,
            "role": self.role or None,
            "outcome": self.outcome or None,
            "arm": self.arm or None,
            "value": _plain(value) if isinstance(value, float) else value,
            "unit": self.unit or None,
            "relation": self.relation,
            "of": _plain(self.of) if self.of is not None else None,
            "at": self.at or None,
            "stat": self.stat or None,
            "confidence": round(self.confidence, 3),
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
        }


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def extract(text: str) -> list[Proposal]:
    """Return the study facts that a text seems to state, the most telling first.

    A text is read as the abstract of one study; one of several paragraphs with citation markers,
    or a long one, is read as a page, each paragraph for itself. Linear in the text.
    """
    found: list[Proposal] = []
    for start, end in _parts(text):
        found += _shifted(_extract(text[start:end]), start)
    return found


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text that are read for themselves."""
    if "\n" not in text:
        return [(0, len(text))]
    breaks = [match.end() for match in re.finditer(r"\n[ \t]*\n\s*|(?<=\d\])[ \t]*\n\s*", text)]
    marked = len(re.findall(r"\[\d{1,3}(?:[,–-] ?\d{1,3})*\](?=\s*(?:\n|$))", text)) > 1
    if not breaks or (len(text) <= _ONE_STUDY and not marked):
        return [(0, len(text))]
    edges = [0, *breaks, len(text)]
    return [(start, end) for start, end in pairwise(edges) if text[start:end].strip()]


def _shifted(proposals: Sequence[Proposal], by: int) -> list[Proposal]:
    if not by:
        return list(proposals)
    return [
        replace(
            one,
            start=one.start + by,
            end=one.end + by,
            number=Span(one.number.start + by, one.number.end + by),
        )
        for one in proposals
    ]


def _extract(text: str) -> list[Proposal]:
    sentences = read(text)
    found = counts(sentences)
    spans = {sentence.index: durations(sentence) for sentence in sentences}
    people = list(_people(text, found)) if people_took_part(text) else []
    rest: list[Proposal] = []
    for sentence in sentences:
        rest += _times(sentence, spans[sentence.index])
    by_sentence: dict[int, list[Count]] = {}
    for count in found:
        by_sentence.setdefault(count.sentence.index, []).append(count)
    begins = INTRODUCTION * len(text)
    before = None
    total = total_of(found)
    whole = (total.value if total else 0.0) if is_of_groups(text) else None
    for sentence in sentences:
        if sentence.at < begins and is_known_before(sentence.words) and sentence.at < begin_of_study(text):
            continue
        own = by_sentence.get(sentence.index, [])
        carried = carried_time(before, sentence, spans)
        results = outcomes(sentence, spans[sentence.index], own, carried, whole=whole)
        rest += [_result(outcome) for outcome in results]
        before = sentence
    # A count of those with an outcome is no group and no stage of a study, whatever stands around it.
    told = {one.number for one in rest if one.role == "event"}
    people = [one for one in people if one.number not in told or one.confidence >= _TOTAL]
    labels = [_label(text, one.kind, one.value, one.start, one.end) for one in named(text)]
    if not people:
        labels = [one for one in labels if one.outcome != "design" or len(text) > _LINE]
    return [*people, *_once(rest), *labels]


def _once(proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield each follow-up period once: a text names its own again and again."""
    seen: set[tuple[object, ...]] = set()
    for one in proposals:
        key = (one.value, one.unit, one.relation, one.stat)
        if one.kind != "follow_up" or key not in seen:
            yield one
        if one.kind == "follow_up":
            seen.add(key)


# People


def _people(text: str, found: Sequence[Count]) -> Iterator[Proposal]:
    best = total_of(found)
    if best is None or best.points < _SURE:
        derived = arms_of(found, text.casefold())
        if derived:
            yield _sum(derived[0], derived[1])
            best = None
    if best is not None:
        role = best.role if best.role in ("randomised", "enrolled", "analysed") else "enrolled"
        yield _counted(best, role, max(0.5, _confidence(best.points)))
    told = {best.value} if best else set()
    for count in found:
        if best is not None and count is not best and (stage := stage_of(count, best)):
            yield _counted(count, stage, 0.45)
            continue
        if (
            count is best
            or count.role in ("none", "event", "")
            or (count.value in told and count.role != "arm")
        ):
            continue
        if count.role in ("randomised", "enrolled") and best and count.points < max(2.5, best.points - 1.5):
            continue
        part = count.of is not None and count.role in ("followed", "completed", "analysed", "treated")
        if (
            count.role != "arm"
            and not part
            and (count.points < _WORTH or not (count.mention.noun or count.labelled))
        ):
            continue
        arm = _arm_name(count) if count.role == "arm" else ""
        if count.role == "arm" and (count.value < 3 or (best and count.value >= best.value)):
            continue
        ceiling = 0.45 if best is not None else 0.6
        yield _counted(count, count.role, min(ceiling, _confidence(count.points)), arm)


def _arm_name(count: Count) -> str:
    """Return the arm that a count is the size of: the words in front of "(n = 27)", else as for a result."""
    text = count.sentence.text[: count.mention.number.phrase.start]
    opened = max(text.rfind("("), text.rfind("["))
    if opened >= 3 and _LABEL.fullmatch(text, opened + 1):
        lead = _ENDS.split(text[max(0, opened - 80) : opened])[-1]
        words = _LINKS.split(lead)
        if name := words[-1].strip(" :-–"):
            return _GROUP.sub("", name)
    return arm_of(count.sentence, count.mention)


_LABEL = re.compile(r"\s*(?:[nN]s?\s*)?")
_ENDS = re.compile(r"[()\[\];,]")
_LINKS = re.compile(
    r"\b(?:to|or|and|either|receive[ds]?|receiving|versus|vs\.?|with|the|a|an|into|undergo|of)\b"
)
_GROUP = re.compile(r"\s+(?:group|arm)$")
#: From these points on a total is sure enough not to be added up from its groups.
_SURE = 1.2


def _confidence(points: float) -> float:
    return 1 / (1 + math.exp(-(points - 1.0) / 1.3))


def _counted(count: Count, role: str, confidence: float, arm: str = "") -> Proposal:
    number = count.mention.number
    end = count.sentence.tokens.ends[count.mention.noun_at] if count.mention.noun else number.phrase.end
    return _proposal(count.sentence, number, "participants", role, confidence, end=end, arm=arm, of=count.of)


def _sum(arms: Sequence[Count], total: float) -> Proposal:
    """Return the total of groups, with the words from the first group to the last."""
    first, last = arms[0], arms[-1]
    start = first.mention.number.phrase.start
    made = _proposal(
        first.sentence, first.mention.number, "participants", "randomised", 0.55, start=start,
        end=last.mention.number.phrase.end,
    )  # fmt: skip
    return replace(made, value=float(total), stat="sum")


# Times, results, labels


def _times(sentence: Sentence, spans: Sequence[Duration]) -> Iterator[Proposal]:
    for one in spans:
        number = one.mention.number
        if one.kind == "follow_up":
            yield _proposal(sentence, number, "follow_up", "", one.confidence)
        elif one.kind == "duration":
            what = history_of(sentence, one.mention) if one.about == "history" else one.about
            yield _proposal(sentence, number, "duration", "", one.confidence, outcome=what)


def _result(outcome: Outcome) -> Proposal:
    number = outcome.mention.number
    at = outcome.at.mention.number if outcome.at else None
    return _proposal(
        outcome.sentence,
        number,
        "other" if outcome.kind in ("difference", "pooled") else "outcome",
        "event" if outcome.kind in ("event", "pooled") else "",
        outcome.confidence,
        outcome=outcome.what,
        arm=outcome.arm,
        of=outcome.of,
        at=shown(Quantity(at.value, at.unit, at.relation)) if at else "",
    )


def _proposal(
    sentence: Sentence,
    number: Number,
    kind: str,
    role: str,
    confidence: float,
    *,
    start: int = -1,
    end: int = -1,
    **more: Any,
) -> Proposal:
    first, last = _quote(sentence, number.phrase.start if start < 0 else start, max(end, number.phrase.end))
    at = sentence.at
    return Proposal(
        kind,
        role,
        number.value,
        unit=number.unit,
        relation=number.relation,
        stat=number.stat,
        confidence=confidence,
        quote=sentence.text[first:last],
        start=at + first,
        end=at + last,
        number=Span(at + number.span.start, at + number.span.end),
        **more,
    )


_STARTS = re.compile(r"[;:]\s|\n\s*")


def _quote(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the clause around a number: enough words for a reader, and none of the next sentence."""
    text = sentence.text
    low, high = max(0, start - 160), min(len(text), end + 160)
    first = max((m.end() for m in _STARTS.finditer(text[low:start])), default=0) + low
    if first == low and low > 0:
        first = text.find(" ", low) + 1
    stops = (at for at in (text.find(";", end, high), text.find("\n", end, high)) if at >= 0)
    last = min(stops, default=high)
    if last == high and high < len(text):
        last = max(end, text.rfind(" ", end, high))
    while first < start and text[first] in " \t\n,([":
        first += 1
    while last > end and text[last - 1] in " \t\n,.":
        last -= 1
    return first, last


def _label(text: str, kind: str, value: str, start: int, end: int) -> Proposal:
    return Proposal(
        "other", "", value, outcome=kind, confidence=0.9, quote=text[start:end], start=start, end=end,
        number=Span(start, end),
    )  # fmt: skip


def as_object(identifier: str, proposals: Sequence[Proposal]) -> Mapping[str, Any]:
    """Return the object that `evidence extract` prints for one text."""
    return {"id": identifier, "facts": [one.as_json() for one in proposals]}
