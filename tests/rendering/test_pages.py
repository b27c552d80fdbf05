"""From a page as people write it to a page with generated lists, read by the real reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evidence import pages, sources
from evidence.edit import apply
from evidence.model import Document, Kind, Source, Work
from evidence.rendering import render
from evidence.rendering.inplace import regenerate
from evidence.rendering.takeover import own_form, take_over

SMITH = "Smith JA, Jones B. Rest in bed for low back pain. J Rest. 2010 Mar;3(2):10-4. doi: 10.1000/rest.1."
RAY = "Ray C. Walking and the spine: a cohort study. Spine Walk. 2012;7:120-8."
PAGE = (
    "# Backs\n\nRest helps little [1], walking more [2].\n\n## References\n\n{}\n\n"
    "## Contact\n\nWrite to us.\n"
)
HTML = (
    "<html><body><main><h1>Backs</h1>"
    '<p>Rest <a href="#ref-1">[1]</a>, walking <a href="#ref-2">[2]</a>.</p>\n'
    "<h2>References</h2>\n{}\n<h2>Contact</h2><p>Write to us.</p></main></body></html>\n"
)
TEX = (
    "\\documentclass{{article}}\n\\begin{{document}}\nRest \\cite{{smith}}, walking \\cite{{ray}}.\n{}\n"
    "\\end{{document}}\n"
)

UNCITED = PAGE.replace(" [1]", "").replace(" [2]", "")
FORMS: list[tuple[str, str]] = [
    ("page.md", PAGE.format(f"1. {SMITH}\n2. {RAY}")),
    ("page.md", PAGE.format(f"1. {SMITH}\n2. {RAY}").replace("\n", "\r\n")),
    ("page.md", PAGE.format(f"1) {SMITH}\n\n2) {RAY}")),
    ("page.md", PAGE.format(f"[1] {SMITH}\n\n[2] {RAY}")),
    ("page.md", UNCITED.format(f"- {SMITH}\n- {RAY}")),
    ("page.md", UNCITED.format(f"* {SMITH}\n* {RAY}")),
    ("page.md", UNCITED.format(f"{SMITH}\n\n{RAY}")),
    ("page.md", PAGE.format(f"1. <a id='one'></a>{SMITH}\n2. **{RAY}**")),
    ("page.mdx", PAGE.format(f"1. {SMITH}\n2. {RAY}")),
    (
        "page.html",
        HTML.format(f'<ol class="refs"><li id="ref-1">{SMITH}</li>\n<li id="ref-2">{RAY}</li></ol>'),
    ),
    (
        "page.html",
        HTML.format(
            f'<ol>\n<li><p><a name="ref-1"></a>{SMITH}</p></li>\n<li><p id="ref-2"><i>{RAY}</i></p></li></ol>'
        ),
    ),
    ("page.html", HTML.format(f"<ul><li>{SMITH}</li><li>{RAY}</li></ul>")),
    ("page.html", HTML.format(f"<p>{SMITH}</p>\n<p>{RAY}</p>")),
    ("page.html", HTML.format(f'<p id="ref-1">[1] {SMITH}</p>\n<p id="ref-2">[2] {RAY}</p>')),
    (
        "page.tex",
        TEX.format(
            f"\\begin{{thebibliography}}{{9}}\n\\bibitem{{smith}} {SMITH}\n\\bibitem{{ray}} {RAY}\n"
            "\\end{thebibliography}"
        ),
    ),
]


def read(name: str, text: str) -> Document:
    kind: Kind | None = sources.kind_of(name)
    assert kind is not None
    return pages.read(Source(name, text, kind))


def adopt(document: Document) -> tuple[str, dict[str, Work]]:
    entries = {i: (r.key, r.work) for i, r in enumerate(document.references)}
    edits = take_over(document, entries, style="pubmed", source="refs.bib").edits
    return apply(document.source.text, edits), dict(entries.values())


@pytest.mark.parametrize(("name", "text"), FORMS)
def test_a_page_is_taken_over_and_then_stays_as_it_is(name: str, text: str) -> None:
    before = read(name, text)
    assert [r.work.year for r in before.references] == [2010, 2012]
    page, works = adopt(before)
    after = read(name, page)
    assert page != text
    assert [region.kind for region in after.regions] == ["references"]
    assert after.regions[0].layout == before.regions[0].layout
    assert regenerate(after, works).edits == ()
    assert [r.work for r in after.references] == [r.work for r in before.references]
    assert [c.keys for c in after.citations] == [c.keys for c in before.citations]
    assert not any(c.dangling for c in after.citations)
    begin, end = before.regions[0].span.start, before.regions[0].span.end
    assert page.startswith(text[:begin].rstrip(" \t"))
    assert page.endswith(text[end:].lstrip())
    newline = "\r\n" if "\r\n" in text else "\n"
    assert page.count("\n") == page.count(newline)
    ids = [found for found in ("ref-1", "ref-2") if f'#{found}"' in text and f'"{found}"' in text]
    assert all(f'id="{found}"' in page for found in ids)
    changed = {**works, before.references[1].key: Work(title="Another work")}
    third = apply(page, regenerate(after, changed).edits)
    assert "Another work." in third
    assert regenerate(read(name, third), changed).edits == ()
    assert apply(third, regenerate(read(name, third), works).edits) == page


def test_footnotes_are_no_list_and_stay() -> None:
    notes = PAGE.format(f"[^1]: {SMITH}\n[^2]: {RAY}").replace(" [1]", "[^1]").replace(" [2]", "[^2]")
    document = read("page.md", notes)
    assert len(document.references) == 2
    assert adopt(document)[0] == notes


SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "pages"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not here")
@pytest.mark.parametrize("name", ["stem-cells.md", "stem-cells.html"])
def test_the_real_page(name: str) -> None:
    source = sources.read(SHARED / name, name=name)
    before = pages.read(source)
    page, works = adopt(before)
    after = read(name, page)
    assert [r.options["show"] for r in after.regions] == ["cited", "uncited"]
    assert [len(r.members) for r in after.regions] == [5, 7]
    assert regenerate(after, works).edits == ()
    assert [c.keys for c in after.citations] == [c.keys for c in before.citations]
    assert own_form(before, before.regions[1]) == own_form(after, after.regions[1]) == "pubmed"
    assert source.text[: before.regions[0].span.start] == page[: before.regions[0].span.start]
    assert page.endswith(source.text[before.regions[1].span.end :])


ODD_TITLES = [
    "Backs & legs: 50% of $5 #1 under_score ~tilde ^caret {braces} back\\slash",
    "P<0.05 or a > b | pipes `ticks` *stars* [brackets](javascript:x)",
    "<script>alert(1)</script> and @team <!-- /evidence:references -->",
]


@pytest.mark.parametrize("title", ODD_TITLES)
@pytest.mark.parametrize("name", ["page.md", "page.mdx", "page.html", "page.tex"])
def test_odd_titles_are_read_from_the_page_as_they_are_seen(name: str, title: str) -> None:
    template = {"page.html": HTML, "page.tex": TEX}.get(name, PAGE)
    if name == "page.tex":
        items = f"\\begin{{thebibliography}}{{9}}\n\\bibitem{{smith}} {SMITH}\n\\end{{thebibliography}}"
    else:
        items = f"<ol><li>{SMITH}</li></ol>" if name == "page.html" else f"1. {SMITH}"
    before = read(name, template.format(items))
    page, works = adopt(before)
    entries = {key: replace(work, title=title) for key, work in works.items()}
    after = read(name, apply(page, regenerate(read(name, page), entries).edits))
    assert [r.raw for r in after.references] == render(list(entries.values()))
    assert regenerate(after, entries).edits == ()
