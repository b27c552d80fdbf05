"""What is certain in a reference string, taken out first: identifiers, addresses, notes of access.

Also dropped here is what belongs to no field: numbering, "[Internet]", "Epub …", link labels.
"""

from __future__ import annotations

import re
from functools import cache

from evidence import ids
from evidence.model import Span
from evidence.parsing.dates import read_date
from evidence.parsing.draft import TAKEN, Draft

_MONTH = r"(?:\d{1,2}(?:st|nd|rd|th)?\s)?[A-Z][a-zé]{2,9}\.?"
_DATE = (
    rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|{_MONTH},?\s\d{{4}}"
    rf"|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}\s[A-Z][a-z]{{2,8}}\.?(?:\s\d{{1,2}})?|\d{{4}})"
)
_PATTERNS = {
    "numbering": r"\s{0,9}(?:\[\d{1,4}\]\.?|\(\d{1,3}\)(?=\s[A-Z])|\d{1,3}[.)](?=\s)|\d{1,3}[.)](?=[A-Z\"])"
    r"|\[[A-Za-z][\w+.:' -]{1,24}\d{2}[\w-]{0,8}\]|[•▪◦‣·*†●○]{1,3}(?=\s)|-(?=\s)"
    r"|\d{1,3}(?=\s{1,3}(?:[A-Z]\.[\s-]?){1,3}\s?[A-Z])|\d{1,3}(?=(?:[A-Z]\. ?){1,3}[A-Z])"
    r"|\d{1,3}\s(?=[A-Z][\w'-]{1,20},? [A-Z]{1,3}[,.]))\s{0,9}",
    "bracket": r"\[([^\[\]]{1,120})\]",
    "available": r"(?<![\w-])(?:(?:also\s)?(?:freely\s)?available(?:\sonline)?(?:\sas\sof)?\s?(?:at|from"
    r"|on|via|in|through)"
    r"|available(?:\sonline)?(?=\s?:)|accessed\s(?:at|from|via)(?=[\s:])|retrieved\s(?:online\s)?(?:at"
    r"|from|via)"
    r"|(?:Disponible|Disponível)\s(?:en|sur|em)|Verfügbar\s(?:unter|auf)|Online\s(?:at|unter)|found\sat"
    r"|downloaded\sfrom|last\saccessed\sfrom)(?!\w)\s{0,2}:?|(?<!\w)(?:URL|Link|Website|Online|Web)\s{0,2}:",
    "retrieved": rf"(?<!\w)(?:retrieved|accessed)(?:\son)?:?\s{{1,2}}({_DATE}),?\s{{1,2}}(?:from"
    rf"|at)(?!\w)\s?:?",
    "accessed": rf"[\[(]?(?<![\w-])(?:last\s|date\s|data\s)?(?:accessed|access(?:\sdate)?|retrieved|cited"
    rf"|viewed|visited|consulted"
    rf"|consulté|zugriff|abgerufen|consultado|accès|assessed|downloaded|checked)(?:\s(?:on|in|le|am|el"
    rf"|date|the))?"
    rf"\s?:?\s{{0,2}}({_DATE})[\])]?",
    "epub": rf"[\[(]?(?<!\w)(?:Epub|E-pub|eCollection|published\sonline|first\spublished(?:\sonline)?"
    rf"|online\sfirst|"
    rf"advance\sonline\spublication|published\selectronically)(?:\sahead\sof\sprint)?:?\s{{0,2}}({_DATE})?"
    rf"(?:\sahead\sof\sprint)?[\])]?[.;,]?",
    "lead": r"(?:(?:https?://\s?)?(?:dx\.\s?|www\.)?doi\.\s?org/\s?|doi\s{0,2}[:=]?\s{0,2}|DOI\s{0,2}[:=]?\s{0,2}|"
    r"(?:PubMed\s)?(?:PMID|PMCID)\s{0,2}[:=#]?\s{0,2}|PubMed(?:\sCentral)?(?:\sID)?\s{0,2}:?\s{0,2}|"
    r"(?:e-?|p-?)?(?:ISBN|ISSN)(?:[- ]?1[03])?\s{0,2}[:=]?\s{0,2}|arXiv\s{0,2}:\s{0,2}|Art(?:icle)?\sID:?\s|"
    r"Trial registration(?:\snumber)?:?\s|ClinicalTrials\.gov(?:\sidentifier)?:?\s{0,2})$",
    "labels": r"\[?\(?(?<!\w)(?:CrossRef|Google Scholar|PubMed Central|Free full text|Full Text|View Article|"
    r"PubMed/NCBI|PMC free article|Web of Science|Publisher Full Text)(?!\w)\)?\]?(?=[\s.,;\[\]\x01]|$)",
    # PubMed prints behind a work what was published about it: with its own journal, year, volume and page
    "related": r"(?<=[.)\]?!]\s)(?:(?:published\s|corrected\sand\s)?(?:erratum|comment|correction|retraction"
    r"|update|expression\sof\sconcern|republished|summary\sfor\spatients)\s(?:in|on|of|from|by):\s)"
    r"[^\x01]{4,120}?\d{4}[^;\x01]{0,20};\s?\d[\w()\s-]{0,14}:\s?[a-z]?\d+(?:[-–][a-z]?\d+)?\.?",
    "isbn": r"(?<!\w)(?:e-?)?ISBN(?:[-\s]?1[03])?\s{0,2}[:=]?\s{0,2}[\d][\d\s-]{7,16}[\dXx]",
    "host": r"(?<![\w@])(?:[a-z0-9-]{1,40}\.){1,4}(?:com|org|net|gov|edu|int|info|eu|co\.uk|org\.uk"
    r"|nhs\.uk|gov\.au)\b",
    "preprint": r"(?<!\w)(?:bioRxiv|medRxiv|arXiv|SSRN(?:\sElectronic\sJournal)?|PsyArXiv|ChemRxiv"
    r"|Research\sSquare"
    r"|OSF\sPreprints|SocArXiv|Preprints\.org)(?!\w)",
}
_ASCII = frozenset({"numbering"})


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name], 0 if name in _ASCII else re.IGNORECASE)


