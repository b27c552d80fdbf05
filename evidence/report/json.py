"""The report as JSON, schema 1, and its findings as JSON lines (docs/reference)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import isfinite
from typing import Any

from evidence.model import Citation, Document, Finding, Name, Quantity, Record, Rule, Verdict
from evidence.names import show
from evidence.report.escape import json_text
from evidence.report.places import Places
from evidence.report.result import FactUse, LinkUse, Report

SCHEMA = 1


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the report as one JSON document, indented, ending in a newline."""
    return json_text(json.dumps(document(report), ensure_ascii=False, indent=2)) + "\n"


def write_lines(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return one finding a line; nothing at all without findings."""
    places = Places()
    lines = (json.dumps(_finding(f, places), ensure_ascii=False) for f in report.findings)
    return "".join(json_text(line) + "\n" for line in lines)


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain values; lines and columns count from 1, in code points."""
    places = Places()
    return {
        "schema": SCHEMA,
        "complete": report.complete,
        "counts": dict(report.counts),
        "references": [_reference(verdict, report, places) for verdict in report.references],
        "citations": [
            _citation(citation, page, places) for page in report.site.documents for citation in page.citations
        ],
        "links": [_link(use, places) for use in report.links],
        "facts": [_fact(use, places) for use in report.facts],
        "findings": [_finding(finding, places) for finding in report.findings],
    }


def _reference(verdict: Verdict, report: Report, places: Places) -> dict[str, Any]:
    reference = verdict.reference
    place = places.of(reference.source, reference.span)
    differences = verdict.match.differences if verdict.match else ()
    return {
        "path": reference.source.name,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "key": reference.key or None,
        "number": reference.number,
        "raw": reference.raw,
        "verdict": verdict.kind,
        "cause": verdict.cause or None,
        "ids": dict(verdict.ids),
        "ids_written": list(verdict.ids_written),
        "ids_found": list(verdict.ids_found),
        "appears": [
            {"path": item.source.name, "line": places.of(item.source, item.span).line}
            for item in report.site.appears.get(reference.place, ())
        ],
        "retracted": verdict.retracted,
        "notices": [
            {"kind": n.kind, "id": n.id or None, "date": n.date or None, "says": list(n.says)}
            for n in verdict.notices
        ],
        "record": _record(verdict.record) if verdict.record else None,
        "differences": [
            {"field": d.field, "written": d.written, "registered": d.registered} for d in differences
        ],
        "reason": verdict.reason or None,
    }


def _record(record: Record) -> dict[str, Any]:
    work = record.work
    return {
        "service": record.service,
        "since": record.since or None,
        "title": work.title or None,
        "authors": [_name(name) for name in work.authors],
        "container": work.container or work.short_container or None,
        "year": work.year,
        "volume": work.volume or None,
        "issue": work.issue or None,
        "pages": work.pages or None,
    }


def _name(name: Name) -> str:
    return show(name, "pubmed")


def _citation(citation: Citation, page: Document, places: Places) -> dict[str, Any]:
    place = places.of(page.source, citation.span)
    return {
        "path": page.source.name,
        "line": place.line,
        "column": place.column,
        "text": page.source.text[citation.span.start : citation.span.end],
        "keys": list(citation.keys),
    }


def _link(use: LinkUse, places: Places) -> dict[str, Any]:
    return {
        "url": use.state.url,
        "path": use.source.name,
        "line": places.of(use.source, use.span).line,
        "state": use.state.state,
        "reason": ": ".join(word for word in (use.state.cause, use.state.reason) if word) or None,
        "final_url": use.state.final_url or None,
    }


def _fact(use: FactUse, places: Places) -> dict[str, Any]:
    fact = use.fact
    line = None
    if use.page_source and use.page_span:
        line = places.of(use.page_source, use.page_span).line
    page = use.page_source.name if use.page_source else use.page or fact.page
    return {
        "id": fact.id,
        "study": fact.study,
        "kind": fact.kind,
        "role": fact.role or None,
        "value": _value(fact.quantity),
        "verdict": fact.verdict,
        "path": page or None,
        "line": line,
    }


def _value(quantity: Quantity) -> float | int | str | None:
    """Return the number, whole numbers without a point; the words where there is no number."""
    value = quantity.value
    if value is None or not isfinite(value):
        return quantity.text or None
    return int(value) if value == int(value) else value


def _finding(finding: Finding, places: Places) -> dict[str, Any]:
    place = places.of(finding.source, finding.span)
    fix = finding.fix
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "path": finding.source.name,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "key": finding.key or None,
        "fingerprint": finding.fingerprint or None,
        "evidence": [
            {"service": w.service, "id": w.id or None, "since": w.since or None, "url": w.url or None}
            for w in finding.evidence
        ],
        "fix": {"title": fix.title, "applicability": fix.applicability} if fix else None,
    }
