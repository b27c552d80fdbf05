"""Lines as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.rendering.pieces import Piece, raised


def write(pieces: Sequence[Piece]) -> str:
    """Return the visible text, 10⁶ and H₂O in Unicode; pieces are clean of control characters already."""
    return "".join(raised(piece) for piece in pieces)
