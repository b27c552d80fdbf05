"""The one door to the services: addresses, pace, retries, deadlines, breaker and cache in one place.

Every call either returns a whole answer or raises `ServiceError` with a named cause; nothing else
leaves this room. Rules followed: three attempts with full jitter, Retry-After up to 30 s, a retry
budget, a breaker per service, a total deadline and a byte cap per request (Google SRE book, "Handling
Overload"; AWS Architecture Blog, "Exponential Backoff And Jitter").
"""

from __future__ import annotations

import contextlib
import logging
import os
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urljoin, urlsplit

from evidence.errors import ServiceError
from evidence.model import Settings
from evidence.services.asking import Asked, agent, conditions
from evidence.services.hosts import BASES, LIMITS, WITH_KEY
from evidence.services.pace import LONGEST_WAIT, Breaker, Clock, Pace, RetryBudget, retry_after
from evidence.services.response import NAMES, Response

if TYPE_CHECKING:
    from evidence.services.cache import Cache
    from evidence.services.connections import Failure, Resolver
    from evidence.services.transport import Raw, Transport
    from evidence.services.turns import Turns

#: Seconds for one request in all, bytes of one answer, attempts, redirects, and seconds that a
#: payload is fresh: found, and not found.
DEADLINE, CAP, ATTEMPTS, REDIRECTS = 10.0, 5_000_000, 3, 5
FRESH_FOUND, FRESH_ABSENT = 7 * 86_400.0, 86_400.0

#: Causes after which another attempt can help, and how many attempts there are in all. A wrong
#: record is rarely gone at the second try, so it gets only one more.
_AGAIN = {"timeout": ATTEMPTS, "connection": ATTEMPTS, "limit": ATTEMPTS, "server": ATTEMPTS,
          "not-understood": ATTEMPTS, "mismatch": 2, "dns": 2}  # fmt: skip

#: Causes that each count for the breaker at once; others count once a call, after all attempts, so
#: that scattered faults do not close a service that answers most of the time.
_COSTLY = frozenset({"timeout", "dns", "limit"})

log = logging.getLogger(__name__)

Check = Callable[[Response], None]


