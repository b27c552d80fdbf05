"""Read the numbers of a running text: value, unit, relation, and what kind of number it is.

"up to 12 months" is 12, month, <=; "24-patient" is 24; "half of the group" is a fraction; the 95
of "95% CI", the 2 of "phase 2" and the 0.05 of "p < 0.05" are found, and marked as no findings
of a study. Written for this room because the libraries misread such text (project notes on
study facts, section 4). Linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from evidence.facts.tokens import DASHES, Amount, Tokens, amount_at, beginnings, tokens, touching
from evidence.facts.words import MEASURES, PEOPLE, PERCENT, ROMAN, TIME, after, before, listed
from evidence.model import Span

_LABELS = listed(
    "phase phases grade grades stage stages type types class classes table tables figure figures fig chapter "
    "section appendix box version step question level levels group groups arm arms cohort cohorts item items "
    "pmid pmcid isbn issn vol volume issue page pages pp ref refs reference references no nos number"
)
_MONTHS = listed(
    "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sep sept oct nov dec"
)
_DATED = listed("in since during until before after from between of early late mid year") | _MONTHS
#: Labels that are also followed by a count: "group 24 patients", "arm 87".
_COUNTED = listed("group groups arm arms cohort cohorts type types number no")
_MOST_GROUPS = 12
_STATS = {"median": "median", "mean": "mean", "average": "mean", "averaged": "mean", "averaging": "mean"}
_FILLERS = listed("more additional further consecutive full whole calendar long")
_STOPS = frozenset(".;:()[]?!")
_JOINERS = {("to",), ("through",), ("and",), ("or",), (",",), (",", "and"), (",", "or"), ("/",)}
#: What stands between two results: "35 vs. 19 %" are both percentages.
_AGAINST = {("vs",), ("vs", "."), ("versus",), ("v",), ("compared", "with"), ("compared", "to"), ("against",)}
_SHARING = DASHES | {"/", "or", "and", "to", ","}
_INTERVAL = listed("ci cis cri confidence credible")
NOWHERE = Span(0, 0)


class Number(NamedTuple):
    """A number in a text.

    `span` covers the number alone, `phrase` its relation and unit too. `unit` is singular
    (`month`), `percent`, or a measure as written (`mg`). `relation` is `= > >= < <= ~`. `kind` is
    "" for a plain number, `fraction` (0.5 for "half"), `all` (1.0), `weak` ("no", "both", a lone
    "one"), or what is no finding: `label` (phase 2, CD34), `p`, `interval` (95% CI), `date`.
    `part` is `low` or `high` in a range, `spread` after ±; `stat` is `median` or `mean`.
    """

    value: float
    unit: str
    relation: str
    span: Span
    kind: str = ""
    part: str = ""
    stat: str = ""
    phrase: Span = NOWHERE

    @property
    def plain(self) -> bool:
        """Whether this can be a finding of a study rather than a label, a date or a figure of speech."""
        return self.kind in ("", "fraction")


@dataclass(slots=True)
class _Draft:
    """A number while it is read; `first`, `end` and `last` are token indices."""

    value: float
    first: int
    end: int
    last: int
    kind: str
    unit: str = ""
    relation: str = "="
    opens: int = 0
    part: str = ""
    stat: str = ""
    inherited: bool = False
    shares_label: bool = False


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text in order, digits and words alike."""
    return [number for number, _, _ in placed(tokens(text), text)]


def placed(pieces: Tokens, text: str) -> list[tuple[Number, int, int]]:
    """Return the numbers of a text whose tokens are known, each with its phrase as token indices."""
    drafts: list[_Draft] = []
    end = 0
    averaged = not _STATS.keys().isdisjoint(pieces.texts)
    for index in beginnings(pieces):
        amount = (amount_at(pieces, index) or _roman(pieces, index)) if index >= end else None
        if amount is not None:
            drafts.append(_describe(text, pieces, index, amount, averaged))
            end = amount.end
    _join(pieces, drafts)
    return [(_finish(pieces, draft), max(0, draft.opens), max(draft.last, draft.end)) for draft in drafts]


