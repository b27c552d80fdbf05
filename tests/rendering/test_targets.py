"""What a work holds is inert in every target, by the word of real parsers."""

from __future__ import annotations

import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from evidence.model import Date, Id, Name, Work
from evidence.rendering import render
from evidence.rendering.pieces import clean, doi_address, marked, visible

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "x](javascript:alert(1)) [y](javascript:alert(1))",
    "![x](https://evil.example/pixel)",
    "a | b | c",
    "``` fence ```",
    "`code`",
    "one\n# two\n- three",
    "one\r\n\r\n::error::forged",
    "\x1b[2J\x00\x07\x9b red",
    "\u202egnp.exe\u2066",
    "\u2028<b>bold</b>",
    "*stars* _under_ **both** ~~gone~~ snake_case_name",
    "{{ site.secret }} {% include x %} {{< raw >}}",
    "@team $x^2$ H~2~O [^1] [@key]",
    "-- > <!-- --> comment",
    "<!-- /evidence:references -->",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;",
    "\\input{/etc/passwd} \\write18 ^^5c % {",
    "=HYPERLINK(1)",
    "# heading",
    "1. list",
    "- list",
    "<iframe/src=x>",
    "<a href='javascript:x'>y</a>",
    "\ud800 lone",
]
#: What is left of a title when all is inert: its own visible text.
TAGS = {"p", "a", "i", "sub", "sup"}


