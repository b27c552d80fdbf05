"""Which lists are references, however they are made, and which are not."""

from __future__ import annotations

import pytest

from evidence.model import Kind, Limits
from evidence.pages.headings import LIKELY, MAYBE, SURE, strength
from tests.pages.looking import CHOU, DEYO, JARVIK, page, place, written

TITLE, AUTHORS, SOURCE = (
    "Exercise for chronic pain of the back",
    "Hayden JA, van Tulder MW, Tomlinson G.",
    "Ann Intern Med. 2005 May 3;142(9):776-85. doi: 10.7326/0003-4819-142-9-200505030-00014.",
)
TITLE2, AUTHORS2, SOURCE2 = (
    "Rest in bed or not",
    "Hagen KB, Jamtvedt G.",
    "Spine (Phila Pa 1976). 2005 Mar 1;30(5):542-6. Review.",
)


@pytest.mark.parametrize(
    "heading",
    [
        "## References",
        "## References:",
        "# REFERENCES",
        "**References**",
        "## 7. References",
        "## References (2)",
        "References\n----------",
        "Bibliography",
        "## Works cited",
        "### Suggested reading",
        "### Further Reading",
        "## Literature",
        "## Literatur",
        "## Quellen",
        "## Références",
        "## Bibliografía",
        "## Sources",
        "## Notes",
        "",
    ],
)
@pytest.mark.parametrize("mark", ["1.", "-", "*", "1)", ""])
def test_headings_and_marks_of_lists(heading: str, mark: str) -> None:
    items = [f"{mark} {text}".strip() for text in (JARVIK, CHOU)]
    joint = "\n\n" if not mark else "\n"
    document = page(f"# Page\n\nSome text.\n\n{heading}\n\n{joint.join(items)}\n")
    assert [r.raw for r in document.references] == [JARVIK, CHOU]
    assert [r.number for r in document.references] == ([1, 2] if "1" in mark else [None, None])
    layout = "numbered" if "1" in mark else "bullets" if mark else "paragraphs"
    assert [region.layout for region in document.regions] == [layout]


@pytest.mark.parametrize(
    "text",
    [
        "- back pain\n- neck pain\n- headache of 2 to 3 days",
        "1. Lie down.\n2. Get up after 20 minutes.\n3. Call a doctor, if it lasts.",
        "## Sources of pain\n\n- the disc\n- the joints",
        "## Sources\n\n- Muscles\n- Joints",
        "## Notes\n\nThis page was written in 2015 and has not been changed since.",
        "## Research\n\nOur group studies discs. It began in 1998 and has 12 members.",
        "- [About](/about)\n- [Contact](/contact)",
        "By Jane Smith, MD. Updated March 3, 2019.",
        "| Year | Patients |\n|---|---|\n| 2015 | 33 |",
        "## Notes\n\n- Eat well, and sleep enough\n- Avoid lifting, if you can",
        "## Resources\n\n- [A clinic](https://clinic.example.org)\n- [A friend](https://friend.example.org)",
        "- [Causes](#causes)\n- [References](#references)\n- [About us](#about)",
        "1. Causes\n2. References\n3. About us",
        "## More information\n\nCall +1 555 0100 or come by, Monday to Friday, 9 to 5.",
        "See Smith et al., Pain 2015;33:1-5, for more of that, which is what we all think it is.",
    ],
)
def test_lists_that_are_no_references(text: str) -> None:
    document = page(f"# Page\n\nSome text.\n\n{text}\n\nThe end of it.\n")
    assert [r.raw for r in document.references] == []
    assert document.regions == ()


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1)])
@pytest.mark.parametrize("heading", [True, False])
@pytest.mark.parametrize("joint", ["\n\n", "\n"])
def test_one_reference_on_three_lines(kind: Kind, order: tuple[int, ...], heading: bool, joint: str) -> None:
    first = [(TITLE, AUTHORS, SOURCE)[n] for n in order]
    second = [(TITLE2, AUTHORS2, SOURCE2)[n] for n in order]
    if kind == "html":
        wrap = (lambda lines: "".join(f"<p>{line}</p>" for line in lines)) if joint == "\n\n" else _broken
        body = wrap(first) + "\n" + wrap(second)
        text = "<p>Some words first.</p>" + ("<h2>Further reading</h2>" if heading else "") + body
    else:
        head = "Further reading:\n\n" if heading else ""
        text = f"Some words first.\n\n{head}{joint.join(first)}\n\n{joint.join(second)}\n"
    document = page(text, kind)
    assert [r.raw.split("\n") for r in document.references] == [first, second]
    assert [r.work.doi for r in document.references] == ["10.7326/0003-4819-142-9-200505030-00014", ""]
    assert [len(r.work.authors) for r in document.references] == [3, 2]


