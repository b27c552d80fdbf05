"""Which numbers count the people of a study, and in which role.

Every whole number gets points for what stands around it: who is counted, what happened to them, how
near the beginning it stands, whether groups add up to it. The points are set by hand, so that no
text is needed to make them; the best number is the study's total. What is no total keeps the role
that its words name: screened, treated, followed, completed, analysed, arm or event.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from evidence.facts import cues
from evidence.facts.mentions import Mention, Sentence, before
from evidence.facts.tokens import touching
from evidence.facts.words import PERCENT, SIZES

#: The fewest points that make a number a study's total; below it nothing is answered.
THRESHOLD = 0.5


@dataclass(slots=True, eq=False)
class Count:
    """A number of people: its role, its points as a total, and the arm it is the size of."""

    sentence: Sentence
    mention: Mention
    value: float
    role: str = ""
    points: float = 0.0
    arm: str = ""
    of: float | None = None
    labelled: bool = False
    why: list[str] = field(default_factory=list)

    def add(self, points: float, why: str) -> None:
        self.points += points
        self.why.append(f"{why} {points:+.1f}")


def counts(sentences: Sequence[Sentence]) -> list[Count]:
    """Return the numbers of people in a text, in order, with roles and points."""
    found: list[Count] = []
    for sentence in sentences:
        for place, mention in enumerate(sentence.mentions):
            if not mention.noun and (whole := _referred(sentence, place)):
                mention.noun, mention.noun_at = whole.noun, mention.last - 1
            else:
                whole = None
            if count := _count(sentence, mention):
                if whole:
                    count.of = whole.number.value
                    count.add(-2.0, "part of a group")
                found.append(count)
    _weigh_sums(found)
    return found


def _referred(sentence: Sentence, place: int) -> Mention | None:
    """Return the group that a bare number is of: "Of the original 24 patients, 12 were followed"."""
    mention = sentence.mentions[place]
    words = sentence.words
    if not place or mention.number.unit or mention.number.kind not in ("", "weak"):
        return None
    whole = sentence.mentions[place - 1]
    lead = words[max(0, whole.first - 4) : whole.first]
    comma = word_at(words, mention.first - 1) == "," and mention.first - whole.last < 30
    if whole.noun and comma and "of" in lead and whole.number.value >= mention.number.value:
        return whole
    return None


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
    if not labelled and (
        words[mention.first] == "=" or lead in _NO_COUNT or (lead in cues.THINGS and not mention.noun)
    ):
        return None
    if _is_year(sentence, mention) or _in_a_name(sentence, mention):
        return None
    count = Count(sentence, mention, number.value, labelled=labelled)
    _weigh(count)
    return count


#: What stands before numbers that count nobody.
_NO_COUNT = frozenset(
    [
        "±",
        "+/-",
        "age",
        "aged",
        "ages",
        "score",
        "scores",
        "p",
        "hr",
        "rr",
        "or",
        "ci",
        "day",
        "week",
        "month",
        "year",
    ]
)


def word_at(words: Sequence[str], place: int) -> str:
    """Return a word, or an empty string beyond either end."""
    return words[place] if 0 <= place < len(words) else ""


def _is_year(sentence: Sentence, mention: Mention) -> bool:
    if mention.noun and mention.noun_at == mention.last:
        return False
    if not 1900 <= mention.number.value <= 2099 or "," in sentence.words[mention.last - 1]:
        return False
    near = sentence.words[max(0, mention.first - 4) : mention.first]
    return bool(set(near) & _DATES) or word_at(sentence.words, mention.last) in (
        "to",
        "and",
        "-",
        "–",
        "through",
    )


_DATES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "between",
        "in",
        "since",
        "from",
        "during",
        "until",
    ]
)


def _in_a_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether the digits belong to a name such as MA.27."""
    first = mention.first
    if first < 2 or sentence.words[first - 1] not in (".", "_", "/", "#"):
        return False
    pieces = sentence.tokens
    return touching(pieces, first) and touching(pieces, first - 1) and pieces.kinds[first - 2] == "w"


