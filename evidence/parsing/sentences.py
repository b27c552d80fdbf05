"""Sentences of a reference, and how much a few words look like the name of a journal."""

from __future__ import annotations

import re
from functools import cache

from evidence.parsing.draft import TAKEN
from evidence.parsing.vocabulary import ABBREVIATIONS, CONNECTORS, JOURNAL_WORDS, STARTS


@cache
def _boundary() -> re.Pattern[str]:
    return re.compile(
        r"[.?!][\"')\]]{0,2}\s{1,40}(?=[\"'(\[¿¡]?[^\W_a-z]|\W{0,2}e[A-Z]|[a-z]{1,3}[A-Z])|[.?!](?=\x01)"
    )


def _is_abbreviation(text: str, stop: int, start: int) -> bool:
    """Whether the full stop at `stop` ends an abbreviation rather than a sentence."""
    if text[stop] != ".":
        return False
    at = stop
    while at > start and (text[at - 1].isalnum() or text[at - 1] in ".'-"):
        at -= 1
    word = text[at:stop]
    if word.casefold() in ABBREVIATIONS:
        return word != "al"
    if len(word) == 1 and word.isupper():
        # "vitamin D. Nutrients" ends there; "J. Bone", "Staphylococcus, S. aureus" do not
        before = text[start:at].rstrip().rpartition(" ")[2]
        return not (before and before[-1].isalpha() and before.islower() and before not in CONNECTORS)
    return bool(re.fullmatch(r"(?:[A-Z]\.){1,4}[A-Z]", word))


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a range, each with its closing mark."""
    result: list[tuple[int, int]] = []
    at = start
    for found in _boundary().finditer(text, start, end):
        if _is_abbreviation(text, found.start(), at):
            continue
        stop = found.start() + len(found.group().rstrip())
        if stop > at:
            result.append((at, stop))
        at = found.end()
    if at < end and text[at:end].strip(" .," + TAKEN):
        result.append((at, end))
    return result


def looks_like_journal(text: str) -> float:
    """Judge how much a few words look like the name of a journal, from about -3 to 4."""
    words = re.findall(r"[^\W\d_][\w'’]*\.?|&|\d+", text)[:20]
    if not words:
        return -3.0
    bare = [w.rstrip(".").casefold() for w in words]
    big = [w for w, b in zip(words, bare, strict=True) if b not in CONNECTORS]
    if not big:
        return -2.0
    lower = sum(1 for w in big if w[0].islower())
    known = sum(1 for b in bare if b in JOURNAL_WORDS)
    score = 0.0
    if lower:
        sentence_case = bare[0] in (
            "journal",
            "revue",
            "revista",
            "annals",
            "archives",
            "american",
            "british",
            "international",
        )
        score -= 0.5 if sentence_case else 1.2 + 0.8 * min(lower, 3)
    else:
        score += 1.0
    score += min(known, 3) * 0.6 + (0.5 if bare[0] in STARTS else 0.0)
    dotted = sum(1 for w in words if w.endswith("."))
    score += 0.4 if dotted else 0.0
    score -= 0.25 * max(0, len(words) - 7)
    if re.search(r"[:?!]", text):
        score -= 0.7
    return score
