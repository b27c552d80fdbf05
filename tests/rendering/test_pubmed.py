"""Style `pubmed`, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.errors import UsageError
from evidence.model import Date, Id, Name, Work
from evidence.rendering import render
from evidence.rendering.locators import shorten_pages, show_date, show_edition

from .made import GILBERT, PETTINE, RICHARDSON, people


def line(work: Work) -> str:
    return render([work])[0]


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (
            PETTINE,
            "Pettine KA, Murphy MB, Suzuki RK, Sand TT. Percutaneous injection of autologous bone marrow "
            "concentrate cells significantly reduces lumbar discogenic pain through 12 months. "
            "Stem Cells. 2015 Jan;33(1):146-56. doi: 10.1002/stem.1845.",
        ),
        (
            RICHARDSON,
            "Richardson SM, Kalamegam G, Pushparaj PN. Mesenchymal stem cells in regenerative medicine: "
            "Focus on articular cartilage and intervertebral disc regeneration. "
            "Methods. 2016 Apr 15;99:69-80. doi: 10.1016/j.ymeth.2015.09.015. Review.",
        ),
        (
            GILBERT,
            "Gilbert HT, Hoyland JA, Richardson SM. Stem cell regeneration of degenerated intervertebral "
            "discs: current status (update). Curr Pain Headache Rep. 2013 Dec;17(12):377. "
            "doi: 10.1007/s11916-013-0377-0.",
        ),
    ],
)
def test_articles_stand_as_pubmed_prints_them(work: Work, expected: str) -> None:
    assert line(work) == expected


def article(**changed: object) -> Work:
    base = Work(
        type="article-journal",
        title="Rest in bed",
        authors=people("Smith JA"),
        issued=Date(2010, 3),
        container="J Rest",
        volume="3",
        issue="2",
        pages="10-14",
    )
    return replace(base, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (article(), "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):10-4."),
        (article(title="Rest in bed?"), "Smith JA. Rest in bed? J Rest. 2010 Mar;3(2):10-4."),
        (article(title="Rest in bed!"), "Smith JA. Rest in bed! J Rest. 2010 Mar;3(2):10-4."),
        (article(title="Rest in bed."), "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):10-4."),
        (article(title="Rest in bed:"), "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):10-4."),
        (article(title="“Rest in bed?”"), "Smith JA. “Rest in bed?” J Rest. 2010 Mar;3(2):10-4."),
        (article(title="Rest", subtitle="a review"), "Smith JA. Rest: a review. J Rest. 2010 Mar;3(2):10-4."),
        (
            article(title="Rest?", subtitle="A review"),
            "Smith JA. Rest? A review. J Rest. 2010 Mar;3(2):10-4.",
        ),
        (article(title="[Bettruhe]"), "Smith JA. [Bettruhe]. J Rest. 2010 Mar;3(2):10-4."),
        (article(title="休息是否有效？"), "Smith JA. 休息是否有效？ J Rest. 2010 Mar;3(2):10-4."),
        (article(container="J. Rest."), "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):10-4."),
        (article(container="", short_container="J R"), "Smith JA. Rest in bed. J R. 2010 Mar;3(2):10-4."),
        (article(issue=""), "Smith JA. Rest in bed. J Rest. 2010 Mar;3:10-4."),
        (article(volume="", issue=""), "Smith JA. Rest in bed. J Rest. 2010 Mar:10-4."),
        (article(volume=""), "Smith JA. Rest in bed. J Rest. 2010 Mar;(2):10-4."),
        (article(pages=""), "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2)."),
        (article(pages="e1234"), "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):e1234."),
        (
            article(pages="", extra={"article_number": "m408"}),
            "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):m408.",
        ),
        (article(issued=None), "Smith JA. Rest in bed. J Rest. 3(2):10-4."),
        (article(issued=Date(2010, 13, 4)), "Smith JA. Rest in bed. J Rest. 2010;3(2):10-4."),
        (
            article(issued=Date(2010, season="Spring")),
            "Smith JA. Rest in bed. J Rest. 2010 Spring;3(2):10-4.",
        ),
        (article(authors=()), "Rest in bed. J Rest. 2010 Mar;3(2):10-4."),
        (article(more_authors=True), "Smith JA, et al. Rest in bed. J Rest. 2010 Mar;3(2):10-4."),
        (
            article(authors=(Name(literal="Acme Inc."),)),
            "Acme Inc. Rest in bed. J Rest. 2010 Mar;3(2):10-4.",
        ),
        (
            article(authors=(Name("Berg", "Anna B.", "van der"), Name("Smith", "J.", suffix="Jr"))),
            "van der Berg AB, Smith J Jr. Rest in bed. J Rest. 2010 Mar;3(2):10-4.",
        ),
        (
            article(ids=(Id("pmid", "123"), Id("pmcid", "PMC9"), Id("doi", "10.1/a"))),
            "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):10-4. doi: 10.1/a. PMID: 123; PMCID: PMC9.",
        ),
        (
            article(issue="Suppl 1", pages="S12--S19", extra={"pubtype": "Review"}),
            "Smith JA. Rest in bed. J Rest. 2010 Mar;3(Suppl 1):S12-9. Review.",
        ),
        (
            article(dates={"online": Date(2009, 12, 1), "print": Date(2010, 3)}, ids=(Id("doi", "10.1/a"),)),
            "Smith JA. Rest in bed. J Rest. 2010 Mar;3(2):10-4. doi: 10.1/a. Epub 2009 Dec 1.",
        ),
        (
            article(volume="", issue="", pages="", extra={"note": "Epub ahead of print."}),
            "Smith JA. Rest in bed. J Rest. 2010 Mar. Epub ahead of print.",
        ),
        (
            article(volume="in press", issue="", pages="", issued=Date(2010)),
            "Smith JA. Rest in bed. J Rest. 2010. In press.",
        ),
    ],
)
def test_edges_of_articles(work: Work, expected: str) -> None:
    assert line(work) == expected


WEB = Work(type="webpage", title="Back pain", container="Backs Online")


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (WEB, "Back pain. Backs Online."),
        (replace(WEB, extra={"available_at": ""}), "Back pain. Backs Online."),
        (
            replace(WEB, extra={"available_at": "The library of backs"}),
            "Back pain. Backs Online. Available at: The library of backs.",
        ),
        (
            replace(
                WEB,
                authors=people("Li B"),
                issued=Date(2014),
                url="https://example.org/back",
                accessed=Date(2015, 3, 3),
            ),
            "Li B. Back pain. Backs Online. 2014. "
            "Available at: https://example.org/back. Accessed 2015 Mar 3.",
        ),
        (replace(WEB, publisher="Backs Online"), "Back pain. Backs Online."),
        (
            Work(
                type="book",
                title="The back",
                authors=people("Li B"),
                edition="2",
                place="York",
                publisher="Spine Press",
                issued=Date(2001),
            ),
            "Li B. The back. 2nd ed. York: Spine Press; 2001.",
        ),
        (
            Work(type="book", title="The back", editors=people("Li B, Ray C"), publisher="Spine Press"),
            "Li B, Ray C, editors. The back. Spine Press.",
        ),
        (
            Work(
                type="chapter",
                title="Discs",
                authors=people("Ray C"),
                editors=people("Li B"),
                container="The back",
                publisher="Spine Press",
                issued=Date(2001),
                pages="123-128",
            ),
            "Ray C. Discs. In: Li B, editor. The back. Spine Press; 2001. p. 123-8.",
        ),
        (
            Work(
                type="paper-conference", title="Discs", container="Proc Backs", issued=Date(2001), pages="1"
            ),
            "Discs. In: Proc Backs. 2001. p. 1.",
        ),
        (
            Work(
                type="thesis", title="Discs.", authors=people("Ray C"), publisher="U York", issued=Date(2001)
            ),
            "Ray C. Discs [dissertation]. U York; 2001.",
        ),
        (
            Work(type="report", title="Discs", publisher="WHO", issued=Date(2001), extra={"number": "7"}),
            "Discs. WHO; 2001. Report No.: 7.",
        ),
        (
            Work(
                type="article",
                title="Discs",
                container="medRxiv",
                issued=Date(2020, 5, 2),
                ids=(Id("doi", "10.1101/2020.05.01"),),
            ),
            "Discs. medRxiv [Preprint]. 2020 May 2. doi: 10.1101/2020.05.01.",
        ),
        (
            Work(type="article", title="Discs", issued=Date(2020), ids=(Id("arxiv", "2001.00001"),)),
            "Discs. arXiv [Preprint]. 2020. arXiv:2001.00001.",
        ),
        (Work(type="dataset", title="Discs", publisher="Zenodo"), "Discs [dataset]. Zenodo."),
        (Work(), "[Untitled]."),
        (Work(title="Only a title"), "Only a title."),
    ],
)
def test_other_types(work: Work, expected: str) -> None:
    assert line(work) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("146-156", "146-56"),
        ("146–156", "146-56"),
        ("146--56", "146-56"),
        ("2553-2567", "2553-67"),
        ("822-828", "822-8"),
        ("69-80", "69-80"),
        ("99-101", "99-101"),
        ("S12-S19", "S12-9"),
        ("S12-19", "S12-9"),
        ("e1234", "e1234"),
        ("e1234-e1239", "e1234-9"),
        ("12-12", "12"),
        ("156-146", "156-146"),
        ("123A-130A", "123A-130A"),
        ("xi-xv", "xi-xv"),
        ("1-5, 10 - 12", "1-5, 10-2"),
        ("", ""),
    ],
)
def test_pages_are_shortened(written: str, expected: str) -> None:
    assert shorten_pages(written) == expected
    assert shorten_pages(expected) == expected


def test_dates_and_editions() -> None:
    assert show_date(None) == show_date(Date(month=3)) == ""
    assert show_date(Date(2015, 1, 15)) == "2015 Jan 15"
    assert show_date(Date(2015, 1, 45)) == "2015 Jan"
    assert [show_edition(e) for e in ("1", "2nd", "Third", "11", "3rd ed.", "")] == [
        "1st ed", "2nd ed", "Third ed", "11th ed", "3rd ed", "",
    ]  # fmt: skip


def test_unknown_names_are_errors_that_say_what_exists() -> None:
    with pytest.raises(UsageError, match=r"'pubmet'.*pubmed.*did you mean pubmed"):
        render([PETTINE], "pubmet")
    with pytest.raises(UsageError, match="latex"):
        render([PETTINE], to="docx")
    assert render([]) == []
