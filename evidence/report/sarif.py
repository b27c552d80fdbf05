"""The report as SARIF 2.1.0 (OASIS), with what GitHub code scanning requires of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evidence.model import Finding, Fix, Rule
from evidence.report.escape import json_text, link_free
from evidence.report.fingerprints import Fingerprints
from evidence.report.pages import page as page_of
from evidence.report.places import Place, Places
from evidence.report.result import Report
from evidence.report.summary import missing_answers, version

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: Longest description of a rule that GitHub takes, in characters.
LONGEST = 1_024

_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the report as SARIF, one run, ending in a newline.

    Addresses are relative to the project's root and every region has all four numbers;
    fingerprints do not hold line numbers, so that an alert survives edits above it.
    """
    described = _rules(report, rules)
    order = {rule["id"]: index for index, rule in enumerate(described)}
    places, prints = Places(), Fingerprints()
    driver = {"name": "evidence", "semanticVersion": version(), "rules": described}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(finding, order, places, prints) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rules(report: Report, rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """Describe every rule of the table, and codes of findings that it does not have."""
    described = {rule.code: _rule(rule) for rule in rules}
    for finding in report.findings:
        if finding.code not in described:
            described[finding.code] = _description(finding.code, finding.name, finding.severity, "")
    return list(described.values())


def _rule(rule: Rule) -> dict[str, Any]:
    return _description(rule.code, rule.name, rule.severity, page_of(rule))


def _description(code: str, name: str, severity: str, page: str) -> dict[str, Any]:
    """Return a rule's metadata; none of the texts may be empty."""
    page = page.strip() or name.replace("-", " ").capitalize() + "."
    paragraphs = [" ".join(p.split()) for p in page.split("\n\n")]
    prose = [p for p in paragraphs if p and not p.startswith(("#", "```"))]
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": paragraphs[0][:LONGEST]},
        "fullDescription": {"text": " ".join(prose[:2])[:LONGEST] or name},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": severity},
        "properties": {
            "precision": "high",
            "problem.severity": _SEVERITIES[severity],
            "tags": ["citations", code[:3]],
        },
    }


def _invocation(report: Report) -> dict[str, Any]:
    """Say that the tool ran, and what it got no answer to."""
    notes = [{"level": "warning", "message": {"text": line.strip()}} for line in missing_answers(report)]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _result(finding: Finding, order: dict[str, int], places: Places, prints: Fingerprints) -> dict[str, Any]:
    place = places.of(finding.source, finding.span)
    print_, count = prints.of(finding)
    properties: dict[str, Any] = {"name": finding.name}
    if finding.key:
        properties["key"] = finding.key
    if finding.evidence:
        properties["evidence"] = [
            {"service": w.service, "id": w.id, "since": w.since, "url": w.url} for w in finding.evidence
        ]
    location = {"artifactLocation": {"uri": _uri(finding.source.name)}, "region": _region(place)}
    result = {
        "ruleId": finding.code,
        "ruleIndex": order[finding.code],
        "level": finding.severity,
        "message": {"text": link_free(finding.message) or finding.name},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"primaryLocationLineHash": f"{print_}:{count}"},
        "properties": properties,
    }
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(finding.fix, places)]
    return result


def _fix(fix: Fix, places: Places) -> dict[str, Any]:
    """Return a repair as replacements by file (SARIF 2.1.0, 3.55)."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {
            "deletedRegion": _region(places.of(edit.source, edit.span)),
            "insertedContent": {"text": edit.text},
        }
        changes.setdefault(edit.source.name, []).append(replacement)
    return {
        "description": {"text": link_free(fix.title) or "Repair"},
        "artifactChanges": [
            {"artifactLocation": {"uri": _uri(name)}, "replacements": replacements}
            for name, replacements in changes.items()
        ],
    }


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _uri(name: str) -> str:
    """Return a file's name as a relative address (RFC 3986); the address of a page stays."""
    from urllib.parse import quote

    if name.startswith(("https://", "http://")):
        return quote(name, safe="/:?#[]@!$&'()*+,;=%~")
    try:
        data = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = name.encode("utf-8", "replace")
    return quote(data, safe="/~") or "-"
