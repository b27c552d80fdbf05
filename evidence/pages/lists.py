"""Where a page's reference lists are, and what belongs to them.

A list is found by its heading, by an element or marker that says so, or by what its items look
like. What surely is no reference (causes, symptoms, menus, remarks) is left out: a list must bring
positive evidence unless its heading can hardly head anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from evidence import ids, parsing
from evidence.pages import headings
from evidence.pages.groups import ALIKE, TITLE, Entry, Range, assemble, clean, label_of, units_of
from evidence.pages.headings import SURE
from evidence.pages.view import Block, Item, Listing, Page
from evidence.pages.vocabulary import PROSE_WORDS

#: Level of a line that is a heading by its words alone: below all that markup makes.
LINE_LEVEL = 7
#: Under a heading of reference lists, a paragraph from this likeness on is a reference.
UNDER_HEADING = 0.3
#: Without any heading, a text must look like this to be a reference.
ALONE = 0.65

#: "Mayo Clinic: "Back pain."", "NHS. “Back pain”": a site and a quoted title.
SITE = re.compile(r"[^\W\d_][^\"“„«:]{1,120}[:,.]\s?[\"“„«][^\"“”„«»]{3,200}[\"”“»]?")


@dataclass(slots=True, eq=False)
class Found:
    """A reference list: its entries, how it is laid out, and the source it covers.

    `remarks` are numbers and labels of items that are no references. `area` is the index of our own
    markers around it, or -1.
    """

    entries: list[Entry]
    layout: str
    outer: Range
    remarks: set[str] = field(default_factory=set)
    area: int = -1


@dataclass(slots=True, eq=False)
class Chunk:
    """A heading, a list, or a run of paragraphs."""

    kind: str
    blocks: list[Block]
    level: int = 0
    strength: int = 0
    listing: Listing | None = None


@dataclass(slots=True)
class Evidence:
    """What the rest of the page says: numbers that markers cite, places that links lead to."""

    cited: frozenset[int] = frozenset()
    targets: tuple[int, ...] = ()


def chunks_of(page: Page, blocks: Sequence[Block]) -> list[Chunk]:
    """Put blocks together to headings, lists and runs of paragraphs."""
    chunks: list[Chunk] = []
    lists: dict[Listing, Chunk] = {}
    sizes = Counter(block.item.listing for block in blocks if block.item)
    links = {mark.start for mark in page.marks if mark.kind == "link"}
    for block in blocks:
        among = block.item is not None and (sizes[block.item.listing] > 1 or block.start in links)
        head, rest = (None, block) if among else _split_heading(page, block)
        if head is not None:
            chunks.append(head)
            lists.clear()
        if rest is None:
            continue
        listing = rest.item.listing if rest.item else None
        if listing is not None and rest.item is not None and rest.item.label != "-":
            chunk = lists.get(listing)
            if chunk is None:
                chunk = lists[listing] = Chunk("list", [], listing=listing)
                chunks.append(chunk)
            chunk.blocks.append(rest)
        elif chunks and chunks[-1].kind == "text":
            chunks[-1].blocks.append(rest)
        else:
            chunks.append(Chunk("text", [rest]))
    return _join_sources(page, chunks)


def _join_sources(page: Page, chunks: list[Chunk]) -> list[Chunk]:
    """Read "1. Stem Cells. 2015;33:146-56." with title and authors below it as paragraphs of a text.

    So PubMed's "abstract" format begins, where each numbered line would be a list of its own.
    """
    joined: list[Chunk] = []
    for index, chunk in enumerate(chunks):
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        if chunk.kind == "list" and len(chunk.blocks) == 1 and following and following.kind == "text":
            block = chunk.blocks[0]
            if parsing.is_source_line(clean(page.view.text[block.start : block.end][:1_000])):
                chunk = Chunk("text", [block])
        if chunk.kind == "text" and joined and joined[-1].kind == "text":
            joined[-1].blocks += chunk.blocks
        else:
            joined.append(chunk)
    return joined


def _split_heading(page: Page, block: Block) -> tuple[Chunk | None, Block | None]:
    """Take a heading off a block: one by markup, or a first line that only heads a list.

    An item is one ("7. References" in a text) where it is alone in its list and no link.
    """
    text = page.view.text
    if block.level:
        strength = headings.strength(clean(text[block.start : block.end][: headings.LONGEST * 2]))
        return Chunk("heading", [block], block.level, strength), None
    stop = text.find("\n", block.start, block.end)
    stop = block.end if stop < 0 else stop
    line = text[block.start : stop] if stop - block.start <= headings.LONGEST * 2 else ""
    strength = headings.strength(clean(line)) if line else 0
    if not strength or (block.item is not None and (strength < SURE or stop < block.end)):
        return None, block
    rest = text[stop : block.end].lstrip()
    if rest[:3] in ("===", "---", "***", "___"):
        rest = rest.split("\n", 1)[1].lstrip() if "\n" in rest else ""
    head = Chunk("heading", [block], LINE_LEVEL, strength)
    if not rest:
        return head, None
    if strength < SURE and not line.rstrip().endswith(":"):
        return None, block
    start = block.end - len(rest)
    outer = page.view.starts[start]
    return head, Block(start, block.end, 0, block.item, outer, block.outer_end, block.hint)


def find(page: Page, blocks: Sequence[Block], evidence: Evidence) -> list[Found]:
    """Return the reference lists among the blocks, in order."""
    return list(_walk(page, chunks_of(page, blocks), evidence))


def _walk(page: Page, chunks: list[Chunk], evidence: Evidence) -> Iterator[Found]:
    level = strength = got = 0
    for index, chunk in enumerate(chunks):
        if chunk.kind == "heading":
            if chunk.strength:
                level, strength, got = chunk.level, chunk.strength, 0
            elif chunk.level <= level:
                level = strength = 0
            continue
        under = min(strength, headings.LIKELY) if got else strength
        if chunk.kind == "list":
            found = [_from_list(page, chunk, under, evidence)]
        else:
            last = index + 1 == len(chunks) or chunks[index + 1].kind == "heading"
            found = list(_from_text(page, chunk, under, last, evidence))
            if strength and (got or found) and _ends_in_prose(page, chunk, [f for f in found if f]):
                level = strength = 0
        for one in found:
            if one is not None and one.entries:
                got += len(one.entries)
                yield one


def _ends_in_prose(page: Page, chunk: Chunk, found: list[Found]) -> bool:
    """Whether the last paragraph of a run belongs to no reference."""
    return not found or found[-1].entries[-1].blocks[-1].end < chunk.blocks[-1].end


def inside(page: Page, blocks: Sequence[Block], area: int) -> Found | None:
    """Return all that stands between our own markers: every item and paragraph is a reference."""
    entries: list[Entry] = []
    layout = "paragraphs"
    for chunk in chunks_of(page, blocks):
        if chunk.kind == "list" and chunk.listing is not None:
            entries += entries_of(page, chunk)
            layout = "numbered" if chunk.listing.ordered else "bullets"
        elif chunk.kind == "text":
            made = assemble([unit for block in chunk.blocks for unit in units_of(page, block, True)])
            layout = "numbered" if made and made[0].number is not None else layout
            entries += made
    if not entries:
        return None
    return Found(entries, layout, (entries[0].outer[0], entries[-1].outer[1]), area=area)


def entries_of(page: Page, chunk: Chunk) -> list[Entry]:
    """Return the items of a list; authors and sources that stand as items of their own are joined."""
    by_item: dict[Item, list[Block]] = {}
    for block in chunk.blocks:
        if block.item is not None:
            by_item.setdefault(block.item, []).append(block)
    units = [units_of(page, blocks[0]) for blocks in by_item.values() if len(blocks) == 1]
    flat = [group[0] for group in units if len(group) == 1]
    if chunk.listing is not None and not chunk.listing.ordered and len(flat) == len(by_item) > 2:
        joined = assemble(flat)
        if sum(e.spread for e in joined) > 1 and all(e.spread for e in joined):
            return joined
    return [_item_entry(page, item, blocks) for item, blocks in by_item.items()]


def _item_entry(page: Page, item: Item, blocks: list[Block]) -> Entry:
    number, begin = label_of(page, blocks[0].start, blocks[0].end)
    parts = [part for block in blocks for part in _parts_of(page, block)]
    if number is not None and (item.number is None or number == item.number):
        parts[0] = (begin, parts[0][1])
        parts = [part for part in parts if part[0] < part[1]] or [(blocks[0].start, blocks[0].end)]
    label = item.label
    first = page.view.text[parts[0][0] : parts[0][1]]
    if len(parts) > 1 and len(first) <= 40 and not any(char.isspace() for char in first):
        # the term of a definition list: [Smith2015]
        label, parts = first.strip("[]"), parts[1:]
    entry = Entry(parts, (item.start, item.end), item.number or number, label, item, blocks=blocks)
    text = raw_of(page, entry)
    entry.score = 1.0 if parsing.is_source_line(text) else parsing.likeness(text[:4_000])
    return entry


def _parts_of(page: Page, block: Block) -> list[Range]:
    """Return the lines of a block whose authors or source stand on a line of their own, else the block."""
    if "\n" not in page.view.text[block.start : block.end]:
        return [(block.start, block.end)]
    units = units_of(page, block)
    if not any(unit.kind in ("source", "authors") for unit in units):
        return [(block.start, block.end)]
    return [(block.start, units[0].end), *((unit.start, unit.end) for unit in units[1:])]


def raw_of(page: Page, entry: Entry) -> str:
    """Return the visible text of an entry, its parts on lines of their own."""
    return "\n".join(clean(page.view.text[start:end]) for start, end in entry.parts)


def _is_linked(page: Page, entry: Entry) -> bool:
    """Whether an entry has an identifier or an address, as text or behind a link."""
    start, end = entry.parts[0][0], entry.parts[-1][1]
    if any(start <= address.at < end for address in page.addresses):
        return True
    text = page.view.text[start : min(end, start + 4_000)]
    return bool(ids.find_urls(text) or ids.find(text))


def _from_list(page: Page, chunk: Chunk, strength: int, evidence: Evidence) -> Found | None:
    listing = chunk.listing
    assert listing is not None
    entries = entries_of(page, chunk)
    hint = next((block.hint for block in chunk.blocks if block.hint), "")
    layout = "numbered" if listing.ordered else "bullets"
    if entries[0].number is not None:
        layout = "numbered"
    if listing.footnotes or hint == "notes":
        return _from_notes(page, listing, entries, evidence)
    if not _accepts(page, entries, SURE if hint == "references" else strength, evidence):
        return None
    return Found(entries, layout, (listing.start, listing.end))


def _from_notes(page: Page, listing: Listing, entries: list[Entry], evidence: Evidence) -> Found | None:
    """Footnotes: those that only remark on something are no references."""
    kept = [e for e in entries if not _is_remark(page, e)]
    if not kept:
        return None
    dropped = [e for e in entries if e not in kept]
    remarks = {e.label or str(e.number) for e in dropped}
    layout = "numbered" if not listing.footnotes else "footnotes"
    return Found(kept, layout, (listing.start, listing.end), remarks)


def _is_remark(page: Page, entry: Entry) -> bool:
    """Whether a footnote is a sentence of the author's own: no date, no link, words of prose."""
    text = raw_of(page, entry)
    if entry.score >= UNDER_HEADING or _is_linked(page, entry) or any(char.isdigit() for char in text):
        return False
    words = [word.strip(".,;:()\"'").lower() for word in text.split()]
    return len(words) >= 3 and not PROSE_WORDS.isdisjoint(words)


