"""How much a block of text looks like one reference, for pages that mix prose, menus and lists.

Evidence is added up: names with initials, a locator, identifiers, "Available at:", place and
publisher, a site behind a title. What prose has and references lack (finite verbs, pronouns)
counts against it. The weights are judged by hand and held against labelled strings and prose.
"""

from __future__ import annotations

import re
from functools import cache

from evidence.names import is_organisation
from evidence.parsing.authors import author_block
from evidence.parsing.certain import take_certain
from evidence.parsing.draft import Draft
from evidence.parsing.lines import is_author_line, is_source_line, layout_of
from evidence.parsing.locator import find_locator
from evidence.parsing.sentences import looks_like_journal, sentences
from evidence.parsing.vocabulary import NEWSPAPERS, PROSE, SITES, TELLING

#: Blocks longer than this are not one reference, unless they are mostly authors.
_LONG = 1_200


_PATTERNS = {
    "place": r"(?:^|[.,;(?!\])\x01]\s{0,2})(?P<place>[A-Z][^\W\d_][\w.' -]{0,28}(?:,\s(?:[A-Z]{2}"
    r"|[A-Z][\w. ]{1,20}))?"
    r"(?:(?:[,;/]|\sand|\s&)\s[A-Z][\w.' ]{2,25}){0,2})\s?:\s(?P<publisher>[A-Z][^:;\x01\"]{1,90})$",
    "in": r"(?:^|(?<=[.,;?!)\"'\x01])\s{0,2})In:?\s{1,2}(?=[\"'(]?[^\W_])|(?:^"
    r"|(?<=[.,?!\"'\x01])\s)in:?\s{1,2}(?=the\sProc|[\"']?[A-Z])|"
    r"(?<=\s)In:\s{0,2}(?=[^\W_])|(?<=[.,?!\"']\s)(?=(?:\d{4}\s)?(?:Proceedings|Proc\.\s(?:of|IEEE|ACM"
    r"|SPIE)|(?:Paper|Poster)\s(?:session\s)?presented|Presented\sat))",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name])


@cache
def _form() -> re.Pattern[str]:
    return re.compile(
        r"\(required\)|all rights reserved|©|copyright|\bemail\b|\bphone\b|\bsubscribe\b|\bmenu\b",
        re.IGNORECASE,
    )


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.-])[(\[]?(?:1[6-9]|20)\d\d[a-h]?[)\]]?(?!\w)")


def judge(text: str) -> float:
    """Return from 0 to 1 how much a block of text looks like one reference of any style.

    Over 0.6: a reference; under 0.3: prose, a heading, an item of a menu, a label of a form.
    """
    stripped = text.strip()
    if len(stripped) < 10 or not any(c.isalpha() for c in stripped[:200]):
        return 0.0
    draft = Draft(stripped)
    take_certain(draft)
    score = _identity(draft) + _shape(draft)
    against = _prose(draft)
    if score >= 0.75 and len(stripped) < 300:
        against *= 0.4  # a short line with everything a reference has: its title is a headline
    return max(0.0, min(1.0, score - against))


def _identity(draft: Draft) -> float:
    """Weigh what was certain: identifiers, addresses, access."""
    score = 0.0
    kinds = {i.kind for i in draft.ids}
    if kinds & {"doi", "pmid", "pmcid", "isbn", "arxiv"}:
        score += 0.4
    if "available_at" in draft.extra:
        score += 0.4
    if draft.accessed:
        score += 0.25
    if draft.url:
        score += 0.25
    return score


