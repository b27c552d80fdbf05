"""Whether the identifiers of one reference name the same work. Pure.

A conflict is told only where the registry of an identifier has it for another work, or has another
identifier of that kind for this one. Silence, and a registry that lacks a work, prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from evidence.matching.questions import (
    central_question,
    pubmed_question,
    trial_question,
    trials_question,
    written,
)
from evidence.model import Answer, Conflict, Id, Question, Record, Reference

#: Gives the answer to a question, None where it is not asked.
Look = Callable[[Question], Answer | None]


def same_work(one: Record, other: Record, *dois: str) -> bool:
    """Whether two records of registries are of one work; `dois` are further names of the first.

    An identifier in common proves it; else title, authors, year and place have to say so, since a
    work may bear two DOIs.
    """
    names = {*one.work.ids, *(Id("doi", doi) for doi in (*dois, one.alias) if doi)}
    if any(id_ in names for id_ in other.work.ids if id_.kind in ("doi", "pmid", "pmcid")):
        return True
    if not other.work.title or not one.work.title:
        return True
    from evidence.matching.decide import confirm

    return confirm(one.work, other).outcome == "match"


def in_pubmed(record: Record, reference: Reference, look: Look) -> Record | None:
    """Return PubMed's record of a settled work, by its own number or its DOI; None where unknown."""
    if record.service == "pubmed":
        return record
    if pmid := written(reference.work, "pmid"):
        answer = look(pubmed_question(Id("pmid", pmid)))
        found = answer.records[0] if answer and answer.records else None
        if found is not None and same_work(record, found, reference.work.doi):
            return found
    if not record.work.doi or record.service == "datacite":
        return None
    answer = look(pubmed_question(Id("doi", record.work.doi)))
    return answer.records[0] if answer and answer.records and answer.service == "pubmed" else None


def conflicts(
    record: Record, reference: Reference, look: Look
) -> tuple[tuple[Conflict, ...], tuple[Id, ...]]:
    """Return what disagrees among the identifiers of a reference whose work is `record`.

    The second part is the identifiers that their registry does not have, which alone proves nothing.
    """
    found: list[Conflict] = []
    unlisted: list[Id] = []
    own = record.work.ids[0] if record.work.ids else Id("doi", reference.work.doi)
    for told in (_pmid, _pmcid, _nct):
        outcome = told(record, reference, look, own)
        if isinstance(outcome, Conflict):
            found.append(outcome)
        elif outcome is not None:
            unlisted.append(outcome)
    return tuple(found), tuple(unlisted)


def _pmid(record: Record, reference: Reference, look: Look, own: Id) -> Conflict | Id | None:
    pmid = written(reference.work, "pmid")
    if not pmid or record.work.pmid == pmid:
        return None
    asked = Id("pmid", pmid)
    answer = look(pubmed_question(asked))
    if answer is None or answer.outcome == "unknown":
        return None
    other = answer.records[0] if answer.records else None
    if other is not None and same_work(record, other, reference.work.doi):
        return None
    known = in_pubmed(record, reference, look)
    right = known.work.pmid if known else ""
    if right == pmid:
        return None
    if other is not None or right:
        return Conflict(asked, own, other, right)
    return asked


def _pmcid(record: Record, reference: Reference, look: Look, own: Id) -> Conflict | Id | None:
    pmcid = written(reference.work, "pmcid")
    if not pmcid or written(record.work, "pmcid") == pmcid:
        return None
    known = in_pubmed(record, reference, look)
    right = written(known.work, "pmcid") if known else ""
    if right == pmcid:
        return None
    asked = Id("pmcid", pmcid)
    answer = look(central_question(pmcid))
    if answer is None or answer.outcome == "unknown":
        return None
    other = answer.records[0] if answer.records else None
    if other is not None and same_work(known or record, other, reference.work.doi, record.work.doi):
        return None
    return Conflict(asked, own, other, right) if other is not None or right else asked


def _nct(record: Record, reference: Reference, look: Look, own: Id) -> Conflict | Id | None:
    """Compare a trial number with those that the paper itself names, and with the trial's own papers."""
    nct = written(reference.work, "nct")
    if not nct or record.service == "clinicaltrials":
        return None
    asked = Id("nct", nct)
    answer = look(trial_question(nct))
    if answer is None or answer.outcome == "unknown":
        return None
    if not answer.records:
        return asked
    trial = answer.records[0]
    known = in_pubmed(record, reference, look)
    if known is None or known.work.pmid in trial.work.extra.get("results", "").split():
        return None
    links = look(trials_question(known.work.pmid))
    named = links.records[0].work.extra.get("trials", "").split() if links and links.records else []
    if not named or nct in named:
        return None
    return Conflict(asked, own, trial, named[0] if len(named) == 1 else "")
