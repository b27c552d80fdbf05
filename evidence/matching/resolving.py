"""Which registered work a reference names, step by step from the answers. Pure.

One walk serves two readers: `rounds.pending` learns from it what to ask next (its look raises at an
answer that is not there yet), `verdict.judge` what is known in the end (its look gives None).

Identifier first; a search only where there is none, or where it turned out to be unregistered or
another work's. What no registry can know is not asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from evidence.errors import NotGathered
from evidence.matching.agreeing import Look
from evidence.matching.questions import (
    ARXIV,
    book_question,
    central_question,
    datacite_question,
    doi_question,
    free_text,
    handle_question,
    pubmed_question,
    pubmed_search_question,
    search_question,
    trial_question,
    unusable_doi,
    written,
    written_doi,
)
from evidence.model import Answer, Id, Match, Question, Record, Reference, VerdictKind, Work
from evidence.names import fold

#: Causes of an unknown answer, in the words that a verdict has for them.
_CAUSES = {"offline": "offline", "not-in-lock": "offline", "budget": "budget"}

#: Identifiers that often stand beside a work without being its own: a trial, the book of a paper.
_BESIDE = frozenset({"nct", "isbn"})

#: Words of a reference that are an identifier, a number, or what announces one.
_SAYS_NOTHING = re.compile(
    r"\S*(?:://|10\.\d{4})\S*|\W*(?:doi|pmid|pmcid|pmc\d*|nct\d*|arxiv|url|in|at|from|available|accessed)?"
    r"[\W\d]*",
    re.IGNORECASE,
)

_NOT_ASKED = Answer("unknown", cause="offline", reason="was not asked")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a reference was found to be: the fields of a `Verdict` that speak of its work."""

    kind: VerdictKind
    reason: str
    cause: str = ""
    match: Match | None = None
    unregistered: str = ""
    wrong: Id | None = None
    wrong_record: Record | None = None
    incomplete: bool = False

    @property
    def record(self) -> Record | None:
        """The registered work, where one was settled on."""
        return self.match.record if self.match and self.match.outcome == "match" else None


def resolve(reference: Reference, look: Look) -> Resolved:
    """Return which work a reference names.

    `look` gives the answer to a question, or None where it is not asked. Raises `NotGathered` where
    the first question for the reference was never put, and what `look` raises.
    """
    doi = written_doi(reference.work)
    return _by_doi(reference, doi, look) if doi else _by_number(reference, look)


def _must(look: Look, question: Question) -> Answer:
    answer = look(question)
    if answer is None:
        raise NotGathered(f"no answer was gathered for {question.service} {question.key}")
    return answer


def _by_doi(reference: Reference, doi: str, look: Look) -> Resolved:
    answer = _must(look, doi_question(doi))
    if answer.outcome == "unknown":
        return _unknown(answer, f"Crossref could not be asked for {doi}")
    if answer.outcome == "absent" or not answer.records:
        return _unlisted(reference, doi, answer.agency, look)
    return _by_record(reference, Id("doi", doi), answer.records[0], look)


def _by_record(reference: Reference, id_: Id, record: Record, look: Look) -> Resolved:
    """Judge a reference by the record of an identifier that it gives."""
    match = _confirmed(reference, record)
    if match.outcome == "match":
        return _identified(reference, id_, match, look)
    found, search = _by_other_number(reference, id_, look), None
    if found is None:
        found, search = _searched(reference, look)
    better = _elsewhere(found, record)
    name = id_.value if id_.kind == "doi" else f"{id_.kind.upper()} {id_.value}"
    reason = f"{name} is registered for another work: {match.reason}"
    incomplete = better is None and search is not None and search.outcome == "unknown"
    return Resolved("mismatch", reason, match=better, wrong=id_, wrong_record=record, incomplete=incomplete)


def _identified(reference: Reference, id_: Id, match: Match, look: Look) -> Resolved:
    """Judge a reference by the work that its identifier names, where something else has to say so too.

    A title in another language may be that of any work: where nothing else can be compared, nothing was
    verified.
    """
    found = _matched(reference, match)
    if found.kind != "verified" or _is_told(reference, match) or _is_named_twice(reference, match, look):
        return found
    reason = f"nothing that is written can be compared with the work that is registered as {id_}"
    return Resolved("unchecked", reason, cause="no-registry", match=match)


def _is_told(reference: Reference, match: Match) -> bool:
    """Whether what is written besides an identifier says that the work is the registered one.

    Any two works may share a year or a number of a volume. A bare identifier claims nothing.
    """
    work = reference.work
    read = work.title or work.authors or work.container
    if not (read or any(not _SAYS_NOTHING.fullmatch(word) for word in free_text(reference).split())):
        return True
    agree = {name for name, state in match.agreements.items() if state == "agrees"}
    if match.record and fold(work.container) == fold(match.record.work.container) != "":
        return True  # of a book only its series, which proves little where the rest differs
    return bool(agree & {"title", "author", "container", "pages"}) or {"year", "volume", "issue"} <= agree


