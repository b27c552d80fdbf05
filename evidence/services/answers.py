"""What the services have in common when a question becomes a three-valued answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from evidence import ids
from evidence.errors import ServiceError
from evidence.ids.characters import LONGEST as LONGEST_DOI
from evidence.model import Answer


def unknown(service: str, error: ServiceError) -> Answer:
    """Return the answer that says: not known, and why; the words of `error` are the reason."""
    cause = error.cause if error.cause in ("offline", "budget") else "outage"
    return Answer("unknown", service, cause=cause, reason=str(error))


def dated(day: str, stale: bool) -> str:
    """Return the reason of an answer that came late from the cache, or an empty string."""
    return f"from the cache, as of {day}: the service could not be asked" if stale else ""


def refusal(doi: str) -> str:
    """Say why a DOI is never asked about: a test deposit, or text that is no DOI; else "".

    Blanks and control characters are refused before anything is sent (a client library may split
    or cut at them); so are lone surrogates, which no address can carry.
    """
    if ids.is_test_doi(doi):
        return "this is a DOI of a test deposit, never of a real work"
    if not doi.startswith("10.") or "/" not in doi or len(doi) > LONGEST_DOI:
        return "this is not a DOI"
    if any(c.isspace() or ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in doi):
        return "this is not a DOI: it holds a blank or a control character"
    return ""


def plain_doi(doi: str) -> bool:
    """Tell whether a DOI can stand in a list of DOIs: a comma would end it, the rest is caution."""
    return bool(re.fullmatch(r"10\.[0-9.]{4,20}/[\w.()/;-]{1,200}", doi, re.ASCII))


def batches(
    values: Iterable[str], size: Callable[[str], int], longest: int, most: int = 1_000
) -> Iterator[list[str]]:
    """Yield `values` in lists that a request can hold.

    `size` is how many characters of the address a value takes, its separator included; a list takes
    `longest` at most (or is one value) and holds `most` values at most.
    """
    batch: list[str] = []
    length = 0
    for value in values:
        if batch and (len(batch) >= most or length + size(value) > longest):
            yield batch
            batch, length = [], 0
        batch.append(value)
        length += size(value)
    if batch:
        yield batch


def doi_batches(dois: Sequence[str], size: Callable[[str], int], longest: int) -> Iterator[list[str]]:
    """Yield DOIs in lists that commas separate; what is not plain stands alone.

    A DOI that holds a comma is in none of them: it cannot be asked for like this.
    """
    yield from batches(filter(plain_doi, dois), size, longest)
    yield from ([doi] for doi in dois if not plain_doi(doi) and "," not in doi)
