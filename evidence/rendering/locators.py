"""Dates, page ranges and ordinals as PubMed prints them."""

from __future__ import annotations

import re
from functools import cache

from evidence.model import Date
from evidence.rendering.pieces import clean

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_date(date: Date | None) -> str:
    """Return "2015 Jan 15" as far as the date is known; "" without a year.

    A month that does not exist is left out together with its day, never guessed.
    """
    if date is None or date.year is None:
        return ""
    parts = [str(date.year)]
    if date.month is not None and 1 <= date.month <= 12:
        parts.append(MONTHS[date.month - 1])
        if date.day is not None and 1 <= date.day <= 31:
            parts.append(str(date.day))
    elif date.season:
        parts.append(clean(date.season))
    return " ".join(parts)


@cache
def _range() -> re.Pattern[str]:
    return re.compile(r"([A-Za-z]{0,6})(\d{1,12})\s?-\s?([A-Za-z]{0,6})(\d{1,12})")


def shorten_pages(pages: str) -> str:
    """Return page ranges the PubMed way: digits of the last page that repeat the first are dropped.

    "146-156" → "146-56", "S12-S19" → "S12-9", "12-12" → "12"; article numbers, Roman numbers and
    ranges that run backwards stay (National Library of Medicine, MEDLINE element Pagination).
    """
    text = clean(pages)
    text = re.sub(r"\s?(?:--+|[‐‑‒–—−])\s?", "-", text)
    return ", ".join(_shorten_range(part.strip()) for part in text.split(",") if part.strip())


def _shorten_range(text: str) -> str:
    found = _range().fullmatch(text)
    if not found:
        return text
    prefix, first, second_prefix, last = found.groups()
    if second_prefix and second_prefix != prefix:
        return text
    if len(first) != len(last) or last < first:
        return text
    if first == last:
        return prefix + first
    same = next(i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
    return f"{prefix}{first}-{last[same:]}"


@cache
def _short_range() -> re.Pattern[str]:
    return re.compile(r"([A-Za-z]{0,6})(\d{1,12})-([A-Za-z]{0,6})(\d{1,12})")


@cache
def _other_range() -> re.Pattern[str]:
    """Return what else is a range: "iv-ix", "556b-557", "12.1-12.9"."""
    end = r"[a-zA-Z]{0,6}\d[\w.]{0,12}"
    return re.compile(rf"[ivxlcdm]{{1,12}}-[ivxlcdm]{{1,12}}|{end}-{end}")


def full_pages(pages: str, dash: str = "-") -> str:
    """Return page ranges with both numbers whole: "146-56" → "146-156", "S12-9" → "S12-S19".

    AMA, 3.11.4, and APA, 9.25; what is no range stays as it is.
    """
    text = re.sub(r"\s?(?:--+|[‐‑‒–—−])\s?", "-", clean(pages))
    parts = [_whole_range(part.strip(), dash) for part in text.split(",") if part.strip()]
    return ", ".join(parts)


def _whole_range(text: str, dash: str) -> str:
    found = _short_range().fullmatch(text)
    if not found:
        return text.replace("-", dash) if _other_range().fullmatch(text) else text
    before, first, prefix, last = found.groups()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if (before, first) == (prefix or before, last):
        return before + first
    return f"{before}{first}{dash}{prefix or before}{last}"


def show_edition(edition: str) -> str:
    """Return "2nd ed." for "2", "2nd" or "Second"; what says "ed" already stays; "" for none."""
    text = clean(edition).rstrip(".")
    if text.isascii() and text.isdigit() and len(text) < 5:
        number = int(text)
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        text = f"{number}{ending}"
    if not text or re.search(r"\bed(?:ition|n)?\b", text, re.IGNORECASE):
        return text
    return f"{text} ed"
