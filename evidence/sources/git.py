"""What git knows of a folder: which files are there, and which lines changed since a revision."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidence.errors import UsageError

#: Variables of a hook, which would point git at another tree.
_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")

#: Seconds after which git is given up.
PATIENCE = 60


class GitError(Exception):
    """Git is not there, took too long or refused; `code` is what it left with."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


def ask(folder: str, *words: str) -> bytes:
    """Return what a git command prints in a folder; raises `GitError` for whatever goes wrong."""
    import subprocess

    environment = {key: value for key, value in os.environ.items() if key not in _HOOK}
    # a monitor is a program to run, and a folder's own settings may name one
    command = ["git", "-C", folder, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *words]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, timeout=PATIENCE, check=True)
    except subprocess.CalledProcessError as error:
        raise GitError(str(error), error.returncode) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise GitError(str(error)) from error
    return done.stdout


@dataclass(frozen=True, slots=True)
class Changes:
    """Lines that changed, by the real path of their file; None: all of the file is new.

    A pair is the first and the last line; where lines were only taken out, both are the half between
    the lines that meet there now (12.5: between 12 and 13).
    """

    lines: Mapping[str, tuple[tuple[float, float], ...] | None] = field(default_factory=dict)

    def touch(self, path: str | None) -> bool:
        """Return whether anything changed in a file."""
        return path is not None and os.path.realpath(path) in self.lines

    def within(self, path: str | None, first: int, last: int) -> bool:
        """Return whether anything changed between two lines of a file, both included."""
        if not self.touch(path):
            return False
        changed = self.lines[os.path.realpath(str(path))]
        return changed is None or any(start <= last and end >= first for start, end in changed)


def changes(root: str, revision: str) -> Changes:
    """Return what the working tree has changed since it left `revision` (the merge base, as on GitHub).

    Raises `UsageError` where there is no git, no repository or no such revision.
    """
    if not revision or revision.startswith("-"):
        raise UsageError(f"--changed-since {revision}: is not a revision")
    try:
        top = os.fsdecode(ask(root, "rev-parse", "--show-toplevel")).rstrip("\n")
    except GitError:
        raise UsageError("--changed-since: git finds no repository here") from None
    try:
        ask(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except GitError:
        fetch = f"fetch it first (`git fetch origin {revision}`; in GitHub Actions `fetch-depth: 0`)"
        raise UsageError(f"--changed-since {revision}: there is no such revision here: {fetch}") from None
    base = _merge_base(top, revision)
    told = ("diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", base, "--")
    try:
        text = os.fsdecode(ask(top, *told))
        new = os.fsdecode(ask(top, "ls-files", "-o", "--exclude-standard", "-z"))
    except GitError as error:
        raise UsageError(f"--changed-since {revision}: git could not tell what changed: {error}") from None
    found = {os.path.realpath(Path(top, name)): pairs for name, pairs in _hunks(text)}
    untracked = {os.path.realpath(Path(top, name)): None for name in new.split("\0") if name}
    return Changes({**found, **untracked})


def _merge_base(top: str, revision: str) -> str:
    try:
        return os.fsdecode(ask(top, "merge-base", revision, "HEAD")).strip() or revision
    except GitError:
        return revision  # histories that share nothing, or a shallow clone


def _hunks(text: str) -> Iterator[tuple[str, tuple[tuple[float, float], ...]]]:
    """Yield each file of a diff without context that is still there, and its changed lines."""
    name = ""
    pairs: list[tuple[float, float]] = []
    for line in text.split("\n"):
        if line.startswith("+++ "):
            if name:
                yield name, tuple(pairs)
            name, pairs = _name(line[4:]), []
        elif line.startswith("@@ ") and (hunk := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line)):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            pairs.append((first, first + count - 1) if count else (first + 0.5, first + 0.5))
    if name:
        yield name, tuple(pairs)


def _name(written: str) -> str:
    """Return the name behind `b/`; git puts one with odd characters in quotes, escaped as in C."""
    written = written.rstrip("\t\r")
    if written.startswith('"') and written.endswith('"'):
        raw = os.fsencode(written[1:-1]).decode("latin-1")
        written = os.fsdecode(raw.encode("latin-1").decode("unicode_escape").encode("latin-1", "replace"))
    return written.removeprefix("b/") if written != "/dev/null" else ""
