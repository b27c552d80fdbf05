"""Lines as Markdown: CommonMark, GitHub's, Python-Markdown, pandoc and MDX read them alike.

Characters that only some of these can escape by a backslash are written as numeric entities,
which all of them know and which site generators' templates (`{{`, `{%`) do not see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from evidence.rendering.pieces import Piece, raised

_ESCAPES = {ord(c): f"\\{c}" for c in "\\`*[]"} | {ord(c): f"&#{ord(c)};" for c in "{}|~^$@"}
_ESCAPES |= {ord("<"): "&lt;", ord(">"): "&gt;"}
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")


@cache
def _lone_underscores() -> re.Pattern[str]:
    """Underscores that can open or close emphasis; between letters and digits they cannot."""
    return re.compile(r"(?<![^\W_])_|_(?![^\W_])")


@cache
def _block_starts() -> re.Pattern[str]:
    """Return what opens a block at the start of a line: heading, list, rule, definition."""
    return re.compile(r"(\d{1,9})([.)])|([#+!-])|([=:])")


def escape(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, wherever on a line it stands but its start."""
    text = _ENTITY.sub("&amp;", text).translate(_ESCAPES)
    return _lone_underscores().sub(r"\\_", text)


def escape_start(line: str) -> str:
    """Return a written line so that its beginning opens no heading, list or other block."""
    found = _block_starts().match(line)
    if not found:
        return line
    number, point, mark, other = found.groups()
    if number and not re.match(r"\s|$", line[found.end() :]):
        return line
    start = f"{number}\\{point}" if number else f"\\{mark}" if mark else f"&#{ord(other)};"
    return start + line[found.end() :]


def _emphasis(text: str, before: str, after: str) -> str:
    """Return text between stars where every reader sees emphasis there, else as it is.

    CommonMark 6.2: a star opens before what is no space and, before punctuation, only behind a space
    or punctuation; it closes the other way round.
    """
    core = text.strip(" ")
    if not core:
        return escape(text)
    start = text[: len(text) - len(text.lstrip(" "))]
    end = text[len(text.rstrip(" ")) :]
    opens = core[0].isalnum() or not (start or before).strip() or not (start or before).isalnum()
    closes = core[-1].isalnum() or not (end or after).strip() or not (end or after).isalnum()
    if not (opens and closes) or core.isspace():
        return escape(text)
    return f"{escape(start)}*{escape(core)}*{escape(end)}"


def write(pieces: Sequence[Piece]) -> str:
    """Return pieces as Markdown; addresses as autolinks, italics in stars, subscripts in Unicode."""
    return _write(pieces, autolinks=True)


def write_mdx(pieces: Sequence[Piece]) -> str:
    """Return pieces as Markdown for MDX, where `<` begins a component: no autolinks."""
    return _write(pieces, autolinks=False)


def _write(pieces: Sequence[Piece], *, autolinks: bool) -> str:
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        if piece.kind == "italic":
            before = pieces[index - 1].text[-1:] if index else ""
            after = pieces[index + 1].text[:1] if index + 1 < len(pieces) else ""
            parts.append(_emphasis(piece.text, before, after))
        elif piece.kind != "link":
            parts.append(escape(raised(piece)))
        elif autolinks and piece.text == piece.url:
            parts.append(f"<{piece.url}>")
        else:
            address = _ENTITY.sub("&amp;", piece.url)
            parts.append(f"[{escape(piece.text)}]({address})")
    return escape_start("".join(parts))
