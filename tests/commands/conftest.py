"""What the tests of the commands share: a project in a folder of its own, and the command in it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evidence.cli import main
from tests.standin import Standin


@dataclass(frozen=True)
class Ran:
    """How a command went."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as one JSON document."""
        read: dict[str, Any] = json.loads(self.out)
        return read

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def named(self, name: str) -> list[dict[str, Any]]:
        """The findings of one rule."""
        return [finding for finding in self.json["findings"] if finding["name"] == name]


Run = Callable[..., Ran]


@pytest.fixture
def project(tmp_path: Path, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of an empty project, where the command runs; the stand-in plays all services."""
    for name, value in standin.environment().items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.setenv("EVIDENCE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in the project: words in, exit code and both streams out."""

    def command(*words: str, stdin: str = "") -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = main(words)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "a fault in evidence itself" not in said.err
        return Ran(code, said.out, said.err)

    return command


@pytest.fixture
def check(run: Run) -> Run:
    """`evidence check --format json` in the project."""
    return lambda *words: run("check", *words, "--format", "json")
