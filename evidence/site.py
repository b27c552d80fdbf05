"""All documents of a run joined: each reference once, wherever it appears. Pure.

A list item that names a bibliography entry (by the region's keys, by identifier, else by title,
year and first author) is an appearance of that entry and not a second reference. A bibliography
that was found beside a page, not named, contributes only what the pages cite or list.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence import ids
from evidence.matching.same import Known
from evidence.model import BIBLIOGRAPHIES, Citation, Document, Id, Reference, Site, Span, Work

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which bibliographies belong to which page, by source name.

    `of_page` maps a page to its bibliographies; `named` are those that the command line, the
    settings or a page names; `alone` are those that the run was given without a page that uses
    them. `walked` came with a folder: each stands alone where no page cites or lists any of it.
    What was merely found beside a page is in none of them. `declared` are those that the settings name
    as the bibliography, whether a page uses them or not.
    """

    of_page: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    walked: frozenset[str] = frozenset()
    declared: tuple[str, ...] = ()


def join(documents: Sequence[Document], shelf: Shelf, *, all_entries: bool = False) -> Site:
    """Return the site of `documents` (pages and bibliographies), with every citation tied."""
    bibliographies = {d.source.name: d for d in documents if d.is_bibliography}
    appears: dict[Place, list[Reference]] = defaultdict(list)
    entry_of: dict[Place, Reference] = {}
    used: set[Place] = set()
    joined: list[Document] = []
    for document in documents:
        if document.is_bibliography:
            joined.append(document)
            continue
        books = [
            bibliographies[n] for n in shelf.of_page.get(document.source.name, ()) if n in bibliographies
        ]
        entries = [entry for book in books for entry in book.references]
        document = _with_cited_ids(document, entries)
        for item, entry in _appearances(document, entries):
            appears[entry.place].append(item)
            entry_of[item.place] = entry
        document = _tie(document, entries, entry_of, bool(books))
        joined.append(document)
        used |= _used(document, entries, entry_of)
    alone = shelf.alone | (shelf.walked - {name for name, _ in used})
    whole = shelf.named | alone | (frozenset(bibliographies) if all_entries else frozenset())
    references = tuple(_kept(joined, whole, used, entry_of))
    asked = frozenset(
        r.place
        for r in references
        if all_entries or r.source.kind not in BIBLIOGRAPHIES or r.source.name in alone or r.place in used
    )
    listed = {place: tuple(items) for place, items in appears.items()}
    return Site(tuple(joined), references, listed, entry_of, asked, _together(bibliographies, shelf))


def _together(bibliographies: Iterable[str], shelf: Shelf) -> tuple[tuple[str, ...], ...]:
    """Return the files that are one bibliography: of a page, of the settings, else of one folder.

    The .bib files of a folder are the bibliography of the pages there; so they are where no page is.
    """
    used = {name for names in shelf.of_page.values() for name in names}
    folders: dict[str, list[str]] = defaultdict(list)
    for name in bibliographies:
        if name not in used and name not in shelf.declared:
            folders[posixpath.dirname(name)].append(name)
    sets = (*shelf.of_page.values(), shelf.declared, *map(tuple, folders.values()))
    several = {frozenset(names): tuple(names) for names in sets if len(names) > 1}
    return tuple(several.values())


def entries_for(page: Document, site: Site) -> dict[str, Work]:
    """Return the entries that the lists of a page may name, by key, in the order of the bibliography.

    Where the markers of the page name their bibliographies (`source`, from the root or from the
    page), other ones only give what is asked for by key and is not there.
    """
    folder = posixpath.dirname(page.source.name)
    named = {
        path
        for region in page.regions
        for name in region.options.get("source", "").split()
        for path in (name, posixpath.normpath(posixpath.join(folder, name)))
    }
    asked = {key for citation in page.citations for key in citation.keys}
    asked |= {key for region in page.regions for key in region.options.get("keys", "").split()}
    books = [document for document in site.documents if document.is_bibliography]
    own = {book.source.name for book in books} & named or {book.source.name for book in books}
    entries: dict[str, Work] = {}
    for book in sorted(books, key=lambda book: book.source.name not in own):
        for entry in book.references:
            if book.source.name in own or entry.key in asked:
                entries.setdefault(entry.key, entry.work)
    return entries


def _kept(
    documents: Iterable[Document],
    whole: frozenset[str],
    used: set[Place],
    entry_of: Mapping[Place, Reference],
) -> Iterable[Reference]:
    """Yield each reference once; of bibliographies that are not in `whole` only those that are used."""
    for document in documents:
        for reference in document.references:
            if document.is_bibliography:
                if document.source.name in whole or reference.place in used:
                    yield reference
            elif reference.place not in entry_of:
                yield reference


