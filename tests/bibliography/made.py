"""What the tests of this room share: reading a text as a .bib file."""

from __future__ import annotations

from evidence.bibliography import read
from evidence.model import Document, Limits, Reference, Source, Work


def source(text: str) -> Source:
    return Source("refs.bib", text, "bib")


def document(text: str, limits: Limits | None = None) -> Document:
    return read(source(text), limits=limits or Limits())


def work(text: str) -> Work:
    references = document(text).references
    assert len(references) == 1
    return references[0].work


def kinds(read_document: Document) -> list[str]:
    return [problem.kind for problem in read_document.problems]


def field(reference: Reference, name: str) -> str:
    span = reference.fields[name]
    return reference.source.text[span.start : span.end]