def _accepts(page: Page, entries: list[Entry], strength: int, evidence: Evidence) -> bool:
    """Whether the items of a list are references, given how surely its heading says so."""
    if strength >= SURE:
        return True
    count = len(entries)
    mean = sum(e.score for e in entries) / count
    good = sum(e.score >= ALIKE for e in entries) / count
    numbers = {e.number for e in entries if e.number is not None}
    cited = len(numbers & evidence.cited) / count
    aimed = sum(any(_holds(e, at) for at in evidence.targets) for e in entries) / count
    if strength:
        if good >= 0.4 or mean >= UNDER_HEADING or cited >= 0.5 or aimed >= 0.5:
            return True
        if strength < headings.LIKELY:
            return False
        linked = sum(_is_linked(page, e) for e in entries) / count
        return linked >= 0.5 or sum(_is_titled(page, e) for e in entries) / count >= 0.6
    if (cited >= 0.6 or aimed >= 0.6) and mean >= 0.15:
        return True
    if count == 1:
        return good == 1 and entries[0].score >= ALONE
    return good >= 0.6 and mean >= ALIKE


def _holds(entry: Entry, at: int) -> bool:
    return entry.blocks[0].start <= at < entry.blocks[-1].end


def _is_titled(page: Page, entry: Entry) -> bool:
    """Whether an item reads "Title. Site." or "Site: Title": two parts and five words, no sentence."""
    text = raw_of(page, entry)
    words = text.split()
    return (
        len(words) >= 4 and text[:1].isupper() and any(mark in text[:-1] for mark in (". ", ": ", "\n", ", "))
    )


