"""Journal titles shortened as the NLM and the AMA print them, and written out again.

ISO 4 shortens word by word, by the ISSN International Centre's List of Title Word Abbreviations
(`words.tsv`, compiled by scripts/abbreviation_table.py). Where the NLM's own form is another one,
or a shortened title is to be written out (APA), a table of well-known journals has both
(`journals.tsv`; NLM Catalog).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files


def _set_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Small words by which a title is known to be in a language other than English.
_FOREIGN = _set_of(
    """de la le les el los las del des du der die das den dem und et y di da do dos della delle degli dei
    für fur zur zum"""
)
#: Words that abbreviations leave out: ISO 4:1997, 4.5 (articles, conjunctions, prepositions).
_SMALL = _FOREIGN | _set_of(
    "the a an of and in for on to at by with from e i van voor och og l d au aux sur &"
)
#: Words of a tail behind a colon that describes a journal and is no part of its short title.
_DESCRIBES = _set_of("official publication journal international organ society association")
#: Where the NLM prints another abbreviation than the LTWA's, or none (NLM Catalog, Title Abbreviation).
_NLM = {
    "royal": "R", "joint": "Joint", "alternative": "Altern",
    "complementary": "Complement", "investigation": "Invest", "investigations": "Invest",
    "investigative": "Invest", "osteoarthritis": "Osteoarthritis", "cartilage": "Cartilage",
    "management": "Manag", "medica": "Med", "medicas": "Med", "journal": "J", "global": "Glob",
    "oxidative": "Oxid",
}  # fmt: skip
#: Names of countries and places that are shortened to their initials.
_PLACES = {
    "United States of America": "U S A", "United States": "U S", "United Kingdom": "U K",
    "New Zealand": "N Z", "New England": "N Engl", "New York": "N Y",
}  # fmt: skip
#: Letters that NFKD does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ß": "ss", "ł": "l", "æ": "ae", "œ": "oe", "Ø": "O", "Æ": "Ae"})

#: Longest title that is looked at, in characters.
LONGEST = 300


@lru_cache(maxsize=8_192)
def shorten(title: str) -> str:
    """Return a journal's title in short, without full stops: "J Orthop Res", "Stem Cells".

    A title of one word stays as it is (ISO 4, 4.1), and so does every word that no table has.
    """
    title = " ".join(title[:LONGEST].split())
    known = _by_title().get(_folded(title))
    if known:
        return known
    bare = re.sub(r"\s?\([^()]{0,80}\)$", "", title)  # "Lancet (London, England)"
    head, _, tail = bare.partition(":")
    if len(_DESCRIBES.intersection(tail.casefold().split())) > 1:
        bare = head.rstrip()
    known = _by_title().get(_folded(bare))
    if known:
        return known
    for place, initials in _PLACES.items():
        bare = bare.replace(place, initials)
    words = re.findall(r"[^\s/,;:.]+", re.sub(r"(?<=\w)[-‐–](?=\w)", " - ", bare))
    words = [word for word in words if word not in ("-", "–", "—")]
    foreign = is_foreign(" ".join(words))
    kept = [
        w for i, w in enumerate(words) if w.casefold() not in _SMALL or (len(w) == 1 and i and w.isupper())
    ]
    if len(kept) < 2 or not any(c.isalpha() and c.isascii() for c in bare):
        return " ".join(kept) or title
    return " ".join(_word(word, foreign) for word in kept)


def is_foreign(title: str) -> bool:
    """Tell whether a title is known by its small words to be in a language other than English."""
    return any(word.casefold() in _FOREIGN for word in title[:LONGEST].split())


def undotted(short: str) -> str:
    """Return a shortened title without its full stops: "J. Am. Med. Assoc." → "J Am Med Assoc"."""
    return " ".join(re.sub(r"\.(?=\s|$|[A-Z])", " ", short).split())


def expand(short: str) -> str:
    """Return the full title of a well-known journal from its short one, else `short` itself."""
    return _by_short().get(_folded(undotted(short)), short)


def _word(word: str, foreign: bool) -> str:
    """Return one word in short; acronyms and numbers stay as they are written."""
    if word == "ONE":
        return "One"
    if not word[0].isalpha() or word == "Engl" or (len(word) > 1 and not word[1:].islower()):
        return word
    folded = _fold(word)
    short = _NLM.get(folded) or _looked_up(folded, foreign) or folded
    return short[0].upper() + short[1:]


@lru_cache(maxsize=8_192)
def _looked_up(word: str, foreign: bool) -> str:
    """Return the abbreviation of a folded word: as it is, in the singular, else by its longest stem."""
    exact, stems = _table()
    for part in ("e", "o") if foreign else ("e",):
        singular = (word, word.removesuffix("s"), re.sub(r"ies$", "y", word), re.sub(r"es$", "", word))
        for form in dict.fromkeys(singular):
            if form + part in exact:
                return exact[form + part]
        for end in range(len(word), 1, -1):
            if word[:end] + part in stems:
                return stems[word[:end] + part]
    return ""


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def _folded(title: str) -> str:
    words = re.findall(r"\w+", _fold(title.replace("&", " and ")).replace("'", "").replace("’", ""))
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _lines(name: str) -> list[list[str]]:
    text = files("evidence.abbreviations").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Return words and stems, each with the letter of its part of the table behind it."""
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    for word, short, part in _lines("words.tsv"):
        if word.endswith("-"):
            stems[word[:-1] + part] = short
        else:
            exact[word + part] = short
    return exact, stems


@cache
def _by_title() -> dict[str, str]:
    known: dict[str, str] = {}
    for short, title in _lines("journals.tsv"):
        # "Obesity (Silver Spring)": the place tells journals of one name apart in a catalogue only
        plain = short if "(" in title else re.sub(r"\s\([^()]+\)$", "", short)
        known.setdefault(_folded(title), plain)
    return known


@cache
def _by_short() -> dict[str, str]:
    return {_folded(short): title for short, title in _lines("journals.tsv")}
