"""Counts of events that are told by their neighbours: "29 deaths in one arm against 37 in the other".

A number without a word of its own takes the meaning of the one it is set against, and groups that add
up to a count of events count events too: "136 women (74 on one drug, 62 on the other)".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from evidence.facts.events import Event
from evidence.facts.mentions import Mention, Sentence
from evidence.facts.words import PERCENT, listed

_BETWEEN = listed("vs versus and v")
#: How many words may name a group between two counts of a pair.
_REACH = 9
#: Confidence of a count that a neighbour told.
_TOLD = 0.6
_MOST_GROUPS = 4


def siblings(sentence: Sentence, events: Mapping[int, Event]) -> dict[int, Event]:
    """Return the events of a sentence, by place among its mentions, with those told by neighbours."""
    found = dict(events)
    if not found:
        return found
    bare = [place for place, mention in enumerate(sentence.mentions) if _is_bare(sentence, mention)]
    for place in _added_up(sentence, bare, found):
        found.setdefault(place, Event(None, _TOLD))
    for left, right in pairwise(bare):
        if (left in found) != (right in found) and _are_pair(sentence, left, right):
            known = found.get(left) or found[right]
            if known.of is None:
                found.setdefault(left, Event(None, _TOLD))
                found.setdefault(right, Event(None, _TOLD))
    return found


def _is_bare(sentence: Sentence, mention: Mention) -> bool:
    number = mention.number
    if number.kind not in ("", "weak") or number.unit or number.part or number.stat:
        return False
    if number.value < 0 or not number.value.is_integer() or number.relation in ("<", ">"):
        return False
    return "." not in (word := sentence.words[mention.last - 1]) and word != "both"


def _added_up(sentence: Sentence, bare: Sequence[int], events: Mapping[int, Event]) -> Iterator[int]:
    """Yield the counts behind a count of events that add up to it."""
    mentions = sentence.mentions
    for at, place in enumerate(bare):
        if place not in events or events[place].of is not None:
            continue
        rest, parts = mentions[place].number.value, []
        for other in bare[at + 1 : at + 1 + _MOST_GROUPS]:
            rest -= mentions[other].number.value
            parts.append(other)
            if rest == 0 and len(parts) > 1 and mentions[parts[0]].first - mentions[place].last < 24:
                yield from parts
            if rest <= 0:
                break


def _are_pair(sentence: Sentence, left: int, right: int) -> bool:
    """Whether two counts are set against one another: "29 in one arm vs 37", "85 and 64 events"."""
    mentions, words = sentence.mentions, sentence.words
    if any(one.number.unit != PERCENT for one in mentions[left + 1 : right]):
        return False
    between = _without_brackets(words[mentions[left].last : mentions[right].first])
    if between[-2:] == ["vs", "."]:
        between = between[:-1]
    if between[-1:] == ["in"]:  # "in three of one group and in two of the other"
        between = between[:-1]
    if not between or len(between) > _REACH or not _PARTING.isdisjoint(between):
        return False
    return between[-1] in _BETWEEN or between[-2:] in (["compared", "with"], ["compared", "to"])


_PARTING = frozenset(";.():=,")


def _without_brackets(words: Sequence[str]) -> list[str]:
    """Return words without those in closed brackets."""
    kept: list[str] = []
    for word in words:
        if word == ")" and "(" in kept:
            del kept[kept.index("(") :]
        else:
            kept.append(word)
    return kept