def _shape(draft: Draft) -> float:
    """Weigh the form: authors, date, locator, imprint, site."""
    rest = draft.rest
    start, _ = draft.trim(0, len(rest), " .,;:-\x01")
    score = 0.0
    block = author_block(rest, start)
    if block and block.strength == 2:
        score += 0.35 + (0.1 if block.count > 1 or "et al" in rest[: block.end] else 0.0)
    elif block and block.count:
        score += 0.24 if block.count > 1 or block.inverted or block.mark in '"\x01(' else 0.12
    body = block.after if block else start
    if block and _year().match(rest, max(0, block.after - 1)):
        score += 0.15
    elif block is None and re.compile(r"[A-Z][^.(\x01]{2,90}[.,]?\s[(\[](?:1[89]|20)\d\d").match(rest, start):
        score += 0.3
    year = _year().search(rest)
    score += 0.1 if year else 0.0
    found = find_locator(draft, body)
    if found and found.volume and found.pages:
        score += 0.45 if found.sure else 0.35 if found.score > 1.8 and year else 0.1
    elif found and found.score >= 1.3 and year:
        score += 0.2
    if "\n" in draft.plain and layout_of(draft.plain):
        score += 0.4
    score += _imprint(draft, body if block and block.strength == 2 else start, year is not None)
    return score


def _imprint(draft: Draft, body: int, dated: bool) -> float:
    """Weigh what stands at the end: place and publisher, a journal, a site, "In: …"."""
    rest = draft.rest.rstrip(" .,;)\x010123456789")
    score = 0.0
    place = _pattern("place").search(rest, max(body, len(rest) - 220))
    if place and place.start("place") > body + 8 and dated:
        score += 0.35
    elif (
        dated
        and body > 4
        and re.search(
            r"(?<!\w)(?:Press|Verlag|Springer|Wiley|Publish\w{2,6}|Books|University)(?!\w)", rest[-120:]
        )
    ):
        score += 0.2
    if dated and _pattern("in").search(draft.rest, body):
        score += 0.2
    pieces = [
        draft.rest[a:b].strip(" .,\x01")
        for low, high in draft.chunks(body)
        for a, b in sentences(draft.rest, low, high)
    ]
    pieces = [p for p in pieces if p]
    if 2 <= len(pieces) <= 6 and all(len(p) < 260 for p in pieces):
        short = [p for p in pieces[1:] if len(p.split()) <= 12]
        if any(is_site(p) for p in short):
            score += 0.3
        elif short and looks_like_journal(short[-1]) > 1.4 and dated:
            score += 0.2
    return score


def _prose(draft: Draft) -> float:
    """Weigh what references lack: verbs, pronouns, labels of forms, length."""
    text = draft.rest
    words = re.findall(r"[^\W\d_]+", text[:4_000])
    if not words:
        return 0.3
    # a capital in the middle is a title's or a name's ("US", "Facts About"), not a sentence's
    lowered = [words[0].casefold(), *(w for w in words[1:] if w[0].islower() or w == "I")]
    prose = sum(1 for w in lowered if w in PROSE)
    telling = sum(1 for w in lowered if w in TELLING)
    share = prose / len(words)
    against = 0.0
    if prose > 1:
        against += 2.5 * max(0.0, share - 0.04) + 0.04 * (prose - 1)
    against += 0.2 * min(telling, 3)
    if _form().search(text):
        against += 0.35
    first = text.lstrip(" \x01")
    if first[:1].islower() and not re.match(r"(?:van|von|de|der|den|di|du|la|le|el|al|d'|e[A-Z])", first):
        against += 0.2
    if len(text) > _LONG and not is_author_line(text[: len(text) // 2]):
        against += 0.3
    if text.rstrip()[-1:] == ":" and "available_at" not in draft.extra:
        against += 0.3
    if is_source_line(draft.plain):
        against -= 0.2
    return against


def is_site(text: str) -> bool:
    """Tell whether a few words name a site, a paper or an organisation that has one."""
    words = text.strip(" .").casefold()
    if words in SITES or words.removeprefix("the ") in SITES or words in NEWSPAPERS:
        return True
    if len(words.split()) > 14:
        return False
    return is_organisation(text.strip(" .")) or bool(
        re.fullmatch(r"[\w.-]{1,60}\.(?:com|org|net|gov|edu|info|int)", words)
    )
