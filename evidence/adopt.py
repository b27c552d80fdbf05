"""The flow of `import` and `add`: what people have becomes entries of a .bib file.

A reference keeps the words that it was written in; what a registry knows adds identifiers and
nothing else, so that an import never changes what a page says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence import bibliography, checking, ids, inputs, parsing, sources
from evidence.edit import apply, create, diff, write
from evidence.errors import UsageError
from evidence.gather import Progress, ask
from evidence.lock import Lock, dumps
from evidence.lock import add as add_answers
from evidence.matching import keys
from evidence.matching.questions import (
    ARXIV,
    central_question,
    datacite_question,
    doi_question,
    handle_question,
)
from evidence.matching.same import Known
from evidence.model import (
    BIBLIOGRAPHIES,
    Answer,
    Document,
    Edit,
    Id,
    Problem,
    Question,
    Reference,
    Settings,
    Source,
    Span,
    Verdict,
    Work,
)
from evidence.sources.decoding import sniff_records


@dataclass(frozen=True, slots=True)
class Adoption:
    """New entries for a bibliography: what is to be written, and what was there already.

    `target` is the file; `source` what it held when it was read (None: it does not exist yet).
    `added` and `present` are keys; `run` is the check that the entries rest on; `lock` is the lock
    and its new text where there is no run. `passed_over` are pasted lines that are no reference.
    """

    target: Path
    source: Source | None
    edits: tuple[Edit, ...]
    added: tuple[str, ...]
    present: tuple[str, ...]
    run: checking.Run | None = None
    lock: tuple[Path, str] | None = None
    passed_over: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole file as it will be."""
        return apply(self.source.text if self.source else "", self.edits)

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        return diff(self.source or sources.from_text("", name=self.target.name, kind="bib"), self.edits)

    def save(self) -> None:
        """Write the entries, then the lock; raises `WriteError` when the file changed since it was read."""
        if self.edits and self.source is None:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            create(self.target, self.text)
        elif self.edits and self.source is not None:
            write(self.source, self.edits)
        if self.run is not None:
            checking.write_lock(self.run)
        elif self.lock is not None:
            create(*self.lock)


def target_of(told: Settings, bib: str = "") -> Path:
    """Return the .bib file that new entries go to: as named, else the setting's first, else refs.bib.

    Raises `UsageError` for a file that another program owns (the setting `managed`).
    """
    plain = [name for name in told.bibliography if not any(c in name for c in "*?[")]
    target = Path(bib) if bib else Path(told.root) / (plain[0] if plain else "refs.bib")
    name = sources.name_in(str(target), told.root)
    if checking.is_managed(name, told):
        raise UsageError(
            f"{name} is another program's (setting managed) and never written: name a --bib of yours"
        )
    return target


def pasted(text: str, told: Settings, name: str = "-") -> Document:
    """Return a pasted list of references as a document, one reference a segment.

    Pasted records (RIS, PubMed's form, CSL-JSON, EndNote XML) are read as such.
    Segments in which nothing is found that a reference has are its problems.
    """
    if form := sniff_records(text):
        return bibliography.read(sources.from_text(text, name=name, kind=form), limits=told.limits)
    source = sources.from_text(text, name=name)
    segments = (_lines_of_ids(text) or parsing.segment(text))[: told.limits.references]
    read = [(span, parsing.parse(text[span.start : span.end])) for span in segments]
    found = [(span, parsed) for span, parsed in read if _says_something(parsed.work)]
    others = [span for span, parsed in read if not _says_something(parsed.work)]
    names = keys.assign([parsed.work for _, parsed in found])
    references = tuple(
        Reference(
            key=key,
            number=None,
            work=parsed.work,
            source=source,
            span=span,
            fields={f: Span(s.start + span.start, s.end + span.start) for f, s in parsed.fields.items()},
            raw=" ".join(text[span.start : span.end].split()),
        )
        for key, (span, parsed) in zip(names, found, strict=True)
    )
    problems = (
        Problem("no-reference", span, " ".join(text[span.start : span.end].split())) for span in others
    )
    return Document(source, references=references, problems=tuple(problems))


