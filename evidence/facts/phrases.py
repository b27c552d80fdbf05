"""What a result is of, as a person would put it in a table: "remission", "had a fall", "response rate".

The words stand behind the number as a verb ("12 of 40 had a fall") or a noun ("29 deaths"), in front
of it as a subject ("falls occurred in 12", "the response rate was 30 %", "falls (30 %)"), or with the
number that this one is set beside ("30 % against 12 %"). Where none of these is found, nothing is said:
a fragment of a sentence helps nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.facts import cues
from evidence.facts.clauses import (
    BE,
    FINITE,
    GROUPS,
    SEEN,
    belongs_to,
    cluster,
    end_of_clause,
    is_result,
    outside_brackets,
    over_people,
    start_of_clause,
)
from evidence.facts.mentions import Mention, Sentence, word_at
from evidence.facts.words import listed

_STAYED = listed("reached averaged remained totalled totaled equalled attained exceeded")
_WEIGHED = listed(
    "significantly higher lower greater less more better worse similar comparable common frequent superior "
    "markedly slightly only much also clearly respectively substantially considerably longer shorter fewer"
)
_MANNER = listed(
    "only about approximately nearly almost respectively just over some at least up to around total a"
)
_OPENERS = listed(
    "the a an there however overall and while whereas but although also moreover furthermore thus therefore "
    "then that which both this these those their its our all in results conclusion findings total because "
    "since when where as with for of at by on only no we except"
)
_CLOSERS = (_OPENERS | BE | _WEIGHED | listed(
    "or to into from vs versus compared than had have has after before within during per not did about "
    "approximately either v among did who"
)) - {"better", "worse"}  # fmt: skip
#: Words that a phrase does not end with: something has to follow.
_OPEN = listed("associated likely able due compared unable related prone")
#: Nouns that say nothing by themselves.
_EMPTY = listed("cases case event events number numbers")
_COMPARED = listed("between compared than vs versus who whose")
_PLACED = listed("in for among with at after during while")
_SEVERED = FINITE | {";", ":"}
_MOST = 9
#: Over how many numbers a phrase is looked for: lists of results are shorter.
_FURTHEST = 24


class Phrases:
    """The phrases of a sentence's numbers, each found once."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._found: dict[int, str] = {}
        self._depth = 0

    def of(self, place: int) -> str:
        """Return what the number at a place among the mentions is of, or an empty string."""
        if place not in self._found:
            if self._depth == _FURTHEST:
                return ""
            self._found[place] = ""  # no circle
            self._depth += 1
            self._found[place] = self._find(place)
            self._depth -= 1
        return self._found[place]

    def _find(self, place: int) -> str:
        sentence, mentions = self._sentence, self._sentence.mentions
        mention = mentions[place]
        if place and belongs_to(sentence, mentions[place - 1], mention):
            return self.of(place - 1)
        found = (
            _happening_behind(sentence, mention)
            or _verb_behind(sentence, mention)
            or _in_front(sentence, mention)
        )
        if not found and place and _goes_on(sentence, mentions[place - 1], mention):
            found = self.of(place - 1)
        if not found:
            last = cluster(sentence, place)[1]
            if last + 1 < len(mentions) and _goes_on(sentence, mentions[last], mentions[last + 1]):
                found = self.of(last + 1)
        return found


def _goes_on(sentence: Sentence, left: Mention, right: Mention) -> bool:
    """Whether nothing between two numbers says that the second is of something else."""
    between = sentence.words[left.last : right.first]
    if not is_result(left) or not is_result(right) or len(between) > 24 or ";" in between:
        return False
    if between[-1:] in (["vs"], ["versus"]) or between[-2:] in (["compared", "with"], ["compared", "to"]):
        return True
    if between[-1:] == ["("] and between[-2:-1] and between[-2] in SEEN:  # "69 deaths were recorded (33 …"
        return True
    return _SEVERED.isdisjoint(between)


# Behind the number


