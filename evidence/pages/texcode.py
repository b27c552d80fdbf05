r"""TeX as code: what is no text at all is masked, braces are paired, characters have many spellings.

Masking comes first and keeps every offset: comments, verbatim stretches and `\iffalse` blocks become
NUL characters, so that all that comes later needs to know nothing of them. All of it is linear.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from evidence.model import Span
from evidence.pages.textables import ACCENTS

#: Environments whose content TeX sets as it stands, or not at all.
VERBATIM = (
    r"verbatim\*?|[VBL]Verbatim\*?|Verbatim\*?|lstlisting|minted|alltt|comment|filecontents\*?|semiverbatim"
    r"|spverbatim"
)

#: The longest stretch of verbatim text inside a line.
INLINE = 500


class Note(NamedTuple):
    """A comment: its text without percent signs, and its span up to the end of its line."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Code:
    """A TeX file ready to be read: `text` has the offsets of the source, `closing` pairs its braces.

    `closing` leads from each `{` and `[` to what closes it; what nothing closes is not in it.
    """

    text: str
    closing: dict[int, int]
    notes: list[Note]

    def opens(self, sign: str, at: int) -> bool:
        """Whether a group (`{`) or an option (`[`) begins here that is closed somewhere."""
        return self.text.startswith(sign, at) and at in self.closing

    def gap(self, at: int) -> int:
        """Return where the next sign stands after white space and comments, blank lines apart."""
        match = _gap().match(self.text, at)
        return match.end() if match else at

    def after_option(self, at: int) -> int:
        """Return where reading goes on after options in brackets."""
        while self.opens("[", self.gap(at)):
            at = self.closing[self.gap(at)] + 1
        return at

    def after_arguments(self, at: int, count: int) -> int:
        """Return where reading goes on after so many arguments, options between them left out."""
        for _ in range(count):
            at = self.after_option(at)
            here = self.gap(at)
            name = _name().match(self.text, here)
            if self.opens("{", here):
                at = self.closing[here] + 1
            elif name is not None:
                at = name.end()
            else:
                return at
        return at

    def group(self, at: int) -> tuple[int, int] | None:
        """Return the range inside the group that begins here or after a gap, None where none does."""
        here = self.gap(at)
        return (here + 1, self.closing[here]) if self.opens("{", here) else None


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"[ \t\0]*(?:\r?\n[ \t\0]*)?")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(r"\\[A-Za-z@]+\*?")


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(
        rf"\\begin\s{{0,9}}\{{(?P<verbatim>{VERBATIM})\}}"
        r"|\\(?:[vV]erb\*?|lstinline(?:\[[^\]\n]{0,200}\])?|mintinline(?:\[[^\]\n]{0,200}\])?\{[\w+-]{1,40}\})"
        r"(?P<delimiter>[^A-Za-z*\s])"
        r"|(?P<off>\\iffalse)(?![A-Za-z@])"
        r"|\\(?:url|href|nolinkurl|path)\s{0,9}\{[^{}\s]{0,4000}\}"
        r"|\\[A-Za-z@]+|\\.|(?P<comment>%[^\r\n]*)(?:\r\n?|\n)?[ \t]*",
        re.DOTALL,
    )


def read_code(text: str) -> Code:
    """Return a TeX text with all that is not set masked, and its braces paired."""
    pieces: list[str] = []
    notes: list[Note] = []
    missing: set[str] = set()
    at = 0
    pattern = _unseen()
    match = pattern.search(text)
    while match is not None:
        start, end = match.span()
        if match["comment"] is not None:
            notes.append(Note(match["comment"].lstrip("%"), Span(start, match.end("comment"))))
        elif match["verbatim"] is not None:
            end = _after(text, f"\\end{{{match['verbatim']}}}", end, missing)
        elif match["delimiter"] is not None:
            end = _after_inline(text, match["delimiter"], end)
        elif match["off"] is not None:
            end = _after_off(text, end, missing)
        else:
            start = end
        if end > start:
            pieces += (text[at:start], "\0" * (end - start))
            at = end
        match = pattern.search(text, max(end, match.end()))
    pieces.append(text[at:])
    masked = "".join(pieces)
    return Code(masked, _closings(masked), notes)


def _after(text: str, mark: str, start: int, missing: set[str]) -> int:
    """Return where `mark` ends, or 0 where it does not come; what is missing is looked for once."""
    found = -1 if mark in missing else text.find(mark, start)
    if found < 0:
        missing.add(mark)
        return 0
    return found + len(mark)


def _after_inline(text: str, delimiter: str, start: int) -> int:
    """Return where a verbatim stretch in a line ends, or 0 where it does not."""
    close = {"{": "}"}.get(delimiter, delimiter)
    line = text[start : start + INLINE].partition("\n")[0]
    return start + line.index(close) + 1 if close in line else 0


def _after_off(text: str, start: int, missing: set[str]) -> int:
    r"""Return where an `\iffalse` block ends: at `\else` or `\fi`, the next one is taken."""
    ends = [end for mark in ("\\fi", "\\else") if (end := _after(text, mark, start, missing))]
    return min(ends, default=0)


def _closings(text: str) -> dict[int, int]:
    """Pair braces, and brackets inside them; an unclosed bracket ends with the group it stands in."""
    closing: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for match in re.finditer(r"\\.|[{}\[\]]", text, re.DOTALL):
        sign = match[0]
        if sign in ("{", "["):
            stack.append((sign, match.start()))
        elif sign == "]" and stack and stack[-1][0] == "[":
            closing[stack.pop()[1]] = match.start()
        elif sign == "}" and stack:
            depth = len(stack)
            while depth and stack[depth - 1][0] == "[":
                depth -= 1
            if depth:
                del stack[depth:]
                closing[stack.pop()[1]] = match.start()
            else:
                stack.clear()
    return closing


def accented(accent: str, letter: str) -> str:
    """Return a letter with an accent as one character where there is one."""
    base = {"i": "i", "\\i": "i", "\\j": "j", "ı": "i"}.get(letter, letter)
    return unicodedata.normalize("NFC", base + ACCENTS[accent])


def plain_address(text: str) -> str:
    r"""Return an address as written in `\url`: TeX's escapes of `%`, `#`, `_`, `&`, `~` taken off."""
    return re.sub(r"\\([%#_&~$])(?:\{\})?", r"\1", text.replace("\0", "")).strip()
