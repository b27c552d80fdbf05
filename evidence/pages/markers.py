"""Numbers that may be citation markers: `[1]`, `[1, 3-5]`, `[1]-[3]`, superscripts.

Every pattern is bounded, so that finding is linear in the length of the text whatever it holds.
Whether a number is a marker is decided with what is known of the page: its lists, the words around.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidence.pages.view import Page
from evidence.pages.vocabulary import words

#: A range of more references than this is a range of something else.
WIDEST = 60
#: Numbers above this are no markers unless a list has them.
HIGHEST = 999

_DASHES = "\u2010-\u2015\u2212-"
_RAISED = {ord(raised): plain for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,", strict=True)}
#: What a small raised number behind them is an exponent of: units, symbols of statistics.
UNITS = words(
    "m cm mm km dm nm pm µm μm um in ft yd mi s ms sec min h hr hrs l dl ml kg g mg w cal kcal j "
    "pa px r i x y z n p q t f d e χ chi η η² σ s² ω eta omega sigma mol mmol hz v"
)


@dataclass(slots=True, eq=False)
class Marker:
    """A stretch of the view that may cite something: what it names, and how.

    `form` as in `Citation`; `raised` tells a bare superscript from brackets; `href` is where a link
    on it leads.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    form: str = "number"
    raised: bool = False
    href: str = ""
    plain: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    numbers = (
        rf"\d{{1,4}}(?:\s{{0,2}}(?:[,;]|,?\s(?:and|und|et|y)\s|&|[{_DASHES}])\s{{0,2}}\d{{1,4}}){{0,60}}"
    )
    bracket = re.compile(
        rf"\[\s?(?:[Rr]efs?\.?\s?)?({numbers})(?:,\s?(?:pp?|S)\.?\s?\d{{1,5}}(?:[{_DASHES}]\d{{1,5}})?)?[,;]?\s?\]"
    )
    digits = "⁰¹²³⁴⁵⁶⁷⁸⁹"
    small = re.compile(
        rf"(?<![{digits}⁻⁺])[{digits}]{{1,3}}(?:[,⁻˒{_DASHES}][{digits}]{{1,3}}){{0,30}}(?![{digits}⁺ᵗ])"
    )
    whole = re.compile(rf"[\s,;]{{0,3}}\(?({numbers})\)?[\s,;]{{0,3}}")
    mathematics = re.compile(
        r"(?:\b(?:interval|intervals|range|ranges|ranging|between|bounds?|scale|scores?|CI|IQR|rated|index|array"
        r"|from|domain)\b[\s:=(~]{0,4}|[=∈∊<>≤≥^_×·+/\\]\s?)\Z",
        re.IGNORECASE,
    )
    return bracket, small, whole, mathematics


def brackets(page: Page, start: int, end: int) -> list[Marker]:
    """Return the numbers in square brackets; `[1]-[3]` is one marker."""
    text = page.view.text
    found: list[Marker] = []
    for match in _patterns()[0].finditer(text, start, end):
        labels = expand(match[1])
        if labels is None or text.startswith(("(", "{"), match.end()):
            continue
        marker = Marker(match.start(), match.end(), labels)
        if not (found and _continues(text, found[-1], marker)):
            found.append(marker)
    return found


def superscripts(page: Page, start: int, end: int) -> list[Marker]:
    """Return bare numbers set as superscripts, by markup or as characters of their own."""
    text = page.view.text
    found: list[Marker] = []
    for mark in page.sup_between(start, end):
        match = _patterns()[2].fullmatch(text, mark.start, mark.end)
        labels = expand(match[1]) if match else None
        if match is None or labels is None:
            continue
        marker = Marker(match.start(1), match.end(1), labels, raised=True)
        if not (found and _continues(text, found[-1], marker)):
            found.append(marker)
    for match in _patterns()[1].finditer(text, start, end):
        labels = expand(match[0].translate(_RAISED))
        if labels is not None:
            found.append(Marker(match.start(), match.end(), labels, raised=True, plain=True))
    return sorted(found, key=lambda marker: marker.start)


def _continues(text: str, last: Marker, marker: Marker) -> bool:
    """Join `[1]-[3]`: a dash between two single numbers makes a range of them."""
    between = text[last.end : marker.start]
    if len(last.labels) != 1 or len(marker.labels) != 1 or not 1 <= len(between) <= 3:
        return False
    if re.fullmatch(rf"\s?[{_DASHES}]\s?", between) is None:
        return False
    labels = expand(f"{last.labels[0]}-{marker.labels[0]}")
    if labels is None:
        return False
    last.end, last.labels = marker.end, labels
    return True


