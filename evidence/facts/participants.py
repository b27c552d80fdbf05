"""Which numbers count the people of a study, and in which role.

Every whole number gets points for the words around it (`weighing.py`), and for groups that add up to
it; the best number is the study's total. What is no total keeps the role that its words name:
screened, treated, followed, completed, analysed, arm or event.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from evidence.facts import cues
from evidence.facts.mentions import Mention, Sentence, is_dash, word_at
from evidence.facts.tokens import touching
from evidence.facts.weighing import Count, is_of_plan, role_behind, weigh
from evidence.facts.words import listed

#: The fewest points that make a number a study's total; below it nothing is answered.
THRESHOLD = 0.5


def counts(sentences: Sequence[Sentence]) -> list[Count]:
    """Return the numbers of people in a text, in order, with roles and points."""
    found: list[Count] = []
    for sentence in sentences:
        for place, mention in enumerate(sentence.mentions):
            if not mention.noun and (whole := _referred(sentence, place)):
                mention.noun, mention.noun_at = whole.noun, mention.last - 1
            else:
                whole = None
                _reach_over_plan(sentence, place)
            if count := _count(sentence, mention):
                if whole:
                    count.of = whole.number.value
                    count.points -= 2.0  # part of a group
                    count.role = role_behind(count)
                found.append(count)
    _part_pairs(found)
    _weigh_sums(found)
    return found


def _part_pairs(found: Sequence[Count]) -> None:
    """Make groups of "19 and 24 students entered the first and second programme, respectively"."""
    for left, right in pairwise(found):
        words = left.sentence.words
        if left.sentence is not right.sentence or words[left.mention.last : right.mention.first] != ["and"]:
            continue
        if left.mention.noun and left.mention.noun_at == right.mention.noun_at and "respectively" in words:
            for count in (left, right):
                count.role, count.points = "arm", count.points - 4


def _referred(sentence: Sentence, place: int) -> Mention | None:
    """Return the group that a bare number is of: "Of the original 24 patients, 12 were followed"."""
    mention = sentence.mentions[place]
    words = sentence.words
    if not place or mention.number.unit or word_at(words, mention.first - 1) != ",":
        return None
    if mention.number.kind not in ("", "weak"):
        return None
    whole = sentence.mentions[place - 1]
    lead = words[max(0, whole.first - 4) : whole.first]
    near = mention.first - whole.last < 30
    if whole.noun and near and "of" in lead and whole.number.value >= mention.number.value:
        return whole
    return None


def _reach_over_plan(sentence: Sentence, place: int) -> None:
    """Give a count the people of its plan: "74 of the planned 92 patients were enrolled"."""
    mention = sentence.mentions[place]
    if mention.noun or word_at(sentence.words, mention.last) != "of" or place + 1 == len(sentence.mentions):
        return
    if not is_of_plan(sentence.words, mention):
        return
    plan = sentence.mentions[place + 1]
    if plan.noun and plan.first - mention.last <= 4:
        mention.noun, mention.noun_at = plan.noun, plan.noun_at


def _count(sentence: Sentence, mention: Mention) -> Count | None:
    number = mention.number
    if number.kind not in ("", "weak") or number.unit or number.part == "spread" or number.stat:
        return None
    if not float(number.value).is_integer() or number.value < 2 or number.relation == "<":
        return None
    words = sentence.words
    labelled = words[mention.first] == "=" and word_at(words, mention.first - 1) in ("n", "ns")
    text = words[mention.last - 1]
    if "." in text or "·" in text:
        return None
    if number.part:
        return None
    lead = word_at(words, mention.first - 1)
    if lead in _SERIES and word_at(words, mention.first - 2) in _SERIES_LEADS and not mention.noun:
        return None  # "for weeks 24 through 48"
    if lead in ("×", "x") or _opens_range(words, mention):
        return None
    named = words[mention.first] == "=" or lead in _NO_COUNT or (lead in cues.THINGS and not mention.noun)
    if named and not labelled:
        return None
    if _is_year(sentence, mention) or _in_a_name(sentence, mention):
        return None
    count = Count(sentence, mention, number.value, labelled=labelled)
    weigh(count)
    return count


def _opens_range(words: Sequence[str], mention: Mention) -> bool:
    """Whether a number shares the unit of a range: "a 10- to 16-Gy boost"."""
    return is_dash(word_at(words, mention.last)) and word_at(words, mention.last + 1) in ("to", "or", "and")


_SERIES = listed("days weeks months years")
_SERIES_LEADS = listed("for at by in on from between through to and")
#: What stands before numbers that count nobody.
_NO_COUNT = listed("± +/- age aged ages score scores p hr rr or ci day week month year")


def _is_year(sentence: Sentence, mention: Mention) -> bool:
    if mention.noun and mention.noun_at == mention.last:
        return False
    if not 1900 <= mention.number.value <= 2099 or "," in sentence.words[mention.last - 1]:
        return False
    near = sentence.words[max(0, mention.first - 4) : mention.first]
    ranged = word_at(sentence.words, mention.last) in ("to", "and", "-", "–", "through")
    return ranged or bool(set(near) & _DATES)


_DATES = listed(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec between in since from during until"
)


def _in_a_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether the digits belong to a name such as MA.27."""
    first = mention.first
    if first < 2 or sentence.words[first - 1] not in (".", "_", "/", "#"):
        return False
    pieces = sentence.tokens
    return touching(pieces, first) and touching(pieces, first - 1) and pieces.kinds[first - 2] == "w"


