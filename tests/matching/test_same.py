"""When two works are one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.matching.duplicates import group
from evidence.matching.same import identity, same_work
from evidence.model import Date, Id, Name, Work
from tests.measuring import assert_linear

DISC = Work(
    type="article-journal",
    title="Intervertebral disc repair by autologous mesenchymal bone marrow cells: a pilot study",
    authors=(Name("Orozco", "L"), Name("Soler", "R")),
    issued=Date(2011),
    container="Transplantation",
    volume="92",
    pages="822-8",
)
DOI = (Id("doi", "10.1097/tp.0b013e3182298a15"),)
SHORT = Work(
    title="Back pain", authors=(Name("Smith", "A"),), issued=Date(2010), container="Spine", volume="1"
)


@pytest.mark.parametrize(
    "other",
    [
        DISC,
        replace(
            DISC,
            title="Intervertebral Disc Repair by Autologous Mesenchymal Bone Marrow Cells. A Pilot Study",
        ),
        replace(DISC, title=DISC.title.partition(":")[0], subtitle="a pilot study"),
        replace(DISC, title=DISC.title.replace("disc", "{D}isc").replace("autologous", "\\emph{autologous}")),
        replace(DISC, title=f"<i>{DISC.title}</i>"),
        replace(DISC, authors=(Name("Orozco", "Lluis"),), more_authors=True),
        replace(DISC, authors=()),
        replace(DISC, issued=None),
        replace(DISC, issued=Date(2012)),
        replace(DISC, ids=DOI),
        replace(DISC, ids=(Id("pmid", "21792091"),)),
        replace(DISC, container="", volume="", pages=""),
    ],
)
def test_one_work_written_in_two_ways(other: Work) -> None:
    assert same_work(DISC, other)
    assert same_work(other, DISC)
    assert group([DISC, other]) == [[0, 1]]
    assert identity(replace(DISC, ids=())) == identity(replace(other, ids=()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (replace(DISC, ids=DOI), replace(DISC, ids=(Id("doi", "10.1234/other"),))),
        (replace(DISC, ids=(Id("pmid", "1"),)), replace(DISC, ids=(Id("pmid", "2"),))),
        (
            DISC,
            replace(
                DISC, title="Intervertebral disc repair by autologous mesenchymal bone marrow cells: a trial"
            ),
        ),
        (DISC, replace(DISC, authors=(Name("Pettine", "KA"),))),
        (DISC, replace(DISC, issued=Date(2013))),
        (replace(DISC, authors=()), replace(DISC, issued=Date(2012))),
        (replace(DISC, ids=DOI), replace(DISC, ids=(Id("doi", "10.1234/x"), Id("pmid", "1")))),
        (SHORT, replace(SHORT, volume="2")),
        (SHORT, replace(SHORT, authors=(), container="Pain")),
        (SHORT, replace(SHORT, authors=(), container="", volume="")),
        (Work(), Work()),
        (Work(title="Editorial"), Work(title="Editorial")),
    ],
)
def test_two_works(one: Work, other: Work) -> None:
    assert not same_work(one, other)
    assert not same_work(other, one)
    assert group([one, other]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Work(ids=DOI, title="A"), Work(ids=(Id("doi", "10.1097/TP.0B013E3182298A15"),), title="B")),
        (Work(ids=(*DOI, Id("pmid", "1"))), Work(ids=(*DOI, Id("pmid", "2")))),
        (Work(ids=(Id("pmcid", "PMC1234"),)), Work(ids=(Id("pmcid", "PMC1234"),))),
        (SHORT, replace(SHORT, container="", volume="")),
        (SHORT, replace(SHORT, authors=())),
        (
            Work(title="Back Pain", url="https://a.example/back"),
            Work(title="Back pain", url="https://a.example/back/", container="Site"),
        ),
        (
            Work(container="Spine", volume="1", pages="12-9"),
            Work(container="Spine", volume="1", pages="12--19"),
        ),
        (Work(url="https://a.example/x"), Work(url="https://a.example/x")),
        (
            Work(
                title="Global burden of low back pain", authors=(Name(literal="World Health Organization"),)
            ),
            Work(title="Global Burden of Low Back Pain", authors=(Name("Organization", "World Health"),)),
        ),
    ],
)
def test_one_work(one: Work, other: Work) -> None:
    assert same_work(one, other)
    assert same_work(other, one)


def test_a_book_number_is_shared_by_chapters() -> None:
    isbn = (Id("isbn", "9783161484100"),)
    chapters = [
        Work(type="chapter", title=t, ids=isbn)
        for t in ("Of discs and their repair", "Of nerves and pain now")
    ]
    assert not same_work(*chapters)


def test_works_with_other_identifiers_are_not_joined_by_a_third() -> None:
    first, second = replace(DISC, ids=DOI), replace(DISC, ids=(Id("doi", "10.1234/other"),))
    assert group([first, DISC, second]) == [[0, 1]]
    assert group([DISC, first, second]) == [[0, 1]]


def test_groups_keep_their_order() -> None:
    assert group([SHORT, DISC, SHORT, replace(DISC, ids=DOI), Work(title="Something else in full")]) == [
        [0, 2],
        [1, 3],
    ]


def test_an_identity_is_stable_and_tells_works_apart() -> None:
    assert identity(replace(DISC, ids=DOI)) == "doi:10.1097/tp.0b013e3182298a15"
    assert identity(DISC) == identity(replace(DISC, issued=Date(1999), authors=()))
    assert identity(SHORT) != identity(replace(SHORT, authors=(Name("Doe"),)))
    assert identity(SHORT) == identity(replace(SHORT, issued=Date(1999)))
    assert identity(Work(url="https://a.example")) == "url:https://a.example"
    assert identity(Work(container="Spine", volume="1")).startswith("place:spine|1")


TITLES = st.sampled_from(
    ["", "Back pain", "Disc repair by cells from marrow", "Disc repair by cells from fat"]
)
WORKS = st.builds(
    Work,
    title=TITLES,
    authors=st.sampled_from([(), (Name("Smith", "A"),), (Name("Doe", "B"),)]),
    issued=st.sampled_from([None, Date(2010), Date(2011)]),
    container=st.sampled_from(["", "Spine"]),
    volume=st.sampled_from(["", "1"]),
    pages=st.sampled_from(["", "1-2"]),
    ids=st.sampled_from([(), DOI, (Id("doi", "10.1/x"),), (Id("pmid", "1"),), (*DOI, Id("pmid", "1"))]),
)


@given(WORKS, WORKS)
def test_the_question_is_symmetric(one: Work, other: Work) -> None:
    assert same_work(one, other) == same_work(other, one)
    if one.title or one.ids:
        assert same_work(one, one) or len(one.title.split()) < 4


@given(st.lists(WORKS, max_size=8))
def test_groups_are_apart_and_of_one_work(works: list[Work]) -> None:
    groups = group(works)
    indices = [index for members in groups for index in members]
    assert len(set(indices)) == len(indices)
    for members in groups:
        assert members == sorted(members)
        assert len({works[m].doi for m in members if works[m].doi}) <= 1


@pytest.mark.parametrize("kind", ["different", "one title", "one work"])
def test_time_grows_with_the_number_of_works(kind: str) -> None:
    def action(size: int) -> None:
        works = [
            Work(
                title="Editorial"
                if kind == "one title"
                else f"A title of some words {n if kind == 'different' else ''}",
                ids=(Id("doi", f"10.1234/{n}"),) if kind == "one title" else (),
            )
            for n in range(size)
        ]
        group(works)

    assert_linear(action, 1_000)
