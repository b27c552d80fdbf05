"""Lists whose entries have little in them: none is lost, and prose below them stays prose."""

from __future__ import annotations

import pytest

from tests.pages.looking import CHOU, DEYO, JARVIK, page

SHORT = "Opals. Dictionary of Gems and Stones. 2014."
SITES = [
    "Backs of nurses. Guides Newsletter. 2019.",
    "Lifting and carrying. Guides Newsletter. 2020.",
    "Rest or motion. Work and Health. 2016.",
    "A word on chairs. Work and Health. 2021.",
]
PROSE = "We wrote to all of them in 2019 and they have not answered, which is why we do not cite them here."


@pytest.mark.parametrize("heading", ["References", "## References\n"])
def test_an_entry_with_little_in_it_does_not_break_a_list(heading: str) -> None:
    kind = "markdown" if heading.startswith("#") else "text"
    texts = [JARVIK, SHORT, CHOU, DEYO]
    document = page("Words.\n\n" + "\n\n".join([heading, *texts]), kind)  # type: ignore[arg-type]
    assert [r.raw for r in document.references] == texts


def test_paragraphs_of_title_site_and_year_are_references_under_their_heading() -> None:
    html = "<p>Words.</p><h2>References</h2>" + "".join(f"<p>{text}</p>" for text in SITES)
    assert [r.raw for r in page(html, "html").references] == SITES
    assert [r.raw for r in page("References\n\n" + "\n\n".join(SITES), "text").references] == SITES


def test_prose_below_a_list_is_no_reference() -> None:
    text = "References\n\n" + "\n\n".join([JARVIK, CHOU, DEYO, PROSE])
    assert [r.raw for r in page(text, "text").references] == [JARVIK, CHOU, DEYO]


def test_prose_under_another_heading_is_no_reference() -> None:
    text = "# Why backs hurt\n\n" + "\n\n".join(SITES)
    assert page(text).references == ()


@pytest.mark.parametrize("indent", ["    ", "  "])
def test_three_lines_in_an_item_stay_three_lines(indent: str) -> None:
    title, authors = "Woven, Knitted, and Felted Bandages", "Glushkova TN, Senyurina YA."
    source = "J Textile Sci. 2016 Jan;44(3):93-100."
    text = f"Seen [1].\n\nReferences\n\n[1] {title}.\n{indent}{authors}\n{indent}{source}\n[2] {JARVIK}\n"
    first, second = page(text, "text").references
    assert (first.work.title, [n.family for n in first.work.authors]) == (title, ["Glushkova", "Senyurina"])
    assert second.raw == JARVIK
