"""The report as JUnit XML: a suite a file, a test case a reference, and one for the page itself.

References that are fine are passing cases, so that a build server's counts mean something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from evidence.model import Finding, Rule
from evidence.report.cases import Case, cases
from evidence.report.escape import line_start, xml
from evidence.report.places import Places
from evidence.report.result import Report


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the report as JUnit XML in UTF-8, ending in a newline.

    Errors are failures; warnings and notes are printed beside the case; a reference that got no
    answer is skipped.
    """
    places = Places()
    suites = cases(report)
    every = [case for held in suites.values() for case in held]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="evidence" {_numbers(every)}>']
    for name, held in suites.items():
        lines.append(f'  <testsuite name="{xml(name)}" {_numbers(held)}>')
        for case in held:
            lines += _case(name, case, places)
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _numbers(cases: Sequence[Case]) -> str:
    counts = Counter(tests=len(cases), failures=0, errors=0, skipped=0)
    counts["failures"] = sum(case.failed for case in cases)
    counts["skipped"] = sum(case.skipped for case in cases)
    return " ".join(f'{name}="{number}"' for name, number in counts.items()) + ' time="0"'


def _case(path: str, case: Case, places: Places) -> Iterator[str]:
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
