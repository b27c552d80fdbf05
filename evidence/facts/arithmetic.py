"""The arithmetic between facts: parts that make a whole, counts within their group, percentages.

Everything here is positive evidence: where a number is missing, rounded ("about") or of another
unit, nothing is said. The checks and their figures are described in the project's notes on study
facts, section 3 (F10 to F12): on 286 arm rows of 120 annotated trials no count exceeded its group.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from evidence.facts.numbers import Number, digits, numbers
from evidence.facts.words import PERCENT
from evidence.model import Fact, Study


class Conflict(NamedTuple):
    """Facts that cannot all be true: the one to point at, and why in words."""

    fact: Fact
    reason: str


#: Which role cannot count more people than which: each followed person was enrolled, and so on.
ORDER = (
    ("enrolled", "screened"), ("randomised", "screened"), ("analysed", "screened"), ("treated", "screened"),
    ("analysed", "randomised"), ("completed", "randomised"), ("followed", "randomised"),
    ("analysed", "enrolled"), ("completed", "enrolled"), ("followed", "enrolled"), ("treated", "enrolled"),
    ("randomised", "enrolled"),
)  # fmt: skip


def is_count(fact: Fact) -> bool:
    """Return whether a fact is an exact number of people or events."""
    measure = fact.quantity
    return measure.value is not None and not measure.unit and measure.relation == "="


def whole_of(fact: Fact, facts: Iterable[Fact]) -> tuple[float, str] | None:
    """Return the denominator of a fact and what it is called, or None where it is not known.

    `of` is the id of a fact of the same study, or a number.
    """
    if not fact.of:
        return None
    if re.fullmatch(r"\d+(?:,\d{3})*", fact.of):
        return float(fact.of.replace(",", "")), "the group"
    for other in facts:
        if other.study == fact.study and other.id == fact.of and other.quantity.value is not None:
            if not other.quantity.unit and other.quantity.relation in ("=", "<", "<="):
                return other.quantity.value, f'"{other.id}"'
            return None
    return None


def broken_partitions(facts: Sequence[Fact], studies: Mapping[str, Study]) -> Iterator[Conflict]:
    """Yield partitions whose parts do not add up to their whole, and arms that do not.

    Facts sharing a `partition` must add up to the value of `of`; percentages to 100 within the
    rounding of their last digits. The arms of a study, where all sizes are known, must add up to
    those randomised, else enrolled. A partition of one part says nothing yet.
    """
    groups: dict[tuple[str, str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.partition:
            groups.setdefault((fact.study, fact.page, fact.arm, fact.partition), []).append(fact)
    for (_, _, _, name), parts in groups.items():
        if len(parts) > 1 and (reason := _partition_conflict(name, parts, facts)):
            yield Conflict(parts[-1], reason)
    for study in studies.values():
        yield from _broken_arms(study, facts)


def _partition_conflict(name: str, parts: Sequence[Fact], facts: Sequence[Fact]) -> str:
    values = [part.quantity.value for part in parts if part.quantity.value is not None]
    if len(values) < len(parts) or any(part.quantity.relation != "=" for part in parts):
        return ""
    total = round(sum(values), 9)
    added = f'the parts of "{name}" are {" + ".join(map(digits, values))} = {digits(total)}'
    units = {part.quantity.unit for part in parts}
    if units == {PERCENT}:
        slack = sum(rounding(part) for part in parts) + 1e-6
        return "" if abs(total - 100) <= slack else f"{added} %, not 100 %"
    if units != {""} or len({part.of for part in parts}) > 1:
        return ""
    whole = whole_of(parts[0], facts)
    if whole is None or total == whole[0]:
        return ""
    return f"{added}, and {whole[1]} is {digits(whole[0])}"


def rounding(fact: Fact) -> float:
    """Return half a unit of the last digit that a value was written with: 0.05 for 20.8."""
    digits = re.search(r"\d(?:[\d,]*)[.·](\d+)", fact.quantity.text)
    return 0.5 * 10.0 ** -(len(digits.group(1)) if digits else 0)


def _broken_arms(study: Study, facts: Sequence[Fact]) -> Iterator[Conflict]:
    if len(study.arms) < 2:
        return
    own = [fact for fact in facts if fact.study == study.key and is_count(fact)]
    own = [fact for fact in own if fact.kind == "participants"]
    totals = {fact.role: fact for fact in own if not fact.arm}
    whole = totals.get("randomised") or totals.get("enrolled")
    if whole is None or whole.quantity.value is None:
        return
    arms = [fact for fact in own if fact.role == "arm" and fact.of in ("", whole.id)]
    sizes = [float(size) for _, size in study.arms if size is not None]
    values = [fact.quantity.value for fact in arms if fact.quantity.value is not None]
    for parts, at in ((sizes, whole), (values, arms[-1] if arms else whole)):
        if len(parts) == len(study.arms) and sum(parts) != whole.quantity.value:
            added = f"{' + '.join(map(digits, parts))} = {digits(sum(parts))}"
            yield Conflict(at, f'the arms are {added}, and "{whole.id}" is {digits(whole.quantity.value)}')
            return


def counts_over(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield counts greater than their denominator, and roles that count more people than they can.

    Of the roles only facts about the whole study are compared (no arm, no `of` of their own that
    is not the other fact), and a role with several values is taken at its greatest.
    """
    told: set[int] = set()
    for fact in facts:
        measure = fact.quantity
        if measure.value is None or measure.unit or measure.relation not in ("=", ">", ">="):
            continue
        whole = whole_of(fact, facts)
        if whole is not None and measure.value > whole[0]:
            told.add(id(fact))
            count, group = digits(measure.value), digits(whole[0])
            yield Conflict(fact, f'"{fact.id}" is {count}, more than {whole[1]}, which is {group}')
    by_role: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.kind == "participants" and fact.role and not fact.arm and is_count(fact):
            by_role.setdefault((fact.study, fact.role), []).append(fact)
    for (study, role), smaller in by_role.items():
        for lesser, greater in ORDER:
            if role == lesser and (study, greater) in by_role:
                yield from _out_of_order(smaller, by_role[study, greater], told)


