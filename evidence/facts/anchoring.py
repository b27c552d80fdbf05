"""Where the facts of a facts file stand on the pages that were read."""

from __future__ import annotations

import os.path
import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterable

from evidence.facts.quotes import find_quote, nearest
from evidence.model import Document, Fact, FactsFile, Quote, Span


def resolve(name: str, path: str) -> str:
    """Return a path of a facts file relative to the project's root; addresses stay as they are.

    `name` is the facts file's own name, POSIX and relative to the root.
    """
    if not path or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:", path):
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path.replace("\\", "/")))


def page_of(fact: Fact, file: FactsFile, documents: Iterable[Document]) -> Document | None:
    """Return the document of a fact's page, or None where it is not among those that were read."""
    name = resolve(file.source.name, fact.page or file.page)
    if not name:
        return None
    beside = None
    if file.source.path and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:", name):
        beside = os.path.normpath(os.path.join(os.path.dirname(file.source.path), fact.page or file.page))
    for document in documents:
        if document.view is None:
            continue
        source = document.source
        if source.name == name or (beside and source.path and os.path.normpath(source.path) == beside):
            return document
    return None


def citation_gaps(document: Document) -> tuple[Span, ...]:
    """Return where the citation markers of a page stand in its visible text."""
    if document.view is None:
        return ()
    starts = document.view.starts
    gaps = (
        Span(bisect_left(starts, citation.span.start), bisect_left(starts, citation.span.end))
        for citation in document.citations
    )
    return tuple(gap for gap in gaps if gap.start < gap.end)


def anchor(quote: Quote, document: Document) -> tuple[int, int, float] | None:
    """Return where a quote stands in a page's visible text, citation markers left out, or None."""
    if document.view is None:
        return None
    return find_quote(document.view.text, quote, leave_out=citation_gaps(document))


def nearest_on(quote: Quote, document: Document) -> tuple[int, int, float] | None:
    """Return the passage of a page most like a quote that is not there, as `quotes.nearest` does."""
    if document.view is None:
        return None
    return nearest(document.view.text, quote, leave_out=citation_gaps(document))


def locate(fact: Fact, file: FactsFile, documents: Iterable[Document]) -> tuple[Document | None, Span | None]:
    """Return the page of a fact and where its quote stands in the page's file.

    The span is None where the quote is not there; the document is None where the page was not read.
    """
    document = page_of(fact, file, documents)
    if document is None or document.view is None or fact.on_page is None:
        return document, None
    found = anchor(fact.on_page, document)
    return document, document.view.span(found[0], found[1]) if found else None
