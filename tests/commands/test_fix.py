"""`fix`: what is safe is written, the rest is shown, and a fixed finding does not come back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidence import checking
from evidence.edit import write
from evidence.errors import WriteError
from tests.commands.conftest import Run
from tests.commands.made import KROCK, PETTINE, web
from tests.standin import Standin

KROCK_DOI = "10.2174/standin.krock2015"
SPELT = PETTINE.replace("{10.1002/stem.1845}", "{https://doi.org/10.1002/STEM.1845}")


def test_a_found_doi_is_added_to_a_verified_entry_and_nothing_else_changes(
    project: Path, run: Run, check: Run
) -> None:
    before = "% my library\n\n" + KROCK + "\n@comment{kept}\n" + PETTINE
    Path("refs.bib").write_text(before)
    assert [f["fix"] for f in check("refs.bib").named("missing-doi")] == [
        {"title": f"add the DOI {KROCK_DOI}", "applicability": "safe"}
    ]
    ran = run("fix", "refs.bib")
    assert ran.code == 0
    assert ran.out == ""
    after = Path("refs.bib").read_text()
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert added == [f"  doi = {{{KROCK_DOI}}},"]
    assert "".join(line for line in after.splitlines(True) if KROCK_DOI not in line) == before
    assert check("refs.bib").json["findings"] == []
    assert check("refs.bib", "--frozen").json["complete"] is True


def test_a_second_fix_changes_no_byte(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(KROCK + SPELT)
    assert run("fix", "refs.bib").code == 0
    first, about = Path("refs.bib").read_bytes(), Path("refs.bib").stat().st_mtime_ns
    lock = Path("refs.lock").read_bytes()
    ran = run("fix", "refs.bib")
    assert "0 fixes applied" in ran.err
    assert (Path("refs.bib").read_bytes(), Path("refs.bib").stat().st_mtime_ns) == (first, about)
    assert Path("refs.lock").read_bytes() == lock


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_newlines_encoding_and_mode_are_kept(newline: str, encoding: str, project: Path, run: Run) -> None:
    note = "% Bücherei\n" if encoding != "latin-1" else "% -*- coding: latin-1 -*-\n% Bücherei\n"
    before = (note + KROCK).replace("\n", newline).encode(encoding)
    Path("refs.bib").write_bytes(before)
    Path("refs.bib").chmod(0o640)
    assert run("fix", "refs.bib").code == 0
    after = Path("refs.bib").read_bytes()
    line = f"  doi = {{{KROCK_DOI}}},{newline}".encode()
    assert after.replace(line, b"") == before
    assert Path("refs.bib").stat().st_mode & 0o777 == 0o640


def test_the_spelling_of_a_doi(project: Path, run: Run, check: Run) -> None:
    Path("refs.bib").write_text(SPELT)
    assert len(check("refs.bib").named("doi-spelling")) == 1
    assert run("fix", "refs.bib").code == 0
    assert Path("refs.bib").read_text().lower() == PETTINE.lower()
    assert not check("refs.bib").named("doi-spelling")


def test_a_link_that_moved_for_good(standin: Standin, project: Path, run: Run, check: Run) -> None:
    new = standin.page("/pages/new", "<p>Words</p>")
    old = standin.page("/pages/old", status=301, headers={"Location": "/pages/new"})
    away = standin.page("/pages/away", status=302, headers={"Location": "/pages/new"})
    Path("refs.bib").write_text(web(old) + web(away, "away2020", "Another page"))
    assert [f["key"] for f in check("refs.bib").named("moved-link")] == ["backs2020"]
    assert run("fix", "refs.bib").code == 0
    assert Path("refs.bib").read_text() == web(new) + web(away, "away2020", "Another page")
    ran = check("refs.bib", "--frozen")
    assert ran.code == 0
    assert not ran.named("moved-link")


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_a_dry_run_shows_a_diff_and_writes_nothing(option: str, project: Path, run: Run) -> None:
    Path("refs.bib").write_text(KROCK)
    ran = run("fix", "refs.bib", option)
    assert ran.code == 0
    assert Path("refs.bib").read_text() == KROCK
    assert not Path("refs.lock").exists()
    lines = ran.out.splitlines()
    assert lines[0].startswith("--- ")
    assert lines[1].startswith("+++ ")
    assert [line for line in lines[2:] if line.startswith("+")] == [f"+  doi = {{{KROCK_DOI}}},"]
    assert not [line for line in lines[2:] if line.startswith("-")]


def test_titles_years_and_authors_are_never_touched(project: Path, run: Run) -> None:
    wrong = PETTINE.replace("2015}", "2011}").replace("lumbar", "cervical").replace("Pettine,", "Petine,")
    Path("refs.bib").write_text(wrong)
    for words in (["fix"], ["fix", "--unsafe"]):
        assert run(*words, "refs.bib").code == 1
        assert Path("refs.bib").read_text() == wrong


def test_a_doi_is_not_added_to_an_entry_that_is_not_verified(project: Path, run: Run, check: Run) -> None:
    near = KROCK.replace("{10}", "{11}").replace("317--328", "417--428")
    Path("refs.bib").write_text(near)
    fixes = [f["fix"] for f in check("refs.bib").named("missing-doi")]
    assert all(fix is None or fix["applicability"] != "safe" for fix in fixes)
    run("fix", "refs.bib")
    assert Path("refs.bib").read_text() == near


def test_files_that_another_program_owns_are_listed_and_never_written(project: Path, run: Run) -> None:
    Path("evidence.toml").write_text('managed = ["zotero/*.bib"]\n')
    Path("zotero").mkdir()
    Path("zotero/library.bib").write_text(KROCK)
    Path("refs.bib").write_text(KROCK)
    ran = run("fix", "zotero/library.bib", "refs.bib", "--unsafe")
    assert Path("zotero/library.bib").read_text() == KROCK
    assert KROCK_DOI in Path("refs.bib").read_text()
    assert "zotero/library.bib" in ran.err
    assert KROCK_DOI in ran.err
    assert (
        run(
            "import",
            "-",
            "--bib",
            "zotero/library.bib",
            stdin="Smith A. A word on backs. J Backs. 2001;1(1):1-2.",
        ).code
        == 2
    )
    assert run("add", "10.1002/stem.1845", "--bib", "zotero/library.bib").code == 2
    assert Path("zotero/library.bib").read_text() == KROCK


def test_without_an_answer_nothing_is_fixed(standin: Standin, project: Path, run: Run) -> None:
    Path("refs.bib").write_text(KROCK)
    standin.serve("/crossref", status=503, headers={"Retry-After": "0"})
    ran = run("fix", "refs.bib")
    assert ran.code == 3
    assert Path("refs.bib").read_text() == KROCK
    assert run("fix", "refs.bib", "--offline").code == 3
    assert Path("refs.bib").read_text() == KROCK


def test_findings_that_remain_are_1(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(KROCK + "@article{cut, title = {Never closed\n")
    ran = run("fix", "refs.bib")
    assert ran.code == 1
    assert KROCK_DOI in Path("refs.bib").read_text()


def test_only_the_selected_rules_are_fixed(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(KROCK + SPELT)
    assert run("fix", "refs.bib", "--select", "doi-spelling").code == 0
    text = Path("refs.bib").read_text()
    assert KROCK_DOI not in text
    assert "https://doi.org" not in text


def test_a_link_of_a_list_on_a_page_is_mended_and_one_of_the_prose_is_not(
    standin: Standin, project: Path, run: Run, check: Run
) -> None:
    new = standin.page("/pages/new", "<p>Words</p>")
    old = standin.page("/pages/old", status=301, headers={"Location": "/pages/new"})
    text = (
        f"See [this]({old}) and [1].\n\n## References\n\n1. About backs. A site. Available at: {old}#causes\n"
    )
    Path("page.md").write_text(text)
    Path("evidence.toml").write_text('links = "all"\n')
    assert len(check("page.md").named("moved-link")) == 2
    assert run("fix", "page.md").code == 0
    assert Path("page.md").read_text() == text.replace(f"{old}#causes", f"{new}#causes")
    assert [f["line"] for f in check("page.md").named("moved-link")] == [1]


def test_a_page_in_a_list_is_left_alone(project: Path, run: Run) -> None:
    from tests.commands.made import KROCK_TEXT

    text = f"Cells [1].\n\n## References\n\n1. {KROCK_TEXT}\n"
    Path("page.md").write_text(text)
    ran = run("fix", "page.md", "--unsafe")
    assert ran.code == 0
    assert Path("page.md").read_text() == text
    assert KROCK_DOI in ran.err


def test_a_file_that_changed_meanwhile_is_refused(project: Path) -> None:
    Path("refs.bib").write_text(KROCK)
    done = checking.run(["refs.bib"], checking.settings_for(["refs.bib"], {}))
    chosen = checking.fixes(done)
    Path("refs.bib").write_text(KROCK + "% typed meanwhile\n")
    for source, edits in chosen.edits.items():
        with pytest.raises(WriteError, match=r"refs\.bib"):
            write(source, edits)
    assert Path("refs.bib").read_text() == KROCK + "% typed meanwhile\n"


def test_a_folder_that_cannot_be_written_is_2_and_the_file_intact(project: Path, run: Run) -> None:
    if os.geteuid() == 0:
        pytest.skip("this user may write everywhere")
    Path("lib").mkdir()
    Path("lib/refs.bib").write_text(KROCK)
    Path("lib").chmod(0o500)
    try:
        ran = run("fix", "lib/refs.bib")
    finally:
        Path("lib").chmod(0o700)
    assert ran.code == 2
    assert "refs.bib" in ran.err
    assert Path("lib/refs.bib").read_text() == KROCK


def test_a_link_to_a_file_stays_a_link(project: Path, run: Run) -> None:
    Path("shared.bib").write_text(KROCK)
    Path("refs.bib").symlink_to("shared.bib")
    assert run("fix", "refs.bib").code == 0
    assert Path("refs.bib").is_symlink()
    assert KROCK_DOI in Path("shared.bib").read_text()
