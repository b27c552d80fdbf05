"""Crossref: works by DOI, in batches, and by what a reference says.

Registries change records, so everything is judged on its own: a DOI missing from a batch is asked
alone before it counts as absent (aliases are left out of lists), a record of another DOI is accepted
only through a redirect or a relation, and one failing batch costs no other reference its answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from evidence import ids
from evidence.errors import ServiceError
from evidence.model import Answer, Record, Work
from evidence.services import habanero_wire
from evidence.services.answers import batches, dated, plain_doi, refusal, unknown
from evidence.services.crossref_record import parse, relations
from evidence.services.reading import clean
from evidence.services.response import Response
from evidence.services.web import Web

#: Tells for several DOIs which agency registered them; those it does not know are left out.
Route = Callable[[Web, Sequence[str]], Mapping[str, str]]

__all__ = ["fetch", "parse", "search"]

#: DOIs in one request, and characters of them when quoted: the address must stay below 4,000.
BATCH, LONGEST_FILTER = 40, 3_000

#: Candidates asked for, and kept (the lock holds at most five).
ROWS, KEPT = 8, 5

#: Longest query in characters: more words cost the service time and find nothing more.
LONGEST_QUERY = 400

#: Fields of a list answer. Without references 40 records stay small; abstracts are asked for where
#: each item is kept, so that it need not be asked for again.
SELECT = (
    "DOI,type,title,subtitle,short-title,original-title,author,editor,container-title,short-container-title,"
    "volume,issue,page,article-number,issued,published,published-print,published-online,posted,publisher,"
    "publisher-location,ISSN,ISBN,relation,update-to,updated-by"
)

#: Types that are never what a reference cites.
_NEVER = frozenset(
    {"journal", "journal-issue", "journal-volume", "component", "peer-review", "grant", "book-series",
     "book-set", "proceedings-series", "report-series", "standard-series"}
)  # fmt: skip

#: Relations by which a record may answer for another DOI.
_SAME = frozenset({"is-same-as", "is-identical-to", "is-replaced-by", "replaces"})

#: What is taken out of a query: addresses and identifiers, which Crossref does not search.
_NO_WORDS = re.compile(
    r"(?:https?://|www\.)\S{1,400}|\b(?:doi|pmid|pmcid)\s?:\s?\S{1,200}|\b10\.\d{4,9}/\S{1,200}",
    re.IGNORECASE,
)


#: Two words, or a word and a number, whose blank was lost in a scan ("JournalofLandscape", "History43").
_GLUED = re.compile(r"\b([^\W\d_]{3,40}[a-z])([A-Z][a-z]{3,40}|\d{1,4})\b")


def fetch(web: Web, dois: Sequence[str], routed: Route | None = None) -> dict[str, Answer]:
    """Ask for works by DOI (normal form); return an answer for every DOI that was given.

    `routed` tells for several DOIs at once which agency registered them: what a batch lacks and
    another agency owns is absent here, with `agency`, and not asked for again.

    Answers are found (one record; `alias` where Crossref answered with the prime), absent (Crossref
    says 404, or it is a test DOI, never registered) or unknown with a cause. Raises nothing.
    """
    answers: dict[str, Answer] = {}
    ask: list[str] = []
    for doi in dict.fromkeys(dois):
        answer = _refuse(doi, web.settings.today) or _recall(web, doi)
        if answer is not None:
            answers[doi] = answer
        else:
            ask.append(doi)
    if web.offline:
        # known without a request, and without loading the libraries that would make one
        why = ServiceError("offline", "Crossref was not asked: this run is offline")
        answers |= {doi: unknown("crossref", why) for doi in ask}
        ask = []
    alone = [doi for doi in ask if not plain_doi(doi)]
    for batch in batches(filter(plain_doi, ask), _room, LONGEST_FILTER, BATCH):
        found = _fetch_batch(web, batch) if len(batch) > 1 else {}
        answers |= found
        alone += [doi for doi in batch if doi not in found]
    if routed is not None and len(alone) > 1:
        answers |= _owned_elsewhere(web, routed(web, alone))
    answers |= {doi: _fetch_one(web, doi) for doi in alone if doi not in answers}
    return {doi: answers[doi] for doi in dict.fromkeys(dois)}


def _owned_elsewhere(web: Web, agencies: Mapping[str, str]) -> dict[str, Answer]:
    """Return the answers for DOIs that another agency registered."""
    day = web.settings.today
    return {
        doi: Answer(
            "absent", "crossref", agency=agency, since=day, asked=day, reason=f"registered with {agency}"
        )
        for doi, agency in agencies.items()
        if agency != "Crossref"
    }


def search(web: Web, work: Work, text: str) -> Answer:
    """Search for a work by what a reference says of it; `text` is the reference as written.

    Returns found with at most five candidates in the service's order, absent where it has none, or
    unknown with a cause. The service's score is not used: it means nothing from one query to the
    next (typing a query twice doubles it). Raises nothing.
    """
    asked = queries(work, text)
    if not asked:
        return Answer("unknown", "crossref", cause="outage", reason="there is nothing to search for")
    asked_words = set(_words(" ".join(asked.values())))
    before: list[tuple[str, ...]] = []

    def look(message: Mapping[str, Any], response: Response) -> None:
        """Accept a list in which some work shares a word with what was asked, or one that comes twice.

        A list of works that share none cannot come from a search; it may be another question's.
        """
        _is_list(message, response)
        items = _items(message)
        if items and not any(asked_words & set(_words(_said(item))) for item in items):
            came = tuple(clean(item.get("DOI")) for item in items)
            before.append(came)
            if before.count(came) < 2:
                raise ServiceError("mismatch", "the answer of Crossref did not match what was searched for")

    try:
        message, response = habanero_wire.works(web, look, limit=ROWS, select=SELECT, **asked)
    except ServiceError as error:
        return unknown("crossref", error)
    records: dict[str, Record] = {}
    for item in _items(message):
        record = parse(item)
        if item.get("type") not in _NEVER and record.work.doi and not ids.is_test_doi(record.work.doi):
            records.setdefault(record.work.doi, replace(record, since=response.day))
    return _answer(response, tuple(records.values())[:KEPT])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _said(item: Mapping[str, Any]) -> str:
    """Return what Crossref's search looks at in a work."""
    record = parse(item)
    people = " ".join(
        f"{name.family} {name.literal}" for name in (*record.work.authors, *record.work.editors)
    )
    work = record.work
    numbers = f"{work.volume} {work.issue} {work.pages} {work.year or ''} {record.url}"
    return " ".join((work.title, work.subtitle, work.container, work.short_container, people, numbers))


