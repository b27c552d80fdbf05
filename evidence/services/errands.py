"""Questions put to the services: each errand takes some of one kind and brings back their answers.

`ERRANDS` says, for a service and the kind of key, who goes and with how many at once; how many of
them a request holds is the service's own business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from evidence.errors import ServiceError
from evidence.model import Answer, Question, Record, Reference, Seen, Work
from evidence.services import (
    archive,
    crossref,
    crossref_notices,
    datacite,
    doi,
    links,
    openalex,
    openlibrary,
    pubmed,
    pubmed_articles,
    retraction_watch,
    trials,
)
from evidence.services.answers import unknown
from evidence.services.web import Web

Answers = dict[Question, Answer]

#: Asks for values of one kind ("10.1/x" of "doi:10.1/x") and returns their answers.
Ask = Callable[[Web, Sequence[str]], Mapping[str, Answer]]

#: Errors of a look that say nothing of the page, as (cause, reason) of an unknown answer.
_UNSEEN = {
    "offline": ("offline", "this run is offline"),
    "budget": ("budget", "the time for this run was over"),
    "dns": ("outage", "names of hosts could not be looked up"),
    "unreachable": ("outage", "the network could not be reached"),
}


def _records(web: Web, dois: Sequence[str]) -> Mapping[str, Answer]:
    routed = doi.agencies if "doi" in web.settings.services else None
    return crossref.fetch(web, dois, routed)


def _trials_of(web: Web, pmids: Sequence[str]) -> Mapping[str, Answer]:
    """Return the trial numbers that papers name, each as a record that bears only these."""
    answers = {}
    day = web.settings.today
    for pmid, article in pubmed_articles.fetch(web, pmids).items():
        if isinstance(article, ServiceError):
            answers[pmid] = unknown("pubmed", article)
        elif article is None or not article.trials:
            answers[pmid] = Answer("absent", "pubmed", since=day, asked=day)
        else:
            record = Record("pubmed", Work(extra={"trials": " ".join(article.trials)}), since=day)
            answers[pmid] = Answer("found", "pubmed", (record,), since=day, asked=day)
    return answers


def _watched(kind: str) -> Ask:
    def ask(web: Web, values: Sequence[str]) -> Mapping[str, Answer]:
        keys = [f"{kind}:{value}" for value in values]
        answers = retraction_watch.fetch(web.settings, keys)
        return {value: answers[f"{kind}:{value}"] for value in values}

    return ask


#: Who answers which questions, and how many one errand takes.
ERRANDS: Mapping[tuple[str, str], tuple[Ask, int]] = MappingProxyType({
    ("crossref", "doi"): (_records, crossref.BATCH),
    ("crossref", "notices"): (crossref_notices.fetch, 1_000),
    ("doi", "doi"): (doi.fetch, 10),
    ("datacite", "doi"): (datacite.fetch, 1),
    ("pubmed", "pmid"): (pubmed.fetch, pubmed.BATCH),
    ("pubmed", "doi"): (pubmed.by_doi, 1_000),
    ("pubmed", "trials"): (_trials_of, pubmed_articles.BATCH),
    ("pmc", "pmcid"): (pubmed.by_pmcid, pubmed.BATCH),
    ("openalex", "doi"): (openalex.fetch, openalex.BATCH),
    ("clinicaltrials", "nct"): (trials.fetch, 1),
    ("archive", "snapshot"): (archive.fetch, 1_000),
    ("openlibrary", "isbn"): (openlibrary.fetch, openlibrary.BATCH),
    ("retraction-watch", "doi"): (_watched("doi"), 100_000),
    ("retraction-watch", "pmid"): (_watched("pmid"), 100_000),
})  # fmt: skip


def run(web: Web, ask: Ask, questions: Sequence[Question]) -> Answers:
    """Ask for questions of one kind; a question that nobody answered is unknown."""
    answers = ask(web, [value_of(question) for question in questions])
    lost = Answer("unknown", cause="outage", reason="there was no answer")
    return {question: answers.get(value_of(question), lost) for question in questions}


def search(web: Web, question: Question, reference: Reference) -> Answers:
    """Search Crossref or PubMed for works like a reference."""
    if question.service == "pubmed":
        return {question: pubmed.search(web, reference.work)}
    return {question: crossref.search(web, reference.work, reference.raw)}


class Interrupted(Exception):
    """The user ended the looking; `answers` are those that were there by then."""

    def __init__(self, answers: Answers) -> None:
        super().__init__("interrupted")
        self.answers = answers


def looks(
    web: Web, questions: Mapping[Question, Sequence[str]], today: str, tell: Callable[[int], None]
) -> Answers:
    """Look at addresses, each with the places of its page that are cited. Raises `Interrupted`.

    A look that never left this machine is no observation of the page.
    """
    urls = {value_of(question): places for question, places in questions.items()}
    try:
        seen = links.look_all(web, urls, today, tell)
    except KeyboardInterrupt as ended:
        seen = ended.args[0] if ended.args else {}
        told = {q: _looked(seen[value_of(q)], today) for q in questions if value_of(q) in seen}
        raise Interrupted(told) from None
    return {question: _looked(seen[value_of(question)], today) for question in questions}


def _looked(seen: Seen, today: str) -> Answer:
    if seen.error in _UNSEEN:
        cause, reason = _UNSEEN[seen.error]
        return Answer("unknown", "link", seen=(seen,), cause=cause, reason=reason)
    return Answer("found", "link", seen=(seen,), since=today, asked=today)


def kind_of(question: Question) -> str:
    """Return the kind of a question's key: "doi" of `doi:10.1/x`."""
    return question.key.partition(":")[0]


def value_of(question: Question) -> str:
    """Return what follows the kind in a question's key: the DOI of `doi:10.1/x`."""
    return question.key.partition(":")[2]
