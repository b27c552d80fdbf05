"""Laws over generated pages: spans slice the source to what was extracted; nothing raises."""

from __future__ import annotations

import html as entities
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.model import Document, Kind
from tests.pages.looking import CHOU, DEYO, JARVIK, page, written

PIECES = [
    "[1]",
    "[2,3]",
    "[1]-[3]",
    "<sup>1</sup>",
    "²",
    "[^1]",
    "[@key2015]",
    "@smith2015",
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "]",
    "(",
    ")",
    "](",
    "<",
    ">",
    "<p>",
    "</p>",
    "<li>",
    "<ol>",
    "</ol>",
    "<div hidden>",
    "</div>",
    "<br>",
    "<!--",
    "-->",
    "&amp;",
    "&nbsp;",
    "&",
    ";",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "- ",
    "1. ",
    "2) ",
    "> ",
    "# ",
    "References\n\n",
    "## Sources\n\n",
    "\\",
    "\u00a0",
    "é",
    "😀",
    "\0",
    "\u2028",
    "{% cite a %}",
    '{{< cite "b" >}}',
    "{cite}`c`",
    "https://example.org/a_b",
    "[t](https://example.org)",
    '<a href="#x">y</a>',
    "<a id=x></a>",
    "|a|b|\n|-|-|\n",
    "```\n",
    "---\n",
    "$",
    "^1^",
    "[^1]: ",
    "[r]: https://r.example.org\n",
    "{/* x */}",
    "<!-- evidence:references keys=a -->",
    "<!-- /evidence:references -->",
    "<!-- evidence: ignore CIT001 - x -->",
    "words of prose ",
    JARVIK,
    CHOU,
    DEYO,
    "Stem Cells. 2015 Jan;33(1):146-56.",
    "Pettine KA, Murphy MB.",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["text", "markdown", "html"])


def _inside(document: Document) -> None:
    """Every span lies in the source, and what it slices has the characters that were extracted."""
    text, view = document.source.text, document.view
    assert view is not None
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(a <= b for a, b in zip(view.starts, view.ends, strict=True))
    assert list(view.starts) == sorted(view.starts)
    spans = [r.span for r in document.references] + [c.span for c in document.citations]
    spans += [link.span for link in document.links] + [region.span for region in document.regions]
    spans += [span for r in document.references for span in r.fields.values()] + [
        i.span for i in document.ignores
    ]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
    for link in document.links:
        shown = written(document, link.span)
        shown = shown if document.source.kind == "text" else entities.unescape(shown)
        assert shown.strip() in (link.url, link.url.replace("\\", ""))
    for citation in document.citations:
        shown = written(document, citation.span)
        assert shown == shown.strip()
        if citation.form == "number" and document.source.kind == "text":
            assert set(re.findall(r"\d+", shown.translate(str.maketrans("¹²³", "123")))) & set(
                citation.labels
            )
    for region in document.regions:
        assert region.span.start <= region.inner.start <= region.inner.end <= region.span.end
        for member in region.members:
            at = document.references[member].span
            assert region.span.start <= at.start <= at.end <= region.span.end


@settings(max_examples=300, deadline=None)
@given(TEXTS, KINDS)
def test_spans_of_any_page(text: str, kind: Kind) -> None:
    document = page(text, kind)
    _inside(document)
    if kind == "text":
        for reference in document.references:
            assert written(document, reference.span).split() == reference.raw.split() or "<!--" in text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), KINDS)
def test_any_text_is_read(text: str, kind: Kind) -> None:
    _inside(page(text, kind))


@settings(max_examples=60, deadline=None)
@given(TEXTS, KINDS)
def test_reading_is_the_same_each_time(text: str, kind: Kind) -> None:
    assert page(text, kind) == page(text, kind)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from([JARVIK, CHOU, DEYO]), min_size=1, max_size=6),
    st.lists(st.integers(1, 6), max_size=6),
    KINDS,
)
def test_a_simple_page_is_read_exactly(items: list[str], cited: list[int], kind: Kind) -> None:
    prose = "Words come first" + "".join(f" and then [{number}]" for number in cited) + "."
    if kind == "html":
        text = (
            f"<p>{prose}</p><h2>References</h2><ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"
        )
    else:
        text = f"{prose}\n\nReferences\n\n" + "".join(f"{n}. {item}\n" for n, item in enumerate(items, 1))
    document = page(text, kind)
    assert [written(document, r.span) for r in document.references] == items
    assert [written(document, c.span) for c in document.citations] == [f"[{number}]" for number in cited]
    for citation, number in zip(document.citations, cited, strict=True):
        found = number <= len(items)
        assert citation.keys == ((document.references[number - 1].key,) if found else ())
        assert citation.dangling == (() if found else (str(number),))
