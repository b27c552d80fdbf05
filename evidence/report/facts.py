"""Study facts as a table for people: what was found, in whose words, and who looked."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.model import Fact, Quantity

HEAD = ("Study", "Fact", "Value", "The page says", "The source says", "Verdict")
_COUNTED = ("second", "minute", "hour", "day", "week", "month", "year")


def rows(facts: Iterable[Fact]) -> list[list[str]]:
    """Return the head and a row a fact, as plain words."""
    return [list(HEAD), *(_row(fact) for fact in facts)]


def _row(fact: Fact) -> list[str]:
    return [
        fact.study,
        what(fact),
        amount(fact.quantity),
        f"“{fact.on_page.exact}”" if fact.on_page else "",
        f"“{fact.in_source.exact}”" if fact.in_source else "",
        fact.verdict.replace("-", " "),
    ]


def what(fact: Fact) -> str:
    """Return what a fact is about, in words: its outcome, else its role, else its kind."""
    return fact.outcome or (fact.role or fact.kind).replace("_", " ")


def amount(quantity: Quantity) -> str:
    """Return a quantity as people write it: 12, > 50 %, 30 months."""
    value = quantity.value
    if value is None or value != value:
        return quantity.text or "–"
    sign = "" if quantity.relation in ("", "=") else f"{quantity.relation} "
    unit = " %" if quantity.unit == "percent" else f" {quantity.unit}" if quantity.unit else ""
    plural = "s" if quantity.unit in _COUNTED and value != 1 else ""
    return f"{sign}{value:,.10g}{unit}{plural}"
