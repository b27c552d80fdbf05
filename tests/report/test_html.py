"""The page of a report: strict HTML, nothing from elsewhere, accessible, and as wide as a phone."""

from __future__ import annotations

import re
import struct
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest

from evidence.model import Fact, LinkState, Quantity, Seen, Span
from evidence.report import FORMATS
from evidence.report.html import fragment, plots
from evidence.report.result import LinkUse, Report

from . import browser
from .made import HOSTILE, PAGE, RULES, hostile, sample

CHROMIUM = pytest.mark.skipif(not browser.chromium(), reason="there is no Chromium here")
AXE = pytest.mark.skipif(not browser.axe(), reason="axe-core is not installed")


def big() -> Report:
    """The 500 references of the benchmark."""
    sys.path.insert(0, str(browser.ROOT / "scripts"))
    try:
        import benchmark_report
    finally:
        sys.path.pop(0)
    return benchmark_report.report(120)


def tree(report: Report) -> ElementTree.Element:
    """The page, parsed by a parser that allows no error."""
    page = FORMATS["html"](report, RULES)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    made: ElementTree.Element = parser.parse(page)
    return made


def text(report: Report) -> str:
    return " ".join("".join(tree(report).itertext()).split())


@pytest.mark.parametrize("report", [sample(), Report(), Report(complete=False)], ids=["some", "none", "open"])
def test_the_page_is_strict_html_and_loads_nothing(report: Report) -> None:
    assert_inert(tree(report))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(words: str) -> None:
    assert_inert(tree(hostile(words)))
    page = FORMATS["html"](hostile(words), RULES)
    assert not set(page) & set("\x1b\x00\x07\x9b\u202e\u2066\u2028\u2029\U000e0041")


def assert_inert(root: ElementTree.Element) -> None:
    for element in root.iter():
        assert element.tag not in ("script", "iframe", "object", "embed", "form", "base", "img", "link")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcset", "action")
            if name == "href":
                assert value.startswith(("https://", "http://", "#"))
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    assert "default-src 'none'" in policy.attrib["content"]
    style = root.find(".//style")
    assert style is not None
    assert "url(" not in str(style.text)
    assert "@import" not in str(style.text)


def test_everything_is_on_the_page() -> None:
    words = text(sample())
    for part in (
        "2 references: 1 mismatch, 1 unchecked (1 no registry)",
        "year-mismatch", "the year is “2011” here and “2010” in the record", "write 2010",
        "retraction of 2020-01-02", "smith2011", "dead", "Twelve were followed", "no words given", "supported",
    ):  # fmt: skip
        assert part in words, part


def test_the_plot_of_dead_links_reads_the_looks() -> None:
    url = "https://x.example/a"
    looks = (Seen(url, "2026-01-01", status=200), Seen(url, "2026-06-01", status=404))
    links = (LinkUse(LinkState(url, "dead", "404"), PAGE, Span(0, 1), looks),)
    page = FORMATS["html"](replace(sample(), links=links), RULES)
    assert "Dead links over time: 2026-01-01 0, 2026-06-01 1" in page
    assert "Dead links over time" not in FORMATS["html"](sample(), RULES)


def test_the_size_of_a_study_is_that_of_its_widest_known_role() -> None:
    def people(study: str, role: str, n: float, arm: str = "") -> Fact:
        return Fact(f"{study}-{role}", study, "participants", role, Quantity(n), arm=arm)

    follow_up = Fact("f", "a", "follow_up", quantity=Quantity(12, "month"))
    made = plots.studies(
        [people("a", "followed", 20), people("a", "enrolled", 24), people("a", "treated", 9, "x"), follow_up,
         people("b", "treated", 100), Fact("o", "c", "outcome", quantity=Quantity(5))]
    )  # fmt: skip
    assert [(s.key, s.size, s.role, s.follow_up) for s in made] == [
        ("b", 100, "treated", ""), ("a", 24, "enrolled", "12 months"),
    ]  # fmt: skip


def test_a_notebook_shows_summary_and_findings() -> None:
    made = sample()._repr_html_()
    assert made == fragment(sample())
    assert "year-mismatch" in made
    assert "<html" not in made
    assert ":root" not in made.partition("</style>")[0] or made.startswith('<div class="evidence">')


def test_a_large_report_stays_small() -> None:
    page = FORMATS["html"](big(), RULES)
    assert len(page.encode()) < 240_000  # a quarter of 500 references within a megabyte


@CHROMIUM
@AXE
@pytest.mark.parametrize("report", [sample(), big(), Report()], ids=["some", "many", "none"])
def test_axe_finds_nothing(report: Report, tmp_path: Path) -> None:
    script = browser.axe() + (
        ";axe.run(document,{resultTypes:['violations']}).then(r=>tell(r.violations.map("
        "v=>v.id+': '+v.nodes[0].html.slice(0,200))));"
    )
    assert browser.ask(FORMATS["html"](report, RULES), script, tmp_path) == []


@CHROMIUM
def test_nothing_is_wider_than_a_phone(tmp_path: Path) -> None:
    page = FORMATS["html"](big(), RULES)
    frame = (
        "const f=document.createElement('iframe');f.style.width='360px';"
        "f.srcdoc=document.documentElement.outerHTML.replace(/<script>[^]*/,'');"
        "f.onload=()=>{const d=f.contentDocument.documentElement;tell([d.scrollWidth,d.clientWidth])};"
        "document.body.append(f);"
    )
    scroll, client = browser.ask(page, frame, tmp_path)
    assert 300 < client <= 360
    assert scroll <= client


@CHROMIUM
def test_the_page_can_be_pictured_and_printed(tmp_path: Path) -> None:
    page = FORMATS["html"](sample(), RULES)
    picture = tmp_path / "page.png"
    browser.run(page, tmp_path, f"--screenshot={picture}", "--window-size=800,600")
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    assert (width, height) == (800, 600)
    printed = tmp_path / "page.pdf"
    browser.run(page, tmp_path, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    assert re.match(rb"%PDF-1", printed.read_bytes())
