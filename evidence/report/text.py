"""The report for people: findings by file, differences field by field, and a summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from evidence.model import Finding, Rule, Verdict
from evidence.report.escape import line_start, terminal
from evidence.report.places import Owners, Places
from evidence.report.result import Report
from evidence.report.summary import missing_answers, summarise

#: Longest value of a field that is shown, in characters.
LONGEST = 160

_FIELDS = {"locator-mismatch": ("volume", "issue", "pages")}
_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


class _Part(NamedTuple):
    """Words of a line and their colour."""

    text: str
    style: str = ""


_Line = tuple[_Part, ...]


def write(report: Report, rules: Sequence[Rule] = (), *, color: bool = False, quiet: bool = False) -> str:
    """Return the report as lines of text, ending in a newline.

    `color` adds the escape sequences of a terminal; `quiet` leaves out differences and the summary.
    Everything from outside is made visible: no control character, no build server's command.
    """
    lines = list(_lines(report, quiet))
    if color:
        return _coloured(lines)
    return "".join("".join(part.text for part in line) + "\n" for line in lines)


def _lines(report: Report, quiet: bool) -> Iterator[_Line]:
    places, owners = Places(), Owners(report.references)
    for _, findings in groupby(report.findings, key=lambda finding: finding.source.name):
        for finding in findings:
            yield _finding(finding, places)
            if not quiet:
                yield from _differences(finding, owners.of(finding))
        yield ()
    if not quiet:
        yield (_Part(summarise(report), "bold"),)
        for line in missing_answers(report):
            yield (_Part(line, "yellow"),)


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
    if not finding.name.endswith("-mismatch") or verdict is None or verdict.match is None:
        return
    fields = _FIELDS.get(finding.name, (finding.name.removesuffix("-mismatch"),))
    for difference in verdict.match.differences:
        if difference.field in fields:
            label = f"    {difference.field:<10}"
            yield (_Part(f"{label}written     "), _Part(_value(difference.written), "red"))
            yield (_Part(f"{'':<14}registered  "), _Part(_value(difference.registered), "green"))


def _value(text: str) -> str:
    shown = terminal(" ".join(text.split()))
    return (shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…") or "nothing"


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
