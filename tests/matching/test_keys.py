"""Keys for works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.matching.keys import assign
from evidence.model import Date, Name, Work


def work(family: str = "", year: int | None = None, title: str = "", literal: str = "") -> Work:
    authors = (Name(family=family, literal=literal),) if family or literal else ()
    return Work(title=title, authors=authors, issued=Date(year) if year else None)


@pytest.mark.parametrize(
    ("one", "key"),
    [
        (work("Pettine", 2015), "pettine2015"),
        (work("García-Sancho", 2011), "garciasancho2011"),
        (work("Ødegård", 2001), "odegard2001"),
        (work("O’Neill", 2001), "oneill2001"),
        (work("de Souza Lima", 1999), "desouzalima1999"),
        (work("Pettine"), "pettine"),
        (work(literal="World Health Organization", year=2020), "world2020"),
        (work(literal="The Back Society"), "back"),
        (work(title="The inflammatory milieu of the disc", year=2015), "inflammatory2015"),
        (work(title="Über die Anatomie des Rückens"), "uber"),
        (work(title="La douleur lombaire"), "douleur"),
        (work(title="The The"), "the"),
        (work(title="2020 in review"), "review"),
        (work("Иванов", 2010, title="Stem cells"), "stem2010"),
        (work("北京", 2010), "ref2010"),
        (work(), "ref"),
    ],
)
def test_a_key_says_who_and_when(one: Work, key: str) -> None:
    assert assign([one]) == [key]


def test_a_particle_is_left_out() -> None:
    assert assign([Work(authors=(Name("Berg", "Anna", "van der"),), issued=Date(2001))]) == ["berg2001"]


def test_an_editor_stands_in_for_an_author() -> None:
    assert assign([Work(title="Backs", editors=(Name("Roe"),), issued=Date(2001))]) == ["roe2001"]


def test_a_letter_is_added_where_the_key_is_taken() -> None:
    works = [work("Smith", 2015)] * 3
    assert assign(works) == ["smith2015", "smith2015a", "smith2015b"]
    assert assign(works, ["Smith2015", "smith2015b"]) == ["smith2015a", "smith2015c", "smith2015d"]
    assert assign([work()] * 30)[-2:] == ["refab", "refac"]


@given(
    st.lists(
        st.builds(work, st.text(max_size=4), st.none() | st.integers(1, 3), st.text(max_size=6)), max_size=12
    ),
    st.sets(st.sampled_from(["ref", "ref1", "a", "a1", "A1a"])),
)
def test_keys_are_unlike_never_empty_and_the_same_each_time(works: list[Work], taken: set[str]) -> None:
    keys = assign(works, taken)
    assert len(keys) == len(works)
    folded = [key.lower() for key in keys]
    assert len(set(folded)) == len(folded)
    assert not set(folded) & {key.lower() for key in taken}
    assert all(key.isascii() and key.isalnum() for key in keys)
    assert assign(works, taken) == keys


def test_ten_thousand_equal_works_get_keys_quickly() -> None:
    assert len(set(assign([work("Smith", 2015)] * 10_000))) == 10_000
