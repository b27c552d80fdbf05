"""Whether facts agree: on two pages, with their follow-up, in the units of their times.

Everything here is positive evidence: what is bounded ("at least"), rounded ("about"), a median, or
of another arm, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from evidence.facts.arithmetic import Conflict
from evidence.facts.folding import fold
from evidence.facts.numbers import numbers, same, shown
from evidence.facts.words import SIZES
from evidence.model import Date, Fact, Quantity

#: Days of a month, by which 4 weeks and 1 month are compared (365.25 / 12).
_MONTH = 30.4375
#: Two times that differ by less than this share are one time put in two ways, or rounded.
_NEAR = 0.1


def days(value: float, unit: str) -> float:
    """Return a span of time in days; a month has 30.4375."""
    family, size = SIZES[unit]
    return value * size * (_MONTH if family == "month" else 1 / SIZES["day"][1])


def nearly_equal_times(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield the times of a page's quote that its source gives as nearly the same: 1 month for 4 weeks."""
    if fact.on_page is None or fact.in_source is None:
        return
    source = [n for n in numbers(fact.in_source.exact) if n.unit in SIZES and n.plain and not n.part]
    for number in numbers(fact.on_page.exact):
        if number.unit not in SIZES or not number.plain or number.part:
            continue
        if any(same(number.value, number.unit, other.value, other.unit) for other in source):
            continue
        size = days(number.value, number.unit)
        for other in source:
            if (
                size
                and abs(days(other.value, other.unit) - size) <= _NEAR * size
                and other.unit != number.unit
            ):
                yield _put(number.value, number.unit), _put(other.value, other.unit)
                break


def _put(value: float, unit: str) -> str:
    return shown(Quantity(value, unit))


def beyond_follow_up(facts: Sequence[Fact]) -> Iterator[Conflict]:
    """Yield outcomes seen later than their study followed anybody."""
    longest: dict[str, tuple[float, Fact]] = {}
    open_end: set[str] = set()
    for fact in facts:
        measure = fact.quantity
        if fact.kind != "follow_up":
            continue
        if (
            measure.value is None
            or measure.unit not in SIZES
            or _is_typical(fact)
            or measure.relation in (">", ">=")
        ):
            open_end.add(fact.study)
            continue
        size = days(measure.value, measure.unit)
        if fact.study not in longest or size > longest[fact.study][0]:
            longest[fact.study] = size, fact
    for fact in facts:
        if fact.kind != "outcome" or fact.at is None or fact.at.value is None or fact.at.unit not in SIZES:
            continue
        if fact.study in open_end or fact.study not in longest:
            continue
        size, limit = longest[fact.study]
        if days(fact.at.value, fact.at.unit) > size * (1 + _NEAR):
            end = f'"{limit.id}" has a follow-up of {shown(limit.quantity)}'
            yield Conflict(fact, f'"{fact.id}" was seen at {shown(fact.at)}, and {end}')


def before_its_end(fact: Fact, started: str, printed: Date) -> str:
    """Return why a follow-up cannot have ended when its paper was printed, or "".

    `started` is when a trial began by its registry ("2014-03" or "2014-03-01"); the paper counts as
    printed at the end of its month or year, so that only what cannot be is told.
    """
    measure = fact.quantity
    if fact.kind != "follow_up" or measure.value is None or measure.unit not in SIZES or not printed.year:
        return ""
    begun = re.match(r"(\d{4})-(\d{2})", started)
    if not begun or measure.relation in ("<", "<=", "~"):
        return ""
    months = (printed.year - int(begun[1])) * 12 + (printed.month or 12) - int(begun[2]) + 1
    if days(measure.value, measure.unit) <= max(months, 0) * _MONTH * (1 + _NEAR):
        return ""
    when = f"{printed.year}-{printed.month:02d}" if printed.month else str(printed.year)
    return f"a follow-up of {shown(measure)} does not fit: the trial began {begun[0]}, the paper is of {when}"


def _is_typical(fact: Fact) -> bool:
    """Whether a follow-up is a median or mean, which some were followed beyond."""
    quotes = " ".join(quote.exact for quote in (fact.on_page, fact.in_source) if quote)
    return bool(fact.stat) or any(word in quotes.casefold() for word in ("median", "mean", "average"))


def conflicting(facts: Iterable[Fact]) -> Iterator[Conflict]:
    """Yield facts of one study that give one role, arm and time two values.

    Facts with an `of` of their own, a partition or an outcome without a name are left alone: they
    may count different people.
    """
    first: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        measure = fact.quantity
        if measure.value is None or measure.relation != "=" or fact.of or fact.partition:
            continue
        if fact.kind == "participants" and fact.role in ("screened", "enrolled", "randomised"):
            key: tuple[object, ...] = (fact.study, fact.role, fact.arm.casefold(), "")
        elif fact.kind == "outcome" and fact.outcome and fact.on_page is not None:
            when = (fact.at.value, fact.at.unit, fact.at.relation) if fact.at else None
            key = (
                fact.study,
                fact.outcome.casefold(),
                fact.arm.casefold(),
                when,
                measure.unit,
                fact.stat,
                fact.role,
            )
        else:
            continue
        other = first.setdefault(key, fact)
        if fact.kind == "outcome" and fact.page == other.page:
            continue  # one page may give one outcome of several groups that have no names
        if not same(measure.value, measure.unit, other.quantity.value or 0.0, other.quantity.unit):
            where = f" ({other.page})" if other.page and other.page != fact.page else ""
            what = fact.role or fact.outcome
            yield Conflict(
                fact, f'{what} is {shown(measure)} here and {shown(other.quantity)} in "{other.id}"{where}'
            )


def repeated(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield pairs of facts that say the same of the same words."""
    first: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        quotes = tuple(fold(quote.exact).text if quote else "" for quote in (fact.on_page, fact.in_source))
        if not any(quotes) or fact.quantity.value is None:
            continue
        measure = fact.quantity
        when = (fact.at.value, fact.at.unit) if fact.at else None
        named = (fact.study, fact.kind, fact.role, fact.arm, fact.outcome, fact.page)
        key = (*named, fact.of, measure.value, measure.unit, when, quotes)
        other = first.setdefault(key, fact)
        if other is not fact:
            yield other, fact
