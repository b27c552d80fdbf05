"""Looking up the hosts of services, so that a network without names costs seconds, not minutes.

A resolver that hears nothing answers after 10 to 30 seconds, and is asked anew for every request.
Here a name has three seconds; one that was not answered is not asked for again for a minute; and
while no name at all was found, further ones have half a second.
"""

from __future__ import annotations

import threading
import time

from evidence.services.connections import Failure, Resolver, resolve_in_time
from evidence.services.pace import PAUSE

#: Seconds for one name: at first, and after another had none and no name was found yet.
PATIENT, SHORT = 3.0, 0.5


class Lookups:
    """A `Resolver` in front of another one. Safe for threads."""

    def __init__(self, resolver: Resolver, patient: float = PATIENT, short: float = SHORT) -> None:
        self._resolver = resolver
        self._patient, self._short = patient, short
        self._late: dict[str, float] = {}
        self._found = False
        self._lock = threading.Lock()

    def __call__(self, host: str, port: int) -> list[str]:
        """Return the addresses of `host`.

        Raises what the resolver raises, and `Failure` (`dns`) where it is late or was a moment ago.
        """
        with self._lock:
            if time.monotonic() < self._late.get(host, 0.0):
                raise Failure("dns", f"the name {host} was not resolved in time a moment ago")
            seconds = self._short if self._late and not self._found else self._patient
        try:
            found = resolve_in_time(self._resolver, host, port, seconds)
        except Failure:
            with self._lock:
                self._late[host] = time.monotonic() + PAUSE
            raise
        with self._lock:
            self._found = True
        return found