def _lines_of_ids(text: str) -> list[Span]:
    """Return the lines of a list that holds nothing but an identifier or an address on each line."""
    spans = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            if len(bare.split()) > 2 or not (identifier_in(bare) or ids.find_urls(bare)):
                return []
            spans.append(Span(at + line.index(bare), at + line.index(bare) + len(bare)))
        at += len(line)
    return spans


def _says_something(work: Work) -> bool:
    """Whether a pasted text says more of a work than some words: who, when, where, or an identifier."""
    people = bool(work.authors or work.editors)
    return people or bool(
        work.ids or work.url or work.issued or work.container or "available_at" in work.extra
    )


def import_references(
    paths: Sequence[str],
    told: Settings,
    *,
    bib: str = "",
    pasted_text: str | None = None,
    progress: Progress | None = None,
) -> Adoption:
    """Return the entries for all references of `paths` that the bibliography does not have yet.

    `pasted_text` is a list read from standard input. Raises `ReadError`, `LockError`.
    """
    target = target_of(told, bib)
    for path in paths:
        if path.lower().endswith(".bib") and Path(path).resolve() == target.resolve():
            raise UsageError(f"{path} is where the entries go: name another --bib, or other sources")
    held = _held(target, told)
    extra = (pasted(pasted_text, told),) if pasted_text is not None else ()
    told = replace(told, all_entries=False, lock=told.lock or _lock_beside(target, told))
    given = (*extra, *((held,) if held else ()))
    done = checking.run(paths, told, given=given, progress=progress)
    fresh = [r for r in done.site.references if held is None or r.source.name != held.source.name]
    works = [with_found_ids(done.verdicts[r.place]) for r in fresh]
    adoption = adopt(works, target, held, keys_given=[_own_key(r) for r in fresh], run=done)
    listed = dict.fromkeys(entry.key for entry in done.site.entry_of.values())
    passed_over = tuple(problem.message for document in extra for problem in document.problems)
    return replace(adoption, present=(*listed, *adoption.present), passed_over=passed_over)


def _lock_beside(target: Path, told: Settings) -> str:
    """Return the lock that answers for the entries go to: the project's, else one beside the file."""
    known = inputs.lock_path(told)
    return str(known) if known else str(target.resolve().parent / "refs.lock")


def _held(target: Path, told: Settings) -> Document | None:
    if not target.exists():
        return None
    name = sources.name_in(str(target), told.root)
    source = sources.read(target, name=name, kind="bib", limits=told.limits)
    if whose := checking.owner_of(source, told):
        raise UsageError(
            f"{name} says that {whose} writes it, so that a new entry would be lost: name a --bib of yours, "
            "or take these words out of the file if it is yours now"
        )
    return bibliography.read(source, limits=told.limits)


def _own_key(reference: Reference) -> str:
    """Return the key that a reference manager's file gave, which pages may cite; "" on a page."""
    return reference.key if reference.source.kind in BIBLIOGRAPHIES else ""


def adopt(
    works: Sequence[Work],
    target: Path,
    held: Document | None,
    *,
    keys_given: Sequence[str] = (),
    run: checking.Run | None = None,
) -> Adoption:
    """Return the adoption of those of `works` that `held` does not have; each work once.

    `keys_given` are keys that the works bear already ("" for none): kept where they are free.
    """
    known: Known[str] = Known()
    taken = set()
    for entry in held.references if held else ():
        known.add(entry.work, entry.key)
        taken.add(entry.key.lower())
    new: list[tuple[str, Work]] = []
    present: list[str] = []
    for index, work in enumerate(works):
        there = known.find(work)
        if there is not None:
            present += [there] if there else []
            continue
        known.add(work, "")
        key = bibliography.clean_key(keys_given[index]) if keys_given else ""
        if key.lower() in taken:
            key = ""
        new.append((key, work))
        taken.add(key.lower())
    made = iter(keys.assign([work for key, work in new if not key], taken))
    named = [(key or next(made), work) for key, work in new]
    names = [key for key, _ in named]
    source = held.source if held else None
    empty = sources.from_text("", name=str(target), kind="bib")
    edits = bibliography.append(source or empty, named)
    return Adoption(target, source, tuple(edits), tuple(names), tuple(present), run)


