"""`baseline`: what is there today is accepted, what is new fails, what is mended goes, no notice is hidden."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK, NOTICE, PETTINE
from tests.standin import Standin

BASELINE = Path("evidence-baseline.toml")
WRONG = PETTINE.replace("Percutaneous injection", "Surgical removal")


def records() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(BASELINE.read_text()).get("ignore", [])
    return found


def retract(standin: Standin, doi: str, **more: Any) -> None:
    message: dict[str, Any] = json.loads(json.dumps(standin.crossref.works[doi]))
    standin.crossref.add({**message, "updated-by": [{**NOTICE, **more}]})


@pytest.fixture
def accepted(project: Path, run: Run, check: Run) -> None:
    """A project whose one error is accepted."""
    Path("refs.bib").write_text(WRONG)
    assert check().code == 1
    ran = run("baseline")
    assert ran.code == 0
    assert "accepted in evidence-baseline.toml" in ran.err
    assert check().code == 0


@pytest.mark.usefixtures("accepted")
def test_what_is_accepted_is_counted_and_fails_no_more(check: Run) -> None:
    ran = check("--frozen")
    assert ran.code == 0
    assert ran.json["findings"] == []
    assert ran.json["counts"]["ignored"] == len(records()) > 0
    assert all(record["where"] == "refs.bib" for record in records())


@pytest.mark.usefixtures("accepted")
def test_moved_lines_change_nothing(check: Run) -> None:
    Path("refs.bib").write_text("% a comment\n\n" + WRONG)
    assert check("--frozen").code == 0


@pytest.mark.usefixtures("accepted")
def test_what_is_new_fails(check: Run) -> None:
    Path("refs.bib").write_text(WRONG + KROCK.replace("year = {2015}", "year = {1999}"))
    ran = check()
    assert {finding["key"] for finding in ran.json["findings"] if finding["severity"] != "note"} == {
        "krock2015"
    }


@pytest.mark.usefixtures("accepted")
def test_a_new_notice_on_an_accepted_reference_is_never_hidden(
    standin: Standin, run: Run, check: Run
) -> None:
    retract(standin, "10.1002/stem.1845")
    run("update")
    ran = check("--frozen")
    assert ran.code == 1
    assert [finding["name"] for finding in ran.json["findings"]] == ["retracted"]


def test_a_second_retraction_is_another_finding(
    project: Path, standin: Standin, run: Run, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE)
    retract(standin, "10.1002/stem.1845")
    assert check().code == 1
    ran = run("baseline")
    assert "look at them" in ran.err
    assert check("--frozen").code == 0
    later = {"date-parts": [[2026, 11, 1]], "date-time": "2026-11-01T00:00:00Z", "timestamp": 0}
    retract(standin, "10.1002/stem.1845", DOI="10.99999/standin.other", updated=later)
    run("update")
    assert check("--frozen").code == 1


@pytest.mark.usefixtures("accepted")
def test_what_is_mended_is_dropped_by_a_check_of_the_project(run: Run) -> None:
    before = len(records())
    Path("refs.bib").write_text(PETTINE)
    for words in (
        ("check", "--frozen"),
        ("check", "--offline"),
        ("check", "--read-only"),
        ("check", "refs.bib"),
    ):
        assert run(*words).code == 0
        assert len(records()) == before
    ran = run("check")
    assert ran.code == 0
    assert "mended and dropped" in ran.err
    assert len(records()) < before


@pytest.mark.usefixtures("accepted")
def test_a_dry_run_writes_nothing_and_one_of_a_page_keeps_the_others(run: Run) -> None:
    before = BASELINE.read_text()
    Path("page.md").write_text("Cells help [1].\n\n## References\n\n1. A leaflet. Clinic. Available at:\n")
    assert run("baseline", "--dry-run").code == 0
    assert BASELINE.read_text() == before
    assert run("baseline", "page.md").code == 0
    assert {record["where"] for record in records()} == {"page.md", "refs.bib"}


def test_a_baseline_of_a_file_that_cannot_be_read_is_not_written(project: Path, run: Run) -> None:
    assert run("baseline", "missing.bib").code == 2
    assert not BASELINE.exists()
