"""Any other CSL style, through pandoc: one process a run, and nothing is believed unseen.

pandoc reads CSL-JSON and a .csl file and answers with its syntax tree, from which pieces are made,
so that every target is escaped by our own back-ends. What comes back is held against the works
(`_wrong`): citation processors have been seen to drop authors, dates and whole entries silently.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from evidence.errors import UsageError
from evidence.model import Work
from evidence.names import fold
from evidence.rendering.csljson import items
from evidence.rendering.pieces import Piece, Pieces, clean, doi_address, link, visible

#: Seconds that pandoc may take: an author-date style with 1,000 works takes up to two minutes.
PATIENCE = 300.0

#: Longest .csl file that is read; the largest of the public collection has 0.2 MB.
LONGEST = 2_000_000

#: Folders in which people and systems keep CSL styles (pandoc's manual, Zotero's data directory, Debian).
_FOLDERS = (
    "~/.local/share/pandoc/csl",
    "~/.pandoc/csl",
    "~/Zotero/styles",
    "/usr/share/citation-style-language/styles",
)


def find_style(name: str, root: str = "") -> Path:
    """Return the .csl file that a style's name or path leads to; a relative path is from `root`.

    Raises UsageError where there is none, or where it is a dependent style: processors would fetch
    its parent from the network.
    """
    if "\0" in name:
        raise UsageError(f"{name!r} is no name of a style")
    base = Path(root or ".")
    wanted: list[Path] = []
    if name.lower().endswith(".csl"):
        wanted = [base / Path(name).expanduser()]
    elif re.fullmatch(r"[A-Za-z0-9][\w.+-]{0,150}", name):
        wanted = [base / f"{name}.csl", *(Path(f).expanduser() / f"{name}.csl" for f in _FOLDERS)]
    path = next((path for path in wanted if path.is_file()), None)
    if path is None:
        raise UsageError(f"there is no style {name}: no such .csl file")
    if path.stat().st_size > LONGEST:
        raise UsageError(f"{name}: a CSL style has at most {LONGEST:,} bytes")
    text = path.read_text("utf-8", "replace")
    if "<style" not in text or "http://purl.org/net/xbiblio/csl" not in text:
        raise UsageError(f"{name}: this is no CSL style")
    if "independent-parent" in text and "<citation" not in text:
        links = re.findall(r"<link\b[^<>]{0,500}>", text)
        parent = next((link for link in links if "independent-parent" in link), "")
        address = re.search(r"""href=["']([^"'<>]{0,300})""", parent)
        where = f" ({address.group(1)})" if address else ""
        raise UsageError(f"{name}: this style only names another one{where}: give the file of that one")
    return path


def find_pandoc() -> str:
    """Return the path of pandoc: the system's own, else that of the package pypandoc_binary.

    Raises UsageError, saying how to get it, where there is none.
    """
    own = shutil.which("pandoc")
    if own:
        return own
    from importlib.util import find_spec

    spec = find_spec("pypandoc")
    for folder in spec.submodule_search_locations or () if spec else ():
        for name in ("pandoc", "pandoc.exe"):
            path = Path(folder) / "files" / name
            if path.is_file() and os.access(path, os.X_OK):
                return str(path)
    raise UsageError("other styles need pandoc: install it, or `pip install evidence-bib[csl]`")


def set_in(works: Sequence[Work], style: Path) -> list[Pieces]:
    """Return the line of each work, in order, as the style sets it.

    Raises UsageError where pandoc is absent, fails or takes too long, and where a line lacks what
    its work has.
    """
    if not works:
        return []
    text = json.dumps(items(works), ensure_ascii=False)
    entries = _entries(_run(text, str(style), style.stat().st_mtime_ns))
    if sorted(entries) != sorted(str(number) for number in range(1, len(works) + 1)):
        lost = next((w for n, w in enumerate(works, 1) if str(n) not in entries), None)
        name = f", without {clean(lost.title)[:60]!r}" if lost else ""
        raise UsageError(f"{style.name}: {len(works)} entries went in, {len(entries)} came out{name}")
    lines = []
    for number, work in enumerate(works, 1):
        line = _with_doi(entries[str(number)], work)
        wrong = _wrong(work, visible(line))
        if wrong:
            title = clean(work.title)[:60]
            raise UsageError(f"{style.name} sets {title!r} {wrong}: use another style for this list")
        lines.append(line)
    return lines


@lru_cache(maxsize=64)
def _run(text: str, style: str, changed: int) -> dict[str, Any]:
    """Run pandoc once for all works of a list; it may open no file but the style.

    `changed` is the style's time of change: the same list in the same style is set once a run.
    """
    name = Path(style).name
    command = [find_pandoc(), "--sandbox", "--from=csljson", "--to=json", "--citeproc", f"--csl={style}"]
    data = text.encode("utf-8", "replace")
    try:
        ran = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise UsageError(f"{name}: pandoc took longer than {PATIENCE:.0f} s") from None
    except OSError as error:
        raise UsageError(f"pandoc cannot be run: {error}") from None
    if ran.returncode:
        said = clean(ran.stderr.decode("utf-8", "replace"))[:300]
        raise UsageError(f"{name}: pandoc failed: {said or ran.returncode}")
    try:
        tree = json.loads(ran.stdout)
    except ValueError:
        raise UsageError(f"{name}: pandoc's answer is no JSON") from None
    return tree if isinstance(tree, dict) else {}


def _entries(tree: Mapping[str, Any]) -> dict[str, Pieces]:
    """Return the entries of pandoc's bibliography by the number that they were given."""
    found: dict[str, Pieces] = {}
    blocks = list(tree.get("blocks") or ())
    while blocks:
        block = blocks.pop(0)
        if not isinstance(block, dict) or block.get("t") != "Div":
            continue
        (name, classes, _), inside = block["c"]
        if "csl-entry" in classes:
            parts = [piece for one in inside for piece in _pieces(one.get("c") or (), "text")]
            found[name.removeprefix("ref-")] = _tidy(parts)
        else:
            blocks = [*inside, *blocks]
    return found


def _pieces(inlines: Any, kind: Any) -> Iterator[Piece]:
    """Turn pandoc's inlines into pieces; a label in the left margin is the list's own number."""
    for inline in inlines if isinstance(inlines, list) else ():
        name, content = inline.get("t"), inline.get("c")
        if name == "Str":
            yield Piece(content, kind)
        elif name in ("Space", "SoftBreak", "LineBreak"):
            yield Piece(" ", kind)
        elif name in ("Emph", "Superscript", "Subscript"):
            shape = {"Emph": "italic", "Superscript": "sup", "Subscript": "sub"}[name]
            # CSL sets italics within italics upright
            yield from _pieces(content, "text" if name == "Emph" and kind == "italic" else shape)
        elif name in ("Strong", "SmallCaps", "Underline", "Strikeout"):
            yield from _pieces(content, kind)
        elif name == "Quoted":
            marks = "‘’" if content[0].get("t") == "SingleQuote" else "“”"
            yield Piece(marks[0], kind)
            yield from _pieces(content[1], kind)
            yield Piece(marks[1], kind)
        elif name == "Span" and "csl-left-margin" not in content[0][1]:
            if {"csl-block", "csl-indent"}.intersection(content[0][1]):
                yield Piece(" ", kind)
            yield from _pieces(content[1], kind)
        elif name == "Link":
            text = visible(_pieces(content[1], "text"))
            yield _link(text, str(content[2][0]))
        elif name in ("Code", "Math"):
            yield Piece(str(content[1]), kind)


def _link(text: str, address: str) -> Piece:
    """Return a link to where ours lead; a title that is a link stays text."""
    doi = re.match(r"https?://(?:dx\.)?doi\.org/(10\..+)", address)
    bare = re.sub(r"^https?://(?:dx\.)?doi\.org/", "", text)
    if doi and bare.startswith("10."):
        return Piece(text, "link", doi_address(bare))
    if text == address and (pieces := link(address)):
        return pieces[0]
    return Piece(text)


def _tidy(pieces: Sequence[Piece]) -> Pieces:
    """Clean the text of pieces, with single blanks and none at either end."""
    result: list[Piece] = []
    before = " "
    for piece in pieces:
        text = re.sub(r"\s+", " ", clean(f"x{piece.text}x")[1:-1])
        if before.endswith(" "):
            text = text.lstrip(" ")
        if text:
            result.append(piece._replace(text=text))
            before = text
    if result and result[-1].kind != "link":
        result[-1] = result[-1]._replace(text=result[-1].text.rstrip(" "))
    return tuple(piece for piece in result if piece.text)


def _with_doi(line: Pieces, work: Work) -> Pieces:
    """Add the DOI where a style leaves it out: an entry without one cannot be checked again."""
    doi = clean(work.printed_doi)
    if not doi or doi.lower() in visible(line).lower():
        return line
    return (*line, Piece(" "), Piece(f"https://doi.org/{doi}", "link", doi_address(doi)))


def _wrong(work: Work, line: str) -> str:
    """Return what is wrong with a line ("without its year"); "" where all is there.

    Families may stop at "et al"; the first one must stand. Not every style prints the volume of a
    book, so volume and page are asked for in articles only.
    """
    words = f" {fold(line)} "
    people = work.authors or work.editors
    cut = re.search(r"\bet al|…|\. \. \.|\band others\b|\bu\. ?a\.", line)
    for name in people[:1] if cut else people:
        family = fold(name.literal or name.family)
        if family and family not in words:
            return f"without its author {clean(name.literal or name.family)}"
    article = work.type in ("article-journal", "article-magazine")
    page = re.match(r"\w+", clean(work.pages)) if article else None
    wanted = {
        "year": str(work.year or ""),
        "volume": clean(work.volume) if article else "",
        "page": page.group() if page else "",
    }
    for what, value in wanted.items():
        if value and fold(value) not in words:
            return f"without its {what} {value}"
    own = clean(f"{work.title} {work.subtitle} {work.container}")
    marks = re.findall(r"[?!.]\.(?!\.)| ;|&amp;|\b(?:eds?|editors?)\b\.?(?=[A-Z])", line.replace("...", "…"))
    strange = next((mark for mark in marks if mark not in own), "")
    return f"with {strange!r} where no style wants it" if strange else ""
