"""reviewdog's rdjson, by the messages of its protocol file: columns are bytes, ends are exclusive."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from evidence.model import Edit, Fix
from evidence.report import FORMATS
from evidence.report.result import Report

from .made import FACTS, HOSTILE, PAGE, RULES, finding, hostile, sample, span

POSITION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
RANGE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["start"],
    "properties": {"start": POSITION, "end": POSITION},
}
SOURCE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
}
SEVERITY = {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]}
#: `DiagnosticResult` as JSON; the format allows no other fields.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["diagnostics"],
    "properties": {
        "source": SOURCE,
        "severity": SEVERITY,
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["message", "location"],
                "properties": {
                    "message": {"type": "string"},
                    "severity": SEVERITY,
                    "source": SOURCE,
                    "original_output": {"type": "string"},
                    "code": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
                    },
                    "location": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"path": {"type": "string"}, "range": RANGE},
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["range", "text"],
                            "properties": {"range": RANGE, "text": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}


def diagnostics(report: Report) -> list[dict[str, Any]]:
    made = json.loads(FORMATS["rdjson"](report, RULES))
    jsonschema.validate(made, SCHEMA)
    found: list[dict[str, Any]] = made["diagnostics"]
    return found


def cut(part: dict[str, Any]) -> str:
    """What a range names, as reviewdog would cut it."""
    start, end = part["start"], part["end"]
    assert start["line"] == end["line"]
    line = PAGE.text.encode().split(b"\n")[start["line"] - 1]
    return bytes(line[start["column"] - 1 : end["column"] - 1]).decode()


def test_ranges_count_bytes() -> None:
    first, second, _ = diagnostics(sample())
    assert cut(first["location"]["range"]) == "2011"
    assert cut(second["location"]["range"]) == "https://x"  # behind a character of four bytes
    assert first["severity"] == "ERROR"
    assert first["code"] == {"value": "MET003"}


def test_a_repair_of_one_edit_in_the_same_file_is_a_suggestion() -> None:
    edit = Edit(PAGE, span(PAGE, "2011"), "2010")
    (one,) = diagnostics(sample([finding("2011", fix=Fix("write 2010", (edit,), "safe"))]))
    (suggestion,) = one["suggestions"]
    assert (cut(suggestion["range"]), suggestion["text"]) == ("2011", "2010")


@pytest.mark.parametrize(
    "fix",
    [
        Fix("two places", (Edit(PAGE, span(PAGE, "2011"), "x"), Edit(PAGE, span(PAGE, "[2]"), "y")), "safe"),
        Fix("elsewhere", (Edit(FACTS, span(FACTS, "fact"), "x"),), "safe"),
        Fix("only shown", (Edit(PAGE, span(PAGE, "2011"), "x"),), "shown"),
        Fix("nothing to write", (), "safe"),
    ],
)
def test_other_repairs_are_none(fix: Fix) -> None:
    (one,) = diagnostics(sample([finding("2011", fix=fix)]))
    assert "suggestions" not in one


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    for one in diagnostics(hostile(words)):
        assert not set(one["message"]) & set("\x1b\x00\u202e\u2066\n\r")
