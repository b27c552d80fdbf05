"""The bytes of a file to its text and back, byte for byte.

The order of the contract: byte order mark, UTF-8, the file's own declaration, Latin-1 with a note.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from evidence.errors import ReadError
from evidence.model import Kind

#: Byte order marks and the name under which the encoding is kept (UTF-32 first: its mark begins
#: with that of UTF-16). `-sig` means: the mark is written back.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le-sig"),
    (codecs.BOM_UTF32_BE, "utf-32-be-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le-sig"),
    (codecs.BOM_UTF16_BE, "utf-16-be-sig"),
)

#: First bytes of files that are never text, whatever the share of control characters.
SIGNATURES = (b"%PDF-", b"PK\3\4", b"\x89PNG\r\n", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")

#: Control characters that do not occur in text (tab, newlines, form feed, escape and Ctrl-Z do).
CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1a\x1b\b") + b"\x7f"

#: How many characters of a file may hold its declaration of an encoding (HTML says 1024).
DECLARED_WITHIN = 4096

_DECLARATIONS = (
    r"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})",
    r"<\?xml[^<>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})",
    r"^[ \t]{0,9}%[ \t]{0,9}!\s{0,9}TEX\s{1,9}encoding\s{0,9}=\s{0,9}([\w.:-]{1,40})",
    r"^[ \t]{0,9}%+[ \t]{0,9}Encoding:[ \t]{0,9}([\w.:-]{1,40})",
    r"-\*-[^\n]{0,200}?coding:\s{0,9}([\w.-]{1,40})",
    r"\\usepackage\s{0,9}\[([\w-]{1,40})\]\s{0,9}\{inputenc\}",
)

#: Names of encodings that Python knows under another one.
_ALIASES = {
    "ansinew": "cp1252", "applemac": "mac_roman", "latin9": "iso8859-15", "latin10": "iso8859-16",
    "macosroman": "mac_roman", "isolatin": "latin-1", "x-sjis": "shift_jis",
}  # fmt: skip


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of a text in an encoding of a `Source`, its byte order mark included.

    Raises `UnicodeEncodeError` for a character that the encoding does not have.
    """
    for mark, name in MARKS:
        if name == encoding:
            return mark + text.encode(encoding.removesuffix("-sig"))
    return text.encode(encoding)


def decode(data: bytes, name: str = "<bytes>") -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a file's bytes, the encoding to write it back in, and notes.

    By the byte order mark, else UTF-8, else the file's own declaration, else Latin-1 (Windows-1252
    where bytes occur that are control characters in Latin-1). Whatever is returned encodes to the
    same bytes again. Raises `ReadError` for binary data.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding.removesuffix("-sig"))
            except UnicodeDecodeError as error:
                if mark == codecs.BOM_UTF8:
                    break
                begins = encoding.removesuffix("-sig")
                raise ReadError(f"{name}: begins as {begins} but is not: {error.reason}") from None
            _refuse_binary(text.encode("utf-8", "surrogatepass"), name)
            return text, encoding, ()
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    for declared in _declared(data[:DECLARED_WITHIN].decode("latin-1")):
        decoded = _try(data, declared)
        if decoded is not None:
            return decoded, declared, ()
    where = f"not UTF-8 (line {line}) and no usable declaration: read as"
    windows = _try(data, "cp1252") if re.search(rb"[\x80-\x9f]", data) else None
    if windows is not None:
        return windows, "cp1252", (f"{where} Windows-1252",)
    return data.decode("latin-1"), "latin-1", (f"{where} Latin-1",)


def sniff(text: str) -> Kind:
    """Return what a file of unknown suffix seems to be, from its first characters."""
    if records := sniff_records(text):
        return records
    head = text[:4000].lstrip().lower()
    elements = r"<(?:body|head|p|div|ol|ul)\b[^<>]{0,200}>"
    if head.startswith(("<!doctype html", "<html", "<?xml")) or re.search(elements, head):
        return "html"
    if "\\documentclass" in head or "\\begin{document}" in head:
        return "latex"
    if re.search(r"^@[a-z]{3,20}[ \t]{0,9}[{(]", head, re.MULTILINE):
        return "bib"
    if head.startswith("---\n") or re.search(r"^#{1,6} |^```|\]\(https?://", head, re.MULTILINE):
        return "markdown"
    return "text"


def sniff_records(text: str) -> Kind | None:
    """Return the form of records that a text begins with (RIS, PubMed's, CSL-JSON, EndNote XML), or None."""
    head = text[:4000].lstrip("\ufeff \t\r\n")
    if re.match(r"TY[ ]{0,2}- \S", head):
        return "ris"
    tagged = re.match(r"[A-Z]{2,4}[ ]{0,2}- \S", head)
    if tagged and re.search(r"^(?:PMID|TI  |FAU |JT  )- \S", head, re.MULTILINE):
        return "nbib"
    if head.startswith("<") and re.search(r"<records?>", head):
        return "endnote"
    if re.match(r"(?:\[\s*)?\{\s*\"", head) and re.search(r'"(?:type|title|id|items|references)"\s*:', head):
        return "csl-json"
    return None


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise `ReadError` for data that is not text.

    A stray control character does not make a file binary: with a NUL among them, one in a hundred
    characters must be such; without, one in twenty (random bytes hold one in nine).
    """
    controls = len(data) - len(data.translate(None, CONTROLS))
    if controls > len(data) // 3 and controls == data.count(0) in (data[::2].count(0), data[1::2].count(0)):
        raise ReadError(f"{name}: binary, or UTF-16 without a byte order mark: save it as UTF-8")
    if data.startswith(SIGNATURES) or controls * (100 if b"\0" in data else 20) > len(data):
        raise ReadError(f"{name}: binary, not text")


def _declared(head: str) -> Iterator[str]:
    """Yield the encodings that the beginning of a file declares, as Python names them."""
    for pattern in _DECLARATIONS:
        match = re.search(pattern, head, re.IGNORECASE | re.MULTILINE)
        if match:
            name = match[1].lower()
            # WHATWG Encoding Standard: on the web, Latin-1 and ASCII are labels of Windows-1252.
            if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
                yield from ("latin-1", "cp1252") if "inputenc" in pattern else ("cp1252", "latin-1")
            else:
                yield _ALIASES.get(name, name)


def _try(data: bytes, encoding: str) -> str | None:
    """Return the text where the encoding reads these bytes and writes them back the same."""
    ascii_bytes = bytes(range(32, 127))
    try:
        # What declares itself in ASCII extends ASCII; this keeps out UTF-7, escapes and EBCDIC.
        if ascii_bytes.decode(encoding) != ascii_bytes.decode("ascii"):
            return None
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except (LookupError, ValueError):
        return None
