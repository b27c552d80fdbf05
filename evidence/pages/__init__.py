"""Pages: a text, Markdown, HTML or LaTeX file becomes a `Document`.

A reader for each form (`plain`, `markdown`, `html`) makes a view of what is visible, with its
blocks; everything after that (`lists`, `references`, `citations`) exists once and works on views.
"""

from __future__ import annotations

from evidence.model import Document, Limits, Source

__all__ = ["read"]

_USUAL = Limits()


def read(source: Source, *, limits: Limits = _USUAL, patterns: tuple[str, ...] = ()) -> Document:
    """Read a page: its references, citations, links and regions, each with its span in the source.

    `limits.page` caps the characters and `limits.references` the references that are read; what is
    cut is a `not-fully-read` problem. `patterns` are further citation markers as regular
    expressions whose group 1 is a key or numbers. Raises nothing on any input.
    """
    if source.kind == "latex":
        from evidence.pages import latex

        return latex.read(source, limits=limits)
    from evidence.pages import reading

    return reading.read(source, limits, patterns)
