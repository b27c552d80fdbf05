"""What a style is made of: pieces of visible text, cleaned of all that could act on its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

#: Addresses that a list may link to; any other stays plain text.
SCHEMES = ("https://", "http://", "ftp://")

_FINAL = tuple(".?!…。？！؟।")
_QUOTES = "\"'”’»"
#: Embeddings, overrides and isolates (UAX #9) turn the order of what follows them; marks (LRM, RLM) do not.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROLS = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " "),
    **dict.fromkeys([0x2028, 0x2029], " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0xAD: None,
    0xFEFF: None,
}
_SHAPES: dict[str, Literal["italic", "sub", "sup"]] = {
    "i": "italic", "em": "italic", "italic": "italic", "sub": "sub", "sup": "sup", "inf": "sub",
}  # fmt: skip


class Piece(NamedTuple):
    """Visible text and how it is set; `url` is where a `link` leads, percent-encoded."""

    text: str
    kind: Literal["text", "italic", "sub", "sup", "link"] = "text"
    url: str = ""


Pieces = tuple[Piece, ...]


def visible(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces without their setting."""
    return "".join(p.text for p in pieces)


_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SUP = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def raised(piece: Piece) -> str:
    """Return a piece's text, for targets without subscripts: 10⁶ and H₂O where Unicode has them.

    Without that, 10 to the sixth would read as a hundred and six.
    """
    if piece.kind in ("sub", "sup"):
        text = piece.text.replace("−", "-").translate(_SUB if piece.kind == "sub" else _SUP)
        if not any(c.isascii() and not c.isspace() for c in text):
            return text
    return piece.text


def clean(text: str) -> str:
    """Return `text` on one line: entities decoded, no control or direction-turning characters."""
    if text.isascii() and text.isprintable() and "&" not in text:  # the usual case, at a tenth of the cost
        return " ".join(text.split())
    if "&" in text:
        text = _entities().sub(lambda m: html.unescape(m.group()), text)
    return " ".join(text.translate(_CONTROLS).translate(_BIDI).split())


@cache
def _entities() -> re.Pattern[str]:
    return re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@cache
def _tags() -> re.Pattern[str]:
    """Tags that registries deposit in titles (HTML, JATS, MathML); any other `<` is a character."""
    names = (
        r"i|em|italic|sub|sup|inf|b|bold|strong|u|underline|sc|scp|tt|span|font|small|big|p|br|title"
        r"|ext-link|inline-formula|named-content|(?:jats|mml):[a-z-]{1,30}"
    )
    return re.compile(rf"<(/?)((?:{names}))(?:\s[^<>]{{0,500}})?\s{{0,9}}/?>", re.IGNORECASE)


def marked(text: str) -> Pieces:
    """Return a title as pieces: italics, subscripts and superscripts kept, other known tags dropped.

    What is not a tag that titles are deposited with ("P<0.05", `<script>`) stays visible text.
    """
    text = clean(text)
    if "<" not in text:
        return (Piece(text),) if text else ()
    result: list[Piece] = []
    open_shapes: list[Literal["italic", "sub", "sup"]] = []
    at = 0
    for tag in _tags().finditer(text):
        _add(result, text[at : tag.start()], open_shapes)
        at = tag.end()
        shape = _SHAPES.get(tag.group(2).lower().removeprefix("jats:"))
        if shape and not tag.group(1) and not tag.group().endswith("/>"):
            open_shapes.append(shape)
        elif shape and shape in open_shapes:
            open_shapes.remove(shape)
        elif tag.group(2).lower() in ("br", "p") and result and not result[-1].text.endswith(" "):
            result.append(Piece(" "))
    _add(result, text[at:], open_shapes)
    return _single_spaced(result)


def _add(result: list[Piece], text: str, shapes: list[Literal["italic", "sub", "sup"]]) -> None:
    if text:
        result.append(Piece(text, shapes[-1] if shapes else "text"))


def _single_spaced(pieces: list[Piece]) -> Pieces:
    """Take out the white space that dropping tags left double, at the start or at the end."""
    result: list[Piece] = []
    space_before = True
    for piece in pieces:
        text = re.sub(r" {2,}", " ", piece.text) if "  " in piece.text else piece.text
        if space_before:
            text = text.lstrip(" ")
        if text:
            result.append(Piece(text, piece.kind, piece.url))
            space_before = text.endswith(" ")
    while result and not result[-1].text.rstrip(" "):
        result.pop()
    if result:
        result[-1] = result[-1]._replace(text=result[-1].text.rstrip(" "))
    return tuple(result)


def ended(pieces: Iterable[Piece]) -> Pieces:
    """Return a sentence with its full stop, unless it ends in a mark of its own (`?`, `!`, `.`).

    A comma, semicolon or colon that was left at the end gives way to the full stop.
    """
    parts = list(pieces)
    while parts and parts[-1].kind != "link":
        last = parts.pop()
        text = last.text.rstrip(" ,;:")
        if text:
            parts.append(Piece(text, last.kind, last.url))
            break
    if not parts:
        return ()
    end = visible(parts).rstrip(_QUOTES)
    if parts[-1].kind != "link" and end.endswith(_FINAL):
        return tuple(parts)
    return (*parts, Piece("."))


def sentences(*parts: Iterable[Piece]) -> Pieces:
    """Join sentences by one space, each with one final mark; empty ones vanish."""
    result: list[Piece] = []
    for part in parts:
        sentence = ended(part)
        if sentence:
            result += [Piece(" "), *sentence] if result else sentence
    return tuple(result)


def american(pieces: Pieces) -> Pieces:
    """Return a line with full stops inside closing quotation marks: “a trial.” (AMA, 8.6.5; APA, 6.7)."""
    if not any("”" in piece.text or '"' in piece.text for piece in pieces):
        return pieces
    result = list(pieces)
    for index, piece in enumerate(result):
        text = _STOPS_OUTSIDE.sub(r".\1", piece.text)
        after = result[index + 1].text if index + 1 < len(result) else ""
        if piece.kind != "link" and after.startswith(".") and text.endswith(("”", '"')):
            text = f"{text[:-1]}.{text[-1]}"
            result[index + 1] = result[index + 1]._replace(text=after[1:])
        result[index] = Piece(text, piece.kind, piece.url) if piece.kind != "link" else piece
    return tuple(piece for piece in result if piece.text)


_STOPS_OUTSIDE = re.compile(r"([”\"])\.(?=\s|$)")


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Merge neighbours that are set alike, so that escaping sees whole stretches of text."""
    result: list[Piece] = []
    for piece in pieces:
        if result and piece.kind == result[-1].kind != "link":
            result[-1] = result[-1]._replace(text=result[-1].text + piece.text)
        else:
            result.append(piece)
    return result


def plain(text: str) -> Pieces:
    """Return cleaned text as one piece, or nothing."""
    text = clean(text)
    return (Piece(text),) if text else ()


def doi_address(doi: str) -> str:
    """Return the address of a DOI, reserved characters percent-encoded (DOI Handbook, 3.8.2)."""
    from urllib.parse import quote

    return "https://doi.org/" + quote(clean(doi), safe="/:._-~")


def link(address: str) -> Pieces:
    """Return an address as a link to itself, or as plain text where its scheme is not of the web."""
    address = clean(address)
    if not address:
        return ()
    if not address.lower().startswith(SCHEMES):
        return (Piece(address),)
    return (Piece(address, "link", re.sub(r"""[\s"'<>\\^`{|}()\[\]*$]""", _percent, address)),)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode())
