"""A `Work` as a clean entry that BibTeX, biber and this library read back as the same work.

Text is escaped, addresses and identifiers stand as they are, braces are always balanced, every
value is one line. Law: `read(entry(work))` is `work`, white space single and initials spread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evidence.bibliography.dating import MONTH_MACROS, MONTHS, read_month, write_iso
from evidence.bibliography.kinds import entry_type, work_type
from evidence.bibliography.people import write_names
from evidence.bibliography.tex import decode, escape, raw
from evidence.bibliography.values import EXTRA_NAMES, VERBATIM
from evidence.model import Date, Work

#: Names are padded at least to this width, so that entries of a file look alike.
WIDTH = 9

_PUBLISHER = {"thesis": "school", "report": "institution"}
_IN_A_BOOK = frozenset({"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
#: Identifiers that have a field of their own, in the order in which they are written.
_IDENTIFIERS = ("doi", "pmid", "pmcid", "isbn", "issn", "nct")
_KEY_JUNK = re.compile(r"[\s,={}\"()#%\\~@']+")


def entry(work: Work, key: str, *, newline: str = "\n", indent: str = "  ") -> str:
    """Return one .bib entry for `work`, without a newline at its end.

    `key` is cleaned of what cannot stand in a key. What a .bib file has no field for
    (`Work.dates`) is left out.
    """
    kind = entry_type(work.type)
    fields = dict(_fields(work))
    if work_type(kind, {name: _inside(text) for name, text in fields.items()}) != work.type:
        fields["entrysubtype"] = f"{{{work.type}}}"
    lines = [f"@{kind}{{{clean_key(key) or 'ref'},"]
    width = max(WIDTH, *map(len, fields)) if fields else WIDTH
    lines += [f"{indent}{name:<{width}} = {text}," for name, text in fields.items()]
    return newline.join([*lines, "}"])


def clean_key(key: str) -> str:
    """Return a key without what cannot stand in one."""
    return _KEY_JUNK.sub("", key)


def _inside(value: str) -> str:
    return value[1:-1] if value.startswith("{") else value


def field_value(name: str, text: str) -> str:
    """Return a value with its delimiters for the field `name` of a .bib file, from plain text.

    Names of people are BibTeX text already and keep their braces where these are balanced; a month
    becomes its macro; anything else in braces.
    """
    if name == "month":
        number, day, _, _ = read_month(text)
        if number and day is None and MONTH_MACROS[MONTHS[number - 1]].startswith(text.strip(". ")):
            return MONTHS[number - 1]
    return f"{{{field_text(name, text)}}}"


def field_text(name: str, text: str) -> str:
    """Return what stands between the delimiters of the field `name`, from plain text."""
    if name in VERBATIM:
        return raw(text)
    if name in ("author", "editor"):
        text = " ".join(text.replace("\0", "").split())
        return re.sub(r"(?<!\\)([&%#_$])", r"\\\1", text) if _is_balanced(text) else escape(text)
    if name == "pages":
        return re.sub(r"(?<!-)-(?!-)", "--", " ".join(text.split())) if _is_simple(text) else escape(text)
    return escape(text)


def _is_simple(text: str) -> bool:
    return not re.search(r"[\\{}&%#_$~^'`\0]|--", text)


def _is_balanced(text: str) -> bool:
    """Whether braces are paired, and no backslash stands last, where it would escape the closing one."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return not depth and not text.endswith("\\")


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    """Yield field names and values (with delimiters) in the order in which people write them."""
    for name, text in _plain_fields(work):
        if text:
            yield name, f"{{{text}}}"
        elif name == "available" and "available_at" in work.extra:
            yield name, "{}"
        elif name == "month" and work.issued and (value := _month(work.issued)):
            yield name, value


def _plain_fields(work: Work) -> Iterator[tuple[str, str]]:
    """Yield field names and escaped texts; empty ones too, so that the order stands in one place."""
    issued, extra = work.issued or Date(), work.extra
    yield "author", write_names(work.authors, work.more_authors)
    yield "editor", write_names(work.editors)
    yield "title", escape(work.title)
    yield "subtitle", escape(work.subtitle)
    yield _container_field(work.type), escape(work.container)
    yield "shortjournal", escape(work.short_container)
    yield "series", escape(extra.get("series", ""))
    yield _PUBLISHER.get(work.type, "publisher"), escape(work.publisher)
    yield "address", escape(work.place)
    yield "edition", escape(work.edition)
    yield "year", f"{issued.year:04d}" if issued.year is not None else ""
    yield "month", ""
    yield "day", str(issued.day) if issued.day else ""
    yield "season", _season(issued)
    yield "volume", escape(work.volume)
    yield "number", escape(work.issue)
    yield "pages", field_text("pages", work.pages)
    yield "eid", escape(extra.get("article_number", ""))
    yield from _id_fields(work)
    yield "url", raw(work.url)
    yield "urldate", write_iso(work.accessed) if work.accessed else ""
    yield "available", escape(extra.get("available_at", ""))
    for name, field in EXTRA_NAMES.items():
        if name != "series":
            yield field, escape(extra.get(name, ""))


def _container_field(kind: str) -> str:
    if kind == "webpage":
        return "organization"  # the site: biblatex has no journal in @online
    return "booktitle" if kind in _IN_A_BOOK else "journal"


def _id_fields(work: Work) -> Iterator[tuple[str, str]]:
    values: Mapping[str, str] = {i.kind: i.value for i in reversed(work.ids)}
    for kind in _IDENTIFIERS:
        yield kind, raw(work.printed_doi if kind == "doi" else values.get(kind, ""))
    if "arxiv" in values:
        yield "eprint", raw(values["arxiv"])
        yield "eprinttype", "arxiv"


def _month(issued: Date) -> str:
    """Return the value of `month`: a macro, or the season as printed where it says the month too."""
    if issued.season and not _season(issued):
        return f"{{{escape(issued.season)}}}"
    return MONTHS[issued.month - 1] if issued.month and 1 <= issued.month <= 12 else ""


def _season(issued: Date) -> str:
    """Return a season that `month` alone could not give back."""
    if not issued.season:
        return ""
    season = escape(issued.season)
    month, day, again, known = read_month(decode(season))
    fits = known and (month, again) == (issued.month, decode(season)) and day is None
    return "" if fits else season
