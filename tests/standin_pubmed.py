"""PubMed's part of the stand-in: esearch, esummary, efetch and ecitmatch over made-up papers.

Shapes follow NCBI's "E-utilities In-Depth": JSON for searches and summaries, XML for full records,
lines for citations; a number that is not there is said so in the body, with status 200.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from tests.standin_faults import Reply, as_json, as_text

#: How a comment is called in a summary, by its name in the full record.
REFTYPES = {
    "RetractionIn": "Retraction in", "ErratumIn": "Erratum in", "RetractionOf": "Retraction of",
    "ExpressionOfConcernIn": "Expression of concern in", "CommentIn": "Comment in",
}  # fmt: skip


@dataclass
class Paper:
    """What PubMed knows of a paper; `comments` are (RefType, PMID, source)."""

    pmid: str
    title: str = ""
    doi: str = ""
    pmcid: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    short: str = ""
    date: str = "2015 Jan"
    volume: str = ""
    issue: str = ""
    pages: str = ""
    kinds: tuple[str, ...] = ("Journal Article",)
    comments: tuple[tuple[str, str, str], ...] = ()
    trials: tuple[str, ...] = ()
    abstract: tuple[tuple[str, str], ...] = ()

    def ids(self) -> list[tuple[str, str]]:
        """The identifiers of the paper, as (kind, value)."""
        pairs = [("pubmed", self.pmid), ("doi", self.doi), ("pmc", self.pmcid)]
        return [(kind, value) for kind, value in pairs if value]

    def summary(self) -> dict[str, Any]:
        """The paper as `esummary` gives it."""
        return {
            "uid": self.pmid, "pubdate": self.date, "epubdate": "", "source": self.short or self.journal,
            "authors": [{"name": name, "authtype": "Author", "clusterid": ""} for name in self.authors],
            "lastauthor": self.authors[-1] if self.authors else "", "title": f"{self.title}.",
            "volume": self.volume, "issue": self.issue, "pages": self.pages, "lang": ["eng"],
            "pubtype": list(self.kinds), "fulljournalname": self.journal,
            "elocationid": f"doi: {self.doi}" if self.doi else "",
            "articleids": [{"idtype": k, "idtypen": 1, "value": v} for k, v in self.ids()],
            "references": [
                {"refsource": source, "reftype": REFTYPES.get(kind, kind), "pmid": int(pmid or 0), "note": ""}
                for kind, pmid, source in self.comments
            ],
        }  # fmt: skip

    def central(self, number: str) -> dict[str, Any]:
        """The paper as `esummary` of PubMed Central gives it."""
        own = [{"idtype": "pmid", "value": self.pmid}, {"idtype": "doi", "value": self.doi},
               {"idtype": "pmcid", "value": self.pmcid}]  # fmt: skip
        return {**self.summary(), "uid": number, "articleids": own}

    def xml(self) -> str:
        """The paper as `efetch` gives it."""
        sections = "".join(
            f'<AbstractText Label="{label}">{escape(text)}</AbstractText>' if label
            else f"<AbstractText>{escape(text)}</AbstractText>"
            for label, text in self.abstract
        )  # fmt: skip
        banks = "".join(f"<AccessionNumber>{nct}</AccessionNumber>" for nct in self.trials)
        comments = "".join(
            f'<CommentsCorrections RefType="{kind}"><RefSource>{escape(source)}</RefSource>'
            f"<PMID>{pmid}</PMID></CommentsCorrections>"
            for kind, pmid, source in self.comments
        )
        kinds = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in self.kinds)
        ids = "".join(f'<ArticleId IdType="{kind}">{escape(value)}</ArticleId>' for kind, value in self.ids())
        return (
            f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{self.pmid}</PMID><Article>'
            f"<ArticleTitle>{escape(self.title)}.</ArticleTitle>"
            + (f"<Abstract>{sections}</Abstract>" if sections else "")
            + (
                f"<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>"
                f"<AccessionNumberList>{banks}</AccessionNumberList></DataBank></DataBankList>"
                if banks else ""
            )
            + f"<PublicationTypeList>{kinds}</PublicationTypeList></Article>"
            f"<CommentsCorrectionsList>{comments}</CommentsCorrectionsList></MedlineCitation>"
            f"<PubmedData><ArticleIdList>{ids}</ArticleIdList></PubmedData></PubmedArticle>"
        )  # fmt: skip


@dataclass
class PubMed:
    """The papers that PubMed has, by PMID; `raw` are summaries as they are to be sent."""

    papers: dict[str, Paper] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)

    def add(self, pmid: str, **fields: Any) -> Paper:
        """Take a paper."""
        self.papers[pmid] = Paper(pmid, **fields)
        return self.papers[pmid]

    def __setitem__(self, pmid: str, summary: Any) -> None:
        self.raw[pmid] = summary

    def answer(self, path: str, query: str) -> Reply:
        """Answer a request."""
        asked = {name: values[-1] for name, values in parse_qs(query).items()}
        numbers = [i for i in asked.get("id", "").split(",") if i]
        if path.endswith("/esearch.fcgi"):
            return self._search(asked)
        if path.endswith("/esummary.fcgi"):
            return self._summaries(numbers, asked.get("db", ""))
        if path.endswith("/efetch.fcgi"):
            articles = "".join(self.papers[n].xml() for n in numbers if n in self.papers)
            text = f'<?xml version="1.0" ?>\n<PubmedArticleSet>{articles}</PubmedArticleSet>'
            return as_text(text, 200, "text/xml; charset=UTF-8")
        if path.endswith("/ecitmatch.cgi"):
            lines = [line for line in re.split(r"[\r\n]+", asked.get("bdata", "")) if line]
            return as_text("\n".join(line + self._matched(line) for line in lines))
        return as_text("Not found", 404)

    def _search(self, asked: Mapping[str, str]) -> Reply:
        term = asked.get("term", "").lower()
        found = []
        for paper in self.papers.values():
            names = [re.escape(value.lower()) for _, value in paper.ids()]
            by_id = any(re.search(rf'(?:^|\s|")({name})"?\[(?:aid|doi|pmcid)\]', term) for name in names)
            title = re.fullmatch(r"(.*)\[ti\]", term)
            words = set(re.findall(r"[^\W_]+", paper.title.lower()))
            by_title = bool(title) and set((title[1] if title else "").split()) <= words
            if by_id or by_title:
                found.append(paper.pmid)
        rows = int(asked.get("retmax", "20"))
        result = {
            "count": str(len(found)), "retmax": str(rows), "retstart": "0", "idlist": found[:rows],
            "translationset": [], "querytranslation": term,
        }  # fmt: skip
        return as_json({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result})

    def _summaries(self, numbers: list[str], base: str) -> Reply:
        if len(numbers) > 200:
            return as_text("<html><title>414</title></html>", 414, "text/html")
        by_number = {**{n: p.summary() for n, p in self.papers.items()}, **self.raw}
        if base == "pmc":
            central = {p.pmcid.removeprefix("PMC"): p for p in self.papers.values() if p.pmcid}
            by_number = {n: p.central(n) for n, p in central.items()}
        missing = {"error": "cannot get document summary"}
        found = {"uids": numbers, **{n: by_number.get(n, {"uid": n, **missing}) for n in numbers}}
        return as_json({"header": {"type": "esummary", "version": "0.3"}, "result": found})

    def _matched(self, line: str) -> str:
        journal, year, volume, page = (part.strip().lower() for part in line.split("|")[:4])
        for paper in self.papers.values():
            journals = {paper.journal.lower(), paper.short.lower()}
            first = paper.pages.partition("-")[0].lower()
            if journal in journals and (year, volume, page) == (paper.date[:4], paper.volume, first):
                return paper.pmid
        return "NOT_FOUND"
