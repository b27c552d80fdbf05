"""Our styles under the interface of pybtex, found by their entry points."""

from __future__ import annotations

import pytest
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from evidence.rendering.pybtex import work_of

BOOK = r"""
@article{smith2010,
  author = {Smith, Jr., John A. and van der Berg, Anna and {Back Study Group}},
  title = {{Rest} in bed \& elsewhere: 10\% of {\'e}}, journal = {Pain Medicine},
  year = 2010, month = mar, volume = 3, number = 2, pages = {110--114}, doi = {10.1000/x_1},
}
@book{li2002, editor = {Li, Bo}, title = {Backs}, publisher = {Mosby}, year = 2002, edition = 2}
@article{smith2010b, author = {Smith, Jr., John A. and van der Berg, Anna and {Back Study Group}},
  title = {Another}, journal = {Pain}, year = 2010}
@odd{odd, title = {An odd type}}
"""


def lines(style: str, backend: str) -> dict[str, str]:
    data = parse_string(BOOK, "bibtex")
    made = find_plugin("pybtex.style.formatting", style)().format_bibliography(data)
    out = find_plugin("pybtex.backends", backend)()
    return {entry.key: entry.text.render(out) for entry in made}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("evidence-pubmed", "Smith JA Jr, van der Berg A; Back Study Group. Rest in bed &amp; elsewhere: 10% of é. Pain Med. 2010 Mar;3(2):110-4. doi: "),
        ("evidence-nlm", "Smith JA Jr, van der Berg A; Back Study Group. Rest in bed &amp; elsewhere: 10% of é. Pain Med. 2010 Mar;3(2):110-4. doi: "),
        ("evidence-ama", "Smith JA Jr, van der Berg A; Back Study Group. Rest in bed &amp; elsewhere: 10% of é. <em>Pain Med</em>. 2010;3(2):110-114. doi:"),
        ("evidence-apa", "Smith, J. A., Jr., van der Berg, A., &amp; Back Study Group. (2010b). Rest in bed &amp; elsewhere: 10% of é. <em>Pain Medicine</em>, <em>3</em>(2), 110–114. "),
    ],
)  # fmt: skip
def test_entries_are_set_by_our_styles(style: str, expected: str) -> None:
    made = lines(style, "html")
    assert made["smith2010"].startswith(expected)
    assert '<a href="https://doi.org/10.1000/x_1">' in made["smith2010"]
    assert "odd type" in made["odd"].lower()


def test_back_ends_of_pybtex_escape() -> None:
    assert r"bed \& elsewhere: 10\% of" in lines("evidence-ama", "latex")["smith2010"]
    assert r"\emph{Pain Med}" in lines("evidence-ama", "latex")["smith2010"]


def test_styles_that_number_keep_the_order_and_apa_sorts() -> None:
    assert list(lines("evidence-ama", "text")) == ["smith2010", "li2002", "smith2010b", "odd"]
    keys = list(lines("evidence-apa", "text"))
    assert [key for key in keys if key != "odd"] == ["li2002", "smith2010b", "smith2010"]


def test_people_and_fields_become_a_work() -> None:
    work = work_of(parse_string(BOOK, "bibtex").entries["smith2010"])
    assert [(n.family, n.given, n.suffix, n.literal) for n in work.authors] == [
        ("Smith", "John A.", "Jr.", ""),
        ("Berg", "Anna", "", ""),
        ("", "", "", "Back Study Group"),
    ]
    assert work.doi == "10.1000/x_1"