def take_certain(draft: Draft) -> None:
    """Take everything out of the draft that needs no grammar to be told apart."""
    _take_numbering(draft)
    if any(word in draft.rest for word in (" in: ", " on: ", " of: ", " from: ", " by: ")):
        for found in _pattern("related").finditer(draft.rest):
            draft.take(*found.span())
    _take_identifiers(draft)
    lowered = draft.rest.lower()
    if "[" in lowered:
        _take_brackets(draft)
    _take_access(draft, lowered)
    _take_epub(draft, lowered)
    _take_available(draft)
    if not draft.url:
        _take_urls(draft)
    if not draft.url:  # the page of a trial or of PubMed; a DOI needs no address beside it
        _set_address(
            draft, [a for a in draft.addresses if "doi.org" not in draft.text[a.start : a.end].lower()]
        )
    if any(word in lowered for word in ("crossref", "scholar", "full text", "pubmed", "view article")):
        for found in _pattern("labels").finditer(draft.rest):
            draft.take(*found.span())
    draft.preprint = (
        bool("rxiv" in lowered or "ssrn" in lowered or "preprint" in lowered) or "square" in lowered
    )


def _take_numbering(draft: Draft) -> None:
    found = _pattern("numbering").match(draft.rest)
    while found and found.end() > found.start():
        draft.take(*found.span())
        found = _pattern("numbering").match(draft.rest, found.end()) if found.end() < 12 else None


