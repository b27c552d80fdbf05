"""What a long run says on standard error: what it is going to do, how far it is, how long it still takes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evidence.planning import Plan

#: Seconds from which on a run says first what it is going to do.
LONG = 10.0
#: Most findings that are shown before the asking begins.
MOST = 20


def announce(plan: Plan) -> None:
    """Say what a long run is going to do and show what needs no network; a short one says nothing."""
    if plan.seconds < LONG:
        return
    how = "with" if plan.mailto else "without"
    hint = "" if plan.mailto else "; --mailto ADDRESS makes it quicker"
    click.echo(
        f"evidence: {_counted(plan.pages, 'page')}, {_counted(plan.references, 'reference')}, "
        f"{plan.distinct:,} distinct; {_counted(plan.questions, 'question')} and "
        f"{_counted(plan.links, 'link')} to ask about: about {spell(plan.seconds)} {how} a mailto{hint}",
        err=True,
    )
    click.echo("evidence: Ctrl-C ends the asking; what was answered by then is kept", err=True)
    if not plan.findings or not sys.stderr.isatty():
        return
    from evidence.report.result import Report
    from evidence.report.text import write

    loud = [finding for finding in plan.findings if finding.severity != "note"]
    count = f"{_counted(len(loud), 'finding')} that {'needs' if len(loud) == 1 else 'need'} no network"
    click.echo(f"evidence: {count}:", err=True)
    click.echo(write(Report(tuple(loud[:MOST])), quiet=True).rstrip(), err=True)
    if len(loud) > MOST:
        click.echo(f"evidence: … and {len(loud) - MOST:,} more", err=True)


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def spell(seconds: float) -> str:
    """Return a time as people say it: "40 s", "13 min", "2 h 5 min"."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


class Bar:
    """Draws how many of the questions of a round are answered, with rate and time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("asking", total=None, rate="")

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are answered; the bar goes away when all are."""
        self._progress.start()
        self._progress.update(self._task, description=what, completed=done, total=total)
        speed = self._progress.tasks[0].speed
        self._progress.update(self._task, rate=f"{speed:.1f}/s" if speed else "")
        if done >= total:
            self._progress.stop()
