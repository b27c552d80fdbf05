"""How fast a service is asked: spacing, requests in flight, shared waiting, and when to stop asking.

Nothing here sends anything. Every class is safe for threads and takes its time from a `Clock`, so
that an hour can be tried in a test.
"""

from __future__ import annotations

import contextlib
import math
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.services.turns import Turns

#: Seconds of a wait that a service may ask for; beyond it the item is given up (reliability, §7).
LONGEST_WAIT = 30.0

#: Failures in a row after which a service is left alone, and for how many seconds.
FAILURES, PAUSE = 5, 60.0

#: Retries per request in the long run (Google SRE book: 10 %), and how many may be saved up: small
#: runs must be able to try again.
RETRIES_A_REQUEST, RETRIES_SAVED = 0.1, 30.0

#: How long further requests wait for the first answer of a host that has not announced its limits.
FIRST_ANSWER = 1.0

#: Kept between two requests beyond the announced spacing, against jitter on the way.
MARGIN = 1.05


class Clock:
    """The time: `wall` seconds since 1970, `now` monotonic seconds, `sleep`."""

    def wall(self) -> float:
        """Return seconds since 1970."""
        return time.time()

    def now(self) -> float:
        """Return a reading of a clock that never goes back, in seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; negative and zero waits return at once."""
        if seconds > 0:
            time.sleep(seconds)


