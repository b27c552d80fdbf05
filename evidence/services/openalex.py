"""OpenAlex: whether it marks a work as retracted. A hint, never a verdict; asked only with a key.

Shapes: docs.openalex.org (`/works?filter=doi:a|b`, field `is_retracted`). Since 2026-02 a key is
needed; it is taken from the environment (`OPENALEX_API_KEY`) and stands in no message.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from evidence import ids
from evidence.errors import ServiceError
from evidence.model import Answer, Notice, Record, Work
from evidence.services.answers import dated, plain_doi, refusal, unknown
from evidence.services.reading import clean, mapping, mappings
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: DOIs in one request (OpenAlex allows 50 values joined by "|" and 200 works a page).
BATCH = 50

SELECT = "id,doi,is_retracted"

log = logging.getLogger(__name__)


def has_key() -> bool:
    """Tell whether OpenAlex can be asked at all."""
    return bool(os.environ.get("OPENALEX_API_KEY"))


def fetch(web: Web, dois: Sequence[str]) -> dict[str, Answer]:
    """Return what OpenAlex says of each DOI (normal form); raises nothing.

    Found: a record without identifiers, with a notice where the work is marked as retracted.
    """
    answers: dict[str, Answer] = {}
    wanted = []
    for doi in dict.fromkeys(dois):
        if refusal(doi) or not plain_doi(doi):
            reason = refusal(doi) or "this DOI cannot stand in a list"
            answers[doi] = Answer("unknown", "openalex", cause="outage", reason=reason)
        elif (stored := web.recall("openalex", "/works", _asked([doi]))) is not None:
            answers[doi] = _answer(doi, _works(stored), stored)
        else:
            wanted.append(doi)
    for start in range(0, len(wanted), BATCH):
        answers |= _ask(web, wanted[start : start + BATCH])
    return answers


def _ask(web: Web, batch: Sequence[str]) -> dict[str, Answer]:
    if "openalex" in web.keyless:
        why = ServiceError("refused", "OpenAlex refused the key")
        return {doi: unknown("openalex", why) for doi in batch}

    def check(response: Response) -> None:
        if foreign := set(_works(response)) - set(batch):
            raise ServiceError(
                "mismatch", f"the answer of OpenAlex did not match: it holds {min(foreign)[:80]}"
            )

    key = {"api_key": os.environ.get("OPENALEX_API_KEY", "")}
    more = {"mailto": web.settings.mailto} if web.settings.mailto else {}
    try:
        response = web.get(
            "openalex", "/works", _asked(batch), secrets={**key, **more}, check=check, store=False
        )
    except ServiceError as error:
        if error.cause == "refused" and "openalex" not in web.keyless:
            web.keyless.add("openalex")
            log.warning("OpenAlex refused OPENALEX_API_KEY: it is not asked")
        return {doi: unknown("openalex", error) for doi in batch}
    works = _works(response)
    for doi in batch:
        kept = {"results": [works[doi]] if doi in works else []}
        body = Response(200, {}, json.dumps(kept).encode(), "", (), response.day)
        web.keep("openalex", "/works", body, _asked([doi]))
    return {doi: _answer(doi, works, response) for doi in batch}


def _asked(dois: Sequence[str]) -> dict[str, str]:
    return {"filter": f"doi:{'|'.join(dois)}", "per-page": str(max(25, len(dois))), "select": SELECT}


def _works(response: Response) -> Mapping[str, Mapping[str, Any]]:
    """Return the works of an answer by DOI; raises `ServiceError` for another shape."""
    body = mapping(read_json(response, "openalex"))
    if response.status != 200 or not isinstance(body.get("results"), list):
        raise ServiceError("not-understood", "the answer of OpenAlex was not a list of works")
    pairs = ((ids.normalise("doi", clean(work.get("doi"))), work) for work in mappings(body["results"]))
    return {doi: work for doi, work in pairs if doi}


def _answer(doi: str, works: Mapping[str, Mapping[str, Any]], response: Response) -> Answer:
    day, late = response.day, dated(response.day, response.stale)
    if doi not in works:
        return Answer("absent", "openalex", since=day, asked=day, reason=late)
    flagged = works[doi].get("is_retracted") is True
    notices = (Notice("retraction", "", "", ("openalex",)),) if flagged else ()
    url = f"https://openalex.org/works/doi:{quote(doi, safe='/:;()')}"
    record = Record("openalex", Work(), notices, since=day, url=url)
    return Answer("found", "openalex", (record,), since=day, asked=day, reason=late)
