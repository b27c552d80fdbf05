"""Each style prints what its manual wants, italics included."""

from __future__ import annotations

import pytest

from evidence.rendering.markdown import write
from evidence.rendering.pieces import joined, raised
from evidence.rendering.styles import STYLES

from .golden import ARTICLES, Golden
from .golden_others import OTHERS

GOLDEN = [*ARTICLES, *OTHERS]


def shown(golden: Golden, style: str) -> str:
    """The line with stars around italics and no escapes."""
    pieces = joined(STYLES[style](golden.work))
    return "".join(f"*{piece.text}*" if piece.kind == "italic" else raised(piece) for piece in pieces)


@pytest.mark.parametrize("style", ["pubmed", "nlm", "ama", "apa"])
@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.rule[:50])
def test_lines_are_those_of_the_manuals(golden: Golden, style: str) -> None:
    assert shown(golden, style) == getattr(golden, style)


def test_there_are_enough_of_them() -> None:
    assert len(GOLDEN) >= 60
    assert len({golden.rule for golden in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.rule[:50])
def test_markdown_shows_the_same_italics(golden: Golden) -> None:
    from markdown_it import MarkdownIt

    for style, setter in STYLES.items():
        html = MarkdownIt("commonmark").render(write(joined(setter(golden.work))))
        assert html.count("<em>") == shown(golden, style).count("*") // 2
