"""EndNote's XML (File › Export › XML), read record by record without any DTD.

Element names and reference types as EndNote writes them (its DTD "RSXML" and exported files). A record
is parsed on its own, so that a broken one costs no other, and so that no entity but XML's own five can
exist: what declares entities is not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from evidence.bibliography.items import Item, Taken, Value, item_from, split_keywords, values_of, write_date
from evidence.bibliography.kinds import CSL_TYPES
from evidence.model import Limits, Problem, Span, Work

_BEGIN = re.compile(r"<record(?=[\s>/])[^<>]{0,1000}>")
_END = re.compile(r"</record\s{0,100}>")
_ENTITY = re.compile(r"<!(?:DOCTYPE|ENTITY)\b")
_BAD = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: EndNote's numbers of reference types and the CSL types that they stand for.
_TYPES = {
    17: "article-journal", 6: "book", 5: "chapter", 10: "paper-conference", 3: "paper-conference",
    47: "paper-conference",
    32: "thesis", 27: "report", 46: "report", 12: "webpage", 43: "article-journal", 44: "book", 60: "chapter",
    23: "article-newspaper", 19: "article-magazine", 28: "book", 36: "manuscript", 59: "dataset",
    9: "software", 25: "patent", 35: "pamphlet", 58: "standard", 31: "legislation", 7: "legal_case",
    4: "bill", 14: "hearing", 20: "map", 53: "entry-encyclopedia", 52: "entry-dictionary",
    26: "personal_communication", 2: "graphic", 37: "figure", 21: "motion_picture",
    61: "musical_score", 56: "post-weblog", 57: "periodical", 49: "classic", 13: "document",
}  # fmt: skip
_WRITTEN = {
    "article-journal": (17, "Journal Article"), "book": (6, "Book"), "chapter": (5, "Book Section"),
    "paper-conference": (47, "Conference Paper"), "thesis": (32, "Thesis"), "report": (27, "Report"),
    "webpage": (12, "Web Page"), "article-newspaper": (23, "Newspaper Article"),
    "article-magazine": (19, "Magazine Article"), "manuscript": (36, "Unpublished Work"),
    "dataset": (59, "Dataset"), "software": (9, "Computer Program"), "patent": (25, "Patent"),
    "pamphlet": (35, "Pamphlet"), "standard": (58, "Standard"), "legislation": (31, "Statute"),
    "legal_case": (7, "Case"), "bill": (4, "Bill"), "hearing": (14, "Hearing"), "map": (20, "Map"),
    "entry-encyclopedia": (53, "Encyclopedia"), "entry-dictionary": (52, "Dictionary"),
    "personal_communication": (26, "Personal Communication"), "graphic": (2, "Artwork"),
    "figure": (37, "Figure"), "motion_picture": (21, "Film or Broadcast"), "musical_score": (61, "Music"),
    "post-weblog": (56, "Blog"), "periodical": (57, "Serial"), "classic": (49, "Classical Work"),
    "article": (36, "Unpublished Work"),
}  # fmt: skip

#: Paths of elements within a record and our names of them.
_NAMES = {
    "contributors/authors/author": "author", "contributors/secondary-authors/author": "editor",
    "titles/title": "title", "titles/secondary-title": "container", "periodical/full-title": "periodical",
    "periodical/abbr-1": "short_container", "titles/alt-title": "alternative",
    "titles/short-title": "short_title", "titles/tertiary-title": "series",
    "titles/translated-title": "original_title", "alt-periodical/full-title": "alternative", "pages": "pages",
    "volume": "volume", "number": "issue", "edition": "edition", "dates/year": "year",
    "dates/pub-dates/date": "date", "pub-location": "place", "publisher": "publisher", "isbn": "number",
    "accession-num": "accession", "electronic-resource-num": "doi", "abstract": "abstract", "notes": "note",
    "urls/related-urls/url": "url", "urls/web-urls/url": "url", "remote-database-name": "database",
    "custom2": "pmcid", "custom7": "article_number", "label": "key", "access-date": "accessed",
    "keywords/keyword": "keywords", "language": "language", "work-type": "kind", "research-notes": "noted",
}  # fmt: skip
#: Elements of EndNote's own library: nothing of them belongs to a reference.
_ASIDE = frozenset(
    {
        "database", "source-app", "rec-number", "foreign-keys/key", "ref-type", "auth-address", "section",
        "modified-date", "urls/pdf-urls/url", "dates/copyright-dates/date", "caption",
        "remote-database-provider",
    }
)  # fmt: skip
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx](?![\dXx-])")


class _Part(NamedTuple):
    path: str
    value: Value
    attribute: str


def read(text: str, limits: Limits) -> Taken:
    """Return the references of an EndNote XML file. Never raises; problems have their place."""
    problems: list[Problem] = []
    passed_over: Counter[str] = Counter()
    items: list[Item] = []
    if found := _ENTITY.search(text):
        what = "declarations (DOCTYPE, ENTITY) are not read: what they define is unknown here"
        problems.append(Problem("not-fully-read", Span(*found.span()), what))
    for start, end, closed in _records(text):
        span = Span(start, end)
        if not closed:
            what = "the record is not closed: </record> is missing before the next one"
            problems.append(Problem("broken-entry", Span(start, min(end, start + 8)), what))
        if end - start > limits.entry:
            what = f"the record is longer than {limits.entry:,} characters (limits.entry): it is not read"
            problems.append(Problem("not-fully-read", span, what))
            continue
        parts, problem = _parse(text[start:end], start, limits.nesting, closed=closed)
        if problem:
            problems.append(problem)
        if parts:
            items.append(_item(parts, span, limits, problems, passed_over))
    if not items and not problems and text.strip():
        what = "this XML is not EndNote's: it holds no <record>"
        problems.append(Problem("broken-entry", Span(0, 1), what))
    return Taken(items, problems, dict(passed_over))


def _records(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the range of each record, and whether it is closed."""
    begins = [found.span() for found in _BEGIN.finditer(text)]
    for index, (start, behind) in enumerate(begins):
        stop = begins[index + 1][0] if index + 1 < len(begins) else len(text)
        end = _END.search(text, behind, stop)
        yield (start, end.end(), True) if end else (start, stop, False)


