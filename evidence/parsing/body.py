"""What follows the authors: a title in quotation marks, genre, edition, locator, date, then words.

The words that are left are read by `kinds`; a model may later take the place of that step.
"""

from __future__ import annotations

import re
from functools import cache

from evidence.parsing import imprint
from evidence.parsing.dates import read_date
from evidence.parsing.draft import TAKEN, Draft
from evidence.parsing.kinds import read_words
from evidence.parsing.locator import Locator, find_locator, take_locator

#: A run of figures that scores less is taken for part of a title.
_SURE = 0.9
_PATTERNS = {
    "dated": r"[(\[]?(?P<date>(?:(?:\d{1,2}(?:st|nd|rd|th)?\s)?[A-Z][a-zéû]{2,9}\.?(?:[/-][A-Z]"
    r"[a-zé]{2,9}\.?)?\s(?:\d{1,2}(?:-\d{1,2})?"
    r"(?:st|nd|rd|th)?,?\s)?)(?:1[5-9]|20)\d\d)[)\]]?",
    "years": r"(?<![\w.\-/])[(\[]?(?:c(?:a|op)?\.?\s|©\s?)?(?P<date>(?:1[5-9]|20)\d\d)[a-h]?(?![\w%-])[)\]]?",
    "quoted": r"(?:(?<=[\s,.:;(\x01])|^)(?:\"(?P<title>[^\"\x01]{4,400})\""
    r"|''(?P<latex>[^\"\x01]{6,400}?)''|'(?P<single>[^\W_]"
    r"[^\"\x01]{8,300}?)'(?=[,.;:)\s]{1,2}(?:[A-Z(,]|in\s|\x01|\d)))(?=[\s,.;:()\x01\[]"
    r"|$)(?:(?<=[.,?!][\"'])|(?!\s{0,2}-|\s[a-z](?!n\s)))",
    "pubtype": r"(?:(?:Systematic\s|Scoping\s|Narrative\s)?Review|Meta-Analysis"
    r"|(?:Randomized\s)?(?:Controlled\s)?(?:Clinical\s)?Trial(?:,\sPhase\sI{1,3}V?)?|"
    r"Comparative\sStudy|Case\sReports?|Editorial|Letter|Comment|Multicenter\sStudy|Observational\sStudy"
    r"|Practice\sGuideline|"
    r"Guideline|News|Evaluation\sStudy|Validation\sStudy|Historical\sArticle|Retracted\sPublication"
    r"|Published\sErratum|"
    r"Clinical\sConference|Consensus\sDevelopment\sConference|Biography|Interview|Lecture"
    r"|Patient\sEducation\sHandout|Introductory\sJournal\sArticle)",
    "unknown": r"[\s,:;]{0,2}(?:(?<!\w)n\.\s?pag\b\.?|[(\[]n\.\s?d\.[)\]])",
    "press": r"[(\[]?(?<!\w)(?:in\spress|forthcoming|to\sappear|accepted\sfor\spublication"
    r"|submitted(?:\sfor\spublication)?)(?!\w)[)\]]?",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name], re.IGNORECASE if name in ("nodate", "press") else 0)


def read_body(draft: Draft, body: int) -> str:
    """Read what follows the authors."""
    after = _take_quoted(draft, body)
    for unknown in _pattern("unknown").finditer(draft.rest, after):
        draft.take(*unknown.span())
    genre = _take_genre(draft, body)
    found = find_locator(draft, after)
    if found and not _is_locator(draft, found):
        found = None
    if found is None or not (found.volume and found.pages):
        imprint.take_edition(draft, after)
        imprint.take_people(draft, after)
        found = find_locator(draft, after)
    if found and _is_locator(draft, found):
        take_locator(draft, found)
    else:
        found = _volume_alone(draft, after)
    if draft.issued is None:
        _take_date(draft, after)
    press = _pattern("press").search(draft.rest, after)
    if press:
        draft.take(*press.span())
    if found or draft.ids:
        take_pubtype(draft, after + 1)
    return read_words(draft, body, after, found, genre)


def _volume_alone(draft: Draft, start: int) -> Locator | None:
    """Take the volume of an article that has no pages: "(2015). Title. Frontiers in Neuroscience, 9."."""
    last = re.compile(r",\s(\d{1,4})(?=[.\s\x01]{0,400}$)").search(
        draft.rest, max(start, len(draft.rest) - 500)
    )
    if draft.issued is None or not last or "publisher" in draft.fields:
        return None
    found = Locator(*last.span(1), score=_SURE, volume=last.span(1))
    take_locator(draft, found)
    return found


def _take_quoted(draft: Draft, body: int) -> int:
    """Take a title in quotation marks; return where what follows begins."""
    quoted = _pattern("quoted").search(draft.rest, body, body + 700)
    if not quoted:
        return body
    before = draft.rest[body : quoted.start()].strip()
    low, high = quoted.span(quoted.lastgroup or 0)
    if before.strip(".,;:([\x01- "):
        # what stands before it is authors that were not known as such, and ends as a list does
        if len(before) > 90 or before[-1] not in ",.;:" or high - low < 20 or "author" in draft.fields:
            return body
        draft.set("author", *draft.trim(body, quoted.start()))
    draft.set_title(low, high)
    draft.take(quoted.start(), quoted.end())
    return quoted.end()


def _is_locator(draft: Draft, found: Locator) -> bool:
    if found.score >= _SURE:
        return True
    if found.pages and not found.volume and found.score > 0.5:
        return (
            draft.rest[found.end :].strip(" .)\x01") == ""
            or draft.rest[found.start - 1 : found.start] == TAKEN
        )
    return False


def _take_genre(draft: Draft, start: int) -> str:
    """Take the words that say what kind of work this is: a thesis, a report, a data set."""
    if "genre" in draft.extra:
        return draft.extra.pop("genre")
    for kind in ("thesis", "report"):
        found = imprint.pattern(kind).search(draft.rest, start + 8)
        if found and draft.rest[found.start() - 2 : found.start()].strip(" ") and TAKEN not in found.group():
            before = draft.rest[: found.start()].rstrip()[-1:]
            if kind == "thesis" and before not in ".,([\")'\x01?!;:" and found.group()[0] not in "([":
                continue
            if kind == "report" and before not in ".,([\")'\x01?!;:":
                continue
            draft.take(*found.span())
            return kind
    return ""


def _take_date(draft: Draft, start: int) -> None:
    """Take the date that is neither behind the authors nor in the locator: the last one that is left."""
    chosen = None
    for found in _pattern("dated").finditer(draft.rest, start):
        if read_date(found.group("date")):
            date = read_date(found.group("date"))
            if date and (date.month or date.season):
                chosen = found
    if chosen is None:
        for found in _pattern("years").finditer(draft.rest, start):
            chosen = found
    if chosen is None:
        return
    if chosen.start() <= start + 1 and "title" not in draft.fields:
        return  # a title that begins with a year
    low, high = chosen.span("date")
    draft.issued = read_date(draft.plain[low:high])
    draft.take(chosen.start(), chosen.end(), "date", (low, high))


def take_pubtype(draft: Draft, start: int) -> None:
    """Take PubMed's type of publication that stands behind everything else ("Review.")."""
    for low, high in draft.chunks(start):
        words = draft.rest[low:high]
        parts = [p.strip(" .") for p in re.split(r"[;.]\s", words) if p.strip(" .")]
        if parts and all(_pattern("pubtype").fullmatch(" ".join(p.split())) for p in parts):
            draft.extra.setdefault("pubtype", "; ".join(" ".join(p.split()) for p in parts))
            draft.take(low, high)
