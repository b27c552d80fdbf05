"""The flow of `facts propose`: drafts of facts from pages, abstracts, texts, PDFs and identifiers.

A page's facts get the study that its paragraph cites, and the words of that study's abstract or
saved text, where a passage says the same in the same role. Everything else makes extraction
records: facts that rest on a source and on no page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence import extracting, ids, inputs, site, sources, sourcing
from evidence.drafting import Drafting
from evidence.edit import apply, create, diff, write
from evidence.errors import EvidenceError, ReadError, UsageError
from evidence.facts import writing
from evidence.facts.anchoring import citation_gaps
from evidence.facts.coverage import uncovered
from evidence.facts.drafts import worth_drafting
from evidence.facts.extraction import Proposal, extract
from evidence.facts.plugging import proposer
from evidence.facts.tying import selector, tie
from evidence.model import (
    Document,
    Edit,
    Fact,
    FactsFile,
    Id,
    Quantity,
    Reference,
    Settings,
    Source,
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """New facts for a facts file: what is to be written, and what could not be read or asked.

    `target` is the file; `source` what it held (None: it does not exist yet). `known` counts the
    proposals that the file has already; `tied` those of a page for which the source's words were
    found.
    """

    target: Path
    source: Source | None
    edits: tuple[Edit, ...]
    facts: tuple[Fact, ...]
    known: int = 0
    tied: int = 0
    errors: tuple[EvidenceError, ...] = ()

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        return diff(self.source or _empty(self.target), self.edits)

    def save(self) -> None:
        """Write the facts file; raises `WriteError` when it changed since it was read."""
        if self.edits and self.source is None:
            create(self.target, apply("", self.edits))
        elif self.edits and self.source is not None:
            write(self.source, self.edits)


#: Files of references, whose abstracts are read.
BOOKS = (".bib", ".ris", ".nbib", ".json", ".xml")


def propose(
    given: Sequence[str], told: Settings, *, facts: str = "", study: str = "", named: str = "",
    pasted: str | None = None,
) -> Drafted:  # fmt: skip
    """Return drafts of the facts that `given` states: pages, .bib files, texts, PDFs, identifiers.

    `facts` is the facts file (default: the project's, else facts.toml beside what is read); `study`
    the key for texts and for paragraphs that cite nothing; `named` a plug-in; `pasted` a text from
    standard input. Raises `UsageError`, `FactsError`; what cannot be read is in `errors`.
    """
    target = _target(given, told, facts)
    run = Drafting(told, target, _held(target, told), proposer(named) if named else None, named)
    run.texts = _known_texts(run)
    pages: list[str] = []
    works: list[Id] = []
    for one in given:
        if id_ := _identifier(one):
            works.append(id_)
        elif one.lower().endswith((*BOOKS, ".pdf")) or _is_saved_text(one, study):
            _take(run, one, study)
        else:
            pages.append(one)
    if pasted is not None and pasted.strip():
        _from_text(run, pasted, study or "pasted", "")
    if pages:
        _from_pages(run, pages, study)
    if works:
        _from_registries(run, works, study)
    return _written(run)


def _target(given: Sequence[str], told: Settings, facts: str) -> Path:
    if facts:
        return Path(facts)
    plain = [name for name in told.facts if not any(sign in name for sign in "*?[")]
    if plain:
        return Path(told.root) / plain[0]
    home = Path(told.root)
    for one in given:
        if Path(one).is_file():
            home = Path(one).resolve().parent
            break
    root = Path(told.root).resolve()
    for folder in (home, *home.parents):
        if (folder / "facts.toml").is_file():
            return folder / "facts.toml"
        if folder == root:
            break
    return (root if (root / "facts.toml").exists() or home == root else home) / "facts.toml"


def _held(target: Path, told: Settings) -> FactsFile | None:
    return inputs.read_facts(target, told) if target.exists() else None


def _empty(target: Path) -> Source:
    return sources.from_text("", name=target.name, kind="toml")


def _known_texts(run: Drafting) -> dict[str, str]:
    """Return the saved texts of the studies that the facts file has, by study."""
    if run.file is None:
        return {}
    found = {
        key: sourcing.saved(study, run.file, run.told)
        for key, study in run.file.studies.items()
        if study.source and not sourcing.is_remote(study.source)
    }
    return {key: text for key, text in found.items() if text}


def _identifier(word: str) -> Id | None:
    """Return the identifier that an argument is: "doi:…", "pmid:…", "NCT…", a DOI by itself."""
    if Path(word).exists() or (inputs.is_address(word) and not ids.doi_of_url(word)):
        return None
    kind, colon, _ = word.partition(":")
    if colon and kind.lower() in ("doi", "pmid", "pmcid", "nct"):
        return sourcing.id_of(word)
    for kind in ("nct", "pmcid", "doi"):
        if normal := ids.normalise(kind, word):
            return Id(kind, normal)
    return Id("pmid", word) if re.fullmatch(r"[1-9]\d{3,7}", word) else None


def _is_saved_text(path: str, study: str) -> bool:
    """Whether a .txt file is the saved text of one study: where its study is named."""
    return bool(study) and path.lower().endswith((".txt", ".text"))


# Texts, bibliographies, PDFs


def _take(run: Drafting, path: str, study: str) -> None:
    try:
        if path.lower().endswith(BOOKS):
            _from_bibliography(run, path)
        elif path.lower().endswith(".pdf"):
            _from_pdf(run, path, study)
        else:
            source = sources.read(path, limits=run.told.limits)
            _from_text(run, source.text, study, _relative(run, path))
    except EvidenceError as error:
        run.errors.append(error)


def _relative(run: Drafting, path: str) -> str:
    """Return a path as the facts file names it: relative to itself."""
    import os.path

    return os.path.relpath(path, run.target.resolve().parent).replace("\\", "/")


def _from_text(run: Drafting, text: str, study: str, source: str, tier: str = "") -> None:
    """Draft extraction records: facts that rest on the words of a source alone."""
    run.study(study, source, tier)
    for one in worth_drafting(run.proposals(text)):
        if not run.label(study, one):
            run.add(one, study, in_source=selector(text, one.start, one.end))


def _from_pdf(run: Drafting, path: str, study: str) -> None:
    from evidence.sources import pdf

    text = pdf.text_of(path, limits=run.told.limits)
    key = study or re.sub(r"[^A-Za-z0-9_-]+", "-", Path(path).stem).strip("-") or "pdf"
    run.study(key, f"sha256:{pdf.digest(path, limits=run.told.limits)}", "paper")
    for one in worth_drafting(run.proposals(text)):
        if not run.label(key, one):
            run.add(one, key, in_source=selector(text, one.start, one.end))


def _from_bibliography(run: Drafting, path: str) -> None:
    source = sources.read(path, name=sources.name_in(path, run.told.root), limits=run.told.limits)
    document = inputs.read_document(source, run.told)
    for reference in document.references:
        if abstract := reference.work.extra.get("abstract", ""):
            _from_text(run, abstract, reference.key, _address_of(reference), "abstract")


def _address_of(reference: Reference) -> str:
    """Return how facts.toml names the source of a reference: its DOI, PMID or address."""
    work = reference.work
    if work.doi:
        return f"doi:{work.doi}"
    return f"pmid:{work.pmid}" if work.pmid else work.url


def _from_registries(run: Drafting, works: Sequence[Id], study: str) -> None:
    if run.told.mode in ("offline", "frozen"):
        raise UsageError(
            "identifiers are asked about over the network: leave --offline out, or give a saved text"
        )
    trials = [id_.value for id_ in works if id_.kind == "nct"]
    if trials:
        from evidence.gather import trials as ask_trials

        for number, answer in ask_trials(trials, run.told).items():
            if answer.trial is None:
                run.errors.append(
                    ReadError(f"{number}: {answer.reason or 'ClinicalTrials.gov has no such study'}")
                )
                continue
            text = sourcing.trial_text(answer.trial)
            _from_text(run, text, study or number, f"nct:{number}", "registry")
    others = [id_ for id_ in works if id_.kind != "nct"]
    for id_, answer in (sourcing.abstracts(others, run.told) if others else {}).items():
        if answer.abstract is None:
            run.errors.append(ReadError(f"{id_}: {answer.reason or 'no abstract is known'}"))
            continue
        key = study or re.sub(r"[^A-Za-z0-9]+", "-", id_.value).strip("-")
        _from_text(run, answer.abstract.text, key, str(id_), "abstract")


# Pages


def _from_pages(run: Drafting, pages: Sequence[str], study: str) -> None:
    read = inputs.read(pages, run.told)
    run.errors.extend(read.errors)
    joined = site.join(read.documents, read.shelf)
    references = {reference.key: reference for reference in joined.references}
    documents = [document for document in joined.documents if not document.is_bibliography]
    cited = {key for document in documents for citation in document.citations for key in citation.keys}
    _fetch_abstracts(run, [references[key] for key in cited if key in references])
    for document in documents:
        _from_page(run, document, references, study)


def _fetch_abstracts(run: Drafting, references: Iterable[Reference]) -> None:
    """Find the words of the cited works: the abstract of the .bib entry, else the registries'."""
    wanted: dict[str, Id] = {}
    for reference in references:
        if reference.key in run.texts:
            continue
        if abstract := reference.work.extra.get("abstract", ""):
            run.texts[reference.key] = abstract
        elif id_ := next((id_ for id_ in reference.work.ids if id_.kind in ("pmid", "doi", "pmcid")), None):
            wanted[reference.key] = id_
    if wanted and run.told.mode not in ("offline", "frozen"):
        answers = sourcing.abstracts(list(wanted.values()), run.told)
        for key, id_ in wanted.items():
            answer = answers.get(id_)
            if answer is not None and answer.abstract is not None:
                run.texts[key] = answer.abstract.text


def _from_page(run: Drafting, document: Document, references: Mapping[str, Reference], study: str) -> None:
    view = document.view
    if view is None:
        return
    text = extracting.prose(document)
    places = _cited(document)
    page = _relative(run, document.source.path) if document.source.path else document.source.name
    covered: list[tuple[int, int]] = []
    for one in worth_drafting(run.proposals(text)):
        key = _study_at(text, places, one.end) or study
        if not key:
            continue
        covered.append((one.start, one.end))
        if run.label(key, one):
            continue
        _add_of_page(run, one, key, view.text, page, references)
    for number in uncovered(document, covered):
        start = bisect_left(view.starts, number.span.start)
        bare = _bare(view.text, start, bisect_left(view.starts, number.span.end))
        if bare and (key := _study_at(text, places, bare.end) or study):
            _add_of_page(run, bare, key, view.text, page, references)


def _add_of_page(
    run: Drafting, one: Proposal, key: str, text: str, page: str, references: Mapping[str, Reference]
) -> None:
    known = run.file.page if run.file else ""
    source = run.texts.get(key, "")
    if source and key not in run.read:
        run.read[key] = extract(source)
    measure = Quantity(one.value, one.unit) if isinstance(one.value, float) else Quantity()
    words = tie(one.kind, one.role, measure, source, run.read[key]) if source else None
    if key in references and (address := _address_of(references[key])):
        run.study(key, address, "abstract" if source else "")
    run.add(
        one,
        key,
        page="" if page == known else page,
        on_page=selector(text, one.start, one.end),
        in_source=words,
    )


def _cited(document: Document) -> list[tuple[int, str]]:
    """Return where in the visible text a page cites which key, in order."""
    gaps = {gap.start: gap for gap in citation_gaps(document)}
    view = document.view
    places = []
    for citation in document.citations:
        if view is not None and citation.keys:
            start = bisect_left(view.starts, citation.span.start)
            if start in gaps:
                places.append((start, citation.keys[0]))
    return sorted(places)


def _study_at(text: str, places: Sequence[tuple[int, str]], offset: int) -> str:
    """Return the key that the paragraph of an offset cites next behind it, else last before it."""
    start = text.rfind("\n\n", 0, offset) + 1
    end = text.find("\n\n", offset)
    end = len(text) if end < 0 else end
    inside = [(at, key) for at, key in places if start <= at <= end]
    behind = [key for at, key in inside if at >= offset - 1]
    return behind[0] if behind else (inside[-1][1] if inside else "")


def _bare(text: str, start: int, end: int) -> Proposal | None:
    """Return a number that no role was found for, with its clause, as a fact of the kind `other`."""
    from evidence.facts.numbers import numbers

    first = max(text.rfind(sign, 0, start) for sign in (". ", "\n", "; ")) + 1
    stops = [at for sign in (". ", "\n", "; ") if (at := text.find(sign, end)) >= 0]
    last = min(stops, default=len(text))
    quote = text[first:last].strip()
    first = text.index(quote, first) if quote else first
    for number in numbers(quote):
        if first + number.span.start <= start < first + number.span.end:
            return Proposal(
                "other", "", number.value, unit=number.unit, relation=number.relation, confidence=0.3,
                quote=quote, start=first, end=first + len(quote),
            )  # fmt: skip
    return None


def _written(run: Drafting) -> Drafted:
    """Return the run's drafts as edits of the facts file."""
    studies = [study for key, study in run.studies.items() if any(fact.study == key for fact in run.facts)]
    if run.file is not None:
        edits = writing.add(run.file.source, run.facts, studies)
        source: Source | None = run.file.source
    else:
        source, page = None, ""
        pages = {fact.page for fact in run.facts if fact.page}
        if len(pages) == 1:
            page = pages.pop()
            run.facts = [replace(fact, page="") for fact in run.facts]
        head = "schema = 1\n" + (f"page = {writing.text_value(page)}\n" if page else "") + "\n"
        empty = _empty(run.target)
        added = writing.add(empty, run.facts, studies)
        edits = [replace(edit, text=head + edit.text) for edit in added]
    return Drafted(run.target, source, tuple(edits), tuple(run.facts), run.known, run.tied, tuple(run.errors))
