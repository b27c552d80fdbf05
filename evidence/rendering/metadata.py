"""References for machines that read pages: schema.org JSON-LD, Highwire meta tags, COinS.

None of it is set unasked. JSON-LD and Highwire describe what the page cites; COinS are empty spans
that reference managers find beside each item (Zotero reads all three).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from evidence.model import Work
from evidence.names import show
from evidence.rendering.html import escape
from evidence.rendering.parts import form_of, full_title, long_container, pages_of, volume_of
from evidence.rendering.pieces import SCHEMES, clean, doi_address, visible

#: What a form is in the words of schema.org.
_TYPES = {
    "article": "ScholarlyArticle",
    "preprint": "ScholarlyArticle",
    "part": "Chapter",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "dataset": "Dataset",
    "web": "WebPage",
}


def _names(work: Work) -> list[str]:
    return [text for name in work.authors if (text := clean(show(name, "full")))]


def _date(work: Work) -> str:
    issued = work.issued
    if issued is None or issued.year is None:
        return ""
    parts = [f"{issued.year:04}"]
    for part, most in ((issued.month, 12), (issued.day, 31)):
        if part is None or not 1 <= part <= most:
            break
        parts.append(f"{part:02}")
    return "-".join(parts)


def _addresses(work: Work) -> list[str]:
    """Return where a work is found: DOI, PubMed, PubMed Central, then its own address."""
    found = [doi_address(work.doi)] if work.doi else []
    for kind, base in (
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/"),
        ("pmcid", "https://pmc.ncbi.nlm.nih.gov/articles/"),
    ):
        found += [f"{base}{i.value}/" for i in work.ids if i.kind == kind and i.value.isalnum()]
    address = clean(work.url)
    if address.lower().startswith(SCHEMES):
        found.append(address)
    return list(dict.fromkeys(found))


def json_ld(works: Sequence[Work]) -> str:
    """Return a script element with the works as `citation` of the page (schema.org, JSON-LD 1.1)."""
    page = {"@context": "https://schema.org", "@type": "WebPage", "citation": [_thing(w) for w in works]}
    text = json.dumps(page, ensure_ascii=False, indent=1)
    # inside a script element only these can end it or open a comment (HTML, 13.1.2.6)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">\n{text}\n</script>\n'


def _thing(work: Work) -> dict[str, Any]:
    addresses = _addresses(work)
    container = visible(long_container(work))
    issn = next((i.value for i in work.ids if i.kind == "issn"), "")
    part: dict[str, Any] = {}
    if container:
        kind = "Periodical" if form_of(work) == "article" else "CreativeWork"
        part = {"@type": kind, "name": container} | ({"issn": issn} if issn else {})
    values: dict[str, Any] = {
        "name": visible(full_title(work)),
        "author": [
            {"@type": "Organization" if name.literal else "Person", "name": clean(show(name, "full"))}
            for name in work.authors
        ],
        "datePublished": _date(work),
        "isPartOf": part,
        "volumeNumber": volume_of(work) if form_of(work) == "article" else "",
        "issueNumber": clean(work.issue) if form_of(work) == "article" else "",
        "pagination": pages_of(work),
        "publisher": {"@type": "Organization", "name": clean(work.publisher)} if work.publisher else {},
        "sameAs": addresses,
    }
    return {"@type": _TYPES[form_of(work)]} | {name: value for name, value in values.items() if value}


def highwire(works: Sequence[Work]) -> str:
    """Return one `citation_reference` meta element a work (Highwire Press tags, Google Scholar)."""
    lines = []
    for work in works:
        journal = form_of(work) in ("article", "preprint")
        fields = [("citation_title", visible(full_title(work)))]
        fields += [("citation_author", name) for name in _names(work)]
        container = "citation_journal_title" if journal else "citation_inbook_title"
        fields += [
            (container, visible(long_container(work))),
            ("citation_publication_date", _date(work).replace("-", "/")),
            ("citation_volume", volume_of(work)),
            ("citation_issue", clean(work.issue)),
            ("citation_firstpage", pages_of(work).split("-")[0].split("–")[0]),
            ("citation_doi", clean(work.doi)),
            ("citation_pmid", clean(work.pmid)),
        ]
        # a semicolon ends a field
        text = "; ".join(f"{name}={value.replace(';', ',')}" for name, value in fields if value)
        lines.append(f'<meta name="citation_reference" content="{escape(text)}">\n')
    return "".join(lines)


def coins(work: Work) -> str:
    """Return the empty span of a work (COinS: Z39.88-2004 key/value pairs in the `title` attribute)."""
    form = form_of(work)
    article = form in ("article", "preprint")
    people = [name for name in work.authors if name.family or name.literal]
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if article else 'book'}"),
        ("rft.genre", "article" if article else "bookitem" if form == "part" else "book"),
        ("rft.atitle" if article or form == "part" else "rft.btitle", visible(full_title(work))),
        (
            "rft.jtitle" if article else "rft.btitle",
            visible(long_container(work)) if article or form == "part" else "",
        ),
        *(("rft.au", clean(show(name, "full"))) for name in people),
        ("rft.date", _date(work)),
        ("rft.volume", volume_of(work)),
        ("rft.issue", clean(work.issue)),
        ("rft.pages", pages_of(work)),
        ("rft.pub", clean(work.publisher) if not article else ""),
        ("rft_id", f"info:doi/{work.doi}" if work.doi else ""),
        ("rft_id", f"info:pmid/{work.pmid}" if work.pmid else ""),
    ]
    text = urlencode([(name, value.encode("utf-8", "replace")) for name, value in fields if value])
    return f'<span class="Z3988" title="{escape(text)}"></span>\n'
