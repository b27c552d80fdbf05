"""Names compared and shown, and the folded form in which text is compared at all."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from evidence.model import Name
from evidence.names.words import PARTICLES

#: Letters that NFKD does not take apart (Unicode, chapter 7.1; the dotless i of Turkish).
_LETTERS = {
    "ø": "o", "Ø": "o", "ß": "ss", "ẞ": "ss", "ł": "l", "Ł": "l", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n",
    "ŧ": "t", "ĸ": "k", "ə": "e", "Ə": "e",
}  # fmt: skip
#: The other common spelling of some of them: Müller, Mueller (German), Ångström, Aangstroem (Nordic).
_TRANSLITERATED = {
    "ö": "oe", "ä": "ae", "ü": "ue", "å": "aa", "ø": "oe",
    "Ö": "oe", "Ä": "ae", "Ü": "ue", "Å": "aa", "Ø": "oe",
}  # fmt: skip
_DROPPED = frozenset("'’‘ʼ`´′.\u00ad\u200b\u200c\u200d\u2060\ufeff")


def initials(given: str) -> str:
    """Return the initials of given names: "Kenneth A." → "KA", "Jean-Pierre" → "JP", "KA" → "KA"."""
    result: list[str] = []
    for word in re.split(r"[\s.\-‐‑–]", given):
        letters = [c for c in word if c.isalpha()]
        if len(letters) <= 4 and all(c.isupper() for c in letters):
            result.extend(letters)
        elif letters:
            result.append(letters[0].upper())
    return "".join(result)


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Return a form for comparing: no accents, case or punctuation; hyphens and gaps one space."""
    if text.isascii():  # most text, at a fifth of the cost
        return " ".join(text.lower().translate(_ascii()).split())
    text = unicodedata.normalize("NFKD", text.translate(_table("letters")))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    kept: list[str] = []
    for character in text:
        if character.isalnum() or (character > "\u0300" and unicodedata.category(character)[0] == "M"):
            kept.append(character)
        elif character not in _DROPPED:
            kept.append(" ")
    return " ".join("".join(kept).split())


@cache
def _ascii() -> dict[int, str | None]:
    others = (chr(code) for code in range(128) if not chr(code).isalnum())
    return {ord(c): None if c in _DROPPED else " " for c in others}


@cache
def _table(name: str) -> dict[int, str]:
    return str.maketrans(_LETTERS if name == "letters" else _TRANSLITERATED)


@cache
def _particles() -> frozenset[str]:
    return frozenset(fold(p) for p in PARTICLES)


def _variants(name: Name) -> set[tuple[str, ...]]:
    """Return the words of a family name, without particles, plain and with ö written oe."""
    result = set()
    composed = unicodedata.normalize("NFC", name.family)
    for form in {composed, composed.translate(_table("transliterated"))}:
        words = fold(form).split()
        result.add(tuple([w for w in words if w not in _particles()] or words))
    # "van Berg" may be written Vanberg, "Al-Sayed" Alsayed
    result.add(("".join(fold(f"{name.particle} {name.family}").split()),))
    return result


def _same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two family names are one: joined alike, or one a first or last part of the other."""
    if not a or not b:
        return False
    if "".join(a) == "".join(b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) == len(long) or len("".join(short)) < 2:
        return False
    return long[: len(short)] == short or long[-len(short) :] == short


def same_family(a: Name, b: Name) -> bool:
    """Tell whether two names can have one family name.

    Particles, accents, case, hyphens and ö/oe do not count; a double surname may be given partly;
    family and given names may be swapped; an organisation is compared as a whole.
    """
    if a.literal or b.literal:
        left, right = (fold(n.literal or show(n, "full")) for n in (a, b))
        return bool(left) and left.removeprefix("the ") == right.removeprefix("the ")
    if not fold(a.family) or not fold(b.family):
        return False
    if any(_same_words(x, y) for x in _variants(a) for y in _variants(b)):
        return True
    return _swapped(a, b) or _swapped(b, a)


def _swapped(a: Name, b: Name) -> bool:
    """Whether a's family name is b's given name, and a's given name fits b's family name."""
    if len(fold(a.family)) < 2 or fold(a.family) != fold(b.given):
        return False
    if fold(a.given) == fold(b.family):
        return True
    short = initials(a.given)
    return bool(short) and a.given.replace(".", "").isupper() and initials(b.family) == short


def same_person(a: Name, b: Name) -> bool | None:
    """Tell whether two names can be one person; None when one has no given names to compare."""
    if not same_family(a, b):
        return False
    if a.literal or b.literal:
        return True
    one, two = (fold(initials(n.given)).replace(" ", "") for n in (a, b))
    if not one or not two:
        return None
    if _swapped(a, b) or _swapped(b, a):
        return True
    if not (one.startswith(two) or two.startswith(one)):
        return False
    return _compatible(a.given, b.given)


def _compatible(a: str, b: str) -> bool:
    """Whether given names with compatible initials can be one: Kenneth and K, not Kenneth and Karl."""
    if a.isupper() or b.isupper():
        return True
    first, second = (next(iter(fold(g).split()), "") for g in (a, b))
    if min(len(first), len(second)) < 3 or first.startswith(second) or second.startswith(first):
        return True
    from rapidfuzz.distance import Levenshtein

    # half of the letters: Mohammed and Muhammad are one name, Kenneth and Karl are not
    return bool(Levenshtein.normalized_similarity(first, second) >= 0.5)


def show(name: Name, form: str = "pubmed") -> str:
    """Return a name as a style prints it.

    `pubmed`: "van der Berg AB", "Smith JA Jr"; `full`: "Anna B. van der Berg"; `bibtex`:
    "van der Berg, Jr, Anna B.", an organisation in braces. Raises ValueError for another form.
    """
    if form not in ("pubmed", "full", "bibtex"):
        raise ValueError(f"no such form of a name: {form}")
    if name.literal:
        return f"{{{name.literal}}}" if form == "bibtex" else name.literal
    family = " ".join(filter(None, [name.particle, name.family]))
    if form == "bibtex":
        return ", ".join(filter(None, [family, name.suffix, name.given]))
    if form == "full":
        return " ".join(filter(None, [name.given, family, name.suffix]))
    return " ".join(filter(None, [family, initials(name.given), name.suffix]))
