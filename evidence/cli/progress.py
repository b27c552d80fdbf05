"""A progress bar on standard error, for terminals."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Bar:
    """Draws how many of the questions of a round are answered, with rate and time left."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("asking", total=None)

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are answered; the bar goes away when all are."""
        self._progress.start()
        self._progress.update(self._task, description=what, completed=done, total=total)
        if done >= total:
            self._progress.stop()
