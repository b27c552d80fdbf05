"""Connections that know their watch, connect only where they may, and notice a cut header block.

urllib3's own classes with four things changed: names are resolved within the deadline and, for
cited links, every address is checked and *that very address* is connected to (so neither a redirect
nor a name that changes its answer leads inside); the watchdog can cut the connection at any time,
TLS handshake included; the header block has a cap; and one that ends before its empty line is an
error (http.client takes it for a proper answer with an empty body).
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable
from typing import Any

import requests.adapters
import urllib3
import urllib3.connection

from evidence.services.addresses import is_public
from evidence.services.watchdog import Watch

#: Bytes of all header blocks of one answer together, "100 Continue" blocks included.
LARGEST_HEADERS = 256_000

#: Resolves a name: (host, port) to addresses as text. Raises `socket.gaierror`.
Resolver = Callable[[str, int], list[str]]


class Failure(Exception):
    """An exchange that brought no usable answer.

    `kind` is `nxdomain`, `dns`, `refused`, `unreachable`, `timeout`, `reset`, `truncated`,
    `malformed`, `private-address`, `bad-url`, or one of `tls-expired`, `tls-self-signed`,
    `tls-wrong-host`, `tls-chain`, `tls`.
    """

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message or kind)
        self.kind = kind


class _Current(threading.local):
    """What the exchange of this thread may do: its watch and its resolver."""

    watch: Watch | None = None
    resolver: Resolver | None = None


current = _Current()


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of `host`, in the system's order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_in_time(resolver: Resolver, host: str, port: int, seconds: float) -> list[str]:
    """Resolve with a deadline: the system's resolver knows none, so it runs in a thread of its own.

    Raises what the resolver raises, and `Failure` of kind `dns` when the time is over.
    """
    answers: list[list[str]] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            answers.append(resolver(host, port))
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=work, name="evidence-resolver", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise Failure("dns", f"the name {host} was not resolved in time")
    return answers[0]


def connect(host: str, port: int, guarded: bool, options: Any) -> socket.socket:
    """Connect to `host` within the watch of this thread; where `guarded`, to public addresses only.

    Raises `Failure` (`private-address`, `dns`), `socket.gaierror` or `OSError`.
    """
    watch = current.watch or Watch(float("inf"))
    bare = host.strip("[]").rstrip(".")
    addresses = resolve_in_time(current.resolver or resolve, bare, port, min(watch.left, 3600.0))
    allowed = [a for a in addresses if not guarded or is_public(a)]
    if not allowed:
        raise Failure("private-address", f"{host} leads to an address that is not public")
    error: OSError | None = None
    for at, address in enumerate(allowed):
        # one dead address must not use up the time of the next
        share = max(0.05, min(watch.left / (len(allowed) - at), 3600.0))
        try:
            made = socket.create_connection((address, port), share)
        except OSError as failed:
            error = failed
            continue
        for option in options or ():
            made.setsockopt(*option)
        made.settimeout(max(0.05, min(watch.left, 3600.0)))
        return made
    raise error or OSError("no address")


class _Lines:
    """A reader in front of an answer's file that watches the header lines go by."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.last = b""
        self.size = 0

    def readline(self, limit: int = -1) -> bytes:
        line: bytes = self._file.readline(limit)
        self.last = line
        self.size += len(line)
        if self.size > LARGEST_HEADERS:
            raise http.client.LineTooLong("header block")
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class WholeAnswer(http.client.HTTPResponse):
    """An answer whose header block must end with its empty line and must not be endless."""

    fp: Any

    def begin(self) -> None:
        """Read status and headers, and see that they end as they should."""
        file = self.fp
        lines = _Lines(file)
        self.fp = lines
        try:
            super().begin()
        finally:
            # begin() may have closed and dropped the file; then there is nothing to put back
            if self.fp is lines:
                self.fp = file
        if lines.last not in (b"\r\n", b"\n"):
            self.close()
            raise http.client.IncompleteRead(b"")


class _Watched:
    """What both kinds of connection do with the watch of the exchange they serve."""

    guarded = False
    twin: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        own: Any = self
        # through a proxy the proxy resolves and connects: the check is then the proxy's
        made = connect(own._dns_host, own.port, self.guarded and own.proxy is None, own.socket_options)
        self.twin = made.dup()
        self._show()
        return made

    def _show(self) -> None:
        if current.watch is not None:
            current.watch.guard(self.twin)

    def request(self, *arguments: Any, **named: Any) -> None:
        self._show()
        super().request(*arguments, **named)  # type: ignore[misc]

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        if self.twin is not None:
            with contextlib.suppress(OSError):
                self.twin.close()
            self.twin = None


class _Plain(_Watched, urllib3.connection.HTTPConnection):
    response_class = WholeAnswer


class _Secure(_Watched, urllib3.connection.HTTPSConnection):
    response_class = WholeAnswer


class _PublicPlain(_Plain):
    guarded = True


class _PublicSecure(_Secure):
    guarded = True


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure


class _PublicPlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PublicPlain


class _PublicSecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicSecure


class Adapter(requests.adapters.HTTPAdapter):
    """requests' adapter over the connections above; `guarded` refuses addresses that are not public."""

    def __init__(self, *, guarded: bool) -> None:
        self._guarded = guarded
        super().__init__(pool_connections=64, pool_maxsize=16, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """Make the pool manager and give it our pools."""
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = (
            {"http": _PublicPlainPool, "https": _PublicSecurePool}
            if self._guarded
            else {"http": _PlainPool, "https": _SecurePool}
        )
