"""What the words around a number of people say: points as a study's total, and a role.

The points are set by hand, so that no text is needed to make them. Who is counted, what happened to
them, what stands in front, how near the beginning: each says a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from evidence.facts import cues
from evidence.facts.mentions import Mention, Sentence, before, word_at
from evidence.facts.words import PERCENT, SIZES, listed


@dataclass(slots=True, eq=False)
class Count:
    """A number of people: its points as a study's total, and its role.

    `of` is the size of the group that its sentence says it is of; `labelled` is "n = 120".
    """

    sentence: Sentence
    mention: Mention
    value: float
    role: str = ""
    points: float = 0.0
    of: float | None = None
    labelled: bool = False


_OF_PLANS = listed("power sample accrual planned")


def weigh(count: Count) -> None:
    """Give a count its points as a study's total, and the role that its words name."""
    sentence, mention = count.sentence, count.mention
    words = sentence.words
    follow = word_at(words, mention.last)
    lead = before(sentence, mention.first - (1 if count.labelled else 0))
    tail = _tail(count)
    if count.labelled:
        _weigh_label(count, lead)
    elif mention.noun:
        count.points += 2.0
    else:
        _weigh_thing(count)
    if not count.labelled:
        _weigh_lead(count, lead)
    _weigh_tail(count, tail)
    if count.value in (10, 100, 1000) and lead[-1:] in (["in"], ["of"], ["per"]) and len(lead) > 1:
        share = any(other.last in (mention.first - 1, mention.first - 2) for other in sentence.mentions)
        count.points -= 4 * share  # "eight out of 10 people"
    if count.value >= 1e6 or (count.value >= 1e5 and mention.number.relation == "~"):
        count.points -= 4
    if follow in ("/", "%") or word_at(words, mention.first - 1) == "/":
        count.points -= 4
    if (follow == "of" and not is_of_plan(words, mention)) or (
        mention.noun
        and not lead
        and words[mention.noun_at + 1 : mention.noun_at + 2] == ["of"]
        and word_at(words, mention.noun_at + 2) in _WHOLES
    ):
        count.points -= 2
        count.role = "event"
    if _percent_follows(count):
        count.points -= 2.5
        if count.role not in ("randomised", "enrolled", "analysed", "completed", "followed", "treated"):
            count.role = "event"
    if not (_OF_PLANS.isdisjoint(words) or cues.PLANNED.isdisjoint(words)):
        count.points -= 2
    count.points -= 0.12 * min(sentence.index, 12)
    if len(lead) == 1 and lead[0] == "of" and mention.noun:
        count.points += 1.0
    if mention.noun and _counted_again(count):
        count.points -= 2.5
    if mention.noun and _compared(count):
        count.points -= 3.5
        count.role = "arm"
    if count.value < 10:
        count.points -= 1
    if count.value < 5:
        count.points -= 1


#: What follows "of" where a part of a group is told: "five patients of the 20".
_WHOLES = listed("the these those whom all our both")


def is_of_plan(words: Sequence[str], mention: Mention) -> bool:
    """Return whether a count is told of what was planned: "74 of the planned 92 patients"."""
    behind = words[mention.last : mention.last + 4]
    return behind[:1] == ["of"] and not _INTENDED.isdisjoint(behind)


_INTENDED = listed("planned intended projected targeted target anticipated")


def _compared(count: Count) -> bool:
    """Whether a group of the same size stands against this one: "450 patients were compared with 450"."""
    sentence = count.sentence
    others = (other for other in sentence.mentions if other is not count.mention)
    alike = any(other.noun and other.number.value == count.value for other in others)
    return alike and not {"compared", "versus", "vs"}.isdisjoint(sentence.words)


def _counted_again(count: Count) -> bool:
    """Whether a greater number stands behind: "68 mother-daughter pairs (n = 136)"."""
    sentence, at = count.sentence, count.mention.noun_at
    return any(
        other.number.value > count.value and sentence.words[other.first] == "=" and 0 < other.first - at <= 4
        for other in sentence.mentions
    )


