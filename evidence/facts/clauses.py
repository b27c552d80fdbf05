"""Where the clause of a number begins and ends, and what stands between it and its verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidence.facts import cues
from evidence.facts.mentions import Mention, Sentence, word_at
from evidence.facts.words import PERCENT, SIZES, WEAK, listed

BE = listed("was were is are been be")
GROUPS = listed("group groups arm arms cohort cohorts")
#: Verbs that tell what happened to people.
FINITE = cues.EVENT | BE | listed(
    "completed fell felt agreed stated did walked slept worked answered noted chose rated found scored "
    "changed needed preferred attended smoked drank became underwent received engaged crossed occurred"
)  # fmt: skip
#: Verbs that only say that something was there.
SEEN = listed(
    "observed seen found detected occurred occurring reported noted present recorded documented arose"
)
_TURNS = listed("vs versus v compared whereas while but than although because when if")
_SIGNS = frozenset(",;.:()[]")
_TIMED = listed("at after within by over during for from through until in before following")
_PERIODS = listed("follow followup treatment study trial baseline period course end week month year day")
_MOST = 12


def is_result(mention: Mention) -> bool:
    """Return whether a number can be a result: a count or a percentage, no time, range or label."""
    number = mention.number
    return number.kind in ("", "weak", "fraction") and number.unit in ("", PERCENT) and not number.part


#: What stands between a count, or its bracket, and the group it is of.
_PART_OF = frozenset(("/", "of", "of the", "out of", ") of", ") of the", ") out of", "] of", "] of the"))


_OPEN, _CLOSE = frozenset("(["), frozenset(")]")


def belongs_to(sentence: Sentence, other: Mention, mention: Mention) -> bool:
    """Return whether a number says more of the one in front of it: "12 of 40 adults (30 %)"."""
    start = max(other.last, other.noun_at + 1 if other.noun else 0)
    if not 0 < mention.first - start <= 3 or not is_result(other):
        return False
    between = sentence.words[start : mention.first]
    opened = not _OPEN.isdisjoint(between) and _CLOSE.isdisjoint(between)
    return opened or " ".join(between) in _PART_OF


def cluster(sentence: Sentence, place: int) -> tuple[int, int]:
    """Return the first and the last place of the numbers that give one result together."""
    mentions = sentence.mentions
    first = last = place
    while first > 0 and belongs_to(sentence, mentions[first - 1], mentions[first]):
        first -= 1
    while last + 1 < len(mentions) and belongs_to(sentence, mentions[last], mentions[last + 1]):
        last += 1
    return first, last


def over_people(sentence: Sentence, mention: Mention) -> int:
    """Return the index behind a number, its whole, its brackets, its people and their group."""
    words = sentence.words
    place, steps = mention.last, 0
    while place < len(words) and steps < 24:
        word = words[place]
        if word in ("(", "["):
            place = _closing(words, place) + 1
        elif word in FINITE or word in _TURNS or word in _SIGNS or word == "and":
            break
        else:
            place += 1
        steps += 1
    return place


def _closing(words: Sequence[str], place: int) -> int:
    depth = 0
    for at in range(place, len(words)):
        depth += (words[at] in ("(", "[")) - (words[at] in (")", "]"))
        if depth == 0:
            return at
    return len(words)


def end_of_clause(sentence: Sentence, place: int) -> int:
    """Return the index at which the words of a result end: a sign, a turn, a time, a group, a number."""
    words, start = sentence.words, place
    numbers = {mention.first: mention for mention in sentence.mentions}
    while place < len(words) and place - start < _MOST:
        word = words[place]
        if word in _SIGNS or word in _TURNS or (word in _TIMED and _opens_time(words, place, numbers)):
            break
        if word in ("in", "with", "on", "of", "for") and not GROUPS.isdisjoint(words[place + 1 : place + 6]):
            break
        if place in numbers and numbers[place].number.unit not in SIZES and word not in WEAK:
            break
        if word == "and" and (
            place + 1 in numbers or word_at(words, place + 1) in ("the", "of", "in", "only")
        ):
            break
        place += 1
    return place


def _opens_time(words: Sequence[str], place: int, numbers: Mapping[int, Mention]) -> bool:
    """Whether a preposition opens a time: "at 12 weeks", "during follow-up"."""
    near = (numbers[at] for at in range(place, place + 3) if at in numbers)
    if any(mention.number.unit in SIZES for mention in near):
        return True
    return word_at(words, place + 1) in _PERIODS or word_at(words, place + 2) in _PERIODS


def start_of_clause(sentence: Sentence, end: int) -> int:
    """Return the index at which the clause begins that ends at an index: behind a sign, turn or result."""
    words = sentence.words
    place, depth = end, 0
    results = {mention.last for mention in sentence.mentions if is_result(mention)}
    while place > 0:
        word = words[place - 1]
        if depth == 0 and place in results and place < end:
            break
        depth += (word in (")", "]")) - (word in ("(", "["))
        if depth < 0 or (depth == 0 and word in (",", ";", ":", ".", "whereas", "while", "but")):
            break
        if depth == 0 and word == "and" and _behind_percentage(sentence, place - 1):
            break
        place -= 1
    return place


def _behind_percentage(sentence: Sentence, place: int) -> bool:
    return any(0 <= place - one.last <= 3 for one in sentence.mentions if one.number.unit == PERCENT)


def outside_brackets(words: Sequence[str], start: int, end: int) -> list[int]:
    """Return the indices of a stretch that stand in no brackets."""
    kept: list[int] = []
    depth = 0
    for place in range(start, end):
        depth += words[place] in ("(", "[")
        if depth == 0:
            kept.append(place)
        depth = max(0, depth - (words[place] in (")", "]")))
    return kept
