"""`init` shows what it would write, writes it, and overwrites nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from evidence import setup
from tests.commands.conftest import Run
from tests.commands.made import PETTINE


@pytest.fixture
def site(project: Path) -> None:
    Path("content").mkdir()
    Path("content/page.md").write_text("Cells help [@pettine2015].\n")
    Path("README.md").write_text("No references here.\n")
    Path("refs.bib").write_text(PETTINE)


@pytest.mark.usefixtures("site")
def test_a_dry_run_shows_a_diff_and_writes_nothing(run: Run) -> None:
    before = sorted(Path().rglob("*"))
    ran = run("init", "--dry-run", "--github", "--gitlab", "--pre-commit")
    assert ran.code == 0
    assert sorted(Path().rglob("*")) == before
    for name in ("evidence.toml", ".gitattributes", ".github/workflows/evidence.yml", ".gitlab/evidence.yml"):
        assert f"+++ b/{name}" in ran.out
    assert "1 page with 0 references" in ran.err
    assert "refs.bib: 1 entry" in ran.err


@pytest.mark.usefixtures("site")
def test_what_it_writes_is_read_by_the_next_check(run: Run, check: Run) -> None:
    assert run("init").code == 0
    settings = tomllib.loads(Path("evidence.toml").read_text())
    assert settings["pages"] == ["content"]
    assert settings["bibliography"] == ["refs.bib"]
    assert "refs.lock text eol=lf" in Path(".gitattributes").read_text()
    ran = check()
    assert ran.code == 0
    assert [reference["key"] for reference in ran.json["references"]] == ["pettine2015"]
    assert "everything is there already" in run("init").err


@pytest.mark.usefixtures("site")
def test_nothing_that_exists_is_overwritten(run: Run) -> None:
    Path("evidence.toml").write_text('style = "nlm"\n')
    Path(".gitattributes").write_text("*.png binary")
    Path(".pre-commit-config.yaml").write_text("repos: []\n")
    Path(".gitlab-ci.yml").write_text("stages: [test]\n")
    ran = run("init")
    assert ran.code == 0
    assert Path("evidence.toml").read_text() == 'style = "nlm"\n'
    assert Path(".gitattributes").read_text() == f"*.png binary\n{setup.ATTRIBUTES}\n"
    assert Path(".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert Path(".gitlab-ci.yml").read_text() == "stages: [test]\n"
    assert "add the hooks" in ran.err
    assert "add to .gitlab-ci.yml" in ran.err
    assert Path(".gitlab/evidence.yml").exists()


def test_a_project_without_references_gets_settings_that_work(project: Path, run: Run) -> None:
    assert run("init").code == 0
    assert run("check").code == 0
    assert run("init", "no-such-folder").code == 2
