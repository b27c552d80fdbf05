"""Relation drift: "at least", "up to", "more than", "about" or "median" dropped or turned.

"by 40 % for up to 6 months" is not "by more than 40 % at 6 months", though both hold 40 and 6.
The numbers that both quotes of a fact hold are compared in what stands around them; what a person
recorded of the source (`source_relation`, `source_at`) is compared too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evidence.facts.numbers import Number, matches, numbers, same, shown
from evidence.model import Fact, Quantity

#: Relations that bound in one direction say nearly the same: "at least 50" and "more than 50".
_DIRECTIONS = {">": "more", ">=": "more", "<": "less", "<=": "less", "~": "about", "=": ""}
_WORDS = {">": "more than", ">=": "at least", "<": "less than", "<=": "up to", "~": "about", "=": "exactly"}


class Drift(NamedTuple):
    """How the page and the source put one number: as words for a message."""

    on_page: str
    in_source: str


def drifts(fact: Fact) -> list[Drift]:
    """Return where a fact's page says another relation, time or statistic than its source."""
    found = [*_declared(fact), *_quoted(fact)]
    return list(dict.fromkeys(found))


def differs(page: str, source: str) -> bool:
    """Return whether a page's relation says more than its source's, or something else.

    A page may be vaguer than its source ("about 50 %" for 50 %), not firmer, and may not turn a
    bound around, drop it or add one.
    """
    on_page, in_source = _DIRECTIONS.get(page, ""), _DIRECTIONS.get(source, "")
    return on_page != in_source and not (on_page == "about" and in_source == "")


def _declared(fact: Fact) -> Iterator[Drift]:
    measure = fact.quantity
    if fact.source_relation and measure.value is not None:
        page = _relation_in(measure, fact.on_page.exact if fact.on_page else "") or measure.relation
        if differs(page, fact.source_relation):
            yield Drift(_put(measure, page), _put(measure, fact.source_relation))
    at, source_at = fact.at, fact.source_at
    if at is None or source_at is None or at.value is None or source_at.value is None:
        return
    equal = same(at.value, at.unit, source_at.value, source_at.unit)
    if not equal or differs(at.relation, source_at.relation):
        yield Drift(_put(at, at.relation), _put(source_at, source_at.relation))


def _relation_in(measure: Quantity, quote: str) -> str:
    found = matches(measure, quote)
    return found[0].relation if found else ""


def _put(measure: Quantity, relation: str) -> str:
    size = None if measure.value is None else abs(measure.value)
    return f"{_WORDS[relation]} {shown(Quantity(size, measure.unit, '=', measure.text))}"


def _quoted(fact: Fact) -> Iterator[Drift]:
    if fact.on_page is None or fact.in_source is None:
        return
    source = [number for number in numbers(fact.in_source.exact) if number.plain]
    for number in numbers(fact.on_page.exact):
        if not number.plain:
            continue
        equal = [other for other in source if same(number.value, number.unit, other.value, other.unit)]
        declared = fact.source_relation and fact.quantity.value is not None
        if declared and same(number.value, number.unit, fact.quantity.value or 0, fact.quantity.unit):
            continue  # a person said what the source says of this number
        if equal and all(_conflict(number, other) for other in equal):
            page, other = fact.on_page.exact, equal[0]
            yield Drift(_shown(page, number), _shown(fact.in_source.exact, other))


def _conflict(page: Number, source: Number) -> bool:
    return differs(page.relation, source.relation) or (source.stat != "" and source.stat != page.stat)


def _shown(text: str, number: Number) -> str:
    words = " ".join(text[number.phrase.start : number.phrase.end].split())
    return f"{number.stat} {words}" if number.stat and number.stat not in words else words
