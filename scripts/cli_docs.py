"""Write docs/reference/commands.md from the commands' own help; `--check` fails where it is stale."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evidence.cli import COMMANDS, evidence

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"


def page() -> str:
    """Return the page: the group's help and that of each command, as the terminal shows it."""
    parts = [
        "# Commands",
        "",
        "Made from the code by `scripts/cli_docs.py`. Every command has `--help`.",
        "",
        "```text",
        _help(click.Context(evidence, info_name="evidence")),
        "```",
    ]
    top = click.Context(evidence, info_name="evidence")
    for name in COMMANDS:
        command = evidence.get_command(top, name)
        assert command is not None
        parts += ["", f"## evidence {name}", "", "```text", _all_help(command, top, name), "```"]
    return "\n".join(parts) + "\n"


def _all_help(command: click.Command, parent: click.Context, name: str) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    texts = [_help(context)]
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            inner = command.get_command(context, part)
            assert inner is not None
            texts.append(_help(click.Context(inner, info_name=part, parent=context)))
    return "\n\n".join(texts)


def _help(context: click.Context) -> str:
    context.terminal_width = 100
    context.max_content_width = 100
    return "\n".join(line.rstrip() for line in context.get_help().splitlines())


def main() -> None:
    made = page()
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
            sys.exit(f"stale: {PAGE.name}; run `python scripts/cli_docs.py`")
        return
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(made, encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
