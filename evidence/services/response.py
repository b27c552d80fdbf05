"""What a service answered, and reading it as JSON without trusting it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from evidence.errors import ServiceError

#: How services are called in messages.
NAMES = {
    "crossref": "Crossref",
    "datacite": "DataCite",
    "doi": "doi.org",
    "pubmed": "PubMed",
    "openalex": "OpenAlex",
    "clinicaltrials": "ClinicalTrials.gov",
    "archive": "the web archive",
    "openlibrary": "Open Library",
}


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that is whole: status, headers (lower-case names), body.

    `url` is the address that answered, `hops` (address, status) of the redirects before it. `day`
    is the ISO date of the answer; `cached` tells that it came from the cache, `stale` that it is
    older than we like and was used because the service failed.
    """

    status: int
    headers: Mapping[str, str] = field(hash=False)
    body: bytes = field(repr=False)
    url: str = ""
    hops: tuple[tuple[str, int], ...] = ()
    day: str = ""
    cached: bool = False
    stale: bool = False


def read_json(response: Response, service: str = "") -> object:
    """Read the body as JSON, whatever its content type claims.

    Raises `ServiceError` (`not-understood`) for HTML of a captive portal, cut or empty bodies, NaN,
    numbers of thousands of digits, and nesting deeper than the interpreter can follow.
    """
    name = NAMES.get(service, "the service")
    try:
        # utf-8-sig: RFC 8259 lets a reader ignore a byte order mark
        return json.loads(response.body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        came = _shape(response)
        raise ServiceError("not-understood", f"the answer of {name} was not JSON ({came})") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _shape(response: Response) -> str:
    """Say in a word or two what came instead; never quotes the body."""
    body = response.body.lstrip()
    if not body:
        return "it was empty"
    if body[:1] == b"<":
        return "it was a web page"
    return "it was cut or malformed" if body[:1] in b"[{" else "it was text"
