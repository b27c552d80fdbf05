"""The report as a value."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import FrozenInstanceError, replace
from importlib.util import find_spec

import pytest

from evidence.errors import UsageError
from evidence.model import Reference, Source, Span, Verdict, Work
from evidence.report import FORMATS
from evidence.report.result import Report

from .made import RULES, finding, sample


def test_counts_and_frozenness() -> None:
    report = sample()
    assert report.counts == {"references": 2, "error": 1, "warning": 1, "note": 1, "ignored": 2}
    with pytest.raises(FrozenInstanceError):
        report.complete = False  # type: ignore[misc]
    assert "Rest helps" not in repr(report)


def test_pandas_is_asked_for_plainly() -> None:
    with pytest.raises(UsageError, match="no table 'authors'"):
        sample().to_pandas("authors")
    if find_spec("pandas") is None:
        with pytest.raises(UsageError, match=r"pip install 'evidence-bib\[pandas\]'"):
            sample().to_pandas()
    else:
        assert list(sample().to_pandas()["key"]) == ["smith2011", "leaflet"]


def test_writers_are_loaded_when_called() -> None:
    code = (
        "import sys; from evidence.report import FORMATS; from evidence.report.result import Report;"
        "assert not {'rich', 'json', 'pandas'} & set(sys.modules), sys.modules.keys();"
        "FORMATS['text'](Report(), ()); assert 'rich' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_same_report_gives_the_same_bytes() -> None:
    for write in FORMATS.values():
        assert write(sample(), RULES) == write(sample(), RULES)


def test_large_reports_are_written_in_linear_time() -> None:
    line = "Smith A. Rest in bed. J Rest. 2011.\n"
    source = Source("refs.md", line * 5_000, "markdown")
    verdicts = tuple(
        Verdict(
            Reference(f"k{n % 7}", n, Work(), source, Span(n * len(line), (n + 1) * len(line) - 1)),
            "verified",
        )
        for n in range(5_000)
    )
    first = finding("Smith", source=source)
    found = tuple(replace(first, span=Span(n * len(line), n * len(line) + 5)) for n in range(5_000))
    for name, write in FORMATS.items():
        start = time.process_time()
        write(Report(found, verdicts), RULES)
        assert time.process_time() - start < 3, name