def _weigh_sums(found: Sequence[Count]) -> None:
    """Give points to the greatest number, and to one that its groups add up to."""
    people = [count for count in found if count.points > 0]
    if people:
        most = max(count.value for count in people)
        for count in people:
            if count.value == most:
                count.points += 0.8
    sums: set[float] = set()
    for first in range(len(found)):
        if found[first].role == "none":
            continue
        total = found[first].value
        for last in range(first + 1, min(len(found), first + 5)):
            if found[last].sentence.index - found[first].sentence.index > 1 or found[last].role == "none":
                break
            total += found[last].value
            both = (found[first].role, found[last].role)
            least = min(found[first].value, found[last].value)
            if "arm" in both or least > 0.3 * total:
                sums.add(total)
    for count in found:
        if count.value in sums and count.role not in ("none", "arm") and count.value >= 10:
            count.points += 1.5


def total_of(found: Sequence[Count]) -> Count | None:
    """Return the number of those who took part in the whole study, or None."""
    best = max(found, key=lambda count: (count.points, -count.sentence.index), default=None)
    if best is not None and best.role == "analysed":
        # Those who entered are more than those who could be analysed, and are the study's size.
        entered = [count for count in found if count.role in ("enrolled", "randomised")]
        wider = [c for c in entered if c.value > best.value and c.points > max(_ENTERED, best.points - 1)]
        best = max(wider, key=lambda count: count.points, default=best)
    return best if best is not None and best.points >= THRESHOLD else None


_ENTERED = 1.5


def stage_of(count: Count, total: Count) -> str:
    """Return the stage of a study to which a bare number of people came, or "".

    What happened to them has to stand right behind: "89 completed the study", "231 were included in
    the analysis", "21 were available at follow-up".
    """
    if count.mention.noun or count.labelled or count.value > total.value or count.role in ("arm", "none"):
        return ""
    behind = list(count.sentence.words[count.mention.last : count.mention.last + _BEHIND])
    while behind and behind[0] in _LINKS:
        behind = behind[1:]
    if word_at(behind, 0) in cues.COMPLETE:
        return "completed"
    if word_at(behind, 0) in cues.FOLLOW or (word_at(behind, 0) == "available" and _TIMES & set(behind)):
        return "followed"
    looked_at = word_at(behind, 0) in _ANALYSED or (
        word_at(behind, 0) in ("included", "available") and not _ANALYSED.isdisjoint(behind[:5])
    )
    return "analysed" if looked_at else ""


_BEHIND = 9
_LINKS = listed("( ) % were was have had been of them these whom all")
_ANALYSED = listed("analysed analyzed analysis analyses evaluable assessable evaluated")
_TIMES = listed("followup follow")


def arms_of(found: Sequence[Count], words: Collection[str]) -> tuple[list[Count], float] | None:
    """Return the groups that a study's total can be added up from, and their sum.

    For abstracts that give their groups only: "(n = 15)", "(n = 14)"; "19 in each group", where
    the number of groups is among the text's `words` or two.
    """
    for count in found:
        around = set(_around(count))
        if count.role == "arm" and count.value > 3 and "each" in around and around & {"group", "arm"}:
            groups = next((size for word, size in _GROUPS.items() if word in words), 2)
            return [count], count.value * groups
    by_sentence: dict[int, list[Count]] = {}
    for count in found:
        if (count.role == "arm" or _bracketed(count)) and count.value >= 4 and not count.of:
            by_sentence.setdefault(count.sentence.index, []).append(count)
    for arms in by_sentence.values():
        labelled = [arm for arm in arms if arm.labelled]
        arms = labelled if len(labelled) > 1 else arms
        if 2 <= len(arms) <= 6 and max(arm.value for arm in arms) <= 4 * min(arm.value for arm in arms):
            return arms, sum(arm.value for arm in arms)
    return None


def _bracketed(count: Count) -> bool:
    """Whether a count parts the people in front of its bracket: "patients (41 of one kind, 29 …)"."""
    words, first = count.sentence.words, count.mention.first
    place = first - 1
    while place > 0 and first - place < 10 and words[place] not in ("(", ")"):
        place -= 1
    return words[place] == "(" and words[place - 1] in cues.PEOPLE and count.role in ("", "treated")


def _around(count: Count) -> Sequence[str]:
    first = max(0, count.mention.first - 6)
    return count.sentence.words[first : count.mention.last + 8]


#: How many groups a study says it has.
_GROUPS = {"three groups": 3, "four groups": 4, "five groups": 5, "three arms": 3, "four arms": 4}
