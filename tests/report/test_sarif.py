"""SARIF 2.1.0, as GitHub code scanning requires it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evidence.model import Edit, Fix
from evidence.report import FORMATS
from evidence.report.result import Report

from .made import HOSTILE, PAGE, RULES, finding, hostile, sample, span


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(FORMATS["sarif"](report, RULES))
    assert list(log) == ["$schema", "version", "runs"]
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def check(run: dict[str, Any]) -> None:
    """Assert what the format and GitHub ask of every run: nothing missing, nothing empty."""
    driver = run["tool"]["driver"]
    assert driver["name"] == "evidence"
    assert driver["semanticVersion"]
    assert run["columnKind"] == "unicodeCodePoints"
    codes = [rule["id"] for rule in driver["rules"]]
    assert len(codes) == len(set(codes))
    for rule in driver["rules"]:
        for name in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[name]["text"]) <= (1024 if name != "help" else 100_000)
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
    prints = []
    for result in run["results"]:
        assert codes[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert uri
        assert uri.isascii()
        assert not uri.startswith(("/", "file:"))
        assert set(place["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert all(isinstance(n, int) and n >= 1 for n in place["region"].values())
        prints.append(result["partialFingerprints"]["primaryLocationLineHash"])
    assert len(prints) == len(set(prints))


def test_results_rules_and_regions() -> None:
    run = run_of(sample())
    check(run)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["MET003", "LNK001", "FCT001"]
    described = run["tool"]["driver"]["rules"][0]
    assert described["shortDescription"]["text"] == "The year differs from the record's."
    assert (
        described["fullDescription"]["text"] == "The year differs from the record's. Compares the two years."
    )
    assert "## Why it matters" in described["help"]["markdown"]
    first = run["results"][0]
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "pages/back%20pain.md"},
        "region": {"startLine": 3, "startColumn": 34, "endLine": 3, "endColumn": 38},
    }
    assert first["partialFingerprints"]["primaryLocationLineHash"] == "aaaa:1"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_findings_without_fingerprints_get_their_own_without_line_numbers() -> None:
    twice = [finding("2011"), finding("2011"), finding("[1]")]
    first, second, third = run_of(sample(twice))["results"]
    prints = [r["partialFingerprints"]["primaryLocationLineHash"] for r in (first, second, third)]
    assert prints[0].split(":")[0] == prints[1].split(":")[0] != prints[2].split(":")[0]
    assert [p.split(":")[1] for p in prints] == ["1", "2", "1"]


def test_an_empty_or_incomplete_report_is_a_valid_run() -> None:
    run = run_of(Report(complete=False))
    check(run)
    assert run["results"] == []
    assert run["invocations"][0]["toolExecutionNotifications"][0]["level"] == "warning"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_make_no_link_and_no_odd_character(words: str) -> None:
    run = run_of(hostile(words))
    check(run)
    assert all("](" not in result["message"]["text"] for result in run["results"])
    text = FORMATS["sarif"](hostile(words), RULES)
    assert not set(text) & set("\x1b\x00\x07\x9b\u202e\u2066\u2028\u2029\U000e0041")
    text.encode("utf-8")


def test_an_address_stays_an_address() -> None:
    from dataclasses import replace

    page = replace(PAGE, name="https://example.org/a b?c=1")
    run = run_of(Report((finding("2011", source=page),)))
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "https://example.org/a%20b?c=1"
    )


def test_the_log_follows_the_schema_of_the_standard() -> None:
    """`pydantic_sarif` is made from OASIS' schema, and forbids every key that it does not know."""
    model = pytest.importorskip("pydantic_sarif.model")
    edit = Edit(PAGE, span(PAGE, "2011"), "2010")
    fixed = sample([finding("2011", fix=Fix("write 2010", (edit,), "safe"))])
    for report in (sample(), fixed, Report(complete=False), *map(hostile, HOSTILE)):
        model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(
            FORMATS["sarif"](report, RULES)
        )


def test_a_repair_is_a_fix_with_its_replacement() -> None:
    edit = Edit(PAGE, span(PAGE, "2011"), "2010")
    (result,) = run_of(sample([finding("2011", fix=Fix("write 2010", (edit,), "safe"))]))["results"]
    (fix,) = result["fixes"]
    assert fix["description"] == {"text": "write 2010"}
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "pages/back%20pain.md"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 34, "endLine": 3, "endColumn": 38},
            "insertedContent": {"text": "2010"},
        }
    ]
