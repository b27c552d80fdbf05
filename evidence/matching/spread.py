"""The letters of a text run together, each with its place, and finding things there though some are wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evidence.matching.wording import MARKS

#: A stretch of a text: its half-open character offsets.
Span = tuple[int, int]

#: Longest text that is read again, in characters: a reference is shorter, and alignment costs the product.
LONGEST = 1_500


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and figures of a text, folded and run together, and where each stands in it."""

    text: str
    run: str
    places: tuple[int, ...]


@lru_cache(maxsize=256)
def spread(text: str) -> Letters:
    """Fold a text for finding things in it: letters and figures only, without accents and case."""
    run: list[str] = []
    places: list[int] = []
    text = shortened(text)
    for at, character in enumerate(text):
        if character.isascii() and character not in "&%":
            folded = character.lower() if character.isalnum() else ""
        else:
            plain = character.translate(MARKS).casefold()
            folded = "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalnum())
        for letter in folded:
            run.append(letter)
            places.append(at)
    return Letters(text, "".join(run), tuple(places))


def shortened(text: str) -> str:
    """Return both ends of a text that is too long: the first author and the journal may be far apart."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST // 2] + " " + text[-(LONGEST - LONGEST // 2 - 1) :]


def align(needle: str, hay: str, least: float) -> tuple[float, int, int] | None:
    """Return how like the best stretch of `hay` is to `needle` (0…100, at least `least`), and its ends."""
    from rapidfuzz import fuzz

    if not needle or len(needle) > 1.25 * len(hay) + 4:
        return None
    if (at := hay.find(needle)) >= 0:
        return 100.0, at, at + len(needle)
    found = fuzz.partial_ratio_alignment(needle, hay, score_cutoff=least)
    if found is None or found.dest_end <= found.dest_start:
        return None
    if len(needle) > len(hay):  # aligned the other way round
        return None
    start, end = found.dest_start, found.dest_end
    # a stretch as long as the needle may reach into the number beside it
    while end > start and hay[end - 1].isdigit() and not needle[-1].isdigit():
        end -= 1
    while start < end and hay[start].isdigit() and not needle[0].isdigit():
        start += 1
    return (found.score, start, end) if start < end else None


def free(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a stretch of a text touches none of those that are taken."""
    return all(span[1] <= a or span[0] >= b for a, b in taken)
