r"""LaTeX pages: `\cite` and its kin, `thebibliography`, lists made by hand, bibliographies that are named.

A reader of code (`texview`) makes the same view as for the other forms of page; a list that is no
`thebibliography` is found as on every page. Comments, verbatim stretches and what stands before
`\begin{document}` are not seen, but bibliographies may be named there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from evidence import ids
from evidence.model import Citation, Document, Limits, Link, Problem, Reference, Region, Source, Span
from evidence.pages import citations, lists, references, regions
from evidence.pages.citations import Ranges
from evidence.pages.lists import Chunk, Found
from evidence.pages.regions import Area
from evidence.pages.texcode import read_code
from evidence.pages.texview import Reader, Shown
from evidence.pages.view import Block, Item, Page

#: What a file that is read in may be called; others (pictures, tables of other programs) are not ours.
_SUFFIXES = (".tex", ".ltx", ".latex")


def read(source: Source, *, limits: Limits | None = None) -> Document:
    """Read a LaTeX page: its references, citations, links and regions, with their spans.

    `limits.page` caps the characters and `limits.references` the references; what is cut is a
    `not-fully-read` problem. Raises nothing on any input.
    """
    limits = limits or Limits()
    text, problems = source.text, []
    if len(text) > limits.page:
        cut = Span(limits.page, len(text))
        what = f"only the first {limits.page:,} characters were read"
        problems.append(Problem("not-fully-read", cut, what))
        text = text[: limits.page]
    shown = Reader(read_code(text)).read()
    page = shown.page
    said = regions.read(page)
    problems += said.problems
    found = _lists(shown, said.areas)
    listed = references.make(page, source, found, said.areas, limits.references)
    total = sum(len(one.entries) for one in found)
    if total > limits.references:
        at = Span(listed.references[-1].span.end if listed.references else 0, len(text))
        what = f"only the first {limits.references:,} of {total:,} references were read"
        problems.append(Problem("not-fully-read", at, what))
    named = tuple(_named(listed, found, shown.items))
    cited = [_tied(citation, named, bool(shown.bibliographies)) for citation in shown.citations]
    if named and not cited:
        finder = citations.Finder(page, "latex", found, listed._replace(references=named), said.areas)
        cited = [citation for citation in finder.find([], False) if citation.form == "number"]
    return Document(
        source,
        page.view,
        named,
        tuple(sorted(cited, key=lambda citation: citation.span.start)),
        _links(page, listed.places),
        _regions(page, source, found, listed, said.areas),
        tuple(problems),
        tuple(dict.fromkeys(shown.bibliographies)),
        regions.ignores(said.comments, source, page, named),
        shown.cites_all,
    )


def inputs(source: Source) -> list[str]:
    r"""Return the files that a page reads in by `\input`, `\include`, `\subfile` and `\import`.

    As written, relative to the page, each once, with `.tex` where TeX would add it. Names that
    commands make up are left out, and so are files that are no LaTeX.
    """
    code = read_code(source.text)
    end = code.text.find("\\end{document}")
    pattern = re.compile(
        r"\\(?:(?P<two>import|subimport|includefrom|subincludefrom|inputfrom|subinputfrom)\*?"
        r"|(?P<one>input|include|subfile|subfileinclude)(?![A-Za-z@]))"
    )
    names: dict[str, None] = {}
    for match in pattern.finditer(code.text, 0, end if end >= 0 else len(code.text)):
        first = code.group(match.end())
        folder = ""
        if match["two"] and first:
            folder = code.text[slice(*first)].strip().rstrip("/") + "/"
            first = code.group(first[1] + 1)
        bare = re.compile(r"[ \t]{1,9}([\w./-]{1,200})").match(code.text, match.end())
        if first:
            name = code.text[slice(*first)].strip().strip('"')
        else:
            name = bare[1] if bare and match["one"] == "input" else ""
        whole = _with_suffix(folder.lstrip("/") + name) if name else ""
        if whole and not re.search(r"[\\#{}\0\r\n]", whole):
            names[whole] = None
    return list(names)


def _with_suffix(name: str) -> str:
    """Return a file's name as TeX looks for it, or "" for one that is no LaTeX."""
    suffix = re.search(r"\.[A-Za-z_]{2,8}\Z", name)
    if suffix is None:
        return f"{name}.tex"
    return name if suffix[0].lower() in _SUFFIXES else ""