def _answer(response: Response, records: tuple[Record, ...]) -> Answer:
    return Answer(
        "found" if records else "absent", "crossref", records, since=response.day, asked=response.day,
        reason=dated(response.day, response.stale),
    )  # fmt: skip


def _refuse(doi: str, today: str) -> Answer | None:
    """Answer for what is never asked, if this is such a DOI."""
    why = refusal(doi)
    return Answer("absent", "crossref", reason=why, since=today, asked=today) if why else None


def _room(doi: str) -> int:
    """Return how many characters a DOI takes in a filter."""
    return len(quote(doi, safe="")) + len("doi%3A%2C")


def _path(doi: str) -> str:
    return f"/works/{quote(doi, safe='')}"


def _recall(web: Web, doi: str) -> Answer | None:
    """Answer from the cache, where it holds a fresh answer (offline: any good one)."""
    response = web.recall("crossref", _path(doi))
    if response is None:
        return None
    if response.status != 200:
        return _answer(response, ())
    try:
        return _found(doi, habanero_wire.message_of(response), response)
    except ServiceError:
        return None


def _found(doi: str, message: Mapping[str, Any], response: Response) -> Answer:
    record = replace(parse(message), since=response.day)
    if record.work.doi != doi.lower():
        record = replace(record, alias=doi)
    return _answer(response, (record,))


def _fetch_one(web: Web, doi: str) -> Answer:
    def look(message: Mapping[str, Any], response: Response) -> None:
        _is_work(doi, message, response)

    try:
        message, response = habanero_wire.work(web, doi, look)
        return _found(doi, message, response)
    except habanero_wire.Missing as missing:
        return _answer(missing.response, ())
    except ServiceError as error:
        return unknown("crossref", error)