def _verb_behind(sentence: Sentence, mention: Mention) -> str:
    words = sentence.words
    place = over_people(sentence, mention)
    if place >= len(words) or words[place] not in FINITE:
        return ""
    if words[place] in BE and word_at(words, place + 1) in SEEN:  # "69 were recorded"
        return ""
    return _joined(sentence, list(range(place, end_of_clause(sentence, place + 1))))


def _happening_behind(sentence: Sentence, mention: Mention) -> str:
    """Return "local relapses" of "21 local relapses", "deaths from cancer" of "9 deaths from cancer"."""
    words = sentence.words
    if mention.number.unit:
        return ""
    for place in range(mention.last, min(len(words), mention.last + 5)):
        word = words[place]
        if word in cues.HAPPENINGS and word_at(words, place + 1) not in cues.HAPPENINGS:
            end = place + 1
            if word_at(words, end) in ("of", "from"):
                end = min(end_of_clause(sentence, end + 1), end + 6)
            elif word in _EMPTY and end - mention.last == 1:
                return ""
            return _joined(sentence, list(range(mention.last, end)))
        if word in cues.STOPS or not (word.isalpha() or word == "-"):
            return ""
    return ""


# In front of the number


def _in_front(sentence: Sentence, mention: Mention) -> str:
    words = sentence.words
    end = mention.first
    while end > 0 and words[end - 1] in _MANNER:
        end -= 1
    last = word_at(words, end - 1)
    leads = last in ("(", "[", "in", "for", "among", "by", "to", "of", "=", ":", "with")
    return _subject(sentence, end - 1) if leads or last in BE or last in _STAYED else ""


def _subject(sentence: Sentence, end: int) -> str:
    """Return the noun that the words up to an index tell of: "falls were seen", "the rate of falls was"."""
    words = sentence.words
    start = start_of_clause(sentence, end)
    kept = _without_group(words, outside_brackets(words, start, end))
    says = next((place for place in range(len(kept) - 1, 0, -1) if words[kept[place]] == "that"), 0)
    if says and len(kept) - says > 1:  # "a trial of 100 adults found that pain had fallen"
        kept = kept[says + 1 :]
    elif start and any(mention.last == start for mention in sentence.mentions) and kept:
        if words[kept[0]] not in ("and", "with", "or"):
            return ""  # the group of the number in front
        kept = kept[1:]
    while kept and words[kept[0]] in ("we", "there"):
        kept = kept[1:]
    turn = next((place for place, at in enumerate(kept) if words[at] in _COMPARED), len(kept))
    kept = _without_verb(words, _without_people(words, kept[:turn]))
    if kept and words[kept[0]] in _PLACED:  # "in women who walked the survival was"
        later = [place for place in range(2, len(kept)) if words[kept[place]] == "the"]
        kept = kept[later[-1] + 1 :] if later else kept
    if not kept or words[kept[0]] == "to" or words[kept[-1]] in GROUPS or words[kept[0]] in cues.PEOPLE:
        return ""
    kept = [at for at in kept if not (words[at] in BE and word_at(words, at + 1).endswith("ed"))]
    if kept and words[kept[0]] in SEEN:  # "we observed similar rates"
        kept = kept[1:]
    for place in range(1, len(kept)):
        if words[kept[place]] == "to" and words[kept[place - 1]] in ("found", "shown"):
            kept = kept[place + 1 :]  # "were found to ease pain"
            break
    if _count(words, kept) > _MOST:
        kept = _head(words, kept)
    if all(words[at] in cues.PEOPLE or words[at] in _OPENERS or words[at] in _CLOSERS for at in kept):
        return ""
    return _joined(sentence, kept)


def history_of(sentence: Sentence, mention: Mention) -> str:
    """Return what lasted: "symptoms which had persisted" of "symptoms which had persisted for 12 years"."""
    start = start_of_clause(sentence, mention.first)
    words = sentence.words
    owned = (at for at in range(start, mention.first - 1) if words[at] == "had")
    start = next((at + 1 for at in owned if words[at - 1] not in ("which", "that")), start)
    kept = outside_brackets(words, max(start, mention.first - 6), mention.first)
    if start > 1 and words[start] in ("which", "that") and words[start - 1] == ",":
        kept = [start - 2, *kept]  # "their symptoms, which had persisted"
    return _joined(sentence, kept)


