"""JUnit XML, read back by the standard library's parser."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from evidence.report import FORMATS
from evidence.report.result import Report

from .made import FIRST, HOSTILE, RULES, finding, hostile, sample, verdict


def parse(report: Report) -> ET.Element:
    root = ET.fromstring(FORMATS["junit"](report, RULES).encode("utf-8"))
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        cases = list(suite)
        assert int(suite.get("tests", "")) == len(cases)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))
        names = [case.get("name") for case in cases]
        assert len(names) == len(set(names))
        assert all(case.get("classname") == suite.get("name") for case in cases)
    return root


def test_a_case_for_each_reference_and_one_for_the_page() -> None:
    (suite,) = parse(sample())
    assert suite.get("name") == "pages/back pain.md"
    assert [case.get("name") for case in suite] == ["smith2011", "leaflet", "page"]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "0")
    failure = suite.find("testcase[@name='smith2011']/failure")
    assert failure is not None
    assert failure.get("type") == "MET003"
    assert "“2010”" in (failure.get("message") or "")
    assert (failure.text or "").startswith("pages/back pain.md:3:34 MET003 year-mismatch error: ")
    output = suite.find("testcase[@name='leaflet']/system-out")
    assert output is not None
    assert "dead-link" in (output.text or "")
    page = suite.find("testcase[@name='page']")
    assert page is not None
    assert page.find("failure") is None
    assert "unchecked-fact" in (page.findtext("system-out") or "")


def test_unanswered_references_are_skipped_and_equal_names_told_apart() -> None:
    references = (
        verdict(FIRST, "page"),
        verdict("Rest helps.", "", "unchecked", cause="outage", reason="crossref: 503", incomplete=True),
        verdict("It does not.", "page", "unchecked", cause="no-registry"),
    )
    (suite,) = parse(Report(references=references))
    assert [case.get("name") for case in suite] == ["page", "Rest helps.", "page (2)", "page (3)"]
    skipped = suite.findall("testcase/skipped")
    assert [s.get("message") for s in skipped] == ["crossref: 503"]


def test_many_errors_of_one_reference_are_one_failure() -> None:
    two = [finding("2011", message="first"), finding("10-4", message="second")]
    (suite,) = parse(sample(two))
    (failure,) = suite.findall("testcase/failure")
    assert len((failure.text or "").splitlines()) == 2
    assert list(parse(Report())) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_well_formed(words: str) -> None:
    root = parse(hostile(words))
    (suite,) = root
    assert len(suite.findall("testcase")) == 3
    text = FORMATS["junit"](hostile(words), RULES)
    assert not set(text) & set("\x1b\x00\x07\x9b\u202e\u2066\u2028\u2029\ufffe\uffff")
    assert not any(line.lstrip().startswith(("::", "##")) for line in text.splitlines())
    assert "##[" not in text
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "skipped", "system-out",
    }  # fmt: skip


@pytest.mark.parametrize("words", ["x", *HOSTILE])
def test_a_reader_of_junit_reads_it(words: str, tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    path = tmp_path / "junit.xml"
    path.write_text(FORMATS["junit"](hostile(words), RULES), encoding="utf-8")
    read = junitparser.JUnitXml.fromfile(str(path))
    assert sum(len(list(suite)) for suite in read) == read.tests
