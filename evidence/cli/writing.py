"""`evidence import`, `evidence add` and `evidence fix`: the commands that write .bib files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.adopt import Adoption

DRY = click.option("--diff", "--dry-run", "dry", is_flag=True, help="Show what would change; write nothing.")
BIB = click.option(
    "--bib", metavar="FILE", default="", help="The .bib file (default refs.bib of the project)."
)


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@options.apply(BIB, DRY, *options.OFFLINE[:1], *options.VERDICT[1:], *options.PROJECT)
def import_command(sources: tuple[str, ...], bib: str, dry: bool, **given: Any) -> int:
    """Make .bib entries of the references of pages, or of a list pasted on standard input (-).

    The pages are left alone; `evidence render` then takes their lists over. Identifiers that a
    registry finds are added. Python: evidence.adopt.import_references(paths, settings).
    """
    from evidence import adopt, checking

    options.log(given)
    told = checking.settings_for((bib,) if bib else (), options.flags(given))
    text = sys.stdin.read() if "-" in sources else None
    paths = [source for source in sources if source != "-"]
    adoption = adopt.import_references(
        paths, told, bib=bib, pasted_text=text, progress=options.progress_for(given)
    )
    _save(adoption, dry)
    if adoption.run is None:
        return 0
    if not dry:
        checking.write_lock(adoption.run)
    for error in adoption.run.errors:
        click.echo(f"evidence: {error}", err=True)
    if not adoption.added and not adoption.present:
        click.echo("no references found", err=True)
    left = [f for f in adoption.run.report.findings if f.severity == "error"]
    if left:
        click.echo(f"{len(left)} errors remain: `evidence check` lists them", err=True)
    return checking.exit_code(adoption.run, exit_zero=given["exit_zero"])


def _save(adoption: Adoption, dry: bool) -> None:
    if dry:
        click.echo(adoption.diff, nl=False)
        return
    adoption.save()
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
    code = 0
    for text in texts:
        adoption, answer = adopt.add(text, told, bib=bib, progress=options.progress_for(given))
        _save(adoption, dry)
        if adoption.run is not None and not dry:
            checking.write_lock(adoption.run)
        if adoption.added or adoption.present:
            continue
        if answer is not None and answer.outcome == "absent":
            click.echo(f"evidence: {text}: not registered", err=True)
            code = max(code, 1) if code != 3 else 1
        else:
            reason = (answer.reason if answer else "") or "no reference was recognised"
            click.echo(f"evidence: {text}: {reason}", err=True)
            code = code or (3 if answer else 1)
    return code


@click.command("fix")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--unsafe", is_flag=True, help="Apply the fixes that a person should look at, too.")
@options.apply(DRY, *options.SELECT, *options.OFFLINE, *options.VERDICT, *options.PROJECT)
def fix_command(paths: tuple[str, ...], unsafe: bool, dry: bool, **given: Any) -> int:
    """Apply the safe fixes: found identifiers, a DOI's spelling, addresses that moved for good.

    Python: evidence.checking.fixes(run).
    """
    from evidence import checking
    from evidence.edit import diff, write

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    done = checking.run(paths, told, progress=options.progress_for(given))
    chosen = checking.fixes(done, unsafe=unsafe)
    for source, edits in chosen.edits.items():
        if dry:
            click.echo(diff(source, edits), nl=False)
        else:
            write(source, edits)
    for finding in chosen.shown:
        if finding.fix:
            click.echo(f"{finding.source.name}: {finding.key}: {finding.fix.title} (by hand)", err=True)
    if dry:
        return checking.exit_code(done, exit_zero=given["exit_zero"])
    checking.write_lock(done)
    count = len(chosen.applied)
    click.echo(f"{count} fix{'es' if count != 1 else ''} applied", err=True)
    again = checking.run(paths, told) if count else done
    for error in again.errors:
        click.echo(f"evidence: {error}", err=True)
    return checking.exit_code(again, exit_zero=given["exit_zero"])
