"""Reading what a page says of itself: titles, headings, names, words, and pages made to be slow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence.services import markup
from evidence.services.signs import segments
from tests.measuring import assert_linear


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"<title>\xe9t\xe9</title>", "text/html; charset=latin-1", "été"),
        ("<title>été</title>".encode(), "text/html", "été"),
        (b'<meta charset="windows-1252"><title>\x93q\x94</title>', "text/html", "“q”"),
        (b"<title>never ends", "text/html", "never ends"),
        (b"<title>x</title>", "text/html; charset=no-such-thing", "x"),
        (b"<title>x</title>", "text/html; charset=punycode", "x"),
        (b"no title", "text/html", ""),
        (b"<title", "text/html", ""),
        (b"<svg><title>of a drawing</title></svg><title>second</title>", "text/html", "second"),
        (b"<script>'<title>no</title>'</script><title>yes</title>", "text/html", "yes"),
        (b"<!-- <title>no</title> --><title>yes</title>", "text/html", "yes"),
        (b"", "", ""),
        ("\ufeff<title>ü</title>".encode("utf-16"), "text/html", "ü"),
        (b"<title>" + b"w " * 10_000, "text/html", ("w " * 150).strip()),
    ],
)
def test_titles(body: bytes, kind: str, expected: str) -> None:
    assert markup.read(markup.decode(body, kind)).title.strip() == expected


def test_what_is_read() -> None:
    page = markup.read(
        '<head><title>A</title><meta property="og:title" content="B &amp; C"><meta name=author content=D></head>'
        "<body><h1>E <i>F</i></h1><p>One<br>two</p><input type=password><script>x</script><img>"
    )
    assert page.named == ("A", "B & C", "E F")
    assert page.names["author"] == "D"
    assert page.blocks == ("E F", "One", "two")
    assert (page.password, page.scripts, page.things) == (True, 1, 2)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0; url=/x", "/x"),
        ("0;URL='/x'", "/x"),
        ("3, url=/x", "/x"),
        ("0 /x", "/x"),
        ("300; url=/x", ""),
        ("5", ""),
        ("", ""),
    ],
)
def test_refreshes(content: str, expected: str) -> None:
    assert markup.leads_to(content) == expected


def test_a_refresh_for_browsers_without_scripts_is_none() -> None:
    text = '<meta http-equiv=refresh content="0;url=/x">'
    assert markup.read(text).refresh == "/x"
    assert markup.read(f"<noscript>{text}</noscript>").refresh == ""


@pytest.mark.parametrize(
    ("name", "there"), [("a", True), ("b.c", True), ("bxc", False), ("d", True), ("e", True), ("f", False)]
)
def test_anchors(name: str, there: bool) -> None:
    text = "<p id=a><p id='b.c'><a name=\"d\"><h2 id=user-content-e>"
    assert markup.has_anchor(text, name) is there


def test_titles_are_taken_apart_where_sites_join_them() -> None:
    assert segments("Page not found | Spine Centre")[1:] == ("page not found", "spine centre")
    assert "page not found" in segments("Spine Centre: Page not found")
    assert "page not found" not in segments("Page not found: how the web forgets")


MAKERS: list[Callable[[int], str]] = [
    lambda n: "<a" * n, lambda n: "<" * n, lambda n: "<!--" * n, lambda n: '<a b="' * n, lambda n: "<a b='>" * n,
    lambda n: "<title>" * n, lambda n: "<script>" * n, lambda n: "<svg>" * n, lambda n: "<p>x" * n, lambda n: "&" * n,
    lambda n: "<meta " + 'a="b" ' * n, lambda n: "<meta name=a content=b>" * n, lambda n: "<h1>" * n,
    lambda n: "<a " + '"' * n, lambda n: "<noscript" * n, lambda n: "charset=" * n,
]  # fmt: skip


@pytest.mark.parametrize("make", MAKERS)
def test_reading_is_linear(make: Callable[[int], str]) -> None:
    assert_linear(lambda n: markup.read(make(n)), 20_000)
