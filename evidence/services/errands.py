"""Questions put to the services: each errand takes one or some and brings back their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from evidence.model import Answer, Question, Reference, Seen
from evidence.services import archive, crossref, doi, links, pubmed
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


class Interrupted(Exception):
    """The user ended the looking; `answers` are those that were there by then."""

    def __init__(self, answers: Answers) -> None:
        super().__init__("interrupted")
        self.answers = answers


def looks(
    web: Web, questions: Mapping[Question, Sequence[str]], today: str, tell: Callable[[int], None] | None = None
) -> Answers:  # fmt: skip
    """Look at addresses, each with the places of its page that are cited; a look that never left this
    machine is no observation of the page. Raises `Interrupted`.
    """
    urls = {_value(question): places for question, places in questions.items()}
    try:
        seen = links.look_all(web, urls, today, tell)
    except KeyboardInterrupt as ended:
        done = ended.args[0] if ended.args else {}
        raise Interrupted(
            {q: _looked(done[_value(q)], today) for q in questions if _value(q) in done}
        ) from None
    return {question: _looked(seen[_value(question)], today) for question in questions}


def _looked(seen: Seen, today: str) -> Answer:
    if seen.error in _UNSEEN:
        cause, reason = _UNSEEN[seen.error]
        return Answer("unknown", "link", seen=(seen,), cause=cause, reason=reason)
    return Answer("found", "link", seen=(seen,), since=today, asked=today)


def snapshots(web: Web, questions: Sequence[Question]) -> Answers:
    """Ask the web archive for copies of pages that are gone, one after the other as it wants to be asked.

    Once it fails, it is left alone for the rest of the run.
    """
    answers: Answers = {}
    for question in questions:
        url, _, day = _value(question).rpartition("|")
        answers[question] = archive.fetch(web, url, day)
        if answers[question].cause in ("outage", "budget") and answers[question].reason != archive.NO_COPY:
            rest = [q for q in questions if q not in answers]
            answers.update(dict.fromkeys(rest, answers[question]))
    return answers


def _value(question: Question) -> str:
    """Return what follows the kind in a question's key: the DOI of `doi:10.1/x`."""
    return question.key.partition(":")[2]
