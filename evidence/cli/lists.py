"""`evidence render`: the reference lists of pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.model import Settings, Work
    from evidence.relisting import Lists, Relisting

FORMS = ("text", "markdown", "html", "latex", "json-ld", "highwire", "coins")


@click.command("render")
@click.argument("paths", nargs=-1, metavar="[PAGE]...")
@click.option("--style", metavar="NAME", help="pubmed, nlm, ama, apa or FILE.csl (default: the page's own).")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 where a list is stale.")
@click.option("--diff", "--dry-run", "dry", is_flag=True, help="Show what would change; write nothing.")
@click.option("--unsafe", is_flag=True, help="Regenerate lists that were edited by hand, too.")
@click.option(
    "--order",
    type=click.Choice(["listed", "cited", "author"]),
    help="As the list stands (default), by first citation, or by author; numbers in the text follow.",
)
@click.option("--drop-uncited", is_flag=True, help="Drop what no marker cites from lists of what is cited.")
@click.option("--fragment", is_flag=True, help="Print the list only and write nothing.")
@click.option(
    "--to", "target", type=click.Choice(FORMS), help="Form of what --fragment or a bibliography prints."
)
@options.apply(*options.PROJECT)
def render_command(paths: tuple[str, ...], **given: Any) -> int:
    """Regenerate the reference lists of pages in place.

    On a page without markers whose list items all resolve to .bib entries the first run sets
    them. Given a bibliography (.bib, CSL-JSON, .ris, .nbib) it prints one entry a line.
    Python: evidence.render(works).
    """
    from evidence import checking, inputs, relisting

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    if paths and all(PurePath(path).suffix.lower() in inputs.BOOKS for path in paths):
        return _print_entries(paths, told, given["target"] or "text")
    made = relisting.relist(
        paths,
        told,
        unsafe=given["unsafe"],
        order=given["order"] or "",
        drop_uncited=given["drop_uncited"],
    )
    for error in made.errors:
        options.say(error)
    if given["fragment"]:
        return _print_lists(made, told, given)
    failed = _apply(made.pages, dry=given["dry"], only_check=given["only_check"])
    if made.errors:
        return 2
    return 1 if failed else 0


def _apply(pages: Sequence[Relisting], *, dry: bool, only_check: bool) -> bool:
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
            click.echo(f"{name}: {page.done}", err=True)
    if not lists:
        click.echo("no references found", err=True)
    return failed


def _print_lists(made: Lists, told: Settings, given: dict[str, Any]) -> int:
    """Print the lists of pages, for pasting elsewhere."""
    from evidence import relisting

    if not any(page.document.regions for page in made.pages):
        click.echo("no references found", err=True)
    for page in made.pages:
        kind = page.document.source.kind
        to = given["target"] or (kind if kind in FORMS else "text")
        if to in ("json-ld", "highwire", "coins"):
            click.echo(_for_machines(relisting.listed_works(page.document, made.site), to), nl=False)
            continue
        lists = relisting.fragments(
            page.document,
            made.site,
            told,
            to,
            order=given["order"] or "",
            drop_uncited=given["drop_uncited"],
        )
        for text in lists:
            click.echo(text)
    return 2 if made.errors else 0


def _for_machines(works: Sequence[Work], to: str) -> str:
    from evidence.rendering import metadata

    if to == "json-ld":
        return metadata.json_ld(works)
    if to == "highwire":
        return metadata.highwire(works)
    return "".join(metadata.coins(work) for work in works)


def _print_entries(books: Sequence[str], told: Settings, to: str) -> int:
    """Print the entries of files of references, one a line."""
    from evidence import inputs
    from evidence.rendering import render

    read = inputs.read(books, told)
    for error in read.errors:
        options.say(error)
    for document in read.documents:
        works = [reference.work for reference in document.references]
        if to in ("json-ld", "highwire", "coins"):
            click.echo(_for_machines(works, to), nl=False)
            continue
        for line in render(works, style=told.style or "pubmed", to=to):
            click.echo(line)
    return 2 if read.errors else 0
