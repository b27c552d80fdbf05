"""What has to be asked about a reference, round by round, from the answers so far. Pure.

The first round asks for all identifiers that are written; the further ones follow the same walk that
the verdict takes, and ask where it stops for want of an answer; the last ask what later happened to the
work. So nothing more is asked about a work where its registry is down.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.matching.agreeing import conflicts, in_pubmed
from evidence.matching.questions import (
    doi_question,
    pubmed_question,
    trial_question,
    written,
    written_doi,
)
from evidence.matching.resolving import numbers, resolve
from evidence.matching.verdict import companions
from evidence.model import Answer, Answers, Id, Question, Reference

#: Services without whose answer there is no verdict: they are asked for, whatever is switched off.
ALWAYS = frozenset({"crossref", "doi"})

#: The services that are asked unless a run says otherwise.
USUAL = frozenset({"crossref", "doi", "datacite", "pubmed", "clinicaltrials"})


class _Needs(Exception):
    """The walk needs the answer to a question that was not put yet."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.key)
        self.question = question


def pending(
    reference: Reference, answers: Answers, on: frozenset[str] = USUAL, *, notices: bool = True
) -> tuple[Question, ...]:
    """Return what must still be asked for a reference, given the answers so far; () when nothing.

    `on` are the services that are asked; `notices` whether it matters what later happened to a work.
    """

    def is_on(question: Question) -> bool:
        service = "pubmed" if question.service == "pmc" else question.service
        return service in on or (service in ALWAYS and not question.key.startswith("notices:"))

    def look(question: Question) -> Answer | None:
        if question in answers:
            return answers[question]
        if is_on(question):
            raise _Needs(question)
        return None

    def new(questions: Iterator[Question]) -> tuple[Question, ...]:
        return tuple(q for q in dict.fromkeys(questions) if q not in answers and is_on(q))

    if first := new(_opening(reference)):
        return first
    try:
        found = resolve(reference, look)
        record = found.record
        if record is None:
            return ()
        if notices:
            # together, as they are asked of different services; then what PubMed's number leads to
            if more := new(companions(reference, record, None)):
                return more
            known = in_pubmed(record, reference, look)
            if more := new(companions(reference, record, known)):
                return more
        conflicts(record, reference, look)
    except _Needs as needs:
        return (needs.question,)
    return ()


def _opening(reference: Reference) -> Iterator[Question]:
    """Yield what can be asked at once: each identifier that is written, of its registry."""
    work = reference.work
    pmid, nct = written(work, "pmid"), written(work, "nct")
    if doi := written_doi(work):
        yield doi_question(doi)
        if pmid:
            yield pubmed_question(Id("pmid", pmid))
        if nct:
            yield trial_question(nct)
    else:
        yield from (question for _, question in numbers(reference))
