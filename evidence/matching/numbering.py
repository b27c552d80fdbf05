"""The numbers of a reference's text, held against those of a record; each is used once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence import names
from evidence.matching import locators
from evidence.model import Work

_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"[^\W_]+")
_DASHES = ("-", "–", "—", "‐", "‑")


def stands_alone(text: str, name: str) -> bool:
    """Whether a name stands in a text as words of its own."""
    return f" {names.fold(name)} " in f" {names.fold(text)} "


class Numbers:
    """The numbers of a text outside title and journal; each is used once.

    `whole` are plain numbers, `ends` those behind a dash, as last pages are; `zone` is the text
    without its blanks, in which a scan may have left something of a number ("2C07", "1 9E1").
    """

    def __init__(self, text: str, taken: Sequence[tuple[int, int]]) -> None:
        masked = list(text)
        for start, end in taken:
            masked[start:end] = " " * (end - start)
        open_ = "".join(masked).casefold()
        self.whole: list[str] = []
        self.ends: list[str] = []
        self.broken: list[str] = []
        for found in _TOKEN.finditer(open_):
            word = found.group()
            if (
                word.isdecimal()
                and open_[found.start() - 2 : found.start()][-1:] in _DASHES
                and (open_[: found.start() - 1].rstrip()[-1:].isdigit())
            ):
                self.ends.append(word)
            elif word.isdecimal():
                self.whole.append(word)
            elif any(c.isdigit() for c in word):
                self.broken.append(word)
        self.zone = "".join(open_.split())
        self.plain = frozenset((*self.whole, *self.ends))

    def use(self, value: str) -> bool:
        """Use up a number if it stands there: whole, split in two, or within a word."""
        for at, number in enumerate(self.whole):
            if (number.lstrip("0") or "0") == value:
                del self.whole[at]
                return True
        for at in range(len(self.whole) - 1):
            if len(value) > 1 and self.whole[at] + self.whole[at + 1] == value:
                del self.whole[at : at + 2]
                return True
        for word in self.broken:
            figures = _NUMBER.findall(word)
            if value in (n.lstrip("0") for n in figures) or (len(value) > 2 and "".join(figures) == value):
                self.broken.remove(word)
                return True
        return False

    def nearly(self, value: str) -> bool:
        """Whether a scan has left half of a number at least, with letters for the other figures."""
        size = len(value)
        for at in range(len(self.zone) - size + 1):
            window = self.zone[at : at + size]
            same = sum(a == b for a, b in zip(window, value, strict=True))
            if not size / 2 <= same <= size or (same == size and (size < 4 or value in self.plain)):
                continue
            if all(a == b or a.isalpha() for a, b in zip(window, value, strict=True)):
                around = self.zone[max(0, at - 1) : at] + self.zone[at + size : at + size + 1]
                if not any(c.isdigit() for c in around):
                    self._use_pieces(window)
                    return True
        return False

    def _use_pieces(self, window: str) -> None:
        """Use up the numbers that blanks have made of a part of a broken one ("2K 04", "V19 93")."""
        ends = [part for cut in range(2, len(window) - 1) for part in (window[:cut], window[cut:])]
        for piece in dict.fromkeys([*_NUMBER.findall(window), *ends]):
            if len(piece) > 1:
                _used(self.whole, piece)

    def use_range(self, pages: str, volume: str = "") -> bool:
        """Use up the first page, and the last one in full or as its last figures.

        A number that stands there once and is the volume too is the volume.
        """
        both = locators.pages(pages)
        first = [n.lstrip("0") or "0" for n in _NUMBER.findall(both.first)[:1]]
        if not first or not self.use(first[0]):
            return False
        for number in _NUMBER.findall(both.last)[:1]:
            # shortened only behind a dash: the "1" of "BMJ 1, 650" is no end of 650-651
            behind = any(_used(self.ends, number[cut:]) for cut in range(len(number)))
            if not behind and (number != volume or self.whole.count(number) > 1):
                _used(self.whole, number)
        return True

    def left_of(self, value: str) -> str:
        """Return what was read as a locator, if its number is one that nothing registered explains."""
        digits = _NUMBER.findall(value)[:1]
        return value if digits and digits[0] in self.whole else ""


def _used(numbers: list[str], value: str) -> bool:
    """Use up a number of a list if it is among them."""
    if value in numbers:
        numbers.remove(value)
        return True
    return False


def locate(registered: Work, numbers: Numbers, text: str) -> tuple[dict[str, str], frozenset[str]]:
    """Return the registered volume, pages and issue that stand in a text, and which a scan has broken."""
    values: dict[str, str] = {}
    if (registered.pages and numbers.use_range(registered.pages, registered.volume)) or (
        registered.pages and not _NUMBER.search(registered.pages) and stands_alone(text, registered.pages)
    ):
        values["pages"] = registered.pages
    for name in ("volume", "issue"):
        digits = [d.lstrip("0") or "0" for d in _NUMBER.findall(getattr(registered, name))]
        if digits and numbers.use(digits[0]):
            values[name] = getattr(registered, name)
            for more in digits[1:]:
                if not numbers.use(more):
                    _used(numbers.ends, more)
    broken = set()
    for name in ("pages", "volume"):
        value = locators.pages(registered.pages).first if name == "pages" else registered.volume
        if name not in values and value and numbers.nearly(value.casefold()):
            broken.add(name)
    return values, frozenset(broken)


def year_in(registered: Work, numbers: Numbers) -> tuple[int | None, bool]:
    """Return the registered year that stands in a text, and whether a scan has broken it."""
    known = sorted({d.year for d in (registered.issued, *registered.dates.values()) if d and d.year})
    for year in known:
        if numbers.use(str(year)):
            return year, False
    return None, any(numbers.nearly(str(year)) for year in known)