def message_of(web: Web, doi: str) -> Mapping[str, Any] | None:
    """Return the whole message of a DOI, abstract included; None where Crossref has none.

    Raises `ServiceError`.
    """
    if refusal(doi):
        return None
    if web.offline:
        raise ServiceError("offline", "Crossref was not asked: this run is offline")
    try:
        return habanero_wire.work(web, doi, lambda message, response: _is_work(doi, message, response))[0]
    except habanero_wire.Missing:
        return None


def _fetch_batch(web: Web, batch: Sequence[str]) -> dict[str, Answer]:
    """Ask for several DOIs at once; return what is settled. What is not in it must be asked alone."""
    asked = {doi.lower(): doi for doi in batch}

    def look(message: Mapping[str, Any], response: Response) -> None:
        _is_list(message, response)
        if foreign := {parse(item).work.doi for item in _items(message)} - set(asked):
            raise ServiceError(
                "mismatch", f"the answer of Crossref did not match: it holds {min(foreign)[:80]}"
            )

    try:
        message, response = habanero_wire.works(
            web, look, filter={"doi": list(asked)}, limit=len(asked), select=f"{SELECT},abstract"
        )
    except ServiceError as error:
        if error.cause in ("mismatch", "refused"):
            # the list route is at odds with us, not the service: single works may still be had
            return {}
        return {doi: _late(web, doi) or unknown("crossref", error) for doi in batch}
    answers = {}
    for item in _items(message):
        doi = asked[parse(item).work.doi]
        answers[doi] = _found(doi, item, response)
        envelope = {"status": "ok", "message-type": "work", "message": item}
        body = json.dumps(envelope, ensure_ascii=True).encode()
        web.keep("crossref", _path(doi), Response(200, {}, body, response.url, (), response.day))
    return answers


def _late(web: Web, doi: str) -> Answer | None:
    """Answer from an old payload, dated: better than none when the service fails."""
    response = web.recall("crossref", _path(doi), stale=True)
    if response is None or response.status != 200:
        return None
    try:
        return _found(doi, habanero_wire.message_of(response), response)
    except ServiceError:
        return None


def _items(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [item for item in message["items"] if isinstance(item, dict) and clean(item.get("DOI"))]


def _is_list(message: Mapping[str, Any], response: Response) -> None:
    if not isinstance(message.get("items"), list) or not isinstance(message.get("total-results"), int):
        raise ServiceError("not-understood", "the answer of Crossref was not a list of works")


def _is_work(doi: str, message: Mapping[str, Any], response: Response) -> None:
    """Accept the record of the DOI that was asked; another one only by redirect or relation."""
    got = clean(message.get("DOI")).lower()
    if not got:
        raise ServiceError("not-understood", "the answer of Crossref was not a work")
    if got == doi.lower():
        return
    if response.hops and unquote(urlsplit(response.url).path).lower().endswith("/" + got):
        return
    if any(kind in _SAME and other == doi.lower() for kind, other in relations(message)):
        return
    raise ServiceError("mismatch", f"the answer of Crossref did not match: asked {doi[:80]}, got {got[:80]}")


def queries(work: Work, text: str) -> dict[str, str]:
    """Return the field queries of a search, in habanero's keywords.

    Crossref's advice for matching references: everything in `query.bibliographic`, no identifiers.
    """
    first = next((n.family or n.literal for n in work.authors), "")
    year = str(work.year or "")
    if work.title:
        return {"query_bibliographic": _plain((work.title, first, work.container, year))}
    if work.container and (work.volume or work.pages):
        people = " ".join(n.family or n.literal for n in work.authors[1:6])
        asked = {
            "query_bibliographic": _plain((work.container, work.volume, work.pages, year, people)),
            "query_author": _plain((first,)),
            "query_container_title": _plain((work.container,)),
        }
        return {key: value for key, value in asked.items() if value}
    words = _plain((text,))
    return {"query_bibliographic": words} if words else {}


def _plain(parts: Iterable[str]) -> str:
    """Join what is searched for, without addresses and identifiers, cut at a word."""
    text = " ".join(part for part in parts if part)[: 4 * LONGEST_QUERY]
    text = clean(_NO_WORDS.sub(" ", text))
    pieces = [piece for found in _GLUED.finditer(text) for piece in found.groups()]
    text = " ".join((text, *pieces))
    return text if len(text) <= LONGEST_QUERY else text[:LONGEST_QUERY].rsplit(" ", 1)[0]
