"""Style `ama`: references by the AMA Manual of Style, 11th edition, chapter 3.

Pettine KA, Murphy MB. Title. *Stem Cells*. 2015;33(1):146-156. doi:10.1002/stem.1845

More than six authors are cut to three and "et al" (3.7); journals in italics and in short (3.11.2);
full page numbers (3.11.4); the DOI or the address last and without a full stop (3.15.2).
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
    number_of,
    pages_of,
    retraction_label,
    retraction_note,
    same_body,
    short_container,
    spelled,
    status_of,
    supplement,
    title_case,
    volume_of,
    with_label,
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


def ama(work: Work) -> Pieces:
    """Return the line of one work as pieces; a work without any field is "[Untitled]."."""
    return american(_SETTERS[form_of(work)](work)) or sentences((Piece("[Untitled]"),))


def _authors(work: Work) -> Pieces:
    if work.authors:
        return plain(people.ama(work.authors, more=work.more_authors))
    return _editors(work)


def _editors(work: Work) -> Pieces:
    names = people.ama(work.editors)
    return plain(f"{names}, ed{'s' if len(work.editors) > 1 else ''}") if names else ()


def _title(work: Work) -> Pieces:
    return with_label(full_title(work), retraction_label(work))


def _book_title(work: Work) -> Pieces:
    """Return a title that is printed as a book's: in italics and with capitals (3.12.5)."""
    return with_label(italic(title_case(full_title(work))), retraction_label(work))


def _line(*parts: Pieces, work: Work) -> Pieces:
    """Join sentences; the DOI, else the address, ends the line without a full stop."""
    line = sentences(*parts, retraction_note(work))
    if work.doi:
        doi = clean(work.printed_doi)
        end: Pieces = (Piece("doi:"), Piece(doi, "link", doi_address(doi)))
    else:
        end = link(work.url)
        seen = spelled(work.accessed)
        if end and seen:
            line = sentences(*parts, retraction_note(work), plain(f"Accessed {seen}"))
    return (*line, Piece(" "), *end) if line and end else line or end


def _locator(work: Work) -> Pieces:
    """Return "2015;33(1):146-156"; the whole date where there is no volume."""
    volume, issue = volume_of(work), supplement(work.issue, dotted=False)
    pages = full_pages(pages_of(work))
    if volume or issue:
        date = str(work.year or "")
    else:
        date = spelled(work.issued)
    where = volume + (f"({issue})" if issue else "")
    text = f"{date};{where}" if date and where else date + where
    if text and not where and _first_online(work):
        text = f"Published online {text}"
    if pages:
        text = f"{text}:{pages}" if text else f"p {pages}"
    return plain(text)


def _first_online(work: Work) -> bool:
    return bool(work.doi or work.url) and work.type == "article-journal"


def _article(work: Work) -> Pieces:
    status = status_of(work)
    where = plain(status) if status.lower() in ("in press", "forthcoming", "to appear") else ()
    journal = italic(short_container(work))
    return _line(
        _authors(work),
        _title(work),
        journal,
        where or _locator(work),
        () if where else plain(status),
        work=work,
    )


def _preprint(work: Work) -> Pieces:
    """Return "*bioRxiv*. Preprint posted online May 22, 2020" (3.11.4.1)."""
    arxiv = next((clean(i.value) for i in work.ids if i.kind == "arxiv"), "")
    server = long_container(work) or plain(work.publisher) or plain("arXiv" if arxiv else "")
    name = re.sub(r"\s?[(\[]?preprint[)\]]?$", "", visible(server), flags=re.IGNORECASE)
    date = spelled(work.issued)
    posted = plain(f"Preprint posted online {date}" if date else "Preprint")
    number = plain(f"arXiv:{arxiv}") if arxiv and not work.doi else ()
    return _line(
        _authors(work), _title(work), italic(plain(name or visible(server))), posted, number, work=work
    )


def _imprint(work: Work, publisher: str = "") -> str:
    """Return "McGraw-Hill; 2002"; places are no longer printed (3.12.8)."""
    return "; ".join(filter(None, (clean(publisher or work.publisher), str(work.year or ""))))


def _volume(work: Work) -> Pieces:
    return plain(f"Vol {clean(work.volume)}") if work.volume else ()


def _book(work: Work) -> Pieces:
    edited = _editors(work) if work.authors else ()
    return _line(
        _authors(work), _book_title(work), _volume(work), plain(show_edition(work.edition)), edited,
        plain(_imprint(work)), plain(status_of(work)), work=work,
    )  # fmt: skip


def _part(work: Work) -> Pieces:
    """Return "In: Li B, ed. *Book*. 2nd ed. House; 2010:12-34" (3.12.4)."""
    edited = _editors(work) if work.authors else ()
    book = italic(title_case(long_container(work)))
    first = (Piece("In: "), *edited) if edited else ((Piece("In: "), *book) if book else ())
    where, pages = _imprint(work), full_pages(pages_of(work))
    where = (f"{where}:{pages}" if where else f"p {pages}") if pages else where
    return _line(
        _authors(work), _title(work), first, book if edited else (), _volume(work),
        plain(show_edition(work.edition)), plain(where), plain(status_of(work)), work=work,
    )  # fmt: skip


def _thesis(work: Work) -> Pieces:
    genre = genre_of(work) or "Dissertation"
    kind = plain(genre[:1].upper() + genre[1:])
    return _line(
        _authors(work),
        _book_title(work),
        kind,
        plain(_imprint(work, work.publisher or work.container)),
        work=work,
    )


def _report(work: Work) -> Pieces:
    number = number_of(work)
    if number and work.type == "report" and not any(c.isspace() for c in number):
        number = f"Report No. {number}"
    house = plain(_imprint(work, work.publisher or work.container))
    return _line(_authors(work), _book_title(work), house, plain(number), work=work)


def _dataset(work: Work) -> Pieces:
    """Return "Title. Dryad. 2002" (3.15.10)."""
    house = plain(work.publisher) or long_container(work)
    version = plain(f"Version {clean(work.edition)}") if work.edition else ()
    return _line(_authors(work), _title(work), version, house, plain(spelled(work.issued)), work=work)


def _web(work: Work) -> Pieces:
    """Return "Title. Site. March 5, 2014. Accessed March 4, 2024. address" (3.15.3)."""
    site = long_container(work) or plain(work.publisher)
    author = visible(_authors(work))
    return _line(
        _authors(work), _title(work), () if same_body(author, visible(site)) else site,
        plain(spelled(work.issued)), work=work,
    )  # fmt: skip


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
