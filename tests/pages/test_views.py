"""The views of the three forms: what is seen, and where it stands."""

from __future__ import annotations

import pytest

from evidence.model import Document, Kind
from tests.pages.looking import JARVIK, page


def _seen(document: Document) -> str:
    assert document.view is not None
    return "\n".join(line.rstrip(" ") for line in document.view.text.split("\n"))


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>a &amp; b&nbsp;c</p>", "a & b\u00a0c"),
        ("<p>a\n   b<br>c</p>", "a b\nc"),
        ("<p>a<p>b", "a\n\nb"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p>a<!-- x -->b</p><!-- unclosed <p>c</p>", "ab\n\n<!-- unclosed\n\nc"),
        ("<p>a <b>b</i> c</b></p>d", "a b c\n\nd"),
        ("a < b and <a", "a < b and <a"),
        ("<p title='<b>'>a</p>", "a"),
        ("<script>if (a < b) { '</p>' }</script>a", "a"),
        ("<style>p{}</style><title>t</title>a", "a"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
        ("<p>&#8220;x&#x201d; &bogus; &copy2018 &lt;b&gt;</p>", "“x” &bogus; ©2018 <b>"),
        ("<p>a<span hidden>b</span>c</p>", "ac"),
        ("<head><meta name=x><title>y</title><p>a", "a"),
        ("<![CDATA[x]]><?php y ?><!DOCTYPE html>a", "a"),
        ("<a href=x>a</a><a id='y'/>b", "ab"),
        ("</p></div></li>a", "a"),
    ],
)
def test_html(html: str, seen: str) -> None:
    assert _seen(page(html, "html")) == seen


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("*a* **b** _c_ __d__ ~~e~~", "a b c d e"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("***a* b**", "a b"),
        ("[a](b) ![c](d) [e][f]", "a  [e][f]"),
        ("[e][f]\n\n[f]: https://x.example.org", "e"),
        ("`a` ``b ` c``", "a b ` c"),
        ("a\\*b \\[c\\]", "a*b [c]"),
        ("&amp; &eacute;", "& é"),
        ("# A #\n\nB\n===", "A\n\nB"),
        ("> a\n> b", "a\nb"),
        ("- a\n  b\n- c", "a\nb\n\nc"),
        ("<div>\n\n*a*\n\n</div>", "a"),
        ("a <b>b</b> <!-- c -->d", "a b d"),
        ("```\ncode\n```\n\ntext", "text"),
        ("| a | b |\n|---|---|\n| c \\| d | e |", "a\tb\n\nc | d\te"),
        ("## T {#id .c}", "T"),
        ("a{{< x >}}b{% y %}c", "abc"),
        ("a {/* x */} b", "a  b"),
        ("{/* a\nb */}\n\nc", "c"),
        ("\ta\n\nb", "b"),
        ("a\u2028b", "a\u2028b"),
    ],
)
def test_markdown(markdown: str, seen: str) -> None:
    assert _seen(page(markdown)) == seen


def test_text_is_seen_as_it_is() -> None:
    text = "a  b\r\n\tc *d* <e> &amp;\n"
    assert _seen(page(text, "text")) == text


def test_notes_go_on_below() -> None:
    document = page(f"x[^1]\n\n[^1]: {JARVIK}\n\n    And more.\n\nProse.\n\n    code [1]\n")
    assert document.references[0].raw == f"{JARVIK}\nAnd more."
    assert "code" not in _seen(document)


@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_depth_loses_no_text(kind: Kind) -> None:
    depth = 100_000 if kind == "html" else 3_000
    opening = "<div><span>" * depth if kind == "html" else "> - " * depth
    tail = "" if kind == "html" else "\n\n"
    document = page(f"{opening}deep down{tail}\n<p>and after</p>", kind)
    assert "deep down" in _seen(document)
    assert "and after" in _seen(document)


def test_lists_nested_deeper_than_is_read_keep_their_text() -> None:
    text = "".join(f"{'  ' * n}- item {n}\n" for n in range(150)) + "\nafter\n"
    seen = _seen(page(text))
    assert all(f"item {n}" in seen for n in range(150))
    assert "after" in seen


def test_one_long_line() -> None:
    text = "word " * 200_000
    for kind in ("text", "markdown", "html"):
        assert _seen(page(text, kind)).strip() == text.strip()
