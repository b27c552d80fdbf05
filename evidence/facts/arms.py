"""Which group of a study a result is of: "in the walking group", "assigned to rest", in order of a list."""

from __future__ import annotations

import re
from functools import cache

from evidence.facts.clauses import cluster, is_result, outside_brackets
from evidence.facts.mentions import Mention, Sentence
from evidence.facts.words import listed

_JOINED = listed("and or , vs versus .")
#: Most groups that a list of results names in order.
_MOST_GROUPS = 5


@cache
def _group() -> re.Pattern[str]:
    word = r"(?!(?:in|of|the|to|for|with|was|were|than|at|by)\b)[\w+/‐‑–-]+"
    name = rf"(?P<arm>{word}(?: {word}){{0,4}}?)"
    return re.compile(
        rf"\b(?:in|for|to|of|on|by) (?:(?:(?:those|women|patients) in )?the )?{name}"
        r"[- ](?:group|arm|cohort)s?\b"
        rf"|\b(?:group|arm) (?P<letter>[A-Z]|\d|I{{1,3}})\b",
        re.IGNORECASE,
    )


@cache
def _drug() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:with|receiving|received|given|assigned to|to receive) "
        r"(?P<arm>[a-z][\w+/‐‑–-]+(?: (?:plus|and|\+) [\w-]+)?)(?P<letter>)"
    )


def arm_of(sentence: Sentence, mention: Mention) -> str:
    """Return the arm that a result is of: what stands behind it up to the next number, else before it.

    In "30 % and 12 % in the walking and the resting group, respectively" each has the one of its place.
    """
    if "respectively" in sentence.words and (name := _in_order(sentence, mention)):
        return name
    text, mentions = sentence.text, sentence.mentions
    head, tail = cluster(sentence, mentions.index(mention))
    first, start = mentions[head].number.phrase.start, mentions[tail].number.phrase.end
    low, high = max(0, first - 90), min(len(text), start + 90)
    for other in sentence.mentions:
        if other.number.phrase.end <= first:
            low = max(low, other.number.phrase.end)
        elif other.number.span.start > start:
            high = min(high, other.number.span.start)
            break
    for begin, end, last in ((start, high, False), (low, first, True)):
        window = text[begin:end]
        for words, pattern in ((_GROUPS, _group), (_DRUGS, _drug)):
            if any(word in window for word in words):
                matches = list(pattern().finditer(window))
                if matches and (name := _named(matches[-1 if last else 0])):
                    return name
    return ""


_GROUPS = ("group", "arm", "cohort", "Group", "Arm")
_DRUGS = ("with ", "receiv", "given ", "assigned ")


_ARTICLE = re.compile(r"^(?:the|a|an|each|both|either|this|that)\s+")


def _named(match: re.Match[str]) -> str:
    name = match["arm"] or match["letter"] or ""
    name = _ARTICLE.sub("", name.strip())
    if " and " in name and " plus " not in name:  # two groups, and no list in which to find the one
        return ""
    return "" if name.casefold() in ("each", "both", "either", "two", "these", "all", "the") else name


def _in_order(sentence: Sentence, mention: Mention) -> str:
    """Return the group that a list names for a result of a list, or ""."""
    chain = _chain(sentence, mention)
    if len(chain) < 2:
        return ""
    mentions = sentence.mentions
    mention = mentions[cluster(sentence, mentions.index(mention))[0]]
    last = mentions[cluster(sentence, mentions.index(chain[-1]))[1]]
    end = sentence.text.find("respectively", last.number.phrase.end)
    between = sentence.text[last.number.phrase.end : end]
    if end < 0 or len(between) > 160 or not (found := _named_in_order().fullmatch(between.strip(" ,()[]"))):
        return ""
    names = [name for name in _split().split(found["names"]) if name.strip()]
    if len(names) != len(chain) or len(names) > _MOST_GROUPS or any(len(name) > 60 for name in names):
        return ""
    return _around_name().sub("", names[chain.index(mention)].strip())


@cache
def _around_name() -> re.Pattern[str]:
    return re.compile(r"^(?:the|a|an)\s+|(?:\s+(?:groups?|arms?|patients|cohorts?))+$")


def _chain(sentence: Sentence, mention: Mention) -> list[Mention]:
    """Return the results that stand in one list with a result: "30 %, 12 % and 9 %"."""
    mentions = sentence.mentions
    head = mentions[cluster(sentence, mentions.index(mention))[0]]
    results = [one for one in mentions if is_result(one) and one.number.unit == head.number.unit]
    if head not in results:
        return []
    mention = head
    chain = [mention]
    at = results.index(mention)
    for other in reversed(results[:at]):
        if not _are_joined(sentence, other, chain[0]):
            break
        chain.insert(0, other)
    for other in results[at + 1 :]:
        if not _are_joined(sentence, chain[-1], other):
            break
        chain.append(other)
    return chain


def _are_joined(sentence: Sentence, left: Mention, right: Mention) -> bool:
    words = sentence.words
    between = [words[at] for at in outside_brackets(words, left.last, right.first)]
    return 0 < len(between) <= 2 and _JOINED.issuperset(between)


@cache
def _named_in_order() -> re.Pattern[str]:
    people = r"(?:the )?(?:patients|women|men|participants|subjects|those|adults|children)"
    treated = r"(?: (?:treated with|receiving|given|assigned to|randomi[sz]ed to|in|with|on|taking))?"
    return re.compile(
        rf"(?:of {people}{treated}|(?:in|for|with|among|on|after|by|to) (?:{people}{treated} )?)"
        r"(?:the )?(?P<names>[^();]+?)"
        r"(?: (?:groups?|arms?|patients))?[,\s]*",
        re.IGNORECASE,
    )


@cache
def _split() -> re.Pattern[str]:
    return re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|versus|vs\.?)\s+")
