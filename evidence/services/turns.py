"""Turns that several processes take: one client's limits hold for all that share a cache folder.

A small SQLite file beside the payloads says when each service may be asked next, how many requests
are on their way, and what limits it announced. It holds nothing that is worth keeping: where it
cannot be used, each process keeps the limits by itself.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import uuid
from contextlib import suppress

from evidence.services.pace import Clock

#: Seconds that another process may hold the file; and after which a request that never ended (its
#: process was killed) no longer counts as on its way.
BUSY, LOST = 2.0, 30.0

#: Seconds to wait before asking again whether a request may go out while others are on their way.
CROWDED = 0.05

#: Seconds for which an announced limit is believed by others, and beyond which a date is nonsense.
BELIEVED, FARTHEST = 300.0, 3_600.0

_TABLES = (
    "CREATE TABLE IF NOT EXISTS due (host TEXT, lane TEXT, at REAL, spacing REAL, told REAL,"
    " PRIMARY KEY (host, lane)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS flying (token TEXT PRIMARY KEY, host TEXT, until REAL) WITHOUT ROWID",
)

log = logging.getLogger(__name__)


class Turns:
    """The shared file. Safe for threads; every call is one short transaction."""

    def __init__(self, path: str, clock: Clock) -> None:
        self.path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._base: sqlite3.Connection | None = None
        self._usable = True

    def take(self, host: str, lane: str, spacing: float, most: int | None) -> tuple[float, str]:
        """Take a turn: (0, token), or how many seconds to wait before trying again and "".

        `spacing` is seconds between two requests of a lane as this process knows it (the larger one
        of what any process was told counts), `most` how many requests may be on their way.
        """
        with self._lock:
            base = self._open()
            if base is None:
                return 0.0, ""
            try:
                base.execute("BEGIN IMMEDIATE")
                try:
                    answer = self._taken(base, host, lane, spacing, most)
                finally:
                    base.execute("COMMIT")
                return answer
            except sqlite3.Error as error:
                self._give_up(error)
                return 0.0, ""

    def _taken(
        self, base: sqlite3.Connection, host: str, lane: str, spacing: float, most: int | None
    ) -> tuple[float, str]:
        now = self._clock.wall()
        row = base.execute(
            "SELECT at, spacing, told FROM due WHERE host = ? AND lane = ?", (host, lane)
        ).fetchone()
        at, known, told = row or (0.0, 0.0, 0.0)
        if 0 <= now - told < BELIEVED:
            spacing = max(spacing, known)
        if now < at < now + FARTHEST:  # a date beyond was left by another clock
            return at - now, ""
        if most is not None:
            # as many as were noted, those of another clock and of the dead left out
            (count,) = base.execute(
                "SELECT count(*) FROM flying WHERE host = ? AND until > ? AND until < ?",
                (host, now, now + FARTHEST),
            ).fetchone()
            if count >= most:
                return CROWDED, ""
        token = uuid.uuid4().hex if most is not None else ""
        if token:
            base.execute("DELETE FROM flying WHERE until <= ?", (now,))
            base.execute("INSERT INTO flying VALUES (?, ?, ?)", (token, host, now + LOST))
        base.execute(
            "INSERT INTO due VALUES (?, ?, ?, 0, 0) ON CONFLICT (host, lane) DO UPDATE SET at = excluded.at",
            (host, lane, now + spacing),
        )
        return 0.0, token

    def end(self, token: str) -> None:
        """Say that a request is over."""
        if token:
            self._write("DELETE FROM flying WHERE token = ?", (token,))

    def tell(self, host: str, lane: str, spacing: float) -> None:
        """Say what limit a service announced, so that others keep it too."""
        self._write(
            "INSERT INTO due VALUES (?, ?, 0, ?, ?) ON CONFLICT (host, lane) DO UPDATE"
            " SET spacing = excluded.spacing, told = excluded.told",
            (host, lane, spacing, self._clock.wall()),
        )

    def hold(self, host: str, lanes: tuple[str, ...], seconds: float) -> None:
        """Let nobody ask a service for so long."""
        until = self._clock.wall() + min(seconds, FARTHEST - 1)
        for lane in lanes:
            self._write(
                "INSERT INTO due VALUES (?, ?, ?, 0, 0) ON CONFLICT (host, lane) DO UPDATE"
                " SET at = max(at, excluded.at)",
                (host, lane, until),
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
