"""What the model knows of each word: its letters, its marks, its neighbours, where it stands.

A feature is a short string; its first letter says of what. The features of a word by itself are
made once and kept, since references share most of their words.
"""

from __future__ import annotations

from functools import cache, lru_cache

from evidence.parsing.dates import SEASONS, is_year, months
from evidence.parsing.draft import TAKEN
from evidence.parsing.vocabulary import CITIES, CONNECTORS, JOURNAL_WORDS, PUBLISHERS, SITES, STARTS
from evidence.parsing.words import Word, scanner


class _Kept:
    """The features of one word: as itself, as the word before and behind, and its marks further off."""

    __slots__ = ("after", "before", "closes", "far", "opens", "own", "stop", "year")

    def __init__(self, text: str) -> None:
        found = scanner().match(text)
        core = found.group("core") if found and found.lastgroup else None
        if text[0] == TAKEN:
            head, tail, core, shape, lower = "", text.strip(TAKEN + " ")[:1], TAKEN, "id", TAKEN
        elif core is None:
            head, tail, core, shape, lower = "", "", text, text[:3], text[:3]
        else:
            low = found.start("core") if found else 0
            head, tail = text[:low], text[low + len(core) :]
            shape, lower = shape_of(core), core.lower()
        word = lower if not lower.isdigit() else f"#{len(lower)}"
        marks = f"{head[-2:]}_{tail[:3]}"
        lexicon = _lexicon(lower)
        own = [
            "w" + word,
            "m" + marks,
            f"t{shape}{marks}",
            f"v{word}{tail[:1]}" if len(word) < 9 else "v" + word[:4],
        ]
        if len(lower) > 3 and lower[0].isalpha():
            own += ["x" + lower[-3:], "y" + lower[:3], f"z{lower[-2:]}{shape[:2]}{tail[:1]}"]
        if lexicon:
            own += ["l" + lexicon, f"L{lexicon}{shape}{marks}"]
        self.own = own
        self.before = [f"<w{word}", f"<t{shape}{tail[:2]}"]
        self.after = [f">w{word}", f">t{shape}{head[-1:]}{tail[:1]}"]
        if lexicon:
            self.before.append("<l" + lexicon)
            self.after.append(">l" + lexicon)
        self.far = f"{shape}{tail[:1]}"
        self.opens = '"' in head or "«" in head
        self.closes = '"' in tail or "»" in tail or (core == '"')
        self.stop = "." in tail and len(core) > 2 and not shape.startswith("X.")
        self.year = is_year(core[:4]) and len(core) < 6


def shape_of(core: str) -> str:
    """Return the kind of letters and figures that a word is made of, repeats counted to four."""
    if core.isdigit():
        return f"Y{core[:2]}" if is_year(core) else "9" * min(len(core), 5)
    if core.isalpha():  # three of four words
        if core.islower():
            return "xx" if len(core) > 1 else "x"
        if core.isupper():
            return "XX" if len(core) > 1 else "X"
        if core[0].isupper() and core[1:].islower():
            return "Xxx" if len(core) > 2 else "Xx"
    result: list[str] = []
    for letter in core:
        if letter.isdigit():
            kind = "9"
        elif letter.isalpha():
            kind = "x" if letter.islower() else "X"
        else:
            kind = letter
        if len(result) < 2 or result[-1] != kind or result[-2] != kind:
            result.append(kind)
    return "".join(result[:8])


@cache
def _lexicons() -> dict[str, str]:
    result: dict[str, str] = {}
    for letter, words in (
        ("p", PUBLISHERS),
        ("c", {c for c in CITIES if " " not in c}),
        ("s", {s for s in SITES if " " not in s}),
        ("j", JOURNAL_WORDS),
        ("b", STARTS),
        ("f", CONNECTORS),
        ("d", {*months(), *SEASONS}),
    ):
        for word in words:
            result[word] = result.get(word, "") + letter
    return result


def _lexicon(word: str) -> str:
    return _lexicons().get(word, "")


_EDGE = _Kept(TAKEN)
_EDGE.before, _EDGE.after, _EDGE.far = ["<^"], [">$"], "^"


@lru_cache(maxsize=8192)
def kept(text: str) -> _Kept:
    """Return the features of one word with its marks; made once for most words."""
    return _Kept(text)


def features_of(rest: str, words: list[Word]) -> list[list[str]]:
    """Return the features of each word of a draft."""
    ones = [kept(rest[w.start : w.end]) for w in words]
    count = len(ones)
    around = [_EDGE, _EDGE, *ones, _EDGE, _EDGE]
    result = []
    quoted = 0
    years = 0
    stops = 0
    for at, one in enumerate(ones):
        if one.opens or (one.closes and not quoted):
            quoted = 1
        left, right = around[at + 1], around[at + 3]
        result.append(
            [
                *one.own,
                *left.before,
                *right.after,
                f"<<{around[at].far}",
                f">>{around[at + 4].far}",
                f"-{left.far}|{one.far}",
                f"+{one.far}|{right.far}",
                f"={left.far}|{one.far}|{right.far}",
                f"*{one.far}|{right.far}|{around[at + 4].far}",
                f"p{quoted}{years}{stops}",
                f"P{at if at < 5 else 9 * at // count}",
                f"e{min(count - at, 4)}",
            ]
        )
        if quoted == 1 and one.closes:
            quoted = 2
        if one.year:
            years = 1
        if one.stop and stops < 5:
            stops += 1
    return result
