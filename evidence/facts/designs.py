"""The design, phase and registry numbers that a text names, and whether it is a study of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from evidence.facts.cues import ANIMALS, PEOPLE
from evidence.facts.words import listed


class Named(NamedTuple):
    """Words of a text that name something of a study: `kind` is `design`, `phase` or `registry`."""

    kind: str
    value: str
    start: int
    end: int


#: Design, a part of its words (looked for first, as that is quick), and its words; most telling first.
#: Names after CONSORT, STROBE and PRISMA.
_DESIGNS = (
    ("meta-analysis", "meta", r"meta-?\s?analys[ie]s"),
    ("systematic review", "systematic", r"systematic(?:ally)?[ -](?:literature )?review(?:ed)?"),
    ("cluster randomised trial", "cluster", r"cluster[- ]random(?:is|iz)ed"),
    ("crossover trial", "cross", r"cross-?over"),
    ("randomised controlled trial", "random",
     r"random(?:is|iz)ed[\w ,-]{0,60}?\b(?:trial|study|design)|randomly (?:assigned|allocated)"
     r"|were random(?:is|iz)ed"),
    ("randomised controlled trial", "rct", r"\brcts?\b"),
    ("pilot study", "pilot", r"pilot (?:\w+ ){0,2}(?:study|trial)"),
    ("case-control study", "case", r"case[- ]control"),
    ("cohort study", "cohort", r"cohort study|(?:prospective|retrospective) (?:\w+ )?cohort"),
    ("cross-sectional study", "sectional", r"cross-sectional"),
    ("case series", "case series", r"case series"),
    ("case series", "retrospective", r"retrospective(?:ly)? (?:review|analys|stud)"),
    ("case report", "case report", r"case report"),
    ("review", "review",
     r"(?:narrative|literature|this|scoping) review|we review\b|review of the literature"),
)  # fmt: skip


@cache
def _designs() -> list[tuple[str, str, re.Pattern[str]]]:
    return [(name, part, re.compile(pattern)) for name, part, pattern in _DESIGNS]


@cache
def _phase() -> re.Pattern[str]:
    number = r"(?:1/2|2/3|[1-4]|i/ii|ii/iii|iv|i{1,3}|one|two|three|four)[ab]?"
    return re.compile(rf"\bphase[ -]({number})\b")


#: How registry numbers begin; looked for first, as that is quick.
_REGISTRIES = (
    "NCT", "ISRCTN", "ACTRN", "ChiCTR", "EudraCT", "DRKS", "UMIN", "NTR", "CTRI", "IRCT", "CRD", "KCT",
)  # fmt: skip


@cache
def _registry() -> re.Pattern[str]:
    return re.compile(
        r"\bNCT ?\d{8}\b|\bISRCTN ?\d{8}\b|\bACTRN ?\d{14}p?\b|\bChiCTR[- ]?[A-Z]{0,4}-?\d{8,10}\b"
        r"|\bEudraCT(?: number| no\.?)?:? ?\d{4}-\d{6}-\d{2}\b|\bDRKS ?\d{8}\b"
        r"|\bUMIN ?\d{9}\b|\bNTR ?\d{3,4}\b"
        r"|\bCTRI/\d{4}/\d{2,3}/\d{6}\b|\bIRCT ?\d{11,20}(?:N\d{1,3})?\b|\bCRD ?\d{11}\b|\bKCT ?\d{7}\b"
    )


_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "i/ii": "1/2", "ii/iii": "2/3",
    "one": "1", "two": "2", "three": "3", "four": "4",
}  # fmt: skip


def named(text: str) -> Iterator[Named]:
    """Yield the design, phases and registry numbers that a text names, each once."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose small form is longer: offsets would not fit
        lower = text
    for name, part, pattern in _designs():
        if part in lower and (match := pattern.search(lower)):
            yield Named("design", name, *match.span())
            break
    seen: set[str] = set()
    for match in _phase().finditer(lower) if "phase" in lower else ():
        word = match[1]
        tail = word[-1] if word[-1] in "ab" else ""
        value = _ROMAN.get(word.rstrip("ab"), word.rstrip("ab")) + tail
        if value not in seen:
            seen.add(value)
            yield Named("phase", value, *match.span())
    for match in _registry().finditer(text) if any(mark in text for mark in _REGISTRIES) else ():
        value = match.group().replace(" ", "")
        if value not in seen:
            seen.add(value)
            yield Named("registry", value, *match.span())


