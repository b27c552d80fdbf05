"""The list at the end of the worked page, where its text is at hand: twelve references in all."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.parsing import likeness, parse, segment

PAGE = Path(__file__).resolve().parents[2] / ".." / "shared" / "pages" / "stem-cells.txt"


@pytest.mark.skipif(not PAGE.exists(), reason="the page is not part of the repository")
def test_twelve_references_five_with_a_doi() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("Reading:")[2]
    pieces = [text[span.start : span.end] for span in segment(text)]
    assert len(pieces) == 12
    assert all(likeness(piece) > 0.6 for piece in pieces)
    works = [parse(piece).work for piece in pieces]
    assert [w.type for w in works] == ["webpage"] * 5 + ["article-journal"] * 7
    assert [bool(w.doi) for w in works] == [False] * 5 + [True, True, True, False, False, True, True]
    assert [w.extra.get("pubtype") for w in works[5:]] == [None, None] + ["Review"] * 5
    assert [len(w.authors) for w in works] == [0, 0, 0, 1, 0, 4, 6, 10, 3, 3, 8, 3]
    assert [(w.volume, w.issue, w.pages) for w in works[5:]] == [
        ("33", "1", "146-56"),
        ("92", "7", "822-8"),
        ("99", "", "69-80"),
        ("10", "4", "317-28"),
        ("10", "4", "296-306"),
        ("23", "21", "2553-67"),
        ("17", "12", "377"),
    ]
    assert all("available_at" in w.extra for w in works[:5])
    assert all(w.title and w.container for w in works)


@pytest.mark.skipif(not PAGE.exists(), reason="the page is not part of the repository")
def test_no_other_line_of_the_page_looks_like_one() -> None:
    lines = PAGE.read_text(encoding="utf-8").partition("Suggested")[0].splitlines()
    assert [line for line in lines if likeness(line) >= 0.3] == []