def _is_named_twice(reference: Reference, match: Match, look: Look) -> bool:
    """Whether the DOI and the PMID of a reference name one work, as PubMed says."""
    doi, pmid = written_doi(reference.work), written(reference.work, "pmid")
    if not doi or not pmid or match.record is None:
        return False
    answer = look(pubmed_question(Id("pmid", pmid)))
    return bool(answer and any(record.work.doi == match.record.work.doi for record in answer.records))


def _by_other_number(reference: Reference, wrong: Id, look: Look) -> Match | None:
    """Return the match of a PubMed number beside a DOI that names another work."""
    pmid = written(reference.work, "pmid")
    if wrong.kind != "doi" or not pmid:
        return None
    answer = look(pubmed_question(Id("pmid", pmid)))
    match = _confirmed(reference, answer.records[0]) if answer and answer.records else None
    return match if match and match.outcome == "match" else None


def _elsewhere(found: Match | None, wrong: Record) -> Match | None:
    """Return what a search found, unless it is the very work that the wrong identifier names."""
    if found is None or found.outcome not in ("match", "ambiguous"):
        return None
    if found.record and found.record.work.doi and found.record.work.doi == wrong.work.doi:
        return None
    return _without_doi(found)


def _unlisted(reference: Reference, doi: str, agency: str, look: Look) -> Resolved:
    """Judge a reference whose DOI Crossref does not have; `agency` registers it, where that is known."""
    handle = Answer("found") if agency else look(handle_question(doi)) or _NOT_ASKED
    if handle.outcome == "absent":
        return _unregistered(reference, doi, look)
    agency = agency or handle.agency
    other = look(datacite_question(doi)) if agency in ("", "DataCite", "Crossref") else None
    if other is not None and other.records:
        return _by_record(reference, Id("doi", doi), other.records[0], look)
    if handle.outcome == "unknown":
        return _unknown(handle, f"{doi} is absent from Crossref; registration could not be confirmed")
    if other is not None and other.outcome == "unknown" and agency in ("", "DataCite"):
        return _unknown(other, f"{doi} is not registered with Crossref, and DataCite could not be asked")
    where = agency if agency not in ("", "Crossref") else "another agency than Crossref"
    return Resolved("unchecked", f"{doi} is registered with {where}", cause="no-registry")


def _unregistered(reference: Reference, doi: str, look: Look) -> Resolved:
    found, search = _searched(reference, look)
    reason = f"{doi} is not registered"
    if found and found.outcome == "match" and _is_wrapped(reference, doi, found):
        return _matched(reference, _without_doi(found))
    if found and found.outcome in ("match", "ambiguous"):
        return Resolved("mismatch", reason, match=_without_doi(found), unregistered=doi)
    if search and search.outcome == "unknown":
        reason += f"; the search for the work gave no answer: {search.reason or search.cause}"
        return Resolved("mismatch", reason, unregistered=doi, incomplete=True)
    reason += ", and no registered work fits"
    return Resolved("not-found", reason, match=found, unregistered=doi)


def _is_wrapped(reference: Reference, doi: str, found: Match) -> bool:
    """Tell whether the DOI of the work that was found stands there, broken by a line's end.

    "doi:10.1056/NEJ" and "Moa2021436" on the next line: only the registry knows that they are one.
    """
    whole = found.record.work.doi if found.record else ""
    return len(whole) > len(doi) and whole.startswith(doi) and whole in "".join(reference.raw.lower().split())


def _by_number(reference: Reference, look: Look) -> Resolved:
    """Judge a reference without a DOI by its other identifiers, else by a search."""
    lost: Answer | None = None
    for id_, question in numbers(reference):
        answer = look(question)
        if answer is None or answer.outcome == "unknown":
            lost = lost or (answer if id_.kind in ("pmid", "pmcid", "arxiv") else None)
            continue
        if not answer.records:
            continue
        record = answer.records[0]
        match = _confirmed(reference, record)
        titled = match.agreements.get("title") == "agrees"
        if match.outcome == "match" and (titled or id_.kind not in _BESIDE):
            return _identified(reference, id_, _with_crossref(reference, match, look), look)
        if id_.kind in ("pmid", "pmcid"):
            return _by_record(reference, id_, record, look)
    return _by_search(reference, look, lost)


def numbers(reference: Reference) -> list[tuple[Id, Question]]:
    """Return the identifiers of a reference without a DOI that name a work, and what they ask."""
    work = reference.work
    asked: list[tuple[Id, Question]] = []
    makers: tuple[tuple[str, Callable[[str], Question]], ...] = (
        ("pmid", lambda value: pubmed_question(Id("pmid", value))),
        ("pmcid", central_question),
        ("arxiv", lambda value: datacite_question(ARXIV + value)),
        ("isbn", book_question),
        ("nct", trial_question),
    )
    for kind, make in makers:
        value = written(work, kind)
        whole_book = kind == "isbn" and work.type == "chapter"
        # beside a journal's name an arXiv number is that of the preprint which came before
        earlier = bool(value) and kind == "arxiv" and _is_published(work)
        if value and not whole_book and not earlier:
            asked.append((Id(kind, value), make(value)))
    return asked


