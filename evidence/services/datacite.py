"""DataCite: the record of a DOI that it registers (data sets, preprints of arXiv, theses, software).

Shapes: DataCite REST API (`/dois/{doi}`, JSON:API) and DataCite Metadata Schema 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from evidence import ids
from evidence.errors import ServiceError
from evidence.model import Answer, Date, Id, Name, Record, Work
from evidence.services.answers import dated, refusal, unknown
from evidence.services.reading import clean, mapping, mappings
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: `resourceTypeGeneral` (DataCite Metadata Schema 4.5, appendix 1) in words of CSL 1.0.2.
TYPES = {
    "journalarticle": "article-journal", "preprint": "article", "conferencepaper": "paper-conference",
    "conferenceproceeding": "book", "book": "book", "bookchapter": "chapter", "dissertation": "thesis",
    "report": "report", "dataset": "dataset", "software": "software", "computationalnotebook": "software",
    "standard": "standard", "peerreview": "review", "datapaper": "article-journal",
}  # fmt: skip

#: Where `resourceTypeGeneral` says only "Text" or "Other", the free word beside it may say more.
_WORDS = (
    ("thesis", "thesis"), ("dissertation", "thesis"), ("preprint", "article"), ("report", "report"),
    ("article", "article-journal"), ("chapter", "chapter"), ("book", "book"),
)  # fmt: skip

#: Longest abstract, in characters.
LONGEST = 20_000


def fetch(web: Web, dois: Sequence[str]) -> dict[str, Answer]:
    """Return DataCite's record of each DOI (normal form); one request each. Raises nothing."""
    return {doi: _fetch_one(web, doi) for doi in dict.fromkeys(dois)}


def _fetch_one(web: Web, doi: str) -> Answer:
    if why := refusal(doi):
        day = web.settings.today
        return Answer("absent", "datacite", reason=why, since=day, asked=day)
    try:
        response = _ask(web, doi)
        attributes = _attributes(response, doi)
    except ServiceError as error:
        return unknown("datacite", error)
    day, late = response.day, dated(response.day, response.stale)
    if attributes is None:
        return Answer("absent", "datacite", since=day, asked=day, reason=late)
    record = replace(parse(attributes), since=day)
    return Answer("found", "datacite", (record,), since=day, asked=day, reason=late)


def attributes_of(web: Web, doi: str) -> Mapping[str, Any] | None:
    """Return the attributes of a DOI, None where DataCite has none; raises `ServiceError`."""
    return None if refusal(doi) else _attributes(_ask(web, doi), doi)


def _ask(web: Web, doi: str) -> Response:
    return web.get("datacite", f"/dois/{quote(doi, safe='')}", check=lambda r: _check(r, doi))


def _check(response: Response, doi: str) -> None:
    _attributes(response, doi)


def _attributes(response: Response, doi: str) -> Mapping[str, Any] | None:
    """Return the attributes in an answer; None for the 404 that DataCite gives. Raises `ServiceError`."""
    body = read_json(response, "datacite")
    if response.status != 200:
        if isinstance(body, dict) and isinstance(body.get("errors"), list):
            return None
        raise ServiceError("not-understood", f"DataCite answered {response.status} in another shape")
    data = mapping(mapping(body).get("data"))
    attributes = mapping(data.get("attributes"))
    got = (clean(attributes.get("doi")) or clean(data.get("id"))).lower()
    if not got:
        raise ServiceError("not-understood", "the answer of DataCite was not a work")
    if got != doi.lower():
        raise ServiceError(
            "mismatch", f"the answer of DataCite did not match: asked {doi[:80]}, got {got[:80]}"
        )
    return attributes


def parse(attributes: Mapping[str, Any]) -> Record:
    """Turn the attributes of a DOI into a `Record`; raises nothing. Pure."""
    doi = clean(attributes.get("doi")).lower()
    container = mapping(attributes.get("container"))
    first, last = clean(container.get("firstPage")), clean(container.get("lastPage"))
    dates = list(_dates(attributes))
    work = Work(
        type=_type(mapping(attributes.get("types"))),
        title=title_of(attributes),
        subtitle=_title(attributes, "subtitle"),
        authors=tuple(_names(mappings(attributes.get("creators")))),
        editors=tuple(_names(_editors(attributes))),
        issued=_issued(attributes, dates),
        dates=_versions(attributes, dates),
        container=clean(container.get("title")),
        volume=clean(container.get("volume")),
        issue=clean(container.get("issue")),
        pages="-".join(filter(None, (first, last if last != first else ""))),
        publisher=_publisher(attributes.get("publisher")),
        ids=tuple(dict.fromkeys(_ids(attributes, doi))),
        extra={key: text for key, text in _extra(attributes).items() if text},
    )
    url = f"https://doi.org/{quote(doi, safe='/:;()')}" if doi else ""
    return Record("datacite", work, url=url)


def title_of(attributes: Mapping[str, Any]) -> str:
    """Return the title of a work: the first that is not an alternative, translated or a subtitle."""
    return _title(attributes, "") or next(
        (text for entry in mappings(attributes.get("titles")) if (text := clean(entry.get("title")))), ""
    )


def abstract_of(attributes: Mapping[str, Any]) -> str:
    """Return the abstract among the descriptions of a work, or ""."""
    for entry in mappings(attributes.get("descriptions")):
        if clean(entry.get("descriptionType")).lower() == "abstract":
            return clean(entry.get("description"), LONGEST)
    return ""


