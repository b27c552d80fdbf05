"""Forms of citation markers, and what only looks like one."""

from __future__ import annotations

import pytest

from evidence.model import Kind
from tests.pages.looking import CHOU, DEYO, JARVIK, markers, page, ties, written

LIST = f"\n\n## References\n\n1. {JARVIK}\n2. {CHOU}\n3. {DEYO}\n4. {CHOU}\n5. {DEYO}\n"
HTML_LIST = "<h2>References</h2><ol>" + "".join(
    f'<li id="ref{n}">{text}</li>' for n, text in enumerate((JARVIK, CHOU, DEYO, CHOU, DEYO), 1)
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("It helps [1].", [("1",)]),
        ("It helps[1], more[2].", [("1",), ("2",)]),
        ("It helps [1,2].", [("1", "2")]),
        ("It helps [1, 3-5].", [("1", "3", "4", "5")]),
        ("It helps [1-3].", [("1", "2", "3")]),
        ("It helps [1–3].", [("1", "2", "3")]),
        ("It helps [1]-[3].", [("1", "2", "3")]),
        ("It helps [1]–[3] and [4].", [("1", "2", "3"), ("4",)]),
        ("It helps [1][2].", [("1",), ("2",)]),
        ("It helps [1], [2].", [("1",), ("2",)]),
        ("It helps [ 1 ; 2 ].", [("1", "2")]),
        ("It helps [1 and 2].", [("1", "2")]),
        ("It helps [ref. 2].", [("2",)]),
        ("It helps [2, p. 14].", [("2",)]),
        ("It helps <sup>1</sup>.", [("1",)]),
        ("It helps.<sup>1,2</sup> More.", [("1", "2")]),
        ("It helps.<sup>[1]</sup>", [("1",)]),
        ("It helps.¹ More.²,³", [("1",), ("2", "3")]),
        ("It helps.^1^ More.^2,3^", [("1",), ("2", "3")]),
        ("It helps [9].", [("9",)]),
        ("It helps \\[2\\].", [("2",)]),
        ("# Heading [1]\n\n- item [2]\n\n> quote [3]", [("1",), ("2",), ("3",)]),
    ],
)
def test_numbers_are_markers(text: str, labels: list[tuple[str, ...]]) -> None:
    assert [c.labels for c in page(text + LIST).citations] == labels


@pytest.mark.parametrize(
    "text",
    [
        "The interval [0,1] and the [0, 5] one.",
        "The interval [1, 5] is closed; x ∈ [1,2]; CI [2, 4]; scale [1-5].",
        "In [2015], in [2015-2016], in [1999].",
        "Code `a[1]` and ``b [2]``.",
        "```\ntext [1]\n```",
        "    indented [1]",
        "Array a[1] and list_of[2].",
        "A [link [1]](https://example.org) and [2](https://example.org/2).",
        "An ![image [1]](picture.png).",
        '<img alt="[1]" src="x.png"> <span title="[2]">x</span>',
        "- [x] done\n- [ ] not done",
        "An area: 5 m<sup>2</sup>, 10<sup>9</sup> cells, 9 kg/m<sup>2</sup>, 1<sup>st</sup>, R<sup>2</sup>.",
        "An area of 5 m², 10⁹ cells, x² and χ² and cm³.",
        "The isotope <sup>18</sup>F.",
        "Jane Doe<sup>1</sup>, Jo van Roe<sup>1,2</sup>\n\n<sup>1</sup>Clinic of Pain\n\n<sup>2</sup> A Ward",
        "<!-- hidden [1] -->",
        "Pages [100-250].",
        "Mathematics: $x_i [1]$.",
    ],
)
def test_numbers_that_are_no_markers(text: str) -> None:
    assert markers(page(text + LIST)) == []


def test_nothing_inside_the_list_is_a_marker() -> None:
    text = f"Text [1].\n\n## References\n\n1. {JARVIK} See [2].\n2. {CHOU} [Cited by 3]\n"
    assert markers(page(text)) == ["[1]"]


