"""What the tests of this room share: reading a page, and saying where something stands."""

from __future__ import annotations

from pathlib import Path

from evidence.model import Document, Kind, Limits, Source, Span
from evidence.pages import read

FIXTURES = Path(__file__).parent / "fixtures"
KINDS: dict[str, Kind] = {".md": "markdown", ".html": "html", ".txt": "text"}

JARVIK = "Jarvik JG, Deyo RA. Diagnostic evaluation of low back pain. Ann Intern Med. 2002;137(7):586-97."
CHOU = (
    "Chou R, Fu R, Carrino JA, Deyo RA. Imaging strategies for low-back pain. Lancet. 2009;373(9662):463-72."
)
DEYO = "Deyo RA, Diehl AK, Rosenthal M. How many days of bed rest? N Engl J Med. 1986;315(17):1064-70."


def page(
    text: str, kind: Kind = "markdown", limits: Limits | None = None, patterns: tuple[str, ...] = ()
) -> Document:
    """Read a text as a page."""
    return read(Source("page", text, kind), limits=limits or Limits(), patterns=patterns)


def fixture(name: str) -> Document:
    """Read a fixture, its line breaks as in the file."""
    path = FIXTURES / name
    with path.open(encoding="utf-8", newline="") as file:
        return page(file.read(), KINDS[path.suffix])


def written(document: Document, span: Span) -> str:
    """Return what stands in the source at a span."""
    return document.source.text[span.start : span.end]


def markers(document: Document) -> list[str]:
    """Return the citations as written."""
    return [written(document, citation.span) for citation in document.citations]


def ties(document: Document) -> list[tuple[str, ...]]:
    """Return what each citation names: the beginnings of the references it is tied to, `?` dangling."""
    names = {reference.key: reference.raw.split()[0].strip(",.") for reference in document.references}
    return [
        tuple(names[key] for key in citation.keys) + tuple(f"?{label}" for label in citation.dangling)
        for citation in document.citations
    ]


def place(document: Document, offset: int) -> str:
    """Return line:column of an offset, both from 1, in code points."""
    before = document.source.text[:offset]
    return f"{before.count(chr(10)) + 1}:{offset - (before.rfind(chr(10)) + 1) + 1}"
