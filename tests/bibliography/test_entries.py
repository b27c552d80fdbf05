"""A work as an entry, and the law that it is read back as the same work."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.bibliography import entry
from evidence.bibliography.kinds import CSL_TYPES
from evidence.bibliography.people import spread_initials
from evidence.model import Date, Id, Name, Work
from tests.bibliography.made import document

PETTINE = Work(
    type="article-journal",
    title="Percutaneous injection of autologous bone marrow concentrate cells",
    authors=(Name("Pettine", "KA"), Name("Murphy", "MB")),
    issued=Date(2015, 1, 15),
    container="Stem Cells",
    volume="33",
    issue="1",
    pages="146-56",
    ids=(Id("doi", "10.1002/stem.1845"), Id("pmid", "25187512")),
    extra={"pubtype": "Review"},
)


def test_an_article_looks_as_people_write_it() -> None:
    assert entry(PETTINE, "pettine2015") == (
        "@article{pettine2015,\n"
        "  author    = {Pettine, K. A. and Murphy, M. B.},\n"
        "  title     = {Percutaneous injection of autologous bone marrow concentrate cells},\n"
        "  journal   = {Stem Cells},\n"
        "  year      = {2015},\n"
        "  month     = jan,\n"
        "  day       = {15},\n"
        "  volume    = {33},\n"
        "  number    = {1},\n"
        "  pages     = {146--56},\n"
        "  doi       = {10.1002/stem.1845},\n"
        "  pmid      = {25187512},\n"
        "  pubtype   = {Review},\n"
        "}"
    )


def test_a_web_page_keeps_what_it_announced() -> None:
    work = Work(
        type="webpage",
        title="Back Pain",
        authors=(Name(literal="National Library of Medicine"),),
        container="An imaginary site",
        extra={"available_at": ""},
    )
    written = entry(work, "back", newline="\r\n", indent="\t")
    assert "\tauthor       = {{National Library of Medicine}},\r\n" in written
    assert "\tavailable    = {},\r\n" in written
    assert document(written).references[0].work == work


@pytest.mark.parametrize(
    ("work", "line"),
    [
        (replace(PETTINE, type="paper-conference"), "booktitle = {Stem Cells}"),
        (replace(PETTINE, type="chapter"), "@incollection{k,"),
        (Work(type="thesis", publisher="University of Oslo"), "school    = {University of Oslo}"),
        (Work(type="report", publisher="WHO"), "institution = {WHO}"),
        (
            Work(type="webpage", url="https://a.example/b_c?d=%20e#f"),
            "url       = {https://a.example/b_c?d=%20e#f}",
        ),
        (Work(type="webpage", accessed=Date(2020, 2)), "urldate   = {2020-02}"),
        (Work(authors=(Name("A", "B"),), more_authors=True), "author    = {A, B. and others}"),
        (Work(title="50% of A & B_{c}"), r"title     = {50\% of A \& B\_\textbraceleft{}c\textbraceright{}}"),
        (Work(type="article", ids=(Id("arxiv", "2001.12345"),)), "eprinttype = {arxiv}"),
    ],
)
def test_lines(work: Work, line: str) -> None:
    assert line in entry(work, "k")


@pytest.mark.parametrize(
    ("key", "written"), [("a b,c", "abc"), ("", "ref"), ("{}", "ref"), ("Ö:1-2_x/y", "Ö:1-2_x/y")]
)
def test_a_key_holds_nothing_that_ends_it(key: str, written: str) -> None:
    assert document(entry(PETTINE, key)).references[0].key == written


def test_text_that_is_code_stays_text() -> None:
    title = "\\input{/etc/passwd} ^^5c \\write18{ls} }}} {{{ % $x$ & # _ ~ \\"
    written = entry(Work(title=title), "k")
    assert "\\input" not in written
    assert "\\write" not in written
    assert "^^" not in written
    assert document(written).references[0].work.title == title


TEXT = (st.text(alphabet="\\{}$%~^-`'\"&#_ \n@,=abZé^5c", max_size=20) | st.text(max_size=20)).map(
    lambda text: " ".join(text.replace("\0", "").split())
)
WORDS = st.text(alphabet="abcXYZÄé -'", max_size=12).map(lambda text: " ".join(text.split()).strip("-' "))
NAMES = st.builds(
    Name,
    family=WORDS.filter(bool),
    given=WORDS,
    particle=st.sampled_from(["", "van der"]),
    suffix=st.just(""),
) | st.builds(Name, literal=TEXT.filter(bool))
DATES = st.builds(Date, year=st.integers(1000, 2100), month=st.none() | st.integers(1, 12)) | st.builds(
    Date, st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 31)
)
SEASONS = st.sampled_from(["", "Spring", "Jan-Feb", "Suppl 2", "Christmas"])
IDS = st.fixed_dictionaries(
    {},
    optional={
        "doi": st.sampled_from(
            ["10.1002/stem.1845", "10.1002/(sici)1097-4571(199806)49:8<693::aid>3.0.co;2-o"]
        ),
        "pmid": st.just("25187512"),
        "pmcid": st.just("PMC123456"),
        "isbn": st.just("9783161484100"),
        "issn": st.just("0041-1337"),
        "nct": st.just("NCT01290367"),
        "arxiv": st.just("2001.12345"),
    },
).map(lambda ids: tuple(Id(kind, value) for kind, value in ids.items()))
EXTRA = st.fixed_dictionaries(
    {},
    optional={
        "available_at": TEXT,
        **{
            name: TEXT.filter(bool)
            for name in ("pubtype", "abstract", "short_title", "original_title", "series")
        },
    },
)
WORKS = st.builds(
    Work,
    type=st.sampled_from(sorted(CSL_TYPES)),
    title=TEXT,
    subtitle=TEXT,
    authors=st.lists(NAMES, max_size=3).map(tuple),
    editors=st.lists(NAMES, max_size=2).map(tuple),
    issued=st.none() | st.builds(lambda date, season: replace(date, season=season), DATES, SEASONS),
    container=TEXT,
    short_container=TEXT,
    volume=TEXT,
    issue=TEXT,
    pages=st.sampled_from(["", "146-56", "S12-S15", "e1234", "1, 3-4", "146–156"]),
    publisher=TEXT,
    place=TEXT,
    edition=TEXT,
    ids=IDS,
    url=st.sampled_from(["", "https://a.example/b_c%20d?e=f&g#h~i--j", "http://a.example/(x)"]),
    accessed=st.none() | DATES,
    extra=EXTRA,
)


def normal(work: Work) -> Work:
    """What may differ: the spelling of initials, and the order of identifiers."""
    return replace(
        work,
        authors=tuple(replace(name, given=spread_initials(name.given)) for name in work.authors),
        editors=tuple(replace(name, given=spread_initials(name.given)) for name in work.editors),
        ids=tuple(sorted(work.ids, key=str)),
    )


@settings(max_examples=150)
@given(WORKS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_written_is_read_back(work: Work, newline: str) -> None:
    read = document(entry(work, "k", newline=newline))
    assert read.problems == ()
    (reference,) = read.references
    again = normal(reference.work)
    assert again == normal(work)
    assert dict(again.extra) == dict(work.extra)


@given(WORKS)
def test_a_neighbour_is_never_harmed(work: Work) -> None:
    text = "@book{before, title = {B}}\n" + entry(work, "k") + "\n@book{after, title = {A}}\n"
    assert [(r.key, r.work.title) for r in document(text).references][::2] == [
        ("before", "B"),
        ("after", "A"),
    ]


@given(WORKS)
@settings(max_examples=50)
def test_pybtex_reads_it_too(work: Work) -> None:
    from pybtex.database.input.bibtex import Parser, month_names

    data = Parser(macros=dict(month_names)).parse_string(entry(work, "k"))
    assert list(data.entries) == ["k"]
