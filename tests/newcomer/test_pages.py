"""Five pages of different make, as a newcomer would try them: nothing lost, nothing true accused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Run, check, project, run
from tests.newcomer.guideline import STUDIES, WRONG, page
from tests.standin import Standin

__all__ = ["check", "project", "run"]  # fixtures

PAGES = Path(__file__).parent / "pages"


@pytest.mark.parametrize(
    ("name", "lines", "accused"),
    [
        ("blog.md", [23, 26, 28, 30], {"year-mismatch"}),  # the blogger got one year wrong
        ("cms.html", [23, 24, 25, 26, 27], set()),
        ("word.html", [17, 18, 19, 20], set()),
        ("wiki.html", [10, 11, 12], set()),
    ],
)
def test_references_are_read_and_only_the_wrong_one_is_told(
    name: str, lines: list[int], accused: set[str], project: Path, check: Run
) -> None:
    shutil.copy(PAGES / name, project)
    ran = check(name)
    assert ran.code == 0
    assert {r["line"] for r in ran.json["references"]} >= set(lines)
    assert {f["name"] for f in ran.json["findings"] if f["severity"] != "note"} == accused
    kinds = [r["verdict"] for r in ran.json["references"] if r["line"] in lines]
    assert kinds.count("verified") + kinds.count("mismatch") >= len(lines) - 1
    assert check(name, "--frozen").json["complete"] is (project / "refs.lock").exists()


def test_a_guideline_with_200_references(project: Path, standin: Standin, check: Run, run: Run) -> None:
    for one in STUDIES:
        standin.crossref.add(one.message())
    Path("guideline.md").write_text(page(), encoding="utf-8")
    ran = check("guideline.md")
    assert ran.json["counts"]["references"] == 200
    assert [r["number"] for r in ran.json["references"]] == list(range(1, 201))
    by_line = {r["line"]: r["number"] for r in ran.json["references"]}
    accused = {by_line[f["line"]] for f in ran.json["findings"] if f["severity"] != "note"}
    assert accused == set(WRONG)
    told = run("check", "guideline.md", "--frozen", "--format", "html").out
    assert len(told.encode()) < 500_000
    for words in ("Wrongman", "1971", "99"):
        assert words in told
