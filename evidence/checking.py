"""The flow of a check: paths to documents to answers to findings to a report.

    paths → sources → documents (+ facts) → what the selected rules need → answers from lock and
    services → verdicts → cases → findings → report

Everything that judges is pure and lives below; this module only hands data on. `check` is the
door for programs; the command line calls the same `run`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence import inputs, linked, rules, settings
from evidence.errors import EvidenceError
from evidence.gather import Gathered, Progress, gather
from evidence.lock import Lock, add, dumps, looks
from evidence.matching.questions import link_question, search_question, written_doi
from evidence.matching.verdict import judge
from evidence.model import (
    ONLY_READ,
    Answers,
    Case,
    Document,
    Edit,
    FactsFile,
    Finding,
    Ignore,
    LinkState,
    Rule,
    Settings,
    Site,
    Source,
    Verdict,
)
from evidence.report.result import FactUse, LinkUse, Report
from evidence.site import join
from evidence.sourcing import Words, words_of
from evidence.suppressing import fingerprint, order, suppress

if TYPE_CHECKING:
    from evidence.narrowing import Narrowing
    from evidence.planning import Plan

Place = tuple[str, int]

#: Seconds from which on a run is long: what needs no network is then told before it.
LONG = 10.0

#: States of a link that say nothing of what it will be tomorrow.
UNCLEAR = frozenset({"transient", "rate_limited", "blocked", "skipped"})


@dataclass(frozen=True, slots=True)
class Run:
    """A check and what it rests on, for callers that go on to write files.

    `outgrown` are records of the baseline whose findings are gone.
    """

    report: Report
    site: Site
    settings: Settings
    gathered: Gathered
    lock: Lock
    lock_path: Path | None
    errors: tuple[EvidenceError, ...] = ()
    verdicts: Mapping[Place, Verdict] = field(default_factory=dict)
    outgrown: tuple[Ignore, ...] = ()


def check(
    paths: Sequence[str | os.PathLike[str]] = (),
    *,
    offline: bool = False,
    frozen: bool = False,
    read_only: bool = True,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    **flags: Any,
) -> Report:
    """Check pages and bibliographies and return a `Report`.

    `paths` are files or folders; none means the project. `offline` opens no socket; `frozen`
    neither, and counts every reference that the lock does not answer as incomplete. Unlike the
    command, the function writes no lock unless `read_only` is False. Further `flags` are fields of
    `Settings`. Raises `EvidenceError` for settings, an input or a lock that cannot be read.
    """
    mode = "frozen" if frozen else "offline" if offline else "read-only" if read_only else ""
    names = [os.fspath(path) for path in paths]
    said: dict[str, object] = {"select": tuple(select), "deselect": tuple(ignore), **flags}
    told = settings_for(names, {**said, "mode": mode} if mode else said)
    done = run(names, told)
    if done.errors:
        raise done.errors[0]
    write_lock(done)
    return done.report


def settings_for(
    paths: Sequence[str], flags: Mapping[str, object], environ: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings of the project that `paths` are in: its root is looked for upwards.

    Where all paths are addresses the run is read-only, and the project is that of the working folder.
    Raises `SettingsError`, and `UsageError` for a style that does not exist.
    """
    start = Path.cwd()
    for path in paths:
        if path != "-" and not inputs.is_address(path):
            start = Path(os.path.abspath(path))
            start = start if start.is_dir() else start.parent
            break
    told = settings.load(start, flags=flags, environ=os.environ if environ is None else environ)
    if paths and all(map(inputs.is_address, paths)) and told.mode == "online":
        told = replace(told, mode="read-only")  # pages of others: nothing of theirs belongs in our lock
    if told.style:
        from evidence.rendering.styles import check_style

        check_style(told.style)
    return told


