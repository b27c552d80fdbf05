"""What a run is going to do, said before it does it: how much, and about how long it will take. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.linked import identifier
from evidence.lock import Lock
from evidence.matching.rounds import pending
from evidence.matching.same import identity
from evidence.model import Answer, Answers, Finding, Question, Reference, Settings, Site

#: Requests a second that Crossref allows to list queries and searches: with an address (2026-07), without.
POLITE, PUBLIC = 3.0, 1.0
#: Requests a second that other services allow (PubMed's limit without a key; the others are no slower).
OTHERS = 3.0
#: Questions of a kind that one request answers; of those that are not here one.
BATCHES = {
    ("crossref", "doi"): 40,
    ("crossref", "notices"): 40,
    ("datacite", "doi"): 40,
    ("openalex", "doi"): 40,
    ("pubmed", "doi"): 40,
    ("pubmed", "pmid"): 100,
    ("pmc", "pmcid"): 100,
}
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
    site: Site, links: Iterable[Question], settings: Settings, lock: Lock, findings: Sequence[Finding] = ()
) -> Plan:
    """Return the plan of a run: what the lock does not answer is going to be asked."""
    asked = [reference for reference in site.references if reference.place in site.asked]
    open_ = _open(asked, lock)
    unseen = [q for q in links if lock.get(q) is None and identifier(q.key.removeprefix("link:")) is None]
    return Plan(
        pages=sum(not document.is_bibliography for document in site.documents),
        references=len(site.references),
        distinct=len({identity(reference.work) for reference in asked}),
        questions=len(open_),
        links=len(unseen),
        seconds=_seconds(open_, settings) + _link_seconds(unseen),
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


def _seconds(open_: set[Question], settings: Settings) -> float:
    """Return the time that the questions take: services are asked at once, each at its own pace."""
    kinds = Counter((question.service, question.key.split(":", 1)[0]) for question in open_)
    requests: Counter[str] = Counter()
    for kind, count in kinds.items():
        requests[kind[0]] += -(-count // BATCHES.get(kind, 1))
    crossref = POLITE if settings.mailto else PUBLIC
    return max(
        (n / (crossref if name == "crossref" else OTHERS) for name, n in requests.items()), default=0.0
    )


def _link_seconds(links: Sequence[Question]) -> float:
    """Return the time that links take: the busiest host a second a link, the others beside it."""
    hosts = Counter("/".join(question.key.split("/")[:3]) for question in links)  # link:https://host
    return max(len(links) / HOSTS, *hosts.values(), 0) / LINKS