def _tail(count: Count) -> Sequence[str]:
    """Return the words behind a count and its noun, to the end of the clause or the next count.

    What stands in brackets directly behind them is stepped over.
    """
    sentence, mention = count.sentence, count.mention
    words = sentence.words
    start = mention.noun_at + 1 if mention.noun else mention.last
    if count.labelled or word_at(words, start) in ("(", "["):
        places = range(start, min(len(words), start + 30))
        start = next((at for at in places if words[at] in (")", "]")), start - 1) + 1
    end = min(len(words), start + 36)
    for other in sentence.mentions:
        if other.first > start and not other.number.unit and other.number.kind in ("", "weak") and other.noun:
            end = min(end, other.first)
            break
        if other.first > start and word_at(words, other.first - 1) in (",", ";") and other.number.kind == "":
            end = min(end, other.first)
            break
    tail = words[start:end]
    for at, word in enumerate(tail):
        if word == ";" or (word == "." and at + 2 < len(tail)):
            return tail[:at]
    return tail


def _weigh_label(count: Count, lead: Sequence[str]) -> None:
    """Weigh "n = 120" by what it stands behind: the people, or one of their groups."""
    sentence, mention = count.sentence, count.mention
    near = [word for word in lead[-9:] if word not in ("(", "[", ",")]
    last = near[-1] if near else ""
    capital = sentence.text[sentence.tokens.starts[mention.first - 1]] == "N"
    if last in ("total", "overall", "sample", "population"):
        count.points += 3
    elif last in cues.PEOPLE and not {"control", "controls", "each", "per", "placebo"} & set(near[-4:]):
        count.points += 2.0
    elif last in _STUDIED:
        count.points += 1.5
    elif set(near) & cues.PEOPLE and not set(near) & cues.GROUP and "to" not in near:
        count.points += 1.0
    else:
        count.points += 0.5 if capital else -1.0
        count.role = "" if capital else "arm"
    if capital:
        count.points += 1.0


_STUDIED = listed("trial study trials studies survey cancer disease years analyses analysis")
_ARMS = listed("group arm groups arms")


def _weigh_thing(count: Count) -> None:
    sentence, mention = count.sentence, count.mention
    for word in sentence.words[mention.last : mention.last + 6]:
        if (word in cues.STOPS and word not in cues.RANDOM) or word in (",", ".", ";", ":", "(", ")"):
            return
        if word in cues.THINGS or word in SIZES:
            count.points -= 4
            count.role = "none"
            return


def _percent_follows(count: Count) -> bool:
    """Whether a percentage belongs to the count: "42 patients (35 %)"."""
    words, mention = count.sentence.words, count.mention
    end = max(mention.last, mention.noun_at + 1 if mention.noun else 0)
    for other in count.sentence.mentions:
        if other.first >= end and other.first - end <= 2 and other.number.unit == PERCENT:
            closed = word_at(words, other.last) in (")", "]", ";", ",")
            return closed and "(" in words[end : other.first + 1] and other.number.value < 100
    return False


def _weigh_lead(count: Count, lead: Sequence[str]) -> None:
    near = lead[-3:]
    last = near[-1] if near else ""
    text = " ".join(lead[-5:])
    for phrase, points in _PHRASES:
        if text.endswith(phrase) and (len(text) == len(phrase) or text[-len(phrase) - 1] == " "):
            count.points += points
            break
    if last in _INTENDED:  # "74 of the planned 92 patients were enrolled"
        count.points -= 5
    if set(near) & cues.PARTS and last not in ("of", ",", "in", "with", "(", "to"):
        count.points -= 2
    if last in ("each", "every", "per", "until") or "each" in lead[-5:] or "per" in lead[-3:]:
        count.points -= 3
        count.role = "arm"
    if last in ("(", "["):
        count.points -= 2.5
        count.role = "arm" if {"to", "in", "group", "arm"} & set(lead) else ""
        return
    if _ARMS & set(lead[-5:]) and last in ("group", "arm", ",", ":", "were", "had"):
        count.points -= 3
        count.role = "event" if set(_behind(count)) & cues.EVENT else "arm"
    if last == "in" and _SEEN & set(near[-2:-1]):  # "relapses were observed in 12 cases"
        count.points -= 2.5
        count.role = count.role or "event"
        return
    if lead[-2:] == ["%", "of"] and (_ARMS & set(lead) or _shares(count) > 1):
        # "23 % of 203 women in the drug group and 9 % of 197 chose"
        count.points -= 3
        count.role = "arm"
        return
    verbs = set(lead[-6:])
    if verbs & cues.RANDOM:
        count.points += 2.0
        count.role = count.role or "randomised"
    elif verbs & cues.ENROL:
        count.points += 2.0
        count.role = count.role or "enrolled"
    elif verbs & _LOOKED_AT:
        count.points -= 1.5
        count.role = count.role or "screened"
    elif verbs & cues.TREAT:
        count.points += 1.0
    elif verbs & cues.ANALYSE:
        count.points += 1.0
        count.role = count.role or "analysed"
    elif last in ("in", "among", "from", "on", "involving", "for", "with"):
        count.points += 1.0


