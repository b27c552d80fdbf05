"""What people hand in: files of every kind, folders, projects, and how a page finds its bibliography."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import Ran, Run
from tests.commands.made import KROCK, KROCK_TEXT, PETTINE, PETTINE_TEXT, RETRACTED, web
from tests.standin import Standin

LIST = f"Cells may help [1].\n\n## References\n\n1. {PETTINE_TEXT}\n"


def keys(ran: Ran) -> list[str]:
    return [reference["key"] for reference in ran.json["references"]]


def verdicts(ran: Ran) -> dict[str, str]:
    return {
        reference["key"]: reference["cause"] or reference["verdict"] for reference in ran.json["references"]
    }


# ---------------------------------------------------------------- what can and what cannot be read


@pytest.fixture(
    params=["missing", "folder-like", "fifo", "binary", "dangling", "loop", "denied", "nul", "huge"]
)
def unreadable(request: pytest.FixtureRequest, project: Path) -> str:
    path = Path("bad.md")
    if request.param == "fifo":
        os.mkfifo(path)
    elif request.param == "binary":
        path.write_bytes(bytes(range(256)) * 8)
    elif request.param == "dangling":
        path.symlink_to("gone.md")
    elif request.param == "loop":
        path.symlink_to("bad.md")
    elif request.param == "denied":
        path.write_text("x")
        path.chmod(0)
        if os.access(path, os.R_OK):
            pytest.skip("this user may read everything")
    elif request.param == "huge":
        Path("evidence.toml").write_text("[limits]\nfile = 5000\n")
        path.write_text("words " * 1000)
    elif request.param == "nul":
        return "bad\0.md"
    elif request.param == "folder-like":
        return "bad.md/"
    return "bad.md"


def test_what_cannot_be_read_is_2_and_the_rest_is_checked(unreadable: str, project: Path, check: Run) -> None:
    Path("good.md").write_text(LIST)
    ran = check(unreadable, "good.md")
    assert ran.code == 2
    assert "bad" in ran.err
    assert verdicts(ran) == {"pettine2015": "verified"}
    assert check(unreadable).code == 2


@pytest.mark.parametrize("name", ["page.md", "page.txt", "page.html", "page.tex", "refs.bib"])
@pytest.mark.parametrize("text", ["", " \n\n", "Only words, and no list.\n"])
def test_a_file_without_references_says_so_and_is_0(name: str, text: str, project: Path, run: Run) -> None:
    Path(name).write_text(text)
    ran = run("check", name)
    assert ran.code == 0
    assert "no references found" in ran.out
    assert run("check", name, "--format", "json").json["counts"]["references"] == 0


def test_a_folder_without_references_says_so_and_is_0(project: Path, run: Run) -> None:
    Path("empty").mkdir()
    Path("words").mkdir()
    Path("words/page.md").write_text("Only words.\n")
    for folder in ("empty", "words", "."):
        ran = run("check", folder)
        assert ran.code == 0
        assert "no references found" in ran.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_newlines(encoding: str, newline: str, project: Path, check: Run) -> None:
    name = "Orozco L, Soler R, Morera C, Alberca M, Sánchez A, García-Sancho J"
    text = LIST.replace("\n\n## References", " Café [2].\n\n## References") + (
        f"2. {name}. Intervertebral disc repair by autologous mesenchymal bone marrow cells: a pilot study. "
        "Transplantation. 2011;92(7):822-8. doi: 10.1097/TP.0b013e3182298a15.\n"
    )
    Path("page.md").write_bytes(text.replace("\n", newline).encode(encoding))
    ran = check("page.md")
    assert ran.code == 0
    assert verdicts(ran) == {"pettine2015": "verified", "orozco2011": "verified"}
    assert "Sánchez" in ran.json["references"][1]["raw"]
    assert [citation["line"] for citation in ran.json["citations"]] == [1, 1]
    assert [reference["line"] for reference in ran.json["references"]] == [5, 6]


def test_the_same_file_twice_is_read_once(project: Path, check: Run) -> None:
    Path("page.md").write_text(LIST)
    Path("link.md").symlink_to("page.md")
    ran = check("page.md", "./page.md", str(project / "page.md"), "link.md")
    assert keys(ran) == ["pettine2015"]


def test_a_file_without_a_known_suffix_is_read_when_named(project: Path, check: Run) -> None:
    Path("NOTES").write_text(LIST)
    assert keys(check("NOTES")) == ["pettine2015"]


# ---------------------------------------------------------------- bibliographies


def test_a_bibliography_alone_is_checked_whole(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE + RETRACTED)
    assert verdicts(check("refs.bib")) == {"pettine2015": "verified", "hollow2012": "verified"}


def test_with_a_page_only_what_is_cited_is_asked_and_the_rest_is_counted(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE + RETRACTED)
    Path("page.md").write_text("Cells may help [@pettine2015].\n")
    ran = check("page.md", "refs.bib")
    assert ran.code == 0
    assert verdicts(ran) == {"pettine2015": "verified", "hollow2012": "not-cited"}
    assert ran.json["complete"] is True
    assert not any("retracted" in request.query for request in standin.log)
    ran = check("page.md", "refs.bib", "--all-entries")
    assert ran.code == 1
    assert verdicts(ran)["hollow2012"] == "verified"


@pytest.mark.parametrize(
    ("page", "book"),
    [("page.md", "refs.bib"), ("content/deep/page.md", "refs.bib"), ("content/page.md", "content/own.bib")],
    ids=["beside", "above", "another name"],
)
def test_a_bibliography_that_was_found_gives_only_what_is_cited(
    page: str, book: str, project: Path, check: Run
) -> None:
    Path(page).parent.mkdir(parents=True, exist_ok=True)
    Path(book).parent.mkdir(parents=True, exist_ok=True)
    Path(book).write_text(PETTINE + RETRACTED)
    Path(page).write_text("Cells may help [@pettine2015].\n")
    ran = check(page)
    assert ran.code == 0
    assert verdicts(ran) == {"pettine2015": "verified"}
    assert ran.json["references"][0]["path"] == book
    assert ran.json["citations"][0]["keys"] == ["pettine2015"]
    assert verdicts(check(page, "--all-entries")).keys() == {"pettine2015", "hollow2012"}


@pytest.mark.parametrize(
    "front",
    ["bibliography: lib/mine.bib", 'bibliography: "lib/mine"', "bibliography: [lib/mine.bib, lib/more.bib]",
     "bibliography:\n  - lib/mine.bib\n  - lib/more.bib"],
)  # fmt: skip
def test_front_matter_names_the_bibliography(front: str, project: Path, check: Run) -> None:
    Path("lib").mkdir()
    Path("lib/mine.bib").write_text(PETTINE)
    Path("lib/more.bib").write_text(RETRACTED)
    Path("refs.bib").write_text("@book{other, title = {Never used}}\n")
    Path("page.md").write_text(f"---\ntitle: Backs\n{front}\n---\n\nCells may help [@pettine2015].\n")
    got = verdicts(check("page.md"))
    assert got["pettine2015"] == "verified"
    assert "other" not in got
    if "more" in front:
        assert got["hollow2012"] == "not-cited"


def test_a_bibliography_that_is_named_and_missing_is_2(project: Path, check: Run) -> None:
    Path("page.md").write_text("---\nbibliography: gone.bib\n---\n\nCells may help [@pettine2015].\n")
    ran = check("page.md")
    assert ran.code == 2
    assert "gone.bib" in ran.err


def test_the_setting_names_bibliographies(project: Path, check: Run) -> None:
    Path("lib").mkdir()
    Path("lib/a.bib").write_text(PETTINE)
    Path("lib/b.bib").write_text(RETRACTED)
    Path("evidence.toml").write_text('bibliography = ["lib/*.bib"]\n')
    Path("content").mkdir()
    Path("content/page.md").write_text("Cells may help [@pettine2015].\n")
    assert verdicts(check("content/page.md")) == {"pettine2015": "verified", "hollow2012": "not-cited"}


def test_a_key_that_no_bibliography_has_is_dangling(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    Path("page.md").write_text("One [@pettine2015], two [@petine2015; @pettine2015].\n")
    ran = check("page.md")
    assert ran.code == 1
    found = ran.named("dangling-marker")
    assert [(f["key"], f["line"]) for f in found] == [("petine2015", 1)]
    assert ran.json["citations"][1]["keys"] == ["pettine2015"]


@pytest.mark.parametrize(
    ("name", "text", "missing"),
    [("page.md", "Cells may help [@pettine2015], says @smith2010 in a chat.\n", ["pettine2015"]),
     ("page.tex", "Cells may help \\citep{pettine2015}.\n", ["pettine2015"])],
)  # fmt: skip
def test_keys_without_any_bibliography_are_dangling_but_names_of_people_are_not(
    name: str, text: str, missing: list[str], project: Path, check: Run
) -> None:
    Path(name).write_text(text)
    ran = check(name)
    assert ran.code == 1
    assert [f["key"] for f in ran.named("dangling-marker")] == missing


def test_a_list_item_is_an_appearance_of_the_entry_it_names(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE + KROCK)
    Path("page.md").write_text(LIST + f"2. {KROCK_TEXT}\n")
    ran = check("page.md")
    assert keys(ran) == ["pettine2015", "krock2015"]
    assert [r["path"] for r in ran.json["references"]] == ["refs.bib", "refs.bib"]
    assert [r["appears"] for r in ran.json["references"]] == [
        [{"path": "page.md", "line": 5}],
        [{"path": "page.md", "line": 6}],
    ]
    assert [f["key"] for f in ran.named("uncited-reference")] == ["krock2015"]


def test_duplicate_and_empty_keys_each_count(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(
        PETTINE + RETRACTED.replace("hollow2012", "pettine2015") + KROCK.replace("krock2015", "")
    )
    ran = check("refs.bib")
    assert ran.json["counts"]["references"] == 3
    assert keys(ran) == ["pettine2015", "pettine2015", None]
    assert ran.code == 1


def test_a_broken_entry_is_a_finding_and_never_2(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE + "@article{cut, title = {Never closed\n\n" + RETRACTED)
    ran = check("refs.bib", "--ignore", "RET")
    assert ran.code == 1
    assert [f["line"] for f in ran.named("broken-entry")] == [12]
    assert {"pettine2015", "hollow2012"} <= set(keys(ran))


def test_two_pages_share_a_bibliography_and_each_entry_counts_once(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE + RETRACTED)
    Path("a.md").write_text("Cells may help [@pettine2015].\n")
    Path("b.md").write_text("Cells may help [@pettine2015], or not [@hollow2012].\n")
    ran = check("a.md", "b.md")
    assert sorted(keys(ran)) == ["hollow2012", "pettine2015"]
    assert len(ran.json["citations"]) == 3


# ---------------------------------------------------------------- TeX


def test_tex_pages_with_inputs_and_a_bibliography(project: Path, check: Run) -> None:
    Path("parts").mkdir()
    Path("paper.tex").write_text(
        "\\documentclass{article}\n\\begin{document}\n\\input{parts/one}\n% \\cite{nobody}\n"
        "\\bibliography{lib}\n\\end{document}\n"
    )
    Path("parts/one.tex").write_text("Cells may help~\\cite[see][p.~3]{pettine2015,missing}.\n")
    Path("lib.bib").write_text(PETTINE + RETRACTED)
    ran = check("paper.tex")
    assert ran.code == 1
    assert verdicts(ran) == {"pettine2015": "verified", "hollow2012": "not-cited"}
    dangling = ran.named("dangling-marker")
    assert [(f["path"], f["key"]) for f in dangling] == [("parts/one.tex", "missing")]


def test_nocite_star_takes_all_entries(project: Path, check: Run) -> None:
    Path("paper.tex").write_text("Words.\\nocite{*}\n\\addbibresource{lib.bib}\n")
    Path("lib.bib").write_text(PETTINE + RETRACTED)
    assert verdicts(check("paper.tex")) == {"pettine2015": "verified", "hollow2012": "verified"}


def test_tex_may_not_read_outside_the_project(project: Path, check: Run) -> None:
    Path("../secret.tex").write_text("Words \\cite{pettine2015}.\n")
    Path("paper.tex").write_text("\\input{../secret}\n\\bibliography{lib}\n")
    Path("lib.bib").write_text(PETTINE)
    ran = check("paper.tex")
    assert ran.code == 2
    assert "leads out" in ran.err
    assert not ran.json["citations"]


# ---------------------------------------------------------------- settings and projects


@pytest.mark.parametrize(
    ("text", "near"),
    [("pagse = []\n", "pages"), ("[limits]\nreference = 3\n", "references"), ("links = 'every'\n", "cited"),
     ("x = = 1\n", "evidence.toml"), ("mailto = 'a@b.c'\n", "EVIDENCE_MAILTO"),
     ("[[ignore]]\nrule = 'retracted'\n", "reason"), ("lock = '../x.lock'\n", "leads out")],
)  # fmt: skip
def test_a_settings_file_with_a_mistake_is_2(text: str, near: str, project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    Path("evidence.toml").write_text(text)
    ran = run("check", "refs.bib")
    assert ran.code == 2
    assert near in ran.err
    assert "evidence.toml" in ran.err
    assert ran.out == ""


def test_unknown_variables_are_ignored_and_wrong_ones_are_2(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("refs.bib").write_text(PETTINE)
    monkeypatch.setenv("EVIDENCE_NO_SUCH_THING", "1")
    assert run("check", "refs.bib").code == 0
    monkeypatch.setenv("EVIDENCE_FAIL_ON", "everything")
    ran = run("check", "refs.bib")
    assert ran.code == 2
    assert "EVIDENCE_FAIL_ON" in ran.err
    assert run("check", "refs.bib").out == ""


def test_no_path_is_the_project_whatever_folder_one_stands_in(
    project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("content").mkdir()
    Path("refs.bib").write_text(PETTINE)
    Path("content/page.md").write_text("Cells may help [@pettine2015].\n")
    monkeypatch.chdir(project / "content")
    ran = check()
    assert keys(ran) == ["pettine2015"]
    assert [citation["path"] for citation in ran.json["citations"]] == ["content/page.md"]
    assert (project / "refs.lock").exists()


def test_a_project_leaves_out_what_git_ignores_and_what_a_build_made(project: Path, check: Run) -> None:
    Path(".git").rmdir()
    subprocess.run(["git", "init", "-q", "."], check=True, capture_output=True)
    Path(".gitignore").write_text("drafts/\n*.tmp.md\n")
    for name in ("page.md", "drafts/page.md", "x.tmp.md", "node_modules/a/page.md", "_site/page.md",
                 ".hidden/page.md", "build/page.md", "deep/er/page.md"):  # fmt: skip
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(LIST)
    for ran in (check(), check("."), check(str(project))):
        assert [citation["path"] for citation in ran.json["citations"]] == ["deep/er/page.md", "page.md"]
    assert len(check("drafts/page.md").json["citations"]) == 1
    assert len(check("drafts").json["citations"]) == 1


def test_a_bibliography_of_a_project_whose_pages_cite_nothing_is_checked_whole(
    project: Path, check: Run
) -> None:
    Path("README.md").write_text("# A library\n\nOnly words.\n")
    Path("refs.bib").write_text(PETTINE + KROCK)
    for ran in (check(), check(".")):
        assert verdicts(ran) == {"pettine2015": "verified", "krock2015": "verified"}
    assert verdicts(check("README.md")) == {}
    Path("README.md").write_text("Cells may help [@pettine2015].\n")
    assert verdicts(check()) == {"pettine2015": "verified"}


def test_without_a_project_nothing_is_written(standin: Standin, project: Path, check: Run) -> None:
    Path(".git").rmdir()
    Path("page.md").write_text(LIST)
    assert check("page.md").code == 0
    assert sorted(os.listdir()) == ["page.md"]
    assert check("page.md", "--lock", "mine.lock").code == 0
    assert Path("mine.lock").exists()
    asked = len(standin.log)
    assert check("page.md", "--frozen", "--lock", "mine.lock").code == 0
    assert len(standin.log) == asked


def test_the_lock_stands_beside_the_settings_else_beside_the_bibliography_else_in_the_root(
    project: Path, check: Run
) -> None:
    Path("sub").mkdir()
    Path("sub/refs.bib").write_text(PETTINE)
    Path("page.md").write_text(LIST)
    check("page.md")
    assert Path("refs.lock").exists()
    Path("refs.lock").unlink()
    check("sub/refs.bib")
    assert Path("sub/refs.lock").exists()
    Path("sub/refs.lock").unlink()
    Path("evidence.toml").write_text("")
    check("sub/refs.bib")
    assert Path("refs.lock").exists()
    assert not Path("sub/refs.lock").exists()


def test_links_of_uncited_entries_are_not_asked_for(standin: Standin, project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE + web(standin.page("/pages/uncited")))
    Path("page.md").write_text("Cells may help [@pettine2015].\n")
    assert check("page.md").json["links"] == []
    assert not standin.asked("/pages")
