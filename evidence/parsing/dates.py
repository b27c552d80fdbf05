"""Dates as references print them: 2015 Jan 15, January 3, 2015, 3 March 2015, (2015, May), 2015-03-03."""

from __future__ import annotations

import re
from functools import cache

from evidence.model import Date

#: Years that a reference can bear; earlier than printing or later than soon is a volume or a page.
FIRST, LAST = 1450, 2049

_MONTHS = (
    "jan january janvier januar enero gennaio janeiro januari janv",
    "feb february fevrier février februar febrero febbraio fevereiro févr",
    "mar march mars märz marzo março mrz maart",
    "apr april avril abril aprile avr",
    "may mai mayo maggio maio mei",
    "jun june juin juni junio giugno junho",
    "jul july juillet juli julio luglio julho juil",
    "aug august août agosto aout augustus",
    "sep sept september septembre septiembre settembre setembro",
    "oct october octobre oktober okt octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec december décembre dezember dez diciembre dicembre dezembro déc",
)
SEASONS = ("spring", "summer", "autumn", "fall", "winter")


@cache
def months() -> dict[str, int]:
    """Return the number of each month's name and abbreviation, lower case without a full stop."""
    return {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name], re.IGNORECASE)


_PATTERNS = {
    "iso": r"(?<!\d)((?:1[5-9]|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)",
    "numeric": r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?!\d)",
    "word": r"(\d+|[^\W\d_]+)",
}


def is_year(text: str) -> bool:
    """Tell whether four digits can be the year of a work."""
    return len(text) == 4 and text.isascii() and text.isdigit() and FIRST <= int(text) <= LAST


def read_date(text: str) -> Date | None:
    """Read a date as far as it is given, or None where no year can be made out.

    Day and month in figures only are told apart where one is over twelve; else the month is not
    known and left out.
    """
    iso = _pattern("iso").search(text)
    if iso and 1 <= int(iso.group(2)) <= 12:
        return Date(int(iso.group(1)), int(iso.group(2)), _day(iso.group(3)))
    numeric = _pattern("numeric").search(text)
    if numeric:
        return _of_figures(*(int(g) for g in numeric.groups()))
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season = ""
    for found in _pattern("word").findall(text):
        lowered = found.lower()
        if year is None and is_year(found):
            year = int(found)
        elif month is None and lowered in months():
            month = months()[lowered]
        elif day is None and found.isdecimal() and len(found) <= 2:
            day = _day(found)
        elif lowered in SEASONS:
            season = found.capitalize()
    if year is None:
        return None
    return Date(year, month, day if month else None, season)


def _of_figures(first: int, second: int, year: int) -> Date:
    """Tell day and month apart where one of them is over twelve."""
    if first > 12 >= second > 0:
        return Date(year, second, _day(str(first)))
    if second > 12 >= first > 0:
        return Date(year, first, _day(str(second)))
    return Date(year)


def _day(text: str | None) -> int | None:
    return int(text) if text and 1 <= int(text) <= 31 else None