def _parse(record: str, at: int, deepest: int, *, closed: bool) -> tuple[list[_Part], Problem | None]:
    """Return the texts of one record's elements with their places; of a broken one those before the break."""
    reader = _Reader(record, at, deepest)
    problem = None
    try:
        reader.feed()
    except expat.ExpatError as error:
        place = at + reader.offset_of(error)
        if closed:
            what = f"the record is no XML: {expat.ErrorString(error.code)}; what stands before is read"
            problem = Problem("broken-entry", Span(place, place + 1), what)
    except _TooDeep:
        what = f"elements are nested deeper than {deepest} (limits.nesting); the rest is not read"
        problem = Problem("not-fully-read", Span(at, at + len(record)), what)
    return reader.parts, problem


class _TooDeep(Exception):
    """Elements are nested too deep."""


class _Reader:
    """Collects the text of the elements of one record; styles within a text are left out of its path."""

    def __init__(self, record: str, at: int, deepest: int) -> None:
        self.parts: list[_Part] = []
        self._text = _BAD.sub("\ufffd", record)
        self._at, self._deepest = at, deepest
        self._path: list[str] = []
        self._words: list[str] = []
        self._start = 0
        self._seen = (0, 0)
        self._attribute = ""
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._words.append
        self._parser.buffer_text = True
        self._data = self._text.encode("utf-8", "replace")
        self._plain = len(self._data) == len(self._text)

    def feed(self) -> None:
        self._parser.Parse(self._data, True)

    def offset_of(self, error: expat.ExpatError) -> int:
        """Return where in the record an error stands."""
        return min(self._characters(self._parser.ErrorByteIndex), max(0, len(self._text) - 1))

    def _here(self) -> int:
        return self._at + self._characters(self._parser.CurrentByteIndex)

    def _characters(self, bytes_: int) -> int:
        """Return how many characters a number of bytes are; asked in rising order, it counts each once."""
        if self._plain or bytes_ < 0:
            return max(0, bytes_)
        before, counted = self._seen
        if bytes_ < before:
            before, counted = 0, 0
        counted += len(self._data[before:bytes_].decode("utf-8", "ignore"))
        self._seen = (bytes_, counted)
        return counted

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= self._deepest:
            raise _TooDeep
        self._path.append(name)
        if name != "style":
            self._words.clear()
            self._start = self._here()
            self._attribute = attributes.get("name", "") or next(iter(attributes.values()), "")

    def _finish(self, name: str) -> None:
        self._path.pop()
        if name == "style":
            return
        path = "/".join([*self._path[1:], name]) if self._path else ""
        words = "".join(self._words)
        self._words.clear()
        if path and (words.strip() or path == "ref-type"):
            begin = self._text.find(">", self._start - self._at) + 1 + self._at
            self.parts.append(_Part(path, Value(words, begin, max(begin, self._here())), self._attribute))


