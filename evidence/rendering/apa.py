"""Style `apa`: references by the Publication Manual of the APA, 7th edition, chapters 9 and 10.

Pettine, K. A., & Murphy, M. B. (2015). Title. *Stem Cells*, *33*(1), 146–156. https://doi.org/10.1002/stem.1845

Up to twenty authors (9.8), the title first where there is none (9.12), "n.d." (9.14), italics for what
stands alone and for the journal with its volume (9.19, 9.25), DOI as address without a full stop (9.34).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from evidence.model import Work
from evidence.rendering import people
from evidence.rendering.locators import full_pages, show_edition
from evidence.rendering.parts import (
    form_of,
    full_title,
    genre_of,
    italic,
    long_container,
    month_and_day,
    number_of,
    pages_of,
    retraction_label,
    retraction_note,
    same_body,
    spelled,
    status_of,
    supplement,
    volume_of,
)
from evidence.rendering.pieces import (
    Piece,
    Pieces,
    american,
    clean,
    doi_address,
    link,
    plain,
    sentences,
    visible,
)

#: Works that are dated to the day (9.14): those of magazines, newspapers and the web.
_DATED = ("article-magazine", "article-newspaper", "webpage", "post", "post-weblog", "website", "broadcast")


def apa(work: Work, letter: str = "") -> Pieces:
    """Return the line of one work as pieces; `letter` tells works of one author and year apart (9.47)."""
    return american(_SETTERS[form_of(work)](work, letter)) or sentences((Piece("[Untitled]"),))


def year_of(work: Work, letter: str = "") -> str:
    """Return the year as a citation prints it: "2015a", "in press", "n.d."."""
    if status_of(work).lower() in ("in press", "forthcoming", "to appear"):
        return f"in press-{letter}" if letter else "in press"
    if work.year is None:
        return f"n.d.-{letter}" if letter else "n.d."
    return f"{work.year}{letter}"


def _date(work: Work, letter: str) -> Pieces:
    year = year_of(work, letter)
    day = month_and_day(work.issued) if work.type in _DATED and year[:1].isdigit() else ""
    return plain(f"({year}, {day})" if day else f"({year})")


def _authors(work: Work) -> Pieces:
    if work.authors:
        return plain(people.apa(work.authors, more=work.more_authors))
    names = people.apa(work.editors)
    return plain(f"{names} (Ed{'s' if len(work.editors) > 1 else ''}.)") if names else ()


def _line(work: Work, letter: str, title: Pieces, *rest: Pieces) -> Pieces:
    """Join author, date, title and the rest; without an author the title comes first."""
    who = _authors(work)
    start: list[Pieces] = [who, _date(work, letter), title] if who else [title, _date(work, letter)]
    if not who and not title and not work.year:
        start = []
    line = sentences(*start, *rest)
    end = _address(work)
    return (*line, Piece(" "), *end) if line and end else line or end


def _address(work: Work) -> Pieces:
    """Return the DOI as an address, else the address; neither bears a full stop."""
    if work.doi:
        doi = clean(work.printed_doi)
        return (Piece(f"https://doi.org/{doi}", "link", doi_address(doi)),)
    place = link(work.url)
    if not place:
        arxiv = next((clean(i.value) for i in work.ids if i.kind == "arxiv"), "")
        return link(f"https://arxiv.org/abs/{arxiv}") if arxiv else ()
    # a date of retrieval belongs to what changes and bears no date of its own (9.16)
    seen = spelled(work.accessed) if work.year is None and form_of(work) == "web" else ""
    return (Piece(f"Retrieved {seen}, from "), *place) if seen else place


def _with_details(work: Work, title: Pieces, details: str = "", kind: str = "") -> Pieces:
    """Return a title followed by "(2nd ed., Vol. 2)" and "[Data set]", as one sentence."""
    retraction = visible(retraction_note(work)).rstrip(".")
    if retraction_label(work):
        kind = f"{kind}; retracted" if kind else "Retracted"
    details = "; ".join(filter(None, (details, retraction)))
    tail = (f" ({details})" if details else "") + (f" [{kind}]" if kind else "")
    if not title or not tail:
        return title or plain(tail)
    end = title[-1]._replace(text=title[-1].text.rstrip("."))
    return (*title[:-1], end, Piece(tail))


def _article(work: Work, letter: str) -> Pieces:
    return _line(work, letter, _with_details(work, full_title(work)), _journal(work))


def _journal(work: Work) -> Pieces:
    """Return "*Stem Cells*, *33*(1), 146–156" (9.25): an article number follows the word Article."""
    volume, issue = volume_of(work), supplement(work.issue, dotted=True)
    parts: list[Piece] = [*italic(long_container(work))]
    if volume or issue:
        parts += [Piece(", ")] if parts else []
        parts += [Piece(volume, "italic")] if volume else []
        parts += [Piece(f"({issue})")] if issue else []
    pages = full_pages(pages_of(work), dash="–")
    if pages:
        parts.append(Piece(f"{', ' if parts else ''}{_located(work, pages)}"))
    status = status_of(work)
    if status and year_of(work) != "in press":
        parts.append(Piece(f"{'. ' if parts else ''}Advance online publication"))
    return tuple(parts)


def _located(work: Work, pages: str) -> str:
    """Return pages, or "Article e0158474" for what is the number of an article (9.27)."""
    if pages == clean(work.extra.get("article_number", "")):
        return f"Article {pages}"
    number = re.fullmatch(r"e\d{2,12}|[a-z]\d{3,12}|[a-z]{2,4}\d{4,12}", pages)  # ii12 is a page
    return f"Article {pages}" if number else pages


def _preprint(work: Work, letter: str) -> Pieces:
    """Return the title in italics and the server as its publisher (10.8)."""
    arxiv = any(i.kind == "arxiv" for i in work.ids)
    server = visible(long_container(work)) or clean(work.publisher) or ("arXiv" if arxiv else "")
    return _line(work, letter, _with_details(work, italic(full_title(work))), plain(server))


def _numbers(work: Work, pages: str = "") -> str:
    """Return "2nd ed., Vol. 2, pp. 12–34"."""
    edition = show_edition(work.edition)
    edition = f"{edition}." if edition and not edition.endswith(".") else edition
    volume = f"Vol. {clean(work.volume)}" if work.volume else ""
    many = re.search(r"[–,]", pages)
    shown = f"{'pp.' if many else 'p.'} {pages}" if pages else ""
    return ", ".join(filter(None, (edition, volume, shown)))


def _house(work: Work, publisher: str = "") -> Pieces:
    """Return the publisher, unless it is the author (9.29)."""
    house = clean(publisher or work.publisher)
    return () if any(same_body(n.literal, house) for n in work.authors) else plain(house)


def _book(work: Work, letter: str) -> Pieces:
    details = _numbers(work)
    if work.authors and work.editors:
        editors = people.apa_inside(work.editors)
        details = ", ".join(filter(None, (f"{editors}, Ed{'s' if len(work.editors) > 1 else ''}.", details)))
    return _line(work, letter, _with_details(work, italic(full_title(work)), details), _house(work))


def _part(work: Work, letter: str) -> Pieces:
    """Return "In B. Li & C. Wu (Eds.), *Book* (2nd ed., pp. 12–34). House" (10.3)."""
    pages = full_pages(pages_of(work), dash="–")
    book = italic(long_container(work))
    if book:
        editors = people.apa_inside(work.editors) if work.authors else ""
        lead = f"In {editors} (Ed{'s' if len(work.editors) > 1 else ''}.), " if editors else "In "
        book = (Piece(lead), *book)
    numbers = _numbers(work, pages)
    inside = (*book, Piece(f" ({numbers})")) if book and numbers else book or plain(numbers)
    return _line(work, letter, _with_details(work, full_title(work)), inside, _house(work))


def _thesis(work: Work, letter: str) -> Pieces:
    """Return "*Title* [Doctoral dissertation, University]" (10.6)."""
    genre = genre_of(work)
    kind = genre[:1].upper() + genre[1:] if genre else "Doctoral dissertation"
    if kind.lower() in ("phd", "phd thesis", "phdthesis", "dissertation", "doctoral thesis"):
        kind = "Doctoral dissertation"
    if kind.lower() in ("mathesis", "mastersthesis", "master thesis", "masters thesis"):
        kind = "Master’s thesis"
    school = clean(work.publisher or work.container)
    label = ", ".join(filter(None, (kind, school)))
    return _line(work, letter, _with_details(work, italic(full_title(work)), "", label))


def _report(work: Work, letter: str) -> Pieces:
    number = number_of(work)
    if number and work.type == "report" and not any(c.isspace() for c in number):
        number = f"Report No. {number}"
    title = _with_details(work, italic(full_title(work)), number)
    return _line(work, letter, title, _house(work, work.publisher or work.container))


def _dataset(work: Work, letter: str) -> Pieces:
    """Return "*Title* (Version 2) [Data set]. Dryad" (10.9, 10.10)."""
    kind = "Computer software" if work.type == "software" else "Data set"
    version = clean(work.edition)
    details = f"Version {version}" if version and version[0].isdigit() else version
    title = _with_details(work, italic(full_title(work)), details, kind)
    return _line(work, letter, title, _house(work, work.publisher or work.container))


def _web(work: Work, letter: str) -> Pieces:
    """Return "*Title*. Site" (10.16): the site is left out where it is the author."""
    site = clean(visible(long_container(work))) or clean(work.publisher)
    blog = work.type == "post-weblog" and site
    title = full_title(work) if blog else italic(full_title(work))
    shown = italic(plain(site)) if blog else _house(work, site)
    return _line(work, letter, _with_details(work, title), shown)


def letters(works: list[Work]) -> list[str]:
    """Return for each work of one list the letter behind its year: "" where author and year are its own.

    Works of the same authors and year are told apart in the order of their titles (9.47).
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for index, work in enumerate(works):
        who = visible(_authors(work))
        if who:
            groups.setdefault((who, year_of(work)), []).append(index)
    result = [""] * len(works)
    for group in groups.values():
        if 1 < len(group) <= 26:
            ordered = sorted(group, key=lambda i: (visible(full_title(works[i])).casefold(), i))
            for number, index in enumerate(ordered):
                result[index] = chr(ord("a") + number)
    return result


_SETTERS: dict[str, Callable[[Work, str], Pieces]] = {
    "article": _article,
    "preprint": _preprint,
    "part": _part,
    "book": _book,
    "thesis": _thesis,
    "report": _report,
    "dataset": _dataset,
    "web": _web,
}
