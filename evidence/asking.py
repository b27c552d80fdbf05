"""Answers single questions: which registered work is this string, what of this address.

The flow behind `evidence match`, `evidence links` and `evidence.match`: strings become references
without a page, and go the same way as those of a check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidence import checking, ids, inputs, parsing, sources
from evidence.errors import UsageError
from evidence.gather import Gathered, Progress, gather
from evidence.ids import doi_of_url
from evidence.lock import looks
from evidence.matching.links import judge_link
from evidence.matching.questions import link_question, search_question
from evidence.matching.verdict import judge
from evidence.model import (
    Answer,
    Answers,
    Document,
    Id,
    Link,
    LinkState,
    Match,
    Reference,
    Seen,
    Settings,
    Site,
    Span,
    Verdict,
    Work,
)


def match_all(texts: Sequence[str], told: Settings, *, progress: Progress | None = None) -> list[Match]:
    """Return the match of each of `texts`, in order; none raises for what a service does.

    Raises `LockError`, and `KeyboardInterrupt` when the user ended the asking.
    """
    references = [_reference(text, index) for index, text in enumerate(texts)]
    lock = inputs.load_lock(inputs.lock_path(told), told)
    site = Site((), tuple(references), asked=frozenset(r.place for r in references))
    answers = _whole(gather(site, told, lock, {"records"}, progress=progress))
    return [as_match(judge(reference, answers)) for reference in references]


def _whole(gathered: Gathered) -> Answers:
    """Return the answers of a run that was not interrupted: half an answer is none for a program."""
    if gathered.interrupted:
        raise KeyboardInterrupt
    return gathered.answers


def match(text: str, *, offline: bool = False, **flags: Any) -> Match:
    """Return which registered work a reference string names: `Match` with outcome and evidence.

    Raises `SettingsError`, `LockError`.
    """
    told = checking.settings_for((), {"mode": "offline" if offline else "online", **flags})
    return match_all([text], told)[0]


def resolve(identifier: str, *, offline: bool = False, **flags: Any) -> Answer:
    """Return what is registered under an identifier (a DOI, PMID … in any spelling), three-valued.

    `found` with the record, `absent` where every service that could know it has none, else `unknown`
    with the reason. Raises `UsageError` for what is no identifier, `SettingsError`, `LockError`.
    """
    id_ = next((id_ for id_, _ in ids.find(identifier)), None)
    if id_ is None:
        raise UsageError(f"{identifier!r}: no identifier in it (a DOI, PMID, PMCID, NCT or arXiv number)")
    told = checking.settings_for((), {"mode": "offline" if offline else "online", **flags})
    source = sources.from_text(identifier, name="<identifier>")
    reference = Reference("", None, Work("article-journal", ids=(id_,)), source, Span(0, len(identifier)))
    lock = inputs.load_lock(inputs.lock_path(told), told)
    site = Site((), (reference,), asked=frozenset({reference.place}))
    verdict = judge(reference, _whole(gather(site, told, lock, {"records"})))
    if verdict.record is not None and verdict.kind in ("verified", "mismatch"):
        return Answer("found", verdict.record.service, (verdict.record,), since=verdict.record.since)
    if verdict.kind == "not-found" or verdict.unregistered:
        return Answer("absent", reason=verdict.reason)
    return Answer("unknown", cause=verdict.cause, reason=verdict.reason)


def _reference(text: str, index: int) -> Reference:
    """Return a string as a reference; one of unknown type is taken for what a registry could know."""
    parsed = parsing.parse(text)
    work = parsed.work
    if search_question(work) is None and work.title and not work.doi:
        work = replace(work, type="article-journal")
    source = sources.from_text(text, name=f"<{index}>")
    return Reference("", None, work, source, Span(0, len(text)), parsed.fields, " ".join(text.split()))


def as_match(verdict: Verdict) -> Match:
    """Return a verdict as the answer to "which work is it?"."""
    found = verdict.match
    if found is not None and found.outcome in ("match", "ambiguous"):
        return found
    if verdict.kind == "unchecked" and verdict.cause != "no-registry":
        return Match("unknown", reason=verdict.reason, alternatives=found.alternatives if found else ())
    return replace(found or Match("no-match"), outcome="no-match", reason=verdict.reason)


def look_at_all(
    urls: Sequence[str], told: Settings, *, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """Return the state of each address as the object of `evidence links`, in order."""
    source = sources.from_text("\n".join(urls), name="<links>")
    references = []
    links = []
    at = 0
    for url in urls:
        span = Span(at, at + len(url))
        at = span.end + 1
        if doi := doi_of_url(url):
            references.append(Reference("", None, Work(ids=(Id("doi", doi),)), source, span))
        else:
            links.append(Link(url, span, cited=True))
    document = Document(source, references=tuple(references), links=tuple(links))
    site = Site((document,), tuple(references), asked=frozenset(r.place for r in references))
    lock = inputs.load_lock(inputs.lock_path(told), told)
    answers = _whole(gather(site, told, lock, {"records", "links"}, progress=progress))
    by_doi = {r.work.doi: judge(r, answers) for r in references}
    return [_object(url, by_doi, answers, told) for url in urls]


def _object(url: str, by_doi: dict[str, Verdict], answers: Answers, told: Settings) -> dict[str, Any]:
    doi = doi_of_url(url)
    answer = Answer("unknown", reason="not an address of the web")
    if doi:
        state = registered_state(url, by_doi[doi])
    else:
        question = link_question(url)
        answer = answers.by_question.get(question, answer)
        state = judge_link(url, looks(answer), told.today)
        if answer.outcome == "unknown" and answer.cause in ("offline", "budget"):
            state = LinkState(url, "skipped", answer.cause)
    last = answer.seen[-1] if answer.seen else None
    return {
        "url": url,
        "state": state.state,
        "reason": state.reason or None,
        "final_url": state.final_url or None,
        "hops": _hops(url, last) if last else [],
        "attempts": len(answer.seen),
        "suggestion": state.final_url if state.state == "moved" else None,
    }


def _hops(url: str, seen: Seen) -> list[dict[str, Any]]:
    """Return the redirects as they were followed: each address with the status that it gave."""
    asked = [url, *(led_to for led_to, _ in seen.hops)]
    return [{"url": at, "status": status} for at, (_, status) in zip(asked, seen.hops, strict=False)]


def registered_state(url: str, verdict: Verdict) -> LinkState:
    """Return the state of a DOI's address: its registry knows, whatever the landing page does."""
    if verdict.unregistered:
        return LinkState(url, "dead", "the DOI is not registered")
    if verdict.record or verdict.wrong_record or verdict.cause == "no-registry":
        return LinkState(url, "alive", "the DOI is registered", url)
    state = "skipped" if verdict.cause in ("offline", "budget") else "transient"
    return LinkState(url, state, verdict.reason)
