"""The styles by name, and lines of references in any of them for any target.

A style is a function from a `Work` to pieces; a back-end writes pieces for its target. To add a
style, write the function in a file of its own and name it in `STYLES`. Every other name is that of a
CSL style, which pandoc sets (`csl`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

from evidence.errors import UsageError
from evidence.model import Work
from evidence.rendering.ama import ama
from evidence.rendering.apa import apa, letters
from evidence.rendering.nlm import nlm
from evidence.rendering.pieces import Piece, Pieces, joined
from evidence.rendering.pubmed import pubmed

STYLES: dict[str, Callable[[Work], Pieces]] = {"pubmed": pubmed, "nlm": nlm, "ama": ama, "apa": apa}

#: Other names of our styles; the CSL project renamed Vancouver in January 2026 (renamed-styles.json).
SAME_AS = {
    "vancouver": "nlm",
    "icmje": "nlm",
    "national-library-of-medicine": "nlm",
    "nlm-citation-sequence": "nlm",
    "nlm-citation-sequence-brackets": "nlm",
    "nlm-citation-sequence-superscript": "nlm",
    "vancouver-brackets": "nlm",
    "vancouver-superscript": "nlm",
    "american-medical-association": "ama",
    "american-medical-association-brackets": "ama",
    "ama-11": "ama",
    "american-psychological-association": "apa",
    "apa-7": "apa",
    "apa-7th-edition": "apa",
}
#: CSL styles under the names that they had before (renamed-styles.json of the CSL project, 2026-01).
RENAMED = {
    "vancouver-alphabetical": "nlm-citation-name",
    "vancouver-author-date": "nlm-name-year",
    "vancouver-brackets-no-et-al": "nlm-citation-sequence-brackets-no-et-al",
    "vancouver-brackets-only-year-no-issue": "nlm-citation-sequence-brackets-year-only-no-issue",
    "vancouver-superscript-brackets-only-year": "nlm-citation-sequence-superscript-brackets-year-only",
    "vancouver-superscript-only-year": "nlm-citation-sequence-superscript-year-only-no-issue",
    "vancouver-imperial-college-london": "imperial-college-london-numerical",
    "national-library-of-medicine-brackets-no-et-al": "nlm-citation-sequence-brackets-no-et-al",
    "national-library-of-medicine-grant": "nlm-citation-sequence-superscript",
    "national-library-of-medicine-grant-proposals": "nlm-citation-sequence-superscript",
}

#: Targets and the modules that write them; `mdx` is Markdown in which autolinks would be JSX.
TARGETS = {"text": "text", "markdown": "markdown", "mdx": "markdown", "html": "html", "latex": "latex"}


def native(style: str) -> str:
    """Return the name of our own style that a name stands for, or "" where a CSL style is meant."""
    name = style.strip().lower().removesuffix(".csl") if not any(c in style for c in "/\\") else style
    if style.lower().endswith(".csl"):
        return ""
    return name if name in STYLES else SAME_AS.get(name, "")


def check_style(style: str, root: str = "") -> None:
    """Raise UsageError, naming the styles that exist, unless `style` is ours or that of a .csl file.

    A relative path of a .csl file is from `root` (this folder where it is empty).
    """
    if not native(style):
        _csl_file(style, root)


def _csl_file(style: str, root: str) -> Path:
    from evidence.rendering import csl

    try:
        return csl.find_style(RENAMED.get(style, style), root)
    except UsageError as error:
        if style.lower().endswith(".csl"):
            raise
        hint = "; any other by the path of its .csl file"
        raise UsageError(_unknown("style", style, STYLES) + hint) from error


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

    Styles: `pubmed`, `nlm` (ICMJE, Vancouver), `ama`, `apa`, or the path or name of a CSL style,
    which pandoc sets. Targets: `text`, `markdown`, `html`, `latex` (and `mdx`). Our own styles set
    each work by itself, whatever stands beside it. Everything a work holds is inert in the target:
    no markup, no command, no second line. Raises UsageError for an unknown style or target, naming
    those that exist, and where pandoc is needed and absent or loses something.
    """
    name = native(style)
    pieces = [STYLES[name](work) for work in works] if name else _through_pandoc(works, style, "")
    return _written(pieces, to)


def render_list(
    works: Sequence[Work], style: str = "pubmed", to: str = "text", *, root: str = ""
) -> list[str]:
    """Return the lines of works that stand in one list: as `render`, with 2015a and 2015b told apart.

    `root` is where relative paths of .csl files begin. Raises UsageError as `render` does.
    """
    name = native(style)
    if name == "apa":
        pairs = zip(works, letters(list(works)), strict=True)
        return _written([apa(work, letter) for work, letter in pairs], to)
    if name:
        return render(works, name, to)
    return _written(_through_pandoc(works, style, root), to)


def _written(lines: Iterable[Pieces], to: str) -> list[str]:
    write = writer(to)
    return [write(joined(line)) for line in lines]


def _through_pandoc(works: Sequence[Work], style: str, root: str) -> list[Pieces]:
    from evidence.rendering import csl

    return csl.set_in(works, _csl_file(style, root))


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there is no {what} {name!r}: choose {' or '.join(sorted(known))}{hint}"
