"""`render`: lists are set, kept and checked; what people typed is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK, KROCK_TEXT, PETTINE, PETTINE_TEXT, RETRACTED

OPEN = '<!-- evidence:references style=pubmed source=refs.bib show=cited keys="pettine2015 krock2015" -->'
PAGES = {
    "page.md": "Cells [1] and more [2].\n\n## References\n\n1. {0}\n2. {1}\n\nThe end, *words*.\n",
    "page.html": "<p>Cells [1] and more [2].</p>\n<h2>References</h2>\n<ol>\n<li>{0}</li>\n<li>{1}</li>\n</ol>\n"
                 "<p>The end.</p>\n",
    "page.mdx": "import X from 'y'\n\nCells [1] and more [2].\n\n## References\n\n1. {0}\n2. {1}\n\nThe end.\n",
    "page.tex": "Cells~\\cite{{pettine2015}} and more~\\cite{{krock2015}}.\n\n\\begin{{thebibliography}}{{9}}\n"
                "\\bibitem{{pettine2015}} {0}\n\\bibitem{{krock2015}} {1}\n\\end{{thebibliography}}\n\nThe end.\n",
}  # fmt: skip
TWO_LISTS = f"""Cells [1].

## References

1. {PETTINE_TEXT}

## Further reading

{KROCK_TEXT}

Hollow G, Vane I. Marrow Cells Abolish Back Pain in a Week: A Trial That Was Not. Ann Imag Cell Ther. 2012;5(2):55-63.

## More words

