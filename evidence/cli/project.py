"""`evidence update`, `evidence explain` and `evidence rules`."""

from __future__ import annotations

import inspect
from collections import Counter
from typing import Any

import click

from evidence.cli import options

#: How many different reasons are told why the world did not answer again.
MOST_REASONS = 5


@click.command("update")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.apply(*options.VERDICT[1:], *options.PROJECT)
def update_command(paths: tuple[str, ...], **given: Any) -> int:
    """Ask every registry and link again, rewrite the lock and print what changed.

    Python: evidence.updating.update(paths, settings).
    """
    from evidence import checking, updating

    options.log(given)
    told = checking.settings_for(paths, options.flags(given))
    done, changes = updating.update(paths, told, progress=options.progress_for(given))
    for line in changes:
        click.echo(line)
    if not changes:
        click.echo("nothing changed", err=True)
    for reason, count in Counter(done.gathered.kept.values()).most_common(MOST_REASONS):
        what = "1 answer of the lock stands" if count == 1 else f"{count} answers of the lock stand"
        options.say(f"{what} as before: {reason}")
    for error in done.errors:
        options.say(error)
    return checking.exit_code(done, exit_zero=given["exit_zero"])


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
