"""The flow of `extract`: what a page, a .bib file or lines of text say that studies found."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from evidence import inputs
from evidence.errors import UsageError
from evidence.facts.extraction import Proposal, extract
from evidence.model import Document, Settings, Source


class Extracted(NamedTuple):
    """The facts proposed for one text; `id` and the text of the offsets are as they were given."""

    id: Any
    facts: Sequence[Proposal]

    def as_json(self) -> dict[str, Any]:
        """Return the object that `evidence extract` prints."""
        return {"id": self.id, "facts": [fact.as_json() for fact in self.facts]}


def from_lines(lines: Sequence[str]) -> Iterator[Extracted]:
    """Yield what each line says: `{"id": …, "text": …}`, or a text by itself, whose id is its number.

    Raises `UsageError` naming the line for JSON that is no such object.
    """
    for number, line in enumerate(lines, 1):
        if not line.lstrip().startswith("{"):
            yield Extracted(str(number), extract(line))
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            if is_lines(lines):
                reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
                raise UsageError(
                    f'line {number}: no JSON ({reason}): type {{"id": "…", "text": "…"}}'
                ) from None
            yield Extracted(str(number), extract(line))
            continue
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            raise UsageError(f'line {number}: the object has no text: type {{"id": "…", "text": "…"}}')
        yield Extracted(value.get("id", str(number)), extract(value["text"]))


def is_lines(lines: Sequence[str]) -> bool:
    """Return whether the lines of a file are JSON objects rather than a text."""
    return bool(lines) and lines[0].lstrip().startswith("{") and lines[0].rstrip().endswith("}")


def from_source(source: Source, told: Settings) -> Iterator[Extracted]:
    """Yield what a page says, its reference lists left out, or the abstract of each .bib entry."""
    document = inputs.read_document(source, told)
    if not document.is_bibliography:
        yield Extracted(source.name, on_page(document))
        return
    for reference in document.references:
        if abstract := reference.work.extra.get("abstract", ""):
            yield Extracted(reference.key, extract(abstract))


def on_page(document: Document) -> list[Proposal]:
    """Return the facts that a page seems to state, with offsets into its file."""
    view = document.view
    if view is None:
        return extract(document.source.text)
    found = []
    for fact in extract(prose(document)):
        span, number = view.span(fact.start, fact.end), view.span(fact.number.start, fact.number.end)
        found.append(replace(fact, start=span.start, end=span.end, number=number))
    return found


def prose(document: Document) -> str:
    """Return the visible text of a page with its reference lists blanked out: offsets stay."""
    view = document.view
    if view is None:
        return document.source.text
    text = view.text
    for region in document.regions:
        start, end = (bisect_left(view.starts, at) for at in (region.span.start, region.span.end))
        text = text[:start] + _blank(text[start:end]) + text[end:]
    return text


def _blank(text: str) -> str:
    return "".join(char if char == "\n" else " " for char in text)
