"""From the model's labels to the fields of a draft: which run of words a field is, narrowed to its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from evidence.model import Date
from evidence.parsing.dates import read_date
from evidence.parsing.draft import TAKEN, Draft
from evidence.parsing.lines import layout_of
from evidence.parsing.locator import find_locator, take_locator
from evidence.parsing.mending import mend, pattern
from evidence.parsing.model import labels_of
from evidence.parsing.sentences import sentences
from evidence.parsing.types import pubtype, type_of
from evidence.parsing.vancouver import Run
from evidence.parsing.words import words_of

_PATTERNS = {
    "lead_editors": r"[\s\"'(\[]*(?:(?:in|dans|em|en)\s?:?\s)?[\s(\[]*(?:(?:eds?\.?|edited|éd\.?|hrsg\.?"
    r"|dir\.?|sous la direction|herausgegeben|volume editors?:?|comp\.?)(?:\s(?:by|par|de|von))?"
    r"(?:\s|$))?[\s,:]*",
    "issue": r"[\s(\[]*(?:(?:no|nr|nos|num|núm|n|h|iss|issue|heft|number|numéro|numero|fasc|nº|n°|№)"
    r"(?![^\W\d_])[\s.:°º]*)?",
    "volume": r"(?<![^\W_])(?:\d{1,5}(?:[A-Za-z](?![^\W\d_])|(?:[-/]\d{1,4}))?"
    r"|[A-Z]{1,3}-?\d{1,4}[A-Z]?)(?!\w)",
    "roman": r"(?<!\w)(?:[IVXLCDM]+|[ivxlcdm]{2,}|[A-Z])(?!\w)",
    "joint": r"(\d{1,4})[.,/:](\d{1,4}(?:-\d{1,3})?)$",
    "pages": r"[A-Z]\d{1,2}-\d+(?:-[A-Z]\d{1,2}-\d+)?"
    r"|no\s?-{1,2}\s?no(?!\w)|[A-Za-z]{0,3}\d[\w.]*(?:\s?-{1,2}\s?[A-Za-z]{0,3}\d[\w.]*)?|[ivxlcdm]+\s?-{1,2}\s?[ivxlcdm]+"
    r"|(?<!\w)[ivxlc]{1,7}(?!\w)",
    "both": r"[\s(\[]*(\d{1,4})\s?\((\d{1,4}(?:-\d{1,3})?)\)?\W*$",
    "months": r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:-[a-z]{3,9}\.?)?$",
    "count": r"\d+\s?(?:p|pp|s|pages|pgs|seiten|с)\b(?!-)\.?",
    "translated": r"trans|trad|übers|перев",
    "authors": r"[\s\"(\[]*(?:by|von|par|por)\s",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name], 0 if name in ("volume", "roman", "joint") else re.IGNORECASE)


def read_draft(draft: Draft) -> str:
    """Set the fields of a draft and return the CSL type of the work.

    PubMed's three lines say by their layout what they are; everything else is the model's.
    """
    if "\n" in draft.plain.strip():
        lines = layout_of(_left_by_lines(draft))
        if lines:
            return _read_lines(draft, *lines)
    return read_words(draft)


def _left_by_lines(draft: Draft) -> str:
    """Return what is left with the newlines of the text."""
    return "".join(
        "\n" if old == "\n" and new == " " else new for old, new in zip(draft.plain, draft.rest, strict=True)
    )


def _read_lines(
    draft: Draft, title: tuple[int, int], authors: tuple[int, int], source: tuple[int, int]
) -> str:
    """Read PubMed's three lines."""
    draft.set("author", *draft.trim(*authors, " \n.,;" + TAKEN))
    draft.set_title(*title)
    start, end = source
    draft.rest = TAKEN * start + draft.rest[start:end] + TAKEN * (len(draft.rest) - end)
    found = find_locator(draft, start)
    if found:
        take_locator(draft, found)
    _take_pubtype(draft, found.end if found else start)
    chunks = draft.chunks(start)
    if chunks:
        draft.set("container", *chunks[0])
    return "article-journal"


