"""The words of the sources of facts: saved texts, abstracts, registry entries, pages.

A saved text is always read. What is remote is asked for only where a run may ask and a fact needs
the whole source (it quotes none of it). An abstract stands for its source only where the study says
that it is the source (`tier = "abstract"`), so that a number of the full paper is never missed in it.

Of an abstract or a registry entry that facts rest on as a whole the lock keeps a digest and none of its
words (docs/decisions/0007), so that an update can say that it has changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from evidence import ids, inputs, sources
from evidence.errors import EvidenceError, ReadError
from evidence.model import Answer, FactsFile, Id, Question, Settings, Study, Trial

#: An address, or an identifier with its scheme: everything but a path.
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The texts of sources, by source as written, and the registered trials by NCT number.

    `answers` are what the lock keeps of the texts that were fetched: their digests.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    trials: Mapping[str, Trial] = field(default_factory=dict)
    answers: Mapping[Question, Answer] = field(default_factory=dict)


def words_of(files: Sequence[FactsFile], told: Settings, *, refresh: bool = False) -> Words:
    """Return what can be read of the sources that facts files name; raises nothing for what cannot.

    `refresh` asks the services again for what the cache has.
    """
    texts: dict[str, str] = {}
    for file in files:
        for study in file.studies.values():
            if study.source and not is_remote(study.source):
                text = saved(study, file, told)
                if text is not None:
                    texts[study.source] = text
    if told.mode in ("offline", "frozen"):
        return Words(texts)
    studies = [study for file in files for study in file.studies.values()]
    trials = _trials({number for study in studies if (number := nct_of(study))}, told, refresh)
    whole = {study.source: study for file in files for study in _unquoted(file) if is_remote(study.source)}
    texts |= {
        source: trial_text(trials[nct_of(study)])
        for source, study in whole.items()
        if nct_of(study) in trials
    }
    texts |= _abstracts({s: id_ for s, study in whole.items() if (id_ := _abstract_id(study))}, told, refresh)
    named = {source: id_ for source, study in whole.items() if (id_ := _kept_as(study))}
    answers = {Question("text", f"text:{id_}"): _kept(texts.get(source)) for source, id_ in named.items()}
    for source in whole:
        if source.lower().startswith(("http://", "https://")) and source not in texts:
            page = _page(source, told)
            if page:
                texts[source] = page
    return Words(texts, trials, answers)


def _kept_as(study: Study) -> Id | None:
    """Return the identifier under which the lock keeps the digest of a study's text; None for a web page.

    What stands around an article on a page changes daily and says nothing of the article.
    """
    return _abstract_id(study) or (Id("nct", number) if (number := nct_of(study)) else None)


def _kept(text: str | None) -> Answer:
    if text is None:
        return Answer("unknown", "text", cause="outage", reason="the text could not be read")
    return Answer("found", "text", digest=digest_of(text))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text's words and numbers: spaces, case and punctuation count for nothing.

    So a new release that reads the markup of a service otherwise is no change of the source.
    """
    words = re.findall(r"[^\W_]+(?:[.,]\d+)*", unicodedata.normalize("NFKC", text).casefold())
    return f"sha256:{sha256(' '.join(words).encode()).hexdigest()}"


def is_remote(source: str) -> bool:
    """Return whether a study's source is an address or an identifier rather than a path."""
    return _REMOTE.match(source) is not None and not re.match(r"[a-z]:[\\/]", source, re.IGNORECASE)


def saved(study: Study, file: FactsFile, told: Settings) -> str | None:
    """Return the saved text of a study, or None where it cannot be read."""
    folder = Path(file.source.path or told.root).parent
    try:
        path = sources.confine(folder / study.source, told.root)
        if path.suffix.lower() == ".pdf":
            from evidence.sources.pdf import text_of

            return text_of(path, limits=told.limits)
        document = inputs.read_document(sources.read(path, limits=told.limits), told)
    except EvidenceError:
        return None
    return document.view.text if document.view else document.source.text


def _unquoted(file: FactsFile) -> Iterable[Study]:
    """Yield the studies of facts that quote nothing of their source."""
    for fact in file.facts:
        if fact.in_source is None and fact.study in file.studies:
            yield file.studies[fact.study]


def id_of(source: str) -> Id | None:
    """Return the identifier that a source names: "doi:10.1/x", "nct:NCT…", or an address that holds one."""
    kind, _, value = source.partition(":")
    kind = kind.lower()
    if kind in ("doi", "pmid", "pmcid", "nct"):
        normal = ids.normalise(kind, value)
        return Id(kind, normal) if normal else None
    return next((id_ for id_, _ in ids.find(source) if id_.kind in ("doi", "pmid", "pmcid")), None)


def nct_of(study: Study) -> str:
    """Return the NCT number of a study's source or registry key, or ""."""
    named = id_of(study.source)
    if named and named.kind == "nct":
        return named.value
    found = re.search(r"\bNCT\d{8}\b", f"{study.source} {study.registry}".upper())
    return found.group() if found else ""


def _abstract_id(study: Study) -> Id | None:
    id_ = id_of(study.source)
    return id_ if id_ and id_.kind != "nct" and study.tier == "abstract" else None


def _trials(numbers: Iterable[str], told: Settings, refresh: bool) -> dict[str, Trial]:
    numbers = sorted(numbers)
    if not numbers or "clinicaltrials" not in told.services:
        return {}
    from evidence.gather import trials

    answers = trials(numbers, told, refresh=refresh)
    return {number: answer.trial for number, answer in answers.items() if answer.trial is not None}


def _abstracts(wanted: Mapping[str, Id], told: Settings, refresh: bool) -> dict[str, str]:
    answers = abstracts(list(wanted.values()), told, refresh=refresh) if wanted else {}
    return {
        source: answer.abstract.text
        for source, id_ in wanted.items()
        if (answer := answers.get(id_)) and answer.abstract is not None
    }


def abstracts(wanted: Sequence[Id], told: Settings, *, refresh: bool = False) -> dict[Id, Answer]:
    """Return the abstract of each work, from the cache (unless `refresh`) or the services."""
    from evidence.gather import abstracts

    return abstracts(wanted, told, refresh=refresh)


def _page(address: str, told: Settings) -> str:
    from evidence.services import pages

    try:
        document = inputs.read_document(pages.fetch(address, told).source, told)
    except ReadError:
        return ""
    return document.view.text if document.view else ""


def trial_text(trial: Trial) -> str:
    """Return a registry entry as sentences, so that facts can be held against it."""
    planned = "planned enrolment" if trial.enrolled_kind.upper() == "ESTIMATED" else "enrolled"
    lines = [trial.official_title or trial.title]
    if trial.enrolled is not None:
        lines.append(f"Participants {planned}: {trial.enrolled} participants were enrolled.")
    if trial.phases:
        lines.append(f"Phase: {', '.join(phase.replace('PHASE', 'phase ') for phase in trial.phases)}.")
    lines += [f"Arm: {arm.name}." for arm in trial.arms]
    lines += [f"Outcome: {outcome.measure} ({outcome.time_frame})." for outcome in trial.outcomes]
    return "\n\n".join(line for line in lines if line)
