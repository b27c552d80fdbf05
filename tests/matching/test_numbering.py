"""Numbers of a text held against those of a record, some of them broken by a scan."""

from __future__ import annotations

from evidence.matching.locators import check_issue, check_pages
from evidence.matching.numbering import Numbers, locate, year_in
from evidence.model import Date, Work


def test_a_last_page_that_is_the_volume_too_is_the_volume() -> None:
    numbers = Numbers("J Imaginary Med 23, 17 (1996)", ())
    found, _ = locate(Work(volume="23", pages="17-23"), numbers, "")
    assert found == {"pages": "17-23", "volume": "23"}


def test_pieces_of_a_broken_year_are_used_up() -> None:
    for text in ("48, 231 (2K 04)", "48, 231 V20 04)"):
        numbers = Numbers(text, ())
        assert year_in(Work(issued=Date(2004)), numbers) == (None, True)
        assert numbers.whole == ["48", "231"]


def test_a_letter_within_a_number() -> None:
    numbers = Numbers("40, 18Z7", ())
    assert numbers.use("187")


def test_a_year_that_stands_there_is_not_a_broken_volume() -> None:
    numbers = Numbers("J Imaginary Med (2021) 2032, 1", ())
    year_in(Work(issued=Date(2021)), numbers)
    _, broken = locate(Work(volume="2021", pages="1-8"), numbers, "")
    assert "volume" not in broken


def test_both_numbers_of_a_double_issue() -> None:
    numbers = Numbers("154. 5-6. 812", ())
    locate(Work(volume="154", issue="5-6", pages="812"), numbers, "")
    assert not [*numbers.whole, *numbers.ends]


def test_pages_that_are_a_list() -> None:
    registered = Work(pages="1-5, 9, 11")
    for same in ("1-5, 9, 11", "1-5,9", "1-11", "1-5", "1"):
        assert check_pages(Work(pages=same), registered).state == "agrees", same
    for other in ("1-5, 8, 11", "1-7", "3-5, 9, 11"):
        assert check_pages(Work(pages=other), registered).state == "differs", other


def test_a_volume_that_was_read_as_an_issue() -> None:
    registered = Work(volume="n° 95", issue="2")
    assert check_issue(Work(issue="95"), registered).state == "absent"
    assert check_issue(Work(issue="94"), registered).state == "differs"
