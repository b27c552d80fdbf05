"""A Crossref message becomes a `Record`: pure, and forgiving of every field on its own.

A field of a wrong type is left out; nothing raises. What real records hold (measured on 7,927 of
them): titles with markup and entities, dates of `[[null]]`, authors without a family name, article
numbers instead of pages, notices deposited in both directions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from evidence.model import Date, Id, Name, Notice, Record, Work
from evidence.services.reading import clean, mapping, mappings, texts, whole

#: Crossref's types in words of CSL 1.0.2 (Crossref REST API /types; citation.crosscite.org mapping).
TYPES = {
    "journal-article": "article-journal", "posted-content": "article",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter", "book-track": "chapter",
    "reference-entry": "entry", "book": "book", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "book-series": "book", "book-set": "book", "proceedings": "book",
    "proceedings-series": "book",
    "dissertation": "thesis", "report": "report", "report-component": "report", "report-series": "report",
    "standard": "standard", "standard-series": "standard", "dataset": "dataset", "database": "dataset",
    "peer-review": "review", "journal": "periodical", "journal-issue": "periodical",
    "journal-volume": "periodical",
}  # fmt: skip

#: Types of an update in the words of our notices. A partial retraction leaves the paper standing, so
#: it is a concern: to call the paper retracted would be wrong.
NOTICES = {
    "retraction": "retraction", "partial_retraction": "concern", "expression_of_concern": "concern",
    "correction": "correction", "erratum": "correction", "corrigendum": "correction",
    "addendum": "correction", "clarification": "correction", "withdrawal": "withdrawal",
    "removal": "withdrawal", "reinstatement": "reinstatement", "new_version": "new-version",
    "new_edition": "new-version",
}  # fmt: skip

#: Longest abstract that is read, in characters.
LONGEST_ABSTRACT = 50_000

#: Who says so: the deposits of the publisher, or the Retraction Watch data within Crossref.
_SAYS = {"publisher": "crossref", "retraction-watch": "retraction-watch"}


@cache
def _notice() -> re.Pattern[str]:
    """How the title of a notice begins."""
    words = r"(?:notice of )?(?:retraction|withdrawal|expression of concern)\b(?!.{0,40}\bstudy)"
    return re.compile(words, re.IGNORECASE)


def parse(message: Mapping[str, Any]) -> Record:
    """Turn the message of `/works/{doi}`, or one item of a list, into a `Record`.

    Raises nothing; a message without a DOI gives a record whose work has none.
    """
    doi = clean(message.get("DOI")).lower()
    dates = {
        name: date
        for name, key in (("print", "published-print"), ("online", "published-online"))
        if (date := _date(message.get(key)))
    }
    articles = clean(message.get("article-number"))
    pages = _pages(message)
    work = Work(
        type=TYPES.get(clean(message.get("type")), "document"),
        title=_first(message, "title"),
        subtitle=_first(message, "subtitle"),
        authors=_names(message.get("author")),
        editors=_names(message.get("editor")),
        issued=_issued(message),
        dates=dates,
        container=_first(message, "container-title") or _server(message),
        short_container=_first(message, "short-container-title"),
        volume=clean(message.get("volume")),
        issue=clean(message.get("issue")) or clean(mapping(message.get("journal-issue")).get("issue")),
        pages=pages or articles,
        publisher=clean(message.get("publisher")),
        place=clean(message.get("publisher-location")),
        edition=clean(message.get("edition-number")),
        ids=_ids(message, doi),
        extra=_extra(message, doi, articles),
    )
    url = f"https://doi.org/{quote(doi, safe='/:;()')}" if doi else ""
    return Record("crossref", work, _notices(message, doi), url=url)


def _server(message: Mapping[str, Any]) -> str:
    """Return where a preprint stands: the institution that posted it ("bioRxiv"), "" for other works."""
    if message.get("type") != "posted-content":
        return ""
    return next((clean(i.get("name")) for i in mappings(message.get("institution"))), "")


def sections_of(abstract: object) -> tuple[tuple[str, str], ...]:
    """Return an abstract (JATS, or bare paragraphs) as (label, text); () where there is none."""
    if not isinstance(abstract, str):
        return ()
    plain = re.sub(r"<(/?)jats:", r"<\1", abstract[:LONGEST_ABSTRACT])
    sections: list[tuple[str, str]] = []
    label = ""
    for piece in re.split(r"(<title[^<>]{0,200}>[^<>]{0,300}</title>)", plain):
        text = clean(piece, LONGEST_ABSTRACT)
        if piece.startswith("<title"):
            # "Abstract" is the name of the whole, not of a section
            label = "" if text.lower() in ("abstract", "summary") else text
        elif text:
            sections.append((label, text))
            label = ""
    return tuple(sections)


def relations(message: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the works that a message says it is related to: (kind of relation, DOI in lower case)."""
    for kind, entries in mapping(message.get("relation")).items():
        for entry in mappings(entries):
            if entry.get("id-type") == "doi" and (other := clean(entry.get("id")).lower()):
                yield str(kind), other


def _first(message: Mapping[str, Any], key: str) -> str:
    return next(iter(texts(message.get(key))), "")


def _pages(message: Mapping[str, Any]) -> str:
    pages = clean(message.get("page"))
    return "" if pages.lower() in ("n/a", "n/a-n/a", "na", "na-na", "-", "--", "no-no", "null") else pages


def _names(value: object) -> tuple[Name, ...]:
    found = []
    for entry in mappings(value):
        family, given = clean(entry.get("family")), clean(entry.get("given"))
        literal = clean(entry.get("name"))
        if family:
            found.append(Name(family=family, given=given, suffix=clean(entry.get("suffix"))))
        elif literal or given:
            # 19 of 7,927 records have an author with a given name only: the name as a whole
            found.append(Name(literal=literal or given))
    return tuple(found)


