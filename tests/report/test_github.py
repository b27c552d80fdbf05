"""Workflow commands, read back as GitHub's runner reads them."""

from __future__ import annotations

import re

import pytest

from evidence.report import FORMATS
from evidence.report.result import Report

from .made import HOSTILE, RULES, hostile, sample


def read(line: str) -> tuple[str, dict[str, str], str] | None:
    """A line as the runner reads it (ActionCommand.TryParseV2, then TryParse): a command or None."""
    stripped = line.lstrip()
    if not stripped.startswith("::"):
        assert "##[" not in line
        return None
    head, message = stripped[2:].split("::", 1)
    name, _, rest = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in rest.split(",") if pair)
    undo = (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
    for coded, plain in undo:
        properties = {k: v.replace(coded, plain) for k, v in properties.items()}
    for coded, plain in undo[2:]:
        message = message.replace(coded, plain)
    return name, properties, message


def test_an_annotation_a_finding_and_a_summary() -> None:
    lines = FORMATS["github"](sample(), RULES).splitlines()
    assert lines[0] == (
        "::error file=pages/back pain.md,line=3,col=34,endLine=3,endColumn=38,"
        "title=evidence (MET003 year-mismatch)::the year is “2011” here and “2010” in the record"
    )
    assert [line.split(" ")[0] for line in lines[:3]] == ["::error", "::warning", "::notice"]
    assert lines[3].startswith("2 references: 1 mismatch")
    assert read(lines[1]) == (
        "warning",
        {
            "file": "pages/back pain.md", "line": "4", "col": "48", "endLine": "4", "endColumn": "57",
            "title": "evidence (LNK001 dead-link)",
        },
        "the server says 404, for good",
    )  # fmt: skip
    assert FORMATS["github"](Report(), ()) == "no references found\n"


@pytest.mark.parametrize("words", HOSTILE)
def test_no_line_is_a_command_that_metadata_made(words: str) -> None:
    lines = FORMATS["github"](hostile(words), RULES).split("\n")
    commands = [found for line in lines if (found := read(line))]
    assert [name for name, _, _ in commands] == ["error", "error"]
    for _, properties, message in commands:
        assert set(properties) == {"file", "line", "col", "endLine", "endColumn", "title"}
        assert properties["line"].isdigit()
        assert not re.search("[\x00-\x1f\u2028\u202e]", message)
    assert not any(re.search(r"##\w*\[", line) for line in lines)
    assert not any("\r" in line for line in lines)


def test_percent_signs_and_separators_survive() -> None:
    words = "50% of a, b: c;d"
    (_, properties, message), *_ = (
        found for line in FORMATS["github"](hostile(words), RULES).splitlines() if (found := read(line))
    )
    assert properties["file"] == words
    assert message == words
