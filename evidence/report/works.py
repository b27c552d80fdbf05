"""A work as the JSON object of `evidence parse` (missing fields are absent)."""

from __future__ import annotations

from typing import Any

from evidence.model import Date, Name, Work


def work_fields(work: Work) -> dict[str, Any]:
    """Return the fields of a work by the names of the JSON form; those that are empty are left out."""
    title = f"{work.title}: {work.subtitle}" if work.subtitle else work.title
    ids = {id_.kind: id_.value for id_ in reversed(work.ids)}
    fields: dict[str, Any] = {
        "type": work.type,
        "authors": [_name(name) for name in work.authors],
        "more_authors": work.more_authors,
        "editors": [_name(name) for name in work.editors],
        "title": title,
        "container": work.container or work.short_container,
        "year": work.issued.year if work.issued else None,
        "month": work.issued.month if work.issued else None,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "publisher": work.publisher,
        "place": work.place,
        "edition": work.edition,
        **{kind: ids.get(kind) for kind in ("doi", "pmid", "pmcid", "arxiv", "isbn")},
        "url": work.url,
        "accessed": iso(work.accessed),
        "note": work.extra.get("note") or work.extra.get("pubtype"),
    }
    return {name: value for name, value in fields.items() if value or name == "more_authors"}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    family = f"{name.particle} {name.family}".strip()
    parts = {"family": family, "given": name.given, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}


def iso(date: Date | None) -> str:
    """Return a date as far as it is known: 2015, 2015-03 or 2015-03-04."""
    if date is None or date.year is None:
        return ""
    parts = [f"{date.year:04d}"]
    if date.month:
        parts.append(f"{date.month:02d}")
        if date.day:
            parts.append(f"{date.day:02d}")
    return "-".join(parts)
