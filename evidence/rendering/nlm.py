"""Style `nlm`: references as the ICMJE's samples print them (Vancouver; Citing Medicine, 2nd edition).

Six authors and "et al", date with month and day, shortened pages, "doi: X. PubMed PMID: N.", and for
what was read on the web "[Internet]", "[cited 2024 Mar 4]" and "Available from: address".
"""

from __future__ import annotations

from collections.abc import Callable

from evidence.model import Work
from evidence.rendering import people, pubmed
from evidence.rendering.locators import show_date
from evidence.rendering.parts import (
    form_of,
    full_title,
    genre_of,
    pubtype_of,
    retraction_label,
    retraction_note,
    same_body,
    short_container,
    status_of,
    with_label,
)
from evidence.rendering.pieces import (
    Piece,
    Pieces,
    clean,
    doi_address,
    link,
    plain,
    sentences,
    visible,
)

#: "List all authors, but if the number exceeds six, give six followed by et al" (ICMJE samples, 1).
_MOST = 6


def nlm(work: Work) -> Pieces:
    """Return the line of one work as pieces; a work without any field is "[Untitled]."."""
    return _SETTERS[form_of(work)](work) or sentences((Piece("[Untitled]"),))


def _authors(work: Work) -> Pieces:
    if work.authors:
        return plain(people.nlm(work.authors, more=work.more_authors, most=_MOST))
    return _editors(work)


def _editors(work: Work) -> Pieces:
    names = people.nlm(work.editors, most=_MOST)
    return plain(f"{names}, editor{'s' if len(work.editors) > 1 else ''}") if names else ()


def _online(work: Work) -> bool:
    """Whether a work is cited as read on the web: an address, and no identifier that leads to it."""
    return bool(link(work.url)) and not any(i.kind in ("doi", "pmid", "pmcid") for i in work.ids)


def _cited(work: Work) -> str:
    seen = show_date(work.accessed)
    return f" [cited {seen}]" if seen and _online(work) else ""


def _title(work: Work, label: str = "") -> Pieces:
    return with_label(with_label(full_title(work), label), retraction_label(work))


def _medium(work: Work) -> str:
    return "Internet" if _online(work) else ""


def _tail(work: Work) -> tuple[Pieces, ...]:
    """Return identifiers and address; a line ends in an address without a full stop (see `_closed`)."""
    doi, others = pubmed.identifiers(work, "PubMed PMID: ", "PubMed Central PMCID: ")
    note = retraction_note(work)
    kind = pubtype_of(work)
    if _online(work):
        return doi, others, kind, note, (Piece("Available from: "), *link(work.url))
    words = plain(work.extra.get("available_at", "")) if not (doi or others) else ()
    return doi, others, kind, note, (Piece("Available from: "), *words) if words else ()


def _closed(*parts: Pieces) -> Pieces:
    """Join sentences; behind an address that ends the line stands a full stop only after a slash.

    Citing Medicine, chapter 22 ("Availability"): no punctuation is put behind other addresses.
    """
    line = sentences(*parts)
    last = parts[-1] if parts else ()
    if (
        last
        and last[-1].kind == "link"
        and last[-1].text.startswith("http")
        and not last[-1].text.endswith("/")
    ):
        return line[:-1]
    return line


def _article(work: Work) -> Pieces:
    journal = short_container(work)
    if journal and _online(work):
        journal = (*journal, Piece(" [Internet]"))
    status, date = status_of(work), show_date(work.issued)
    if status.lower() in ("in press", "forthcoming", "to appear"):
        # "Forthcoming" has taken the place of "in press" (ICMJE samples, 41)
        where = plain(f"Forthcoming {work.year or ''}")
        return _closed(_authors(work), _title(work), journal, where, *_tail(work))
    where = plain(pubmed.locator(date + _cited(work), work))
    return _closed(
        _authors(work), _title(work), journal, where, plain(status), pubmed.epub(work), *_tail(work)
    )


def _preprint(work: Work) -> Pieces:
    """Return "bioRxiv [Preprint]. 2020 May 22 [cited …]. Available from: https://doi.org/…"."""
    seen = show_date(work.accessed)
    when = show_date(work.issued) + (f" [cited {seen}]" if seen else "")
    arxiv = next((clean(i.value) for i in work.ids if i.kind == "arxiv"), "")
    place: Pieces = ()
    if work.doi:
        doi = clean(work.printed_doi)
        place = (Piece(f"https://doi.org/{doi}", "link", doi_address(doi)),)
    elif arxiv:
        place = link(f"https://arxiv.org/abs/{arxiv}")
    place = place or link(work.url)
    found = (Piece("Available from: "), *place) if place else ()
    return _closed(
        _authors(work), _title(work), plain(pubmed.server(work)), plain(when), plain(status_of(work)), found
    )


def _book(work: Work) -> Pieces:
    _, _, edition, volume, edited = pubmed.book_parts(work)
    date = show_date(work.issued) + _cited(work)
    return _closed(
        _authors(work), _title(work, _medium(work)), edition, volume, edited,
        plain(pubmed.imprint(work, date=date)), plain(status_of(work)), *_tail(work),
    )  # fmt: skip


def _part(work: Work) -> Pieces:
    date = show_date(work.issued) + _cited(work)
    return _closed(_authors(work), _title(work), *pubmed.inside(work, date), *_tail(work))


def _thesis(work: Work) -> Pieces:
    return _published(work, genre_of(work) or "dissertation")


def _dataset(work: Work) -> Pieces:
    return _published(work, work.type)


def _report(work: Work) -> Pieces:
    return _published(work, "", plain(pubmed.report_number(work)))


def _published(work: Work, label: str, number: Pieces = ()) -> Pieces:
    """Return what a school, an agency or a repository publishes: title, labels, imprint, number."""
    title = with_label(_title(work, label), _medium(work))
    date = show_date(work.issued) + _cited(work)
    house = pubmed.imprint(work, work.publisher or work.container, date)
    return _closed(_authors(work), title, plain(house), number, *_tail(work))


def _web(work: Work) -> Pieces:
    """Return "Author. Title [Internet]. Place: Site; 2014 [cited 2024 Mar 4]. Available from: …"."""
    site = visible(short_container(work))
    house = clean(work.publisher) if work.publisher and not same_body(work.publisher, site) else ""
    seen = show_date(work.accessed)
    date = show_date(work.issued) + (f" [cited {seen}]" if seen else "")
    published = pubmed.imprint(work, ", ".join(filter(None, (site, house))), date.strip())
    return _closed(_authors(work), _title(work, "Internet"), plain(published), *_tail(work))


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