def _broken(lines: list[str]) -> str:
    return "<p>" + "<br>\n".join(lines) + "</p>"


def test_a_list_ends_where_prose_begins() -> None:
    document = page(
        f"## References\n\n{JARVIK}\n\n{CHOU}\n\nWe thank our patients for their time.\n\n- bread\n- wine\n"
    )
    assert [r.raw for r in document.references] == [JARVIK, CHOU]


def test_a_list_ends_at_the_next_heading_and_goes_on_below_a_lower_one() -> None:
    document = page(
        f"## References\n\n### Trials\n\n1. {JARVIK}\n\n### Reviews\n\n1. {CHOU}\n\n"
        "## Team\n\n1. Jane\n2. John\n"
    )
    assert [r.raw for r in document.references] == [JARVIK, CHOU]


def test_numbers_of_lists() -> None:
    assert [r.number for r in page(f"References\n\n3. {JARVIK}\n3. {CHOU}\n").references] == [3, 4]
    html = f'<h2>References</h2><ol start="5"><li>{JARVIK}<li value="9">{CHOU}<li>{DEYO}</ol>'
    assert [r.number for r in page(html, "html").references] == [5, 9, 10]
    text = f"References\n\n[1] {JARVIK}\n\n[2] {CHOU}\n"
    assert [r.number for r in page(text, "text").references] == [1, 2]
    assert [r.number for r in page(text).references] == [1, 2]
    assert [
        r.number for r in page(f"<p>Sources</p><p>(1) {JARVIK}</p><p>(2) {CHOU}</p>", "html").references
    ] == [1, 2]
    raised = f"<h3>References</h3><p><sup>1</sup> {JARVIK}</p><p><sup>2</sup>{CHOU}</p>"
    assert [r.number for r in page(raised, "html").references] == [1, 2]


def test_items_of_several_paragraphs() -> None:
    html = (
        f"<h2>References</h2><ol><li><p>{TITLE}</p><p>{AUTHORS}</p><p>{SOURCE}</p></li>"
        f"<li>{TITLE2}<br/>{AUTHORS2}<br/>{SOURCE2}</li></ol>"
    )
    document = page(html, "html")
    assert [len(r.work.authors) for r in document.references] == [3, 2]
    assert document.references[0].raw == f"{TITLE}\n{AUTHORS}\n{SOURCE}"
    markdown = f"## References\n\n1. {TITLE}\n\n   {AUTHORS}\n\n   {SOURCE}\n2. {CHOU}\n"
    assert [r.number for r in page(markdown).references] == [1, 2]


def test_bullets_for_each_line_of_a_reference() -> None:
    lines = (TITLE, AUTHORS, SOURCE, TITLE2, AUTHORS2, SOURCE2)
    document = page("## Studies\n\n" + "".join(f"- {line}\n" for line in lines))
    assert [r.raw.split("\n")[0] for r in document.references] == [TITLE, TITLE2]


