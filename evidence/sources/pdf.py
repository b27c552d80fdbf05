"""The text of a PDF, for quotes to be found in; needs the extra `evidence-bib[pdf]` (pypdf).

The text is read and thrown away: facts keep the quoted words, and of the file its digest.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from evidence.errors import ReadError
from evidence.model import Limits

#: Most pages that are read: a study is shorter, a book is no source of one fact.
PAGES = 500


def text_of(path: str | os.PathLike[str], *, limits: Limits | None = None) -> str:
    """Return the text of a PDF, a blank line between its pages.

    Raises `ReadError` where the file is missing, too large, damaged, encrypted or holds no text
    (a scan), and where pypdf is not installed.
    """
    shown = os.fspath(path).replace(os.sep, "/")
    data = _bytes(path, shown, limits or Limits())
    try:
        from io import BytesIO

        from pypdf import PdfReader
    except ImportError:
        raise ReadError(f"{shown}: a PDF is read by an extra: pip install 'evidence-bib[pdf]'") from None
    try:
        pages = [page.extract_text() or "" for page in PdfReader(BytesIO(data)).pages[:PAGES]]
    except Exception as error:  # pypdf raises whatever a damaged file makes it stumble over
        raise ReadError(f"{shown}: this PDF cannot be read ({type(error).__name__})") from None
    text = "\n\n".join(pages)
    if not any(map(str.isalnum, text)):
        raise ReadError(f"{shown}: this PDF holds no text (a scan?): save its text as .txt")
    return text


def digest(path: str | os.PathLike[str], *, limits: Limits | None = None) -> str:
    """Return the SHA-256 of a file; raises `ReadError`."""
    shown = os.fspath(path).replace(os.sep, "/")
    return sha256(_bytes(path, shown, limits or Limits())).hexdigest()


def _bytes(path: str | os.PathLike[str], shown: str, limits: Limits) -> bytes:
    try:
        if not Path(path).is_file():
            raise ReadError(f"{shown}: no such file")
        if Path(path).stat().st_size > limits.file:
            raise ReadError(f"{shown}: longer than {limits.file:,} bytes (limits.file)")
        return Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{shown}: {error.strerror or error}") from None
