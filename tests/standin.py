"""Every service that `evidence` asks, played over real HTTP on loopback, with faults and a log.

    with Standin() as standin:
        run(environ=standin.environment())
        assert [request.path for request in standin.log] == […]

or from a shell, so that the command can be tried without the internet:

    python -m tests.standin --port 8080

It knows the made-up records under tests/payloads/crossref. Nothing here checks what a client makes
of the answers; tests assert on the client's verdict and on what this server saw.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote

from tests.exchanges import Exchange, read
from tests.standin_crossref import Registry
from tests.standin_faults import Body, Fault, Reply, as_text, write
from tests.standin_registries import Registries

SERVICES = (
    "crossref", "datacite", "doi", "pubmed", "openalex", "clinicaltrials", "archive", "openlibrary",
)  # fmt: skip
PAYLOADS = Path(__file__).parent / "payloads" / "crossref"


@dataclass(frozen=True)
class Request:
    """A request as it came: `path` without the query and still quoted, `at` monotonic seconds."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    at: float

    @property
    def decoded(self) -> str:
        """The path with its quoting undone."""
        return unquote(self.path)

    @property
    def params(self) -> dict[str, str]:
        """The parameters; of repeated ones the last."""
        return {name: values[-1] for name, values in parse_qs(self.query).items()}


@dataclass
class Limit:
    """A limit that a service announces and enforces; `flying` and `peak` count what came."""

    per_second: float
    concurrency: int | None = None
    announce: bool = True
    enforce: bool = True
    arrivals: list[float] = field(default_factory=list)
    flying: int = 0
    peak: int = 0
    refused: int = 0


