"""The flow of `render`: pages and their bibliography to edits of the reference lists.

On a page with `evidence:references` markers the lists between them are made again. On a page
without, whose list items all resolve to entries, the first run sets the markers; where a list is ours
already (its `data-evidence`, or its very words) it says that they were restored. A text page is never
rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence import inputs
from evidence.errors import EvidenceError, UsageError
from evidence.model import Document, Edit, Region, Settings, Site, Work
from evidence.rendering.inplace import regenerate
from evidence.rendering.layout import stamp_of
from evidence.rendering.plan import Wishes, arranged
from evidence.rendering.styles import STYLES, render
from evidence.rendering.takeover import fragment, own_form, take_over
from evidence.site import entries_for, join
from evidence.sources import name_in

DEFAULT_STYLE = "pubmed"


@dataclass(frozen=True, slots=True)
class Relisting:
    """What `render` would do to one page.

    `done` says in words what the edits are. `hand_edited` counts lists that were changed by hand and
    are left alone. `problems` say why a page cannot be rendered.
    """

    document: Document
    edits: tuple[Edit, ...] = ()
    done: str = "regenerated"
    hand_edited: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """The pages that were asked for, with what their lists will be, and what could not be read."""

    pages: tuple[Relisting, ...]
    site: Site
    errors: tuple[EvidenceError, ...] = ()


def relist(
    paths: Sequence[str],
    told: Settings,
    *,
    unsafe: bool = False,
    order: str = "",
    drop_uncited: bool = False,
) -> Lists:
    """Return the edits that regenerate the lists of `paths`; nothing is asked and nothing written."""
    read = inputs.read(paths, told)
    told = _with_style(told)
    site = join(read.documents, read.shelf)
    pages = [d for d in site.documents if not d.is_bibliography]
    wishes = Wishes(order, drop_uncited, told.root)
    return Lists(tuple(_relist(page, site, told, wishes, unsafe) for page in pages), site, read.errors)


def _with_style(told: Settings) -> Settings:
    """Return the settings with the path of a .csl file as a marker can name it: from the root."""
    if not told.style.lower().endswith(".csl") or not Path(told.style).is_file():
        return told
    return replace(told, style=name_in(told.style, told.root))


def _relist(page: Document, site: Site, told: Settings, wishes: Wishes, unsafe: bool) -> Relisting:
    if page.source.kind in ("text", "docx") or page.source.path is None:
        what = "a Word document" if page.source.kind == "docx" else "a text page"
        what = what if page.source.path else "a page behind an address"
        return Relisting(page, problems=(f"{what} is never rewritten: use --fragment",))
    entries = entries_for(page, site)
    if not any(region.kind == "references" for region in page.regions):
        return _take_over(page, site, entries, told, wishes, unsafe)
    made = regenerate(page, entries, style=told.style or None, unsafe=unsafe, wishes=wishes)
    problems = [f"the bibliography has no entry {key}" for key in made.missing]
    problems += [f"line {_line(page, page.regions[i].span.start)}: {reason}" for i, reason in made.refused]
    refused = 0 if unsafe else len(made.hand_edited)
    return Relisting(page, tuple(made.edits), hand_edited=refused, problems=tuple(problems))


def _take_over(
    page: Document, site: Site, entries: dict[str, Work], told: Settings, wishes: Wishes, unsafe: bool
) -> Relisting:
    if not page.references:
        return Relisting(page)
    resolved, books = _resolved(page, site, entries)
    lost = [i for i in range(len(page.references)) if i not in resolved]
    if lost:
        hint = "no bibliography entry; run `evidence import` on the page first"
        raw = [page.references[i] for i in lost]
        return Relisting(
            page, problems=tuple(f"line {_line(page, r.span.start)}: {r.raw[:60]}: {hint}" for r in raw)
        )
    style = told.style or next(
        (own for region in page.regions if (own := own_form(page, region))), DEFAULT_STYLE
    )
    try:
        made = take_over(page, resolved, style=style, source=books, wishes=wishes, unsafe=unsafe)
    except UsageError as error:
        return Relisting(page, problems=(str(error).removeprefix(f"{page.source.name}: "),))
    if not made.edits:
        return Relisting(page, problems=("its references stand in no list that can be regenerated",))
    done = "markers set"
    if made.restored or _all_ours(page, resolved):
        done = "markers restored: its list is one of ours, or word for word what is generated"
    problems = [
        f"line {_line(page, page.regions[i].span.start)}: its markers are restored, but the list is not what "
        "the bibliography gives: --unsafe regenerates it"
        for i in made.differing
    ]
    return Relisting(page, made.edits, done, problems=tuple(problems))


def _resolved(
    page: Document, site: Site, entries: dict[str, Work]
) -> tuple[dict[int, tuple[str, Work]], str]:
    """Return the entry of each reference of a page, and the names of the bibliographies they stand in.

    An item is its entry's by what it says; else by the key that its list bears for it.
    """
    named: dict[int, str] = {}
    for region in page.regions:
        keys = stamp_of(_tag_of(page, region)).split()
        if len(keys) == len(region.members):
            members = sorted(region.members, key=lambda m: page.references[m].span.start)
            named.update(zip(members, keys, strict=True))
    where = {r.key: r.source.name for book in site.documents if book.is_bibliography for r in book.references}
    resolved: dict[int, tuple[str, Work]] = {}
    books: set[str] = set()
    for index, reference in enumerate(page.references):
        entry = site.entry_of.get(reference.place)
        key = named.get(index, "")
        if key in entries and (entry is None or entry.key != key):
            resolved[index] = (key, entries[key])
            books.add(where[key])
        elif entry is not None:
            resolved[index] = (entry.key, entry.work)
            books.add(entry.source.name)
    return resolved, " ".join(sorted(books))


def _tag_of(page: Document, region: Region) -> str:
    """Return the source of a list from its own tag on."""
    text = page.source.text
    start = region.span.start
    tag = max(text.rfind("<ol", 0, start + 3), text.rfind("<ul", 0, start + 3))
    return text[tag if 0 <= start - tag <= 20_000 else start :][:20_100]


def _all_ours(page: Document, resolved: dict[int, tuple[str, Work]]) -> bool:
    """Whether the lists say, word for word, what a style of ours makes of their entries."""
    works = [resolved[i][1] for i in range(len(page.references))]
    raw = [reference.raw.split() for reference in page.references]
    return any([line.split() for line in render(works, style)] == raw for style in STYLES)


def _line(page: Document, offset: int) -> int:
    return page.source.text.count("\n", 0, offset) + 1


def fragments(
    page: Document,
    site: Site,
    told: Settings,
    to: str,
    *,
    order: str = "",
    drop_uncited: bool = False,
) -> list[str]:
    """Return the lists of a page as text of their own, one for each list, for pasting elsewhere.

    Each keeps its style and make; `told.style` replaces the style. Raises UsageError.
    """
    entries = {**{r.key: r.work for r in page.references}, **entries_for(page, site)}
    wishes = Wishes(order, drop_uncited, told.root)
    made = []
    for keys, region in _listed(page, site):
        own = region.options.get("style", "") or own_form(page, region)
        absent = next((key for key in keys if key not in entries), None)
        if absent is not None:
            raise UsageError(f"the bibliography has no entry {absent}")
        show = region.options.get("show", "all")
        kept, _ = arranged(keys, entries, page, wishes, show=show, order=region.options.get("order", ""))
        style = told.style or own or DEFAULT_STYLE
        made.append(fragment(entries, kept, style, to, layout=region.layout, root=told.root))
    return made


def _listed(page: Document, site: Site) -> list[tuple[list[str], Region]]:
    """Return the keys of each list of a page."""
    found = []
    for region in page.regions:
        keys = region.options.get("keys", "").split()
        if not keys:
            members = sorted(region.members, key=lambda m: page.references[m].span.start)
            items = [page.references[i] for i in members]
            keys = [site.entry_of.get(item.place, item).key for item in items]
        found.append((keys, region))
    return found


def listed_works(page: Document, site: Site) -> list[Work]:
    """Return the works of all lists of a page, each once, in the order of the lists."""
    entries = {**{r.key: r.work for r in page.references}, **entries_for(page, site)}
    keys = dict.fromkeys(key for keys, _ in _listed(page, site) for key in keys)
    return [entries[key] for key in keys if key in entries]
