"""Where in a journal a work stands: date, volume, issue and pages.

A reference prints them in one run of figures, marks and a few words ("2015 Jan;33(1):146-56",
"33, no. 1 (2015): 146", "Vol. 33, No. 1, pp. 146-156, Jan. 2015"). The longest such run is looked
for as a whole and then read from left to right; what a title holds of figures makes shorter runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from evidence.parsing.dates import SEASONS, is_year, months, read_date
from evidence.parsing.draft import TAKEN, Draft

#: What a page or article number looks like: 146, e1234, S12, 12A, CD001234, L12, 123.e1
_PAGE = r"[A-Za-z]{0,5}\d{1,9}(?:\.?[A-Za-z]\d{0,4})?"
_PATTERN = rf"""
    (?P<range>(?:{_PAGE}\s{{0,2}}-{{1,3}}\s{{0,2}}{_PAGE}|no-no|[xvi]{{1,7}}-[xvi]{{1,7}})(?![\w-]))
  | (?P<vol>(?<!\w)(?:vol(?:ume)?s?|bd|band|tome|jg)\b\.?|(?<![\w.])[tv]\.(?=\s?[\dIVXL]))
  | (?P<no>(?<!\w)(?:no|nos|num|nr|number|issue|iss|heft|n°|n[oº])(?:\b\.?|(?<=[°º]))(?=\s?[A-Z]?\d)
    |(?<![\w.])n\.(?=\s?\d))
  | (?P<pair>(?<![\w/.])\d{{1,4}}\s?/\s?\d{{1,3}}(?![\d/\w]))
  | (?P<pp>(?<!\w)(?:pages?|pgs?|pp|ss|p|S)(?:\b\.?)(?=\s{{0,2}}[A-Za-z]{{0,3}}\d))
  | (?P<art>(?<!\w)(?:article(?:\s(?:no|number|id))?|art(?:\.\s?no)?|paper|id)
    \b\.?:?(?=\s{{0,2}}[A-Za-z]{{0,4}}\d))
  | (?P<suppl>(?<!\w)(?:suppl(?:ement|ementum)?s?|spec\sno|special\sissue|pt|part|spec\sissue)\b\.?)
  | (?P<roman>(?<!\w)(?-i:[IVXLC]{{2,7}})(?![\w.]))
  | (?P<mon>(?<!\w)[A-Z][a-zé]{{2,8}}(?!\w)\.?(?:[-/][A-Z][a-z]{{2,8}}\.?)?)
  | (?P<month>(?<!\w)(?:January|February|March|April|June|July|August|September|October|November|December)\b)
  | (?P<num>{_PAGE}|(?<!\w)[A-Z](?=\d))
  | (?P<par>\((?!\s?(?:pp?|pages?|vol)\b)[^()\x01]{{1,40}}\))
  | (?P<sep>[,;:.])
  | (?P<other>[^\s])
