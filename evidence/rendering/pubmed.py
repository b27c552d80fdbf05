"""Style `pubmed`: the line that PubMed prints for a citation ("Summary (text)").

Pettine KA, Murphy MB. Title. Stem Cells. 2015 Jan;33(1):146-56. doi: 10.1002/stem.1845. Review.

All authors, date as far as known, shortened pages, identifiers at the end. What PubMed does not
hold (books, web pages, reports …) follows Citing Medicine in the same order and punctuation.
"""

from __future__ import annotations

from collections.abc import Callable

from evidence.model import Work
from evidence.names import fold
from evidence.rendering import people
from evidence.rendering.locators import shorten_pages, show_date, show_edition
from evidence.rendering.parts import (
    form_of,
    full_title,
    genre_of,
    number_of,
    pages_of,
    pubtype_of,
    retraction_label,
    retraction_note,
    short_container,
    status_of,
    supplement,
    volume_of,
    with_label,
)
from evidence.rendering.pieces import Piece, Pieces, clean, doi_address, link, plain, sentences, visible


def pubmed(work: Work) -> Pieces:
    """Return the line of one work as pieces; a work without any field is "[Untitled]."."""
    setter = _SETTERS[form_of(work)]
    return setter(work) or sentences((Piece("[Untitled]"),))


def authors(work: Work) -> Pieces:
    """Return all authors; editors where there are none."""
    if work.authors:
        return plain(people.nlm(work.authors, more=work.more_authors))
    return editors(work)


def editors(work: Work) -> Pieces:
    """Return the editors, and what they are."""
    names = people.nlm(work.editors)
    return plain(f"{names}, editor{'s' if len(work.editors) > 1 else ''}") if names else ()


def title(work: Work, label: str = "") -> Pieces:
    """Return the title with a label ("dissertation") and with a mark where the work is retracted."""
    return with_label(with_label(full_title(work), label), retraction_label(work))


def status(work: Work) -> Pieces:
    """Return "In press" where there is no locator yet."""
    return plain(status_of(work))


def when_and_where(work: Work) -> Pieces:
    """Return the date and the locator: "2015 Jan;33(1):146-56", "2016;99:69-80", "2013 Dec;17:377"."""
    return plain(locator(show_date(work.issued), work))


def locator(date: str, work: Work) -> str:
    """Return a date followed by volume, issue and short pages."""
    volume, issue = volume_of(work), supplement(work.issue, dotted=False)
    pages = shorten_pages(pages_of(work))
    volume += f"({issue})" if issue else ""
    text = f"{date};{volume}" if date and volume else date + volume
    if pages:
        text = f"{text}:{pages}" if text else f"p. {pages}"
    return text


def epub(work: Work) -> Pieces:
    """Return "Epub 2014 Aug 15" where a registry tells the date online from that of the issue."""
    online = show_date(work.dates.get("online"))
    issued = show_date(work.issued)
    if not online or not work.volume or "print" not in work.dates or online == issued:
        return ()
    return plain(f"Epub {online}")


def identifiers(work: Work, pmid: str = "PMID: ", pmcid: str = "PMCID: ") -> tuple[Pieces, ...]:
    """Return "doi: X." and "PMID: N; PMCID: PMC1.", as PubMed joins them, each a link."""
    doi: Pieces = ()
    if work.doi:
        doi = (Piece("doi: "), Piece(clean(work.printed_doi), "link", doi_address(work.printed_doi)))
    others: list[Piece] = []
    addresses = {
        "pmid": (pmid, "https://pubmed.ncbi.nlm.nih.gov/"),
        "pmcid": (pmcid, "https://pmc.ncbi.nlm.nih.gov/articles/"),
    }
    for kind, (label, address) in addresses.items():
        value = next((clean(i.value) for i in work.ids if i.kind == kind), "")
        if value and value.isascii() and value.isalnum():
            others += [Piece("; ")] if others else []
            others += [Piece(label), Piece(value, "link", f"{address}{value}/")]
    return doi, tuple(others)


def _tail(work: Work, *, address: bool = False) -> tuple[Pieces, ...]:
    """Return what ends every line: identifiers, where it is found, when it was seen, PubMed's type.

    The address is printed where no identifier leads to the work, or always with `address`.
    """
    doi, others = identifiers(work)
    found: Pieces = ()
    place = link(work.url) or plain(work.extra.get("available_at", ""))
    if place and (address or not (doi or others)):
        found = (Piece("Available at: "), *place)
    seen = plain(f"Accessed {show_date(work.accessed)}") if found and show_date(work.accessed) else ()
    return doi, epub(work), others, found, seen, pubtype_of(work), retraction_note(work)


