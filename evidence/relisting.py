"""The flow of `render`: pages and their bibliography to edits of the reference lists.

On a page with `evidence:references` markers the lists between them are made again. On a page
without, whose list items all resolve to entries, the first run sets the markers. A text page is
never rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence import inputs
from evidence.errors import EvidenceError, UsageError
from evidence.model import Document, Edit, Settings, Site, Work
from evidence.rendering.inplace import fragment, own_form, regenerate, take_over
from evidence.site import entries_for, join

DEFAULT_STYLE = "pubmed"


@dataclass(frozen=True, slots=True)
class Relisting:
    """What `render` would do to one page.

    `taken_over` tells a first run. `hand_edited` counts lists that were changed by hand and are
    left alone. `problems` say why a page cannot be rendered.
    """

    document: Document
    edits: tuple[Edit, ...] = ()
    taken_over: bool = False
    hand_edited: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """The pages that were asked for, with what their lists will be, and what could not be read."""

    pages: tuple[Relisting, ...]
    site: Site
    errors: tuple[EvidenceError, ...] = ()


def relist(paths: Sequence[str], told: Settings, *, unsafe: bool = False) -> Lists:
    """Return the edits that regenerate the lists of `paths`; nothing is asked and nothing written."""
    read = inputs.read(paths, told)
    site = join(read.documents, read.shelf)
    pages = [d for d in site.documents if not d.is_bibliography]
    return Lists(tuple(_relist(page, site, told, unsafe) for page in pages), site, read.errors)


def _relist(page: Document, site: Site, told: Settings, unsafe: bool) -> Relisting:
    if page.source.kind in ("text", "docx") or page.source.path is None:
        what = "a Word document" if page.source.kind == "docx" else "a text page"
        what = what if page.source.path else "a page behind an address"
        return Relisting(page, problems=(f"{what} is never rewritten: use --fragment",))
    entries = entries_for(page, site)
    if any(region.kind == "references" for region in page.regions):
        made = regenerate(page, entries, style=told.style or None, unsafe=unsafe)
        problems = [f"the bibliography has no entry {key}" for key in made.missing]
        problems += [
            f"line {_line(page, page.regions[index].span.start)}: {reason}" for index, reason in made.refused
        ]
        refused = 0 if unsafe else len(made.hand_edited)
        return Relisting(page, tuple(made.edits), False, refused, tuple(problems))
    return _take_over(page, site, told)


def _take_over(page: Document, site: Site, told: Settings) -> Relisting:
    if not page.references:
        return Relisting(page)
    resolved: dict[int, tuple[str, Work]] = {}
    unresolved: list[str] = []
    books: set[str] = set()
    for index, reference in enumerate(page.references):
        entry = site.entry_of.get(reference.place)
        if entry is None:
            unresolved.append(f"line {_line(page, reference.span.start)}: {reference.raw[:60]}")
        else:
            resolved[index] = (entry.key, entry.work)
            books.add(entry.source.name)
    if unresolved:
        hint = "run `evidence import` on the page first"
        return Relisting(page, problems=tuple(f"{u}: no bibliography entry; {hint}" for u in unresolved))
    style = told.style or next(
        (own for region in page.regions if (own := own_form(page, region))), DEFAULT_STYLE
    )
    try:
        edits = take_over(page, resolved, style=style, source=" ".join(sorted(books)))
    except UsageError as error:
        return Relisting(page, problems=(str(error).removeprefix(f"{page.source.name}: "),))
    problems = () if edits else ("its references stand in no list that can be regenerated",)
    return Relisting(page, tuple(edits), bool(edits), problems=problems)


def _line(page: Document, offset: int) -> int:
    return page.source.text.count("\n", 0, offset) + 1


def fragments(page: Document, site: Site, style: str, to: str) -> list[str]:
    """Return the lists of a page as text of their own, one for each list, for pasting elsewhere."""
    entries = {**{r.key: r.work for r in page.references}, **entries_for(page, site)}
    made = []
    for region in page.regions:
        names = region.options.get("keys", "").split()
        if not names:
            items = [page.references[i] for i in region.members]
            names = [site.entry_of.get(item.place, item).key for item in items]
        made.append(fragment(entries, names, style, to))
    return made
