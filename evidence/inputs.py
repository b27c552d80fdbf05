"""From paths to documents: pages, the bibliographies that belong to them, facts files, the lock.

This is the reading half of a run. Nothing is judged here; what cannot be read is named, and the
rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence import sources
from evidence.errors import EvidenceError, FactsError, LockError, ReadError
from evidence.lock import Lock
from evidence.lock import loads as read_lock
from evidence.model import BIBLIOGRAPHIES, Document, FactsFile, Kind, Problem, Settings, Source, Span
from evidence.site import Shelf

PAGES: frozenset[Kind] = frozenset({"text", "markdown", "html", "latex"})

#: What a folder means: JSON, XML and Word documents are read only when they are named.
WALKED: frozenset[Kind] = PAGES | {"bib", "ris", "nbib"}

#: Suffixes of forms that are not read, and what to do: to take them for prose would find nothing.
UNREAD = {
    ".enw": "EndNote's tagged form", ".odt": "an OpenDocument text", ".doc": "an old Word document",
    ".rtf": "RTF", ".pdf": "a PDF", ".yaml": "CSL-YAML", ".yml": "CSL-YAML",
}  # fmt: skip

#: Suffixes that a page may give its bibliography; any other name is one of BibTeX's, without its own.
BOOKS = frozenset({".bib", ".json", ".ris", ".nbib", ".xml", *UNREAD})


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a run was given and found: each file once, in the order of their names."""

    documents: tuple[Document, ...]
    shelf: Shelf
    facts: tuple[FactsFile, ...] = ()
    errors: tuple[EvidenceError, ...] = ()


def read(paths: Sequence[str], settings: Settings, *, given: Sequence[Document] = ()) -> Inputs:
    """Return the documents of `paths` (the project where there are none) and all that belongs to them.

    `given` are documents that were read already: a pasted list, a page behind an address, a
    bibliography that all pages may use. With these and no paths nothing is looked for.
    """
    found: list[Source] = []
    errors: list[EvidenceError] = [_not_yet(path) for path in paths if _form_of(path)]
    typed, unreadable = _read_word([path for path in paths if _is_word(path)], settings)
    errors.extend(unreadable)
    fetched, missing = _fetch([path for path in paths if is_address(path)], settings)
    errors.extend(missing)
    paths = [path for path in paths if not (_form_of(path) or is_address(path) or _is_word(path))]
    named_facts, about, refused = _named_facts([path for path in paths if _is_facts(path)], settings)
    errors.extend(refused)
    paths = [*(path for path in paths if not _is_facts(path)), *about]
    if paths or not (given or fetched or typed or errors or named_facts):
        found, unreadable = sources.find(paths, settings, WALKED)
        errors.extend(unreadable)
    found += [document.source for document in fetched if document.is_bibliography]
    given = (*given, *(document for document in fetched if not document.is_bibliography))
    explicit = {_real(path) for path in paths if Path(path).is_file()}
    lent = [document.source.name for document in given if document.is_bibliography]
    pages = [read_document(source, settings) for source in found if source.kind in PAGES]
    pages, missing = _with_inputs([*(d for d in given if not d.is_bibliography), *typed, *pages], settings)
    errors.extend(missing)
    books = {s.name: s for s in (*(d.source for d in given), *found) if s.kind in BIBLIOGRAPHIES}
    pasted = [d.source for d in given if d.is_bibliography and not d.source.path]
    shelved = [*pasted, *(s for s in found if s.kind in BIBLIOGRAPHIES)]
    beside = [s.name for s in shelved if not s.path or _real(s.path) in explicit]
    named = set(beside)
    of_page: dict[str, tuple[str, ...]] = {}
    for page in pages:
        wanted, by_name, missing = _bibliographies(page, settings)
        errors.extend(missing)
        for source in wanted:
            books.setdefault(source.name, source)
        own = [source.name for source in wanted]
        if beside and not (page.bibliographies and page.source.path):
            own, by_name = beside, False
        of_page[page.source.name] = tuple(dict.fromkeys((*own, *lent)))
        if by_name:
            named.update(own)
    used = {name for names in of_page.values() for name in names}
    walked = {s.name for s in shelved} - set(beside)
    shelf = Shelf(
        of_page,
        frozenset(named if pages else ()),
        frozenset(set(beside) - used),
        frozenset(walked),
        _declared(books.values(), settings),
    )
    documents = [*pages, *(read_document(source, settings) for source in books.values())]
    documents.sort(key=lambda document: document.source.name)
    facts, bad = _facts(documents, settings)
    known = {_real(file.source.path) for file in named_facts}
    facts = (*named_facts, *(file for file in facts if _real(file.source.path) not in known))
    return Inputs(tuple(documents), shelf, facts, (*errors, *bad))


