"""References that stand on several lines: PubMed's web form has title, authors and source on their own."""

from __future__ import annotations

import re
from functools import cache

from evidence.parsing.authors import author_block
from evidence.parsing.draft import TAKEN, plain

#: Lines longer than this are prose or whole references, never the source line alone.
LONGEST = 400


@cache
def _source() -> re.Pattern[str]:
    # "Stem Cells. 2015 Jan;33(1):146-56", "J Physiol (Paris). 2009;103:3-9", "BMJ 2010;340:c869"
    return re.compile(
        r"(?P<journal>[^\W\d_][^;\x01]{1,120}?)[.,]?\s(?P<date>(?:1[89]|20)\d\d(?:[ -][A-Z][a-z]{2,8}\.?"
        r"(?:-[A-Z][a-z]{2})?(?:\s\d{1,2}(?:-\d{1,2})?)?|\s(?:Spring|Summer|Autumn|Fall|Winter))?)\s?"
        r"(?:;\s?[A-Za-z]{0,4}\s?\d{1,5}[A-Z]?(?:\s?[(:.,]|\sSuppl|\sPt|$)|;\s?\(|:\s?[A-Za-z]{0,5}\d|\.?\s{0,2}(?:\x01|doi\b|pii\b|Epub\b|\[Epub))"
    )


@cache
def _citation() -> re.Pattern[str]:
    # NLM's catalogue and web forms without a year first: "Spine. 33(1):146-56, 2015"
    return re.compile(
        r"(?P<journal>[A-Z][^;:\x01]{1,100}?)[.,]?\s\d{1,4}\s?\(\d{1,3}[^()]{0,12}\)\s?:\s?[A-Za-z]{0,3}\d"
    )


def is_source_line(text: str) -> bool:
    """Tell whether a line is the source of a journal article: journal, date and locator, and no more.

    "Stem Cells. 2015 Jan;33(1):146-56. doi: …" is; a whole reference on one line is not, because
    its journal would be a title and authors.
    """
    line = " ".join(plain(text[: LONGEST + 1]).split())
    if not 8 <= len(line) <= LONGEST:
        return False
    found = _source().match(line) or _citation().match(line)
    if not found:
        return False
    journal = found.group("journal").rstrip(". ,")
    return _is_journal_alone(journal)


def _is_journal_alone(journal: str) -> bool:
    """Whether what stands before the date can be the name of a journal and nothing else."""
    words = journal.split()
    if not words or len(words) > 14 or '"' in journal:
        return False
    if re.match(r"(?:[a-z']{1,4}\s){0,3}[^\W\d_a-z][\w'-]{1,25}\s[^\W\d_a-z](?:-?[A-Z]){0,2}[,.]\s", journal):
        return False  # "Deyo RA. Low back pain. Spine"
    lower = [
        w
        for w in words
        if w[0].islower() and w not in ("of", "and", "the", "in", "for", "on", "de", "la", "et", "der")
    ]
    if len(lower) > 2 and words[0].casefold() not in (
        "journal",
        "the",
        "american",
        "international",
        "revista",
        "revue",
    ):
        return False
    if lower and re.search(r"[.?!]\s", journal):
        return False  # "Low back pain. Spine"
    if re.search(r"[^\W\d_a-z][\w'-]{1,25}\s[A-Z]{1,3},\s[^\W\d_a-z][\w'-]{1,25}\s[A-Z]{1,3}[,.]\s", journal):
        return False  # "Aortic Stiffness. Kaess BM, Rong J. JAMA"
    # "Smith J. Title. Journal": a sentence that ends in a long word before the last one
    return not re.search(r"[^\W\d_]{8,}\.\s|[?!]\s|,\s[A-Z]{1,3},\s", journal)


def is_author_line(text: str) -> bool:
    """Tell whether a line is a list of authors and nothing else: "Pettine KA, Murphy MB."."""
    line = " ".join(plain(text[:8_001]).split()).strip()
    if not 3 <= len(line) <= 8_000 or not line[0].isalpha():
        return False
    line = re.sub(r"(?<=[^\W\d_])\(?\d{1,2}(?:,\d{1,2})*\)?(?=[,.;]|$)", "", line)  # marks of affiliations
    block = author_block(line, 0)
    if block is None or block.editors:
        return False
    rest = line[block.end :].strip(" .,;:" + TAKEN)
    if rest:
        return False
    return (
        block.strength == 2 if block.count == 1 else block.strength == 2 or (block.count > 2 and "," in line)
    )


def source_end(text: str, start: int) -> tuple[int, int] | None:
    """Return the range of the journal where a reference begins with its source, else None."""
    found = _source().match(text, start)
    if not found or not _is_journal_alone(" ".join(found.group("journal").split()).rstrip(". ,")):
        return None
    return None if _holds_title(found.group("journal")) else found.span("journal")


def _holds_title(journal: str) -> bool:
    """Whether a short title and a journal stand before the date: "Table of Contents. J Biomed Inform".

    A full stop inside a journal ends an abbreviation, of which there are more ("Proc. Natl. Acad. Sci."),
    or stands before a section ("J Gerontol. Series A").
    """
    parts = re.split(r"\.\s+(?=[^\W\d_])", journal.strip(" .,"))
    if len(parts) != 2 or len(parts[0].split()) < 2:
        return False
    first = parts[1].split()[0].casefold()
    return len(first) > 1 and first not in ("part", "pt", "series", "ser", "section", "sect", "suppl", "new")


def layout_of(text: str) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]] | None:
    """Find title, authors and source of a reference on several lines, in whatever order they stand.

    Returns the three ranges, or None where the lines do not fall into these three.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip(" " + TAKEN)]
    if not 2 < len(lines) <= 12:
        return None
    source = [i for i, (a, b) in enumerate(lines) if is_source_line(text[a:b])]
    if len(source) != 1:
        return None
    at = source[0]
    for first in range(len(lines)):
        for last in range(first, min(first + 4, len(lines))):
            if first <= at <= last or not is_author_line(text[lines[first][0] : lines[last][1]]):
                continue
            title = [n for n in range(len(lines)) if n != at and not first <= n <= last]
            title = [n for n in title if n < max(at, last)] or title
            if title and title[-1] - title[0] == len(title) - 1:
                end = (
                    lines[at + 1][1]
                    if at + 1 < len(lines) and at + 1 not in (first, *title)
                    else lines[at][1]
                )
                return (
                    (lines[title[0]][0], lines[title[-1]][1]),
                    (lines[first][0], lines[last][1]),
                    (lines[at][0], max(end, lines[at][1])),
                )
    return None
