"""Suppressions: which findings they keep back, which of them are past use, and what findings are known by.

Pure. A suppression stands in the settings, in a comment beside an entry, or, by fingerprint, in the
baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch

from evidence import rules
from evidence.matching.same import identity
from evidence.model import Finding, Ignore, Rule, Settings, Site, Verdict
from evidence.rules.suppression import UNUSED_SUPPRESSION, unused

Place = tuple[str, int]


def order(finding: Finding) -> tuple[str, int, str, str]:
    """Return what findings are sorted by: file, place, code, words."""
    return (finding.source.name, finding.span.start, finding.code, finding.message)


@dataclass(frozen=True, slots=True)
class Kept:
    """What no suppression keeps back, how many findings were, records of the baseline past use."""

    findings: tuple[Finding, ...]
    ignored: int = 0
    outgrown: tuple[Ignore, ...] = ()


def suppress(
    findings: Sequence[Finding], site: Site, told: Settings, chosen: Sequence[Rule], whole: bool
) -> Kept:
    """Return what is left of findings after all suppressions.

    Suppressions that suppress nothing are findings; those of rules that need answers from the world
    only where the run is `whole`, or where they are past their date. Records of the baseline are
    never findings: what was mended is dropped from the file (`evidence.baseline`).
    """
    ignores = [*told.ignore, *(ignore for document in site.documents for ignore in document.ignores)]
    live = [ignore for ignore in ignores if not (ignore.until and ignore.until < told.today)]
    by_print = {ignore.fingerprint: n for n, ignore in enumerate(live) if ignore.fingerprint}
    others = [(n, ignore) for n, ignore in enumerate(live) if not ignore.fingerprint]
    used: set[int] = set()
    kept = []
    for finding in findings:
        hits = [n for n, ignore in others if _covers(ignore, finding)]
        hits += [by_print[finding.fingerprint]] if finding.fingerprint in by_print else []
        used.update(hits)
        if not hits:
            kept.append(finding)
    ignored = len(findings) - len(kept)
    ran = [ignore for ignore in ignores if _judged(ignore, chosen, whole or ignore not in live)]
    in_use = {id(live[n]) for n in used}
    idle = [ignore for ignore in ran if id(ignore) not in in_use]
    outgrown = tuple(ignore for ignore in idle if ignore.fingerprint)
    if UNUSED_SUPPRESSION in chosen:
        told_idle = unused([ignore for ignore in idle if not ignore.fingerprint], told.today)
        kept = sorted([*kept, *fingerprint(told_idle, site, {})], key=order)
    return Kept(tuple(kept), ignored, outgrown)


def _judged(ignore: Ignore, chosen: Sequence[Rule], whole: bool) -> bool:
    """Whether this run could have used the suppression: its rules ran with answers from the world."""
    meant = [rule for rule in chosen if rules.matches(rule, ignore.rule)]
    return bool(meant) and (whole or not any(rule.needs for rule in meant))


def _covers(ignore: Ignore, finding: Finding) -> bool:
    same = finding.name == ignore.rule.lower() or finding.code.startswith(ignore.rule.upper())
    if not same:
        return False
    if ignore.near is not None:
        inside = ignore.near.start <= finding.span.start < max(ignore.near.end, ignore.near.start + 1)
        return ignore.source is not None and ignore.source.name == finding.source.name and inside
    return not ignore.where or any(fnmatch(w, ignore.where) for w in (finding.source.name, finding.key))


def fingerprint(findings: Iterable[Finding], site: Site, verdicts: Mapping[Place, Verdict]) -> list[Finding]:
    """Give each finding a name that survives moved lines: rule, file, work or words, and a count.

    That of a retraction holds its date too: one that comes later, after a reinstatement, is another.
    """
    import hashlib

    findings = list(findings)
    meant = {finding.key for finding in findings}
    works = {r.key: identity(r.work) for d in site.documents for r in d.references if r.key in meant}
    latest = {
        (verdict.reference.source.name, verdict.reference.key): max(dates)
        for verdict in verdicts.values()
        if (dates := [n.date for n in verdict.notices if n.kind in ("retraction", "withdrawal")])
    }
    seen: dict[str, int] = {}
    named = []
    for finding in findings:
        words = " ".join(finding.source.text[finding.span.start : finding.span.end].split())[:200]
        about = works.get(finding.key) or f"{finding.key}|{words}"
        if finding.name == "retracted":
            about += f"|{latest.get((finding.source.name, finding.key), '')}"
        print_ = f"{finding.code}|{finding.source.name}|{about}"
        seen[print_] = seen.get(print_, 0) + 1
        digest = hashlib.sha256(f"{print_}|{seen[print_]}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        named.append(replace(finding, fingerprint=digest))
    return named
