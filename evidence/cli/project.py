"""`evidence update`, `evidence explain` and `evidence rules`."""

from __future__ import annotations

import inspect
from typing import Any

import click

from evidence.cli import options


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
    for error in done.errors:
        click.echo(f"evidence: {error}", err=True)
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

    family = ""
    for rule in rules.table():
        if rule.code[:3] != family:
            family = rule.code[:3]
            click.echo(
                f"\n{family}  {rules.FAMILIES[family]}".lstrip()
                if family == "CIT"
                else f"\n{family}  {rules.FAMILIES[family]}"
            )
        click.echo(f"  {rule.code}  {rule.severity:<8} {rule.name:<24} {first_line(rule.check)}")
    return 0


def first_line(function: object) -> str:
    """Return the first line of a docstring."""
    return (inspect.getdoc(function) or "").split("\n", 1)[0]