def _take_pubtype(draft: Draft, start: int) -> None:
    """Take PubMed's type of publication that stands behind everything else ("Review.")."""
    for low, high in draft.chunks(start):
        words = " ".join(draft.rest[low:high].split()).strip(" .")
        if pubtype().fullmatch(words):
            draft.extra.setdefault("pubtype", words)
            draft.take(low, high)


def read_words(draft: Draft) -> str:
    """Set the fields of a draft by the model's labels and return the CSL type of the work."""
    runs = mend(draft, _runs(draft))
    by_label: dict[str, list[Run]] = {}
    for run in runs:
        by_label.setdefault(run.label, []).append(run)
    _set_people(draft, by_label)
    title = _longest(by_label.get("title", ()))
    if title and any(c.isalnum() for c in draft.rest[title.start : title.end]):
        draft.set_title(title.start, _end_of_title(draft, title))
    _set_container(draft, by_label)
    for label in ("publisher", "place", "edition"):
        if longest := _longest(by_label.get(label, ())):
            low, high = draft.trim(longest.start, longest.end, " .,;:()[]|\"'" + TAKEN)
            draft.set(label, *_full_stop(draft, low, high))
    _set_volume(draft, by_label)
    _set_pages(draft, by_label)
    _set_date(draft, by_label)
    _set_notes(draft, by_label)
    return type_of(
        draft, set(by_label), " ".join(draft.rest[r.start : r.end] for r in by_label.get("genre", ()))
    )


def _end_of_title(draft: Draft, title: Run) -> int:
    """Return where a title ends: "Review." behind it, at the end of a text, is its type of publication."""
    parts = sentences(draft.rest, title.start, title.end)
    if len(parts) > 1 and not any(c.isalnum() for c in draft.rest[title.end :]):
        start, end = parts[-1]
        words = draft.rest[start:end].strip(" ." + TAKEN)
        if pubtype().fullmatch(words):
            draft.extra.setdefault("pubtype", words)
            return start
    return title.end


def _runs(draft: Draft) -> list[Run]:
    rest, words = draft.rest, words_of(draft.rest)
    labels = [
        "id" if rest[word.start] == TAKEN else label
        for word, label in zip(words, labels_of(rest, words), strict=True)
    ]
    starts = [at for at, label in enumerate(labels) if not at or label != labels[at - 1]]
    return [
        Run(labels[first], words[first].start, words[stop - 1].end, words[first].low, words[stop - 1].high)
        for first, stop in pairwise((*starts, len(labels)))
    ]


def _longest(runs: list[Run] | tuple[()]) -> Run | None:
    """Return the longest run; of two as long the first."""
    return max(runs, key=lambda run: run.end - run.start, default=None)


def _set_people(draft: Draft, runs: dict[str, list[Run]]) -> None:
    for run in runs.get("author", ()):
        start, end = draft.trim(run.start, run.end, " \n,;:&*")
        if lead := _pattern("authors").match(draft.rest, start, end):
            start = lead.end()
        if any(c.isalpha() for c in draft.rest[start:end]):
            editors = _trailing(draft, start, end)
            draft.set("author", start, editors)
            break
    for run in runs.get("editor", ()):
        if _pattern("translated").match(draft.rest, run.low):
            continue
        start, end = draft.trim(run.start, run.end, " \n,;:&*")
        lead = _pattern("lead_editors").match(draft.rest, start, end)
        start = lead.end() if lead else start
        end = _trailing(draft, start, end)
        start, end = draft.trim(start, end, " \n,;:&*()")
        if any(c.isalpha() for c in draft.rest[start:end]):
            draft.set("editor", start, end)
            break


def _trailing(draft: Draft, start: int, end: int) -> int:
    """Return where a list of people ends without "(Eds.)" behind it."""
    found = pattern("editors").search(draft.rest, max(start + 1, end - 24), end)
    if found and re.fullmatch(r"\s[A-Z]{2,4}\.?", found.group()):
        return end  # "Loeffel ED": initials
    if not found:
        return end
    stop = found.start()
    if re.fullmatch(r"[\s.][A-Z]\.", draft.rest[stop - 2 : stop + 1]):
        stop += 1  # "Ewing, David W. (ed.)": the full stop is the initial's
    return draft.trim(start, stop, " \n,;:&*")[1]


