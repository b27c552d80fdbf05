"""`evidence facts`: the table of study facts, out to other programs and back in.

`propose` and `confirm` stand in `facts_drafts.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.facts.comparing import Comparison
    from evidence.inputs import Inputs
    from evidence.model import FactsFile

#: Width of a table that goes into a file or a pipe, where nothing should be cut.
UNBOUNDED = 1000


class Facts(click.Group):
    """The group, which imports `propose` and `confirm` only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order in which people meet them."""
        return ["propose", "list", "confirm", "export", "load", "compare"]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        if name in ("propose", "confirm"):
            from evidence.cli import facts_drafts

            return {"propose": facts_drafts.propose_command, "confirm": facts_drafts.confirm_command}[name]
        return super().get_command(ctx, name)


@click.group("facts", cls=Facts)
def facts_command() -> None:
    """Propose, confirm, list, export, load and compare study facts."""


@facts_command.command("list")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.apply(*options.PROJECT)
def list_command(paths: tuple[str, ...], **given: Any) -> int:
    """Show the study facts of pages or facts files. Python: evidence.facts.records.read(source)."""
    from evidence.facts.writing import COLUMNS, table

    found = read(paths, given)
    rows = table(found.facts)
    shown = [column for column in COLUMNS if any(row[column] for row in rows)]
    if rows:
        draw([[row[column] for column in shown] for row in rows], shown)
    elif not found.errors:
        click.echo("no facts found", err=True)
    return tell(found)


def draw(rows: list[list[str]], head: list[str]) -> None:
    """Print a table; what goes into a file is not cut."""
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
    "--format",
    "form",
    type=click.Choice(["csv", "json", "fhir", "schema.org"]),
    default="csv",
    help="Form: a table, FHIR R5 resources, or JSON-LD of schema.org (default csv).",
)
@click.option("--wide", is_flag=True, help="CSV and JSON: a row a study, a column a fact.")
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of standard output.")
@options.apply(*options.PROJECT)
def export_command(paths: tuple[str, ...], form: str, wide: bool, output: str | None, **given: Any) -> int:
    """Print the study facts as CSV, JSON, FHIR R5 or schema.org JSON-LD.

    Python: evidence.facts.writing.table(files), evidence.facts.fhir.bundle(files, references).
    """
    from evidence.errors import UsageError

    if wide and form not in ("csv", "json"):
        raise UsageError(f"--wide makes a table: leave it out, or take --format csv, not {form}")
    found = read(paths, given)
    text = _exported(found, form, wide)
    if output:
        from evidence.edit import create

        create(output, text)
    else:
        click.echo(text, nl=not text.endswith("\n"))
    return tell(found)


def _exported(found: Inputs, form: str, wide: bool) -> str:
    from evidence.facts import tables, writing

    if form == "csv":
        return tables.wide_csv(found.facts) if wide else writing.to_csv(writing.table(found.facts))
    if form == "json":
        return writing.to_json(tables.wide(found.facts)[1] if wide else writing.table(found.facts))
    references = {r.key: r for document in found.documents for r in document.references}
    if form == "fhir":
        from evidence.facts import fhir

        made = fhir.bundle(found.facts, references)
    else:
        from evidence.facts import linked

        made = linked.graph(found.facts, references)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


@facts_command.command("load")
@click.argument("table", metavar="TABLE.csv")
@click.option("--facts", "target", metavar="FILE", help="The facts file (default: the project's).")
@click.option("--diff", "--dry-run", "only_show", is_flag=True, help="Show what would change, write nothing.")
@options.apply(*options.PROJECT)
def load_command(table: str, target: str | None, only_show: bool, **given: Any) -> int:
    """Bring a table of facts back into facts.toml, long or wide; comments stay.

    Rows are tied to their facts by study and id; a row with a new id is a new fact, an empty cell
    takes the key away (in a wide table it says nothing). Python: evidence.facts.tables.load.
    """
    from evidence import sources
    from evidence.edit import diff, write
    from evidence.errors import UsageError
    from evidence.facts.tables import load

    found = read((target,) if target else (), given)
    if len(found.facts) != 1:
        known = ", ".join(file.source.name for file in found.facts) or "none was found"
        if found.errors:
            return tell(found)
        raise UsageError(f"name the facts file with --facts FILE ({known})")
    text = options.read_input() if table == "-" else sources.read(table, kind="text").text
    loaded = load(text, found.facts[0], "-" if table == "-" else table)
    if only_show:
        click.echo(diff(found.facts[0].source, loaded.edits), nl=False)
    elif loaded.edits:
        write(found.facts[0].source, loaded.edits)
    options.say(f"{found.facts[0].source.name}: {loaded.changed} facts changed, {loaded.added} added")
    return tell(found)


@facts_command.command("compare")
@click.argument("first", metavar="FACTS.toml")
@click.argument("second", metavar="FACTS.toml")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="Form.")
@options.apply(*options.PROJECT)
def compare_command(first: str, second: str, form: str, **given: Any) -> int:
    """Show where two extractors differ; leaves with 1 where they do.

    Facts are paired by study and id, else by kind, role, outcome, arm and time.
    Python: evidence.facts.comparing.compare(first, second).
    """
    from evidence.facts.comparing import compare

    found = [read((path,), given) for path in (first, second)]
    failed = max(tell(one) for one in found)
    if failed:
        return failed
    result = compare(_only(found[0], first), _only(found[1], second))
    _tell_comparison(result, form)
    return 1 if result.differences else 0


def _only(found: Inputs, path: str) -> FactsFile:
    from evidence.errors import UsageError

    if len(found.facts) != 1:
        raise UsageError(f"{path}: name a facts file (.toml)")
    return found.facts[0]


def _tell_comparison(result: Comparison, form: str) -> None:
    from evidence.facts.comparing import Disagreement
    from evidence.facts.writing import to_csv

    rows = [one._asdict() for one in result.differences]
    head = list(Disagreement._fields)
    if form == "json":
        about = {
            "both": result.both,
            "same_value": result.same_value,
            "agreement": round(result.agreement, 4),
        }
        click.echo(json.dumps({"schema": 1, **about, "differences": rows}, ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(to_csv(rows, head), nl=False)
    elif rows:
        draw([[row[name] for name in head] for row in rows], head)
    if form == "text":
        options.say(f"{result.same_value} of {result.both} facts that both have agree in their value")


def read(paths: tuple[str, ...], given: dict[str, Any]) -> Inputs:
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
        found = inputs.read(pages, told)
        return replace(found, facts=(*files, *_without_pages(found, told)), errors=(*errors, *found.errors))
    return inputs.Inputs((), Shelf(), tuple(files), tuple(errors))


def _without_pages(found: Inputs, told: Any) -> tuple[FactsFile, ...]:
    """Return the facts files found; of a folder without pages, the one of the project."""
    from pathlib import Path

    from evidence import inputs

    root = Path(told.root) / "facts.toml"
    if found.facts or told.facts or not root.is_file():
        return found.facts
    return (inputs.read_facts(root, told),)


def tell(found: Inputs) -> int:
    """Say what could not be read; return the exit code."""
    for error in found.errors:
        options.say(error)
    return 2 if found.errors else 0
