"""`facts propose`, `confirm` in a terminal, `load`, `compare`, `export`: from a page to a checked table."""

from __future__ import annotations

import csv
import io
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from evidence.cli import main
from tests.commands.conftest import Run
from tests.standin import Standin
from tests.standin_pubmed import Paper

PAGE = """In one study 24 patients were injected. Of the original 24 patients, 12 were followed for 30 months [@walk2020].

About 3 in 10 people walk, and 57 do so daily [@ng2019].
"""
BIB = """@article{walk2020, title = {Walking}, author = {Ng, A.}, journal = {Walks}, year = {2020},
  doi = {10.1000/walk},
  abstract = {We enrolled 24 patients who were injected. Twelve had other procedures over the next 30 months.}}
@article{ng2019, title = {Who walks}, author = {Ng, B.}, journal = {Walks}, year = {2019}}
"""


@pytest.fixture
def walkers(project: Path) -> Path:
    Path("page.md").write_text(PAGE)
    Path("refs.bib").write_text(BIB)
    return project / "facts.toml"


def facts(path: str = "facts.toml") -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = tomllib.loads(Path(path).read_text())["fact"]
    return read


def test_propose_from_a_page(walkers: Path, run: Run) -> None:
    ran = run("facts", "propose", "page.md", "--offline")
    assert (ran.code, ran.out) == (0, "")
    made = {(fact["study"], fact["id"]): fact for fact in facts()}
    enrolled = made["walk2020", "enrolled"]
    assert (enrolled["value"], enrolled["verdict"]) == (24, "unchecked")
    assert "We enrolled 24 patients" in enrolled["in_source"]
    assert made["walk2020", "followed"]["of"] == "enrolled"
    assert "in_source" not in made["walk2020", "followed"]
    assert 57 in [fact["value"] for fact in facts() if fact["study"] == "ng2019"]
    top = tomllib.loads(walkers.read_text())
    assert top["page"] == "page.md"
    assert top["study"]["walk2020"] == {"source": "doi:10.1000/walk", "tier": "abstract"}
    assert run("check", "page.md", "--offline", "--select", "FCT").code == 0


def test_propose_twice_adds_nothing(walkers: Path, run: Run) -> None:
    run("facts", "propose", "page.md", "--offline")
    before = walkers.read_bytes()
    ran = run("facts", "propose", "page.md", "--offline")
    assert walkers.read_bytes() == before
    assert "0 facts drafted" in ran.err


def test_a_dry_run_writes_nothing(walkers: Path, run: Run) -> None:
    ran = run("facts", "propose", "page.md", "--offline", "--diff")
    assert "+[[fact]]" in ran.out
    assert not walkers.exists()


def test_propose_from_abstracts_makes_extraction_records(walkers: Path, run: Run) -> None:
    run("facts", "propose", "refs.bib", "--facts", "review.toml")
    made = facts("review.toml")
    assert {fact["study"] for fact in made} == {"walk2020"}
    assert all("on_page" not in fact and fact["in_source"] for fact in made)


def test_propose_from_other_files_of_references(project: Path, run: Run) -> None:
    Path("refs.ris").write_text(
        "TY  - JOUR\nTI  - Walking\nAU  - Ng, A.\nPY  - 2020\nDO  - 10.1000/walk\nAB  - We enrolled 31 nurses.\nER  - \n"
    )
    (made,) = run("extract", "refs.ris").lines
    assert made["facts"][0]["value"] == 31
    assert run("facts", "propose", "refs.ris").code == 0
    assert [fact["value"] for fact in facts()] == [31]


def test_propose_from_text_and_standard_input(project: Path, run: Run) -> None:
    Path("ng.txt").write_text("We enrolled 31 nurses. They were followed for 2 years.")
    run("facts", "propose", "ng.txt", "--study", "ng2020")
    assert [(fact["id"], fact["value"]) for fact in facts()] == [("enrolled", 31), ("follow-up", 2)]
    assert tomllib.loads(Path("facts.toml").read_text())["study"]["ng2020"]["source"] == "ng.txt"
    run("facts", "propose", "-", "--study", "ng2021", stdin="We enrolled 33 nurses.")
    assert facts()[-1]["value"] == 33
    assert run("check", "--offline", "--select", "FCT").code == 0


def test_propose_from_identifiers(project: Path, run: Run, standin: Standin) -> None:
    standin.registries.pubmed.papers["123456"] = Paper(
        "123456", "Walking", "10.1000/walk", abstract=(("METHODS", "We enrolled 44 nurses."),)
    )
    standin.registries.trials["NCT01234567"] = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT01234567", "briefTitle": "Walking"},
            "designModule": {"enrollmentInfo": {"count": 45, "type": "ACTUAL"}},
        }
    }
    ran = run("facts", "propose", "pmid:123456", "NCT01234567")
    assert ran.code == 0, ran.err
    assert [(fact["study"], fact["value"]) for fact in facts()] == [("NCT01234567", 45), ("123456", 44)]
    ran = run("facts", "propose", "pmid:123456", "--offline")
    assert ran.code == 2
    assert "offline" in ran.err