def _from_text(
    page: Page, chunk: Chunk, strength: int, last: bool, evidence: Evidence
) -> Iterator[Found | None]:
    """Find references among paragraphs: consecutive ones make one list."""
    under = strength > 0
    made = assemble([unit for block in chunk.blocks for unit in units_of(page, block, under)])
    known = [_is_reference(page, entry, strength, evidence) for entry in made]
    if strength == SURE:
        _fill(page, made, known)
    run: list[Entry] = []
    for entry, belongs in [*zip(made, known, strict=True), (None, False)]:
        if run and entry is not None and belongs and _goes_on(run[-1], entry):
            run.append(entry)
            continue
        if run and (strength or belongs or len(run) > 1 or (last and entry is None) or run[0].blocks[0].hint):
            layout = "numbered" if run[0].number is not None else "paragraphs"
            yield Found(run, layout, (run[0].outer[0], run[-1].outer[1]))
        run = [entry] if belongs and entry is not None else []


def _fill(page: Page, made: list[Entry], known: list[bool]) -> None:
    """Take for references what stands among references of one form under their heading, and is no prose.

    A list is not broken off by one entry that has less in it than the others ("Index. Gems. 2014."),
    and paragraphs that all are short, dated and no sentences are a list of such ("Title. Site. 2015.").
    """
    fair = [_is_fair(page, entry) for entry in made]
    first = next((i for i, belongs in enumerate(known) if belongs), len(known))
    last = len(known) - 1 - next((i for i, belongs in enumerate(reversed(known)) if belongs), len(known))
    inner = known[first : last + 1]
    if sum(inner) >= max(3, 0.6 * len(inner)):
        for index in range(max(first - 1, 0), min(last + 2, len(made))):
            known[index] = known[index] or fair[index]
    either = [k or f for k, f in zip(known, fair, strict=True)]
    if len(made) >= 3 and sum(either) >= 0.8 * len(made):
        known[:] = either


