"""Which entries are told to be one work, and which never are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.matching.duplicates import group, like_titles
from evidence.model import Date, Id, Name, Work

STUDY = Work(
    type="article-journal",
    title="Percutaneous injection of autologous bone marrow concentrate cells significantly reduces lumbar "
    "discogenic pain through 12 months",
    authors=(Name("Pettine", "Kenneth A."), Name("Murphy", "Matthew B."), Name("Suzuki", "Richard K.")),
    issued=Date(2015),
    container="Stem Cells",
    volume="33",
    issue="1",
    pages="146-156",
    ids=(Id("doi", "10.1002/stem.1845"),),
)
BARE = replace(STUDY, ids=())
REPORT = Work(
    type="report",
    title="Global tuberculosis report",
    authors=(Name(literal="World Health Organization"),),
    issued=Date(2019),
    publisher="World Health Organization",
)
BOOK = Work(
    type="book",
    title="Grant's Atlas of Anatomy",
    authors=(Name("Agur", "AMR"), Name("Dalley", "AF")),
    issued=Date(2017),
    publisher="Wolters Kluwer",
    edition="14th",
)
PREPRINT = replace(
    BARE,
    type="article",
    container="bioRxiv",
    volume="",
    issue="",
    pages="",
    ids=(Id("doi", "10.1101/012345"),),
)


@pytest.mark.parametrize(
    "other",
    [
        replace(BARE, title=STUDY.title.upper()),
        replace(BARE, title=STUDY.title.replace("concentrate", "concentrat")),
        replace(BARE, title=STUDY.title.replace("Percutaneous", "Percutanous").replace("lumbar", "lumber")),
        replace(BARE, authors=(Name("Pettine", "KA"),), more_authors=True, pages="146-56", issue=""),
        replace(BARE, container="Stem Cells (Dayton, Ohio)"),
        replace(BARE, volume="", issue="", pages=""),
        replace(BARE, volume="", issue="", pages="", container=""),
        replace(BARE, issued=Date(2014), volume="", issue="", pages=""),
        replace(BARE, issued=Date(2014)),
        replace(BARE, type="document"),
        replace(BARE, ids=(Id("pmid", "25187512"),)),
        replace(STUDY, ids=(Id("doi", "10.1002/STEM.1845"),)),
        replace(BARE, authors=()),
    ],
)
def test_one_work_is_told(other: Work) -> None:
    assert group([STUDY, other]) == [[0, 1]]
    assert group([other, STUDY]) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STUDY, replace(STUDY, ids=(Id("doi", "10.1002/stem.1846"),))),
        (STUDY, replace(BARE, title=STUDY.title.replace("12 months", "24 months"))),
        (STUDY, replace(BARE, title=STUDY.title.replace("reduces", "increases"))),
        (STUDY, replace(BARE, title=f"Reply to: {STUDY.title}")),
        (STUDY, replace(BARE, title=f"{STUDY.title}: a comment")),
        (replace(BARE, title=f"{STUDY.title}. Part I"), replace(BARE, title=f"{STUDY.title}. Part II")),
        (STUDY, replace(BARE, container="Pain Physician")),
        (STUDY, replace(BARE, volume="34")),
        (STUDY, replace(BARE, pages="1401-1410")),
        (STUDY, replace(BARE, issued=Date(2017))),
        (STUDY, replace(BARE, type="thesis", container="", volume="", issue="", pages="")),
        (STUDY, replace(BARE, type="dataset", container="", volume="", issue="", pages="")),
        (STUDY, PREPRINT),
        (BARE, replace(PREPRINT, ids=(), container="medRxiv")),
        (BARE, replace(PREPRINT, ids=(Id("arxiv", "1501.01234"),), container="")),
        (
            replace(BARE, ids=(Id("arxiv", "1501.01234"),)),
            replace(PREPRINT, ids=(Id("arxiv", "1501.01234"),), container=""),
        ),
        (REPORT, replace(REPORT, issued=Date(2020))),
        (REPORT, replace(REPORT, issued=None)),
        (replace(REPORT, title="Global tuberculosis report 2019"), replace(REPORT, title="Global tuberculosis report 2020")),
        (BOOK, replace(BOOK, edition="13th")),
        (BOOK, replace(BOOK, edition="", issued=Date(2016))),
        (BOOK, replace(BOOK, type="chapter", container=BOOK.title, pages="1-20")),
        (replace(BOOK, volume="1"), replace(BOOK, volume="2")),
        (replace(BOOK, volume="1"), BOOK),
        (
            replace(BARE, title="Editorial", volume="", issue="", pages=""),
            replace(BARE, title="Editorial", volume="", issue="", pages=""),
        ),
        (
            replace(BARE, title="Literature review", authors=(), pages="4", issue="1"),
            replace(BARE, title="Literature review", authors=(), pages="4", issue=""),
        ),
        (
            replace(BARE, title="Letter to the editor", volume="", issue="", pages=""),
            replace(BARE, title="Letter to the editor", volume="", issue="", pages=""),
        ),
        (
            Work(type="webpage", title="Back pain: causes and care", authors=(Name(literal="NHS"),), url="https://a.example/1"),
            Work(type="webpage", title="Back pain: causes and care", authors=(Name(literal="NHS"),), url="https://a.example/2"),
        ),
    ],
)  # fmt: skip
def test_two_works_are_never_told_to_be_one(one: Work, other: Work) -> None:
    assert group([one, other]) == []
    assert group([other, one]) == []


def test_the_number_of_a_trial_stands_beside_many_papers() -> None:
    trial = (Id("nct", "NCT01234567"),)
    papers = [
        replace(BARE, ids=trial),
        replace(BARE, ids=trial, title="Rationale and design of another paper"),
    ]
    assert group(papers) == []


def test_chapters_that_bear_the_number_of_their_book_are_two() -> None:
    doi = (Id("doi", "10.1007/978-3-319-00000-0"),)
    chapters = [
        Work(type="chapter", title=title, container="Backs and Their Care", ids=doi)
        for title in ("Of discs and their repair", "Nerves and pain in the old")
    ]
    assert group(chapters) == []
    assert group([chapters[0], Work(type="book", title="Backs and Their Care", ids=doi)]) == []


def test_titles_are_unlike_where_few_words_are_shared() -> None:
    assert like_titles(STUDY, BARE)
    assert like_titles(STUDY, Work())
    assert not like_titles(STUDY, REPORT)
