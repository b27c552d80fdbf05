"""What the checks of facts share: which facts a run can judge, and how a finding points at one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evidence.facts.anchoring import page_of, resolve
from evidence.model import Case, Document, Fact, FactsFile, Finding, Quote, Rule, Study
from evidence.rules.raising import finding, quote


class Claim(NamedTuple):
    """A fact that this run can judge: its file, and its page, which an extraction record has not."""

    file: FactsFile
    fact: Fact
    page: Document | None

    @property
    def study(self) -> Study:
        """The study of the fact; one without a block of its own has no source."""
        return self.file.studies.get(self.fact.study) or Study(self.fact.study)


def claims(case: Case) -> Iterator[Claim]:
    """Yield the facts of all facts files whose page was read, and those that have no page."""
    for file in case.facts:
        for fact in file.facts:
            if fact.on_page is None:
                yield Claim(file, fact, None)
            elif page := page_of(fact, file, case.site.documents):
                yield Claim(file, fact, page)


def facts_by_file(case: Case) -> Iterator[tuple[FactsFile, list[Fact]]]:
    """Yield each facts file with those of its facts that this run can judge."""
    found: dict[int, list[Fact]] = {}
    for claim in claims(case):
        found.setdefault(id(claim.file), []).append(claim.fact)
    for file in case.facts:
        if facts := found.get(id(file)):
            yield file, facts


def source_text(case: Case, claim: Claim) -> str | None:
    """Return the words of a fact's source, where they are known."""
    source = claim.study.source
    text = case.texts.get(source) if source else None
    if text is None and source:
        text = case.texts.get(resolve(claim.file.source.name, source))
    return text


def at_key(rule: Rule, file: FactsFile, fact: Fact, key: str, message: str) -> Finding:
    """Return the finding of a rule at a key of a fact, or at its whole block where it has no such key."""
    return finding(rule, file.source, fact.fields.get(key, fact.span), message, key=fact.study)


def words(said: Quote | None) -> str:
    """Return a fact's quote for a message."""
    return quote(said.exact) if said else "nothing"
