"""Looking up the names of hosts, so that a network without names costs seconds, not minutes.

A resolver that hears nothing gives up after 10 to 30 seconds, and is asked anew for every request.
Here a name has three seconds, and one that was late is not asked for again for a minute. While no
name at all was found, those after the second that was late have half a second.
"""

from __future__ import annotations

import threading
import time

from evidence.services.connections import Failure, Resolver, resolve_in_time
from evidence.services.pace import PAUSE

#: Seconds for one name, and where none was found yet and so many were late.
PATIENT, SHORT, LATE = 3.0, 0.5, 2


class Lookups:
    """A `Resolver` in front of another one. Safe for threads."""

    def __init__(self, resolver: Resolver, patient: float | None = None, short: float | None = None) -> None:
        self._resolver = resolver
        self._patient, self._short = patient or PATIENT, short or SHORT
        self._late: dict[str, float] = {}
        self._found = False
        self._lock = threading.Lock()

    def patience(self) -> float:
        """Return how many seconds the next name has."""
        with self._lock:
            return self._patient if self._found or len(self._late) < LATE else self._short

    def __call__(self, host: str, port: int) -> list[str]:
        """Return the addresses of `host`.

        Raises what the resolver raises, and `Failure` (`dns`) where it is late or was a moment ago.
        """
        with self._lock:
            if time.monotonic() < self._late.get(host, 0.0):
                raise Failure("dns", f"the name {host} was not resolved in time a moment ago")
        try:
            found = resolve_in_time(self._resolver, host, port, self.patience())
        except Failure:
            with self._lock:
                self._late[host] = time.monotonic() + PAUSE
            raise
        with self._lock:
            self._found = True
        return found
