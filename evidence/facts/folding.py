"""One normal form for quoted words: what typesetting changes is folded away, offsets are kept.

Folded: Unicode compatibility forms (NFKC), case, quotation marks, dashes and the spaces around
them, runs of spaces and line ends, soft hyphens and other invisible characters, the middle dot
between digits, and citation markers. Every folded character knows where it stood in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

_QUOTES = "'\"‘’‚‛“”„‟′″‹›«»`´ʼ＇＂"
_DASHES = "-‐‑‒–—―−﹘﹣－"
_DOTS = "·∙‧⋅•・"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class Folded(NamedTuple):
    """A folded text; its character `text[i]` was `original[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@cache
def _markers() -> re.Pattern[str]:
    """Match citation markers with the space before them; every repetition is bounded."""
    list_of = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,40}"
    digits = r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}"
    raised = rf"{digits}(?:[,\u207b–-]{digits}){{0,9}}"
    # Raised digits cite after punctuation or a longer word; after "cm" or "10" they are an exponent.
    return re.compile(
        rf"\s?\[(?:{list_of}|\^[^\]\s]{{1,60}}|-?@[^\]]{{1,200}}|citation needed)\]"
        rf"|(?:(?<=[.,;:!?)'\"”’])|(?<=[^\W\d_]{{4}})){raised}"
    )


@cache
def _pieces() -> re.Pattern[str]:
    """Cut a text into plain runs, which fold as a whole, and single characters with their accents."""
    plain = r"[A-Za-z0-9,.;:()\[\]%/=+<>&]+"
    return re.compile(
        rf"{plain}(?: {plain})*(?![\u0300-\u036f])|[^\W\d_][\u0300-\u036f]{{1,30}}|\s+|.", re.DOTALL
    )


@lru_cache(maxsize=16)
def fold(text: str, leave_out: tuple[tuple[int, int], ...] = (), *, rejoin: bool = False) -> Folded:
    """Return the normal form of a text, without citation markers and the spans in `leave_out`.

    `rejoin` drops a hyphen at the end of a line, for texts taken from PDF. Linear in the text.
    """
    gaps = _gaps(text, leave_out, rejoin)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for begin, end in [*gaps, (len(text), len(text))]:
        if begin > at:
            _fold_run(text, at, begin, out, starts, ends)
        at = max(at, end)
    return _squeeze("".join(out), starts, ends)


def _gaps(text: str, leave_out: tuple[tuple[int, int], ...], rejoin: bool) -> list[tuple[int, int]]:
    gaps = [match.span() for match in _markers().finditer(text)]
    for begin, end in leave_out:
        while begin > 0 and text[begin - 1] in " \u00a0\u2009\u202f":
            begin -= 1
        gaps.append((begin, end))
    if rejoin:
        gaps += [match.span() for match in re.finditer(r"(?<=[a-z])[-\u00ad]\r?\n[ \t]{0,40}(?=[a-z])", text)]
    return sorted(gaps)


def _fold_run(text: str, begin: int, end: int, out: list[str], starts: list[int], ends: list[int]) -> None:
    for match in _pieces().finditer(text, begin, end):
        piece, first, last = match.group(), match.start(), match.end()
        if piece.isascii() and piece[0] not in _SPECIAL:
            out.append(piece.lower())
            starts.extend(range(first, last))
            ends.extend(range(first + 1, last + 1))
            continue
        folded = " " if piece.isspace() else _fold_piece(piece)
        if first > 0 and text[first - 1].isdigit() and not piece.isdecimal() and folded[:1].isdigit():
            folded = (" " if "/" in folded else "^") + folded  # 2½ is not 21/2, 10⁶ is not 106
        out.append(folded)
        starts.extend([first] * len(folded))
        ends.extend([last] * len(folded))


_SPECIAL = frozenset(_QUOTES + _DASHES + " \t\r\n\v\f*")


def _fold_piece(piece: str) -> str:
    if piece in _QUOTES:
        return "'"
    if piece in _DASHES:
        return "-"
    if piece in _DOTS:
        return "."
    if piece in _INVISIBLE or piece == "*":  # the star: emphasis copied from Markdown
        return ""
    folded = unicodedata.normalize("NFKC", piece).casefold().replace("\u2044", "/")
    for dash in "–—−‐":
        folded = folded.replace(dash, "-")
    return folded


@cache
def _loose() -> re.Pattern[str]:
    """Match what is squeezed: spaces around dashes, doubled dashes, spaces beside punctuation."""
    return re.compile(r" +-[ -]*|-[ -]+| {2,}| (?=[,.;:!?)\]])|(?<=[(\[]) ")


def _squeeze(text: str, starts: list[int], ends: list[int]) -> Folded:
    out: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    for match in _loose().finditer(text):
        begin, end = match.span()
        out.append(text[at:begin])
        new_starts.extend(starts[at:begin])
        new_ends.extend(ends[at:begin])
        kept = "-" if "-" in match.group() else (" " if _between(text, begin, end) else "")
        if kept:
            out.append(kept)
            new_starts.append(starts[begin])
            new_ends.append(ends[end - 1])
        at = end
    out.append(text[at:])
    new_starts.extend(starts[at:])
    new_ends.extend(ends[at:])
    return _strip(Folded("".join(out), new_starts, new_ends))


def _between(text: str, begin: int, end: int) -> bool:
    """Return whether a run of spaces separates words rather than leads to punctuation."""
    after = text[end : end + 1]
    before = text[begin - 1 : begin]
    return after not in ",.;:!?)]" and before not in "(["


def _strip(folded: Folded) -> Folded:
    begin = len(folded.text) - len(folded.text.lstrip(" "))
    end = len(folded.text.rstrip(" "))
    return Folded(folded.text[begin:end], folded.starts[begin:end], folded.ends[begin:end])
