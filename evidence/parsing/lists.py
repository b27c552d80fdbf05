"""A pasted list into references: numbers, bullets, blank lines, hanging indents, PubMed's three lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from evidence.model import Span
from evidence.parsing.cuts import cut, goes_on
from evidence.parsing.draft import plain
from evidence.parsing.judging import judge
from evidence.parsing.lines import is_author_line, is_source_line
from evidence.parsing.runs import Mark, longest_run, marks_within

#: Over this a text is taken for a whole reference.
_WHOLE = 0.6
#: An item shorter than this is one reference.
_SHORTEST = 120
#: The form of a number that only white space follows.
_ALONE = " "


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    indent: int
    gap: bool  # a blank line stands before it
    number: int | None
    form: str  # of the number: "[", "(", ")", ".", or what stands alone
    bullet: bool


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    marked: bool
    number: int | None = None


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(
        r"[ \t\xa0]{0,20}(?:(?P<open>[\[(]?)(?P<number>\d{1,4})(?P<close>[\]).]|(?=\t))"
        r"(?=[ \t\xa0]|(?<=\])\S|$)|(?P<alone>\d{1,3})(?=[ \xa0][^\W\d_a-z])"
        r"|(?P<bullet>[•▪◦‣·*●○–-])(?=\s{1,20}\D))"
    )


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(
        r"\W{0,6}(?:\d{1,2}\.?\s)?(?:references?|bibliography|sources?|literature(?:\scited)?"
        r"|works\scited|citations?|notes|endnotes"
        r"|(?:suggested|further|additional|recommended)\sreadings?|selected\sreferences"
        r"|literatur(?:verzeichnis)?|quellen"
        r"|références|bibliographie|bibliografía|referencias)(?:\s(?:cited|list|and\snotes))?\W{0,6}$",
        re.IGNORECASE,
    )


def split_list(text: str) -> list[Span]:
    """Split a pasted list into references; each span is one, without the white space around it.

    Headings such as "References" and numbers of pages are left out, nothing else is.
    """
    lines = _lines(text)
    _keep_sequence(lines)
    begun = set() if _is_marked(text, lines) else cut(text)
    items = _items(text, lines, begun)
    following = [item.number for item in items[1:]] + [None] * bool(items)
    items = [
        p for item, up_to in zip(items, following, strict=True) for p in _inside(text, item, up_to, begun)
    ]
    items = _merge_three(text, items)
    return [Span(i.start, i.end) for i in items if _is_item(text[i.start : i.end])]


def _is_item(text: str) -> bool:
    """Whether a part of a list is neither a heading nor the number of a page."""
    return not (text.isdigit() or _heading().match(plain(text)))


def _lines(text: str) -> list[_Line]:
    result: list[_Line] = []
    gap = False
    for found in re.finditer(r"[^\r\n]*(?:\r\n?|\n|$)", text):
        raw = found.group().rstrip("\r\n")
        bare = raw.strip()
        if not bare:
            gap = gap or found.group() != ""
            continue
        start = found.start() + len(raw) - len(raw.lstrip())
        mark = _mark().match(raw)
        figure = (mark["number"] or mark["alone"]) if mark else None
        number = int(figure) if figure else None
        form = mark["open"] or mark["close"] or _ALONE if mark and figure else ""
        bullet = bool(mark and mark["bullet"])
        indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(8))
        result.append(_Line(start, start + len(bare), indent, gap, number, form, bullet))
        gap = False
    return result


def _keep_sequence(lines: list[_Line]) -> None:
    """Keep numbers that count up; a line that happens to begin with a figure loses its number."""
    marks = [Mark(line.start, line.number, line.form, 1.0) for line in lines if line.number is not None]
    run = longest_run([mark for mark in marks if mark.form != _ALONE])
    if not run:
        # "12 Smith" may be the end of a broken line: such numbers count from 1, to three at least
        run = longest_run(marks, again=False)
        run = run if len(run) > 2 and run[0].number == 1 else []
    kept = {mark.at for mark in run}
    if not kept and lines and lines[0].number == 1 and lines[0].form != _ALONE:
        kept = {lines[0].start}
    for line in lines:
        if line.start not in kept:
            line.number = None


def _is_marked(text: str, lines: list[_Line]) -> bool:
    """Whether most items say by a number, a bullet or their indent where they begin."""
    marks = sum(1 for line in lines if line.number is not None or line.bullet)
    return (marks > 1 and 4 * marks >= sum(1 for line in lines if line.gap)) or _hanging(text, lines) != ""


def _inside(text: str, item: _Item, up_to: int | None, begun: set[int]) -> list[_Item]:
    """Split an item that holds several references in one paragraph: "[1] … [2] …", or one behind another.

    `up_to` is the number of the item behind it.
    """
    if item.end - item.start < _SHORTEST:
        return [item]
    cuts = _counted(text, item, up_to)
    if not cuts and not item.marked:
        cuts = sorted(at for at in begun if item.start < at < item.end)
    bounds = [item.start, *cuts, item.end]
    return [
        _Item(a, a + len(text[a:b].rstrip(" ;\r\n\t\xa0")) if b < item.end else b, item.marked)
        for a, b in pairwise(bounds)
    ]


def _counted(text: str, item: _Item, up_to: int | None) -> list[int]:
    """Return where the second and later of numbered references begin inside one paragraph."""
    marks = marks_within(text, item.start, item.end)
    if not marks or (item.number is not None and up_to == item.number + 1):
        return []
    lead = plain(text[item.start : marks[0].at])
    if lead.strip() and not _heading().match(lead):
        return []
    first = marks[0]
    marks = [m for m in marks if m.form == first.form and first.number <= m.number < (up_to or 10_000)]
    run = longest_run(marks, again=False)
    if not run or run[0] != first or sum(mark.weight for mark in run) < 0.5 * len(run):
        return []
    return [mark.at for mark in (run if lead.strip() else run[1:])]


def _items(text: str, lines: list[_Line], begun: set[int]) -> list[_Item]:
    """Group lines into items."""
    items: list[_Item] = []
    hanging = _hanging(text, lines)
    numbered = sum(1 for line in lines if line.number is not None) > 1
    for at, line in enumerate(lines):
        marked = line.number is not None or line.bullet
        if not items or marked or _begins(text, lines, at, items[-1], hanging, numbered, begun):
            items.append(_Item(line.start, line.end, marked, line.number))
        else:
            items[-1].end = line.end
    return items


def _hanging(text: str, lines: list[_Line]) -> str:
    """Tell which lines begin items where indents tell: "flush", "indented", or "" where they do not."""
    deep = sum(1 for line in lines if line.indent >= 2 and not line.gap)
    flush = sum(1 for line in lines if line.indent < 2)
    if not deep or flush < 2 or any(line.number is not None for line in lines):
        return ""
    first = next((at for at, x in enumerate(lines) if not _heading().match(plain(text[x.start : x.end]))), 0)
    follows = lines[first + 1].indent if first + 1 < len(lines) else 0
    return "indented" if lines[first].indent >= 2 > follows and deep > 1 else "flush"


def _begins(
    text: str, lines: list[_Line], at: int, item: _Item, hanging: str, numbered: bool, begun: set[int]
) -> bool:
    """Whether an unmarked line begins a new item."""
    line = lines[at]
    if line.gap:
        # a blank line inside a numbered item is seldom; an indented line goes on with it
        return not (
            item.marked and numbered and line.indent >= 2 and judge(text[line.start : line.end]) < _WHOLE
        )
    if hanging:
        return (line.indent < 2) == (hanging == "flush")
    if item.marked:
        return False
    before = text[item.start : item.end]
    last = text[lines[at - 1].start : lines[at - 1].end]
    here = text[line.start : line.end]
    if goes_on(here):
        return False
    if is_source_line(last):
        return True
    if (is_source_line(here) or is_author_line(here)) and judge(before) < _WHOLE:
        return False
    if len(before) < 100 and _heading().match(plain(before)):
        return True
    return line.start in begun


def _merge_three(text: str, items: list[_Item]) -> list[_Item]:
    """Join title, authors and source that blank lines keep apart."""
    result: list[_Item] = []
    for item in items:
        parts = 0
        if not item.marked and is_source_line(text[item.start : item.end]):
            parts = _parts_before(text, result)
        if parts:
            first = result[-parts]
            result[-parts:] = [_Item(first.start, item.end, first.marked)]
        else:
            result.append(item)
    return result


def _parts_before(text: str, before: list[_Item]) -> int:
    """Return how many of the last items belong to the source line behind them: title and authors."""
    texts = [text[i.start : i.end] for i in before[-2:]]
    if len(texts) == 2 and not before[-1].marked:
        for title, authors in ((texts[0], texts[1]), (texts[1], texts[0])):
            if is_author_line(authors) and not is_source_line(title) and not _heading().match(plain(title)):
                return 2
    if texts and "\n" in texts[-1]:
        lines = [line for line in texts[-1].splitlines() if line.strip()]
        if any(is_author_line(line) for line in lines):
            return 1
    if texts and is_author_line(texts[-1]):
        return 1
    return 0
