"""PubMed's own form (`.nbib`, "Save citations"): tags of up to four letters, a dash, indented lines.

Tags as in NLM, "MEDLINE/PubMed Data Element (Field) Descriptions". A record begins with PMID or
behind an empty line.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evidence import names
from evidence.bibliography.items import (
    Item,
    Taken,
    Value,
    item_from,
    split_keywords,
    values_of,
    write_name,
    written_out,
)
from evidence.model import Limits, Name, Problem, Span, Work

_TAG = re.compile(r"^\ufeff?([A-Z]{2,4})[ ]{0,2}-(?: ([^\r\n]*)|(?=[\r\n]|\Z))", re.MULTILINE)
_GAP = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
#: Tags and our names of them.
_NAMES = {
    "PMID": "pmid", "PMC": "pmcid", "TI": "title", "TT": "original_title", "JT": "container",
    "TA": "short_container", "VI": "volume", "IP": "issue", "PG": "pages", "DP": "issued", "DEP": "online",
    "AB": "abstract", "IS": "issn", "ISBN": "isbn", "PB": "publisher", "EN": "edition", "LA": "language",
    "OT": "keywords", "GN": "note", "CTI": "series", "BTI": "book", "PL": "place", "LID": "location",
    "AID": "location", "SI": "databank", "PT": "kind", "FED": "editor", "ED": "short_editor",
}  # fmt: skip
#: Tags of the record itself, its history and its indexing: nothing of them belongs to a reference.
_ASIDE = frozenset(
    {
        "OWN", "STAT", "DCOM", "LR", "LRR", "EDAT", "MHDA", "CRDT", "PHST", "PST", "SO", "JID", "SB", "MH",
        "RN", "NM", "AD", "AUID", "CI", "GR", "RF", "COI", "COIS", "DA", "OAB", "OABL", "OCI", "OID", "OTO",
        "ROF", "RIN", "CRF", "CRI", "CON", "CIN", "EIN", "EFR", "ECI", "ECF", "RPF", "RPI", "UOF", "UIN",
        "SPIN", "ORI", "ORF", "DRIN", "DDIN", "SFM", "GS", "IR", "FIR", "IRAD", "PS", "FPS", "DRDT", "CDAT",
        "CTDT", "RO", "LIN", "PUBM", "FAU", "AU", "CN", "PMCR", "STI", "VTI",
    }
)  # fmt: skip
_TYPES = (
    ("preprint", "article"), ("book chapter", "chapter"), ("book", "book"), ("monograph", "book"),
    ("newspaper article", "article-newspaper"), ("dataset", "dataset"), ("academic dissertation", "thesis"),
    ("technical report", "report"), ("congress", "paper-conference"), ("webcast", "webpage"),
    ("patent", "patent"), ("video-audio media", "motion_picture"),
)  # fmt: skip
_WRITTEN_TYPES = {
    "article": "Preprint", "chapter": "Book Chapter", "book": "Book", "dataset": "Dataset",
    "article-newspaper": "Newspaper Article", "thesis": "Academic Dissertation", "report": "Technical Report",
    "paper-conference": "Congress", "patent": "Patent", "article-journal": "Journal Article",
    "motion_picture": "Video-Audio Media", "webpage": "Webcast",
}  # fmt: skip
_ABBREVIATED = re.compile(r"(?:\b\w\.){2}$")
_TAIL = re.compile(r"\s{0,2}\((?:Print|Electronic|Linking|Internet)\)$")


class _Line(NamedTuple):
    tag: str
    value: Value
    start: int


def read(text: str, limits: Limits) -> Taken:
    """Return the references of a file in PubMed's form. Never raises; problems have their place."""
    problems: list[Problem] = []
    passed_over: Counter[str] = Counter()
    items = []
    for lines in _records(text):
        span = Span(lines[0].start, lines[-1].value.end)
        told = {line.tag for line in lines}
        if span.end - span.start > limits.entry:
            what = f"the record is longer than {limits.entry:,} characters (limits.entry): it is not read"
            problems.append(Problem("not-fully-read", span, what))
        elif not told & _NAMES.keys() and not told & {"AU", "FAU", "CN"}:
            what = "these lines are no record of PubMed: they have no field of a reference"
            problems.append(Problem("broken-entry", span, what))
        else:
            items.append(_item(lines, span, limits, problems, passed_over))
    if not items and not problems and text.strip():
        what = "this file holds no record in PubMed's form (lines that begin with PMID-, TI  -, AU  -)"
        problems.append(Problem("broken-entry", Span(0, 1), what))
    return Taken(items, problems, dict(passed_over))


def _records(text: str) -> Iterator[list[_Line]]:
    """Yield the tagged lines of each record; indented lines belong to the one above."""
    record: list[_Line] = []
    found = list(_TAG.finditer(text))
    for index, line in enumerate(found):
        start = line.start(2) if line[2] is not None else line.end()
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        value = text[start:end].rstrip()
        if gap := _GAP.search(value):  # what follows an empty line is no part of this value
            value = value[: gap.start()].rstrip()
        if record and (line[1] == "PMID" or _GAP.search(text, record[-1].value.end, line.start())):
            yield record
            record = []
        record.append(_Line(line[1], Value(value, start, start + len(value)), line.start()))
    if record:
        yield record


def _item(
    lines: list[_Line], span: Span, limits: Limits, problems: list[Problem], passed_over: Counter[str]
) -> Item:
    values: dict[str, list[Value]] = {}
    for tag, value, start in lines:
        if len(value.text) > limits.value:
            what = f"{tag} is longer than {limits.value:,} characters (limits.value); the rest is not read"
            problems.append(Problem("not-fully-read", Span(start, value.end), what))
            value = Value(value.text[: limits.value], value.start, value.start + limits.value)
        if tag in _NAMES and value.text.strip():
            values.setdefault(_NAMES[tag], []).append(value)
        elif tag not in _NAMES and tag not in _ASIDE:
            passed_over[tag] += 1
    values["author"] = list(_people(lines, "FAU", "AU"))
    values["editor"] = list(_people(lines, "FED", "ED"))
    return item_from(_settle(values), values, span)


