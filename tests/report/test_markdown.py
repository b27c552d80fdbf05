"""Markdown for a pull request, rendered by a real parser with HTML allowed, as hosts render it."""

from __future__ import annotations

import re

import html5lib
import pytest
from markdown_it import MarkdownIt

from evidence.report import FORMATS
from evidence.report.markdown import LONGEST, MARK
from evidence.report.result import Report

from .made import HOSTILE, RULES, finding, hostile, sample


def rendered(report: Report) -> str:
    text = FORMATS["markdown"](report, RULES)
    assert text.startswith(MARK)
    html: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return html


def test_errors_and_warnings_in_a_table_notes_folded_away() -> None:
    html = rendered(sample())
    assert "<h3>Citations: 1 error, 1 warning</h3>" in html
    assert html.count("<table>") == 2
    assert "<summary>1 note</summary>" in html
    assert "year: written “2011”, registered “2010”" in html
    assert "Fix: write 2010" in html


def test_a_report_without_findings_says_so() -> None:
    assert "<h3>Citations: no errors, no warnings</h3>" in rendered(Report())
    assert "no references found" in rendered(Report())


def test_what_does_not_fit_into_a_comment_is_counted() -> None:
    text = FORMATS["markdown"](sample([finding("2011", message="x" * 500)] * 300), RULES)
    assert len(text) <= LONGEST + 200
    shown = text.count("x" * 500)
    assert re.search(rf"\n{300 - shown} findings left out here", text)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_make_no_tag_no_link_no_mention(words: str) -> None:
    html = rendered(hostile(words))
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= {
        "html", "head", "body", "h3", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td",
        "code", "br", "details", "summary",
    }  # fmt: skip
    text = FORMATS["markdown"](hostile(words), RULES)
    assert "@team" not in text
    assert "://" not in text.replace("&#58;//", "")
