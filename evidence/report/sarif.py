"""The report as SARIF 2.1.0 (OASIS), with what GitHub code scanning requires of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from evidence.model import Finding, Rule
from evidence.report.escape import json_text, link_free
from evidence.report.places import Places
from evidence.report.result import Report
from evidence.report.summary import missing_answers

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
    places, seen = Places(), Counter[str]()
    driver = {"name": "evidence", "semanticVersion": _version(), "rules": described}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(finding, order, places, seen) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("evidence-bib")
    except PackageNotFoundError:
        return "0.0.0"


def _rules(report: Report, rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """Describe every rule of the table, and codes of findings that it does not have."""
    described = {rule.code: _rule(rule) for rule in rules}
    for finding in report.findings:
        if finding.code not in described:
            described[finding.code] = _description(finding.code, finding.name, finding.severity, "")
    return list(described.values())


def _rule(rule: Rule) -> dict[str, Any]:
    from inspect import cleandoc

    return _description(rule.code, rule.name, rule.severity, cleandoc(rule.check.__doc__ or ""))


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


def _result(finding: Finding, order: dict[str, int], places: Places, seen: Counter[str]) -> dict[str, Any]:
    place = places.of(finding.source, finding.span)
    print_ = finding.fingerprint or _fingerprint(finding)
    seen[print_] += 1
    properties: dict[str, Any] = {"name": finding.name}
    if finding.key:
        properties["key"] = finding.key
    if finding.evidence:
        properties["evidence"] = [
            {"service": w.service, "id": w.id, "since": w.since, "url": w.url} for w in finding.evidence
        ]
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    location = {"artifactLocation": {"uri": _uri(finding.source.name)}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": order[finding.code],
        "level": finding.severity,
        "message": {"text": link_free(finding.message) or finding.name},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"primaryLocationLineHash": f"{print_}:{seen[print_]}"},
        "properties": properties,
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


def _fingerprint(finding: Finding) -> str:
    from hashlib import sha256

    words = finding.source.text[finding.span.start : finding.span.end]
    about = "|".join((finding.code, finding.source.name, finding.key, " ".join(words.split())))
    return sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:16]
