"""Journal articles in the usual styles: one article, many ways to print it."""

from __future__ import annotations

import pytest

from evidence.model import Date, Name
from evidence.parsing import parse

STYLES = [
    "Deyo RA, Weinstein JN. Low back pain. N Engl J Med. 2001 Feb 1;344(5):363-70.",
    "Deyo RA, Weinstein JN. Low back pain. N Engl J Med 2001; 344 (5): 363–370.",
    "Deyo RA, Weinstein JN: Low back pain. N Engl J Med 2001, 344(5):363-370.",
    (
        "[12] Deyo RA, Weinstein JN. Low back pain. N Engl J Med. 2001;344(5):363-370. "
        "doi:10.1056/NEJM200102013440508"
    ),
    (
        "Deyo, R. A., & Weinstein, J. N. (2001). Low back pain. New England Journal of "
        "Medicine, 344(5), 363–370."
    ),
    (
        "Deyo, R.A. and Weinstein, J.N., 2001. Low back pain. New England Journal of "
        "Medicine, 344(5), pp.363-370."
    ),
    "Deyo RA, Weinstein JN (2001) Low back pain. N Engl J Med 344(5):363–370",
    (
        'R. A. Deyo and J. N. Weinstein, "Low back pain," N. Engl. J. Med., vol. 344, '
        "no. 5, pp. 363-370, Feb. 2001."
    ),
    (
        'Deyo, Richard A., and James N. Weinstein. "Low Back Pain." New England Journal '
        "of Medicine 344, no. 5 (2001): 363-70."
    ),
    (
        'Deyo, Richard A., and James N. Weinstein. "Low Back Pain." New England Journal '
        "of Medicine, vol. 344, no. 5, 2001, pp. 363-70."
    ),
    (
        'Deyo, Richard A., and James N. Weinstein. "Low Back Pain." New England Journal '
        "of Medicine 344.5 (2001): 363-370."
    ),
    "Low back pain. Deyo RA, Weinstein JN. N Engl J Med. 2001 Feb 1;344(5):363-70.",
    "Low back pain.\nDeyo RA, Weinstein JN.\nN Engl J Med. 2001 Feb 1;344(5):363-70.",
    "Low back pain.\n\nDeyo RA, Weinstein JN.\n\nN Engl J Med. 2001 Feb 1;344(5):363-70. Review.",
    "N Engl J Med. 2001 Feb 1;344(5):363-70.\nLow back pain.\nDeyo RA, Weinstein JN.",
    "N Engl J Med. 2001 Feb 1;344(5):363-70. Deyo RA, Weinstein JN. Low back pain.",
    "  4. Deyo\u00a0RA, Weinstein\u00a0JN.\u00a0Low back\u00a0pain. N\u00a0Engl J Med. 2001;344(5):363-70.",
    "Deyo RA, Weinstein JN. Low back\n    pain. N Engl J Med.\n    2001;344(5):363-70.",
]


@pytest.mark.parametrize("text", STYLES)
def test_one_article_in_many_styles(text: str) -> None:
    work = parse(text).work
    assert work.type == "article-journal"
    assert work.title.casefold() == "low back pain"
    assert [n.family for n in work.authors] == ["Deyo", "Weinstein"]
    assert work.container.replace(".", "") in ("N Engl J Med", "New England Journal of Medicine")
    assert (work.year, work.volume, work.issue) == (2001, "344", "5")
    assert work.pages in ("363-70", "363-370")


