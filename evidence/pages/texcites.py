r"""Citation commands of LaTeX, natbib, biblatex and their kin: `\cite` and all that bear its name.

Nobody can list them all; whoever names a command of his own "…cite…" gives it keys in braces.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from evidence.model import Citation, Span
from evidence.pages.texcode import Code

#: The most characters of a note in brackets that are searched for citations inside it.
NOTE = 2_000

#: Commands that bear "cite" in their names and cite nothing.
NOT_CITING = re.compile(
    r"(?:def|declare|bibcite|set).*|.*(?:font|style|setup|true|false|colou?r|reset|text|punct|delim|sep|mark)"
)


class Cited(NamedTuple):
    """What a citation command says, and where reading goes on after it."""

    citations: list[Citation]
    end: int
    all: bool = False


def is_citing(name: str) -> bool:
    """Whether a command of this name cites: `citep`, `footcite`, `Textcites`, `mycite`."""
    lower = name.lower()
    return "cite" in lower and NOT_CITING.fullmatch(lower) is None


def read_cite(code: Code, name: str, start: int, end: int) -> Cited:
    r"""Return the citations of a command whose name ends at `end`, those in its notes included.

    Several groups of keys belong to the lists of biblatex (`\cites[12]{a}[3]{b}`); `\volcite` has
    the volume before the key.
    """
    lower = name.lower()
    several = lower.endswith("cites")
    volume = bool(re.search(r"(?:vol|[fpstna]vol)cites?\Z", lower))
    keys: list[str] = []
    inner: list[Citation] = []
    last, skip = end, volume
    at = _overlay(code, end)
    while True:
        at = code.gap(at)
        close = code.closing.get(at, -1)
        sign = code.text[at : at + 1]
        if sign == "(" and several and not keys:
            shut = code.text.find(")", at, at + NOTE)
            if shut < 0:
                break
            at = shut + 1
        elif sign == "[" and close >= 0:
            inner += _nested(code, at + 1, close)
            at = close + 1
        elif sign == "{" and close >= 0 and skip:
            at, skip = close + 1, False
        elif sign == "{" and close >= 0 and (several or last == end):
            keys += keys_in(code.text[at + 1 : close])
            at = last = close + 1
            skip = volume
            if not several:
                break
        else:
            break
    everything = lower.startswith("nocite") and "*" in keys
    keys = [key for key in dict.fromkeys(keys) if key != "*"]
    own = [Citation(tuple(keys), Span(start, last), "key")] if keys else []
    return Cited([*own, *inner], last, everything)


def _overlay(code: Code, at: int) -> int:
    """Return where reading goes on after beamer's `<2->`."""
    match = re.compile(r"<[^<>{}\n]{0,40}>").match(code.text, at)
    return match.end() if match else at


def _nested(code: Code, start: int, end: int) -> list[Citation]:
    r"""Return the citations that stand in the note of another one: `[see \citealp{b}]`."""
    end = min(end, start + NOTE)
    if "cite" not in code.text[start:end]:
        return []
    found = []
    for match in _inner().finditer(code.text, start, end):
        group = code.group(code.after_option(match.end()))
        keys = keys_in(code.text[slice(*group)]) if group and is_citing(match[1]) else []
        if keys and group:
            found.append(Citation(tuple(dict.fromkeys(keys)), Span(match.start(), group[1] + 1), "key"))
    return found


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(r"\\([A-Za-z@]{1,60})\*?")


def keys_in(text: str) -> list[str]:
    """Return the keys between commas; a parameter or a command is none."""
    keys = (key.strip() for key in text.replace("\0", "").split(","))
    return [key for key in keys if key and not re.search(r"[\\#{}\s]", key)]
