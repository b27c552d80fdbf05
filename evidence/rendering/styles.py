"""The styles by name, and lines of references in any of them for any target.

A style is a function from a `Work` to pieces; a back-end writes pieces for its target. To add a
style, write the function in a file of its own and name it in `STYLES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from evidence.errors import UsageError
from evidence.model import Work
from evidence.rendering.pieces import Piece, Pieces, joined
from evidence.rendering.pubmed import pubmed

STYLES: dict[str, Callable[[Work], Pieces]] = {"pubmed": pubmed}

#: Targets and the modules that write them; `mdx` is Markdown in which autolinks would be JSX.
TARGETS = {"text": "text", "markdown": "markdown", "mdx": "markdown", "html": "html", "latex": "latex"}


def check_style(style: str) -> None:
    """Raise UsageError, naming the styles that exist, unless `style` is one of them."""
    if style not in STYLES:
        raise UsageError(_unknown("style", style, STYLES))


def writer(to: str) -> Callable[[Sequence[Piece]], str]:
    """Return the function that writes pieces for a target.

    Raises UsageError for a target that does not exist.
    """
    if to not in TARGETS:
        raise UsageError(_unknown("target", to, TARGETS))
    module = import_module(f"evidence.rendering.{TARGETS[to]}")
    write: Callable[[Sequence[Piece]], str] = module.write_mdx if to == "mdx" else module.write
    return write


def render(works: Sequence[Work], style: str = "pubmed", to: str = "text") -> list[str]:
    """Return one line a work, in order, set in `style` for the target `to`.

    Targets: `text`, `markdown`, `html`, `latex` (and `mdx`). Everything a work holds is inert in
    the target: no markup, no command, no second line. Raises UsageError for an unknown style or
    target, naming those that exist.
    """
    check_style(style)
    write = writer(to)
    return [write(joined(STYLES[style](work))) for work in works]


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there is no {what} {name!r}: choose {' or '.join(sorted(known))}{hint}"