def _item(
    parts: list[_Part], span: Span, limits: Limits, problems: list[Problem], passed_over: Counter[str]
) -> Item:
    values: dict[str, list[Value]] = {}
    kind = "document"
    for path, value, attribute in parts:
        if path == "ref-type":
            kind = _type_of(value.text.strip(), attribute)
        if len(value.text) > limits.value:
            what = f"{path} is longer than {limits.value:,} characters (limits.value); the rest is not read"
            problems.append(Problem("not-fully-read", Span(value.start, value.end), what))
            value = Value(value.text[: limits.value], value.start, value.end)
        if path in _NAMES:
            values.setdefault(_NAMES[path], []).append(value)
        elif path not in _ASIDE:
            passed_over[path] += 1
    return item_from(_settle(kind, values), values, span)


def _type_of(number: str, name: str) -> str:
    """Return the CSL type of a reference type; its name tells what a number of an older EndNote meant."""
    for kind, (_, known) in _WRITTEN.items():
        if known.lower() == name.strip().lower():
            return kind
    return _TYPES.get(int(number), "document") if number.isdecimal() and len(number) < 4 else "document"


def _settle(kind: str, values: dict[str, list[Value]]) -> str:
    """Bring what depends on the type, or on another element, under its own name; return the CSL type."""
    for value in values.pop("kind", []):
        word = value.text.strip().lower()
        if word in CSL_TYPES and kind == "document":
            kind = word
        elif word == "preprint" and kind in ("manuscript", "document"):
            kind = "article"
        else:
            values.setdefault("pubtype", []).append(value)
    periodical, other = values.pop("periodical", []), values.pop("alternative", [])
    if kind in ("book", "report", "thesis"):
        values.setdefault("series", []).extend(values.pop("container", []))
        values["container"] = periodical
    else:
        values["container"] = [*values.get("container", []), *periodical][:1]
    if other and not values.get("short_container"):
        values["short_container"] = other[:1]
    _settle_journal(values, periodical)
    years, dates = values.pop("year", []), values.pop("date", [])
    values["issued"] = _date(years, dates)
    for value in values.pop("number", []):
        name = "issn" if _ISSN.match(value.text.strip()) else "isbn"
        values.setdefault(name, []).append(value)
    base = " ".join(value.text for value in values.pop("database", [])).lower()
    for value in values.pop("accession", []):
        if value.text.strip().isdecimal() and ("pubmed" in base or "medline" in base or not base):
            values.setdefault("pmid", []).append(value)
    for value in values.pop("noted", []):
        name, _, text = value.text.strip().partition(": ")
        if name in ("arXiv", "NCT", "Online"):
            values.setdefault(name.lower(), []).append(Value(text, value.start, value.end))
        else:
            values.setdefault("note", []).append(value)
    return kind


