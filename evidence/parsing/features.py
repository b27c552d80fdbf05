"""What the model knows of each word: its letters, its marks, its neighbours, where it stands.

A feature is a short string; its first letter says of what. The features of a word by itself are
made once and kept, since references share most of their words.
"""

from __future__ import annotations

from functools import cache, lru_cache

from evidence.parsing.dates import SEASONS, is_year, months
from evidence.parsing.draft import TAKEN
from evidence.parsing.vocabulary import CITIES, CONNECTORS, JOURNAL_WORDS, PUBLISHERS, SITES, STARTS
from evidence.parsing.words import Word


class Kept:
    """The features of one word: as itself, as the word before and behind, and its marks further off."""

    __slots__ = ("after", "ahead", "back", "before", "closes", "far", "opens", "own", "stop", "turns", "year")

    def __init__(self, text: str, low: int, high: int) -> None:
        core = text[low:high]
        head, tail = text[:low], text[high:]
        if text[0] == TAKEN:
            head, tail, core, shape, lower = "", text.strip(TAKEN + " ")[:1], TAKEN, "id", TAKEN
        elif not (core[0].isalnum() or core[0] == "_"):  # marks alone
            head, tail, shape, lower = "", "", text[:3], text[:3]
        else:
            shape, lower = shape_of(core), core.lower()
        word = lower if not lower.isdigit() else f"#{len(lower)}"
        marks = f"{head[-2:]}_{tail[:3]}"
        first = tail[:1]
        shaped = f"{shape}{marks}"
        own = ["w" + word, "m" + marks, "t" + shaped, f"v{word}{first}" if len(word) < 9 else "v" + word[:4]]
        if len(lower) > 3 and lower[0].isalpha():
            own += ("x" + lower[-3:], "y" + lower[:3], f"z{lower[-2:]}{shape[:2]}{first}")
        self.own = own
        self.before = ["<w" + word, f"<t{shape}{tail[:2]}"]
        self.after = [">w" + word, f">t{shape}{head[-1:]}{first}"]
        lexicon = _lexicons().get(lower)
        if lexicon:
            own += ("l" + lexicon, f"L{lexicon}{shaped}")
            self.before.append("<l" + lexicon)
            self.after.append(">l" + lexicon)
        self.far = far = shape + first
        self.back, self.ahead = "<<" + far, ">>" + far
        self.opens = '"' in head
        self.closes = '"' in tail or core == '"'
        self.stop = "." in tail and len(core) > 2 and not shape.startswith("X.")
        self.year = core[:1].isdigit() and len(core) < 6 and is_year(core[:4])
        self.turns = self.opens or self.closes or self.stop or self.year


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


def _edge() -> Kept:
    """Return what stands before the first word and behind the last one."""
    edge = Kept(TAKEN, 0, 1)
    edge.before, edge.after, edge.far, edge.back, edge.ahead = ["<^"], [">$"], "^", "<<^", ">>^"
    return edge


_EDGE = _edge()
#: Most words, and runs of four shapes, stand in many references; each table is emptied when it is full.
_MOST = 12_000
_kept: dict[str, Kept] = {}
_shapes: dict[tuple[str, str, str, str], list[str]] = {}
_STATES = [[[f"p{quoted}{years}{stops}" for stops in range(6)] for years in (0, 1)] for quoted in (0, 1, 2)]
_PLACES = [f"P{n}" for n in range(10)]
_ENDS = [f"e{n}" for n in range(5)]


def kept(text: str, low: int, high: int) -> Kept:
    """Return the features of one word, with its core at `low` to `high`; made once for most words."""
    one = _kept.get(text)
    if one is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        one = _kept[text] = Kept(text, low, high)
    return one


def _side_by_side(shapes: tuple[str, str, str, str]) -> list[str]:
    """Return the features of a word's shape, the second, with those around it."""
    if len(_shapes) >= _MOST:
        _shapes.clear()
    left, one, right, last = shapes
    made = [f"-{left}|{one}", f"+{one}|{right}", f"={left}|{one}|{right}", f"*{one}|{right}|{last}"]
    _shapes[shapes] = made
    return made


@lru_cache(maxsize=64)
def _places(count: int) -> list[tuple[str, str]]:
    """Return for each of so many words how far it is from the beginning and from the end."""
    return [
        (_PLACES[at if at < 5 else 9 * at // count], _ENDS[count - at if count - at < 4 else 4])
        for at in range(count)
    ]


def features_of(rest: str, words: list[Word]) -> list[list[str]]:
    """Return the features of each word of a draft."""
    ones = [kept(rest[start:end], low - start, high - start) for start, end, low, high in words]
    around = [_EDGE, _EDGE, *ones, _EDGE, _EDGE]
    fars = [one.far for one in around]
    shapes = zip(fars[1:], fars[2:], fars[3:], fars[4:], strict=False)
    beside = zip(around, around[1:], ones, around[3:], around[4:], shapes, _places(len(ones)), strict=False)
    result = []
    quoted = years = stops = 0
    state = _STATES[0][0][0]
    for far, left, one, right, last, four, (place, end) in beside:
        if one.turns:
            if one.opens or (one.closes and not quoted):
                quoted = 1
            state = _STATES[quoted][years][stops]
        result.append(
            [
                *one.own,
                *left.before,
                *right.after,
                far.back,
                last.ahead,
                *(_shapes.get(four) or _side_by_side(four)),
                state,
                place,
                end,
            ]
        )
        if one.turns:
            if quoted == 1 and one.closes:
                quoted = 2
            if one.year:
                years = 1
            if one.stop and stops < 5:
                stops += 1
            state = _STATES[quoted][years][stops]
    return result
