"""A request to a service as it is sent: who asks, for what, and on which conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from evidence.services.response import Response


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is sent; `held` is what the cache has of it, to be confirmed or replaced."""

    service: str
    url: str
    lane: str
    deadline: float
    cap: int
    follow: bool
    headers: Mapping[str, str]
    held: Response | None


def conditions(held: Response) -> dict[str, str]:
    """Return the headers that ask only for what is newer than `held` (RFC 9110 §13.1).

    None for an answer that was not good or came by a redirect: another address may say "unchanged".
    """
    if held.status != 200 or held.hops:
        return {}
    told = {
        "If-None-Match": held.headers.get("etag", ""),
        "If-Modified-Since": held.headers.get("last-modified", ""),
    }
    return {name: value for name, value in told.items() if value and value.isascii() and value.isprintable()}


def agent(mailto: str) -> str:
    """Return the User-Agent: who we are, and the user's address only where the user gave one."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("evidence-bib")
    except PackageNotFoundError:
        number = "0"
    plain = re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~@-]{3,254}", mailto, re.ASCII)
    contact = f"; mailto:{mailto}" if plain else ""
    return f"evidence/{number} (https://pypi.org/project/evidence-bib/{contact})"
