"""The report as Markdown: the comment on a pull request, the summary of a job."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from evidence.model import Finding, Rule, Verdict
from evidence.report import differences
from evidence.report.escape import markdown
from evidence.report.places import Owners, Places
from evidence.report.result import Report
from evidence.report.summary import missing_answers, outlook, plural, summarise

#: What a program looks for to find its own comment again.
MARK = "<!-- evidence report -->"
#: Longest comment that GitHub takes is 65,536 characters; GitLab and job summaries take more.
LONGEST = 60_000

_WORDS = {"error": "❌ error", "warning": "⚠️ warning", "note": "ℹ️ note"}


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the report as Markdown, ending in a newline.

    Errors and warnings stand in a table a file, notes are folded away. What would make the text too
    long for a comment is left out and counted. Everything from outside shows as the words it is.
    """
    lines = [MARK, f"### {_title(report)}", "", markdown(summarise(report))]
    told = [markdown(line.strip(" -")) for line in (*outlook(report), *missing_answers(report))]
    lines += ["", *(f"- {line}" for line in told)] if told else []
    loud = [finding for finding in report.findings if finding.severity != "note"]
    quiet = [finding for finding in report.findings if finding.severity == "note"]
    room = LONGEST - sum(map(len, lines))
    shown, left_out, room = _tables(loud, report, room)
    lines += shown
    folded, more, _ = _tables(quiet, report, room - 200)
    if folded:
        lines += ["", f"<details><summary>{plural(len(quiet), 'note')}</summary>", *folded, "", "</details>"]
    if left_out + more:
        lines += ["", f"{plural(left_out + more, 'finding')} left out here: the whole report has them."]
    return "\n".join(lines) + "\n"


def _title(report: Report) -> str:
    errors, warnings = report.counts["error"], report.counts["warning"]
    if errors or warnings:
        found = [plural(n, word) for n, word in ((errors, "error"), (warnings, "warning")) if n]
        return f"Citations: {', '.join(found)}"
    return "Citations: no errors, no warnings"


def _tables(findings: Sequence[Finding], report: Report, room: int) -> tuple[list[str], int, int]:
    """Return the lines of the tables that fit, how many findings do not, and the room that is left."""
    places, owners = Places(), Owners(report.references)
    lines: list[str] = []
    left_out = 0
    for name, group in groupby(findings, key=lambda finding: finding.source.name):
        head = ["", f"**{markdown(name)}**", "", "| line | | rule | |", "|---:|---|---|---|"]
        rows: list[str] = []
        for finding in group:
            row = _row(finding, places, owners.of(finding))
            cost = len(row) + 1 + (0 if rows else sum(map(len, head)) + len(head))
            if cost > room:
                left_out += 1
                continue
            room -= cost
            rows.append(row)
        if rows:
            lines += [*head, *rows]
    return lines, left_out, room


def _row(finding: Finding, places: Places, verdict: Verdict | None) -> str:
    place = places.of(finding.source, finding.span)
    words = markdown(finding.message)
    for field, written, registered in differences.shown(finding, verdict):
        values = (markdown(value) or "nothing" for value in (written, registered))
        words += "<br>{}: written “{}”, registered “{}”".format(field, *values)
    if finding.fix:
        words += f"<br>Fix: {markdown(finding.fix.title)}"
    return (
        f"| {place.line} | {_WORDS[finding.severity]} | `{finding.code}` {markdown(finding.name)} | {words} |"
    )
