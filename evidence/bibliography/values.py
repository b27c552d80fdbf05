"""From the fields of one entry to a `Work`, and where each part of it was written.

Text is decoded once; addresses and identifiers never are. Field names of BibTeX, biblatex and the
common reference managers are understood; nothing here knows of spans beyond offsets in a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from evidence import ids
from evidence.bibliography.dating import month_number, read_iso, read_month, read_year
from evidence.bibliography.kinds import work_type
from evidence.bibliography.people import read_names
from evidence.bibliography.tex import decode, plain
from evidence.model import Date, Id, Name, Work

#: Our name of a field, and the field names of .bib files that mean it, the one that wins first.
FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "author": ("author",),
    "editor": ("editor",),
    "title": ("title",),
    "container": ("journal", "journaltitle", "booktitle"),
    "date": ("date",),
    "year": ("year",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid", "articleno", "article-number"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "place": ("address", "location"),
    "edition": ("edition",),
    "doi": ("doi",),
    "pmid": ("pmid",),
    "pmcid": ("pmcid", "pmc"),
    "isbn": ("isbn",),
    "url": ("url",),
    "accessed": ("urldate", "accessed", "lastchecked", "lastaccessed", "urlaccessdate"),
    "available_at": ("available",),
    "note": ("note",),
}
#: What `Work.extra` keeps, and the field it is read from and written to.
EXTRA_NAMES = {
    "pubtype": "pubtype",
    "note": "note",
    "abstract": "abstract",
    "short_title": "shorttitle",
    "original_title": "origtitle",
    "series": "series",
    "keywords": "keywords",
    "language": "language",
    "genre": "type",
    "status": "pubstate",
}
#: Keys of biblatex for kinds of theses and reports (manual, 4.9.2.14), as words.
GENRES = {
    "phdthesis": "PhD thesis", "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
}  # fmt: skip
#: Fields whose text is an address, an identifier or a path: never decoded, written as they are.
VERBATIM = frozenset(
    {
        "doi", "url", "eprint", "eprinttype", "eprintclass", "archiveprefix", "pmid", "pmcid", "pmc", "isbn",
        "issn", "nct", "file", "urldate",
    }
)  # fmt: skip

#: Characters from which on an abstract is long: it holds more than commands.
_LONG = 200
_HINTS = ("10.", "pm", "pubmed", "nct", "arxiv", "isbn")  # one of them stands in whatever holds an identifier
_USUAL_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9./_-]{0,200}[a-z0-9]", re.ASCII)
_OTHER_WORK = re.compile(
    r"\b(?:errat\w*|corrig\w*|correct\w*|retract\w*|comment\w*|reply|preprint|supplement\w*|data|code"
    r"|see also|originally|reprint\w*|translat\w*)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\\(?:url|nolinkurl|path|href)\s*+\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+)\}")
_DASHES = re.compile(r"\s*+-{2,}+\s*+")


class Part(NamedTuple):
    """Where a part of a work stands: a field's name and the range within its text (-1: all of it)."""

    field: str
    start: int = 0
    end: int = -1


class Values(NamedTuple):
    """What an entry's fields say: the work, our field names with their places, links and faults."""

    work: Work
    parts: dict[str, Part]
    links: list[tuple[str, Part]]
    faults: list[tuple[str, str]]


@cache
def whole(field: str) -> Part:
    """Return the part that is all of a field."""
    return Part(field)


def read_values(entry_type: str, fields: Mapping[str, str]) -> Values:
    """Return the work that an entry's fields (lower-case name to text, macros expanded) describe."""
    parts: dict[str, Part] = {}
    faults: list[tuple[str, str]] = []

    kind = work_type(entry_type, fields)
    # the site of a web page stands in `organization` (biblatex, @online): there it is the container
    site = {
        "container": (*FIELD_NAMES["container"], "organization"),
        "publisher": FIELD_NAMES["publisher"][:-1],
    }

    def text(name: str) -> str:
        for key in site.get(name, FIELD_NAMES[name]) if kind == "webpage" else FIELD_NAMES[name]:
            if key in fields and (value := decode(fields[key])):
                parts.setdefault(name, whole(key))
                return value
        return ""

    authors, more = _people("author", fields, parts, faults)
    editors, _ = _people("editor", fields, parts, faults)
    links = _links(fields)
    url = links[0][0] if links else ""
    if url:
        parts["url"] = links[0][1]
    work = Work(
        type=kind,
        title=text("title"),
        subtitle=_decoded(fields, "subtitle"),
        authors=authors,
        more_authors=more,
        editors=editors,
        issued=_issued(fields, parts, faults),
        container=text("container"),
        short_container=_decoded(fields, "shortjournal"),
        volume=text("volume"),
        issue=text("issue"),
        pages=_pages(fields, parts),
        publisher=text("publisher") or _how_published(fields, parts),
        place=text("place"),
        edition=text("edition"),
        ids=_identifiers(fields, parts),
        url=url,
        accessed=_accessed(fields, parts),
        extra=_extra(entry_type, fields, parts),
    )
    return Values(work, parts, links, faults)


