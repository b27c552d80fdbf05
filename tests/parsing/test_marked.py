"""What the marks of a style say for certain: quotation marks, years in brackets, months behind an issue."""

from __future__ import annotations

import pytest

from evidence.model import Work
from evidence.parsing import parse
from evidence.parsing.marked import carve
from evidence.parsing.vancouver import Run


def names(work: Work) -> list[str]:
    return [n.literal or n.family for n in work.authors]


@pytest.mark.parametrize(
    ("text", "people", "title", "container", "year"),
    [
        (
            "ROHLY, W. G., and K. B. MERTES. 1981. “A PHOTOCHROMIC SWINGING GATE: PLATINUM(II) CHELATE.”"
            " Chemischer Informationsdienst 12 (14) (April 7).",
            ["ROHLY", "MERTES"], "A PHOTOCHROMIC SWINGING GATE: PLATINUM(II) CHELATE",
            "Chemischer Informationsdienst", 1981,
        ),
        (
            "Masumi, Junnosuke, and Suruki Akagi. “INTRODUCTION.” The Annuals of Japanese Political Science"
            " Association 18 (1967): 1–4.",
            ["Masumi", "Akagi"], "INTRODUCTION",
            "The Annuals of Japanese Political Science Association", 1967,
        ),
        (
            "“THANKS!” Journal of Public Health Dentistry 14.3 (1954): 37–37.",
            [], "THANKS!", "Journal of Public Health Dentistry", 1954,
        ),
        (
            "“TARMED 1.04: La Nouvelle Version Du Tarif Entre En Vigueur Le 1er Avril 2007.” 2007. Bulletin"
            " Des Médecins Suisses 88 (13) (March 28): 576–576.",
            [], "TARMED 1.04: La Nouvelle Version Du Tarif Entre En Vigueur Le 1er Avril 2007",
            "Bulletin Des Médecins Suisses", 2007,
        ),
        (
            "Zuleeg, Manfred. 1997. “Die Stellung Des Landes Hessen in Der Europäischen Union.” 50 Jahre"
            " Verfassung Des Landes Hessen: 383–399.",
            ["Zuleeg"], "Die Stellung Des Landes Hessen in Der Europäischen Union",
            "50 Jahre Verfassung Des Landes Hessen", 1997,
        ),
    ],
)  # fmt: skip
def test_quotation_marks_hold_the_title(
    text: str, people: list[str], title: str, container: str, year: int
) -> None:
    work = parse(text).work
    assert names(work) == people
    assert (work.title, work.container, work.year) == (title, container, year)


@pytest.mark.parametrize(
    "title",
    [
        'The "new" nurses: a survey of wards in ten towns',
        'A study of bias: "what next?" Lessons from three trials',
    ],
)
def test_a_quotation_within_a_title_is_part_of_it(title: str) -> None:
    work = parse(f"Smith JA, Brown B. {title}. Lancet. 2010;375(9714):12-19.").work
    assert (work.title, work.container) == (title, "Lancet")


def test_a_title_before_the_year_and_nobody_named() -> None:
    text = "Aktuelle Kinofilme – Die Bewertungen der FBW. (2016). Jugend Medien Schutz-Report, 39(4), 95–96."
    work = parse(text).work
    assert (work.title, work.container) == (
        "Aktuelle Kinofilme – Die Bewertungen der FBW", "Jugend Medien Schutz-Report",
    )  # fmt: skip
    assert (work.year, work.volume, work.issue, work.pages) == (2016, "39", "4", "95-96")


@pytest.mark.parametrize(
    ("text", "year", "volume", "issue", "pages"),
    [
        (
            "Baunin, C, C Puget, and R Gafsi. 1997. “Troubles Mictionnels.” Archives de Pédiatrie 4 (January):"
            " 14–18.",
            1997, "4", "", "14-18",
        ),
        ("“ANNOTATIONS.” 1961. BMJ 1 (5226) (March 4): 650–651.", 1961, "1", "5226", "650-651"),
        (
            "Ohnishi, S. T., & Ohnishi, T. (2010). EPR detection of ubiquinone molecules. Biochimica et"
            " Biophysica Acta (BBA) - Bioenergetics, 1797, 21–22.",
            2010, "1797", "", "21-22",
        ),
        (
            "Ohnishi, Tomoko et al. “EPR Detection of Two Components.” Biochimica et Biophysica Acta (BBA) -"
            " Bioenergetics 1817.10 (2012): 1803–1815.",
            2012, "1817", "10", "1803-1815",
        ),
        (
            "[3] Shijun Yoshida and Nami Uchikata. Modes of black holes. Physical Review D, 81(4):044005, 2010.",
            2010, "81", "4", "044005",
        ),
        ("Duistermaat, J. and Hormander, L. Fourier operators. Acta Mathematica, 128(1):183–269, 1972.",
         1972, "128", "1", "183-269"),
        ("(1) Phat, T. H.; Thu, N. V. Communications in Physics 2012, 129–136.", 2012, "", "", "129-136"),
        (
            "(1) Wisniewski, B.; Durand, J. Le Journal de Physique IV 1991, 02, C2–389–C2–395.",
            1991, "02", "", "C2-389-C2-395",
        ),
    ],
)  # fmt: skip
def test_of_two_years_the_one_in_brackets_is_the_year(
    text: str, year: int, volume: str, issue: str, pages: str
) -> None:
    work = parse(text).work
    assert (work.year, work.volume, work.issue, work.pages) == (year, volume, issue, pages)


