"""What build servers read: valid by their own schemas, pinned, and safe for a stranger's pull request."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from evidence import setup
from tests.commands.test_changed_since import git

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = ("github-check.yml", "github-lock.yml")
LEAFLET = "See [1].\n\n## References\n\n1. A leaflet on backs. Clinic. Available at:\n"


def schema(name: str) -> Any:
    """A schema that check-jsonschema carries."""
    package = pytest.importorskip("check_jsonschema")
    path = Path(package.__file__).parent / "builtin_schemas" / "vendor" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def validate(document: Any, name: str) -> None:
    made = schema(name)
    jsonschema.validators.validator_for(made)(made).validate(document)


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def scripts(document: Any) -> list[str]:
    """Every `run` of a workflow or an action."""
    if isinstance(document, dict):
        return [v for k, v in document.items() if k == "run" and isinstance(v, str)] + [
            script for value in document.values() for script in scripts(value)
        ]
    return [script for value in document for script in scripts(value)] if isinstance(document, list) else []


def test_the_action_is_valid() -> None:
    validate(action(), "github-actions")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_workflows_are_valid_and_ask_for_few_rights(name: str) -> None:
    workflow = yaml.safe_load(setup.template(name))
    validate({("on" if key is True else key): value for key, value in workflow.items()}, "github-workflows")
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job
    assert "pull_request_target" not in setup.template(name)
    assert "secrets." not in setup.template(name)


def test_gitlabs_jobs_are_valid() -> None:
    made = schema("gitlab-ci")
    jobs = yaml.safe_load(setup.template("gitlab.yml"))
    jsonschema.validators.validator_for(made)(made).validate(jobs)


@pytest.mark.parametrize("text", [*map(setup.template, WORKFLOWS), (ROOT / "action.yml").read_text("utf-8")])
def test_other_peoples_actions_are_pinned_and_no_text_from_outside_is_part_of_a_script(text: str) -> None:
    uses = re.findall(r"uses: (\S+)", text)
    assert uses
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) for name in uses)
    assert not any("${{" in script for script in scripts(yaml.safe_load(text)))


@pytest.mark.parametrize(
    "text", [setup.template("pre-commit.yaml"), (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")]
)
def test_the_hooks_name_commands_that_there_are(text: str) -> None:
    from evidence.cli import COMMANDS

    read = yaml.safe_load(text)
    hooks = read if isinstance(read, list) else read["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["evidence-check", "evidence-render"]
    for hook in hooks:
        program, command, *_ = hook["entry"].split()
        assert (program, command in COMMANDS) == ("evidence", True)
        assert hook["language"] == "python"


def test_the_hooks_are_valid_to_pre_commit(tmp_path: Path) -> None:
    client = pytest.importorskip("pre_commit.clientlib")
    client.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(setup.template("pre-commit.yaml"), encoding="utf-8")
    client.load_config(str(path))


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """A repository with a base and a change, and the variables of the action's step."""
    project = tmp_path / "project"
    project.mkdir()
    os.chdir(project)
    git("init", "-q", "-b", "main")
    Path("old.md").write_text(LEAFLET)
    git("add", "-A")
    git("commit", "-qm", "one")
    base = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    Path("new.md").write_text(LEAFLET)
    Path("evidence.toml").write_text('[[ignore]]\nrule = "missing-link"\nreason = "mine"\n')
    git("add", "-A")
    git("commit", "-qm", "two")
    commands = tmp_path / "bin"
    commands.mkdir()
    script = f'#!/bin/sh\nexec "{sys.executable}" -m evidence "$@"\n'
    (commands / "evidence").write_text(script)
    (commands / "evidence").chmod(0o755)
    return {
        **os.environ, "PATH": f"{commands}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "EVIDENCE_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT),
        "PATHS": "", "ARGS": "", "BUDGET": "20", "FAIL": "true", "EVENT": "pull_request", "BASE": base,
    }  # fmt: skip


def step(environment: dict[str, str]) -> tuple[int, str, dict[str, str]]:
    script = action()["runs"]["steps"][-1]["run"]
    done = subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, timeout=100
    )
    lines = Path(environment["GITHUB_OUTPUT"]).read_text().splitlines()
    return done.returncode, done.stdout + done.stderr, dict(line.split("=", 1) for line in lines)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_the_step_checks_what_a_pull_request_touches_by_the_settings_of_its_base(
    runner: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said, output = step(runner)
    assert code == 1, said
    assert "::error file=new.md,line=5" in said
    assert "old.md" not in said
    assert output["exit-code"] == "1"
    report = json.loads(Path(output["json"]).read_text())
    assert [reference["path"] for reference in report["references"]] == ["new.md"]
    assert Path(output["sarif"]).exists()
    assert "missing-link" in Path(runner["GITHUB_STEP_SUMMARY"]).read_text()
    assert not Path("refs.lock").exists()


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_words_from_outside_are_words(runner: dict[str, str]) -> None:
    code, said, output = step(
        {**runner, "PATHS": "new.md\n--exit-zero\n$(touch pwned)\n", "ARGS": "--no-color", "FAIL": "false"}
    )
    assert code == 0, said
    assert output["exit-code"] == "2"
    assert "--exit-zero" in said
    assert not Path("pwned").exists()
