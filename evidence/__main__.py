"""`python -m evidence`: the same as the command."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A run makes many objects and few cycles: looking for these at every 700th costs a tenth of a check.
    gc.set_threshold(50_000, 20, 20)
    # what ends a job in CI is told like Ctrl-C: the report says what was known by then
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from evidence.cli import main as command

    leave(command())


def leave(code: int) -> None:
    """End the process at once: what is written is flushed, and taking every module apart is skipped.

    That is a tenth of a short run and more; mypy leaves the same way (`mypy.util.hard_exit`).
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the reader of a pipe may have gone away
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
