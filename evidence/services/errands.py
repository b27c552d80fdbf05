"""Questions put to the services: each errand takes one or some and brings back their answers."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.model import Answer, Question, Reference
from evidence.services import crossref, doi, links, pubmed
from evidence.services.web import Web

Answers = dict[Question, Answer]


def records(web: Web, questions: Sequence[Question]) -> Answers:
    """Ask Crossref for the records of DOIs."""
    answers = crossref.fetch(web, [_value(question) for question in questions])
    return {question: answers[_value(question)] for question in questions}


def search(web: Web, question: Question, reference: Reference) -> Answers:
    """Search Crossref for works like a reference."""
    return {question: crossref.search(web, reference.work, reference.raw)}


def handle(web: Web, question: Question) -> Answers:
    """Ask doi.org whether a DOI is registered with anybody."""
    return {question: doi.fetch(web, [_value(question)])[_value(question)]}


def summary(web: Web, question: Question) -> Answers:
    """Ask PubMed for the record of a PMID."""
    return {question: pubmed.fetch(web, [_value(question)])[_value(question)]}


def look(web: Web, question: Question, today: str) -> Answers:
    """Look at an address once."""
    if web.offline:
        return {question: Answer("unknown", "link", cause="offline", reason="this run is offline")}
    seen = links.look(web, _value(question), today)
    return {question: Answer("found", "link", seen=(seen,), since=today, asked=today)}


def _value(question: Question) -> str:
    """Return what follows the kind in a question's key: the DOI of `doi:10.1/x`."""
    return question.key.partition(":")[2]
