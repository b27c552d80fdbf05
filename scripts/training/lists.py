"""Lists of references as people paste them: every layout, and where each reference stands in the text."""

from __future__ import annotations

import random
from collections.abc import Sequence

from training.gold import Labelled
from training.noise import rebuilt

#: Layouts of lists without marks, which the boundary model reads.
UNMARKED = ("lines", "lines-wide", "wrapped", "wrapped", "paragraph", "paragraph")
#: All layouts.
LAYOUTS = (
    *dict.fromkeys(UNMARKED),
    "numbered",
    "brackets",
    "blank",
    "wrapped-blank",
    "hanging",
    "wrapped-numbers",
    "paragraph-numbers",
)


def single(one: Labelled) -> Labelled:
    """Return a string with single white space and none at its ends."""
    change = [" " if c.isspace() else c for c in one.text]
    change = ["" if c == " " and (not at or change[at - 1] == " ") else c for at, c in enumerate(change)]
    while change and not change[-1].strip():
        change.pop()
    return rebuilt(one, change + [""] * (len(one.text) - len(change)))


def wrapped(one: Labelled, width: int, indent: str = "") -> Labelled:
    """Break a string into lines at its white space."""
    change = list(one.text)
    column = 0
    last = -1
    for at, letter in enumerate(change):
        column += 1
        if column > width and last >= 0:
            change[last] = "\n" + indent
            column = at - last + len(indent)
            last = -1
        if letter == " ":
            last = at
    return rebuilt(one, change)


def laid_out(
    rng: random.Random, layout: str, items: Sequence[Labelled]
) -> tuple[str, list[tuple[int, Labelled]]]:
    """Return the text of a list and each item with its place in it."""
    items = [single(item) for item in items]
    width = rng.randint(60, 110)
    between = "\n"
    if layout in ("numbered", "wrapped-numbers"):
        form = rng.choice(["{}. ", "{}) ", "{}. "])
        items = [_led(item, form.format(n)) for n, item in enumerate(items, 1)]
    elif layout in ("brackets", "paragraph-numbers"):
        form = "[{}] " if layout == "brackets" else rng.choice(["[{}] ", "({}) ", "{}. "])
        items = [_led(item, form.format(n)) for n, item in enumerate(items, 1)]
    if layout in ("wrapped", "wrapped-blank", "wrapped-numbers"):
        items = [wrapped(item, width) for item in items]
    elif layout == "hanging":
        items = [wrapped(item, width, "    ") for item in items]
    if layout in ("blank", "wrapped-blank"):
        between = "\n\n"
    elif layout.startswith("paragraph"):
        between = rng.choice([" ", " ", " ", "; "]) if layout == "paragraph" else " "
    elif layout == "lines-wide":
        between = " \n"
    text = ""
    placed = []
    for item in items:
        text += between if text else ""
        placed.append((len(text), item))
        text += item.text
    return text, placed


def _led(one: Labelled, lead: str) -> Labelled:
    return Labelled(
        lead + one.text, tuple((a + len(lead), b + len(lead), label) for a, b, label in one.spans)
    )
