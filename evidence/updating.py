"""The flow of `update`: the world is asked again, and the lock says what changed since when."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evidence import checking
from evidence.edit import create
from evidence.errors import UsageError
from evidence.gather import Progress
from evidence.lock import dumps, renew
from evidence.model import Settings
from evidence.news import News, news
from evidence.planning import Plan


def update(
    paths: Sequence[str],
    told: Settings,
    *,
    progress: Progress | None = None,
    announce: Callable[[Plan], None] | None = None,
) -> tuple[checking.Run, list[News]]:
    """Ask again about everything that `paths` cite; return the check and what changed in the lock.

    Answers that the world did not give this time stay as they are (`Gathered.kept`). Only an update
    of the whole project (no `paths`), all of which could be read, drops what nothing asks any more.
    Raises `LockError`, and `UsageError` where the project keeps no lock.
    """
    if told.mode != "online":
        raise UsageError(f"an update asks the world and writes the lock, and this run is {told.mode}")
    done = checking.run(paths, told, refresh=True, progress=progress, announce=announce)
    if done.lock_path is None:
        raise UsageError("there is no project here that keeps a lock: name one with --lock FILE")
    before = dumps(done.lock)
    whole = not paths and not done.errors
    lock = renew(done.lock, done.gathered.answers.by_question, told.today, drop_unasked=whole)
    after = dumps(lock)
    if after != before or not done.lock_path.exists():
        create(done.lock_path, after)
    return done, news(done.lock, lock, told.today)