def _settle_journal(values: dict[str, list[Value]], periodical: list[Value]) -> None:
    """Take the longer of two titles of a journal for its full one."""
    container, short = values.get("container", []), values.get("short_container", [])
    if container and periodical and len(periodical[0].text) > len(container[0].text):
        values["container"] = periodical
        if not short:
            values["short_container"] = container


def _date(years: list[Value], dates: list[Value]) -> list[Value]:
    if not years or not dates:
        return years or dates
    year, date = years[0], dates[0]
    if year.text.strip() in date.text:
        return [date]
    return [Value(f"{year.text.strip()} {date.text}", year.start, year.end)]


def write(entries: Iterable[tuple[str, Work]]) -> str:
    """Return entries (key, work) as EndNote XML, one record a line, ended by LF."""
    records = "\n".join(_record(number, key, work) for number, (key, work) in enumerate(entries, 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n{records}\n</records></xml>\n'


#: Our names and the elements they are written as, in the order of EndNote's DTD.
_ELEMENTS = (
    ("contributors/authors/author", "author"), ("contributors/secondary-authors/author", "editor"),
    ("titles/title", "title"), ("titles/secondary-title", "container"), ("titles/tertiary-title", "series"),
    ("titles/alt-title", "short_container"), ("titles/short-title", "short_title"),
    ("titles/translated-title", "original_title"), ("periodical/full-title", "periodical"),
    ("pages", "pages"), ("volume", "volume"), ("number", "issue"), ("edition", "edition"),
    ("keywords/keyword", "keywords"), ("dates/year", "year"), ("dates/pub-dates/date", "date"),
    ("pub-location", "place"), ("publisher", "publisher"), ("isbn", "number"), ("accession-num", "pmid"),
    ("electronic-resource-num", "doi"), ("abstract", "abstract"), ("notes", "note"),
    ("research-notes", "noted"), ("urls/related-urls/url", "url"), ("remote-database-name", "database"),
    ("custom2", "pmcid"), ("custom7", "article_number"), ("label", "key"), ("access-date", "accessed"),
    ("language", "language"), ("work-type", "kind"),
)  # fmt: skip


def _record(number: int, key: str, work: Work) -> str:
    values = values_of(work)
    code, name = _WRITTEN.get(work.type, (13, "Generic"))
    if work.type in ("book", "report", "thesis"):
        values["periodical"] = values.pop("container", [])
    issued = work.issued
    values["key"] = [key]
    values["year"] = [f"{issued.year:04d}"] if issued and issued.year is not None else []
    values["date"] = [write_date(issued)] if issued and (issued.month or issued.season) else []
    values["keywords"] = [word for text in values.get("keywords", []) for word in split_keywords(text)]
    values["number"] = [*values.pop("isbn", []), *values.pop("issn", [])]
    values["kind"] = list(values.get("pubtype", []))
    if name == "Generic" and work.type != "document":
        values["kind"].append(work.type)
    if work.type == "article":
        values["kind"].append("Preprint")
    values["database"] = ["PubMed"] if "pmid" in values else []
    noted = (("arXiv", "arxiv"), ("NCT", "nct"), ("Online", "online"))
    values["noted"] = [f"{word}: {text}" for word, ours in noted for text in values.get(ours, [])]
    head = f'<record><rec-number>{number}</rec-number><ref-type name="{name}">{code}</ref-type>'
    return head + "".join(_elements(values)) + "</record>"


def _elements(values: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the elements; those that share a parent stand in one."""
    open_: list[str] = []
    for path, name in _ELEMENTS:
        *parents, tag = path.split("/")
        for text in values.get(name, []):
            shared = 0
            while shared < min(len(open_), len(parents)) and open_[shared] == parents[shared]:
                shared += 1
            while len(open_) > shared:
                yield f"</{open_.pop()}>"
            for parent in parents[shared:]:
                open_.append(parent)
                yield f"<{parent}>"
            yield f"<{tag}>{_escape(text)}</{tag}>"
    while open_:
        yield f"</{open_.pop()}>"


def _escape(text: str) -> str:
    text = _BAD.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