@pytest.mark.parametrize(
    ("source", "volume", "issue", "pages"),
    [
        ("Spine J. 2010;12:69–80.", "12", "", "69-80"),
        ("Spine J. 2010 Dec;17(12):377.", "17", "12", "377"),
        ("Spine J. 2010;12:e1234.", "12", "", "e1234"),
        ("Spine J. 2010;33(Suppl 1):S12-9.", "33", "Suppl 1", "S12-9"),
        ("Spine J. 2010;33 Suppl 1:S12-9.", "33", "Suppl 1", "S12-9"),
        ("Spine J. 2010;(9):CD008880.", "", "9", "CD008880"),
        ("Spine J. 2010;2010:3908389.", "2010", "", "3908389"),
        ("Spine J 2010, Vol. 33, No. 1, pp. 10-20.", "33", "1", "10-20"),
        ("Spine J. 33 (1), 10-20 (2010).", "33", "1", "10-20"),
        ("Spine J. 2010;33(1-2):10-20.", "33", "1-2", "10-20"),
        ("Spine J 33.1-2 (2010): 10-20.", "33", "1-2", "10-20"),
        ("Spine J 2010;1817(10):1803-9.", "1817", "10", "1803-9"),
    ],
)
def test_locators(source: str, volume: str, issue: str, pages: str) -> None:
    work = parse(f"Brown AB, Green C. Cells for worn discs. {source}").work
    assert work.title == "Cells for worn discs"
    assert work.container.rstrip(".") == "Spine J"
    assert (work.volume, work.issue, work.pages, work.year) == (volume, issue, pages, 2010)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2015", Date(2015)),
        ("2015 Jan", Date(2015, 1)),
        ("2015 Jan 15", Date(2015, 1, 15)),
        ("2014 Nov 1", Date(2014, 11, 1)),
        ("2015 Jan-Feb", Date(2015, 1)),
        ("2015 Spring", Date(2015, season="Spring")),
    ],
)
def test_dates_of_a_source_line(date: str, expected: Date) -> None:
    work = parse(f"Brown AB. Cells for worn discs. Spine J. {date};33(1):146-56.").work
    assert work.issued == expected
    assert (work.volume, work.pages) == ("33", "146-56")


@pytest.mark.parametrize(
    "title",
    [
        "Do cells help?",
        "Do cells help? A trial in forty people",
        "Cells that heal!",
        "Worn discs: what cells can do",
        "St. John's wort vs. placebo in the U.S.",
        "Growth of discs in vitamin D deficiency, 1990-2010",
        "Cells in 24 patients (second part)",
        "Effects of interleukin 12/23 on 3-year outcome",
        "A new look at Staphylococcus spp. in discs",
    ],
)
def test_titles_keep_their_marks(title: str) -> None:
    end = "" if title[-1] in "?!." else "."
    work = parse(f"Brown AB, Green C. {title}{end} Spine J. 2015;33(1):146-56.").work
    assert work.title == title
    assert work.container == "Spine J"


@pytest.mark.parametrize(
    ("journal", "title"),
    [
        ("J Bone Joint Surg Am", "Fusion after injury of the spine"),
        ("J. Am. Chem. Soc.", "Binding of small peptides"),
        ("Public health nutrition", "Meals that people cook at home"),
        ("Spine (Phila Pa 1976)", "Fusion after injury of the spine"),
        ("PLoS ONE", "Cells and how they move"),
        ("Arthritis & Rheumatology", "Pain that comes and goes"),
    ],
)
def test_journals_full_and_abbreviated(journal: str, title: str) -> None:
    work = parse(f"Brown, A. B., & Green, C. (2015). {title}. {journal}, 33(1), 146–156.").work
    assert (work.title, work.container) == (title, journal)


def test_without_a_title() -> None:
    work = parse("S. E. Han, G. Chen, Nano Lett. 2010, 10, 1012.").work
    assert (work.title, work.container, work.volume, work.pages) == ("", "Nano Lett", "10", "1012")
    assert [n.family for n in work.authors] == ["Han", "Chen"]


def test_the_type_of_publication_is_no_part_of_the_title() -> None:
    text = "Brown AB. Cells for worn discs. Spine J. 2016;99:69-80. doi: 10.1000/j.spine.1.\u00a0Review."
    work = parse(text).work
    assert work.extra["pubtype"] == "Review"
    assert (work.title, work.pages, work.doi) == ("Cells for worn discs", "69-80", "10.1000/j.spine.1")


