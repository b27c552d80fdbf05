"""Names of people: as pybtex reads them, and back."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pybtex.database import Person

from evidence.bibliography.people import read_names, spread_initials, write_names
from evidence.bibliography.tex import decode
from evidence.model import Name
from evidence.names import initials

WORDS = st.text(alphabet="abAÄß'.-1ｘЖж", min_size=1, max_size=5).filter(lambda word: word.strip())
PIECES = st.lists(
    WORDS | st.sampled_from(["von", "de", "la", "Jr", "K.", "van", "~"]), min_size=0, max_size=4
)
ACCENTS = [
    "{\\'e}",
    '{\\"U}',
    "{\\'\\i}",
    "{\\v r}",
    "{\\c{c}}",
    "\\'e",
    '\\"O',
    "{\\~{n}}",
    "x\\'{a}",
    "S{\\o}",
    "Stra{\\ss}e",
]
ACCENTED = st.lists(
    st.lists(st.sampled_from([*ACCENTS, "a", "B", "von", "K."]), min_size=1, max_size=3).map("".join),
    min_size=1,
    max_size=4,
).map(" ".join)
PLAIN_NAMES = st.lists(PIECES.map(" ".join), min_size=1, max_size=3).map(", ".join)


@given(PLAIN_NAMES)
def test_the_quick_path_agrees_with_pybtex(text: str) -> None:
    assume(text.strip(" ,~") and text.strip().lower() != "others")
    assume(not text.lower().rstrip(".").endswith("al"))
    person = Person(text)
    people, more, fault = read_names(text)
    assert not more
    assert not fault
    parts = [
        " ".join(part)
        for part in (
            person.last_names,
            person.first_names + person.middle_names,
            person.prelast_names,
            person.lineage_names,
        )
    ]
    if not parts[0]:  # a name without a family name: what there is becomes one
        parts[:2] = [parts[1], ""]
    assert people == ((Name(*parts),) if any(parts) else ())


@given(st.lists(ACCENTED, min_size=1, max_size=3).map(", ".join))
def test_accents_are_read_as_pybtex_reads_them(text: str) -> None:
    assume(not (text.startswith("{") and text.endswith("}") and text.count("{") == 1))
    assume(text not in ACCENTS)  # wholly in braces: an organisation
    person = Person(text)
    parts = (
        person.last_names,
        person.first_names + person.middle_names,
        person.prelast_names,
        person.lineage_names,
    )
    assert read_names(text)[0] == (Name(*(decode(" ".join(part)) for part in parts)),)


def test_common_names_do_not_load_pybtex() -> None:
    names = r"""Garc{\'\i}a-Sancho, J. A. and {World Org} and Bj{\"o}rk and S{\o}ren Dvo{\v r}{\'a}k"""
    code = (
        "import sys; from evidence.bibliography.people import read_names; read_names(sys.argv[1]);"
        "assert not any(m.startswith(('pybtex', 'latexcodec')) for m in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, names], check=True)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Smith, Anna", [Name("Smith", "Anna")]),
        ("Anna B. Smith", [Name("Smith", "Anna B.")]),
        ("van der Berg, Jr, Anna", [Name("Berg", "Anna", "van der", "Jr")]),
        ("Ludwig van Beethoven", [Name("Beethoven", "Ludwig", "van")]),
        ("{World Health Organization}", [Name(literal="World Health Organization")]),
        ("{{Barnes and Noble, Inc.}}", [Name(literal="Barnes and Noble, Inc.")]),
        ("{\\'E}mile Zola", [Name("Zola", "Émile")]),
        ("Garc{\\'\\i}a-Sancho, J.~A.", [Name("García-Sancho", "J. A.")]),
        ("{Ponce de Leon}, Juan", [Name("Ponce de Leon", "Juan")]),
        ('{\\"O}zg{\\"u}r, Ay\\c{s}e', [Name("Özgür", "Ayşe")]),
        ("Smith, A. and\n   Doe, J.", [Name("Smith", "A."), Name("Doe", "J.")]),
        ("Smith, A. AND {Smith and Sons}", [Name("Smith", "A."), Name(literal="Smith and Sons")]),
        ("Plato", [Name("Plato")]),
        ("Sand, Theodore and Sandanders, And", [Name("Sand", "Theodore"), Name("Sandanders", "And")]),
        ("", []),
        (" and ", []),
    ],
)
def test_names(written: str, names: list[Name]) -> None:
    assert read_names(written) == (tuple(names), False, "")


@pytest.mark.parametrize("written", ["Smith, A. and others", "Smith, A. and et al.", "Smith, A. et al"])
def test_a_list_that_goes_on(written: str) -> None:
    assert read_names(written) == ((Name("Smith", "A."),), True, "")


def test_names_joined_by_commas_are_read_and_reported() -> None:
    people, _, fault = read_names("Smith J, Doe A, Roe B, Poe C")
    assert [name.family for name in people] == ["Smith", "Doe", "Roe", "Poe"]
    assert "and" in fault


@pytest.mark.parametrize(
    ("given_name", "spread"),
    [
        ("KA", "K. A."),
        ("K", "K."),
        ("J-P", "J.-P."),
        ("Kenneth A.", "Kenneth A."),
        ("K. A.", "K. A."),
        ("Li", "Li"),
    ],
)
def test_initials_are_spread_so_that_bibtex_reads_them(given_name: str, spread: str) -> None:
    assert spread_initials(given_name) == spread
    assert initials(spread) == initials(given_name)


TEXT = st.text(alphabet="ABabÄß \\{},%&'-.~ndor", max_size=12).map(lambda text: " ".join(text.split()))
PERSONS = st.builds(
    Name,
    family=TEXT.filter(bool),
    given=TEXT,
    particle=st.sampled_from(["", "van", "von der", "d'"]),
    suffix=st.sampled_from(["", "Jr", "III"]),
)
NAMES = PERSONS | st.builds(Name, literal=TEXT.filter(bool))


@given(st.lists(NAMES, max_size=4), st.booleans())
def test_what_is_written_is_read_back(people: list[Name], more: bool) -> None:
    meant = tuple(Name(n.family, spread_initials(n.given), n.particle, n.suffix, n.literal) for n in people)
    assert read_names(write_names(people, more)) == (meant, more and bool(people), "")