def _shares(count: Count) -> int:
    """Return of how many groups a sentence gives a percentage: "21 % of 203 men, 9 % of 190"."""
    words = count.sentence.words
    return sum(words[max(0, m.first - 2) : m.first] == ["%", "of"] for m in count.sentence.mentions)


def _behind(count: Count) -> Sequence[str]:
    """Return the few words behind a count and its noun."""
    start = count.mention.noun_at + 1 if count.mention.noun else count.mention.last
    return count.sentence.words[start : start + 3]


_SEEN = listed("observed seen found detected occurred reported noted")
_LOOKED_AT = listed("screened invited approached contacted mailed telephoned")
#: What stands right in front of a number, and its points as a total.
_PHRASES = (
    ("a total of", 2.5), ("total of", 2.5), ("in total ,", 2.0), ("in total", 2.0), ("in all ,", 2.0),
    ("altogether", 2.0), ("overall ,", 1.5), ("total", 1.5), ("sample size of", 1.0), ("sample of", 2.0),
    ("cohort of", 1.0), ("population of", 1.5), ("sample comprised", 2.5), ("out of", 0.5),
    ("of these ,", -3.0), ("of these", -3.0), ("of whom", -3.0), ("of the", 0.0),
    ("groups of", -3.0), ("group of", 0.5),
    ("of", 0.5), ("only", -0.5), ("the other", -3.0), ("the remaining", -2.0), ("from", 0.3),
    ("and", -1.0), ("versus", -2.0), ("vs", -2.0), ("vs .", -2.0),
)  # fmt: skip


def _weigh_tail(count: Count, tail: Sequence[str]) -> None:
    verb, at = _main_verb(tail)
    behind = word_at(tail, at + 1)
    weight = 1.0 if count.mention.noun or count.labelled else 0.6
    if verb in cues.RANDOM and at == 0 and not cues.BEFELL.isdisjoint(tail):
        count.points -= 2.0  # "56 patients assigned to the drug died"
        count.role = "event"
    elif verb in cues.RANDOM:
        count.points += 3.0 * weight
        count.role = "arm" if count.role == "arm" else "randomised"
        if behind in ("to", "into") and _shared_out(count):
            count.points -= 4.0
            count.role = "arm"
    elif verb in _LOOKED_AT or (verb == "assessed" and "eligibility" in tail):
        count.points -= 1.5
        count.role = "screened"
    elif verb in cues.ENROL:
        count.points += (1.0 if count.role == "arm" else 2.5) * weight
        count.role = count.role or "enrolled"
    elif verb in cues.ANALYSE:
        count.points += 1.5 * weight
        count.role = count.role or "analysed"
    elif verb in cues.COMPLETE:
        count.points -= 0.5
        count.role = "completed"
    elif verb in cues.FOLLOW:
        count.points += 0.5
        count.role = "followed"
    elif verb in cues.TREAT:
        count.points += 1.0
        count.role = count.role or "treated"
        if _shared_out(count):
            count.points -= 2.5
            count.role = "arm"
    elif verb == "had" and cues.TREAT & set(tail[at + 1 : at + 10]):  # "had cells injected into their discs"
        count.points += 1.0
        count.role = count.role or "treated"
    elif verb == "had" and _HAD_DATA & set(tail[at : at + 3]):
        count.points += 1.0
        count.role = count.role or "analysed"
    elif verb and not (verb == "had" and {"median", "mean", "average"} & set(tail[at : at + 4])):
        count.points -= 2.0
        count.role = count.role or "event"
    if {"each", "per", "every"} & set(tail[:4]) and {"group", "arm", "groups"} & set(tail[:6]):
        count.points -= 5.0
        count.role = "arm"
    near = tail[: min(at, 6)]
    # "62,000 women to screening and control groups" are divided, "44,970 in the screening group" are a part.
    if {"group", "arm"} & set(near) and not count.labelled and verb not in cues.RANDOM:
        count.points -= 4.0
        count.role = "event" if verb in cues.EVENT else "arm"