def _used(
    document: Document, entries: Sequence[Reference], entry_of: Mapping[Place, Reference]
) -> set[Place]:
    """Return the places of the entries that this page cites or lists."""
    if document.cites_all:
        return {entry.place for entry in entries}
    keys = {key for citation in document.citations for key in citation.keys}
    keys |= {key for region in document.regions for key in region.options.get("keys", "").split()}
    own = {reference.place for reference in document.references}
    listed = {entry.place for place, entry in entry_of.items() if place in own}
    return listed | {entry.place for entry in entries if entry.key in keys}


def _appearances(document: Document, entries: Sequence[Reference]) -> Iterable[tuple[Reference, Reference]]:
    """Yield each list item that names an entry, with that entry."""
    if not entries:
        return
    by_key = {entry.key: entry for entry in reversed(entries)}
    in_region: dict[int, str] = {}
    for region in document.regions:
        keys = region.options.get("keys", "").split()
        if len(keys) == len(region.members):
            in_region.update(zip(region.members, keys, strict=True))
    known = Known[Reference]()
    for entry in entries:
        known.add(entry.work, entry)
    for index, reference in enumerate(document.references):
        named = by_key.get(in_region.get(index, ""))
        if named is None or named.source.kind not in BIBLIOGRAPHIES:
            named = known.find(reference.work)
        if named is not None:
            yield reference, named


def _with_cited_ids(document: Document, entries: Sequence[Reference]) -> Document:
    """Make references of identifiers that are cited directly (`[@doi:10.1/x]`) and stand nowhere."""
    known = {id_ for entry in (*entries, *document.references) for id_ in entry.work.ids}
    made: dict[Id, Reference] = {}
    for citation in document.citations:
        for label in citation.labels if citation.form == "id" else ():
            id_ = _id_of(label)
            if id_ and id_ not in known and id_ not in made:
                made[id_] = Reference(
                    key=label,
                    number=None,
                    work=Work(ids=(id_,)),
                    source=document.source,
                    span=Span(citation.span.start + len(made), citation.span.end),
                    raw=label,
                )
    return replace(document, references=(*document.references, *made.values())) if made else document


def _id_of(label: str) -> Id | None:
    kind, _, value = label.partition(":")
    normal = ids.normalise(kind.lower(), value) if value else ""
    return Id(kind.lower(), normal) if normal else None


def _tie(
    document: Document,
    entries: Sequence[Reference],
    entry_of: Mapping[Place, Reference],
    has_books: bool,
) -> Document:
    """Give every citation the keys of the canonical references that it names."""
    own = {r.key: entry_of.get(r.place, r).key for r in document.references}
    by_key = {entry.key: entry.key for entry in entries}
    by_id = {
        str(i): entry_of.get(r.place, r).key for r in (*document.references, *entries) for i in r.work.ids
    }
    by_number = _keys_of_regions(document)
    tied = []
    for citation in document.citations:
        if citation.form in ("number", "footnote", "author-year"):
            tied.append(_through(citation, own, by_number))
            continue
        keys, dangling = [], []
        for label in citation.labels:
            id_ = _id_of(label)
            key = by_key.get(label) or own.get(label) or (by_id.get(str(id_)) if id_ else None)
            if key:
                keys.append(key)
            elif has_books or document.references or document.source.text[citation.span.start] != "@":
                # a bare @name on a page without any bibliography may be a person's
                dangling.append(label)
        tied.append(replace(citation, keys=tuple(keys), dangling=tuple(dangling)))
    return replace(document, citations=tuple(tied))


def _through(citation: Citation, own: Mapping[str, str], by_number: Mapping[str, str]) -> Citation:
    """Translate the page's own keys to those of the entries; numbers may be named by a region."""
    keys = [own.get(key, key) for key in citation.keys]
    still = []
    for label in citation.dangling:
        if label in by_number:
            keys.append(by_number[label])
        else:
            still.append(label)
    return replace(citation, keys=tuple(keys), dangling=tuple(still))


def _keys_of_regions(document: Document) -> dict[str, str]:
    """Return what `[n]` means by the keys of the page's numbered generated lists."""
    meaning: dict[str, str] = {}
    for region in document.regions:
        if region.kind == "references" and region.options.get("show", "cited") != "uncited":
            first = next((document.references[m].number for m in region.members[:1]), None) or 1
            for number, key in enumerate(region.options.get("keys", "").split(), first):
                meaning.setdefault(str(number), key)
    return meaning
