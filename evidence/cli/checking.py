"""`evidence check`: the shell over `evidence.check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.checking import Run


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.apply(*options.OUTPUT, *options.SELECT, *options.OFFLINE, *options.VERDICT, *options.PROJECT)
@click.option("--style", metavar="NAME", help="Style of generated lists.")
def check_command(paths: tuple[str, ...], **given: Any) -> int:
    """Check pages and .bib files: references, metadata, links, retractions, facts, lists.

    Without PATH: the project, or this directory. Python: evidence.check(paths).
    """
    from evidence import checking

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    done = checking.run(paths, told, progress=options.progress_for(given))
    checking.write_lock(done)
    show(done, given)
    return checking.exit_code(done, exit_zero=given["exit_zero"])


def show(done: Run, given: dict[str, Any]) -> None:
    """Print the report in the form asked for, write it to the files asked for, and say what failed."""
    from evidence import rules
    from evidence.report import FORMATS

    table = rules.table()
    form = given.get("form") or "text"
    plain = True
    for target in given.get("output") or ():
        name, _, path = target.rpartition("=")
        if name and name not in options.FORMATS:
            raise click.UsageError(f"-o {target}: no form {name!r}; there are {', '.join(options.FORMATS)}")
        Path(path).write_text(FORMATS[name or form](done.report, table), encoding="utf-8", newline="\n")
        plain = plain and bool(name)
    if plain or given.get("form"):
        if form == "text":
            from evidence.report.text import write

            text = write(done.report, table, color=_colours(given), quiet=bool(given.get("quiet")))
        else:
            text = FORMATS[form](done.report, table)
        click.echo(text, nl=bool(text) and not text.endswith("\n"))
    say(done)


def _colours(given: dict[str, Any]) -> bool:
    import os

    return not given.get("no_color") and "NO_COLOR" not in os.environ and sys.stdout.isatty()


def say(done: Run) -> None:
    """Say on standard error what could not be read, and what the lock does not answer."""
    for error in done.errors:
        click.echo(f"evidence: {error}", err=True)
    missing = [q for q in done.gathered.missing if q.service != "link"]
    links = len(done.gathered.missing) - len(missing)
    if done.settings.mode == "frozen" and done.gathered.missing:
        what = (
            [f"{len(missing)} question{'s' if len(missing) != 1 else ''} about references"] if missing else []
        )
        what += [f"{links} link{'s' if links != 1 else ''}"] if links else []
        click.echo(
            f"evidence: not-in-lock: {' and '.join(what)} have no answer in the lock; "
            "run `evidence check` with a network and commit refs.lock",
            err=True,
        )