def _title(attributes: Mapping[str, Any], kind: str) -> str:
    for entry in mappings(attributes.get("titles")):
        if clean(entry.get("titleType")).lower() == kind and (text := clean(entry.get("title"))):
            return text
    return ""


def _type(types: Mapping[str, Any]) -> str:
    general = re.sub(r"[^a-z]", "", clean(types.get("resourceTypeGeneral")).lower())
    if general in TYPES:
        return TYPES[general]
    free = clean(types.get("resourceType")).lower()
    known = next((kind for word, kind in _WORDS if word in free), "")
    if known or general not in ("text", "other", ""):
        return known or "document"
    citeproc = clean(types.get("citeproc"))
    return citeproc if citeproc in ("article-journal", "thesis", "book", "chapter", "dataset") else "document"


def _names(people: Iterable[Mapping[str, Any]]) -> Iterator[Name]:
    for entry in people:
        family, given = clean(entry.get("familyName")), clean(entry.get("givenName"))
        literal = clean(entry.get("name"))
        is_person = clean(entry.get("nameType")) != "Organizational"
        if family and is_person:
            yield Name(family=family, given=given)
        elif literal.strip(" ,"):
            from evidence import names

            # "Family, Given" is how the schema writes a person whose parts are not told apart
            split = "," in literal and is_person
            yield names.read_one(literal) if split else Name(literal=literal)


def _editors(attributes: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (c for c in mappings(attributes.get("contributors")) if c.get("contributorType") == "Editor")


def _dates(attributes: Mapping[str, Any]) -> Iterator[Date]:
    """Yield the dates on which a work came out, the likeliest first."""
    by_kind: dict[str, Date] = {}
    for entry in mappings(attributes.get("dates")):
        found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", clean(entry.get("date")))
        if found:
            year, month, day = (int(part) if part else None for part in found.groups())
            by_kind.setdefault(clean(entry.get("dateType")), Date(year, month, day))
    yield from (by_kind[kind] for kind in ("Issued", "Available", "Submitted", "Created") if kind in by_kind)


def _versions(attributes: Mapping[str, Any], dates: Sequence[Date]) -> dict[str, Date]:
    """Return the first date, and that of the last version: a preprint is cited by either."""
    updated = [
        Date(int(found[1]))
        for entry in mappings(attributes.get("dates"))
        if clean(entry.get("dateType")) in ("Updated", "Submitted")
        and (found := re.match(r"([12]\d{3})", clean(entry.get("date"))))
    ]
    known = {"online": dates[0]} if dates else {}
    last = max(updated, key=lambda date: date.year or 0, default=None)
    return {**known, "updated": last} if last else known


def _issued(attributes: Mapping[str, Any], dates: Sequence[Date]) -> Date | None:
    """Return the year of publication, with month and day where a date of that year gives them."""
    year = attributes.get("publicationYear")
    text = str(year) if isinstance(year, int | str) and not isinstance(year, bool) else ""
    if not re.fullmatch(r"[12]\d{3}", text):
        return dates[0] if dates else None
    return next((date for date in dates if date.year == int(text)), Date(int(text)))


def _publisher(value: object) -> str:
    """Return the publisher: a text, or (with `publisher=true`) an object with a name."""
    return clean(value) or clean(mapping(value).get("name"))


def _ids(attributes: Mapping[str, Any], doi: str) -> Iterator[Id]:
    if doi:
        yield Id("doi", doi)
    pairs = [
        (clean(entry.get(f"{kind}Type")), clean(entry.get(kind)))
        for key, kind in (("identifiers", "identifier"), ("alternateIdentifiers", "alternateIdentifier"))
        for entry in mappings(attributes.get(key))
    ]
    for kind, value in pairs:
        if kind.lower() in ("arxiv", "pmid", "isbn") and (normal := ids.normalise(kind.lower(), value)):
            yield Id(kind.lower(), normal)
    if doi.startswith("10.48550/arxiv.") and (normal := ids.normalise("arxiv", doi[15:])):
        yield Id("arxiv", normal)


#: Relations (DataCite Metadata Schema 4.5, appendix 1) in the words that Crossref has for them. arXiv
#: says "IsVersionOf" of the published article.
_RELATIONS = {
    "IsPreviousVersionOf": "has-version", "IsIdenticalTo": "is-identical-to",
    "IsObsoletedBy": "is-replaced-by",
}  # fmt: skip


def _extra(attributes: Mapping[str, Any]) -> dict[str, str]:
    preprint = _type(mapping(attributes.get("types"))) == "article"
    related = []
    for entry in mappings(attributes.get("relatedIdentifiers")):
        other = ids.normalise("doi", clean(entry.get("relatedIdentifier")))
        kind = clean(entry.get("relationType"))
        told = "is-preprint-of" if preprint and kind == "IsVersionOf" else _RELATIONS.get(kind, "")
        if other and told and clean(entry.get("relatedIdentifierType")).upper() == "DOI":
            related.append(f"{told} {other}")
    others = [
        clean(entry.get("title"))
        for entry in mappings(attributes.get("titles"))
        if clean(entry.get("titleType")).lower() in ("translatedtitle", "alternativetitle")
    ]
    return {
        "relations": "; ".join(dict.fromkeys(related[:20])),
        "original_title": next(filter(None, others), ""),
    }
