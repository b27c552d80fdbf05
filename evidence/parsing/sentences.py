"""Sentences of a reference, and where its title ends and its journal begins."""

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


def split_journal(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Split "Title. Journal" or "Title, Journal" at its most likely place; None if there is none."""
    best: tuple[float, int, int] | None = None
    bounds = _candidates(text, start, end)
    for stop, resume, mark in bounds[-12:]:
        right = text[resume:end]
        if len(right) > 160 or not any(c.isalpha() for c in right):
            continue
        score = looks_like_journal(right) + _break(text, start, stop, resume, mark)
        if best is None or score >= best[0]:
            best = (score, stop, resume)
    if best is None or best[0] < -1.0:
        parts = sentences(text, start, end)
        last = text[parts[-1][0] : end] if len(parts) > 1 else ""
        if last[:1].isupper() and len(last.split()) <= 12:
            return (start, parts[-2][1]), (parts[-1][0], end)  # a journal in sentence case
        return None
    return (start, best[1]), (best[2], end)


def _candidates(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the places where a title can end: (its end, where the journal begins, the mark)."""
    found = re.compile(r"[.?!,:][\"')\]]{0,2}\s{1,40}(?=[\"'(]?[^\W_])").finditer(text, start, end)
    return [(f.start() + 1, f.end(), f.group()[0]) for f in found]


def _break(text: str, start: int, stop: int, resume: int, mark: str) -> float:
    """Judge the place itself: a full stop is better than a comma, within an abbreviation is bad."""
    left = text[start : stop - 1]
    words = left.split()
    if not words:
        return -5.0
    score = 0.9 if mark in ".?!" else -0.6 if mark == "," else -1.6
    if mark == ".":
        if _is_abbreviation(text, stop - 1, start):
            score -= 1.5
        last = words[-1].strip("(\"'")
        short = last[:1].isupper() and len(last) <= 7 and last.isalpha() and last[-1] not in "aeiouy"
        before = words[-2] if len(words) > 1 else ""
        if short and (not before or before[-1] in ".,?!" or last.casefold() in JOURNAL_WORDS):
            score -= 1.6  # "Clim. Dynam.": the journal began earlier
    if text[resume : resume + 1].islower():
        score -= 0.8
    if len(words) >= 3:
        score += 0.5
    if sum(1 for w in words if w[0].islower()) >= 2:
        score += 0.3
    return score
