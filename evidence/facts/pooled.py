"""Which counts of events are of all groups of a trial together, and so no result of one of them.

"After a median of 30 months 449 first events had occurred" says when an analysis was made, "a total of 69
deaths (33 against 36)" what two results add up to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidence.facts import cues
from evidence.facts.clauses import GROUPS, SEEN
from evidence.facts.events import Event
from evidence.facts.mentions import Mention, Sentence, word_at
from evidence.facts.words import listed

_TOTALS = listed("total overall altogether interim median cutoff")
_PERIODS = listed("follow followup period years year")
_BEFELL = cues.BEFELL | {"relapsed", "recurred"}
#: Words that give a count to a group, or set it against another.
_GIVEN = GROUPS | cues.GROUP | listed(
    "vs versus v compared receiving received taking treated assigned randomised randomized allocated each "
    "respectively both grade"
)  # fmt: skip
_LEAD, _BEHIND, _FURTHEST = 14, 10, 24


def is_pooled(sentence: Sentence, place: int, events: Mapping[int, Event], whole: float) -> bool:
    """Return whether a count of events is one of all groups together, in a study of `whole` people.

    It is where it is a count of them all, where its own parts stand behind it, or where it stands with
    words for a total or a follow-up, counts what happens to people, and nothing near gives it to a group.
    """
    mention, words = sentence.mentions[place], sentence.words
    if whole > 0 and events[place].of == whole:
        return True
    if _has_parts(sentence, place, events):
        return True
    if events[place].of is not None or not _is_happening(words, mention):
        return False
    lead = words[max(0, mention.first - _LEAD) : mention.first]
    behind = list(words[mention.last : mention.last + _BEHIND])
    cut = next((at for at, word in enumerate(behind) if word in (";", ".", "(", ",", ":")), len(behind))
    if not _GIVEN.isdisjoint(lead) or not _GIVEN.isdisjoint(behind[:cut]):
        return False
    opens = mention.first == 0 and not SEEN.isdisjoint(behind[:cut])
    told = not _TOTALS.isdisjoint((*lead, *behind[:2]))
    cued = told or not _PERIODS.isdisjoint(lead) or "after" in lead or opens
    return cued or (word_at(words, mention.first - 1) == "(" and ")" in behind[:4])


def _is_happening(words: Sequence[str], mention: Mention) -> bool:
    """Whether a count is of what happens to people, or of those whom it befell: "69 deaths", "48 died"."""
    for word in words[mention.last : mention.last + 5]:
        if word in cues.HAPPENINGS or word in _BEFELL:
            return True
        if (word in cues.STOPS and word not in ("have", "has", "had")) or not word.isalpha():
            return False
    return False


def _has_parts(sentence: Sentence, place: int, events: Mapping[int, Event]) -> bool:
    """Whether counts behind a count add up to it: "136 women (74 on one drug, 62 on the other)"."""
    mentions = sentence.mentions
    whole, added, parts = mentions[place], 0.0, 0
    for other in range(place + 1, len(mentions)):
        if mentions[other].first - whole.last > _FURTHEST or added >= whole.number.value:
            break
        if other in events and not mentions[other].number.unit:
            added, parts = added + mentions[other].number.value, parts + 1
    return parts > 1 and added == whole.number.value