def _people(lines: list[_Line], full: str, short: str) -> Iterator[Value]:
    """Yield the people in order: the full form of each, the short one where no full one precedes it."""
    before = ""
    for line in lines:
        text = " ".join(line.value.text.split())
        if line.tag == full:
            yield line.value
        elif line.tag == short and before != full and text:
            yield Value(write_name(names.read_one(text)), line.value.start, line.value.end)
        elif line.tag == "CN" and full == "FAU" and text:
            yield Value(write_name(Name(literal=text)), line.value.start, line.value.end)
        if line.tag in (full, short, "CN"):
            before = line.tag


def _settle(values: dict[str, list[Value]]) -> str:
    """Bring what needs a look at its words under its own name; return the CSL type."""
    for value in values.pop("location", []):
        number, _, what = value.text.strip().rpartition(" ")
        if what == "[doi]":
            values.setdefault("doi", []).append(Value(number, value.start, value.start + len(number)))
    for value in values.pop("databank", []):
        base, _, number = value.text.strip().rpartition("/")
        if base.lower() == "clinicaltrials.gov":
            values.setdefault("nct", []).append(Value(number, value.start, value.end))
    for name in ("issn", "isbn"):
        values[name] = [Value(_TAIL.sub("", v.text), v.start, v.end) for v in values.get(name, [])]
    values.pop("short_editor", None)
    title = values.get("title", [])
    values["title"] = [Value(_bare(v.text), v.start, v.end) for v in title]
    told = {value.text.strip().lower(): value for value in values.pop("kind", [])}
    kind = next((csl for word, csl in _TYPES if word in told), "article-journal")
    if "review" in told or "systematic review" in told:
        values["pubtype"] = [Value("Review")]
    values["note"] = [v for v in values.get("note", []) if not v.text.startswith("NLM:")]
    if book := values.pop("book", []):
        if not title:
            kind = "book"
        elif kind in ("book", "article-journal"):
            kind = "chapter"
        values["container" if title else "title"] = book
    if kind in ("article-journal", "article", "article-magazine", "article-newspaper"):
        values.pop("place", None)  # the country that the journal comes from
    return kind


def _bare(title: str) -> str:
    """Return a title without PubMed's full stop at its end."""
    title = " ".join(title.split())
    return title if _ABBREVIATED.search(title) else title.removesuffix(".")


def _ends(title: str) -> bool:
    """Whether a title needs no full stop, and keeps its own when it is read again."""
    return title[-1:] in ("?", "!") or bool(_ABBREVIATED.search(title))


def write(entries: Iterable[tuple[str, Work]]) -> str:
    """Return entries (key, work) in PubMed's form, lines wrapped and ended by LF; keys have no place."""
    return "\n".join(_record(work) for _, work in entries)


#: Our names and the tags they are written under, in PubMed's order.
_TAGS = {
    "pmid": "PMID", "issn": "IS", "isbn": "ISBN", "volume": "VI", "issue": "IP", "issued": "DP",
    "title": "TI", "original_title": "TT", "pages": "PG", "doi": "LID", "abstract": "AB", "author": "FAU",
    "editor": "FED", "language": "LA", "pubtype": "PT", "online": "DEP", "place": "PL", "publisher": "PB",
    "edition": "EN", "short_container": "TA", "container": "JT", "series": "CTI", "keywords": "OT",
    "pmcid": "PMC", "nct": "SI", "note": "GN",
}  # fmt: skip


def _record(work: Work) -> str:
    values = values_of(work)
    journal = work.type in ("article-journal", "article", "article-magazine", "article-newspaper")
    if not journal and work.container:
        values["book"] = values.pop("container")
    if journal:
        values.pop("place", None)
    lines: list[str] = []
    for name, tag in {**_TAGS, "book": "BTI"}.items():
        found = values.get(name, [])
        if name in ("issued", "online") and found:
            date = work.issued if name == "issued" else work.dates["online"]
            found = [written_out(date)] if date else []
            if name == "online" and date and date.month and date.day and date.year:
                found = [f"{date.year:04d}{date.month:02d}{date.day:02d}"]
        elif name == "doi":
            found = [f"{text} [doi]" for text in found]
        elif name == "nct":
            found = [f"ClinicalTrials.gov/{text}" for text in found]
        elif name == "title":
            found = [text if _ends(text) else f"{text}." for text in found]
        elif name == "keywords":
            found = [word for text in found for word in split_keywords(text)]
        elif name == "pubtype":
            found = [*(text.rstrip(".") for text in found), _WRITTEN_TYPES.get(work.type, "")]
        if name == "author":
            lines += _author_lines(work)
            continue
        for text in found:
            lines += _wrapped(tag, text)
    return "\n".join([*lines, ""])


def _author_lines(work: Work) -> list[str]:
    """Return each author in full and as PubMed cites them; a body stands under its own tag."""
    lines = []
    for name in work.authors:
        if name.literal:
            lines += _wrapped("CN", name.literal)
        else:
            lines += _wrapped("FAU", write_name(name)) + _wrapped("AU", names.show(name))
    return lines


def _wrapped(tag: str, text: str) -> list[str]:
    if not text:
        return []
    return textwrap.wrap(
        text,
        width=88,
        initial_indent=f"{tag:<4}- ",
        subsequent_indent=" " * 6,
        break_long_words=False,
        break_on_hyphens=False,
    )
