"""RIS, the form that every reference manager reads: lines of two letters, two spaces and a dash.

Tags and types as in "RIS Format Specifications" (Thomson ResearchSoft, 2001 and 2011) and as
EndNote, Zotero, Mendeley and PubMed's partners write them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from evidence.bibliography.items import (
    GENRED,
    Item,
    Taken,
    Value,
    item_from,
    split_keywords,
    split_pages,
    values_of,
)
from evidence.bibliography.kinds import CSL_TYPES
from evidence.model import Limits, Problem, Span, Work

#: RIS types and the CSL types that they stand for; the first of several is the one that is written.
_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "article-journal",
    "ABST": "article-journal", "INPR": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "CONF": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report",
    "GOVDOC": "report", "GRNT": "report", "ELEC": "webpage", "WEB": "webpage", "BLOG": "post-weblog",
    "UNPB": "manuscript", "MANSCPT": "manuscript", "DATA": "dataset", "AGGR": "dataset", "COMP": "software",
    "PAT": "patent", "PAMP": "pamphlet", "VIDEO": "motion_picture", "MPCT": "motion_picture", "SOUND": "song",
    "MUSIC": "musical_score", "STAND": "standard", "STAT": "legislation", "CASE": "legal_case",
    "BILL": "bill", "HEAR": "hearing", "MAP": "map", "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary", "PCOMM": "personal_communication", "ICOMM": "personal_communication",
    "ART": "graphic", "FIGURE": "figure", "CLSWK": "classic", "LEGAL": "regulation", "SER": "periodical",
    "GEN": "document",
}  # fmt: skip
_WRITTEN: dict[str, str] = {}
for _ris, _csl in _TYPES.items():
    _WRITTEN.setdefault(_csl, _ris)

#: Tags and our names of them; those of one name are told in the order in which they win.
_NAMES = {
    "TI": "title", "T1": "title", "CT": "title", "AU": "author", "A1": "author", "A2": "editor",
    "A3": "editor", "ED": "editor", "JO": "container", "JF": "container", "T2": "container",
    "BT": "container", "JA": "short_container", "J1": "short_container", "J2": "short_container",
    "T3": "series", "VL": "volume", "IS": "issue", "CP": "issue", "SP": "pages", "EP": "last_page",
    "C7": "article_number", "PB": "publisher", "CY": "place", "PP": "place", "ET": "edition", "PY": "year",
    "Y1": "issued", "DA": "issued", "Y2": "accessed", "DO": "doi", "C2": "pmcid", "SN": "number", "UR": "url",
    "L2": "url", "AB": "abstract", "N2": "abstract", "N1": "note", "RN": "note", "KW": "keywords",
    "LA": "language", "ST": "short_title", "OP": "original_title", "M3": "kind", "AN": "accession",
    "DB": "database", "DP": "database", "ID": "key", "LB": "label",
}  # fmt: skip
_STRICT = re.compile(r"^\ufeff?([A-Z][A-Z0-9])  -(?: ([^\r\n]*)|(?=[\r\n]|\Z))", re.MULTILINE)
_LOOSE = re.compile(
    r"^[ \t\ufeff]{0,4}([A-Z][A-Z0-9])[ \t]{0,4}-(?:[ \t]([^\r\n]*)|(?=[\r\n]|\Z))", re.MULTILINE
)
_NOTED = re.compile(r"(?:(arxiv|pmid|pmcid)\s{0,2}:\s{0,2}(\S{1,40})|(nct\d{8}))", re.IGNORECASE)
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


class _Line(NamedTuple):
    tag: str
    value: Value
    start: int


def read(text: str, limits: Limits) -> Taken:
    """Return the references of a RIS file. Never raises; what is broken is told with its place."""
    problems: list[Problem] = []
    passed_over: Counter[str] = Counter()
    items = []
    for lines, end in _records(list(_lines(text)), problems, text):
        span = Span(lines[0].start, end)
        if end - span.start > limits.entry:
            what = f"the record is longer than {limits.entry:,} characters (limits.entry): it is not read"
            problems.append(Problem("not-fully-read", span, what))
            continue
        items.append(_item(lines, span, limits, problems, passed_over))
    return Taken(items, problems, dict(passed_over))


def _lines(text: str) -> Iterator[_Line]:
    """Yield the tagged lines; lines without a tag belong to the one above."""
    shape = _STRICT if re.search(r"^\ufeff?TY  -", text, re.MULTILINE) else _LOOSE
    text_end = len(text.rstrip())
    found = list(shape.finditer(text))
    for index, line in enumerate(found):
        start = line.start(2) if line[2] is not None else line.end()
        end = found[index + 1].start() if index + 1 < len(found) else max(text_end, line.end())
        value = text[start:end].rstrip()
        yield _Line(line[1], Value(value, start, start + len(value)), line.start())


def _records(lines: list[_Line], problems: list[Problem], text: str) -> Iterator[tuple[list[_Line], int]]:
    """Yield the lines of each record, from TY to ER, and where it ends."""
    record: list[_Line] = []
    for line in lines:
        if line.tag == "TY":
            if record:
                yield record, _unclosed(record, problems)
            record = [line]
        elif line.tag == "ER":
            if record:
                yield record, line.value.start
            record = []
        elif record:
            record.append(line)
        elif not problems or problems[-1].span.end < line.start - 2 or "no TY" not in problems[-1].message:
            what = f"the line {line.tag} stands in no record: no TY line comes before it"
            problems.append(Problem("broken-entry", Span(line.start, line.value.end), what))
        else:
            problems[-1] = problems[-1].__class__(
                "broken-entry", Span(problems[-1].span.start, line.value.end), problems[-1].message
            )
    if record:
        yield record, _unclosed(record, problems)
    if not lines and text.strip():
        what = "this file holds no RIS record: none of its lines begins with TY and a dash"
        problems.append(Problem("broken-entry", Span(0, 1), what))


def _unclosed(record: list[_Line], problems: list[Problem]) -> int:
    last = record[-1].value.end
    what = "the record has no ER line at its end: add it"
    problems.append(Problem("broken-entry", Span(record[0].start, record[0].value.end), what))
    return last


def _item(
    lines: list[_Line], span: Span, limits: Limits, problems: list[Problem], passed_over: Counter[str]
) -> Item:
    written = lines[0].value.text.strip().upper()
    kind = _TYPES.get(written, "document")
    if written not in _TYPES:
        what = f"{written[:20]!r} is no type of RIS: it is read as GEN" if written else "the type is missing"
        problems.append(Problem("broken-entry", Span(lines[0].start, lines[0].value.end), what))
    tagged: dict[str, list[Value]] = {}
    for tag, value, start in lines[1:]:
        if len(value.text) > limits.value:
            what = f"{tag} is longer than {limits.value:,} characters (limits.value); the rest is not read"
            problems.append(Problem("not-fully-read", Span(start, value.end), what))
            value = Value(value.text[: limits.value], value.start, value.start + limits.value)
        if tag not in _NAMES:
            passed_over[tag] += 1
        elif value.text.strip():
            tagged.setdefault(tag, []).append(value)
    values: dict[str, list[Value]] = {}
    for tag, name in _NAMES.items():
        values.setdefault(name, []).extend(tagged.get(tag, ()))
    kind = _settle(kind, tagged, values)
    return item_from(kind, values, span)


def _settle(kind: str, tagged: Mapping[str, list[Value]], values: dict[str, list[Value]]) -> str:
    """Bring what depends on the type, or on another tag, under its own name; return the CSL type."""
    told = values.pop("kind", [])
    for value in told:
        word = value.text.strip().lower()
        if word in CSL_TYPES and kind == "document":
            kind = word
        elif word == "preprint" and kind in ("manuscript", "document"):
            kind = "article"
        else:
            values.setdefault("genre" if kind in GENRED else "pubtype", []).append(value)
    if kind in ("book", "report", "thesis") and "JO" not in tagged and "JF" not in tagged:
        values["series"] = [*values["container"], *values["series"]][:1]
        values["container"] = []
    if kind == "article-journal" and values["container"] and len(values["container"]) > 1:
        _order_titles(values)
    years, dates = values.pop("year", []), values["issued"]
    values["issued"] = _date(years, dates)
    if values.pop("last_page", None) and values["pages"] and (last := tagged["EP"][0].text.strip()):
        first = values["pages"][0]
        if "-" not in first.text and last != first.text.strip():
            values["pages"] = [Value(f"{first.text.strip()}-{last}", first.start, first.end)]
    for value in values.pop("number", []):
        values.setdefault("issn" if _ISSN.search(value.text) and not _is_isbn(value) else "isbn", []).append(
            value
        )
    _accession(values)
    for value in values.pop("note", []):
        noted = _NOTED.fullmatch(value.text.strip())
        name = (noted[1] or "nct").lower() if noted else "note"
        text = (noted[2] or noted[3]) if noted else value.text
        values.setdefault(name, []).append(Value(text, value.start, value.end))
    values["key"] = [*values.get("key", []), *values.pop("label", [])]
    return kind


def _is_isbn(value: Value) -> bool:
    return sum(character.isdigit() or character in "Xx" for character in value.text.split("(")[0]) >= 10


def _order_titles(values: dict[str, list[Value]]) -> None:
    """Tell the full title of a journal from its short one, where both stand in full-title tags."""
    first, second = values["container"][:2]
    if first.text != second.text and len(second.text) > len(first.text) and not values["short_container"]:
        values["container"], values["short_container"] = [second], [first]
    elif not values["short_container"] and len(second.text) < len(first.text):
        values["short_container"] = [second]


def _date(years: list[Value], dates: list[Value]) -> list[Value]:
    """Return the date that says most: DA where it agrees with PY."""
    year = years[0] if years else None
    if year and "/" in year.text.strip("/ "):
        return [year]
    if not dates:
        return [Value(year.text.strip("/ "), year.start, year.end)] if year else []
    bare = year.text.strip("/ ")[:4] if year else ""
    if year is None or bare in dates[0].text:
        return [dates[0]]
    if not re.search(r"\d{4}", dates[0].text):  # "DA  - Jan 15"
        return [Value(f"{bare} {dates[0].text}", year.start, year.end)]
    return [Value(bare, year.start, year.end)]


def _accession(values: dict[str, list[Value]]) -> None:
    """Take an accession number for a PMID where the database says that it is one."""
    base = " ".join(value.text for value in values.pop("database", [])).lower()
    for value in values.pop("accession", []):
        number = re.sub(r"(?i)^(?:pubmed|medline|pmid)\s{0,2}:?\s{0,2}", "", value.text.strip())
        if number.isdecimal() and (number != value.text.strip() or "pubmed" in base or "medline" in base):
            values.setdefault("pmid", []).append(Value(number, value.start, value.end))


def write(entries: Iterable[tuple[str, Work]]) -> str:
    """Return entries (key, work) as a RIS file, lines ended by LF."""
    return "\n".join(_record(key, work) for key, work in entries)


#: Our names and the tags they are written under, in the order of the lines.
_TAGS = {
    "author": "AU", "editor": "ED", "title": "TI", "short_title": "ST", "original_title": "OP",
    "container": "T2", "short_container": "J2", "series": "T3", "issued": "DA", "volume": "VL", "issue": "IS",
    "article_number": "C7", "publisher": "PB", "place": "CY", "edition": "ET", "isbn": "SN", "issn": "SN",
    "doi": "DO", "pmid": "AN", "pmcid": "C2", "url": "UR", "accessed": "Y2", "abstract": "AB", "note": "N1",
    "pubtype": "M3", "genre": "M3", "keywords": "KW", "language": "LA",
}  # fmt: skip


def _record(key: str, work: Work) -> str:
    values = values_of(work)
    kind = "UNPB" if work.type == "article" else _WRITTEN.get(work.type, "GEN")
    lines = [f"TY  - {kind}", f"ID  - {key}"]
    for name, tag in _TAGS.items():
        found = values.get(name, [])
        if name == "container" and work.type in ("article-journal", "article-magazine", "article-newspaper"):
            tag = "JF"
        if name == "container" and work.type in ("book", "report", "thesis"):
            tag = "JO"  # T2 of a book is its series
        if name == "keywords":
            found = [word for text in found for word in split_keywords(text)]
        if name == "issued" and found and work.issued and work.issued.year is not None:
            lines.append(f"PY  - {work.issued.year:04d}")
        lines += [f"{tag}  - {text}" for text in found]
    lines += _pages(work.pages)
    if "pmid" in values:
        lines.append("DB  - PubMed")
    if kind == "GEN" and work.type != "document":
        lines.append(f"M3  - {work.type}")
    if work.type == "article":
        lines.append("M3  - Preprint")
    lines += [f"N1  - arXiv: {value}" for value in values.get("arxiv", [])]
    lines += [f"N1  - {value}" for value in values.get("nct", [])]
    return "\n".join([*lines, "ER  - ", ""])


def _pages(pages: str) -> list[str]:
    first, last = split_pages(" ".join(pages.split()))
    if first == last:  # "5-5": on its own a last page that is the first says nothing
        first, last = pages, ""
    return [f"{tag}  - {page}" for tag, page in (("SP", first), ("EP", last)) if page]