class Standin:
    """The server. `log` is what it was asked, in the order of arrival."""

    def __init__(
        self, works: Iterable[Path] | None = None, port: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.clock = clock
        self.crossref = Registry()
        self.registries = Registries(self.crossref)
        self.log: list[Request] = []
        self._faults: list[Fault] = []
        self._limits: dict[str, Limit] = {}
        self._lock = threading.Lock()
        self._cache = tempfile.mkdtemp(prefix="evidence-standin-")
        for path in sorted(PAYLOADS.glob("*.json")) if works is None else works:
            self.load(path)
        self._pages: dict[str, Reply] = {}
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.page("/pages/ok", "<html><head><title>A page</title></head><body>Words.</body></html>")

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def base(self, service: str) -> str:
        """The base address of a service."""
        return f"{self.url}/{service}"

    def environment(self) -> dict[str, str]:
        """The variables that point `evidence` at this server, with a cache of its own."""
        bases = {f"EVIDENCE_{service.upper()}_URL": self.base(service) for service in SERVICES}
        return {**bases, "EVIDENCE_ALLOW_PRIVATE": "1", "EVIDENCE_CACHE_DIR": self._cache}

    def load(self, path: Path) -> None:
        """Take the messages of a file: one, a list, `{"messages": […]}`, or (.jsonl[.gz]) one a line."""
        if path.name.endswith((".jsonl", ".jsonl.gz")):
            opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    self.crossref.add(json.loads(line))
            return
        read = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(read, dict):
            self.crossref.aliases |= read.get("_aliases", {})
        messages = read if isinstance(read, list) else read.get("messages", [read])
        for message in messages:
            self.crossref.add(message)

    def page(
        self, path: str, body: str | bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None
    ) -> str:
        """Serve a page for good (faults come before it); return its full address."""
        raw = body.encode() if isinstance(body, str) else body
        self._pages[path] = Reply(
            status, raw, {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
        )
        return self.url + path

    def serve(
        self, prefix: str, *, status: int | None = None, body: Body | str | object = None,
        headers: Mapping[str, str] | None = None, delay: float = 0.0, drip: float = 0.0,
        drip_head: bool = False, cut: int | None = None, reset: bool = False, times: int | None = None,
    ) -> Fault:  # fmt: skip
        """Answer requests whose quoted path starts with `prefix` in another way; the newest fault wins.

        Without `status` and `body` the usual answer is sent, only late, slow or cut, with `headers`
        added. A `body` that is neither text, bytes nor a function becomes JSON.
        """
        reply = None
        if status is not None or body is not None:
            kind = "text/html" if isinstance(body, str | bytes) else "application/json"
            raw: Body = b"" if body is None else body.encode() if isinstance(body, str) else b""
            if isinstance(body, bytes) or callable(body):
                raw = body
            elif body is not None and not isinstance(body, str):
                raw = json.dumps(body).encode()
            reply = Reply(status or 200, raw, {"Content-Type": kind, **(headers or {})})
        fault = Fault(prefix, reply, dict(headers or {}), delay, drip, drip_head, cut, reset, times)
        with self._lock:
            self._faults.insert(0, fault)
        return fault

    def play(self, name: str) -> Exchange:
        """Give an answer of tests/payloads to whoever asks for what it is an answer to; return it."""
        told = read(name)
        self.serve(f"/{told.service}{told.request}", status=told.status, body=told.body,
                   headers={"Content-Type": told.kind})  # fmt: skip
        return told

    def fail_lists(self, word: str, status: int = 503) -> Fault:
        """Answer the requests to Crossref's list whose filter holds `word` with `status`."""
        fault = self.serve("/crossref/works", status=status, headers={"Retry-After": "0"})
        fault.query = word
        return fault

    def heal(self) -> None:
        """End all faults and limits."""
        with self._lock:
            self._faults.clear()
            self._limits.clear()

    def limit(
        self,
        service: str,
        per_second: float,
        concurrency: int | None = None,
        *,
        announce: bool = True,
        enforce: bool = True,
    ) -> Limit:
        """Announce a limit by Crossref's headers and enforce it with 429, or only one of the two."""
        limit = Limit(per_second, concurrency, announce, enforce)
        with self._lock:
            self._limits[service] = limit
        return limit

    def asked(self, prefix: str) -> list[Request]:
        """The requests whose quoted path starts with `prefix`."""
        with self._lock:
            return [request for request in self.log if request.path.startswith(prefix)]

    def close(self) -> None:
        """Stop serving and remove the cache folder."""
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._cache, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def answer(self, request: Request) -> tuple[Reply, Fault]:
        """Log a request and decide what it gets."""
        with self._lock:
            self.log.append(request)
            fault = next((f for f in self._faults if f.times != 0 and _meant(f, request)), None)
            if fault is not None and fault.times is not None:
                fault.times -= 1
        fault = fault or Fault("")
        service = request.path.split("/")[1]
        over = self._count(service, request)
        reply = over or fault.reply or self._usual(service, request)
        headers = {**self._announced(service, request), **reply.headers, **fault.headers}
        return Reply(reply.status, reply.body, headers), fault

    def _usual(self, service: str, request: Request) -> Reply:
        if service == "pages":
            return self._pages.get(
                request.path, as_text("<html><title>Not found</title></html>", 404, "text/html")
            )
        route = self.registries.route(service)
        if route is None:
            return as_text("Not found", 404)
        return route(request.path[len(service) + 1 :], request.query, f"/{service}")

    def _announced(self, service: str, request: Request) -> dict[str, str]:
        """The headers of Crossref's pools; without a limit those of 2022, which slow no test down."""
        limit = self._limits.get(service)
        if service != "crossref" and limit is None:
            return {}
        if limit is not None and not limit.announce:
            return {}
        polite = "mailto:" in request.headers.get("user-agent", "") or "mailto=" in request.query
        return {
            "X-Api-Pool": "polite" if polite else "public",
            "X-Rate-Limit-Limit": f"{limit.per_second if limit else 50:g}",
            "X-Rate-Limit-Interval": "1s",
            "X-Concurrency-Limit": str((limit.concurrency if limit else None) or 5),
        }

    def _count(self, service: str, request: Request) -> Reply | None:
        """Count an arrival against the limit; return a 429 where it is one too many."""
        limit = self._limits.get(service)
        if limit is None:
            return None
        with self._lock:
            limit.arrivals.append(request.at)
            recent = sum(1 for at in limit.arrivals[-200:] if request.at - at < 1.0)
            crowded = limit.concurrency is not None and limit.flying > limit.concurrency
            if limit.enforce and (recent > max(1.0, limit.per_second) or crowded):
                limit.refused += 1
                text = "<h1>429 Too Many Requests</h1> You have sent too many requests."
                return as_text(f"<html><body>{text}</body></html>", 429, "text/html")
        return None

    @contextlib.contextmanager
    def flight(self, service: str) -> Any:
        """Count a request as in flight while it is answered."""
        limit = self._limits.get(service)
        with self._lock:
            if limit is not None:
                limit.flying += 1
                limit.peak = max(limit.peak, limit.flying)
        try:
            yield
        finally:
            with self._lock:
                if limit is not None:
                    limit.flying -= 1


def _meant(fault: Fault, request: Request) -> bool:
    return request.path.startswith(fault.prefix) and fault.query in unquote(request.query)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up is what half of the tests are about."""


def _handler(standin: Standin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        headers: Headers

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, path, query, headers, standin.clock())
            with standin.flight(path.split("/")[1] if "/" in path else ""):
                reply, fault = standin.answer(request)
                try:
                    again = write(self.connection, reply, fault, self.command == "HEAD")
                except OSError:
                    again = False
            self.close_connection = self.close_connection or not again

        do_HEAD = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler


def main() -> None:
    """Serve until interrupted, having printed the environment to use."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.standin", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument(
        "--works", type=Path, nargs="*", default=[], help="further files of Crossref messages"
    )
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    try:
        server = Standin(port=asked.port)
    except OSError as error:
        parser.exit(2, f"{parser.prog}: port {asked.port} cannot be used: {error.strerror}\n")
    with server as standin:
        for path in asked.works:
            standin.load(path)
        for name, value in standin.environment().items():
            print(f"export {name}={value}", flush=True)  # noqa: T201
        print(f"# {len(standin.crossref.works)} works; Ctrl-C ends it", flush=True)  # noqa: T201
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
