"""Changes to records of other programs' forms, as edits: for corrected copies, never for the files.

RIS, PubMed's form, CSL-JSON and EndNote XML each have their own escapes and their own place for a
new DOI; everything else of a record keeps its characters.
"""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from evidence.model import Edit, Reference, Source, Span


def value_at(source: Source, span: Span) -> str | None:
    """Return what a value of a record means, its form's escapes undone; None where that is unclear."""
    written = source.text[span.start : span.end]
    if source.kind == "csl-json" and "\\" in written:
        try:
            value = json.loads(written if written.startswith('"') else f'"{written}"')
        except ValueError:
            return None
        return value if isinstance(value, str) else None
    if source.kind == "csl-json":
        return written.strip('"')
    if source.kind == "endnote":
        return None if any(c in written for c in "<>&") else written
    if source.kind == "nbib":
        return written.strip().removesuffix("[doi]").strip()
    return written


def set_value(source: Source, span: Span, value: str) -> Edit:
    """Return the edit that writes `value` where another one stands, as the form of `source` has it."""
    if source.kind == "csl-json":
        written = json.dumps(value, ensure_ascii=False)
        value = written if source.text.startswith('"', span.start) else written[1:-1]
    elif source.kind == "endnote":
        value = escape(value)
    return Edit(source, span, value)


def add_doi(reference: Reference, doi: str) -> Edit | None:
    """Return the edit that adds a DOI to a record; None where its form or its end does not allow it."""
    source, span = reference.source, reference.span
    text = source.text
    newline = "\r\n" if "\r\n" in text[span.start : span.end] else "\n"
    if source.kind == "csl-json" and text.startswith("{", span.start):
        added = f"{json.dumps('DOI')}: {json.dumps(doi, ensure_ascii=False)}, "
        return Edit(source, Span(span.start + 1, span.start + 1), added)
    if source.kind == "endnote":
        at = text.rfind("</record", span.start, span.end)
        element = f"<electronic-resource-num>{escape(doi)}</electronic-resource-num>"
        return Edit(source, Span(at, at), element) if at >= 0 else None
    if source.kind == "nbib":
        return Edit(source, Span(span.end, span.end), f"{newline}LID - {doi} [doi]")
    if source.kind == "ris":
        line = max(text.rfind("\n", span.start, span.end), text.rfind("\r", span.start, span.end)) + 1
        if text[line : span.end].lstrip().startswith("ER"):
            return Edit(source, Span(line, line), f"DO  - {doi}{newline}")
        return Edit(source, Span(span.end, span.end), f"{newline}DO  - {doi}")
    return None
