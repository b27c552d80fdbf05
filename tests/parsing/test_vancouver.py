"""Vancouver's form: what stands before the locator is authors, title and journal, whatever marks they hold."""

from __future__ import annotations

import pytest

from evidence.model import Date
from evidence.parsing import parse


@pytest.mark.parametrize(
    ("text", "people", "title", "container"),
    [
        (
            "van der Berg J, de Souza Filho A, McDonald RJ Jr, et al. Effects of X on Y. N Engl J Med."
            " 2019;380(12):e14.",
            ["Berg", "Souza Filho", "McDonald"],
            "Effects of X on Y",
            "N Engl J Med",
        ),
        ("李明, 王芳. 腰痛的治疗. 中华医学杂志. 2018;98(3):123-8.", None, "腰痛的治疗", "中华医学杂志"),
        (
            "Mannino DM: COPD. Chest 2002, 121(5):121S-126S.",
            ["Mannino"],
            "COPD",
            "Chest",
        ),
        (
            "Vitamin D. Smith JA, Brown KL. Nutrients. 2010;3:1-9.",
            ["Smith", "Brown"],
            "Vitamin D",
            "Nutrients",
        ),
        ("Brown A. Growth Trial IVD. Spine J. 1950;1(2):11-19.", ["Brown"], "Growth Trial IVD", "Spine J"),
        (
            "Which knees hurt? A survey of pain. Al-Amin SN, O'Neill JA. Spine (Phila Pa 1976). 2012 Oct 3;"
            "38(5 Suppl 1):S12-9. Review.",
            ["Al-Amin", "O'Neill"],
            "Which knees hurt? A survey of pain",
            "Spine (Phila Pa 1976)",
        ),
        (
            "Eye J. 2007;14:390-395.e1. Yoon KC, You IC. Light for vessels of the cornea. PMID: 26351176",
            ["Yoon", "You"],
            "Light for vessels of the cornea",
            "Eye J",
        ),
        (
            "Spine for dogs. Loeffel ED. Archives of Dermatology. 1970;102(4):451-6.",
            ["Loeffel"],
            "Spine for dogs",
            "Archives of Dermatology",
        ),
    ],
)
def test_before_the_locator(text: str, people: list[str] | None, title: str, container: str) -> None:
    work = parse(text).work
    assert (work.title, work.container) == (title, container)
    if people is None:
        assert len(work.authors) == 2
    else:
        assert [name.family for name in work.authors] == people


@pytest.mark.parametrize(
    ("lead", "group"),
    [
        (" for the German Back Pain Network", "German Back Pain Network"),
        (", PRISMA Group", "PRISMA Group"),
        ("; for the European Society of Cardiology", "European Society of Cardiology"),
    ],
)
def test_a_group_behind_the_people_is_one_author(lead: str, group: str) -> None:
    work = parse(f"Ali M, Thomson MK{lead}. Back pain: what works? Eur J Pain. 2012;38(5):12-9.").work
    assert [name.family or name.literal for name in work.authors] == ["Ali", "Thomson", group]
    assert work.title.startswith("Back pain: what works")


def test_the_figures_of_the_locator() -> None:
    work = parse(
        "Ali M. Pain. Eur J Pain [Internet]. 2012 Oct 3 [cited 2020 Jan 3];38(5 Suppl 1):S12-9."
    ).work
    assert (work.year, work.volume, work.issue, work.pages) == (2012, "38", "5 Suppl 1", "S12-9")
    assert work.accessed is not None
    assert work.accessed.year == 2020
    assert parse("Asano H, Ali M. Two-phase flow. Heat J. 2014;2(2):vi.").work.pages == "vi"
    assert parse("Baniwa D. Icons. Multitudes. 2024; n° 95 (2): 1-235.").work.volume == "95"


def test_an_organisation_that_writes_a_page_keeps_all_its_words() -> None:
    work = parse(
        "U.S. Department of Agriculture. Asthma. 2019. Retrieved April 8, 2005, from https://www.usda.gov"
    ).work
    assert [name.literal for name in work.authors] == ["U.S. Department of Agriculture"]
    assert work.title == "Asthma"