def is_address(path: str) -> bool:
    """Return whether an argument is an address rather than a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://", path) is not None


def _fetch(addresses: Sequence[str], settings: Settings) -> tuple[list[Document], list[ReadError]]:
    """Read the pages behind addresses, each once."""
    documents, errors = [], []
    for address in dict.fromkeys(addresses):
        from evidence.services import pages  # loaded only where there is an address

        try:
            page = pages.fetch(address, settings)
        except ReadError as error:
            errors.append(error)
            continue
        document = read_document(page.source, settings)
        if page.cut:
            end = len(page.source.text)
            what = (
                f"the page is longer than {settings.limits.page:,} bytes (limits.page): its end was not read"
            )
            problem = Problem("not-fully-read", Span(end, end), what)
            document = replace(document, problems=(*document.problems, problem))
        documents.append(document)
    return documents, errors


def _form_of(path: str) -> str:
    """Return the form of references that a file's suffix names and that is not read yet, or ""."""
    if is_address(path) or Path(path).is_dir():
        return ""
    return UNREAD.get(Path(path).suffix.lower(), "")


def _is_word(path: str) -> bool:
    return Path(path).suffix.lower() == ".docx" and not (is_address(path) or Path(path).is_dir())


def _read_word(paths: Sequence[str], settings: Settings) -> tuple[list[Document], list[ReadError]]:
    """Read Word documents, each once."""
    documents: dict[str, Document] = {}
    errors = []
    for path in paths:
        from evidence import word  # loaded only where there is one

        try:
            name = sources.name_in(path, settings.root)
            documents.setdefault(_real(path), word.read(path, settings, name=name))
        except ReadError as error:
            errors.append(error)
    return list(documents.values()), errors


def _not_yet(path: str) -> ReadError:
    return ReadError(
        f"{path}: {_form_of(path)} is not read: save it as .docx, .bib, .ris or CSL-JSON, "
        "or paste its references"
    )


def _real(path: str | None) -> str:
    return str(Path(path).resolve()) if path else ""


def read_document(source: Source, settings: Settings) -> Document:
    """Return what `source` holds, by its kind."""
    if source.kind in BIBLIOGRAPHIES:
        from evidence import bibliography

        return bibliography.read(source, limits=settings.limits)
    from evidence import pages

    return pages.read(source, limits=settings.limits, patterns=settings.citation_patterns)


def _with_inputs(pages: list[Document], settings: Settings) -> tuple[list[Document], list[ReadError]]:
    """Read the files that TeX pages take in, within the root; their bibliography is their parent's."""
    errors: list[ReadError] = []
    seen = {page.source.name for page in pages}
    queue = list(pages)
    while queue:
        page = queue.pop(0)
        if page.source.kind != "latex" or not page.source.path:
            continue
        from evidence.pages import latex

        for name in latex.inputs(page.source):
            path = Path(page.source.path).parent / name
            if not path.exists():  # TeX's own files are named the same way
                continue
            try:
                source = _source(path, settings)
            except ReadError as error:
                errors.append(error)
                continue
            if source.name not in seen:
                seen.add(source.name)
                child = read_document(source, settings)
                if not child.bibliographies:
                    child = replace(child, bibliographies=_from(page, child))
                pages.append(child)
                queue.append(child)
    return pages, errors


def _from(parent: Document, child: Document) -> tuple[str, ...]:
    """Return the parent's bibliographies as paths from where the child stands."""
    here = Path(child.source.path or ".").parent
    there = Path(parent.source.path or ".").parent
    if here == there:
        return parent.bibliographies
    return tuple(str(there / name) for name in parent.bibliographies)


def _source(path: Path, settings: Settings) -> Source:
    safe = sources.confine(path, settings.root)
    return sources.read(safe, name=sources.name_in(str(safe), settings.root), limits=settings.limits)


def _bibliographies(page: Document, settings: Settings) -> tuple[list[Source], bool, list[ReadError]]:
    """Return the bibliographies of a page, whether anything named them, and what was missing.

    First what the page itself names, else the setting, else each .bib beside it and upwards to the
    root (docs/reference/pages.md). Beside a page that is no file there is nothing.
    """
    root = Path(settings.root)
    here = Path(page.source.path).parent if page.source.path else root
    home = _upwards(here, root)[-1]
    if page.bibliographies and page.source.path:  # what a page from elsewhere names is not here
        wanted = [here / (n if Path(n).suffix.lower() in BOOKS else f"{n}.bib") for n in page.bibliographies]
        unread = [_not_yet(str(path)) for path in wanted if _form_of(str(path))]
        found, errors = _read_each((path for path in wanted if not _form_of(str(path))), home, settings)
        return found, True, [*unread, *errors]
    if settings.bibliography:
        try:
            named = sources.matching(settings.bibliography, settings, BIBLIOGRAPHIES)
        except ReadError as error:
            return [], True, [error]
        found, errors = _read_each(map(Path, named), root, settings)
        return found, True, errors
    for folder in _upwards(here, root) if page.source.path else ():
        if beside := sorted(folder.glob("*.bib")):
            found, errors = _read_each(beside, home, settings)
            return found, False, errors
    return [], False, []