"""
_WORDS = frozenset(("vol", "no", "pp", "art", "suppl"))


@cache
def _scanner() -> re.Pattern[str]:
    return re.compile(_PATTERN, re.VERBOSE | re.IGNORECASE)


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    sep: str = ""  # the marks before it


@dataclass(slots=True)
class Locator:
    """What one run of figures says, as spans; `score` says how sure it is that it is a locator."""

    start: int
    end: int
    score: float = 0.0
    volume: tuple[int, int] | None = None
    issue: tuple[int, int] | None = None
    pages: tuple[int, int] | None = None
    date: tuple[int, int] | None = None
    tokens: list[_Token] = field(default_factory=list)
    sure: bool = False  # the date stands where only a locator has it ("2015;33")


def _tokens(text: str, start: int) -> list[_Token]:
    """Cut a text into what can stand in a locator and what cannot ("other" ends a run)."""
    result: list[_Token] = []
    sep = ""
    at = start
    length = len(text)
    scanner = _scanner()
    while at < length:
        character = text[at]
        if character in " \n":
            at += 1
            continue
        if character == TAKEN:
            result.append(_Token("taken", "", at, at + 1, sep))
            sep = ""
            while at < length and text[at] == TAKEN:
                at += 1
            continue
        found = scanner.match(text, at)
        if not found or not found.lastgroup:
            at += 1
            continue
        kind, word = found.lastgroup, found.group()
        end = found.end()
        if kind == "sep" or word in ("(", ")"):
            sep += character
            at = end
            continue
        if kind == "roman":
            kind = "num"
        if kind in ("mon", "month"):
            kind = "mon" if _is_month(word) else "other"
        if kind in ("num", "range") and _glued(text, found.start(), end):
            kind = "other"
        if kind == "other":
            while end < length and text[end] not in " \n,;:()\x01":
                end += 1
        result.append(_Token(kind, text[found.start() : end], found.start(), end, sep))
        sep = ""
        at = end
    return result


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a figure is a piece of a word ("COVID-19", "3-Km", "5,000", "TNF2")."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return bool(before and (before.isalnum() or before in "-/%<>=~±")) or (
        after.isalnum()
        or after in ("%", "/", "°", "'", "+")
        or (after == "-" and text[end + 1 : end + 2].isalpha())
    )


def _is_month(word: str) -> bool:
    parts = re.split(r"[-/]", word.lower().rstrip("."))
    return all(p.rstrip(".") in months() or p in SEASONS for p in parts)


def _is_date(text: str) -> bool:
    """Whether the words in a pair of brackets are a date and nothing else."""
    words = re.findall(r"\d+[a-z]?|[^\W\d_]+", text)
    if not words:
        return False
    known = [_year_of(w) or _is_month(w) or (w.isdecimal() and int(w) <= 31) for w in words]
    return all(known) and any(_year_of(w) or _is_month(w) for w in words)


def _year_of(word: str) -> str:
    """Return the year that a word gives (2015, 2015a), or ""."""
    year = word[:4]
    return year if is_year(year) and (len(word) == 4 or (len(word) == 5 and word[4] in "abcdefgh")) else ""


def find_locator(draft: Draft, start: int = 0) -> Locator | None:
    """Find the run of figures that is most likely the locator; None when there is none."""
    best: Locator | None = None
    run: list[_Token] = []
    for token in [*_tokens(draft.rest, start), _Token("other", "", len(draft.rest), len(draft.rest))]:
        if token.kind in ("other", "taken"):
            if run:
                found = _read_run(draft.rest, run, draft.issued is not None)
                if found and (best is None or found.score >= best.score):
                    best = found
            run = []
        else:
            run.append(token)
    return best


def _read_run(text: str, run: list[_Token], dated: bool) -> Locator | None:
    """Read one run; leading tokens that belong to the words before it are left out.

    Where the date is known already (`dated`), a bare 1817 is a volume.
    """
    while run and (run[0].kind == "num" and not run[0].text[-1].isdigit() and not _roman(run[0], run)):
        run = run[1:]
    if not any(t.kind in ("num", "range", "par", "pair") for t in run):
        return None
    result = Locator(run[0].start, run[-1].end, tokens=run)
    free = _read_words(run, result)
    _read_dates(run, free, result, dated)
    _read_figures(text, free, result)
    _score(text, result)
    return result if result.score > 0 else None


def _roman(token: _Token, run: list[_Token]) -> bool:
    return len(run) > 1 and len(token.text) > 1 and set(token.text) <= set("IVXLC")


def _read_words(run: list[_Token], result: Locator) -> list[_Token]:
    """Give the figures behind "vol.", "no.", "pp." and "suppl." their fields; return the others."""
    free: list[_Token] = []
    at = 0
    while at < len(run):
        token = run[at]
        following = run[at + 1] if at + 1 < len(run) else None
        at += 1
        if token.kind not in _WORDS:
            free.append(token)
            continue
        if token.kind == "suppl":
            end = token.end
            if following and following.kind in ("num", "par") and not following.sep.strip("."):
                end = following.end if following.kind == "num" and not _year_of(following.text) else end
                at += 1 if end != token.end else 0
            result.issue = result.issue or (token.start, end)
        elif following and following.kind in ("num", "range"):
            span = (following.start, following.end)
            name = {"vol": "volume", "no": "issue", "pp": "pages", "art": "pages"}[token.kind]
            if getattr(result, name) is None:
                setattr(result, name, span)
                result.score += 1.0
            at += 1
    return free


def _read_dates(run: list[_Token], free: list[_Token], result: Locator, dated: bool) -> None:
    """Find the date among the tokens: in brackets, with a month, before a semicolon, or a bare year."""
    years = [
        t
        for t in free
        if (t.kind == "num" and _year_of(t.text)) or (t.kind == "par" and _is_date(t.text[1:-1]))
    ]
    bracketed = [t for t in years if t.kind == "par" and any(_year_of(w) for w in re.findall(r"\w+", t.text))]
    chosen = None
    for token in years:
        following = run[run.index(token) + 1] if token is not run[-1] else None
        if token.kind == "num" and following and (";" in following.sep or following.kind == "mon"):
            chosen, result.sure = token, ";" in following.sep or following.kind == "mon"
            break
    if chosen is None and bracketed:
        chosen = bracketed[0]
    if chosen is None and dated and years and years[0].kind == "num" and len(free) > 1:
        years = [t for t in years if t.kind == "par"]
    if chosen is None and years and not (len(years) == 1 and years[0] is free[-1] and ":" in years[0].sep):
        bare = [t for t in years if t.kind == "num" and ":" not in t.sep]
        chosen = (bare[0] if bare and bare[0] is free[0] else bare[-1]) if bare else None
    for token in [t for t in years if t.kind == "par" and t is not chosen]:
        free.remove(token)  # a second date: "61 (3) (March): 797"
    if chosen is None:
        for token in [t for t in free if t.kind == "mon"]:
            free.remove(token)
        return
    start, end = chosen.start, chosen.end
    at = free.index(chosen)
    first = last = at
    while last + 1 < len(free) and _belongs(free[last + 1], free[last], free, last + 1):
        last += 1
    while first and (free[first - 1].kind == "mon" or (_small(free[first - 1]) and _month_near(free, first))):
        first -= 1
    if any(t.kind == "mon" for t in free[first : last + 1]):
        start, end = free[first].start, free[last].end
    else:
        first = last = at
    if chosen.kind == "par" and first == last:
        start, end = chosen.start + 1, chosen.end - 1
    result.date = (start, end)
    result.score += 1.0 if result.sure or chosen.kind == "par" else 0.3
    del free[first : last + 1]
    for token in [t for t in free if t.kind == "mon"]:
        free.remove(token)


def _belongs(token: _Token, before: _Token, free: list[_Token], at: int) -> bool:
    """Whether a token goes on with a date that began before it: "2015 Jan 15"."""
    if token.sep.strip(".,"):
        return False
    if token.kind == "mon":
        return True
    return (
        before.kind == "mon"
        and (_small(token) or (token.kind == "range" and len(token.text) <= 5))
        and (
            at + 1 >= len(free)
            or ";" in free[at + 1].sep
            or ":" in free[at + 1].sep
            or free[at + 1].kind == "par"
        )
    )


def _small(token: _Token) -> bool:
    return token.kind == "num" and token.text.isdecimal() and 1 <= int(token.text) <= 31


def _month_near(free: list[_Token], first: int) -> bool:
    """Whether a day stands beside a month: "3 March 2015", "March 3, 2015"."""
    if free[first].kind == "mon":
        return True
    return first >= 2 and free[first - 2].kind == "mon"


def _read_figures(text: str, free: list[_Token], result: Locator) -> None:
    """Give what is left its fields by order and by the marks before it."""
    for at, token in enumerate(free):
        following = free[at + 1] if at + 1 < len(free) else None
        span = (token.start, token.end)
        if token.kind == "pair":
            if result.volume is None and following is not None:
                slash = token.start + token.text.index("/")
                result.volume, result.issue = (token.start, slash), result.issue or (slash + 1, token.end)
            continue
        if token.kind == "par":
            if result.volume and not result.issue and _is_issue(token.text):
                result.issue = (token.start + 1, token.end - 1)
                result.score += 0.5
            elif not result.volume and not result.issue and following and ":" in following.sep:
                result.issue = (token.start + 1, token.end - 1)  # "2015;(1):CD001234"
            continue
        if token.kind == "range" and token.sep == "." and following and text[token.start - 2].isdigit():
            result.issue = result.issue or span  # "21.2-3 (2012): 493"
            continue
        if token.kind == "range":
            first = result.volume is None and following is not None and following.kind in ("range", "num")
            if first or (result.pages and not result.volume):
                result.volume = result.volume or span
            elif result.pages is None:
                result.pages = span
                result.score += 0.6
            continue
        if token.kind != "num":
            continue
        if result.volume is None and ":" not in token.sep:
            if result.pages is None or result.issue is None:
                result.volume = span
        elif ":" in token.sep and following and following.kind in ("num", "range") and ":" in following.sep:
            result.issue = result.issue or span  # "30:1: 16"
        elif result.pages is None and (":" in token.sep or following is None or result.issue is not None):
            result.pages = span
            result.score += 0.5 if token.sep else 0.2
        elif result.issue is None:
            result.issue = span
    _split_volume(text, result)


def _is_issue(text: str) -> bool:
    """Whether a bracket holds an issue: a number, a supplement, a part."""
    inner = text[1:-1].strip()
    return bool(
        re.match(r"(?:[A-Za-z]{0,4}\.?\s?\d|suppl|pt|part|spec|no|nr|issue|[IVXLC]+$)", inner, re.IGNORECASE)
    )


def _split_volume(text: str, result: Locator) -> None:
    """Read "13.2" before a date or pages as volume 13, issue 2 (MLA's form)."""
    if not result.volume or result.issue:
        return
    start, end = result.volume
    dotted = re.compile(r"\.(\d{1,3}(?:-\d{1,3})?)(?=[\s,:(]|\x01|$)").match(text, end)
    if dotted and text[start:end].isdigit():
        result.issue = dotted.span(1)
        if result.pages == result.issue:
            result.pages = None


def _score(text: str, result: Locator) -> None:
    """Judge how sure it is that the run is a locator rather than figures of a title."""
    if result.volume and result.pages:
        result.score += 1.5
    elif result.volume and (result.issue or result.date):
        result.score += 0.8
    elif result.pages and result.date:
        result.score += 0.5
    elif result.volume and not result.pages:
        result.score -= 0.5
    if result.issue and result.issue[0] > (result.volume or result.issue)[0]:
        result.score += 0.2
    used = [s for s in (result.volume, result.issue, result.pages, result.date) if s]
    if not used:
        result.score = 0
        return
    result.start = min(s[0] for s in used)
    result.start = (
        min(result.start, *(t.start for t in result.tokens if t.kind in _WORDS))
        if any(t.kind in _WORDS for t in result.tokens)
        else result.start
    )


def take_locator(draft: Draft, found: Locator) -> None:
    """Take a locator out of the draft and set its fields."""
    draft.take(found.start, max(found.end, found.start))
    for name in ("volume", "issue", "pages", "date"):
        span = getattr(found, name)
        if span:
            start, end = span
            while start < end and not (draft.plain[end - 1].isalnum()):
                end -= 1
            while start < end and not draft.plain[start].isalnum():
                start += 1
            draft.set(name, start, end)
    if found.date:
        draft.issued = read_date(draft.plain[found.date[0] : found.date[1]])