def test_the_registry_disagrees(project: Path, run: Run, standin: Standin) -> None:
    standin.registries.trials["NCT01234567"] = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT01234567", "briefTitle": "Walking"},
            "designModule": {"enrollmentInfo": {"count": 45, "type": "ACTUAL"}},
        }
    }
    Path("page.md").write_text("We walked with 44 nurses.\n")
    Path("facts.toml").write_text(
        'page = "page.md"\n[study.ng]\nsource = "nct:NCT01234567"\ntier = "registry"\n[[fact]]\nstudy = "ng"\nid = "e"\n'
        'kind = "participants"\nrole = "enrolled"\nvalue = 44\non_page = "44 nurses"\n'
    )
    found = run("check", "page.md", "--select", "FCT", "--format", "json").json["findings"]
    assert {"conflicting-facts", "value-not-in-quote"} <= {one["name"] for one in found}
    assert any("45" in one["message"] for one in found)


def test_load_brings_the_table_back(walkers: Path, run: Run) -> None:
    run("facts", "propose", "page.md", "--offline")
    walkers.write_text("# kept\n" + walkers.read_text())
    table = run("facts", "export").out
    Path("table.csv").write_text(table.replace("followed,12", "followed,13"))
    before = walkers.read_text()
    assert run("facts", "load", "table.csv", "--diff").out.count("+value = 13") == 1
    assert walkers.read_text() == before
    assert run("facts", "load", "table.csv").code == 0
    assert walkers.read_text() == before.replace("value = 12", "value = 13", 1)
    Path("table.csv").write_text("study,id,value\nwalk2020,followed,many\n")
    ran = run("facts", "load", "table.csv")
    assert ran.code == 2
    assert "table.csv:2:" in ran.err


def test_wide_and_other_forms(walkers: Path, run: Run) -> None:
    run("facts", "propose", "page.md", "--offline")
    rows = list(csv.DictReader(io.StringIO(run("facts", "export", "--wide").out)))
    assert rows[0]["study"] == "walk2020"
    assert rows[0]["follow-up"] == "30 months"
    fhir = json.loads(run("facts", "export", "page.md", "--format", "fhir").out)
    assert fhir["entry"][0]["resource"]["citedArtifact"]["title"] == [{"text": "Walking"}]
    graph = json.loads(run("facts", "export", "--format", "schema.org").out)
    assert graph["@graph"][0]["@type"] == "ScholarlyArticle"
    assert run("facts", "export", "--wide", "--format", "fhir").code == 2
    run("facts", "export", "-o", "out.csv")
    assert Path("out.csv").read_text() == run("facts", "export").out


def test_compare(walkers: Path, run: Run) -> None:
    run("facts", "propose", "page.md", "--offline")
    Path("second.toml").write_text(walkers.read_text().replace("value = 12", "value = 13"))
    assert run("facts", "compare", "facts.toml", "facts.toml").code == 0
    ran = run("facts", "compare", "facts.toml", "second.toml", "--format", "json")
    assert ran.code == 1
    assert [(one["field"], one["first"], one["second"]) for one in ran.json["differences"]] == [
        ("value", "12", "13")
    ]
    assert "12" in run("facts", "compare", "facts.toml", "second.toml").out


def test_confirm_asks_in_a_terminal(
    walkers: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    run("facts", "propose", "page.md", "--offline")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("A. Reader\ns\nread it\nd\n\nq\n"))
    capsys.readouterr()
    assert main(["facts", "confirm", "page.md"]) == 0
    said = capsys.readouterr().err
    assert "walk2020.enrolled" in said
    assert "24 patients" in said
    made = facts()
    assert [fact["verdict"] for fact in made[:3]] == ["supported", "distorted", "unchecked"]
    assert made[0]["by"] == "A. Reader"
    assert made[0]["note"] == "read it"
    assert made[0]["seal"]


def test_confirm_without_a_terminal_says_what_to_type(walkers: Path, run: Run) -> None:
    run("facts", "propose", "page.md", "--offline")
    ran = run("facts", "confirm")
    assert ran.code == 2
    assert "--verdict" in ran.err
    assert run("facts", "confirm", "followed", "--verdict", "distorted").code == 2
    assert run("facts", "confirm", "followed", "--verdict", "distorted", "--by", "A. Reader").code == 0
    found = run("check", "page.md", "--offline", "--select", "FCT", "--format", "json")
    assert [one["name"] for one in found.json["findings"] if one["severity"] == "error"] == [
        "misreported-fact"
    ]


def test_a_pdf_leaves_its_digest_and_the_quoted_words(project: Path, run: Run) -> None:
    pytest.importorskip("pypdf")
    Path("ng.pdf").write_bytes(_pdf("We enrolled 31 nurses in this trial of walking."))
    ran = run("facts", "propose", "ng.pdf", "--study", "ng2020")
    assert ran.code == 0, ran.err
    (fact,) = facts()
    assert (fact["value"], fact["in_source"]) == (31, "We enrolled 31 nurses in this trial of walking")
    source = tomllib.loads(Path("facts.toml").read_text())["study"]["ng2020"]["source"]
    assert source.startswith("sha256:")
    Path("bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert run("facts", "propose", "bad.pdf", "--study", "x").code == 2


def _pdf(text: str) -> bytes:
    """Return a PDF of one page with one line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + table
    return data + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
