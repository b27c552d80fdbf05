"""Other styles through pandoc: what goes in comes out, and what pandoc loses is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from evidence.errors import UsageError
from evidence.model import Date, Id, Name, Work
from evidence.rendering import csl, render
from evidence.rendering.csljson import items, spaced_initials
from evidence.rendering.styles import check_style, native, render_list

from .made import GILBERT, PETTINE, RICHARDSON

WORKS = [PETTINE, RICHARDSON, GILBERT]
#: A style of our own, as small as a style can be and still print what a reader needs.
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Small</title><id>small</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography>{sort}<layout suffix=".">
    <group delimiter=". ">
      {author}
      <text variable="title"/><text variable="container-title" font-style="italic"/>
      <group delimiter=":">{year}<text variable="volume"/><text variable="page"/></group>
      {doi}
    </group>
  </layout></bibliography>
</style>
"""
AUTHOR = '<names variable="author"><name initialize-with="" delimiter=", " name-as-sort-order="all"/></names>'
YEAR = '<date variable="issued"><date-part name="year"/></date>'
DOI = '<text variable="DOI" prefix="https://doi.org/"/>'


def pandoc() -> bool:
    try:
        csl.find_pandoc()
    except UsageError:
        return False
    return True


needs_pandoc = pytest.mark.skipif(not pandoc(), reason="pandoc is not installed")


def style(folder: Path, name: str = "small.csl", **parts: str) -> Path:
    values = {"author": AUTHOR, "year": YEAR, "doi": DOI, "sort": ""} | parts
    path = folder / name
    path.write_text(STYLE.format(**values), "utf-8")
    return path


@needs_pandoc
def test_lines_stand_in_the_order_of_the_works_whatever_the_style_sorts(tmp_path: Path) -> None:
    path = style(tmp_path, sort='<sort><key variable="title" sort="descending"/></sort>')
    lines = render(WORKS, str(path))
    assert [line.split(",")[0] for line in lines] == ["Pettine", "Richardson", "Gilbert"]
    assert lines[0].startswith("Pettine, KA, Murphy, MB")
    assert "2015:33:146" in lines[0]


@needs_pandoc
def test_targets_are_escaped_by_our_own_back_ends(tmp_path: Path) -> None:
    work = Work(
        type="article-journal",
        title="<script>x</script> in <i>E. coli</i> *stars* $x^2$ & H<sub>2</sub>O [link](y)",
        authors=(Name("Li", "B"),),
        container="J <b>Rest</b>",
        volume="3",
        pages="1-9",
        issued=Date(2010),
        ids=(Id("doi", "10.1/a_b"),),
    )
    path = str(style(tmp_path))
    html = render([work], path, "html")[0]
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<i>E. coli</i>" in html
    assert "H<sub>2</sub>O" in html
    assert '<a href="https://doi.org/10.1/a_b">' in html
    markdown = render([work], path, "markdown")[0]
    assert r"\*stars\*" in markdown
    assert "*J Rest*" in markdown
    assert r"\textit{J Rest}" in render([work], path, "latex")[0]


@needs_pandoc
@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"author": ""}, "author Pettine"),
        ({"year": ""}, "year 2015"),
        ({"year": YEAR + '<text value="x"/>', "author": AUTHOR.replace("author", "editor")}, "author"),
    ],
)
def test_a_style_that_loses_something_is_refused(tmp_path: Path, parts: dict[str, str], what: str) -> None:
    path = style(tmp_path, **parts)
    with pytest.raises(UsageError, match=what):
        render(WORKS, str(path))


@needs_pandoc
def test_a_doi_that_a_style_leaves_out_is_added(tmp_path: Path) -> None:
    line = render([PETTINE], str(style(tmp_path, doi="")))[0]
    assert line.endswith(". https://doi.org/10.1002/stem.1845")


@needs_pandoc
def test_one_process_sets_a_whole_list_and_no_second_the_same_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    real = subprocess.run

    def counted(*args: Any, **options: Any) -> Any:
        calls.append(args)
        return real(*args, **options)

    monkeypatch.setattr(subprocess, "run", counted)
    path = str(style(tmp_path))
    assert render_list(WORKS, path, "html") != render_list(WORKS, path, "text")
    assert len(calls) == 1
    assert render([], path) == []


def test_what_is_wrong_with_a_line_is_found() -> None:
    good = "Pettine KA, Murphy MB, Suzuki RK, Sand TT. T. Stem Cells. 2015;33(1):146-156."
    assert csl._wrong(PETTINE, good) == ""
    assert csl._wrong(PETTINE, good.replace(", Murphy MB, Suzuki RK, Sand TT", ", et al")) == ""
    for wrong, said in [
        (good.replace("Murphy", ""), "Murphy"),
        (good.replace("2015", ""), "year"),
        (good.replace("33", ""), "volume"),
        (good.replace("146", ""), "page"),
        (good.replace("T. Stem", "T?. Stem"), "?."),
        (good.replace("2015;", "2015 ;"), " ;"),
        (good + " In, ed.Li B.", "ed."),
        (good + " A &amp; B", "&amp;"),
    ]:
        assert said in csl._wrong(PETTINE, wrong)


def test_styles_are_found_by_name_and_path(tmp_path: Path) -> None:
    path = style(tmp_path)
    assert csl.find_style("small", str(tmp_path)) == path
    assert csl.find_style("small.csl", str(tmp_path)) == path
    check_style("small.csl", str(tmp_path))
    for wrong, said in [("nosuch.csl", "nosuch.csl"), ("../small/../x", "no style"), ("a\0b", "no name")]:
        with pytest.raises(UsageError, match=said):
            csl.find_style(wrong, str(tmp_path))


def test_what_is_no_style_or_only_names_another_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csl").write_text("hello")
    with pytest.raises(UsageError, match="no CSL style"):
        csl.find_style("a.csl", str(tmp_path))
    (tmp_path / "b.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><info>'
        '<link href="http://www.zotero.org/styles/nature" rel="independent-parent"/></info></style>'
    )
    with pytest.raises(UsageError, match="styles/nature"):
        csl.find_style("b.csl", str(tmp_path))
    (tmp_path / "c.csl").write_text(" " * (csl.LONGEST + 1))
    with pytest.raises(UsageError, match="bytes"):
        csl.find_style("c.csl", str(tmp_path))


def test_without_pandoc_a_person_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"evidence-bib\[csl\]"):
        csl.find_pandoc()


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("vancouver", "nlm"), ("national-library-of-medicine", "nlm"), ("nlm-citation-sequence", "nlm"),
        ("American-Medical-Association", "ama"), ("apa-7", "apa"), ("PUBMED", "pubmed"),
        ("nature", ""), ("styles/ama.csl", ""), ("apa.csl", ""),
    ],
)  # fmt: skip
def test_other_names_of_our_styles(old: str, name: str) -> None:
    assert native(old) == name


def test_initials_are_spaced_and_names_in_capitals_are_not() -> None:
    assert spaced_initials("KA") == "K. A."
    assert spaced_initials("K A") == "K. A."
    assert spaced_initials("AASIMA") == "AASIMA"
    assert spaced_initials("Kenneth A.") == "Kenneth A."
    person = items([PETTINE])[0]["author"][0]
    assert person == {"family": "Pettine", "given": "K. A."}


def test_dates_of_csl_hold_only_what_exists() -> None:
    assert items([Work(issued=Date(2010, 2, 30))])[0]["issued"] == {"date-parts": [[2010, 2, 30]]}
    assert items([Work(issued=Date(2010, 13, 3))])[0]["issued"] == {"date-parts": [[2010]]}
    assert "issued" not in items([Work()])[0]
