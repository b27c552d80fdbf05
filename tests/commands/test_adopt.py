"""`add` and `import`: what people have becomes entries; what cannot be known is not written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK, KROCK_TEXT, PETTINE, PETTINE_TEXT, RETRACTED
from tests.standin import Standin

DOI = "10.1002/stem.1845"
SUMMARY = {
    "uid": "25187512", "pubdate": "2015 Jan", "source": "Stem Cells", "fulljournalname": "Stem cells",
    "authors": [{"name": "Pettine KA", "authtype": "Author"}, {"name": "Murphy MB", "authtype": "Author"}],
    "title": "Percutaneous injection of autologous bone marrow concentrate cells significantly reduces lumbar "
             "discogenic pain through 12 months.",
    "volume": "33", "issue": "1", "pages": "146-56", "pubtype": ["Journal Article"],
    "articleids": [{"idtype": "pubmed", "value": "25187512"}, {"idtype": "doi", "value": DOI}],
}  # fmt: skip
ALONE = {
    "uid": "12345678", "pubdate": "1987 Mar", "source": "J Old Backs", "fulljournalname": "Journal of old backs",
    "authors": [{"name": "Ancient A", "authtype": "Author"}], "title": "Backs of long ago.", "volume": "2",
    "issue": "3", "pages": "11-9", "articleids": [{"idtype": "pubmed", "value": "12345678"}],
}  # fmt: skip


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir() if path.name != ".git")


# ---------------------------------------------------------------- add


@pytest.mark.parametrize(
    "text",
    [DOI, DOI.upper(), f"doi:{DOI}", f"DOI: {DOI}", f"https://doi.org/{DOI}", f"http://dx.doi.org/{DOI}",
     f" {DOI}. ", f"https://doi.org/{DOI}?utm_source=x", f"https://onlinelibrary.wiley.com/doi/full/{DOI}"],
)  # fmt: skip
def test_a_doi_in_any_spelling(text: str, project: Path, run: Run, check: Run) -> None:
    ran = run("add", text)
    assert (ran.code, ran.out) == (0, "pettine2015\n")
    entry = Path("refs.bib").read_text()
    assert entry.startswith("@article{pettine2015,\n")
    assert f"{{{DOI}}}" in entry
    assert "Pettine, Kenneth A. and Murphy, Matthew B." in entry
    assert "146--156" in entry
    frozen = check("refs.bib", "--frozen")
    assert frozen.code == 0
    assert frozen.json["complete"] is True
    assert frozen.json["references"][0]["verdict"] == "verified"


@pytest.mark.parametrize(
    "text", ["25187512", "pmid:25187512", "PMID: 25187512", "https://pubmed.ncbi.nlm.nih.gov/25187512/"]
)
def test_a_pmid_whose_doi_leads_to_crossref(text: str, standin: Standin, project: Path, run: Run) -> None:
    standin.registries.pubmed["25187512"] = SUMMARY
    ran = run("add", text)
    assert (ran.code, ran.out) == (0, "pettine2015\n")
    entry = Path("refs.bib").read_text()
    assert DOI in entry
    assert "25187512" in entry
    assert "Sand, Theodore T." in entry


def test_a_pmid_without_a_doi(standin: Standin, project: Path, run: Run) -> None:
    standin.registries.pubmed["12345678"] = ALONE
    ran = run("add", "12345678")
    assert (ran.code, ran.out) == (0, "ancient1987\n")
    entry = Path("refs.bib").read_text()
    assert "Backs of long ago" in entry
    assert "12345678" in entry
    assert "doi" not in entry.lower()


def test_a_pasted_reference_keeps_its_words_and_gains_its_doi(project: Path, run: Run) -> None:
    ran = run("add", KROCK_TEXT)
    assert (ran.code, ran.out) == (0, "krock2015\n")
    entry = Path("refs.bib").read_text()
    assert "10.2174/standin.krock2015" in entry
    assert "317--28" in entry or "317--328" in entry


@pytest.mark.parametrize("text", ["10.1002/nobody.registered.this", "99999999"])
def test_what_is_registered_nowhere_is_1_and_nothing_is_written(text: str, project: Path, run: Run) -> None:
    ran = run("add", text)
    assert ran.code == 1
    assert "not registered" in ran.err
    assert ran.out == ""
    assert files() == []


@pytest.mark.parametrize("text", [DOI, "25187512", KROCK_TEXT])
def test_an_outage_is_3(text: str, standin: Standin, project: Path, run: Run) -> None:
    standin.serve("/", status=503, headers={"Retry-After": "0"})
    ran = run("add", text)
    assert ran.code == 3
    assert ran.err
    if text != KROCK_TEXT:  # a pasted reference is an entry whatever a registry says
        assert ran.out == ""
        assert files() == []
    else:
        assert ran.out == "krock2015\n"
        assert not Path("refs.lock").exists()


def test_a_pasted_reference_that_nobody_registered_is_written_and_1(project: Path, run: Run) -> None:
    ran = run("add", "Nobody N. A study that nobody registered anywhere. J Imaginary Med. 2010;3(1):10-14.")
    assert (ran.code, ran.out) == (1, "nobody2010\n")
    assert "not-found" in ran.err
    assert "@article{nobody2010," in Path("refs.bib").read_text()


def test_several_at_once_and_the_worst_decides(standin: Standin, project: Path, run: Run) -> None:
    ran = run("add", DOI, "10.1002/nobody.registered.this", KROCK_TEXT)
    assert ran.code == 1
    assert ran.out == "pettine2015\nkrock2015\n"
    assert Path("refs.bib").read_text().count("@article{") == 2


def test_what_is_there_already_is_named_and_not_written_again(project: Path, run: Run) -> None:
    assert run("add", DOI).code == 0
    before = Path("refs.bib").read_bytes()
    for text in (DOI, PETTINE_TEXT):
        ran = run("add", text)
        assert ran.code == 0
        assert ran.out.startswith("pettine2015")
        assert "already" in ran.out
    assert Path("refs.bib").read_bytes() == before


def test_keys_do_not_collide(project: Path, run: Run) -> None:
    Path("refs.bib").write_text("@book{pettine2015, title = {Quite another work of the same year}}\n")
    ran = run("add", DOI)
    assert ran.out.strip() != "pettine2015"
    assert ran.out.startswith("pettine2015")
    text = Path("refs.bib").read_text()
    assert text.startswith("@book{pettine2015, title = {Quite another work of the same year}}\n")
    assert f"@article{{{ran.out.strip()}," in text


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_a_dry_run_writes_nothing(option: str, project: Path, run: Run) -> None:
    for words in (["add", DOI], ["add", KROCK_TEXT]):
        ran = run(*words, option)
        assert ran.code == 0
        assert "+@article{" in ran.out
        assert files() == []


def test_another_bibliography_and_the_lock_beside_it(project: Path, run: Run, check: Run) -> None:
    Path(".git").rmdir()
    Path("lib").mkdir()
    ran = run("add", DOI, "--bib", "lib/mine.bib")
    assert ran.code == 0
    assert Path("lib/mine.bib").exists()
    assert Path("lib/refs.lock").exists()
    assert check("lib/mine.bib", "--frozen").code == 0


def test_an_address_without_an_identifier_says_what_to_give(project: Path, run: Run) -> None:
    ran = run("add", "https://example.org/about-backs")
    assert ran.code == 2
    assert "DOI" in ran.err
    assert files() == []


@pytest.mark.parametrize("text", ["", "   ", "hello", "what is this"])
def test_words_that_are_no_reference_are_not_written(text: str, project: Path, run: Run) -> None:
    ran = run("add", text)
    assert ran.code in (1, 2)
    assert ran.err
    assert files() == []


def test_offline_nothing_is_known(standin: Standin, project: Path, run: Run) -> None:
    ran = run("add", DOI, "--offline")
    assert ran.code == 3
    assert files() == []
    assert not standin.log


# ---------------------------------------------------------------- import


def test_a_pasted_list(project: Path, run: Run, check: Run) -> None:
    ran = run("import", "-", stdin=f"{PETTINE_TEXT}\n\n{KROCK_TEXT}\n")
    assert ran.code == 0
    assert ran.out == "pettine2015\nkrock2015\n"
    assert "10.2174/standin.krock2015" in Path("refs.bib").read_text()
    frozen = check("refs.bib", "--frozen")
    assert frozen.code == 0
    assert [r["verdict"] for r in frozen.json["references"]] == ["verified", "verified"]


PAGES = {
    "page.md": "Cells [1] and more [2].\n\n## References\n\n1. {0}\n2. {1}\n",
    "page.txt": "Cells [1] and more [2].\n\nReferences\n\n1. {0}\n2. {1}\n",
    "page.html": "<p>Cells [1] and more [2].</p>\n<h2>References</h2>\n<ol>\n<li>{0}</li>\n<li>{1}</li>\n</ol>\n",
    "page.tex": "Cells~\\cite{{a}} and more~\\cite{{b}}.\n\\begin{{thebibliography}}{{9}}\n\\bibitem{{a}} {0}\n"
                "\\bibitem{{b}} {1}\n\\end{{thebibliography}}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_page_is_imported_and_left_alone(
    name: str, newline: str, project: Path, run: Run, check: Run
) -> None:
    page = PAGES[name].format(PETTINE_TEXT, KROCK_TEXT).replace("\n", newline).encode()
    Path(name).write_bytes(page)
    ran = run("import", name)
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 2
    assert Path(name).read_bytes() == page
    assert Path("refs.lock").exists()
    report = check(name, "--frozen")
    assert report.code == 0
    assert report.json["complete"] is True
    assert [r["path"] for r in report.json["references"]] == ["refs.bib", "refs.bib"]
    assert [len(r["appears"]) for r in report.json["references"]] == [1, 1]
    assert [len(c["keys"]) for c in report.json["citations"]] == [1, 1]
    again = run("import", name)
    assert again.code == 0
    assert again.out.count("already") == 2


def test_new_entries_go_behind_the_old_ones_in_the_file_s_own_newlines(project: Path, run: Run) -> None:
    before = ("% mine\n\n" + RETRACTED).replace("\n", "\r\n").encode()
    Path("refs.bib").write_bytes(before)
    ran = run("import", "-", "--exit-zero", stdin=f"{PETTINE_TEXT}\n{KROCK_TEXT}\n")
    assert ran.code == 0
    after = Path("refs.bib").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")
    assert after.count(b"@article{") == 3


def test_a_list_of_bare_identifiers_brings_their_records(project: Path, run: Run, check: Run) -> None:
    ran = run("import", "-", stdin=f"{DOI}\nhttps://doi.org/10.1089/scd.2014.0203\n")
    assert (ran.code, ran.out) == (0, "pettine2015\nyim2014\n")
    assert "Sand, Theodore T." in Path("refs.bib").read_text()
    assert check("refs.bib", "--frozen").code == 0


def test_identifiers_that_a_page_cites_become_entries(project: Path, run: Run, check: Run) -> None:
    Path("page.md").write_text(f"Cells may help [@doi:{DOI}].\n")
    ran = run("import", "page.md")
    assert (ran.code, ran.out) == (0, "pettine2015\n")
    frozen = check("page.md", "--frozen")
    assert frozen.code == 0
    assert [(r["path"], r["key"]) for r in frozen.json["references"]] == [("refs.bib", "pettine2015")]
    assert frozen.json["citations"][0]["keys"] == ["pettine2015"]


def test_lines_of_a_pasted_list_that_are_no_reference_are_named(project: Path, run: Run) -> None:
    ran = run("import", "-", stdin=f"Please find my list below:\n\n{PETTINE_TEXT}\n\nAll the best\n")
    assert (ran.code, ran.out) == (0, "pettine2015\n")
    assert "All the best" in ran.err


def test_a_list_that_says_a_work_twice_gives_one_entry(project: Path, run: Run) -> None:
    ran = run("import", "-", stdin=f"1. {PETTINE_TEXT}\n2. {KROCK_TEXT}\n3. {PETTINE_TEXT}\n")
    assert ran.out.splitlines()[:2] == ["pettine2015", "krock2015"]
    assert Path("refs.bib").read_text().count("@article{") == 2


def test_import_names_what_cannot_be_read_and_goes_on(project: Path, run: Run) -> None:
    Path("page.md").write_text(PAGES["page.md"].format(PETTINE_TEXT, KROCK_TEXT))
    ran = run("import", "missing.md", "page.md")
    assert ran.code == 2
    assert "missing.md" in ran.err
    assert ran.out.splitlines() == ["pettine2015", "krock2015"]


@pytest.mark.parametrize("text", ["", "Only words about backs, and no list.\n"])
def test_import_of_nothing_says_so(text: str, project: Path, run: Run) -> None:
    Path("page.md").write_text(text)
    for ran in (run("import", "page.md"), run("import", "-", stdin=text)):
        assert ran.code == 0
        assert "no references found" in ran.err
        assert ran.out == ""
        assert not Path("refs.bib").exists()


def test_an_outage_imports_the_words_and_is_3(standin: Standin, project: Path, run: Run) -> None:
    standin.serve("/crossref", status=503, headers={"Retry-After": "0"})
    ran = run("import", "-", stdin=f"{KROCK_TEXT}\n")
    assert ran.code == 3
    assert ran.out == "krock2015\n"
    assert "doi" not in Path("refs.bib").read_text()


def test_entries_of_another_bibliography_are_appended(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE.replace("pettine2015", "mine"))
    other = PETTINE + KROCK.replace("krock2015", "krock:cells") + KROCK_LIKE
    Path("other.bib").write_text(other)
    ran = run("import", "other.bib", "--bib", "refs.bib", "--offline")
    assert ran.out.splitlines() == ["krock:cells", "rossi2011", "mine (was there already)"]
    assert Path("other.bib").read_text() == other
    after = Path("refs.bib").read_text()
    assert after.startswith(PETTINE.replace("pettine2015", "mine"))
    again = run("import", "other.bib", "--bib", "refs.bib", "--offline")
    assert again.out.count("was there already") == 3
    assert Path("refs.bib").read_text() == after


#: Another work under a key that the target uses.
KROCK_LIKE = """@article{mine,
  author = {Rossi, Bo},
  title = {Another paper about the bending of backs},
  journal = {Annals of Imaginary Cell Therapy},
  year = {2011},
  doi = {10.99999/standin.other},
}
"""


def test_a_bibliography_is_not_imported_into_itself(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    ran = run("import", "refs.bib")
    assert ran.code == 2
    assert "is where the entries go" in ran.err
    assert Path("refs.bib").read_text() == PETTINE


@pytest.mark.parametrize("name", ["list.docx", "list.enw", "list.pdf"])
def test_a_form_that_is_not_read_is_2_and_said(name: str, project: Path, run: Run) -> None:
    Path(name).write_bytes(
        b"PK\x03\x04\x00\x00" if name.endswith("docx") else b"TY  - JOUR\nTI  - A title\nER  - \n"
    )
    ran = run("import", name)
    assert ran.code == 2
    assert name in ran.err
    assert not Path("refs.bib").exists()


def test_a_second_import_of_a_list_without_identifiers_adds_nothing(project: Path, run: Run) -> None:
    text = "1. Back pain. A Site of Health. Available at: https://example.org/back\n2. About discs. Another Site. 2014.\n"
    Path("page.md").write_text(f"Words [1] and [2].\n\n## References\n\n{text}")
    first = run("import", "page.md", "--exit-zero")
    assert len(first.out.splitlines()) == 2
    bib = Path("refs.bib").read_bytes()
    again = run("import", "page.md", "--exit-zero")
    assert again.out.count("already") == 2
    assert Path("refs.bib").read_bytes() == bib


def test_a_budget_ends_an_import(standin: Standin, project: Path, run: Run) -> None:
    standin.serve("/crossref", delay=3.0)
    ran = run("import", "-", "--budget", "0.5", stdin=f"{KROCK_TEXT}\n")
    assert ran.code == 3
