"""`evidence facts propose` and `confirm`: drafts by the program, verdicts by a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options
from evidence.cli.facts import read, tell

if TYPE_CHECKING:
    from evidence.model import Document, Fact, FactsFile

#: How much of the text around a quote is shown, in characters on each side.
AROUND = 160
#: What a person types for a verdict.
KEYS = {"s": "supported", "d": "distorted", "c": "contradicted", "n": "not-in-source", "u": "unchecked"}

QUESTION = "[s]upported [d]istorted [c]ontradicted [n]ot in source [u]nchecked, enter: later, q: quit"


@click.command("propose")
@click.argument("given_sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--facts", "target", default="", metavar="FILE", help="The facts file (default: the project's)."
)
@click.option("--study", default="", metavar="KEY", help="The study of a text, or of what cites nothing.")
@click.option("--with", "named", default="", metavar="NAME", help="Let an installed plug-in propose.")
@click.option("--diff", "--dry-run", "only_show", is_flag=True, help="Show the drafts, write nothing.")
@options.apply(*options.OFFLINE[:1], *options.PROJECT)
def propose_command(
    given_sources: tuple[str, ...], target: str, study: str, named: str, only_show: bool, **given: Any
) -> int:
    """Draft facts into facts.toml, each unchecked until a person confirms it.

    SOURCE is a page (its citing sentences, with the words of the cited abstracts where these say
    the same), a .bib file (its abstracts), a saved text (with --study), a PDF (extra [pdf]; its
    digest and the quoted words are kept), a DOI, PMID or NCT number, or - for standard input.
    Python: evidence.proposing.propose(sources, settings).
    """
    from evidence import checking
    from evidence.errors import UsageError
    from evidence.proposing import propose

    options.log(given)
    paths = [one for one in given_sources if one != "-"]
    if not given_sources:
        raise UsageError("give a page, a .bib file, a text with --study, a DOI, PMID or NCT number, or -")
    told = checking.settings_for([one for one in paths if Path(one).exists()], options.flags(given))
    pasted = options.read_input() if "-" in given_sources else None
    made = propose(paths, told, facts=target, study=study, named=named, pasted=pasted)
    if only_show:
        click.echo(made.diff, nl=False)
    else:
        made.save()
    for error in made.errors:
        options.say(error)
    words = f"{len(made.facts)} facts drafted"
    words += f", {made.tied} with their source's words" if made.tied else ""
    words += f", {made.known} known already" if made.known else ""
    options.say(f"{made.target.name}: {words}; `evidence facts confirm` checks them with you")
    return 2 if made.errors else 0


@click.command("confirm")
@click.argument("id", metavar="[ID]", required=False)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--verdict", help="supported, distorted, contradicted, not-in-source or unchecked.")
@click.option("--by", metavar="NAME", help="Who gives the verdict.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
@options.apply(*options.PROJECT)
def confirm_command(
    id: str | None, paths: tuple[str, ...], verdict: str | None, by: str | None, note: str, **given: Any
) -> int:
    """Record a person's verdict on a fact and seal it.

    ID is the fact's id, or study.id where several studies use it. With --verdict and --by nothing
    is asked; without them both passages are shown side by side, for each unchecked fact where no ID
    is given. The verdict is void as soon as either quote, the value or the source changes.
    Python: evidence.facts.writing.confirm.
    """
    from evidence.errors import UsageError

    if id is not None and (id.lower().endswith(".toml") or Path(id).is_file()):
        paths, id = (id, *paths), None
    if verdict is None and not sys.stdin.isatty():
        raise UsageError("without a terminal say it all:  facts confirm ID --verdict supported --by NAME")
    if verdict is not None and id is None:
        raise UsageError("--verdict is on one fact: name its ID, or leave --verdict out to be asked")
    if verdict is not None and not by:
        raise UsageError("a verdict needs the name of who gives it: --by NAME")
    found = read(paths, given)
    if found.errors and not found.facts:
        return tell(found)
    chosen = _chosen(found.facts, id)
    if verdict is not None:
        file, fact = chosen[0]
        _record(file, fact, verdict, by or "", note, given)
        return tell(found)
    _ask(chosen, found.documents, by, given)
    return tell(found)


def _chosen(files: tuple[FactsFile, ...], id: str | None) -> list[tuple[FactsFile, Fact]]:
    """Return the fact that is named, or all that nobody has checked."""
    from evidence.errors import UsageError
    from evidence.facts.records import is_void

    everything = [(file, fact) for file in files for fact in file.facts]
    if id is None:
        return [
            (f, fact) for f, fact in everything if fact.verdict == "unchecked" or is_void(fact, f.studies)
        ]
    found = [(file, fact) for file, fact in everything if id in (fact.id, f"{fact.study}.{fact.id}")]
    if len(found) != 1:
        known = ", ".join(sorted(f"{fact.study}.{fact.id}" for _, fact in everything))
        what = "several facts are" if found else "no fact is"
        raise UsageError(f"{what} called {id!r}; there are {known or 'none'}")
    return found


def _record(file: FactsFile, fact: Fact, verdict: str, by: str, note: str, given: dict[str, Any]) -> None:
    from evidence import checking
    from evidence.edit import write
    from evidence.errors import UsageError
    from evidence.facts.writing import confirm

    today = checking.settings_for((), options.flags(given)).today
    try:
        edits = confirm(file, fact, verdict, by, today, note)
    except ValueError as error:
        raise UsageError(str(error)) from error
    write(file.source, edits)
    click.echo(f"{file.source.name}: {fact.study}.{fact.id} is {verdict}", err=True)


def _ask(
    chosen: list[tuple[FactsFile, Fact]],
    documents: tuple[Document, ...],
    by: str | None,
    given: dict[str, Any],
) -> None:
    """Show each fact with both passages and take a person's verdict; q ends."""
    from evidence import inputs
    from evidence.checking import settings_for

    if not chosen:
        click.echo("nothing is unchecked", err=True)
        return
    name = by or click.prompt("Your name", err=True).strip()
    told = settings_for((), options.flags(given))
    for number, (file, fact) in enumerate(chosen, 1):
        _show(file, fact, documents, f"{number} of {len(chosen)}", given)
        typed = click.prompt(QUESTION, default="", show_default=False, err=True).strip().lower()[:1]
        if typed == "q":
            return
        if typed not in KEYS:
            continue
        note = click.prompt("Why (enter: nothing)", default="", show_default=False, err=True)
        # The file has changed since the fact before: it is read again, and the fact found in it.
        path = Path(file.source.path or file.source.name)
        fresh = inputs.read_facts(path, told)
        again = next(f for f in fresh.facts if (f.study, f.id) == (fact.study, fact.id))
        _record(fresh, again, KEYS[typed], name, note, given)


