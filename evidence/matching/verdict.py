"""From the answers to the verdict on one reference. Pure: the same answers give the same verdict.

Only positive evidence speaks against a reference. An outage, a limit or a question that was not
asked leaves it `unchecked` and incomplete; what no registry can know is `unchecked` and complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from evidence.matching.agreeing import Look, conflicts, in_pubmed
from evidence.matching.notices import about, union
from evidence.matching.questions import (
    doi_question,
    flag_question,
    notices_question,
    pubmed_question,
    watch_question,
    written,
)
from evidence.matching.resolving import Resolved, resolve
from evidence.model import (
    Answers,
    Conflict,
    Difference,
    Id,
    Match,
    Notice,
    Question,
    Record,
    Reference,
    Verdict,
    Work,
)

#: Kinds of identifiers in the order in which they are reported.
ID_KINDS = ("doi", "pmid", "pmcid", "arxiv", "nct", "isbn", "issn")

#: Sources of notices in words.
SOURCES = {
    "crossref": "Crossref", "pubmed": "PubMed", "retraction-watch": "Retraction Watch",
    "openalex": "OpenAlex",
}  # fmt: skip

#: Services whose records tell of retractions.
TELLING = frozenset({"crossref", "pubmed", "by-hand"})


def judge(reference: Reference, answers: Answers, *, asked: bool = True) -> Verdict:
    """Return the verdict on a reference.

    `asked` is False for entries that no page cites. Raises NotGathered where the first question
    for the reference was never put.
    """
    if not asked:
        reason = "not cited: not asked about"
        return _identified(Verdict(reference, "unchecked", cause="not-cited", reason=reason), ())
    look = answers.by_question.get
    return _told(reference, resolve(reference, look), look)


def _told(reference: Reference, found: Resolved, look: Look) -> Verdict:
    """Return the verdict that a resolved reference has, with identifiers and notices."""
    record = found.record
    known = in_pubmed(record, reference, look) if record else None
    disagree, unlisted = conflicts(record, reference, look) if record else ((), ())
    match = _disagreeing(found.match, disagree) if found.match else None
    kind, reason = found.kind, found.reason
    if disagree and kind == "verified":
        kind = "mismatch"
        others = ", ".join(str(conflict.written) for conflict in disagree)
        reason = f"identifiers disagree: {others} and {disagree[0].other}"
    wrong = found.wrong
    verdict = Verdict(
        reference=reference,
        kind=kind,
        cause=found.cause,
        reason=reason,
        match=match,
        unregistered=found.unregistered,
        wrong=wrong.value if wrong else "",
        wrong_kind=wrong.kind if wrong else "doi",
        wrong_record=found.wrong_record,
        conflicts=disagree,
        unlisted=unlisted,
        incomplete=found.incomplete,
    )
    verdict = _identified(verdict, tuple(r.work for r in (record, known) if r))
    return _with_notices(verdict, record, known, look)


def _disagreeing(match: Match, found: tuple[Conflict, ...]) -> Match:
    """Return a match with the identifiers that name another work among its differences."""
    kinds = {conflict.written.kind for conflict in found}
    kept = tuple(d for d in match.differences if d.field not in kinds)
    more = tuple(
        Difference(c.written.kind, c.written.value, c.right, "error")
        for c in found
        if c.written.kind in ("doi", "pmid")
    )
    return replace(match, differences=(*kept, *more)) if kinds else match


def companions(reference: Reference, record: Record, known: Record | None) -> Iterator[Question]:
    """Yield who is asked what later happened to a settled work; `known` is PubMed's record of it."""
    pmid = known.work.pmid if known else written(reference.work, "pmid")
    if record.work.doi and record.service == "datacite":
        # Crossref and PubMed tell of what they register
        yield watch_question(Id("doi", record.work.doi))
    elif record.work.doi:
        yield from of_doi(record.work.doi)
        if not pmid and record.service != "pubmed":
            yield pubmed_question(Id("doi", record.work.doi))
    if pmid:
        yield watch_question(Id("pmid", pmid))


def of_doi(doi: str) -> tuple[Question, ...]:
    """Return who is asked what later happened to the work of a DOI, PubMed apart."""
    return notices_question(doi), watch_question(Id("doi", doi)), flag_question(doi)


def _with_notices(verdict: Verdict, record: Record | None, known: Record | None, look: Look) -> Verdict:
    """Return the verdict with all that any source says happened to its work."""
    if record is None:
        reason = f"{verdict.reason}; retraction not checked" if verdict.incomplete else verdict.reason
        return replace(verdict, reason=reason)
    told: list[Notice] = list(record.notices)
    asked = {record.service} & TELLING
    if known is not None and known is not record:
        told += known.notices
        asked.add("pubmed")
    failed: dict[str, str] = {}
    hints: set[str] = set()
    for question in _sources(verdict, record, known):
        answer = look(question)
        if answer is None or answer.service == "by-hand":
            continue
        if answer.outcome == "unknown":
            # OpenAlex only hints, and a person's answer stands without others
            if question.service != "openalex" and record.service != "by-hand":
                failed.setdefault(question.service, answer.reason or answer.cause)
            continue
        asked.add(question.service)
        said = [notice for found in answer.records for notice in found.notices]
        if question.service == "openalex":
            hints |= {"openalex"} if said else set()
        elif question.service != "pubmed":
            told += said
    notices = about(record, union(told))
    reason = verdict.reason
    if failed:
        reason += f"; retraction not checked with {', '.join(SOURCES.get(s, s) for s in sorted(failed))}"
    if hints and any(notice.kind == "retraction" for notice in notices):
        # a hint beside a proof is one more who says so
        notices = tuple(
            replace(n, says=tuple(sorted({*n.says, *hints}))) if n.kind == "retraction" else n
            for n in notices
        )
        hints = set()
    return replace(
        verdict,
        reason=reason,
        notices=notices,
        notices_checked=bool(asked - {"openalex"}),
        notices_asked=tuple(sorted(asked)),
        notices_unasked=tuple(sorted(failed.items())),
        hints=tuple(sorted(hints)),
    )


def _sources(verdict: Verdict, record: Record, known: Record | None) -> Iterator[Question]:
    """Yield the questions whose answers tell what happened to a settled work."""
    if record.work.doi and record.service not in ("crossref", "by-hand", "datacite"):
        yield doi_question(record.work.doi)
    yield from companions(verdict.reference, record, known)
    if known is None and (number := written(verdict.reference.work, "pmid")):
        yield pubmed_question(Id("pmid", number))


def _identified(verdict: Verdict, registered: tuple[Work, ...]) -> Verdict:
    """Return the verdict with all identifiers by kind, those written, and those that registries add.

    What was written stands, even where it is wrong: `match` names the better one. An ISSN is the
    journal's and an ISBN the whole book's, so neither is added.
    """
    ours: dict[str, str] = {}
    for id_ in verdict.reference.work.ids:
        ours.setdefault(id_.kind, id_.value)
    theirs: dict[str, str] = {}
    for id_ in (id_ for known in registered for id_ in known.ids):
        if id_.kind not in ours and id_.kind not in ("issn", "isbn"):
            theirs.setdefault(id_.kind, id_.value)
    merged = {**ours, **theirs}
    return replace(
        verdict,
        ids={kind: merged[kind] for kind in _order(merged)},
        ids_written=_order(ours),
        ids_found=_order(theirs),
    )


def _order(kinds: Mapping[str, str]) -> tuple[str, ...]:
    known = [kind for kind in ID_KINDS if kind in kinds]
    return (*known, *sorted(kind for kind in kinds if kind not in ID_KINDS))
