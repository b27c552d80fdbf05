"""The flow of `update`: the world is asked again, and the lock says what changed since when."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from evidence import checking
from evidence.edit import create
from evidence.errors import UsageError
from evidence.gather import Progress
from evidence.lock import dumps, renew
from evidence.model import Settings


def update(
    paths: Sequence[str], told: Settings, *, progress: Progress | None = None
) -> tuple[checking.Run, list[str]]:
    """Ask again about everything that `paths` cite; return the check and the lock lines that changed.

    Answers that the world did not give this time stay as they are (`Gathered.kept`). Only an update
    of the whole project (no `paths`), all of which could be read, drops what nothing asks any more.
    Raises `LockError`, and `UsageError` where the project keeps no lock.
    """
    done = checking.run(paths, told, refresh=True, progress=progress)
    if done.lock_path is None:
        raise UsageError("there is no project here that keeps a lock: name one with --lock FILE")
    before = dumps(done.lock)
    whole = not paths and not done.errors
    lock = renew(done.lock, done.gathered.answers.by_question, told.today, drop_unasked=whole)
    after = dumps(lock)
    if after != before or not done.lock_path.exists():
        create(done.lock_path, after)
    return done, _changes(before, after)


def _changes(before: str, after: str) -> list[str]:
    """Return the lines that differ, with the table each stands in, without the date of asking."""
    lines = []
    table = ""
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        mark, text = line[:1], line[2:]
        if mark != "?" and text.startswith("["):
            table = text
        if mark in "+-" and text.strip() and not text.startswith(("updated =", "asked =", "[")):
            lines.append(f"{table} {mark}{text.strip()}")
    return lines