def test_the_span_of_a_superscript_is_what_is_seen() -> None:
    document = page(
        '<p>Yes.<sup><a href="#ref1">1</a></sup> So.<sup>[2]</sup> And.<sup>1,&nbsp;3</sup></p>' + HTML_LIST,
        "html",
    )
    assert markers(document) == ["1", "[2]", "1,&nbsp;3"]
    assert ties(document) == [("Jarvik",), ("Chou",), ("Jarvik", "Deyo")]


def test_a_marker_beyond_the_list_is_dangling() -> None:
    (citation,) = page("Text [4, 7]." + LIST).citations
    assert (citation.labels, len(citation.keys), citation.dangling) == (("4", "7"), 1, ("7",))


def test_numbers_without_any_list() -> None:
    document = page("It helps [1], and more so [2, 3], they say [2].\n")
    assert [c.dangling for c in document.citations] == [("1",), ("2", "3"), ("2",)]
    assert markers(page("A vector [2, 3] and a year [2015] and so [7].")) == []
    assert markers(page("It helps.<sup>1</sup> More.²")) == []


def test_an_unnumbered_list_is_counted_by_its_readers() -> None:
    document = page(f"Text [2] and [1].\n\n## References\n\n- {JARVIK}\n- {CHOU}\n")
    assert ties(document) == [("Chou",), ("Jarvik",)]
    assert [r.number for r in document.references] == [None, None]


@pytest.mark.parametrize(
    ("text", "form", "labels"),
    [
        ("So [@key].", "key", ("key",)),
        ("So [@a; @b, p. 3].", "key", ("a", "b")),
        ("So [see @a, pp. 33-35; also @b].", "key", ("a", "b")),
        ("So [-@key].", "key", ("key",)),
        ("So @smith2015 says.", "key", ("smith2015",)),
        ("So @smith2015: yes.", "key", ("smith2015",)),
        ("So [@{https://doi.org/10.1002/stem.1845}].", "id", ("doi:10.1002/stem.1845",)),
        ("So [@doi:10.1016/S0140-6736(18)30480-X].", "id", ("doi:10.1016/s0140-6736(18)30480-x",)),
        ("So [@pmid:25187512].", "id", ("pmid:25187512",)),
        ("So [@pubmed:25187512].", "id", ("pmid:25187512",)),
        ("So {cite:p}`a,b`.", "key", ("a", "b")),
        ("So {cite}`a`.", "key", ("a",)),
        ("So :cite:p:`a`.", "key", ("a",)),
        ("So {% cite a b %}.", "key", ("a", "b")),
        ("So {%- cite a, -%}.", "key", ("a",)),
        ('So {{< cite "k" >}}.', "key", ("k",)),
        ('So {{< cite key="k;l" page="3" >}}.', "key", ("k", "l")),
        ("So [^1].", "footnote", ("1",)),
        ("So [^a-note].", "footnote", ("a-note",)),
    ],
)
def test_keys_are_markers(text: str, form: str, labels: tuple[str, ...]) -> None:
    (citation,) = page(text).citations
    assert (citation.form, citation.labels) == (form, labels)


@pytest.mark.parametrize(
    "text",
    [
        "Write to jane@smith2015.org.",
        "Follow @janesmith, @jane_s and @back-pain.",
        "The decorator @property, the package lib@1.2.3.",
        "[@janesmith](https://social.example.org/@janesmith)",
        "See [@fig:one], @tbl-two and @sec:3a.",
        "Code `[@key]` and `@smith2015`.",
        "Escaped \\@smith2015.",
        '{% include cite.html %} {{< ref "page" >}} {{ site.title }}',
        "[write me@home.example.org]",
    ],
)
def test_what_is_no_key(text: str) -> None:
    assert markers(page(text)) == []


