"""The links of a site: which are looked at, what is asked about each, and what their states are. Pure.

A link that names an identifier is judged by the registry of that identifier and never by the page it
leads to: publishers answer programs as they like. Where the link is a publisher's and no registry
knows what seems to stand in it, it is a link like any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from evidence import ids
from evidence.lock import looks
from evidence.matching.addresses import broken, masked, other_scheme
from evidence.matching.links import Cited, judge_links
from evidence.matching.questions import doi_question, handle_question, link_question, snapshot_question
from evidence.model import (
    Answer,
    Answers,
    Date,
    Document,
    FactsFile,
    Id,
    Link,
    LinkState,
    Question,
    Record,
    Reference,
    Settings,
    Site,
    Span,
)

#: Hosts at which every address is that of an identifier.
_REGISTRIES = re.compile(
    r"(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net|(?:www\.)?pubmed\.(?:ncbi\.nlm\.nih\.gov|gov)|"
    r"pmc\.ncbi\.nlm\.nih\.gov|"
    r"(?:www\.|export\.)?arxiv\.org|(?:www\.)?ncbi\.nlm\.nih\.gov)$",
    re.IGNORECASE,
)
_KNOWN = frozenset({"doi", "pmid", "pmcid", "arxiv"})


@lru_cache(maxsize=16_384)
def identifier(url: str) -> Id | None:
    """Return the identifier that an address names (doi.org, PubMed, arXiv, a publisher's DOI), or None."""
    if doi := ids.doi_of_url(url):
        return Id("doi", doi)
    if not is_registry(url):
        return None
    return next((id_ for id_, _ in ids.find(url) if id_.kind in _KNOWN), None)


def is_registry(url: str) -> bool:
    """Whether an address is one of the registry itself, so that the registry's "no" is the last word."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return False
    return bool(_REGISTRIES.match(host)) or url.strip().lower().startswith("doi:")


def wanted(site: Site, settings: Settings) -> Iterator[tuple[Document, Link]]:
    """Yield the links that are to be judged, in page order.

    What `links` in the settings says, and of a bibliography those of entries that are asked about.
    """
    for document in site.documents:
        asked = sorted((r.span.start, r.span.end) for r in document.references if r.place in site.asked)
        for link in document.links:
            chosen = settings.links == "all" or link.cited
            if document.is_bibliography:
                at = bisect_right(asked, (link.span.start, len(document.source.text) + 1)) - 1
                chosen = at >= 0 and link.span.start < asked[at][1]  # entries do not overlap
            if chosen and _is_of_the_web(link.url):
                yield document, link


def _is_of_the_web(url: str) -> bool:
    return url.strip().lower().startswith(("http://", "https://", "www.", "ftp://"))


def fact_pages(files: Iterable[FactsFile]) -> tuple[Document, ...]:
    """Return the sources of study facts that are addresses as the cited links of documents of their own."""
    return tuple(Document(file.source, links=tuple(_sources(file))) for file in files)


def _sources(file: FactsFile) -> Iterator[Link]:
    for study in file.studies.values():
        at = file.source.text.find(study.source, study.span.start) if study.source else -1
        if at >= 0 and _is_of_the_web(study.source):
            yield Link(study.source, Span(at, at + len(study.source)), cited=True)


def registry_questions(
    site: Site,
    settings: Settings,
    known: Callable[[Question], Answer | None],
    answers: Mapping[Question, Answer],
) -> dict[Question, None]:
    """Return what is asked of registries for the links that name identifiers, each once.

    `known` gives answers that are there already: a DOI whose record was asked for is not asked again,
    nor is an identifier that a record among `answers` bears.
    """
    questions: dict[Question, None] = {}
    borne = _borne(answers)
    for _, link in wanted(site, settings):
        named = identifier(link.url)
        if named is None or named in borne:
            continue
        asked = _questions(named)
        there = next((q for q in asked if (a := known(q)) is not None and a.outcome != "unknown"), None)
        if there is not None and known(there) is not None:
            answer = known(there)
            if answer is not None and (answer.outcome == "found" or there == asked[0]):
                questions[there] = None
                continue
        questions[asked[0]] = None
    return questions


def _questions(named: Id) -> tuple[Question, ...]:
    """Return what can be asked about an identifier, the one that has the last word first."""
    if named.kind == "doi":
        return (handle_question(named.value), doi_question(named.value))
    if named.kind == "arxiv":
        # every paper has one (arXiv, "New arXiv articles are now automatically assigned DOIs", 2022)
        bare = re.sub(r"v\d+$", "", named.value)
        return (handle_question(f"10.48550/arxiv.{bare.lower()}"),)
    return (Question("pmc" if named.kind == "pmcid" else "pubmed", f"{named.kind}:{named.value}"),)


def look_questions(
    site: Site, settings: Settings, answers: Mapping[Question, Answer]
) -> dict[Question, tuple[str, ...]]:
    """Return the looks that are to be taken, each once, with the places of each page that are cited.

    Not at what a registry knows, nor at what is no address of the web.
    """
    questions: dict[Question, tuple[str, ...]] = {}
    borne = _borne(answers)
    for _, link in wanted(site, settings):
        if _settled(link.url, answers, borne) is not None or broken(link.url) or other_scheme(link.url):
            continue
        question = link_question(link.url)
        place = link.url.strip().partition("#")[2]
        places = questions.get(question, ())
        questions[question] = places if not place or place in places else (*places, place)
    return questions


def _borne(answers: Mapping[Question, Answer]) -> frozenset[Id]:
    """Return the identifiers of all works that registries, or a person, gave a record of."""
    return frozenset(
        id_ for answer in answers.values() for record in answer.records for id_ in record.work.ids
    )


def _settled(url: str, answers: Mapping[Question, Answer], borne: frozenset[Id]) -> LinkState | None:
    """Return the state of a link that a registry decides; None where it is to be looked at."""
    named = identifier(url)
    if named is None:
        return None
    given = [answers[q] for q in _questions(named) if q in answers]
    known = [a for a in given if a.outcome != "unknown"]
    shown, cause = masked(url), f"{named.kind}_not_registered"
    if named in borne or any(a.outcome == "found" for a in known):
        return LinkState(shown, "alive", f"its {named.kind.upper()} is registered", cause="registry_verified")
    if not is_registry(url):
        return None
    if known:
        return LinkState(shown, "dead", f"its {named.kind.upper()} is not registered", cause=cause)
    answer = given[0] if given else Answer("unknown", reason="its registry was not asked", cause="offline")
    state, cause = {"offline": ("skipped", "offline"), "budget": ("skipped", "budget_spent")}.get(
        answer.cause, ("transient", "registry_unavailable")
    )
    return LinkState(shown, state, answer.reason or "its registry could not be asked", cause=cause)


def states(site: Site, answers: Answers, settings: Settings) -> dict[str, LinkState]:
    """Return the state of each link that is to be judged, by its address as written.

    What nothing was asked about has no state.
    """
    found: dict[str, LinkState] = {}
    borne = _borne(answers.by_question)
    seen = {}
    cited: dict[str, Cited] = {}
    for document, link in wanted(site, settings):
        if link.url in found:
            continue
        state = _settled(link.url, answers.by_question, borne)
        if state is not None:
            found[link.url] = state
            continue
        answer = answers.by_question.get(link_question(link.url))
        if answer is not None or broken(link.url) or other_scheme(link.url):
            seen[link.url] = looks(answer) if answer else ()
            reference = reference_of(document, link)
            if reference is not None and (link.url not in cited or not cited[link.url].title):
                cited[link.url] = as_cited(reference)
    return {**found, **judge_links(seen, settings.today, cited)}


def reference_of(document: Document, link: Link) -> Reference | None:
    """Return the reference that a link stands in."""
    return next((r for r in document.references if r.span.start <= link.span.start < r.span.end), None)


def as_cited(reference: Reference) -> Cited:
    """Return what a reference says of the page that it links."""
    work = reference.work
    return Cited(work.title, work.container or work.publisher, work.year)


def snapshot_questions(
    site: Site, settings: Settings, judged: Mapping[str, LinkState]
) -> dict[Question, None]:
    """Return the questions for archived copies of the pages that are gone, near the day they were read."""
    questions: dict[Question, None] = {}
    for document, link in wanted(site, settings):
        state = judged.get(link.url)
        if state is not None and state.state == "dead" and not is_registry(link.url):
            questions[snapshot_question(link.url, day_read(reference_of(document, link)))] = None
    return questions


def day_read(reference: Reference | None) -> str:
    """Return when a page was read, else when it appeared, as far as a reference says it (ISO); else ""."""
    work = reference.work if reference else None
    dated: Date | None = (work.accessed or work.issued) if work else None
    if dated is None or dated.year is None:
        return ""
    parts = [f"{dated.year:04d}", *(f"{part:02d}" for part in (dated.month, dated.day) if part)]
    return "-".join(parts[: 3 if dated.month else 1])


def snapshot_of(url: str, day: str, answers: Answers) -> Record | None:
    """Return the archived copy that was found of a page read on `day`, or None."""
    answer = answers.by_question.get(snapshot_question(url, day))
    return answer.records[0] if answer is not None and answer.records else None
