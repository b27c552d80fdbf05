"""The JSON of a check: every field of the contract, places that hold, names that survive."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Ran, Run
from tests.commands.made import KROCK, KROCK_TEXT, PETTINE, PETTINE_TEXT, RETRACTED, web
from tests.standin import Standin

#: For each list of the report the fields of an item, with their types; None where it may be null.
FORM: dict[str, dict[str, tuple[type | None, ...]]] = {
    "references": {
        "path": (str,), "line": (int,), "column": (int,), "end_line": (int,), "key": (str, None),
        "number": (int, None), "raw": (str,), "verdict": (str,), "cause": (str, None), "ids": (dict,),
        "ids_written": (list,), "ids_found": (list,), "appears": (list,), "retracted": (bool,), "notices": (list,),
        "record": (dict, None), "differences": (list,), "reason": (str, None),
    },
    "citations": {"path": (str,), "line": (int,), "column": (int,), "text": (str,), "keys": (list,)},
    "links": {
        "url": (str,), "path": (str,), "line": (int,), "state": (str,), "reason": (str, None), "final_url": (str, None),
    },
    "facts": {
        "id": (str,), "study": (str,), "kind": (str,), "role": (str, None), "value": (int, float, str, None),
        "verdict": (str,), "path": (str, None), "line": (int, None),
    },
    "findings": {
        "code": (str,), "name": (str,), "severity": (str,), "message": (str,), "path": (str,), "line": (int,),
        "column": (int,), "end_line": (int,), "end_column": (int,), "key": (str, None), "fingerprint": (str,),
        "evidence": (list,), "fix": (dict, None),
    },
}  # fmt: skip
NESTED: dict[str, dict[str, tuple[type | None, ...]]] = {
    "record": {
        "service": (str,), "since": (str, None), "title": (str, None), "authors": (list,), "container": (str, None),
        "year": (int, None), "volume": (str, None), "issue": (str, None), "pages": (str, None),
    },
    "notices": {"kind": (str,), "id": (str, None), "date": (str, None), "says": (list,)},
    "appears": {"path": (str,), "line": (int,)},
    "differences": {"field": (str,), "written": (str,), "registered": (str,)},
    "evidence": {"service": (str,), "id": (str, None), "since": (str, None), "url": (str, None)},
    "fix": {"title": (str,), "applicability": (str,)},
}  # fmt: skip


def holds(item: dict[str, Any], form: dict[str, tuple[type | None, ...]]) -> None:
    assert list(item) == list(form)
    for name, types in form.items():
        value = item[name]
        assert any(value is None if kind is None else type(value) is kind for kind in types), (name, value)
        if name in NESTED:
            for inner in value if isinstance(value, list) else [value] if value else []:
                holds(inner, NESTED[name])


@pytest.fixture
def rich(standin: Standin, project: Path, check: Run) -> Ran:
    """A report in which everything occurs."""
    Path("content").mkdir()
    moved = standin.page("/pages/old", status=301, headers={"Location": "/pages/ok"})
    wrong = (
        PETTINE.replace("pettine2015", "changed2015").replace("lumbar", "cervical").replace("{33}", "{34}")
    )
    Path("refs.bib").write_text(PETTINE + KROCK + RETRACTED + wrong + web(moved))
    Path("content/page.md").write_text(
        "Ü 😀 [1], cells [@hollow2012; @changed2015], walks [@backs2020; @nobody1999] and more [7].\n"
        f"24 people began to walk.\n\n## References\n\n1. {KROCK_TEXT}\n"
    )
    Path("content/facts.toml").write_text(
        'schema = 1\npage = "page.md"\n\n[[fact]]\nstudy = "backs2020"\nid = "began"\nkind = "participants"\n'
        'role = "enrolled"\nvalue = 24\non_page = "24 people began to walk"\n'
    )
    return check("content/page.md", "--all-entries")


def test_every_field_is_there_with_its_type(rich: Ran) -> None:
    report = rich.json
    assert list(report) == ["schema", "complete", "counts", *FORM]
    assert report["schema"] == 1
    assert list(report["counts"]) == ["references", "error", "warning", "note", "ignored"]
    for name, form in FORM.items():
        assert report[name], name
        for item in report[name]:
            holds(item, form)
    occurring = {
        name
        for item in report["references"]
        for name in ("notices", "appears", "differences", "record")
        if item[name]
    }
    assert occurring == {"notices", "appears", "differences", "record"}
    assert any(finding["fix"] for finding in report["findings"])
    assert any(finding["evidence"] for finding in report["findings"])


def test_the_counts_are_those_of_the_lists(rich: Ran) -> None:
    report = rich.json
    assert report["counts"]["references"] == len(report["references"]) == 5
    for severity in ("error", "warning", "note"):
        assert report["counts"][severity] == sum(f["severity"] == severity for f in report["findings"])


def test_places_are_those_of_the_file_in_code_points(rich: Ran) -> None:
    assert {item["path"] for item in rich.json["references"]} == {"refs.bib"}
    for item in (*rich.json["citations"], *rich.json["findings"], *rich.json["references"]):
        lines = Path(item["path"]).read_text(encoding="utf-8").split("\n")
        assert 1 <= item["line"] <= len(lines)
        assert 1 <= item["column"] <= len(lines[item["line"] - 1]) + 1
        if "text" in item:
            start = item["column"] - 1
            assert lines[item["line"] - 1][start : start + len(item["text"])] == item["text"]
    first = rich.json["citations"][0]
    assert (first["text"], first["line"], first["column"]) == ("[1]", 1, 5)
    dangling = rich.named("dangling-marker")
    assert [(f["key"], f["line"]) for f in dangling] == [("nobody1999", 1), ("7", 1)]
    assert (dangling[1]["end_line"], dangling[1]["end_column"] - dangling[1]["column"]) == (1, 3)


def test_appearances_and_citations_tie_to_entries(rich: Ran) -> None:
    krock = next(item for item in rich.json["references"] if item["key"] == "krock2015")
    assert krock["appears"] == [{"path": "content/page.md", "line": 6}]
    assert [citation["keys"] for citation in rich.json["citations"]] == [
        ["krock2015"], ["hollow2012", "changed2015"], ["backs2020"], [],
    ]  # fmt: skip


def test_a_message_about_a_difference_quotes_both_values(rich: Ran) -> None:
    (title,) = rich.named("title-mismatch")
    assert "cervical" in title["message"]
    assert "lumbar" in title["message"]
    (locator,) = rich.named("locator-mismatch")
    assert "34" in locator["message"]
    assert "33" in locator["message"]
    changed = next(item for item in rich.json["references"] if item["key"] == "changed2015")
    assert {(d["field"], d["registered"]) for d in changed["differences"]} >= {("volume", "33")}
    assert changed["verdict"] == "mismatch"
    (witness,) = title["evidence"]
    assert witness == {
        "service": "crossref", "id": "doi:10.1002/stem.1845", "since": "2026-11-22",
        "url": "https://doi.org/10.1002/stem.1845",
    }  # fmt: skip


def test_a_retraction_does_not_change_the_verdict(rich: Ran) -> None:
    hollow = next(item for item in rich.json["references"] if item["key"] == "hollow2012")
    assert (hollow["verdict"], hollow["retracted"]) == ("verified", True)
    assert hollow["notices"] == [
        {"kind": "retraction", "id": "10.99999/standin.retraction-notice", "date": "2013-09-02",
         "says": ["crossref", "retraction-watch"]}
    ]  # fmt: skip


def test_the_same_input_gives_the_same_bytes(rich: Ran, check: Run, standin: Standin) -> None:
    assert check("content/page.md", "--all-entries").out == rich.out
    assert check("./content/../content/page.md", "--all-entries").out == rich.out
    assert check("content/page.md", "--all-entries", "--frozen").out == rich.out


def test_paths_are_relative_to_the_root_wherever_one_stands(
    rich: Ran, check: Run, monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    monkeypatch.chdir(project / "content")
    assert check("page.md", "--all-entries", "--frozen").out == rich.out
    monkeypatch.chdir("/")
    assert check(str(project / "content" / "page.md"), "--all-entries", "--frozen").out == rich.out


def prints(ran: Ran) -> set[tuple[str, str]]:
    return {(finding["name"], finding["fingerprint"]) for finding in ran.json["findings"]}


def test_fingerprints_stay_when_lines_move_and_entries_are_added(rich: Ran, check: Run) -> None:
    before = prints(rich)
    assert len({fingerprint for _, fingerprint in before}) == len(rich.json["findings"])
    assert all(re.fullmatch(r"[0-9a-f]{16}", fingerprint) for _, fingerprint in before)
    page = Path("content/page.md")
    page.write_text("A new paragraph.\n\nAnd another.\n\n" + page.read_text())
    book = Path("refs.bib")
    book.write_text("% a line\n\n" + book.read_text())
    assert prints(check("content/page.md", "--all-entries")) == before


def test_json_lines_are_the_findings(rich: Ran, run: Run) -> None:
    ran = run("check", "content/page.md", "--all-entries", "--format", "jsonl")
    assert ran.lines == rich.json["findings"]


def test_text_from_outside_is_inert(project: Path, run: Run) -> None:
    title = "Backs\x1b]8;;http://x\x07 ::error::gone\u202e ##[error]<script>"
    Path("refs.bib").write_text(f"@article{{a, title = {{{title}}}, doi = {{10/short}}}}\n", encoding="utf-8")
    for form in ("text", "json", "jsonl", "sarif", "junit", "github"):
        out = run("check", "refs.bib", "--offline", "--format", form).out
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]", out)
        assert not [
            line for line in out.splitlines() if re.match(r"\s*(##\[|::(?!error |warning |notice ))", line)
        ]


# ---------------------------------------------------------------- suppression


def test_a_comment_keeps_a_finding_back_and_is_counted(project: Path, check: Run) -> None:
    Path("refs.bib").write_text("% evidence: ignore retracted - the retraction is the point\n" + RETRACTED)
    ran = check("refs.bib")
    assert ran.code == 0
    assert ran.json["counts"]["ignored"] == 1
    assert not ran.json["findings"]
    assert ran.json["references"][0]["retracted"] is True


@pytest.mark.parametrize("where", ["hollow2012", "refs.bib", "*.bib"])
def test_a_record_in_the_settings_keeps_a_finding_back(where: str, project: Path, run: Run) -> None:
    Path("evidence.toml").write_text(
        f'[[ignore]]\nrule = "RET001"\nwhere = "{where}"\nreason = "known"\nuntil = 2027-01-01\n'
    )
    Path("refs.bib").write_text(RETRACTED)
    ran = run("check", "refs.bib")
    assert ran.code == 0
    assert "1 ignored" in ran.out


def test_a_record_past_its_date_holds_no_more_and_is_a_finding(project: Path, check: Run) -> None:
    Path("evidence.toml").write_text(
        '[[ignore]]\nrule = "retracted"\nwhere = "hollow2012"\nreason = "known"\nuntil = 2026-11-21\n'
    )
    Path("refs.bib").write_text(RETRACTED)
    ran = check("refs.bib")
    assert ran.code == 1
    assert len(ran.named("retracted")) == 1
    assert [f["path"] for f in ran.named("unused-suppression")] == ["evidence.toml"]
    assert ran.json["counts"]["ignored"] == 0
    Path("refs.lock").unlink()
    for path in Path("../cache").glob("*"):
        path.unlink()
    assert [f["name"] for f in check("refs.bib", "--offline").json["findings"]] == ["unused-suppression"]


def test_a_suppression_of_nothing_is_a_finding(project: Path, check: Run) -> None:
    Path("evidence.toml").write_text('[[ignore]]\nrule = "retracted"\nwhere = "gone2001"\nreason = "known"\n')
    Path("refs.bib").write_text("% evidence: ignore title-mismatch - was so once\n" + PETTINE)
    ran = check("refs.bib")
    assert [(f["path"], f["line"]) for f in ran.named("unused-suppression")] == [
        ("evidence.toml", 1),
        ("refs.bib", 1),
    ]
    assert all(isinstance(f["fingerprint"], str) for f in ran.json["findings"])
    assert ran.json["findings"] == sorted(ran.json["findings"], key=lambda f: (f["path"], f["line"]))
    assert ran.code == 0
    assert not check("refs.bib", "--offline", "--select", "REF,CIT").named("unused-suppression")


def test_an_outage_accuses_no_suppression(standin: Standin, project: Path, check: Run) -> None:
    gone = standin.page("/pages/gone", "no", status=404)
    comments = "% evidence: ignore retracted - known\n", "% evidence: ignore dead-link - archived\n"
    Path("refs.bib").write_text(comments[0] + RETRACTED + comments[1] + web(gone))
    assert check("refs.bib", "--read-only").json["counts"]["ignored"] == 2
    standin.serve("/", status=503, headers={"Retry-After": "0"})
    for path in Path("../cache").glob("*"):
        path.unlink()
    assert not check("refs.bib", "--read-only").json["findings"]
    assert not check("refs.bib", "--offline").json["findings"]


def test_a_suppression_in_a_page(project: Path, check: Run) -> None:
    Path("page.md").write_text(
        "Cells [1].\n\n## References\n\n<!-- evidence: ignore missing-link - the site is closed -->\n"
        f"1. Back Pain. A Site of Health. Available at:\n2. {PETTINE_TEXT}\n"
    )
    ran = check("page.md")
    assert not ran.named("missing-link")
    assert ran.json["counts"]["ignored"] == 1


def test_suppressions_are_in_every_form(project: Path, run: Run) -> None:
    Path("refs.bib").write_text("% evidence: ignore retracted - the retraction is the point\n" + RETRACTED)
    assert "1 ignored" in run("check", "refs.bib").out
    sarif = json.loads(run("check", "refs.bib", "--format", "sarif").out)
    assert sarif["runs"][0]["results"] == [] or "suppress" in json.dumps(sarif)
