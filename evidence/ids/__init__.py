"""Identifiers in text: DOI, PMID, PMCID, NCT, arXiv, ISBN, ISSN and addresses.

Finds them with exact spans, brings them into one normal form, and says in words what is wrong
with something that was meant as a DOI. Every pattern is linear: one class with one quantifier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.ids.dois import doi, doi_of_url, find_dois, is_test_doi, malformed_doi
from evidence.ids.numbers import finder_of, normalise, valid_isbn
from evidence.ids.urls import find_urls
from evidence.model import Id, Span

__all__ = [
    "doi",
    "doi_of_url",
    "find",
    "find_urls",
    "is_test_doi",
    "malformed_doi",
    "normalise",
    "valid_isbn",
]

#: Per kind: words of which one must stand in the text (lower case), and the finder.
_FINDERS: tuple[tuple[str, Callable[[str], Iterator[tuple[Id, Span]]]], ...] = (
    ("10.", find_dois),
    ("pm", finder_of("pmid", "pmid", "pmid_url")),
    ("pubmed", finder_of("pmid", "pmid", "pmid_url")),
    ("pmc", finder_of("pmcid", "pmcid")),
    ("nct", finder_of("nct", "nct")),
    ("arxiv", finder_of("arxiv", "arxiv")),
    ("isbn", finder_of("isbn", "isbn")),
    ("97", finder_of("isbn", "isbn")),
    ("issn", finder_of("issn", "issn")),
)


def find(text: str) -> list[tuple[Id, Span]]:
    """Return every identifier in running text with the span of its own characters, in order.

    A DOI wins over what lies inside it; each place is given once. ISBN and ISSN only with a right
    check digit.
    """
    lowered = text.lower()
    taken: list[tuple[Id, Span]] = []
    covered: list[Span] = []
    seen: set[tuple[int, str]] = set()
    for word, finder in _FINDERS:
        if word not in lowered:
            continue
        for identifier, span in finder(text):
            if (span.start, identifier.kind) in seen:
                continue
            seen.add((span.start, identifier.kind))
            taken.append((identifier, span))
        if word == "10.":
            covered = [span for _, span in taken]
    return _uncovered(taken, covered)


def _uncovered(taken: list[tuple[Id, Span]], dois: list[Span]) -> list[tuple[Id, Span]]:
    """Sort, and leave out what overlaps a DOI or an identifier before it."""
    inside = sorted(taken, key=lambda pair: (pair[1].start, pair[0].kind != "doi", -pair[1].end))
    result: list[tuple[Id, Span]] = []
    at = 0
    marks = iter([*dois, Span(1 << 62, 1 << 62)])
    mark = next(marks)
    for identifier, span in inside:
        while mark.end <= span.start:
            mark = next(marks)
        if span.start < at or (identifier.kind != "doi" and mark.start < span.end):
            continue
        result.append((identifier, span))
        at = span.end
    return result
