"""A page that was renamed or removed does not hide the facts about it."""

from __future__ import annotations

from pathlib import Path

from evidence import checking

FACTS = """schema = 1
page = "{page}"

[study.smith2010]
source = "doi:10.1234/jim.2010.10"

[[fact]]
study = "smith2010"
id = "n"
kind = "participants"
value = 24
on_page = "24 people rested"
in_source = "twenty-four people"
"""


def findings(folder: Path) -> list[tuple[str, str]]:
    told = checking.settings_for([str(folder / "page.md")], {"mode": "offline", "select": ("FCT001",)}, {})
    return [(f.name, f.message) for f in checking.run([str(folder / "page.md")], told).report.findings]


def test_facts_about_a_page_that_is_not_there_are_reported(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "page.md").write_text("# Rest\n\nIn a study 24 people rested.\n")
    (tmp_path / "facts.toml").write_text(FACTS.format(page="page.md"))
    assert findings(tmp_path) == []
    (tmp_path / "facts.toml").write_text(FACTS.format(page="old-name.md"))
    assert findings(tmp_path) == [("quote-not-on-page", "there is no page old-name.md")]