@pytest.mark.parametrize(
    "html",
    [
        f'<dl><dt>[1]</dt><dd>{JARVIK}</dd><dt id="x">[2]</dt><dd><p>{CHOU}</p></dd></dl>',
        f"<table><tr><td>1.</td><td>{JARVIK}</td></tr><tr><td>2.</td><td>{CHOU}</td></tr></table>",
        f'<div class="references"><p>1. {JARVIK}</p><p>2. {CHOU}</p></div>',
        f"<p><b>References</b><br>1. {JARVIK}<br>2. {CHOU}</p>",
        f"<details><summary>References</summary><ol><li>{JARVIK}</li><li>{CHOU}</li></ol></details>",
        f"<section role='doc-bibliography'><ol><li>{JARVIK}</li><li>{CHOU}</li></ol></section>",
        f"<button>Sources</button><div><ol><li>{JARVIK}<li>{CHOU}</ol></div>",
    ],
)
def test_html_of_many_makes(html: str) -> None:
    document = page(f"<p>Words [1] and [2].</p>{html}<p>Words after it, which are none of that.</p>", "html")
    assert [r.raw for r in document.references] == [JARVIK, CHOU]
    assert [r.number for r in document.references] == [1, 2]
    assert [c.keys for c in document.citations] == [("jarvik2002",), ("chou2009",)]


def test_what_a_page_hides_is_not_read() -> None:
    hidden = f"<ol><li>{JARVIK}</li></ol>"
    html = (
        f"<nav>{hidden}</nav><div style='display: none'>{hidden}</div><div hidden>{hidden}</div>"
        f"<form>{hidden.replace('ol', 'ul')}</form><script>{hidden}</script><template>{hidden}</template>"
        f"<footer>{hidden}</footer><!-- {hidden} --><pre>{hidden}</pre>"
    )
    document = page(f"<main><p>Words [1].</p></main>{html}", "html")
    assert document.references == ()


def test_a_form_around_the_whole_page_hides_nothing() -> None:
    html = f"<body><form><h1>Page</h1><p>Words [1].</p><h2>References</h2><ol><li>{JARVIK}</ol></form></body>"
    assert [r.raw for r in page(html, "html").references] == [JARVIK]


def test_a_textual_list_with_hanging_lines() -> None:
    text = (
        "References\n\n"
        "Jarvik JG, Deyo RA. Diagnostic evaluation of back\n   pain. Ann Intern Med. 2002;137(7):586-97.\n"
        "Deyo RA, Diehl AK. How many days of bed rest? N Engl J\n   Med. 1986;315(17):1064-70.\n"
    )
    assert [r.work.year for r in page(text, "text").references] == [2002, 1986]


def test_wrapped_lines_stay_together() -> None:
    text = (
        "Bibliography\n\n"
        'Andersson, Gunnar B. J. "Epidemiological Features of Chronic Low-Back Pain." Lancet\n'
        "354, no. 9178 (1999): 581-85.\n\n"
        'Hoy, Damian, et al. "The Epidemiology of Low Back Pain." Best Practice & Research\n'
        "Clinical Rheumatology, vol. 24, no. 6, 2010, pp. 769-81.\n"
    )
    kinds: tuple[Kind, ...] = ("text", "markdown")
    for kind in kinds:
        assert [r.raw.split(",")[0] for r in page(text, kind).references] == ["Andersson", "Hoy"]


@pytest.mark.parametrize("form", ["[{}] ", "{}. "])
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_line_that_begins_with_the_end_of_pages_or_a_date_is_no_item(form: str, indent: str) -> None:
    items = (
        f"Hoy D. Low back pain. Best Pract Res Clin Rheumatol. 2010;24(6):769-\n{indent}781. Review.",
        f"Deyo RA. Sciatica. N Engl J Med. 2016;374(18):1763-72. Epub 2016 May\n{indent}4. Review.",
        "Chou R. Pain. Lancet. 2012;1:1-2.",
        "Buchbinder R. Pain. Lancet. 2018;2:3-4.",
    )
    numbers = (1, 2, 3, 17)  # a list may leave some out
    text = "References\n\n" + "\n".join(form.format(n) + i for n, i in zip(numbers, items, strict=True))
    references = page(text, "text").references
    assert [(r.number, r.raw.split()[0]) for r in references] == [
        (1, "Hoy"), (2, "Deyo"), (3, "Chou"), (17, "Buchbinder"),
    ]  # fmt: skip


