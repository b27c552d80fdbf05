"""Cases for the fact rules, built by hand: a page, a facts file and the words of sources."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evidence.facts import records
from evidence.model import (
    Answers,
    Case,
    Citation,
    Document,
    FactsFile,
    Finding,
    Rule,
    Settings,
    Site,
    Source,
    Span,
    View,
)

PAGE = """Forty adults joined a trial of slow walking, run at 3 sites. Half of the adults walked daily.
After two years, 12 of the walkers were pain-free, 5 were better and three were not. [1]

A second team gave an exercise programme to 60 nurses; pain fell by 30% for up to 6 months [2].
Nobody knows why."""

FACTS = """\
# The facts of walking.md, checked by hand.
schema = 1
page   = "walking.md"

[study.walk2019]
source = "https://example.org/walk"
tier   = "paper"
design = "randomised trial"
arms   = [{ name = "walking", n = 20 }, { name = "usual care", n = 20 }]

[study.nurses2021]
source = "sources/nurses.txt"

[[fact]]
study     = "walk2019"
id        = "enrolled"
kind      = "participants"
role      = "enrolled"
value     = 40
on_page   = '''Forty adults joined a trial'''
in_source = '''We enrolled 40 adults'''
verdict   = "supported"

[[fact]]
study     = "walk2019"
id        = "walkers"
kind      = "participants"
role      = "treated"
value     = "half of 40"    # as the page has it
of        = "enrolled"
on_page   = '''Half of the adults walked daily'''
in_source = '''20 walked daily'''
verdict   = "supported"

[[fact]]
study     = "walk2019"
id        = "free"
kind      = "outcome"
outcome   = "pain-free"
value     = 12
of        = "walkers"
at        = { value = 2, unit = "year" }
partition = "after two years"
on_page   = '''12 of the walkers were pain-free'''
in_source = '''At 24 months twelve had no pain'''
verdict   = "supported"

[[fact]]
study     = "walk2019"
id        = "better"
kind      = "outcome"
outcome   = "better"
value     = 5
of        = "walkers"
at        = "24 months"
partition = "after two years"
on_page   = '''5 were better'''
in_source = '''five reported less pain'''
verdict   = "supported"

[[fact]]
study     = "walk2019"
id        = "same"
kind      = "outcome"
value     = "three"
of        = "walkers"
partition = "after two years"
on_page   = '''three were not'''
in_source = '''3 felt no change'''
verdict   = "supported"

[[fact]]
study     = "nurses2021"
id        = "nurses"
kind      = "participants"
role      = "enrolled"
value     = 60
on_page   = '''an exercise programme to 60 nurses'''
in_source = '''sixty nurses took part'''
verdict   = "supported"
"""

NURSES = "In all, sixty nurses took part. Their pain fell by more than 30 % at 6 months."

NOTHING: Mapping[str, str] = {}


def page(text: str, name: str = "walking.md") -> Document:
    """A page whose visible text is its text, with its bracketed markers as citations."""
    view = View(text, range(len(text)), range(1, len(text) + 1))
    markers = [Span(*match.span()) for match in re.finditer(r"\[\d+\]", text)]
    citations = tuple(Citation((text[span.start + 1 : span.end - 1],), span) for span in markers)
    return Document(Source(name, text, "markdown"), view, citations=citations)


def facts(text: str, name: str = "facts.toml") -> FactsFile:
    return records.read(Source(name, text, "toml"))


def case(
    facts_text: str = FACTS,
    page_text: str = PAGE,
    texts: Mapping[str, str] = NOTHING,
    name: str = "facts.toml",
) -> Case:
    document = page(page_text)
    return Case(
        document=document,
        site=Site((document,)),
        answers=Answers(),
        verdicts={},
        links={},
        facts=(facts(facts_text, name),),
        settings=Settings(root="/nowhere", today="2026-11-22"),
        texts=texts,
    )


def found(rule: Rule, the_case: Case) -> list[Finding]:
    return list(rule.check(the_case))