class Seen(HTMLParser):
    """Collects tags, links and text as a browser would."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert all(name == "href" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


def hostile_works(words: str) -> list[Work]:
    person = (Name(words, "A"), Name(literal=words))
    return [
        Work(type="article-journal", title=words, container=words, volume=words, pages=words),
        Work(type="article-journal", authors=person, title="T", issued=Date(2000, season=words)),
        Work(type="webpage", title="T", url="https://x.example/" + words, extra={"available_at": words}),
        Work(type="webpage", title="T", url=words, accessed=Date(2000)),
        Work(type="book", title="T", publisher=words, place=words, edition=words, editors=person),
        Work(type="article-journal", title="T", ids=(Id("doi", "10.1/" + words), Id("pmid", words))),
        Work(type="article", title="T", ids=(Id("arxiv", words),), extra={"pubtype": words, "note": words}),
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_text_is_one_line_without_control_or_turning_characters(words: str) -> None:
    for line in render(hostile_works(words), to="text"):
        assert len(line.splitlines()) == 1
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line)
        assert "  " not in line


@pytest.mark.parametrize("words", HOSTILE)
def test_html_holds_only_our_own_tags(words: str) -> None:
    works = hostile_works(words)
    for line, plain in zip(render(works, to="html"), render(works, to="text"), strict=True):
        found = seen(line)
        assert set(found.tags) <= TAGS - {"p"}
        assert all(link.startswith("https://") and " " not in link for link in found.links)
        assert found.text == plain
        assert "{{" not in line
        assert "{%" not in line


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
@pytest.mark.parametrize("to", ["markdown", "mdx"])
def test_markdown_shows_the_words_and_does_nothing(words: str, preset: str, to: str) -> None:
    parser = MarkdownIt(preset, {"linkify": False, "html": True})
    if preset == "gfm-like":
        parser.disable("linkify")
    works = hostile_works(words)
    for line, plain in zip(render(works, to=to), render(works, to="text"), strict=True):
        assert "\n" not in line
        html = parser.render(line)
        found = seen(html)
        assert set(found.tags) <= {"p", "a"}, html
        assert found.text.strip() == plain, html
        assert all(link.startswith("https://") for link in found.links)
        assert not re.search(r"\{[{%]", line)
        assert to == "markdown" or not re.search(r"[<{]", line)


@pytest.mark.parametrize("words", HOSTILE)
def test_latex_has_no_live_character(words: str) -> None:
    for line in render(hostile_works(words), to="latex"):
        assert "--" not in line
        bare = re.sub(r"\\text[a-z]+\{\}|\\[{}$&#_%]|(?<=[-'])\{\}", "", line).removeprefix("{}")
        assert not re.search(r"[\\{}$&#_%~^\n]", bare)


def test_a_line_of_markdown_opens_no_block() -> None:
    parser = MarkdownIt("commonmark")
    for title in (
        "2015. A year",
        "1) one",
        "# head",
        "- dash",
        "+ plus",
        "> quote",
        "---",
        "=== x",
        "    code",
    ):
        for line in render([Work(type="book", title=title)], to="markdown"):
            assert seen(parser.render(line)).tags == ["p"]
            assert seen(parser.render(f"1. {line}")).tags in (["ol", "li"], ["ol", "li", "p"])


def test_tags_of_titles_are_kept_as_each_target_can() -> None:
    work = Work(type="book", title="H<sub>2</sub>O in <i>E. coli</i> at 10<SUP>6</SUP> <b>per</b> ml, P<0.05")
    assert render([work], to="html") == [
        "H<sub>2</sub>O in <i>E. coli</i> at 10<sup>6</sup> per ml, P&lt;0.05."
    ]
    assert render([work]) == ["H₂O in E. coli at 10⁶ per ml, P<0.05."]
    assert render([work], to="markdown") == ["H₂O in *E. coli* at 10⁶ per ml, P&lt;0.05."]
    assert render([work], to="latex") == [
        r"H\textsubscript{2}O in \textit{E. coli} at 10\textsuperscript{6} per ml, P\textless{}0.05."
    ]
    jats = Work(
        type="book", title="<jats:italic>Homo</jats:italic> <mml:math><mml:mi>x</mml:mi></mml:math> &amp; co"
    )
    assert render([jats], to="html") == ["<i>Homo</i> x &amp; co."]


def test_a_doi_links_encoded_and_reads_raw() -> None:
    doi = "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2"
    work = Work(type="article-journal", title="T", ids=(Id("doi", doi),))
    found = seen(render([work], to="html")[0])
    assert found.links == [
        "https://doi.org/10.1002/%28sici%291097-0258%2819980815%2917:15%3C1661::aid-sim968%3E3.0.co%3B2-2"
    ]
    assert doi in found.text
    html = MarkdownIt("commonmark").render(render([work], to="markdown")[0])
    assert seen(html).links == found.links
    assert doi in seen(html).text
    assert doi_address("10.1/a b") == "https://doi.org/10.1/a%20b"


def test_addresses_lead_where_they_did() -> None:
    work = Work(type="webpage", title="T", url="https://example.org/a_b(c)?x=1&copy=2#top")
    html = MarkdownIt("commonmark").render(render([work], to="mdx")[0])
    assert seen(html).links == ["https://example.org/a_b%28c%29?x=1&copy=2#top"]
    html = MarkdownIt("commonmark").render(render([replace_url(work, "https://example.org/a?b=1&lt=2")])[0])
    plain = Work(type="webpage", title="T", url="https://example.org/plain")
    assert render([plain], to="markdown") == ["T. Available at: <https://example.org/plain>."]
    assert unescape(html).count("https://example.org/a?b=1&lt=2") == 1


def replace_url(work: Work, url: str) -> Work:
    return Work(type=work.type, title=work.title, url=url)


@given(st.text(max_size=60))
def test_any_title_is_the_same_to_see_everywhere(title: str) -> None:
    work = Work(type="book", title=title, publisher="House")
    plain, html, markdown = (render([work], to=to)[0] for to in ("text", "html", "markdown"))
    assert seen(html).text == plain
    shown = seen(MarkdownIt("commonmark").render(markdown)).text.strip()
    assert shown == plain
    assert clean(clean(title)) == clean(clean(clean(title)))


@pytest.mark.parametrize("unit", ["<i", "<i>", "&amp;", "&a", "<mml:a ", "_", "*", " ,", "<i a", "1. "])
def test_time_is_linear(unit: str) -> None:
    title = (unit * 100_000)[:100_000]
    start = time.process_time()
    for to in ("text", "markdown", "html", "latex"):
        render([Work(title=title, volume=title, pages=title, edition=title)], to=to)
    assert time.process_time() - start < 5
    assert visible(marked("a<br>b")) == "a b"
