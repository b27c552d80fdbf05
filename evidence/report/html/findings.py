"""The findings, file by file, with the line they stand on and what differs."""

from __future__ import annotations

from itertools import groupby

from evidence.model import Finding, Verdict
from evidence.report import differences
from evidence.report.escape import html
from evidence.report.excerpts import LONGEST_MARK, excerpt, width
from evidence.report.html.parts import Section, link, table, tag, words
from evidence.report.places import Owners, Places
from evidence.report.result import Report
from evidence.report.summary import plural


def findings(report: Report) -> Section:
    """Return all findings, errors and warnings first in each file."""
    if not report.findings:
        return Section("findings", "Findings", "<p>Nothing was found.</p>\n")
    places, owners = Places(), Owners(report.references)
    files = []
    for name, group in groupby(report.findings, key=lambda finding: finding.source.name):
        held = list(group)
        loud = "".join(_finding(f, places, owners.of(f)) for f in held if f.severity != "note")
        notes = [f for f in held if f.severity == "note"]
        files.append(f"<h3>{html(name)}</h3>\n")
        if loud:
            files.append(f'<ul class="findings">\n{loud}</ul>\n')
        if notes:
            rows = "".join(_note(f, places) for f in notes)
            files.append(
                f"<details{'' if loud else ' open'}><summary>{plural(len(notes), 'note')}</summary>"
                f'<ul class="notes">\n{rows}</ul></details>\n'
            )
    return Section("findings", "Findings", "".join(files))


def _finding(finding: Finding, places: Places, verdict: Verdict | None) -> str:
    place = places.of(finding.source, finding.span)
    parts = [
        f'<li class="{finding.severity}"><p>{tag(finding.severity)} '
        f'<span class="rule">{html(finding.name)} <small>{html(finding.code)}</small></span> '
        f'<span class="where">line {place.line}</span></p>'
        f'<p class="message">{html(finding.message)}</p>'
    ]
    shown = excerpt(finding, place)
    if shown:
        meant = html(shown.meant)
        if width(shown.meant) <= LONGEST_MARK:  # where nearly all of the line is meant a mark tells nothing
            meant = f"<mark>{meant}</mark>"
        parts.append(f"<pre>{html(shown.before)}{meant}{html(shown.after)}</pre>")
    rows = [
        (html(field), html(written) or "<i>nothing</i>", html(registered) or "<i>nothing</i>")
        for field, written, registered in differences.shown(finding, verdict)
    ]
    if rows:
        parts.append(table("What differs", ("Field", "Written", "Registered"), rows, "differences"))
    parts += [_fix(finding), _sources(finding), "</li>\n"]
    return "".join(parts)


def _fix(finding: Finding) -> str:
    if finding.fix is None:
        return ""
    safe = " <small>(safe: <code>evidence fix</code> does it)</small>"
    return (
        f'<p class="fix">To mend it: {words(finding.fix.title)}'
        f"{safe if finding.fix.applicability == 'safe' else ''}</p>"
    )


def _sources(finding: Finding) -> str:
    """Say who says what the finding rests on, and since when."""
    said = []
    for witness in finding.evidence:
        name = f"{witness.service} {witness.id}".strip()
        since = f", since {html(witness.since)}" if witness.since else ""
        said.append(f"{link(witness.url, name) if witness.url else words(name)}{since}")
    return f'<p class="source">By {"; ".join(said)}</p>' if said else ""


def _note(finding: Finding, places: Places) -> str:
    place = places.of(finding.source, finding.span)
    return (
        f'<li><span class="where">line {place.line}</span> '
        f'<span class="rule">{html(finding.name)}</span> {html(finding.message)}</li>\n'
    )
