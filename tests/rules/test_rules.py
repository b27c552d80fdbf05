"""Every rule has a folder: its bad file raises the rule, its good file does not.

Answers of the outside come from the refs.lock of the folder, else from that beside this file.
"""

from __future__ import annotations

import inspect
import re
import shutil
from pathlib import Path

import pytest

from evidence import checking, rules
from evidence.errors import UsageError
from evidence.model import Rule

HERE = Path(__file__).parent
TABLE = rules.table()
#: What is checked with a rule that judges what others found.
SELECTED = {"REF020": ("REF020", "CIT001")}
SUFFIXES = {"bibtex": ".bib", "markdown": ".md", "html": ".html"}


def check(path: Path, rule: Rule) -> list[str]:
    told = checking.settings_for(
        [str(path)],
        {
            "mode": "offline",
            "select": SELECTED.get(rule.code, (rule.code,)),
            "lock": str(path.parent / "refs.lock"),
        },
        {"SOURCE_DATE_EPOCH": "1795305600"},
    )
    done = checking.run([str(path)], told)
    assert not done.errors
    return [
        finding.code
        for finding in done.report.findings
        if finding.source.name == path.name or rule.scope == "site"
    ]


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    rule: Rule = request.param
    shutil.copytree(HERE / rule.code, tmp_path / rule.code)
    if not (tmp_path / rule.code / "refs.lock").exists():
        shutil.copy(HERE / "refs.lock", tmp_path / rule.code / "refs.lock")
    return tmp_path / rule.code


@pytest.mark.parametrize("folder", TABLE, ids=lambda rule: rule.name, indirect=True)
def test_the_bad_file_raises_the_rule_and_the_good_one_does_not(folder: Path) -> None:
    rule = rules.find(folder.name)
    bad = sorted(folder.glob("bad.*"))
    good = sorted(folder.glob("good.*"))
    assert bad
    assert good
    for path in bad:
        assert rule.code in check(path, rule), path.name
    for path in good:
        assert rule.code not in check(path, rule), path.name


def test_codes_and_names_are_used_once() -> None:
    assert len({rule.code for rule in TABLE}) == len(TABLE)
    assert len({rule.name for rule in TABLE}) == len(TABLE)
    assert all(re.fullmatch(r"(CIT|REF|MET|RET|LNK|FCT|LST)\d{3}", rule.code) for rule in TABLE)


def test_markers_and_references_ask_nobody() -> None:
    assert not [rule.code for rule in TABLE if rule.code[:3] in ("CIT", "REF") and rule.needs]


@pytest.mark.parametrize("rule", [r for r in TABLE if not r.needs and r.code[:3] in ("CIT", "REF")], ids=str)
def test_the_example_of_the_documentation_raises_the_rule(rule: Rule, tmp_path: Path) -> None:
    text = inspect.cleandoc(rule.check.__doc__ or "")
    example = re.search(r"## Example\n\n```(\w+)\n(.*?)```", text, re.S)
    assert example
    if example[1] not in SUFFIXES:
        pytest.skip("the example shows settings, not a page")
    path = tmp_path / f"example{SUFFIXES[example[1]]}"
    path.write_text(example[2], encoding="utf-8")
    assert rule.code in check(path, rule)


def test_an_unknown_rule_is_answered_with_the_near_one() -> None:
    with pytest.raises(UsageError, match="missing-doi"):
        rules.find("mising-doi")
