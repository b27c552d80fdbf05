"""`evidence update`, `evidence baseline`, `evidence init`, `evidence explain` and `evidence rules`."""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.checking import Run

#: How many different reasons are told why the world did not answer again.
MOST_REASONS = 5


@click.command("update")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="Form of what changed: markdown is the body of a pull request (default text).",
)
@options.apply(*options.VERDICT[1:], *options.PROJECT)
def update_command(paths: tuple[str, ...], form: str, **given: Any) -> int:
    """Ask every registry and link again, rewrite the lock and print what changed.

    Python: evidence.updating.update(paths, settings).
    """
    from evidence import checking, news, updating

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    bar, announce = options.progress_for(given), options.announce_for(given)
    done, changed = updating.update(paths, told, progress=bar, announce=announce)
    remarks = _not_answered(done)
    if form == "markdown":
        click.echo(news.as_markdown(changed, remarks), nl=False)
    elif form == "json":
        click.echo(news.as_json(changed), nl=False)
    else:
        click.echo(terminal_lines(news.as_text(changed)), nl=False)
        if not changed:
            click.echo("nothing changed", err=True)
    for remark in remarks:
        options.say(remark)
    for error in done.errors:
        options.say(error)
    return checking.exit_code(done, exit_zero=given["exit_zero"])


def terminal_lines(text: str) -> str:
    """Return lines that repeat words from outside so that none of them acts on a terminal or a log."""
    from evidence.report.escape import line_start

    return "".join(f"{line_start(line)}\n" for line in text.split("\n")[:-1])


def _not_answered(done: Run) -> list[str]:
    """Say why answers of the lock stand as they were although the world was asked."""
    told = []
    for reason, count in Counter(done.gathered.kept.values()).most_common(MOST_REASONS):
        what = "1 answer of the lock stands" if count == 1 else f"{count} answers of the lock stand"
        told.append(f"{what} as before: {reason}")
    return told


@click.command("baseline")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be accepted; write nothing.")
@options.apply(*options.OFFLINE, *options.PROJECT)
def baseline_command(paths: tuple[str, ...], dry: bool, **given: Any) -> int:
    """Accept today's findings, so that only new ones fail.

    They stand in evidence-baseline.toml by fingerprint. What is mended is dropped from the file by
    the next check of the project; a new retraction or other notice is never hidden.
    Python: evidence.baseline.make(paths, settings).
    """
    from evidence import baseline, checking
    from evidence.report.summary import plural

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    made = baseline.make(paths, told, progress=options.progress_for(given))
    for error in made.run.errors:
        options.say(error)
    if made.run.errors:
        return 2
    if not dry:
        checking.write_lock(made.run)
        made.save()
    for name, count in sorted(Counter(finding.name for finding in made.accepted).items()):
        click.echo(f"{count:>6}  {name}")
    verb = "would be accepted" if dry else "accepted"
    dropped = f", {made.dropped} dropped" if made.dropped else ""
    options.say(f"{plural(len(made.accepted), 'finding')} {verb} in {made.path.name}{dropped}")
    notices = sum(finding.code.startswith("RET") for finding in made.accepted)
    if notices:
        options.say(
            f"{notices} of these say that a cited work was retracted, doubted or corrected: look at them"
        )
    return 0


@click.command("init")
@click.argument("folder", required=False, metavar="[FOLDER]")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--github/--no-github", default=None, help="With workflows of GitHub Actions.")
@click.option("--gitlab/--no-gitlab", default=None, help="With a job of GitLab CI.")
@click.option("--pre-commit/--no-pre-commit", default=None, help="With hooks of pre-commit.")
def init_command(folder: str | None, yes: bool, dry: bool, **wanted: bool | None) -> int:
    """Set a project up: show what would be written, and write it.

    Settings that name the pages and bibliographies found, .gitattributes for the lock, and what the
    build servers need whose files are there. Nothing that exists is overwritten.
    Python: evidence.setup.plan(folder).
    """
    from evidence import setup

    made = setup.plan(folder or ".", **wanted)
    for line in made.found:
        options.say(line)
    click.echo(made.preview, nl=False)
    if not made.files:
        options.say("everything is there already")
        return 0
    if dry:
        return 0
    ask = sys.stdin.isatty() and sys.stdout.isatty() and not yes
    if ask and not click.confirm(f"Write {len(made.files)} files?", default=True, err=True):
        options.say("nothing was written")
        return 0
    made.save()
    options.say(f"written: {', '.join(made.files)}")
    options.say("next: `evidence check` asks the registries and writes refs.lock; commit it")
    return 0


@click.command("explain")
@click.argument("word", metavar="CODE|NAME", required=False)
def explain_command(word: str | None) -> int:
    """Show the page of a rule: what it does, why it matters, an example, how to fix it."""
    from evidence import rules

    for rule in [rules.find(word)] if word else rules.table():
        if not word:
            click.echo(f"{rule.code}  {rule.name:<24} {first_line(rule.check)}")
            continue
        click.echo(f"# {rule.name} ({rule.code})\n")
        click.echo(f"{rule.severity}, {rule.status}, needs {', '.join(sorted(rule.needs)) or 'no service'}\n")
        click.echo(inspect.cleandoc(rule.check.__doc__ or ""))
    return 0


@click.command("rules")
def rules_command() -> int:
    """Show the table of rules."""
    from evidence import rules

    for number, (family, about) in enumerate(rules.FAMILIES.items()):
        click.echo(f"{'' if number == 0 else chr(10)}{family}  {about}")
        for rule in rules.table():
            if rule.code.startswith(family):
                click.echo(f"  {rule.code}  {rule.severity:<8} {rule.name:<24} {first_line(rule.check)}")
    return 0


def first_line(function: object) -> str:
    """Return the first line of a docstring."""
    return (inspect.getdoc(function) or "").split("\n", 1)[0]