def test_references_line_by_line() -> None:
    document = page(f"References\n\n{JARVIK}\n{CHOU}\n{DEYO}\n", "text")
    assert [r.raw for r in document.references] == [JARVIK, CHOU, DEYO]


def test_pubmed_text_with_the_source_first() -> None:
    text = f"1. {SOURCE}\n\n{TITLE}\n\n{AUTHORS}\n\n2. {SOURCE2}\n\n{TITLE2}\n\n{AUTHORS2}\n"
    document = page(text, "text")
    assert [(r.number, r.work.year, len(r.work.authors)) for r in document.references] == [
        (1, 2005, 3),
        (2, 2005, 2),
    ]


def test_links_of_items_that_are_links_only() -> None:
    document = page(
        "## Sources\n\n- https://www.nhs.uk/conditions/back-pain/\n- [Back pain](https://example.org/back)\n"
        "- <https://example.org/auto>\n"
    )
    assert [r.work.url for r in document.references] == [
        "https://www.nhs.uk/conditions/back-pain/",
        "https://example.org/back",
        "https://example.org/auto",
    ]
    assert all(link.cited for link in document.links)
    assert len(document.links) == 3


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", " ", "\u00a0", "no references here"])
def test_pages_without_references(kind: Kind, text: str) -> None:
    document = page(text, kind)
    assert document.references == ()
    assert document.citations == ()
    assert document.regions == ()
    assert document.problems == ()


def test_limits_are_reported() -> None:
    text = "References\n\n" + "".join(f"{n}. {JARVIK}\n" for n in range(1, 8))
    document = page(text, limits=Limits(references=3))
    assert len(document.references) == 3
    assert [(p.kind, p.span.end) for p in document.problems] == [("not-fully-read", len(text))]
    assert document.regions == ()
    document = page(text, limits=Limits(page=150))
    assert [(p.kind, p.span.start) for p in document.problems] == [("not-fully-read", 150)]


def test_keys_are_one_of_a_kind() -> None:
    document = page(f"References\n\n1. {JARVIK}\n2. {JARVIK}\n")
    assert [r.key for r in document.references] == ["jarvik2002", "jarvik2002a"]


def test_no_break_spaces_stay_in_the_view() -> None:
    text = "References\n\n1. Jarvik JG. Imaging of\u00a0backs. Ann\u00a0Intern Med. 2002;137(7):586-97.\n"
    document = page(text, "text")
    (reference,) = document.references
    assert "\u00a0" not in reference.raw
    assert document.view is not None
    assert "Ann\u00a0Intern" in document.view.text
    assert written(document, reference.fields["container"]) == "Ann\u00a0Intern Med"
    assert place(document, reference.span.start) == "3:4"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("References", SURE),
        ("REFERENCES:", SURE),
        ("4.2 References", SURE),
        ("Works Cited", SURE),
        ("Suggested Reading:", LIKELY),
        ("Sources", LIKELY),
        ("Notes", MAYBE),
        ("References are important", 0),
        ("My references", 0),
        ("", 0),
        ("x" * 1000, 0),
    ],
)
def test_strength_of_headings(text: str, expected: int) -> None:
    assert strength(text) == expected


def test_a_list_of_related_articles_is_no_list_of_references() -> None:
    listed = "<ol><li>Smith A. Bed rest. J Imaginary Med. 2010;3:1-9.</li></ol>"
    related = '<aside class="related-posts"><h3>Related</h3><ol><li>Yoga 2023: ten poses</li></ol></aside>'
    text = f"<article><h2>References</h2>{listed}</article>{related}"
    assert [r.work.volume for r in page(text, "html").references] == ["3"]
    kept = text.replace('class="related-posts"', 'class="sources"')
    assert len(page(kept, "html").references) == 2
