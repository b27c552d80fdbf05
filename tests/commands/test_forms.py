"""Files of other reference managers through the commands: checked, imported, cited, exported, never written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidence.bibliography import read
from evidence.bibliography.forms import form_named, write
from evidence.model import Source
from tests.bibliography.worddocs import cites, document, field, paragraph
from tests.bibliography.worddocs import run as text_run
from tests.commands.conftest import Run
from tests.commands.made import KROCK, KROCK_TEXT, PETTINE

KROCK_DOI = "10.2174/standin.krock2015"
SUFFIX = {"csl-json": ".json", "ris": ".ris", "nbib": ".nbib", "endnote": ".xml"}


def as_form(name: str, *entries: str) -> str:
    """The entries as a file of another form."""
    form = form_named(name)
    assert form is not None
    references = read(Source("refs.bib", "\n".join(entries), "bib")).references
    return write(form, [(r.key, r.work) for r in references])


@pytest.mark.parametrize("name", SUFFIX)
def test_a_file_of_another_form_is_checked(name: str, project: Path, check: Run) -> None:
    wrong = PETTINE.replace("{146--156}", "{246--256}")
    Path(f"refs{SUFFIX[name]}").write_text(as_form(name, wrong, KROCK))
    ran = check(f"refs{SUFFIX[name]}")
    assert ran.code == 0
    assert [r["verdict"] for r in ran.json["references"]] == ["mismatch", "verified"]
    assert [f["name"] for f in ran.json["findings"]] == ["locator-mismatch", "missing-doi"]
    assert ran.json["findings"][0]["line"] > 0


@pytest.mark.parametrize("name", SUFFIX)
def test_a_file_of_another_form_is_imported_with_identifiers_found(
    name: str, project: Path, run: Run
) -> None:
    before = as_form(name, PETTINE, KROCK)
    Path(f"refs{SUFFIX[name]}").write_text(before)
    ran = run("import", f"refs{SUFFIX[name]}")
    assert ran.code == 0
    assert ran.out.split() == ["pettine2015", "krock2015"]
    entries = read(Source("refs.bib", Path("refs.bib").read_text(), "bib")).references
    assert [r.work.doi for r in entries] == ["10.1002/stem.1845", KROCK_DOI]
    assert Path(f"refs{SUFFIX[name]}").read_text() == before
    again = run("import", f"refs{SUFFIX[name]}")
    assert again.out.count("was there already") == 2


@pytest.mark.parametrize("name", SUFFIX)
def test_records_may_be_pasted(name: str, project: Path, run: Run) -> None:
    ran = run("import", "-", stdin=as_form(name, PETTINE))
    assert (ran.code, ran.out) == (0, "pettine2015\n")


def test_a_text_file_may_hold_records(project: Path, run: Run) -> None:
    Path("pubmed.txt").write_text(as_form("nbib", PETTINE))
    assert run("import", "pubmed.txt").out == "pettine2015\n"


def test_keys_that_pages_may_cite_are_kept(project: Path, run: Run) -> None:
    Path("refs.json").write_text(as_form("csl-json", PETTINE).replace('"pettine2015"', '"Pettine:2015"'))
    assert run("import", "refs.json").out == "Pettine:2015\n"


def test_front_matter_may_name_csl_json(project: Path, check: Run) -> None:
    Path("refs.json").write_text(as_form("csl-json", PETTINE, KROCK))
    Path("page.md").write_text("---\nbibliography: refs.json\n---\n\nCells [@pettine2015; @nobody].\n")
    ran = check("page.md")
    assert [r["key"] for r in ran.json["references"] if r["cause"] != "not-cited"] == ["pettine2015"]
    assert [f["message"] for f in ran.named("dangling-marker")] != []
    assert ran.json["citations"][0]["keys"] == ["pettine2015"]


def test_a_broken_record_is_a_finding_with_its_line(project: Path, check: Run) -> None:
    Path("refs.ris").write_text(as_form("ris", PETTINE, KROCK).replace("ER  - \n", "", 1))
    ran = check("refs.ris", "--select", "REF001")
    assert ran.code == 1
    assert [(f["name"], f["line"], f["column"]) for f in ran.json["findings"]] == [("broken-entry", 1, 1)]
    assert ran.json["counts"]["references"] == 2


def test_a_word_document_is_checked_and_imported(project: Path, run: Run, check: Run) -> None:
    item = json.loads(as_form("csl-json", PETTINE))[0]
    Path("paper.docx").write_bytes(
        document(
            paragraph(text_run("Cells "), field(f"ADDIN ZOTERO_ITEM CSL_CITATION {cites([item])}", "[1]"))
        )
    )
    ran = check("paper.docx")
    assert [(r["key"], r["verdict"]) for r in ran.json["references"]] == [("pettine2015", "verified")]
    assert run("import", "paper.docx").out == "pettine2015\n"


def test_a_word_document_without_fields_is_read_as_text(project: Path, run: Run) -> None:
    data = document("Cells [1].", "References", f"1. {KROCK_TEXT}")
    Path("paper.docx").write_bytes(data)
    assert run("import", "paper.docx").out == "krock2015\n"
    assert run("render", "paper.docx").code == 1
    assert Path("paper.docx").read_bytes() == data


def test_a_folder_means_records_too(project: Path, check: Run) -> None:
    Path("refs.ris").write_text(as_form("ris", PETTINE))
    Path("package.json").write_text('{"name": "x"}')
    ran = check(".")
    assert ran.code == 0
    assert [r["key"] for r in ran.json["references"]] == ["pettine2015"]


@pytest.mark.parametrize("name", [*SUFFIX, "bibtex"])
def test_export(name: str, project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE + KROCK)
    ran = run("export", "refs.bib", "--to", name)
    assert (ran.code, ran.err) == (0, "")
    form = form_named(name)
    assert form is not None
    again = read(Source("x", ran.out, form.kind)).references
    assert [r.work.volume for r in again] == ["33", "10"]


def test_export_to_a_file_by_its_suffix(project: Path, run: Run) -> None:
    Path("page.md").write_text("Cells [@krock2015].\n")
    Path("refs.bib").write_text(PETTINE + KROCK)
    assert run("export", "page.md", "-o", "cited.ris").code == 0
    text = Path("cited.ris").read_text()
    assert "ID  - krock2015" in text
    assert "pettine" not in text
    assert run("export", "page.md", "-o", "cited.xyz").code == 2
    assert run("export", "nothing.md").code == 2


def test_export_says_what_the_form_cannot_hold(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(
        PETTINE.replace("  doi", "  url = {https://a.example/},\n  urldate = {2020-01-02},\n  doi")
    )
    ran = run("export", "refs.bib", "--to", "nbib")
    assert "PubMed's nbib cannot hold: accessed (1), url (1)" in ran.err


HEADERS = {
    "Mendeley": "Automatically generated by Mendeley Desktop 1.19.8\nAny changes to this file will be lost if it is "
    "regenerated by Mendeley.\n\n",
    "Paperpile": "% Generated by Paperpile. Check out https://paperpile.com for more information.\n",
}


@pytest.mark.parametrize("program", HEADERS)
def test_a_file_that_says_whose_it_is_is_never_written(program: str, project: Path, run: Run) -> None:
    before = HEADERS[program] + KROCK
    Path("library.bib").write_text(before)
    ran = run("fix", "library.bib", "--unsafe")
    assert Path("library.bib").read_text() == before
    assert f"library.bib: kept by {program}, not written: 1 change" in ran.err
    assert KROCK_DOI in ran.err
    assert run("add", "10.1002/stem.1845", "--bib", "library.bib").code == 2
    assert Path("library.bib").read_text() == before


def test_zotero_is_known_by_the_report_at_the_end(project: Path, run: Run) -> None:
    before = KROCK + "\n% == BibTeX quality report for krock2015:\n% ? unused Library catalog\n"
    Path("library.bib").write_text(before)
    assert "kept by Zotero" in run("fix", "library.bib").err
    assert Path("library.bib").read_text() == before


@pytest.mark.parametrize("target", ["fixes.ris", "ris=fixes.txt", "fixes.json", "csl-json=out"])
def test_corrected_entries_are_handed_on(target: str, project: Path, run: Run) -> None:
    Path("library.bib").write_text(HEADERS["Mendeley"] + KROCK + PETTINE)
    ran = run("fix", "library.bib", "-o", target)
    name = target.rpartition("=")[2]
    assert f"{name}: 1 corrected entry" in ran.err
    text = Path(name).read_text()
    assert KROCK_DOI in text
    assert "stem.1845" not in text


def test_an_entry_whose_spelling_alone_changes_is_handed_on(project: Path, run: Run) -> None:
    Path("library.bib").write_text(
        HEADERS["Mendeley"] + PETTINE.replace("{10.1002", "{https://doi.org/10.1002")
    )
    assert "1 corrected entry" in run("fix", "library.bib", "-o", "fixes.ris").err
    assert "DO  - 10.1002/stem.1845" in Path("fixes.ris").read_text()


def test_an_entry_about_a_program_makes_the_file_nobody_s(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(
        KROCK + "@misc{m, title = {Automatically generated by Mendeley}, year = 2010}\n"
    )
    assert run("fix", "refs.bib").code == 0
    assert KROCK_DOI in Path("refs.bib").read_text()
