"""Web pages, books, chapters, theses, news: what is no journal article."""

from __future__ import annotations

import pytest

from evidence.model import Date, Name, Work
from evidence.parsing import parse


def work_of(text: str) -> Work:
    return parse(text).work


@pytest.mark.parametrize(
    ("text", "title", "site", "words"),
    [
        (
            "Sore Knees. US National Library of Medicine. Available at: The Library.",
            "Sore Knees",
            "US National Library of Medicine",
            "The Library",
        ),
        ("What a Sore Knee Tells You. WebMD. Available at:", "What a Sore Knee Tells You", "WebMD", ""),
        (
            "Nurses find that walks help sore knees. Mercy News Center. 2014. Available at:",
            "Nurses find that walks help sore knees",
            "Mercy News Center",
            "",
        ),
        (
            ("3. Knees: Facts. National Institute of Knees and Hips and Joint Diseases. Available at"),
            "Knees: Facts",
            "National Institute of Knees and Hips and Joint Diseases",
            "",
        ),
    ],
)
def test_a_page_without_an_address(text: str, title: str, site: str, words: str) -> None:
    work = work_of(text)
    assert (work.type, work.title, work.container) == ("webpage", title, site)
    assert work.extra["available_at"] == words
    assert work.url == ""
    assert work.authors == ()


def test_an_agency_is_one_author() -> None:
    work = work_of("HealthDay, WMDNfrom. Walks for Sore Knees. WebMD. Available at:")
    assert work.authors == (Name(literal="HealthDay, WMDNfrom"),)
    assert (work.title, work.container) == ("Walks for Sore Knees", "WebMD")


@pytest.mark.parametrize(
    ("text", "title", "url", "accessed"),
    [
        (
            (
                "Mayo Clinic Staff. Sore knees: causes. Mayo Clinic. Available at: "
                "https://www.mayoclinic.org/knees. Accessed March 3, 2015."
            ),
            "Sore knees: causes",
            "https://www.mayoclinic.org/knees",
            Date(2015, 3, 3),
        ),
        (
            "Sore knees. WebMD. Available at: www.webmd.com/knees. Accessed 3 March 2015.",
            "Sore knees",
            "www.webmd.com/knees",
            Date(2015, 3, 3),
        ),
        (
            (
                "World Health Organization. Sore knees [Internet]. Geneva: World Health "
                "Organization; 2023 [cited 2023 Jul 4]. Available from: https://www.who.int/knees"
            ),
            "Sore knees",
            "https://www.who.int/knees",
            Date(2023, 7, 4),
        ),
        (
            ("Mercy Clinic. Sore knees (2014). Retrieved March 3, 2015, from http://www.mercy.org/knees"),
            "Sore knees",
            "http://www.mercy.org/knees",
            Date(2015, 3, 3),
        ),
        ("Sore knees | NHS. https://www.nhs.uk/knees/", "Sore knees", "https://www.nhs.uk/knees/", None),
        (
            '"Sore Knees." MedlinePlus, 12 May 2016, medlineplus.gov/knees.html.',
            "Sore Knees",
            "medlineplus.gov/knees.html",
            None,
        ),
        ("https://www.webmd.com/knees", "", "https://www.webmd.com/knees", None),
    ],
)
def test_a_page_with_an_address(text: str, title: str, url: str, accessed: Date | None) -> None:
    work = work_of(text)
    assert (work.type, work.title, work.url, work.accessed) == ("webpage", title, url, accessed)


def test_an_organisation_with_a_date() -> None:
    work = work_of(
        "Centers for Disease Control and Prevention. (2020, January 3). Sore knees. "
        "https://www.cdc.gov/knees/"
    )
    assert work.authors == (Name(literal="Centers for Disease Control and Prevention"),)
    assert (work.title, work.issued) == ("Sore knees", Date(2020, 1, 3))


