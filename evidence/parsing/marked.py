"""What the marks of a style say for certain, whatever the model made of the words.

Quotation marks hold a title, "Title. (2016). Journal" ends one, "2 (3063) (September 13):" is volume,
issue and month, and of two years the one in brackets is the year.
"""

from __future__ import annotations

import re
from functools import cache

from evidence.parsing.draft import Draft
from evidence.parsing.vancouver import Run

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
           "Spring", "Summer", "Autumn", "Fall", "Winter")  # fmt: skip
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_YEAR = r"(?:1[5-9]|20)\d\d"
_PATTERNS = {
    "quoted": r"(?:(?<=[.,:)\x01]\s)|(?<=[.,\x01])|^\s*)\"[^\"]{6,600}(?:[.,?!]\"|\"(?=[.,]|\s\())",
    "names": rf"\s*(?P<names>(?:[^\W\d_a-z][\w'-]*\.?,?\s*){{0,3}}?)(?P<year>\(?{_YEAR}[a-z]?\)?[.,]?\s*)?$",
    "year": rf"\W*(?P<year>{_YEAR})[a-z]?\W*$",
    "title_first": rf"[.?!]\s(?P<year>\({_YEAR}[a-z]?\)\.)\s(?=[^\W_a-z])",
    # a number like a year is a volume only where an issue follows it: not "Structures Congress 2010 (May 18)"
    "months": r"(?<=[^\W\d_.)&\"]\s)"
    r"(?P<volume>\d{1,4}(?<!19\d\d)(?<!20\d\d)|\d{4}(?=\s\(\w+\)\s\())\s"
    r"(?:(?P<issue>\(\w{1,9}(?:[-,]\s?[^()]{1,12})?\))\s)?"
    rf"(?P<date>\({_MONTH}[^()]{{0,16}}\))(?=[:.,]|$)",
    # every place is kept where something is missing: "2017. . 2. 136-141"
    "stopped": rf"(?<=\.\s)(?P<date>{_YEAR})\.\s(?P<volume>[A-Z]?\d{{1,4}}|)\.\s"
    r"(?:(?P<issue>[A-Z]?\d{1,4}(?:[-/]\d{1,4})?(?:\s?[A-Z][\w. ]{0,9})?|[A-Z][a-z_]{2,5}|)\.(?:\s|$))?"
    r"(?P<pages>[A-Za-z]{0,3}\d{1,9}[A-Z]?(?:-[A-Za-z]{0,3}\d{1,9}[A-Z]?)?|[ivxl]{1,6}(?:-[ivxl]{1,6})?|no-no|(?<=\.\s))[.\s]*$",
    "bracketed": rf"\s*\({_YEAR}[a-z]?\)",
    "figures": rf"\s*{_YEAR}[\s,.]*",
    "roman": r"\s*[IVX]{1,4}\s*",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name])


def carve(runs: list[Run], label: str, start: int, end: int) -> list[Run]:
    """Give a range to a label: other runs lose what they have of it, its own kind beside it joins it."""
    result: list[Run] = []
    placed = Run(label, start, end, start, end)
    for run in runs:
        if run.end <= start or run.start >= end:
            result.append(run)
            continue
        if run.start < start:
            result.append(run._replace(end=start, high=min(run.high, start)))
        if run.end > end:
            result.append(run._replace(start=end, low=max(run.low, end)))
    at = next((n for n, run in enumerate(result) if run.start >= end), len(result))
    if at < len(result) and result[at].label == label:
        placed = placed._replace(end=result[at].end, high=result[at].high)
        del result[at]
    if at and result[at - 1].label == label:
        at -= 1
        placed = placed._replace(start=result[at].start, low=result[at].low)
        del result[at]
    result.insert(at, placed)
    return result


def read_marks(draft: Draft, runs: list[Run]) -> list[Run]:
    """Return the runs as the marks have them."""
    if draft.rest.count('"') == 2:
        runs = _quoted_title(draft, runs)
    runs = _title_before_year(draft, runs)
    bracketed = "(" in draft.rest and any(f"({month}" in draft.rest for month in _MONTHS)
    if bracketed and (found := _pattern("months").search(draft.rest)):
        for label, value in found.groupdict().items():
            runs = carve(runs, label, *found.span(label)) if value else runs
    tail = max(0, len(draft.rest) - 48)
    dated = draft.rest.find(". 1", tail) >= 0 or draft.rest.find(". 2", tail) >= 0
    if dated and (found := _pattern("stopped").search(draft.rest, tail)):
        paged = found["pages"] or "-" not in (found["issue"] or "")  # else "2018. 11. 175-181. "
        for name in ("date", "volume", "issue", "pages"):
            label = name if paged or name != "issue" else "pages"
            runs = carve(runs, label, *found.span(name)) if found[name] else runs
        return runs
    return _year_or_volume(draft, runs)


