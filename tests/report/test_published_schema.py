"""The published JSON Schema holds for what is written, and refuses what is not the form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evidence.report import FORMATS, schema
from evidence.report.result import Report

from .made import RULES, hostile, sample

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "report.schema.json"


def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize("report", [sample(), Report(), Report(complete=False)])
def test_reports_follow_the_schema(report: Report) -> None:
    validator().validate(json.loads(FORMATS["json"](report, RULES)))


def test_lines_follow_the_schema_of_a_finding() -> None:
    one = jsonschema.Draft202012Validator({"$ref": "#/$defs/finding", "$defs": schema()["$defs"]})
    for line in FORMATS["jsonl"](sample(), RULES).splitlines():
        one.validate(json.loads(line))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), 2),
        (("references", 0, "verdict"), "fabricated"),
        (("references", 0, "line"), 0),
        (("findings", 0, "code"), "E1"),
        (("links", 0, "state"), "broken"),
        (("complete",), "yes"),
    ],
)
def test_the_schema_refuses_other_forms(path: tuple[str | int, ...], value: object) -> None:
    made: Any = json.loads(FORMATS["json"](sample(), RULES))
    at = made
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    assert not validator().is_valid(made)


def test_words_from_outside_cannot_break_the_types() -> None:
    made = json.loads(FORMATS["json"](hostile("x"), RULES))
    for reference in made["references"]:  # causes and dates of the made-up report are not real ones
        reference["cause"] = None
        for notice in reference["notices"]:
            notice["kind"] = "retraction"
    made["facts"] = []
    validator().validate(made)


def test_the_schema_in_the_docs_is_that_of_the_package() -> None:
    assert json.loads(DOCS.read_text(encoding="utf-8")) == schema()