def run(
    paths: Sequence[str],
    told: Settings,
    *,
    given: Sequence[Document] = (),
    refresh: bool = False,
    partial: bool = False,
    progress: Progress | None = None,
    announce: Callable[[Plan], None] | None = None,
) -> Run:
    """Check `paths` under the settings `told`; what cannot be read is in `errors`, the rest goes on.

    `announce` is told what will be asked before it is, with the findings that need no answer.

    Raises `LockError` for a damaged lock and `UsageError` for a rule that does not exist. When the
    user ends the asking (Ctrl-C) it raises `KeyboardInterrupt`, with `partial` it returns what is
    known by then.
    """
    chosen = rules.select(told.select, told.deselect)
    read = inputs.read(paths, told, given=given)
    site = join(read.documents, read.shelf, all_entries=told.all_entries)
    lock_at = inputs.lock_path(told, site.documents)
    lock = inputs.load_lock(lock_at, told)
    needs = frozenset(need for rule in chosen for need in rule.needs)
    of_facts = linked.fact_pages(read.facts) if "links" in needs else ()
    narrowing = _narrowing(site, told) if told.changed_since else None
    narrow = narrowing.site() if narrowing else site
    of_facts = narrowing.documents(of_facts) if narrowing else of_facts
    linking = replace(narrow, documents=(*narrow.documents, *of_facts))
    if announce and told.mode in ("online", "read-only"):
        announce(_foretell(site, linking, read.facts, told, lock, chosen))
    gathered = gather(linking, told, lock, needs, refresh=refresh, progress=progress)
    if gathered.interrupted and not partial:
        raise KeyboardInterrupt
    site = replace(site, asked=narrow.asked)
    verdicts = _judge_references(site, gathered.answers, "records" in needs)
    links = linked.states(linking, gathered.answers, told) if "links" in needs else {}
    words = words_of(read.facts, told, refresh=refresh) if "texts" in needs and read.facts else Words()
    gathered = gathered.with_more(words.answers)
    judged = _judged(site, read.facts)
    cases = tuple(
        Case(document, site, gathered.answers, verdicts, links, read.facts, told, words.texts, words.trials)
        for document in (*judged, *of_facts)
    )
    raised = fingerprint(sorted(_run(chosen, cases, len(judged)), key=order), site, verdicts)
    raised = list(narrowing.findings(raised)) if narrowing else raised
    kept = suppress(raised, site, told, chosen, _is_whole(gathered.answers, links) and not narrowing)
    incomplete = [v for r in narrow.references if (v := verdicts[r.place]).incomplete]
    unanswered = bool(gathered.missing) and told.mode == "frozen"
    report = Report(
        findings=tuple(narrowing.findings(kept.findings)) if narrowing else kept.findings,
        references=tuple(verdicts[r.place] for r in narrow.references),
        site=narrow,
        links=tuple(_link_uses(linking, links, told, gathered.answers)),
        facts=tuple(_fact_uses(read.facts, site)),
        complete=not incomplete and not unanswered and not gathered.interrupted,
        ignored=kept.ignored,
        incomplete_new=bool(incomplete) or unanswered,
    )
    return Run(report, site, told, gathered, lock, lock_at, read.errors, verdicts, kept.outgrown)


def _judged(site: Site, facts: Sequence[FactsFile]) -> tuple[Document, ...]:
    """Return the documents of a site; a facts file where it is all there is, for facts that need no page."""
    return site.documents or tuple(Document(file.source) for file in facts[:1])


def _narrowing(site: Site, told: Settings) -> Narrowing:
    from evidence.narrowing import Narrowing
    from evidence.sources.git import changes

    return Narrowing(site, changes(told.root, told.changed_since))


def _foretell(
    site: Site,
    narrow: Site,
    facts: tuple[FactsFile, ...],
    told: Settings,
    lock: Lock,
    chosen: Sequence[Rule],
) -> Plan:
    """Return what the run is going to do; where that takes long, with the findings that need no answer."""
    from evidence.planning import plan

    needs = {need for rule in chosen for need in rule.needs}
    asked = narrow if "records" in needs else replace(narrow, asked=frozenset())
    made = plan(asked, linked.look_questions(narrow, told, {}) if "links" in needs else (), told, lock)
    if made.seconds < LONG or told.changed_since:
        return made
    local = [rule for rule in chosen if not rule.needs]
    verdicts = _judge_references(site, Answers(), False)
    cases = [Case(document, site, Answers(), verdicts, {}, facts, told) for document in site.documents]
    raised = fingerprint(sorted(rules.run(local, cases), key=order), site, verdicts)
    return replace(made, findings=suppress(raised, site, told, (), False).findings)


def _run(chosen: Sequence[Rule], cases: Sequence[Case], documents: int) -> Iterable[Finding]:
    """Yield what the rules find in the documents, and rules of links in the sources of facts behind them."""
    yield from rules.run(chosen, cases[:documents])
    yield from rules.run(
        [rule for rule in chosen if rule.scope == "page" and "links" in rule.needs], cases[documents:]
    )


def _judge_references(site: Site, answers: Answers, asked: bool) -> dict[Place, Verdict]:
    if asked:
        return {r.place: judge(r, answers, asked=r.place in site.asked) for r in site.references}
    verdicts = {}
    for reference in site.references:
        known = bool(written_doi(reference.work) or search_question(reference.work))
        cause = "offline" if known else "no-registry"
        reason = "no selected rule asks a registry"
        verdicts[reference.place] = Verdict(reference, "unchecked", cause=cause, reason=reason)
    return verdicts


