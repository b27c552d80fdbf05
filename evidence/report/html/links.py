"""The links that were looked at, those that want attention first."""

from __future__ import annotations

from collections import Counter

from evidence.report.escape import html
from evidence.report.html.parts import Section, link, table, tag, where, words
from evidence.report.places import Places
from evidence.report.result import LinkUse, Report

_KINDS = {"dead": "error", "invalid": "error", "suspect": "warning", "insecure": "warning", "alive": "good"}
_FIRST = (
    "dead",
    "invalid",
    "suspect",
    "insecure",
    "moved",
    "transient",
    "rate_limited",
    "blocked",
    "restricted",
)


def links(report: Report) -> Section | None:
    """Return a table of all links by state."""
    if not report.links:
        return None
    places = Places()
    counts = Counter(use.state.state for use in report.links)
    told = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in counts.most_common())
    rows = [_row(use, places) for use in sorted(report.links, key=_rank)]
    body = f"<p>{html(told)}.</p>\n" + table("Links", ("State", "Address", "Where", "Why"), rows, "links")
    return Section("links", "Links", body)


def _rank(use: LinkUse) -> tuple[int, str]:
    state = use.state.state
    return (_FIRST.index(state) if state in _FIRST else len(_FIRST), use.state.url)


def _row(use: LinkUse, places: Places) -> tuple[str, str, str, str]:
    state = use.state
    moved = f" → {link(state.final_url)}" if state.final_url and state.final_url != state.url else ""
    return (
        tag(_KINDS.get(state.state, "plain"), state.state.replace("_", " ")),
        link(state.url) + moved,
        where(use.source, use.span, places),
        words(state.reason),
    )
