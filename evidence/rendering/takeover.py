"""A list made by hand becomes a generated one: markers around it, its items set anew. Pure.

Bytes outside the lists change only where a number in the text has to: a study that was listed twice
is listed once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evidence.edit import apply, newline_of
from evidence.errors import UsageError
from evidence.model import Document, Edit, Region, Span, Work
from evidence.rendering import markers
from evidence.rendering.layout import (
    Form,
    Head,
    arrange,
    counted,
    foreign_text,
    frame_of,
    head_of,
    is_balanced,
    line_before,
    linked_ids,
    stamp_of,
    stamped,
    together,
    widen,
)
from evidence.rendering.plan import Listing, Wishes, arranged, follow_on, listing, number_edits
from evidence.rendering.styles import STYLES, check_style, render, render_list


class TakeOver(NamedTuple):
    """The edits of a first run, and which of the page's lists had been ours before.

    `restored` and `differing` are indices of `Document.regions`: lists whose markers had been lost,
    and those of them whose text is not what would be generated: it is left as it stands.
    """

    edits: tuple[Edit, ...] = ()
    restored: tuple[int, ...] = ()
    differing: tuple[int, ...] = ()


def fragment(
    works: Mapping[str, Work],
    keys: Sequence[str],
    style: str = "pubmed",
    to: str = "markdown",
    *,
    layout: str = "numbered",
    root: str = "",
) -> str:
    """Return the list of `keys` for pasting, ending in a newline; "" without keys.

    In HTML the list bears its keys in `data-evidence`, by which it is found again where comments are
    dropped. Raises UsageError for an unknown style or target, and for a key that has no work.
    """
    absent = next((key for key in keys if key not in works), None)
    if absent is not None:
        raise UsageError(f"the bibliography has no entry {absent}")
    lines = render_list([works[key] for key in keys], style, to, root=root)
    if not lines:
        return ""
    frame = None
    if to == "html" and layout != "paragraphs":
        tag = "ol" if layout == "numbered" else "ul"
        frame = stamped((f"<{tag}>", f"</{tag}>"), keys, always=True)
    return arrange(lines, keys, [Head()] * len(lines), Form(to, layout, frame=frame)) + "\n"


class _Draft(NamedTuple):
    """A list that is to be taken over, before its edit is made."""

    place: int
    span: Span
    chunks: list[str]
    old_keys: list[str]
    listing: Listing
    show: str


def take_over(
    document: Document,
    entries: Mapping[int, tuple[str, Work]],
    *,
    style: str,
    source: str,
    wishes: Wishes = Wishes(),  # noqa: B008  (frozen)
    unsafe: bool = False,
) -> TakeOver:
    """Return the edits that put markers around the lists of a page and regenerate them.

    `entries` gives for an index of `document.references` its .bib key and work; `source` is the
    bibliography's path as the marker names it. Nothing is done to a .txt page, or as long as one
    list item has no entry. A list that bears our `data-evidence` and says something else than would
    be generated gets its markers back and keeps its text, unless `unsafe`. Raises UsageError for an
    unknown style, where a list holds text that belongs to no reference and would be lost, and where
    a marker cannot be renumbered.
    """
    check_style(style, wishes.root)
    lists = [(i, r) for i, r in enumerate(document.regions) if r.kind == "list" and r.members]
    if document.source.kind not in ("markdown", "html", "latex"):
        return TakeOver()
    if any(member not in entries for _, region in lists for member in region.members):
        return TakeOver()
    drafts, numbers = _drafted(document, lists, entries, wishes)
    linked = linked_ids(apply(document.source.text, numbers)) if lists else frozenset()
    works = dict(entries.values())
    edits = list(numbers)
    restored, differing = [], []
    for draft in drafts:
        edit, was_ours, differs = _one(document, draft, works, style, source, wishes, linked, unsafe)
        edits.append(edit)
        restored += [draft.place] if was_ours else []
        differing += [draft.place] if differs else []
    return TakeOver(tuple(edits), tuple(restored), tuple(differing))


def _drafted(
    document: Document,
    lists: Sequence[tuple[int, Region]],
    entries: Mapping[int, tuple[str, Work]],
    wishes: Wishes,
) -> tuple[list[_Draft], list[Edit]]:
    """Return the lists with their keys, and the edits of the markers in the text.

    Where a marker cannot be given another number, what is listed twice stays so.
    """
    try:
        drafts = _counted(document, [_draft(document, *one, entries, wishes, merge=True) for one in lists])
        return drafts, number_edits(document, [draft.listing for draft in drafts if draft.show != "uncited"])
    except UsageError:
        if wishes.order or wishes.drop_uncited:
            raise
        drafts = _counted(document, [_draft(document, *one, entries, wishes, merge=False) for one in lists])
        return drafts, number_edits(document, [draft.listing for draft in drafts if draft.show != "uncited"])


def _counted(document: Document, drafts: list[_Draft]) -> list[_Draft]:
    """Return the lists with their first numbers: those that count on from the one before go on doing so."""
    starts = [draft.listing.start for draft in drafts]
    ends = [max(draft.listing.before, default=draft.listing.start) + 1 for draft in drafts]
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    new = follow_on(starts, lengths, [len(draft.listing.keys) for draft in drafts])
    return [
        draft._replace(listing=draft.listing.moved(start)) for draft, start in zip(drafts, new, strict=True)
    ]


def _draft(
    document: Document,
    place: int,
    region: Region,
    entries: Mapping[int, tuple[str, Work]],
    wishes: Wishes,
    *,
    merge: bool,
) -> _Draft:
    text, to = document.source.text, markers.target_of(document.source)
    span = widen(text, region.span, to, region.layout)
    members = sorted(region.members, key=lambda m: document.references[m].span.start)
    chunks = _chunks(document, members, span)
    keys = [entries[m][0] for m in members]
    if any(not key or any(c.isspace() for c in key) for key in keys):
        raise UsageError(f"{document.source.name}: a key with white space cannot stand in a list's marker")
    show = _show(document, members, keys)
    works = dict(entries[m] for m in members)
    new, merged = arranged(keys, works, document, wishes, show=show, merge=merge)
    shown = [document.references[m].number for m in members]
    numbered = region.layout == "numbered"
    before = {n: key for n, key in zip(shown, keys, strict=True) if n is not None} if numbered else {}
    start = shown[0] if numbered and shown[0] is not None else 1
    return _Draft(place, span, chunks, keys, listing(before, new, merged, start), show)


def _one(
    document: Document,
    draft: _Draft,
    works: Mapping[str, Work],
    style: str,
    source: str,
    wishes: Wishes,
    linked: frozenset[str],
    unsafe: bool,
) -> tuple[Edit, bool, bool]:
    """Return the edit of one list, whether it bears our mark, and whether its text was left alone."""
    text, to = document.source.text, markers.target_of(document.source)
    region, span, keys = document.regions[draft.place], draft.span, draft.listing.keys
    before = line_before(text, span.start)
    indent = before if not before.strip() else ""
    newline = newline_of(document.source)
    old = text[span.start : span.end]
    frame = frame_of(old, to)
    if frame:
        frame = stamped(frame, keys)
        frame = counted(frame, draft.listing.start) if draft.listing.is_moved else frame
    form = Form(to, region.layout, newline, indent, frame, draft.listing.start)
    heads = _heads(draft, to, region.layout, linked)
    block = arrange(render_list([works[k] for k in keys], style, to, root=wishes.root), keys, heads, form)
    options = {"style": style, "source": source, "show": draft.show, "keys": " ".join(keys)}
    options |= {"order": wishes.order} if wishes.order else {}
    options["sum"] = markers.sum_of(block)
    ours = bool(stamp_of(old))
    differs = ours and not unsafe and markers.same_lines(old) != markers.same_lines(block)
    if differs:
        block = old
    parts = [markers.opening(options, to), block, markers.closing(to)]
    if before.strip() and to != "html":
        parts.insert(0, "")
    after = text[span.end : span.end + 1]
    tail = newline if after not in ("", "\r", "\n") and to != "html" else ""
    return Edit(document.source, span, (newline + indent).join(parts) + tail), ours, differs


def _heads(draft: _Draft, to: str, layout: str, linked: frozenset[str]) -> list[Head]:
    """Return what is kept of the items, for each item of the new list; a merged one leaves its anchors."""
    kept: dict[int | None, list[Head]] = {}
    for place, chunk in zip(draft.listing.places(draft.old_keys), draft.chunks, strict=True):
        kept.setdefault(place, []).append(head_of(chunk, to, layout, linked))
    return [together(kept.get(place, []), linked) for place in range(len(draft.listing.keys))]


def _chunks(document: Document, members: Sequence[int], span: Span) -> list[str]:
    """Cut a list made by hand into its items, each with what stands before it.

    Raises UsageError where something would be lost: text of no reference, half an element.
    """
    source = document.source
    chunks: list[str] = []
    at = span.start
    for member in members:
        item = document.references[member].span
        lost = foreign_text(source.text[at : item.start])
        if lost:
            raise UsageError(f"{source.name}: the list holds text of no reference: {lost[:60]!r}")
        chunks.append(source.text[at : item.end])
        at = max(at, item.end)
    lost = foreign_text(source.text[at : span.end])
    if lost:
        raise UsageError(f"{source.name}: the list holds text of no reference: {lost[:60]!r}")
    if source.kind == "html" and not is_balanced(source.text[span.start : span.end]):
        raise UsageError(f"{source.name}: the list begins and ends in different elements")
    if source.kind == "markdown" and line_before(source.text, span.start).lstrip().startswith(">"):
        raise UsageError(f"{source.name}: a list in a quotation cannot be taken over")
    return chunks


def _show(document: Document, members: Sequence[int], keys: Sequence[str]) -> str:
    """Return `cited` for a list that markers point into, `uncited` for another, `all` without markers."""
    if not document.citations:
        return "all"
    cited = {key for citation in document.citations for key in citation.keys}
    labels = {label for c in document.citations if not c.keys and not c.dangling for label in c.labels}
    for member, key in zip(members, keys, strict=True):
        reference = document.references[member]
        if not {key, reference.key}.isdisjoint(cited) or str(reference.number) in labels:
            return "cited"
    return "uncited"


def own_form(document: Document, region: Region) -> str:
    """Return the style that a list is set in already, or "" where it is none of ours.

    Each item is set again from what was read of it; words and punctuation must be the same in more
    than half of them, whatever their order (PubMed prints title and authors on lines of their own).
    """
    members = [document.references[m] for m in region.members]
    if not members:
        return ""
    for style in STYLES:
        lines = render([m.work for m in members], style)
        pairs = zip(lines, members, strict=True)
        same = [sorted(line.split()) == sorted(m.raw.split()) for line, m in pairs]
        if sum(same) * 2 > len(members):
            return style
    return ""
