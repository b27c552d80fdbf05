"""Keys for works: first author's family name and year, as people make them ("pettine2015").

Deterministic: the same works in the same order get the same keys, on a page and in `import`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count

from evidence.model import Name, Work
from evidence.names import fold

#: Longest word of a key; titles in some languages are one long word.
LONGEST = 30

#: Words that say nothing of a title, in the languages of most titles.
_SMALL = frozenset(
    {
        "a", "an", "the", "of", "on", "in", "at", "to", "for", "from", "by", "with", "and", "or", "is",
        "are", "was", "were", "be", "do", "does", "how", "what", "why", "when", "who", "der", "die",
        "das", "ein", "eine", "einer", "eines", "und", "zu", "zur", "zum", "von", "vom", "im", "am",
        "des", "dem", "den", "mit", "fur", "auf", "le", "la", "les", "un", "une", "du", "de", "et",
        "en", "dans", "sur", "pour", "au", "aux", "l", "d", "el", "los", "las", "uno", "unos", "unas",
        "y", "o", "del", "al", "por", "para", "con", "il", "lo", "gli", "i", "della", "dei", "delle",
        "di", "da", "e", "per", "nel", "het", "een", "van", "voor", "met", "os", "as", "um", "uma",
        "dos",
    }
)  # fmt: skip


def assign(works: Sequence[Work], taken: Collection[str] = ()) -> list[str]:
    """Return a key for each work: unlike one another and any of `taken`, never empty.

    First author's family name (an organisation's first word, else the title's first telling word) in
    ASCII letters, and the year; then a, b … where that is taken. The case of keys is left out of
    account, since BibTeX takes "Smith2010" and "smith2010" for one.
    """
    used = {key.lower() for key in taken}
    keys: list[str] = []
    next_suffix: dict[str, Iterator[str]] = {}
    for work in works:
        stem = _stem(work)
        key = stem
        while key in used:
            key = stem + next(next_suffix.setdefault(stem, _suffixes()))
        used.add(key)
        keys.append(key)
    return keys


def _stem(work: Work) -> str:
    who = next((w for name in (*work.authors, *work.editors) if (w := _word_of(name))), "")
    word = who or _title_word(work.title) or _title_word(work.container)
    year = str(work.year) if work.year is not None else ""
    return f"{word or 'ref'}{year}"


def _word_of(name: Name) -> str:
    """Return the letters of a family name without particles; an organisation's first telling word."""
    if name.literal:
        return _title_word(name.literal)
    return _ascii("".join(fold(name.family or name.given).split()))


def _title_word(title: str) -> str:
    words = [ascii_ for word in fold(title).split() if (ascii_ := _ascii(word))]
    telling = (word for word in words if word not in _SMALL and not word.isdigit())
    return next(telling, words[0] if words else "")


def _ascii(word: str) -> str:
    """Return the ASCII letters and digits of a folded word, cut to a readable length."""
    return "".join(c for c in word if c.isascii() and c.isalnum())[:LONGEST]


def _suffixes() -> Iterator[str]:
    """Yield a, b … z, aa, ab …."""
    for number in count(1):
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        yield letters
