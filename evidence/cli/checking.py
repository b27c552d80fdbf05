"""`evidence check`: the shell over `evidence.check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options
from evidence.errors import WriteError

if TYPE_CHECKING:
    from evidence.checking import Run


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
@options.apply(*options.OUTPUT, *options.SELECT, *options.OFFLINE, *options.VERDICT, *options.PROJECT)
@click.option("--style", metavar="NAME", help="Style of generated lists.")
def check_command(paths: tuple[str, ...], **given: Any) -> int:
    """Check pages and .bib files: references, metadata, links, retractions, facts, lists.

    Without PATH: the project, or this directory. A page behind a URL is read and nothing is
    written. Python: evidence.check(paths).
    """
    from evidence import checking

    options.log(given)
    targets = [_target(word) for word in given["output"]]
    told = checking.settings_for(paths, options.flags(given))
    done = checking.run(paths, told, partial=True, progress=options.progress_for(given))
    try:
        checking.write_lock(done)
    except WriteError:
        _show(done, targets, given)  # what was found is not lost with the lock
        raise
    _show(done, targets, given)
    _say(done)
    return checking.exit_code(done, exit_zero=given["exit_zero"])


def _target(word: str) -> tuple[str, str]:
    """Return the form ("": that of `--format`) and the file that a value of `-o` names."""
    form, is_named, path = word.partition("=")
    if not is_named:
        return "", word
    if form in options.FORMATS and path:
        return form, path
    from difflib import get_close_matches

    near = get_close_matches(form, options.FORMATS, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(options.FORMATS)}"
    raise click.UsageError(f"-o {word}: no form {form!r}; {hint}" if path else f"-o {word}: names no file")


def _show(done: Run, targets: list[tuple[str, str]], given: dict[str, Any]) -> None:
    """Print the report in the form asked for, unless `-o FILE` takes it, and write the other files."""
    form = given["form"] or "text"
    if all(own for own, _ in targets):
        click.echo(_written(done, form, _colours(given), bool(given["quiet"])), nl=False)
    for own, path in targets:
        text = _written(done, own or form)
        try:
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from None


def _written(done: Run, form: str, color: bool = False, quiet: bool = False) -> str:
    from evidence import rules
    from evidence.report import FORMATS

    if form != "text":
        return FORMATS[form](done.report, rules.table())
    from evidence.report.text import write

    return write(done.report, rules.table(), color=color, quiet=quiet)


def _colours(given: dict[str, Any]) -> bool:
    import os

    return not given["no_color"] and "NO_COLOR" not in os.environ and sys.stdout.isatty()


def _say(done: Run) -> None:
    """Say on standard error what could not be read, and what the lock does not answer."""
    for error in done.errors:
        options.say(error)
    if done.gathered.interrupted:
        options.say("interrupted: the report holds what was known by then")
    missing = done.gathered.missing
    if done.settings.mode == "frozen" and missing:
        links = sum(question.service == "link" for question in missing)
        counts = ((len(missing) - links, "question about references", "questions about references"),
                  (links, "link", "links"))  # fmt: skip
        what = " and ".join(f"{n} {one if n == 1 else more}" for n, one, more in counts if n)
        options.say(
            f"not-in-lock: {what} without an answer in the lock; "
            "run `evidence check` with a network and commit refs.lock"
        )
