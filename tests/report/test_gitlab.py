"""GitLab's code quality report, by the fields that its documentation asks for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evidence.report import FORMATS
from evidence.report.result import Report

from .made import HOSTILE, RULES, finding, hostile, sample


def issues(report: Report) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(FORMATS["gitlab"](report, RULES))
    for issue in made:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith("./")
    prints = [issue["fingerprint"] for issue in made]
    assert len(prints) == len(set(prints))
    return made


def test_an_issue_for_each_finding() -> None:
    first, second, third = issues(sample())
    assert first == {
        "description": "year-mismatch: the year is “2011” here and “2010” in the record",
        "check_name": "MET003",
        "fingerprint": "aaaa",
        "severity": "major",
        "location": {"path": "pages/back pain.md", "lines": {"begin": 3, "end": 3}},
    }
    assert (second["severity"], third["severity"]) == ("minor", "info")


def test_findings_that_are_alike_have_fingerprints_of_their_own() -> None:
    assert len(issues(sample([finding("2011"), finding("2011"), finding("[1]")]))) == 3


def test_nothing_found_is_an_empty_list() -> None:
    assert issues(Report()) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    issues(hostile(words))
