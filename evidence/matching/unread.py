"""A volume or pages that stand in the text of a reference, were not read, and are not the registered ones.

Reading may lose the place of an article. Who compares only what was read then calls a reference right
that prints other pages. Told only where all else of the place is registered, and the numbers that are
left are printed where a volume or pages are: behind the journal or at the end.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.matching.rereading import Reread, reread
from evidence.model import Work

#: The last thing in a reference, behind a comma, a colon or a semicolon: a page or two.
_END = re.compile(
    r"[,:;]\s{0,3}(?:pp?\.?\s{0,2})?([A-Za-z]?\d{1,7})(?:\s{0,2}[-–—]\s{0,2}([A-Za-z]?\d{1,7}))?[\s.]{0,4}$"
)
_NUMBER = re.compile(r"\d{1,9}")


def with_unread(written: Work, registered: Work, text: str) -> Work:
    """Return a work with the pages or volume that reading missed, where they are not the registered ones."""
    pages = not _NUMBER.search(written.pages) and bool(_NUMBER.search(registered.pages))
    volume = not written.volume and registered.volume.isdecimal()
    if not (pages or volume):
        return written
    again = reread(written, registered, text)
    if again is None or not again.unexplained or "container" not in again.found:
        return written
    if pages and "pages" not in again.found | again.broken:
        return _with_pages(written, registered, text, again)
    if volume and "volume" not in again.found | again.broken:
        return _with_volume(written, registered, text, again)
    return written


def _with_pages(written: Work, registered: Work, text: str, again: Reread) -> Work:
    end = _END.search(text.rstrip()[-80:])
    if end is None or (registered.volume and "volume" not in again.found):
        return written
    ends = [part for part in end.groups() if part]
    if {n for part in ends for n in _NUMBER.findall(part)} != again.unexplained:
        return written
    return replace(written, pages="-".join(ends))


def _with_volume(written: Work, registered: Work, text: str, again: Reread) -> Work:
    placed = "pages" in again.found or not registered.pages
    if len(again.unexplained) > 1 or not placed:
        return written
    (number,) = again.unexplained
    if len(number) > 4 or not re.search(rf"[,.;]\s{{0,3}}{number}\s?(?:[(,:;]|\.?\s*$)", text):
        return written
    return replace(written, volume=number, pages="" if written.pages == number else written.pages)