#: How much of an abstract, at most, tells what was known before the study.
INTRODUCTION = 0.35
_PRESENT = listed(
    "is are has have can may occurs occur reduces remains remain develop suffer affects affect provides "
    "experience will estimated up"
)
_PAST = listed("was were had did randomised randomized assigned")


@cache
def _study() -> re.Pattern[str]:
    return re.compile(
        r"[.:\n]\s[^.]{0,200}?\b(?:random(?:is|iz)ed|randomly|assigned|enrolled|recruited|we"
        r"|this (?:study|trial)|aims?|objectives?|purpose|methods"
        r"|to (?:determine|evaluate|assess|compare|investigate|examine|test))\b",
        re.IGNORECASE,
    )


def _end_of_title(text: str) -> int:
    """Return where a title ends that names a design ("…: a randomized trial."): it tells of no doing yet."""
    end = text.find(". ", 0, 300)
    return end if 0 < text.find(":", 0, 300) < end and "random" in text[:end].lower() else 0


def begin_of_study(text: str) -> int:
    """Return the offset at which an abstract turns from what was known to what was done; 0 for none."""
    limit = int(INTRODUCTION * len(text))
    match = _study().search(text, _end_of_title(text), limit + 200)
    return min(match.start(), limit) if match else 0


@cache
def _grouping() -> re.Pattern[str]:
    return re.compile(r"\brandom(?:i[sz]ed|ly)\b|\bplacebo\b", re.IGNORECASE)


def is_of_groups(text: str) -> bool:
    """Return whether a text tells of a trial that sets groups against one another."""
    told = "andom" in text or "RANDOM" in text or "lacebo" in text or "PLACEBO" in text
    return told and _grouping().search(text) is not None


def is_known_before(words: Sequence[str]) -> bool:
    """Return whether a sentence of an introduction tells what is known: "rash occurs in 95 % of patients"."""
    return not _PRESENT.isdisjoint(words) and _PAST.isdisjoint(words)


def people_took_part(text: str) -> bool:
    """Return whether a text tells of a study of people: no review of studies, no animals, no cells alone.

    A review says so in its title, or tells how studies were searched for; its numbers count
    participants of others. Where words for animals are more than those for people, and at least
    two, the numbers count animals. A pooled analysis of individual patients is a study.
    """
    lower = text.lower()
    if ("review" in lower or "meta" in lower) and _is_review(text):
        return False
    if ANIMALS.isdisjoint(lower.split()):
        return True
    words = re.findall(r"[a-z]+", lower)
    animals = sum(1 for word in words if word in ANIMALS)
    return animals < 2 or sum(1 for word in words if word in PEOPLE) > animals


@cache
def _review_words() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:(?:systematic(?:ally)?|scoping|narrative|umbrella) (?:literature )?reviews?"
        r"|meta-?\s?analys[ie]s)\b",
        re.IGNORECASE,
    )


@cache
def _searched() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:were|was|we) (?:systematically )?searched|search strateg|literature search|\bPRISMA\b|"
        r"\b(?:studies|trials|articles|RCTs) (?:were|met|that met|meeting)\b.{0,40}"
        r"\b(?:included|inclusion|eligible)",
        re.IGNORECASE,
    )


def _is_review(text: str) -> bool:
    named = _review_words().search(text[:600])
    if named is None or re.search(
        r"individual (?:patient|participant)|randomly assigned", text, re.IGNORECASE
    ):
        return False
    return named.start() < 160 or _searched().search(text) is not None
