"""Pieces that every part of the page is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evidence.model import Source, Span
from evidence.report.escape import address, html
from evidence.report.places import Places

#: Longest words of a source that are repeated, in characters: a page of 500 references stays small.
LONGEST = 300


_REGISTRIES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "nct": "https://clinicaltrials.gov/study/",
    "arxiv": "https://arxiv.org/abs/",
}


class Section(NamedTuple):
    """A part of the page: its anchor, its heading, its content as HTML."""

    id: str
    title: str
    body: str


def section(part: Section) -> str:
    """Return a part with its heading."""
    return (
        f'<section id="{part.id}" aria-labelledby="{part.id}-title">\n'
        f'<h2 id="{part.id}-title">{html(part.title)}</h2>\n{part.body}</section>\n'
    )


def words(text: str, longest: int = LONGEST) -> str:
    """Return text on one line, shortened, as HTML."""
    line = " ".join(text.split())
    return html(line if len(line) <= longest else line[: longest - 1] + "…")


def link(url: str, shown: str = "") -> str:
    """Return a link; the words alone where the address is none of the web."""
    target = address(url)
    shown = words(shown or url, 90)
    return f'<a href="{target}" rel="noreferrer nofollow">{shown}</a>' if target else shown


def id_link(kind: str, value: str) -> str:
    """Return an identifier as a link to who registered it."""
    if kind not in _REGISTRIES:
        return words(value)
    from urllib.parse import quote

    try:
        target = _REGISTRIES[kind] + quote(value, safe="/:;()._-")
    except UnicodeEncodeError:  # a lone surrogate stands in no identifier
        return words(value)
    return link(target, value)


def where(source: Source, span: Span, places: Places) -> str:
    """Return file and line."""
    place = places.of(source, span)
    return f'<span class="where">{html(source.name)}:{place.line}</span>'


def tag(kind: str, word: str = "") -> str:
    """Return a label that says in words what its colour says."""
    return f'<span class="tag {html(kind)}">{html(word or kind)}</span>'


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]], kind: str = "") -> str:
    """Return a table of cells that are HTML; on a phone each row becomes a block.

    The roles are written out because a row that is laid out as a block would lose its own.
    """
    names = list(head)
    shown = "".join(f'<th scope="col" role="columnheader">{html(name)}</th>' for name in names)
    body = "".join(
        '<tr role="row">'
        + "".join(
            f'<td role="cell" data-name="{html(name)}">{cell}</td>'
            for name, cell in zip(names, row, strict=True)
        )
        + "</tr>\n"
        for row in rows
    )
    return (
        f'<table role="table" class="{kind}"><caption>{html(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{shown}</tr></thead>\n'
        f'<tbody role="rowgroup">{body}</tbody></table>\n'
    )
