"""Titles that stand where authors do, and journals without a title: what is left has to make sense."""

from __future__ import annotations

import pytest

from evidence.parsing import parse


@pytest.mark.parametrize(
    ("text", "title", "container"),
    [
        ("Annotations. (1961). BMJ, 1(5226), 650–651.", "Annotations", "BMJ"),
        ("Table of Contents. J Biomed Inform. 2003;36(4-5):i-ii.", "Table of Contents", "J Biomed Inform"),
        ("Choosing Badly. AMA J Ethics. 2020;22(9):E816-817.", "Choosing Badly", "AMA J Ethics"),
        ("THE CARE OF THE LAUNDRY. Lancet. 1889;133(3428):948-9.", "THE CARE OF THE LAUNDRY", "Lancet"),
        ("Marine Ecology. Marine Ecology. 2002;16(6):611-5.", "Marine Ecology", "Marine Ecology"),
        (
            "Error in Figure. (1993). JAMA: The Journal of the American Medical Association, 269(12), 1508.",
            "Error in Figure",
            "JAMA: The Journal of the American Medical Association",
        ),
        ("“Sonja Nilsen.” Dictionary of Artists (2011): n. pag.", "Sonja Nilsen", "Dictionary of Artists"),
        ("BMJ 1, 650 (1961).", "", "BMJ"),
        ("Nursing Standard 16, 5 (2001).", "", "Nursing Standard"),
        ("American Journal of Human Genetics 2007, 80, 580.", "", "American Journal of Human Genetics"),
    ],
)
def test_short_titles_and_bare_journals(text: str, title: str, container: str) -> None:
    work = parse(text).work
    assert (work.title, work.container, work.authors) == (title, container, ())
    assert work.year
    assert 1880 < work.year < 2021


@pytest.mark.parametrize(
    ("text", "authors", "title"),
    [
        (
            "Samartzis D. A systematic review of discs. Spine. 2015;33(1):146-56.",
            ["Samartzis"],
            "A systematic review of discs",
        ),
        (
            "Cheung KM, Samartzis D. A systematic review of discs. Spine. 2015;33(1):146-56.",
            ["Cheung", "Samartzis"],
            "A systematic review of discs",
        ),
        (
            "Arterial Stiffness, Pulse Pressure, and Age. Kaess BM, Rong J, Larson MG. JAMA. 2012;308(9):875.",
            ["Kaess", "Rong", "Larson"],
            "Arterial Stiffness, Pulse Pressure, and Age",
        ),
        (
            "Zhong, F.; Ma, X.; Jia, Z. A sensor of silicon. Optoelectronics Letters 2012, 8, 314–317.",
            ["Zhong", "Ma", "Jia"],
            "A sensor of silicon",
        ),
        (
            "Al Thani, Hassan, and Ayman El-Menyar. 2012. “Diseased Vessels.” Heart 12: 1–7.",
            ["Al Thani", "El-Menyar"],
            "Diseased Vessels",
        ),
        (
            "Smith, John. 2010. “Backs of Nurses.” Journal of Work 33: 12–15.",
            ["Smith"],
            "Backs of Nurses",
        ),
        (
            "World Health Organization. (2014). Injuries of the back: a report. Bull World Health Organ, 33(2), 14-18.",
            ["World Health Organization"],
            "Injuries of the back: a report",
        ),
    ],
)
def test_authors_stay_authors(text: str, authors: list[str], title: str) -> None:
    work = parse(text).work
    shown = [n.literal or f"{n.particle} {n.family}".strip() for n in work.authors]
    assert (shown, work.title) == (authors, title)


@pytest.mark.parametrize(
    "journal", ["Proc. Natl. Acad. Sci. U.S.A", "J. Biol. Chem", "Phys. Rev. Lett", "Spine"]
)
def test_abbreviated_journals_stay_whole(journal: str) -> None:
    assert parse(f"{journal}. 2015;33(1):146-56.").work.container.rstrip(".") == journal