def _date(value: object) -> Date | None:
    """Read Crossref's partial date; None for `[[null]]`, a year that is none, or another shape."""
    parts = mapping(value).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [whole(part) for part in first[:3]] if isinstance(first, list) else []
    numbers += [None] * (3 - len(numbers))
    year, month, day = numbers
    if year is None or not 1400 <= year <= 2200:
        return None
    month = month if month and 1 <= month <= 12 else None
    return Date(year, month, day if month and day and 1 <= day <= 31 else None)


def _issued(message: Mapping[str, Any]) -> Date | None:
    """Return the date that a reference prints: that of the issue, where there is one in print.

    Crossref's own `issued` is the earliest date, often that of going online, months before.
    """
    keys = ("published-print", "issued", "published", "published-online", "posted")
    return next((date for key in keys if (date := _date(message.get(key)))), None)


def _ids(message: Mapping[str, Any], doi: str) -> tuple[Id, ...]:
    found = [Id("doi", doi)] if doi else []
    # an ISBN may stand as an address: http://id.crossref.org/isbn/978…
    books = (re.sub(r"[^0-9Xx]", "", text.rsplit("/", 1)[-1]).upper() for text in texts(message.get("ISBN")))
    found += [Id("isbn", text) for text in books if len(text) in (10, 13)]
    series = (text.upper() for text in texts(message.get("ISSN")))
    found += [Id("issn", text) for text in series if re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", text)]
    return tuple(dict.fromkeys(found))


def _extra(message: Mapping[str, Any], doi: str, articles: str) -> dict[str, str]:
    titles = texts(message.get("title"))
    other = _first(message, "original-title") or next(iter(titles[1:2]), "")
    updated = {f"{kind} {other}" for kind, other, _ in updates(message, doi)}
    containers = texts(message.get("container-title"))
    related = (f"{kind} {other}" for kind, other in relations(message) if kind != "cites")
    extra = {
        "original_title": other if other != next(iter(titles), "") else "",
        "short_title": _first(message, "short-title"),
        "article_number": articles,
        "other_containers": "; ".join(containers[1:5]),
        "updates": "; ".join(sorted(updated)[:50]),
        "relations": "; ".join(sorted(set(related))[:20]),
    }
    return {key: value for key, value in extra.items() if value}


def _entries(message: Mapping[str, Any], key: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield kind, other DOI and entry of `updated-by` or `update-to`."""
    for entry in mappings(message.get(key)):
        kind = NOTICES.get(clean(entry.get("type")).lower().replace("-", "_").replace(" ", "_"))
        if kind:
            yield kind, clean(entry.get("DOI")).lower(), entry


def _backwards(message: Mapping[str, Any], key: str) -> set[str]:
    """Return the DOIs that `key` names and that belong to the other direction.

    Some publishers deposit each update both ways, so a notice seems retracted by its paper. Where
    both lists name a work, Retraction Watch's entry tells the direction, else the title does.
    """
    sides = {name: list(mappings(message.get(name))) for name in ("updated-by", "update-to")}
    named = {name: {clean(e.get("DOI")).lower() for e in entries} for name, entries in sides.items()}
    notice = bool(_notice().match(_first(message, "title")))
    found = set()
    for other in named["updated-by"] & named["update-to"]:
        told = {
            name
            for name, entries in sides.items()
            for entry in entries
            if entry.get("source") == "retraction-watch" and clean(entry.get("DOI")).lower() == other
        }
        true = told.pop() if len(told) == 1 else ("update-to" if notice else "updated-by")
        if true != key:
            found.add(other)
    return found


def updates(message: Mapping[str, Any], doi: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield what the work `doi` is a notice about: kind, DOI and entry of `update-to`."""
    wrong = _backwards(message, "update-to")
    for kind, other, entry in _entries(message, "update-to"):
        if other and other != doi and other not in wrong:
            yield kind, other, entry


def _notices(message: Mapping[str, Any], doi: str) -> tuple[Notice, ...]:
    """Return the notices about this work, each event once, naming all who report it."""
    wrong = _backwards(message, "updated-by") - {doi}
    events: dict[tuple[str, str], tuple[str, set[str]]] = {}
    for kind, other, entry in _entries(message, "updated-by"):
        # a new version or correction under the same DOI says nothing to a reader who cites it; a
        # retraction under the same DOI is what the publisher says of this very work
        if other in wrong or (other == doi and kind in ("new-version", "correction")):
            continue
        before, who = events.get((kind, other), ("", set()))
        dates = [d for d in (before, date_of(entry)) if d]
        events[kind, other] = (min(dates, default=""), who | {said_by(entry)})
    found = (Notice(kind, other, date, tuple(sorted(who))) for (kind, other), (date, who) in events.items())
    return tuple(sorted(found, key=lambda n: (n.date, n.kind, n.id)))


def said_by(entry: Mapping[str, Any]) -> str:
    """Return who reports an update: the publisher, through Crossref, or Retraction Watch within it."""
    source = clean(entry.get("source"))
    return _SAYS.get(source, source or "crossref")


def date_of(entry: Mapping[str, Any]) -> str:
    """Return the ISO date of an update as far as it is known."""
    date = _date(entry.get("updated"))
    if date is None or date.year is None:
        return ""
    parts = [f"{date.year:04}"] + [f"{part:02}" for part in (date.month, date.day) if part]
    return "-".join(parts)
