"""Works as CSL-JSON for a citation processor: what it prints, in the form in which it reads it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidence.bibliography.csljson import item_of
from evidence.model import Date, Name, Work
from evidence.rendering.parts import form_of, full_title, number_of
from evidence.rendering.pieces import Piece, clean, marked

#: CSL's rich text: the only tags that its processors read inside a field.
_TAGS = {"italic": "i", "sub": "sub", "sup": "sup"}
#: What no style prints, or what would be printed as it is.
_UNPRINTED = ("abstract", "keyword", "note", "custom", "language")


def items(works: Sequence[Work]) -> list[dict[str, Any]]:
    """Return one item a work, in order; its id is its number, from "1"."""
    return [_item(work, str(number)) for number, work in enumerate(works, 1)]


def _item(work: Work, id_: str) -> dict[str, Any]:
    tidy = replace(
        work,
        authors=_spaced(work.authors),
        editors=_spaced(work.editors),
        issued=_real(work.issued),
        accessed=_real(work.accessed),
    )
    item = item_of(id_, tidy)
    item |= {
        "title": _rich(full_title(work)),
        "container-title": _rich(marked(work.container or work.short_container)),
        "genre": clean(work.extra.get("genre", "")) or item.get("genre", ""),
        "number": number_of(work) if form_of(work) == "report" else item.get("number", ""),
    }
    cleaned = {
        k: clean(v) if isinstance(v, str) and k not in ("title", "container-title") else v
        for k, v in item.items()
    }
    return {name: value for name, value in cleaned.items() if value and name not in _UNPRINTED}


def _rich(pieces: Sequence[Piece]) -> str:
    parts = []
    for piece in pieces:
        tag = _TAGS.get(piece.kind)
        text = piece.text.replace("<", "&#60;") if not tag else piece.text
        parts.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return "".join(parts)


def _spaced(names: Sequence[Name]) -> tuple[Name, ...]:
    return tuple(
        Name(
            clean(n.family),
            spaced_initials(clean(n.given)),
            clean(n.particle),
            clean(n.suffix),
            clean(n.literal),
        )
        for n in names
    )


def spaced_initials(given: str) -> str:
    """Return given names that are bare initials ("KA") as processors read them ("K. A.").

    Only words of up to three capitals are initials; AASIMA is a name (datacite/datacite#2419).
    """
    words = given.split()
    if not words or not all(w.isalpha() and w.isupper() and len(w) <= 3 for w in words):
        return given
    return " ".join(f"{letter}." for word in words for letter in word)


def _real(date: Date | None) -> Date | None:
    """Return a date without a month or day that does not exist."""
    if date is None or date.year is None:
        return None
    month = date.month if date.month is not None and 1 <= date.month <= 12 else None
    day = date.day if month and date.day is not None and 1 <= date.day <= 31 else None
    return Date(date.year, month, day, "" if month else clean(date.season))
