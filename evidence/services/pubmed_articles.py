"""PubMed's full records (`efetch`): abstracts, trial numbers, and what later notices say of a paper.

Shapes: NLM, "MEDLINE/PubMed XML Data Elements" (PubmedArticle, Abstract, DataBankList,
CommentsCorrectionsList). Up to 200 identifiers a request are allowed; fewer are asked here, because
a full record with its abstract and headings is some 20 KB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence import ids
from evidence.errors import ServiceError
from evidence.model import Abstract, Id
from evidence.services.response import Response
from evidence.services.web import Web

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Articles in one request, and bytes of its answer.
BATCH, CAP = 50, 10_000_000

PATH = "/efetch.fcgi"

#: Banks of trial numbers in a DataBankList: only NCT numbers have a form that is checked here.
_TRIAL = "nct"


@dataclass(frozen=True, slots=True)
class Article:
    """One PubmedArticle.

    `ids` are its PMID, DOI and PMCID; `trials` the NCT numbers of its data banks; `kinds` its
    publication types; `comments` (RefType, PMID, source in words) of the works that comment on it.
    """

    pmid: str
    title: str = ""
    ids: tuple[Id, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    trials: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    comments: tuple[tuple[str, str, str], ...] = ()

    @property
    def abstract(self) -> Abstract | None:
        """The abstract, or None where PubMed has none."""
        if not self.sections:
            return None
        url = f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return Abstract("pubmed", f"pmid:{self.pmid}", self.title, self.sections, url)


def fetch(web: Web, pmids: Sequence[str]) -> dict[str, Article | ServiceError | None]:
    """Return the article of each PMID, None where PubMed has none, or why it is not known."""
    from evidence.services.pubmed import KEEP_KEY, ask

    found: dict[str, Article | ServiceError | None] = {}
    wanted = list(dict.fromkeys(pmids))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        asked = {"db": "pubmed", "id": ",".join(batch), "retmode": "xml", **KEEP_KEY}

        def check(response: Response, batch: Sequence[str] = tuple(batch)) -> None:
            if foreign := set(parse(response.body)) - set(batch):
                number = min(foreign)[:20]
                raise ServiceError("mismatch", f"the answer of PubMed did not match: it holds {number}")

        try:
            response = ask(web, PATH, asked, check=check, cap=CAP, accept="text/xml")
            articles = parse(response.body)
        except ServiceError as error:
            found.update(dict.fromkeys(batch, error))
            continue
        found.update({pmid: articles.get(pmid) for pmid in batch})
    return found


def parse(body: bytes) -> Mapping[str, Article]:
    """Return the articles of a PubmedArticleSet by PMID. Pure.

    Raises `ServiceError` (`not-understood`) for what is no such set. Entities are not expanded
    beyond those of XML itself (expat refuses the amplification of nested ones).
    """
    import xml.etree.ElementTree as ElementTree

    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError, RecursionError, LookupError) as error:
        raise ServiceError("not-understood", "the answer of PubMed was not XML") from error
    if root.tag != "PubmedArticleSet":
        raise ServiceError("not-understood", "the answer of PubMed was not a set of articles")
    articles = (_article(element) for element in root.findall("PubmedArticle"))
    return {article.pmid: article for article in articles if article.pmid}


def _article(element: Element) -> Article:
    citation = element.find("MedlineCitation")
    if citation is None:
        return Article("")
    pmid = _text(citation.find("PMID"))
    sections = [
        (part.get("Label") or "", text)
        for part in citation.findall("Article/Abstract/AbstractText")
        if (text := _text(part))
    ]
    numbers = (_text(number) for number in citation.iterfind(".//DataBankList//AccessionNumber"))
    trials = (ids.normalise(_TRIAL, number) for number in numbers)
    comments = [
        (part.get("RefType") or "", _text(part.find("PMID")), _text(part.find("RefSource")))
        for part in citation.iterfind("CommentsCorrectionsList/CommentsCorrections")
    ]
    return Article(
        pmid,
        re.sub(r"\.$", "", _text(citation.find("Article/ArticleTitle"))),
        tuple(dict.fromkeys([Id("pmid", pmid), *_ids(element)])),
        tuple(sections),
        tuple(dict.fromkeys(trial for trial in trials if trial)),
        tuple(_text(kind) for kind in citation.iterfind("Article/PublicationTypeList/PublicationType")),
        tuple(comments),
    )


def _ids(element: Element) -> Iterator[Id]:
    # not those of its reference list, which stand deeper
    for part in element.findall("PubmedData/ArticleIdList/ArticleId"):
        kind = {"doi": "doi", "pmc": "pmcid"}.get(part.get("IdType") or "", "")
        if kind and (value := ids.normalise(kind, _text(part))):
            yield Id(kind, value)
    for part in element.findall("MedlineCitation/Article/ELocationID"):
        if part.get("EIdType") == "doi" and (value := ids.normalise("doi", _text(part))):
            yield Id("doi", value)


def _text(element: Element | None) -> str:
    """Return the text of an element, that of inner markup included."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
