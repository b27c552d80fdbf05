"""A report in one or two lines of words."""

from __future__ import annotations

import re
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
    also = ", and not whether they are retracted" if any(_UNTOLD in v.reason for v in open_) else ""
    lines = [f"incomplete: {len(open_)} of {total} could not be checked{also} ({_listed(causes)})"]
    troubles = Counter(_trouble(verdict.reason) for verdict in open_ if verdict.reason)
    absent = [trouble for trouble in troubles if _NO_NETWORK in trouble]
    if len(absent) > 1:
        # one network that is not there is one trouble, however many hosts were asked for
        for trouble in absent:
            del troubles[trouble]
        lines.append("  - no network: none of the hosts asked could be found")
    ordered = sorted(troubles.items(), key=lambda item: -item[1])
    lines += [f"  - {plural(n, 'reference')}: {terminal(told)}" for told, n in ordered[:_REASONS]]
    return lines


#: How a reason ends where nobody could be asked what happened to the work.
_UNTOLD = "; retraction not checked"

#: How a reason begins: with what was asked, before what the service said.
_ASKED = re.compile(r"\b(?:could not be asked for(?: \S+)?|gave no answer): ")

#: How the services' door ends what it says of a host whose name no resolver knows.
_NO_NETWORK = "(no network?)"


def _trouble(reason: str) -> str:
    """Return what a service said, without which reference it was asked about.

    >>> _trouble("Crossref could not be asked for 10.1/x: Crossref answered 503; retraction not checked")
    'Crossref answered 503'
    """
    told = reason.partition(_UNTOLD)[0]
    return _ASKED.split(told, maxsplit=1)[-1].rpartition(" was not asked again: ")[2]
