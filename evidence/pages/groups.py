"""Paragraphs and lines that make up references: one each, or one spread over several.

PubMed's summary is title, authors and source on three lines, with or without blank lines between
them; people paste it as it is. Others write a paragraph, a line or a numbered line a reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from evidence import parsing
from evidence.pages.view import Block, Item, Page
from evidence.pages.vocabulary import PROSE_WORDS

#: Longer than this is prose, whatever it looks like (a reference with forty authors has 900).
LONGEST = 3_000
#: A title on a line of its own is not longer.
TITLE = 400
#: From this likeness on, a text is taken for a whole reference.
ALIKE = 0.5

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
Range = tuple[int, int]


@dataclass(slots=True, eq=False)
class Unit:
    """A line or paragraph: `kind` is source, authors, whole, tail or text; `number` its label."""

    start: int
    end: int
    block: Block
    kind: str = ""
    number: int | None = None
    score: float = 0.0
    text: str = field(default="", repr=False)
    label_start: int = -1


@dataclass(slots=True, eq=False)
class Entry:
    """What will be a reference: stretches of the view, its number or its footnote's label."""

    parts: list[Range]
    outer: Range
    number: int | None = None
    label: str = ""
    item: Item | None = None
    score: float = 0.0
    spread: bool = False
    blocks: list[Block] = field(default_factory=list, repr=False)
    label_start: int = -1

    @property
    def begin(self) -> int:
        """Where in the view the entry begins, its number included."""
        if self.item is not None:
            return self.blocks[0].start
        return self.label_start if self.label_start >= 0 else self.parts[0][0]


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        r"\[(?P<square>\d{1,3})\]:?[\s\u00a0]{0,9}"
        r"|\(?(?P<number>\d{1,3})[.)][\s\u00a0]{1,9}"
        r"|(?P<cell>\d{1,3})\.?\t"
        rf"|(?P<raised>[{_SUPERSCRIPTS}]{{1,3}})[\s\u00a0]{{0,9}}"
    )


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        r"(?:PMID|PMCID|doi|https?://|Review\.?\Z|Free (?:PMC )?article|Epub|Available (?:at|from)|\[Epub"
        r"|PubMed\b|Abstract\Z|Accessed|Retrieved)",
        re.IGNORECASE,
    )


