"""A PubMed summary becomes a `Record`, with the notices that PubMed ties to the paper. Pure.

Shapes: NCBI, "The E-utilities In-Depth" (ESummary, version 2.0 JSON). The publication type
"Retracted Publication" stands on the paper, "Retraction of Publication" (since 2024 "Retraction
Notice") on the notice; the list `references` holds what was published about it later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evidence import ids, names
from evidence.model import Date, Id, Name, Notice, Record, Work
from evidence.services.reading import clean, mappings, texts

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}

#: Kinds of comments and corrections (RefType, blanks and case left out) in the words of our
#: notices. "... in" stands on the paper itself; a comment says nothing against it. A paper that was
#: retracted and republished is retracted in the form that was cited.
COMMENTS = {
    "retractionin": "retraction", "retractedandrepublishedin": "retraction",
    "partialretractionin": "concern", "expressionofconcernin": "concern",
    "erratumin": "correction", "correctedandrepublishedin": "correction",
}  # fmt: skip

#: Kinds that say which work this one is a notice about.
_ABOUT = {
    "retractionof", "partialretractionof", "expressionofconcernfor", "erratumfor",
    "correctedandrepublishedfrom", "retractedandrepublishedfrom",
}  # fmt: skip

#: Publication types of a paper that was retracted, and of a work that is itself a notice.
RETRACTED = "retracted publication"
NOTICES = frozenset({
    "retraction of publication", "retraction notice", "published erratum", "expression of concern",
})  # fmt: skip


def parse(pmid: str, summary: Mapping[str, Any]) -> Record:
    """Return a summary as a record; what has another type than documented is left out."""
    kinds = texts(summary.get("pubtype"))
    comments = [
        (clean(entry.get("reftype")), str(entry.get("pmid") or ""), clean(entry.get("refsource")))
        for entry in mappings(summary.get("references"))
    ]
    people = [clean(author.get("name")) for author in mappings(summary.get("authors")) if _writes(author)]
    book = clean(summary.get("booktitle"))
    work = Work(
        type="chapter" if book and clean(summary.get("title")) else "book" if book else "article-journal",
        title=re.sub(r"\.$", "", clean(summary.get("title"))),
        authors=tuple(map(_name, filter(None, people))),
        issued=date_of(clean(summary.get("pubdate"))),
        dates=_dates(summary),
        container=book or clean(summary.get("fulljournalname")),
        short_container=clean(summary.get("source")),
        volume=clean(summary.get("volume")),
        issue=clean(summary.get("issue")),
        pages=clean(summary.get("pages")) or _article_number(clean(summary.get("elocationid"))),
        ids=tuple(dict.fromkeys([Id("pmid", pmid), *ids_of(summary)])),
        extra=_extra(kinds, comments, summary),
    )
    notices = tuple(notices_of(kinds, comments))
    return Record("pubmed", work, notices, url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/")


def ids_of(summary: Mapping[str, Any]) -> Iterator[Id]:
    """Yield the identifiers of a summary of PubMed or of PubMed Central."""
    kinds = {"doi": "doi", "pmc": "pmcid", "pmcid": "pmcid", "pmid": "pmid", "pubmed": "pmid"}
    for item in mappings(summary.get("articleids")):
        kind = kinds.get(clean(item.get("idtype")).lower(), "")
        value = item.get("value")
        text = clean(value) if isinstance(value, str) else str(value) if isinstance(value, int) else ""
        # PubMed Central writes "pmc-id: PMC123;" in one field and "PMC123" in another
        text = re.sub(r"^pmc-id:\s?|;.*$", "", text) if kind == "pmcid" else text
        if kind and text and (normal := ids.normalise(kind, text)):
            yield Id(kind, normal)


def notices_of(kinds: Iterable[str], comments: Sequence[tuple[str, str, str]]) -> Iterator[Notice]:
    """Yield what PubMed says happened to a paper: (RefType, PMID, source) of its comments.

    A retraction by publication type alone has no notice that could be named.
    """
    folded = {kind.lower() for kind in kinds}
    if folded & NOTICES and RETRACTED not in folded:
        return
    found = []
    for kind, pmid, source in comments:
        told = COMMENTS.get(re.sub(r"[^a-z]", "", kind.lower()))
        if told:
            number = ids.normalise("pmid", pmid)
            found.append(Notice(told, f"pmid:{number}" if number else "", _day(source), ("pubmed",)))
    if RETRACTED in folded and not any(notice.kind == "retraction" for notice in found):
        found.append(Notice("retraction", "", "", ("pubmed",)))
    yield from sorted(set(found), key=lambda n: (n.date, n.kind, n.id))


def _writes(author: Mapping[str, Any]) -> bool:
    return clean(author.get("authtype")).lower() not in ("editor", "illustrator", "translator")


def _name(text: str) -> Name:
    return names.read_one(text)


def _extra(
    kinds: Sequence[str], comments: Sequence[tuple[str, str, str]], summary: Mapping[str, Any]
) -> dict[str, str]:
    about = [
        f"pmid:{pmid}" for kind, pmid, _ in comments if pmid and re.sub(r"[^a-z]", "", kind.lower()) in _ABOUT
    ]
    is_notice = {kind.lower() for kind in kinds} & NOTICES
    extra = {
        "pubtype": "Review" if "Review" in kinds else "",
        "original_title": clean(summary.get("vernaculartitle")),
        "updates": "; ".join(about) if is_notice else "",
    }
    return {key: value for key, value in extra.items() if value}


def _article_number(text: str) -> str:
    """Return the article number of "pii: e12345. doi: 10.1/x", or ""."""
    found = re.match(r"(?:pii:\s?)?(e?\d{2,12})(?:[.\s]|$)", text)
    return found[1] if found else ""


def _dates(summary: Mapping[str, Any]) -> dict[str, Date]:
    online = date_of(clean(summary.get("epubdate")))
    return {"online": online} if online else {}


def date_of(text: str) -> Date | None:
    """Read PubMed's "2014 Nov 1", "2015 Jan-Feb", "2015 Spring", "2015" or "1998 Dec-1999 Jan"."""
    parts = text.split()
    if not parts or not re.fullmatch(r"[12]\d{3}", parts[0][:4], re.ASCII):
        return None
    month = _MONTHS.get(parts[1][:3].lower()) if len(parts) > 1 else None
    day = int(parts[2]) if month and len(parts) > 2 and re.fullmatch(r"\d{1,2}", parts[2], re.ASCII) else None
    season = parts[1] if len(parts) > 1 and month is None else ""
    return Date(int(parts[0][:4]), month, day if day and 1 <= day <= 31 else None, season)


def _day(source: str) -> str:
    """Return the ISO date in a source such as "Lancet. 2010 Feb 6;375(9713):445", or ""."""
    found = re.search(r"\b([12]\d{3})(?: ([A-Z][a-z]{2})(?: (\d{1,2}))?)?(?=[;:.\s]|$)", source)
    if not found:
        return ""
    month = _MONTHS.get((found[2] or "").lower())
    day = int(found[3]) if month and found[3] else 0
    return found[1] + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
