"""habanero, with its request object replaced by ours: the one file that imports it.

habanero builds paths, filters and field queries and checks their names; it brings no deadline, retry,
pace or cache, quotes no DOI and opens a connection for every call. So the object that it calls
`httpx2` is replaced by one that hands each request to `Web`; for anybody else who uses habanero in
the same process it hands everything through (docs/decisions/0001). Tested by a contract test against
the stand-in: habanero swallows a wrong keyword silently, so the test asserts what arrived.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast
from urllib.parse import quote

from evidence.errors import ServiceError
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: Looks at an envelope's message and its response, and raises `ServiceError` where they do not fit.
Look = Callable[[Mapping[str, Any], Response], None]

#: Bytes of one answer: a list of 40 records with thousands of authors each is larger than a record.
CAP_OF_LIST = 20_000_000


class Missing(Exception):
    """The registry answered 404 or 410: it has no such work."""

    def __init__(self, response: Response) -> None:
        super().__init__("not found")
        self.response = response


class _Reply:
    """What habanero wants of an answer; only good ones come this far."""

    status_code = 200
    reason_phrase = "OK"
    # what the server claimed was looked at by reading it
    headers: Mapping[str, str] = {"Content-Type": "application/json"}

    def __init__(self, envelope: object) -> None:
        self._envelope = envelope

    def raise_for_status(self) -> None:
        """Do nothing: a bad status has been raised already."""

    def json(self) -> object:
        """Return the envelope."""
        return self._envelope


class _Wire:
    """Carries the requests of one habanero call to `web`."""

    def __init__(self, web: Web, lane: str, look: Look) -> None:
        self._web, self._lane, self._look = web, lane, look
        self._envelope: Mapping[str, Any] | None = None
        self.response: Response | None = None

    def get(self, url: str, params: Mapping[str, str] | None = None, **_: object) -> _Reply:
        """Stand for `httpx2.get`; headers and timeout of habanero are not used."""
        base = self._web.base("crossref")
        if not url.startswith(base):
            raise ServiceError("refused", "habanero asked another host than the one it was given")
        listed = self._lane == "list"
        response = self._web.get(
            "crossref", url[len(base) :], params or None, lane=self._lane, check=self._check,
            store=not listed or not (params or {}).get("filter"), cap=CAP_OF_LIST if listed else 5_000_000,
        )  # fmt: skip
        self.response = response
        if response.status != 200:
            raise Missing(response)
        if response.cached:
            self._check(response)
        return _Reply(self._envelope)

    def _check(self, response: Response) -> None:
        if response.status != 200:
            return
        self._envelope = None
        message = message_of(response)
        self._look(message, response)
        self._envelope = cast(Mapping[str, Any], {"status": "ok", "message": message})


class _Seam:
    """Stands where habanero has the module `httpx2`."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def get(self, *arguments: Any, **named: Any) -> Any:
        wire = _wire.get()
        return (wire or self._real).get(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


_wire: ContextVar[_Wire | None] = ContextVar("evidence_habanero_wire", default=None)
_lock = threading.Lock()


def message_of(response: Response) -> Mapping[str, Any]:
    """Return the message of a Crossref envelope.

    Raises `ServiceError` (`not-understood`) for anything that is not `{"status": "ok", "message": {…}}`.
    """
    envelope = read_json(response, "crossref")
    message = (
        envelope.get("message") if isinstance(envelope, dict) and envelope.get("status") == "ok" else None
    )
    if isinstance(message, dict):
        return message
    raise ServiceError("not-understood", "the answer of Crossref had another shape than it documents")


def _client(web: Web) -> Any:
    """Return a habanero client for the base of `web`, with the seam in place."""
    with _lock:
        crossref = importlib.import_module("habanero.crossref")
        for name in ("habanero.request", "habanero.request_class"):
            # through importlib: the package binds the name `request` to a function
            module: Any = importlib.import_module(name)
            if not isinstance(module.httpx2, _Seam):
                module.httpx2 = _Seam(module.httpx2)
    return crossref.Crossref(base_url=web.base("crossref"))


@contextmanager
def _through(wire: _Wire) -> Iterator[None]:
    token = _wire.set(wire)
    try:
        yield
    except (ServiceError, Missing):
        raise
    except Exception as error:
        # whatever habanero makes of an odd answer (KeyError, RuntimeError, its own) is our trouble
        odd = type(error).__name__
        raise ServiceError("not-understood", f"the answer of Crossref was odd ({odd})") from error
    finally:
        _wire.reset(token)


def work(web: Web, doi: str, look: Look) -> tuple[Mapping[str, Any], Response]:
    """Ask for one work by its DOI; return its message and the response it came in.

    Raises `Missing` where Crossref has no such DOI, `ServiceError` for everything else.
    """
    wire = _Wire(web, "", look)
    with _through(wire):
        # always a list, always quoted: a string would be split at blanks, `#` and `?` would cut it
        found = _client(web).works(ids=[quote(doi, safe="")])
        return _taken(found, wire)


def works(web: Web, look: Look, **asked: Any) -> tuple[Mapping[str, Any], Response]:
    """Ask the list route with habanero's keywords (`filter`, `limit`, `select`, `query_…`).

    Raises `ServiceError`.
    """
    wire = _Wire(web, "list", look)
    try:
        with _through(wire):
            return _taken(_client(web).works(**asked), wire)
    except Missing as missing:
        raise ServiceError("not-understood", "Crossref has no list of works at this address") from missing


def _taken(found: Any, wire: _Wire) -> tuple[Mapping[str, Any], Response]:
    if wire.response is None:
        raise ServiceError("not-understood", "habanero sent no request")
    return cast(Mapping[str, Any], found["message"]), wire.response
