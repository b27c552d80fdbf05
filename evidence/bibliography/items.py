"""What the forms of other reference managers have in common: named values to a `Work` and back.

A reader of a form says which of our names each of its fields bears (`Value` keeps where it
stands); `work_from` makes the work. A writer takes the same names from `values_of`. What a form
has no place for is what its table of names lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evidence import ids, names
from evidence.bibliography.dating import MONTHS, month_number
from evidence.model import Date, Id, Name, Problem, Span, Work

#: Kinds of identifiers, in the order in which they stand in a work.
IDENTIFIERS = ("doi", "pmid", "pmcid", "isbn", "issn", "arxiv", "nct")
#: Keys of `Work.extra` that are values of their own in every form.
EXTRAS = (
    "abstract", "note", "pubtype", "series", "short_title", "original_title", "article_number", "keywords",
    "language", "genre", "status",
)  # fmt: skip
#: Kinds of works that say what kind of thesis or report they are, where an article has PubMed's type.
GENRED = frozenset({"thesis", "report"})
#: Names of our fields for spans, where they differ from those of the values.
_SPAN_NAMES = {"issued": "year", "short_container": "container"}
_TEXTS = ("title", "container", "short_container", "volume", "issue", "publisher", "place", "edition")
_ET_AL = frozenset({"et al", "et al.", "others", "and others"})
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DATE = re.compile(r"\s*(\d{1,4})?[/-](\d{0,2})(?:[/-](\d{0,2}))?(?:[/-](.*))?\s*", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_PAGES = re.compile(r"([^\s,;–-]{1,20})[–-]([^\s,;–-]{1,20})")


class Value(NamedTuple):
    """A value of a field, and where it stands in the file."""

    text: str
    start: int = 0
    end: int = 0


class Item(NamedTuple):
    """A reference as a form gave it; `key` is empty where the form has none."""

    key: str
    work: Work
    span: Span
    fields: Mapping[str, Span]


class Taken(NamedTuple):
    """What a reader found: references, what was broken, and how often a field was not understood."""

    items: list[Item]
    problems: list[Problem]
    passed_over: dict[str, int]


Values = Mapping[str, Sequence[Value]]


def item_from(kind: str, values: Values, span: Span) -> Item:
    """Return the reference that named values describe: a work of the CSL type `kind`."""
    places: dict[str, Span] = {}
    for name, found in values.items():
        if found and (found[0].text.strip() or name == "available_at"):
            places.setdefault(_SPAN_NAMES.get(name, name), Span(found[0].start, found[0].end))
    return Item(_one(values, "key"), work_from(kind, values), span, places)


def work_from(kind: str, values: Values) -> Work:
    """Return the work that named values describe; persons, dates and identifiers are read here."""
    authors, more = _people(values.get("author", ()))
    editors, _ = _people(values.get("editor", ()))
    extra = {name: text for name in EXTRAS if (text := _joined(values, name))}
    written_doi = _one(values, "doi")
    if written_doi != written_doi.lower() and ids.normalise("doi", written_doi) == written_doi.lower():
        extra["doi"] = written_doi
    online = read_date(_one(values, "online"))
    pages = _one(values, "pages")
    if not pages and "article_number" in extra:
        pages = extra.pop("article_number")
    return Work(
        type=kind,
        **{name: _one(values, name) for name in _TEXTS},
        authors=authors,
        more_authors=more,
        editors=editors,
        issued=read_date(_one(values, "issued")),
        dates={"online": online} if online else {},
        pages=pages,
        ids=tuple(_identifiers(values)),
        url=_one(values, "url"),
        accessed=read_date(_one(values, "accessed")),
        extra=extra,
    )


def values_of(work: Work) -> dict[str, list[str]]:
    """Return the values of a work by our names, as plain text: the other half of `work_from`."""
    title = ": ".join(part for part in (work.title, work.subtitle) if part)
    online = work.dates.get("online")
    values = {
        "author": [*map(write_name, work.authors), *(["et al."] if work.more_authors else [])],
        "editor": list(map(write_name, work.editors)),
        "title": [title],
        "issued": [write_date(work.issued)] if work.issued else [],
        "online": [write_date(online)] if online and online != work.issued else [],
        "accessed": [write_date(work.accessed)] if work.accessed else [],
        "pages": [work.pages],
        "url": [work.url],
        **{name: [getattr(work, name)] for name in _TEXTS if name != "title"},
        **{name: [work.extra.get(name, "")] for name in EXTRAS},
        **{kind: [i.value for i in work.ids if i.kind == kind] for kind in IDENTIFIERS},
    }
    if work.doi:
        values["doi"] = [work.printed_doi]
    return {name: kept for name, found in values.items() if (kept := [_line(text) for text in found if text])}


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _one(values: Values, name: str) -> str:
    return next((text for value in values.get(name, ()) if (text := _line(value.text))), "")


def _joined(values: Values, name: str) -> str:
    texts = [text for value in values.get(name, ()) if (text := _line(value.text))]
    return ("; " if name == "keywords" else " ").join(dict.fromkeys(texts))


def split_keywords(text: str) -> list[str]:
    """Return keywords one by one: parted by semicolons, else by commas."""
    parts = text.split(";") if ";" in text else text.split(",")
    return [part.strip() for part in parts if part.strip()]


def _identifiers(values: Values) -> Iterator[Id]:
    """Yield the identifiers of their own fields, then those that address and notes give besides."""
    found: dict[str, None] = {}
    for kind in IDENTIFIERS:
        for value in values.get(kind, ()):
            text = value.text.strip()
            normal = ids.normalise(kind, text)
            if not normal and kind in ("isbn", "issn"):
                normal = next((i.value for i, _ in ids.find(f"{kind} {text}") if i.kind == kind), "")
            if normal and kind not in found:
                found[kind] = None
                yield Id(kind, normal)
    for name in ("url", "note"):
        for identifier, _ in ids.find(" ".join(value.text for value in values.get(name, ()))):
            if identifier.kind not in found:
                found[identifier.kind] = None
                yield identifier


def _people(values: Sequence[Value]) -> tuple[tuple[Name, ...], bool]:
    found, more = [], False
    for value in values:
        text = _line(value.text)
        if text.lower() in _ET_AL:
            more = True
        elif text and (name := read_name(text)) != Name():
            found.append(name)
    return tuple(found), more


def read_name(text: str) -> Name:
    """Read one name as reference managers write it: "Family, Given, Suffix"; "Organisation,".

    EndNote's convention (its guide, "Corporate authors"): a comma behind the name of a body, and two
    where the name itself holds one.
    """
    text = _line(text)
    if ",," in text or text.endswith(","):
        return Name(literal=text.rstrip(", ").replace(",,", ","))
    if "," not in text:
        return names.read_one(text) if " " in text else Name(family=text)
    family, given, *rest = (part.strip() for part in text.split(","))
    words = family.split()
    at = next((i for i, word in enumerate(words) if not word[:1].islower()), len(words))
    particle = " ".join(words[:at]) if at < len(words) else ""
    family = " ".join(words[at:]) if at < len(words) else family
    suffix = ", ".join(part for part in rest if part)
    return Name(family, given, particle, suffix) if family else Name(literal=given)


def write_name(name: Name) -> str:
    """Return a name as `read_name` reads it."""
    if name.literal:
        return f"{name.literal.replace(',', ',,')}{'' if ',' in name.literal else ','}"
    family = f"{name.particle} {name.family}".strip()
    if name.suffix:
        return f"{family}, {name.given}, {name.suffix}"
    return f"{family}, {name.given}" if name.given else family


def read_date(text: str) -> Date | None:
    """Read a date as any of the forms has it: "2015/01/15/Spring", "2015-01", "2015 Jan 15",
    "15 January 2015", "2015 Winter"; None where there is no year and nothing else.
    """  # noqa: D205
    text = _line(text)
    if not text:
        return None
    if len(text) == 8 and text.isdecimal():
        text = f"{text[:4]}/{text[4:6]}/{text[6:]}"
    if (found := _DATE.fullmatch(text)) and (found[1] is None or len(found[1]) == 4):
        year, month, day = (int(part) if part else None for part in found.groups()[:3])
        month = month if month and 1 <= month <= 12 else None
        date = Date(year, month, day if day and 1 <= day <= 31 and month else None, (found[4] or "").strip())
        return date if date != Date() else None
    year_found = _YEAR.search(text)
    year = int(year_found[1]) if year_found else None
    rest = text[: year_found.start()] + " " + text[year_found.end() :] if year_found else text
    words = _WORD.findall(rest)
    months = [number for word in words if not word.isdecimal() and (number := month_number(word))]
    days = [int(word) for word in words if word.isdecimal() and 1 <= int(word) <= 31]
    if len(months) == 1 and len(words) == 1 + len(days) and len(days) < 2:
        return Date(year, months[0], days[0] if days else None)
    season = rest.strip(" ,.;()")
    month = months[0] if months and len(words) > 1 else None
    date = Date(year, month, None, season if re.search(r"[^\W\d_]", season) else "")
    return date if date != Date() else None


def write_date(date: Date) -> str:
    """Return a date as "YYYY/MM/DD/other", as RIS has it (Thomson Research, "RIS Format", DA)."""
    year = f"{date.year:04d}" if date.year is not None else ""
    month = f"{date.month:02d}" if date.month else ""
    day = f"{date.day:02d}" if date.day else ""
    return f"{year}/{month}/{day}/{date.season}"


def written_out(date: Date) -> str:
    """Return a date as PubMed prints it: "2015 Jan 15", "2015 Winter"."""
    month = MONTHS[date.month - 1].capitalize() if date.month and not date.season else ""
    parts = (str(date.year or ""), date.season or month, str(date.day or "") if month else "")
    return " ".join(part for part in parts if part)


def split_pages(pages: str) -> tuple[str, str]:
    """Return first and last page; all of it first where it is no plain range."""
    found = _PAGES.fullmatch(pages.strip())
    return (found[1], found[2]) if found else (pages, "")