def _out_of_order(smaller: Sequence[Fact], larger: Sequence[Fact], told: set[int]) -> Iterator[Conflict]:
    most = max(larger, key=lambda fact: fact.quantity.value or 0)
    for fact in smaller:
        value, bound = fact.quantity.value or 0, most.quantity.value or 0
        if value > bound and id(fact) not in told:
            told.add(id(fact))
            more = f'more than the {digits(bound)} {most.role} of "{most.id}"'
            yield Conflict(fact, f'"{fact.id}" has {digits(value)} {fact.role}, {more}')


class Percentage(NamedTuple):
    """A count, its group and the percentage printed with them.

    `slack` is half a unit of the percentage's last printed digit.
    """

    part: float
    whole: float
    percent: float
    slack: float

    @property
    def wrong(self) -> bool:
        """Whether the percentage is not what the count and the group round to."""
        return abs(100 * self.part / self.whole - self.percent) > self.slack + 1e-9


def wrong_percentages(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield facts whose percentage is not their count over their group.

    Looks inside the quotes ("8 of 20 (45 %)", "45 % (8/20)"), between a count and the percentage
    printed behind it ("8 (45 %)" of a known group), and between two facts on one outcome.
    """
    for fact in facts:
        texts = [quote.exact for quote in (fact.on_page, fact.in_source) if quote is not None]
        whole = whole_of(fact, facts)
        group = whole[0] if whole and is_count(fact) else None
        part = fact.quantity.value
        pairs = [pair for text in texts for pair in percentages(text, group, part)] + _paired(fact, facts)
        if wrong := next((pair for pair in pairs if pair.wrong), None):
            exact = f"{digits(wrong.part)} of {digits(wrong.whole)} is {100 * wrong.part / wrong.whole:.4g} %"
            places = max(0, round(-math.log10(2 * wrong.slack)))
            yield Conflict(fact, f"{exact}, and {wrong.percent:.{places}f} % is written")
        elif said := next((one for text in texts for one in wrong_fractions(text)), ""):
            yield Conflict(fact, said)


#: How far a count may be from a fraction that is told in words: people round ("half" for 11 of 24).
_ROUNDED = 0.1


def wrong_fractions(text: str) -> Iterator[str]:
    """Yield why a fraction in words is not its count: "half of them (4 of 24)", "all (23 of 24)"."""
    found = numbers(text)
    for told, part, whole in zip(found, found[1:], found[2:], strict=False):
        if told.kind not in ("fraction", "all") or not (
            _is_count(part) and _is_count(whole) and whole.value > 0
        ):
            continue
        if not re.fullmatch(r"[^.;:,()\[\]]{0,40}[(\[]\s{0,2}", text[told.phrase.end : part.phrase.start]):
            continue
        if not _OF.fullmatch(text[part.span.end : whole.span.start][:30]):
            continue
        share = part.value / whole.value
        limit = 1e-9 if told.kind == "all" else _ROUNDED
        if abs(share - told.value) > limit and part.value <= whole.value:
            words = text[told.span.start : told.span.end]
            exact = f"{digits(part.value)} of {digits(whole.value)} is {100 * share:.4g} %"
            yield f'{exact}, and "{words}" is written'


def _paired(fact: Fact, facts: Sequence[Fact]) -> list[Percentage]:
    """Return a percentage fact with the count fact of the same outcome, arm, time and group."""
    if fact.quantity.unit != PERCENT or fact.quantity.relation != "=" or not fact.outcome or not fact.of:
        return []
    whole = whole_of(fact, facts)
    if whole is None or whole[0] <= 0 or fact.quantity.value is None or fact.kind != "outcome":
        return []
    twins = [
        other
        for other in facts
        if is_count(other)
        and (other.study, other.outcome, other.arm, other.of, other.at)
        == (fact.study, fact.outcome, fact.arm, fact.of, fact.at)
    ]
    percent = abs(fact.quantity.value)
    return [Percentage(twin.quantity.value or 0, whole[0], percent, rounding(fact)) for twin in twins]


#: Words of an outcome that is a change or a rate of something else than people.
_CHANGE = re.compile(
    r"chang|reduc|declin|increas|decreas|lower|fell|improvement in|differen|relative|mean|score|weight|risk",
    re.IGNORECASE,
)
_LARGEST_GROUP = 100


def impossible_percentages(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield percentages that no count of their group makes: 30 % of 7 people.

    GRIM (Brown and Heathers 2017, doi:10.1177/1948550616673876) applied to proportions. It tells
    something only for groups smaller than 100 times ten to the number of printed decimals.
    """
    for fact in facts:
        measure, whole = fact.quantity, whole_of(fact, facts)
        if fact.kind != "outcome" or measure.unit != PERCENT or measure.relation != "=" or fact.stat:
            continue
        if measure.value is None or not 0 < measure.value < 100 or whole is None or not whole[0].is_integer():
            continue
        quoted = fact.on_page or fact.in_source
        if _CHANGE.search(f"{fact.outcome} {quoted.exact if quoted else ''}"):
            continue
        slack = rounding(fact)
        if not 0 < whole[0] < _LARGEST_GROUP * 0.5 / slack:
            continue
        nearest = round(measure.value * whole[0] / 100)
        tried = (100 * count / whole[0] for count in (nearest - 1, nearest, nearest + 1))
        if all(abs(share - measure.value) > slack + 1e-9 for share in tried):
            share = 100 * nearest / whole[0]
            says = (
                f"{digits(measure.value)} % of {digits(whole[0])} ({whole[1]}) is no whole number of people"
            )
            yield Conflict(fact, f"{says}: {nearest} would be {share:.4g} %")


_BEHIND = re.compile(r"\s?[)\]] (?:out )?of (?:the |all )?", re.IGNORECASE)
_OF = re.compile(r"\s{0,2}(?:/|(?:out )?of(?: the| all| a total of)?)\s{0,2}", re.IGNORECASE)


def percentages(text: str, whole: float | None = None, part: float | None = None) -> list[Percentage]:
    """Return the counts of a text that a percentage is printed with.

    "x of y (p %)", "x/y (p %)", "p % (x of y)", "x (p %) of y", and "x (p %)" where x is `part` (any
    count where that is None), whose group is given as `whole`. Grades, confidence intervals and other
    numbers that count nobody are passed over.
    """
    found = numbers(text)
    pairs = [
        Percentage(first.value, last.value, printed.value, _slack(text, printed))
        for first, printed, last in zip(found, found[1:], found[2:], strict=False)
        if _is_count(first)
        and _is_percentage(printed)
        and _is_count(last)
        and last.value > 0
        and _opens(text, first, printed)
        and _BEHIND.fullmatch(text[printed.phrase.end : last.span.start][:30])
    ]
    for place, (first, second) in enumerate(pairwise(found)):
        if not (_is_count(first) and _is_count(second) and second.value > 0):
            continue
        if not _OF.fullmatch(text[first.span.end : second.span.start][:30]):
            continue
        printed = _printed(text, found, place)
        if printed:
            pairs.append(Percentage(first.value, second.value, printed.value, _slack(text, printed)))
    if pairs or not whole:
        return pairs
    return [
        Percentage(first.value, whole, second.value, _slack(text, second))
        for first, second in pairwise(found)
        if _is_count(first)
        and part in (None, first.value)
        and _is_percentage(second)
        and _opens(text, first, second)
        and first.value <= whole
    ]


def _printed(text: str, found: Sequence[Number], place: int) -> Number | None:
    """Return the percentage that stands after "x of y" or before it, bracketed off."""
    after = found[place + 2] if place + 2 < len(found) else None
    if after and _is_percentage(after) and _opens(text, found[place + 1], after):
        return after
    if place and _is_percentage(found[place - 1]) and _opens(text, found[place - 1], found[place]):
        return found[place - 1]
    return None


def _opens(text: str, left: Number, right: Number) -> bool:
    between = text[left.phrase.end : right.phrase.start]
    return between.strip() in ("(", "[") or bool(re.fullmatch(r"\s{0,2}\w{1,20}\s{0,2}\(", between))


def _is_count(number: Number) -> bool:
    return number.kind == "" and not number.unit and number.relation == "="


def _is_percentage(number: Number) -> bool:
    return number.kind == "" and number.unit == PERCENT and number.relation == "=" and number.part == ""


def _slack(text: str, number: Number) -> float:
    digits = re.search(r"[.·](\d+)", text[number.span.start : number.span.end])
    return 0.5 * 10.0 ** -(len(digits.group(1)) if digits else 0)
