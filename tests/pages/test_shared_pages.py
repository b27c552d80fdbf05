"""The worked page in its three forms: the ground truth of its README."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.model import Document
from tests.pages.looking import KINDS, page, place, written

PAGES = Path(__file__).resolve().parents[2] / ".." / "shared" / "pages"

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the shared pages are not here")

MARKERS = {
    ".txt": ["1:360", "17:192", "36:239", "55:878", "56:777"],
    ".md": ["11:360", "31:192", "51:239", "75:878", "77:777"],
    ".html": ["50:373", "67:201", "83:242", "108:885", "109:808"],
}
NUMBERED = {".txt": range(60, 65), ".md": range(81, 86), ".html": range(112, 117)}
STUDIES = {
    ".txt": [(66 + 6 * n, 70 + 6 * n) for n in range(7)],
    ".md": [(87 + 6 * n, 91 + 6 * n) for n in range(7)],
    ".html": [(118 + 3 * n, 120 + 3 * n) for n in range(7)],
}
DOIS = [
    "10.1002/stem.1845",
    "10.1097/tp.0b013e3182298a15",
    "10.1016/j.ymeth.2015.09.015",
    "",
    "",
    "10.1089/scd.2014.0203",
    "10.1007/s11916-013-0377-0",
]
KEYS = ["pettine2015", "orozco2011", "richardson2016", "krock2015", "clarke2015", "yim2014", "gilbert2013"]
FORMS = [".txt", ".md", ".html"]


def _read(form: str) -> Document:
    with (PAGES / f"stem-cells{form}").open(encoding="utf-8", newline="") as file:
        return page(file.read(), KINDS[form])


@pytest.mark.parametrize("form", FORMS)
def test_twelve_references_on_their_lines(form: str) -> None:
    document = _read(form)
    assert [r.number for r in document.references] == [1, 2, 3, 4, 5] + [None] * 7
    lines = [
        (int(place(document, r.span.start).split(":")[0]), int(place(document, r.span.end).split(":")[0]))
        for r in document.references
    ]
    assert lines == [(line, line) for line in NUMBERED[form]] + STUDIES[form]
    assert [r.key for r in document.references[5:]] == KEYS


@pytest.mark.parametrize("form", FORMS)
def test_five_citations_tied_to_the_numbered_list(form: str) -> None:
    document = _read(form)
    assert [place(document, c.span.start) for c in document.citations] == MARKERS[form]
    assert [written(document, c.span) for c in document.citations] == ["[1]", "[2]", "[3]", "[4]", "[5]"]
    assert [c.keys for c in document.citations] == [(r.key,) for r in document.references[:5]]
    assert not any(c.dangling for c in document.citations)


@pytest.mark.parametrize("form", FORMS)
def test_what_the_studies_say_of_themselves(form: str) -> None:
    document = _read(form)
    studies = document.references[5:]
    assert [r.work.doi for r in studies] == DOIS
    assert [len(r.work.authors) for r in studies] == [4, 6, 10, 3, 3, 8, 3]
    assert [r.work.volume for r in studies] == ["33", "92", "99", "10", "10", "23", "17"]
    for reference in studies:
        if reference.work.doi:
            assert written(document, reference.fields["doi"]).lower() == reference.work.doi
        assert "\u00a0" not in reference.raw


@pytest.mark.parametrize("form", FORMS)
def test_two_lists_and_no_links(form: str) -> None:
    document = _read(form)
    assert [(r.kind, r.layout, r.members) for r in document.regions] == [
        ("list", "numbered", (0, 1, 2, 3, 4)),
        ("list", "paragraphs", (5, 6, 7, 8, 9, 10, 11)),
    ]
    assert document.links == ()
    assert document.problems == ()
    first, second = (written(document, region.span) for region in document.regions)
    if form == ".html":
        assert first.startswith("<ol>")
        assert first.endswith("</ol>")
        assert second.startswith("<p>")
        assert second.endswith("</p>")
    else:
        assert first.lstrip().startswith("1. Back Pain")
        assert place(document, document.regions[0].span.start).endswith(":1")
