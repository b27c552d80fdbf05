"""Citation numbers written anew: the make of a marker stays."""

from __future__ import annotations

import pytest

from evidence.errors import UsageError
from evidence.model import Citation, Document, Source, Span
from evidence.rendering.numbering import renumbering, rewritten


@pytest.mark.parametrize(
    ("marker", "wanted", "expected"),
    [
        ("[3]", {3: 1}, "[1]"),
        ("[1,4]", {1: 1, 4: 1}, "[1]"),
        ("[1, 4]", {1: 2, 4: 1}, "[1, 2]"),
        ("[1-3]", {1: 2, 2: 3, 3: 4}, "[2-4]"),
        ("[1–3]", {1: 1, 2: 2, 3: 5}, "[1,2,5]"),
        ("[1&ndash;3]", {1: 3, 2: 4, 3: 5}, "[3&ndash;5]"),
        ("[1&#8211;3, 7]", {1: 4, 2: 5, 3: 6, 7: 1}, "[1, 4&#8211;6]"),
        ("[1]-[3]", {1: 3, 2: 4, 3: 5}, "[3]-[5]"),
        ("[1], [2]", {1: 4, 2: 2}, "[2], [4]"),
        ("[1][2]", {1: 3, 2: 1}, "[1][3]"),
        ("[2, 3 and 5]", {2: 1, 3: 4, 5: 5}, "[1, 4 and 5]"),
        ("1,3", {1: 3, 3: 1}, "1,3"),
        ("¹⁻³", {1: 2, 2: 3, 3: 4}, "²⁻⁴"),
        ("¹²", {12: 7}, "⁷"),
        ("[3, p. 12]", {3: 1}, "[1, p. 12]"),
        ("[Refs 1, 2]", {1: 2, 2: 3}, "[Refs 2, 3]"),
        ('[<a href="#ref3">3</a>]', {3: 2}, '[<a href="#ref3">2</a>]'),
        ('<a href="#r2">2</a>,<a href="#r1">1</a>', {2: 1, 1: 2}, '<a href="#r2">1</a>,<a href="#r1">2</a>'),
        ('[<a href="#r1">1</a>, <a href="#r4">4</a>]', {1: 1, 4: 1}, '[<a href="#r1">1</a>]'),
        ("[1](#r1)", {1: 12}, "[12](#r1)"),
        ('[<b id="7">1</b>-<b>3</b>]', {1: 1, 2: 2, 3: 5}, None),
        ("[one]", {1: 2}, None),
    ],
)
def test_markers_keep_their_make(marker: str, wanted: dict[int, int], expected: str | None) -> None:
    assert rewritten(marker, wanted) == expected


def test_a_marker_that_cannot_be_changed_is_named_with_its_line() -> None:
    text = "One.\n\nTwo [<b>1</b>-<b>3</b>].\n"
    span = Span(text.index("["), text.index("]") + 1)
    document = Document(Source("p.html", text, "html"))
    citation = Citation(("1", "2", "3"), span, keys=("a", "b", "c"))
    with pytest.raises(UsageError, match="line 3"):
        renumbering(document, [citation], lambda _, label: {"1": 1, "2": 5, "3": 2}[label])
    assert renumbering(document, [citation], lambda _, label: int(label)) == []
