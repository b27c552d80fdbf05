"""Generated lists kept in step with their entries: again and again, in place. Pure.

Documents and works in, edits out. Bytes outside the regions change only where the numbers of a list
do, and a second run changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evidence.edit import apply, newline_of
from evidence.errors import UsageError
from evidence.matching.same import same_work
from evidence.model import Document, Edit, Region, Span, Work
from evidence.rendering import markers
from evidence.rendering.layout import (
    Form,
    Head,
    arrange,
    counted,
    frame_of,
    head_of,
    layout_of,
    line_before,
    linked_ids,
    split_items,
    stamped,
    start_of,
    together,
)
from evidence.rendering.plan import Listing, Wishes, arranged, cited_keys, follow_on, listing, number_edits
from evidence.rendering.styles import render_list


class Regeneration(NamedTuple):
    """What regenerating the lists of a page comes to.

    `edits` make them what they should be; `stale` and `hand_edited` are indices of
    `Document.regions`; `missing` are keys of markers that have no entry; `refused` are regions that
    cannot be made, with the reason (an unknown style, a marker that cannot be renumbered).
    """

    edits: tuple[Edit, ...] = ()
    stale: tuple[int, ...] = ()
    hand_edited: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()


class _Marked(NamedTuple):
    """A region with what its marker says: options, the places of their values, where one more can stand."""

    place: int
    region: Region
    options: Mapping[str, str]
    spans: Mapping[str, Span]
    end: int

    @property
    def old_keys(self) -> list[str]:
        return self.options.get("keys", "").split()

    @property
    def show(self) -> str:
        return self.options.get("show", "all")


def regenerate(
    document: Document,
    entries: Mapping[str, Work],
    *,
    style: str | None = None,
    unsafe: bool = False,
    wishes: Wishes = Wishes(),  # noqa: B008  (frozen)
) -> Regeneration:
    """Return what is to be done so that the lists between markers say what their entries say.

    A list that was changed by hand since it was generated (its `sum` does not fit) is left alone
    unless `unsafe`; one whose keys lack an entry is left alone always. `style` replaces the style of
    the markers. Where the order of a list changes, or a study was listed twice, the numbers in the
    text change with it. Lists of a .txt page are never touched.
    """
    if document.source.kind not in ("markdown", "html", "latex"):
        return Regeneration()
    text = document.source.text
    marked = [
        _Marked(index, region, *markers.read_options(text[region.span.start : region.inner.start]))
        for index, region in enumerate(document.regions)
        if region.kind == "references"
    ]
    wanted = _wanted_keys(document, marked, entries)
    missing = dict.fromkeys(key for keys in wanted.values() for key in keys if key not in entries)
    whole = [one for one in marked if all(key in entries for key in wanted[one.place])]
    done = _Run(document, entries, style, unsafe, wishes, wanted)
    try:
        made = done.made(whole, merge=True)
    except UsageError as error:
        try:
            if wishes.order or wishes.drop_uncited:
                raise
            made = done.made(whole, merge=False)
        except UsageError:
            refused = tuple((one.place, str(error)) for one in whole[:1])
            return Regeneration(missing=tuple(missing), refused=refused)
    return made._replace(missing=tuple(missing))


def _wanted_keys(
    document: Document, marked: Sequence[_Marked], entries: Mapping[str, Work]
) -> dict[int, list[str]]:
    """Return the keys of each list: those of its marker, then what the page cites and no list has.

    A marker without `keys` has those that its `show` asks for: what is cited in order of first
    citation, or what is not, or all in the bibliography's order.
    """
    cited = [key for key in cited_keys(document) if key in entries]
    wanted = {one.place: one.old_keys for one in marked}
    listed = {key for keys in wanted.values() for key in keys}
    for one in marked:
        if one.show != "uncited":
            added = [key for key in cited if key not in listed]
            wanted[one.place] += added
            listed.update(added)
        if "keys" not in one.options and one.show != "cited":
            named = set(cited)
            rest = [k for k in entries if k not in listed and (one.show == "all" or k not in named)]
            wanted[one.place] += rest
            listed.update(rest)
    return wanted


class _Run:
    """One regeneration: what does not change from list to list."""

    def __init__(
        self,
        document: Document,
        entries: Mapping[str, Work],
        style: str | None,
        unsafe: bool,
        wishes: Wishes,
        wanted: Mapping[int, Sequence[str]],
    ) -> None:
        self.document, self.entries, self.style = document, entries, style
        self.unsafe, self.wishes, self.wanted = unsafe, wishes, wanted
        self.text = document.source.text
        self.to = markers.target_of(document.source)
        self.linked: frozenset[str] = frozenset()

    def made(self, marked: Sequence[_Marked], *, merge: bool) -> Regeneration:
        """Return the regeneration of all lists; raises UsageError where one or a marker cannot be made."""
        edits: list[Edit] = []
        stale: list[int] = []
        by_hand: list[int] = []
        refused: list[tuple[int, str]] = []
        kept: list[Listing] = []
        listings = self._listings(marked, merge=merge)
        numbered = [made for one, made in zip(marked, listings, strict=True) if one.show != "uncited"]
        self.linked = linked_ids(apply(self.text, number_edits(self.document, numbered)))
        for one, made in zip(marked, listings, strict=True):
            try:
                changes, typed = self._one(one, made)
            except UsageError as error:
                refused.append((one.place, str(error)))
                continue
            if typed:
                by_hand.append(one.place)
            elif changes:
                stale.append(one.place)
            if not typed or self.unsafe:
                edits += changes
                kept += [made] if one.show != "uncited" else []
        edits += number_edits(self.document, kept)
        return Regeneration(tuple(edits), tuple(stale), tuple(by_hand), (), tuple(refused))

    def _listings(self, marked: Sequence[_Marked], *, merge: bool) -> list[Listing]:
        """Return the lists with their keys and numbers."""
        kept = [
            arranged(
                self.wanted[one.place],
                self.entries,
                self.document,
                self.wishes,
                show=one.show,
                order=one.options.get("order", ""),
                merge=merge,
            )
            for one in marked
        ]
        old = [self._start(one) for one in marked]
        starts = follow_on(old, [len(one.old_keys) for one in marked], [len(keys) for keys, _ in kept])
        return [
            listing(dict(enumerate(one.old_keys, first)), keys, merged, start)
            for one, first, (keys, merged), start in zip(marked, old, kept, starts, strict=True)
        ]

    def _start(self, one: _Marked) -> int:
        """Return the first number of a list: lists of a page may count on from one another."""
        first = [self.document.references[m].number for m in one.region.members[:1]]
        if first and first[0] is not None:
            return first[0]
        return start_of(self.text[one.region.inner.start : one.region.inner.end])

    def _one(self, one: _Marked, made: Listing) -> tuple[list[Edit], bool]:
        """Return the edits of one list, and whether it was changed by hand."""
        document, to, keys = self.document, self.to, made.keys
        region, options = one.region, one.options
        inner = self.text[region.inner.start : region.inner.end]
        before = line_before(self.text, region.span.start)
        layout = layout_of(inner, to) or region.layout or "numbered"
        frame = frame_of(inner, to)
        if frame:
            frame = stamped(frame, keys)
            frame = counted(frame, made.start) if made.is_moved else frame
        indent = before if not before.strip() else ""
        start = made.start if layout == "numbered" else 1
        form = Form(to, layout, newline_of(document.source), indent, frame, start)
        works = [self.entries[key] for key in keys]
        used = self.style or options.get("style", "pubmed")
        lines = render_list(works, used, to, root=self.wishes.root)
        block = arrange(lines, keys, self._heads(inner, layout, one.old_keys, made), form)
        same = markers.same_lines(inner) == markers.same_lines(block)
        by_hand = not same and self._is_typed(one, inner, works)
        changed = {"keys": " ".join(keys), "sum": markers.sum_of(block)}
        changed |= {"style": self.style} if self.style else {}
        changed |= {"order": self.wishes.order} if self.wishes.order else {}
        edits = self._option_edits(one, changed)
        if not same:
            edits.append(_inner_edit(document, region, block, form))
        return edits, by_hand

    def _is_typed(self, one: _Marked, inner: str, works: Sequence[Work]) -> bool:
        """Whether a list holds what a person wrote: its sum does not fit, or items that no entry makes.

        Where a marker has keys but no sum, whoever wrote it says what shall stand there.
        """
        if "sum" in one.options or "keys" in one.options:
            return one.options.get("sum", markers.sum_of(inner)) != markers.sum_of(inner)
        items = [self.document.references[m].work for m in one.region.members]
        return not all(any(same_work(item, work) for work in works) for item in items)

    def _option_edits(self, one: _Marked, changed: Mapping[str, str]) -> list[Edit]:
        """Return the edits of a marker's options; new ones stand at its end."""
        at, source = one.region.span.start, self.document.source
        edits: list[Edit] = []
        added = ""
        for name, value in changed.items():
            if name not in one.options:
                added += f" {name}={markers.written(name, value)}"
            elif one.options[name].split() != value.split():
                span = Span(one.spans[name].start + at, one.spans[name].end + at)
                edits.append(Edit(source, span, markers.written(name, value)))
        if added:
            edits.append(Edit(source, Span(at + one.end, at + one.end), added))
        return edits

    def _heads(self, inner: str, layout: str, old_keys: Sequence[str], made: Listing) -> list[Head]:
        """Return the heads that the items of the present list have, for the same keys in the new one."""
        items = split_items(inner, self.to, layout)
        kept: dict[int | None, list[Head]] = {}
        for place, item in zip(made.places(old_keys), items, strict=False):
            kept.setdefault(place, []).append(head_of(item, self.to, layout, self.linked))
        return [together(kept.get(place, []), self.linked) for place in range(len(made.keys))]


def _inner_edit(document: Document, region: Region, block: str, form: Form) -> Edit:
    """Replace what lies between the markers, but not the white space next to them."""
    text = document.source.text
    start, end = region.inner.start, region.inner.end
    inner = text[start:end]
    if not inner.strip():
        opened = text[:start].endswith(("\n", "\r"))
        lead = form.indent if opened else form.newline + form.indent
        return Edit(document.source, Span(start, end), f"{lead}{block}{form.newline}{form.indent}")
    lead = inner[: len(inner) - len(inner.lstrip())]
    trail = inner[len(inner.rstrip()) :]
    start, end = start + len(lead), end - len(trail)
    if not re.search(r"[\r\n]", lead) and not text[: region.inner.start].endswith(("\n", "\r")):
        block = form.newline + form.indent + block
    if not re.search(r"[\r\n]", trail):
        block += form.newline + form.indent
    return Edit(document.source, Span(start, end), block)
