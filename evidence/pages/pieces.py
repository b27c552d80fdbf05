"""The pieces of Markdown's inline text: what each begins with, and how delimiters pair up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from evidence.model import Span
from evidence.pages.tags import Tag


class Definition(NamedTuple):
    """A link reference definition: `[label]: url`."""

    url: str
    span: Span


@dataclass(slots=True, eq=False)
class Piece:
    """A piece of a block: kind, extent, and what the kind needs to know."""

    kind: str
    start: int
    end: int
    href: str = ""
    url: Span | None = None
    left: int = 0
    right: int = 0
    tag: Tag | None = None


class Patterns(NamedTuple):
    """The patterns of this module, compiled on first use."""

    special: re.Pattern[str]
    destination: re.Pattern[str]
    auto: re.Pattern[str]
    address: re.Pattern[str]
    shortcode: re.Pattern[str]
    attribute: re.Pattern[str]
    math: re.Pattern[str]
    sup: re.Pattern[str]
    cites: re.Pattern[str]
    role: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Return the patterns; all repetitions are over disjoint classes or bounded."""
    return Patterns(
        re.compile(r"[\\`<!\[\]*_~&{$^\n]|https?://"),
        re.compile(
            r"""\([ \t\n]{0,9}(?:<(?P<angle>[^<>\n]{0,2000})>"""
            r"""|(?P<bare>(?:[^\s()\\]|\\.|\([^\s()]{0,500}\)){0,2000}))"""
            r"""(?:[ \t\n]{1,9}(?:"[^"]{0,1000}"|'[^']{0,1000}'|\([^()]{0,1000}\)))?[ \t\n]{0,9}\)"""
        ),
        re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{1,2000})>"),
        re.compile(r"https?://[^\s<>\]\[`\"|\\]{1,2000}(?!\\)"),
        re.compile(r"\{\{[^{}\n]{1,500}\}\}|\{%[^%\n]{1,500}%\}"),
        re.compile(r"\{:?[ \t]{0,3}[#.][^{}\n]{0,300}\}"),
        re.compile(r"\$\$?(?=[^\s$])[^$\n]{1,300}(?<=\S)\$\$?(?!\d)"),
        re.compile(r"\^(\d{1,3}(?:[,\u2013-]\d{1,3}){0,20})\^"),
        re.compile(r"\{[{%][<%-]?[ \t]{0,9}(?:foot)?cit(?:e[a-z]{0,6}|ation)s?[ \t]"),
        re.compile(r"(?:\{(?:foot)?cite[a-z:]{0,20}\}|:(?:foot)?cite[a-z:]{0,20}:)\Z"),
    )


def tick_runs(text: str) -> dict[int, list[int]]:
    """Return where runs of backticks begin, by length, last first."""
    runs: dict[int, list[int]] = {}
    for match in re.finditer(r"`+", text):
        runs.setdefault(len(match[0]), []).append(match.start())
    for starts in runs.values():
        starts.reverse()
    return runs


def code(text: str, at: int, ticks: dict[int, list[int]]) -> Piece:
    """Return the code span at a run of backticks; a citing role before it makes it literal."""
    end = at
    while end < len(text) and text[end] == "`":
        end += 1
    length = end - at
    starts = ticks.get(length, [])
    while starts and starts[-1] < end:
        starts.pop()
    if not starts:
        return Piece("text", at, end)
    close = starts[-1]
    if patterns().role.search(text, max(0, at - 40), at):
        return Piece("literal", at, close + length)
    return Piece("code", at, close + length, left=length, right=length)


def braced(char: str, text: str, at: int) -> Piece:
    """Recognise shortcodes, attributes, mathematics and superscripts: `{{…}}`, `{#id}`, `$…$`, `^1^`."""
    p = patterns()
    if char == "{":
        match = p.shortcode.match(text, at)
        if match is not None:
            return Piece("literal" if p.cites.match(text, at) else "hidden", at, match.end())
        match = p.attribute.match(text, at)
        if match is not None:
            name = re.search(r"#([^\s{}#]+)", match[0])
            return Piece("anchor" if name else "hidden", at, match.end(), name[1] if name else "")
    elif char == "$":
        match = p.math.match(text, at)
        if match is not None:
            return Piece("math", at, match.end())
    elif char == "^":
        match = p.sup.match(text, at)
        if match is not None:
            return Piece("sup", at, match.end(), left=1, right=1)
    return Piece("text", at, at + 1)


def pair_up(pieces: list[Piece], text: str) -> None:
    """Pair the delimiters of emphasis; `left` and `right` count what of each run is not seen."""
    waiting: dict[str, list[Piece]] = {"*": [], "_": [], "~": []}
    for piece in pieces:
        if piece.kind != "delimiter":
            continue
        opens, closes = _flanks(text, piece)
        stack = waiting[text[piece.start]]
        length = piece.end - piece.start
        while closes and stack and piece.left < length:
            opener = stack[-1]
            used = min(opener.end - opener.start - opener.left - opener.right, length - piece.left)
            piece.left += used
            opener.right += used
            if opener.left + opener.right == opener.end - opener.start:
                stack.pop()
        if opens and piece.left < length:
            stack.append(piece)


def _flanks(text: str, piece: Piece) -> tuple[bool, bool]:
    """Return whether a run of delimiters can open and close emphasis (CommonMark 0.31.2, 6.2)."""
    before = text[piece.start - 1] if piece.start else " "
    after = text[piece.end] if piece.end < len(text) else " "
    left = not after.isspace() and (not is_punctuation(after) or before.isspace() or is_punctuation(before))
    right = not before.isspace() and (not is_punctuation(before) or after.isspace() or is_punctuation(after))
    if text[piece.start] == "_":
        return left and (not right or is_punctuation(before)), right and (not left or is_punctuation(after))
    return left, right


def is_punctuation(char: str) -> bool:
    """Whether a character is neither letter, digit nor white space."""
    return not char.isalnum() and not char.isspace()


def normal_label(label: str) -> str:
    """Return a link label in the form in which labels are compared."""
    return " ".join(label.split()).casefold()
