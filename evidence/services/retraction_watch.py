"""The Retraction Watch data as a local file (setting `retraction_watch`): notices by DOI and PMID.

Columns: Crossref, "Retraction Watch data" (20 columns; dates `M/D/YYYY 0:00`; PMID 0 means none;
exports differ in a trailing empty column and in numbers such as `37476288.0`). Read once a run.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from evidence import ids
from evidence.errors import ServiceError
from evidence.model import Answer, Notice, Record, Settings, Work
from evidence.services.answers import unknown

#: `RetractionNature` in the words of our notices; others (and none) are passed over.
NATURES = {
    "retraction": "retraction", "correction": "correction", "expression of concern": "concern",
    "reinstatement": "reinstatement",
}  # fmt: skip

#: Columns without which a file is not this data.
NEEDED = frozenset({"RetractionNature", "OriginalPaperDOI", "OriginalPaperPubMedID"})

#: Characters of one field: reasons and notes are long, a file without quotes at its end is not read on.
LONGEST_FIELD = 200_000


@dataclass(frozen=True, slots=True)
class Index:
    """The notices of a file, by the key of the work that they are about ("doi:…", "pmid:…")."""

    notices: Mapping[str, tuple[Notice, ...]] = field(default_factory=dict)


def fetch(settings: Settings, keys: Sequence[str]) -> dict[str, Answer]:
    """Return the notices about each work ("doi:…" or "pmid:…"); raises nothing.

    Found: a record without identifiers that bears them; absent: the file has none; unknown where
    the file cannot be read.
    """
    path = os.path.join(settings.root, settings.retraction_watch)
    try:
        about = os.stat(path)
        index = _load(path, about.st_mtime_ns, about.st_size)
    except (OSError, ServiceError) as error:
        why = getattr(error, "strerror", None) or str(error)
        name = settings.retraction_watch
        failed = ServiceError("refused", f"the Retraction Watch file {name} cannot be read: {why}".lower())
        return {key: unknown("retraction-watch", failed) for key in keys}
    day = settings.today
    return {key: _answer(index.notices.get(key, ()), day) for key in dict.fromkeys(keys)}


def _answer(notices: tuple[Notice, ...], day: str) -> Answer:
    if not notices:
        return Answer("absent", "retraction-watch", since=day, asked=day)
    record = Record("retraction-watch", Work(), notices, since=day)
    return Answer("found", "retraction-watch", (record,), since=day, asked=day)


@lru_cache(maxsize=1)
def _load(path: str, changed: int, size: int) -> Index:
    """Read a file; `changed` and `size` make a file that was replaced another one."""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as lines:
        return parse(line.replace("\0", "") for line in lines)


def parse(lines: Iterable[str]) -> Index:
    """Return the notices of the file's lines. Pure; raises `ServiceError` for what is no such file."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
    found: dict[str, set[Notice]] = {}
    try:
        rows = csv.DictReader(lines)
        if not set(rows.fieldnames or ()) >= NEEDED:
            raise ServiceError("not-understood", "it lacks the columns of the Retraction Watch data")
        for row in rows:
            kind = NATURES.get((row.get("RetractionNature") or "").strip().lower())
            if kind:
                notice = Notice(kind, _notice_id(row), _day(row.get("RetractionDate")), ("retraction-watch",))
                for key in _keys(row.get("OriginalPaperDOI"), row.get("OriginalPaperPubMedID")):
                    found.setdefault(key, set()).add(notice)
    except csv.Error as error:
        raise ServiceError("not-understood", f"it is not a table: {error}") from error
    return Index({
        key: tuple(sorted(notices, key=lambda n: (n.date, n.kind, n.id))) for key, notices in found.items()
    })  # fmt: skip


def _keys(doi: str | None, pmid: str | None) -> list[str]:
    keys = []
    if normal := ids.normalise("doi", doi or ""):
        keys.append(f"doi:{normal}")
    if number := ids.normalise("pmid", re.sub(r"\.0$", "", (pmid or "").strip())):
        keys.append(f"pmid:{number}")
    return keys


def _notice_id(row: Mapping[str, str | None]) -> str:
    """Return the notice's DOI, else its PMID, else nothing ("Unavailable", "0")."""
    keys = _keys(row.get("RetractionDOI"), row.get("RetractionPubMedID"))
    return keys[0].removeprefix("doi:") if keys else ""


def _day(text: str | None) -> str:
    """Return "2/6/2010 0:00" as an ISO date, or ""."""
    found = re.match(r"\s{0,9}(\d{1,2})/(\d{1,2})/(\d{4})\b", text or "")
    return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}" if found and int(found[1]) <= 12 else ""
