"""Citation numbers written anew where the list behind them changed its order. Pure.

A marker keeps its make: brackets, raised numerals, what stands between two numbers, the dash of a
range, links and tags around a number, a page behind the numbers ("[3, p. 12]").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from evidence.errors import UsageError
from evidence.model import Citation, Document, Edit, Source

_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212⁻"
_RAISED, _PLAIN = "⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"
_TO_RAISED, _TO_PLAIN = str.maketrans(_PLAIN, _RAISED), str.maketrans(_RAISED, _PLAIN)


class _Number(NamedTuple):
    """A number in a marker, and whether a dash joins it to the one before."""

    value: int
    start: int
    end: int
    ends_range: bool


def renumbering(
    document: Document, citations: Sequence[Citation], meaning: Callable[[Citation, str], int | None]
) -> list[Edit]:
    """Return the edits that give each numeric label of `citations` the number that `meaning` says.

    A label for which `meaning` gives None keeps its number. Raises UsageError, naming the line, for a
    marker whose numbers cannot be changed without touching what stands between them.
    """
    edits = []
    for citation in citations:
        if citation.form != "number":
            continue
        new = [meaning(citation, label) for label in citation.labels]
        wanted = {
            int(label): int(label) if number is None else number
            for label, number in zip(citation.labels, new, strict=True)
            if label.isdecimal()
        }
        if all(old == number for old, number in wanted.items()):
            continue
        old_text = document.source.text[citation.span.start : citation.span.end]
        text = rewritten(old_text, wanted)
        if text is None:
            line = _line(document.source, citation.span.start)
            raise UsageError(
                f"line {line}: the marker {old_text[:40]!r} cannot be given other numbers: write its numbers "
                "one by one, then render again"
            )
        if text != old_text:
            edits.append(Edit(document.source, citation.span, text))
    return edits


def _line(source: Source, offset: int) -> int:
    return source.text.count("\n", 0, offset) + 1


@cache
def _hidden() -> re.Pattern[str]:
    """Return what stands in a marker's source and is not seen: tags, where links lead, entities."""
    return re.compile(
        r"(?P<tag><[^<>]{0,2000}>|\]\([^()\s]{0,2000}\))|(?P<dash>&(?:ndash|mdash|minus|#8209|#8211|#8212|#8722"
        r"|#x2011|#x2013|#x2014|#x2212);)|(?P<space>&(?:nbsp|thinsp|#160|#xa0|#8201);)|(?P<other>&#?\w{1,31};)",
        re.IGNORECASE,
    )


def _masked(text: str) -> str:
    """Return a marker's source in which what is not seen holds no digit; each character in its place."""

    def mask(found: re.Match[str]) -> str:
        rest = "\x00" * (len(found.group()) - 1)
        first = {"tag": "\x01", "dash": "-", "space": " ", "other": "\x00"}[found.lastgroup or "other"]
        return first + rest

    return _hidden().sub(mask, text)


def _numbers(masked: str, labels: Mapping[int, int]) -> list[_Number]:
    """Return the numbers of a marker in order, up to the first that is none of its labels."""
    found: list[_Number] = []
    for one in re.finditer(rf"[{_RAISED}]+|[0-9]+", masked):
        value = int(one.group().translate(_TO_PLAIN))
        between = masked[found[-1].end : one.start()] if found else ""
        if value not in labels or re.search(r"[A-Za-z]", re.sub(r"\b(?:and|und|et|y)\b", "", between)):
            break
        joined = any(c in _DASH for c in between) and "," not in between and ";" not in between
        found.append(_Number(value, one.start(), one.end(), joined))
    return found


def rewritten(text: str, wanted: Mapping[int, int]) -> str | None:
    """Return a marker's source with other numbers; None where they cannot be put into it.

    `wanted` maps each number that the marker names, those within ranges too, to its new one.
    """
    masked = _masked(text)
    numbers = _numbers(masked, wanted)
    named: set[int] = set()
    for at, number in enumerate(numbers):
        first = numbers[at - 1].value + 1 if number.ends_range else number.value
        named.update(range(first, number.value + 1))
    if not numbers or named != set(wanted):
        return None
    raised = masked[numbers[0].start] in _RAISED
    start, end = numbers[0].start, numbers[-1].end
    tagged = "\x01" in masked[start:end]
    single = not any(number.ends_range for number in numbers) and len(set(wanted.values())) == len(wanted)
    if _keeps_make(numbers, wanted) or (tagged and single):
        for number in reversed(numbers):
            shown = str(wanted[number.value])
            shown = shown.translate(_TO_RAISED) if raised else shown
            text = text[: number.start] + shown + text[number.end :]
        return text
    if tagged:
        return _without_repeats(text, numbers, wanted)
    composed = _composed(text[start:end], masked[start:end], set(wanted.values()), raised)
    return text[:start] + composed + text[end:]


def _without_repeats(text: str, numbers: Sequence[_Number], wanted: Mapping[int, int]) -> str | None:
    """Return numbers in links with those left out that name what one before them names.

    A number goes with the element around it and the comma before it: `<a href="#r4">4</a>`.
    """
    if any(number.ends_range for number in numbers):
        return None
    seen: dict[int, _Number] = {}
    edits: list[tuple[int, int, str]] = []
    for number in numbers:
        new = wanted[number.value]
        if new not in seen:
            seen[new] = number
            edits.append((number.start, number.end, str(new)))
            continue
        before = re.search(r"[,;]\s?(<[a-zA-Z][^<>]{0,2000}>)?$", text[: number.start])
        after = re.match(r"</[a-zA-Z]{1,20}>", text[number.end :])
        if before is None or (before.group(1) is None) != (after is None):
            return None
        edits.append((before.start(), number.end + (after.end() if after else 0), ""))
    for start, end, shown in reversed(edits):
        text = text[:start] + shown + text[end:]
    return text


def _keeps_make(numbers: Sequence[_Number], wanted: Mapping[int, int]) -> bool:
    """Whether new numbers can take the places of the old ones: each once, ascending, ranges whole."""
    new = [wanted[number.value] for number in numbers]
    if any(a >= b for a, b in pairwise(new)):
        return False
    for at, number in enumerate(numbers):
        if number.ends_range:
            inside = range(numbers[at - 1].value, number.value + 1)
            if [wanted[n] for n in inside] != list(range(new[at - 1], new[at] + 1)):
                return False
    return True


def _composed(text: str, masked: str, numbers: set[int], raised: bool) -> str:
    """Return numbers sorted, joined as the marker joined them; three and more in a row are a range."""
    apart = re.search(r"\][^\d\[\]]{0,4}\[", masked)
    comma = re.search(r"\]?[\s\x00]{0,8}[,;][\s\x00]{0,8}\[?", masked)
    join = text[comma.start() : comma.end()] if comma else ("][" if apart else ",")
    dash = re.search(rf"[{_DASH}]\x00*", masked)
    mark = text[dash.start() : dash.end()] if dash else ("⁻" if raised else "-")
    if apart:
        mark = f"]{mark}["
    parts: list[str] = []
    run: list[int] = []
    for number in [*sorted(numbers), -1]:
        if run and number == run[-1] + 1:
            run.append(number)
            continue
        shown = [str(n).translate(_TO_RAISED) if raised else str(n) for n in run]
        parts += [f"{shown[0]}{mark}{shown[-1]}"] if len(shown) > 2 else shown
        run = [number]
    return join.join(parts)
