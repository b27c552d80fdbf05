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
    from evidence.model import Settings


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
@options.apply(
    *options.OUTPUT, *options.SELECT, *options.NARROW, *options.OFFLINE, *options.VERDICT, *options.PROJECT
)
@click.option("--style", metavar="NAME", help="Style of generated lists.")
def check_command(paths: tuple[str, ...], **given: Any) -> int:
    """Check pages and .bib files: references, metadata, links, retractions, facts, lists.

    Without PATH: the project, or this directory. A page behind a URL is read and nothing is
    written. Python: evidence.check(paths).
    """
    from evidence import checking

    options.log(given)
    targets = [_target(word) for word in given["output"]]
    told = _settings(paths, given)
    bar, announce = options.progress_for(given), options.announce_for(given)
    done = checking.run(paths, told, partial=True, progress=bar, announce=announce)
    try:
        checking.write_lock(done)
    except WriteError:
        _show(done, targets, given)  # what was found is not lost with the lock
        raise
    _show(done, targets, given)
    options.say_notes(done.site.documents, given)
    _say(done)
    if not paths:
        _shrink(done)
    return checking.exit_code(done, exit_zero=given["exit_zero"])


def _settings(paths: tuple[str, ...], given: dict[str, Any]) -> Settings:
    from evidence import checking

    if not given["settings_from"]:
        return checking.settings_for(paths, options.flags(given))
    from evidence.cli.trusting import settings_at

    return settings_at(given["settings_from"], paths, options.flags(given))


def _shrink(done: Run) -> None:
    """Drop what is mended from the baseline: only a check of the whole project can tell."""
    if done.outgrown:
        from evidence.baseline import shrink

        gone = shrink(done)
        if gone:
            options.say(f"{gone} record{'s' if gone > 1 else ''} of the baseline mended and dropped")


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
        click.echo(_written(done, form, given, _colours(given)), nl=False)
    for own, path in targets:
        _save(path, _written(done, own or form, given))
    if form == "github":
        _summarise(done)
    if given["open_"]:
        _open(done, next((path for own, path in targets if (own or form) == "html"), ""), given)


def _save(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from None


def _summarise(done: Run) -> None:
    """Add the report to the summary of the job, where GitHub Actions names a file for it."""
    import os

    path = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if not path:
        return
    from evidence.report import FORMATS

    try:
        with open(path, "a", encoding="utf-8", newline="\n") as summary:
            summary.write(FORMATS["markdown"](done.report, ()))
    except OSError as error:
        options.say(f"the summary of the job cannot be written: {error.strerror or error}")


def _open(done: Run, path: str, given: dict[str, Any]) -> None:
    """Open the page in the browser; without a file for it, one in the folder of temporary files."""
    import tempfile
    import webbrowser

    if not path:
        path = str(Path(tempfile.mkdtemp(prefix="evidence-")) / "report.html")
        _save(path, _written(done, "html", given))
    if not webbrowser.open(Path(path).resolve().as_uri()):
        options.say("no browser could be opened")
    options.say(f"the report is in {path}")


def _written(done: Run, form: str, given: dict[str, Any], color: bool = False) -> str:
    from evidence import rules
    from evidence.report import FORMATS

    if form != "text":
        return FORMATS[form](done.report, rules.table())
    from evidence.report.text import write

    quiet, explain = bool(given["quiet"]), bool(given["explain"])
    return write(done.report, rules.table(), color=color, quiet=quiet, explain=explain)


def _colours(given: dict[str, Any]) -> bool:
    import os

    return not given["no_color"] and "NO_COLOR" not in os.environ and sys.stdout.isatty()


def _say(done: Run) -> None:
    """Say on standard error what could not be read, and what the lock does not answer."""
    for error in done.errors:
        options.say(error)
    if done.gathered.interrupted:
        kept = "what was answered is kept in the cache, and the next run goes on from there"
        options.say(f"interrupted: the report holds what was known by then; {kept}")
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
