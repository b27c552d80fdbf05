"""The report as rdjson, reviewdog's diagnostic format: comments on a review, with suggested changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evidence.model import Finding, Fix, Rule, Source, Span
from evidence.report.escape import json_text, visible
from evidence.report.result import Report
from evidence.sources import Lines

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the findings as one `DiagnosticResult`, ending in a newline.

    Columns count bytes of UTF-8 from 1. A repair is a suggestion where it is one edit in the file of
    the finding: suggestions are alternatives, so that parts of one repair cannot be several.
    Source: reviewdog, proto/rdf/reviewdog.proto.
    """
    bytes_ = _Bytes()
    diagnostics = [_diagnostic(finding, bytes_) for finding in report.findings]
    result = {"source": {"name": "evidence"}, "diagnostics": diagnostics}
    return json_text(json.dumps(result, ensure_ascii=False, indent=2)) + "\n"


def _diagnostic(finding: Finding, bytes_: _Bytes) -> dict[str, Any]:
    made: dict[str, Any] = {
        "message": f"{finding.name}: {visible(finding.message)}",
        "location": {"path": finding.source.name, "range": bytes_.range(finding.source, finding.span)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    if finding.fix and _is_suggestion(finding, finding.fix):
        (edit,) = finding.fix.edits
        made["suggestions"] = [{"range": bytes_.range(edit.source, edit.span), "text": edit.text}]
    return made


def _is_suggestion(finding: Finding, fix: Fix) -> bool:
    return len(fix.edits) == 1 and fix.edits[0].source == finding.source and fix.applicability != "shown"


class _Bytes:
    """Places of spans in lines and bytes."""

    def __init__(self) -> None:
        self._lines: dict[Source, Lines] = {}

    def range(self, source: Source, span: Span) -> dict[str, dict[str, int]]:
        """Return where a span begins and ends; the end is exclusive."""
        return {"start": self._position(source, span.start), "end": self._position(source, span.end)}

    def _position(self, source: Source, offset: int) -> dict[str, int]:
        lines = self._lines.get(source)
        if lines is None:
            lines = self._lines[source] = Lines(source.text)
        line, column = lines.at(offset)
        before = source.text[offset - column + 1 : offset]
        return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
