"""Find the words of a source that a fact of a page rests on: by role and value, not by number alone.

What is found is a proposal: the person who confirms the fact reads both passages.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.facts.extraction import Proposal, extract
from evidence.facts.numbers import same
from evidence.facts.quotes import count
from evidence.model import Quantity, Quote

#: Roles that a page and its source may use for one another: 24 enrolled there, 24 treated here.
_WHOLE = frozenset({"enrolled", "randomised", "treated", "analysed"})
#: How many characters of context choose among several places of a quote.
_CONTEXT = 32


def tie(
    kind: str, role: str, value: Quantity, source: str, proposals: Sequence[Proposal] | None = None
) -> Quote | None:
    """Return the words of a source that state a value in a role, or None.

    A passage must be of the same kind (or count events too), hold the same value (24 months for 2
    years), and give it the same role or one that counts the same people. Of several the likeliest is
    returned.
    `proposals` are the source's facts where they are known already.
    """
    if value.value is None:
        return None
    found = [
        one for one in (extract(source) if proposals is None else proposals)
        if (one.kind == kind or (one.role == role == "event"))
        and isinstance(one.value, float)
        and same(value.value, value.unit, one.value, one.unit)
        and (one.role == role or not role or {one.role, role} <= _WHOLE)
    ]  # fmt: skip
    if not found:
        return None
    best = max(found, key=lambda one: (one.role == role, one.confidence, -one.start))
    return selector(source, best.start, best.end)


def selector(text: str, start: int, end: int) -> Quote:
    """Return the W3C TextQuoteSelector of a passage, with context where its words stand twice."""
    exact = text[start:end]
    if count(text, exact) < 2:
        return Quote(exact)
    return Quote(exact, text[max(0, start - _CONTEXT) : start].lstrip(), text[end : end + _CONTEXT].rstrip())