def _decoded(fields: Mapping[str, str], name: str) -> str:
    return decode(fields[name]) if name in fields else ""


def _people(
    name: str, fields: Mapping[str, str], parts: dict[str, Part], faults: list[tuple[str, str]]
) -> tuple[tuple[Name, ...], bool]:
    if not fields.get(name, "").strip():
        return (), False
    parts[name] = whole(name)
    people, more, fault = read_names(fields[name])
    if fault:
        faults.append((name, f"{name}: {fault}"))
    return people, more


def _issued(fields: Mapping[str, str], parts: dict[str, Part], faults: list[tuple[str, str]]) -> Date | None:
    """Return the date: biblatex's `date` before `year`, `month` and `day`, as biblatex has it."""
    if written := fields.get("date", "").strip("{} \t\r\n"):
        parts["date"] = whole("date")
        if date := read_iso(written):
            at = fields["date"].find(written)
            parts["year"] = Part("date", at, at + 4)
            return date
    year = day = None
    if "year" in fields and (words := decode(fields["year"])):
        parts["year"] = whole("year")
        year = read_year(words)
    elif written:
        year = read_year(written)
        parts["year"] = whole("date")
    month, day, season, known = read_month(decode(fields["month"]) if "month" in fields else "")
    if not known:
        message = f"month: {season[:40]!r} is no month: write jan to dec, without braces"
        faults.append(("month", message))
    if "day" in fields and (number := decode(fields["day"])).isdecimal() and 1 <= int(number) <= 31:
        day = int(number)
    season = _decoded(fields, "season") or season
    date = Date(year, month, day, season)
    return date if date != Date() else None


