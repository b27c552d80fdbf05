"""Reading what a service sent, field by field: a value of another type than documented is left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

#: Longest text of one field, and most entries of one list: a record is a small thing.
LONGEST, MOST = 5_000, 10_000


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        {
            # one class, one bounded quantifier each: linear
            "block": r"</?(?:br|p|div|li|title|sec|jats:p|jats:title|jats:sec)(?:\s[^<>]{0,200})?/?>",
            "tag": r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,300})?/?>",
        }[name],
        re.IGNORECASE,
    )


def clean(value: object, longest: int = LONGEST) -> str:
    """Return the text of a field as a reader sees it: no markup, no entities, single blanks.

    `&lt;i&gt;` is unpacked and then removed too; `p < 0.05` stays. Anything but text is empty.
    """
    if not isinstance(value, str):
        return ""
    # lone surrogates can come out of JSON and can never be written anywhere
    text = value[:longest].encode("utf-8", "replace").decode("utf-8")
    for _ in range(2):
        if "<" in text:
            text = _pattern("tag").sub("", _pattern("block").sub(" ", text))
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _pattern("tag").sub("", text)
    return " ".join(text.split())


def mapping(value: object) -> Mapping[str, Any]:
    """Return a JSON object, or an empty one where something else stands."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list; what is no object is passed over."""
    if isinstance(value, list):
        yield from (entry for entry in value[:MOST] if isinstance(entry, dict))


def texts(value: object) -> list[str]:
    """Return the texts of a list, or a text given where a list should be."""
    values = value if isinstance(value, list) else [value]
    return [text for entry in values[:MOST] if (text := clean(entry))]


def whole(value: object) -> int | None:
    """Return a whole number of at most nine digits, given as a number or as text; else None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 1_000_000_000 else None
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else None
