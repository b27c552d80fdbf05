"""Questions put to the services: each errand takes one or some and brings back their answers."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.model import Answer, Question, Reference
from evidence.services import crossref, doi, links, pubmed
from evidence.services.web import Web

Answers = dict[Question, Answer]

#: Errors of a look that say nothing of the page, as (cause, reason) of an unknown answer.
_UNSEEN = {
    "offline": ("offline", "this run is offline"),
    "budget": ("budget", "the time for this run was over"),
    "dns": ("outage", "names of hosts could not be looked up"),
    "unreachable": ("outage", "the network could not be reached"),
}


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
    """Look at an address once; a look that never left this machine is no observation of the page."""
    if web.offline:
        return {question: Answer("unknown", "link", cause="offline", reason="this run is offline")}
    seen = links.look(web, _value(question), today)
    if seen.error in _UNSEEN:
        cause, reason = _UNSEEN[seen.error]
        return {question: Answer("unknown", "link", seen=(seen,), cause=cause, reason=reason)}
    return {question: Answer("found", "link", seen=(seen,), since=today, asked=today)}


def _value(question: Question) -> str:
    """Return what follows the kind in a question's key: the DOI of `doi:10.1/x`."""
    return question.key.partition(":")[2]