def _take_identifiers(draft: Draft) -> None:
    for identifier, span in ids.find(draft.text[: len(draft.rest)]):
        if any(i.kind == identifier.kind for i in draft.ids) and identifier in draft.ids:
            draft.take(*_around(draft, span))
            continue
        draft.ids.append(identifier)
        start, end = _around(draft, span)
        draft.take(start, end, identifier.kind, (span.start, span.end))
    if "isbn" not in draft.fields and "ISBN" in draft.rest:
        for found in _pattern("isbn").finditer(draft.rest):
            draft.take(*found.span())  # a wrong check digit: no identifier, and no page number either


def _around(draft: Draft, span: Span) -> tuple[int, int]:
    """Widen an identifier's range by its own lead ("doi:"), address, brackets and version."""
    before = draft.rest[max(0, span.start - 200) : span.start]
    address = re.search(r"(?:https?://|www\.)[^\s\x01]{0,180}$", before)
    lead = address or _pattern("lead").search(before[-40:])
    start = span.start - (len(lead.group()) if lead else 0)
    end = span.end
    if address:
        while end < len(draft.rest) and draft.rest[end] not in " \x01,;)]>.":
            end += 1
        draft.addresses.append(Span(start, end))
    again = _pattern("lead").search(draft.rest[max(0, start - 30) : start])
    start -= len(again.group()) if again else 0
    if draft.rest[start - 1 : start] in ("[", "(", "<") and draft.rest[end : end + 1] in ("]", ")", ">"):
        start, end = start - 1, end + 1
    return start, end


_MEDIA = (
    "internet", "homepage", "online", "electronic", "serial", "cd-rom", "database", "web", "pdf",
    "blog", "video", "page", "press release", "e-book", "ebook", "website", "monograph on",
)  # fmt: skip


def _take_brackets(draft: Draft) -> None:
    """Take the notes that stand in square brackets: medium, language, dates of citing and updating."""
    for found in _pattern("bracket").finditer(draft.rest):
        words = found.group(1).strip().lower()
        if (
            TAKEN in words
            or words.startswith(_MEDIA)
            or words in ("pubmed", "abstract", "letter", "editorial")
        ):
            draft.take(*found.span())
        elif words.startswith(("article in ", "in ", "in: ")) and len(words) < 40:
            draft.extra.setdefault("note", found.group(1).strip())
            draft.take(*found.span(), "note", found.span(1))
        elif words.startswith(("cited", "accessed", "retrieved", "viewed", "access")):
            _set_accessed(draft, *found.span(1))
            draft.take(*found.span())
        elif words.startswith(
            ("updated", "epub", "e-pub", "published", "last updated", "modified", "in press")
        ):
            date = read_date(words)
            if date and words.startswith(("epub", "e-pub", "published online")):
                draft.dates.setdefault("online", date)
            draft.take(*found.span())
        elif words.startswith(("data set", "dataset", "data file")):
            draft.extra["genre"] = "dataset"
            draft.take(*found.span())
        elif words.endswith(("thesis", "dissertation")):
            draft.extra["genre"] = "thesis"
            draft.take(*found.span())


def _set_accessed(draft: Draft, start: int, end: int) -> None:
    date = read_date(draft.rest[start:end])
    if date and not draft.accessed:
        draft.accessed = date
        first = re.compile(r"\d|[A-Z][a-zé]{2,9}\.?\s\d").search(draft.plain, start)
        words = re.compile(_DATE).search(draft.plain, start, end)
        at = words.span() if words else (first.start() if first else start, end)
        draft.set("accessed", *at)


#: What the patterns of `_take_access` and `_take_available` begin with; without one of these they are idle.
_ACCESS = (
    "access", "retriev", "cited", "view", "visit", "consult", "zugriff", "abgerufen", "accès", "assessed",
    "download", "check",
)  # fmt: skip
_AVAILABLE = (
    "available", "retriev", "access", "url", "link", "web", "online", "dispon", "verfügbar", "found at",
    "download",
)  # fmt: skip


