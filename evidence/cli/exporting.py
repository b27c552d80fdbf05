"""`evidence export`, and how a file of another form is written and what it leaves out is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.bibliography.forms import Form
    from evidence.exporting import Exported

FORMS = ("csl-json", "ris", "nbib", "endnote", "bibtex")


@click.command("export")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--to", type=click.Choice(FORMS), help="The form (default: by the file's suffix, else csl-json)."
)
@click.option(
    "-o", "--output", metavar="FILE", default="", help="Write to a file instead of standard output."
)
@options.apply(options.VERDICT[0], *options.PROJECT)
def export_command(paths: tuple[str, ...], to: str | None, output: str, **given: Any) -> int:
    """Write references for another program: as CSL-JSON, RIS, PubMed's nbib, EndNote XML or BibTeX.

    PATH is a page, a bibliography of any form or a Word document; without PATH the project. Nothing
    is asked and no source is changed. Python: evidence.exporting.export(paths, settings, form).
    """
    from evidence import checking, exporting

    options.log(given)
    form = form_for(to or "", output)
    told = checking.settings_for(paths, options.flags(given))
    made = exporting.export(paths, told, form)
    for error in made.errors:
        options.say(error)
    if not made.count:
        click.echo("no references found", err=True)
    elif output:
        save(made, output)
        click.echo(f"{output}: {made.count} reference{'s' if made.count != 1 else ''}", err=True)
    else:
        click.echo(made.text, nl=False)
    say_lost(made, form)
    return 2 if made.errors else 0


def form_for(name: str, path: str) -> Form:
    """Return the form of a name, else of a file's suffix, else CSL-JSON."""
    from evidence.bibliography.forms import form_named, form_of_path

    form = form_named(name) if name else form_of_path(path) if path else form_named("csl-json")
    if form is None:
        what = f"{path}: its suffix names no form" if not name else f"no form {name!r}"
        raise click.UsageError(f"{what}; there are {', '.join(FORMS)}")
    return form


def save(made: Exported, path: str) -> None:
    """Write a file of another form, whole or not at all; raises `WriteError`."""
    from evidence.edit import create

    create(path, made.text)


def say_lost(made: Exported, form: Form) -> None:
    """Say what the form could not hold."""
    if made.lost:
        fields = ", ".join(f"{name} ({count})" for name, count in made.lost.items())
        options.say(f"{form.called} cannot hold: {fields}")
