"""What the FCT rules do that compare roles, times, studies and sources with one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from evidence.facts import agreement, arithmetic
from evidence.facts.anchoring import anchor
from evidence.facts.arithmetic import whole_of
from evidence.facts.numbers import digits, shown
from evidence.facts.roles import clash
from evidence.facts.schema import WRONG
from evidence.facts.sentences import sentences
from evidence.facts.strength import names_weakness, size_of, states_effect, weakness
from evidence.model import Case, Fact, Finding, Rule, Study
from evidence.rules.facts_claims import Claim, at_key, claims, facts_by_file, source_text, words
from evidence.rules.raising import quote, shorten


def _role_mismatch(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        fact = claim.fact
        if fact.verdict in WRONG or (fact.verdict == "supported" and fact.seal):
            continue  # a person has read these very words
        whole = whole_of(fact, claim.file.facts)
        found = clash(fact, source_text(case, claim), whole[0] if whole else None)
        if found:
            about = f"the fact gives {quote(shown(fact.quantity))} as {found.fact}; in the source it is"
            message = f"{about} {found.source}: {quote(shorten(found.words, 160))}"
            yield at_key(rule, claim.file, fact, "role" if "role" in fact.fields else "value", message)


def _impossible_percent(rule: Rule, case: Case) -> Iterator[Finding]:
    for file, facts in facts_by_file(case):
        for conflict in arithmetic.impossible_percentages(facts):
            yield at_key(rule, file, conflict.fact, "value", conflict.reason)


def _unit_drift(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        for page, source in agreement.nearly_equal_times(claim.fact):
            message = (
                f"the page says {quote(page)}, the source {quote(source)}: nearly the same, not the same"
            )
            yield at_key(rule, claim.file, claim.fact, "on_page", message)


def _time_order(rule: Rule, case: Case) -> Iterator[Finding]:
    for file, facts in facts_by_file(case):
        for late in agreement.beyond_follow_up(facts):
            yield at_key(rule, file, late.fact, "at", late.reason)
    issued = {reference.key: reference.work.issued for reference in case.site.references}
    for claim in claims(case):
        trial = next(
            (trial for number, trial in case.trials.items() if number in _registered(claim.study)), None
        )
        printed = issued.get(claim.study.key)
        if trial and printed and (reason := agreement.before_its_end(claim.fact, trial.started, printed)):
            yield at_key(rule, claim.file, claim.fact, "value", reason)


def _registered(study: Study) -> str:
    return f"{study.source} {study.registry}".upper()


def _conflicting_facts(rule: Rule, case: Case) -> Iterator[Finding]:
    by_study: dict[str, list[tuple[int, Fact]]] = {}
    files = {id(file): file for file in case.facts}
    for claim in claims(case):
        by_study.setdefault(claim.fact.study, []).append((id(claim.file), claim.fact))
    for placed in by_study.values():
        where = {id(fact): files[file] for file, fact in placed}
        for conflict in agreement.conflicting([fact for _, fact in placed]):
            yield at_key(rule, where[id(conflict.fact)], conflict.fact, "value", conflict.reason)
    yield from _against_registry(rule, case)


def _against_registry(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        fact, study = claim.fact, claim.study
        number = next((n for n in case.trials if n in _registered(study)), "")
        if not number or fact.kind != "participants" or fact.role not in ("enrolled", "randomised"):
            continue
        trial, value = case.trials[number], fact.quantity.value
        if trial.enrolled is None or value is None or fact.arm or fact.of or fact.quantity.relation != "=":
            continue
        if value != trial.enrolled:
            planned = "plans" if trial.enrolled_kind.upper() == "ESTIMATED" else "has"
            message = f"{digits(value)} {fact.role} here; {number} {planned} {trial.enrolled} in the registry"
            yield at_key(rule, claim.file, fact, "value", message)


def _weak_tier(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        study = claim.study
        if claim.page is None or claim.fact.kind != "outcome" or study.tier not in ("news", "press-release"):
            continue
        if study.registry:
            told = f"the study is registered as {study.registry}"
            message = f"{words(claim.fact.on_page)} rests on a source of tier “{study.tier}”; {told}"
            yield at_key(rule, claim.file, claim.fact, "study", message)


def _weak_design(rule: Rule, case: Case) -> Iterator[Finding]:
    around = {id(claim.fact): _around(claim) for claim in claims(case) if claim.page is not None}
    for claim in claims(case):
        fact, study, texts = claim.fact, claim.study, around.get(id(claim.fact))
        if fact.kind != "outcome" or fact.verdict in WRONG or not texts:
            continue
        weak = weakness(study, claim.file.facts)
        if not weak or not states_effect(texts.sentence):
            continue
        told = [
            around[id(other)]
            for other in claim.file.facts
            if other.study == study.key and id(other) in around
        ]
        paragraphs = [place.paragraph for place in told if place is not None]
        if not names_weakness(paragraphs, size_of(study, claim.file.facts)):
            message = (
                f"{words(fact.on_page)} is told as an effect; it rests on {weak}, which the page does not say"
            )
            yield at_key(rule, claim.file, fact, "on_page", message)


class _Place(NamedTuple):
    """The sentence and the paragraph of a page in which a fact stands."""

    sentence: str
    paragraph: str


def _around(claim: Claim) -> _Place | None:
    page, said = claim.page, claim.fact.on_page
    if page is None or page.view is None or said is None or not (found := anchor(said, page)):
        return None
    text, (start, end) = page.view.text, found[:2]
    first = text.rfind("\n\n", 0, start) + 1
    last = text.find("\n\n", end)
    paragraph = text[first : last if last >= 0 else len(text)]
    inside = [span for span in sentences(paragraph) if span.start < end - first and start - first < span.end]
    sentence = paragraph[inside[0].start : inside[-1].end] if inside else paragraph
    return _Place(sentence, paragraph)


def _duplicate_fact(rule: Rule, case: Case) -> Iterator[Finding]:
    for file, facts in facts_by_file(case):
        for first, second in agreement.repeated(facts):
            message = f'"{second.id}" says what "{first.id}" says already'
            yield at_key(rule, file, second, "id", message)


#: What each rule does, by its name.
CHECKS: Mapping[str, Callable[[Rule, Case], Iterator[Finding]]] = {
    "role-mismatch": _role_mismatch,
    "impossible-percent": _impossible_percent,
    "unit-drift": _unit_drift,
    "time-order": _time_order,
    "conflicting-facts": _conflicting_facts,
    "weak-tier": _weak_tier,
    "duplicate-fact": _duplicate_fact,
    "weak-design": _weak_design,
}