def _quoted_title(draft: Draft, runs: list[Run]) -> list[Run]:
    """Give a title the words between its quotation marks, and what stands around them to others."""
    found = _pattern("quoted").search(draft.rest)
    if not found:
        return runs
    start, end = draft.rest.index('"', found.start()), found.end()
    holding = next((run for run in runs if run.start <= start and end <= run.end), None)
    titles = sum(run.label == "title" for run in runs)
    if not holding or holding.label not in ("title", "journal") or titles != (holding.label == "title"):
        return runs
    before = _pattern("names").match(draft.rest, holding.start, start)
    people = any(run.label == "author" and run.end <= holding.start for run in runs)
    if any(c.isalnum() for c in draft.rest[holding.start : start]) and not (before and people):
        return runs  # words of a title before a quotation in it
    if holding.label == "title" and any(c.isalnum() for c in draft.rest[end : holding.end]):
        year = _pattern("year").match(draft.rest, end, holding.end)
        label = "date" if year else _holder(draft, runs, holding)
        runs = carve(runs, label, end, holding.end) if label else runs
    if before and before["names"]:
        runs = carve(runs, "author", *before.span("names"))
    if before and before["year"]:
        runs = carve(runs, "date", *before.span("year"))
    return carve(runs, "title", start, end)


def _holder(draft: Draft, runs: list[Run], title: Run) -> str:
    """Tell what the words behind a quoted title are: the beginning of its journal, a book, or neither."""
    labels = {run.label for run in runs}
    behind = runs[runs.index(title) + 1 :][:1]
    if labels & {"journal", "book"}:
        whole = draft.rest[: title.end].rstrip()[-1:] in (".", "?", "!")  # "Review of Gain, by R. Powers."
        return behind[0].label if behind and behind[0].label in ("journal", "book") and not whole else ""
    if "place" not in labels and behind and behind[0].label == "publisher":
        return "publisher"  # what holds the work, taken for its publisher as a whole
    return "book" if labels & {"publisher", "place", "editor", "translator"} else "journal"


def _title_before_year(draft: Draft, runs: list[Run]) -> list[Run]:
    """Part "Title. (2016). Journal" where nobody is named and the model saw one long title."""
    title = next((run for run in runs if run.label == "title"), None)
    if title is None or any(run.label in ("author", "date") for run in runs):
        return runs
    found = _pattern("title_first").search(draft.rest, title.start, title.end)
    if not found:
        return runs
    runs = carve(runs, "date", *found.span("year"))
    return carve(runs, "journal", found.end(), title.end) if found.end() < title.end else runs


def _year_or_volume(draft: Draft, runs: list[Run]) -> list[Run]:
    """Read as volume a number like a year between journal and pages where the year stands in brackets before.

    And "Physique IV 1991, 02": Roman figures before the year belong to the journal if a volume follows it.
    """
    labels = [run.label for run in runs]
    for at in range(1, len(runs) - 1):
        around = labels[at - 1 : at + 2]
        words = draft.rest[runs[at].start : runs[at].end]
        if around == ["journal", "date", "pages"] and "volume" not in labels:
            dated = any(
                one.label == "date" and _pattern("bracketed").match(draft.rest, one.start, one.end)
                for one in runs[:at]
            )
            if dated and _pattern("figures").fullmatch(words):
                return [*runs[:at], runs[at]._replace(label="volume"), *runs[at + 1 :]]
        undated = around == ["journal", "volume", "pages"] and "date" not in labels
        if undated and _pattern("figures").fullmatch(words):  # "Communications in Physics 2012, 22."
            return [*runs[:at], runs[at]._replace(label="date"), *runs[at + 1 :]]
        roman = around == ["journal", "volume", "date"] and _pattern("roman").fullmatch(words)
        if roman and "volume" in labels[at + 2 :]:
            return carve(runs, "journal", runs[at].start, runs[at].end)
    return runs
