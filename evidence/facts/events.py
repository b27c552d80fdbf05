"""Which whole numbers count those with an outcome: "27 of 40", "14/50", "9 (12 %)", "93 deaths"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from evidence.facts import cues
from evidence.facts.mentions import Mention, Sentence, is_dash, word_at
from evidence.facts.reading import Number
from evidence.facts.telling import is_seen_in, is_told
from evidence.facts.weighing import Count
from evidence.facts.words import PERCENT, SIZES, listed

_HAPPENED = cues.HAPPENINGS | listed(
    "occurred developed observed number numbers reported experienced died had recurred failed relapsed seen "
    "found detected incidence rate rates"
)
#: Verbs that tell an outcome wherever they stand in a clause.
_TOLD = _HAPPENED | (cues.EVENT - listed("have has did had said got went used"))
_SEEN = listed("occurred developed observed reported seen found detected")
#: Roles in the flow of people through a study: their percentages are no outcomes.
FLOW = ("randomised", "enrolled", "screened", "analysed", "completed", "followed")
#: What a plan or a start does with people: their share is no outcome.
_PLANS = listed(
    "randomized randomised randomly assigned allocated received underwent enrolled screened agreed "
    "approached contacted evaluable eligible premenopausal excluded refused declined "
    "postmenopausal white female male hispanic"
)
#: Where the clause ends that says what a count is of; "who received" says of whom.
_ENDS = listed(", ; . who that in for with among of and while whereas")
_SCALED = listed("± +/- score scores mean median scale points index mg ml kg mmhg")


class Event(NamedTuple):
    """A count of those with an outcome: the group it is of, and how sure that is."""

    of: float | None
    confidence: float


def event_at(sentence: Sentence, place: int, count: Count | None) -> Event | None:
    """Return what the mention at a place counts as an event, or None where it counts none."""
    mention = sentence.mentions[place]
    number = mention.number
    if number.kind not in ("", "weak") or number.unit or number.part or number.stat or number.value < 0:
        return None
    if not number.value.is_integer() or number.relation in ("<", ">") or _is_group(sentence, place):
        return None
    behind = word_at(sentence.words, mention.last)
    if "." in sentence.words[mention.last - 1] or "power" in sentence.words or is_dash(behind):
        return None
    whole = _whole(sentence, place)
    if whole is not None and _proverbial(sentence, mention, whole):
        return None
    if whole is not None and _choice(sentence, mention, whole):
        return None
    role = count.role if count else ""
    if role == "event" and mention.noun and not cues.BEFELL.isdisjoint(sentence.words[mention.last :]):
        return Event(whole, 0.6)
    of_plan = _planned(sentence, mention) or is_of_stage(sentence, mention)
    if of_plan and not is_seen_in(sentence.words, mention):
        return None
    if whole is not None:
        return Event(whole, 0.85) if whole >= number.value and whole > 1 else None
    if is_told(sentence, mention):
        return Event(None, 0.6)
    if _percent_behind(sentence, mention):
        return None if role in FLOW or is_share_of_arms(sentence, mention) else Event(None, 0.8)
    if role in ("", "arm", "none", "event") and _in_group(sentence, mention):
        return Event(None, 0.6)
    if number.kind == "weak" and number.value != 1:
        return None
    if _happening(sentence, mention):
        return Event(None, 0.7)
    after = mention.noun_at + 1 if mention.noun else mention.last
    named = word_at(sentence.words, mention.first - 1) in cues.THINGS  # "cycle 1 had"
    if number.value == 1 and word_at(sentence.words, after) in cues.EVENT and not named:
        return Event(None, 0.6)
    if _in_a_state(sentence.words, after, bool(mention.noun)):
        return Event(None, 0.6)
    if role == "event":
        return _by_verb(sentence, mention, number)
    return Event(None, 0.5) if role in ("", "none") and _against(sentence, place) else None


def is_share_of_arms(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a share is that of a group: "randomised: 25 (48 %) to the gel and 27 (52 %) …"."""
    words = sentence.words
    behind = words[mention.last : mention.last + 10]
    return (
        not cues.RANDOM.isdisjoint(words[: mention.first])
        and bool({"in", "to"} & set(behind[:6]))
        and (not _GROUPED.isdisjoint(behind))
    )


_GROUPED = listed("group arm groups arms")


def _in_a_state(words: Sequence[str], place: int, named: bool) -> bool:
    """Whether people are told to be something: "five were better", "three were not"."""
    if word_at(words, place) not in ("were", "was"):
        return False
    state = word_at(words, place + 1)
    return state in _STATES or (state == "not" and not named)


