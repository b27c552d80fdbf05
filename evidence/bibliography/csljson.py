"""CSL-JSON, the form of Zotero, Mendeley, pandoc and citeproc, with the place of every value.

Variables as in the CSL 1.0.2 specification, appendix IV, and its schema `csl-data.json`. Read are an
array of items, one item, one item a line, `{"items": […]}` and items by their id. What CSL has no
variable for stands in its `custom` object under the name of our field.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from evidence import ids
from evidence.bibliography.items import GENRED, IDENTIFIERS, Item, Taken, Value, Values, read_date, work_from
from evidence.bibliography.jsonitems import is_item, objects, places_in
from evidence.bibliography.kinds import CSL_TYPES
from evidence.model import Date, Id, Limits, Name, Problem, Span, Work

#: CSL variables and our names.
_NAMES = {
    "title": "title", "container-title": "container", "container-title-short": "short_container",
    "journalAbbreviation": "short_container", "collection-title": "series", "volume": "volume",
    "issue": "issue", "page": "pages", "publisher": "publisher", "publisher-place": "place",
    "edition": "edition", "DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "ISBN": "isbn", "ISSN": "issn",
    "URL": "url", "abstract": "abstract", "note": "note", "genre": "pubtype", "title-short": "short_title",
    "shortTitle": "short_title", "original-title": "original_title", "number": "article_number",
    "keyword": "keywords", "language": "language", "status": "status",
}  # fmt: skip
#: Read elsewhere than in `_NAMES`, or of no account for a reference.
_OTHERS = frozenset(
    {"id", "type", "author", "editor", "issued", "accessed", "custom", "citation-key", "citation-label",
     "archive", "archive_location", "source", "categories", "schema"}
)  # fmt: skip
_SPANS = {"author": "author", "editor": "editor", "issued": "year", "accessed": "accessed"}
_SEASONS = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}
#: CSL's own markup in strings (specification, "Formatting in text": i, b, sc, sup, sub, nocase).
_MARKUP = re.compile(r"</?(?:i|b|sc|sup|sub|span(?:\s[^<>]{0,100})?)>")
_NOTED = re.compile(r"^(doi|pmid|pmcid|arxiv|isbn|issn)\s{0,2}:\s{0,2}(\S+)$", re.IGNORECASE | re.MULTILINE)


def read(text: str, limits: Limits) -> Taken:
    """Return the references of a CSL-JSON file. Never raises; what is broken is told with its place."""
    problems: list[Problem] = []
    passed_over: Counter[str] = Counter()
    items = []
    for key, value, start, end in objects(text, problems):
        span = Span(start, end)
        if end - start > limits.entry:
            what = f"the item is longer than {limits.entry:,} characters (limits.entry): it is not read"
            problems.append(Problem("not-fully-read", span, what))
        elif not is_item(value):
            what = "this is no CSL item: it has neither a type nor a title"
            problems.append(Problem("broken-entry", Span(start, start + 1), what))
        else:
            items.append(_item(key, value, span, places_in(text, start, end), limits, problems))
            passed_over.update(name for name in value if name not in _NAMES and name not in _OTHERS)
    return Taken(items, problems, dict(passed_over))


def _item(
    key: str,
    item: Mapping[str, Any],
    span: Span,
    places: Mapping[str, Span],
    limits: Limits,
    problems: list[Problem],
) -> Item:
    spans: dict[str, Span] = {}

    def value_of(name: str) -> Value:
        place = places.get(name, span)
        text = _text(item[name])
        if len(text) > limits.value:
            what = f"{name} is longer than {limits.value:,} characters (limits.value); the rest is not read"
            problems.append(Problem("not-fully-read", place, what))
            text = text[: limits.value]
        inside = isinstance(item[name], str) and place.end - place.start - 2 == len(item[name])
        return Value(text, place.start + inside, place.end - inside)

    values: dict[str, list[Value]] = {}
    for name, ours in _NAMES.items():
        if name in item and (value := value_of(name)).text:
            values.setdefault(ours, []).append(value)
            spans.setdefault(ours, Span(value.start, value.end))
    work = work_of(item, values)
    for name, ours in _SPANS.items():
        if name in places and item[name]:
            spans[ours] = places[name]
    return Item(key or _key(item), work, span, spans)


def _text(value: object) -> str:
    """Return a value as plain text; numbers are often written without quotation marks."""
    if isinstance(value, str):
        return _MARKUP.sub("", value)
    if isinstance(value, list):
        return "; ".join(_text(part) for part in value)
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _key(item: Mapping[str, Any]) -> str:
    """Return the key that people cite; an address as id is a reference manager's own and no key."""
    for name in ("citation-key", "id", "citation-label"):
        key = _text(item.get(name)).strip()
        if key and "://" not in key and not any(character.isspace() for character in key):
            return key
    return ""


