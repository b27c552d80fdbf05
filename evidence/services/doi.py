"""doi.org: whether a DOI exists at all (handle API), and which agency registered it (`doiRA`).

The handle API is the only cheap test of existence that is neutral between agencies; `doiRA` takes a
list and says whom to ask. The page behind a DOI is never fetched to verify it (publishers answer 403
to programs).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from evidence.errors import ServiceError
from evidence.ids import is_test_doi
from evidence.model import Answer
from evidence.services.answers import dated, doi_batches, plain_doi, refusal, unknown
from evidence.services.reading import clean, mappings
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: Response codes of the Handle System's REST interface (HNR proxy documentation).
FOUND, MISSING = 1, 100

#: Characters of the DOIs in one request for agencies: the address must stay below 4,000.
LONGEST_LIST = 3_000

log = logging.getLogger(__name__)


def fetch(web: Web, dois: Sequence[str]) -> dict[str, Answer]:
    """Ask whether each DOI is registered, one request each, and with whom, one request for all.

    Found: response code 1. Absent: 404 with a well-formed response code 100. Everything else is
    unknown. A found answer has no record; its reason says so where the DOI leads to Crossref's page
    of deleted ones, `agency` names who registered it where doi.org says so. Raises nothing.
    """
    answers = {doi: _fetch_one(web, doi) for doi in dict.fromkeys(dois)}
    known = agencies(web, [doi for doi, answer in answers.items() if answer.outcome == "found"])
    return {doi: replace(answer, agency=known.get(doi, "")) for doi, answer in answers.items()}


def agencies(web: Web, dois: Sequence[str]) -> dict[str, str]:
    """Return the registration agency of each DOI that doi.org names one for; raises nothing.

    What is not in the result is not known: it may not exist, or the question failed.
    """
    found: dict[str, str] = {}
    wanted = []
    for doi in dict.fromkeys(dois):
        if refusal(doi):
            continue
        stored = web.recall("doi", _for_agencies([doi]))
        if stored is not None:
            found |= _agencies(stored)
        else:
            wanted.append(doi)
    for batch in doi_batches(wanted, lambda doi: len(_quoted(doi)) + 1, LONGEST_LIST):
        asked = set(batch)
        try:
            response = web.get("doi", _for_agencies(batch), check=partial(_foreign, asked), store=False)
        except ServiceError as error:
            log.info("doi.org did not say who registers %d DOIs: %s", len(batch), error)
            continue
        for doi, agency in _agencies(response).items():
            found[doi] = agency
            body = json.dumps([{"DOI": doi, "RA": agency}]).encode()
            web.keep("doi", _for_agencies([doi]), Response(200, {}, body, "", (), response.day))
    return found


def _for_agencies(dois: Sequence[str]) -> str:
    return "/doiRA/" + ",".join(_quoted(doi) for doi in dois)


def _agencies(response: Response) -> dict[str, str]:
    """Return the agency of each DOI of an answer; raises `ServiceError` for another shape."""
    body = read_json(response, "doi")
    if response.status != 200 or not isinstance(body, list):
        raise ServiceError("not-understood", "the answer of doi.org was not a list of agencies")
    pairs = ((clean(entry.get("DOI")).lower(), clean(entry.get("RA"))) for entry in mappings(body))
    return {doi: agency for doi, agency in pairs if doi and agency}


def _foreign(asked: set[str], response: Response) -> None:
    if set(_agencies(response)) - asked:
        raise ServiceError("mismatch", "the answer of doi.org did not match: it is about another DOI")


def _fetch_one(web: Web, doi: str) -> Answer:
    # a DOI of a test deposit is no work's, but it may well be registered
    if (why := refusal(doi)) and not (is_test_doi(doi) and plain_doi(doi)):
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
