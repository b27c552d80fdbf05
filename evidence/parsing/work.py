"""From the spans of a draft to a work: names, dates and pages in their own forms."""

from __future__ import annotations

import re

from evidence.model import Name, Span, Work
from evidence.names import read_list
from evidence.parsing.draft import Draft


def build(draft: Draft, kind: str) -> Work:
    """Make the work of what a draft holds."""
    authors, more = _names(draft, "author")
    editors, _ = _names(draft, "editor")
    _set_year(draft)
    _keep_case(draft)
    if draft.url and not draft.extra.get("available_at"):
        draft.extra.pop("available_at", None)  # an address was announced, and here it is
    return Work(
        type=kind,
        title=draft.value("title"),
        authors=authors,
        more_authors=more,
        editors=editors,
        issued=draft.issued,
        dates=draft.dates,
        container=draft.value("container"),
        volume=draft.value("volume"),
        issue=draft.value("issue"),
        pages=_pages(draft),
        publisher=draft.value("publisher"),
        place=draft.value("place"),
        edition=draft.value("edition"),
        ids=tuple(draft.ids),
        url=draft.url,
        accessed=draft.accessed,
        extra=draft.extra,
    )


def _names(draft: Draft, field: str) -> tuple[tuple[Name, ...], bool]:
    value = draft.value(field)
    return read_list(value) if value else ((), False)


def _pages(draft: Draft) -> str:
    """Return pages as written with plain dashes: "69–80" and "69 -- 80" are "69-80"."""
    span = draft.fields.get("pages")
    if not span:
        return ""
    pages = " ".join(draft.plain[span.start : span.end].split())
    return re.sub(r"\s?-{1,3}\s?", "-", pages)


def _keep_case(draft: Draft) -> None:
    """Keep the DOI as written where its case is all that its normal form lost."""
    span = draft.fields.get("doi")
    doi = next((i.value for i in draft.ids if i.kind == "doi"), "")
    written = draft.plain[span.start : span.end] if span else ""
    if written != doi and written.lower() == doi:
        draft.extra["doi"] = written


def _set_year(draft: Draft) -> None:
    """Give the year its own span inside the date's."""
    span = draft.fields.get("date")
    if span and draft.issued and draft.issued.year:
        at = draft.plain.find(str(draft.issued.year), span.start, span.end)
        if at >= 0:
            draft.fields["year"] = Span(at, at + 4)