def _declared(books: Iterable[Source], settings: Settings) -> tuple[str, ...]:
    """Return those of the bibliographies that the settings name, in the order of their names."""
    try:
        paths = sources.matching(settings.bibliography, settings, BIBLIOGRAPHIES)
    except ReadError:  # said where a page asks for them
        return ()
    meant = {_real(path) for path in paths}
    return tuple(sorted(book.name for book in books if book.path and _real(book.path) in meant))


def _upwards(here: Path, root: Path) -> list[Path]:
    here, root = here.resolve(), root.resolve()
    if here != root and root not in here.parents:
        return [here]
    folders = [here]
    while folders[-1] != root:
        folders.append(folders[-1].parent)
    return folders


def _read_each(paths: Iterable[Path], home: Path, settings: Settings) -> tuple[list[Source], list[ReadError]]:
    """Read bibliographies, each inside `home`: a page may not make the tool read the whole disk."""
    found, errors = [], []
    for path in paths:
        try:
            safe = sources.confine(path, home)
            name = sources.name_in(str(safe), settings.root)
            source = sources.read(safe, name=name, limits=settings.limits)
            found.append(source if source.kind in BIBLIOGRAPHIES else replace(source, kind="bib"))
        except ReadError as error:
            errors.append(error)
    return found, errors


def _is_facts(path: str) -> bool:
    """Whether a path that was named is a facts file: any TOML but the settings of a project."""
    name = Path(path).name.lower()
    return name.endswith(".toml") and name not in ("pyproject.toml", "evidence.toml") and Path(path).is_file()


def _named_facts(
    paths: Sequence[str], settings: Settings
) -> tuple[list[FactsFile], list[str], list[EvidenceError]]:
    """Read facts files that were named, and return the pages that they are about."""
    files: list[FactsFile] = []
    pages: list[str] = []
    errors: list[EvidenceError] = []
    for path in dict.fromkeys(paths):
        try:
            file = read_facts(Path(path), settings)
        except (ReadError, FactsError) as error:
            errors.append(error)
            continue
        files.append(file)
        about = (fact.page or file.page for fact in file.facts if fact.on_page)
        there = (Path(path).parent / page for page in dict.fromkeys(about) if page and "://" not in page)
        pages += [str(page) for page in there if page.is_file()]
    return files, pages, errors


def _facts(
    documents: Sequence[Document], settings: Settings
) -> tuple[tuple[FactsFile, ...], list[EvidenceError]]:
    """Read the facts files: those of the settings, else facts.toml beside a page and upwards."""
    root = Path(settings.root)
    if settings.facts:
        try:
            paths = [Path(path) for path in sources.matching(settings.facts, settings, {"toml"})]
        except ReadError as error:
            return (), [error]
    else:
        folders = {
            folder: None
            for document in documents
            if document.source.path and not document.is_bibliography
            for folder in _upwards(Path(document.source.path).parent, root)
        }
        paths = [folder / "facts.toml" for folder in folders if (folder / "facts.toml").is_file()]
    files: list[FactsFile] = []
    errors: list[EvidenceError] = []
    for path in sorted(set(paths)):
        try:
            files.append(read_facts(path, settings))
        except (ReadError, FactsError) as error:
            errors.append(error)
    return tuple(files), errors


def read_facts(path: Path, settings: Settings) -> FactsFile:
    """Return the facts file at `path`; raises `ReadError` or `FactsError`."""
    from evidence.facts import records

    source = sources.read(
        path, name=sources.name_in(str(path), settings.root), kind="toml", limits=settings.limits
    )
    file = records.read(source)
    return replace(file, problems=(*file.problems, *_missing_pages(file, path.parent)))


def _missing_pages(file: FactsFile, folder: Path) -> list[Problem]:
    """Return a problem for each page that facts are about and that is not there: renaming hides none."""
    missing: dict[str, Problem] = {}
    for fact in file.facts:
        page = fact.page or file.page
        if fact.on_page and page and "://" not in page and not (folder / page).exists():
            missing.setdefault(page, Problem("quote-not-on-page", fact.span, f"there is no page {page}"))
    return list(missing.values())


def lock_path(settings: Settings, documents: Sequence[Document] = ()) -> Path | None:
    """Return where the lock of this project is, or None where a project keeps none.

    As `lock` says; else beside the settings file, else beside refs.bib, else in the root if that
    is one (docs/reference/lock.md).
    """
    root = Path(settings.root)
    if settings.lock:
        return root / settings.lock
    if settings.file:
        return Path(settings.file).parent / "refs.lock"
    for document in documents:
        if document.source.path and Path(document.source.path).name == "refs.bib":
            return Path(document.source.path).parent / "refs.lock"
    if (root / "refs.bib").is_file() or (root / "refs.lock").is_file() or (root / ".git").exists():
        return root / "refs.lock"
    return None


def load_lock(path: Path | None, settings: Settings) -> Lock:
    """Return the lock at `path`, empty where there is none; raises `LockError`."""
    if path is None or not path.exists():
        return Lock({}, "")
    try:
        source = sources.read(path, name=sources.name_in(str(path), settings.root), kind="toml")
    except ReadError as error:
        raise LockError(str(error)) from error
    return read_lock(source.text, source.name)
