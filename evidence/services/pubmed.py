"""PubMed (NCBI E-utilities): works by PMID, DOI and PMCID, and by what a reference says.

`esummary` gives records, `esearch` finds PMIDs by DOI ([aid]) or title ([ti]), `ecitmatch` by journal,
volume and first page. NCBI, "A General Introduction to the E-utilities": three requests a second
without a key, ten with one; `tool` and `email` say who asks; about 200 identifiers a request.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from evidence.errors import ServiceError
from evidence.model import Answer, Record, Work
from evidence.services.answers import batches, dated, refusal, unknown
from evidence.services.pubmed_record import parse
from evidence.services.response import Response, read_json
from evidence.services.web import Check, Web

#: Identifiers in one request (NCBI asks for POST beyond about 200), and characters of the DOIs in one
#: search: the address must stay below 4,000.
BATCH, LONGEST_TERM = 200, 3_000

#: Candidates of a search that are looked at.
ROWS = 5

#: Bytes of one answer: 200 summaries are some 2 MB, those of large collaborations more.
CAP = 20_000_000

SUMMARY, SEARCH, MATCH = "/esummary.fcgi", "/esearch.fcgi", "/ecitmatch.cgi"

#: Who asks (NCBI: "tool"); stands in every request, and so in the key of every payload.
KEEP_KEY: Mapping[str, str] = MappingProxyType({"tool": "evidence"})

#: Words that PubMed reads as operators or leaves out of a search of titles.
_NO_TERMS = frozenset({"and", "or", "not"})

log = logging.getLogger(__name__)


def fetch(web: Web, pmids: Sequence[str]) -> dict[str, Answer]:
    """Return what PubMed has of each PMID; raises nothing.

    Absent only where PubMed says of this very number that it has no such record.
    """
    wrong = {p: Answer("absent", "pubmed", reason="not a PMID") for p in pmids if not _is_number(p)}
    wanted = [pmid for pmid in dict.fromkeys(pmids) if pmid not in wrong]
    return {**wrong, **{pmid: _answer(pmid, told) for pmid, told in _summaries(web, "pubmed", wanted)}}


def by_doi(web: Web, dois: Sequence[str]) -> dict[str, Answer]:
    """Return PubMed's record of each DOI (normal form), absent where it has none; raises nothing.

    A search for the DOIs of a batch, then the summaries of what was found, which name their DOI.
    """
    answers: dict[str, Answer] = {}
    numbers: dict[str, list[str] | ServiceError] = {}
    found: list[str] = []
    day = web.settings.today
    wanted = []
    for doi in dict.fromkeys(dois):
        if why := refusal(doi):
            answers[doi] = Answer("absent", "pubmed", reason=why, since=day, asked=day)
        elif (stored := web.recall("pubmed", SEARCH, _for_dois([doi]))) is not None:
            numbers[doi] = _stored_ids(stored)
        else:
            wanted.append(doi)
    for batch in batches(wanted, _room, LONGEST_TERM):
        try:
            response = ask(web, SEARCH, _for_dois(batch), check=_is_search, store=len(batch) == 1)
        except ServiceError as error:
            numbers.update(dict.fromkeys(batch, error))
            continue
        found += _ids_found(response)
        numbers.update({doi: list(_ids_found(response)) for doi in batch})
    known = {n for told in numbers.values() if isinstance(told, list) for n in told}
    by_pmid = {pmid: _answer(pmid, told) for pmid, told in _summaries(web, "pubmed", sorted(known, key=int))}
    for doi, told in numbers.items():
        answers[doi] = _of_doi(doi, told, by_pmid, day)
        if doi in wanted and answers[doi].outcome != "unknown":
            own = [record.work.pmid for record in answers[doi].records]
            body = json.dumps({"esearchresult": {"count": str(len(own)), "idlist": own}}).encode()
            web.keep("pubmed", SEARCH, Response(200, {}, body, "", (), day), _for_dois([doi]))
    return answers


def _of_doi(doi: str, told: list[str] | ServiceError, by_pmid: Mapping[str, Answer], day: str) -> Answer:
    """Return the answer for a DOI from the numbers that a search gave for its whole batch."""
    if isinstance(told, ServiceError):
        return unknown("pubmed", told)
    for pmid in told:
        answer = by_pmid[pmid]
        if answer.records and answer.records[0].work.doi == doi:
            return answer
    lost = [by_pmid[pmid] for pmid in told if by_pmid[pmid].outcome == "unknown"]
    return lost[0] if lost else Answer("absent", "pubmed", since=day, asked=day)


def by_pmcid(web: Web, numbers: Sequence[str]) -> dict[str, Answer]:
    """Return the work of each PMCID ("PMC123"): a record with the PMID and DOI that it bears.

    Summaries of PubMed Central (`db=pmc`), which name the other identifiers. Raises nothing.
    """
    plain = {number.removeprefix("PMC"): number for number in dict.fromkeys(numbers)}
    answers = {}
    for number, told in _summaries(web, "pmc", [n for n in plain if _is_number(n)]):
        answer = _answer(number, told)
        answers[plain[number]] = replace(answer, records=tuple(map(_of_central, answer.records)))
    return {n: answers.get(n) or Answer("absent", "pubmed", reason="not a PMCID") for n in plain.values()}


def _of_central(record: Record) -> Record:
    """Return the record of a PubMed Central summary: its own number is no PMID."""
    ids = tuple(id_ for id_ in record.work.ids if id_ != record.work.ids[0])
    page = next((id_.value for id_ in ids if id_.kind == "pmcid"), "")
    url = f"https://pmc.ncbi.nlm.nih.gov/articles/{page}/" if page else ""
    return replace(record, work=replace(record.work, ids=ids), url=url)


def search(web: Web, work: Work) -> Answer:
    """Search PubMed for a work by the words of its title, else by journal, volume and first page.

    Returns found with at most five candidates, absent where nothing fits, or unknown. Raises nothing.
    """
    day = web.settings.today
    numbers: list[str] = []
    try:
        if terms := _terms(work):
            asked = {"db": "pubmed", "term": terms, "retmode": "json", "retmax": str(ROWS), **KEEP_KEY}
            numbers += _ids_found(ask(web, SEARCH, asked, check=_is_search))
        if not numbers and (line := _citation(work)):
            numbers += _matched(web, line)
    except ServiceError as error:
        return unknown("pubmed", error)
    if not terms and not _citation(work):
        return Answer("absent", "pubmed", reason="there is nothing to search for", since=day, asked=day)
    answers = [_answer(pmid, told) for pmid, told in _summaries(web, "pubmed", numbers[:ROWS])]
    records = tuple(record for answer in answers for record in answer.records)
    if not records and (lost := [answer for answer in answers if answer.outcome == "unknown"]):
        return lost[0]
    return Answer("found" if records else "absent", "pubmed", records, since=day, asked=day)


def _terms(work: Work) -> str:
    """Return a search for all words of a title, as PubMed folds them."""
    words = re.findall(r"[^\W_]+", work.title.lower())[:25]
    kept = [word for word in words if word not in _NO_TERMS]
    return f"{' '.join(kept)}[ti]" if len(kept) > 2 else ""


def _citation(work: Work) -> str:
    """Return the line of a citation for `ecitmatch`: journal|year|volume|first page|author|key|."""
    first = re.split(r"[-–]", work.pages)[0].strip()
    if not (work.container and work.volume and first):
        return ""
    person = work.authors[0] if work.authors else None
    author = " ".join(filter(None, (person.family, person.given[:1]))) if person else ""
    parts = (work.container, str(work.year or ""), work.volume, first, author, "1")
    return "|".join(re.sub(r"[|\r\n]", " ", part) for part in parts) + "|"


def _matched(web: Web, line: str) -> list[str]:
    """Return the PMID that ECitMatch finds for a citation, in the last field of the line that comes back.

    Nothing comes back where it has no line to tell of; the words of the title were asked for before.
    """

    def check(response: Response) -> None:
        text = response.body[:4_000].decode("utf-8", "replace").strip()
        if response.status == 200 and text and "|" not in text:
            raise ServiceError("not-understood", "the answer of PubMed was not a line of a citation")

    asked = {"db": "pubmed", "retmode": "xml", "bdata": line, **KEEP_KEY}
    response = ask(web, MATCH, asked, check=check, accept="text/plain", missing=True)
    if response.status != 200:
        return []
    last = response.body[:4_000].decode("utf-8", "replace").strip().rpartition("|")[2].strip()
    return [last] if _is_number(last) else []


def ask(
    web: Web, path: str, params: Mapping[str, str], *, check: Check, store: bool = True, cap: int = CAP,
    accept: str = "application/json", missing: bool = False,
) -> Response:  # fmt: skip
    """Ask E-utilities, with the key where there is one; raises `ServiceError`.

    A 404 is no answer here (`missing`: it is let through): what is not there is said in the body. A
    key that is refused is left out for the rest of the run, with one warning.
    """

    def whole(response: Response) -> None:
        if response.status != 200 and not missing:
            # not PubMed's way to say that it has no record: it cannot be asked this here
            raise ServiceError("offline", f"PubMed has nothing at this address ({response.status})")
        check(response)

    key = "" if "pubmed" in web.keyless else os.environ.get("NCBI_API_KEY", "")
    more = {"email": web.settings.mailto} if web.settings.mailto else {}

    def get(secrets: Mapping[str, str]) -> Response:
        return web.get(
            "pubmed", path, params, secrets=secrets, check=whole, store=store, cap=cap, accept=accept
        )

    try:
        return get({"api_key": key, **more} if key else more)
    except ServiceError as error:
        if error.cause != "refused" or not key:
            raise
    if "pubmed" not in web.keyless:
        web.keyless.add("pubmed")
        log.warning("PubMed refused NCBI_API_KEY: it is asked without a key")
    return get(more)


#: A summary and the response that it came in, or why it is not known; None: not among the answers.
_Told = tuple[object, Response] | ServiceError


def _summaries(web: Web, base: str, numbers: Sequence[str]) -> Iterator[tuple[str, _Told]]:
    """Yield each number with its summary: from the cache, else in batches, each kept by itself."""
    wanted = []
    for number in numbers:
        stored = web.recall("pubmed", SUMMARY, _for_summaries(base, [number]))
        if stored is not None:
            yield number, (_result(stored).get(number), stored)
        else:
            wanted.append(number)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        try:
            response = ask(web, SUMMARY, _for_summaries(base, batch), check=_is_summary, store=False)
        except ServiceError as error:
            yield from ((number, _late(web, base, number) or error) for number in batch)
            continue
        result = _result(response)
        for number in batch:
            summary = result.get(number)
            if isinstance(summary, dict):
                body = json.dumps({"result": {"uids": [number], number: summary}}).encode()
                kept = Response(200, {}, body, "", (), response.day)
                web.keep("pubmed", SUMMARY, kept, _for_summaries(base, [number]))
            yield number, (summary, response)


def _late(web: Web, base: str, number: str) -> _Told | None:
    """Return an old summary, dated: better than none when the service fails."""
    stored = web.recall("pubmed", SUMMARY, _for_summaries(base, [number]), stale=True)
    return None if stored is None else (_result(stored).get(number), stored)


def _answer(number: str, told: _Told) -> Answer:
    if isinstance(told, ServiceError):
        return unknown("pubmed", told)
    summary, response = told
    day, late = response.day, dated(response.day, response.stale)
    if not isinstance(summary, dict):
        return Answer("unknown", "pubmed", cause="outage", reason="PubMed's answer did not hold this number")
    if summary.get("error"):
        return Answer("absent", "pubmed", since=day, asked=day, reason=late)
    if str(summary.get("uid", number)) != number:
        reason = "the answer of PubMed did not match: it holds another number"
        return Answer("unknown", "pubmed", cause="outage", reason=reason)
    record = replace(parse(number, summary), since=day)
    return Answer("found", "pubmed", (record,), since=day, asked=day, reason=late)


def _for_summaries(base: str, numbers: Sequence[str]) -> dict[str, str]:
    return {"db": base, "id": ",".join(numbers), "retmode": "json", **KEEP_KEY}


def _for_dois(dois: Sequence[str]) -> dict[str, str]:
    term = " OR ".join(f"{_quoted(doi)}[aid]" for doi in dois)
    rows = str(max(20, 2 * len(dois)))
    return {"db": "pubmed", "term": term, "retmode": "json", "retmax": rows, **KEEP_KEY}


def _quoted(doi: str) -> str:
    """Return a DOI as a term: in quotation marks where a bracket or blank would end it."""
    return doi if re.fullmatch(r"[\w./-]+", doi, re.ASCII) else '"' + doi.replace('"', "") + '"'


def _room(doi: str) -> int:
    """Return how many characters a DOI takes in a search."""
    return len(quote(f"{_quoted(doi)}[aid] OR ", safe=""))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII))


def _is_search(response: Response) -> None:
    _ids_found(response)


def _ids_found(response: Response) -> list[str]:
    """Return the PMIDs of a search; raises `ServiceError` for another shape."""
    body = read_json(response, "pubmed")
    result = body.get("esearchresult") if isinstance(body, dict) else None
    found = result.get("idlist") if isinstance(result, dict) else None
    if not isinstance(found, list) or (isinstance(result, dict) and "ERROR" in result):
        raise ServiceError("not-understood", "the answer of PubMed was not the result of a search")
    return [number for number in map(str, found) if _is_number(number)]


def _stored_ids(response: Response) -> list[str] | ServiceError:
    try:
        return _ids_found(response)
    except ServiceError as error:
        return error


def _is_summary(response: Response) -> None:
    _result(response)


def _result(response: Response) -> Mapping[str, Any]:
    body = read_json(response, "pubmed")
    result = body.get("result") if isinstance(body, dict) else None
    if not isinstance(result, dict):
        raise ServiceError("not-understood", "the answer of PubMed had another shape than it documents")
    return result
