"""The flow of `baseline`: today's findings are accepted by fingerprint, so that only new ones fail.

The records stand in a file of their own, `evidence-baseline.toml`, beside the settings. A record whose
finding is gone is dropped by the next check of the whole project. A new notice (retraction, concern,
correction) on an accepted reference has a fingerprint of its own and is never hidden.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence import checking
from evidence.edit import create
from evidence.gather import Progress
from evidence.model import Finding, Ignore, Settings
from evidence.settings import BASELINE

HEAD = """\
# Findings that were there when the baseline was made; only others fail a check.
# Written by `evidence baseline`. What is mended is dropped by `evidence check`.
schema = 1
"""
REASON = "accepted in the baseline"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline to be written: its file, the findings accepted, all records, how many old ones go."""

    run: checking.Run
    path: Path
    accepted: tuple[Finding, ...]
    records: tuple[Ignore, ...]
    dropped: int

    def save(self) -> None:
        """Write the file; raises `WriteError`."""
        create(self.path, dumps(self.records))


def make(paths: Sequence[str], told: Settings, progress: Progress | None = None) -> Baseline:
    """Return the baseline of all that a check of `paths` finds now; records that find nothing go.

    Given paths, the records of other files stay as they are.
    """
    old = [ignore for ignore in told.ignore if ignore.fingerprint]
    others = tuple(ignore for ignore in told.ignore if not ignore.fingerprint)
    done = checking.run(paths, replace(told, ignore=others), progress=progress)
    accepted = done.report.findings
    stay = [ignore for ignore in old if paths and ignore.where not in _meant(paths, done)]
    records = {ignore.fingerprint: ignore for ignore in (*map(_record, accepted), *stay)}
    gone = sum(ignore.fingerprint not in records for ignore in old)
    return Baseline(done, path_of(told), accepted, tuple(records.values()), gone)


def _meant(paths: Sequence[str], done: checking.Run) -> set[str]:
    """Return the files that `paths` are about: pages, and the bibliographies among them."""
    given = {os.path.realpath(path) for path in paths}
    return {
        document.source.name
        for document in done.site.documents
        if not document.is_bibliography or os.path.realpath(document.source.path or "") in given
    }


def shrink(done: checking.Run) -> int:
    """Drop the records whose findings are gone from the file; return how many there were.

    Nothing is written in a run that writes no lock either: offline, frozen, read-only, interrupted.
    """
    records = [ignore for ignore in done.settings.ignore if ignore.fingerprint]
    gone = {ignore.fingerprint for ignore in done.outgrown}
    if not gone or done.settings.mode != "online" or done.gathered.interrupted or done.errors:
        return 0
    create(path_of(done.settings), dumps(ignore for ignore in records if ignore.fingerprint not in gone))
    return len(gone)


def path_of(told: Settings) -> Path:
    """Return where the baseline of a project is: beside its settings, else in its root."""
    return (Path(told.file).parent if told.file else Path(told.root)) / BASELINE


def dumps(records: Iterable[Ignore]) -> str:
    """Return the text of a baseline: sorted, one record a block, ending in a newline."""
    from evidence.lock.writing import string

    blocks = sorted({(r.where, r.rule, r.fingerprint, r.reason) for r in records})
    return HEAD + "".join(
        f"\n[[ignore]]\nrule = {string(rule)}\nwhere = {string(where)}\n"
        f"fingerprint = {string(print_)}\nreason = {string(reason)}\n"
        for where, rule, print_, reason in blocks
    )


def _record(finding: Finding) -> Ignore:
    return Ignore(finding.name, REASON, finding.source.name, fingerprint=finding.fingerprint)