def test_an_article_of_a_paper() -> None:
    work = work_of("Brown, A. (2019, March 4). Walks help. The New York Times. https://www.nytimes.com/x")
    assert (work.type, work.title, work.container) == (
        "article-newspaper",
        "Walks help",
        "The New York Times",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Brown AB, Green C. The knee. 3rd ed. Edinburgh: Churchill Livingstone; 2012.",
        "Brown, A. B., & Green, C. (2012). The knee (3rd ed.). Edinburgh: Churchill Livingstone.",
        "Brown, Anna B., and Carl Green. The knee. 3rd ed. Edinburgh: Churchill Livingstone, 2012.",
    ],
)
def test_a_book(text: str) -> None:
    work = work_of(text)
    assert (work.type, work.title, work.year) == ("book", "The knee", 2012)
    assert (work.place, work.publisher, work.edition[:3]) == ("Edinburgh", "Churchill Livingstone", "3rd")
    assert [n.family for n in work.authors] == ["Brown", "Green"]


def test_a_chapter() -> None:
    text = (
        "Brown AB. Pain. In: Wiesel SW, Herkowitz H, editors. The lumbar spine. 2nd ed. "
        "Philadelphia: Saunders; 1996. p. 12-34."
    )
    work = work_of(text)
    assert (work.type, work.title, work.container, work.pages) == (
        "chapter",
        "Pain",
        "The lumbar spine",
        "12-34",
    )
    assert [n.family for n in work.editors] == ["Wiesel", "Herkowitz"]
    assert (work.publisher, work.place, work.year) == ("Saunders", "Philadelphia", 1996)


def test_a_chapter_in_apa() -> None:
    text = (
        "Brown, A. H. (2010). Pain in athletes. In R. Jones & T. Hall (Eds.), Handbook "
        "of sports medicine (pp. 101–119). Springer."
    )
    work = work_of(text)
    assert (work.type, work.title, work.container) == (
        "chapter",
        "Pain in athletes",
        "Handbook of sports medicine",
    )
    assert [n.family for n in work.editors] == ["Jones", "Hall"]
    assert (work.pages, work.publisher) == ("101-119", "Springer")


def test_a_paper_of_a_conference() -> None:
    text = (
        "T. E. Brown and H. M. Green. Walking robots. In Proceedings of the Tenth "
        "Conference on Robots, pages 108-122, 1991."
    )
    work = work_of(text)
    assert (work.type, work.title, work.pages, work.year) == (
        "paper-conference",
        "Walking robots",
        "108-122",
        1991,
    )
    assert work.container.startswith("Proceedings of the Tenth")


@pytest.mark.parametrize(
    "text",
    [
        "Brown AB. Discs in culture [dissertation]. Atlanta (GA): Emory University; 2013.",
        "Brown, A. B. (2013). Discs in culture (Doctoral dissertation, Emory University).",
        "Brown, A. B. Discs in culture. PhD thesis, Emory University, 2013.",
    ],
)
def test_a_thesis(text: str) -> None:
    work = work_of(text)
    assert (work.type, work.title, work.publisher, work.year) == (
        "thesis",
        "Discs in culture",
        "Emory University",
        2013,
    )


def test_a_trial_by_its_registry_page() -> None:
    work = work_of(
        "Bone Ltd. Cells for discs. ClinicalTrials.gov. Available at: "
        "https://clinicaltrials.gov/ct2/show/NCT01290367."
    )
    assert [str(i) for i in work.ids] == ["nct:NCT01290367"]
    assert work.url == "https://clinicaltrials.gov/ct2/show/NCT01290367"
    assert work.title == "Cells for discs"


def test_an_isbn_makes_a_book() -> None:
    work = work_of("[4] Knees of the world. Geneva: World Health Organization; 2014. ISBN 978-3-16-148410-0.")
    assert (work.type, work.title, work.publisher) == (
        "book",
        "Knees of the world",
        "World Health Organization",
    )
    assert [str(i) for i in work.ids] == ["isbn:9783161484100"]


@pytest.mark.parametrize("text", ["", " ", ".", "[1]", "\n\n", "10.", "Available at:", "()"])
def test_scraps_give_something(text: str) -> None:
    assert work_of(text).title == ""
