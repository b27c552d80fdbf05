"""Cut a text into the words, digits and signs that numbers are made of, and read amounts.

An amount is the bare number ("twenty-four", "1,234", "two thirds", "2½ million"); what stands
around it (units, relations, kinds) is read in `reading.py`. One pass, linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

from evidence.facts.words import (
    FRACTIONS,
    GLYPHS,
    MEASURES,
    ONES,
    PEOPLE,
    ROMAN,
    SCALES,
    TENS,
    TIME,
    WEAK,
    listed,
)

DASHES = frozenset("-‐‑‒–—−")
_ORDINALS = listed("first second third fourth fifth sixth seventh eighth ninth")
_COMPARED = listed("more fewer less longer greater later")
_LASTING = listed("after for within in than least nearly almost about over lasted lasting")
#: A number of more digits than this is an identifier.
_LONGEST = 15


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The pieces of a text, as lists side by side.

    `kinds` are `n` digits, `w` word, `s` sign, `x` an address, date or marker; `texts` are in lower
    case. The lists are longer than `count` by blank pieces, so that looking a little beyond either
    end, where an index below zero counts from the end, finds nothing rather than failing.
    """

    texts: list[str]
    kinds: list[str]
    starts: list[int]
    ends: list[int]
    count: int

    def __len__(self) -> int:
        return self.count