def clean(text: str) -> str:
    """Return visible text on one line, with single plain spaces."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())


def label_of(page: Page, start: int, end: int) -> tuple[int | None, int]:
    """Return the number that a line begins with (`[1]`, `1.`, `1)`, superscript) and where its text is."""
    text = page.view.text
    match = _label().match(text, start, end)
    if match is not None:
        digits = match["square"] or match["number"] or match["cell"]
        number = int(digits) if digits else int("".join(str(_SUPERSCRIPTS.index(c)) for c in match["raised"]))
        return number, match.end()
    mark = page.raised.get(start)
    if mark is not None:
        digits = text[start : mark.end].strip(" []")
        if digits.isdecimal() and len(digits) <= 3:
            rest = text[mark.end : end]
            return int(digits), mark.end + len(rest) - len(rest.lstrip(" .\u00a0"))
    return None, start


def units_of(page: Page, block: Block, under: bool = False) -> list[Unit]:
    """Cut a block into the lines that are references, or parts of one; wrapped lines stay together.

    `under`: a heading says that references stand here.
    """
    lines = _lines(page.view.text, block)
    if len(lines) == 1 or block.end - block.start > LONGEST * 20:
        return [_unit(page, block, block.start, block.end)]
    single = [_unit(page, block, start, end) for start, end, _ in lines]
    numbers = [unit.number for unit in single]
    if numbers[0] is not None and any(n == m + 1 for m, n in _pairs([n for n in numbers if n is not None])):
        starts = [index for index, number in enumerate(numbers) if number is not None]
        return _joined(page, block, single, starts)
    indents = [indent for _, _, indent in lines]
    for unit in single:
        judge(unit)
    spread = [unit.kind for unit in single]
    if (
        indents[0] == 0
        and any(indents)
        and not (indents.count(0) == 1 and block.item is not None and {"source", "authors"} <= {*spread})
    ):
        return _joined(page, block, single, [i for i, indent in enumerate(indents) if indent == 0])
    if any(unit.kind in ("source", "authors") for unit in single):
        return single
    ends = [index for index, unit in enumerate(single[:-1], 1) if _is_complete(unit.text)]
    sentences = _joined(page, block, single, [0, *ends])
    for unit in sentences:
        judge(unit)
    if len(sentences) > 1 and all(unit.kind == "whole" for unit in sentences):
        return sentences
    cut = _segmented(page, block)
    if len(cut) == 1 and under and len(single) > 2 and all(_is_complete(unit.text) for unit in single):
        for unit in single:
            unit.kind = "whole"
        return single
    return cut


def _is_complete(text: str) -> bool:
    """Whether a line begins and ends as a reference does, so that it is no wrapped part of one."""
    return (
        bool(text)
        and len(text) < TITLE
        and not text[0].islower()
        and (text[-1] in '.?!"”»)/' or text[-1].isdigit())
    )


def _lines(text: str, block: Block) -> list[tuple[int, int, int]]:
    """Return start, end and indentation of the lines of a block."""
    lines = []
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        bare = line.strip()
        if bare:
            lead = len(line) - len(line.lstrip())
            lines.append((at + lead, at + lead + len(bare), lead if at > block.start else 0))
        at += len(line) + 1
    return lines


def _pairs(numbers: list[int]) -> list[tuple[int, int]]:
    return list(pairwise(numbers))


def _unit(page: Page, block: Block, start: int, end: int) -> Unit:
    number, begin = label_of(page, start, end)
    if begin >= end:
        number, begin = None, start
    if number is None and block.item is not None and start == block.start:
        number = block.item.number
    text = clean(page.view.text[begin : min(end, begin + LONGEST)])
    return Unit(begin, end, block, number=number, text=text, label_start=start)


def _joined(page: Page, block: Block, single: list[Unit], starts: list[int]) -> list[Unit]:
    """Join lines to units that begin at the given ones."""
    units = []
    for index, first in enumerate(starts):
        last = starts[index + 1] if index + 1 < len(starts) else len(single)
        begin, end = single[first], single[last - 1].end
        text = clean(page.view.text[begin.start : min(end, begin.start + LONGEST)])
        units.append(Unit(begin.start, end, block, "", begin.number, 0.0, text, begin.label_start))
    return units


def _segmented(page: Page, block: Block) -> list[Unit]:
    """Let `parsing.segment` cut lines that are wrapped and hold more than one reference."""
    whole = _unit(page, block, block.start, block.end)
    text = page.view.text[whole.start : whole.end]
    if len(text) > LONGEST * 4:
        return [whole]
    spans = parsing.segment(text)
    if len(spans) < 2:
        return [whole]
    units = [_unit(page, block, whole.start + s.start, whole.start + s.end) for s in spans]
    for unit in units:
        judge(unit)
    if all(unit.kind in ("whole", "source") for unit in units):
        units[0].number = whole.number
        return units
    return [whole]


def judge(unit: Unit) -> None:
    """Say what a unit is: a source line, authors, a whole reference, a tail, or other text."""
    if unit.kind:
        return
    text = unit.text
    if len(text) >= LONGEST or len(text) < 4 or _is_prose(text):
        unit.kind = "text"
        return
    if _tail().match(text) and len(text) < 200:
        unit.kind = "tail"
    elif parsing.is_source_line(text):
        unit.kind, unit.score = "source", 1.0
    elif parsing.is_author_line(text):
        unit.kind = "authors"
    else:
        unit.score = parsing.likeness(text)
        unit.kind = "whole" if unit.score >= ALIKE else "text"


def _is_prose(text: str) -> bool:
    """Whether a longer text is a paragraph of sentences: spares most of a page the closer look."""
    if len(text) <= TITLE:
        return False
    said = text.lower().split()
    return sum(word in PROSE_WORDS for word in said) >= max(4, len(said) // 25)


def assemble(units: list[Unit]) -> list[Entry]:
    """Put units together to references; text that belongs to none comes as an entry of its own."""
    for unit in units:
        judge(unit)
    _doubt(units)
    order = _order([unit.kind for unit in units])
    groups: list[list[Unit]] = []
    for unit in units:
        current = groups[-1] if groups else []
        if current and _belongs(unit, current, order):
            current.append(unit)
        else:
            groups.append([unit])
    return [_entry(group) for group in groups]


def _order(kinds: list[str]) -> str:
    """Return which part of a reference comes first where they stand on lines of their own.

    Each source line votes for the order of what stands before and behind it; in a run of references
    the true order has one vote more than the one that is shifted by a line.
    """
    votes = {"text": 0, "authors": 0, "source": 0}
    for at, kind in enumerate(kinds):
        if kind != "source":
            continue
        before, behind = tuple(kinds[max(at - 2, 0) : at]), tuple(kinds[at + 1 : at + 3])
        votes["text"] += before == ("text", "authors")
        votes["authors"] += before == ("authors", "text")
        votes["source"] += behind in (("text", "authors"), ("authors", "text"))
    return max(votes, key=lambda first: votes[first])


def _doubt(units: list[Unit]) -> None:
    """Take what looks like a reference for a title where authors or a source line follow it."""
    for unit, following in pairwise(units):
        if unit.kind == "whole" and following.number is None and len(unit.text) <= TITLE:
            dated = re.search(r"\b(?:19|20)\d\d\b", unit.text) is not None
            if following.kind == "authors" or (following.kind == "source" and not dated):
                unit.kind = "text"


def _belongs(unit: Unit, current: list[Unit], order: str) -> bool:
    """Whether a unit goes on with the reference that is being put together; `order` as of `_order`."""
    if unit.number is not None:
        return False
    kinds = [member.kind for member in current]
    last = current[-1]
    if unit.kind == "tail":
        return "source" in kinds or "whole" in kinds or last.number is not None or "authors" in kinds
    if unit.kind == "whole" or kinds == ["whole"]:
        return False
    if len(last.text) > TITLE and last.kind == "text":
        return False
    if order == "source":
        return unit.kind != "source" and unit.kind not in kinds and "source" in kinds
    if "source" in kinds:
        return False
    if unit.kind == "source":
        return True
    if unit.kind == "authors":
        return "authors" not in kinds and order != "authors"
    # text after text is a wrapped title inside a block, something else in the next
    if kinds[-1] == "text":
        return unit.block is last.block and "authors" not in kinds
    return "text" not in kinds


def _entry(group: list[Unit]) -> Entry:
    kinds = {unit.kind for unit in group}
    spread = "source" in kinds or {"authors", "text"} <= kinds
    score = max(unit.score for unit in group)
    blocks = list(dict.fromkeys(unit.block for unit in group))
    return Entry(
        [(unit.start, unit.end) for unit in group],
        (blocks[0].outer_start, blocks[-1].outer_end),
        number=group[0].number,
        score=score,
        spread=spread and len(group) > 1,
        blocks=blocks,
        label_start=group[0].label_start,
    )
