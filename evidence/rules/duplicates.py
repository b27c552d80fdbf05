"""REF008: one work that stands twice where it should stand once. No service is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidence.matching.duplicates import group, like_titles
from evidence.model import BIBLIOGRAPHIES, Case, Finding, Reference, Rule, Work
from evidence.rules.raising import at_field, quote, shorten


def _duplicate(case: Case) -> Iterator[Finding]:
    """Two references name the same work.

    ## What it does

    Finds references with the same DOI, PMID or PMCID, or the same title, authors, year and place, and
    points to the later one: among the lists of one page, in one bibliography file, and in the files that
    are one bibliography together: those that a page or the setting `bibliography` names, or that lie
    beside a page; where no page uses them, those of one folder. Where registries were asked, works
    are also known by the identifiers under which they were found.

    Two pages that list one study are no duplicate, nor is an item that shows an entry. Entries that
    stand in two files under the same key are told once for the two files, as a note; where they are two
    works, a page that cites the key gets one of them by chance, and each is told. Parts of a series,
    replies, yearly reports, editions, a book and its chapter, a preprint and its article are different
    works; nothing is said where journal, volume or page differ.

    ## Why it matters

    The work is counted twice in a list, and a correction of one leaves the other wrong. Where two
    different works bear one DOI, one of the two leads to the wrong paper.

    ## Example

    ```bibtex
    @article{a, author = {Smith, Anna}, title = {Bed rest for low back pain at home},
      journal = {J Imaginary Med}, year = 2010, doi = {10.1234/abc}}
    @article{b, author = {Smith, A.}, title = {Bed Rest for Low Back Pain at Home},
      journal = {Journal of Imaginary Medicine}, year = 2010, doi = {10.1234/ABC}}
    ```

    ## How to fix

    Keep one entry and cite its key everywhere.
    """
    for references in _lists(case):
        for members in _groups(references, case):
            yield from (_same_as(members[0], reference) for reference in members[1:])
    copies: dict[tuple[str, str], list[tuple[Reference, Reference]]] = {}
    entries = [r for r in case.site.references if r.source.kind in BIBLIOGRAPHIES]
    belong = _belonging(case)
    for members in _groups(entries, case):
        for position, reference in enumerate(members):
            files = belong.get(reference.source.name, frozenset())
            earlier = [
                other
                for other in members[:position]
                if other.source.name == reference.source.name
                or files & belong.get(other.source.name, frozenset())
            ]
            if original := _copied(reference, earlier):
                pair = (original.source.name, reference.source.name)
                copies.setdefault(pair, []).append((original, reference))
            elif earlier:
                yield _same_as(earlier[0], reference)
    for pairs in copies.values():
        yield _copies(pairs)
    yield from _clashes(entries, case, belong)


def _clashes(entries: list[Reference], case: Case, belong: dict[str, frozenset[int]]) -> Iterator[Finding]:
    """Yield the entries whose key names another work in an earlier file of the same bibliography."""
    by_key: dict[str, list[Reference]] = {}
    for reference in entries:
        if reference.key:
            by_key.setdefault(reference.key.lower(), []).append(reference)
    for shared in by_key.values():
        for position, reference in enumerate(shared):
            files = belong.get(reference.source.name, frozenset())
            for other in shared[:position]:
                apart = other.source.name != reference.source.name
                together = files & belong.get(other.source.name, frozenset())
                if apart and together and _are_two(other, reference, case):
                    yield _clash(other, reference)
                    break


def _groups(references: list[Reference], case: Case) -> Iterator[list[Reference]]:
    for indices in group([_known_as(reference, case) for reference in references]):
        yield [references[index] for index in indices]


def _lists(case: Case) -> Iterator[list[Reference]]:
    """Yield what the lists of each page hold, but for the lists that are made from entries."""
    for document in case.site.documents:
        if not document.is_bibliography:
            generated = {i for r in document.regions if r.kind == "references" for i in r.members}
            yield [r for index, r in enumerate(document.references) if index not in generated]


def _belonging(case: Case) -> dict[str, frozenset[int]]:
    """Return for each file the numbers of the bibliographies that it is a part of.

    All entries are grouped at once and looked at by file afterwards: many pages may share one large file.
    """
    numbers: dict[str, set[int]] = {}
    for number, names in enumerate(case.site.together):
        for name in names:
            numbers.setdefault(name, set()).add(number)
    return {name: frozenset(of) for name, of in numbers.items()}


def _known_as(reference: Reference, case: Case) -> Work:
    """Return the work of a reference with the identifiers under which registries know it.

    An identifier that names another work, which is told elsewhere, does not count.
    """
    entry = case.site.entry_of.get(reference.place, reference)
    verdict, work = case.verdicts.get(entry.place), reference.work
    if verdict is None:
        return work
    written = tuple(i for i in work.ids if (i.kind, i.value) != (verdict.wrong_kind, verdict.wrong))
    record = verdict.record if verdict.kind == "verified" else None
    known = tuple(i for i in record.work.ids if i.kind in ("doi", "pmid", "pmcid")) if record else ()
    return replace(work, ids=tuple(dict.fromkeys((*written, *known))))


def _copied(reference: Reference, earlier: list[Reference]) -> Reference | None:
    """Return the entry of another file that has the same key; BibTeX reads no capitals in keys."""
    for other in earlier:
        if other.key.lower() == reference.key.lower() and other.source.name != reference.source.name:
            return other if other.source.kind in BIBLIOGRAPHIES else None
    return None


def _same_as(first: Reference, reference: Reference) -> Finding:
    name = quote(reference.work.title or reference.raw)
    where = f" in {first.source.name}" if first.source.name != reference.source.name else ""
    told = f"the same work as {_called(first)}{where}: {name}"
    shared = next((str(i) for i in reference.work.ids if i in first.work.ids), "")
    if not like_titles(first.work, reference.work):
        told = f"{shared or 'the identifier'} stands at two works, at {name} and at {_called(first)}{where}"
    return at_field(DUPLICATE_REFERENCE, reference, "title", told)


def _copies(pairs: list[tuple[Reference, Reference]]) -> Finding:
    original, copy = pairs[0]
    others = len(pairs) - 1
    more = f", and so {'do' if others > 1 else 'does'} {others} more of this file" if others else ""
    told = f"{shorten(copy.key, 40)} stands in {original.source.name} too, under the same key{more}"
    return at_field(DUPLICATE_REFERENCE, copy, "title", told, severity="note")


def _are_two(one: Reference, other: Reference, case: Case) -> bool:
    """Whether two entries are plainly different works: both with a title, and the titles unlike."""
    titled = bool(one.work.title and other.work.title)
    return titled and not like_titles(one.work, other.work) and not list(_groups([one, other], case))


def _clash(other: Reference, reference: Reference) -> Finding:
    name, there = (quote(r.work.title or r.raw) for r in (reference, other))
    told = (
        f"{shorten(reference.key, 40)} is {name} here and {there} in {other.source.name}: one key, two works"
    )
    return at_field(DUPLICATE_REFERENCE, reference, "title", told)


def _called(reference: Reference) -> str:
    return f"number {reference.number}" if reference.number else shorten(reference.key, 40)


DUPLICATE_REFERENCE = Rule("REF008", "duplicate-reference", "warning", "site", frozenset(), _duplicate)

RULES = (DUPLICATE_REFERENCE,)
