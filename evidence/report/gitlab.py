"""The report as GitLab's code quality report: a list of issues, shown in merge requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evidence.model import Finding, Rule
from evidence.report.escape import json_text, visible
from evidence.report.fingerprints import Fingerprints
from evidence.report.places import Places
from evidence.report.result import Report

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the findings as a JSON list, ending in a newline.

    GitLab shows one of several issues that share a fingerprint, so each has its own; none holds a
    line number. Source: GitLab Docs, "Code Quality", "Code Quality report format".
    """
    places, prints = Places(), Fingerprints()
    issues = [_issue(finding, places, prints) for finding in report.findings]
    return json_text(json.dumps(issues, ensure_ascii=False, indent=2)) + "\n"


def _issue(finding: Finding, places: Places, prints: Fingerprints) -> dict[str, Any]:
    place = places.of(finding.source, finding.span)
    print_, count = prints.of(finding)
    return {
        "description": f"{finding.name}: {visible(finding.message)}",
        "check_name": finding.code,
        "fingerprint": print_ if count == 1 else f"{print_}:{count}",
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.source.name,
            "lines": {"begin": place.line, "end": max(place.end_line, place.line)},
        },
    }
