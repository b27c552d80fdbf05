"""LST: generated reference lists against the bibliography they are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.model import Case, Finding, Rule
from evidence.rules.raising import finding, shorten
from evidence.site import entries_for

if TYPE_CHECKING:
    from evidence.rendering.inplace import Regeneration


def _regeneration(case: Case) -> Regeneration | None:
    if not any(region.kind == "references" for region in case.document.regions):
        return None
    from evidence.rendering.inplace import regenerate
    from evidence.rendering.plan import Wishes

    return regenerate(
        case.document,
        entries_for(case.document, case.site),
        style=case.settings.style or None,
        wishes=Wishes(root=case.settings.root),
    )


def _stale(case: Case) -> Iterator[Finding]:
    """Regenerating the list would change it.

    ## What it does

    Makes the list between `evidence:references` markers again, in memory, and reports it when the
    text differs: the bibliography was changed and the page was not.

    ## Why it matters

    The page shows what its bibliography no longer says.

    ## Example

    ```markdown
    <!-- evidence:references style=pubmed source=refs.bib show=all keys="smith2010" -->
    1. The entry as it was before it was corrected.
    <!-- /evidence:references -->
    ```

    ## How to fix

    Run `evidence render` on the page.
    """
    made = _regeneration(case)
    for index in made.stale if made else ():
        region = case.document.regions[index]
        yield finding(
            STALE_LIST,
            case.document.source,
            region.span,
            "this list is not what the bibliography says now: run `evidence render`",
            key=region.options.get("keys", ""),
        )


def _edited(case: Case) -> Iterator[Finding]:
    """A generated list was changed by hand.

    ## What it does

    Compares the text of a generated list with the checksum in its marker.

    ## Why it matters

    The next `evidence render` would lose the change, so it refuses.

    ## Example

    ```markdown
    <!-- evidence:references style=pubmed source=refs.bib show=all keys="smith2010" sum=00000000 -->
    1. Somebody typed into this line.
    <!-- /evidence:references -->
    ```

    ## How to fix

    Make the change in the `.bib` file and run `evidence render --unsafe`.
    """
    made = _regeneration(case)
    for index in made.hand_edited if made else ():
        yield finding(
            EDITED_LIST,
            case.document.source,
            case.document.regions[index].span,
            "this generated list was changed by hand: move the change to the bibliography, "
            "then run `evidence render --unsafe`",
            key=case.document.regions[index].options.get("keys", ""),
        )


def _unknown_key(case: Case) -> Iterator[Finding]:
    """A generated list names a key that the bibliography does not have.

    ## What it does

    Reports each of the marker's `keys` for which there is no entry.

    ## Why it matters

    The list cannot be made again, and a number in the text means nothing.

    ## Example

    ```markdown
    <!-- evidence:references style=pubmed source=refs.bib show=all keys="smith2010 jones2011" -->
    1. Smith A. Bed rest for back pain. J Imaginary Med. 2010;3(2):10-4.
    <!-- /evidence:references -->
    ```

    ## How to fix

    Add the entry, or take the key out of the marker.
    """
    made = _regeneration(case)
    for key in made.missing if made else ():
        region = next(
            r
            for r in case.document.regions
            if key in r.options.get("keys", "").split() or r.kind == "references"
        )
        yield finding(
            UNKNOWN_KEY,
            case.document.source,
            region.span,
            f"the bibliography has no entry {shorten(key, 40)}",
            key=key,
        )


def _unmade(case: Case) -> Iterator[Finding]:
    """A generated list cannot be made again.

    ## What it does

    Reports a list whose style is unknown, whose style needs pandoc where there is none, or whose
    numbers cannot be put into a marker of the page.

    ## Why it matters

    Nobody can tell whether such a list is stale.

    ## Example

    ```markdown
    <!-- evidence:references style=nosuch source=refs.bib show=all keys="smith2010" -->
    1. Smith A. Bed rest for back pain. J Imaginary Med. 2010;3(2):10-4.
    <!-- /evidence:references -->
    ```

    ## How to fix

    Name a style that exists in the marker, or install pandoc (`pip install evidence-bib[csl]`).
    """
    made = _regeneration(case)
    for index, reason in made.refused if made else ():
        region = case.document.regions[index]
        yield finding(
            UNMADE_LIST,
            case.document.source,
            region.span,
            f"this list cannot be made again: {shorten(reason, 200)}",
            key=region.options.get("keys", ""),
        )


STALE_LIST = Rule("LST001", "stale-list", "error", "page", frozenset(), _stale)
EDITED_LIST = Rule("LST002", "edited-list", "error", "page", frozenset(), _edited)
UNKNOWN_KEY = Rule("LST003", "unknown-key", "error", "page", frozenset(), _unknown_key)
UNMADE_LIST = Rule("LST004", "unmade-list", "warning", "page", frozenset(), _unmade)

RULES = (STALE_LIST, EDITED_LIST, UNKNOWN_KEY, UNMADE_LIST)
