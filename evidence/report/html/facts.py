"""The study facts: what the page says, what the source says, side by side, and who looked."""

from __future__ import annotations

from evidence.model import Fact
from evidence.report.escape import html
from evidence.report.facts import amount, what
from evidence.report.html.parts import Section, table, tag, where, words
from evidence.report.places import Places
from evidence.report.result import FactUse, Report

_KINDS = {"supported": "good", "distorted": "error", "contradicted": "error", "not-in-source": "warning"}


def facts(report: Report) -> Section | None:
    """Return the table of all facts, in the order of the facts files."""
    if not report.facts:
        return None
    places = Places()
    rows = [_row(use, places) for use in report.facts]
    head = ("Study", "Fact", "The page says", "The source says", "Verdict")
    return Section("facts", "Study facts", table("Study facts", head, rows, "facts"))


def _row(use: FactUse, places: Places) -> tuple[str, ...]:
    fact = use.fact
    page = f"<br>{where(use.page_source, use.page_span, places)}" if use.page_source and use.page_span else ""
    return (
        f'<b class="key">{html(fact.study)}</b>',
        f'{html(what(fact))}: <b class="whole">{html(amount(fact.quantity))}</b>{_more(fact)}',
        _quote(fact.on_page.exact if fact.on_page else "") + page,
        _quote(fact.in_source.exact if fact.in_source else ""),
        _verdict(fact),
    )


def _more(fact: Fact) -> str:
    said = [f"of {fact.of}"] if fact.of else []
    said += [f"arm {fact.arm}"] if fact.arm else []
    said += [f"at {amount(fact.at)}"] if fact.at else []
    return f"<br><small>{html(', '.join(said))}</small>" if said else ""


def _quote(text: str) -> str:
    return f"<q>{words(text, 500)}</q>" if text.strip() else "<i>no words given</i>"


def _verdict(fact: Fact) -> str:
    on = f' <span class="whole">{html(fact.on)}</span>' if fact.on else ""
    by = f"<br><small>by {html(fact.by)}{on}</small>" if fact.by else ""
    note = f"<br><small>{words(fact.note)}</small>" if fact.note else ""
    return tag(_KINDS.get(fact.verdict, "plain"), fact.verdict.replace("-", " ")) + by + note