def _lists(shown: Shown, areas: Sequence[Area]) -> list[Found]:
    """Return each `thebibliography`, what stands between our markers, and the lists made by hand."""
    page = shown.page
    starts = [area.outer.start for area in areas]
    books: dict[int, list[Block]] = {}
    within: list[list[Block]] = [[] for _ in areas]
    rest: list[Block] = []
    for block in page.blocks:
        at = page.view.starts[block.start]
        area = bisect_right(starts, at) - 1
        if block.item is not None and block.item in shown.items:
            books.setdefault(block.item.listing.start, []).append(block)
        elif area >= 0 and at < areas[area].inner.end:
            within[area].append(block)
        else:
            rest.append(block)
    found = lists.find(page, rest, citations.evidence_of(page))
    for start, blocks in books.items():
        area = bisect_right(starts, start) - 1
        inside = area >= 0 and start < areas[area].inner.end
        found.append(_book(page, blocks, area if inside else -1))
    taken = {one.area for one in found}
    for index, blocks in enumerate(within):
        one = lists.inside(page, blocks, index) if index not in taken else None
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: one.entries[0].parts[0][0])


def _book(page: Page, blocks: list[Block], area: int) -> Found:
    r"""Return the list of a `thebibliography`: every `\bibitem` is a reference."""
    item = blocks[0].item
    assert item is not None
    entries = lists.entries_of(page, Chunk("list", blocks, listing=item.listing))
    return Found(entries, "numbered", (item.listing.start, item.listing.end), area=area)


def _named(listed: references.Listed, found: Sequence[Found], items: dict[Item, str]) -> list[Reference]:
    r"""Return the references, those of `\bibitem` under the key that stands there."""
    keys = sorted(
        (entry.parts[0][0], entry.parts[-1][1], items[entry.item])
        for one in found
        for entry in one.entries
        if entry.item is not None and entry.item in items
    )
    named = []
    for reference, (start, _) in zip(listed.references, listed.places, strict=True):
        index = bisect_right(keys, (start, len(keys) and keys[-1][1], "\U0010ffff")) - 1
        own = index >= 0 and keys[index][0] <= start < keys[index][1]
        named.append(replace(reference, key=keys[index][2]) if own and keys[index][2] else reference)
    return named


def _tied(citation: Citation, named: Sequence[Reference], has_bibliography: bool) -> Citation:
    """Return a citation with the page's own references that it names; others may be in a bibliography."""
    known = {reference.key for reference in named}
    keys = tuple(label for label in citation.labels if label in known)
    lost = () if has_bibliography or not named else tuple(k for k in citation.labels if k not in known)
    return replace(citation, keys=keys, dangling=lost)


def _links(page: Page, places: Sequence[tuple[int, int]]) -> tuple[Link, ...]:
    """Return the links of prose and references, those that commands make and those written out."""
    cited = Ranges(places)
    made = [Link(a.url, a.span, cited.holds(a.at)) for a in page.addresses if "://" in a.url]
    linked = Ranges([(mark.start, mark.end) for mark in page.marks if mark.kind in ("link", "code")])
    for block in page.blocks:
        text = page.view.text[block.start : block.end]
        for url, span in ids.find_urls(text) if "://" in text else []:
            start = block.start + span.start
            if "://" in url and not linked.holds(start):
                made.append(Link(url, page.view.span(start, block.start + span.end), cited.holds(start)))
    return tuple(sorted(made, key=lambda link: (link.span.start, link.span.end)))


def _regions(
    page: Page, source: Source, found: Sequence[Found], listed: references.Listed, areas: Sequence[Area]
) -> tuple[Region, ...]:
    """Return our own markers' regions and the lists made by hand: whole environments, else lines."""
    made: list[Region] = []
    filled = set()
    for one, members in zip(found, listed.members, strict=True):
        if one.area >= 0:
            area = areas[one.area]
            filled.add(one.area)
            made.append(Region("references", area.outer, area.inner, one.layout, area.options, members))
        elif members:
            span = Span(*one.outer) if one.entries[0].item is not None else _lines(page, source, one)
            made.append(Region("list", span, span, one.layout, members=members))
    for index, area in enumerate(areas):
        if index not in filled:
            made.append(Region("references", area.outer, area.inner, options=area.options))
    return tuple(sorted(made, key=lambda region: region.span.start))


def _lines(page: Page, source: Source, one: Found) -> Span:
    """Return the whole lines that a list of paragraphs covers."""
    seen = page.view.span(one.entries[0].parts[0][0], one.entries[-1].parts[-1][1])
    before = max(source.text.rfind("\n", 0, seen.start), source.text.rfind("\r", 0, seen.start))
    behind = re.compile(r"[^\r\n]*").match(source.text, seen.end)
    return Span(before + 1, behind.end() if behind else seen.end)
