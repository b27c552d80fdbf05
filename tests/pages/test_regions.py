"""Our own markers, lists made by hand, suppressions, links and front matter."""

from __future__ import annotations

import pytest

from evidence.model import Kind
from evidence.pages import frontmatter
from tests.pages.looking import CHOU, DEYO, JARVIK, page, ties, written

OPEN = '<!-- evidence:references style=pubmed source=refs.bib show=cited keys="one two" sum=1a2b -->'
CLOSE = "<!-- /evidence:references -->"
OPTIONS = {"style": "pubmed", "source": "refs.bib", "show": "cited", "keys": "one two", "sum": "1a2b"}


@pytest.mark.parametrize(
    ("kind", "inside", "layout"),
    [
        ("markdown", f"\n1. {JARVIK}\n2. {CHOU}\n", "numbered"),
        ("markdown", f"\n\n- {JARVIK}\n- {CHOU}\n\n", "bullets"),
        ("markdown", f"\n\n{JARVIK}\n\n{CHOU}\n\n", "paragraphs"),
        ("html", f"\n<ol>\n<li>{JARVIK}</li>\n<li>{CHOU}</li>\n</ol>\n", "numbered"),
        ("html", f"<p>{JARVIK}</p><p>{CHOU}</p>", "paragraphs"),
        ("markdown", f"\n<ol>\n<li>{JARVIK}</li>\n<li>{CHOU}</li>\n</ol>\n", "numbered"),
    ],
)
def test_own_markers(kind: Kind, inside: str, layout: str) -> None:
    text = f"Text [2] and [1].\n\n{OPEN}{inside}{CLOSE}\n\nMore [1].\n"
    if kind == "html":
        text = f"<p>Text [2] and [1].</p>{OPEN}{inside}{CLOSE}<p>More [1].</p>"
    document = page(text, kind)
    (region,) = document.regions
    assert (region.kind, region.layout, region.options, region.members) == (
        "references",
        layout,
        OPTIONS,
        (0, 1),
    )
    assert written(document, region.span) == f"{OPEN}{inside}{CLOSE}"
    assert written(document, region.inner) == inside
    assert [r.key for r in document.references] == ["one", "two"]
    assert ties(document) == [("Chou",), ("Jarvik",), ("Jarvik",)]


def test_mdx_markers() -> None:
    text = (
        f"Text [1].\n\n{{/* evidence:references keys=one */}}\n- {JARVIK}\n{{/* /evidence:references */}}\n"
    )
    document = page(text)
    (region,) = document.regions
    assert written(document, region.inner) == f"\n- {JARVIK}\n"
    assert document.citations[0].keys == ("one",)


def test_a_region_with_nothing_in_it_yet_says_what_numbers_mean() -> None:
    document = page(f"Text [2] and [3].\n\n{OPEN}\n{CLOSE}\n")
    assert [(c.keys, c.dangling) for c in document.citations] == [(("two",), ()), ((), ("3",))]
    assert [region.members for region in document.regions] == [()]


def test_an_uncited_region_means_no_numbers() -> None:
    text = (
        f"Text [1] and [2].\n\n<!-- evidence:references keys=one -->\n1. {JARVIK}\n{CLOSE}\n\n"
        f"<!-- evidence:references keys=two show=uncited -->\n{CHOU}\n{CLOSE}\n"
    )
    assert [(c.keys, c.dangling) for c in page(text).citations] == [(("one",), ()), ((), ("2",))]


def test_items_beyond_the_keys_get_their_own() -> None:
    text = f"<!-- evidence:references keys=jarvik2002 -->\n1. {CHOU}\n2. {JARVIK}\n{CLOSE}\n"
    assert [r.key for r in page(text).references] == ["jarvik2002", "jarvik2002a"]


def test_markers_in_code_are_text() -> None:
    document = page(f"Write so:\n\n```markdown\n{OPEN}\n{CLOSE}\n```\n\nor `{OPEN}`.\n")
    assert document.regions == ()
    assert document.problems == ()


@pytest.mark.parametrize(
    "text", [f"{OPEN}\n\n1. {JARVIK}\n", f"1. {JARVIK}\n\n{CLOSE}\n", f"{OPEN}\n\n{OPEN}\n\n{CLOSE}"]
)
def test_a_marker_without_its_pair_is_a_problem(text: str) -> None:
    document = page(text)
    assert [p.kind for p in document.problems] == ["not-fully-read"]
    assert "evidence:references" in written(document, document.problems[0].span)


def test_the_extent_of_lists_made_by_hand() -> None:
    text = f"A [1].\n\n## References\n\n  1. {JARVIK}\n  2. {CHOU}\n\n{DEYO}\n\nEnd of it.\n"
    document = page(text)
    assert [written(document, region.span) for region in document.regions] == [
        f"  1. {JARVIK}\n  2. {CHOU}",
        DEYO,
    ]
    assert [region.members for region in document.regions] == [(0, 1), (2,)]
    html = (
        f'<h2>References</h2>\n<ol class="x">\n<li>{JARVIK}</li>\n</ol>\n<p id="a">{CHOU}</p>\n<p>{DEYO}</p>'
    )
    html += "<p>Bye.</p>"
    document = page(html, "html")
    assert [written(document, region.span) for region in document.regions] == [
        f'<ol class="x">\n<li>{JARVIK}</li>\n</ol>',
        f'<p id="a">{CHOU}</p>\n<p>{DEYO}</p>',
    ]
    assert all(region.span == region.inner for region in document.regions)


