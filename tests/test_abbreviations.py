"""Journal titles in short and in full."""

from __future__ import annotations

import pytest

from evidence.abbreviations import expand, shorten, undotted


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("The New England Journal of Medicine", "N Engl J Med"),
        ("Journal of Imaginary Medicine and Research", "J Imaginary Med Res"),
        ("Journal of Orthopaedic Surgery and Research", "J Orthop Surg Res"),
        ("Stem Cells", "Stem Cells"),
        ("Transplantation", "Transplantation"),
        ("The Lancet", "Lancet"),
        ("Lancet (London, England)", "Lancet"),
        ("PLOS ONE", "PLoS One"),
        ("PLoS ONE", "PLoS One"),
        ("BMC Musculoskeletal Disorders", "BMC Musculoskelet Disord"),
        ("JAMA Internal Medicine", "JAMA Intern Med"),
        ("Proceedings of the National Academy of Sciences", "Proc Natl Acad Sci"),
        ("Proceedings of the National Academy of Sciences of the United States of America", "Proc Natl Acad Sci U S A"),
        ("Spine: an international journal for the study of the spine and official publication", "Spine"),
        ("Zeitschrift für Orthopädie und Unfallchirurgie", "Z Orthop Unfallchirurgie"),
        ("Revista Española de Cirugía", "Rev Esp Cir"),
        ("New Journal of Chemistry", "New J Chem"),
        ("中华医学杂志", "中华医学杂志"),
        ("", ""),
        ("The", "The"),
    ],
)  # fmt: skip
def test_titles_are_shortened_as_the_nlm_does(title: str, short: str) -> None:
    assert shorten(title) == short


def test_a_shortened_title_stays_one() -> None:
    for title in (
        "N Engl J Med",
        "J Orthop Res",
        "Stem Cells Dev",
        "JAMA",
        "BMJ",
        "Proc Natl Acad Sci U S A",
    ):
        assert shorten(title) == title


def test_stops_are_taken_out() -> None:
    assert undotted("J. Am. Med. Assoc.") == "J Am Med Assoc"
    assert undotted("J.Am.Med.Assoc.") == "J Am Med Assoc"
    assert undotted("Proc. Natl. Acad. Sci. U.S.A.") == "Proc Natl Acad Sci U S A"


def test_only_well_known_titles_are_written_out() -> None:
    assert expand("N. Engl. J. Med.") == "The New England Journal of Medicine"
    assert expand("Curr Stem Cell Res Ther") == "Current Stem Cell Research & Therapy"
    assert expand("J Imaginary Med") == "J Imaginary Med"


@pytest.mark.parametrize("unit", ["a ", "(a) ", "New York ", "x-", ": official journal ", "."])
def test_long_titles_are_cut_and_cost_little(unit: str) -> None:
    assert len(shorten(unit * 50_000)) <= 400