def _set_container(draft: Draft, runs: dict[str, list[Run]]) -> None:
    for label in ("journal", "book", "series"):
        run = _longest(runs.get(label, ()))
        if run is None or "container" in draft.fields:
            continue
        start, end = draft.trim(run.start, run.end)
        lead = pattern("in").match(draft.rest, start, end)
        if lead and lead.end() < end:
            start, end = draft.trim(lead.end(), end)
        draft.set("container", *_full_stop(draft, start, end))


def _full_stop(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """Keep the full stop of an abbreviation: "N. Engl. J. Med."; "U.S."."""
    if draft.rest[end : end + 1] != ".":
        return start, end
    text = draft.rest[start:end]
    dotted = re.search(r"[^\W\d_]\.\s?[^\W\d_]", text)
    last = text.split()[-1] if text.split() else ""
    return start, end + bool(dotted and len(last.rpartition(".")[2]) < 9)


def _set_volume(draft: Draft, runs: dict[str, list[Run]]) -> None:
    rest = draft.rest
    issues = [run for run in runs.get("issue", ()) if not _pattern("months").match(rest, run.low, run.high)]
    for run in runs.get("volume", ()):
        found = _pattern("volume").search(rest, run.start, run.end)
        found = found or _pattern("roman").search(rest, run.start, run.end)
        if not found:
            continue
        joint = None if issues else _pattern("joint").match(rest[found.start() : run.high])
        if joint:
            draft.set("volume", found.start(), found.start() + joint.end(1))
            draft.set("issue", found.start() + joint.start(2), found.start() + joint.end(2))
        else:
            draft.set("volume", *found.span())
        break
    for run in issues:
        lead = _pattern("issue").match(rest, run.start, run.end)
        start, end = draft.trim(lead.end() if lead else run.start, run.end)
        both = None
        if "volume" not in draft.fields:  # "n° 95(2)", "7.1": the number of a volume and its issue
            named = lead is not None and any(c.isalpha() for c in lead.group())
            both = _pattern("both").match(rest, start, end)
            both = both or (None if named else _pattern("joint").match(rest[: run.high], start))
        if both:
            draft.set("volume", *both.span(1))
            draft.set("issue", *both.span(2))
            break
        start, end = draft.trim(start, end, " ()[].,;:")
        closed = rest.find(")", start, end)  # "9(45)(Special number)"
        if closed >= 0 and "(" not in rest[start:closed]:
            end = closed
        if any(c.isalnum() for c in rest[start:end]):
            draft.set("issue", start, end)
            break


def _set_pages(draft: Draft, runs: dict[str, list[Run]]) -> None:
    rest = draft.rest
    for run in runs.get("pages", ()):
        start, end = draft.trim(run.start, run.end, " ,.;:()[]\"'")
        if found := _pattern("count").match(rest, start, end):
            draft.set("pages", *draft.trim(*found.span()))
            return
        found = _pattern("pages").search(rest, start, end)
        if not found:
            continue
        last = found
        for more in _pattern("pages").finditer(rest, found.end(), end):
            gap = rest[last.end() : more.start()]
            if gap.strip(" ,;&") not in ("", "and"):
                break
            last = more
        draft.set("pages", *draft.trim(found.start(), last.end(), " ."))
        return


def _dates(draft: Draft, runs: dict[str, list[Run]]) -> Iterator[tuple[Run, Date]]:
    for run in runs.get("date", ()):
        date = read_date(draft.plain[run.start : run.end])
        if date:
            yield run, date


def _set_date(draft: Draft, runs: dict[str, list[Run]]) -> None:
    if draft.issued is not None:
        return
    found = list(_dates(draft, runs))
    if not found:
        return
    run, date = found[0]
    for other, fuller in found[1:]:
        if fuller.year == date.year and fuller.month and not date.month:
            run, date = other, fuller
            break
    draft.issued = date
    draft.set("date", *draft.trim(run.start, run.end, " ,.;:()[]"))


def _set_notes(draft: Draft, runs: dict[str, list[Run]]) -> None:
    for run in (*runs.get("note", ()), *runs.get("other", ())):
        words = " ".join(draft.rest[run.start : run.end].split()).strip(" .")
        if pubtype().fullmatch(words):
            draft.extra.setdefault("pubtype", words)
