"""doi.org's handle API: whether a DOI exists at all, whichever agency registered it.

The only cheap test of existence that is neutral between agencies; the page behind a DOI is never
fetched to verify it (publishers answer 403 to programs).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from evidence.errors import ServiceError
from evidence.model import Answer
from evidence.services.answers import dated, refusal, unknown
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: Response codes of the Handle System's REST interface (HNR proxy documentation).
FOUND, MISSING = 1, 100


def fetch(web: Web, dois: Sequence[str]) -> dict[str, Answer]:
    """Ask whether each DOI is registered; one request each, in order.

    Found: response code 1. Absent: 404 with a well-formed response code 100. Everything else is
    unknown. A found answer has no record; its reason says so where the DOI leads to Crossref's page
    of deleted ones. Raises nothing.
    """
    return {doi: _fetch_one(web, doi) for doi in dict.fromkeys(dois)}


def _fetch_one(web: Web, doi: str) -> Answer:
    if why := refusal(doi):
        return Answer("absent", "doi", reason=why, since=web.settings.today, asked=web.settings.today)
    try:
        response = web.get("doi", f"/api/handles/{_quoted(doi)}", check=lambda r: _check(doi, r))
        body = _body(response)
    except ServiceError as error:
        return unknown("doi", error)
    day, late = response.day, dated(response.day, response.stale)
    if body["responseCode"] == MISSING:
        return Answer("absent", "doi", since=day, asked=day, reason=late)
    deleted = "registered, but deleted by its registrant" if _is_deleted(body) else ""
    return Answer("found", "doi", since=day, asked=day, reason=late or deleted)


def _quoted(doi: str) -> str:
    """Quote a DOI for the path; its slash stays, as documented, unless segments could be walked."""
    walks = any(part in ("", ".", "..") for part in doi.split("/"))
    return quote(doi, safe="" if walks else "/")


def _body(response: Response) -> Mapping[str, Any]:
    body = read_json(response, "doi")
    if not isinstance(body, dict) or not isinstance(body.get("responseCode"), int):
        raise ServiceError("not-understood", "the answer of doi.org had another shape than it documents")
    return body


def _check(doi: str, response: Response) -> None:
    """Accept only the two answers that say something, about the DOI that was asked."""
    body = _body(response)
    code = body["responseCode"]
    if (response.status, code) not in ((200, FOUND), (404, MISSING)):
        raise ServiceError("not-understood", f"doi.org answered {response.status} with response code {code}")
    handle = body.get("handle", doi)
    if not isinstance(handle, str) or handle.lower() != doi.lower():
        raise ServiceError("mismatch", "the answer of doi.org did not match: it is about another DOI")


def _is_deleted(body: Mapping[str, Any]) -> bool:
    values = body.get("values")
    for value in values if isinstance(values, list) else ():
        data = value.get("data") if isinstance(value, dict) else None
        target = data.get("value") if isinstance(data, dict) else None
        if isinstance(target, str) and "crossref.org/deleted_doi" in target.lower():
            return True
    return False
