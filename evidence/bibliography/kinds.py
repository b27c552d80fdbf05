"""Entry types of BibTeX and biblatex, and the CSL types they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Item types of CSL 1.0.2 (its specification, appendix III).
CSL_TYPES = frozenset(
    {
        "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
        "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
        "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
        "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
        "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
        "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
        "standard", "thesis", "treaty", "webpage",
    }
)  # fmt: skip
#: Entry types of BibTeX, biblatex (manual, 2.1) and reference managers.
_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "periodical": "periodical",
    "book": "book", "mvbook": "book", "booklet": "pamphlet", "manual": "book", "collection": "book",
    "mvcollection": "book", "proceedings": "book", "mvproceedings": "book", "reference": "book",
    "mvreference": "book", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "incollection": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "webpage": "webpage",
    "unpublished": "manuscript", "dataset": "dataset", "data": "dataset", "software": "software",
    "patent": "patent", "artwork": "graphic", "image": "graphic", "movie": "motion_picture",
    "video": "motion_picture", "audio": "song", "music": "song", "standard": "standard",
    "letter": "personal_communication", "review": "review", "performance": "performance",
    "legislation": "legislation", "jurisdiction": "legal_case", "preprint": "article",
    "newspaper": "article-newspaper", "magazine": "article-magazine",
}  # fmt: skip
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper", "preprint": "article"}
_PREPRINT = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|engrxiv|eartharxiv|research square|ssrn"
    r"|preprints?(?:\.org)?|corr)\b",
    re.IGNORECASE,
)
_ENTRY_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "article": "online", "book": "book", "chapter": "incollection", "paper-conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "webpage": "online", "post": "online",
    "post-weblog": "online", "dataset": "dataset", "software": "software", "patent": "patent",
    "manuscript": "unpublished", "pamphlet": "booklet", "periodical": "periodical",
}  # fmt: skip


def work_type(entry_type: str, fields: Mapping[str, str]) -> str:
    """Return the CSL type of an entry, from its type and the text of its fields (lower-case names).

    A preprint is known by its server; a `misc` entry with an address and no DOI is a web page.
    """
    subtype = fields.get("entrysubtype", "").strip().lower()
    if subtype in CSL_TYPES or subtype in _SUBTYPES:
        return _SUBTYPES.get(subtype, subtype)
    kind = entry_type.lower()
    known = _TYPES.get(kind)
    can_be_preprint = known in ("article-journal", "webpage") or kind in ("misc", "unpublished", "techreport")
    if can_be_preprint and _is_preprint(fields):
        return "article"
    if known:
        return known
    if kind == "misc" and _has_address(fields) and not fields.get("doi", "").strip():
        return "webpage"
    return "document"


def entry_type(work_type: str) -> str:
    """Return the entry type that a work of a CSL type is written as."""
    return _ENTRY_TYPES.get(work_type, "misc")


def _is_preprint(fields: Mapping[str, str]) -> bool:
    """Whether the place of publication is a preprint server, or nothing but an eprint is named."""
    for name in ("journal", "journaltitle", "booktitle"):
        if place := fields.get(name, "").strip():
            return bool(_PREPRINT.search(place))
    for name in ("archiveprefix", "eprinttype", "publisher", "institution"):
        if name in fields and _PREPRINT.search(fields[name]):
            return True
    return "10.48550/" in fields.get("doi", "") or "arxiv.org/" in fields.get("url", "").lower()


def _has_address(fields: Mapping[str, str]) -> bool:
    published = fields.get("howpublished", "")
    return bool(fields.get("url", "").strip()) or any(w in published for w in ("\\url", "http", "www."))
