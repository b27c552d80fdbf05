"""What a change touches: the references, links and findings that `--changed-since` keeps. Pure.

A reference is touched where its own lines changed, those of a list item that names it, or those of a
marker that cites it. Markers that point nowhere, lists and study facts belong to a file as a whole: a
line taken out of a list leaves a marker elsewhere that points nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidence.model import Document, Finding, Site, Source, Span
from evidence.sources import Lines
from evidence.sources.git import Changes

Place = tuple[str, int]

#: Codes and families whose findings are kept wherever in a changed file they stand.
WHOLE_FILE = ("CIT001", "LST", "FCT")


class Narrowing:
    """Changes of git, asked about the sources of one run."""

    def __init__(self, site: Site, changes: Changes) -> None:
        self._changes = changes
        self._lines: dict[Source, Lines] = {}
        self._site = site
        self.places = frozenset(self._places())

    def site(self) -> Site:
        """Return the site as far as it is asked about and reported: what the change touches."""
        documents = self.documents(self._site.documents)
        references = tuple(r for r in self._site.references if r.place in self.places)
        asked = self._site.asked & self.places
        return replace(self._site, documents=documents, references=references, asked=asked)

    def documents(self, documents: Iterable[Document]) -> tuple[Document, ...]:
        """Return documents with the markers and the links that the change touches."""
        return tuple(
            replace(
                document,
                citations=tuple(c for c in document.citations if self._holds(document.source, c.span)),
                links=tuple(link for link in document.links if self._holds_link(document, link.span)),
            )
            for document in documents
        )

    def findings(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that the change brought or touches."""
        spans: dict[str, list[Span]] = {}
        for reference in self._site.references:
            if reference.place in self.places:
                items = (reference, *self._site.appears.get(reference.place, ()))
                for item in items:
                    spans.setdefault(item.source.name, []).append(item.span)
        changed = any(self._changes.touch(document.source.path) for document in self._site.documents)
        for finding in findings:
            whole = finding.code.startswith(WHOLE_FILE)
            inside = (s.start <= finding.span.start < s.end for s in spans.get(finding.source.name, ()))
            if (
                self._holds(finding.source, finding.span)
                or (whole and self._is_near(finding.source, changed))
                or any(inside)
            ):
                yield finding

    def _is_near(self, source: Source, changed: bool) -> bool:
        """Whether a file, or one that it rests on, changed: facts rest on pages, lists on .bib files."""
        if self._changes.touch(source.path):
            return True
        if source.kind == "toml":
            return changed
        books = (document.source.path for document in self._site.documents if document.is_bibliography)
        return any(self._changes.touch(book) for book in books)

    def _places(self) -> Iterator[Place]:
        keys: set[tuple[str, str]] = set()
        for document in self._site.documents:
            for citation in document.citations:
                if self._holds(document.source, citation.span):
                    names = (document.source.name, "")  # of the page itself, or of any bibliography
                    keys.update((name, key) for key in citation.keys for name in names)
        for reference in self._site.references:
            items = (reference, *self._site.appears.get(reference.place, ()))
            home = "" if reference.source.kind == "bib" else reference.source.name
            cited = bool(reference.key) and (home, reference.key) in keys
            if cited or any(self._holds(item.source, item.span) for item in items):
                yield reference.place

    def _holds_link(self, document: Document, span: Span) -> bool:
        if self._holds(document.source, span):
            return True
        held = (r.span for r in document.references if r.place in self.places)
        return any(s.start <= span.start < s.end for s in held)

    def _holds(self, source: Source, span: Span) -> bool:
        """Whether a line of the span changed; a file outside git counts as unchanged."""
        if not self._changes.touch(source.path):
            return False
        lines = self._lines.get(source)
        if lines is None:
            lines = self._lines[source] = Lines(source.text)
        last = max(span.end - 1, span.start)
        return self._changes.within(source.path, lines.at(span.start)[0], lines.at(last)[0])