def _accessed(fields: Mapping[str, str], parts: dict[str, Part]) -> Date | None:
    for name in FIELD_NAMES["accessed"]:
        if name in fields and (words := decode(fields[name])):
            parts["accessed"] = whole(name)
            if date := read_iso(words):
                return date
            numbers = [int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", words) if 1 <= int(n) <= 31]
            month = next((m for w in re.findall(r"[^\W\d_]+", words) if (m := month_number(w))), None)
            year = read_year(words)
            return Date(year, month, numbers[0] if month and numbers else None) if year else None
    return None


def _pages(fields: Mapping[str, str], parts: dict[str, Part]) -> str:
    for name in FIELD_NAMES["pages"]:
        if name in fields and (value := decode(_DASHES.sub("-", fields[name]))):
            parts["pages"] = whole(name)
            return value
    return ""


def _how_published(fields: Mapping[str, str], parts: dict[str, Part]) -> str:
    """Return the words of `howpublished` where they are no address."""
    written = fields.get("howpublished", "")
    if not written or _ADDRESS.search(written) or ids.find_urls(written):
        return ""
    parts["publisher"] = whole("howpublished")
    return decode(written)


class Extra(Mapping[str, str]):
    """The further values of an entry; a long abstract is decoded when somebody looks at it."""

    __slots__ = ("_decoded", "_written")

    def __init__(self, decoded: dict[str, str], written: dict[str, str]) -> None:
        self._decoded, self._written = decoded, written

    def __getitem__(self, name: str) -> str:
        written = self._written.get(name)
        if written is not None:
            self._decoded[name] = decode(written)
            self._written.pop(name, None)
        return self._decoded[name]

    def __iter__(self) -> Iterator[str]:
        return iter([*self._decoded, *self._written])

    def __len__(self) -> int:
        return len(self._decoded) + len(self._written)

    def __contains__(self, name: object) -> bool:
        return name in self._decoded or name in self._written

    def __repr__(self) -> str:
        return repr(dict(self))


def _extra(entry_type: str, fields: Mapping[str, str], parts: dict[str, Part]) -> Mapping[str, str]:
    """Return what has no field of its own in a `Work`."""
    extra = _short_extra(fields, parts)
    if "genre" in extra:
        extra["genre"] = GENRES.get(extra["genre"].lower(), extra["genre"])
    elif entry_type.lower() == "mastersthesis":
        extra["genre"] = GENRES["mathesis"]
    abstract = fields.get("abstract", "")
    if len(abstract) > _LONG and abstract[:_LONG].strip("{} \t\r\n~"):
        return Extra(extra, {"abstract": abstract})
    if value := decode(abstract):
        extra["abstract"] = value
    return extra


def _short_extra(fields: Mapping[str, str], parts: dict[str, Part]) -> dict[str, str]:
    extra = {
        name: value
        for name, field in EXTRA_NAMES.items()
        if field in fields and name != "abstract" and (value := decode(fields[field]))
    }
    if "note" in extra:
        parts["note"] = whole("note")
    if "available" in fields:
        extra["available_at"] = decode(fields["available"])
        parts["available_at"] = whole("available")
    doi = plain(fields["doi"]) if "doi" in fields else ""
    if doi != doi.lower() and _normal("doi", doi) == doi.lower():
        extra["doi"] = doi
    number = next((decode(fields[n]) for n in FIELD_NAMES["pages"][1:] if n in fields), "")
    if number and parts["pages"].field == "pages" and number != decode(fields["pages"]):
        extra["article_number"] = number
    return extra


def _links(fields: Mapping[str, str]) -> list[tuple[str, Part]]:
    """Return every address of an entry, that of `url` first; a wrapped address is joined again."""
    links: list[tuple[str, Part]] = []
    if "url" in fields and (url := plain(fields["url"])):
        pieces = url.split()
        if len(pieces) > 1 and any("://" in piece for piece in pieces[1:]):
            links.extend(_addresses("url", fields["url"]))
        else:
            at = fields["url"].find(url)
            links.append(("".join(pieces), Part("url", at, at + len(url)) if at >= 0 else whole("url")))
    for name in ("howpublished", "note"):
        if name in fields:
            links.extend(_addresses(name, fields[name]))
    return links


def _addresses(name: str, text: str) -> list[tuple[str, Part]]:
    if "\\" in text and (found := list(_ADDRESS.finditer(text))):
        return [(plain(f.group(1)), Part(name, *f.span(1))) for f in found if plain(f.group(1))]
    if "." not in text:
        return []
    return [(url, Part(name, span.start, span.end)) for url, span in ids.find_urls(text)]


def _identifiers(fields: Mapping[str, str], parts: dict[str, Part]) -> tuple[Id, ...]:
    """Return the identifiers: those of their own fields, then what address and note give besides."""
    found: dict[str, str] = {}
    for kind in ("doi", "pmid", "pmcid", "isbn"):
        for name in FIELD_NAMES[kind]:
            if name in fields and (value := plain(fields[name])):
                parts[kind] = whole(name)
                if normal := _normal(kind, value):
                    found.setdefault(kind, normal)
                break
    for kind in ("issn", "nct"):
        if kind in fields and (normal := _normal(kind, plain(fields[kind]))):
            found[kind] = normal
    if "eprint" in fields:
        _read_eprint(fields, parts, found)
    for name in ("url", "howpublished", "journal", "journaltitle", "note"):
        if name in fields:
            lowered = fields[name].lower()
            if any(hint in lowered for hint in _HINTS):
                _find_more(name, fields[name], parts, found)
    return tuple(Id(kind, value) for kind, value in found.items())


def _normal(kind: str, value: str) -> str:
    """Return an identifier in normal form; of several in one field ("ISBN …; ISBN …") the first."""
    if kind == "doi" and _USUAL_DOI.fullmatch(value):
        return value  # in normal form already
    if normal := ids.normalise(kind, value):
        return normal
    if kind in ("isbn", "issn"):
        return next((i.value for i, _ in ids.find(f"{kind.upper()} {value}") if i.kind == kind), "")
    return ""


def _read_eprint(fields: Mapping[str, str], parts: dict[str, Part], found: dict[str, str]) -> None:
    service = (fields.get("eprinttype") or fields.get("archiveprefix") or "").strip("{} ").lower()
    kind = {"pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid", "doi": "doi"}.get(service, "arxiv")
    if service not in ("", "arxiv") and kind == "arxiv":
        return
    value = plain(fields["eprint"])
    if kind not in found and (normal := ids.normalise(kind, value)):
        found[kind] = normal
        if kind in FIELD_NAMES:
            parts.setdefault(kind, whole("eprint"))


def _find_more(name: str, text: str, parts: dict[str, Part], found: dict[str, str]) -> None:
    if name == "note" and _OTHER_WORK.search(text):
        return
    plainer = text.replace("\\_", "_")
    for identifier, span in ids.find(plainer):
        if identifier.kind not in found:
            found[identifier.kind] = identifier.value
            if identifier.kind in FIELD_NAMES:
                part = Part(name, span.start, span.end) if plainer == text else whole(name)
                parts.setdefault(identifier.kind, part)
