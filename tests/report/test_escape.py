"""Escaping, in one place for all forms."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from evidence.report import escape

from .made import HOSTILE


def test_odd_characters_are_made_visible() -> None:
    assert (
        escape.visible("a\x1b[2J\n\t\u202e\U000e0041é\ud800") == "a\\x1b[2J\\n\\t\\u202e\\U000e0041é\\ud800"
    )
    assert escape.visible("Sánchez 🦴 – “x”") == "Sánchez 🦴 – “x”"


def test_lines_of_a_log_are_no_commands() -> None:
    assert escape.line_start("::error::x.md") == "./::error::x.md"
    assert escape.line_start(" ##[group]x") == "./ ##\\[group]x"
    assert escape.line_start("page.md") == "page.md"
    assert escape.terminal("a ##vso[x]") == "a ##\\vso[x]"
    assert escape.terminal("## Heading") == "## Heading"


def test_github_escapes_as_the_toolkit_does() -> None:
    assert escape.github("100% a:b,c") == "100%25 a:b,c"
    assert escape.github_property("100% a:b,c") == "100%25 a%3Ab%2Cc"


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_shows_words_only(words: str) -> None:
    html = (
        MarkdownIt("gfm-like", {"html": True, "linkify": False})
        .disable("linkify")
        .render(escape.markdown(words))
    )
    assert html.count("<") == 2
    assert html.startswith("<p>")
    assert "@team" not in escape.markdown(words)


def test_markdown_links_nothing_by_itself_and_keeps_its_entities() -> None:
    assert escape.markdown("a | b") == "a &#124; b"
    for words in ("see #12", "!7", "https://x.example", "www.x.example", "&#12; #12"):
        made = escape.markdown(words)
        assert not re.search(r"(?<!&)#\d|(?<!&#)!\d|://|www\.", made), made
        assert unescape(MarkdownIt().render(made)).strip() == f"<p>{words}</p>"


@given(st.text())
def test_visible_text_is_stable_and_one_line(text: str) -> None:
    shown = escape.visible(text)
    assert escape.visible(shown) == shown
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@pytest.mark.parametrize("unit", ["##a", "\x1b", "](", "&", "_", "##" + "a" * 39])
def test_time_is_linear(unit: str) -> None:
    text = (unit * 200_000)[:200_000]
    start = time.process_time()
    for function in (escape.terminal, escape.xml, escape.github_property, escape.markdown, escape.json_text):
        function(text)
    assert time.process_time() - start < 3
