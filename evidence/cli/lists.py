"""`evidence render`: the reference lists of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.model import Settings

TARGETS = {"markdown": "markdown", "html": "html", "latex": "latex", "text": "text"}


@click.command("render")
@click.argument("paths", nargs=-1, metavar="[PAGE]...")
@click.option("--style", metavar="NAME", help="Style of the lists (default: the page's own, else pubmed).")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 where a list is stale.")
@click.option("--diff", "--dry-run", "dry", is_flag=True, help="Show what would change; write nothing.")
@click.option("--unsafe", is_flag=True, help="Regenerate lists that were edited by hand, too.")
@click.option("--fragment", is_flag=True, help="Print the list only and write nothing.")
@options.apply(*options.PROJECT)
def render_command(paths: tuple[str, ...], **given: Any) -> int:
    """Regenerate the reference lists of pages in place.

    On a page without markers whose list items all resolve to .bib entries the first run sets
    them. Given a .bib file it prints one entry a line. Python: evidence.render(works).
    """
    from evidence import checking, relisting

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    books = [path for path in paths if path.lower().endswith(".bib")]
    pages = [path for path in paths if path not in books]
    if books and not pages:
        return _print_entries(books, told)
    made = relisting.relist(paths, told, unsafe=given["unsafe"])
    for error in made.errors:
        options.say(error)
    if given["fragment"]:
        if not any(page.document.regions for page in made.pages):
            click.echo("no references found", err=True)
        for page in made.pages:
            to = TARGETS.get(page.document.source.kind, "text")
            for text in relisting.fragments(page.document, made.site, told.style or "pubmed", to):
                click.echo(text)
        return 2 if made.errors else 0
    failed = _apply(made.pages, dry=given["dry"], only_check=given["only_check"])
    if made.errors:
        return 2
    return 1 if failed else 0


def _apply(pages: Any, *, dry: bool, only_check: bool) -> bool:
    """Write or show the edits of each page; return whether something is left to be done."""
    from evidence.edit import diff, write

    failed = False
    lists = False
    for page in pages:
        name = page.document.source.name
        lists = lists or bool(page.document.references or page.document.regions)
        for problem in page.problems:
            options.say(f"{name}: {problem}")
        if page.hand_edited:
            options.say(f"{name}: a generated list was changed by hand; --unsafe overwrites it")
        failed = failed or bool(page.problems or page.hand_edited)
        if not page.edits:
            continue
        if dry or only_check:
            click.echo(diff(page.document.source, page.edits), nl=False)
            failed = failed or only_check
        else:
            write(page.document.source, page.edits)
            click.echo(f"{name}: {'markers set' if page.taken_over else 'regenerated'}", err=True)
    if not lists:
        click.echo("no references found", err=True)
    return failed


def _print_entries(books: list[str], told: Settings) -> int:
    from evidence import inputs
    from evidence.rendering import render

    read = inputs.read(books, told)
    for error in read.errors:
        options.say(error)
    for document in read.documents:
        works = [reference.work for reference in document.references]
        for line in render(works, style=told.style or "pubmed", to="text"):
            click.echo(line)
    return 2 if read.errors else 0
