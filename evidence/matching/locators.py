"""Where in a journal a work stands: volume, issue, pages and article numbers in the forms people print.

Three-valued: `agrees`, `differs`, or `absent` where one side does not say it or both cannot be
compared (an article number and a range of pages, "Publish Ahead of Print" for a volume).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evidence.model import Work

#: Longest locator that is read, in characters.
LONGEST = 120

_DASH = re.compile(r"\s*(?:-{1,3}|[‐‑‒–—−])\s*")
_PAGE_WORD = re.compile(r"^(?:pages?|pgs?|pp?|seiten?|s)\b\.?\s*(?=\w)", re.IGNORECASE)
_ARTICLE_WORD = re.compile(
    r"^(?:article(?:\s+(?:no|number|id))?|art|article\s+e|id|paper|no|nr)\b[.:\s]*(?=\w)", re.IGNORECASE
)
_PART = re.compile(r"^([a-z]{0,6}[\s.\-]?)(\d{1,12})([a-z]{0,4})$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,12}")
_ROMAN = re.compile(r"^(?=[mdclxvi])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})$")
_ROMAN_VALUES = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}


class Pages(NamedTuple):
    """First and last page in one form ("146", "156"); `last` is empty for a single page or number."""

    first: str = ""
    last: str = ""


@lru_cache(maxsize=8_192)
def pages(text: str) -> Pages:
    """Return the first stretch of pages in full: "146-56" → 146, 156; "S12-9" → S12, S19; "e1-e12"."""
    text = text[:LONGEST].strip().strip(".,;:()[]")
    text = _ARTICLE_WORD.sub("", _PAGE_WORD.sub("", text))
    text = re.split(r"[,;&+]|\band\b", text)[0].strip().casefold()
    ends = _DASH.split(text, maxsplit=1)
    first = ends[0].strip().rstrip(".")
    last = ends[1].strip().rstrip(".") if len(ends) > 1 else ""
    last = _DASH.split(last)[0]
    return Pages(first, _expand(first, last))


def _expand(first: str, last: str) -> str:
    """Return a last page in full; what the first page shares with it is often left out."""
    a, b = _PART.match(first), _PART.match(last)
    if not a or not b:
        return last
    prefix = b.group(1) or a.group(1)
    digits = b.group(2)
    if len(digits) < len(a.group(2)) and int(digits) < int(a.group(2)):
        digits = a.group(2)[: len(a.group(2)) - len(digits)] + digits
    return prefix + digits + (b.group(3) if b.group(3) != "s" else "")


def _core(page: str) -> tuple[str, str, str]:
    """Return letters, number and letters of a page, without zeros in front: ("e", "123", "")."""
    found = _PART.match(page)
    if not found:
        return "", page, ""
    return found.group(1).strip(" .-"), found.group(2).lstrip("0") or "0", found.group(3)


def same_page(a: str, b: str) -> bool:
    """Whether two pages are one: letters in front and zeros may be missing on one side.

    A letter behind a number counts: 234b and 234c are two short items of one page. It may be
    missing on one side.
    """
    if a == b:
        return True
    one, two = _core(a), _core(b)
    if one[1] != two[1]:
        return False
    return all(not x or not y or x == y for x, y in ((one[0], two[0]), (one[2], two[2])))


class LocatorCheck(NamedTuple):
    """How a field stands to the registered one; `detail` says what differs."""

    state: str = "absent"
    detail: str = ""


def check_pages(written: Work, registered: Work) -> LocatorCheck:
    """Compare pages and article numbers, the first page before the last."""
    ours = [pages(t) for t in (written.pages, written.extra.get("article_number", "")) if _says(t)]
    theirs = [pages(t) for t in (registered.pages, registered.extra.get("article_number", "")) if _says(t)]
    if not ours or not theirs:
        return LocatorCheck()
    near = [(o, t) for o in ours for t in theirs if same_page(o.first, t.first)]
    if not near:
        comparable = any(_one_kind(o, t) for o in ours for t in theirs)
        return LocatorCheck("differs", "the first page") if comparable else LocatorCheck()
    lists = _lists(written.pages), _lists(registered.pages)
    if all(lists):
        both = min(map(len, lists))
        same = lists[0][:both] == lists[1][:both]
        return LocatorCheck("agrees") if same else LocatorCheck("differs", "the later pages")
    if any(not o.last or not t.last or same_page(o.last, t.last) for o, t in near):
        return LocatorCheck("agrees")
    if any(_core(o.last)[1] in lists[1] or _core(t.last)[1] in lists[0] for o, t in near):
        return LocatorCheck("agrees")
    # a registered range of one page, or one that ends before it begins, is a defect of the registry
    if all(_is_void(t) for _, t in near):
        return LocatorCheck("agrees")
    return LocatorCheck("differs", "the last page")


def _lists(text: str) -> tuple[str, ...]:
    """Return the numbers of pages that are a list ("1-5, 9, 11"), ends in full; () of one stretch."""
    parts = re.split(r"[,;&+]|\band\b", text[:LONGEST])
    stretches = [pages(part) for part in parts if _NUMBER.search(part)]
    if len(stretches) < 2:
        return ()
    return tuple(_core(end)[1] for stretch in stretches for end in stretch if end)


def _says(text: str) -> bool:
    if pages(text).first == "0":
        return False  # "0-0" stands in registries for a page that was not known
    return any(c.isdigit() for c in text[:LONGEST]) or bool(_ROMAN.match(pages(text).first))


def _is_void(range_: Pages) -> bool:
    first, last = _core(range_.first)[1], _core(range_.last)[1]
    return first.isdecimal() and last.isdecimal() and int(last) <= int(first)


def _one_kind(a: Pages, b: Pages) -> bool:
    """Whether two locators can be compared: not an article number with a range that begins at 1."""
    for one, other in ((a, b), (b, a)):
        if _core(one.first)[1] == "1" and one.last and not other.last:
            return len(_core(other.first)[1]) < 3 and not _core(other.first)[0]
    numbers = [_core(p.first) for p in (a, b)]
    if bool(a.last) != bool(b.last):
        # "1234567" or "e12345" is an article number, "146-156" pages
        single = numbers[0] if not a.last else numbers[1]
        return len(single[1]) <= 5 and not single[0]
    return bool(a.first) and bool(b.first)


def roman(text: str) -> int | None:
    """Return the value of a Roman number, None for anything else."""
    text = text.casefold()
    if not _ROMAN.match(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def _volume_number(text: str) -> str:
    """Return the number of a volume, Roman or not, without zeros; "" where it has none."""
    text = re.sub(r"^(?:volume|vol|band|bd|tome|t|v)\b\.?\s*", "", text[:LONGEST].strip().casefold())
    found = _NUMBER.search(text)
    if found:
        return found.group().lstrip("0") or "0"
    value = roman(text.strip(" .,"))
    return str(value) if value else ""


def check_volume(written: Work, registered: Work) -> LocatorCheck:
    """Compare volumes; a year that stands in the place of a volume on one side only says nothing."""
    ours, theirs = _volume_number(written.volume), _volume_number(registered.volume)
    if not ours or not theirs:
        return LocatorCheck()
    if ours == theirs:
        return LocatorCheck("agrees")
    years = {str(y) for work in (written, registered) for y in _years(work)}
    for one, other in ((ours, theirs), (theirs, ours)):
        # a journal may count its volumes by years and by numbers
        if one in years and int(other) < 1000:
            return LocatorCheck()
    return LocatorCheck("differs")


def _years(work: Work) -> set[int]:
    return {d.year for d in (work.issued, *work.dates.values()) if d and d.year}


def check_issue(written: Work, registered: Work) -> LocatorCheck:
    """Compare issues by their numbers: "4-5" holds 4, "4 Pt 1" is 4, "Suppl 1" is "S1"."""
    ours, theirs = _issue_numbers(written.issue), _issue_numbers(registered.issue)
    if not ours or not theirs:
        return LocatorCheck()
    if not written.volume and not ours & theirs and _volume_number(registered.volume) in ours:
        return LocatorCheck()  # "Multitudes, n° 95": what one calls an issue is a volume to the other
    return LocatorCheck("agrees" if ours & theirs else "differs")


def _issue_numbers(text: str) -> frozenset[str]:
    text = text[:LONGEST].casefold()
    found = [n.lstrip("0") or "0" for n in _NUMBER.findall(text)]
    if not found:
        value = roman(text.strip(" .,"))
        return frozenset({str(value)}) if value else frozenset()
    first = re.match(r"^\W*(\d{1,4})\s*[-‐‑–—/]\s*(\d{1,4})\W*$", text)
    if first and int(first.group(1)) < int(first.group(2)) <= int(first.group(1)) + 60:
        return frozenset(str(n) for n in range(int(first.group(1)), int(first.group(2)) + 1))
    return frozenset(found)
