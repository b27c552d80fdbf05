"""Time as tests may measure it: CPU time, by ratio, the best of several tries.

Another process on the machine only ever adds to a measurement, so one good try shows that the code
is linear, while code that is quadratic fails them all.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TRIES = 5


def cpu_seconds(action: Callable[[], object]) -> float:
    """Return the CPU seconds that `action` takes, without those of the garbage collector."""
    gc.disable()
    try:
        start = time.process_time()
        action()
        return time.process_time() - start
    finally:
        gc.enable()


def assert_linear(action: Callable[[int], object], size: int, *, times: int = 4, floor: float = 0.02) -> None:
    """Assert that `times` the size takes less than 2.5 x `times` the time (quadratic: `times` squared).

    What takes less than `floor` seconds is too quick to tell and counts as `floor`.
    """
    measured = []
    for _ in range(TRIES):
        small = cpu_seconds(lambda: action(size))
        large = cpu_seconds(lambda: action(times * size))
        if large < 2.5 * times * max(small, floor):
            return
        measured.append((small, large))
    raise AssertionError(f"{times} x the size took, in seconds: {measured}")
