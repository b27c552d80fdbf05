"""Files of other reference managers through the commands: checked, imported, cited, exported, never written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.bibliography import read
from evidence.bibliography.forms import form_named, write
from evidence.matching.same import same_work
from evidence.matching.wording import words
from evidence.model import Source
from tests.bibliography.worddocs import cites, document, field, paragraph
from tests.bibliography.worddocs import run as text_run
from tests.commands.conftest import Run
from tests.commands.made import KROCK, KROCK_TEXT, PETTINE, web
from tests.standin import Standin

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


@pytest.mark.parametrize("name", SUFFIX)
def test_a_found_doi_is_handed_on_as_a_corrected_entry(name: str, project: Path, run: Run) -> None:
    before = as_form(name, PETTINE, KROCK)
    file = Path(f"refs{SUFFIX[name]}")
    file.write_text(before)
    ran = run("fix", file.name, "-o", "fixed.ris")
    assert ran.code == 0
    assert "fixed.ris: 1 corrected entry" in ran.err
    (entry,) = read(Source("fixed.ris", Path("fixed.ris").read_text(), "ris")).references
    assert entry.work.doi == KROCK_DOI
    assert entry.work.title.startswith("The Inflammatory Milieu")
    assert file.read_text() == before


@pytest.mark.parametrize("name", ["csl-json", "ris", "endnote"])
def test_the_spelling_of_a_doi_in_another_form(name: str, project: Path, run: Run, check: Run) -> None:
    text = as_form(name, PETTINE, KROCK)
    Path(f"refs{SUFFIX[name]}").write_text(text.replace("10.1002/stem", "https://doi.org/10.1002/stem"))
    ran = run("fix", f"refs{SUFFIX[name]}", "--select", "REF010", "-o", "fixed.json")
    assert "fixed.json: 1 corrected entry" in ran.err
    assert json.loads(Path("fixed.json").read_text())[0]["DOI"] == "10.1002/stem.1845"


def test_the_tag_of_pubmed_is_no_wrong_spelling(project: Path, check: Run) -> None:
    Path("refs.nbib").write_text(as_form("nbib", PETTINE))
    assert check("refs.nbib", "--select", "REF010").json["findings"] == []


def test_escapes_of_json_and_xml_are_no_wrong_spelling(project: Path, check: Run) -> None:
    old = PETTINE.replace(
        "10.1002/stem.1845", "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2"
    )
    Path("refs.xml").write_text(as_form("endnote", old))
    Path("refs.json").write_text(as_form("csl-json", old).replace("10.1002/", "10.1002\\/"))
    for name in ("refs.xml", "refs.json"):
        assert check(name, "--select", "REF010", "--offline").json["findings"] == []


def test_a_moved_address_in_escaped_json_stays_json(
    standin: Standin, project: Path, run: Run, check: Run
) -> None:
    new = standin.page("/pages/new", "<p>Words</p>")
    old = standin.page("/pages/old", status=301, headers={"Location": "/pages/new"})
    Path("refs.json").write_text(as_form("csl-json", web(old)).replace("http://", "http:\\/\\/"))
    assert run("fix", "refs.json", "-o", "fixed.json").code == 0
    assert json.loads(Path("fixed.json").read_text())[0]["URL"] == new


def test_fields_that_a_record_lacks(project: Path, check: Run) -> None:
    Path("refs.ris").write_text("TY  - JOUR\nTI  - Bed rest\nAU  - Smith, Anna\nPY  - 2010\nER  - \n")
    (finding,) = check("refs.ris", "--select", "REF005").json["findings"]
    assert finding["message"].endswith("has no container")


def test_what_reading_guessed_or_left_out_is_said(project: Path, run: Run) -> None:
    Path("refs.bib").write_bytes(KROCK.replace("Krock", "Krück").encode("latin-1"))
    Path("refs.ris").write_text(as_form("ris", PETTINE).replace("ER  -", "XX  - y\nER  -"))
    plain = run("check", "refs.bib", "refs.ris", "--offline")
    assert "refs.bib: not UTF-8 (line 2) and no usable declaration: read as Latin-1" in plain.err
    assert "left out" not in plain.err
    assert "refs.ris: not understood, left out: XX (1)" in run("check", "refs.ris", "--offline", "-v").err
    assert run("check", "refs.bib", "--offline", "--quiet").err == ""


@pytest.mark.parametrize("title", ["10<sup>6</sup>", "10⁶", "106"])
def test_a_raised_number_agrees_with_any_spelling_of_it(title: str) -> None:
    entry = "@article{a, title = {Injection of 10$^6$ cells into the lumbar disc}}"
    (reference,) = read(Source("refs.bib", entry, "bib")).references
    registered = replace(reference.work, title=f"Injection of {title} cells into the lumbar disc")
    assert same_work(reference.work, registered)
    assert words(reference.work.title) == words(registered.title)


def test_a_raised_number_is_printed_right(project: Path, run: Run) -> None:
    Path("refs.bib").write_text("@book{a, title = {The 10$^6$ cells}, publisher = {P}, year = 2010}")
    assert "The 10⁶ cells" in run("render", "refs.bib").out