def _take_access(draft: Draft, lowered: str) -> None:
    if "retrieved" in lowered or "accessed" in lowered:
        found = _pattern("retrieved").search(draft.rest)
        if found:
            _set_accessed(draft, *found.span(1))
            draft.extra.setdefault("available_at", "")
            draft.take(*found.span())
    if draft.accessed or not any(word in lowered for word in _ACCESS):
        return
    for found in _pattern("accessed").finditer(draft.rest):
        if read_date(found.group(1)):
            _set_accessed(draft, *found.span(1))
            draft.take(*found.span())
            return


def _take_epub(draft: Draft, lowered: str) -> None:
    if "e" in lowered and any(w in lowered for w in ("epub", "e-pub", "online", "ecollection", "published")):
        for found in _pattern("epub").finditer(draft.rest):
            date = read_date(found.group(1)) if found.group(1) else None
            if date and "online" not in draft.dates and "ecollection" not in found.group().lower():
                draft.dates["online"] = date
            if (
                date
                or "ahead" in found.group().lower()
                or found.group().lower().startswith(("[epub", "epub"))
            ):
                draft.take(*found.span())


def _take_available(draft: Draft) -> None:
    """Take "Available at:" with the address or the words behind it."""
    found = None
    lowered = draft.rest.lower()
    likely = any(word in lowered for word in _AVAILABLE)
    for found in _pattern("available").finditer(draft.rest) if likely else ():
        label = found.group().lower().lstrip()
        if label.startswith(("url", "link", "web", "online")):
            if _url_at(draft, found.end()) is None:
                continue
        elif not found.group().endswith(":") and _url_at(draft, found.end()) is None:
            before = draft.rest[: found.start()].rstrip()[-1:]
            after = draft.rest[found.end() :].lstrip()
            if after[:1].islower() or (
                after and (not label.startswith(("available", "retrieved")) or before not in '.,;:([?!"\x01')
            ):
                continue  # "treatment available at home", "found at autopsy"
        break
    else:
        if "available_at" in draft.extra:
            _take_urls(draft)
        return
    url = _url_at(draft, found.end())
    if url:
        draft.url = draft.text[url.start : url.end]
        draft.take(url.start, url.end, "url")
        words = (found.end(), url.start)
    else:
        stop = draft.rest.find(TAKEN, found.end())
        words = (found.end(), len(draft.rest) if stop < 0 else stop)
    start, end = draft.trim(*words)
    draft.extra["available_at"] = " ".join(draft.text[start:end].split())
    draft.set("available_at", start, end)
    if not draft.url:
        _set_address(draft, [a for a in draft.addresses if a.start >= found.end()])
    draft.take(found.start(), max(found.end(), words[1] if url or end > start else found.end()))


def _set_address(draft: Draft, addresses: list[Span]) -> None:
    """Give an address that was taken as an identifier as the work's address."""
    if addresses:
        draft.url = draft.text[addresses[0].start : addresses[0].end]
        draft.set("url", addresses[0].start, addresses[0].end)


def _url_at(draft: Draft, start: int) -> Span | None:
    """Return the address that stands within a few words of `start`, a bare host included."""
    for _, span in ids.find_urls(draft.rest[start:]):
        if TAKEN not in draft.rest[start : start + span.end]:
            return Span(start + span.start, start + span.end)
        break
    host = _pattern("host").search(draft.rest, start, start + 60)
    if host and not any(c.isalpha() for c in draft.rest[start : host.start()]):
        return Span(*host.span())
    return None


def _take_urls(draft: Draft) -> None:
    for url, span in ids.find_urls(draft.rest):
        start, end = span.start, span.end
        if draft.rest[start - 1 : start] in ("<", "(", "[") and draft.rest[end : end + 1] in (">", ")", "]"):
            start, end = start - 1, end + 1
        if not draft.url and TAKEN not in url:
            draft.url = draft.text[span.start : span.end]
            draft.take(start, end, "url", (span.start, span.end))
        else:
            draft.take(start, end)
