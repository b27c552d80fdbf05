"""What the stand-in answers with, and the ways in which it can go wrong on purpose.

The verbs are those of toxiproxy (latency, slow, cut, reset) plus answers that are wrong in
themselves; every answer is written byte by byte here, so that a header block can end in the middle.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

#: A body: as it is, or made piece by piece while it is sent (an endless one needs no memory).
Body = bytes | Callable[[], Iterable[bytes]]


@dataclass
class Reply:
    """An answer before it is written."""

    status: int = 200
    body: Body = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Fault:
    """What to do with requests whose raw path starts with `prefix`, `times` times (None: always).

    `reply` replaces the answer. `delay` is seconds before the first byte; `drip` seconds for each
    byte of the body (`drip_head`: of the header block too); `cut` is how many bytes of the whole
    answer are sent before the connection is closed; `query` is what the query must hold; `reset` ends it with RST instead of an answer.
    """

    prefix: str
    reply: Reply | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    drip_head: bool = False
    cut: int | None = None
    reset: bool = False
    times: int | None = None
    query: str = ""


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """An answer in JSON, slashes escaped as Crossref does."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    return Reply(status, text.encode(), {"Content-Type": "application/json", **(headers or {})})


def as_text(text: str, status: int = 200, kind: str = "text/plain") -> Reply:
    """An answer in plain text (or another kind of text)."""
    return Reply(status, text.encode(), {"Content-Type": kind})


#: What a hotel's network answers to everything.
CAPTIVE = as_text(
    "<html><head><title>Welcome</title></head><body>Please sign in.</body></html>", 200, "text/html"
)


def head_of(reply: Reply) -> bytes:
    """The header block of an answer, empty line included."""
    known = {status.value: status.phrase for status in HTTPStatus}
    lines = [f"HTTP/1.1 {reply.status} {known.get(reply.status, 'Odd')}"]
    headers = {"Server": "Jetty(9.4.40.v20210413)", "Vary": "Accept-Encoding", **reply.headers}
    if isinstance(reply.body, bytes) and "Content-Length" not in headers:
        headers["Content-Length"] = str(len(reply.body))
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def write(connection: socket.socket, reply: Reply, fault: Fault, bodiless: bool) -> bool:
    """Write an answer as the fault says; return whether the connection can be used again."""
    if fault.delay:
        time.sleep(fault.delay)
    if fault.reset:
        # linger of zero: closing sends RST
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    head = head_of(reply)
    if fault.drip_head:
        _drip(connection, head, fault.drip)
        head = b""
    if not isinstance(reply.body, bytes):
        connection.sendall(head)
        for part in () if bodiless else reply.body():
            connection.sendall(part)
        return False
    body = b"" if bodiless else reply.body
    if fault.cut is not None:
        connection.sendall((head + body)[: fault.cut])
        return False
    if fault.drip:
        connection.sendall(head)
        _drip(connection, body, fault.drip)
    else:
        connection.sendall(head + body)
    return True


def _drip(connection: socket.socket, data: bytes, pause: float) -> None:
    for at in range(len(data)):
        connection.sendall(data[at : at + 1])
        time.sleep(pause)
