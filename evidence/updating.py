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
    """Ask again about everything that `paths` cite; return the check and what changed in the lock.

    Answers that the world did not give this time stay as they are (`Gathered.kept`). Only an update
    of the whole project (no `paths`), all of which could be read, drops what nothing asks any more.
    Raises `LockError`, and `UsageError` where the project keeps no lock.
    """
    if told.mode != "online":
        raise UsageError(f"an update asks the world and writes the lock, and this run is {told.mode}")
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
    """Return what differs, an answer that came or went as one line, without the days of asking."""
    old, new = _blocks(before), _blocks(after)
    lines = []
    for table in sorted({*old, *new}):
        if table not in new:
            lines.append(f"{table} is asked for no more")
        elif table not in old:
            lines.append(f"{table} is new")
        else:
            lines += [f"{table} {line}" for line in _differences(old[table], new[table])]
    return lines


def _blocks(text: str) -> dict[str, list[str]]:
    """Return the lines of each table of a lock by its head, those before the first left out."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = blocks.setdefault(line, [])
        elif line.strip() and not line.startswith("asked ="):
            lines.append(line)
    return blocks


def _differences(old: list[str], new: list[str]) -> list[str]:
    told = (line for line in difflib.ndiff(old, new) if line[0] in "+-")
    return [f"{line[0]}{line[2:].strip()}" for line in told]
