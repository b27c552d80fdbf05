"""The command line: arguments in, exit code out; the only room that prints or exits.

Each command is a thin shell over a function of the library and lives in a module of its family,
which is imported when the command is called: `evidence --help` imports none of them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from evidence.errors import EvidenceError

#: Command → (module, one line of help). In the order in which people meet them.
COMMANDS = {
    "check": ("checking", "Check references, metadata, links, study facts and lists."),
    "fix": ("writing", "Apply the safe fixes to .bib files and pages."),
    "import": ("writing", "Make .bib entries of pages, lists and files of other programs."),
    "add": ("writing", "Append the entry of a DOI, PMID or pasted reference."),
    "export": ("exporting", "Write references as CSL-JSON, RIS, nbib, EndNote XML or BibTeX."),
    "render": ("lists", "Regenerate the reference lists of pages in place."),
    "facts": ("facts", "List, propose, confirm, export, load and compare study facts."),
    "update": ("project", "Ask every registry and link again and rewrite the lock."),
    "baseline": ("project", "Accept today's findings, so that only new ones fail."),
    "init": ("project", "Set a project up, showing first what would be written."),
    "explain": ("project", "Show the page of a rule."),
    "rules": ("project", "Show the table of rules."),
    "parse": ("programs", "For programs: reference strings to fields, as JSON lines."),
    "match": ("programs", "For programs: reference strings to registered works, as JSON lines."),
    "links": ("programs", "For programs: addresses to link states, as JSON lines."),
    "extract": ("programs", "For programs: texts to study facts, as JSON lines."),
}

EPILOG = (
    "Exit codes: 0 nothing at or above the fail level, 1 findings, 2 usage or unreadable input, "
    "3 incomplete, 130 interrupted."
)


class Commands(click.Group):
    """A group that imports the module of a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"evidence.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` begin with; an unknown one is answered with the near name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else " `evidence --help` lists them."
            raise click.UsageError(f"no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from evidence.cli.version import version_lines

        for line in version_lines():
            click.echo(line)
        ctx.exit()


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
              help="Show the version and leave.")  # fmt: skip
def evidence() -> None:
    """Make the citations of a page true and keep them true."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command with `args` (default: the process's) and return its exit code."""
    _speak_utf8()
    try:
        words = list(args) if args is not None else None
        code = evidence.main(args=words, prog_name="evidence", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return int(leaving.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except EvidenceError as wrong:
        from evidence.cli.options import say

        say(wrong)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("evidence: interrupted", err=True)
        return 130
    except BrokenPipeError:
        _drop_stdout()
        return 0
    except Exception as fault:  # the last net: a fault of ours is one line, and its trace is for -v
        return _confess(fault)
    return int(code or 0)


def _confess(fault: Exception) -> int:
    import logging

    logging.getLogger("evidence").debug("trace", exc_info=fault)
    click.echo(f"evidence: a fault in evidence itself: {type(fault).__name__}: {fault}", err=True)
    click.echo("evidence: nothing was left half-written; run again with -vv for a trace to report", err=True)
    return 2


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's own encoding is; what cannot be shown is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_stdout() -> None:
    """Keep Python from complaining at exit that the reader of a pipe went away."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
