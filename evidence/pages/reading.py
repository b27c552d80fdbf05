"""From a page's source to a `Document`: the order of the steps, and the limits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from evidence import ids
from evidence.model import Document, Limits, Link, Problem, Region, Source, Span
from evidence.pages import citations, frontmatter, lists, references, regions
from evidence.pages.citations import Ranges
from evidence.pages.groups import Entry, label_of
from evidence.pages.lists import Found
from evidence.pages.regions import Area
from evidence.pages.tags import scan
from evidence.pages.view import Block, Page, trim
from evidence.pages.vocabulary import VOID


def read(source: Source, limits: Limits, patterns: Sequence[str]) -> Document:
    """Read a text, Markdown or HTML page."""
    problems: list[Problem] = []
    text = source.text
    if len(text) > limits.page:
        text = text[: limits.page]
        cut = Span(limits.page, len(source.text))
        problems.append(
            Problem("not-fully-read", cut, f"only the first {limits.page:,} characters were read")
        )
    page, front = view_of(source, text)
    said = regions.read(page)
    problems += said.problems
    found = _lists(page, said.areas)
    listed = references.make(page, source, found, said.areas, limits.references)
    total = sum(len(one.entries) for one in found)
    if total > limits.references:
        last = listed.references[-1].span.end if listed.references else 0
        what = f"only the first {limits.references:,} of {total:,} references were read"
        problems.append(Problem("not-fully-read", Span(last, len(text)), what))
    compiled = _compile(patterns, problems)
    finder = citations.Finder(page, source.kind, found, listed, said.areas)
    return Document(
        source,
        page.view,
        listed.references,
        finder.find(compiled, bool(front.bibliographies)),
        _links(page, source, listed.places),
        _regions(page, source, found, listed, said.areas),
        tuple(problems),
        front.bibliographies,
        regions.ignores(said.comments, source, page, listed.references),
        front.cites_all,
    )


def view_of(source: Source, text: str) -> tuple[Page, frontmatter.FrontMatter]:
    """Return what the page shows, by its kind, and its front matter."""
    if source.kind == "html":
        from evidence.pages import html

        front = frontmatter.read(text)
        return html.read_page(text, front.end), front
    if source.kind == "markdown":
        from evidence.pages import markdown

        front = frontmatter.read(text)
        return markdown.read_page(text, front.end), front
    from evidence.pages import plain

    return plain.read_page(text), frontmatter.FrontMatter(0)


def _compile(patterns: Sequence[str], problems: list[Problem]) -> list[re.Pattern[str]]:
    compiled = []
    for pattern in patterns:
        try:
            compiled.append(re.compile(pattern))
        except re.error as error:
            what = f"the citation pattern {pattern[:60]!r} is no regular expression: {error}"
            problems.append(Problem("not-fully-read", Span(0, 0), what))
    return compiled


def _lists(page: Page, areas: Sequence[Area]) -> list[Found]:
    """Find the lists between our own markers, and those of the rest of the page."""
    rest: list[Block] = []
    within: list[list[Block]] = [[] for _ in areas]
    starts = [area.inner.start for area in areas]
    for block in _cut(page, areas):
        at = page.view.starts[block.start]
        index = bisect_left(starts, at + 1) - 1
        if index >= 0 and at < areas[index].inner.end:
            within[index].append(block)
        else:
            rest.append(block)
    found = lists.find(page, rest, citations.evidence_of(page))
    for index, blocks in enumerate(within):
        one = lists.inside(page, blocks, index)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: one.entries[0].parts[0][0])


def _cut(page: Page, areas: Sequence[Area]) -> list[Block]:
    """Return the page's blocks, cut where one of our own markers stands amid a paragraph."""
    edges = sorted(bisect_left(page.view.starts, at) for a in areas for at in (a.inner.start, a.inner.end))
    blocks: list[Block] = []
    for block in page.blocks:
        inside = [at for at in edges[bisect_right(edges, block.start) :][:8] if at < block.end]
        for start, end in pairwise([block.start, *inside, block.end]):
            part = replace(block, start=start, end=end) if inside else block
            if trim(page.view.text, part):
                blocks.append(part)
    return blocks


