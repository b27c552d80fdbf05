"""Which percentages lie between two results, and are none: "a difference of 2 %", "14 % more likely"."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.facts.mentions import Mention, Sentence, word_at
from evidence.facts.words import listed

_MORE = listed("more less fewer")
_MORE_OF = listed("higher lower greater")
_DIFFERENCES = listed("difference differences")
_PARTED = frozenset((";", "(", ")", "p"))
_AGAINST = listed("vs versus v")
_REACH = 12


def is_difference(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a percentage says how far two groups lie apart, and not what was seen in one of them."""
    words = sentence.words
    behind = words[mention.last : mention.last + 3]
    if behind[:1] in (["difference"], ["absolute"]) and "difference" in behind[:2]:
        return True
    if _is_more(behind):
        return True
    if not _AGAINST.isdisjoint(behind[:2]) or word_at(words, mention.first - 1) in _AGAINST:
        return False
    lead = _without_closed(words[max(0, mention.first - _REACH) : mention.first])
    at = max((place for place, word in enumerate(lead) if word in _DIFFERENCES), default=-1)
    return at >= 0 and _PARTED.isdisjoint(lead[at:])


def _is_more(behind: Sequence[str]) -> bool:
    """Whether a percentage says by how much one group is beyond another: "14 % more likely", "8 % higher"."""
    word, after = word_at(behind, 0), word_at(behind, 1)
    return (word in _MORE and after != "than") or (word in _MORE_OF and after not in ("than", "in"))


def _without_closed(words: Sequence[str]) -> list[str]:
    """Return words without those in brackets that are closed again: "difference (+/- SEM) between"."""
    kept: list[str] = []
    for word in words:
        if word == ")" and "(" in kept:
            del kept[len(kept) - 1 - kept[::-1].index("(") :]
        else:
            kept.append(word)
    return kept
