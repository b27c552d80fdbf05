"""Every reference once: what is written, what is registered, and what is known of it."""

from __future__ import annotations

from evidence.model import Record, Reference, Verdict
from evidence.names import show
from evidence.report.escape import html
from evidence.report.html.parts import Section, id_link, table, tag, where, words
from evidence.report.places import Places
from evidence.report.result import Report

#: Authors of a record that are shown before "et al."
_AUTHORS = 3
_KINDS = {
    "verified": "good",
    "mismatch": "error",
    "not-found": "error",
    "ambiguous": "warning",
    "unchecked": "plain",
}


def references(report: Report) -> Section | None:
    """Return all references with their verdicts; above them a choice of what to look at."""
    if not report.references:
        return None
    places = Places()
    rows = "".join(_reference(verdict, report, places) for verdict in report.references)
    choices = [("all", "All"), ("open", "Not verified"), ("told", "With notices")]
    inputs = "".join(
        f'<label><input type="radio" name="shown" id="show-{value}"{" checked" if value == "all" else ""}> '
        f"{label}</label> "
        for value, label in choices
    )
    body = (
        f'<fieldset class="choice"><legend>Show</legend>{inputs}</fieldset>\n'
        f'<ol class="references">\n{rows}</ol>\n'
    )
    return Section("references", "References", body)


def _reference(verdict: Verdict, report: Report, places: Places) -> str:
    reference = verdict.reference
    kinds = " ".join(
        [
            verdict.kind,
            "settled" if verdict.kind == "verified" else "open",
            *(["told"] if verdict.notices else []),
        ]
    )
    word = verdict.kind.replace("-", " ")
    if verdict.kind == "unchecked" and verdict.cause:
        word += f" ({verdict.cause.replace('-', ' ')})"
    key = f'<b class="key">{html(reference.key)}</b> ' if reference.key else ""
    retracted = tag("error", "retracted") + " " if verdict.retracted else ""
    parts = [
        f'<li class="{kinds}"><p>{tag(_KINDS.get(verdict.kind, "plain"), word)} {retracted}{key}'
        f"{where(reference.source, reference.span, places)}{_appearances(verdict, report, places)}</p>"
        f'<p class="written">{_written(reference)}</p>'
    ]
    if verdict.record:
        parts.append(_record(verdict.record))
    parts += [_identifiers(verdict), _differences(verdict), _notices(verdict), _reason(verdict), "</li>\n"]
    return "".join(parts)


def _written(reference: Reference) -> str:
    """Return a reference as it is written; an entry of a .bib file as a list would show it."""
    if reference.source.kind != "bib":
        return words(reference.raw)
    from evidence.rendering import render

    return words(render([reference.work], style="pubmed", to="text")[0])


def _appearances(verdict: Verdict, report: Report, places: Places) -> str:
    items = report.site.appears.get(verdict.reference.place, ())
    shown = ", ".join(where(item.source, item.span, places) for item in items[:3])
    more = f" and {len(items) - 3} more" if len(items) > 3 else ""
    return f' <span class="appears">listed at {shown}{more}</span>' if shown else ""


def _record(record: Record) -> str:
    work = record.work
    names = [show(name, "pubmed") for name in work.authors[:_AUTHORS]]
    names += ["et al"] if len(work.authors) > _AUTHORS else []
    numbers = f"{work.volume}({work.issue})" if work.issue else work.volume
    numbers += f":{work.pages}" if work.pages else ""
    year = str(work.year or "")
    parts = [
        ", ".join(names),
        work.title,
        work.container or work.short_container,
        "; ".join(filter(None, (year, numbers))),
    ]
    said = ". ".join(part.rstrip(".") for part in parts if part)
    since = f" since {html(record.since)}" if record.since else ""
    return f'<p class="record"><small>{html(record.service)}{since}:</small> {words(said)}.</p>'


def _identifiers(verdict: Verdict) -> str:
    shown = []
    for kind, value in verdict.ids.items():
        found = " <small>(found)</small>" if kind in verdict.ids_found else ""
        shown.append(f"{html(kind.upper())} {id_link(kind, value)}{found}")
    return f'<p class="ids">{" · ".join(shown)}</p>' if shown else ""


def _differences(verdict: Verdict) -> str:
    if verdict.match is None or not verdict.match.differences:
        return ""
    rows = [
        (html(d.field), words(d.written) or "<i>nothing</i>", words(d.registered) or "<i>nothing</i>")
        for d in verdict.match.differences
    ]
    return table("What differs", ("Field", "Written", "Registered"), rows, "differences")


def _notices(verdict: Verdict) -> str:
    said = []
    for notice in verdict.notices:
        date = f" of {html(notice.date)}" if notice.date else ""
        id_ = ", " + id_link("doi", notice.id) if notice.id else ""
        by = f" ({html(', '.join(notice.says))})" if notice.says else ""
        said.append(f"<li>{html(notice.kind.replace('-', ' '))}{date}{id_}{by}</li>")
    return f'<ul class="notices">{"".join(said)}</ul>' if said else ""


def _reason(verdict: Verdict) -> str:
    return f'<p class="reason">{words(verdict.reason)}</p>' if verdict.reason and not verdict.record else ""
