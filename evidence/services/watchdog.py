"""A total deadline that holds: a watchdog cuts the connection of an exchange that is out of time.

A timeout of a socket is per read, so a server that sends a byte a second is never late (measured:
over 25 s with a timeout of 2). The watchdog shuts the socket down at the deadline and leaves a flag,
because a read that was cut like this can look like a short but proper answer.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import socket
import threading
import time
from types import TracebackType


class Watch:
    """The time that one exchange has: `due` is a reading of `time.monotonic`, in seconds."""

    def __init__(self, due: float) -> None:
        self.due = due
        self.fired = False
        self.done = False
        self._twin: socket.socket | None = None
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """How many seconds are left; not less than zero."""
        return max(0.0, self.due - time.monotonic())

    def guard(self, twin: socket.socket | None) -> None:
        """Name the connection to cut: a duplicate of its socket, so that it is never a closed one."""
        with self._lock:
            self._twin = twin
            fired = self.fired
        if fired:
            self._cut()

    def fire(self) -> None:
        """Cut the connection, if the exchange is not over."""
        with self._lock:
            if self.done:
                return
            self.fired = True
        self._cut()

    def finish(self) -> None:
        """Say that the exchange is over: from now on nothing is cut."""
        with self._lock:
            self.done = True
            self._twin = None

    def _cut(self) -> None:
        with self._lock:
            twin = self._twin
        if twin is not None:
            with contextlib.suppress(OSError):
                # shut the connection down, not only this descriptor: also wakes a TLS read
                twin.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """One thread that fires the watches that are due; it starts with the first watch."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Watch]] = []
        self._count = itertools.count()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def watch(self, seconds: float) -> Watch:
        """Start a watch that fires in `seconds` unless it is finished before."""
        watch = Watch(time.monotonic() + seconds)
        with self._wake:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="evidence-watchdog", daemon=True)
                self._thread.start()
            self._push(watch.due, watch)
        return watch

    def hurry(self, watch: Watch, seconds: float) -> None:
        """Let a watch fire in `seconds` at the latest."""
        with self._wake:
            self._push(time.monotonic() + seconds, watch)

    def _push(self, due: float, watch: Watch) -> None:
        entry = (due, next(self._count), watch)
        heapq.heappush(self._heap, entry)
        if self._heap[0] is entry:
            # to wake the thread for every exchange would cost as much as the exchange
            self._wake.notify()

    def close(self) -> None:
        """End the thread; watches that run are left alone."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def __enter__(self) -> Watchdog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        while True:
            with self._wake:
                while self._heap and self._heap[0][2].done:
                    heapq.heappop(self._heap)
                if self._closed:
                    return
                wait = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait is None or wait > 0:
                    self._wake.wait(wait)
                    continue
                watch = heapq.heappop(self._heap)[2]
            watch.fire()
