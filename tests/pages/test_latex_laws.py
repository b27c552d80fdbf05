"""Laws of LaTeX pages: nothing is raised, every span lies inside, and reading is linear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.pages.latex import inputs, read
from evidence.sources import from_text
from tests.measuring import assert_linear

PIECES = st.sampled_from([
    "\\", "{", "}", "[", "]", "%", "$", "\n", " ", "a", "é", "-", "`", "'", "(", "&", "^", "\0", "\\cite",
    "\\begin{itemize}", "\\item", "\\end{itemize}", "\\begin{thebibliography}{9}", "\\bibitem", "\\verb|",
    "\\begin{verbatim}", "\\section", "\\iffalse", "\\fi", "\\'", "\\c", "\\url", "\\href", "\\end",
    "\\begin", "\\input", "Smith J. A study. Spine. 2010;3:1.", "% evidence:references keys=a\n",
    "% /evidence:references\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_nothing_is_raised_and_spans_lie_inside(text: str) -> None:
    document = read(from_text(text, name="p.tex", kind="latex"))
    inputs(document.source)
    view = document.view
    assert view is not None
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))
    spans = [citation.span for citation in document.citations]
    spans += [reference.span for reference in document.references]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "}",
        "[",
        "\\cite[",
        "\\cites(",
        "\\cite{",
        "$",
        "%",
        "\\",
        "\\verb|",
        "\\begin{verbatim}",
        "\\iffalse ",
        "\\begin{a}",
        "\\end{a}",
        "\\newcommand{",
        "\\url{",
        "\\href{a}{",
        "\\section{",
        "\\'{",
        "$^{",
        "\\item ",
        "\\input ",
        "a ",
        "a",
        "-",
        "\0",
        "\\def\\x#1",
        "\\mintinline[",
        "\\begin{itemize}\\item ",
        "\\cite[\\cite{a}",
    ],
)
def test_reading_is_linear(unit: str) -> None:
    def action(length: int) -> None:
        source = from_text(unit * (length // len(unit)), kind="latex")
        read(source)
        inputs(source)

    assert_linear(action, 20_000)
