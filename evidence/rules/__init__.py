"""The table of rules: every check of the product as a value, in one visible place.

A rule's code is three letters and three digits and is never used twice; its name completes
"allow …"; the docstring of its `check` is its documentation page, and the example in it is its
first test. To add a rule: write the function and its `Rule` in the family's module, and put it in
that module's `RULES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from evidence.errors import UsageError
from evidence.model import Case, Finding, Rule

FAMILIES = {
    "CIT": "markers in the text against the lists",
    "REF": "a reference by itself",
    "MET": "what is written against what is registered",
    "RET": "retractions, concerns, corrections",
    "LNK": "links",
    "FCT": "study facts and the words they rest on",
    "LST": "generated reference lists",
}


@cache
def table() -> tuple[Rule, ...]:
    """Return all rules, by family and number."""
    from evidence.rules import (
        citations,
        duplicates,
        facts,
        links,
        lists,
        metadata,
        references,
        status,
        suppression,
    )

    families = (citations, references, duplicates, metadata, status, links, facts, lists, suppression)
    rules = [rule for family in families for rule in family.RULES]
    return tuple(sorted(rules, key=lambda rule: (list(FAMILIES).index(rule.code[:3]), rule.code)))


def matches(rule: Rule, word: str) -> bool:
    """Return whether `word` (a code, the beginning of one, or a name) means `rule`."""
    return rule.name == word.lower() or rule.code.startswith(word.upper())


def select(chosen: Iterable[str] = (), left_out: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that `chosen` names (all where it is empty) without those of `left_out`.

    Raises `UsageError` for a word that means no rule, and says which name is near.
    """
    chosen, left_out = tuple(chosen), tuple(left_out)
    for word in (*chosen, *left_out):
        if not any(matches(rule, word) for rule in table()):
            raise UsageError(f"no rule is called {word!r}{_near(word)}; `evidence rules` lists them")
    return tuple(
        rule
        for rule in table()
        if (not chosen or any(matches(rule, word) for word in chosen))
        and not any(matches(rule, word) for word in left_out)
    )


def _near(word: str) -> str:
    import difflib

    names = [name for rule in table() for name in (rule.code, rule.name)]
    near = difflib.get_close_matches(word.lower(), names, 1) or difflib.get_close_matches(
        word.upper(), names, 1
    )
    return f"; did you mean {near[0]!r}?" if near else ""


def find(word: str) -> Rule:
    """Return the rule with this code or name; raises `UsageError` with the near one."""
    for rule in table():
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    raise UsageError(f"no rule is called {word!r}{_near(word)}; `evidence rules` lists them")


def run(rules: Iterable[Rule], cases: Iterable[Case]) -> Iterator[Finding]:
    """Yield the findings of each rule: page rules for every case, site rules once."""
    cases = tuple(cases)
    for rule in rules:
        for case in cases if rule.scope == "page" else cases[:1]:
            yield from rule.check(case)
