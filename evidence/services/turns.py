"""Turns that several processes take: one client's limits hold for all that share a cache folder.

A small SQLite file beside the payloads says when each service may be asked next, which requests are
on their way or were of late, and what limits it announced. It holds nothing that is worth keeping:
where it cannot be used, each process keeps the limits by itself.

Spacing alone does not keep a limit: a request that was let go may be late on its way (a busy machine,
a slow line) and arrive beside the next ones. But it arrived before it was answered. So a request goes
out only where those that are unanswered and those that were answered within the last second are fewer
than the limit for a second: whichever of them arrive in one second are then never too many.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import uuid
from contextlib import suppress

from evidence.services.pace import FIRST_ANSWER, MARGIN, Clock

#: Seconds that another process may hold the file; and after which a request that never ended (its
#: process was killed) no longer counts as on its way.
BUSY, LOST = 2.0, 30.0

#: Seconds to wait before asking again whether a request may go out while others are on their way.
CROWDED = 0.05

#: Seconds between two requests, and requests on their way, while nobody has been told any limit: one
#: until the first answer, more carefully than Crossref's smallest limits (hosts) where that takes long.
UNTOLD_SPACING, UNTOLD_MOST = 0.2, 3

#: Seconds for which an announced limit is believed by others, and beyond which a date is nonsense.
BELIEVED, FARTHEST = 300.0, 3_600.0

_TABLES = (
    "CREATE TABLE IF NOT EXISTS pools (host TEXT, pool TEXT, at REAL, spacing REAL, most INTEGER, told REAL,"
    " PRIMARY KEY (host, pool)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS requests (token TEXT PRIMARY KEY, host TEXT, pool TEXT, began REAL,"
    " ended REAL) WITHOUT ROWID",
)

#: Which rows belong together: those of one pool, and all of a host where a pool is not known ("").
_TOGETHER = "host = :host AND (pool IN (:pool, '') OR :pool = '')"

log = logging.getLogger(__name__)


class Turns:
    """The shared file. Safe for threads; every call is one short transaction."""

    def __init__(self, path: str, clock: Clock) -> None:
        self.path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._base: sqlite3.Connection | None = None
        self._usable = True

    def take(
        self, host: str, pool: str, spacing: float, most: int | None, *, told: bool = True, since: float = 0.0
    ) -> tuple[float, str]:
        """Take a turn: (0, token), or how many seconds to wait before trying again and "".

        `spacing` is seconds between two requests of a pool and `most` how many requests may be on
        their way, as this process knows them; the larger spacing, and the smaller number, of what any
        process was told count. `pool` is what the service calls the group of requests that a limit is
        for, "" as long as it is not known. `told` is whether this process has had an answer; it has
        waited for one for `since` seconds.
        """
        with self._lock:
            base = self._open()
            if base is None:
                return 0.0, ""
            try:
                base.execute("BEGIN IMMEDIATE")
                try:
                    limits = self._limits(base, host, pool, spacing, most)
                    if not told and limits == (0.0, None):
                        limits = (0.0, 1) if since < FIRST_ANSWER else (UNTOLD_SPACING, UNTOLD_MOST)
                    answer = self._taken(base, host, pool, *limits)
                finally:
                    base.execute("COMMIT")
                return answer
            except sqlite3.Error as error:
                self._give_up(error)
                return 0.0, ""

    def _limits(
        self, base: sqlite3.Connection, host: str, pool: str, spacing: float, most: int | None
    ) -> tuple[float, int | None]:
        """Return what this process knows and what others were told of late, the stricter of the two."""
        now = self._clock.wall()
        (known, fewest) = base.execute(
            f"SELECT max(spacing), min(most) FROM pools WHERE {_TOGETHER} AND told > :since AND told <= :now",
            {"host": host, "pool": pool, "since": now - BELIEVED, "now": now},
        ).fetchone()
        numbers = [n for n in (most, fewest) if n is not None]
        return max(spacing, known or 0.0), min(numbers, default=None)

    def _taken(
        self, base: sqlite3.Connection, host: str, pool: str, spacing: float, most: int | None
    ) -> tuple[float, str]:
        if not spacing and most is None:
            return 0.0, ""
        now = self._clock.wall()
        # dates beyond were left by another clock
        values = {"host": host, "pool": pool, "now": now, "far": now + FARTHEST, "lost": now - LOST}
        (at,) = base.execute(
            f"SELECT max(at) FROM pools WHERE {_TOGETHER} AND at > :now AND at < :far", values
        ).fetchone()
        if at is not None:
            return at - now, ""
        base.execute("DELETE FROM requests WHERE began <= :lost", values)
        # as many as were noted, those of another clock and of the dead left out
        (flying,) = base.execute(
            "SELECT count(*) FROM requests WHERE host = :host AND ended IS NULL AND began < :far", values
        ).fetchone()
        if most is not None and flying >= most:
            return CROWDED, ""
        if spacing and (wait := self._crowd(base, values, spacing)):
            return wait, ""
        token = uuid.uuid4().hex
        base.execute("INSERT INTO requests VALUES (?, ?, ?, ?, NULL)", (token, host, pool, now))
        base.execute(
            "INSERT INTO pools VALUES (?, ?, ?, 0, NULL, 0)"
            " ON CONFLICT (host, pool) DO UPDATE SET at = excluded.at",
            (host, pool, now + spacing),
        )
        return 0.0, token

    def _crowd(self, base: sqlite3.Connection, values: dict[str, object], spacing: float) -> float:
        """Return how long to wait until fewer requests than the limit can arrive within its time."""
        now = self._clock.wall()
        apart = spacing / MARGIN
        within = min(max(1.0, apart), LOST)
        (count, first) = base.execute(
            f"SELECT count(*), min(ended) FROM requests WHERE {_TOGETHER} AND began < :far"
            " AND (ended IS NULL OR ended > :since)",
            {**values, "since": now - within},
        ).fetchone()
        if count < max(1, round(within / apart)):
            return 0.0
        return CROWDED if first is None else max(first + within - now, 0.001)

    def end(self, token: str) -> None:
        """Say that a request was answered, or is over."""
        if token:
            self._write("UPDATE requests SET ended = ? WHERE token = ?", (self._clock.wall(), token))

    def tell(self, host: str, pool: str, spacing: float, most: int | None = None) -> None:
        """Say what limits a service announced, so that others keep them too."""
        self._write(
            "INSERT INTO pools VALUES (?, ?, 0, ?, ?, ?) ON CONFLICT (host, pool) DO UPDATE"
            " SET spacing = excluded.spacing, most = excluded.most, told = excluded.told",
            (host, pool, spacing, most, self._clock.wall()),
        )

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask a service for so long."""
        until = self._clock.wall() + min(seconds, FARTHEST - 1)
        self._write(
            "INSERT INTO pools VALUES (?, '', ?, 0, NULL, 0) ON CONFLICT (host, pool) DO UPDATE"
            " SET at = max(at, excluded.at)",
            (host, until),
        )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._usable = False
            self._close()

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._lock:
            base = self._open()
            if base is not None:
                try:
                    base.execute(statement, values)
                except sqlite3.Error as error:
                    self._give_up(error)

    def _open(self) -> sqlite3.Connection | None:
        if self._base is None and self._usable:
            try:
                os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
                base = sqlite3.connect(self.path, timeout=BUSY, check_same_thread=False, isolation_level=None)
                self._base = base
                base.execute("PRAGMA journal_mode = WAL")
                base.execute("PRAGMA synchronous = OFF")
                for table in _TABLES:
                    base.execute(table)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
        return self._base

    def _give_up(self, error: Exception) -> None:
        if self._usable:
            log.info("limits are kept by this process alone, without %s: %s", self.path, error)
        self._usable = False
        self._close()

    def _close(self) -> None:
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None
