"""Settings as they were at a revision: those of the branch that a stranger's change wants to go into."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evidence.errors import UsageError
from evidence.model import Settings


def settings_at(revision: str, paths: Sequence[str], flags: Mapping[str, object]) -> Settings:
    """Return the settings and the baseline as they stand at `revision`; files of the work tree count nothing.

    Paths are still meant from the project's root, where the lock is too. Raises `UsageError` for a
    revision that git does not have.
    """
    from evidence import checking, settings
    from evidence.sources.git import GitError, ask

    root = _root(paths)
    if revision.startswith("-"):
        raise UsageError(f"--settings-from {revision}: is not a revision")
    try:
        ask(str(root), "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except GitError:
        raise UsageError(f"--settings-from {revision}: git has no such revision here") from None

    def stood(name: str) -> bytes | None:
        try:
            return ask(str(root), "show", f"{revision}:./{name}")
        except GitError:
            return None

    with tempfile.TemporaryDirectory(prefix="evidence-") as folder:
        for name in (settings.FILE, settings.BASELINE, "pyproject.toml"):
            text = stood(name)
            if text is not None:
                (Path(folder) / name).write_bytes(text)
        config = Path(folder) / settings.FILE
        project = Path(folder) / "pyproject.toml"
        if not config.exists() and project.exists() and _has_table(project):
            config = project
        elif not config.exists():
            config.write_bytes(b"")
        told = checking.settings_for(paths, {**flags, "root": str(root), "config": str(config)})
    return replace(told, file=str(root / config.name))


def _has_table(project: Path) -> bool:
    """Whether a pyproject.toml has settings of ours; one that cannot be read has none."""
    from evidence.settings import read_toml

    try:
        return "evidence" in read_toml(project.read_text("utf-8-sig")).get("tool", {})
    except (ValueError, AttributeError):
        return False


def _root(paths: Sequence[str]) -> Path:
    """Return the project's root, for which a settings file that cannot be read is no hindrance."""
    from evidence import settings

    start = Path(os.path.abspath(paths[0])) if paths and "://" not in paths[0] else Path.cwd()
    return settings.find_root(start)
