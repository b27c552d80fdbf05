"""What a scanner does to a title is told from another title."""

from __future__ import annotations

import pytest

from evidence.matching.decide import compare_text
from evidence.matching.scans import begins_with_name, is_scan_of, is_scan_of_name, misreadings
from evidence.model import Date, Name, Work

TITLE = "Prognostic role of plasma growth factor after transplantation of the liver"


@pytest.mark.parametrize(
    "written",
    [
        "Prognostic role of plasna growth factor after transplantation of the liver",
        "Prognosticrole of plasna growth fac tor after transplantation ofthe livor",
        "Prognostic role of plasma growthBfactor aFter transplantation of the liver",
        "Prognostic role wf plasma growth factor after transplantation of the liver",
    ],
)
def test_misread_letters_and_blanks_are_a_scan(written: str) -> None:
    assert is_scan_of(written, TITLE)


@pytest.mark.parametrize(
    "written",
    [
        "Prognostic role of serum growth factor after transplantation of the liver",
        "Prognostic role of growth factor after transplantation of the liver",
        "Prognostic role of novel plasma growth factor after transplantation of the liver",
        "Prognostic role of plasma factor growth after transplantation of the liver",
        "Prognostic role of plasma growth factor after transplantation at the liver",
    ],
)
def test_another_word_is_none(written: str) -> None:
    assert not is_scan_of(written, TITLE)


def test_words_that_mean_another_thing_are_none() -> None:
    assert not is_scan_of(
        "Microvascular disease in adults at work", "Macrovascular disease in adults at work"
    )
    assert not is_scan_of("A trial of nitrate in adults", "A trial of nitrite in adults")
    assert not is_scan_of("Hypotension in adults at work", "Hypertension in adults at work")


def test_figures_are_not_misread_for_figures() -> None:
    assert misreadings("2016", "2018") > 10
    assert misreadings("2o16", "2016") == 1


def test_names() -> None:
    assert is_scan_of_name("praack", "Graack")
    assert not is_scan_of_name("Jones", "Smith")


def _difference(title: str) -> str:
    text = f"Smith A. {title}. J Imaginary Med. 2010;3:10-14."
    registered = Work(
        type="article-journal",
        title=TITLE,
        authors=(Name("Smith", "Anna"),),
        issued=Date(2010),
        container="Journal of Imaginary Medicine",
        volume="3",
        pages="10-14",
    )
    written = Work(
        type="article-journal",
        title=title,
        authors=(Name("Smith", "A"),),
        issued=Date(2010),
        container="J Imaginary Med",
        volume="3",
        pages="10-14",
    )
    found = compare_text(written, registered, text)
    return next((d.weight for d in found.differences if d.field == "title"), "")


def test_a_scan_is_a_warning_and_another_word_an_error() -> None:
    assert (
        _difference("Prognosticrole of plKsma growth factor aftcr transplantation of the liver") == "warning"
    )
    assert _difference("Prognostic role of serum growth factor after transplantation of the liver") == "error"


def test_a_name_at_the_beginning() -> None:
    assert begins_with_name("F.C. Sp arks, Archives of Surgery 117, 354 (1982).", "Sparks")
    assert not begins_with_name("B. Jones and A. Sparks, Archives of Surgery 117, 354 (1982).", "Sparks")
    assert not begins_with_name("F.C. Okonkwo, Archives of Surgery 117, 354 (1982).", "Sparks")
