"""What tells twin works apart: parts of a series, and what is said about a work under its own title.

"X. Part 1" and "X. Part 3", "X" and "Reply to X", "X" and its erratum are alike in every string
measure; each was taken for the other by the published matchers.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from evidence.matching.locators import roman
from evidence.matching.wording import entries, letters, words
from evidence.model import Work

#: Words that make a title one about another work, by what they make of it.
_KINDS = {
    "reply": "reply|replies|response|rejoinder",
    "comment": "comment|comments|commentary|discussion|letter|re",
    "correction": "erratum|errata|corrigendum|corrigenda|correction|corrections|addendum",
    "retraction": "retraction",
    "concern": "concern",
    "editorial": "editorial|viewpoint",
    "abstract": "abstract|poster",
    "summary": "summaries|highlights|synopsis",
}

#: Beginnings of such titles, and endings that a dash, a colon or a full stop sets off.
_FRONT = re.compile(
    r"\W{0,3}(?:in |author'?s?'? |publisher |editorial |notice of |expression of |invited )?"
    r"((?:reply|replies|response(?= to\b)|rejoinder|comments?|commentary|discussion|letter|re(?=:| )"
    r"|errat(?:um|a)|corrigend(?:um|a)|corrections?|addendum|retraction|concern|editorial|viewpoint"
    r"|abstract|poster)\b)",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(
    r"\s{0,2}(?:to|on|of|for|notice|notice to)?\s{0,2}[:.\-–—“\"]?\s{0,2}", re.IGNORECASE
)
_BACK = re.compile(
    r"[-–—.:;(\[]\s*(?:author'?s?'? |an? |invited |letter )?(reply|response|rejoinder|comments?|commentary"
    r"|discussion|errat(?:um|a)|corrigend(?:um|a)|corrections?|addendum|retraction|editorial|viewpoint"
    r"|abstract|summaries|highlights|synopsis)\W*$",
    re.IGNORECASE,
)

#: Such a beginning, mark included, right before a title that stands in a text.
BEFORE_TITLE = re.compile(
    r"\b(?:(?:in |author'?s?'? |publisher |notice of |expression of |invited )?"
    r"(reply|replies|response|rejoinder|comments?|commentary|discussion|letter|re(?=\s?[:\"“‘'])|errat(?:um|a)"
    r"|corrigend(?:um|a)|corrections?|addendum|retraction(?: notice)?|concern|editorial|viewpoint)"
    r"(?: to| on| of| for)?(?: the article)?)\s{0,2}[:.—–-]?\s{0,2}[\"“‘']?\Z",
    re.IGNORECASE,
)

#: Such an ending, mark included, right behind one.
BEHIND_TITLE = re.compile(
    r"[?!.]?[\s\"”’']{0,2}(?:[-–—:(\[]|\.\s)\s{0,2}(?:author'?s?'? |letter )?"
    r"(reply|response|rejoinder|comment|commentary|discussion|errat(?:um|a)|corrigend(?:um|a)|correction|addendum|retraction)\s{0,2}(?=[.,\"”)\]]|\Z)",
    re.IGNORECASE,
)

#: Words before a number or a letter that make it a part of a series.
_PART_WORDS = """
part|pt|paper|chapter|section|study|phase|report|number|no|volume|vol|type|version|update|lecture|case|stage
level|grade|teil|partie|parte|series
"""


#: The number of a chapter before its title: "5. Paris", "Chapter 12: Discs".
_CHAPTER = re.compile(
    r"\s*(?:(?:chapter|kapitel)\W{0,3}\d{1,3}\W{1,3}|\d{1,3}(?:\.\d{1,2})?[.:]\s)\s*", re.IGNORECASE
)

#: What `differ` says where only numbers tell two titles apart.
NUMBERS = "the numbers in the titles differ"


@cache
def _kind_of() -> dict[str, str]:
    return {word: kind for kind, text in _KINDS.items() for word in text.split("|")}


@lru_cache(maxsize=8_192)
def kinds(title: str) -> frozenset[str]:
    """Return what a title says it is besides a study: a reply, a comment, a correction, an editorial.

    Only at its beginning, or at its end behind a mark; in the middle "response" is a word as any.
    A title may say several things: "Reply: Letter: X" is a reply to a letter, "Correction: Correction: X"
    a correction again.
    """
    found: list[str] = []
    rest = title
    while (label := _FRONT.match(rest)) and len(found) < 4:
        found.append(label.group(1))
        rest = _AFTER_LABEL.sub("", rest[label.end() :], count=1)
    if behind := _BACK.search(title[-60:]):
        found.append(behind.group(1))
    said: set[str] = set()
    for word in found:
        kind = _kind_of()[words(word)[0]]
        said.add(f"{kind} again" if kind in said else kind)
    return frozenset(said)


def unlabelled(title: str) -> str:
    """Return a title without the number of its chapter, which a list of references may leave out."""
    found = _CHAPTER.match(title)
    return title[found.end() :] if found else title


#: A word in which a scan took a letter for a figure ("wa1king").
_SCANNED = re.compile(r"[^\W\d_]{1,20}[015][^\W\d_]{2,20}")


@lru_cache(maxsize=8_192)
def parts(title: str) -> tuple[str, ...]:
    """Return the numbers of a title in order: "part II" and "2" are both 2; a last letter is a part too."""
    found = []
    all_words = words(title)
    for at, word in enumerate(all_words):
        named = at > 0 and all_words[at - 1] in entries(_PART_WORDS)
        if word.isdigit():
            found.append(str(int(word[:12])))
        elif word in _ROMAN and (named or len(word) > 1 or at == len(all_words) - 1):
            found.append(str(roman(word)))
        elif named and (len(word) == 1 or word in _NUMBER_WORDS):
            found.append(_NUMBER_WORDS.get(word, word))
        elif any(c.isdigit() for c in word) and not _SCANNED.fullmatch(word):
            found.append(word)
    return tuple(found)


_ROMAN = frozenset(
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
)
_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "first": "1", "second": "2"}


def differ(written: Work, registered: Work) -> str:
    """Say by what two works of like title are told apart, or "".

    The titles are taken with and without their subtitles, since a part may stand in either.
    """
    ours = {t for t in (written.title, f"{written.title}: {written.subtitle}") if t}
    other = registered.extra.get("original_title", "")
    theirs = {t for t in (registered.title, f"{registered.title}: {registered.subtitle}", other) if t}
    if not written.title or not registered.title:
        return ""
    ours |= {unlabelled(t) for t in ours}
    theirs |= {unlabelled(t) for t in theirs}
    if not any(kinds(a) == kinds(b) or _alike_at_both_ends(a, b) for a in ours for b in theirs):
        kind = sorted(kinds(written.title) ^ kinds(registered.title))
        return f"one of the two is {_a(kind[0])}" if kind else "one of the two is about the other"
    notice = _is_notice(registered)
    if notice and not kinds(written.title):
        return f"the record is a {notice} of another work"
    if not any(_same_parts(parts(a), parts(b)) for a in ours for b in theirs):
        return NUMBERS
    return ""


def _alike_at_both_ends(a: str, b: str) -> bool:
    """Whether two titles begin and end with the same letters: a label was only split ("Com mentary on")."""
    one, other = letters(a), letters(b)
    return len(one) > 30 and one[:12] == other[:12] and one[-12:] == other[-12:]


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


def _same_parts(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the numbers of two titles are the same ones; a scan may join or split what stands around."""
    if a == b or sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return True
    return len(a) == len(b) and all(x == y or _is_scan(x, y) for x, y in zip(a, b, strict=True))


def _is_scan(written: str, registered: str) -> bool:
    """Whether a scan can have made the one of the other: a letter for a figure ("VJ00E") or behind it."""
    if len(registered) < 3:
        return False
    if written[: len(registered)] == registered and written[len(registered) :].isalpha():
        return len(written) < len(registered) + 3
    same = sum(x == y for x, y in zip(written, registered, strict=False))
    return (
        len(written) == len(registered)
        and 2 * same >= len(registered)
        and all(x == y or (x.isalpha() and y.isdigit()) for x, y in zip(written, registered, strict=True))
    )


def _is_notice(work: Work) -> str:
    """Return what kind of notice about another work a record is ("retraction"), or ""."""
    kinds_ = {entry.split(" ")[0] for entry in work.extra.get("updates", "").split("; ") if entry}
    return min(kinds_ & {"retraction", "correction", "concern", "withdrawal"}, default="")
