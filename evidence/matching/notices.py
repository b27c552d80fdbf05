"""What several sources say happened to a work, as one list of events that names them. Pure.

No single source knows all retractions, so the union counts. The same event may be told twice, by the
DOI of its notice and by its PubMed number; what stands in a work's own notices is told apart from
what a notice says of another work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from evidence.model import Notice, Record, Work

#: Kinds by which a work is withdrawn from the literature.
TAKEN_BACK = frozenset({"retraction", "withdrawal"})

#: Days that two reports of one correction or concern may lie apart.
APART = 62

#: How the title of a notice reads. "Retracted: …" is how publishers mark the paper itself, and
#: "Withdrawal of drugs" or "Correction of a deformity" are subjects of papers.
_NOTICE = re.compile(
    r"(?:notice|statement) of (?:retraction|withdrawal|concern)\b|expression of concern\b"
    r"|(?:partial |editorial )?(?:retraction|withdrawal|erratum|corrigendum|correction)"
    r"(?: (?:notice|note)\b|(?: to)?\s?[:\u2013\u2014]|$)",
    re.IGNORECASE,
)


def is_notice(work: Work) -> bool:
    """Whether a registered work is itself a notice about another one, by its title."""
    return bool(_NOTICE.match(work.title))


def union(told: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return each event once, with all who report it, by date.

    Reports with the DOI of a notice are one event where it is the same; others join the event of
    their kind that they can be about.
    """
    named: dict[tuple[str, str], Notice] = {}
    others: list[Notice] = []
    for notice in sorted(set(told), key=lambda n: (n.kind, n.id, n.date, n.says)):
        if notice.id.startswith("10."):
            key = (notice.kind, notice.id.lower())
            named[key] = _joined(named[key], notice) if key in named else notice
        else:
            others.append(notice)
    events = list(named.values())
    # those with a number of their own before those that only say that it happened
    for notice in sorted(others, key=lambda n: (not n.id, n.kind, n.date, n.id)):
        at = _home(notice, events)
        if at is None:
            events.append(notice)
        else:
            events[at] = _joined(events[at], notice)
    return tuple(sorted(events, key=lambda n: (n.date, n.kind, n.id)))


def _home(notice: Notice, events: list[Notice]) -> int | None:
    """Return which event a report without a DOI is about; None where it is one of its own."""
    kinds = [n for n, event in enumerate(events) if event.kind == notice.kind]
    if notice.kind in TAKEN_BACK and not kinds:
        kinds = [n for n, event in enumerate(events) if event.kind in TAKEN_BACK]
    same = [n for n in kinds if notice.id and events[n].id == notice.id]
    if same:
        return same[0]
    # another source's number for its own notice cannot be compared with a DOI: the date can
    kinds = [n for n in kinds if not (notice.id and events[n].id.startswith("pmid:"))]
    near = [n for n in kinds if _near(notice.date, events[n].date)]
    if near:
        return near[0]
    if notice.kind in TAKEN_BACK or not notice.date:
        return kinds[0] if len(kinds) == 1 or (kinds and notice.kind in TAKEN_BACK) else None
    return None


def _near(one: str, other: str) -> bool:
    """Whether two ISO dates, as far as they are known, can be those of one event."""
    if not one or not other:
        return False
    if len(one) < 10 or len(other) < 10:
        return one.startswith(other) or other.startswith(one)
    from datetime import date

    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= APART
    except ValueError:
        return False


def _joined(one: Notice, other: Notice) -> Notice:
    """Return one event from two reports: the DOI of the notice, the best known date, all who say so."""
    dates = sorted({d for d in (one.date, other.date) if d}, key=lambda d: (-len(d), d))
    return replace(
        one,
        id=one.id or other.id,
        date=dates[0] if dates else "",
        says=tuple(sorted({*one.says, *other.says})),
    )


def about(record: Record, told: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return the notices that are about a work, where the work is itself a notice.

    Publishers deposit updates in both directions, so a notice seems to be retracted by the paper
    that it retracts. A notice is taken to be so only by what Retraction Watch or PubMed report, and
    not by the works that it is about.
    """
    subjects = {part.rpartition(" ")[2] for part in record.work.extra.get("updates", "").split("; ")}
    grave = TAKEN_BACK | {"concern"} if is_notice(record.work) else frozenset()
    return tuple(
        notice
        for notice in told
        if (not notice.id or notice.id not in subjects)
        and (notice.kind not in grave or set(notice.says) - {"crossref"})
    )
