"""Asks lock, cache and services for all that the chosen rules need. The only threads are here.

References are asked about in rounds: `matching.questions.pending` says, from the answers so far,
what is still to be asked for each of them, until nothing is. Every question is asked once a run,
however many pages it comes from. No failure leaves this room: a question that got no usable
answer has an `unknown` one, with its cause.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from evidence import linked
from evidence.lock import Lock
from evidence.matching.questions import is_companion
from evidence.matching.rounds import pending
from evidence.model import Answer, Answers, Id, Question, Reference, Settings, Site
from evidence.settings import cache_path

if TYPE_CHECKING:
    from evidence.services.web import Web

#: Requests in flight at once. Crossref allows three to those who say who they are; pace and
#: concurrency of each host are kept by `services.web`.
WORKERS = 4

#: Rounds of questions after which a reference is given up: an unregistered DOI whose work is found by
#: its title in PubMed, and that work's notices, are six.
ROUNDS = 10

#: Dead links whose archived copies are asked for in one run: the archive is slow and limits early.
SNAPSHOTS = 20

#: What progress is told to: what is being asked, how many are done, how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came back.

    `answers` are all, from wherever; `fresh` those that a service gave in this run; `missing` the
    questions that nothing answered because the run did not ask (`--offline`, `--frozen`).
    `kept` are questions that were put again and got no usable answer, so that the lock's stands, with
    the reason. `interrupted`: the user ended the asking, and what was not answered by then is unknown.
    """

    answers: Answers
    fresh: Mapping[Question, Answer] = field(default_factory=dict)
    missing: tuple[Question, ...] = ()
    kept: Mapping[Question, str] = field(default_factory=dict)
    interrupted: bool = False

    def with_more(self, answers: Mapping[Question, Answer]) -> Gathered:
        """Return this with answers that were asked for elsewhere, as those of the sources of facts."""
        if not answers:
            return self
        every = Answers({**answers, **self.answers.by_question})
        return replace(self, answers=every, fresh={**answers, **self.fresh})


def gather(
    site: Site,
    settings: Settings,
    lock: Lock,
    needs: Iterable[str],
    *,
    refresh: bool = False,
    progress: Progress | None = None,
) -> Gathered:
    """Return the answers to everything that rules with these `needs` may ask about `site`.

    `refresh` asks the world again even for what the lock answers (`evidence update`); where the
    world gives no usable answer the lock's stands.
    """
    needs = frozenset(needs)
    round_ = _Round(settings, lock, refresh, progress)
    try:
        if "records" in needs:
            asked = [r for r in site.references if r.place in site.asked]
            _ask_references(asked, round_, notices="notices" in needs)
        if "links" in needs:
            _ask_links(site, settings, round_)
    finally:
        round_.close()
    return round_.gathered


def ask(question: Question, settings: Settings, lock: Lock) -> Answer:
    """Return the answer to one question, from the lock or its service; raises `KeyboardInterrupt`."""
    round_ = _Round(settings, lock, False, None)
    try:
        round_.answer({question: None})
    finally:
        round_.close()
    if round_.interrupted:
        raise KeyboardInterrupt
    return round_.answers[question]


def abstracts(ids: Sequence[Id], settings: Settings, *, refresh: bool = False) -> dict[Id, Answer]:
    """Return the abstract of each work (DOI, PMID, PMCID): `Answer.abstract` where one was found.

    From the cache, unless `refresh`, or the services; the lock holds no abstracts. Raises nothing but
    `KeyboardInterrupt`.
    """
    from evidence.services import abstracts

    with _opened(settings, renew=refresh) as web:
        return abstracts.fetch(web, ids)


def trials(numbers: Sequence[str], settings: Settings, *, refresh: bool = False) -> dict[str, Answer]:
    """Return the registered study of each NCT number: `Answer.trial` where one was found.

    From the cache, unless `refresh`, or ClinicalTrials.gov. Raises nothing but `KeyboardInterrupt`.
    """
    from evidence.services import trials

    with _opened(settings, renew=refresh) as web:
        return trials.fetch(web, numbers)


@contextmanager
def _opened(settings: Settings, *, renew: bool = False) -> Iterator[Web]:
    """Give the transport with its cache, and close both."""
    from evidence.services.cache import open_cache
    from evidence.services.web import Web

    web = Web(settings, cache=open_cache(settings), renew=renew)
    try:
        yield web
    finally:
        web.close()


