"""Pages of different make, each with exactly what a reader finds on it."""

from __future__ import annotations

import pytest

from tests.pages.looking import fixture, markers, ties, written

#: name: numbers of the references, first word of each, markers, what they are tied to
EXPECTED: dict[str, tuple[list[int | None], list[str], list[str], list[tuple[str, ...]]]] = {
    "blog-footnotes.md": (
        [None] * 3,
        ["Hagen", "Malmivaara", "Hayden"],
        ["[^1]", "[^trial]", "[^1]", "[^hayden]"],
        [("Hagen",), ("Malmivaara",), ("Hagen",), ("Hayden",)],
    ),
    "wordpress-superscripts.html": (
        [1, 2, 3],
        ["Hartvigsen", "Balagué", "National"],
        ["1", '2</a>,<a\nhref="#ref3">3', "1-3", "[2]", "second reference", "4"],
        [
            ("Hartvigsen",),
            ("Balagué", "National"),
            ("Hartvigsen", "Balagué", "National"),
            ("Balagué",),
            ("Balagué",),
            ("?4",),
        ],
    ),
    "word-export.html": (
        [1, 2, 3],
        ["Deyo", "Chou", "Jarvik"],
        ["[1]", "[2]", "[3]"],
        [("Deyo",), ("Chou",), ("Jarvik",)],
    ),
    "encyclopedia.html": (
        [1, 2],
        ["Urban", '"Slipped'],
        [f'&#91;</span>{n}<span class="cite-bracket">&#93;' for n in (1, 2, 1)],
        [("Urban",), ('"Slipped',), ("Urban",)],
    ),
    "guideline.md": (
        [1, 2, 3, 4, 5, 6, 7],
        ["Chou", "Brinjikji", "Jarvik", "Downie", "Fazel", "Jensen", "Royal"],
        ["[1-3,7]", "[4]", "[6]", "[2]-[4]", "[5]", "[7]", "[8]", "[6]"],
        [
            ("Chou", "Brinjikji", "Jarvik", "Royal"),
            ("Downie",),
            ("Jensen",),
            ("Brinjikji", "Jarvik", "Downie"),
            ("Fazel",),
            ("Royal",),
            ("?8",),
            ("Jensen",),
        ],
    ),
    "apa.txt": ([None] * 3, ["Lawford", "Pocovi", "Vanti"], [], []),
    "jekyll.md": (
        [],
        [],
        ["{% cite urban2003 roberts2006 %}", "{% cite adams2006 --locator 12 %}"],
        [(), ()],
    ),
    "hugo.md": ([], [], ['{{< cite "urban2003" >}}', "{{% cite adams2006 %}}"], [(), ()]),
    "myst.md": (
        [],
        [],
        [
            "{cite:p}`urban2003,urban2004`",
            "{cite:t}`adams2006`",
            "[@roberts2006, p. 3]",
            "[see @boos2002; -@vernon2007]",
            "@battie2009",
            "{cite}`pye2004`",
            "{footcite}`doi:10.1186/ar629`",
            "[@pmid:12723977]",
        ],
        [()] * 8,
    ),
    "no-references.md": ([], [], [], []),
    "two-lists.html": (
        [1, 2, 1, 2, 3],
        ["Lötters", "Ferreira", "Foster", "Enke", "Hayden"],
        ["[1]", "[2]", "[1]", "[3]", "[2]"],
        [("Lötters",), ("Ferreira",), ("Foster",), ("Hayden",), ("Enke",)],
    ),
    "crlf.txt": ([1, 2], ["Adams", "Boos"], ["[1]", "[2]"], [("Adams",), ("Boos",)]),
    "symptoms.html": ([None, None, 1], ["Sciatica", "Ropper", "Koes"], ["[1]"], [("Koes",)]),
    "page-mdx.md": ([1, 2], ["Finan", "Alsaadi"], ["[1]", "[2]"], [("Finan",), ("Alsaadi",)]),
    "pandoc.html": (
        [None, None],
        ["Vlaeyen", "Waddell"],
        ["Vlaeyen and Linton 2000", "Waddell et al. (1993)"],
        [("Vlaeyen",), ("Waddell",)],
    ),
    "news-sources.txt": ([None] * 3, ["Mayo", "National", "Deyo"], [], []),
    "pubmed-blocks.md": ([None] * 3, ["Efficacy", "Reactivation", "Surgery"], [], []),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_references_and_citations(name: str) -> None:
    numbers, names, found, tied = EXPECTED[name]
    document = fixture(name)
    assert [r.number for r in document.references] == numbers
    assert [r.raw.split()[0].strip(",.") for r in document.references] == names
    assert markers(document) == found
    assert ties(document) == tied
    assert document.problems == ()


@pytest.mark.parametrize("name", EXPECTED)
def test_every_span_is_inside_the_page_and_in_order(name: str) -> None:
    document = fixture(name)
    length = len(document.source.text)
    for reference in document.references:
        assert 0 <= reference.span.start < reference.span.end <= length
        for span in reference.fields.values():
            assert 0 <= span.start <= span.end <= length
    starts = [citation.span.start for citation in document.citations]
    assert starts == sorted(starts)


def test_identifiers_and_links_behind_text() -> None:
    document = fixture("wordpress-superscripts.html")
    hartvigsen, _, service = document.references
    assert hartvigsen.work.doi == "10.1016/s0140-6736(18)30480-x"
    assert service.work.url == "https://www.nhs.uk/conditions/back-pain/"
    assert written(document, service.fields["url"]) == service.work.url
    assert [(link.url, link.cited) for link in document.links] == [
        ("https://example.org/trial", False),
        ("https://doi.org/10.1016/S0140-6736(18)30480-X", True),
        ("https://www.nhs.uk/conditions/back-pain/", True),
        ("https://clinic.example.org/neck/", False),
    ]
    assert fixture("blog-footnotes.md").references[1].work.pmid == "7823996"


def test_labels_and_forms_of_keys() -> None:
    citations = fixture("myst.md").citations
    assert [(c.form, c.labels) for c in citations] == [
        ("key", ("urban2003", "urban2004")),
        ("key", ("adams2006",)),
        ("key", ("roberts2006",)),
        ("key", ("boos2002", "vernon2007")),
        ("key", ("battie2009",)),
        ("key", ("pye2004",)),
        ("id", ("doi:10.1186/ar629",)),
        ("id", ("pmid:12723977",)),
    ]
    assert not any(c.keys or c.dangling for c in citations)


def test_bibliographies_that_pages_name() -> None:
    assert fixture("jekyll.md").bibliographies == ("spine.bib",)
    assert fixture("hugo.md").bibliographies == ("spine.bib", "more/web.bib")
    assert fixture("myst.md").bibliographies == ("spine.bib",)
    assert fixture("apa.txt").bibliographies == ()


def test_a_reference_in_a_text_is_the_text_itself() -> None:
    document = fixture("apa.txt")
    for reference in document.references:
        assert " ".join(written(document, reference.span).split()) == reference.raw


def test_windows_line_breaks_move_nothing() -> None:
    document = fixture("crlf.txt")
    crlf = document.source.text.replace("\r\n", "\n").replace("\n", "\r\n")
    from tests.pages.looking import page

    twin = page(crlf, "text")
    assert [r.raw for r in twin.references] == [r.raw for r in document.references]
    assert markers(twin) == markers(document)
    assert written(twin, twin.references[1].fields["doi"]) == "10.1097/00007632-200212010-00002"
