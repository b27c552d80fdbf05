"""The report for people."""

from __future__ import annotations

import re
import sys

import pytest

from evidence.report import FORMATS, text
from evidence.report.result import Report
from evidence.report.summary import missing_answers, summarise

from .made import FIRST, HOSTILE, RULES, SECOND, finding, hostile, sample, verdict


def test_findings_by_line_with_both_values_and_a_summary() -> None:
    assert FORMATS["text"](sample(), RULES) == (
        "pages/back pain.md:3:34 MET003 year-mismatch error: "
        "the year is “2011” here and “2010” in the record\n"
        "       3 | 1. Smith A. Rest in bed. J Rest. 2011;3(2):10-4.\n"
        "         |                                  ^^^^\n"
        "    year      written     2011\n"
        "              registered  2010\n"
        "pages/back pain.md:4:48 LNK001 dead-link warning: the server says 404, for good\n"
        "       4 | 2. A leaflet on backs 🦴. Clinic. Available at: https://x.example/a\n"
        "         |                                                 ^^^^^^^^^\n"
        "pages/back pain.md:6:1 FCT001 unchecked-fact note: nobody has looked at this\n"
        "\n"
        "2 references: 1 mismatch, 1 unchecked (1 no registry); 1 error, 1 warning, 1 note, 2 ignored\n"
    )


def test_locators_show_each_of_their_fields() -> None:
    shown = text.write(sample([finding("2011", "MET006", "locator-mismatch")]))
    assert "    volume    written     4\n              registered  3\n" in shown
    assert "year      " not in shown


def test_quiet_is_findings_only() -> None:
    lines = text.write(sample(), quiet=True).strip().splitlines()
    assert len(lines) == 3
    assert all(line.startswith("pages/back pain.md:") for line in lines)


def test_the_summary_counts_verdicts_and_causes() -> None:
    references = (
        *(verdict(FIRST, f"k{n}") for n in range(7)),
        *(verdict(SECOND, f"w{n}", "unchecked", cause="no-registry") for n in range(5)),
        verdict(FIRST, "o", "unchecked", cause="outage", incomplete=True, reason="crossref: 503"),
        verdict(FIRST, "n", "not-found"),
    )
    report = Report(references=references, complete=False)
    assert summarise(report) == (
        "14 references: 7 verified, 1 not found, 6 unchecked (5 no registry, 1 outage); no findings"
    )
    shown = text.write(report)
    assert "incomplete: 1 of 14 references could not be checked (1 outage)\n" in shown
    assert "  - 1 reference: crossref: 503\n" in shown


def test_one_trouble_is_told_once_however_many_references_it_hit() -> None:
    said = [
        "Crossref could not be asked for 10.1/a: Crossref answered 503; retraction not checked",
        "Crossref could not be asked for 10.1/b: Crossref was not asked again: Crossref answered 503",
        "the search gave no answer: Crossref answered 503",
        "its identifier could not be asked for: PubMed: no answer in time",
    ]
    references = tuple(
        verdict(FIRST, f"k{n}", "unchecked", cause="outage", incomplete=True, reason=reason)
        for n, reason in enumerate(said)
    )
    assert missing_answers(Report(references=references, complete=False))[1:] == [
        "  - 3 references: Crossref answered 503",
        "  - 1 reference: PubMed: no answer in time",
    ]


def test_no_network_is_one_line() -> None:
    references = tuple(
        verdict(
            FIRST, name, "unchecked", cause="outage", incomplete=True,
            reason=f"{name} could not be asked for 10.1/a: the host of {name} could not be found (no network?)",
        )
        for name in ("Crossref", "DataCite")
    )  # fmt: skip
    lines = missing_answers(Report(references=references, complete=False))
    assert lines[1:] == ["  - no network: none of the hosts asked could be found"]


@pytest.mark.parametrize("complete", [True, False])
def test_nothing_read_is_never_called_clean(complete: bool) -> None:
    shown = text.write(Report(complete=complete))
    assert shown.startswith("no references found\n")
    assert "clean" not in shown
    assert ("incomplete" in shown) is not complete
    only = text.write(Report(findings=(finding("Twelve"),)))
    assert "no references found; 1 error" in only


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("color", [False, True])
def test_hostile_words_do_nothing_in_a_terminal_or_a_build_log(words: str, color: bool) -> None:
    shown = text.write(hostile(words), RULES, color=color)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", shown) if color else shown
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]", bare
    )
    assert not any(line.lstrip().startswith("::") for line in bare.splitlines())
    assert not re.search(r"##\w*\[", bare)
    assert bare == text.write(hostile(words), RULES)


def test_colours_only_when_asked_and_rich_only_then() -> None:
    assert "\x1b" not in text.write(sample())
    assert "\x1b[1;31merror" in text.write(sample(), color=True)
    assert "rich" in sys.modules
