"""Numbered identifiers: PMID, PMCID, trial numbers, arXiv, ISBN, ISSN."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from evidence.ids.characters import INVISIBLE
from evidence.ids.dois import doi
from evidence.model import Id, Span

_PATTERNS: dict[str, tuple[str, int]] = {
    "pmid": (
        r"(?:(?<![A-Za-z])PMID|PubMed(?: ID| PMID|-ID)?|PubMed Central PMID)"
        r"(?:\s?[:=#]\s{0,2}|\s)0*([1-9]\d{0,7})(?![\d.]*\d)",
        re.IGNORECASE,
    ),
    "pmid_url": (
        r"(?:pubmed\.ncbi\.nlm\.nih\.gov/(?:pubmed/|entrez/)?|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?"
        r"|europepmc\.org/(?:article|abstract)/med/|list_uids=|pubmed\.gov/)0*([1-9]\d{0,7})(?!\d)",
        re.IGNORECASE,
    ),
    "pmcid": (r"(?<![A-Za-z])(PMC\s?\d{3,9})(?!\d)|PMCID:\s{0,2}(\d{3,9})(?!\d)", re.IGNORECASE),
    "nct": (r"(?<![A-Za-z])(NCT\s?[-:]?\s?\d{8})(?!\d)", re.IGNORECASE),
    "arxiv": (
        r"(?:(?<![A-Za-z])arXiv\s?:\s{0,2}|arxiv\.org/(?:abs|pdf|html)/|(?<![A-Za-z])arXiv\s)"
        r"(\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?)(?!\d)",
        re.IGNORECASE,
    ),
    "isbn": (
        r"(?<![A-Za-z])(?:e-?)?ISBN(?:[-– ]?1[03])?\s?[:=]?\s{0,2}((?:97[89][- –‐‑]?)?\d[- –‐‑\d]{7,13}"
        r"[\dXx])(?!\d)"
        r"|(?<![\d/-])(97[89]-\d{1,5}-\d{1,7}-\d{1,7}-\d)(?![\d-])",
        re.IGNORECASE,
    ),
    "issn": (r"(?<![A-Za-z])(?:e-?|p-?)?ISSN\s?[:=]?\s{0,2}(\d{4}[-–‐‑]\d{3}[\dXx])(?!\d)", re.IGNORECASE),
    "version": (r"v\d{1,2}$", re.IGNORECASE),
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most runs start without any of them."""
    return re.compile(*_PATTERNS[name])


def finder_of(kind: str, *names: str) -> Callable[[str], Iterator[tuple[Id, Span]]]:
    """Return a finder: the first group that matched of each pattern, if its normal form is valid."""

    def finder(text: str) -> Iterator[tuple[Id, Span]]:
        for name in names:
            for found in _pattern(name).finditer(text):
                group = found.lastindex or 0
                value = normalise(kind, found.group(group))
                if value:
                    yield Id(kind, value), Span(*found.span(group))

    return finder


def _check_digits(digits: str) -> bool:
    """Check an ISBN by the rules of ISO 2108: modulo 11 with ten digits, modulo 10 with thirteen."""
    values = [10 if d == "X" else int(d) for d in digits]
    if len(values) == 10:
        return sum(v * (10 - i) for i, v in enumerate(values)) % 11 == 0
    return sum(v * (3 if i % 2 else 1) for i, v in enumerate(values)) % 10 == 0


def valid_isbn(text: str) -> bool:
    """Tell whether `text` is an ISBN-10 or ISBN-13 with the right check digit; hyphens may stand."""
    digits = re.sub(r"[\s\-–‐‑]", "", text).upper()
    if not re.fullmatch(r"\d{9}[\dX]|97[89]\d{10}", digits, re.ASCII):
        return False
    return _check_digits(digits)


def _valid_issn(digits: str) -> bool:
    """Check an ISSN by ISO 3297: modulo 11, weights 8 to 1."""
    if not re.fullmatch(r"\d{7}[\dX]", digits, re.ASCII):
        return False
    return sum((10 if d == "X" else int(d)) * (8 - i) for i, d in enumerate(digits)) % 11 == 0


def normalise(kind: str, value: str) -> str:
    """Return the normal form of an identifier of `kind` ("doi", "pmid" …), or "" if it is not one."""
    value = value.strip().translate(INVISIBLE)
    if kind == "doi":
        return doi(value)
    if kind == "pmid":
        found = re.fullmatch(r"(?:PMID\s?:?\s?)?0*([1-9]\d{0,7})", value, re.IGNORECASE | re.ASCII)
        return found.group(1) if found else ""
    if kind == "pmcid":
        found = re.fullmatch(
            r"(?:PMCID\s?:?\s?)?(?:PMC)?\s?(\d{1,9})(?:\.\d)?", value, re.IGNORECASE | re.ASCII
        )
        return f"PMC{found.group(1)}" if found else ""
    if kind == "nct":
        found = re.fullmatch(r"NCT[\s:-]{0,3}(\d{8})", value, re.IGNORECASE | re.ASCII)
        return f"NCT{found.group(1)}" if found else ""
    if kind == "arxiv":
        value = re.sub(r"^arxiv\s?:?\s?", "", value, flags=re.IGNORECASE)
        value = _pattern("version").sub("", value.lower())
        return (
            value
            if re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[a-z]{2})?/\d{7}", value, re.ASCII)
            else ""
        )
    if kind in ("isbn", "issn"):
        digits = re.sub(r"[\s\-–‐‑]|^(?:ISBN|ISSN)[\s:]*", "", value, flags=re.IGNORECASE).upper()
        valid = valid_isbn(digits) if kind == "isbn" else _valid_issn(digits)
        if not valid:
            return ""
        return digits if kind == "isbn" else f"{digits[:4]}-{digits[4:]}"
    return value