def test_the_address_of_a_page_that_holds_a_doi_is_kept() -> None:
    text = "https://www.nejm.org/doi/full/10.1056/NEJM200102013440508"
    assert (parse(text).work.doi, parse(text).work.url) == ("10.1056/nejm200102013440508", text)
    assert (
        parse("https://doi.org/10.1000/xyz123").work.doi,
        parse("https://doi.org/10.1000/xyz123").work.url,
    ) == (
        "10.1000/xyz123",
        "",
    )


@pytest.mark.parametrize(
    "tail",
    ["Review.", "Erratum in: Spine J. 2004;57:71.", "Review. Comment in: BMJ. 2002 Mar 2;324(7336):512-3. PMID: 11172169",
     "Published erratum in: N Engl J Med. 2001;344(9):666."],
)  # fmt: skip
def test_what_was_published_about_a_work_is_no_field_of_it(tail: str) -> None:
    work = parse(f"Deyo RA, Weinstein JN. Low back pain. N Engl J Med. 2001 Feb 1;344(5):363-70. {tail}").work
    assert (work.container, work.year, work.volume, work.pages) == ("N Engl J Med", 2001, "344", "363-70")
    assert (work.title, work.doi) == ("Low back pain", "")


def test_a_type_of_publication_behind_a_title_at_the_end_is_none_of_it() -> None:
    work = parse(
        "N Engl J Med. 2001;344(5):363-70. Deyo RA, Weinstein JN. Disorders of the low back. Review."
    ).work
    assert work.title == "Disorders of the low back"
    assert work.extra["pubtype"] == "Review"


@pytest.mark.parametrize(
    ("source", "container", "date", "figures"),
    [
        ("J Clin Oncol. Jan 20 2010;28(3):398-404.", "J Clin Oncol", Date(2010, 1, 20), ("28", "3")),
        ("Lancet. Mar 2008;371(9614):725-730.", "Lancet", Date(2008, 3), ("371", "9614")),
        (
            "Expert Rev Hematol. 2010/06/01 2010;3(3):285-299.",
            "Expert Rev Hematol",
            Date(2010, 6, 1),
            ("3", "3"),
        ),
        ("Mar Biol. 2008;154(1):35-40.", "Mar Biol", Date(2008), ("154", "1")),
    ],
)
def test_month_before_the_year(source: str, container: str, date: Date, figures: tuple[str, str]) -> None:
    work = parse(f"Cortes JE, Jones D, Silver RT. Results of treatment in early disease. {source}").work
    assert (work.container, work.issued, (work.volume, work.issue)) == (container, date, figures)


@pytest.mark.parametrize(
    ("figures", "volume", "issue"),
    [
        ("Journal of Dentistry 14 (3) (August): 37-39.", "14", "3"),
        ("Journal of Dentistry 85.2 (Apr.): 136-154.", "85", "2"),
        ("Journal of Dentistry 50 (October): S57-S59.", "50", ""),
        ("Journal of Dentistry, no. 95(2), p. 12-33.", "95", "2"),
    ],
)
def test_a_month_is_no_issue(figures: str, volume: str, issue: str) -> None:
    work = parse(
        f"Little, Jane A., and Robert Koch. 1997. “Fetal Proteins: A Metabolic Encore?” {figures}"
    ).work
    assert (work.volume, work.issue) == (volume, issue)


def test_an_initial_of_the_next_author_ends_no_list() -> None:
    text = (
        "Coleman B, L. Piponniau, J. Patel, et al. To be transplanted. J Heart Transplant. 2011;30(S219):4S."
    )
    work = parse(text).work
    assert [(n.family, n.given) for n in work.authors] == [
        ("Coleman", "B"), ("Piponniau", "L."), ("Patel", "J."),
    ]  # fmt: skip


def test_the_full_stop_of_an_editors_initial() -> None:
    work = parse("Ewing, David W. (ed.) Long-Range Planning. New York: Harper and Row, 1964.").work
    assert [(n.family, n.given) for n in work.editors] == [("Ewing", "David W.")]
