"""Where two people who extracted the same studies differ.

Facts are paired by study and id, and where the ids differ by what they are of: kind, role, outcome,
arm and time. Values are compared across units (24 months are 2 years); how a quote is typeset does
not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evidence.facts.folding import fold
from evidence.facts.numbers import same, shown
from evidence.model import Fact, FactsFile, Quantity, Quote

#: What is compared of a fact, in the order in which differences are told.
FIELDS = ("kind", "role", "value", "relation", "of", "at", "outcome", "arm", "stat", "in_source", "verdict")


class Disagreement(NamedTuple):
    """One thing in which two extractors differ: `field` is `missing` where only one has the fact."""

    study: str
    id: str
    field: str
    first: str
    second: str


class Comparison(NamedTuple):
    """All differences, and how many of the facts that both have agree in their value."""

    differences: Sequence[Disagreement]
    both: int
    same_value: int

    @property
    def agreement(self) -> float:
        """The share of paired facts with the same value; 1.0 where there are none."""
        return self.same_value / self.both if self.both else 1.0


def compare(first: FactsFile, second: FactsFile) -> Comparison:
    """Return where two facts files differ, in the order of the first."""
    rest = list(second.facts)
    differences: list[Disagreement] = []
    both = alike = 0
    for fact in first.facts:
        other = _partner(fact, rest)
        if other is None:
            differences.append(Disagreement(fact.study, fact.id, "missing", shown(fact.quantity), ""))
            continue
        rest.remove(other)
        both += 1
        found = list(_differences(fact, other))
        alike += all(one.field not in ("value", "relation") for one in found)
        differences += found
    differences += [Disagreement(fact.study, fact.id, "missing", "", shown(fact.quantity)) for fact in rest]
    return Comparison(differences, both, alike)


def _partner(fact: Fact, others: Sequence[Fact]) -> Fact | None:
    own = [other for other in others if other.study == fact.study]
    named = next((other for other in own if other.id == fact.id), None)
    return named or next((other for other in own if _about(other) == _about(fact)), None)


def _about(fact: Fact) -> tuple[object, ...]:
    at = (fact.at.value, fact.at.unit) if fact.at else None
    return fact.kind, fact.role, fact.outcome.casefold(), fact.arm.casefold(), at, fact.quantity.unit


def _differences(first: Fact, second: Fact) -> Iterable[Disagreement]:
    for field in FIELDS:
        left, right = _field(first, field), _field(second, field)
        if field == "value" and _equal(first.quantity, second.quantity):
            continue
        if field == "at" and first.at and second.at and _equal(first.at, second.at):
            continue
        if _fold(left) != _fold(right):
            yield Disagreement(first.study, first.id, field, left, right)


def _equal(left: Quantity, right: Quantity) -> bool:
    if left.value is None or right.value is None:
        return _fold(left.text) == _fold(right.text)
    return same(left.value, left.unit, right.value, right.unit)


def _field(fact: Fact, field: str) -> str:
    if field == "value":
        return shown(fact.quantity)
    if field == "relation":
        return fact.quantity.relation
    value = getattr(fact, field)
    if isinstance(value, Quantity):
        return shown(value)
    return value.exact if isinstance(value, Quote) else value or ""


def _fold(text: str) -> str:
    return fold(text).text
