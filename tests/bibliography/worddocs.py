"""Word documents made for tests: a few parts of Office Open XML in a zip archive."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def document(*paragraphs: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a .docx file of paragraphs (inner XML, or plain text)."""
    body = "".join(p if p.startswith("<w:p>") else f"<w:p>{run(p)}</w:p>" for p in paragraphs)
    main = f'<?xml version="1.0"?><w:document {_NAMESPACE}><w:body>{body}</w:body></w:document>'
    return archive({"_rels/.rels": _RELATIONS, "word/document.xml": main, **(parts or {})})


def archive(parts: Mapping[str, str]) -> bytes:
    """Return a zip archive of text files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str, shown: str, data: str = "") -> str:
    """Return a complex field: what it says and what it shows."""
    kept = f"<w:fldData>{data}</w:fldData>" if data else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{kept}</w:fldChar></w:r>'
        f"<w:r><w:instrText> {escape(instruction)} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(*inner: str) -> str:
    """Return a paragraph of runs and fields."""
    return f"<w:p>{''.join(inner)}</w:p>"


def cites(items: Sequence[Mapping[str, Any]]) -> str:
    """Return a CSL citation as Zotero and Mendeley keep it."""
    return json.dumps(
        {"citationID": "a1", "citationItems": [{"id": n, "itemData": i} for n, i in enumerate(items)]}
    )