class Web:
    """Asks the services, politely and within limits. Safe for threads.

    `cache` may be None. `renew`: do not use what the cache holds, ask again. `trust_env`: use the
    environment's proxies and certificates (off: see `transport`).
    """

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, cache: Cache | None = None,
        renew: bool = False, trust_env: bool = False, resolver: Resolver | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.clock = clock or Clock()
        self.cache = cache
        self._renew = renew
        self._trust_env = trust_env
        self._resolver = resolver
        self._due = None if settings.budget is None else self.clock.now() + settings.budget
        self._turns = self._shared_turns()
        self._paces = {name: self._pace(name) for name in BASES}
        self._breakers = {name: Breaker(self.clock) for name in BASES}
        self._retries = RetryBudget()
        self._answered: set[str] = set()
        #: Services that refused the key of the environment: they are asked without it.
        self.keyless: set[str] = set()
        self._hosts: dict[str, Pace] = {}
        self._names: bool | None = None
        self._lock = threading.Lock()
        self._transport: Transport | None = None
        self._agent = ""

    @property
    def transport(self) -> Transport:
        """The connections; made when first needed, because the network libraries are slow to load."""
        with self._lock:
            if self._transport is None:
                from evidence.services.connections import resolve
                from evidence.services.transport import Transport

                self._transport = Transport(
                    allow_private=self.settings.allow_private,
                    trust_env=self._trust_env,
                    resolver=self._resolver or resolve,
                )
            return self._transport

    @property
    def headers(self) -> dict[str, str]:
        """The headers of every request: who asks, and gzip as the only packing (urllib3 advisories)."""
        self._agent = self._agent or agent(self.settings.mailto)
        return {"User-Agent": self._agent, "Accept-Encoding": "gzip"}

    def host(self, name: str) -> Pace:
        """Return the pace of a host that is no service: at most six in flight, 50 ms apart (links, §7)."""
        with self._lock:
            return self._hosts.setdefault(name, Pace(self.clock, ceilings={"": 20}, most=6))

    def resolves_names(self) -> bool:
        """Tell whether names of hosts that surely exist are found: else "no such host" proves nothing."""
        with self._lock:
            if self._names is None:
                from evidence.services.connections import resolve, resolve_in_time

                self._names = False
                for name in ("doi.org", "example.org"):
                    with contextlib.suppress(Exception):
                        self._names = bool(resolve_in_time(self._resolver or resolve, name, 443, 3.0))
                        break
            return self._names

    def base(self, service: str) -> str:
        """Return the base address of a service, without a slash at its end."""
        return (self.settings.bases.get(service) or BASES[service]).rstrip("/")

    def address(self, service: str, path: str, params: Mapping[str, str] | None = None) -> str:
        """Return the full address of a request; `path` is appended as it is, already quoted."""
        query = urlencode(sorted(params.items()), quote_via=quote, safe="") if params else ""
        return f"{self.base(service)}/{path.lstrip('/')}" + (f"?{query}" if query else "")

    def left(self) -> float:
        """Return how many seconds the run has left; endless without a budget."""
        return float("inf") if self._due is None else self._due - self.clock.now()

    def recall(
        self, service: str, path: str, params: Mapping[str, str] | None = None, *, stale: bool = False
    ) -> Response | None:
        """Return what the cache holds and is fresh, or None; `stale`: a good answer of any age."""
        if self.cache is None or (self._renew and not self.offline):
            return None
        stored = self.cache.recall(self.address(service, path, params))
        if stored is None:
            return None
        response, age = stored
        found = response.status < 300
        if age <= (FRESH_FOUND if found else FRESH_ABSENT):
            return response
        # an old "not there" proves nothing today: only good answers are used beyond their time
        return replace(response, stale=True) if found and (stale or self.offline) else None

    def keep(
        self, service: str, path: str, response: Response, params: Mapping[str, str] | None = None
    ) -> None:
        """Store a payload under the address at which it could be asked for (an item of a list)."""
        if self.cache is not None:
            self.cache.keep(self.address(service, path, params), response)

    def get(
        self, service: str, path: str, params: Mapping[str, str] | None = None, *, lane: str = "",
        deadline: float = DEADLINE, cap: int = CAP, follow: bool = True, accept: str = "application/json",
        check: Check | None = None, store: bool = True, secrets: Mapping[str, str] | None = None,
    ) -> Response:  # fmt: skip
        """Ask a service; return its answer with status 2xx, 404 or 410 (or 3xx without `follow`).

        `path` is quoted text; `params` are not. `deadline` is seconds for one attempt in all.
        `secrets` (keys) are parameters that are sent and stand nowhere else: not in the cache, not
        in the response.
        `check` looks at an answer and raises `ServiceError` where it is not usable: then it is
        asked again and never stored. Raises `ServiceError` with a named cause.
        """
        if (stored := self.recall(service, path, params) if store else None) is not None:
            return stored
        if self.offline:
            raise ServiceError("offline", f"{NAMES[service]} was not asked: this run is offline")
        url = self.address(service, path, params)
        sent = self.address(service, path, {**(params or {}), **secrets}) if secrets else url
        held = self._held(url) if store else None
        headers = {**self.headers, "Accept": accept, **(conditions(held) if held else {})}
        try:
            response = self._ask(Asked(service, sent, lane, deadline, cap, follow, headers, held), check)
            if secrets:
                response = replace(response, url=url, hops=())
        except ServiceError as error:
            if self.cache is not None and store and error.cause != "budget":
                self.cache.note_failure(url, error.cause)
            old = self.recall(service, path, params, stale=True) if store else None
            if old is None:
                raise
            log.info("%s failed (%s); its answer of %s is used", NAMES[service], error.cause, old.day)
            return old
        if self.cache is not None and store:
            self.cache.keep(url, response)
        return response

    def answers(self, service: str) -> bool:
        """Tell whether a service has given a usable answer in this run, and is not left alone now."""
        return service in self._answered and not self._breakers[service].is_open()

    def close(self) -> None:
        """Close connections and cache."""
        if self._transport is not None:
            self._transport.close()
        if self.cache is not None:
            self.cache.close()
        if self._turns is not None:
            self._turns.close()

    @property
    def offline(self) -> bool:
        """Whether nothing may leave the machine: only the cache answers."""
        return self.settings.mode in ("offline", "frozen")

    def _pace(self, service: str) -> Pace:
        rate = self.settings.rates.get(service)
        if self.base(service) != BASES[service]:
            return Pace(self.clock, rate=rate, turns=self._turns, name=self.base(service))
        ceilings, most = LIMITS[service][bool(self.settings.mailto)]
        if service == "pubmed" and os.environ.get("NCBI_API_KEY"):
            ceilings = WITH_KEY
        return Pace(
            self.clock, rate=rate, ceilings=ceilings, most=most, turns=self._turns, name=self.base(service)
        )

    def _shared_turns(self) -> Turns | None:
        """Return the turns of all processes that share the cache folder; no file is touched yet."""
        if self.cache is None or self.offline:
            return None
        from evidence.services.turns import Turns

        return Turns(os.path.join(os.path.dirname(self.cache.path), "turns.sqlite3"), self.clock)

    def allow(self, wait: float) -> None:
        """Let a wait of so many seconds happen, or raise `ServiceError` when the run has not got them."""
        if self.left() <= wait:
            raise ServiceError("budget", "the time for this run was over")

    def _held(self, url: str) -> Response | None:
        """Return what the cache has of an address, of any age, where the service can confirm it."""
        stored = self.cache.recall(url) if self.cache is not None else None
        return stored[0] if stored is not None and conditions(stored[0]) else None

    def _ask(self, asked: Asked, check: Check | None) -> Response:
        """Ask up to three times; the breaker and the retry budget may end it earlier."""
        service = asked.service
        breaker = self._breakers[service]
        self._retries.earn()
        attempt = 0
        while True:
            attempt += 1
            self.allow(0.0)
            if why := breaker.refusal():
                raise ServiceError(breaker.cause or "server", f"{NAMES[service]} was not asked again: {why}")
            try:
                response = self._once(asked)
                if check is not None:
                    check(response)
            except ServiceError as error:
                last = attempt >= _AGAIN.get(error.cause, 1) or (error.retry_after or 0) > LONGEST_WAIT
                last = last or not self._retries.spend()
                if self._note(breaker, error, last) or last:
                    raise
                self._wait(service, error, attempt)
            except BaseException:
                breaker.release()
                raise
            else:
                breaker.succeed()
                self._answered.add(service)
                return response

    def _note(self, breaker: Breaker, error: ServiceError, last: bool) -> bool:
        """Tell the breaker about a failed attempt; return whether that opened it."""
        if (error.retry_after or 0) > LONGEST_WAIT:
            breaker.trip(str(error), error.cause, min(error.retry_after or 0, 3600.0))
            return True
        if error.cause in _COSTLY or (last and error.cause not in ("refused", "budget")):
            return breaker.fail(str(error), error.cause)
        breaker.release()
        return False

    def _wait(self, service: str, error: ServiceError, attempt: int) -> None:
        """Wait before the next attempt: as long as the service says, else exponential with full jitter."""
        wait = error.retry_after
        if wait is None:
            wait = random.uniform(0, min(8.0, 0.5 * 2**attempt))
        self.allow(wait)
        if error.retry_after is not None or error.cause == "limit":
            # what one of us is told holds for all
            self._paces[service].hold(wait)
        self.clock.sleep(wait)

    def _once(self, asked: Asked) -> Response:
        """Make one attempt, redirects within the service's own host included."""
        service, url, lane = asked.service, asked.url, asked.lane
        hops: list[tuple[str, int]] = []
        due = None
        while True:
            with self._paces[service].turn(lane, self.allow):
                now = self.clock.now()
                due = due if due is not None else now + asked.deadline
                raw = self._send(asked, url, min(due - now, self.left()))
                self._paces[service].obey(raw.headers, lane)
            if raw.status == 304 and asked.held is not None:
                return replace(asked.held, day=self.settings.today, cached=False)
            if not asked.follow or raw.status not in (301, 302, 303, 307, 308):
                return self._judge(service, raw, tuple(hops))
            hops.append((url, raw.status))
            url = self._next(service, url, raw, len(hops))

    def _send(self, asked: Asked, url: str, seconds: float) -> Raw:
        from evidence.services.connections import Failure

        service, cap = asked.service, asked.cap

        if seconds <= 0:
            self.allow(0.0)
            raise ServiceError("timeout", f"{NAMES[service]} did not answer in time")
        try:
            raw = self.transport.send(url, asked.headers, deadline=seconds, cap=cap)
        except Failure as failure:
            self.allow(0.01)
            raise named(service, failure) from failure
        if raw.cut:
            raise ServiceError("not-understood", f"{NAMES[service]} sent more than {cap} bytes")
        return raw

    def _judge(self, service: str, raw: Raw, hops: tuple[tuple[str, int], ...]) -> Response:
        """Decide by status alone; the body is looked at only where the status is good."""
        status, name = raw.status, NAMES[service]
        if 200 <= status < 400 or status in (404, 410):
            if 300 <= status < 400 and "location" not in raw.headers:
                raise ServiceError("not-understood", f"{name} answered {status} without an address")
            return Response(status, raw.headers, raw.body, raw.url, hops, self.settings.today)
        wait = retry_after(raw.headers.get("retry-after", ""), self.clock.wall())
        if status == 429:
            raise ServiceError("limit", f"{name} answered 429 (too many requests)", retry_after=wait)
        if status >= 500 or status in (408, 425):
            raise ServiceError("server", f"{name} answered {status}", retry_after=wait)
        raise ServiceError("refused", f"{name} refused the request ({status})")

    def _next(self, service: str, url: str, raw: Raw, count: int) -> str:
        """Return where a redirect leads; it must stay within the service's own host."""
        name = NAMES[service]
        if count > REDIRECTS:
            raise ServiceError("not-understood", f"{name} redirected more than {REDIRECTS} times")
        try:
            target = urljoin(url, raw.headers.get("location", "").encode("latin-1").decode("utf-8"))
            here, there = urlsplit(url), urlsplit(target)
            same = (here.hostname, here.port) == (there.hostname, there.port)
            same = same and there.scheme in (here.scheme, "https") and "@" not in there.netloc
        except ValueError as error:
            raise ServiceError("not-understood", f"{name} redirected to what is no address") from error
        if not same or target == url or any(c <= " " or c in "\\\x7f" for c in target):
            # a portal, or worse: keys and questions stay with the host they were meant for
            raise ServiceError("not-understood", f"{name} redirected to somewhere else")
        return target


def named(service: str, failure: Failure) -> ServiceError:
    """Turn a failed exchange into the error of a service, in words."""
    name, kind = NAMES[service], failure.kind
    if kind in ("nxdomain", "dns"):
        return ServiceError("dns", f"the host of {name} could not be found (no network?)")
    if kind == "timeout":
        return ServiceError("timeout", f"{name} did not answer in time")
    if kind.startswith("tls"):
        return ServiceError("tls", f"the connection to {name} is not secure ({kind})")
    if kind in ("refused", "unreachable", "reset", "truncated"):
        return ServiceError("connection", f"the connection to {name} failed ({kind})")
    if kind in ("bad-url", "private-address"):
        return ServiceError("refused", f"the address of {name} cannot be used ({kind})")
    return ServiceError("not-understood", f"the answer of {name} was malformed")
