"""Whose turn it is: how often and how many at a time each host is asked, whoever asks it.

At most six requests in flight for a host and fifty milliseconds between two; what a host asks of one
request (Retry-After, RateLimit headers) holds for all requests to it and for no other host; one that
says "too many" is asked more slowly from then on. Addresses wait here and not in the threads that ask,
so that a host that makes us wait keeps nobody else waiting.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from evidence.services.pace import LONGEST_WAIT, Clock

#: Requests in flight for one host, and seconds between two of them (notes of lychee, whose defaults
#: these nearly are; RFC 9110 leaves it to manners).
MOST, SPACING = 6, 0.05

#: How much slower a host is asked after each "too many", and the slowest.
SLOWER, SLOWEST = 1.5, 5.0

#: Seconds that a run waits for one host in all because the host asked for it.
PATIENCE = 120.0

#: Addresses of a host that never answered anything and were waited for in vain: then no more are.
SILENT = 5

#: Addresses that are told "too many", among the last answers of a host, from which on it means us all.
CROWD, RECENT = 4, 20

Job = TypeVar("Job")


class Later(Exception):
    """A host asked to be left alone for `seconds`; what wanted to ask it should come back then."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds:g} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    """What is known of one host; times are readings of the clock, in seconds.

    `recent` are the last answers: the address that was told "too many", or "". `good` answers have
    come since it was slowed or hurried, and `trust` of them are needed before it is hurried again.
    """

    name: str
    flying: int = 0
    next_at: float = float("-inf")
    held_until: float = float("-inf")
    spacing: float = SPACING  # seconds
    slowed_at: float = float("-inf")
    waited: float = 0.0
    answered: bool = False
    silent: int = 0
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=RECENT))
    good: int = 0
    good_at: float = float("-inf")
    trust: int = 10
    listed: bool = False
    waiting: list[tuple[float, int, Any]] = field(default_factory=list)

    def opens(self) -> float:
        """When the next request may go out, those in flight apart."""
        return max(self.next_at, self.held_until)


class Hosts:
    """The hosts of a run. Safe for threads."""

    def __init__(self, clock: Clock, *, spacing: float = SPACING, most: int = MOST) -> None:
        self.clock = clock
        self.most = most
        self.changed = threading.Condition()
        self._spacing = spacing
        self._hosts: dict[str, _Host] = {}
        self.on_end: Callable[[_Host], None] = lambda host: None

    def of(self, name: str) -> _Host:
        """Return a host by `name:port`; the caller holds `changed`."""
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(name, spacing=self._spacing)
        return host

    def begin(self, host: _Host, now: float) -> None:
        """Count a request as in flight from now on; the caller holds `changed`."""
        host.flying += 1
        host.next_at = now + host.spacing

    @contextlib.contextmanager
    def turn(self, name: str, allow: Callable[[float], None], *, begun: bool = False) -> Iterator[float]:
        """Wait for a turn and count it while the block runs; yield when it began.

        `allow(seconds)` is told each wait and may raise. `begun`: the turn was taken already. Raises
        `Later` where the host is to be left alone for more than a second.
        """
        while not begun:
            with self.changed:
                host, now = self.of(name), self.clock.now()
                wait = max(host.opens() - now, 0.005 if host.flying >= self.most else 0.0)
                if wait <= 0:
                    self.begin(host, now)
                    begun = True
                elif host.held_until - now > 1.0:
                    raise Later(host.held_until - now)
            if not begun:
                allow(wait)
                self.clock.sleep(wait)
        try:
            yield self.clock.now()
        finally:
            with self.changed:
                host = self.of(name)
                host.flying -= 1
                self.on_end(host)

    def hold(self, name: str, seconds: float) -> bool:
        """Leave a host alone for so long, all of us; False where that would be waiting too long in all."""
        with self.changed:
            host, now = self.of(name), self.clock.now()
            more = max(0.0, now + seconds - max(now, host.held_until))
            if seconds > LONGEST_WAIT or host.waited + more > PATIENCE:
                return False
            host.waited += more
            host.held_until = max(host.held_until, now + seconds)
            return True

    def refuse(self, name: str, url: str, began: float) -> bool:
        """Note that a host said "too many" to an address, asked at `began`; return whether it means us all.

        It does where it says so to several addresses in a short time. Then it is asked more slowly,
        if it had just answered others (else our speed was not the reason). Requests that were on
        their way when it said so first say nothing new.
        """
        with self.changed:
            host = self.of(name)
            host.recent.append(url)
            crowd = len(set(host.recent) - {""}) >= CROWD
            if crowd and began >= host.slowed_at and began - host.good_at <= 1.0:
                host.slowed_at = self.clock.now()
                host.spacing = min(SLOWEST, max(host.spacing, 0.02) * SLOWER)
                host.trust *= 2
                host.good = 0
            return crowd

    def accept(self, name: str) -> None:
        """Note that a host answered; after many answers it is asked a little faster again."""
        with self.changed:
            host = self.of(name)
            host.recent.append("")
            host.good_at = self.clock.now()
            host.good += 1
            if host.good >= host.trust and host.spacing > self._spacing:
                host.good = 0
                host.spacing = max(self._spacing, host.spacing / SLOWER)

    def obey(self, name: str, headers: Mapping[str, str]) -> None:
        """Wait where an answer says that no more requests are left until a time that is near."""
        seconds = exhausted(headers, self.clock.wall())
        if seconds is not None and 0 < seconds <= LONGEST_WAIT:
            self.hold(name, seconds)

    def note(self, name: str, *, answered: bool) -> None:
        """Note whether a host answered at all, or was waited for in vain."""
        with self.changed:
            host = self.of(name)
            host.answered = host.answered or answered
            host.silent = 0 if answered else host.silent + 1

    def is_silent(self, name: str) -> bool:
        """Whether a host never answered anything although it was asked for several addresses."""
        with self.changed:
            host = self.of(name)
            return not host.answered and host.silent >= SILENT


class Queue(Generic[Job]):
    """Jobs by the host that they ask first; `take` gives out one whose host may be asked now.

    The turn of the job's first request is taken with it (`Hosts.turn(…, begun=True)`).
    """

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._changed = hosts.changed
        self._count = itertools.count()
        self._ready: list[tuple[float, int, _Host]] = []
        self._open = 0
        self._leader = False
        self._ended = False
        hosts.on_end = self._list

    def put(self, name: str, job: Job, wait: float = 0.0, *, again: bool = False) -> None:
        """Add a job that may start in `wait` seconds; `again`: one that was taken before comes back."""
        with self._changed:
            host = self._hosts.of(name)
            heapq.heappush(
                host.waiting, (self._hosts.clock.now() + wait if wait else 0.0, next(self._count), job)
            )
            self._open += not again
            self._list(host)

    def done(self) -> None:
        """Say that a job that was taken will not come back."""
        with self._changed:
            self._open -= 1
            if self._open == 0:
                self._changed.notify_all()

    def end(self) -> None:
        """Give out no more jobs."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def take(self) -> Job | None:
        """Return the next job, waiting for it; None when all are done."""
        with self._changed:
            while True:
                if self._ended or self._open == 0:
                    return None
                job, wait = self._next()
                if job is not None:
                    return job
                if self._leader or wait is None:
                    self._changed.wait()
                    continue
                # one of the waiting threads watches the time for all
                self._leader = True
                self._changed.wait(wait)
                self._leader = False

    def _next(self) -> tuple[Job | None, float | None]:
        now = self._hosts.clock.now()
        while self._ready and self._ready[0][0] <= now:
            host = heapq.heappop(self._ready)[2]
            host.listed = False
            if not host.waiting or host.flying >= self._hosts.most:
                continue
            if max(host.opens(), host.waiting[0][0]) > now:
                self._list(host)
                continue
            job: Job = heapq.heappop(host.waiting)[2]
            self._hosts.begin(host, now)
            self._list(host)
            self._changed.notify()
            return job, None
        return None, self._ready[0][0] - now if self._ready else None

    def _list(self, host: _Host) -> None:
        """Put a host where it is found once it may be asked; one that is full comes back with an end."""
        if host.listed or not host.waiting or host.flying >= self._hosts.most:
            return
        host.listed = True
        heapq.heappush(self._ready, (max(host.opens(), host.waiting[0][0]), next(self._count), host))
        self._changed.notify()


def exhausted(headers: Mapping[str, str], wall: float) -> float | None:
    """Return for how many seconds an answer says that no request is left; None where it does not say so.

    Read are `RateLimit` and `RateLimit-*` (IETF draft-ietf-httpapi-ratelimit-headers, both forms) and
    the `X-RateLimit-*` that came before; a reset may be seconds or a time since 1970.
    """
    together = headers.get("ratelimit", "")
    left = re.search(r"\b(?:r|remaining)\s{0,5}=\s{0,5}(\d{1,12})", together)
    reset = re.search(r"\b(?:t|reset)\s{0,5}=\s{0,5}(\d{1,12})", together)
    pair = (left[1], reset[1]) if left and reset else None
    for prefix in ("ratelimit-", "x-ratelimit-", "x-rate-limit-"):
        pair = pair or (headers.get(prefix + "remaining", ""), headers.get(prefix + "reset", ""))
        if pair == ("", ""):
            pair = None
    if pair is None or not all(re.fullmatch(r"\s{0,5}\d{1,12}(\.\d{1,9})?\s{0,5}", text) for text in pair):
        return None
    remaining, when = map(float, pair)
    if remaining >= 1:
        return None
    return max(0.0, when - wall) if when > 1e9 else when
