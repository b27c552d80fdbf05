"""A plug-in of pytest: with `--evidence` every reference of the project is a test.

    [tool.pytest.ini_options]
    evidence_paths = ["docs"]     # default: the project
    evidence_mode = "frozen"      # default; or offline, read-only

An error fails the test of its reference, a reference that got no answer skips it; findings that belong
to no reference fail the test of their page.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evidence.model import Finding
    from evidence.report.cases import Case

__all__ = ["CitationItem", "CitationPage", "pytest_addoption", "pytest_collection_modifyitems"]


class WrongCitation(Exception):
    """What the test of a reference fails with: the findings as text."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch and the settings."""
    group = parser.getgroup("evidence", "citations")
    group.addoption("--evidence", action="store_true", help="Check citations: a test for each reference.")
    parser.addini("evidence_paths", "pages and bibliographies to check (default: the project)", "args", [])
    parser.addini("evidence_mode", "frozen, offline or read-only (default: frozen)", default="frozen")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add a test for each reference, after those that were collected."""
    if config.getoption("--evidence"):
        items.extend(_items(session, config))


def _items(session: pytest.Session, config: pytest.Config) -> Iterator[pytest.Item]:
    import evidence
    from evidence.plugins import MODES
    from evidence.report.cases import cases

    mode = str(config.getini("evidence_mode"))
    if mode not in MODES:
        raise pytest.UsageError(f"evidence_mode is one of {', '.join(MODES)}, not {mode!r}")
    root = config.rootpath
    paths = [str(root / path) for path in config.getini("evidence_paths")] or [str(root)]
    try:
        report = evidence.check(paths, **MODES[mode])
    except evidence.EvidenceError as error:
        raise pytest.UsageError(f"evidence: {error}") from error
    for name, held in cases(report).items():
        page = CitationPage.from_parent(session, name=name, nodeid=name, path=_path(name, root))
        for case in held:
            yield CitationItem.from_parent(page, name=case.name, case=case)


def _path(name: str, root: Path) -> Path:
    return Path(os.path.normpath(root / name)) if "://" not in name else root


class CitationPage(pytest.Collector):
    """A page or a bibliography, the parent of its references."""

    def collect(self) -> Iterable[pytest.Item]:
        """Return nothing: the items are made with the report, once for all pages."""
        return ()


class CitationItem(pytest.Item):
    """The test of one reference, or of what belongs to none on a page."""

    def __init__(self, *, case: Case, **more: Any) -> None:
        super().__init__(**more)
        self.case = case

    def runtest(self) -> None:
        """Fail with the errors; skip what could not be asked about."""
        if self.case.failed:
            raise WrongCitation(self._told())
        if self.case.skipped and self.case.verdict:
            pytest.skip(self.case.verdict.reason or self.case.verdict.cause or "no answer")

    def _told(self) -> str:
        from evidence.report.result import Report
        from evidence.report.text import write

        verdicts = (self.case.verdict,) if self.case.verdict else ()
        text = write(Report(tuple(self.case.findings), verdicts))
        return text.rsplit("\n\n", 1)[0]  # without the summary

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the findings; for anything else what pytest shows."""
        if isinstance(excinfo.value, WrongCitation):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return where the reference stands."""
        return self.path, self._line(), f"citation {self.name}"

    def _line(self) -> int | None:
        from evidence.report.places import Places

        verdict = self.case.verdict
        first: Finding | None = self.case.findings[0] if self.case.findings else None
        if verdict is not None:
            return Places().of(verdict.reference.source, verdict.reference.span).line - 1
        return Places().of(first.source, first.span).line - 1 if first else None
