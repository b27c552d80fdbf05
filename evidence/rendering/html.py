"""Lines as HTML: text escaped, links, and of the tags in titles only i, sub and sup."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.rendering.pieces import Piece

_TAGS = {"italic": "i", "sub": "sub", "sup": "sup"}
#: Braces too: a page may go through a site generator's templates before a browser sees it.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "{": "&#123;", "}": "&#125;", "`": "&#96;"}
)


def escape(text: str) -> str:
    """Return `text` for an element or a double-quoted attribute."""
    return text.translate(_ESCAPES)


def write(pieces: Sequence[Piece]) -> str:
    """Return pieces as inline HTML."""
    return "".join(_one(piece) for piece in pieces)


def _one(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.kind == "link":
        return f'<a href="{escape(piece.url)}">{text}</a>'
    tag = _TAGS.get(piece.kind)
    return f"<{tag}>{text}</{tag}>" if tag else text
