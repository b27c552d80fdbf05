"""`evidence import`, `evidence add` and `evidence fix`: the commands that write .bib files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.adopt import Adoption
    from evidence.bibliography.forms import Form
    from evidence.checking import Fixes, Run
    from evidence.model import Answer, Settings

DRY = click.option("--diff", "--dry-run", "dry", is_flag=True, help="Show what would change; write nothing.")
BIB = click.option(
    "--bib", metavar="FILE", default="", help="The .bib file (default refs.bib of the project)."
)


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@options.apply(BIB, DRY, *options.OFFLINE[:1], *options.VERDICT[1:], *options.PROJECT)
def import_command(sources: tuple[str, ...], bib: str, dry: bool, **given: Any) -> int:
    """Make .bib entries of the references of pages, files or a list pasted on standard input (-).

    The sources are left alone; `evidence render` then takes the lists of pages over. Of another
    .bib file come the entries that are not there yet, their keys kept where free. Identifiers that a
    registry finds are added. Python: evidence.adopt.import_references(paths, settings).
    """
    from evidence import adopt, checking

    options.log(given)
    told = checking.settings_for((bib,) if bib else (), options.flags(given))
    text = options.read_input() if "-" in sources else None
    paths = [source for source in sources if source != "-"]
    adoption = adopt.import_references(
        paths, told, bib=bib, pasted_text=text, progress=options.progress_for(given)
    )
    _save(adoption, dry)
    if adoption.run is None:
        return 0
    options.say_notes(adoption.run.site.documents, given)
    if not adoption.added and not adoption.present:
        click.echo("no references found", err=True)
    _say_what_remains(adoption.run)
    return checking.exit_code(adoption.run, exit_zero=given["exit_zero"])


def _say_what_remains(done: Run) -> None:
    from evidence.report.summary import missing_answers, plural

    for error in done.errors:
        options.say(error)
    errors = sum(finding.severity == "error" for finding in done.report.findings)
    if errors:
        options.say(f"{plural(errors, 'error')} left: `evidence check` lists what is wrong")
    for line in missing_answers(done.report):
        options.say(line)


def _save(adoption: Adoption, dry: bool) -> None:
    if dry:
        click.echo(adoption.diff, nl=False)
        return
    adoption.save()
    for words in adoption.passed_over:
        options.say(f"not taken for a reference: {words[:80]}")
    for key in adoption.added:
        click.echo(key)
    for key in adoption.present:
        click.echo(f"{key} (was there already)")


@click.command("add")
@click.argument("texts", nargs=-1, required=True, metavar="ID|TEXT...")
@options.apply(BIB, DRY, *options.OFFLINE[:1], *options.PROJECT)
def add_command(texts: tuple[str, ...], bib: str, dry: bool, **given: Any) -> int:
    """Append the entry of a DOI, a PMID or a pasted reference, and print its key.

    Python: evidence.adopt.add(text, settings).
    """
    from evidence import adopt, checking

    options.log(given)
    told = checking.settings_for((bib,) if bib else (), options.flags(given))
    codes = set()
    for text in texts:
        adoption, answer = adopt.add(text, told, bib=bib, progress=options.progress_for(given))
        _save(adoption, dry)
        codes.add(_outcome(text, adoption, answer))
    return next(code for code in (1, 3, 0) if code in codes)


def _outcome(text: str, adoption: Adoption, answer: Answer | None) -> int:
    """Say what is wrong with something that was to be added, and return its part of the exit code."""
    if not adoption.added and not adoption.present:
        absent = answer is None or answer.outcome == "absent"
        reason = "no reference was recognised" if answer is None else answer.reason
        options.say(f"{text}: {'not registered' if answer and absent else reason}")
        return 1 if absent else 3
    if adoption.run is None:
        return 0
    from evidence.report.summary import missing_answers

    report = adoption.run.report
    errors = [f for f in report.findings if f.severity == "error" and f.source.kind != "bib"]
    for finding in errors:
        options.say(f"{finding.name}: {finding.message}")
    for line in missing_answers(report):
        options.say(line)
    return 1 if errors else 3 if report.incomplete_new else 0


@click.command("fix")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--unsafe", is_flag=True, help="Apply the fixes that a person should look at, too.")
@click.option(
    "-o",
    "--output",
    multiple=True,
    metavar="[FORM=]FILE",
    help="Write the corrected entries of files that are never written (ris, csl-json); repeatable.",
)
@options.apply(DRY, *options.SELECT, *options.OFFLINE, *options.VERDICT, *options.PROJECT)
def fix_command(
    paths: tuple[str, ...], unsafe: bool, dry: bool, output: tuple[str, ...], **given: Any
) -> int:
    """Apply the safe fixes: found identifiers, a DOI's spelling, addresses that moved for good.

    Files that another program keeps (Zotero, Mendeley, the setting `managed`; RIS, CSL-JSON and the
    like) are never written: their fixes are listed, and -o writes the corrected entries for that
    program to import. Python: evidence.checking.fixes(run).
    """
    from evidence import checking
    from evidence.edit import diff, write

    options.log(given)
    targets = [_target(word) for word in output]
    told = checking.settings_for(paths, options.flags(given))
    done = checking.run(paths, told, progress=options.progress_for(given))
    options.say_notes(done.site.documents, given)
    chosen = checking.fixes(done, unsafe=unsafe)
    for source, edits in chosen.edits.items():
        if dry:
            click.echo(diff(source, edits), nl=False)
        else:
            write(source, edits)
    for finding in chosen.shown:
        if finding.fix:
            options.say(f"{finding.source.name}: {finding.key}: {finding.fix.title} (by hand)")
    _hand_on(chosen, targets, told, dry=dry)
    if dry:
        return checking.exit_code(done, exit_zero=given["exit_zero"])
    checking.write_lock(done)
    count = len(chosen.applied)
    click.echo(f"{count} fix{'es' if count != 1 else ''} applied", err=True)
    again = checking.run(paths, told) if count else done
    checking.write_lock(again)
    _say_what_remains(again)
    return checking.exit_code(again, exit_zero=given["exit_zero"])


def _target(word: str) -> tuple[Form, str]:
    """Return the form and the file that a value of `-o` names."""
    from evidence.bibliography.forms import form_named
    from evidence.cli.exporting import form_for

    form, is_named, path = word.partition("=")
    return (form_for(form, path), path) if is_named and form_named(form) else (form_for("", word), word)


def _hand_on(chosen: Fixes, targets: list[tuple[Form, str]], told: Settings, *, dry: bool) -> None:
    """Say which files are another program's, and write their corrected entries where that is asked for."""
    from evidence import checking, exporting
    from evidence.cli.exporting import save, say_lost

    for source, edits in chosen.kept.items():
        count = f"{len(edits)} change{'s' if len(edits) != 1 else ''}"
        hint = "" if targets else "; -o corrected.ris writes the corrected entries to import there"
        options.say(f"{source.name}: kept by {checking.owner_of(source, told)}, not written: {count}{hint}")
    for form, path in targets if chosen.kept and not dry else ():
        made = exporting.corrected(chosen.kept, form, told)
        save(made, path)
        say_lost(made, form)
        click.echo(f"{path}: {made.count} corrected entr{'ies' if made.count != 1 else 'y'}", err=True)
