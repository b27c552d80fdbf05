"""The main job end to end, through the command: a page in, a report, a bibliography, a list.

The pages are checked against the stand-in over real HTTP. The shared pages are read where present.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from evidence.cli import main
from tests.standin import Standin

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "docs" / "tutorial" / "files" / "page.md"
SHARED = [ROOT / ".." / "shared" / "pages" / f"stem-cells.{kind}" for kind in ("txt", "md", "html")]
STUDIES = {
    "pettine2015": "10.1002/stem.1845",
    "orozco2011": "10.1097/tp.0b013e3182298a15",
    "richardson2016": "10.1016/j.ymeth.2015.09.015",
    "yim2014": "10.1089/scd.2014.0203",
    "gilbert2013": "10.1007/s11916-013-0377-0",
}


@pytest.fixture
def service(standin: Standin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Standin:
    for name, value in standin.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("EVIDENCE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return standin


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def check(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run(capsys, "check", *words, "--format", "json")
    report: dict[str, Any] = json.loads(out)
    return code, report


@pytest.fixture(params=[OWN, *SHARED], ids=lambda path: path.name)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    source: Path = request.param
    if not source.exists():
        pytest.skip("the shared pages are not here")
    return Path(shutil.copy(source, tmp_path / source.name))


def test_a_hand_made_page_is_read_and_every_reference_judged(
    page: Path, service: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = check(capsys, page.name)
    assert code == 1
    assert report["schema"] == 1
    assert report["complete"] is True
    references = report["references"]
    assert len(references) == report["counts"]["references"] == 12
    assert len(report["citations"]) == 5
    assert [c["text"] for c in report["citations"]] == [f"[{n}]" for n in range(1, 6)]
    by_key = {reference["key"]: reference for reference in references}
    for key, doi in STUDIES.items():
        assert by_key[key]["verdict"] == "verified"
        assert by_key[key]["ids"]["doi"] == doi
        assert by_key[key]["ids_written"] == ["doi"]
    for key in ("krock2015", "clarke2015"):
        assert by_key[key]["verdict"] == "verified"
        assert by_key[key]["ids_found"] == ["doi"]
    web = [reference for reference in references if reference["number"]]
    assert [reference["number"] for reference in web] == [1, 2, 3, 4, 5]
    assert {(r["verdict"], r["cause"]) for r in web} == {("unchecked", "no-registry")}
    for citation, reference in zip(report["citations"], web, strict=True):
        assert citation["keys"] == [reference["key"]]
    names = Counter(finding["name"] for finding in report["findings"])
    assert names["missing-link"] == 3
    assert not [f for f in report["findings"] if f["severity"] == "error" and f["name"] != "missing-link"]


def test_the_page_is_taken_over_and_a_second_render_changes_no_byte(
    page: Path, service: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    before = page.read_bytes()
    code, keys, _ = run(capsys, "import", page.name)
    assert code == 1  # the missing links remain
    assert page.read_bytes() == before
    assert len(keys.splitlines()) == 12
    assert Path("refs.lock").exists()
    if page.suffix == ".txt":
        return
    assert run(capsys, "render", page.name)[0] == 0
    rendered = page.read_text(encoding="utf-8")
    assert rendered.count("<!-- evidence:references ") == 2
    assert "Stem Cells. 2015 Jan;33(1):146-56. doi: " in rendered
    first = page.read_bytes()
    assert run(capsys, "render", page.name)[0] == 0
    assert page.read_bytes() == first
    assert run(capsys, "render", "--check", page.name)[0] == 0
    _, report = check(capsys, "--frozen", page.name)
    assert report["complete"] is True
    assert len(report["references"]) == 12
    assert {Path(reference["path"]).name for reference in report["references"]} == {"refs.bib"}
    assert all(len(reference["appears"]) == 1 for reference in report["references"])
    assert len(report["citations"]) == 5
    assert all(citation["keys"] for citation in report["citations"])
    assert run(capsys, "import", page.name)[1].count("was there already") == 12


def test_every_form_says_the_same(
    service: Standin, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import xml.etree.ElementTree as ET

    shutil.copy(OWN, tmp_path / "page.md")
    forms = ("json", "sarif", "junit", "github", "jsonl")
    words = [word for form in forms for word in ("-o", f"{form}=out.{form}")]
    code, text, _ = run(capsys, "check", "page.md", *words)
    assert code == 1
    report = json.loads(Path("out.json").read_text(encoding="utf-8"))
    count = len(report["findings"])
    assert count == len(json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"])
    assert count == len(Path("out.jsonl").read_text(encoding="utf-8").splitlines())
    assert count == len(
        [x for x in Path("out.github").read_text(encoding="utf-8").splitlines() if x.startswith("::")]
    )
    cases = ET.fromstring(Path("out.junit").read_text(encoding="utf-8")).iter("testcase")
    assert len(list(cases)) >= 12
    assert "12 references" in text


def test_an_outage_is_incomplete_and_accuses_nobody(
    service: Standin, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(OWN, tmp_path / "page.md")
    service.serve("/crossref", status=503)
    service.serve("/doi", status=503)
    code, report = check(capsys, "page.md", "--ignore", "missing-link")
    assert code == 3
    assert report["complete"] is False
    studies = [reference for reference in report["references"] if not reference["number"]]
    assert {(r["verdict"], r["cause"]) for r in studies} == {("unchecked", "outage")}
    assert not [f for f in report["findings"] if f["severity"] == "error"]
    assert check(capsys, "page.md", "--ignore", "missing-link", "--incomplete", "ok")[0] == 0


def test_the_lock_answers_without_a_network(
    service: Standin, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copy(OWN, tmp_path / "page.md")
    assert check(capsys, "page.md", "--lock", "refs.lock")[0] == 1
    asked = len(service.log)
    code, report = check(capsys, "page.md", "--frozen", "--lock", "refs.lock")
    assert len(service.log) == asked
    assert code == 1
    assert report["complete"] is True
    assert sum(reference["verdict"] == "verified" for reference in report["references"]) == 7


def test_a_reference_that_the_lock_lacks_is_named(
    service: Standin, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copy(OWN, tmp_path / "page.md")
    Path("refs.lock").write_text('schema = 1\nupdated = "2026-11-22"\n', encoding="utf-8")
    code, _, err = run(capsys, "check", "page.md", "--frozen", "--ignore", "missing-link")
    assert code == 3
    assert "not-in-lock" in err
    assert "evidence check" in err
    assert not service.log


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("schema = 9\n", "newer"),
        ("schema = 1\n<<<<<<< HEAD\n", "refs.lock:2"),
        ("schema = 1\nx = = 2\n", "refs.lock:2"),
    ],
)
def test_a_damaged_lock_is_named_with_its_line_and_kept(
    text: str, fragment: str, service: Standin, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copy(OWN, tmp_path / "page.md")
    Path("refs.lock").write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "check", "page.md")
    assert code == 2
    assert "refs.lock" in err
    assert fragment in err
    assert Path("refs.lock").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["", "# A page\n\nJust prose, with no list at all.\n"])
def test_a_page_without_references_is_never_called_clean(
    text: str, service: Standin, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Path("page.md").write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "check", "page.md")
    assert code == 0
    assert "no references found" in out + err


def test_what_cannot_be_read_is_named_and_the_rest_is_checked(
    service: Standin, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import os

    shutil.copy(OWN, tmp_path / "page.md")
    Path("picture.md").write_bytes(bytes(range(256)) * 20)
    os.mkfifo("pipe.md")
    for path in ("missing.md", "picture.md", "pipe.md"):
        code, out, err = run(capsys, "check", path, "page.md", "--format", "json")
        assert code == 2
        assert path in err
        assert "Traceback" not in err
        assert json.loads(out)["counts"]["references"] == 12


def test_entries_are_added_from_a_doi_a_pmid_and_a_pasted_reference(
    service: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "add", "https://doi.org/10.1002/stem.1845")[:2] == (0, "pettine2015\n")
    pasted = (
        "Krock E, Rosenzweig DH, Haglund L. The Inflammatory Milieu of the Degenerate Disc: Is Mesenchymal "
    )
    pasted += "Stem Cell-based Therapy for Intervertebral Disc Repair a Feasible Approach? "
    pasted += "Curr Stem Cell Res Ther. 2015;10(4):317-28."
    assert run(capsys, "add", pasted)[:2] == (0, "krock2015\n")
    again = run(capsys, "add", "10.1002/STEM.1845")
    assert again[0] == 0
    assert "was there already" in again[1]
    code, _, err = run(capsys, "add", "10.1234/nobody.registered.this")
    assert code == 1
    assert "not registered" in err
    text = Path("refs.bib").read_text(encoding="utf-8")
    assert text.count("@article{") == 2
    assert check(capsys, "refs.bib")[0] == 0


def test_a_wrong_doi_an_unregistered_one_and_a_retraction_are_told_apart(
    service: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = """@article{{{key},
  author = {{Pettine, Kenneth A. and Murphy, Matthew B. and Suzuki, Richard K. and Sand, Theodore T.}},
  title = {{{title}}},
  journal = {{Stem Cells}},
  year = 2015, volume = 33, number = 1, pages = {{146--156}},
  doi = {{{doi}}},
}}
"""
    title = (
        "Percutaneous injection of autologous bone marrow concentrate cells significantly reduces "
        "lumbar discogenic pain through 12 months"
    )
    entries = [
        entry.format(key="wrong", title=title, doi="10.1089/scd.2014.0203"),
        entry.format(key="nowhere", title=title, doi="10.1002/stem.99999999"),
        entry.format(key="changed", title=title.replace("lumbar", "cervical"), doi="10.1002/stem.1845"),
    ]
    Path("refs.bib").write_text("\n".join(entries), encoding="utf-8")
    code, report = check(capsys, "refs.bib", "--select", "MET")
    assert code == 1
    errors = {(f["key"], f["name"]) for f in report["findings"] if f["severity"] == "error"}
    assert errors == {("wrong", "wrong-work"), ("nowhere", "unregistered-doi"), ("changed", "title-mismatch")}
    assert all(reference["verdict"] == "mismatch" for reference in report["references"])
    message = next(f["message"] for f in report["findings"] if f["name"] == "title-mismatch")
    assert "cervical" in message
    assert "lumbar" in message.lower()
