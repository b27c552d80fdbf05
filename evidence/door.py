"""Reading without checking, for programs: files and strings to documents and references."""

from __future__ import annotations

import os
from dataclasses import replace

from evidence import inputs, parsing, sources
from evidence.matching import keys
from evidence.model import Document, Kind, Reference, Settings, Span


def read(path: str | os.PathLike[str], *, kind: Kind | None = None) -> Document:
    """Return what a page, a Word document or a bibliography holds: references, citations, links, lists.

    Raises `ReadError` for a file that is missing, binary, too large or no regular file.
    """
    told = _settings()
    if kind == "docx" or (kind is None and sources.kind_of(path) == "docx"):
        from evidence import word

        return word.read(path, told, name=os.fspath(path).replace(os.sep, "/"))
    return inputs.read_document(sources.read(path, kind=kind), told)


def read_text(text: str, kind: Kind = "text", name: str = "<text>") -> Document:
    """Return what a string holds, read as text, markdown, html, latex or bib."""
    return inputs.read_document(sources.from_text(text, name=name, kind=kind), _settings())


def parse(text: str) -> Reference:
    """Return one reference string as a `Reference`: `.work` and `.fields` (spans in the string).

    Any text, of any length, gives a reference; what cannot be told stays empty.
    """
    parsed = parsing.parse(text)
    key = keys.assign([parsed.work])[0]
    source = sources.from_text(text)
    reference = Reference(key, None, parsed.work, source, Span(0, len(text)), parsed.fields)
    return replace(reference, raw=" ".join(text.split()))


def parse_list(text: str) -> list[Reference]:
    """Return the references of a pasted list, in order; `.span` and `.fields` are spans in `text`.

    Numbers, bullets, blank lines, hanging indents, PubMed's three lines, lines broken anywhere and
    several references in one paragraph are understood. Headings ("References") are left out.
    """
    source = sources.from_text(text)
    spans = parsing.segment(text)
    read = [parsing.parse(text[span.start : span.end]) for span in spans]
    given = keys.assign([parsed.work for parsed in read])
    return [
        Reference(
            key, None, parsed.work, source, span,
            {name: Span(span.start + at.start, span.start + at.end) for name, at in parsed.fields.items()},
            " ".join(text[span.start : span.end].split()),
        )
        for key, parsed, span in zip(given, read, spans, strict=True)
    ]  # fmt: skip


def _settings() -> Settings:
    return Settings(root=os.getcwd(), today="")
