"""Dates of BibTeX and biblatex: `year`, `month`, `day`, `date`, `urldate`."""

from __future__ import annotations

import re
from functools import lru_cache

from evidence.model import Date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: What each month macro of the standard BibTeX styles stands for.
MONTH_MACROS = dict(
    zip(
        MONTHS,
        ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December"),
        strict=True,
    )
)  # fmt: skip
#: ISO 8601-2 (EDTF), 4.8: months 21 to 24 are seasons.
_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
_SEASON_WORD = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|quarter|suppl\w{0,8}|christmas|easter|Q[1-4])\b", re.IGNORECASE
)
_ISO = re.compile(r"\s*+(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+|\d{1,2}(?!\d)")


def read_iso(text: str) -> Date | None:
    """Read an ISO 8601 date ("2015", "2015-03", "2015-03-04", a range's start, a season), or None."""
    found = _ISO.match(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if month in _SEASONS:
        return Date(year, None, None, _SEASONS[month])
    if month is not None and not 1 <= month <= 12:
        return Date(year)
    return Date(year, month, day if day and 1 <= day <= 31 else None)


def write_iso(date: Date) -> str:
    """Return a date in ISO 8601, as far as it is known; "" without a year."""
    if date.year is None:
        return ""
    text = f"{date.year:04d}"
    if date.month:
        text += f"-{date.month:02d}"
        if date.day:
            text += f"-{date.day:02d}"
    return text


def read_year(text: str) -> int | None:
    """Return the year in a `year` field ("2015", "2015a", "c2015", "in press 2015"), or None."""
    if found := _YEAR.search(text):
        return int(found.group(1))
    bare = text.strip()
    return int(bare) if re.fullmatch(r"\d{1,3}", bare, re.ASCII) else None


def month_number(word: str) -> int | None:
    """Return 1 to 12 for an English month, full or cut to three letters or more, or a number."""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    lowered = word.lower()
    if len(lowered) >= 3 and lowered[:3] in MONTHS:
        month = MONTHS.index(lowered[:3])
        if MONTH_MACROS[MONTHS[month]].lower().startswith(lowered) or lowered == "sept":
            return month + 1
    return None


@lru_cache(maxsize=1_024)
def read_month(text: str) -> tuple[int | None, int | None, str, bool]:
    """Read a `month` field: month, day, season as printed, and whether it was understood.

    "mar", "March", "3", "March 4", "4 March"; a range ("Jan-Feb") keeps its first month and stands
    as season; so does "Spring".
    """
    words = _WORD.findall(text)
    if not words:
        return None, None, "", not text.strip()
    if len(words) == 1 and (number := month_number(words[0])):
        return number, None, "", True
    months = [number for word in words if not word.isdigit() and (number := month_number(word))]
    numbers = [int(word) for word in words if word.isdecimal()]
    others = len(words) - len(months) - len(numbers)
    if len(months) == 1 and len(numbers) == 1 and not others and 1 <= numbers[0] <= 31:
        return months[0], numbers[0], "", True
    if months:
        return months[0], None, text, True
    return None, None, text, bool(_SEASON_WORD.search(text))
