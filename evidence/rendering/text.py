"""Lines as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.rendering.pieces import Piece, visible


def write(pieces: Sequence[Piece]) -> str:
    """Return the visible text; pieces are clean of control characters already."""
    return visible(pieces)
