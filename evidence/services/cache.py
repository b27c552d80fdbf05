"""The payload cache: what services answered, in SQLite, so that asking again is rarely needed.

It holds only what can be fetched again. A failure is stored beside the last good payload, never in
its place. A cache that is damaged, locked, newer, read-only or cannot be made costs one warning and
nothing else: the run goes on without it. Each payload is packed with its own key and a checksum, so
a flipped bit is a miss and never a wrong record.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import zlib
from contextlib import suppress

from evidence.model import Settings
from evidence.services.pace import Clock
from evidence.services.response import Response
from evidence.settings import cache_path

#: Version of the table below (SQLite's `user_version`); a file with a later one is left alone.
SCHEMA = 1

#: Seconds that another process may hold the file before this run goes on without it.
BUSY = 2.0

#: Days after which a payload is no longer kept.
KEPT = 180

#: Largest payload that is unpacked, in bytes: a damaged length must not become a bomb.
LARGEST = 32_000_000

_TABLE = """CREATE TABLE IF NOT EXISTS payload (
    key TEXT PRIMARY KEY, at REAL NOT NULL, packed BLOB, failed REAL, failure TEXT
) WITHOUT ROWID"""

log = logging.getLogger(__name__)


class Cache:
    """Payloads by full address. Safe for threads; several processes may share one file."""

    def __init__(self, path: str, clock: Clock | None = None) -> None:
        self.path = path
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._base: sqlite3.Connection | None = None
        self._usable = True

    def recall(self, key: str) -> tuple[Response, float] | None:
        """Return the last good payload of an address and its age in seconds, or None.

        A payload from the future (the clock was set back) has an endless age.
        """
        with self._lock:
            try:
                base = self._open()
                row = base and base.execute("SELECT packed FROM payload WHERE key = ?", (key,)).fetchone()
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
                return None
        if not row or not isinstance(row[0], bytes):
            return None
        stored = _unpack(row[0], key)
        if stored is None:
            return None
        response, at = stored
        age = self._clock.wall() - at
        return response, age if age >= -60 else float("inf")

    def keep(self, key: str, response: Response) -> None:
        """Store a good payload; an earlier failure of the same address is forgotten."""
        now = self._clock.wall()
        self._write(
            "INSERT INTO payload (key, at, packed) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE"
            " SET at = excluded.at, packed = excluded.packed, failed = NULL, failure = NULL",
            (key, now, _pack(key, response, now)),
        )

    def note_failure(self, key: str, failure: str) -> None:
        """Store that an address failed, beside what it answered last."""
        self._write(
            "INSERT INTO payload (key, at, failed, failure) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
            " SET failed = excluded.failed, failure = excluded.failure",
            (key, self._clock.wall(), self._clock.wall(), failure[:300]),
        )

    def last_failure(self, key: str) -> str:
        """Return how an address failed after its last good payload, or an empty string."""
        with self._lock:
            try:
                base = self._open()
                row = base and base.execute("SELECT failure FROM payload WHERE key = ?", (key,)).fetchone()
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
                return ""
        return row[0] if row and isinstance(row[0], str) else ""

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._base is not None:
                with suppress(sqlite3.Error):
                    self._base.close()
            self._base, self._usable = None, False

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._lock:
            try:
                base = self._open()
                if base is not None:
                    with base:
                        base.execute(statement, values)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)

    def _open(self) -> sqlite3.Connection | None:
        if self._base is None and self._usable:
            folder = os.path.dirname(self.path)
            # what is cached says what somebody reads: nobody else's business
            os.makedirs(folder, mode=0o700, exist_ok=True)
            base = sqlite3.connect(self.path, timeout=BUSY, check_same_thread=False)
            self._base = base
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if version > SCHEMA:
                raise sqlite3.DatabaseError("it was written by a later version")
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            with base:
                base.execute(_TABLE)
                base.execute("DELETE FROM payload WHERE at < ?", (self._clock.wall() - KEPT * 86_400,))
                base.execute(f"PRAGMA user_version = {SCHEMA}")
        return self._base

    def _give_up(self, error: Exception) -> None:
        """Go on without the cache; called with the lock held, so the warning comes once."""
        if self._usable:
            log.warning("going on without the cache %s: %s", self.path, error)
        self._usable = False
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None


def open_cache(settings: Settings, clock: Clock | None = None) -> Cache:
    """Return the cache of these settings; no file is touched before it is asked something."""
    return Cache(cache_path(settings), clock)


def _pack(key: str, response: Response, at: float) -> bytes:
    head = {
        "key": key, "at": at, "status": response.status, "headers": dict(response.headers),
        "url": response.url, "hops": list(response.hops), "day": response.day,
    }  # fmt: skip
    return zlib.compress(json.dumps(head).encode() + b"\n" + response.body, 3)


def _unpack(packed: bytes, key: str) -> tuple[Response, float] | None:
    """Unpack a payload; None where it is damaged (zlib's checksum) or not that of `key`."""
    try:
        opened = zlib.decompressobj()
        plain = opened.decompress(packed, LARGEST)
        if not opened.eof:
            return None
        first, _, body = plain.partition(b"\n")
        head = json.loads(first)
        if head["key"] != key:
            return None
        hops = tuple((str(url), int(status)) for url, status in head["hops"])
        response = Response(
            int(head["status"]),
            dict(head["headers"]),
            body,
            str(head["url"]),
            hops,
            str(head["day"]),
            cached=True,
        )
        return response, float(head["at"])
    except (zlib.error, ValueError, KeyError, TypeError):
        return None