The end.
"""


@pytest.fixture
def book(project: Path) -> Path:
    path = project / "refs.bib"
    path.write_text(PETTINE + KROCK + RETRACTED)
    return path


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, book: Path) -> Path:
    path = Path(request.param)
    path.write_text(PAGES[request.param].format(PETTINE_TEXT, KROCK_TEXT))
    return path


def test_the_first_render_sets_the_markers_and_the_second_changes_no_byte(
    page: Path, run: Run, check: Run
) -> None:
    before = page.read_text()
    ran = run("render", page.name)
    assert (ran.code, ran.out) == (0, "")
    first = page.read_text()
    assert first.count(" evidence:references ") == 1
    assert first.count("/evidence:references") == 1
    assert 'keys="pettine2015 krock2015"' in first
    assert first.endswith(before[before.index("The end") :])
    assert first.startswith(before[: before.index("eferences")] if "eferences" in before else before[:20])
    about = page.stat().st_mtime_ns
    ran = run("render", page.name)
    assert ran.code == 0
    assert (page.read_text(), page.stat().st_mtime_ns) == (first, about)
    assert run("render", "--check", page.name).code == 0
    assert run("render", "--diff", page.name).out == ""
    report = check(page.name, "--select", "CIT,LST,REF001")
    assert report.code == 0
    assert report.json["findings"] == []
    assert [len(r["appears"]) for r in report.json["references"]] == [1, 1]
    assert [c["keys"] for c in report.json["citations"]] == [["pettine2015"], ["krock2015"]]


@pytest.mark.parametrize("option", ["--check", "--diff", "--dry-run"])
def test_a_page_that_was_never_rendered_is_shown_and_not_written(option: str, page: Path, run: Run) -> None:
    before = page.read_bytes()
    ran = run("render", option, page.name)
    assert ran.code == (1 if option == "--check" else 0)
    assert "+" in ran.out
    assert "evidence:references" in ran.out
    assert page.read_bytes() == before


def test_a_changed_entry_makes_the_list_stale_and_render_mends_it(
    page: Path, book: Path, run: Run, check: Run
) -> None:
    run("render", page.name)
    first = page.read_text()
    book.write_text(book.read_text().replace("volume = {33}", "volume = {34}"))
    ran = check(page.name, "--select", "LST")
    assert ran.code == 1
    assert [f["severity"] for f in ran.named("stale-list")] == ["error"]
    ran = run("render", "--check", page.name)
    assert ran.code == 1
    assert "34" in ran.out
    assert page.read_text() == first
    assert run("render", page.name).code == 0
    assert "2015;34" in page.read_text()
    assert run("render", "--check", page.name).code == 0
    assert not check(page.name, "--select", "LST").json["findings"]


def test_a_list_that_was_changed_by_hand_is_refused(page: Path, book: Path, run: Run, check: Run) -> None:
    run("render", page.name)
    typed = page.read_text().replace("Percutaneous", "PERCUTANEOUS")
    page.write_text(typed)
    ran = run("render", page.name)
    assert ran.code == 1
    assert "--unsafe" in ran.err
    assert page.read_text() == typed
    assert run("render", "--check", page.name).code == 1
    assert check(page.name, "--select", "LST").code == 1
    assert run("render", "--unsafe", page.name).code == 0
    assert "PERCUTANEOUS" not in page.read_text()
    assert run("render", "--check", page.name).code == 0


def test_newlines_and_encoding_are_kept(page: Path, run: Run) -> None:
    before = ("é " + page.read_text()).replace("\n", "\r\n").encode("utf-8-sig")
    page.write_bytes(before)
    assert run("render", page.name).code == 0
    after = page.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert run("render", "--check", page.name).code == 0


def test_two_lists_each_get_their_own_markers(book: Path, run: Run, check: Run) -> None:
    page = Path("page.md")
    page.write_text(TWO_LISTS)
    assert run("render", "page.md").code == 0
    text = page.read_text()
    assert text.count("<!-- evidence:references ") == 2
    assert 'show=cited keys="pettine2015"' in text
    assert 'show=uncited keys="krock2015 hollow2012"' in text
    assert text.endswith("## More words\n\nThe end.\n")
    assert run("render", "--check", "page.md").code == 0
    assert check("page.md", "--select", "CIT,LST").json["findings"] == []


def test_numbers_go_on_meaning_what_the_markers_say(book: Path, run: Run, check: Run) -> None:
    page = Path("page.md")
    page.write_text(PAGES["page.md"].format(PETTINE_TEXT, KROCK_TEXT))
    run("render", "page.md")
    page.write_text(
        page.read_text().replace('keys="pettine2015 krock2015"', 'keys="krock2015 hollow2012 pettine2015"')
    )
    assert run("render", "--unsafe", "page.md").code == 0
    text = page.read_text()
    assert (
        text.index("1. ")
        < text.index("Milieu")
        < text.index("2. ")
        < text.index("Abolish")
        < text.index("3. ")
    )
    assert [c["keys"] for c in check("page.md", "--offline").json["citations"]] == [
        ["krock2015"],
        ["hollow2012"],
    ]


def test_a_page_whose_items_do_not_all_resolve_is_named_and_unchanged(book: Path, run: Run) -> None:
    page = Path("page.md")
    text = PAGES["page.md"].format(
        PETTINE_TEXT, "Nobody N. Something that is in no bibliography. J Backs. 2001;1:1-2."
    )
    page.write_text(text)
    ran = run("render", "page.md")
    assert ran.code == 1
    assert "line 6" in ran.err
    assert "Something that is in no" in ran.err
    assert page.read_text() == text


def test_a_key_without_an_entry_is_named(book: Path, run: Run, check: Run) -> None:
    page = Path("page.md")
    page.write_text(PAGES["page.md"].format(PETTINE_TEXT, KROCK_TEXT))
    run("render", "page.md")
    book.write_text(PETTINE)
    before = page.read_text()
    ran = run("render", "page.md")
    assert ran.code == 1
    assert "krock2015" in ran.err
    assert page.read_text() == before
    assert check("page.md", "--select", "LST").code == 1


def test_a_text_page_is_never_rewritten_and_its_list_can_be_printed(book: Path, run: Run) -> None:
    page = Path("page.txt")
    text = f"Cells [1] and more [2].\n\nReferences\n\n1. {PETTINE_TEXT}\n2. {KROCK_TEXT}\n"
    page.write_text(text)
    ran = run("render", "page.txt")
    assert ran.code == 1
    assert "--fragment" in ran.err
    assert page.read_text() == text
    ran = run("render", "--fragment", "page.txt")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("1. Pettine KA, Murphy MB,")
    assert lines[1].startswith("2. Krock E,")
    assert page.read_text() == text


def test_the_fragment_of_a_page_is_its_list_and_nothing_is_written(page: Path, run: Run) -> None:
    before = page.read_text()
    ran = run("render", "--fragment", page.name)
    assert ran.code == 0
    assert "Pettine" in ran.out
    assert "evidence:references" not in ran.out
    assert page.read_text() == before
    run("render", page.name)
    assert run("render", "--fragment", page.name).out == ran.out


def test_a_bibliography_is_printed_an_entry_a_line(book: Path, run: Run) -> None:
    ran = run("render", "refs.bib")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert len(lines) == 3
    assert lines[0] == (
        "Pettine KA, Murphy MB, Suzuki RK, Sand TT. Percutaneous injection of autologous bone marrow concentrate "
        "cells significantly reduces lumbar discogenic pain through 12 months. Stem Cells. 2015;33(1):146-56. "
        "doi: 10.1002/stem.1845."
    )


@pytest.mark.parametrize("name", ["missing.md", "missing.bib"])
def test_what_cannot_be_read_is_2(name: str, book: Path, run: Run) -> None:
    ran = run("render", name)
    assert ran.code == 2
    assert name in ran.err


def test_an_unknown_style_is_2_on_the_command_line_and_in_a_marker(book: Path, run: Run) -> None:
    page = Path("page.md")
    page.write_text(PAGES["page.md"].format(PETTINE_TEXT, KROCK_TEXT))
    ran = run("render", "page.md", "--style", "pubmd")
    assert ran.code == 2
    assert "pubmed" in ran.err
    run("render", "page.md")
    changed = page.read_text().replace("style=pubmed", "style=nosuch")
    page.write_text(changed)
    ran = run("render", "page.md")
    assert ran.code in (1, 2)
    assert "nosuch" in ran.err
    assert page.read_text() == changed


def test_render_asks_nobody_and_writes_no_lock(book: Path, run: Run, standin: object) -> None:
    Path("page.md").write_text(PAGES["page.md"].format(PETTINE_TEXT, KROCK_TEXT))
    run("render", "page.md")
    assert not Path("refs.lock").exists()


def test_no_page_is_the_project(book: Path, run: Run) -> None:
    for name in ("a.md", "b.html"):
        Path(name).write_text(PAGES[f"page{Path(name).suffix}"].format(PETTINE_TEXT, KROCK_TEXT))
    assert run("render").code == 0
    assert all("evidence:references" in Path(name).read_text() for name in ("a.md", "b.html"))
    assert run("render", "--check").code == 0


def test_a_page_without_a_list_is_left_alone(book: Path, run: Run) -> None:
    Path("page.md").write_text("Only words [@pettine2015].\n")
    ran = run("render", "page.md")
    assert ran.code == 0
    assert "no references found" in ran.err
    assert Path("page.md").read_text() == "Only words [@pettine2015].\n"


def test_markers_that_a_person_put_around_nothing_are_filled(book: Path, run: Run, check: Run) -> None:
    Path("page.md").write_text(
        f"Cells [1] and [2].\n\n## References\n\n{OPEN}\n<!-- /evidence:references -->\n\nThe end.\n"
    )
    assert run("render", "page.md").code == 0
    text = Path("page.md").read_text()
    assert "1. Pettine KA" in text
    assert "2. Krock E" in text
    assert text.endswith("The end.\n")
    assert run("render", "--check", "page.md").code == 0


def test_markers_with_show_all_take_every_entry(book: Path, run: Run) -> None:
    Path("page.md").write_text(
        "Cells [@krock2015].\n\n<!-- evidence:references source=refs.bib show=all -->\n<!-- /evidence:references -->\n"
    )
    ran = run("render", "page.md")
    assert ran.code == 0
    text = Path("page.md").read_text()
    for word in ("Pettine", "Krock", "Hollow"):
        assert word in text
    assert run("render", "--check", "page.md").code == 0


@pytest.mark.parametrize("show", ["cited", "uncited"])
def test_markers_without_keys_take_what_the_page_cites(show: str, book: Path, run: Run) -> None:
    Path("page.md").write_text(
        f"Cells [@krock2015].\n\n<!-- evidence:references source=refs.bib show={show} -->\n<!-- /evidence:references -->\n"
    )
    ran = run("render", "page.md")
    assert ran.code == 0
    text = Path("page.md").read_text()
    assert ("Milieu" in text) == (show == "cited")
    assert ("Abolish" in text) == (show == "uncited")
    assert run("render", "--check", "page.md").code == 0


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("nlm", "Pettine KA, Murphy MB, Suzuki RK, Sand TT. Percutaneous"),
        ("ama", "Stem Cells. 2015;33(1):146-156. doi:10.1002/stem.1845"),
        ("apa", "Pettine, K. A., Murphy, M. B., Suzuki, R. K., & Sand, T. T. (2015). Percutaneous"),
        ("vancouver", "doi: 10.1002/stem.1845."),
    ],
)
def test_styles_by_name(style: str, line: str, book: Path, run: Run) -> None:
    ran = run("render", "refs.bib", "--style", style)
    assert (ran.code, ran.err) == (0, "")
    assert line in ran.out.splitlines()[0]


def test_a_list_changes_its_style_and_keeps_it(page: Path, run: Run) -> None:
    run("render", page.name)
    assert run("render", page.name, "--style", "ama").code == 0
    text = page.read_text()
    assert "style=ama" in text
    assert "2015;33(1):146-156" in text
    assert run("render", page.name).code == 0
    assert page.read_text() == text
    assert run("render", page.name, "--check").code == 0


def test_a_study_that_is_listed_twice_is_listed_once_and_its_markers_follow(
    book: Path, run: Run, check: Run
) -> None:
    page = Path("page.md")
    page.write_text(
        "Cells [1], more [2,3] and again [1-3].\n\n## References\n\n"
        f"1. {PETTINE_TEXT}\n2. {PETTINE_TEXT}\n3. {KROCK_TEXT}\n"
    )
    assert run("render", "page.md").code == 0
    text = page.read_text()
    assert text.startswith("Cells [1], more [1,2] and again [1,2].\n")
    assert 'keys="pettine2015 krock2015"' in text
    assert run("render", "page.md").code == 0
    assert page.read_text() == text
    assert check("page.md", "--select", "CIT,LST").json["findings"] == []


def test_the_order_of_first_citation_renumbers_text_and_list_in_one_write(
    book: Path, run: Run, check: Run
) -> None:
    page = Path("page.md")
    page.write_text(f"More [2], then cells [1].\n\n## References\n\n1. {PETTINE_TEXT}\n2. {KROCK_TEXT}\n")
    run("render", "page.md")
    assert page.read_text().startswith("More [2], then cells [1].")
    assert run("render", "page.md", "--order", "cited").code == 0
    text = page.read_text()
    assert text.startswith("More [1], then cells [2].")
    assert text.index("Krock") < text.index("Pettine KA")
    assert run("render", "page.md", "--check").code == 0
    assert [c["keys"] for c in check("page.md", "--offline").json["citations"]] == [
        ["krock2015"],
        ["pettine2015"],
    ]


def test_what_no_marker_cites_goes_when_asked(book: Path, run: Run) -> None:
    page = Path("page.md")
    page.write_text(f"More [2].\n\n## References\n\n1. {PETTINE_TEXT}\n2. {KROCK_TEXT}\n")
    run("render", "page.md")
    assert "Pettine" in page.read_text()
    assert run("render", "page.md", "--drop-uncited").code == 0
    assert page.read_text().startswith("More [1].")
    assert "Pettine" not in page.read_text()
    Path("bare.md").write_text(f"Nothing.\n\n## References\n\n1. {PETTINE_TEXT}\n")
    ran = run("render", "bare.md", "--drop-uncited")
    assert ran.code == 1
    assert "no citation marker" in ran.err


def test_markers_that_a_system_dropped_are_restored_by_the_list_itself(book: Path, run: Run) -> None:
    page = Path("page.html")
    page.write_text(PAGES["page.html"].format(PETTINE_TEXT, KROCK_TEXT))
    run("render", "page.html")
    fragment = run("render", "page.html", "--fragment").out
    assert 'data-evidence="pettine2015 krock2015"' in fragment
    bare = f"<p>Cells [1] and more [2].</p>\n<h2>References</h2>\n{fragment}<p>The end.</p>\n"
    page.write_text(bare)
    ran = run("render", "page.html")
    assert ran.code == 0
    assert "restored" in ran.err
    assert page.read_text().count("evidence:references") == 2
    assert run("render", "--check", "page.html").code == 0
    # typed over: the keys still say which entries are meant, and nothing typed is lost
    typed = bare.replace("Percutaneous injection of autologous", "Typed over: injection of")
    page.write_text(typed)
    ran = run("render", "page.html")
    assert ran.code == 1
    assert "--unsafe" in ran.err
    assert "Typed over" in page.read_text()
    assert run("render", "page.html").code == 1
    assert "Typed over" in page.read_text()
    assert run("render", "page.html", "--unsafe").code == 0
    assert "Typed over" not in page.read_text()


def test_markers_around_what_somebody_typed_lose_nothing(book: Path, run: Run) -> None:
    page = Path("page.md")
    text = (
        "Cells [1].\n\n## References\n\n<!-- evidence:references source=refs.bib show=cited -->\n"
        "1. Nobody N. A study that is in no bibliography. J Backs. 2001;1:1-2.\n<!-- /evidence:references -->\n"
    )
    page.write_text(text)
    ran = run("render", "page.md")
    assert ran.code == 1
    assert page.read_text() == text


@pytest.mark.parametrize(
    ("form", "begin"),
    [
        ("json-ld", '<script type="application/ld+json">'),
        ("highwire", '<meta name="citation_reference"'),
        ("coins", '<span class="Z3988"'),
        ("markdown", "Pettine KA"),
        ("html", "Pettine KA"),
        ("latex", "Pettine KA"),
    ],
)
def test_forms_of_what_is_printed(form: str, begin: str, book: Path, run: Run) -> None:
    assert run("render", "refs.bib", "--to", form).out.startswith(begin)
    Path("page.html").write_text(PAGES["page.html"].format(PETTINE_TEXT, KROCK_TEXT))
    ran = run("render", "page.html", "--fragment", "--to", form)
    assert ran.code == 0
    assert "Krock" in ran.out or "Krock" in ran.out.replace("+", " ")


def test_a_csl_style_by_its_path(book: Path, run: Run, tmp_path: Path) -> None:
    from tests.rendering.test_csl import pandoc, style

    if not pandoc():
        pytest.skip("pandoc is not installed")
    Path("styles").mkdir()
    style(Path("styles"))
    page = Path("page.md")
    page.write_text(PAGES["page.md"].format(PETTINE_TEXT, KROCK_TEXT))
    assert run("render", "page.md", "--style", "styles/small.csl").code == 0
    text = page.read_text()
    assert "style=styles/small.csl" in text
    assert "*Stem Cells*" in text
    assert run("render", "page.md", "--check").code == 0
    ran = run("render", "page.md", "--style", "styles/nosuch.csl")
    assert ran.code in (1, 2)
    assert "nosuch.csl" in ran.err
    assert page.read_text() == text
