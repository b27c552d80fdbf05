"""Word documents: a page whose citations a reference manager may keep as data in fields.

Zotero and Mendeley keep CSL-JSON, EndNote its own XML, Word its list of sources. Where such data is
there it is what the document cites; what it prints is generated from it. Without, the document is
read as the text that it shows.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from evidence import pages
from evidence.bibliography.csljson import work_of
from evidence.bibliography.endnote import read as read_endnote
from evidence.bibliography.items import Value, read_name, work_from, write_name
from evidence.matching import keys
from evidence.matching.same import Known, folded_title
from evidence.model import Citation, Document, Limits, Name, Problem, Reference, Settings, Source, Span, Work
from evidence.sources import read_bytes
from evidence.sources.docx import Code, extract, parse

_ZOTERO = re.compile(r"ADDIN (?:ZOTERO_ITEM )?CSL_CITATION\s")
_LISTS = ("ADDIN ZOTERO_BIBL", "ADDIN Mendeley Bibliography", "ADDIN EN.REFLIST", "BIBLIOGRAPHY",
          "MENDELEY_BIBLIOGRAPHY")  # fmt: skip
_TAG = "MENDELEY_CITATION_v3_"
_NATIVE = {
    "JournalArticle": "article-journal", "ArticleInAPeriodical": "article-magazine", "Book": "book",
    "BookSection": "chapter", "ConferenceProceedings": "paper-conference", "Report": "report",
    "InternetSite": "webpage", "DocumentFromInternetSite": "webpage", "Patent": "patent",
    "Case": "legal_case",
    "Film": "motion_picture", "Interview": "interview", "Art": "graphic", "SoundRecording": "song",
}  # fmt: skip
_NATIVE_NAMES = {
    "Title": "title", "JournalName": "container", "BookTitle": "container", "ConferenceName": "container",
    "PeriodicalTitle": "container", "InternetSiteTitle": "container", "Volume": "volume", "Issue": "issue",
    "Pages": "pages", "Publisher": "publisher", "Institution": "publisher", "City": "place",
    "Edition": "edition", "DOI": "doi", "URL": "url", "StandardNumber": "isbn", "ShortTitle": "short_title",
    "Comments": "note",
}  # fmt: skip


def read(path: str | os.PathLike[str], settings: Settings, *, name: str) -> Document:
    """Return what a `.docx` file holds; raises `ReadError`. Places are those in its text, line by line."""
    data = read_bytes(path, shown=name, limit=settings.limits.file)
    word = extract(data, name, settings.limits)
    source = Source(name, word.text, "docx", "utf-8", sha256(data).hexdigest(), os.path.abspath(path))
    page = pages.read(source, limits=settings.limits, patterns=settings.citation_patterns)
    cited = _Cited(source, settings.limits)
    native = dict(works for part in word.sources for works in _native(part, name))
    for code in word.codes:
        cited.take(code, native)
    if not cited.works:
        return replace(page, problems=(*page.problems, *cited.problems))
    lists = [Span(code.start, code.end) for code in word.codes if code.instruction.startswith(_LISTS)]
    return cited.document(page, lists)


@dataclass(slots=True)
class _Cited:
    """The works that the fields of a document cite, in order, and where they are cited."""

    source: Source
    limits: Limits
    works: list[Work] = field(default_factory=list)
    spots: list[tuple[Span, list[int]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: Known[int] = field(default_factory=Known)

    def take(self, code: Code, native: dict[str, Work]) -> None:
        """Take in what one field cites."""
        span = Span(code.start, max(code.end, code.start))
        if len(code.instruction) + len(code.data) > 4 * self.limits.entry:
            self.problems.append(Problem("not-fully-read", span, "a citation's data is too long to be read"))
            return
        numbers = []
        try:
            for work in _works(code, native, self.limits):
                number = self.known.find(work)
                if number is None:
                    number = len(self.works)
                    self.known.add(work, number)
                    self.works.append(work)
                numbers.append(number)
        except (ValueError, RecursionError, binascii.Error):
            what = (
                f"the data of this citation cannot be read: {self.source.text[span.start : span.end][:60]!r}"
            )
            self.problems.append(Problem("broken-entry", span, what))
        if numbers:
            self.spots.append((span, numbers))

    def document(self, page: Document, lists: list[Span]) -> Document:
        """Return the page with the works of its fields for those that its text prints."""
        names = keys.assign(self.works)
        places = self._places(lists)
        references = [
            Reference(
                key,
                None,
                work,
                self.source,
                span,
                raw=" ".join(self.source.text[span.start : span.end].split()),
            )
            for key, work, span in zip(names, self.works, places, strict=True)
        ]
        for reference in page.references:
            inside = any(span.start <= reference.span.start < span.end for span in lists)
            if not inside and self.known.find(reference.work) is None:
                references.append(reference)
        citations = tuple(
            Citation(tuple(names[n] for n in numbers), span, "key", tuple(names[n] for n in numbers))
            for span, numbers in self.spots
        )
        problems = (*page.problems, *self.problems)
        return replace(page, references=tuple(references), citations=citations, regions=(), problems=problems)

    def _places(self, lists: list[Span]) -> Iterator[Span]:
        """Yield for each work the paragraph that prints it, else where it is first cited; each its own."""
        printed = [
            (span, _folded(self.source.text[span.start : span.end])) for span in self._paragraphs(lists)
        ]
        first: dict[int, Span] = {}
        for span, numbers in self.spots:
            for number in numbers:
                first.setdefault(number, span)
        used: set[int] = set()
        for number, work in enumerate(self.works):
            title = folded_title(work)
            at = next(
                (s for s, text in printed if title and title in text and s.start not in used), first[number]
            )
            start = at.start
            while start in used:
                start += 1
            used.add(start)
            yield Span(start, max(at.end, start))

    def _paragraphs(self, lists: list[Span]) -> Iterator[Span]:
        for span in lists:
            for found in re.compile(r"\S[^\n]*(?:\n(?!\n)[^\n]+)*").finditer(
                self.source.text, span.start, span.end
            ):
                yield Span(*found.span())


def _folded(text: str) -> str:
    return folded_title(Work(title=text))


def _works(code: Code, native: dict[str, Work], limits: Limits) -> Iterable[Work]:
    """Yield the works that a field cites. Raises `ValueError` for data that cannot be read."""
    said = code.instruction
    if begins := _ZOTERO.match(said):
        yield from _items(_json(said[begins.end() :]))
    elif said.startswith(_TAG):
        yield from _items(_json(_unpacked(said.removeprefix(_TAG))))
    elif said.startswith("ADDIN EN.CITE") and not said.startswith("ADDIN EN.CITE.DATA"):
        text = said if "<record" in said else _unpacked(code.data)
        yield from (item.work for item in read_endnote(text, limits).items)
    elif said.startswith("CITATION"):
        tags = [said.split()[1:2], *(m.split()[:1] for m in said.split("\\m")[1:])]
        yield from (native[tag[0]] for tag in tags if tag and tag[0] in native)


def _unpacked(data: str) -> str:
    return base64.b64decode(re.sub(r"\s", "", data)).decode("utf-8", "replace").replace("\0", "")


def _json(text: str) -> Any:
    """Return the JSON at the beginning of a text; Word sometimes adds words behind it."""
    return json.JSONDecoder().raw_decode(text.strip())[0]


def _items(citation: Any) -> Iterator[Work]:
    """Yield the works of a CSL citation (citeproc-js, "Citation data objects")."""
    for item in citation.get("citationItems", ()) if isinstance(citation, dict) else ():
        data = item.get("itemData") if isinstance(item, dict) else None
        if isinstance(data, dict):
            yield work_of(data)


def _native(part: str, name: str) -> Iterator[tuple[str, Work]]:
    """Yield Word's own sources by their tag (ECMA-376, part 1, 22.6, "Bibliography")."""
    found: list[tuple[str, Work]] = []
    path: list[str] = []
    values: dict[str, list[Value]] = {}
    one: dict[str, str] = {}
    words: list[str] = []

    def begin(tag: str, _: dict[str, str]) -> None:
        path.append(tag)
        words.clear()
        if tag == "Source":
            values.clear()
            one.clear()
        elif tag == "Person":
            one.update(Last="", First="", Middle="")

    def finish(tag: str) -> None:
        text = "".join(words).strip()
        words.clear()
        path.pop()
        role = {"Author": "author", "BookAuthor": "editor", "Editor": "editor"}.get(_role(path), "")
        if tag in ("Last", "First", "Middle"):
            one[tag] = text
        elif tag == "Person" and role:
            given = f"{one.get('First', '')} {one.get('Middle', '')}".strip()
            person = Name(one.get("Last", ""), given)
            values.setdefault(role, []).append(Value(write_name(_parted(person))))
        elif tag == "Corporate" and role and text:
            values.setdefault(role, []).append(Value(write_name(Name(literal=text))))
        elif tag == "Source":
            found.append((one.get("Tag", ""), _native_work(one, values)))
        elif path and path[-1] == "Source":
            one[tag] = text
            if tag in _NATIVE_NAMES and text:
                values.setdefault(_NATIVE_NAMES[tag], []).append(Value(text))

    parse(part.encode(), name, begin, finish, words.append)
    yield from found


def _role(path: list[str]) -> str:
    """Return the role of a person: the element between the source and its list of names."""
    inside = [tag for tag in path if tag not in ("Sources", "Source", "NameList", "Person")]
    return inside[-1] if inside else ""


def _parted(person: Name) -> Name:
    return read_name(write_name(person)) if person.given else person


def _native_work(one: dict[str, str], values: dict[str, list[Value]]) -> Work:
    def date(suffix: str) -> list[Value]:
        parts = [one.get(f"{unit}{suffix}", "") for unit in ("Day", "Month", "Year")]
        return [Value(" ".join(part for part in parts if part))] if parts[2] else []

    return work_from(
        _NATIVE.get(one.get("SourceType", ""), "document"),
        {**values, "issued": date(""), "accessed": date("Accessed")},
    )
