"""What the FCT rules do: facts against their pages, their sources and one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from evidence.facts import arithmetic
from evidence.facts.anchoring import anchor, nearest_on
from evidence.facts.arithmetic import whole_of
from evidence.facts.coverage import uncovered
from evidence.facts.drift import drifts
from evidence.facts.numbers import holds, shown
from evidence.facts.quotes import find_quote, nearest
from evidence.facts.records import is_void, seal
from evidence.facts.schema import WRONG, near
from evidence.model import Case, Fact, FactsFile, Finding, Rule
from evidence.rules import facts_studies
from evidence.rules.facts_claims import Claim, at_key, claims, facts_by_file, source_text, words
from evidence.rules.raising import finding, quote, shorten


def near_passage(text: str, found: tuple[int, int, float] | None) -> str:
    """Return the end of a message that shows the passage most like a quote that was not found."""
    if found is None:
        return "; nothing there is like it"
    start, end, likeness = found
    line = text.count("\n", 0, start) + 1
    return f"; the nearest passage ({likeness:.0%} alike, line {line}) is {quote(text[start:end])}"


def _problems(rule: Rule, file: FactsFile, kind: str) -> Iterator[Finding]:
    """Yield what reading a facts file found to be wrong and this rule is about."""
    for problem in file.problems:
        if problem.kind == kind:
            yield finding(rule, file.source, problem.span, problem.message)


def _quote_not_on_page(rule: Rule, case: Case) -> Iterator[Finding]:
    for file in case.facts:
        yield from _problems(rule, file, "quote-not-on-page")
    for claim in claims(case):
        if claim.page is None or claim.fact.on_page is None or anchor(claim.fact.on_page, claim.page):
            continue
        view = claim.page.view.text if claim.page.view else ""
        text = claim.page.source.text
        found = nearest_on(claim.fact.on_page, claim.page)
        if found and claim.page.view:
            span = claim.page.view.span(found[0], found[1])
            shown_words = near_passage(text, (span.start, span.end, found[2]))
        else:
            shown_words = near_passage(view, None)
        message = f"{words(claim.fact.on_page)} is not on {claim.page.source.name}{shown_words}"
        yield at_key(rule, claim.file, claim.fact, "on_page", message)


def _quote_not_in_source(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        said, text = claim.fact.in_source, source_text(case, claim)
        if said is None or text is None or find_quote(text, said):
            continue
        message = f"{words(said)} is not in {claim.study.source}{near_passage(text, nearest(text, said))}"
        yield at_key(rule, claim.file, claim.fact, "in_source", message)


def _value_not_in_quote(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        fact = claim.fact
        value = quote(shown(fact.quantity))
        if fact.quantity.value is None and not fact.quantity.text:
            continue
        if fact.on_page and not _states(claim, fact.on_page.exact, sums=False):
            message = f"the value {value} is not in the page's words {words(fact.on_page)}"
            yield at_key(rule, claim.file, fact, "value", message)
        if fact.in_source and fact.verdict not in WRONG and not _states(claim, fact.in_source.exact):
            message = f"the value {value} is not in the source's words {words(fact.in_source)}"
            yield at_key(rule, claim.file, fact, "value", message)
        text = source_text(case, claim) if fact.in_source is None and fact.verdict not in WRONG else None
        if text is not None and not _states(claim, text, sums=False):
            message = f"the value {value} is nowhere in {claim.study.source}"
            yield at_key(rule, claim.file, fact, "value", message)


def _states(claim: Claim, text: str, *, sums: bool = True) -> bool:
    fact = claim.fact
    whole = whole_of(fact, claim.file.facts)
    return holds(
        fact.quantity,
        text,
        of=whole[0] if whole else None,
        count=fact.kind == "participants" and not fact.quantity.unit,
        labels=fact.kind == "other",
        sums=sums,
    )


def _misreported_fact(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        fact = claim.fact
        if fact.verdict not in WRONG or is_void(fact, claim.file.studies):
            continue
        if claim.page is None or fact.on_page is None:
            continue
        found = anchor(fact.on_page, claim.page)
        if found is None:
            continue
        source = f"the source says {words(fact.in_source)}" if fact.in_source else "the source does not"
        who = ", ".join(part for part in (fact.by and f"by {shorten(fact.by, 40)}", fact.on) if part)
        judged = f"{fact.verdict}{f', {who}' if who else ''}"
        note = f": {shorten(fact.note, 160)}" if fact.note else ""
        message = f"{claim.page.source.name} says {words(fact.on_page)}; {source} ({judged}){note}"
        yield at_key(rule, claim.file, fact, "on_page", message)


def _verdict_void(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        if claim.fact.verdict != "unchecked" and is_void(claim.fact, claim.file.studies):
            now = seal(claim.fact, claim.study.source)
            message = (
                f'the verdict “{claim.fact.verdict}” on "{claim.fact.id}" is void: a quote, the value or'
                f" the source was changed since (seal {shorten(claim.fact.seal, 20)}, now {now})"
            )
            yield at_key(rule, claim.file, claim.fact, "seal", message)


def _partition_sum(rule: Rule, case: Case) -> Iterator[Finding]:
    for file, facts in facts_by_file(case):
        for conflict in arithmetic.broken_partitions(facts, file.studies):
            yield at_key(rule, file, conflict.fact, "value", conflict.reason)


def _count_over_denominator(rule: Rule, case: Case) -> Iterator[Finding]:
    yield from _conflicts(rule, case, arithmetic.counts_over)


def _relation_drift(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        told = "; ".join(
            f"the page says {quote(drift.on_page)}, the source {quote(drift.in_source)}"
            for drift in drifts(claim.fact)
        )
        if told:
            yield at_key(rule, claim.file, claim.fact, "on_page", told)


def _percent_count_mismatch(rule: Rule, case: Case) -> Iterator[Finding]:
    yield from _conflicts(rule, case, arithmetic.wrong_percentages)


def _unchecked_fact(rule: Rule, case: Case) -> Iterator[Finding]:
    for claim in claims(case):
        if claim.fact.verdict == "unchecked" and claim.page is not None:
            message = f'nobody has checked "{claim.fact.id}" ({words(claim.fact.on_page)}) against its source'
            yield at_key(rule, claim.file, claim.fact, "verdict", message)


def _uncovered_number(rule: Rule, case: Case) -> Iterator[Finding]:
    covered: dict[str, list[tuple[int, int]]] = {}
    for claim in claims(case):
        if claim.page is not None and claim.fact.on_page is not None:
            ranges = covered.setdefault(claim.page.source.name, [])
            if found := anchor(claim.fact.on_page, claim.page):
                ranges.append(found[:2])
    for document in case.site.documents:
        if document.source.name not in covered:
            continue
        for number in uncovered(document, covered[document.source.name]):
            cites = f"in a sentence that cites {number.marker.strip()}"
            message = f"{quote(number.text)}, {cites}, is covered by no fact"
            yield finding(rule, document.source, number.span, message)


def _could_not_check(rule: Rule, case: Case) -> Iterator[Finding]:
    for file in case.facts:
        yield from _problems(rule, file, "could-not-check")
    missing: set[tuple[str, str]] = set()
    for claim in claims(case):
        fact, source = claim.fact, claim.study.source
        if source_text(case, claim) is not None:
            continue
        if source and not re.match(r"[a-z][a-z0-9+.-]+:", source, re.IGNORECASE):
            if (claim.file.source.name, fact.study) not in missing:
                missing.add((claim.file.source.name, fact.study))
                message = f"the saved text {quote(source)} of “{fact.study}” could not be read"
                yield at_key(rule, claim.file, fact, "study", message)
        elif fact.in_source is None:
            why = f"{quote(source)} was not read in this run" if source else f"“{fact.study}” names no source"
            message = f'"{fact.id}" was held against nothing: it has no in_source, and {why}'
            yield at_key(rule, claim.file, fact, "id", message)


def _unknown_study(rule: Rule, case: Case) -> Iterator[Finding]:
    keys = {reference.key for document in case.site.documents for reference in document.references}
    for claim in claims(case):
        study = claim.fact.study
        if study in claim.file.studies or study in keys:
            continue
        guess = near(study, {*claim.file.studies, *keys})
        hint = f"; the nearest is “{guess}”" if guess else ""
        message = f"there is no study {quote(study)} in this file or among the references{hint}"
        yield at_key(rule, claim.file, claim.fact, "study", message)


def _conflicts(
    rule: Rule, case: Case, look: Callable[[Sequence[Fact]], Iterable[arithmetic.Conflict]]
) -> Iterator[Finding]:
    for file, facts in facts_by_file(case):
        for conflict in look(facts):
            yield at_key(rule, file, conflict.fact, "value", conflict.reason)


#: What each rule does, by its name.
CHECKS: Mapping[str, Callable[[Rule, Case], Iterator[Finding]]] = {
    "quote-not-on-page": _quote_not_on_page,
    "quote-not-in-source": _quote_not_in_source,
    "value-not-in-quote": _value_not_in_quote,
    "misreported-fact": _misreported_fact,
    "verdict-void": _verdict_void,
    "partition-sum": _partition_sum,
    "count-over-denominator": _count_over_denominator,
    "relation-drift": _relation_drift,
    "percent-count-mismatch": _percent_count_mismatch,
    "unchecked-fact": _unchecked_fact,
    "uncovered-number": _uncovered_number,
    "could-not-check": _could_not_check,
    "unknown-study": _unknown_study,
    **facts_studies.CHECKS,
}
