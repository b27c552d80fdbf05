"""Proposals as facts: with an id, a study, and the words of page and source; nobody has checked them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from evidence.facts.extraction import Proposal
from evidence.facts.folding import fold
from evidence.facts.numbers import digits, quantity
from evidence.facts.words import listed
from evidence.model import Fact, Quantity, Quote

#: Least confidence of a proposal that is drafted; those below are for programs.
LEAST = 0.25
#: Longest text of an outcome or arm that a draft carries.
_LONGEST = 80


def draft(
    proposal: Proposal, study: str, taken: Collection[str], *, page: str = "", on_page: Quote | None = None,
    in_source: Quote | None = None, note: str = "",
) -> Fact:  # fmt: skip
    """Return a proposal as an unchecked fact with an id that is not `taken`."""
    value = proposal.value
    measure = (
        Quantity(value, proposal.unit, proposal.relation, digits(value))
        if isinstance(value, float)
        else Quantity(None, "", "=", value)
    )
    return Fact(
        id=_name(proposal, taken),
        study=study,
        kind=proposal.kind,
        role=proposal.role,
        quantity=measure,
        at=quantity(proposal.at) if proposal.at else None,
        outcome=proposal.outcome[:_LONGEST],
        arm=proposal.arm[:_LONGEST],
        of=digits(proposal.of) if proposal.of is not None else "",
        stat=proposal.stat,
        on_page=on_page,
        in_source=in_source,
        page=page if on_page else "",
        note=note,
    )


def _name(proposal: Proposal, taken: Collection[str]) -> str:
    if proposal.kind == "participants":
        base = proposal.role + (f"-{_slug(proposal.arm)}" if proposal.arm else "")
    elif proposal.kind == "other":
        base = _slug(proposal.outcome) or "number"
    elif proposal.kind == "outcome":
        base = _slug(proposal.outcome) or "outcome"
    else:
        base = {"follow_up": "follow-up"}.get(proposal.kind, proposal.kind)
    base = base.strip("-") or "fact"
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def _slug(words: str) -> str:
    """Return the telling words of a phrase as one word: "pain was better" → "pain-better"."""
    plain = re.findall(r"[a-z0-9]+", fold(words).text)
    told = [word for word in plain if len(word) > 2 and word not in _DULL]
    return "-".join(told[:3])[:40]


_DULL = listed(
    "the and was were had has their for with that this not but who all patients patient participants "
    "reported from than them his her its into"
)  # fmt: skip


def is_known(draft_: Fact, facts: Iterable[Fact]) -> bool:
    """Return whether a facts file has this fact: same study, kind and value, and the same words."""
    own = {fold(quote.exact).text for quote in (draft_.on_page, draft_.in_source) if quote}
    for fact in facts:
        if (fact.study, fact.kind) != (draft_.study, draft_.kind):
            continue
        if (fact.quantity.value, fact.quantity.unit) != (draft_.quantity.value, draft_.quantity.unit):
            continue
        if draft_.quantity.value is None and fact.quantity.text != draft_.quantity.text:
            continue
        theirs = [fold(quote.exact).text for quote in (fact.on_page, fact.in_source) if quote]
        if any(_overlap(one, other) for one in own for other in theirs):
            return True
    return False


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def worth_drafting(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals that are sure enough to be shown to a person."""
    for one in proposals:
        if one.confidence >= LEAST:
            yield one
