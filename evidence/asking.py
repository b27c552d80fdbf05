"""Answers single questions: which registered work is this string, what of this address.

The flow behind `evidence match`, `evidence links` and `evidence.match`: strings become references
without a page, and go the same way as those of a check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidence import checking, inputs, linked, parsing, sources
from evidence.gather import Gathered, Progress, gather
from evidence.linked import snapshot_of
from evidence.matching.addresses import clean
from evidence.matching.decide import decide
from evidence.matching.links import judge_link
from evidence.matching.questions import link_question, search_question, written_doi
from evidence.matching.verdict import judge
from evidence.model import (
    Answers,
    Document,
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

#: Characters of a string that are searched for where its fields could not be read.
_LONGEST_QUERY = 300


def match_all(texts: Sequence[str], told: Settings, *, progress: Progress | None = None) -> list[Match]:
    """Return the match of each of `texts`, in order; none raises for what a service does.

    Raises `LockError`, and `KeyboardInterrupt` when the user ended the asking.
    """
    references = [as_reference(text, index) for index, text in enumerate(texts)]
    asked = [as_asked(reference) for reference in references]
    lock = inputs.load_lock(inputs.lock_path(told), told)
    site = Site((), tuple(asked), asked=frozenset(r.place for r in asked))
    answers = _whole(gather(site, told, lock, {"records"}, progress=progress))
    return [_answered(r, as_, answers) for r, as_ in zip(references, asked, strict=True)]


def as_asked(reference: Reference) -> Reference:
    """Return a reference as it is searched for: by all of its words where too few fields could be read."""
    work = reference.work
    if written_doi(work) or search_question(work) is not None:
        return reference
    return replace(
        reference, work=Work("article-journal", reference.raw[:_LONGEST_QUERY], issued=work.issued)
    )


def _answered(reference: Reference, asked: Reference, answers: Answers) -> Match:
    """Return the match of a reference, from the answers to what was asked for it."""
    question = search_question(asked.work)
    if asked is reference or question is None or answers[question].outcome != "found":
        return as_match(judge(asked, answers))
    return decide(reference.work, answers[question].records, reference.raw)


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


def as_reference(text: str, index: int = 0) -> Reference:
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
    """Return the state of each address as the object of `evidence links`, in order; each is looked at once.

    Raises `LockError`, and `KeyboardInterrupt` when the user ended the asking.
    """
    source = sources.from_text("\n".join(urls), name="<links>")
    links = []
    at = 0
    for url in urls:
        links.append(Link(url, Span(at, at + len(url)), cited=True))
        at += len(url) + 1
    site = Site((Document(source, links=tuple(links)),))
    lock = inputs.load_lock(inputs.lock_path(told), told)
    answers = _whole(gather(site, told, lock, {"links"}, progress=progress))
    states = linked.states(site, answers, told)
    return [_object(url, states.get(url) or judge_link(url, (), told.today), answers) for url in urls]


def _object(url: str, state: LinkState, answers: Answers) -> dict[str, Any]:
    answer = answers.by_question.get(link_question(url))
    last = answer.seen[-1] if answer and answer.seen else None
    if state.cause == "not_looked_at" and answer is not None and answer.outcome == "unknown":
        cause = "budget_spent" if answer.cause == "budget" else "offline"
        state = replace(state, reason=answer.reason or answer.cause, cause=cause)
    return {
        "url": url,
        "state": state.state,
        "reason": ": ".join(word for word in (state.cause, state.reason) if word) or None,
        "final_url": state.final_url or None,
        "hops": _hops(state.url, last) if last else [],
        "attempts": last.attempts if last else 0,
        "suggestion": _suggestion(url, state, answers),
    }


def _hops(url: str, seen: Seen) -> list[dict[str, Any]]:
    """Return the redirects as they were followed: each address with the status that it gave."""
    asked = [url.partition("#")[0], *(led_to for led_to, _ in seen.hops)]
    return [{"url": at, "status": status} for at, (_, status) in zip(asked, seen.hops, strict=False)]


def _suggestion(url: str, state: LinkState, answers: Answers) -> str | None:
    """Return what could stand in the place of an address: where it moved, or a copy in a web archive."""
    if state.state == "moved":
        return clean(state.final_url)
    copy = snapshot_of(url, "", answers) if state.state == "dead" else None
    return copy.work.url if copy else None