def _show(
    file: FactsFile, fact: Fact, documents: tuple[Document, ...], place: str, given: dict[str, Any]
) -> None:
    """Print a fact with the passages of page and source side by side, the quoted words marked."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from evidence.facts.anchoring import anchor, page_of
    from evidence.facts.numbers import shown
    from evidence.facts.quotes import find_quote
    from evidence.facts.roles import clash

    page = page_of(fact, file, documents)
    on_page = fact.on_page and page and page.view and anchor(fact.on_page, page)
    study = file.studies.get(fact.study)
    source = _source_text(file, fact, given)
    in_source = fact.in_source and source and find_quote(source, fact.in_source)
    left = _passage(page.view.text, on_page) if page and page.view and on_page else _bare(fact.on_page)
    right = _passage(source, in_source) if source and in_source else _bare(fact.in_source)
    console = Console(stderr=True)
    what = " ".join(part for part in (fact.kind, fact.role, fact.outcome, fact.arm) if part)
    value = shown(fact.quantity) + (f" at {shown(fact.at)}" if fact.at else "")
    console.print()
    console.print(Text(f"{place}  {fact.study}.{fact.id}: {what}: {value}", style="bold"))
    table = Table(expand=True)
    table.add_column(Text(f"page: {page.source.name if page else fact.page or 'none'}"), ratio=1)
    table.add_column(Text(f"source: {study.source if study and study.source else 'not named'}"), ratio=1)
    table.add_row(left, right)
    console.print(table)
    if found := clash(fact, source or None):
        console.print(Text(f"looks like {found.source} in the source, not {found.fact}", style="yellow"))


def _source_text(file: FactsFile, fact: Fact, given: dict[str, Any]) -> str:
    from evidence import sourcing
    from evidence.checking import settings_for

    study = file.studies.get(fact.study)
    if study is None or not study.source or sourcing.is_remote(study.source):
        return ""
    return sourcing.saved(study, file, settings_for((), options.flags(given))) or ""


def _passage(text: str, found: tuple[int, int, float]) -> Any:
    """Return the words around a quote, the quote in bold."""
    from rich.text import Text

    start, end, _ = found
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    parts = [" ".join(text[a:b].split()) for a, b in ((low, start), (start, end), (end, high))]
    lead, tail = "… " if low else "", " …" if high < len(text) else ""
    return Text.assemble(f"{lead}{parts[0]} ", (parts[1], "bold reverse"), f" {parts[2]}{tail}")


def _bare(quote: Any) -> Any:
    from rich.text import Text

    return (
        Text(" ".join(quote.exact.split()), style="bold") if quote else Text("(no words quoted)", style="dim")
    )