def _without_verb(words: Sequence[str], kept: list[int]) -> list[int]:
    """Leave out a verb that only says that something was there, and what weighs it."""
    for _ in range(2):
        while kept and words[kept[-1]] in _CLOSERS:
            kept = kept[:-1]
        if kept and (words[kept[-1]] in SEEN or words[kept[-1]] in _STAYED):
            kept = kept[:-1]
    return kept


def _without_group(words: Sequence[str], kept: list[int]) -> list[int]:
    """Leave out the group at the end of a subject: "falls were less common in the walking group"."""
    while (kept and words[kept[-1]] in GROUPS) or (len(kept) > 1 and words[kept[-2]] in GROUPS):
        cut = _last_link(words, kept)
        if cut is None:
            return kept
        kept = kept[:cut]
    return kept


def _without_people(words: Sequence[str], kept: list[int]) -> list[int]:
    """Leave out those in whom something was seen: "fractures occurred in the women"."""
    if len(kept) > 2 and words[kept[-1]] in cues.PEOPLE:
        cut = _last_link(words, kept)
        return kept if cut is None else kept[:cut]
    return kept


def _last_link(words: Sequence[str], kept: list[int]) -> int | None:
    links = ("in", "with", "for", "of", "on", "than", "between", "among")
    places = range(len(kept) - 1, max(-1, len(kept) - 9), -1)
    return next((place for place in places if words[kept[place]] in links), None)


def _head(words: Sequence[str], kept: list[int]) -> list[int]:
    """Return the last noun group of many words: what follows the last verb or link word."""
    for place in range(len(kept) - 1, 0, -1):
        if words[kept[place]] in FINITE or words[kept[place]] in ("that", "which", "and", "with"):
            return kept[place + 1 :] if len(kept) - place <= _MOST + 1 else []
    return []


def _joined(sentence: Sentence, kept: list[int]) -> str:
    """Return words as they stand in the text, without what opens or closes a phrase emptily."""
    words, tokens = sentence.words, sentence.tokens
    while kept and (words[kept[-1]] in _CLOSERS or not words[kept[-1]].isalnum()):
        kept = kept[:-1]
    while kept and _says_nothing(sentence, kept[0]):
        kept = kept[1:]
    if not kept or words[kept[-1]] in _OPEN or _count(words, kept) > _MOST + 2:
        return ""
    if not any(_is_telling(sentence, at) for at in kept):
        return ""
    parts: list[str] = []
    for before, at in zip([kept[0], *kept], kept, strict=False):
        close = at == before + 1 and tokens.starts[at] == tokens.ends[before]
        parts.append(("" if close or not parts else " ") + sentence.text[tokens.starts[at] : tokens.ends[at]])
    said = "".join(parts)
    opens = kept[0] == 0 or words[kept[0] - 1] in (".", ":", "the", "a", "an")
    return said[0].lower() + said[1:] if opens and said.split(" ", 1)[0][1:].islower() else said


def _says_nothing(sentence: Sentence, at: int) -> bool:
    """Whether a word only opens a phrase, or belongs to a number without a unit."""
    word = sentence.words[at]
    if word in _OPENERS or not word.isalnum():
        return True
    return any(one.first <= at < one.last for one in sentence.mentions if not one.number.unit)


def _count(words: Sequence[str], kept: Sequence[int]) -> int:
    return sum(words[at].isalnum() for at in kept)


def _is_telling(sentence: Sentence, at: int) -> bool:
    """Whether a word says something by itself: a noun, a verb, an abbreviation."""
    word, start = sentence.words[at], sentence.tokens.starts[at]
    if not word.isalpha() or word in BE or word in ("had", "have", "has", "did"):
        return False
    return len(word) > 2 or sentence.text[start : start + 2].isupper()
