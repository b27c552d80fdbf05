"""`evidence facts`: the table of study facts, and a person's verdicts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.inputs import Inputs
    from evidence.model import Fact, FactsFile

#: Width of a table that goes into a file or a pipe, where nothing should be cut.
UNBOUNDED = 1000


@click.group("facts")
def facts_command() -> None:
    """List, confirm and export study facts."""


@facts_command.command("list")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.apply(*options.PROJECT)
def list_command(paths: tuple[str, ...], **given: Any) -> int:
    """Show the study facts of pages or facts files. Python: evidence.facts.records.read(source)."""
    from evidence.facts.writing import COLUMNS, table

    read = _read(paths, given)
    rows = table(read.facts)
    shown = [column for column in COLUMNS if any(row[column] for row in rows)]
    if rows:
        _draw([[row[column] for column in shown] for row in rows], shown)
    elif not read.errors:
        click.echo("no facts found", err=True)
    return _tell(read)


def _draw(rows: list[list[str]], head: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console()
    if not console.is_terminal:
        console.width = UNBOUNDED
    console.print(table)


@facts_command.command("export")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", help="Form (default csv)."
)
@options.apply(*options.PROJECT)
def export_command(paths: tuple[str, ...], form: str, **given: Any) -> int:
    """Print the study facts as CSV or JSON. Python: evidence.facts.writing.table(files)."""
    from evidence.facts import writing

    read = _read(paths, given)
    rows = writing.table(read.facts)
    text = writing.to_csv(rows) if form == "csv" else writing.to_json(rows)
    click.echo(text, nl=not text.endswith("\n"))
    return _tell(read)


@facts_command.command("confirm")
@click.argument("id", metavar="ID")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--verdict", required=True, help="supported, distorted, contradicted, not-in-source or unchecked."
)
@click.option("--by", required=True, metavar="NAME", help="Who gives the verdict.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
@options.apply(*options.PROJECT)
def confirm_command(id: str, paths: tuple[str, ...], verdict: str, by: str, note: str, **given: Any) -> int:
    """Record a person's verdict on a fact and seal it.

    ID is the fact's id, or study.id where several studies use it. The verdict is void as soon as
    either quote, the value or the source changes. Python: evidence.facts.writing.confirm.
    """
    from evidence.edit import write
    from evidence.errors import UsageError
    from evidence.facts.writing import confirm

    read = _read(paths, given)
    found = [(file, fact) for file in read.facts for fact in file.facts if _is_called(fact, id)]
    if len(found) != 1:
        known = ", ".join(sorted(f"{fact.study}.{fact.id}" for file in read.facts for fact in file.facts))
        what = "several facts are" if found else "no fact is"
        raise UsageError(f"{what} called {id!r}; there are {known or 'none'}")
    file, fact = found[0]
    try:
        edits = confirm(file, fact, verdict, by, _today(given), note)
    except ValueError as error:
        raise UsageError(str(error)) from error
    write(file.source, edits)
    click.echo(f"{file.source.name}: {fact.study}.{fact.id} is {verdict}", err=True)
    return _tell(read)


def _is_called(fact: Fact, name: str) -> bool:
    return name in (fact.id, f"{fact.study}.{fact.id}")


def _today(given: dict[str, Any]) -> str:
    from evidence import checking

    return checking.settings_for((), options.flags(given)).today


def _read(paths: tuple[str, ...], given: dict[str, Any]) -> Inputs:
    """Read the facts files that are named, else those of the pages or of the project."""
    from dataclasses import replace
    from pathlib import Path

    from evidence import checking, inputs
    from evidence.errors import EvidenceError
    from evidence.site import Shelf

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    named = [path for path in paths if path.lower().endswith(".toml")]
    pages = [path for path in paths if path not in named]
    files: list[FactsFile] = []
    errors: list[EvidenceError] = []
    for path in named:
        try:
            files.append(inputs.read_facts(Path(path), told))
        except EvidenceError as error:
            errors.append(error)
    if pages or not named:
        read = inputs.read(pages, told)
        return replace(read, facts=(*files, *read.facts), errors=(*errors, *read.errors))
    return inputs.Inputs((), Shelf(), tuple(files), tuple(errors))


def _tell(read: Inputs) -> int:
    for error in read.errors:
        options.say(error)
    return 2 if read.errors else 0
