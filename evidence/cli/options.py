"""Options that several commands share, and what they do to the settings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.model import Document
    from evidence.planning import Plan

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjson", "markdown", "html")


def apply(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    """Return a decorator that adds `options` in the order given."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


OFFLINE = (
    click.option("--offline", is_flag=True, help="Open no socket: the lock and the cache only."),
    click.option("--frozen", is_flag=True, help="Offline; exit 3 where the lock has no answer."),
    click.option("--read-only", is_flag=True, help="Read the lock, ask what it lacks, never write it."),
)
PROJECT = (
    click.option("--config", metavar="FILE", help="Settings file instead of the one found upwards."),
    click.option("--lock", metavar="FILE", help="Lock file instead of refs.lock of the project."),
    click.option(
        "--mailto", metavar="ADDRESS", help="Your address: Crossref answers those who say it sooner."
    ),
    click.option("--budget", type=float, metavar="SECONDS", help="End the whole run within this time."),
    click.option("-v", "--verbose", count=True, help="Say more on standard error."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but the result."),
    click.option("--no-color", is_flag=True, help="No colours, also with NO_COLOR."),
)
SELECT = (
    click.option("--select", multiple=True, metavar="RULES", help="Only these codes, families or names."),
    click.option("--ignore", multiple=True, metavar="RULES", help="Not these codes, families or names."),
)
NARROW = (
    click.option("--changed-since", metavar="REV", help="Only what changed since this revision of git."),
    click.option(
        "--settings-from", metavar="REV", help="Settings and baseline as they stand at this revision of git."
    ),
)
VERDICT = (
    click.option("--all-entries", is_flag=True, help="Ask about entries that no page cites, too."),
    click.option("--incomplete", type=click.Choice(["new", "fail", "ok"]),
                 help="When an unanswered reference means exit 3 (default new)."),
    click.option("--fail-on", type=click.Choice(["error", "warning", "note"]),
                 help="The least severity that means exit 1 (default error)."),
    click.option("--exit-zero", is_flag=True, help="Leave with 0 whatever is found."),
)  # fmt: skip
OUTPUT = (
    click.option(
        "--format", "form", type=click.Choice(FORMATS), help="Form of standard output (default text)."
    ),
    click.option(
        "-o", "--output", multiple=True, metavar="[FORMAT=]FILE", help="Write to a file; repeatable."
    ),
    click.option("--open", "open_", is_flag=True, help="Write the HTML page and open it in the browser."),
    click.option("--explain", is_flag=True, help="Say of each rule why it matters and how to fix it."),
)


def words(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return comma-separated and repeated values as one list."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def flags(given: Mapping[str, Any]) -> dict[str, object]:
    """Return what the given options say of the settings, by the names of `Settings`' fields."""
    modes = [mode for mode in ("offline", "frozen", "read_only") if given.get(mode)]
    if len(modes) > 1:
        raise UsageError("--offline, --frozen and --read-only exclude one another")
    said: dict[str, object] = {}
    if modes:
        said["mode"] = modes[0].replace("_", "-")
    for name in ("lock", "mailto", "budget", "incomplete", "fail_on", "style", "config", "changed_since"):
        if given.get(name) is not None:
            said[name] = given[name]
    if given.get("all_entries"):
        said["all_entries"] = True
    if given.get("select"):
        said["select"] = words(given["select"])
    if given.get("ignore"):
        said["deselect"] = words(given["ignore"])
    return said


def say(message: object) -> None:
    """Write a message on standard error; what it repeats from files and servers is made inert."""
    from evidence.report.escape import terminal

    for line in str(message).splitlines():
        click.echo(f"evidence: {terminal(line)}", err=True)


def say_notes(documents: Iterable[Document], given: Mapping[str, Any]) -> None:
    """Say what reading had to guess, as an encoding; with `-v` also what a form's reader left out."""
    for document in () if given.get("quiet") else documents:
        for note in document.source.notes:
            if given.get("verbose") or not note.startswith("not understood"):
                say(f"{document.source.name}: {note}")


def read_input() -> str:
    """Return standard input, decoded as a file would be; raises `ReadError` for what is no text."""
    from evidence.sources.decoding import decode

    return decode(sys.stdin.buffer.read(), "-")[0]


def log(given: Mapping[str, Any]) -> None:
    """Set up logging on standard error: warnings, with `-v` also what is done, with `-q` nothing."""
    if not (given.get("quiet") or given.get("verbose")):
        return  # Python's own last resort prints warnings, and loading the logger costs more than a check
    import logging

    level = (
        logging.ERROR if given.get("quiet") else logging.WARNING - 10 * min(int(given.get("verbose") or 0), 2)
    )
    logging.basicConfig(stream=sys.stderr, level=level, format="evidence: %(message)s")
    # The libraries below log every connection; their debug lines may hold addresses with keys.
    for name in ("urllib3", "habanero", "httpx2", "markdown_it"):
        logging.getLogger(name).setLevel(logging.ERROR)


def announce_for(given: Mapping[str, Any]) -> Callable[[Plan], None] | None:
    """Return what says on standard error what a long run is going to do; None when quiet."""
    if given.get("quiet"):
        return None
    from evidence.cli.progress import announce

    return announce


def progress_for(given: Mapping[str, Any]) -> Callable[[str, int, int], None] | None:
    """Return what draws a progress bar: on a terminal only, and not when quiet."""
    if given.get("quiet") or not sys.stderr.isatty():
        return None
    from evidence.cli.progress import Bar

    return Bar()
