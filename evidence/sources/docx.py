"""A Word document to text: its paragraphs, and the fields that reference managers keep in it.

Office Open XML (ECMA-376, part 1, chapter 17). The archive and its XML come from anywhere: parts are
read up to a cap whatever they claim of their size, a DTD is refused (so that no entity but XML's own
five exists), and elements may be nested only so deep.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from evidence.errors import ReadError
from evidence.model import Limits

#: Deepest nesting of elements; Word's own stay far below a hundred (tables in tables in text boxes).
DEEPEST = 400
#: Most parts of the document that are read: text, notes, numbering, sources of citations.
MOST_PARTS = 40

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_SUPERSCRIPT = re.compile(r"\s{0,3}\d{1,4}(?:\s{0,3}[,;–-]\s{0,3}\d{1,4}){0,40}\s{0,3}")


@dataclass(frozen=True, slots=True)
class Code:
    """A field: its instruction, data kept beside it (base64 or a tag), and the range of its result."""

    instruction: str
    data: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """What a document says: its text, paragraphs parted by empty lines; its fields; its own sources.

    `sources` are the XML parts in which Word keeps the works of its own citations.
    """

    text: str
    codes: tuple[Code, ...] = ()
    sources: tuple[str, ...] = ()


def extract(data: bytes, name: str, limits: Limits) -> Word:
    """Return what the bytes of a `.docx` file say.

    Raises `ReadError` for what is no Word document, is damaged or encrypted, or is over the limit.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(f"{name}: is an old .doc file, or encrypted: save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Archive(archive, name, limits).read()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReadError(f"{name}: is no readable Word document: {error}") from None


class _Archive:
    """The parts of one document."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self.archive, self.name = archive, name
        self.left = limits.file
        self.names = {info.filename: info for info in archive.infolist()}

    def read(self) -> Word:
        main = self._main()
        folder = posixpath.dirname(main)
        numbering = self._part(f"{folder}/numbering.xml")
        story = _Story(_formats(numbering, self.name) if numbering else {}, self.name)
        story.read(self._needed(main), "document")
        for part, kind in _NOTES.items():
            if content := self._part(f"{folder}/{part}.xml"):
                story.read(content, kind)
        sources: list[str] = []
        for part in sorted(self.names)[:10_000]:
            if re.fullmatch(r"customXml/item\d{1,4}\.xml", part) and len(sources) < MOST_PARTS:
                content = self._part(part)
                if b"/bibliography" in content[:2_000]:
                    sources.append(content.decode("utf-8", "replace"))
        return Word(story.text(), tuple(story.codes), tuple(sources))

    def _main(self) -> str:
        """Return the name of the main part, as the package's relations give it."""
        relations = self._part("_rels/.rels").decode("utf-8", "replace")
        for found in re.finditer(r"<Relationship\s[^<>]{0,2000}>", relations):
            target = re.search(r'\bTarget="([^"]{1,300})"', found[0])
            if target and re.search(r'Type="[^"]{0,200}/officeDocument"', found[0]):
                return target[1].lstrip("/")
        return "word/document.xml"

    def _needed(self, part: str) -> bytes:
        if part not in self.names:
            raise ReadError(f"{self.name}: is no Word document: it has no {part}")
        return self._part(part)

    def _part(self, part: str) -> bytes:
        """Return a part's bytes, b"" where there is none; all parts together stay below the limit."""
        if part not in self.names:
            return b""
        with self.archive.open(self.names[part]) as stream:
            content = stream.read(self.left + 1)
        if len(content) > self.left:
            raise ReadError(f"{self.name}: too large: its parts unpack to more than the limit (limits.file)")
        self.left -= len(content)
        return content


def parse(content: bytes, name: str, begin: Any, finish: Any, text: Any) -> None:
    """Run a parser over a part: namespaces are cut off names, a DTD is refused. Raises `ReadError`."""
    depth = 0

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ReadError(f"{name}: its elements are nested deeper than {DEEPEST}")
        begin(_local(tag), {_local(key): value for key, value in attributes.items()})

    def ended(tag: str) -> None:
        nonlocal depth
        depth -= 1
        finish(_local(tag))

    def refused(*_: object) -> None:
        raise ReadError(f"{name}: declares a document type: no Word document does, so it is not read")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refused
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ReadError(f"{name}: is damaged: {error}") from None


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _formats(content: bytes, name: str) -> dict[tuple[str, str], str]:
    """Return the number format ("decimal", "bullet" …) of each list (its number and level)."""
    abstract: dict[str, dict[str, str]] = {}
    lists: dict[str, str] = {}
    at = {"abstract": "", "level": "", "list": ""}

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag == "abstractNum":
            at["abstract"] = attributes.get("abstractNumId", "")
        elif tag == "lvl":
            at["level"] = attributes.get("ilvl", "0")
        elif tag == "numFmt" and at["abstract"]:
            abstract.setdefault(at["abstract"], {})[at["level"]] = attributes.get("val", "")
        elif tag == "num":
            at["list"] = attributes.get("numId", "")
        elif tag == "abstractNumId" and at["list"]:
            lists[at["list"]] = attributes.get("val", "")

    def finish(tag: str) -> None:
        if tag == "abstractNum":
            at["abstract"] = ""
        elif tag == "num":
            at["list"] = ""

    parse(content, name, begin, finish, lambda _: None)
    return {(n, level): form for n, a in lists.items() for level, form in abstract.get(a, {}).items()}


@dataclass(slots=True)
class _Open:
    """A field whose end has not come: instruction and data so far, and where its result began."""

    instruction: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    start: int = 0
    separated: bool = False
    tag: str = ""


class _Story:
    """Collects the text of the parts that a reader sees, in their order."""

    def __init__(self, formats: dict[tuple[str, str], str], name: str) -> None:
        self.codes: list[Code] = []
        self._formats, self._name = formats, name
        self._pieces: list[str] = []
        self._length = 0
        self._counts: dict[tuple[str, str], int] = {}
        self._open: list[_Open] = []
        self._tags: list[_Open | None] = []
        self._list: list[str] = ["", "0"]
        self._collect: str = ""
        self._skipped = 0
        self._begun = False
        self._raised = False
        self._run: list[str] = []
        self._notes: list[str] = []
        self._note = ""

    def text(self) -> str:
        return "".join(self._pieces)

    def read(self, content: bytes, kind: str) -> None:
        """Read one part: the document, or its foot- or endnotes."""
        if kind == "endnote" and self._notes:
            self._add("\n\nReferences\n\n")
        parse(content, self._name, self._start, self._end, self._characters)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if tag == "Fallback":  # what stands there stands a second time, for older programs
            self._skipped += 1
        elif self._skipped:
            return
        elif tag == "p":
            self._list, self._begun = [self._note, ""] if self._note else ["", "0"], False
        elif tag == "numId":
            self._list[0] = value
        elif tag == "ilvl":
            self._list[1] = value
        elif tag == "r":
            self._run, self._raised = [], False
        elif tag == "vertAlign":
            self._raised = value == "superscript"
        elif tag in ("t", "instrText", "fldData"):
            self._collect = tag
        elif tag in ("tab", "br", "cr", "noBreakHyphen"):
            self._run.append({"tab": "\t", "noBreakHyphen": "-"}.get(tag, "\n"))
        elif tag == "endnoteReference":
            self._notes.append(attributes.get("id", ""))
            self._run.append(f"[{len(self._notes)}]")
        elif tag == "endnote" and attributes.get("id", "") in self._notes:
            self._note = f"{self._notes.index(attributes['id']) + 1}. "
        elif tag == "fldChar":
            self._mark(attributes.get("fldCharType", ""))
        elif tag == "fldSimple":
            self._open.append(_Open([attributes.get("instr", "")], [], self._length, separated=True))
        elif tag == "sdt":
            self._tags.append(None)
        elif tag == "tag" and self._tags and self._tags[-1] is None:
            self._tags[-1] = _Open([], [], self._length, tag=value)

    def _mark(self, kind: str) -> None:
        """Begin a complex field, come to its result, or end it."""
        self._flush()
        if kind == "begin":
            self._open.append(_Open())
        elif kind == "separate" and self._open:
            self._open[-1].separated = True
            self._open[-1].start = self._length
        elif kind == "end" and self._open:
            self._close(self._open.pop())

    def _close(self, one: _Open) -> None:
        start = one.start if one.separated else self._length
        instruction = "".join(one.instruction).strip()
        if instruction.startswith(("ADDIN", "CITATION", "BIBLIOGRAPHY")):
            self.codes.append(Code(instruction, "".join(one.data), start, self._length))

    def _end(self, tag: str) -> None:
        if tag == "Fallback":
            self._skipped -= 1
        elif self._skipped:
            return
        elif tag in ("t", "instrText", "fldData"):
            self._collect = ""
        elif tag == "r":
            self._flush()
        elif tag == "p":
            self._flush()
            self._add("\n\n")
        elif tag == "fldSimple" and self._open:
            self._close(self._open.pop())
        elif tag == "sdt" and self._tags:
            one = self._tags.pop()
            if one and one.tag.startswith("MENDELEY_"):
                self.codes.append(Code(one.tag, "", one.start, self._length))

    def _characters(self, text: str) -> None:
        if self._skipped or not self._collect:
            return
        if self._collect == "t":
            self._run.append(text)
        elif self._open:
            kept = self._open[-1].data if self._collect == "fldData" else self._open[-1].instruction
            kept.append(text)

    def _flush(self) -> None:
        """Write a run: raised numbers as a citation in brackets; first the paragraph's own number."""
        text = "".join(self._run)
        self._run = []
        if not text:
            return
        if any(not one.separated for one in self._open):
            return  # inside an instruction
        if self._raised and _SUPERSCRIPT.fullmatch(text):
            text = f"[{text.strip()}]"
        if not self._begun:
            self._begun = True
            self._add(self._label())
        self._add(text)

    def _label(self) -> str:
        """Return what Word prints before a paragraph of a list."""
        number, level = self._list
        if not number or number == "0":
            return ""
        if self._note:
            self._note = ""
            return number
        self._counts[number, level] = count = self._counts.get((number, level), 0) + 1
        return "- " if self._formats.get((number, level), "decimal") in ("bullet", "none") else f"{count}. "