def test_epub_language_and_identifiers() -> None:
    text = (
        "Brown AB. [Cells for worn discs]. Spine J. 2015 Nov 1;24(21):2479-95. doi: 10.1000/scd.2. "
        "Epub 2015 Aug 26. PMID: 123456; PMCID: PMC7654321. [Article in German]"
    )
    work = parse(text).work
    assert work.title == "Cells for worn discs"
    assert work.dates == {"online": Date(2015, 8, 26)}
    assert work.issued == Date(2015, 11, 1)
    assert [str(i) for i in work.ids] == ["doi:10.1000/scd.2", "pmid:123456", "pmcid:PMC7654321"]
    assert work.extra["note"] == "Article in German"


def test_authors_of_all_kinds() -> None:
    text = "van der Berg AB, O'Neill C, Anema JR, et al; ABC Study Group. Cells. Spine J. 2015;33:1-9."
    work = parse(text).work
    assert work.more_authors
    assert work.authors[0] == Name(family="Berg", given="AB", particle="van der")
    assert work.authors[-1] == Name(literal="ABC Study Group")
    assert work.title == "Cells"


def test_an_ellipsis_in_the_list_of_authors() -> None:
    text = (
        "Shaffer, C. D., Alvarez, C. J., … Elgin, S. C. R. (2014). Cells in class. Spine "
        "Education, 13(1), 111–130."
    )
    work = parse(text).work
    assert [n.family for n in work.authors] == ["Shaffer", "Alvarez", "Elgin"]
    assert work.more_authors
    assert work.title == "Cells in class"


def test_a_preprint() -> None:
    work = parse(
        "Zhang Y, Li X. Cells for discs. bioRxiv. 2020. doi: https://doi.org/10.1101/2020.01.01.123456"
    ).work
    assert (work.type, work.container, work.title) == ("article", "bioRxiv", "Cells for discs")
    assert work.doi == "10.1101/2020.01.01.123456"


def test_a_pasted_tag_is_no_text() -> None:
    work = parse("Brown AB. Growth of <i>Frankia</i> in soil. <i>Spine J</i> 2015;33:1-9.").work
    assert work.title == "Growth of Frankia in soil"
    assert work.container == "Spine J"


@pytest.mark.parametrize(
    ("locator", "volume", "issue", "pages"),
    [("1817(10), 1803–1809", "1817", "10", "1803-1809"), ("9", "9", "", ""), ("9, 118", "9", "", "118")],
)
def test_a_known_date_makes_other_figures_volumes(locator: str, volume: str, issue: str, pages: str) -> None:
    work = parse(f"Brown, A. B., & Green, C. (2012). Cells for discs. Frontiers in Pain, {locator}.").work
    assert (work.title, work.container, work.year) == ("Cells for discs", "Frontiers in Pain", 2012)
    assert (work.volume, work.issue, work.pages) == (volume, issue, pages)


@pytest.mark.parametrize(
    "end", ["42(6), 465–472.", "42(6): 465-472.", "42(6), 465–472. https://doi.org/10.1370/afm.1"]
)
def test_pages_behind_an_issue_in_brackets_are_no_part_of_it(end: str) -> None:
    work = parse(f"Smith, J. (2012). A title of things. Annals of Family Medicine, {end}").work
    assert (work.container, work.volume, work.issue) == ("Annals of Family Medicine", "42", "6")
    assert work.pages == "465-472"


@pytest.mark.parametrize(
    "text",
    ["The Editors of The Lancet. Retraction of a paper on bowels. Lancet. 2010;375(9713):445.",
     "The Editors of The Lancet (2010). Retraction of a paper on bowels. The Lancet, 375(9713), 445.",
     "14. The Editors of The Lancet (2010), Retraction of a paper on bowels. The Lancet, 375(9713): 445."],
)  # fmt: skip
def test_editors_of_a_journal_may_sign_a_paper(text: str) -> None:
    work = parse(text).work
    assert work.authors == (Name(literal="The Editors of The Lancet"),)
    assert (work.title, work.editors) == ("Retraction of a paper on bowels", ())
    assert (work.year, work.volume, work.issue, work.pages) == (2010, "375", "9713", "445")