def work_of(item: Mapping[str, Any], values: Values | None = None) -> Work:
    """Return the work that a CSL item (parsed JSON of any shape) describes."""
    if values is None:
        values = {ours: [Value(_text(item[name]))] for name, ours in _NAMES.items() if name in item}
    found = {name: list(those) for name, those in values.items()}
    for kind, number in _NOTED.findall("\n".join(value.text for value in found.get("note", ()))):
        found.setdefault(kind.lower(), []).append(Value(number))
    if "arxiv" in _text(item.get("archive")).lower():
        found["arxiv"] = [Value(_text(item.get("archive_location")))]
    if (number := next(iter(found.get("article_number", ())), None)) and number.text.lower().startswith(
        "arxiv:"
    ):
        found["arxiv"], found["article_number"] = [number], []
    kind = _text(item.get("type"))
    if kind in GENRED and "pubtype" in found:
        found["genre"] = found.pop("pubtype")
    custom = item.get("custom")
    return _with_custom(
        replace(
            work_from(kind if kind in CSL_TYPES else _NEAR.get(kind, "document"), found),
            **_people(item),
            issued=_date(item.get("issued")),
            accessed=_date(item.get("accessed")),
        ),
        custom if isinstance(custom, dict) else {},
    )


#: Types that older tools and Crossref write (its REST API, /types) and what CSL calls them.
_NEAR = {
    "journal-article": "article-journal", "article_journal": "article-journal", "book-chapter": "chapter",
    "proceedings-article": "paper-conference", "posted-content": "article", "preprint": "article",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "dissertation": "thesis",
    "report-series": "report", "web-page": "webpage", "computer-program": "software",
}  # fmt: skip


def _people(item: Mapping[str, Any]) -> dict[str, Any]:
    authors = _names(item.get("author"))
    more = bool(authors) and authors[-1].literal.lower().rstrip(".") in ("et al", "others")
    return {
        "authors": authors[:-1] if more else authors,
        "more_authors": more,
        "editors": _names(item.get("editor")),
    }


def _names(people: object) -> tuple[Name, ...]:
    found = []
    for person in people if isinstance(people, list) else ():
        if isinstance(person, str):
            person = {"literal": person}
        if not isinstance(person, dict):
            continue
        part = {name: " ".join(_text(value).split()) for name, value in person.items()}
        particle = " ".join(
            p for p in (part.get("dropping-particle", ""), part.get("non-dropping-particle", "")) if p
        )
        literal = part.get("literal") or part.get("name", "")
        name = Name(part.get("family", ""), part.get("given", ""), particle, part.get("suffix", ""))
        if literal and not name.family:
            name = Name(literal=literal)
        if name != Name():
            found.append(name)
    return tuple(found)


def _date(value: object) -> Date | None:
    """Read a CSL date: `date-parts` (of a range the first), `raw`, `literal`, `season`, or a string."""
    if isinstance(value, str):
        return read_date(value)
    if not isinstance(value, dict):
        return None
    season = _text(value.get("season"))
    season = _SEASONS.get(season, season)
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = (
        [int(text) if (text := _text(n)).isdecimal() else None for n in first]
        if isinstance(first, list)
        else []
    )
    if numbers and numbers[0]:
        year, month, day = (*numbers, None, None)[:3]
        month = month if month and 1 <= month <= 12 else None
        return Date(year, month, day if day and month and 1 <= day <= 31 else None, season)
    for name in ("raw", "literal"):
        if date := read_date(_text(value.get(name))):
            return replace(date, season=season or date.season)
    return Date(season=season) if season else None