def _article(work: Work) -> Pieces:
    return sentences(
        authors(work), title(work), short_container(work), when_and_where(work), status(work), *_tail(work)
    )


def _preprint(work: Work) -> Pieces:
    """Return "bioRxiv [Preprint]. 2020 May 22", as PubMed labels them."""
    arxiv = next((clean(i.value) for i in work.ids if i.kind == "arxiv"), "")
    number = plain(f"arXiv:{arxiv}") if arxiv and not work.doi else ()
    return sentences(
        authors(work), title(work), plain(server(work)), when_and_where(work), number, *_tail(work)
    )


def server(work: Work) -> str:
    """Return where a preprint stands, with PubMed's label: "bioRxiv [Preprint]"."""
    arxiv = any(i.kind == "arxiv" for i in work.ids)
    name = visible(short_container(work) or plain(work.publisher)) or ("arXiv" if arxiv else "")
    return name if "preprint" in name.lower() else f"{name} [Preprint]".strip()


def imprint(work: Work, publisher: str = "", date: str | None = None) -> str:
    """Return "Place: Publisher; 2010", as far as it is known."""
    house = clean(publisher or work.publisher)
    place = clean(work.place).rstrip(" :,")
    shown = show_date(work.issued) if date is None else date
    return "; ".join(filter(None, (": ".join(filter(None, (place, house))), shown)))


def _book(work: Work) -> Pieces:
    return sentences(*book_parts(work), plain(imprint(work)), status(work), *_tail(work))


def book_parts(work: Work) -> tuple[Pieces, ...]:
    """Return a book up to its imprint."""
    volume = plain(f"Vol. {clean(work.volume)}") if work.volume else ()
    edited = editors(work) if work.authors else ()
    return authors(work), title(work), plain(show_edition(work.edition)), volume, edited


def _part(work: Work) -> Pieces:
    return sentences(authors(work), title(work), *inside(work), *_tail(work))


def inside(work: Work, date: str | None = None) -> tuple[Pieces, ...]:
    """Return where a chapter or paper stands: "In: Li B, editor. Book. Place: House; 2010. p. 12-34"."""
    edited = editors(work) if work.authors else ()
    book = short_container(work)
    first = (Piece("In: "), *edited) if edited else ((Piece("In: "), *book) if book else ())
    volume = plain(f"Vol. {clean(work.volume)}") if work.volume else ()
    pages = shorten_pages(pages_of(work))
    return (
        first,
        book if edited else (),
        plain(show_edition(work.edition)),
        volume,
        plain(imprint(work, date=date)),
        plain(f"p. {pages}") if pages else (),
        status(work),
    )


def _thesis(work: Work) -> Pieces:
    label = genre_of(work) or "dissertation"
    school = work.publisher or work.container
    return sentences(authors(work), title(work, label), plain(imprint(work, school)), *_tail(work))


def _report(work: Work) -> Pieces:
    where = work.publisher or work.container
    return sentences(
        authors(work), title(work), plain(imprint(work, where)), plain(report_number(work)), *_tail(work)
    )


def report_number(work: Work) -> str:
    """Return "Report No.: 12", or the number as it is where it says itself what it is."""
    number = number_of(work)
    if not number or any(c.isspace() for c in number):
        return number
    return f"Report No.: {number}" if work.type == "report" else number


def _dataset(work: Work) -> Pieces:
    where = work.publisher or work.container
    return sentences(authors(work), title(work, work.type), plain(imprint(work, where)), *_tail(work))


def _web(work: Work) -> Pieces:
    """Return "Author. Title. Site. Date. Available at: address. Accessed date"."""
    site = short_container(work)
    house = plain(work.publisher)
    if fold(visible(house)) in fold(visible(site)):
        house = ()
    return sentences(
        authors(work), title(work), site, house, plain(show_date(work.issued)), *_tail(work, address=True)
    )


_SETTERS: dict[str, Callable[[Work], Pieces]] = {
    "article": _article,
    "preprint": _preprint,
    "part": _part,
    "book": _book,
    "thesis": _thesis,
    "report": _report,
    "dataset": _dataset,
    "web": _web,
}
