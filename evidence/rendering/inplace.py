"""Reference lists on pages: the first time in place of a list made by hand, then again and again.

All functions are pure: documents and works in, edits out. Bytes outside the list regions never
change, and a second run changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evidence.edit import newline_of
from evidence.errors import UsageError
from evidence.model import Document, Edit, Region, Span, Work
from evidence.rendering import markers
from evidence.rendering.layout import (
    Form,
    Head,
    arrange,
    foreign_text,
    frame_of,
    head_of,
    is_balanced,
    layout_of,
    linked_ids,
    split_items,
    start_of,
    widen,
)
from evidence.rendering.styles import STYLES, check_style, render


class Regeneration(NamedTuple):
    """What regenerating the lists of a page comes to.

    `edits` make them what they should be; `stale` and `hand_edited` are indices of
    `Document.regions`; `missing` are keys of markers that have no entry; `refused` are regions that
    cannot be made, with the reason (an unknown style).
    """

    edits: tuple[Edit, ...] = ()
    stale: tuple[int, ...] = ()
    hand_edited: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()


def fragment(
    works: Mapping[str, Work], keys: Sequence[str], style: str = "pubmed", to: str = "markdown"
) -> str:
    """Return the numbered list of `keys` for pasting, ending in a newline; "" without keys.

    Raises UsageError for an unknown style or target, and for a key that has no work.
    """
    absent = next((key for key in keys if key not in works), None)
    if absent is not None:
        raise UsageError(f"the bibliography has no entry {absent}")
    lines = render([works[key] for key in keys], style, to)
    return arrange(lines, keys, [Head()] * len(lines), Form(to=to)) + "\n" if lines else ""


def take_over(
    document: Document, entries: Mapping[int, tuple[str, Work]], *, style: str, source: str
) -> list[Edit]:
    """Return the edits that put markers around the lists of a page and regenerate them.

    `entries` gives for an index of `document.references` its .bib key and work; `source` is the
    bibliography's path as the marker names it. Nothing is done to a .txt page, or as long as one
    list item has no entry. Raises UsageError for an unknown style, and where a list holds text that
    belongs to no reference and would be lost.
    """
    check_style(style)
    lists = [r for r in document.regions if r.kind == "list" and r.members]
    if document.source.kind not in ("markdown", "html", "latex"):
        return []
    if any(member not in entries for region in lists for member in region.members):
        return []
    linked = linked_ids(document.source.text) if lists else frozenset()
    return [_take_over_one(document, region, entries, style, source, linked) for region in lists]


def _take_over_one(
    document: Document,
    region: Region,
    entries: Mapping[int, tuple[str, Work]],
    style: str,
    source: str,
    linked: frozenset[str],
) -> Edit:
    text, to = document.source.text, markers.target_of(document.source)
    span = widen(text, region.span, to, region.layout)
    members = sorted(region.members, key=lambda m: document.references[m].span.start)
    chunks = _chunks(document, members, span)
    before = _line_before(text, span.start)
    indent = before if not before.strip() else ""
    keys = [entries[m][0] for m in members]
    if any(not key or any(c.isspace() for c in key) for key in keys):
        raise UsageError(f"{document.source.name}: a key with white space cannot stand in a list's marker")
    newline = newline_of(document.source)
    old = text[span.start : span.end]
    frame = frame_of(old, to)
    start = document.references[members[0]].number if region.layout == "numbered" and frame is None else 1
    form = Form(to, region.layout, newline, indent, frame, start if start is not None else 1)
    heads = [head_of(chunk, to, region.layout, linked) for chunk in chunks]
    block = arrange(render([entries[m][1] for m in members], style, to), keys, heads, form)
    options = {
        "style": style,
        "source": source,
        "show": _show(document, members, keys),
        "keys": " ".join(keys),
        "sum": markers.sum_of(block),
    }
    parts = [markers.opening(options, to), block, markers.closing(to)]
    if before.strip() and to != "html":
        parts.insert(0, "")
    after = text[span.end : span.end + 1]
    tail = newline if after not in ("", "\r", "\n") and to != "html" else ""
    return Edit(document.source, span, (newline + indent).join(parts) + tail)


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
    if source.kind == "markdown" and _line_before(source.text, span.start).lstrip().startswith(">"):
        raise UsageError(f"{source.name}: a list in a quotation cannot be taken over")
    return chunks


def _line_before(text: str, at: int) -> str:
    """Return what stands on the line before an offset."""
    return text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]


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


def regenerate(
    document: Document, entries: Mapping[str, Work], *, style: str | None = None, unsafe: bool = False
) -> Regeneration:
    """Return what is to be done so that the lists between markers say what their entries say.

    A list that was changed by hand since it was generated (its `sum` does not fit) is left alone
    unless `unsafe`; one whose keys lack an entry is left alone always. `style` replaces the style of
    the markers. Lists of a .txt page are never touched.
    """
    if document.source.kind not in ("markdown", "html", "latex"):
        return Regeneration()
    regions = [(i, r) for i, r in enumerate(document.regions) if r.kind == "references"]
    edits: list[Edit] = []
    stale: list[int] = []
    hand_edited: list[int] = []
    missing: dict[str, None] = {}
    refused: list[tuple[int, str]] = []
    linked = linked_ids(document.source.text) if regions else frozenset()
    wanted = _wanted_keys(document, regions, entries)
    for index, region in regions:
        keys = wanted[index]
        absent = [key for key in keys if key not in entries]
        missing.update(dict.fromkeys(absent))
        if absent:
            continue
        try:
            changes, by_hand = _regenerate_one(document, region, keys, entries, style, linked)
        except UsageError as error:
            refused.append((index, str(error)))
            continue
        if by_hand:
            hand_edited.append(index)
        if changes and not by_hand:
            stale.append(index)
        if not by_hand or unsafe:
            edits += changes
    return Regeneration(tuple(edits), tuple(stale), tuple(hand_edited), tuple(missing), tuple(refused))


def _options(document: Document, region: Region) -> tuple[dict[str, str], dict[str, Span], int]:
    return markers.read_options(document.source.text[region.span.start : region.inner.start])


def _wanted_keys(
    document: Document, regions: Sequence[tuple[int, Region]], entries: Mapping[str, Work]
) -> dict[int, list[str]]:
    """Return the keys of each list: those of its marker, then what the page cites and no list has.

    A marker without `keys` has those that its `show` asks for: what is cited in order of first
    citation, or what is not, or all in the bibliography's order.
    """
    cited: dict[str, None] = {}
    for citation in document.citations:
        labels = citation.labels if citation.form == "key" else ()
        cited.update(dict.fromkeys(k for k in (*citation.keys, *labels) if k in entries))
    options = {index: _options(document, region)[0] for index, region in regions}
    wanted = {index: options[index].get("keys", "").split() for index, _ in regions}
    listed = {key for keys in wanted.values() for key in keys}
    for index, _ in regions:
        show = options[index].get("show", "all")
        if show != "uncited":
            added = [key for key in cited if key not in listed]
            wanted[index] += added
            listed.update(added)
        if "keys" not in options[index] and show != "cited":
            rest = [key for key in entries if key not in listed and (show == "all" or key not in cited)]
            wanted[index] += rest
            listed.update(rest)
    return wanted


def _regenerate_one(
    document: Document,
    region: Region,
    keys: Sequence[str],
    entries: Mapping[str, Work],
    style: str | None,
    linked: frozenset[str],
) -> tuple[list[Edit], bool]:
    """Return the edits of one list, and whether it was changed by hand."""
    text, to = document.source.text, markers.target_of(document.source)
    options, spans, end = _options(document, region)
    used = style or options.get("style", "pubmed")
    inner = text[region.inner.start : region.inner.end]
    before = _line_before(text, region.span.start)
    layout = layout_of(inner, to) or region.layout or "numbered"
    newline = newline_of(document.source)
    start = start_of(inner) if layout == "numbered" else 1
    form = Form(to, layout, newline, before if not before.strip() else "", frame_of(inner, to), start)
    heads = _heads(inner, to, layout, options.get("keys", "").split(), keys, linked)
    block = arrange(render([entries[k] for k in keys], used, to), keys, heads, form)
    total = markers.sum_of(block)
    same = markers.same_lines(inner) == markers.same_lines(block)
    by_hand = not same and "sum" in options and options["sum"] != markers.sum_of(inner)
    edits: list[Edit] = []
    changed = {"keys": " ".join(keys), "sum": total}
    if style:
        changed["style"] = style
    at = region.span.start
    added = ""
    for name, value in changed.items():
        if name not in options:
            added += f" {name}={markers.written(name, value)}"
        elif options[name].split() != value.split():
            edits.append(Edit(document.source, _moved(spans[name], at), markers.written(name, value)))
    if added:
        edits.append(Edit(document.source, Span(at + end, at + end), added))
    if not same:
        edits.append(_inner_edit(document, region, block, form))
    return edits, by_hand


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _heads(
    inner: str, to: str, layout: str, old_keys: Sequence[str], keys: Sequence[str], linked: frozenset[str]
) -> list[Head]:
    """Return the heads that the items of the present list have, for the same keys in the new one."""
    kept: dict[str, list[Head]] = {}
    for key, item in zip(old_keys, split_items(inner, to, layout), strict=False):
        kept.setdefault(key, []).append(head_of(item, to, layout, linked))
    result = []
    for key in keys:
        heads = kept.get(key)
        head = heads.pop(0) if heads else Head()
        result.append(head)
    return result


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