def with_found_ids(verdict: Verdict) -> Work:
    """Return the work as written, with the identifiers that a registry added to a verified one.

    Where only an identifier was written, the registered work stands for it.
    """
    work = verdict.reference.work
    if verdict.kind != "verified":
        return work
    if not work.title and not work.authors and verdict.record:
        known = verdict.record.work
        return replace(known, ids=(*work.ids, *(i for i in known.ids if i.kind not in verdict.ids_written)))
    have = {i.kind for i in work.ids}
    found = [Id(k, v) for k, v in verdict.ids.items() if k in verdict.ids_found and k not in have]
    return replace(work, ids=(*work.ids, *found))


def add(
    text: str, told: Settings, *, bib: str = "", progress: Progress | None = None
) -> tuple[Adoption, Answer | None]:
    """Return the entry for an identifier, an address or a pasted reference, and what was answered.

    The answer is None for a pasted reference. Where an identifier got no usable answer or is
    registered nowhere the adoption is empty and the answer says why.
    """
    target = target_of(told, bib)
    id_ = identifier_in(text)
    if id_ is None and ids.find_urls(text) and len(text.split()) == 1:
        raise UsageError(f"{text}: no identifier in this address; give a DOI or PMID, or paste the reference")
    if id_ is None:
        return import_references((), told, bib=bib, pasted_text=text, progress=progress), None
    held = _held(target, told)
    lock_at = Path(_lock_beside(target, told))
    lock = inputs.load_lock(lock_at, told)
    answer, fresh = _registered(id_, told, lock)
    adoption = adopt([record.work for record in answer.records[:1]], target, held)
    if answer.records and told.mode == "online":
        kept = add_answers(lock, fresh, told.today)
        if kept.answers != lock.answers:
            adoption = replace(adoption, lock=(lock_at, dumps(kept)))
    return adoption, answer


def _registered(id_: Id, told: Settings, lock: Lock) -> tuple[Answer, dict[Question, Answer]]:
    """Return what the registry of an identifier has, and all answers; a PMID's DOI leads to Crossref."""
    if id_.kind == "doi":
        return _by_doi(id_.value, told, lock)
    if id_.kind == "arxiv":
        return _by_doi(ARXIV + id_.value, told, lock)
    if id_.kind == "pmcid":
        asked = central_question(id_.value)
        answer = ask(asked, told, lock)
        known = next((i for r in answer.records for i in r.work.ids if i.kind in ("doi", "pmid")), None)
        return _registered(known, told, lock) if known else (answer, {asked: answer})
    if id_.kind != "pmid":
        reason = f"no service is asked for {id_.kind} yet; give the DOI or the PMID"
        return Answer("unknown", reason=reason), {}
    question = Question("pubmed", str(id_))
    answer = ask(question, told, lock)
    doi = answer.records[0].work.doi if answer.records else ""
    if not doi:
        return answer, {question: answer}
    better, fresh = _by_doi(doi, told, lock)
    if not better.records:
        return answer, {question: answer}
    record = better.records[0]
    others = tuple(i for i in answer.records[0].work.ids if i not in record.work.ids)
    work = replace(record.work, ids=(*record.work.ids, *others))
    return replace(better, records=(replace(record, work=work),)), {question: answer, **fresh}


def _by_doi(doi: str, told: Settings, lock: Lock) -> tuple[Answer, dict[Question, Answer]]:
    """Return Crossref's record of a DOI; where it has none, whether the DOI exists at all."""
    question = doi_question(doi)
    answer = ask(question, told, lock)
    if answer.outcome != "absent":
        return answer, {question: answer}
    handle = ask(handle_question(doi), told, lock)
    fresh = {question: answer, handle_question(doi): handle}
    if handle.outcome != "found":
        return handle, fresh
    other = ask(datacite_question(doi), told, lock)
    if other.outcome != "absent":
        return other, {**fresh, datacite_question(doi): other}
    where = f"registered with {handle.agency or 'an agency'}, which is not asked"
    return Answer("unknown", reason=where), fresh


def identifier_in(text: str) -> Id | None:
    """Return the identifier that `text` is (a DOI, a PMID, an address of either), or None."""
    bare = text.strip()
    if len(bare.split()) > 2:
        return None
    if bare.isascii() and bare.isdigit() and len(bare) <= 9:
        return Id("pmid", bare)
    if doi := ids.doi(bare):
        return Id("doi", doi)
    found = ids.find(bare)
    return found[0][0] if found else None