def _roman(pieces: Tokens, index: int) -> Amount | None:
    if pieces.texts[index] in ROMAN and pieces.texts[index - 1] in _LABELS:
        return Amount(float(ROMAN[pieces.texts[index]]), index + 1, "label")
    return None


def _describe(text: str, pieces: Tokens, index: int, amount: Amount, averaged: bool) -> _Draft:
    """Read what stands around an amount; `averaged` says that a mean or median is told of at all."""
    first = index - 1 if pieces.texts[index - 1] in _SIGNS and _signed(pieces, index) else index
    value = -amount.value if first < index and pieces.texts[first] in "-−" else amount.value
    draft = _Draft(value, first, amount.end, amount.end, amount.kind, opens=first)
    _read_unit(text, pieces, draft)
    _read_relation(pieces, draft)
    if averaged:
        _read_stat(pieces, draft)
    if draft.kind == "weak" and draft.unit and draft.value == 1:
        draft.kind = ""
    if draft.kind in ("", "fraction"):
        draft.kind = _kind(text, pieces, draft) or draft.kind
    return draft


_SIGNS = frozenset("-−+")


def _signed(pieces: Tokens, index: int) -> bool:
    if pieces.kinds[index] != "n" or not touching(pieces, index):
        return False
    kind = pieces.kinds[index - 2]
    return index < 2 or (
        kind != "n"
        and pieces.texts[index - 2] not in ("%", *DASHES)
        and not (touching(pieces, index - 1) and kind == "w")
    )


#: What the relations that stand behind a number begin with: "or more", "and over".
_JOINED = ("or", "and")
#: All that a unit, or a relation and its unit, can begin with.
_OPENS_UNIT = DASHES | TIME.keys() | MEASURES | _FILLERS | frozenset(
    (*_JOINED, "+", "%", "percent", "pct", "per", "percentage")
)  # fmt: skip


def _read_unit(text: str, pieces: Tokens, draft: _Draft) -> None:
    place = draft.end
    word = pieces.texts[place]
    if word in _OPENS_UNIT:
        _read_unit_behind(text, pieces, draft, word)
    if not draft.unit and draft.kind == "":
        lead = pieces.texts[draft.first - 1]
        if lead in TIME and len(lead) > 2 and _leads(pieces, draft.first - 1):
            draft.unit, draft.opens = TIME[lead], draft.first - 1


def _read_unit_behind(text: str, pieces: Tokens, draft: _Draft, word: str) -> None:
    place = draft.end
    sign = after().get((word, pieces.texts[place + 1])) if word in _JOINED else None
    noun = pieces.texts[place + 2]
    if sign and (noun in TIME or noun in PEOPLE):  # "50 or more patients", "12 or more months"
        draft.relation, place, draft.last = sign, place + 2, place + 2
    elif word == "+" and touching(pieces, place) and not touching(pieces, place + 1):
        draft.relation, place, draft.last = ">=", place + 1, place + 1  # "50+ years"
    draft.unit, end = _unit_at(text, pieces, place)
    if draft.unit:
        draft.last = end


def _leads(pieces: Tokens, place: int) -> bool:
    """Whether a unit belongs to the number behind it: "at week 24", not "after two years five were"."""
    if pieces.texts[place].endswith("s"):
        return pieces.texts[place - 1] in ("at", "by", "in", "on", "from", "between", "through", "to")
    return place == 0 or pieces.kinds[place - 1] != "n"