def _with_custom(work: Work, custom: Mapping[str, Any]) -> Work:
    """Add what stands in `custom` under our names."""
    said = {name: _text(value) for name, value in custom.items() if isinstance(value, (str, int))}
    found = {i.kind for i in work.ids}
    more = tuple(
        identifier for kind in IDENTIFIERS
        if kind in said and kind not in found and (identifier := _identifier(kind, said[kind]))
    )  # fmt: skip
    extra = {**work.extra, **({"available_at": said["available_at"]} if "available_at" in said else {})}
    online, printed = _date(custom.get("online")), _date(custom.get("print"))
    dates = {name: date for name, date in (("print", printed), ("online", online)) if date}
    subtitle = said.get("subtitle", "")
    return replace(
        work,
        title=work.title.removesuffix(f": {subtitle}") if subtitle else work.title,
        subtitle=subtitle,
        more_authors=work.more_authors or custom.get("more_authors") is True,
        ids=(*work.ids, *more),
        extra=extra,
        dates=dates or work.dates,
    )


def _identifier(kind: str, value: str) -> Id | None:
    normal = ids.normalise(kind, value)
    return Id(kind, normal) if normal else None


def write(entries: Iterable[tuple[str, Work]]) -> str:
    """Return entries (key, work) as CSL-JSON, indented, ended by LF."""
    return json.dumps([item_of(key, work) for key, work in entries], ensure_ascii=False, indent=2) + "\n"


def item_of(key: str, work: Work) -> dict[str, Any]:
    """Return a work as a CSL item; what is empty is left out."""
    ids_ = {i.kind: i.value for i in reversed(work.ids)}
    issued = work.issued
    item = {
        "id": key,
        "type": work.type,
        "title": ": ".join(part for part in (work.title, work.subtitle) if part),
        "author": [_person(name) for name in work.authors],
        "editor": [_person(name) for name in work.editors],
        "container-title": work.container,
        "container-title-short": work.short_container,
        "collection-title": work.extra.get("series", ""),
        "issued": _written_date(issued) if issued else None,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "number": work.extra.get("article_number", ""),
        "publisher": work.publisher,
        "publisher-place": work.place,
        "edition": work.edition,
        "DOI": work.printed_doi,
        "PMID": ids_.get("pmid"),
        "PMCID": ids_.get("pmcid"),
        "ISBN": ids_.get("isbn"),
        "ISSN": ids_.get("issn"),
        "archive": "arXiv" if "arxiv" in ids_ else "",
        "archive_location": ids_.get("arxiv"),
        "URL": work.url,
        "accessed": _written_date(work.accessed) if work.accessed else None,
        "genre": work.extra.get("genre", "") or work.extra.get("pubtype", ""),
        "status": work.extra.get("status", ""),
        "title-short": work.extra.get("short_title", ""),
        "original-title": work.extra.get("original_title", ""),
        "abstract": work.extra.get("abstract", ""),
        "keyword": work.extra.get("keywords", ""),
        "language": work.extra.get("language", ""),
        "note": work.extra.get("note", ""),
        "custom": _custom(work, ids_),
    }
    return {name: value for name, value in item.items() if value}


def _custom(work: Work, ids_: Mapping[str, str]) -> dict[str, Any]:
    custom: dict[str, Any] = {
        "subtitle": work.subtitle,
        "more_authors": work.more_authors,
        "nct": ids_.get("nct"),
        **{name: _written_date(date) for name, date in work.dates.items()},
    }
    custom = {name: value for name, value in custom.items() if value}
    if "available_at" in work.extra:
        custom["available_at"] = work.extra["available_at"]
    return custom


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family, "given": name.given, "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }  # fmt: skip
    return {part: text for part, text in parts.items() if text}


def _written_date(date: Date) -> dict[str, Any]:
    parts = [part for part in (date.year, date.month, date.day if date.month else None) if part is not None]
    written: dict[str, Any] = {"date-parts": [parts]} if date.year is not None else {}
    if date.season:
        written["season"] = date.season
    return written
