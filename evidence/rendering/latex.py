"""Lines as LaTeX: every special character escaped, no package needed, so no links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.rendering.pieces import Piece, visible

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
        "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
        ">": r"\textgreater{}", "|": r"\textbar{}", "`": r"\textasciigrave{}",
    }
)  # fmt: skip


def escape(text: str) -> str:
    """Return `text` so that TeX sets it as it is; ligatures (`--`, two apostrophes) are kept apart."""
    text = text.translate(_ESCAPES)
    return re.sub(r"(?<=-)(?=-)|(?<=')(?=')", "{}", text)


def write(pieces: Sequence[Piece]) -> str:
    """Return the visible text for TeX; a leading bracket is kept from being read as an option."""
    text = escape(visible(pieces))
    return "{}" + text if text.startswith("[") else text