def _is_published(work: Work) -> bool:
    from evidence.matching.compare import claims_publication  # loaded only where it is asked

    return claims_publication(work)


def _with_crossref(reference: Reference, match: Match, look: Look) -> Match:
    """Return the match with Crossref's record of the same work, which tells more of its notices."""
    record = match.record
    if record is None or not record.work.doi or record.service not in ("pubmed", "pmc"):
        return match
    answer = look(doi_question(record.work.doi))
    if answer is None or not answer.records or answer.service == "by-hand":
        return match
    better = _confirmed(reference, answer.records[0])
    return _without_doi(better) if better.outcome == "match" else match


#: Titles that journals with open review give to reports and answers (Crossref's type peer-review).
_PEER_REVIEW = re.compile(
    r"(?:open )?(?:peer|referee|reviewer)(?:[- ]?review)?(?:er)?(?:'?s)? (?:report|comments?)\b"
    r"|peer[- ]review(?:er)?(?: #?\d+)? (?:of|for)\b|review(?: report)? #?\d* ?(?:of|for)\b"
    r"|decision letter(?: for)?\b|author(?:'?s)? response(?: for| to the reviewers?)\b",
    re.IGNORECASE,
)


def _by_search(reference: Reference, look: Look, lost: Answer | None = None) -> Resolved:
    """Judge a reference without an identifier that settles it.

    `lost` is the answer of a service that knows one of its identifiers and could not be asked.
    """
    question = search_question(reference.work)
    if question is None:
        if lost is not None:
            return _unknown(lost, "its identifier could not be asked for")
        return Resolved(
            "unchecked", "no registry that is asked can know this kind of work", cause="no-registry"
        )
    answer = _must(look, question)
    if answer.outcome == "unknown":
        return _unknown(answer, "the search gave no answer")
    found, second = _searched(reference, look)
    if found and found.outcome == "match":
        return _matched(reference, _without_doi(found))
    if found and found.outcome == "ambiguous":
        return Resolved("ambiguous", found.reason, match=found)
    missing = second if second is not None and second.outcome == "unknown" else lost
    if missing is not None:
        return _unknown(missing, "Crossref has no work like it, and another registry could not be asked")
    if _PEER_REVIEW.match(reference.work.title):
        reason = "a peer review: searches do not show those that are registered"
        return Resolved("unchecked", reason, cause="no-registry", match=found)
    return Resolved("not-found", found.reason if found else "no registered work fits", match=found)


def _searched(reference: Reference, look: Look) -> tuple[Match | None, Answer | None]:
    """Return what the searches found and the answer that counts; None where nobody can know the work.

    Crossref first, PubMed where that has nothing that fits.
    """
    question = search_question(reference.work)
    if question is None:
        return None, None
    answer = look(question) or _NOT_ASKED
    found = _decided(reference, answer)
    if answer.outcome == "unknown" or (found and found.outcome in ("match", "ambiguous")):
        return found, answer
    more = pubmed_search_question(reference.work)
    second = look(more) if more else None
    if second is None or second.cause == "offline":
        # a lock from before PubMed was asked: what it holds decides
        return found, answer
    other = _decided(reference, second)
    if other and other.outcome in ("match", "ambiguous"):
        return other, second
    return found or other, second


def _decided(reference: Reference, answer: Answer) -> Match | None:
    if answer.outcome != "found":
        return None
    from evidence.matching.decide import decide

    return decide(reference.work, answer.records, free_text(reference))


def _confirmed(reference: Reference, record: Record) -> Match:
    return _compared(reference.work, record, free_text(reference))


@lru_cache(maxsize=8_192)
def _compared(written: Work, record: Record, text: str) -> Match:
    """Compare once: each round of questions takes the same steps up to the answer that was missing."""
    from evidence.matching.decide import confirm  # loaded only where there is a record to compare

    return confirm(written, record, text)


def _without_doi(match: Match) -> Match:
    """Return a match without its DOI among the differences: what is written is judged by itself."""
    from evidence.matching.decide import without

    return without(match, "doi")


def _matched(reference: Reference, match: Match) -> Resolved:
    """Return `verified` or `mismatch` for a reference whose registered work is known."""
    serious = [d for d in match.differences if d.weight != "note"]
    unusable = unusable_doi(reference)
    if not serious and not unusable:
        return Resolved("verified", "the registered work agrees", match=match)
    fields = list(dict.fromkeys(d.field for d in serious))
    reason = f"differs from the registered work in {', '.join(fields)}" if fields else ""
    if unusable:
        said = f"{unusable} is not a DOI that can be registered"
        reason = f"{reason}; {said}" if reason else said
    return Resolved("mismatch", reason, match=match)


def _unknown(answer: Answer, reason: str) -> Resolved:
    """Return `unchecked` for want of an answer, with the cause and what the service said."""
    cause = _CAUSES.get(answer.cause, "outage")
    said = f"{reason}: {answer.reason}" if answer.reason else reason
    return Resolved("unchecked", said, cause=cause, incomplete=True)
