"""The grammar: from a draft whose certain parts are taken to authors, and on to what follows them.

Order of reading: several lines as PubMed prints them; a source line in front; authors and the date
behind them; then the rest (`body`). Where no authors stand in front, an organisation or a title does.
"""

from __future__ import annotations

import re
from functools import cache

from evidence.parsing import imprint
from evidence.parsing.authors import Block, author_block
from evidence.parsing.body import read_body, take_pubtype
from evidence.parsing.dates import read_date
from evidence.parsing.draft import TAKEN, Draft
from evidence.parsing.lines import layout_of, source_end
from evidence.parsing.locator import find_locator, take_locator
from evidence.parsing.sentences import looks_like_journal, sentences
from evidence.parsing.web import is_site

_PATTERNS = {
    "year": r"[\s,.;:]{0,3}[(\[]?\s?(?P<date>(?:1[5-9]|20)\d\d(?P<letter>[a-h]?)(?:\s?/\s?(?:1[5-9]"
    r"|20)?\d\d|-\d{2,4})?"
    r"(?:(?:,|\.)?\s(?:Spring|Summer|Fall|Autumn|Winter|[A-Z][a-zé]{2,9}\.?(?:[ -]{1,3}\d{1,2}(?:"
    r"[-/]\d{1,2})?)?"
    r"|\d{1,2}\s[A-Z][a-z]{2,9})(?=[)\],.]))?)\s?(?P<close>[)\]]?)[.,:;]{0,2}(?=[\s\x01\"]|$|[A-Z])",
    "nodate": r"[\s,.;]{0,3}[(\[]\s?(?:n\.\s?d\.|in\spress|forthcoming|submitted|undated|accepted"
    r"|s\.\s?d\.|o\.\s?J\.)[^()\[\]]{0,40}[)\]][.,:]?",
    "years": r"(?<![\w.\-/])[(\[]?(?:c(?:a|op)?\.?\s|©\s?)?(?P<date>(?:1[5-9]|20)\d\d)[a-h]?(?![\w%-])[)\]]?",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name], re.IGNORECASE if name in ("nodate", "press") else 0)


def read_draft(draft: Draft) -> str:
    """Set the fields of a draft and return the CSL type of the work."""
    if "\n" in draft.plain.strip():
        lines = layout_of(_left_by_lines(draft))
        if lines:
            return _read_lines(draft, *lines)
    start, _ = draft.trim(0, len(draft.rest), " .,;:\x01")
    journal = source_end(draft.rest, start)
    if journal:
        return _read_source_first(draft, *journal)
    block = _accept(draft, author_block(draft.rest, start))
    if block is None or block.strength == 1:
        first = _title_first(draft, start)
        if first:
            return first
    body = start
    if block:
        draft.set("editor" if block.editors else "author", *_whole(draft, block))
        body = block.after
        body = _take_year(draft, body)
    else:
        body = _organisation_author(draft, body)
        if body == start and re.compile(r"[(\[](?:1[5-9]|20)\d\d|(?:1[89]|20)\d\d\.\s").match(
            draft.rest, start
        ):
            body = _take_year(draft, body)
    return read_body(draft, body)


def _whole(draft: Draft, block: Block) -> tuple[int, int]:
    return draft.trim(block.start, block.end, " \n,;:&")


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
    _read_source(draft, *source)
    return "article-journal"


def _read_source(draft: Draft, start: int, end: int) -> None:
    """Read a source line: journal, date, locator, publication type."""
    rest = draft.rest
    draft.rest = TAKEN * start + rest[start:end] + TAKEN * (len(rest) - end)
    found = find_locator(draft, start)
    if found:
        take_locator(draft, found)
    chunks = draft.chunks(start)
    take_pubtype(draft, found.end if found else start)
    if chunks:
        draft.set("container", *chunks[0])


def _read_source_first(draft: Draft, low: int, high: int) -> str:
    """Read "Journal. 2012;9:1-5. Authors. Title", or a source line alone."""
    draft.set("container", *draft.trim(low, high))
    draft.take(low, high)
    found = find_locator(draft, high)
    if found:
        take_locator(draft, found)
    take_pubtype(draft, high)
    chunks = draft.chunks(high)
    if chunks:
        block = author_block(draft.rest, chunks[0][0])
        if block and block.strength == 2:
            draft.set("author", *_whole(draft, block))
            chunks = draft.chunks(block.after)
    if chunks:
        draft.set_title(*chunks[0])
    return "article-journal"


def _accept(draft: Draft, block: Block | None) -> Block | None:
    """Take a list of capital words for authors only where something bears it out."""
    if block is None or block.strength == 2:
        return block
    if not block.editors and _only_journal_follows(draft, block.after):
        return None
    if block.editors or block.mark in (TAKEN, '"'):
        return block
    follows = draft.rest[block.after : block.after + 30]
    if _pattern("year").match(draft.rest, max(block.end, block.after - 1)) or follows.startswith('"'):
        return block
    text = draft.rest[block.start : block.end]
    inverted = re.match(r"[^\s,]+(?:\s[^\s,]+)?,\s[^\s,]+", text)
    if "available_at" in draft.extra and not inverted:
        return None
    if block.count >= 2 and not is_site(text):
        return block
    if inverted and block.mark in ".:," and not is_site(text):
        return block
    if is_site(text) or block.mark == ":":
        return None
    return block if len(text.split()) <= 3 and block.mark in ".," and _more_follows(draft, block) else None