def _ask_links(site: Site, settings: Settings, round_: _Round) -> None:
    """Ask registries about links that name identifiers, look at the others; for the dead ask the archive."""
    round_.answer(dict.fromkeys(linked.registry_questions(site, settings, round_.known, round_.answers)))
    round_.places = linked.look_questions(site, settings, round_.answers)
    round_.answer(dict.fromkeys(round_.places))
    judged = linked.states(site, Answers(round_.answers), settings)
    copies = linked.snapshot_questions(site, settings, judged)
    round_.answer(dict.fromkeys(list(copies)[:SNAPSHOTS]))


def _ask_references(references: Sequence[Reference], round_: _Round, *, notices: bool) -> None:
    open_ = list(references)
    for _ in range(ROUNDS):
        questions: dict[Question, Reference | None] = {}
        still = []
        for reference in open_:
            waiting = pending(reference, Answers(round_.answers), round_.on, notices=notices)
            if waiting:
                still.append(reference)
                questions.update((q, reference) for q in waiting if q not in questions)
        if questions:
            round_.answer(questions)
            open_ = still
        elif round_.forget_failed():
            open_ = list(references)
        else:
            return


class _Round:
    """Where questions go: the lock first, then the services that the settings allow."""

    def __init__(self, settings: Settings, lock: Lock, refresh: bool, progress: Progress | None) -> None:
        self.settings = settings
        self.lock = lock
        self.refresh = refresh
        self.progress = progress
        self.on = services_on(settings, lock)
        self.answers: dict[Question, Answer] = {}
        self.fresh: dict[Question, Answer] = {}
        self.missing: list[Question] = []
        self.kept: dict[Question, str] = {}
        self.interrupted = False
        #: The places of each page that are cited, by the question for a look at it.
        self.places: Mapping[Question, Sequence[str]] = {}
        self._web: Web | None = None
        self._again: set[Question] = set()

    @property
    def web(self) -> Web:
        """The transport, made when the first question leaves the machine."""
        if self._web is None:
            from evidence.services.cache import open_cache
            from evidence.services.web import Web

            self._web = Web(self.settings, cache=open_cache(self.settings), renew=self.refresh)
        return self._web

    @property
    def gathered(self) -> Gathered:
        """All that came back so far."""
        return Gathered(Answers(self.answers), self.fresh, tuple(self.missing), self.kept, self.interrupted)

    def close(self) -> None:
        if self._web is not None:
            self._web.close()

    def known(self, question: Question) -> Answer | None:
        """Return the answer that is there already, from this run or in the lock."""
        return self.answers.get(question) or self.lock.get(question)

    def answer(self, questions: Mapping[Question, Reference | None]) -> None:
        """Answer `questions`, each with the reference that it comes from."""
        ask: dict[Question, Reference | None] = {}
        for question, reference in questions.items():
            known = self.lock.get(question)
            local = self.settings.mode in ("offline", "frozen")
            if question.service == "retraction-watch" and self._has_watch():
                ask[question] = reference
            elif (by_hand := self._by_hand(question, reference)) is not None:
                self.answers[question] = by_hand
            elif known is not None and (local or not self.refresh or known.service in ("by-hand", "archive")):
                # what the archive has of a page that is gone does not change from week to week
                self.answers[question] = known
            elif self.settings.mode == "frozen" or (local and not self._has_cache()):
                self.answers[question] = self._not_asked(question, reference)
            else:
                ask[question] = reference
        if ask:
            self._ask(ask)

    def forget_failed(self) -> bool:
        """Forget, once each, the questions whose service failed and answers by now; tell whether any."""
        lost = [q for q, a in self.answers.items() if q not in self._again and self._is_worth_another(a, q)]
        self._again.update(lost)
        for question in lost:
            del self.answers[question]
        return bool(lost) and not self.interrupted

    def _has_cache(self) -> bool:
        """Whether a cache could answer; without one an offline run loads no service at all."""
        return os.path.exists(cache_path(self.settings))

    def _by_hand(self, question: Question, reference: Reference | None) -> Answer | None:
        """Return a person's answer about a work, which also answers what else would be asked of it."""
        if not is_companion(question, reference):
            return None
        value = question.key.partition(":")[2]
        return self.lock.answers.get(Question("by-hand", f"doi:{value}"))

    def _has_watch(self) -> bool:
        """Whether the Retraction Watch file is here: it is asked rather than the lock, which may be older."""
        return os.path.exists(os.path.join(self.settings.root, self.settings.retraction_watch))

    def _not_asked(self, question: Question, reference: Reference | None) -> Answer:
        if not is_companion(question, reference):
            self.missing.append(question)
        return Answer("unknown", question.service, cause="offline", reason="not-in-lock: run evidence check")

    def _ask(self, questions: Mapping[Question, Reference | None]) -> None:
        for question, answer in self._from_services(questions).items():
            known = self.lock.get(question)
            if answer.outcome == "unknown" and known is not None:
                self.answers[question] = replace(known, reason=f"not asked again: {answer.reason}")
                self.kept[question] = answer.reason or answer.cause
                continue
            self.answers[question] = answer
            if answer.cause == "offline" and not is_companion(question, questions[question]):
                self.missing.append(question)
            if answer.outcome != "unknown":
                self.fresh[question] = answer

    def _from_services(self, questions: Mapping[Question, Reference | None]) -> dict[Question, Answer]:
        asked = [q for q in questions if self._is_allowed(q)]
        answers = {
            q: Answer(
                "unknown", q.service, cause="offline", reason=f"{q.service} is switched off in the settings"
            )
            for q in questions
            if not self._is_allowed(q)
        }
        others = [q for q in asked if q.service != "link"]
        answers.update(self._look([q for q in asked if q.service == "link"]))
        answers.update(self._at_once(list(self._jobs(others, questions)), len(others)))
        again = [q for q in asked if q in answers and self._is_worth_another(answers[q], q)]
        if again and not self.interrupted:
            answers.update(self._at_once(list(self._jobs(again, questions)), len(again)))
        ended = "the run was interrupted before it was answered"
        return {
            q: answers.get(q) or Answer("unknown", q.service, cause="budget", reason=ended) for q in questions
        }

    def _is_allowed(self, question: Question) -> bool:
        return (
            question.service in ("link", "retraction-watch") or _service(question) in self.settings.services
        )

    def _is_worth_another(self, answer: Answer, question: Question) -> bool:
        """Whether a question that failed is put once more: its service answers others."""
        failed = answer.outcome == "unknown" and answer.cause == "outage"
        return failed and question.service not in ("link", "archive") and self.web.answers(_service(question))

    def _look(self, questions: Sequence[Question]) -> dict[Question, Answer]:
        """Return what is seen of addresses; after Ctrl-C what was seen by then."""
        if not questions or self.interrupted:
            return {}
        from evidence.services import errands

        def tell(done: int) -> None:
            if self.progress:
                self.progress("looked at", done, len(questions))

        places = {question: self.places.get(question, ()) for question in questions}
        try:
            return errands.looks(self.web, places, self.settings.today, tell)
        except errands.Interrupted as ended:
            self.interrupted = True
            return ended.answers

    def _at_once(
        self, jobs: Sequence[Callable[[], dict[Question, Answer]]], total: int
    ) -> dict[Question, Answer]:
        """Return what `jobs` answer, several at work at a time; after Ctrl-C what was answered by then."""
        from concurrent.futures import ThreadPoolExecutor

        answers: dict[Question, Answer] = {}
        if self.interrupted:
            return answers
        pool = ThreadPoolExecutor(WORKERS)
        running = [pool.submit(job) for job in jobs]
        try:
            for job in running:
                answers.update(job.result())
                if self.progress:
                    self.progress("asked", len(answers), total)
        except KeyboardInterrupt:
            self.interrupted = True
            for job in running:
                if job.done() and job.exception() is None:
                    answers.update(job.result())
        finally:
            # what is on its way is not waited for: it ends by its own deadline
            pool.shutdown(wait=not self.interrupted, cancel_futures=True)
        return answers

    def _jobs(
        self, asked: Sequence[Question], references: Mapping[Question, Reference | None]
    ) -> Iterable[Callable[[], dict[Question, Answer]]]:
        """Yield one errand a batch of questions of a kind, or a search."""
        from evidence.services import errands

        batches: dict[tuple[str, str], list[Question]] = {}
        for question in asked:
            reference = references[question]
            kind = (question.service, errands.kind_of(question))
            if kind in errands.ERRANDS:
                batches.setdefault(kind, []).append(question)
            elif question.key.startswith("search:") and reference is not None:
                yield partial(errands.search, self.web, question, reference)
        for kind, questions in batches.items():
            ask, most = errands.ERRANDS[kind]
            for start in range(0, len(questions), most):
                yield partial(errands.run, self.web, ask, questions[start : start + most])


def services_on(settings: Settings, lock: Lock) -> frozenset[str]:
    """Return the services that are asked: OpenAlex where there is a key, or answers of one who had it."""
    on = set(settings.services)
    known = any(question.service == "openalex" for question in lock.answers)
    if not known and not os.environ.get("OPENALEX_API_KEY"):
        on.discard("openalex")
    if settings.retraction_watch:
        on.add("retraction-watch")
    return frozenset(on)


def _service(question: Question) -> str:
    """Return the service that a question is put to: PubMed answers for PubMed Central."""
    return "pubmed" if question.service == "pmc" else question.service
