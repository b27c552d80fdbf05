"""The door of the library, as the contract shows it; each function twice, since the door is lazy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import evidence
from evidence.model import Quote
from tests.commands.made import KROCK_TEXT, PETTINE, PETTINE_TEXT, RETRACTED
from tests.standin import Standin

PAGE = f"Cells [1].\n\n## References\n\n1. {PETTINE_TEXT}\n"


def test_check_gives_a_report_and_writes_nothing(project: Path) -> None:
    Path("page.md").write_text(PAGE)
    Path("refs.bib").write_text(RETRACTED)
    for _ in range(2):
        report = evidence.check(["page.md"])
        assert isinstance(report, evidence.Report)
        assert report.complete
        assert [reference.kind for reference in report.references] == ["verified"]
        assert report.to_json()["counts"]["references"] == 1
        json.dumps(report.to_json())
    assert not Path("refs.lock").exists()
    found = evidence.check([Path("refs.bib")]).findings
    assert [(finding.name, finding.severity) for finding in found] == [("retracted", "error")]
    assert isinstance(found[0], evidence.Finding)


def test_check_offline_opens_no_socket(standin: Standin, project: Path) -> None:
    Path("refs.bib").write_text(PETTINE)
    report = evidence.check(["refs.bib"], offline=True)
    assert report.to_json()["references"][0]["cause"] == "offline"
    assert not report.complete
    assert not standin.log


def test_check_takes_the_settings_as_words(project: Path) -> None:
    Path("refs.bib").write_text(RETRACTED)
    assert evidence.check(["refs.bib"], ignore=["RET"]).findings == ()
    assert evidence.check(["refs.bib"], select=["CIT"]).findings == ()
    evidence.check(["refs.bib"], read_only=False)
    assert Path("refs.lock").exists()
    assert evidence.check(["refs.bib"], frozen=True).complete


@pytest.mark.parametrize(
    ("paths", "flags"),
    [(["missing.md"], {}), (["refs.bib"], {"select": ["nonsense"]}), (["refs.bib"], {"nonsense": 1}),
     (["refs.bib"], {"style": "nonsense"}), (["bad\0.md"], {})],
)  # fmt: skip
def test_errors_are_children_of_one(paths: list[str], flags: dict[str, Any], project: Path) -> None:
    Path("refs.bib").write_text(PETTINE)
    with pytest.raises(evidence.EvidenceError):
        evidence.check(paths, **flags)


def test_read_and_read_text(project: Path) -> None:
    Path("page.md").write_text(PAGE)
    for _ in range(2):
        document = evidence.read("page.md")
        assert isinstance(document, evidence.Document)
        assert [citation.labels for citation in document.citations] == [("1",)]
        (reference,) = document.references
        text = document.source.text
        assert text[reference.span.start : reference.span.end].startswith("Pettine KA")
        span = reference.fields["year"]
        assert text[span.start : span.end] == "2015"
        assert evidence.read_text(PAGE, kind="markdown").references[0].work == reference.work
    with pytest.raises(evidence.EvidenceError):
        evidence.read("missing.md")


def test_parse() -> None:
    for _ in range(2):
        reference = evidence.parse(PETTINE_TEXT)
        assert isinstance(reference, evidence.Reference)
        assert reference.work.title.startswith("Percutaneous")
        assert reference.key == "pettine2015"
        span = reference.fields["doi"]
        assert PETTINE_TEXT[span.start : span.end] == "10.1002/stem.1845"


def test_match(project: Path, standin: Standin) -> None:
    for _ in range(2):
        match = evidence.match(KROCK_TEXT)
        assert isinstance(match, evidence.Match)
        assert match.outcome == "match"
        assert match.record is not None
        assert match.record.work.doi == "10.2174/standin.krock2015"
        assert match.confidence > 0.8
        assert match.differences == () or all(d.weight == "note" for d in match.differences)
    asked = len(standin.log)
    assert evidence.match(PETTINE_TEXT, offline=True).outcome == "unknown"
    assert len(standin.log) == asked


def test_render() -> None:
    work = evidence.parse(PETTINE_TEXT).work
    for _ in range(2):
        (line,) = evidence.render([work], style="pubmed", to="text")
        assert line == PETTINE_TEXT
    assert evidence.render([work, work], to="html")[0].startswith("Pettine KA")
    assert evidence.render([]) == []
    with pytest.raises(evidence.EvidenceError, match="pubmed"):
        evidence.render([work], style="pubmd")


def test_find_quote() -> None:
    from evidence.facts import find_quote

    text = "Of the patients, 24 in all, half came back."
    found = find_quote(text, "24 in all")
    assert found is not None
    start, end, score = found
    assert (text[start:end], score) == ("24 in all", 1.0)
    assert find_quote(text, Quote("half", suffix=" came")) is not None
    assert find_quote(text, "nobody said this at all") is None


def test_every_public_name_is_documented_and_there() -> None:
    for name in evidence.__all__:
        assert getattr(evidence, name).__doc__
        assert name in dir(evidence)
    assert evidence.__version__
    with pytest.raises(AttributeError):
        evidence.nonsense  # noqa: B018


def test_the_door_loads_no_room_before_it_is_used() -> None:
    code = (
        "import sys, evidence\nassert not [m for m in sys.modules if m.startswith('evidence.')], sys.modules\n"
        "evidence.parse('Smith J. Backs. J Backs. 2001;1:1-2.')\n"
        "assert 'requests' not in sys.modules and 'evidence.services' not in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False,
                         cwd=Path(__file__).resolve().parents[2])  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_a_report_as_tables(project: Path) -> None:
    pandas = pytest.importorskip("pandas")
    Path("refs.bib").write_text(PETTINE + RETRACTED)
    report = evidence.check(["refs.bib"])
    table = report.to_pandas()
    assert isinstance(table, pandas.DataFrame)
    assert list(table["key"]) == ["pettine2015", "hollow2012"]
    assert len(report.to_pandas("findings")) == len(report.findings)