#: "301 participants had full data" counts those who were analysed.
_HAD_DATA = listed("full complete available evaluable data valid")
_MAIN = cues.RANDOM | cues.ENROL
_OTHERS = _LOOKED_AT | cues.ANALYSE | cues.COMPLETE | cues.FOLLOW | cues.TREAT | cues.EVENT


_GIVEN = listed("to received receive in with on were group")
_RELATIVE = listed("who with whose that in at from aged referred")


def _main_verb(tail: Sequence[str]) -> tuple[str, int]:
    """Return the word of a clause that says what happened to people, and where.

    Behind "who", "with" or an adjective clause the main verb stands further on: "women who had
    undergone surgery were randomised".
    """
    relative = not _RELATIVE.isdisjoint(tail[:3])
    for at, word in enumerate(tail):
        if word in _MAIN and (at == 0 or tail[at - 1] not in ("not", "never")):
            return word, at
        if not relative and (word == "," or word in _OTHERS):
            break
    for at, word in enumerate(tail):
        if word in _MAIN or word in _OTHERS:
            if (relative and word in cues.EVENT) or word_at(tail, at + 1) == "been":
                continue
            return word, at
    return "", len(tail)


def role_behind(count: Count) -> str:
    """Return the role that the words behind a part of a group give it: "Of 90, 87 were evaluated"."""
    verb, _ = _main_verb(_tail(count))
    for table, role in _BY_VERB:
        if verb in table:
            return role
    return ""


_BY_VERB = (
    (cues.RANDOM, "randomised"), (_LOOKED_AT, "screened"), (cues.COMPLETE, "completed"),
    (cues.FOLLOW, "followed"), (cues.TREAT, "treated"), (cues.ANALYSE, "analysed"),
    (cues.ENROL, "enrolled"), (cues.EVENT, "event"),
)  # fmt: skip


_OPENS, _CLOSES = frozenset("(["), frozenset(")]")
_STAGE = cues.ANALYSE | cues.COMPLETE | cues.FOLLOW | listed("included lost excluded")


def _shared_out(count: Count) -> bool:
    """Whether the number is one of several that go to different treatments, and not their sum."""
    sentence, mention = count.sentence, count.mention
    words = sentence.words
    sizes: list[float] = []
    depths = list(accumulate((word in _OPENS) - (word in _CLOSES) for word in words))
    for other in sentence.mentions:
        number = other.number
        if other is mention or number.unit or number.kind != "" or not number.value.is_integer():
            continue
        if words[other.first] == "=" or depths[other.first] > depths[mention.first]:
            continue
        if number.value < 3 or other.first < mention.first - 20 or _counts_things(words, other):
            continue
        lead = words[max(0, other.first - 2) : other.first]
        behind = words[other.last : other.last + 7]
        if not other.noun and behind[:1] == ["were"] and not _STAGE.isdisjoint(behind[1:3]):
            continue  # "; 231 were included in the analysis"
        if not _GIVEN.isdisjoint(behind) or "and" in lead:
            sizes.append(number.value)
    added = len(sizes) > 1 and abs(sum(sizes) - count.value) <= 0.03 * count.value
    return bool(sizes) and not added and max(sizes) < 4 * count.value


def _counts_things(words: Sequence[str], mention: Mention) -> bool:
    return not mention.noun and word_at(words, mention.last) in cues.THINGS