def _link_uses(
    site: Site, states: Mapping[str, LinkState], told: Settings, answers: Answers
) -> Iterable[LinkUse]:
    for document, link in linked.wanted(site, told):
        if link.url in states:
            question = link_question(link.url)
            seen = looks(answers[question]) if question in answers else ()
            yield LinkUse(states[link.url], document.source, link.span, seen)


def _fact_uses(files: Sequence[FactsFile], site: Site) -> Iterable[FactUse]:
    for file in files:
        from evidence.facts import locate

        for fact in file.facts:
            document, span = locate(fact, file, site.documents)
            page = document.source.name if document else fact.page or file.page
            yield FactUse(fact, file.source, page, document.source if document else None, span)


def _is_whole(answers: Answers, links: Mapping[str, LinkState]) -> bool:
    """Whether everything that was asked has an answer, so that what was not found is not there."""
    told = all(answers[question].outcome != "unknown" for question in answers)
    return told and not any(state.state in UNCLEAR for state in links.values())


@dataclass(frozen=True, slots=True)
class Fixes:
    """The repairs that a run offers: edits by file, what they apply, and what is only shown.

    `kept` are the edits that would be made in files that are never written (`owner_of`); their
    findings are among `shown`.
    """

    edits: Mapping[Source, tuple[Edit, ...]]
    applied: tuple[Finding, ...]
    shown: tuple[Finding, ...]
    kept: Mapping[Source, tuple[Edit, ...]] = field(default_factory=dict)


def fixes(done: Run, *, unsafe: bool = False) -> Fixes:
    """Return the repairs of a run: the safe ones, with `unsafe` the others that can be written.

    Where two repairs touch the same characters the first one is taken; the next run offers the
    other again.
    """
    edits: dict[Source, list[Edit]] = {}
    kept: dict[Source, list[Edit]] = {}
    applied: list[Finding] = []
    shown: list[Finding] = []
    for finding in done.report.findings:
        fix = finding.fix
        if fix is None:
            continue
        wanted = fix.applicability == "safe" or (unsafe and fix.applicability == "unsafe")
        managed = any(e.source.path is None or owner_of(e.source, done.settings) for e in fix.edits)
        chosen = kept if managed else edits
        taken = [e for e in fix.edits for o in chosen.get(e.source, ()) if _overlap(e, o)]
        if not wanted or not fix.edits or taken:
            shown.append(finding)
            continue
        (shown if managed else applied).append(finding)
        for edit in fix.edits:
            chosen.setdefault(edit.source, []).append(edit)
    made, of_others = ({source: tuple(of) for source, of in all_.items()} for all_ in (edits, kept))
    return Fixes(made, tuple(applied), tuple(shown), of_others)


def owner_of(source: Source, told: Settings) -> str:
    """Return whose a file is that is never written: a program's name, else words; "" for one of ours.

    By the setting `managed`, by what a .bib file says of itself (Zotero, Mendeley …), and by its form.
    """
    from evidence.bibliography.owners import owner

    if is_managed(source.name, told):
        return "another program (setting managed)"
    return "another program" if source.kind in ONLY_READ else owner(source)


def is_managed(name: str, told: Settings) -> bool:
    """Return whether a file, by its name from the root, belongs to another program and is never written."""
    patterns = [pattern.removeprefix("./").rstrip("/") for pattern in told.managed]
    return any(fnmatch(name, pattern) or name.startswith(f"{pattern}/") for pattern in patterns)


def _overlap(one: Edit, other: Edit) -> bool:
    a, b = one.span, other.span
    return a == b or (a.start < b.end and b.start < a.end)


def write_lock(done: Run) -> bool:
    """Write the answers that this run added to the lock; return whether the file changed.

    Nothing is written offline, frozen or read-only, nor after an interruption, nor where the
    project keeps no lock.
    """
    from evidence.edit import create

    if done.settings.mode != "online" or done.lock_path is None or done.gathered.interrupted:
        return False
    lock = add(done.lock, done.gathered.fresh, done.settings.today)
    if lock.answers == done.lock.answers:
        return False
    create(done.lock_path, dumps(lock))
    return True


def exit_code(done: Run, *, exit_zero: bool = False) -> int:
    """Return what the command leaves with (docs/how-to/ci.md): 130, 2, 1, 3 or 0 in this order."""
    ranks = {"note": 0, "warning": 1, "error": 2}
    if done.gathered.interrupted:
        return 130
    if done.errors:
        return 2
    if exit_zero:
        return 0
    if any(ranks[f.severity] >= ranks[done.settings.fail_on] for f in done.report.findings):
        return 1
    incomplete = done.settings.incomplete
    if incomplete == "new" and done.report.incomplete_new:
        return 3
    if incomplete == "fail" and (not done.report.complete or _outdated(done)):
        return 3
    return 0


def _outdated(done: Run) -> bool:
    return any(finding.name == "old-lock" for finding in done.report.findings)
