"""The report as GitHub workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.model import Finding, Rule
from evidence.report.escape import github, github_property
from evidence.report.places import Places
from evidence.report.result import Report
from evidence.report.summary import missing_answers, summarise

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return one annotation a line, then the summary as plain lines of the log.

    Nothing from outside can begin a command: it stands escaped behind ours, or behind our words.
    Source: GitHub Docs, "Workflow commands for GitHub Actions".
    """
    places = Places()
    lines = [_annotation(finding, places) for finding in report.findings]
    lines += [summarise(report), *missing_answers(report)]
    return "\n".join(lines) + "\n"


def _annotation(finding: Finding, places: Places) -> str:
    place = places.of(finding.source, finding.span)
    properties = {
        "file": finding.source.name,
        "line": str(place.line),
        "col": str(place.column),
        "endLine": str(place.end_line),
        "endColumn": str(place.end_column),
        "title": f"evidence ({finding.code} {finding.name})",
    }
    shown = ",".join(f"{name}={github_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {shown}::{github(finding.message)}"
