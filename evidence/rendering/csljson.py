"""Works as CSL-JSON, the form in which citation processors take them (CSL 1.0.2, csl-data.json)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidence.model import Date, Name, Work
from evidence.rendering.pieces import Piece, clean, marked

#: CSL's rich text: the only tags that its processors read inside a field.
_TAGS = {"italic": "i", "sub": "sub", "sup": "sup"}


def items(works: Sequence[Work]) -> list[dict[str, Any]]:
    """Return one item a work, in order; its id is its number, from "1"."""
    return [_item(work, str(number)) for number, work in enumerate(works, 1)]


def _item(work: Work, id_: str) -> dict[str, Any]:
    title = _rich(marked(work.title))
    subtitle = _rich(marked(work.subtitle))
    values = {
        "title": f"{title}: {subtitle}" if title and subtitle else title or subtitle,
        "author": _people(work.authors),
        "editor": _people(work.editors),
        "issued": _date(work.issued),
        "accessed": _date(work.accessed),
        "container-title": _rich(marked(work.container or work.short_container)),
        "container-title-short": clean(work.short_container),
        "volume": clean(work.volume),
        "issue": clean(work.issue),
        "page": clean(work.pages),
        "number": clean(work.extra.get("number", "") or work.extra.get("article_number", "")),
        "publisher": clean(work.publisher),
        "publisher-place": clean(work.place),
        "edition": clean(work.edition),
        "genre": clean(work.extra.get("genre", "")),
        "DOI": clean(work.printed_doi),
        "URL": clean(work.url),
        "PMID": clean(work.pmid),
        "PMCID": next((clean(i.value) for i in work.ids if i.kind == "pmcid"), ""),
    }
    return {"id": id_, "type": work.type or "document"} | {k: v for k, v in values.items() if v}


def _rich(pieces: Sequence[Piece]) -> str:
    parts = []
    for piece in pieces:
        tag = _TAGS.get(piece.kind)
        text = piece.text.replace("<", "&#60;") if not tag else piece.text
        parts.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return "".join(parts)


def _people(names: Sequence[Name]) -> list[dict[str, str]]:
    return [person for name in names if (person := _person(name))]


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": clean(name.literal)}
    values = {
        "family": clean(name.family),
        "given": spaced_initials(clean(name.given)),
        "non-dropping-particle": clean(name.particle),
        "suffix": clean(name.suffix),
    }
    return {key: value for key, value in values.items() if value}


def spaced_initials(given: str) -> str:
    """Return given names that are bare initials ("KA") as processors read them ("K. A.").

    Only words of up to three capitals are initials; AASIMA is a name (datacite/datacite#2419).
    """
    words = given.split()
    if not words or not all(w.isalpha() and w.isupper() and len(w) <= 3 for w in words):
        return given
    return " ".join(f"{letter}." for word in words for letter in word)


def _date(date: Date | None) -> dict[str, Any]:
    if date is None or date.year is None:
        return {}
    parts = [date.year]
    if date.month is not None and 1 <= date.month <= 12:
        parts.append(date.month)
        if date.day is not None and 1 <= date.day <= 31:
            parts.append(date.day)
    elif date.season:
        return {"date-parts": [parts], "season": clean(date.season)}
    return {"date-parts": [parts]}
