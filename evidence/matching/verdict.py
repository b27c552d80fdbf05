"""From the answers to the verdict on one reference. Pure: the same answers give the same verdict.

Only positive evidence speaks against a reference. An outage, a limit or a question that was not
asked leaves it `unchecked` and incomplete; what no registry can know is `unchecked` and complete.
"""

from __future__ import annotations

from collections.abc import Mapping

from evidence.matching.questions import (
    doi_question,
    free_text,
    handle_question,
    search_question,
    unusable_doi,
    written_doi,
)
from evidence.model import Answer, Answers, Match, Question, Record, Reference, Verdict, VerdictKind, Work

#: Kinds of identifiers in the order in which they are reported.
ID_KINDS = ("doi", "pmid", "pmcid", "arxiv", "nct", "isbn", "issn")

#: Causes of an unknown answer, in the words that a verdict has for them.
_CAUSES = {"offline": "offline", "not-in-lock": "offline", "budget": "budget"}

_NOT_ASKED = Answer("unknown", cause="offline", reason="was not asked")


def judge(reference: Reference, answers: Answers, *, asked: bool = True) -> Verdict:
    """Return the verdict on a reference.

    `asked` is False for entries that no page cites. Raises NotGathered where the first question
    for the reference was never put.
    """
    if not asked:
        return _verdict(reference, "unchecked", "not cited: not asked about", cause="not-cited")
    doi = written_doi(reference.work)
    return _by_doi(reference, doi, answers) if doi else _by_search(reference, answers)


def _by_doi(reference: Reference, doi: str, answers: Answers) -> Verdict:
    answer = answers[doi_question(doi)]
    if answer.outcome == "unknown":
        return _unknown(reference, answer, f"Crossref could not be asked for {doi}")
    if answer.outcome == "absent" or not answer.records:
        return _unlisted(reference, doi, answers)
    record = answer.records[0]
    from evidence.matching.decide import confirm  # loaded only where there is a record to compare

    match = confirm(reference.work, record, free_text(reference))
    if match.outcome == "match":
        return _matched(reference, match)
    found, search = _searched(reference, answers)
    better = _elsewhere(found, record)
    reason = f"{doi} is registered for another work: {match.reason}"
    incomplete = better is None and search is not None and search.outcome == "unknown"
    return _verdict(
        reference, "mismatch", reason, match=better, wrong=doi, wrong_record=record, incomplete=incomplete
    )


def _elsewhere(found: Match | None, wrong: Record) -> Match | None:
    """Return what a search found, unless it is the very work that the wrong identifier names."""
    if found is None or found.outcome not in ("match", "ambiguous"):
        return None
    if found.record and found.record.work.doi == wrong.work.doi:
        return None
    return _without_doi(found)


def _unlisted(reference: Reference, doi: str, answers: Answers) -> Verdict:
    """Judge a reference whose DOI Crossref does not have."""
    handle = _later(answers, handle_question(doi))
    if handle.outcome == "found":
        reason = f"{doi} is registered with another agency than Crossref"
        return _verdict(reference, "unchecked", reason, cause="no-registry")
    if handle.outcome == "unknown":
        reason = f"{doi} is absent from Crossref; registration could not be confirmed"
        return _unknown(reference, handle, reason)
    found, search = _searched(reference, answers)
    reason = f"{doi} is not registered"
    if found and found.outcome in ("match", "ambiguous"):
        return _verdict(reference, "mismatch", reason, match=_without_doi(found), unregistered=doi)
    if search and search.outcome == "unknown":
        reason += f"; the search for the work gave no answer: {search.reason or search.cause}"
        return _verdict(reference, "mismatch", reason, unregistered=doi, incomplete=True)
    reason += ", and no registered work fits"
    return _verdict(reference, "not-found", reason, match=found, unregistered=doi)


