"""The plug-in point: other programs, a language model among them, may propose facts, never decide.

A package registers a function in the entry point group `evidence.proposers`. It gets a text and
returns mappings with `kind`, `role`, `value`, `unit`, `quote` … as `evidence extract` prints them.
What it returns is believed only as far as the text bears it out: the quote must stand in the text
and hold the value, else the proposal is dropped. Its facts are unchecked like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any

from evidence.errors import UsageError
from evidence.facts import schema
from evidence.facts.extraction import Proposal
from evidence.facts.numbers import holds, quantity, shown
from evidence.facts.quotes import find_quote
from evidence.model import Quantity

GROUP = "evidence.proposers"
Proposer = Callable[[str], Iterable[Mapping[str, Any]]]
#: Most proposals that are taken from one text.
MOST = 500


def proposer(name: str) -> Proposer:
    """Return the function that is registered under a name; raises `UsageError` naming those that are."""
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(sorted(found)) or "none is installed"
        raise UsageError(f"no proposer is called {name!r}: {known} (entry points of the group {GROUP})")
    loaded: Proposer = found[name].load()
    return loaded


def propose_with(proposer: Proposer, text: str) -> Iterator[Proposal]:
    """Yield what a plug-in proposes and the text bears out; a fault of the plug-in is a `UsageError`."""
    try:
        given = list(proposer(text))[:MOST]
    except Exception as fault:  # foreign code may raise anything
        raise UsageError(f"the proposer failed: {type(fault).__name__}: {fault}") from fault
    for one in given:
        if isinstance(one, Mapping) and (proposal := borne_out(one, text)):
            yield proposal


def borne_out(given: Mapping[str, Any], text: str) -> Proposal | None:
    """Return a foreign proposal that its quote bears out, or None."""
    kind, role = str(given.get("kind") or "other"), str(given.get("role") or "")
    quote = given.get("quote")
    place = find_quote(text, quote) if isinstance(quote, str) and quote.strip() else None
    if kind not in schema.KINDS or (role and role not in schema.ROLES) or place is None:
        return None
    start, end, _ = place
    try:
        measure = quantity(given.get("value"), str(given.get("unit") or ""), str(given.get("relation") or ""))
        at = quantity(given["at"]) if given.get("at") else Quantity()
    except ValueError:
        return None
    if measure.value is None or not holds(measure, text[start:end], labels=kind == "other"):
        return None
    return Proposal(
        kind, role, measure.value, unit=measure.unit, relation=measure.relation,
        outcome=str(given.get("outcome") or ""), arm=str(given.get("arm") or ""),
        at=shown(at) if at.value is not None else "", confidence=0.5, quote=text[start:end],
        start=start, end=end,
    )  # fmt: skip