def _weigh(count: Count) -> None:
    sentence, mention = count.sentence, count.mention
    words = sentence.words
    follow = word_at(words, mention.last)
    lead = before(sentence, mention.first - (1 if count.labelled else 0))
    tail = _tail(count)
    if count.labelled:
        _weigh_label(count, lead)
    elif mention.noun:
        count.add(2.0, mention.noun)
    else:
        _weigh_thing(count)
    if not count.labelled:
        _weigh_lead(count, lead)
    _weigh_tail(count, tail)
    if count.value in (10, 100, 1000) and lead[-1:] in (["in"], ["of"], ["per"]) and len(lead) > 1:
        if any(other.last in (mention.first - 1, mention.first - 2) for other in sentence.mentions):
            count.add(-4, "eight out of 10")
    if count.value >= 1e6 or (count.value >= 1e5 and mention.number.relation == "~"):
        count.add(-4, "a population")
    if follow in ("/", "%") or word_at(words, mention.first - 1) == "/":
        count.add(-4, "ratio")
    if follow == "of" or (mention.noun and word_at(words, mention.noun_at + 1) == "of" and not lead):
        count.add(-2, "x of y")
        count.role = "event"
    if _percent_follows(count):
        count.add(-2.5, "percent")
        if count.role not in ("randomised", "enrolled", "analysed", "completed", "followed", "treated"):
            count.role = "event"
    if set(words) & cues.PLANNED and {"power", "sample", "accrual", "planned"} & set(words):
        count.add(-2, "planned")
    count.add(-0.12 * min(sentence.index, 12), "place")
    if len(lead) == 1 and lead[0] == "of" and mention.noun:
        count.add(1.0, "Of them")
    if any(
        other.number.value > count.value and words[other.first] == "=" and other.first - mention.noun_at <= 4
        for other in sentence.mentions
        if mention.noun and other.first > mention.noun_at
    ):
        count.add(-2.5, "counted again")
    if count.value < 10:
        count.add(-1, "few")
    if count.value < 5:
        count.add(-1, "very few")


def _tail(count: Count) -> Sequence[str]:
    """Return the words behind a count and its noun, to the end of the clause or the next count.

    What stands in brackets directly behind them is stepped over.
    """
    sentence, mention = count.sentence, count.mention
    words = sentence.words
    start = mention.noun_at + 1 if mention.noun else mention.last
    if count.labelled or word_at(words, start) in ("(", "["):
        close = next(
            (at for at in range(start, min(len(words), start + 30)) if words[at] in (")", "]")), start - 1
        )
        start = close + 1
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
        count.add(3, "total n")
    elif last in cues.PEOPLE and not {"control", "controls", "each", "per", "placebo"} & set(near[-4:]):
        count.add(2.0, "people n")
    elif last in (
        "trial",
        "study",
        "trials",
        "studies",
        "survey",
        "cancer",
        "disease",
        "years",
        "analyses",
        "analysis",
    ):
        count.add(1.5, "study n")
    elif set(near) & cues.PEOPLE and not set(near) & cues.GROUP and "to" not in near:
        count.add(1.0, "people near n")
    else:
        count.add(0.5 if capital else -1.0, "n")
        count.role = "" if capital else "arm"
    if capital:
        count.add(1.0, "N")


def _weigh_thing(count: Count) -> None:
    sentence, mention = count.sentence, count.mention
    for word in sentence.words[mention.last : mention.last + 6]:
        if (word in cues.STOPS and word not in cues.RANDOM) or word in (",", ".", ";", ":", "(", ")"):
            return
        if word in cues.THINGS or word in SIZES:
            count.add(-4, word)
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
            count.add(points, phrase)
            break
    if set(near) & cues.PARTS and last not in ("of", ",", "in", "with", "(", "to"):
        count.add(-2, "part")
    if last in ("each", "every", "per", "until") or "each" in lead[-4:] or "per" in lead[-3:]:
        count.add(-3, "each")
        count.role = "arm"
    if last in ("(", "["):
        count.add(-2.5, "bracket")
        count.role = "arm" if {"to", "in", "group", "arm"} & set(lead) else ""
        return
    if {"group", "arm", "groups", "arms"} & set(lead[-5:]) and last in (
        "group",
        "arm",
        ",",
        ":",
        "were",
        "had",
        "group,",
    ):
        count.add(-2, "group before")
        count.role = "event" if set(sentence_after(count)) & cues.EVENT else "arm"
    verbs = set(lead[-6:])
    if verbs & cues.RANDOM:
        count.add(2.0, "randomised before")
        count.role = count.role or "randomised"
    elif verbs & cues.ENROL:
        count.add(2.0, "enrolled before")
        count.role = count.role or "enrolled"
    elif verbs & _LOOKED_AT:
        count.add(-1.5, "screened before")
        count.role = count.role or "screened"
    elif verbs & cues.TREAT:
        count.add(1.0, "treated before")
    elif verbs & cues.ANALYSE:
        count.add(1.0, "analysed before")
        count.role = count.role or "analysed"
    elif last in ("in", "among", "from", "on", "involving", "for", "with"):
        count.add(1.0, last)