def expand(written: str) -> tuple[str, ...] | None:
    """Return the numbers of "1, 3-5" one by one; None where a range is too wide to be one of markers."""
    if written.isdecimal():
        return (str(int(written)),)
    labels: list[str] = []
    for part in re.split(r"[,;&]|\b(?:and|und|et|y)\b", written):
        bounds = [bound.strip() for bound in re.split(rf"[{_DASHES}]", part)]
        if not all(bound.isdecimal() for bound in bounds):
            if not part.strip():
                continue
            return None
        numbers = [int(bound) for bound in bounds]
        if len(numbers) == 2 and numbers[0] < numbers[1]:
            if numbers[1] - numbers[0] > WIDEST:
                return None
            numbers = list(range(numbers[0], numbers[1] + 1))
        labels += [str(number) for number in numbers]
    return tuple(dict.fromkeys(labels)) or None


def is_marker(text: str, marker: Marker, known: frozenset[int]) -> bool:
    """Whether numbers are markers on a page whose lists have the numbers `known` (empty: not known)."""
    numbers = [int(label) for label in marker.labels]
    if 0 in numbers:
        return False
    strangers = [number for number in numbers if number not in known]
    if any(number > HIGHEST for number in strangers):
        return False
    if known and len(numbers) > 1 and len(strangers) == len(numbers):
        return False
    before = text[max(0, marker.start - 24) : marker.start]
    if marker.raised:
        return _is_note(text, marker, before, numbers, strangers)
    return _patterns()[3].search(before) is None and not _is_index(before)


def _is_index(before: str) -> bool:
    """Whether a bracket follows a name of one letter or of code: `a[1]`, `x_2[1]`, `f()[1]`."""
    return re.search(r"(?:\A|[^\w.])(?:[a-z]|\w{0,20}_\w{0,20})\Z|\(\)\Z", before) is not None


def _is_note(text: str, marker: Marker, before: str, numbers: list[int], strangers: list[int]) -> bool:
    """Whether a superscript is a marker: no exponent, no isotope, nothing that a word begins with."""
    after = text[marker.end : marker.end + 1]
    word = re.search(r"[^\W\d_]+\Z", before)
    if not before.strip() or before[-1] in "\n\t" or before[-1] in "⁻-−+(/×^":
        return False
    if before[-1].isspace() and (after.isalpha() or not after):
        return False
    if before[-1].isdigit():
        base = re.search(r"\d{1,9}\Z", before)
        year = base is not None and re.fullmatch(r"(?:19|20)\d\d", base[0]) is not None
        return (
            year
            or bool(marker.href)
            or (not strangers and min(numbers) > 3 and base is not None and base[0] != "10")
        )
    if word is not None and len(numbers) == 1 and numbers[0] <= 4 and not marker.href:
        token = word[0]
        symbol = token.lower() in UNITS and (len(token) > 1 or token not in "ABCDEK")
        if symbol and not before[: word.start()].endswith(("’", "'")):
            return False
    return not any(number > 200 for number in strangers)


def plausible_alone(text: str, candidates: list[Marker]) -> frozenset[int]:
    """Return the numbers of markers on a page that has no numbered list; empty where they are none.

    They count from 1, and none is far beyond how many there are; years, intervals and what stands
    amid mathematics do not count.
    """
    numbers: set[int] = set()
    for marker in candidates:
        named = [int(label) for label in marker.labels]
        if len(named) != 2 and is_marker(text, marker, frozenset()):
            numbers.update(named)
    if 1 not in numbers or max(numbers) > 3 * len(numbers) + 3:
        return frozenset()
    return frozenset(numbers)


def is_byline(text: str) -> bool:
    """Whether a block only names people, whose raised numbers name where they work: "Ann Roe¹, Jo Doe²"."""
    words = re.findall(r"[^\W\d_]{2,}", text[:500])
    joined = "," in text or " and " in text or "&" in text
    sentence = re.search(r"[a-z]{2}[.?!:](?![A-Za-z])", text[:500]) is not None
    if len(text) > 500 or len(words) < 3 or not joined or sentence:
        return False
    return all(word[0].isupper() or word in PARTICLES for word in words)


PARTICLES = words("and von van der den de del della di da la le et al und y bin ibn dos zu ter ten")
