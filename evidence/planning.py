"""What a run is going to do, said before it does it: how much, and about how long it will take. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.lock import Lock
from evidence.matching.questions import pending
from evidence.matching.same import identity
from evidence.model import Answer, Answers, Finding, Question, Reference, Settings, Site

#: Requests a second that Crossref allows to list queries and searches: with an address (2026-07), without.
POLITE, PUBLIC = 3.0, 1.0
#: DOIs that one list query asks for.
BATCH = 40
#: Requests a second to one host of a link, and hosts that are asked at once.
LINKS, HOSTS = 1.0, 4


@dataclass(frozen=True, slots=True)
class Plan:
    """How much there is, how much of it nothing answers yet, and about how many seconds that takes.

    `findings` are those of rules that need no answers.
    """

    pages: int
    references: int
    distinct: int
    questions: int
    links: int
    seconds: float
    mailto: bool
    findings: tuple[Finding, ...] = ()


def plan(
    site: Site, links: Sequence[Question], settings: Settings, lock: Lock, findings: Sequence[Finding] = ()
) -> Plan:
    """Return the plan of a run: what the lock does not answer is going to be asked."""
    asked = [reference for reference in site.references if reference.place in site.asked]
    open_ = _open(asked, lock)
    unseen = [question for question in links if lock.get(question) is None]
    searches = sum(question.key.startswith("search:") for question in open_)
    batches = -(-sum(question.key.startswith("doi:") for question in open_) // BATCH)
    rate = POLITE if settings.mailto else PUBLIC
    return Plan(
        pages=sum(not document.is_bibliography for document in site.documents),
        references=len(site.references),
        distinct=len({identity(reference.work) for reference in asked}),
        questions=len(open_),
        links=len(unseen),
        seconds=(searches + batches) / rate + _link_seconds(unseen),
        mailto=bool(settings.mailto),
        findings=tuple(findings),
    )


def _open(asked: Sequence[Reference], lock: Lock) -> set[Question]:
    """Return the questions that the lock leaves open, as far as they are known before any is answered."""
    open_: set[Question] = set()
    known: dict[Question, Answer] = {}
    for reference in asked:
        waiting = True
        while waiting:
            waiting = False
            for question in pending(reference, Answers(known)):
                answer = lock.get(question)
                if answer is None:
                    open_.add(question)
                elif question not in known:
                    known[question], waiting = answer, True
    return open_


def _link_seconds(links: Sequence[Question]) -> float:
    """Return the time that links take: the busiest host a second a link, the others beside it."""
    hosts = Counter("/".join(question.key.split("/")[:3]) for question in links)  # link:https://host
    return max(len(links) / HOSTS, *hosts.values(), 0) / LINKS
