"""pytest with `--evidence`: a test for each reference."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def run(project: Path, *words: str) -> tuple[int, str]:
    plain = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:hypothesispytest", "-q")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plain, *words],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def test_errors_fail_and_what_nobody_answered_is_skipped(project: Path) -> None:
    code, said = run(
        project, "--evidence", f"--junitxml={project / 'junit.xml'}", "-o", "evidence_mode=offline"
    )
    assert code == 1, said
    assert "missing-link error" in said
    cases = {
        case.get("name"): [part.tag for part in case]
        for case in ET.parse(project / "junit.xml").iter("testcase")
    }
    assert cases["leaflet"] == ["failure"]
    assert cases["pettine2015"] == ["skipped"]
    assert cases["page"] == []


def test_without_the_switch_nothing_happens(project: Path) -> None:
    code, said = run(project)
    assert code == 5
    assert "no tests ran" in said


def test_a_wrong_setting_is_said(project: Path) -> None:
    code, said = run(project, "--evidence", "-o", "evidence_mode=often")
    assert code == 4
    assert "evidence_mode is one of" in said
