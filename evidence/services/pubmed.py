"""PubMed (NCBI E-utilities): the record of a PMID, by `esummary`.

Shapes: NCBI, "The E-utilities In-Depth" (ESummary, version 2.0 JSON). Up to 200 identifiers a
request; three requests a second without a key.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from evidence import ids, names
from evidence.errors import ServiceError
from evidence.model import Answer, Date, Id, Record, Work
from evidence.services.answers import dated, unknown
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: Identifiers in one request (NCBI asks for POST beyond about 200).
BATCH = 200

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


def fetch(web: Web, pmids: Sequence[str]) -> dict[str, Answer]:
    """Return what PubMed has of each PMID; raises nothing.

    Absent only where PubMed says of this very number that it has no such record.
    """
    answers: dict[str, Answer] = {}
    asked = [pmid for pmid in dict.fromkeys(pmids) if pmid.isascii() and pmid.isdigit()]
    answers.update({p: Answer("absent", "pubmed", reason="not a PMID") for p in pmids if p not in asked})
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        try:
            response = web.get("pubmed", "/esummary.fcgi", _parameters(batch), secrets=_key(), check=_check)
            result = _result(response)
        except ServiceError as error:
            answers.update({pmid: unknown("pubmed", error) for pmid in batch})
            continue
        answers.update({pmid: _answer(pmid, result.get(pmid), response) for pmid in batch})
    return answers


def _parameters(pmids: Sequence[str]) -> dict[str, str]:
    return {"db": "pubmed", "id": ",".join(pmids), "retmode": "json", "tool": "evidence"}


def _key() -> dict[str, str]:
    key = os.environ.get("NCBI_API_KEY", "")
    return {"api_key": key} if key else {}


def _check(response: Response) -> None:
    """Let nothing into the cache that is no summary."""
    _result(response)


def _result(response: Response) -> Mapping[str, Any]:
    body = read_json(response, "pubmed")
    result = body.get("result") if isinstance(body, dict) else None
    if not isinstance(result, dict):
        raise ServiceError("not-understood", "the answer of PubMed had another shape than it documents")
    return result


def _answer(pmid: str, summary: object, response: Response) -> Answer:
    day, late = response.day, dated(response.day, response.stale)
    if not isinstance(summary, dict):
        return Answer("unknown", "pubmed", cause="outage", reason="PubMed's answer did not hold this number")
    if summary.get("error"):
        return Answer("absent", "pubmed", since=day, asked=day, reason=late)
    record = parse(pmid, summary)
    return Answer("found", "pubmed", (record,), since=day, asked=day, reason=late)


def parse(pmid: str, summary: Mapping[str, Any]) -> Record:
    """Return a summary as a record; what has another type than documented is left out. Pure."""
    found = [Id("pmid", pmid)]
    for item in _list(summary.get("articleids")):
        kind, value = _text(item.get("idtype")), _text(item.get("value"))
        normal = ids.normalise({"pmc": "pmcid"}.get(kind, kind), value) if kind in ("doi", "pmc") else ""
        if normal:
            found.append(Id("doi" if kind == "doi" else "pmcid", normal))
    people = tuple(
        names.read_one(_text(author.get("name")))
        for author in _list(summary.get("authors"))
        if _text(author.get("name"))
    )
    kinds = [kind for kind in summary.get("pubtype") or () if isinstance(kind, str)]
    work = Work(
        type="article-journal",
        title=re.sub(r"\.$", "", _text(summary.get("title"))),
        authors=people,
        issued=_date(_text(summary.get("pubdate"))),
        container=_text(summary.get("fulljournalname")),
        short_container=_text(summary.get("source")),
        volume=_text(summary.get("volume")),
        issue=_text(summary.get("issue")),
        pages=_text(summary.get("pages")),
        ids=tuple(found),
        extra={"pubtype": "Review"} if "Review" in kinds else {},
    )
    return Record("pubmed", work, url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/")


def _list(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _date(text: str) -> Date | None:
    """Read PubMed's "2014 Nov 1", "2015 Jan", "2015 Spring" or "2015"."""
    parts = text.split()
    if not parts or not (parts[0].isascii() and parts[0].isdigit() and len(parts[0]) == 4):
        return None
    month = _MONTHS.get(parts[1][:3].lower()) if len(parts) > 1 else None
    day = int(parts[2]) if month and len(parts) > 2 and parts[2].isdecimal() else None
    season = parts[1] if len(parts) > 1 and month is None else ""
    return Date(int(parts[0]), month, day, season)