def _by_search(reference: Reference, answers: Answers) -> Verdict:
    """Judge a reference without a DOI that can be asked about."""
    question = search_question(reference.work)
    if question is None:
        reason = "no registry that is asked can know this kind of work"
        return _verdict(reference, "unchecked", reason, cause="no-registry")
    answer = answers[question]
    if answer.outcome == "unknown":
        return _unknown(reference, answer, "the search gave no answer")
    found, _ = _searched(reference, answers)
    if found and found.outcome == "match":
        return _matched(reference, _without_doi(found))
    if found and found.outcome == "ambiguous":
        return _verdict(reference, "ambiguous", found.reason, match=found)
    return _verdict(reference, "not-found", found.reason if found else "no registered work fits", match=found)


def _searched(reference: Reference, answers: Answers) -> tuple[Match | None, Answer | None]:
    """Return what a search found and its answer; None where Crossref cannot know the work."""
    question = search_question(reference.work)
    if question is None:
        return None, None
    answer = _later(answers, question)
    if answer.outcome != "found":
        return None, answer
    from evidence.matching.decide import decide

    return decide(reference.work, answer.records, free_text(reference)), answer


def _without_doi(match: Match) -> Match:
    """Return a match without its DOI among the differences: what is written is judged by itself."""
    from evidence.matching.decide import without

    return without(match, "doi")


def _later(answers: Answers, question: Question) -> Answer:
    """Return the answer to a question of a later round; an older lock may lack it."""
    if question not in answers:
        return _NOT_ASKED
    return answers[question]


def _matched(reference: Reference, match: Match) -> Verdict:
    """Return `verified` or `mismatch` for a reference whose registered work is known."""
    serious = [d for d in match.differences if d.weight != "note"]
    unusable = unusable_doi(reference)
    if not serious and not unusable:
        return _verdict(reference, "verified", "the registered work agrees", match=match)
    fields = list(dict.fromkeys(d.field for d in serious))
    reason = f"differs from the registered work in {', '.join(fields)}" if fields else ""
    if unusable:
        said = f"{unusable} is not a DOI that can be registered"
        reason = f"{reason}; {said}" if reason else said
    return _verdict(reference, "mismatch", reason, match=match)


def _unknown(reference: Reference, answer: Answer, reason: str) -> Verdict:
    """Return `unchecked` for want of an answer, with the cause and what the service said."""
    cause = _CAUSES.get(answer.cause, "outage")
    said = f"{reason}: {answer.reason}" if answer.reason else reason
    return _verdict(reference, "unchecked", said, cause=cause, incomplete=True)


def _verdict(
    reference: Reference,
    kind: VerdictKind,
    reason: str,
    *,
    cause: str = "",
    match: Match | None = None,
    unregistered: str = "",
    wrong: str = "",
    wrong_record: Record | None = None,
    incomplete: bool = False,
) -> Verdict:
    record = match.record if match and match.outcome == "match" else None
    all_ids, written, found = _identifiers(reference.work, record)
    return Verdict(
        reference=reference,
        kind=kind,
        cause=cause,
        reason=reason,
        match=match,
        ids=all_ids,
        ids_written=written,
        ids_found=found,
        unregistered=unregistered,
        wrong=wrong,
        wrong_record=wrong_record,
        notices=record.notices if record else (),
        notices_checked=record is not None,
        incomplete=incomplete,
    )


def _identifiers(
    work: Work, record: Record | None
) -> tuple[Mapping[str, str], tuple[str, ...], tuple[str, ...]]:
    """Return all identifiers by kind, which of them were written, and which a registry added.

    What was written stands, even where it is wrong: `match` names the better one. An ISSN is the
    journal's and an ISBN the whole book's, so neither is added.
    """
    ours: dict[str, str] = {}
    for id_ in work.ids:
        ours.setdefault(id_.kind, id_.value)
    theirs: dict[str, str] = {}
    for id_ in record.work.ids if record else ():
        if id_.kind not in ours and id_.kind not in ("issn", "isbn"):
            theirs.setdefault(id_.kind, id_.value)
    merged = {**ours, **theirs}
    return {k: merged[k] for k in _order(merged)}, _order(ours), _order(theirs)


def _order(kinds: Mapping[str, str]) -> tuple[str, ...]:
    known = [kind for kind in ID_KINDS if kind in kinds]
    return (*known, *sorted(kind for kind in kinds if kind not in ID_KINDS))
