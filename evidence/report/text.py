"""The report for people: findings by file with their lines, differences field by field, a summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from evidence.model import Finding, Rule, Verdict
from evidence.report.differences import shown as shown_differences
from evidence.report.escape import line_start, terminal
from evidence.report.excerpts import LONGEST_MARK, excerpt, width
from evidence.report.pages import advice
from evidence.report.places import Owners, Places
from evidence.report.result import Report
from evidence.report.summary import missing_answers, outlook, summarise

_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


class _Part(NamedTuple):
    """Words of a line and their colour."""

    text: str
    style: str = ""


_Line = tuple[_Part, ...]


def write(
    report: Report,
    rules: Sequence[Rule] = (),
    *,
    color: bool = False,
    quiet: bool = False,
    explain: bool = False,
) -> str:
    """Return the report as lines of text, ending in a newline.

    `color` adds the escape sequences of a terminal; `quiet` leaves out all but one line a finding;
    `explain` says below, for each rule that found something, why it matters and how to fix it.
    Everything from outside is made visible: no control character, no build server's command.
    """
    lines = list(_lines(report, quiet))
    if explain:
        lines += _explained(report, rules)
    if color:
        return _coloured(lines)
    return "".join("".join(part.text for part in line) + "\n" for line in lines)


def _lines(report: Report, quiet: bool) -> Iterator[_Line]:
    places, owners = Places(), Owners(report.references)
    for _, findings in groupby(report.findings, key=lambda finding: finding.source.name):
        for finding in findings:
            yield _finding(finding, places)
            if not quiet:
                yield from _excerpt(finding, places)
                yield from _differences(finding, owners.of(finding))
        yield ()
    if not quiet:
        yield (_Part(summarise(report), "bold"),)
        for line in outlook(report):
            yield (_Part(line),)
        for line in missing_answers(report):
            yield (_Part(line, "yellow"),)


def _excerpt(finding: Finding, places: Places) -> Iterator[_Line]:
    """Show the line of an error or a warning, with carets under what is meant."""
    shown = excerpt(finding, places.of(finding.source, finding.span)) if finding.severity != "note" else None
    if shown is None:
        return
    before, meant = terminal(shown.before), terminal(shown.meant)
    line = terminal(before + meant + terminal(shown.after))
    yield _Part(f"{shown.line:>8} | ", "dim"), _Part(line)
    columns = width(meant)
    carets = "^" * columns if 0 < columns <= LONGEST_MARK else "^"
    yield _Part(f"{'':>8} | ", "dim"), _Part(f"{'':<{width(before)}}{carets}", _COLOURS[finding.severity])


def _explained(report: Report, rules: Sequence[Rule]) -> Iterator[_Line]:
    """Say of each rule that found something, in the order of the report, what its page says."""
    found = {finding.code for finding in report.findings}
    for rule in rules:
        if rule.code in found:
            yield ()
            yield (_Part(f"{rule.code} {rule.name}", "bold"),)
            for paragraph in advice(rule):
                yield (_Part(f"    {paragraph}"),)


def _finding(finding: Finding, places: Places) -> _Line:
    place = places.of(finding.source, finding.span)
    return (
        _Part(f"{line_start(finding.source.name)}:{place.line}:{place.column}", "bold"),
        _Part(f" {finding.code} {finding.name} "),
        _Part(finding.severity, _COLOURS[finding.severity]),
        _Part(f": {terminal(finding.message)}"),
    )


def _differences(finding: Finding, verdict: Verdict | None) -> Iterator[_Line]:
    """Show both values of each field that a mismatch is about."""
    for field, written, registered in shown_differences(finding, verdict):
        yield (_Part(f"    {field:<10}written     "), _Part(terminal(written) or "nothing", "red"))
        yield (_Part(f"{'':<14}registered  "), _Part(terminal(registered) or "nothing", "green"))


def _coloured(lines: Iterable[_Line]) -> str:
    """Return the lines with the colours of a terminal; rich is loaded only here."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    console = Console(file=StringIO(), force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as captured:
        for line in lines:
            console.print(Text.assemble(*((part.text, part.style) for part in line)), soft_wrap=True)
    return captured.get()