_STATES = listed(
    "better worse unchanged improved free cured alive dead well satisfied abstinent unable hospitalised "
    "hospitalized readmitted lost"
)


def _proverbial(sentence: Sentence, mention: Mention, whole: float) -> bool:
    """Whether a share is said of people at large: "eight out of 10 people"."""
    behind = sentence.words[mention.last : mention.last + 5]
    return whole in (10, 100, 1000) and bool({"people", "adults", "women", "men", "americans"} & set(behind))


def _choice(sentence: Sentence, mention: Mention, whole: float) -> bool:
    """Whether "one of two" names a choice of the plan ("assigned to one of two groups"), and no share."""
    words = sentence.words
    if mention.number.value != 1 or whole > 9:
        return False
    return bool(
        cues.RANDOM & set(words[: mention.first]) or _CHOICES & set(words[mention.last : mention.last + 7])
    )


_CHOICES = listed("group groups arm arms cohort cohorts schedules regimens treatments")


def _planned(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words behind a share are of the plan: "244 of the 619 received it", "72 (74 %) agreed"."""
    words = sentence.words
    if _PLANS.isdisjoint(words):
        return False
    place, inside = mention.last, 0
    seen = 0
    while place < len(words) and seen < 5:
        word = words[place]
        inside = max(0, inside + (word in ("(", "[")) - (word in (")", "]")))
        if not inside and word.isalpha():
            if word in _PLANS:
                return True
            if word in _COMPARING:
                return False
            if word in _ENDS and seen:
                return False
            seen += word not in ("of", "the", "all", "out")
        place += 1
    return False


def is_of_stage(sentence: Sentence, mention: Mention) -> bool:
    """Return whether people of a list went on with the study: "23 (92 %) in one arm and 19 completed it"."""
    words = sentence.words
    if _WENT_ON.isdisjoint(words):
        return False
    for at in range(mention.last, min(len(words), mention.last + _LIST)):
        word = words[at]
        if word in (".", ";") or word in _OTHER_VERBS:
            return False
        if word in cues.COMPLETE or (word == "followed" and words[at - 1] == "were"):
            return not _STUDIES.isdisjoint(words[at + 1 : at + 8])
    return False


_LIST = 26
_WENT_ON = cues.COMPLETE | {"followed"}
_OTHER_VERBS = cues.EVENT | cues.RANDOM | listed("was is are")
_STUDIES = listed(
    "study trial protocol intervention program programme visit followup up assessment assessments"
)


_COMPARING = listed("than compared versus vs v")


def _by_verb(sentence: Sentence, mention: Mention, number: Number) -> Event | None:
    if mention.noun:
        return Event(None, 0.6)
    return Event(None, 0.6) if word_at(sentence.words, mention.last) in cues.EVENT else None


@cache
def _of() -> re.Pattern[str]:
    return re.compile(
        r"\s{0,3}(?:[(\[][^()\[\]]{0,20}[)\]]\s{0,3})?"
        r"(?:/|(?:(?!cycles|courses|doses|weeks|days)\w+\s)?(?:out\s+)?of"
        r"(?:\s+(?:the|all|a total of|these|those))?)\s{0,3}",
        re.IGNORECASE,
    )


def _says_of(between: str) -> bool:
    return ("/" in between or "of" in between.lower()) and _of().fullmatch(between) is not None


def _whole(sentence: Sentence, place: int) -> float | None:
    """Return the group that a count is of: "27 of 40", "27 (68%) of 40", "27/40", "27 patients of 40"."""
    start = sentence.mentions[place].number.span.end
    for other in sentence.mentions[place + 1 : place + 3]:
        number = other.number
        if number.unit or number.kind or not number.value.is_integer():
            continue
        if _says_of(sentence.text[start : number.span.start][:44]):
            return None if _in_a_name(sentence, sentence.mentions[place], other) else number.value
    return None


def _in_a_name(sentence: Sentence, part: Mention, whole: Mention) -> bool:
    """Whether "4/6" is part of a name ("kinase 4/6", "cytokeratin 5/6+") or the share of things."""
    after, lead = word_at(sentence.words, whole.last), word_at(sentence.words, part.first - 1)
    if not whole.noun and after in cues.THINGS and after not in cues.HAPPENINGS:
        return True
    if word_at(sentence.words, whole.first - 1) != "/" or whole.number.value >= 10 or whole.noun:
        return False
    named = lead.isalpha() and lead not in cues.STOPS and lead not in cues.EVENT
    return named or after == "(" or is_dash(after) or whole.number.relation != "="


def _is_group(sentence: Sentence, place: int) -> bool:
    """Whether a number is the group that the count in front of it is of."""
    mention = sentence.mentions[place]
    text, end = sentence.text, mention.number.span.start
    return any(
        not other.number.unit and _says_of(text[other.number.span.end : end][:44])
        for other in sentence.mentions[max(0, place - 2) : place]
    )


def _percent_behind(sentence: Sentence, mention: Mention) -> bool:
    """Whether a percentage is bracketed behind a count: "9 (12 %)", "9 women (12 %)", "n = 9, 12 %"."""
    words = sentence.words
    end = mention.noun_at + 1 if mention.noun and mention.noun_at - mention.last < 3 else mention.last
    if mention.first and words[mention.first - 3 : mention.first] == ["%", "(", "n"]:  # "5 % (n = 3)"
        return True
    for other in sentence.mentions:
        if other.number.unit != PERCENT or other.first <= mention.last:
            continue
        if _in_bracket_of_group(words, mention, other):
            return True
        if 0 < other.first - end <= 2:
            between = words[end : other.first]
            closed = word_at(words, other.last) in (")", "]", ";", ",", "in", "of")
            bracket = between in (["("], ["["]) or between == [","]
            return bracket and closed and "of" not in words[other.last : other.last + 1]
    return False


def _in_bracket_of_group(words: Sequence[str], mention: Mention, other: Mention) -> bool:
    """Whether a percentage stands in brackets behind the group of a count: "3 men in the first arm (5 %)"."""
    if not mention.noun or not 1 < other.first - mention.last <= 10:
        return False
    between = words[mention.last : other.first]
    return (
        between[-1] == "("
        and between.count("(") == 1
        and not {",", ";", ".", "and"} & set(between)
        and bool({"in", "on", "of"} & set(between[:3]))
        and any(word in _GROUPED for word in between)
    )


def _happening(sentence: Sentence, mention: Mention) -> bool:
    words = sentence.words
    for word in words[mention.last : mention.last + 4]:
        if word in cues.HAPPENINGS:
            # Cases are people too: "82 cases qualified for the study".
            if (
                word in ("cases", "case")
                and "of" not in words[mention.last : mention.last + 6]
                and not _SEEN & set(words)
            ):
                return False
            lead = words[max(0, mention.first - 2) : mention.first]
            return lead == ["total", "of"] or lead[-1:] not in (["grade"], ["stage"], ["of"], ["than"])
        if word in cues.STOPS or word in SIZES or not word.isalpha():
            return False
    return False


def _in_group(sentence: Sentence, mention: Mention) -> bool:
    """Whether a bare number stands for events in a group: "168 in the drug arm and 190 in the other"."""
    words = sentence.words
    first = mention.noun_at + 1 if mention.noun and mention.noun_at - mention.last < 2 else mention.last
    behind = words[first : first + 7]
    if (
        behind[:1] not in (["in"], ["with"], ["on"], ["for"])
        or word_at(words, mention.first - 1) in ("the", "leaving", "comparing")
        or {"leaving", "comparing"} & set(words[max(0, mention.first - 12) : mention.first])
        or not {"group", "arm"} & set(behind)
    ):
        return False
    around = set(words[max(0, mention.first - 40) : mention.last + 40]) - {"case", "cases"}
    if {"mean", "median"} & set(words[max(0, first - 24) : first]):
        return False
    return bool(around & _TOLD) and not around & cues.RANDOM


def _against(sentence: Sentence, place: int) -> bool:
    """Whether a bare number stands against another: "(36 vs 65; HR 0.76)"."""
    words = sentence.words
    mention = sentence.mentions[place]
    if _SCALED & set(words[max(0, mention.first - 6) : mention.last + 6]):
        return False
    for other in sentence.mentions[max(0, place - 1) : place + 2]:
        number = other.number
        if other is mention or number.unit or number.kind or number.part or not number.value.is_integer():
            continue
        first, last = (mention, other) if mention.first < other.first else (other, mention)
        things = cues.THINGS & set(words[last.last : last.last + 3]) - cues.HAPPENINGS
        if things:  # "3 versus 6 cycles", "109 versus 246 fentanyl units"
            return False
        between = words[first.last : last.first]
        if between[:1] and between[0] in cues.PEOPLE:  # "12 women v 20 women"
            between = between[1:]
        if "." in words[other.last - 1] or len(between) > 2:
            continue
        if between[:1] in (["vs"], ["versus"], ["v"]) and between[1:] in ([], ["."]):
            return True
    return False
