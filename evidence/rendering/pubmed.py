"""Style `pubmed`: the line that PubMed prints for a citation ("Summary (text)").

Pettine KA, Murphy MB. Title. Stem Cells. 2015 Jan;33(1):146-56. doi: 10.1002/stem.1845. Review.

All authors, date as far as known, shortened pages, identifiers at the end. What PubMed does not
hold (books, web pages, reports …) follows Citing Medicine in the same order and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from evidence.model import Name, Work
from evidence.names import fold, show
from evidence.rendering.locators import shorten_pages, show_date, show_edition
from evidence.rendering.pieces import (
    Piece,
    Pieces,
    clean,
    doi_address,
    link,
    marked,
    plain,
    sentences,
    visible,
)

_PARTS = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia"}
_WEB = {"webpage", "post", "post-weblog", "website", "broadcast", "interview", "motion_picture", "song"}
_BOOKS = {"book", "classic", "pamphlet", "collection", "standard"}
_ARTICLES = {
    "article-journal", "article-magazine", "article-newspaper", "periodical", "review", "review-book",
}  # fmt: skip


def pubmed(work: Work) -> Pieces:
    """Return the line of one work as pieces; a work without any field is "[Untitled]."."""
    line = _setter(work)(work)
    return line or sentences((Piece("[Untitled]"),))


def _setter(work: Work) -> Callable[[Work], Pieces]:
    """Choose the form by type, and by the fields where the type is not known."""
    kind = work.type
    if kind in _ARTICLES:
        return _article
    if kind == "article":
        return _article if work.volume else _preprint
    if kind in _PARTS or (kind == "paper-conference" and not (work.volume and work.container)):
        return _part
    if kind == "paper-conference":
        return _article
    if kind in _WEB:
        return _web
    if kind in _BOOKS:
        return _book
    if kind in ("thesis", "report", "dataset", "software"):
        return {"thesis": _thesis, "report": _report}.get(kind, _dataset)
    if work.container and (work.volume or work.pages or work.doi or work.pmid):
        return _article
    if work.url or "available_at" in work.extra or work.container:
        return _web
    return _book


def _people(names: tuple[Name, ...], *, more: bool = False) -> str:
    shown = [clean(show(n, "pubmed")) for n in names]
    shown = [name for name in shown if name]
    if more and shown:
        shown.append("et al")
    return ", ".join(shown)


def _authors(work: Work) -> Pieces:
    """Return all authors; editors where there are none."""
    if work.authors:
        return plain(_people(work.authors, more=work.more_authors))
    return _editors(work)


def _editors(work: Work) -> Pieces:
    names = _people(work.editors)
    return plain(f"{names}, editor{'s' if len(work.editors) > 1 else ''}") if names else ()


def _title(work: Work, label: str = "") -> Pieces:
    """Return the title with its subtitle, and a label such as [dissertation] before the full stop."""
    title, subtitle = marked(work.title), marked(work.subtitle)
    if title and subtitle and fold(visible(subtitle)) not in fold(visible(title)):
        mark = " " if visible(title)[-1] in "?!:" else ": "
        title = (*title, Piece(mark), *subtitle)
    title = title or subtitle
    if title and label:
        end = title[-1]._replace(text=title[-1].text.rstrip("."))
        title = (*title[:-1], end, Piece(f" [{label}]"))
    return title


def _container(work: Work) -> Pieces:
    if work.type == "article-journal":  # PubMed prints the journal's abbreviation where it is known
        return plain(work.short_container) or marked(work.container)
    return marked(work.container) or plain(work.short_container)


@cache
def _status_words() -> re.Pattern[str]:
    return re.compile(
        r"in press|forthcoming|to appear|accepted(?: for publication)?"
        r"|(?:published )?(?:e-?pub|online) ahead of print",
        re.IGNORECASE,
    )


def _is_status(text: str) -> bool:
    return bool(_status_words().fullmatch(clean(text).strip(" .()[]")[:60]))


def _status(work: Work) -> Pieces:
    """Return "In press" or the like, where somebody wrote so and there is no locator yet."""
    candidates = (work.extra.get("status", ""), work.extra.get("note", ""), work.volume, work.pages)
    words = next((clean(c).strip(" .()[]") for c in candidates if _is_status(c)), "")
    located = any(v and not _is_status(v) for v in (work.volume, work.pages))
    return plain(words[:1].upper() + words[1:]) if words and not located else ()


def _when_and_where(work: Work) -> Pieces:
    """Return the date and the locator: "2015 Jan;33(1):146-56", "2016;99:69-80", "2013 Dec;17:377"."""
    date = show_date(work.issued)
    volume = "" if _is_status(work.volume) else clean(work.volume)
    issue = clean(work.issue)
    written = work.pages or work.extra.get("article_number", "")
    pages = "" if _is_status(written) else shorten_pages(written)
    volume += f"({issue})" if issue else ""
    text = f"{date};{volume}" if date and volume else date + volume
    if pages:
        text = f"{text}:{pages}" if text else f"p. {pages}"
    return plain(text)


def _epub(work: Work) -> Pieces:
    """Return "Epub 2014 Aug 15" where a registry tells the date online from that of the issue."""
    online = show_date(work.dates.get("online"))
    issued = show_date(work.issued)
    if not online or not work.volume or "print" not in work.dates or online == issued:
        return ()
    return plain(f"Epub {online}")


def _identifiers(work: Work) -> tuple[Pieces, ...]:
    """Return "doi: X." and "PMID: N; PMCID: PMC1.", as PubMed joins them, each a link."""
    doi: Pieces = ()
    if work.doi:
        doi = (Piece("doi: "), Piece(clean(work.printed_doi), "link", doi_address(work.printed_doi)))
    others: list[Piece] = []
    addresses = {
        "pmid": ("PMID: ", "https://pubmed.ncbi.nlm.nih.gov/"),
        "pmcid": ("PMCID: ", "https://pmc.ncbi.nlm.nih.gov/articles/"),
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
    doi, others = _identifiers(work)
    found: Pieces = ()
    place = link(work.url) or plain(work.extra.get("available_at", ""))
    if place and (address or not (doi or others)):
        found = (Piece("Available at: "), *place)
    seen = plain(f"Accessed {show_date(work.accessed)}") if found and show_date(work.accessed) else ()
    return doi, _epub(work), others, found, seen, plain(work.extra.get("pubtype", ""))


def _article(work: Work) -> Pieces:
    return sentences(
        _authors(work), _title(work), _container(work), _when_and_where(work), _status(work), *_tail(work)
    )


def _preprint(work: Work) -> Pieces:
    """Return "bioRxiv [Preprint]. 2020 May 22", as PubMed labels them."""
    arxiv = next((clean(i.value) for i in work.ids if i.kind == "arxiv"), "")
    server = visible(_container(work) or plain(work.publisher)) or ("arXiv" if arxiv else "")
    label = "" if "preprint" in server.lower() else "[Preprint]"
    where = plain(f"{server} {label}")
    number = plain(f"arXiv:{arxiv}") if arxiv and not work.doi else ()
    return sentences(_authors(work), _title(work), where, _when_and_where(work), number, *_tail(work))


def _imprint(work: Work, publisher: str = "") -> Pieces:
    """Return "Place: Publisher; 2010", as far as it is known."""
    house = clean(publisher or work.publisher)
    place = clean(work.place).rstrip(" :,")
    date = show_date(work.issued)
    text = ": ".join(filter(None, (place, house)))
    return plain("; ".join(filter(None, (text, date))))


def _book(work: Work) -> Pieces:
    editors = _editors(work) if work.authors else ()
    volume = plain(f"Vol. {clean(work.volume)}") if work.volume else ()
    edition = plain(show_edition(work.edition))
    return sentences(
        _authors(work), _title(work), edition, volume, editors, _imprint(work), _status(work), *_tail(work)
    )


def _part(work: Work) -> Pieces:
    """Return a chapter or a paper of a meeting: "In: Li B, editor. Book. Place: House; 2010. p. 12-34"."""
    editors = _editors(work) if work.authors else ()
    book = _container(work)
    inside = (Piece("In: "), *editors) if editors else ((Piece("In: "), *book) if book else ())
    volume = plain(f"Vol. {clean(work.volume)}") if work.volume else ()
    pages = plain(f"p. {shorten_pages(work.pages)}") if work.pages and not _is_status(work.pages) else ()
    return sentences(
        _authors(work),
        _title(work),
        inside,
        book if editors else (),
        plain(show_edition(work.edition)),
        volume,
        _imprint(work),
        pages,
        _status(work),
        *_tail(work),
    )


def _thesis(work: Work) -> Pieces:
    label = clean(work.extra.get("genre", "")) or "dissertation"
    school = work.publisher or work.container
    return sentences(_authors(work), _title(work, label), _imprint(work, school), *_tail(work))


def _report(work: Work) -> Pieces:
    number = clean(work.extra.get("number", "") or work.issue)
    where = work.publisher or work.container
    return sentences(
        _authors(work),
        _title(work),
        _imprint(work, where),
        plain(f"Report No.: {number}") if number else (),
        *_tail(work),
    )


def _dataset(work: Work) -> Pieces:
    where = work.publisher or work.container
    return sentences(_authors(work), _title(work, work.type), _imprint(work, where), *_tail(work))


def _web(work: Work) -> Pieces:
    """Return "Author. Title. Site. Date. Available at: address. Accessed date"."""
    site = _container(work)
    house = plain(work.publisher)
    if fold(visible(house)) in fold(visible(site)):
        house = ()
    return sentences(
        _authors(work), _title(work), site, house, plain(show_date(work.issued)), *_tail(work, address=True)
    )
