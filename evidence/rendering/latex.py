"""Lines as LaTeX: every special character escaped, italics kept, no package needed, so no links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.rendering.pieces import Piece

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


#: Commands of the LaTeX kernel (textsubscript: since 2015).
_COMMANDS = {"italic": "textit", "sub": "textsubscript", "sup": "textsuperscript"}


def write(pieces: Sequence[Piece]) -> str:
    """Return pieces for TeX; a leading bracket is kept from being read as an option."""
    parts: list[str] = []
    for piece in pieces:
        text = escape(piece.text)
        command = _COMMANDS.get(piece.kind)
        if command:
            text = f"\\{command}{{{text}}}"
        elif parts and parts[-1][-1:] == text[:1] and text[:1] in ("-", "'"):
            parts.append("{}")  # links end pieces amid the text: no ligature across them
        parts.append(text)
    line = "".join(parts)
    return "{}" + line if line.startswith("[") else line