def sentence_after(count: Count) -> Sequence[str]:
    """Return the few words behind a count and its noun."""
    start = count.mention.noun_at + 1 if count.mention.noun else count.mention.last
    return count.sentence.words[start : start + 3]


_LOOKED_AT = frozenset(["screened", "invited", "approached", "contacted", "mailed", "telephoned"])
#: What stands right in front of a number, and its points as a total.
_PHRASES = (
    ("a total of", 2.5), ("total of", 2.5), ("in total ,", 2.0), ("in total", 2.0), ("in all ,", 2.0),
    ("altogether", 2.0), ("overall ,", 1.5), ("total", 1.5), ("sample size of", 1.0), ("sample of", 2.0),
    ("cohort of", 1.0), ("population of", 1.5), ("sample comprised", 2.5), ("out of", 0.5), ("of these ,", -3.0),
    ("of these", -3.0), ("of whom", -3.0), ("of the", 0.0), ("groups of", -3.0), ("group of", 0.5),
    ("of", 0.5), ("only", -0.5), ("the other", -3.0), ("the remaining", -2.0), ("from", 0.3),
    ("and", -1.0), ("versus", -2.0), ("vs", -2.0), ("vs .", -2.0),
)  # fmt: skip


def _weigh_tail(count: Count, tail: Sequence[str]) -> None:
    verb, at = _main_verb(tail)
    behind = word_at(tail, at + 1)
    weight = 1.0 if count.mention.noun or count.labelled else 0.6
    if verb in cues.RANDOM:
        count.add(3.0 * weight, "randomised after")
        count.role = count.role if count.role == "arm" and not count.labelled else "randomised"
        if behind in ("to", "into") and _shared_out(count):
            count.add(-4.0, "arm")
            count.role = "arm"
    elif verb in _LOOKED_AT or (verb == "assessed" and "eligibility" in tail):
        count.add(-1.5, "screened")
        count.role = "screened"
    elif verb in cues.ENROL:
        count.add(2.5 * weight, "enrolled after")
        count.role = count.role or "enrolled"
    elif verb in cues.ANALYSE:
        count.add(1.5 * weight, "analysed after")
        count.role = count.role or "analysed"
    elif verb in cues.COMPLETE:
        count.add(-0.5, "completed")
        count.role = "completed"
    elif verb in cues.FOLLOW:
        count.add(0.5, "followed")
        count.role = "followed"
    elif verb in cues.TREAT:
        count.add(1.0, "treated")
        count.role = count.role or "treated"
        if _shared_out(count):
            count.add(-2.5, "arm")
            count.role = "arm"
    elif verb and not (verb == "had" and {"median", "mean", "average"} & set(tail[at : at + 4])):
        count.add(-2.0, "event " + verb)
        count.role = count.role or "event"
    if {"each", "per", "every"} & set(tail[:4]) and {"group", "arm", "groups"} & set(tail[:6]):
        count.add(-5.0, "in each group")
        count.role = "arm"
    near = tail[: min(at, 6)]
    if {"group", "arm", "groups"} & set(near) and not count.labelled and verb not in cues.RANDOM:
        count.add(-2.0, "group after")
        count.role = "event" if verb in cues.EVENT else "arm"