def _is_fair(page: Page, entry: Entry) -> bool:
    """Whether a paragraph can be a reference that has little in it: short, dated, no sentence."""
    text = raw_of(page, entry)
    if entry.number is not None or len(text) >= TITLE or text.endswith(":"):
        return False
    said = {word.strip(".,;:()\"'").lower() for word in text.split()}
    return _dated().search(text) is not None and len(said & PROSE_WORDS) <= 1


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:1[5-9]|20)\d\d(?!\w)|\bn\.\s?d\.|\d[-\u2013]\d")


def _goes_on(last: Entry, entry: Entry) -> bool:
    """Whether an entry is of the same list: a list that counts goes on counting."""
    if last.number is None or entry.number is None:
        return last.number is entry.number
    return entry.number > last.number


def _is_reference(page: Page, entry: Entry, strength: int, evidence: Evidence) -> bool:
    """Whether paragraphs make a reference, given how surely the heading above says so."""
    if entry.spread and entry.score >= 1.0:
        return True
    hint = entry.blocks[0].hint
    if hint == "references":
        strength = SURE
    elif hint == "notes" or (entry.number is not None and entry.number in evidence.cited):
        strength = max(strength, headings.MAYBE)
    if not strength:
        return entry.score >= ALONE
    if entry.spread or entry.score >= UNDER_HEADING + (0 if strength == SURE else 0.1):
        return True
    text = raw_of(page, entry)
    if entry.number is not None:
        return entry.score >= 0.15 or _is_linked(page, entry) or strength == SURE
    if strength < headings.LIKELY or len(text) >= 400 or text.endswith(":"):
        return False
    return _is_linked(page, entry) or SITE.match(text) is not None
