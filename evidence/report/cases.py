"""A report as test cases: one a reference, and one for all of a page that belongs to no reference."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from evidence.model import Finding, Verdict
from evidence.report.places import Owners
from evidence.report.result import Report

#: Name of the case that holds findings which belong to no reference (markers, lists, facts).
PAGE = "page"

#: Longest part of a reference's words that names its case, in characters.
_LONGEST = 80


@dataclass(slots=True)
class Case:
    """A test case: its name, the verdict on its reference (None: the page itself), what was found."""

    name: str
    verdict: Verdict | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def skipped(self) -> bool:
        """Whether nothing was found out about a reference that could be asked about."""
        return (
            not self.failed
            and self.verdict is not None
            and (self.verdict.incomplete or self.verdict.cause == "not-cited")
        )


def cases(report: Report) -> dict[str, list[Case]]:
    """Return the cases of each file, references first, each with its findings."""
    owners = Owners(report.references)
    names = [
        *(document.source.name for document in report.site.documents),
        *(verdict.reference.source.name for verdict in report.references),
        *(finding.source.name for finding in report.findings),
    ]
    suites: dict[str, list[Case]] = {name: [] for name in names}
    cases: dict[tuple[str, int], Case] = {}
    taken: Counter[tuple[str, str]] = Counter()
    for verdict in report.references:
        path = verdict.reference.source.name
        words = verdict.reference.key or " ".join(verdict.reference.raw.split())[:_LONGEST] or "reference"
        case = Case(_unused(path, words, taken), verdict)
        suites[path].append(case)
        cases[verdict.reference.place] = case
    pages = {path: Case(_unused(path, PAGE, taken)) for path in suites}
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
