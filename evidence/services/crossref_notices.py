"""Crossref's notices about works, asked from their side: which registered works update these DOIs.

A record says in `updated-by` what was published about it, a notice in `update-to` what it is about;
either may lack what the other has. The filter `updates` finds the notices of many works at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from evidence.errors import ServiceError
from evidence.model import Answer, Notice, Outcome, Record, Work
from evidence.services import habanero_wire
from evidence.services.answers import dated, doi_batches, refusal, unknown
from evidence.services.crossref_record import date_of, said_by, updates
from evidence.services.reading import clean, mappings
from evidence.services.response import Response
from evidence.services.web import Web

#: Characters of the DOIs in one request when quoted (the address must stay below 4,000), and notices
#: in one answer: one notice may retract dozens of papers, one paper has a handful of notices.
LONGEST_FILTER, ROWS = 3_000, 500

#: Fields of a notice that are looked at.
SELECT = "DOI,title,type,update-to,updated-by"


def fetch(web: Web, dois: Sequence[str]) -> dict[str, Answer]:
    """Return the notices about each DOI (normal form); raises nothing.

    Found: a record without identifiers that bears the notices; absent: Crossref has none.
    """
    answers: dict[str, Answer] = {}
    wanted = []
    for doi in dict.fromkeys(dois):
        if why := refusal(doi):
            day = web.settings.today
            answers[doi] = Answer("absent", "crossref", reason=why, since=day, asked=day)
        elif (known := _recall(web, doi)) is not None:
            answers[doi] = known
        else:
            wanted.append(doi)
    for batch in doi_batches(wanted, _room, LONGEST_FILTER):
        answers |= _ask(web, batch)
    return answers


def _ask(web: Web, batch: Sequence[str]) -> dict[str, Answer]:
    if web.offline:
        why = ServiceError("offline", "Crossref was not asked: this run is offline")
        return {doi: unknown("crossref", why) for doi in batch}

    def look(message: Mapping[str, Any], response: Response) -> None:
        for item in _items(message):
            # what the item says, whatever we make of it
            named = {clean(entry.get("DOI")).lower() for entry in mappings(item.get("update-to"))}
            if not named & set(batch):
                other = clean(item.get("DOI"))[:80]
                raise ServiceError("mismatch", f"the answer of Crossref did not match: it holds {other}")

    try:
        message, response = habanero_wire.works(
            web, look, filter={"updates": list(batch)}, limit=ROWS, select=SELECT
        )
    except ServiceError as error:
        return {doi: _recall(web, doi, stale=True) or unknown("crossref", error) for doi in batch}
    answers = {}
    for doi in batch:
        items = [item for item in _items(message) if any(_about(doi, item))]
        answers[doi] = _answer(doi, items, response)
        body = json.dumps({"status": "ok", "message": {"items": items, "total-results": len(items)}})
        kept = Response(200, {}, body.encode(), "", (), response.day)
        web.keep("crossref", "/works", kept, _address(doi))
    return answers


def _about(doi: str, item: Mapping[str, Any]) -> Iterator[Notice]:
    """Yield what a notice says about a work."""
    own = clean(item.get("DOI")).lower()
    for kind, other, entry in updates(item, own):
        if other == doi:
            yield Notice(kind, own, date_of(entry), (said_by(entry),))


def _answer(doi: str, items: Sequence[Mapping[str, Any]], response: Response) -> Answer:
    found: dict[tuple[str, str], Notice] = {}
    for item in items:
        for notice in _about(doi, item):
            before = found.get((notice.kind, notice.id), notice)
            said = tuple(sorted({*before.says, *notice.says}))
            found[notice.kind, notice.id] = replace(notice, date=before.date or notice.date, says=said)
    notices = tuple(sorted(found.values(), key=lambda n: (n.date, n.kind, n.id)))
    day, late = response.day, dated(response.day, response.stale)
    records = (Record("crossref", Work(), notices, since=day),) if notices else ()
    outcome: Outcome = "found" if notices else "absent"
    return Answer(outcome, "crossref", records, since=day, asked=day, reason=late)


def _recall(web: Web, doi: str, *, stale: bool = False) -> Answer | None:
    response = web.recall("crossref", "/works", _address(doi), stale=stale)
    if response is None or response.status != 200:
        return None
    try:
        return _answer(doi, list(_items(habanero_wire.message_of(response))), response)
    except ServiceError:
        return None


def _address(doi: str) -> dict[str, str]:
    """Return the parameters of the request for one DOI alone, under which its notices are kept."""
    return {"filter": f"updates:{doi}", "select": SELECT}


def _items(message: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    items = message.get("items")
    if not isinstance(items, list):
        raise ServiceError("not-understood", "the answer of Crossref was not a list of works")
    return [item for item in items if isinstance(item, dict) and clean(item.get("DOI"))]


def _room(doi: str) -> int:
    """Return how many characters a DOI takes in a filter."""
    return len(quote(doi, safe="")) + len("updates%3A%2C")
