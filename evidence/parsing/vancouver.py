"""Vancouver's form, read by its locator.

What stands before "2015 Jan;33(1):146-56" can only be authors, title and journal, each ended by a full
stop, authors first or second (PubMed's pages put the title first). Names with bare initials are as sure
as the locator is (ICMJE, Recommendations, section IV.A.3; Citing Medicine, chapter 1), so that a title
may hold any marks and any figures.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from evidence.names import is_organisation
from evidence.parsing.draft import TAKEN, Draft
from evidence.parsing.sentences import sentences


class Run(NamedTuple):
    """Words of one label that follow one another: their range, and that of the last word's core."""

    label: str
    start: int
    end: int
    low: int
    high: int


#: "no-no" is what some registries print where there are none.
_PAGE = r"(?:[A-Za-z]{0,3}\d\w{0,11}(?:\.[A-Za-z]\d{1,4})?|[ivxlc]{1,7}|no(?=\s?-)|(?<=-)no|(?<=-\s)no)"
_DATE = r"(?<![\w;])(?P<date>(?:1[89]|20)\d\d(?:\s[A-Z][a-z]{2}[^;:\x01.]{0,12})?)"
_PATTERNS = {
    # the date of Vancouver's locator and its volume
    "date": r"(?<![\w;])(?:1[89]|20)\d\d(?:\s[A-Z][a-z]{2}[^;\x01.]{0,12})?;\s?\(?[A-Za-z]{0,2}\d",
    "locator": _DATE + r"[\s\x01]{0,40}(?:;\s?|,\s(?=\d{1,4}(?:\s?\(|:\s?\w{1,9}-)))(?:n°\s?|vol\.?\s?)?"
    r"(?P<volume>[A-Za-z]{0,2}\d{1,4}(?:-\d{1,4})?)"
    r"(?:\s?\((?P<issue>[^()\x01]{1,40})\)|\s(?P<part>(?:Suppl|Pt|Part|Spec)[^:;()\x01]{0,14}))?"
    rf"\s?:\s?(?P<pages>{_PAGE}(?:\s?-{{1,3}}\s?{_PAGE})?(?:,\s{_PAGE}(?:-{_PAGE})?)?)(?=[\s.,;\x01]|$)",
    "name": r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|ter|ten|bin|ibn|af|zu|Mc|d')"
    r"\s{0,3}){0,3}"
    r"[^\W\d_a-z][^\W\d_'’]*(?:['’-]\s?[^\W\d_]+)*"
    r"(?:\s{1,3}(?:(?:van|von|der|den|de|del|di|da|dos|du|la|e|y)\s{1,3}){0,2}[^\W\d_a-z][^\W\d_]*"
    r"(?:['’-][^\W\d_]+)*){0,3}"
    r"\s{1,3}(?:[A-ZÀ-ÖØ-Þ]-?){1,4}(?:,?\s{1,3}(?:Jr|Sr|2nd|3rd|4th|II|III|IV))?",
    "between": r",\s{1,3}(?:(?:and|&)\s{1,3})?|;\s{1,3}|\s{1,3}(?:and|&)\s{1,3}"
    r"|,?\s{1,3}(?:for|on\s{1,3}behalf\s{1,3}of)\s{1,3}(?:the\s{1,3})?",
    "edge": r"[,;.:]|\s{1,3}(?:and|&|et|for|on)\s|$",
    "etal": r"[,;]?\s{1,3}(?:et\s{1,3}al\.?|and\s{1,3}others)(?=[\s.,;:]|$)",
    "end": r"(?P<mark>[.?!:])[\]\"')]{0,2}\s{1,9}(?=[^\W_]|[\[\"'(¿¡])",
    "han": r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]",
    "han_names": r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·]{2,8}"
    r"(?:[,，、;；]\s?[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·]{1,8}){0,40}[,，]?\s?(?:等|他|외)?[.．。]?",
}
#: What the model may say about the words behind a locator; all else stands before it.
_BEHIND = frozenset({"id", "note", "other", "genre", "number", "identifier"})


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name])


def read_compact(draft: Draft, runs: list[Run]) -> list[Run] | None:
    """Return the runs as the locator has them; None where there is no such locator or no sure names."""
    rest = draft.rest
    known = [run for run in runs if run.label not in ("id", "number")]
    whole = _pattern("locator").search(rest) if known else None
    found = whole or (_pattern("date").search(rest) if known else None)
    if not found or found.start() <= known[0].start:
        return None
    start = known[0].start
    front = rest[: found.start()].rstrip(" ,;" + TAKEN)
    taken = front.find(TAKEN, start)
    if taken >= 0:
        if any(draft.plain[at] not in "[" for at in _beginnings(front, start)):
            return None
        front = front.replace(TAKEN, " ")
    head = _head(front, start, runs)
    if whole is not None and (head is None or head[0].label == "journal"):
        behind = _behind(rest, whole.end()) if len(sentences(front, start, len(front))) < 3 else None
        if behind:
            head = [_run("journal", start, len(front))]
            return [*_before(runs, start), *head, *_figures(whole), *behind, *_after(runs, behind[-1].end)]
    if head is None:
        return None
    if whole is None:
        tail = [run for run in runs if run.start >= found.start() and run.label != "journal"]
        return [*_before(runs, start), *head, *tail]
    return [*_before(runs, start), *head, *_figures(whole), *_after(runs, whole.end())]


def _beginnings(front: str, start: int) -> list[int]:
    """Return where each stretch that was taken begins."""
    return [at for at in range(start, len(front)) if front[at] == TAKEN and front[at - 1] != TAKEN]


def _run(label: str, start: int, end: int) -> Run:
    return Run(label, start, end, start, end)