def test_bare_keys_count_for_more_where_the_page_cites_by_keys() -> None:
    assert markers(page("So @smith15 says.")) == []
    assert markers(page("---\nbibliography: a.bib\n---\nSo @smith15 says.")) == ["@smith15"]
    assert markers(page("So @smith15 says [@jones].")) == ["@smith15", "[@jones]"]


def test_a_key_or_identifier_of_the_pages_own_reference() -> None:
    document = page(
        "So [@jarvik2002] and [@doi:10.1002/stem.1845] and [@nobody1900].\n\n## References\n\n"
        f"- {JARVIK}\n- Pettine KA, Murphy MB. Injection of marrow. Stem Cells. 2015;33(1):146-56."
        " doi: 10.1002/stem.1845.\n"
    )
    assert [c.keys for c in document.citations] == [("jarvik2002",), ("pettine2015",), ()]
    assert not any(c.dangling for c in document.citations)


def test_links_into_the_list() -> None:
    document = page(
        '<p><a href="#ref1">Jarvik 2002</a>, (<a href="#ref2">Chou</a>), <a href="#ref9">[9]</a>,'
        ' <a href="#top">top</a>, <a href="https://example.org/#ref1">elsewhere</a></p>' + HTML_LIST,
        "html",
    )
    assert markers(document) == ["Jarvik 2002", "Chou", "[9]"]
    assert [c.form for c in document.citations] == ["author-year", "author-year", "number"]
    assert ties(document) == [("Jarvik",), ("Chou",), ("?9",)]


def test_markdown_links_into_the_list() -> None:
    document = page(
        "So [Jarvik 2002](#j), [1](#j), [[2]](#c) and [\\[2\\]](#c).\n\n## References\n\n"
        f'1. <a id="j"></a>{JARVIK}\n2. <a name="c"></a>{CHOU}\n'
    )
    assert markers(document) == ["Jarvik 2002", "1", "[2]", "\\[2\\]"]
    assert ties(document) == [("Jarvik",), ("Jarvik",), ("Chou",), ("Chou",)]


def test_footnotes_without_definition_dangle_and_remarks_do_not() -> None:
    document = page(f"So[^1] and[^2] and[^3].\n\n[^1]: {JARVIK}\n[^2]: We think that this is so.\n")
    assert [(c.labels, c.keys, c.dangling) for c in document.citations] == [
        (("1",), ("jarvik2002",), ()),
        (("3",), (), ("3",)),
    ]


def test_own_patterns() -> None:
    text = f"So ((1)), ((2, 3)) and <<jones2010>>.\n\nReferences\n\n1. {JARVIK}\n2. {CHOU}\n3. {DEYO}\n"
    document = page(text, "text", patterns=(r"\(\(([\d, ]+)\)\)", r"<<(\w+)>>"))
    assert markers(document) == ["((1))", "((2, 3))", "<<jones2010>>"]
    assert [c.labels for c in document.citations] == [("1",), ("2", "3"), ("jones2010",)]


def test_a_pattern_that_is_none_is_a_problem() -> None:
    assert [p.kind for p in page("x", patterns=("[",)).problems] == ["not-fully-read"]


def test_numbers_belong_to_the_nearest_list_that_has_them() -> None:
    text = f"A [1].\n\n# Sources\n\n1. {JARVIK}\n\n# B\n\nB [1] [2].\n\n# Sources\n\n1. {CHOU}\n2. {DEYO}\n\n"
    text += "C [2].\n"
    assert ties(page(text)) == [("Jarvik",), ("Chou",), ("Deyo",), ("Deyo",)]


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_front_matter_and_heads_are_not_searched(kind: Kind) -> None:
    head = {
        "text": "",
        "markdown": "---\ntitle: x [1]\n---\n",
        "html": "<head><title>x [1]</title><script>a[1]</script></head>",
    }[kind]
    body = f"<ol><li>{JARVIK}</li></ol>" if kind == "html" else f"References\n\n1. {JARVIK}\n"
    document = page(head + body, kind)
    assert markers(document) == []
    assert [written(document, r.span) for r in document.references] == [JARVIK]
