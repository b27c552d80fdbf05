"""A report in one or two lines of words."""

from __future__ import annotations

from collections import Counter

from evidence.report.escape import terminal
from evidence.report.result import Report

_VERDICTS = ("verified", "mismatch", "not-found", "ambiguous", "unchecked")
#: The service under which a person's answers stand in the lock.
BY_HAND = "by-hand"
#: How many different reasons for missing answers are told.
_REASONS = 3


def version() -> str:
    """Return the version of the installed distribution; "0.0.0" where there is none (a bare checkout)."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("evidence-bib")
    except PackageNotFoundError:
        return "0.0.0"


def plural(number: int, word: str) -> str:
    """Return "1 error", "3 errors"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def summarise(report: Report) -> str:
    """Return "12 references: 7 verified, 5 unchecked (5 no registry); 3 errors, 1 warning".

    A report without references says so; nothing is ever called clean.
    """
    counts = report.counts
    found = [plural(counts[s], s) for s in ("error", "warning", "note") if counts[s]] or ["no findings"]
    if counts["ignored"]:
        found.append(f"{counts['ignored']} ignored")
    if not report.references:
        return "; ".join(["no references found", *([", ".join(found)] if found != ["no findings"] else [])])
    return f"{plural(counts['references'], 'reference')}: {_verdicts(report)}; {', '.join(found)}"


#: Findings from which on the summary counts them by rule.
_MANY = 10


def outlook(report: Report) -> list[str]:
    """Return lines that say what a long list of findings comes to, and what the tool can mend."""
    lines = []
    if len(report.findings) >= _MANY:
        named = Counter(finding.name for finding in report.findings)
        ordered = sorted(named.items(), key=lambda item: (-item[1], item[0]))
        lines.append(f"by rule: {', '.join(f'{count} {name}' for name, count in ordered)}")
    safe = sum(f.fix is not None and f.fix.applicability == "safe" for f in report.findings)
    if safe:
        lines.append(f"{safe} of these can be mended by `evidence fix`")
    return lines


def _verdicts(report: Report) -> str:
    kinds: Counter[str] = Counter(verdict.kind for verdict in report.references)
    parts = []
    for kind in _VERDICTS:
        if not kinds[kind]:
            continue
        words = f"{kinds[kind]} {kind.replace('-', ' ')}"
        causes = Counter(v.cause for v in report.references if v.kind == kind == "unchecked" and v.cause)
        if causes:
            words += f" ({_listed(causes)})"
        by_hand = sum(
            v.kind == kind and v.record is not None and v.record.service == BY_HAND for v in report.references
        )
        if by_hand:
            words += f" ({by_hand} by hand)"
        parts.append(words)
    return ", ".join(parts)


def _listed(causes: Counter[str]) -> str:
    ordered = sorted(causes.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number} {terminal(cause.replace('-', ' '))}" for cause, number in ordered)


def missing_answers(report: Report) -> list[str]:
    """Return lines that say what could not be checked and why; none for a complete report."""
    if report.complete:
        return []
    open_ = [verdict for verdict in report.references if verdict.incomplete]
    if not open_:
        return ["incomplete: not everything that was to be asked has an answer"]
    causes = Counter(verdict.cause or "no answer" for verdict in open_)
    total = plural(len(report.references), "reference")
    lines = [f"incomplete: {len(open_)} of {total} could not be checked ({_listed(causes)})"]
    reasons = dict.fromkeys(verdict.reason for verdict in open_ if verdict.reason)
    lines += [f"  - {terminal(reason)}" for reason in list(reasons)[:_REASONS]]
    return lines
