"""From the entries of lists to references: the text is parsed, its fields are led back to the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from evidence import ids, parsing
from evidence.matching import keys
from evidence.model import Id, Reference, Source, Span, Work
from evidence.pages.groups import Entry, Range
from evidence.pages.lists import Found
from evidence.pages.regions import Area
from evidence.pages.view import Address, Page
from evidence.pages.vocabulary import words

#: Text of links that services put behind a reference; their address is not the work's own.
SERVICE_LINKS = words(
    "pubmed|crossref|google scholar|scholar|pmc free article|full text|web of science|cas|"
    "article|medline|free full text|pmc|doi|link|view article|isi",
    "|",
)
#: Left behind by links back to the text; never part of a reference.
BACK = " \t\n\u00a0\u21a9\u2191\u21b5\u2934\ufe0e\ufe0f^"


class Listed(NamedTuple):
    """The references of a page with their entries and places in the view, and the members of each list."""

    references: tuple[Reference, ...]
    entries: tuple[Entry, ...]
    places: tuple[Range, ...]
    members: tuple[tuple[int, ...], ...]

    @property
    def reaches(self) -> list[Range]:
        """Where each reference stands with its list marker, the whole of its item."""
        return [
            (min(place[0], entry.begin), max(place[1], entry.blocks[-1].end) if entry.item else place[1])
            for place, entry in zip(self.places, self.entries, strict=True)
        ]


class Line(NamedTuple):
    """A reference's text with plain spaces, and where in the view each of its characters stands."""

    text: str
    places: list[int]


def line_of(page: Page, entry: Entry) -> Line:
    """Return an entry's visible text: white space as one space, its parts on lines of their own."""
    view = page.view.text
    shown: list[str] = []
    places: list[int] = []
    for start, end in entry.parts:
        if shown:
            shown.append("\n")
            places.append(places[-1])
        blank = True
        for at in range(start, end):
            char = view[at]
            if char in "\u00ad\u200b\ufeff":
                continue
            if char.isspace():
                if not blank:
                    shown.append(" ")
                    places.append(at)
                blank = True
            else:
                shown.append(char)
                places.append(at)
                blank = False
        while shown and shown[-1] in BACK:
            shown.pop()
            places.pop()
    first = 0
    while first < len(shown) and shown[first] in BACK:
        first += 1
    return Line("".join(shown[first:]), places[first:])


class Draft(NamedTuple):
    """A reference without its key."""

    entry: Entry
    line: Line
    work: Work
    fields: dict[str, Span]


def make(page: Page, source: Source, found: Sequence[Found], areas: Sequence[Area], most: int) -> Listed:
    """Return the references of all lists, at most `most`; keys are given over all of the page."""
    drafts: list[Draft] = []
    members: list[tuple[int, ...]] = []
    given: dict[int, str] = {}
    for one in found:
        first = len(drafts)
        names = areas[one.area].options.get("keys", "").split() if one.area >= 0 else []
        for entry in one.entries:
            line = line_of(page, entry)
            if line.text and len(drafts) < most:
                drafts.append(_draft(page, entry, line))
        given.update(zip(range(first, len(drafts)), names, strict=False))
        members.append(tuple(range(first, len(drafts))))
    free = [index for index in range(len(drafts)) if index not in given]
    made = keys.assign([drafts[index].work for index in free], taken=set(given.values()))
    given.update(zip(free, made, strict=True))
    references = tuple(
        Reference(
            given[index], draft.entry.number, draft.work, source,
            page.view.span(draft.line.places[0], draft.line.places[-1] + 1), draft.fields, draft.line.text,
        )
        for index, draft in enumerate(drafts)
    )  # fmt: skip
    places = tuple((draft.line.places[0], draft.line.places[-1] + 1) for draft in drafts)
    return Listed(references, tuple(draft.entry for draft in drafts), places, tuple(members))


def _draft(page: Page, entry: Entry, line: Line) -> Draft:
    """Parse an entry; what only its links say (an address, a DOI behind a title) is added."""
    parsed = parsing.parse(line.text)
    places = line.places
    fields = {
        name: page.view.span(places[span.start], places[span.end - 1] + 1)
        for name, span in parsed.fields.items()
        if 0 <= span.start < span.end <= len(places)
    }
    work = parsed.work
    for address in addresses_in(page, places[0], places[-1] + 1):
        work = _with_address(page, work, fields, address)
    return Draft(entry, line, work, fields)


def addresses_in(page: Page, start: int, end: int) -> list[Address]:
    """Return the links that begin in a stretch of the view."""
    return [address for address in page.addresses if start <= address.at < end]


def _with_address(page: Page, work: Work, fields: dict[str, Span], address: Address) -> Work:
    """Add what a link's address says, where the visible text does not say it."""
    if not address.url.lower().startswith(("http:", "https:", "ftp:")):
        return work
    doi = ids.doi_of_url(address.url)
    others = [(found, span) for found, span in ids.find(address.url) if found.kind != "doi"]
    known = {found.kind for found in work.ids}
    if doi and "doi" not in known:
        work = replace(work, ids=(*work.ids, Id("doi", doi)))
        fields.setdefault("doi", address.span)
    for found, _ in others:
        if found.kind not in known and found.kind in ("pmid", "pmcid", "arxiv", "nct"):
            work = replace(work, ids=(*work.ids, found))
            fields.setdefault(found.kind, address.span)
            known.add(found.kind)
    shown = page.view.text[address.at : max(address.end, address.at)].strip(" []()").lower()
    if not work.url and not doi and not others and shown not in SERVICE_LINKS:
        work = replace(work, url=address.url)
        fields.setdefault("url", address.span)
    return work
