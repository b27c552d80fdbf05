"""Whether two texts can be compared at all: in which script they are written, and in which language.

Titles, names and journals in two scripts, and a title beside its translation, are `absent` in a
comparison and never different.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice

from evidence.matching.wording import TAIL, entries, letters, words
from evidence.model import Work

#: Share of the words that two titles have in common from which on neither translates the other.
SHARED = 0.4

#: Fewest words of a title by which its language can be told: "IL-6" is no Italian.
_TOLD = 3

#: Words by which a title is seen to be English, and to be something else.
_ENGLISH = "the|of|and|for|with|on|to|from|by|an|as|is|are|after|between"
_NOT_ENGLISH = """
der|das|und|bei|von|zur|zum|mit|dem|den|eine|einer|fur|uber|im|beim|vom|nach|durch|oder|les|et|dans|du|une
chez|sur|pour|avec|aux|el|los|las|del|por|una|para|como|della|delle|nella|nel|dei|degli|di|um|uma|dos|das
och|av|hos|til|het|een|bij|voor|oraz|ve|ile
"""
#: Words of other languages that may stand in an English title too: "de novo", "en bloc", "La Crosse".
_PERHAPS = "de|la|le|con|e|em|en|na|med|com|van|z|w|met|som|des|ou|au|il|bir"

#: A note by which a title is known for a translation: "in German", "Article in Japanese".
_NOTED = re.compile(r"^\W{0,3}(?:article |text )?(?:written )?in [A-Za-z]{4,12}\W{0,3}$", re.IGNORECASE)


def same_script(a: str, b: str) -> bool:
    """Whether two texts are both mostly in Latin letters, or both mostly not; so is one without letters."""
    ours, theirs = letters(a), letters(b)
    return not ours or not theirs or _is_latin(ours) == _is_latin(theirs)


def _is_latin(folded: str) -> bool:
    return sum(c < "\u0250" for c in folded) * 2 >= len(folded)


def may_translate(written: Work, registered: Work, a: str, b: str) -> bool:
    """Whether of two titles, forms of those of two works, one may be the translation of the other.

    Both may name a disease in the same letters; words that are the same in both tell that they are in
    one language.
    """
    marked = is_translated(written) or is_translated(registered)
    return (marked or _other_language(a, b) or _other_language(b, a)) and _shared(a, b) < SHARED


def is_translated(work: Work) -> bool:
    """Whether a title is marked as a translation: in brackets, as PubMed does, or by a note."""
    bare = work.title.strip().rstrip(".")
    return bare.startswith("[") or bool(TAIL.search(bare)) or bool(_NOTED.match(work.extra.get("note", "")))


def _shared(a: str, b: str) -> float:
    """Return the share of the words of the shorter title that both have."""
    ours, theirs = set(words(a)), set(words(b))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _other_language(english: str, other: str) -> bool:
    """Whether the first title may be English while the second one plainly is not, by their small words."""
    is_english, none = _marks(english)
    against, foreign = _marks(other)
    return not none and not against and foreign > (0 if is_english else 1)


@lru_cache(maxsize=8_192)
def _marks(title: str) -> tuple[bool, int]:
    """Return whether a title has a small word of English, and how many marks of another language."""
    said = words(title)
    if len(said) < _TOLD:
        return False, 0
    english = any(w in entries(_ENGLISH) for w in said)
    accented = sum(_has_accent(word) for word in islice(title.split(), 60))
    marks = sum(2 * (w in entries(_NOT_ENGLISH)) + (w in entries(_PERHAPS)) for w in said)
    return english, marks + (accented > 1)


def _has_accent(word: str) -> bool:
    return any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", word)) or "ß" in word
