"""The abstract of a work by its identifier: from PubMed, else from Crossref, else from DataCite.

Abstracts may be under the publisher's copyright: they are for reading and for checking quotes
against, and are never written into the lock or a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence.errors import ServiceError
from evidence.model import Abstract, Answer, Id
from evidence.services import crossref, datacite, pubmed, pubmed_articles
from evidence.services.answers import unknown
from evidence.services.crossref_record import sections_of
from evidence.services.reading import clean
from evidence.services.web import Web


def fetch(web: Web, ids: Sequence[Id]) -> dict[Id, Answer]:
    """Return the abstract of each work (DOI, PMID or PMCID): `Answer.abstract` where one was found.

    Absent: those who know the work have no abstract of it. Raises nothing.
    """
    numbers = _pmids(web, ids)
    articles = pubmed_articles.fetch(web, [told for told in numbers.values() if isinstance(told, str)])
    answers: dict[Id, Answer] = {}
    for id_ in dict.fromkeys(ids):
        told = numbers.get(id_)
        article = articles.get(told) if isinstance(told, str) else None
        if isinstance(article, pubmed_articles.Article) and article.abstract is not None:
            answers[id_] = _found(web, "pubmed", article.abstract)
        else:
            lost = told if isinstance(told, Answer) else None
            lost = unknown("pubmed", article) if isinstance(article, ServiceError) else lost
            answers[id_] = _elsewhere(web, id_, lost)
    return answers


def _pmids(web: Web, ids: Sequence[Id]) -> dict[Id, str | Answer]:
    """Return the PMID of each identifier, or the answer that says why there is none."""
    found: dict[Id, str | Answer] = {id_: id_.value for id_ in ids if id_.kind == "pmid"}
    if "pubmed" not in web.settings.services:
        off = Answer("unknown", "pubmed", cause="offline", reason="PubMed is switched off in the settings")
        return dict.fromkeys(ids, off)
    by_doi = pubmed.by_doi(web, [id_.value for id_ in ids if id_.kind == "doi"])
    by_pmcid = pubmed.by_pmcid(web, [id_.value for id_ in ids if id_.kind == "pmcid"])
    for id_ in ids:
        answer = {"doi": by_doi, "pmcid": by_pmcid}.get(id_.kind, {}).get(id_.value)
        if answer is not None:
            found[id_] = (answer.records[0].work.pmid if answer.records else "") or answer
    return found


def _elsewhere(web: Web, id_: Id, lost: Answer | None) -> Answer:
    """Ask the registry of a DOI; `lost` is PubMed's answer where it is not known."""
    failed = lost if lost is not None and lost.outcome == "unknown" else None
    absent = Answer("absent", "pubmed", since=web.settings.today, asked=web.settings.today)
    if id_.kind != "doi":
        return failed or absent
    try:
        abstract, known = _crossref(web, id_.value) if "crossref" in web.settings.services else (None, False)
        if not known and "datacite" in web.settings.services:
            abstract = _datacite(web, id_.value)
    except ServiceError as error:
        return failed or unknown("crossref", error)
    if abstract is not None:
        return _found(web, abstract.service, abstract)
    return failed or replace(absent, service="crossref")


def _crossref(web: Web, doi: str) -> tuple[Abstract | None, bool]:
    """Return Crossref's abstract of a DOI, and whether Crossref has the DOI at all."""
    message = crossref.message_of(web, doi)
    return (parse_crossref(doi, message), True) if message is not None else (None, False)


def parse_crossref(doi: str, message: Mapping[str, Any]) -> Abstract | None:
    """Return the abstract in a Crossref message, JATS or plain, or None. Pure."""
    sections = sections_of(message.get("abstract"))
    titles = message.get("title")
    title = clean(titles[0]) if isinstance(titles, list) and titles else ""
    return Abstract("crossref", f"doi:{doi}", title, sections, f"https://doi.org/{doi}") if sections else None


def _datacite(web: Web, doi: str) -> Abstract | None:
    attributes = datacite.attributes_of(web, doi)
    if attributes is None:
        return None
    text = datacite.abstract_of(attributes)
    url = f"https://doi.org/{doi}"
    return (
        Abstract("datacite", f"doi:{doi}", datacite.title_of(attributes), (("", text),), url)
        if text
        else None
    )


def _found(web: Web, service: str, abstract: Abstract) -> Answer:
    day = web.settings.today
    return Answer("found", service, since=day, asked=day, abstract=abstract)