class Pace:
    """Spacing and requests in flight for one service; `lane` tells requests of separate limits apart.

    Lanes are paced apart where the service is known to do so: by its `ceilings`, or because its answers
    name different pools. Until then they share one limit.

    `rate` is requests a second: a number fixes it (0: no pacing at all), None lets the service's own
    headers decide. `ceilings` are built-in limits by lane (requests a second) that no header may
    raise; `most` is the same for requests in flight. `turns` are shared with other processes, in
    which the service is called `name`.
    """

    def __init__(
        self, clock: Clock, *, rate: float | None = None, ceilings: Mapping[str, float] | None = None,
        most: int | None = None, turns: Turns | None = None, name: str = "",
    ) -> None:  # fmt: skip
        self._clock = clock
        self._turns = turns
        self._name = name
        self._tokens = threading.local()
        self._fixed = rate
        self._ceilings = dict(ceilings or {})
        self._most = most
        self._rates: dict[str, float] = {}
        self._pools = {lane: f"{lane} lane" for lane in self._ceilings}
        self._flying = 0
        self._concurrency: int | None = most
        self._last: dict[str, float] = {}
        self._held_until = float("-inf")
        self._first: float | None = None
        self._since: float | None = None
        self._answered = rate is not None or bool(ceilings)
        self._changed = threading.Condition()

    def spacing(self, lane: str = "") -> float:
        """Return the seconds that must lie between two requests of a lane."""
        if self._fixed is not None:
            return MARGIN / self._fixed if self._fixed > 0 else 0.0
        rates = [r for r in (self._rates.get(lane), self._ceilings.get(lane)) if r]
        return MARGIN / min(rates) if rates else 0.0

    @contextlib.contextmanager
    def turn(self, lane: str, allow: Callable[[float], None]) -> Iterator[None]:
        """Wait until a request may go out, and count it as in flight while the block runs.

        `allow(seconds)` is told each wait before it happens and may raise to give up instead.
        """
        while (wait := self._take(lane)) > 0:
            allow(wait)
            self._clock.sleep(wait)
        try:
            yield
        finally:
            with self._changed:
                self._flying -= 1
                self._answered = True
                self._changed.notify_all()
            if self._turns is not None:
                self._turns.end(getattr(self._tokens, "token", ""))

    def _take(self, lane: str) -> float:
        """Take a turn and return 0, or return how many seconds to wait before trying again."""
        with self._changed:
            now = self._clock.now()
            if self._held_until > now:
                return self._held_until - now
            if not self._answered and self._first is not None and now - self._first < FIRST_ANSWER:
                return 0.01
            if self._fixed is None and self._concurrency is not None and self._flying >= self._concurrency:
                # a short real wait: a turn that ends wakes us earlier
                self._changed.wait(0.05)
                return 0.001
            due = self._latest(lane) + self.spacing(lane)
            if due > now:
                return due - now
            if (wait := self._shared(lane)) > 0:
                return wait
            self._last[self._pools.get(lane, "")] = now
            self._first = now if self._first is None else self._first
            self._flying += 1
            return 0.0

    def _latest(self, lane: str) -> float:
        """Return when the last request of a lane's pool went out; where the pool is not known, of any."""
        pool = self._pools.get(lane, "")
        return max(
            (at for other, at in self._last.items() if not pool or other in (pool, "")), default=-math.inf
        )

    def _shared(self, lane: str) -> float:
        """Take a turn among all processes; return how many seconds to wait before trying again."""
        self._tokens.token = ""
        spacing = self.spacing(lane)
        most = self._concurrency if self._fixed is None else None
        if self._turns is None or (self._answered and not spacing and most is None):
            return 0.0
        now = self._clock.now()
        self._since = now if self._since is None else self._since
        wait, self._tokens.token = self._turns.take(
            self._name, self._pools.get(lane, ""), spacing, most,
            told=self._answered, since=now - self._since,
        )  # fmt: skip
        return wait

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so long: the service said so to one of us, and means all."""
        with self._changed:
            self._held_until = max(self._held_until, self._clock.now() + seconds)
        if self._turns is not None:
            self._turns.hold(self._name, seconds)

    def obey(self, headers: Mapping[str, str], lane: str = "") -> None:
        """Take over the limits that an answer announces (Crossref's `x-rate-limit-*` headers).

        `x-api-pool` says which limit it is: `polite-single` and `polite-array` are two, `polite` is
        one for all requests.
        """
        if self._fixed is not None:
            return
        # Crossref wrote `x-ratelimit-*` until 2022
        limit = _number(headers.get("x-rate-limit-limit", headers.get("x-ratelimit-limit", "")))
        interval = seconds_of(headers.get("x-rate-limit-interval", headers.get("x-ratelimit-interval", "1s")))
        most = _number(headers.get("x-concurrency-limit") or "")
        pool = headers.get("x-api-pool", "").strip()[:40]
        changed = False
        with self._changed:
            if pool and lane not in self._ceilings:
                changed = self._pools.get(lane) != pool
                self._pools[lane] = pool
            if limit and interval:
                changed = changed or self._rates.get(lane) != limit / interval
                self._rates[lane] = limit / interval
            if most and most >= 1:
                self._concurrency = min(int(most), self._most or int(most))
            self._changed.notify_all()
        if changed and self._turns is not None:
            self._turns.tell(self._name, self._pools.get(lane, ""), self.spacing(lane), self._concurrency)


class Breaker:
    """Stops asking a service after failures in a row; after a pause, one request tries again.

    `cause` is the cause of the failure that opened it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._row = 0
        self._until = float("-inf")
        self._probing = False
        self._why = ""
        self.cause = ""
        self._lock = threading.Lock()

    def refusal(self) -> str:
        """Return why the service is not to be asked now, or an empty string and a place to try."""
        with self._lock:
            if self._row < FAILURES:
                return ""
            if self._clock.now() < self._until or self._probing:
                return self._why or "it failed again and again"
            self._probing = True
            return ""

    def is_open(self) -> bool:
        """Tell whether the service is being left alone."""
        with self._lock:
            return self._row >= FAILURES and self._clock.now() < self._until

    def succeed(self) -> None:
        """Note a usable answer."""
        with self._lock:
            self._row, self._probing = 0, False

    def fail(self, why: str, cause: str) -> bool:
        """Note a failure; return whether the service is left alone from now on, for `PAUSE` seconds."""
        with self._lock:
            self._row += 1
            self._probing = False
            if self._row >= FAILURES:
                self._why, self.cause, self._until = why, cause, self._clock.now() + PAUSE
            return self._row >= FAILURES

    def trip(self, why: str, cause: str, pause: float) -> None:
        """Leave the service alone at once, for `pause` seconds: it asked for it."""
        with self._lock:
            self._row, self._probing = FAILURES, False
            self._why, self.cause, self._until = why, cause, self._clock.now() + pause

    def release(self) -> None:
        """Give back the place to try: the request never went out."""
        with self._lock:
            self._probing = False


class RetryBudget:
    """How many more retries a run may make, so that trouble is not answered by a flood."""

    def __init__(self) -> None:
        self._saved = RETRIES_SAVED
        self._lock = threading.Lock()

    def earn(self) -> None:
        """Note a request that was no retry."""
        with self._lock:
            self._saved = min(RETRIES_SAVED, self._saved + RETRIES_A_REQUEST)

    def spend(self) -> bool:
        """Take one retry, if there is one."""
        with self._lock:
            if self._saved < 1:
                return False
            self._saved -= 1
            return True


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", text.strip()) else None


def seconds_of(text: str) -> float | None:
    """Read an interval such as `1s`, `1m` or `60` in seconds; None where it is none."""
    found = re.fullmatch(r"(\d{1,6})\s?(ms|s|m|h)?", text.strip())
    if not found or not int(found[1]):
        return None
    return int(found[1]) * {"ms": 0.001, "s": 1, "m": 60, "h": 3600}[found[2] or "s"]


def retry_after(text: str, wall: float) -> float | None:
    """Read a Retry-After header (RFC 9110 §10.2.3: seconds or a date) as seconds from `wall` on.

    None where it says nothing usable: nonsense, a negative number, a date that has passed.
    """
    text = text.strip()
    if not text or re.fullmatch(r"\d{1,12}", text):
        return float(text) if text else None
    # both are slow to load and rarely needed
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    seconds = (when - datetime.fromtimestamp(wall, UTC)).total_seconds()
    return seconds if seconds > 0 else None