def _regions(
    page: Page, source: Source, found: Sequence[Found], listed: references.Listed, areas: Sequence[Area]
) -> tuple[Region, ...]:
    """Return our own markers' regions and the lists made by hand, in the page's order."""
    made: list[Region] = []
    filled = set()
    for one, members in zip(found, listed.members, strict=True):
        if one.area >= 0:
            area = areas[one.area]
            filled.add(one.area)
            made.append(Region("references", area.outer, area.inner, one.layout, area.options, members))
        elif one.layout != "footnotes" and not one.remarks and len(members) == len(one.entries):
            entries = [listed.entries[index] for index in members]
            for first, last in _stretches(source, entries):
                span = _extent(page, source, one, entries[first:last])
                made.append(Region("list", span, span, one.layout, members=members[first:last]))
    for index, area in enumerate(areas):
        if index not in filled:
            made.append(Region("references", area.outer, area.inner, options=area.options))
    return tuple(sorted(made, key=lambda region: region.span.start))


def _stretches(source: Source, entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Cut a list of HTML paragraphs where an element begins or ends between them that encloses others."""
    cuts = [0]
    if source.kind == "html":
        for index, (last, entry) in enumerate(pairwise(entries), 1):
            between = source.text[last.outer[1] : entry.outer[0]]
            if entry.item is None and between.strip() and _depth(between):
                cuts.append(index)
    return list(pairwise([*cuts, len(entries)]))


def _depth(text: str) -> int:
    """Return how many elements a piece of HTML opens and does not close, or the other way round."""
    kinds = [tag.kind for tag in scan(text) if tag.name not in VOID]
    return kinds.count("open") - kinds.count("close")


def _extent(page: Page, source: Source, one: Found, entries: Sequence[Entry]) -> Span:
    """Return what a renderer would replace: whole lines of text, whole elements of HTML."""
    first, last = entries[0], entries[-1]
    whole = first.item is not None and last.item is not None
    seen = page.view.span(first.parts[0][0], last.parts[-1][1])
    start, end = seen.start, seen.end
    if whole:
        start, end = min(start, one.outer[0]), max(end, one.outer[1])
    if source.kind == "html" or (whole and source.text.startswith("<", one.outer[0])):
        if not whole:
            begins = label_of(page, first.blocks[0].start, first.blocks[0].end)[1] >= first.parts[0][0]
            start = first.blocks[0].outer_start if begins else start
            end = last.blocks[-1].outer_end if last.blocks[-1].end <= last.parts[-1][1] else end
        return Span(start, end)
    before = max(source.text.rfind("\n", 0, start), source.text.rfind("\r", 0, start))
    behind = re.compile(r"[^\r\n]*").match(source.text, end)
    return Span(before + 1, behind.end() if behind else end)


def _links(page: Page, source: Source, places: Sequence[tuple[int, int]]) -> tuple[Link, ...]:
    """Return the links of prose and lists, those behind text and those written out."""
    cited = Ranges(places)
    made = [
        Link(address.url, address.span, cited.holds(address.at))
        for address in page.addresses
        if cited.holds(address.at) or not address.quiet
    ]
    linked = Ranges([(mark.start, mark.end) for mark in page.marks if mark.kind in ("link", "code")])
    for block in page.blocks:
        text = page.view.text[block.start : block.end]
        if "://" not in text:
            continue
        for url, span in ids.find_urls(text):
            start = block.start + span.start
            key = page.view.text[max(start - 2, 0) : start].endswith(("@", "@{"))
            if "://" not in url or linked.holds(start) or key:
                continue
            end = _joined(page, start, block.start + span.end)
            made.append(Link(page.view.text[start:end], page.view.span(start, end), cited.holds(start)))
    return tuple(sorted(made, key=lambda link: (link.span.start, link.span.end)))


def _joined(page: Page, start: int, end: int) -> int:
    """Return where an address ends that markup follows without a space: `https://…<sup>[1]</sup>`."""
    starts, ends = page.view.starts, page.view.ends
    return next((at for at in range(start + 1, end) if starts[at] != ends[at - 1]), end)
