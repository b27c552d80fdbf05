"""Offsets as people count them, and which reference an offset belongs to; computed once a source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from evidence.model import Finding, Source, Span, Verdict
from evidence.sources import Lines


class Place(NamedTuple):
    """Where a span stands: first character, and the one after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The lines of all sources of a report."""

    def __init__(self) -> None:
        self._lines: dict[Source, Lines] = {}

    def of(self, source: Source, span: Span) -> Place:
        """Return the place of a span."""
        lines = self._lines.get(source)
        if lines is None:
            lines = self._lines[source] = Lines(source.text)
        return Place(*lines.at(span.start), *lines.at(span.end))


class Owners:
    """The references of a report, found again from the place of a finding."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self._verdicts: dict[str, list[Verdict]] = {}
        for verdict in verdicts:
            self._verdicts.setdefault(verdict.reference.source.name, []).append(verdict)
        self._starts: dict[str, list[int]] = {}
        for name, held in self._verdicts.items():
            held.sort(key=lambda verdict: verdict.reference.span.start)
            self._starts[name] = [verdict.reference.span.start for verdict in held]

    def of(self, finding: Finding) -> Verdict | None:
        """Return the verdict on the reference in which a finding stands, or None."""
        name, at = finding.source.name, finding.span.start
        index = bisect_right(self._starts.get(name, ()), at) - 1
        if index < 0:
            return None
        verdict = self._verdicts[name][index]
        span = verdict.reference.span
        return verdict if at < max(span.end, span.start + 1) else None
