"""The report as JUnit XML: a suite a file, a test case a reference, and one for the page itself.

References that are fine are passing cases, so that a build server's counts mean something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from evidence.model import Finding, Rule, Verdict
from evidence.report.escape import line_start, xml
from evidence.report.places import Owners, Places
from evidence.report.result import Report

#: Name of the case that holds findings which belong to no reference (markers, lists, facts).
PAGE = "page"

#: Longest part of a reference's words that names its case, in characters.
_LONGEST = 80


@dataclass(slots=True)
class _Case:
    name: str
    verdict: Verdict | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def skipped(self) -> bool:
        """Whether nothing was found out about a reference that could be asked about."""
        return (
            not self.failed
            and self.verdict is not None
            and (self.verdict.incomplete or self.verdict.cause == "not-cited")
        )


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the report as JUnit XML in UTF-8, ending in a newline.

    Errors are failures; warnings and notes are printed beside the case; a reference that got no
    answer is skipped.
    """
    places = Places()
    suites = _suites(report)
    every = [case for cases in suites.values() for case in cases]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="evidence" {_numbers(every)}>']
    for name, cases in suites.items():
        lines.append(f'  <testsuite name="{xml(name)}" {_numbers(cases)}>')
        for case in cases:
            lines += _case(name, case, places)
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _suites(report: Report) -> dict[str, list[_Case]]:
    """Return the cases of each file, references first, each with its findings."""
    owners = Owners(report.references)
    names = [
        *(document.source.name for document in report.site.documents),
        *(verdict.reference.source.name for verdict in report.references),
        *(finding.source.name for finding in report.findings),
    ]
    suites: dict[str, list[_Case]] = {name: [] for name in names}
    cases: dict[tuple[str, int], _Case] = {}
    taken: Counter[tuple[str, str]] = Counter()
    for verdict in report.references:
        path = verdict.reference.source.name
        words = verdict.reference.key or " ".join(verdict.reference.raw.split())[:_LONGEST] or "reference"
        case = _Case(_unused(path, words, taken), verdict)
        suites[path].append(case)
        cases[verdict.reference.place] = case
    pages = {path: _Case(_unused(path, PAGE, taken)) for path in suites}
    for path, page in pages.items():
        suites[path].append(page)
    for finding in report.findings:
        owner = owners.of(finding)
        case = cases[owner.reference.place] if owner else pages[finding.source.name]
        case.findings.append(finding)
    return suites


def _unused(path: str, name: str, taken: Counter[tuple[str, str]]) -> str:
    """Return a name that no other case of the file has: "smith2010", "smith2010 (2)"."""
    shown = name
    while taken[path, shown]:
        taken[path, name] += 1
        shown = f"{name} ({taken[path, name]})"
    taken[path, shown] += 1
    return shown


def _numbers(cases: Sequence[_Case]) -> str:
    counts = Counter(tests=len(cases), failures=0, errors=0, skipped=0)
    counts["failures"] = sum(case.failed for case in cases)
    counts["skipped"] = sum(case.skipped for case in cases)
    return " ".join(f'{name}="{number}"' for name, number in counts.items()) + ' time="0"'


def _case(path: str, case: _Case, places: Places) -> Iterator[str]:
    head = f'    <testcase classname="{xml(path)}" name="{xml(case.name)}" time="0"'
    body: list[str] = []
    failures = [finding for finding in case.findings if finding.severity == "error"]
    others = [finding for finding in case.findings if finding.severity != "error"]
    if failures:
        message = "; ".join(f"{finding.name}: {finding.message}" for finding in failures)
        kind = failures[0].code
        body.append(
            f'      <failure type="{xml(kind)}" message="{xml(message)}">{_text(failures, places)}</failure>'
        )
    elif case.skipped and case.verdict:
        reason = case.verdict.reason or case.verdict.cause or "no answer"
        body.append(f'      <skipped message="{xml(reason)}"/>')
    if others:
        body.append(f"      <system-out>{_text(others, places)}</system-out>")
    if not body:
        yield f"{head}/>"
        return
    yield f"{head}>"
    yield from body
    yield "    </testcase>"


def _text(findings: Iterable[Finding], places: Places) -> str:
    lines = []
    for finding in findings:
        place = places.of(finding.source, finding.span)
        where = f"{line_start(finding.source.name)}:{place.line}:{place.column}"
        lines.append(xml(f"{where} {finding.code} {finding.name} {finding.severity}: {finding.message}"))
    return "\n".join(lines)
