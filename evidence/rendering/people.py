"""Lists of people as the styles print them: which of them, in what form, what stands between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evidence.model import Name, Work
from evidence.names import initials, is_organisation
from evidence.rendering.pieces import clean

#: Suffixes as the NLM prints them (Citing Medicine, chapter 1: "Jr", "3rd") and as the AMA does ("III").
_NLM_SUFFIXES = {"II": "2nd", "III": "3rd", "IV": "4th", "Jr.": "Jr", "Sr.": "Sr"}
_AMA_SUFFIXES = {"2nd": "II", "3rd": "III", "4th": "IV", "Jr.": "Jr", "Sr.": "Sr"}
_APA_SUFFIXES = {"2nd": "II", "3rd": "III", "4th": "IV", "Jr": "Jr.", "Sr": "Sr."}


def family_of(name: Name) -> str:
    """Return an organisation whole, or a family name with its particle."""
    return clean(name.literal or f"{name.particle} {name.family}") or clean(name.given)


def _is_group(name: Name) -> bool:
    """Whether an organisation was deposited as a person: "XYZ Study Consortium, for the"."""
    return name.given.islower() and " " in name.family and is_organisation(name.family)


def _is_unspaced(name: Name) -> bool:
    """Whether a name is in a script that writes it whole and has no initials (Chinese, Japanese, Korean)."""
    if name.family.isascii():
        return False
    letters = [c for c in name.family + name.given if c.isalpha()]
    return bool(letters) and all("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in letters)


def _shouted(name: Name) -> bool:
    """Whether a name was deposited in capitals: its given names in capitals may be no initials then."""
    return len(name.family) > 2 and name.family.isupper()


def _is_name(word: str, *, long: bool, shouted: bool, most: int) -> bool:
    """Whether a word in capitals is a name or a rank, and no row of initials."""
    if not (word.isalpha() and word.isupper()) or len(word) < 3:
        return False
    return long or len(word) > most or (shouted and any(c in "AEIOUY" for c in word))


@lru_cache(maxsize=8_192)
def _initials(given: str, *, shouted: bool) -> str:
    """Return initials without stops; a word in capitals among names in full is a name or a rank."""
    words = clean(given).split()
    long = any(len(w) > 2 and not w.isupper() and "." not in w for w in words)
    return initials(" ".join(w[0] if _is_name(w, long=long, shouted=shouted, most=4) else w for w in words))


def _run_together(name: Name, suffixes: dict[str, str]) -> str:
    """Return "van der Berg AB Jr", as the NLM and the AMA print people."""
    if name.literal or _is_group(name):
        return clean(name.literal or name.family)
    if _is_unspaced(name):
        return clean(name.family) + clean(name.given)
    given = _initials(name.given, shouted=_shouted(name)) if name.family else ""
    suffix = clean(name.suffix)
    return " ".join(filter(None, [family_of(name), given, suffixes.get(suffix, suffix)]))


def nlm(names: Sequence[Name], *, more: bool = False, most: int = 0) -> str:
    """Return people as the NLM prints them, an organisation behind people after a semicolon.

    With `most` a longer list is cut after so many (ICMJE samples: six) and ends in "et al".
    """
    shown = [(name, text) for name in names if (text := _run_together(name, _NLM_SUFFIXES))]
    cut = bool(most) and len(shown) > most
    return _joined(shown[:most] if cut else shown, more=more or cut)


def ama(names: Sequence[Name], *, more: bool = False) -> str:
    """Return people as the AMA prints them: up to six, else three and "et al" (11th ed., 3.7)."""
    shown = [(name, text) for name in names if (text := _run_together(name, _AMA_SUFFIXES))]
    cut = len(shown) > 6 or (more and len(shown) > 3)
    return _joined(shown[:3] if cut else shown, more=more or cut)


def _joined(shown: Sequence[tuple[Name, str]], *, more: bool) -> str:
    text = ""
    for (name, words), before in zip(shown, [None, *(n for n, _ in shown)], strict=False):
        if before is not None:
            text += "; " if name.literal and not before.literal else ", "
        text += words
    return f"{text}, et al" if more and text else text


@lru_cache(maxsize=8_192)
def dotted(given: str, *, shouted: bool = False) -> str:
    """Return given names as spaced initials: "K. A." for "Kenneth A." and "KA", "J.-P." for "Jean-Pierre"."""
    result = []
    words = clean(given).replace(".", ". ").split()
    long = any(len(w) > 2 and not w.isupper() and "." not in w for w in words)
    for word in words:
        parts = [part.strip(".") for part in re.split(r"[-‐‑–]", word)]
        parts = [part for part in parts if part[:1].isalnum()]
        bare = "".join(parts)
        together = len(parts) == 1 and len(bare) > 1 and bare.isalpha() and bare.isupper()
        if together and not _is_name(bare, long=long, shouted=shouted, most=3):
            result += [f"{letter}." for letter in bare]
        elif parts:
            result.append("-".join(f"{part[0].upper()}." for part in parts))
    return " ".join(result)


def apa_one(name: Name) -> str:
    """Return "van der Berg, A. B., Jr." (APA, 9.8)."""
    if name.literal or _is_group(name):
        return clean(name.literal or name.family)
    if _is_unspaced(name):
        return clean(name.family) + clean(name.given)
    suffix = clean(name.suffix)
    given = dotted(name.given, shouted=_shouted(name)) if name.family else ""
    return ", ".join(filter(None, [family_of(name), given, _APA_SUFFIXES.get(suffix, suffix)]))


def apa(names: Sequence[Name], *, more: bool = False) -> str:
    """Return people as the APA prints authors: all up to twenty, else nineteen, "…" and the last (9.8)."""
    shown = [text for name in names if (text := apa_one(name))]
    if more:
        return ", ".join([*shown[:19], "et al."]) if shown else ""
    if len(shown) > 20:
        return ", ".join(shown[:19]) + f", … {shown[-1]}"
    return _with_ampersand(shown)


def apa_inside(names: Sequence[Name]) -> str:
    """Return people as the APA prints the editors of a book that holds a chapter: "B. Li & C. Wu" (9.28)."""
    shown = []
    for name in names:
        if name.literal or _is_unspaced(name):
            shown.append(apa_one(name))
            continue
        suffix = clean(name.suffix)
        words = [dotted(name.given, shouted=_shouted(name)), family_of(name)]
        text = ", ".join(filter(None, [" ".join(filter(None, words)), _APA_SUFFIXES.get(suffix, suffix)]))
        shown.append(text)
    shown = [text for text in shown if text]
    if len(shown) == 2:
        return " & ".join(shown)
    return _with_ampersand(shown)


def _with_ampersand(shown: Sequence[str]) -> str:
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])}, & {shown[-1]}"


def cited(work: Work, *, ampersand: bool = True) -> str:
    """Return whom a citation names: "Berg", "Berg & Li", "Berg et al." (APA, 8.17); "" for nobody."""
    names = [text for name in work.authors or work.editors if (text := family_of(name))]
    if not names:
        return ""
    if len(names) == 1 and not work.more_authors:
        return names[0]
    if len(names) == 2 and not work.more_authors:
        return f" {'&' if ampersand else 'and'} ".join(names)
    return f"{names[0]} et al."
