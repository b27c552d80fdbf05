"""`--changed-since` checks what a change touches, `--settings-from` believes the branch it goes into."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK, PETTINE
from tests.standin import Standin

PAGE = """# Cells

Cells were tried [1], and leaflets told of it [2].

## References

1. A leaflet on backs. Clinic. Available at:
2. Another leaflet. Clinic. Available at:
"""


def git(*words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def committed(project: Path) -> None:
    """A repository with a page and a bibliography in its first commit."""
    git("init", "-q", "-b", "main")
    Path("page.md").write_text(PAGE)
    Path("refs.bib").write_text(PETTINE)
    git("add", "-A")
    git("commit", "-qm", "one")


@pytest.mark.usefixtures("committed")
def test_nothing_changed_is_nothing_checked(check: Run, standin: Standin) -> None:
    ran = check("--changed-since", "HEAD")
    assert ran.code == 0
    assert ran.json["references"] == ran.json["findings"] == []
    assert standin.log == []


@pytest.mark.usefixtures("committed")
def test_only_the_reference_whose_line_changed_is_told(check: Run) -> None:
    Path("page.md").write_text(PAGE.replace("Another leaflet", "A third leaflet"))
    ran = check("--changed-since", "HEAD")
    assert ran.code == 1
    assert [reference["line"] for reference in ran.json["references"]] == [8]
    assert [finding["line"] for finding in ran.json["findings"] if finding["severity"] == "error"] == [8]


@pytest.mark.usefixtures("committed")
def test_a_new_entry_is_asked_about_and_no_other(check: Run, standin: Standin) -> None:
    Path("refs.bib").write_text(PETTINE + KROCK)
    Path("cites.md").write_text("Milieu matters [@krock2015], cells too [@pettine2015].\n")
    ran = check("--changed-since", "HEAD", "--read-only")
    assert {reference["key"] for reference in ran.json["references"]} == {"krock2015", "pettine2015"}
    Path("cites.md").write_text("Milieu matters [@krock2015].\n")
    standin.log.clear()
    ran = check("--changed-since", "HEAD", "--read-only")
    assert [reference["key"] for reference in ran.json["references"]] == ["krock2015"]
    assert not any("stem.1845" in str(request) for request in standin.log)


@pytest.mark.usefixtures("committed")
def test_a_line_taken_out_of_a_list_leaves_a_marker_that_points_nowhere(check: Run) -> None:
    Path("page.md").write_text(PAGE.replace("2. Another leaflet. Clinic. Available at:\n", ""))
    ran = check("--changed-since", "HEAD")
    assert [finding["name"] for finding in ran.json["findings"] if finding["severity"] == "error"] == [
        "dangling-marker"
    ]


@pytest.mark.usefixtures("committed")
def test_a_field_taken_out_of_an_entry_touches_it(check: Run) -> None:
    Path("refs.bib").write_text(PETTINE.replace("  volume = {33},\n", ""))
    ran = check("--changed-since", "HEAD", "refs.bib")
    assert [reference["key"] for reference in ran.json["references"]] == ["pettine2015"]
    Path("refs.bib").write_text("% before\n" + PETTINE)
    assert check("--changed-since", "HEAD", "refs.bib").json["references"] == []


@pytest.mark.usefixtures("committed")
def test_changes_are_those_since_the_branches_parted(check: Run) -> None:
    git("switch", "-qc", "topic")
    Path("new.md").write_text("See [1].\n\n## References\n\n1. A leaflet. Clinic. Available at:\n")
    git("add", "-A")
    git("commit", "-qm", "two")
    git("switch", "-q", "main")
    Path("page.md").write_text(PAGE.replace("Another", "One more"))
    git("commit", "-qam", "three")
    git("switch", "-q", "topic")
    assert {finding["path"] for finding in check("--changed-since", "main").json["findings"]} == {"new.md"}


@pytest.mark.usefixtures("committed")
def test_odd_names_are_found(check: Run) -> None:
    name = 'säule "1"\t.md'
    Path(name).write_text(PAGE)
    git("add", "-A")
    assert {reference["path"] for reference in check("--changed-since", "HEAD").json["references"]} == {name}


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("words", [("--changed-since", "nowhere"), ("--changed-since=--output=x",),
                                   ("--settings-from", "nowhere"), ("--settings-from=-x",)])  # fmt: skip
def test_a_revision_that_is_not_there_is_said(words: tuple[str, ...], run: Run) -> None:
    ran = run("check", *words)
    assert ran.code == 2
    assert "revision" in ran.err


def test_without_a_repository_it_is_said(project: Path, run: Run) -> None:
    ran = run("check", "--changed-since", "HEAD")
    assert ran.code == 2
    assert "no repository" in ran.err


@pytest.mark.usefixtures("committed")
def test_settings_of_a_change_are_not_believed(run: Run) -> None:
    Path("evidence.toml").write_text('[[ignore]]\nrule = "missing-link"\nreason = "mine"\n')
    assert run("check", "page.md").code == 0
    assert run("check", "page.md", "--settings-from", "HEAD").code == 1
    Path("evidence.toml").write_text("this is no TOML")
    assert run("check", "page.md", "--settings-from", "HEAD").code == 1
    git("add", "-A")
    Path("evidence.toml").write_text('[[ignore]]\nrule = "missing-link"\nreason = "ours"\n')
    git("commit", "-qam", "settings")
    Path("evidence.toml").unlink()
    ran = run("check", "--settings-from", "HEAD")
    assert ran.code == 0, ran.err
    assert Path("refs.lock").exists()