def _before(runs: list[Run], start: int) -> list[Run]:
    return [run for run in runs if run.end <= start]


def _after(runs: list[Run], end: int) -> list[Run]:
    return [run for run in runs if run.start >= end and run.label in _BEHIND]


def _figures(found: re.Match[str]) -> list[Run]:
    """Return the fields of the locator."""
    names = ("date", "volume", "issue", "part", "pages")
    return [
        _run("issue" if name == "part" else name, *found.span(name)) for name in names if found.group(name)
    ]


def _head(front: str, start: int, runs: list[Run]) -> list[Run] | None:
    """Read what stands before the locator: authors and title in either order, then the journal."""
    if _pattern("han").search(front, start):
        return _han(front, sentences(front, start, len(front)))
    starts = [found.end() for found in _pattern("end").finditer(front, start) if found["mark"] != ":"]
    if not starts:
        return None if _names(front, start) else [_run("journal", start, len(front))]
    first = _names(front, start)
    if first and first.sure == 1:
        second = _names(front, first.after)
        told = any(run.label == "author" and run.start <= start < run.end for run in runs)
        last = second and second.after < len(front) and not any(at > second.after for at in starts)
        if second and last and (second.sure > 1 or not told):
            return _title_first(front, start, second)  # "Vitamin D. Smith JA. Nutrients.": no name, a title
    if first:
        return _titled(front, start, first.end, first.after, runs)
    for at in starts[:12]:
        block = _names(front, at)
        if block and block.after < len(front):
            return _title_first(front, start, block)
    parts = sentences(front, start, len(front))
    if len(parts) > 2 and is_organisation(front[slice(*parts[0])].strip(" .")):
        leading = next((run for run in runs if run.start == start), None)
        if leading and leading.label == "author":
            return _titled(front, start, parts[0][1], parts[1][0], runs)
    return None


class People(NamedTuple):
    """A list of people: where it ends, where what follows begins, how many are surely names."""

    start: int
    end: int
    after: int
    sure: int


def _names(front: str, start: int) -> People | None:
    """Return the list of people that begins here and is ended by a full stop or colon, if it is one.

    The first is a name with bare initials, and so is at least every second; the others may be groups.
    """
    first = _pattern("name").match(front, start)
    if not first or not _pattern("edge").match(front, first.end()):
        return None
    for tried, stop in enumerate(_pattern("end").finditer(front, start)):
        if tried > 2 or stop["mark"] in "?!":
            break
        words = _pattern("etal").sub("", front[start : stop.start()])
        if front[stop.start() - 3 : stop.start()] == " al" and stop["mark"] == ".":
            words = _pattern("etal").sub("", front[start : stop.start() + 1])
        pieces = [piece for piece in _pattern("between").split(words) if piece.strip()]
        sure = sum(bool(_pattern("name").fullmatch(piece)) for piece in pieces)
        if sure and 2 * sure >= len(pieces) and all(_may_be_one(piece) for piece in pieces):
            if re.match(r"[A-Z]\.\s?[A-Z][.a-z]", front[stop.end() : stop.end() + 5]) and words[-2:-1] == " ":
                return None  # "Smith J. A. Title": dotted initials
            return People(start, stop.start() + 1, stop.end(), sure)
    return None


def _may_be_one(piece: str) -> bool:
    """Whether a piece of a list of people is a name or a group."""
    if _pattern("name").fullmatch(piece):
        return True
    if len(piece) == 1 or any(mark in piece for mark in ".?!:"):
        return False  # "Coleman B, L. Piponniau": an initial of the next
    if is_organisation(piece):
        return True
    words = piece.split()
    return len(words) < 5 and (words[-1].isupper() or piece in ("Jr", "Sr", "3rd", "2nd"))


def _title_first(front: str, start: int, block: People) -> list[Run]:
    """Read a title, people behind it and the journal behind them."""
    return [
        _run("title", start, block.start),
        _run("author", block.start, block.end),
        _run("journal", block.after, len(front)),
    ]


def _titled(front: str, start: int, end: int, after: int, runs: list[Run]) -> list[Run]:
    """Read what follows the authors: the title's sentences, the last one the journal."""
    behind = sentences(front, after, len(front))
    ends = [found.end() for found in _pattern("end").finditer(front, after) if found["mark"] != ":"]
    told = next((run.start for run in runs if run.label == "journal" and run.start in ends), 0)
    if not ends:  # what stands before the date is the journal
        return [_run("author", start, end), _run("journal", after, len(front))]
    cut = told or (behind[-1][0] if len(behind) > 1 else ends[-1])
    return [_run("author", start, end), _run("title", after, cut), _run("journal", cut, len(front))]


def _behind(rest: str, start: int) -> list[Run] | None:
    """Read authors and title that stand behind the locator."""
    while start < len(rest) and rest[start] in " .,;":
        start += 1
    stop = rest.find(TAKEN, start)
    stop = len(rest) if stop < 0 else stop
    block = _names(rest[:stop], start)
    if block is None or not rest[block.after : stop].strip(" .,"):
        return None
    title = sentences(rest, block.after, stop)
    return [_run("author", block.start, block.end), _run("title", block.after, title[-1][1])]


def _han(front: str, parts: list[tuple[int, int]]) -> list[Run] | None:
    """Read names, title and journal in Chinese, Japanese or Korean letters."""
    if len(parts) < 3 or not _pattern("han_names").fullmatch(front[slice(*parts[0])].strip()):
        return None
    return [
        _run("author", *parts[0]),
        _run("title", parts[1][0], parts[-2][1]),
        _run("journal", *parts[-1]),
    ]
