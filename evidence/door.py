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
    """Return one reference string as a `Reference`: `.work` and `.fields` (spans in the string)."""
    parsed = parsing.parse(text)
    key = keys.assign([parsed.work])[0]
    source = sources.from_text(text)
    reference = Reference(key, None, parsed.work, source, Span(0, len(text)), parsed.fields)
    return replace(reference, raw=" ".join(text.split()))


def _settings() -> Settings:
    return Settings(root=os.getcwd(), today="")
