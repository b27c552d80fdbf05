"""Words that make a number a count of events, wherever the people or groups beside it would make it a group.

"Falls were seen in 12 women randomised to walking", "the number of falls was 12", "strokes (12 walking, 20
rest)", "more women in the rest group (20) than in the other (12) fell".
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.facts import cues
from evidence.facts.clauses import GROUPS
from evidence.facts.mentions import Mention, Sentence, word_at
from evidence.facts.words import listed

_SEEN_IN = listed(
    "observed seen found detected occurred occurring reported noted developed recorded present achieved "
    "diagnosed"
)
_THINGS = cues.THINGS - cues.HAPPENINGS
_COUNTED = cues.HAPPENINGS | cues.PEOPLE
_FATES = cues.BEFELL | {"relapsed", "recurred"}
_ONLY = listed("only just at least about approximately nearly all")
_MORE = listed("more fewer less")
_LIST = 24


def is_told(sentence: Sentence, mention: Mention) -> bool:
    """Return whether the words around a bare number say that it counts those with an outcome."""
    words = sentence.words
    if not mention.noun and word_at(words, mention.last) in _THINGS:
        return False
    return (
        is_seen_in(words, mention)
        or _is_number_of(words, mention)
        or _is_in_brackets(sentence, mention)
        or _is_of_more(words, mention)
        or _is_befallen(sentence, mention)
    )


def is_seen_in(words: Sequence[str], mention: Mention) -> bool:
    """Return whether something was seen in people: "developed in 12 women", "was reported by only 12".

    In "69 falls were seen in 158 women" the number in front counts what was seen.
    """
    place = mention.first - 1
    while place > 0 and words[place] in _ONLY:
        place -= 1
    if not mention.noun or word_at(words, place) not in ("in", "by"):
        return False
    counted = any(word.isdigit() for word in words[max(0, place - 6) : place])
    return word_at(words, place - 1) in _SEEN_IN and not counted


def _is_number_of(words: Sequence[str], mention: Mention) -> bool:
    """Whether a number is called one: "the number of falls was 12 and 20"."""
    if word_at(words, mention.first - 1) not in ("was", "were"):
        return False
    lead = words[max(0, mention.first - 9) : mention.first - 1]
    at = next((at for at, word in enumerate(lead) if word in ("number", "numbers")), len(lead))
    return lead[at + 1 : at + 2] == ["of"] and not _COUNTED.isdisjoint(lead[at:])


def _is_in_brackets(sentence: Sentence, mention: Mention) -> bool:
    """Whether a number stands in the brackets of what happened: "strokes (12 walking, 20 rest)"."""
    words = sentence.words
    if word_at(words, mention.first - 1) not in ("(", ",", "v", "vs", "versus", "and"):
        return False
    place = mention.first - 1
    while place > 0 and mention.first - place < 10 and words[place] not in ("(", ")", ";", ":", "="):
        place -= 1
    what = word_at(words, place - 1)
    return word_at(words, place) == "(" and what in cues.HAPPENINGS and what not in ("cases", "case")


def _is_of_more(words: Sequence[str], mention: Mention) -> bool:
    """Whether a number in brackets is the count of a comparison: "fewer in the walking group (12) than …"."""
    alone = word_at(words, mention.first - 1) == "(" and word_at(words, mention.last) == ")"
    if not alone or word_at(words, mention.first - 2) not in GROUPS:
        return False
    at = next((at for at, word in enumerate(words) if word in _MORE), len(words))
    return at < mention.first and "than" in words[at:]


def _is_befallen(sentence: Sentence, mention: Mention) -> bool:
    """Whether something befell the people of a list: "12 patients on one and 20 on the other relapsed"."""
    words = sentence.words
    if mention.number.kind or not mention.noun or mention.noun_at != mention.last:
        return False
    if _FATES.isdisjoint(words):
        return False
    inside = {at for one in sentence.mentions for at in range(one.first, one.last)}
    for at in range(mention.last + 1, min(len(words), mention.last + _LIST)):
        word = words[at]
        if word in _FATES:
            return at - 1 not in inside and word_at(words, at - 1) not in ("who", "that", "was", "were")
        if word in (",", ";", ".", ":", "(", "who", "whose", "that") or word in cues.EVENT:
            return False
    return False