def _only_journal_follows(draft: Draft, start: int) -> bool:
    """Whether a journal and its locator are all that follows, a date aside: then a title stands in front."""
    found = find_locator(draft, start)
    if not found or found.score < 0.9 or not found.volume:
        return False
    stop = min(s[0] for s in (found.volume, found.pages, found.issue, found.date) if s)
    parts = [draft.rest[a:b] for a, b in sentences(draft.rest, start, stop)]
    parts = [part for part in parts if any(c.isalpha() for c in part)]
    return len(parts) == 1 and '"' not in parts[0] and looks_like_journal(parts[0]) > 0.3


def _more_follows(draft: Draft, block: Block) -> bool:
    """Whether title and something else follow what could be a person: three parts, a book's imprint."""
    rest = draft.rest[block.after :]
    if "available_at" in draft.extra or draft.url:
        return False
    count = sum(1 for a, b in sentences(rest, 0, len(rest)) if any(c.isalpha() for c in rest[a:b]))
    if imprint.pattern("place").search(rest.rstrip(" .,\x01)0123456789;")) or count > 2 or draft.preprint:
        return True
    if imprint.pattern("thesis").search(rest) or imprint.pattern("report").search(rest):
        return True
    found = find_locator(draft, block.after)
    return count > 1 and bool(imprint.pattern("in").search(rest) or (found and found.score > 1.5))


def _organisation_author(draft: Draft, start: int) -> int:
    """Read "World Health Organization. (2014). Title" or "WHO. Title. 2nd ed. Geneva: WHO"."""
    parts = [
        p
        for p in sentences(draft.rest, start, len(draft.rest))
        if any(c.isalpha() for c in draft.rest[slice(*p)])
    ]
    year = re.compile(r"([A-Z][^.\x01(]{2,110}?)[.,]?\s(?=[(\[](?:1[89]|20)\d\d)").match(draft.rest, start)
    if year and year.group(1)[-1].isdigit():
        return start  # "Computer Music Journal 30 (2006) 7": a journal and its volume
    titled = year and not is_site(year.group(1)) and _only_journal_follows(draft, year.end())
    behind = draft.rest[year.end() + 6 :].strip(" .,)\x01]") if year and not titled else ""
    if behind and imprint.pattern("place").match(behind):
        return start  # "Title. (1991). Oxford: Publisher."
    if year and (titled or _is_sentence(year.group(1))):
        draft.set_title(*year.span(1))  # "Title. (2003, June). Magazine"
        return _take_year(draft, year.end())
    if year and (is_site(year.group(1)) or len(year.group(1).split()) <= 6):
        draft.set("author", *draft.trim(*year.span(1)))
        return _take_year(draft, year.end())
    if len(parts) > 2 and "available_at" not in draft.extra and not draft.url:
        low, high = draft.trim(*parts[0])
        alone = _only_journal_follows(draft, parts[0][1])
        if is_site(draft.rest[low:high]) and draft.rest[parts[0][0]] != '"' and not alone:
            draft.set("author", low, high)
            return _take_year(draft, parts[0][1])
    return start


def _is_sentence(text: str) -> bool:
    """Whether words in front of a date are a title rather than an organisation."""
    small = [
        w for w in text.split() if w[0].islower() and w not in ("of", "and", "the", "for", "on", "in", "de")
    ]
    return len(small) > 1 or ":" in text


def _take_year(draft: Draft, start: int) -> int:
    """Take the date that stands directly behind the authors."""
    found = _pattern("nodate").match(draft.rest, start) or _pattern("nodate").match(draft.rest, start - 1)
    if found:
        draft.take(*found.span())
        return found.end()
    for at in (start, start - 1):
        found = _pattern("year").match(draft.rest, max(0, at))
        if found:
            closed = bool(found.group("close"))
            after = draft.rest[found.end("close") :].lstrip(" ")
            if not closed and not found.group("letter") and after[:1] not in '.,:;"\x01':
                later = find_locator(draft, found.end())
                if (later and later.date) or (later is None and _later_year(draft, found.end())):
                    return start
            if not closed and (after[:1] == ";" or re.match(r",?\s?[A-Z]?\d{1,4}\s?[,:(]", after)):
                return start  # "2010, 10, 1012" and "2010;10:1012" are locators
            draft.issued = read_date(found.group("date"))
            draft.take(found.start(), found.end(), "date", found.span("date"))
            return found.end()
    return start


def _later_year(draft: Draft, start: int) -> bool:
    return bool(_pattern("years").search(draft.rest, start))


def _title_first(draft: Draft, start: int) -> str:
    """Read "Title. Authors. Journal. 2015;33:146" on one line, if that is what stands here."""
    parts = sentences(draft.rest, start, len(draft.rest))
    for at, (low, high) in enumerate(parts[1:4], 1):
        block = author_block(draft.rest, low)
        if not block or block.strength < 2 or block.editors or block.mark not in (".", TAKEN):
            continue
        if not block.undotted and block.count < 2:
            continue
        if block.count == 1 and is_site(draft.rest[low:high]):
            continue
        found = find_locator(draft, block.after)
        if not found or found.score < 1.5:
            continue
        draft.set("author", *_whole(draft, block))
        draft.set_title(start, parts[at - 1][1])
        _read_source(draft, block.after, len(draft.rest))
        return "article-journal"
    return ""
