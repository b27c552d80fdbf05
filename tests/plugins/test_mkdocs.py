"""The plug-in in a real build."""

from __future__ import annotations

import logging
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("mkdocs")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_warnings_and_the_table_of_facts(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    (project / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    config = load_config(
        str(project / "mkdocs.yml"), site_name="x", docs_dir=str(project / "docs"), site_dir=str(project / "_site"),
        plugins=[{"evidence": {"mode": "offline"}}],
    )  # fmt: skip
    with caplog.at_level(logging.INFO, "mkdocs"):
        build(config)
    page = (project / "_site" / "page" / "index.html").read_text(encoding="utf-8")
    assert "<td>“Twelve were followed”</td>" in page
    assert "“12 of the | patients”" in unescape(page)
    warned = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert any("page.md:9: missing-link" in words for words in warned)