def _unit_at(text: str, pieces: Tokens, place: int) -> tuple[str, int]:
    """Return the unit that begins at a token and the index after it; "" where there is none."""
    word = pieces.texts[place]
    after_word = pieces.texts[place + 1]
    if word in ("%", "percent", "pct") or (word, after_word) == ("per", "cent") or word == "percentage":
        end = place + (2 if word == "per" else 1)
        points = end + 1 if pieces.texts[end] in DASHES else end
        if pieces.texts[points] in ("point", "points"):
            return "percentage point", points + 1
        return (PERCENT, end) if word != "percentage" else ("", place)
    if word in DASHES and touching(pieces, place) and after_word in TIME and len(after_word) > 1:
        return TIME[after_word], _old(pieces, place + 2)
    if word in _FILLERS and after_word in TIME:
        return TIME[after_word], place + 2
    if word in TIME:
        return TIME[word], _old(pieces, place + 1)
    if word in MEASURES:
        return text[pieces.starts[place] : pieces.ends[place]], place + 1
    return "", place


def _old(pieces: Tokens, place: int) -> int:
    """Step over the end of "61-year-old"."""
    here = place + 1 if pieces.texts[place] in DASHES else place
    return here + 1 if pieces.texts[here] == "old" else place


def _read_relation(pieces: Tokens, draft: _Draft) -> None:
    _relation_before(pieces, draft)
    place = draft.last
    if pieces.texts[place] in PEOPLE and pieces.texts[place + 1] == "or":
        place += 1
    if pieces.texts[place] not in _JOINED:
        return
    sign = after().get((pieces.texts[place], pieces.texts[place + 1]))
    # "24 patients and over the next year" goes on; "30 years and over" ends there.
    if sign and pieces.texts[place + 2] not in ("the", "a", "an", "than"):
        draft.relation, draft.last = sign, place + 2


def _relation_before(pieces: Tokens, draft: _Draft) -> None:
    end = draft.opens
    if pieces.texts[end - 1] in ("a", "an", "the"):
        end -= 1
    if pieces.texts[end - 1] == "." and pieces.texts[end - 2] in ("ca", "approx"):
        end -= 1
    if pieces.texts[end - 1] not in _last_words():
        return
    words = pieces.texts[max(0, end - 5) : end]
    signs = before()
    for count in range(len(words), 0, -1):
        sign = signs.get(tuple(words[-count:]))
        if not sign:
            continue
        if words[-count:] == ["over"] and draft.unit in TIME and not _truly_over(pieces, end, draft):
            return
        draft.relation, draft.opens = sign, end - count
        return


@cache
def _last_words() -> frozenset[str]:
    """Return the words that a relation in front of a number can end with."""
    return frozenset(words[-1] for words in before())


def _truly_over(pieces: Tokens, end: int, draft: _Draft) -> bool:
    """Tell "for over 12 years" (more than) from "over 12 years" and "over the 12 years" (during)."""
    lead = ("for", "well", "just", "of", "aged", "age", "lasting", "lasted", "slightly", "little")
    return end == draft.opens and pieces.texts[end - 2] in lead


def _read_stat(pieces: Tokens, draft: _Draft) -> None:
    if _STATS.keys().isdisjoint(pieces.texts[max(0, draft.opens - 7) : draft.opens]):
        return
    for place in range(draft.opens - 1, max(-1, draft.opens - 8), -1):
        word = pieces.texts[place]
        if word in _STOPS or pieces.kinds[place] == "n":
            return
        if word in _STATS:
            draft.stat = _STATS[word]
            return


def _kind(text: str, pieces: Tokens, draft: _Draft) -> str:
    """Return why a number is no finding: `p`, `interval`, `label`, `date`; else ""."""
    lead = pieces.texts[draft.opens - 1]
    if lead == "p":
        return "p"
    earlier = pieces.texts[max(0, draft.opens - 4) : draft.opens]
    if "p" in earlier and ("value" in earlier or "values" in earlier):
        return "p"
    if draft.unit == PERCENT and _INTERVAL & {pieces.texts[draft.last], pieces.texts[draft.last + 1]}:
        return "interval"
    counted = lead in _COUNTED and (draft.value > _MOST_GROUPS or pieces.texts[draft.end] in PEOPLE)
    if not draft.unit and lead in _LABELS and not counted and pieces.texts[draft.opens] != "=":
        draft.shares_label = True
        return "label"
    return "date" if _dated(text, pieces, draft) else ""