_MAIN = cues.RANDOM | cues.ENROL
_OTHERS = _LOOKED_AT | cues.ANALYSE | cues.COMPLETE | cues.FOLLOW | cues.TREAT | cues.EVENT


def _main_verb(tail: Sequence[str]) -> tuple[str, int]:
    """Return the word of a clause that says what happened to people, and where.

    Behind "who", "with" or an adjective clause the main verb stands further on: "women who had
    undergone surgery were randomised".
    """
    relative = bool({"who", "with", "whose", "that", "in", "at", "from", "aged", "referred"} & set(tail[:3]))
    for at, word in enumerate(tail):
        if word in _MAIN and (at == 0 or tail[at - 1] not in ("not", "never")):
            return word, at
        if not relative and (word == "," or word in _OTHERS):
            break
    for at, word in enumerate(tail):
        if word in _MAIN or word in _OTHERS:
            if relative and word in cues.EVENT:
                continue
            return word, at
    return "", len(tail)


def _shared_out(count: Count) -> bool:
    """Whether the number is one of several that go to different treatments, and not their sum."""
    sentence, mention = count.sentence, count.mention
    words = sentence.words
    sizes: list[float] = []
    depth = 0
    opened = {}
    for place, word in enumerate(words):
        depth += (word in ("(", "[")) - (word in (")", "]"))
        opened[place] = depth
    for other in sentence.mentions:
        number = other.number
        if other is mention or number.unit or number.kind != "" or not number.value.is_integer():
            continue
        if opened.get(other.first, 0) > opened.get(mention.first, 0) or words[other.first] == "=":
            continue
        if number.value < 3 or other.first < mention.first - 20:
            continue
        lead = words[max(0, other.first - 2) : other.first]
        behind = words[other.last : other.last + 7]
        if {"to", "received", "receive", "in", "with", "on", "were", "group"} & set(behind) or "and" in lead:
            sizes.append(number.value)
    added = len(sizes) > 1 and abs(sum(sizes) - count.value) <= 0.03 * count.value
    return bool(sizes) and not added and max(sizes) < 4 * count.value


def _weigh_sums(found: Sequence[Count]) -> None:
    """Give points to the greatest number, and to one that its groups add up to."""
    people = [count for count in found if count.points > 0]
    if people:
        most = max(count.value for count in people)
        for count in people:
            if count.value == most:
                count.add(0.8, "most")
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
            if (
                found[last].role == "arm"
                or "arm" in both
                or min(found[first].value, found[last].value) > 0.3 * total
            ):
                sums.add(total)
    for count in found:
        if count.value in sums and count.role not in ("none", "arm") and count.value >= 10:
            count.add(1.5, "sum")


def total_of(found: Sequence[Count]) -> Count | None:
    """Return the number of those who took part in the whole study, or None."""
    best = max(found, key=lambda count: (count.points, -count.sentence.index), default=None)
    return best if best is not None and best.points >= THRESHOLD else None


def arms_of(found: Sequence[Count], words: Collection[str]) -> tuple[list[Count], float] | None:
    """Return the groups that a study's total can be added up from, and their sum.

    For abstracts that give their groups only: "(n = 15)", "(n = 14)"; "19 in each group", where
    the number of groups is among the text's `words` or two.
    """
    for count in found:
        if count.role == "arm" and "each" in _around(count) and {"group", "arm"} & set(_around(count)):
            groups = next((size for word, size in _GROUPS.items() if word in words), 2)
            return [count], count.value * groups
    by_sentence: dict[int, list[Count]] = {}
    for count in found:
        if count.role == "arm" and count.value >= 4 and not count.of:
            by_sentence.setdefault(count.sentence.index, []).append(count)
    for arms in by_sentence.values():
        if 2 <= len(arms) <= 6 and max(arm.value for arm in arms) <= 4 * min(arm.value for arm in arms):
            return arms, sum(arm.value for arm in arms)
    return None


def _around(count: Count) -> Sequence[str]:
    first = max(0, count.mention.first - 6)
    return count.sentence.words[first : count.mention.last + 8]


#: How many groups a study says it has.
_GROUPS = {"three groups": 3, "four groups": 4, "five groups": 5, "three arms": 3, "four arms": 4}