def test_names_with_and_among_them_are_not_prose() -> None:
    text = (
        "1 S. FABRY, J. LANG, T. Niermann, and R. HENSEL, European Journal of Biochemistry 179, 405 (1989)."
    )
    assert names(parse(text).work) == ["FABRY", "LANG", "Niermann", "HENSEL"]


def test_carving_keeps_the_order_and_loses_no_word() -> None:
    runs = [Run("author", 0, 10, 0, 9), Run("title", 11, 40, 11, 39), Run("journal", 41, 60, 41, 59)]
    assert carve(runs, "date", 20, 25) == [
        runs[0],
        Run("title", 11, 20, 11, 20), Run("date", 20, 25, 20, 25), Run("title", 25, 40, 25, 39),
        runs[2],
    ]  # fmt: skip
    assert carve(runs, "author", 11, 20) == [
        Run("author", 0, 20, 0, 20), Run("title", 20, 40, 20, 39), runs[2],
    ]  # fmt: skip
    assert carve(runs, "journal", 30, 40) == [
        runs[0], Run("title", 11, 30, 11, 30), Run("journal", 30, 60, 30, 59),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tail", "figures"),
    [
        ("2010. 17. 4. 155-167", (2010, "17", "4", "155-167")),
        ("2016. 50. . S57-S59", (2016, "50", "", "S57-S59")),
        ("2013. . . 1303-1308", (2013, "", "", "1303-1308")),
        ("2010. 1797. . 21-22", (2010, "1797", "", "21-22")),
        ("2012. 176. 1-4. 17-25.", (2012, "176", "1-4", "17-25")),
        ("2018. 11. 175-181.", (2018, "11", "", "175-181")),
        ("2018. 11. 175-181. ", (2018, "11", "", "175-181")),
    ],
)
def test_figures_parted_by_full_stops(tail: str, figures: tuple[int, str, str, str]) -> None:
    work = parse(f"Lanas, Angel. Medical Treatment of Diverticular Disease. Journal of Surgery. {tail}").work
    assert (work.year, work.volume, work.issue, work.pages) == figures
    assert work.container == "Journal of Surgery"


def test_a_title_goes_on_where_no_mark_ends_it() -> None:
    text = (
        "Penerapan Model Pembelajaran Kooperatife untuk Meningkatkan Hasil Belajar Siswa Kelas IV di SPF SDN"
        " Kompleks IKIP. Lempu PGSD. 2025. https://doi.org/10.70713/lempu.v2i1.4395"
    )
    work = parse(text).work
    assert names(work) == []
    assert (work.title.split()[-1], work.container, work.year) == ("IKIP", "Lempu PGSD", 2025)


@pytest.mark.parametrize(
    ("text", "title", "container", "pages"),
    [
        ("Mannino, D. M. (2002). COPD. Chest, 121(5), 121S–126S.", "COPD", "Chest", "121S-126S"),
        ("Schirren, C. (2009), VORWORT. Andrologia, 21(S1): 7-7. Review.", "VORWORT", "Andrologia", "7-7"),
        (
            "Ajaev, V.S., & Asano, H. (2014). Preface: Two-phase systems. Interfacial Phenomena, 2(2), vi.",
            "Preface: Two-phase systems", "Interfacial Phenomena", "vi",
        ),
        (
            "Samanos, J., & Teichner, S. (2015). Abstract: Chiral oxidation. ChemInform, 46(33), no–no.",
            "Abstract: Chiral oxidation", "ChemInform", "no-no",
        ),
    ],
)  # fmt: skip
def test_short_titles_and_odd_pages_in_apa(text: str, title: str, container: str, pages: str) -> None:
    work = parse(text).work
    assert (work.title, work.container, work.pages) == (title, container, pages)


@pytest.mark.parametrize(
    ("text", "editors", "title"),
    [
        (
            "Murray CJL, Lopez AD, editors. The global burden of disease. Boston: Harvard Press; 1996.",
            ["Murray", "Lopez"], "The global burden of disease",
        ),
        (
            "Kandel ER, Schwartz JH, eds. Principles of Neural Science. 4th ed. New York, NY: McGraw-Hill; 2000.",
            ["Kandel", "Schwartz"], "Principles of Neural Science",
        ),
    ],
)  # fmt: skip
def test_people_with_the_mark_of_editors_behind_them(text: str, editors: list[str], title: str) -> None:
    work = parse(text).work
    assert (work.authors, [n.family for n in work.editors], work.title) == ((), editors, title)


def test_an_encyclopedia_and_its_contributors() -> None:
    work = parse(
        "Wikipedia contributors. Bone marrow. In Wikipedia, The Free Encyclopedia. Retrieved March 3, 2022, from"
        " https://en.wikipedia.org/wiki/Bone_marrow"
    ).work
    assert work.title == "Bone marrow"