def test_suppressions() -> None:
    text = (
        "# Page\n\nText [1].\n\n<!-- evidence: ignore CIT003 until 2027-01-31 - sorted by name -->\n\n"
        "Next paragraph.\n\n"
        f"## References\n\n1. {JARVIK} <!-- evidence: ignore author-mismatch - as printed -->\n"
        f"2. {CHOU}\n   <!-- evidence:ignore REF001 – no DOI -->\n"
    )
    document = page(text)
    assert [(i.rule, i.reason, i.until) for i in document.ignores] == [
        ("CIT003", "sorted by name", "2027-01-31"),
        ("author-mismatch", "as printed", ""),
        ("REF001", "no DOI", ""),
    ]
    near = [written(document, i.near) for i in document.ignores if i.near]
    assert near[0] == "Next paragraph."
    assert JARVIK in near[1]
    assert CHOU not in near[1]
    assert CHOU in near[2]
    for ignore in document.ignores:
        assert written(document, ignore.span).startswith("<!-- evidence:")
        assert ignore.source is document.source


def test_suppressions_in_html() -> None:
    html = (
        f"<h2>References</h2><ol><li>{JARVIK}<!-- evidence: ignore MET001 - so --></li><li>{CHOU}</li></ol>"
    )
    document = page(html, "html")
    (ignore,) = document.ignores
    assert ignore.near is not None
    assert JARVIK in written(document, ignore.near)
    assert CHOU not in written(document, ignore.near)


def test_links_of_prose_and_lists() -> None:
    text = (
        "See [a](https://a.example.org/x_(y)), <https://b.example.org>, https://c.example.org/z, or [d][1],\n"
        '<a href="https://e.example.org/?q=1&amp;r=2">e</a>, [m](mailto:f@example.org) ![no](https://no.example.org/x.png),'
        " `https://no.example.org/code` and [rel](/no).\n\n[1]: https://g.example.org/path 'G'\n\n"
        f"## References\n\n1. {JARVIK} https://h.example.org/h\n"
    )
    document = page(text)
    assert [(link.url, link.cited) for link in document.links] == [
        ("https://a.example.org/x_(y)", False),
        ("https://b.example.org", False),
        ("https://c.example.org/z", False),
        ("https://e.example.org/?q=1&r=2", False),
        ("mailto:f@example.org", False),
        ("https://g.example.org/path", False),
        ("https://h.example.org/h", True),
    ]
    for link in document.links:
        assert written(document, link.span).replace("&amp;", "&") == link.url


def test_links_that_are_no_content() -> None:
    html = (
        '<head><link rel="canonical" href="https://no.example.org/"></head><header>'
        '<a href="https://no.example.org/1">x</a></header><nav><a href="https://no.example.org/2">x</a></nav>'
        '<main><p><a href=" https://yes.example.org/ ">y</a> or'
        ' https://also.example.org/ (<a href="https://yes.example.org/2">https://yes.example.org/2</a>)</p></main>'
        '<form><a href="https://no.example.org/3">x</a></form>'
        '<footer><a href="https://no.example.org/4">x</a></footer>'
    )
    document = page(html, "html")
    assert [link.url for link in document.links] == [
        "https://yes.example.org/",
        "https://also.example.org/",
        "https://yes.example.org/2",
    ]


@pytest.mark.parametrize(
    ("text", "paths", "everything"),
    [
        ("---\nbibliography: refs.bib\n---\n", ("refs.bib",), False),
        ('---\nbibliography: "my refs.bib" # comment\n---\n', ("my refs.bib",), False),
        ("---\nbibliography: [a.bib, 'b.bib']\n---\n", ("a.bib", "b.bib"), False),
        ("---\nbibliography: [\n  a.bib,\n  b.bib\n]\ntitle: x\n---\n", ("a.bib", "b.bib"), False),
        ("---\nbibliography:\n- a.bib\n- b.bib # two\ntitle: x\n---\n", ("a.bib", "b.bib"), False),
        ("---\r\nbibliography:\r\n  - a.bib\r\nnocite: '@*'\r\n...\r\n", ("a.bib",), True),
        ("---\nnocite: |\n  @*\n---\n", (), True),
        ("---\nnocite: '@one'\n---\n", (), False),
        ('+++\nbibliography = "a.bib"\n+++\n', ("a.bib",), False),
        ('+++\nbibliography = [\n "a.bib",\n "b.bib",\n]\n+++\n', ("a.bib", "b.bib"), False),
        ("---\nbibliography: a.bib\n", (), False),
        ("Text\n---\nbibliography: a.bib\n---\n", (), False),
        ("---\nbibliography:\n---\n", (), False),
        ("---\n---\n", (), False),
        ("", (), False),
    ],
)
def test_front_matter(text: str, paths: tuple[str, ...], everything: bool) -> None:
    found = frontmatter.read(text + "Body.\n")
    assert (found.bibliographies, found.cites_all) == (paths, everything)
    document = page(text + "Body.\n")
    assert (document.bibliographies, document.cites_all) == (paths, everything)
    assert document.view is not None
    if found.end:
        assert document.view.text == "Body."
