"""Web pages as references: "Title. Site. Available at: …", with an organisation or agency as author."""

from __future__ import annotations

import re
from functools import cache

from evidence.names import is_organisation, read_list
from evidence.names.words import LOOSE, ORGANISATIONS
from evidence.parsing.draft import Draft
from evidence.parsing.sentences import sentences
from evidence.parsing.vocabulary import NEWSPAPERS, SITES


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(r"\s[|]\s|\s-\s(?=[A-Z])|\s::\s|\s·\s")


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


def _is_author(text: str) -> bool:
    """Whether a sentence is an author rather than a title: an agency, an organisation."""
    text = text.strip(" .")
    if len(text) > 110 or re.search(r"[?!:]", text):
        return False
    if text.casefold() in SITES:
        return True
    names, _ = read_list(text)
    if len(names) != 1 or not names[0].literal:
        return False
    lower = [
        w
        for w in text.split()
        if w[0].islower() and w not in ("of", "and", "the", "for", "on", "in", "de", "&", "d")
    ]
    return not lower


def read_web(draft: Draft, start: int, has_author: bool) -> None:
    """Set title, site and, if there is none yet, the author that is an organisation."""
    parts: list[tuple[int, int]] = []
    for low, high in draft.chunks(start):
        for piece in sentences(draft.rest, low, high):
            span = draft.trim(*piece)
            if any(c.isalpha() for c in draft.rest[span[0] : span[1]]):
                parts.append(span)
    parts = _split_bar(draft, parts)
    if not parts:
        return
    texts = [draft.rest[a:b] for a, b in parts]
    if (
        not has_author
        and len(parts) > 1
        and _is_author(texts[0])
        and not (len(parts) == 2 and is_site(texts[1]))
    ):
        draft.set("author", *parts.pop(0))
        texts.pop(0)
    site = next((n for n in range(len(parts) - 1, 0, -1) if is_site(texts[n])), 0)
    site = site or (len(parts) - 1 if len(parts) > 1 else 0)
    if len(parts) > 1:
        end = parts[site - 1][1] if _one_title(texts[:site]) else parts[0][1]
        draft.set("title", parts[0][0], end)
        _set_site(draft, *parts[site])
    else:
        draft.set("title", *parts[0])


def _one_title(texts: list[str]) -> bool:
    """Whether the sentences before the site are one title: short ones belong together."""
    return len(texts) > 1 and sum(len(t) for t in texts) < 160 and "\x01" not in "".join(texts)


def _set_site(draft: Draft, low: int, high: int) -> None:
    """Set the site; "Place: Publisher" is read as such."""
    found = re.match(r"([A-Z][\w .,'-]{1,40}):\s{0,2}([A-Z].{1,90})$", draft.rest[low:high])
    if found and not (ORGANISATIONS | LOOSE).isdisjoint(
        w.casefold().strip(".,") for w in found.group(2).split()
    ):
        draft.set("place", *draft.trim(low + found.start(1), low + found.end(1)))
        draft.set("publisher", *draft.trim(low + found.start(2), low + found.end(2)))
        return
    draft.set("container", low, high)


def _split_bar(draft: Draft, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Split "Title | Site" and "Title - Site", as browsers name a page."""
    result: list[tuple[int, int]] = []
    for low, high in parts:
        bars = list(_separator().finditer(draft.rest, low, high))
        found = bars[-1] if bars else None
        if found and (found.group().strip() != "-" or is_site(draft.rest[found.end() : high])):
            result += [draft.trim(low, found.start()), draft.trim(found.end(), high)]
        else:
            result.append((low, high))
    return result