def _dated(text: str, pieces: Tokens, draft: _Draft) -> bool:
    if draft.value > 31 and not 1900 <= draft.value <= 2099:
        return False
    token = pieces.texts[draft.first]
    if pieces.kinds[draft.first] != "n" or not token.isdigit() or draft.unit not in ("", "year", "month"):
        return False
    lead, follow = pieces.texts[draft.first - 1], pieces.texts[draft.end]
    if draft.value <= 31 and (
        (lead in _MONTHS and _capital(text, pieces.starts[draft.first - 1]))
        or (follow in _MONTHS and _capital(text, pieces.starts[draft.end]))
    ):
        return True
    if len(token) != 4 or not 1900 <= draft.value <= 2099 or follow in PEOPLE or follow in DASHES:
        # "2013-2015" is settled when the range is joined
        return len(token) == 4 and 1900 <= draft.value <= 2099 and follow in DASHES
    return lead in _DATED or follow in _MONTHS or follow in ("", ")", ",", ";", ".", ":")


def _capital(text: str, at: int) -> bool:
    return text[at].isupper()


def _join(pieces: Tokens, drafts: list[_Draft]) -> None:
    """Settle what neighbours say of one another: ranges, lists sharing a unit, intervals, labels."""
    for left, right in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if not 0 < right.opens - left.last <= 2:  # no more words join or part two numbers
            continue
        gap = tuple(pieces.texts[left.last : min(right.opens, left.last + 4)])
        dash = len(gap) == 1 and gap[0] in DASHES
        if not (dash or gap in _JOINERS):
            if gap in _AGAINST and right.unit == PERCENT and not left.unit and left.kind == "":
                left.unit, left.inherited = PERCENT, True
            continue
        shared = right.unit in TIME or right.unit == PERCENT
        if not left.unit and shared and left.kind == "" and (gap != (",",) or right.inherited):
            left.unit, left.inherited = right.unit, True
        ranged = dash or gap == ("to",) or (gap == ("and",) and pieces.texts[left.opens - 1] == "between")
        if ranged and left.unit == right.unit and left.value < right.value:
            left.part, right.part = "low", "high"
    _spread_kinds(pieces, drafts)


def _spread_kinds(pieces: Tokens, drafts: Sequence[_Draft]) -> None:
    for left, right in pairwise(drafts):
        if right.opens - left.last != 1:
            continue
        between = pieces.texts[left.last]
        if between in ("±", "+/-"):
            right.part, right.unit = "spread", right.unit or left.unit
            left.unit = left.unit or right.unit
        elif left.shares_label and not right.unit and right.kind == "":
            right.shares_label = between in _SHARING
            right.kind = "label" if right.shares_label else ""
        elif left.kind == "date" and between in _SHARING and _is_year(pieces, right):
            right.kind = "date"
    for place, draft in enumerate(drafts):
        if draft.kind == "interval" and draft.unit == PERCENT:
            _close_interval(pieces, draft, drafts[place + 1 : place + 3])


def _is_year(pieces: Tokens, draft: _Draft) -> bool:
    bare = draft.kind == "" and not draft.unit and pieces.texts[draft.end] not in PEOPLE
    return bare and 1900 <= draft.value <= 2099 and draft.value.is_integer()


def _close_interval(pieces: Tokens, draft: _Draft, bounds: Sequence[_Draft]) -> None:
    for bound in bounds:
        between = set(pieces.texts[draft.last : min(bound.opens, draft.last + 12)])
        if between & {";", ")", "]"} or len(between) > 9 or bound.kind != "":
            return
        bound.kind = "interval"


def _finish(pieces: Tokens, draft: _Draft) -> Number:
    span = Span(pieces.starts[draft.first], pieces.ends[draft.end - 1])
    start, end = pieces.starts[max(0, draft.opens)], pieces.ends[max(draft.last, draft.end) - 1]
    phrase = span if (start, end) == (span.start, span.end) else Span(start, end)
    return Number(draft.value, draft.unit, draft.relation, span, draft.kind, draft.part, draft.stat, phrase)
