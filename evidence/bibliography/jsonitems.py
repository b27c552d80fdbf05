"""JSON with the place of every value, and what is whole of a file that is broken.

The standard library's decoder reads one value at a time; what it refuses costs the item it stands in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.model import Problem, Span

_SPACE = re.compile(r"[ \t\r\n\ufeff]*+")
_BEGINS = re.compile(r'\{\s*+"')
_DECODER = json.JSONDecoder()


def is_item(value: Mapping[str, Any]) -> bool:
    """Whether an object can stand for a reference: it has a type or a title."""
    return isinstance(value.get("type"), str) or isinstance(value.get("title"), str)


def objects(text: str, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Any], int, int]]:
    """Yield every object that stands for an item: its key in the file, itself and its range."""
    at = _skip(text, 0)
    inside = text[at : at + 1] == "["
    if inside:
        at = _skip(text, at + 1)
    elif text[at : at + 1] == "{" and (inner := _wrapped(text, at)) is not None:
        yield from inner
        return
    patience = 4 * len(text) + 1_000
    while at < len(text):
        if text[at] in ",]":
            at = _skip(text, at + 1)
            continue
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            place = error.pos if isinstance(error, json.JSONDecodeError) else at
            problems.append(_broken(text, place, error))
            begins = _next(text, max(at + 1, place - 1), patience)
            patience -= max(1_000, place - at)
            at = begins
            continue
        if isinstance(value, dict):
            yield "", value, at, end
        else:
            what = "an item is expected here: an object in braces"
            problems.append(Problem("broken-entry", Span(at, min(end, at + 1)), what))
        at = _skip(text, end)


def _wrapped(text: str, at: int) -> list[tuple[str, dict[str, Any], int, int]] | None:
    """Return the items of an object that holds items; None where it is an item, or broken."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or is_item(value):
        return None
    places = places_in(text, at, end)
    for name in ("items", "references"):
        if isinstance(value.get(name), list):
            start, stop = places[name].start, places[name].end
            return [(k, v, s + start, e + start) for k, v, s, e in objects(text[start:stop], [])]
    if not value or not all(isinstance(item, dict) for item in value.values()):
        return None
    return [(key, item, places[key].start, places[key].end) for key, item in value.items()]


def _broken(text: str, place: int, error: Exception) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        words = error.msg[:1].lower() + error.msg[1:]
        what = f"this is no JSON: {words}"
        if place >= len(text.rstrip()):
            what = "the JSON ends too soon: a brace, bracket or quotation mark is not closed"
    else:
        what = "objects are nested too deep to be read"
    place = min(place, max(0, len(text) - 1))
    return Problem("broken-entry", Span(place, place + 1), what)


def _next(text: str, start: int, patience: int) -> int:
    """Return where the next item begins behind something broken: an object with a type or a title."""
    at = start
    while patience > 0 and (found := _BEGINS.search(text, at)):
        try:
            value, _ = _DECODER.raw_decode(text, found.start())
        except (ValueError, RecursionError) as error:
            patience -= max(1_000, getattr(error, "pos", 0) - found.start())
        else:
            if is_item(value):
                return found.start()
        at = found.start() + 1
    return len(text)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def places_in(text: str, start: int, end: int) -> dict[str, Span]:
    """Return where the value of each member of the object `text[start:end]` stands."""
    places = {}
    at = _skip(text, start + 1)
    while at < end and text[at] == '"':
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)  # behind the colon
        _, stop = _DECODER.raw_decode(text, at)
        places[name] = Span(at, stop)
        at = _skip(text, stop)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    return places
