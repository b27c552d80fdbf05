"""Hand-made pages of many makes: rendered once and twice, moved about, put in order, thinned out."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from evidence import inputs, relisting
from evidence.edit import write
from evidence.model import Document, Settings
from evidence.site import join

from .generated import Made, page

REGION = re.compile(r"<!-- evidence:references.*?<!-- /evidence:references -->", re.DOTALL)


class Folder:
    """A page and its bibliography on disk."""

    def __init__(self, folder: Path, made: Made) -> None:
        self.told = Settings(root=str(folder), today="2026-01-01")
        self.path, self.made = folder / made.name, made
        self.path.write_bytes(made.page.encode())
        (folder / "refs.bib").write_text(made.book, "utf-8")

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode()

    def render(self, **wishes: Any) -> relisting.Relisting:
        done = relisting.relist([str(self.path)], self.told, **wishes).pages[0]
        assert done.problems == ()
        assert done.hand_edited == 0
        write(done.document.source, done.edits)
        return done

    def read(self) -> tuple[Document, list[set[str]]]:
        """The page, and the titles that the markers of each line cite."""
        read = inputs.read([str(self.path)], self.told)
        site = join(read.documents, read.shelf)
        titles = {r.key: r.work.title for d in site.documents if d.is_bibliography for r in d.references}
        document = next(d for d in site.documents if d.source.name == self.made.name)
        lines: dict[int, set[str]] = {}
        for citation in document.citations:
            line = document.source.text.count("\n", 0, citation.span.start)
            lines.setdefault(line, set()).update(titles.get(key, key) for key in citation.keys)
        return document, [lines[line] for line in sorted(lines)]


def prose(text: str) -> str:
    """The page without its lists, its numbers and the tags around these."""
    return re.sub(r"<a href[^>]*>|</a>|[\d,\-–\[\]⁰¹²³⁴⁵⁶⁷⁸⁹ ]+", "", REGION.sub("", text))


@pytest.mark.parametrize("seed", range(40))
def test_a_page_is_taken_over_and_its_markers_go_on_meaning_the_same(seed: int, tmp_path: Path) -> None:
    made = page(seed)
    folder = Folder(tmp_path, made)
    _, before = folder.read()
    assert before == made.cited
    folder.render()
    first = folder.text
    _, after = folder.read()
    assert after == made.cited
    assert folder.render().edits == ()
    assert folder.text == first
    assert first.count("\r\n") == (first.count("\n") if "\r\n" in made.page else 0)
    for paragraph in made.prose:
        assert prose(paragraph) in prose(first)
    for keys in re.findall(r' keys="([^"]*)"', first):
        assert len(set(keys.split())) == len(keys.split())


@pytest.mark.parametrize("seed", range(12))
def test_moved_paragraphs_change_nothing_and_an_order_by_citation_renumbers(
    seed: int, tmp_path: Path
) -> None:
    folder = Folder(tmp_path, page(seed))
    folder.render()
    text = folder.text
    paragraphs = [
        line for line in text.splitlines(keepends=True) if any(p in line for p in folder.made.prose)
    ]
    at = text.find(paragraphs[0]) if paragraphs else 0
    shuffled = random.Random(seed).sample(paragraphs, len(paragraphs))
    for old in paragraphs:
        text = text.replace(old, "", 1)
    folder.path.write_bytes((text[:at] + "\n".join(shuffled) + "\n" + text[at:]).encode())
    moved = folder.text
    _, cited = folder.read()
    assert folder.render().edits == ()
    folder.render(order="cited")
    document, after = folder.read()
    assert after == cited
    numbers = [int(label) for c in document.citations for label in c.labels if label.isdecimal()]
    first = list(dict.fromkeys(numbers))
    assert first == sorted(first)
    ordered = folder.text
    assert folder.render().edits == ()  # the order is kept in the marker
    assert prose(ordered) == prose(moved)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_uncited_goes_when_asked(seed: int, tmp_path: Path) -> None:
    folder = Folder(tmp_path, page(seed))
    folder.render()
    _, cited = folder.read()
    if not cited:
        return
    folder.render(drop_uncited=True)
    document, after = folder.read()
    assert after == cited
    named = {key for citation in document.citations for key in citation.keys}
    for region in document.regions:
        if region.options["show"] != "uncited":
            assert set(region.options["keys"].split()) <= named
    assert folder.render().edits == ()
