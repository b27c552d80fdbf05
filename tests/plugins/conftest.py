"""A small project for the plug-ins."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.made import PETTINE

PAGE = """# Cells

Twelve were followed [1], and pain was less [@pettine2015].

<!-- evidence:facts -->

## References

1. A leaflet on backs. Clinic. Available at:
"""
FACTS = """schema = 1
page = "docs/page.md"

[study.pettine2015]
source = "doi:10.1002/stem.1845"

[[fact]]
study = "pettine2015"
id = "followed"
kind = "participants"
role = "followed"
value = 12
on_page = '''Twelve were followed'''
in_source = '''12 of the | patients'''
verdict = "supported"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "page.md").write_text(PAGE, encoding="utf-8")
    (folder / "docs" / "refs.bib").write_text(PETTINE, encoding="utf-8")
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    (folder / "evidence.toml").write_text('pages = ["docs"]\nfacts = ["facts.toml"]\n', encoding="utf-8")
    monkeypatch.setenv("EVIDENCE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    monkeypatch.chdir(folder)
    return folder