class Amount(NamedTuple):
    """A bare number: its value, the index after its last token, and what kind it is."""

    value: float
    end: int
    kind: str = ""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what matches a token with the gap behind it, and what tells an address or a date by itself."""
    # Addresses, dates, clock times and citation markers hold digits that are no quantities.
    other = (
        r"https?://\S+|www\.\S+|(?<!\d)10\.\d{4,9}/\S+|\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,40}\]"
        r"|(?<!\d)\d{1,2}[/.](?:\d{1,2}[/.]\d{4}|(?:19|20)\d\d)(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)\d{1,2}:\d{2}(?!\d)"
    )
    whole = (
        r"\d{1,3}(?:,\d{3})+(?!\d)"  # 1,234,567
        r"|\d{1,3}(?:[ \u00a0\u2002-\u200a\u202f]\d{3})+(?!\d)"  # 1 234 567
        r"|\d+,\d{1,2}(?=\s?%)"  # 12,5 %
        r"|\d+"
    )
    number = rf"(?:{whole})(?:[.·∙‧⋅]\d+)?|(?<![\w.])[.·]\d+"
    # Most tokens are words of plain letters: they come first, but for addresses.
    word = r"[a-z]+(?![^\W\d_])|[^\W\d_]+"
    return re.compile(
        rf"(https?://\S+|www\.\S+|{word}|{other}|{number}|<=|>=|\+/-|[^\w\s])([\s_]*)"
    ), re.compile(rf"(?:{other})$")


_BLANK = 16
_NOTHING = [""] * _BLANK, ["s"] * _BLANK, [-1] * _BLANK, [-2] * _BLANK
_KINDS = dict.fromkeys(",.;:()[]%=<>/+-–—±\"'*", "s")


def tokens(text: str) -> Tokens:
    """Return the tokens of a text in order, words in lower case; spaces are left out."""
    folded = text.casefold()
    fits = len(folded) == len(text)
    found = _patterns()[0].findall(folded if fits else text)
    texts = [piece if fits else piece.casefold() for piece, _ in found]
    kinds = ["w" if piece.isalpha() else _KINDS.get(piece) or _kind(piece) for piece, _ in found]
    # Every character is in a token or in the gap behind one, so that lengths give the places.
    lead = len(text) - sum(map(len, chain.from_iterable(found)))
    edges = list(accumulate(map(len, chain.from_iterable(found)), initial=lead))
    blank = _NOTHING
    return Tokens(
        texts + blank[0], kinds + blank[1], edges[:-1:2] + blank[2], edges[1::2] + blank[3], len(found)
    )


def _kind(piece: str) -> str:
    """Return the kind of a token that is no plain word and no common sign."""
    first = piece[0]
    if first.isdecimal():
        plain = piece.isdecimal() or not _patterns()[1].match(piece)
        return "n" if plain else "x"
    if len(piece) > 1 and (first in ".·" or first == "["):
        return "x" if first == "[" else "n"
    if first.isalnum():
        return "x" if piece[:4].lower() in ("http", "www.") and not piece.isalnum() else "w"
    return "s"


def touching(all_of: Tokens, index: int) -> bool:
    """Return whether this token and the one before it stand without a space between them."""
    return all_of.ends[index - 1] == all_of.starts[index]


_BEGINNINGS = frozenset(
    (*ONES, *TENS, *WEAK, *GLYPHS, *ROMAN, "a", "an", "half", "all", "hundred", "thousand")
)


def beginnings(all_of: Tokens) -> list[int]:
    """Return the indices at which an amount may begin: most words can be passed over."""
    texts, kinds = all_of.texts, all_of.kinds
    return [at for at in range(all_of.count) if kinds[at] == "n" or texts[at] in _BEGINNINGS]


def amount_at(all_of: Tokens, index: int) -> Amount | None:
    """Return the amount that begins at this token, or None."""
    kind, text = all_of.kinds[index], all_of.texts[index]
    if kind == "n":
        return _digits(all_of, index)
    if kind == "s":
        return Amount(GLYPHS[text], index + 1, "fraction") if text in GLYPHS else None
    return _words(all_of, index) if kind == "w" else None


_GOES_ON = frozenset(("and", *GLYPHS, *SCALES, *DASHES))


def _digits(all_of: Tokens, index: int) -> Amount:
    raw = all_of.texts[index]
    if len(raw) > _LONGEST:
        return Amount(0.0, index + 1, "label")
    value, end = _value(raw), index + 1
    alone = not touching(all_of, index) and not touching(all_of, end)
    if alone and all_of.texts[end] not in _GOES_ON:  # most numbers
        return Amount(value, end)
    if _in_a_name(all_of, index):
        return Amount(value, end, "label")
    if all_of.texts[end] in GLYPHS:
        value, end = value + GLYPHS[all_of.texts[end]], end + 1
    after = all_of.texts[end]
    if touching(all_of, end) and all_of.kinds[end] == "w":
        known = after in TIME or after in MEASURES or after in PEOPLE or after in SCALES
        if not known:  # 1st, 3D, 6M
            return Amount(value, end, "label")
    while all_of.texts[end] in SCALES:
        value, end = value * SCALES[all_of.texts[end]], end + 1
    return _and_a_half(all_of, Amount(value, end))


def _value(raw: str) -> float:
    if raw.isdecimal():
        return float(raw)
    for dot in "·∙‧⋅":
        raw = raw.replace(dot, ".")
    head, comma, tail = raw.partition(",")
    if comma and "," not in tail and len(tail) < 3:
        return float(f"{head}.{tail}")
    return float("".join(raw.replace(",", "").split()))


def _in_a_name(all_of: Tokens, index: int) -> bool:
    """Return whether digits belong to a name: B12, CD34, IL-6, COVID-19."""
    if not touching(all_of, index):
        return False
    if all_of.kinds[index - 1] == "w":
        return True
    if (
        all_of.texts[index - 1] not in DASHES
        or not touching(all_of, index - 1)
        or all_of.kinds[index - 2] != "w"
    ):
        return False
    word = all_of.texts[index - 2]
    return word not in ONES and word not in TENS and word not in TIME


def _and_a_half(all_of: Tokens, amount: Amount) -> Amount:
    place = amount.end
    if all_of.texts[place] != "and" and all_of.texts[place] not in DASHES:
        return amount
    words: list[str] = []
    while len(words) < 3 and place < len(all_of):
        if all_of.texts[place] not in DASHES:
            words.append(all_of.texts[place])
        elif words and words[-1] == "half":
            break
        place += 1
    if words == ["and", "a", "half"]:
        return Amount(amount.value + 0.5, place)
    return amount


def _words(all_of: Tokens, index: int) -> Amount | None:
    word = all_of.texts[index]
    if word in ("a", "an"):
        return _after_article(all_of, index)
    if word == "half":
        return _half(all_of, index)
    if word in ONES or word in TENS or (word in ("hundred", "thousand") and _goes_on(all_of, index)):
        return _cardinal(all_of, index, index)
    if word == "no" and all_of.texts[index + 1] in _COMPARED:
        return None
    if word in WEAK:
        return Amount(float(WEAK[word]), index + 1, "weak")
    return Amount(1.0, index + 1, "all") if word == "all" else None


def _goes_on(all_of: Tokens, index: int) -> bool:
    """Return whether a bare "hundred" begins a number: "Hundred and forty-three patients"."""
    after = all_of.texts[index + 1]
    return after in ONES or after in TENS or (after == "and" and _joins(all_of, index, index + 1))


def _after_article(all_of: Tokens, index: int) -> Amount | None:
    word = all_of.texts[index + 1]
    if word in SCALES:
        return _cardinal(all_of, index, index + 1)
    if word in TIME and all_of.texts[index - 1] in _LASTING:  # "after a week"
        return Amount(1.0, index + 1)
    if word in FRACTIONS and all_of.texts[index + 2] == "of":
        return Amount(1 / FRACTIONS[word], index + 2, "fraction")
    return None


def _half(all_of: Tokens, index: int) -> Amount | None:
    if all_of.texts[index - 1] in ("first", "second", "latter", "former"):
        return None
    end = index + 1
    dash = all_of.texts[end] in DASHES and touching(all_of, end)
    if dash:
        return Amount(0.5, end + 1) if all_of.texts[end + 1] in TIME else None
    if all_of.texts[end] in ("a", "an"):
        after = all_of.texts[end + 1]
        if after in SCALES:
            return Amount(SCALES[after] / 2, end + 2)
        if after in TIME:
            return Amount(0.5, end + 1)
    return Amount(0.5, end, "fraction")


def _cardinal(all_of: Tokens, first: int, index: int) -> Amount:
    """Read words from `index` on; `first` differs from it where "a" stands for one."""
    implied = first < index or all_of.texts[index] in SCALES
    total, group, place = 0, 1 if implied else None, index
    while (word := all_of.texts[place]) and all_of.kinds[place] == "w":
        open_group = group is None or (group > 0 and group % 100 == 0)
        if word in TENS and open_group:
            group, place = (group or 0) + TENS[word], place + 1
            unit = place + 1 if all_of.texts[place] in DASHES and touching(all_of, place) else place
            if 0 < ONES.get(all_of.texts[unit], 0) < 10:
                group, place = group + ONES[all_of.texts[unit]], unit + 1
        elif word in ONES and open_group:
            group, place = (group or 0) + ONES[word], place + 1
        elif word in ("hundred", "dozen") and group is not None and group < 100:
            group, place = group * SCALES[word], place + 1
        elif word in ("thousand", "million", "billion") and group is not None:
            total, group, place = total + group * SCALES[word], None, place + 1
        elif word == "and" and _joins(all_of, first, place):
            place += 1
        else:
            break
        if word in ONES and all_of.texts[place] in DASHES and all_of.texts[place + 1] in SCALES:
            place += 1  # "two-hundred"
    return _with_fraction(all_of, first, Amount(float(total + (group or 0)), place))


def _joins(all_of: Tokens, first: int, place: int) -> bool:
    """Return whether "and" joins parts of one number: two hundred and five."""
    after = all_of.texts[place + 1]
    return (
        all_of.texts[place - 1] in ("hundred", "thousand", "million")
        and all_of.texts[first - 1] != "between"
        and (after in ONES or after in TENS)
        and all_of.texts[place + 2] not in SCALES
    )


def _with_fraction(all_of: Tokens, first: int, amount: Amount) -> Amount:
    end = amount.end
    hyphen = all_of.texts[end] in DASHES and touching(all_of, end)
    after = all_of.texts[end + 1 if hyphen else end]
    plural = after.endswith("s") or after == "halves"
    if after in FRACTIONS and plural == (amount.value > 1) and amount.value < FRACTIONS[after]:
        return Amount(amount.value / FRACTIONS[after], end + (2 if hyphen else 1), "fraction")
    if after in _ORDINALS and all_of.texts[end - 1] in TENS:
        return Amount(amount.value, end, "label")
    if amount.value == 1 and end == first + 1:
        with_half = _and_a_half(all_of, amount)
        return with_half if with_half.end > end else Amount(1.0, end, "weak")
    return _and_a_half(all_of, amount)
