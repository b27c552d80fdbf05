"""JSON and JSON lines, by the contract."""

from __future__ import annotations

import json

import pytest

from evidence.report import FORMATS
from evidence.report.result import Report

from .made import HOSTILE, RULES, hostile, sample


def test_the_document_has_exactly_the_fields_of_the_contract_in_order() -> None:
    made = json.loads(FORMATS["json"](sample(), RULES))
    assert list(made) == [
        "schema", "complete", "counts", "references", "citations", "links", "facts", "findings",
    ]  # fmt: skip
    assert made["schema"] == 1
    assert made["complete"] is True
    assert made["counts"] == {"references": 2, "error": 1, "warning": 1, "note": 1, "ignored": 2}
    assert list(made["counts"]) == ["references", "error", "warning", "note", "ignored"]
    assert made == sample().to_json()


def test_a_reference_is_told_whole() -> None:
    first, second = sample().to_json()["references"]
    assert first == {
        "path": "pages/back pain.md",
        "line": 3,
        "column": 4,
        "end_line": 3,
        "key": "smith2011",
        "number": 1,
        "raw": "Smith A. Rest in bed. J Rest. 2011;3(2):10-4.",
        "verdict": "mismatch",
        "cause": None,
        "ids": {"doi": "10.1/rest", "pmid": "7"},
        "ids_written": ["doi"],
        "ids_found": ["pmid"],
        "appears": [{"path": "pages/back pain.md", "line": 4}],
        "retracted": True,
        "notices": [{"kind": "retraction", "id": "10.1/gone", "date": "2020-01-02", "says": ["crossref"]}],
        "record": {
            "service": "crossref",
            "since": "2026-11-22",
            "title": "Rest in bed",
            "authors": ["Smith AB", "The Rest Group"],
            "container": "Journal of Rest",
            "year": 2010,
            "volume": "3",
            "issue": None,
            "pages": None,
        },
        "differences": [
            {"field": "year", "written": "2011", "registered": "2010"},
            {"field": "volume", "written": "4", "registered": "3"},
        ],
        "reason": None,
    }
    assert list(first) == list(second)
    assert (second["cause"], second["record"], second["differences"]) == ("no-registry", None, [])


def test_citations_links_and_facts() -> None:
    made = sample().to_json()
    assert made["citations"][1] == {
        "path": "pages/back pain.md", "line": 1, "column": 30, "text": "[2]", "keys": ["leaflet"],
    }  # fmt: skip
    assert made["links"] == [
        {
            "url": "https://x.example/a",
            "path": "pages/back pain.md",
            "line": 4,
            "state": "dead",
            "reason": "404",
            "final_url": None,
        }
    ]
    found, lost = made["facts"]
    assert found == {
        "id": "followed", "study": "smith2011", "kind": "participants", "role": "followed", "value": 12,
        "verdict": "supported", "path": "pages/back pain.md", "line": 6,
    }  # fmt: skip
    assert isinstance(found["value"], int)
    assert (lost["value"], lost["path"], lost["line"], lost["role"]) == ("some", None, None, None)


def test_findings_count_from_one_in_code_points() -> None:
    findings = sample().to_json()["findings"]
    assert findings[0] == {
        "code": "MET003",
        "name": "year-mismatch",
        "severity": "error",
        "message": "the year is “2011” here and “2010” in the record",
        "path": "pages/back pain.md",
        "line": 3,
        "column": 34,
        "end_line": 3,
        "end_column": 38,
        "key": "smith2011",
        "fingerprint": "aaaa",
        "evidence": [
            {
                "service": "crossref",
                "id": "doi:10.1/rest",
                "since": "2026-11-22",
                "url": "https://doi.org/10.1/rest",
            }
        ],
        "fix": {"title": "write 2010", "applicability": "unsafe"},
    }
    assert (findings[1]["key"], findings[1]["fix"]) == (None, None)
    # the bone before the link is one code point, although two units of UTF-16 and four bytes
    assert findings[1]["column"] == 48


def test_lines_are_one_finding_each() -> None:
    lines = FORMATS["jsonl"](sample(), RULES).splitlines()
    assert [json.loads(line) for line in lines] == sample().to_json()["findings"]
    assert FORMATS["jsonl"](Report(), ()) == ""


def test_an_empty_report_is_a_document() -> None:
    made = json.loads(FORMATS["json"](Report(), ()))
    assert made["counts"]["references"] == 0
    assert made["references"] == made["findings"] == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_as_they_were_and_are_not_seen_raw(words: str) -> None:
    report = hostile(words)
    text = FORMATS["json"](report, RULES)
    # half a surrogate pair is no character, and strict readers of JSON refuse it
    known = json.dumps(report.to_json()).replace("\\ud800", "\\ufffd")
    assert json.loads(text) == json.loads(known)
    assert json.loads(text)["references"][0]["raw"] == words.replace("\ud800", "\ufffd")
    text.encode("utf-8")
    assert not set(text) & set("\x1b\x00\x07\x9b\u202e\u2066\u2028\u2029\U000e0041")
    assert "##[" not in text
    assert not any(line.lstrip().startswith(("::", "##")) for line in text.splitlines())
    assert len(FORMATS["jsonl"](report, RULES).split("\n")) == 3
