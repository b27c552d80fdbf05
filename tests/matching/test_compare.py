"""Field by field: what differs, how much it weighs, and what registries get wrong accuses nobody."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from evidence.matching import locators
from evidence.matching.compare import compare, year_agrees
from evidence.matching.events import same_event
from evidence.model import Date, Difference, Id, Name, Work


def _people(*families: str) -> tuple[Name, ...]:
    return tuple(Name(*f.split(" ", 1)) for f in families)


REGISTERED = Work(
    type="article-journal",
    title="Percutaneous Injection of Autologous Bone Marrow Concentrate Cells Significantly Reduces Lumbar "
    "Discogenic Pain Through 12 Months",
    authors=_people("Pettine Kenneth A.", "Murphy Matthew B.", "Suzuki Richard K.", "Sand Theodore T."),
    issued=Date(2015, 1),
    dates={"print": Date(2015, 1), "online": Date(2014, 9, 3)},
    container="Stem Cells",
    short_container="Stem Cells",
    volume="33",
    issue="1",
    pages="146-156",
    ids=(Id("doi", "10.1002/stem.1845"),),
)
WRITTEN = Work(
    type="article-journal",
    title="Percutaneous injection of autologous bone marrow concentrate cells significantly reduces lumbar "
    "discogenic pain through 12 months.",
    authors=_people("Pettine KA", "Murphy MB", "Suzuki RK", "Sand TT"),
    issued=Date(2015, 1),
    container="Stem Cells",
    volume="33",
    issue="1",
    pages="146-56",
)


def _said(written: Work, registered: Work = REGISTERED, text: str = "") -> list[tuple[str, str]]:
    return [(d.field, d.weight) for d in compare(written, registered, text).differences]


def _only(written: Work, registered: Work = REGISTERED) -> Difference:
    (difference,) = compare(written, registered).differences
    return difference


def test_what_agrees_says_nothing() -> None:
    found = compare(WRITTEN, REGISTERED)
    assert found.differences == ()
    assert set(found.agreements.values()) == {"agrees"}
    assert compare(REGISTERED, REGISTERED).differences == ()


def test_what_is_not_written_is_absent() -> None:
    found = compare(Work(title=WRITTEN.title), REGISTERED)
    assert found.differences == ()
    assert found.agreements == {
        "title": "agrees",
        "author": "absent",
        "year": "absent",
        "container": "absent",
        "volume": "absent",
        "issue": "absent",
        "pages": "absent",
    }


def test_a_changed_title_word_is_an_error() -> None:
    difference = _only(replace(WRITTEN, title=WRITTEN.title.replace("lumbar", "cervical")))
    assert (difference.field, difference.weight, difference.detail) == (
        "title",
        "error",
        "'cervical' for 'lumbar'",
    )


@pytest.mark.parametrize(
    ("authors", "weight", "words"),
    [
        (("Smith J", "Murphy MB", "Suzuki RK", "Sand TT"), "error", "another first author"),
        (("Murphy MB", "Pettine KA", "Suzuki RK", "Sand TT"), "error", "registered as author 2"),
        (("Pettine KA", "Suzuki RK", "Murphy MB", "Sand TT"), "warning", "order"),
        (("Pettine KA", "Murphy MB", "Suzuki RK"), "warning", "Sand TT left out"),
        (("Pettine KA", "Murphy MB", "Jones RK", "Sand TT"), "warning", "Jones RK for Suzuki RK"),
        (("Pettine KA", "Murphy MB", "Suzuki RK", "Sand TT", "Extra E"), "warning", "author 5 Extra E"),
        (("Pettine BJ", "Murphy MB", "Suzuki RK", "Sand TT"), "warning", "other initials"),
        (("Petine KA", "Murphy MB", "Suzuki RK", "Sand TT"), "note", "a letter"),
    ],
)
def test_authors(authors: tuple[str, ...], weight: str, words: str) -> None:
    found = compare(replace(WRITTEN, authors=_people(*authors)), REGISTERED).differences
    assert found[0].field == "author"
    assert found[0].weight == weight
    assert words in found[0].detail


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        (("Garcia-Sancho J",), ("García-Sancho Javier",)),
        (("GarcÃ­a J",), ("García Javier",)),
        (("Muller A",), ("Müller Anna",)),
        (("Mueller A",), ("Müller Anna",)),
        (("Sørensen B",), ("Sorensen Bo",)),
        (("SMITH JA",), ("Smith John Adam",)),
        (("Wei Zhang",), ("Zhang Wei",)),
        (("Garc\ufffda J",), ("García Javier",)),
        (("Lopez A",), ("Lopez-Garcia Ana",)),
    ],
)
def test_names_that_are_one(written: tuple[str, ...], registered: tuple[str, ...]) -> None:
    found = compare(Work(authors=_people(*written)), Work(authors=_people(*registered)))
    assert found.differences == ()
    assert found.agreements["author"] == "agrees"


def test_et_al_and_groups_are_no_difference() -> None:
    cut = replace(WRITTEN, authors=WRITTEN.authors[:2], more_authors=True)
    assert _said(cut) == []
    group = replace(REGISTERED, authors=(*REGISTERED.authors, Name(literal="Disc Study Group")))
    assert _said(WRITTEN, group) == []
    assert _said(replace(WRITTEN, authors=(Name(literal="Disc Study Group"),))) == []


def test_authors_missing_in_the_registry_accuse_nobody() -> None:
    assert _said(WRITTEN, replace(REGISTERED, authors=())) == []
    old = replace(REGISTERED, authors=REGISTERED.authors[:1], issued=Date(1987), dates={})
    assert _said(replace(WRITTEN, issued=Date(1987)), old) == [("author", "note")]


def test_an_author_who_stands_in_the_text_is_not_left_out() -> None:
    text = "Pettine KA, Murphy MB, Suzuki RK, Sand TT. Percutaneous injection …"
    assert _said(replace(WRITTEN, authors=WRITTEN.authors[:3]), text=text) == []
    assert _said(replace(WRITTEN, authors=_people("Concentrate C")), text=f"[4] {text}") == []


@pytest.mark.parametrize(
    ("year", "dates", "weights"),
    [
        (2015, {"print": 2015, "online": 2014}, []),
        (2014, {"print": 2015, "online": 2014}, []),
        (2016, {"print": 2015, "online": 2014}, ["warning"]),
        (2015, {"print": 2016, "online": 2014}, []),
        (2014, {"print": 2015}, []),
        (2016, {"print": 2015}, ["warning"]),
        (2016, {"online": 2015}, []),
        (2014, {"online": 2015}, ["warning"]),
        (2016, {}, []),
        (2017, {}, ["warning"]),
    ],
)
def test_print_and_online_years(year: int, dates: dict[str, int], weights: list[str]) -> None:
    registered = Work(
        issued=Date(dates.get("print", dates.get("online", 2015))),
        dates={k: Date(v) for k, v in dates.items()},
    )
    found = compare(Work(issued=Date(year)), registered)
    assert [d.weight for d in found.differences] == weights


def test_no_registered_date_is_no_difference() -> None:
    assert _said(WRITTEN, replace(REGISTERED, issued=None, dates={})) == []


@pytest.mark.parametrize("container", ["Stem Cells and Development", "Cell Stem Cell", "Spine"])
def test_another_journal_is_a_warning(container: str) -> None:
    difference = _only(replace(WRITTEN, container=container))
    assert (difference.field, difference.weight) == ("container", "warning")
    assert (difference.written, difference.registered) == (container, "Stem Cells")


def test_where_it_was_read_is_not_a_journal() -> None:
    assert _said(replace(WRITTEN, container="PubMed")) == []
    assert _said(replace(WRITTEN, container="A subtitle. Stem Cells")) == []


def test_conferences_and_books_go_by_what_they_share() -> None:
    full = Work(
        type="paper-conference",
        container="2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
    )
    for name, state in (
        ("CVPR", "agrees"),
        ("Proc. Computer Vision and Pattern Recognition", "agrees"),
        ("ICML", "differs"),
        ("NeurIPS", "differs"),
        ("Lecture Notes in Imagination", "absent"),
    ):
        assert compare(Work(type="paper-conference", container=name), full).agreements["container"] == state


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("NeurIPS", "Advances in Neural Information Processing Systems 34", True),
        ("NIPS 2012", "Advances in Neural Information Processing Systems", True),
        ("ICLR", "Advances in Neural Information Processing Systems", False),
        ("AISTATS", "International Conference on Machine Learning", False),
        ("ICML", "Proceedings of the 38th International Conference on Machine Learning", True),
        ("ECCV", "Lecture Notes in Computer Science", None),
        ("Symposium on Machine Reasoning", "International Conference on Machine Learning", False),
        ("Workshop on Imaginary Gardens", "Advances in Neural Information Processing Systems", False),
        (
            "Asian Conference on Machine Learning",
            "International Conference on Learning Representations",
            False,
        ),
    ],
)
def test_large_conferences_are_known_by_name_and_acronym(one: str, other: str, same: bool | None) -> None:
    assert same_event([one], [other]) is same


@pytest.mark.parametrize(
    ("field", "value"),
    [("volume", "34"), ("issue", "2"), ("pages", "145-56"), ("pages", "146-58"), ("pages", "12")],
)
def test_the_place_in_the_journal(field: str, value: str) -> None:
    difference = _only(replace(WRITTEN, **{field: value}))  # type: ignore[arg-type]
    assert (difference.field, difference.weight, difference.written) == (field, "warning", value)


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("146-56", "146-156"),
        ("146–156", "146-156"),
        ("pp. 146--156", "146-156"),
        ("S12-9", "S12-S19"),
        ("e1-12", "e1-e12"),
        ("12-9", "S12-S19"),
        ("0146-0156", "146-156"),
        ("146", "146-156"),
        ("146-156", "146-56"),
        ("iv-xii", "iv-xii"),
        ("234b", "234b-234"),
        ("Article 377", "377"),
        ("1999-2003", "1999-2003"),
        ("99-103", "99-103"),
        ("146-56, 160", "146-156"),
        ("e0123", "e123"),
        ("1023-8", "1023-1028"),
        ("317-28.", "317-328"),
    ],
)
def test_pages_that_are_one(written: str, registered: str) -> None:
    assert locators.check_pages(Work(pages=written), Work(pages=registered)).state == "agrees"


@pytest.mark.parametrize(
    ("written", "registered", "state"),
    [
        ("234b", "234c-234", "differs"),
        ("146-157", "146-156", "differs"),
        ("1-12", "e0123456", "absent"),
        ("123456", "1-12", "absent"),
        ("8", "1-5", "differs"),
        ("", "1", "absent"),
        ("in press", "1-5", "absent"),
    ],
)
def test_pages_that_are_not(written: str, registered: str, state: str) -> None:
    assert locators.check_pages(Work(pages=written), Work(pages=registered)).state == state


def test_an_article_number_beside_pages() -> None:
    registered = Work(pages="1-9", extra={"article_number": "e0259629"})
    assert locators.check_pages(Work(pages="e0259629"), registered).state == "agrees"
    assert locators.check_pages(Work(pages="1-9"), registered).state == "agrees"


@pytest.mark.parametrize(
    ("ours", "theirs", "state"),
    [
        ("33", "33", "agrees"),
        ("033", "33", "agrees"),
        ("XXXIII", "33", "agrees"),
        ("Vol. 33", "33", "agrees"),
        ("33 Suppl 1", "33", "agrees"),
        ("33", "Publish Ahead of Print", "absent"),
        ("12", "2015", "absent"),
        ("2018", "2015", "differs"),
        ("33", "34", "differs"),
        ("", "33", "absent"),
    ],
)
def test_volumes(ours: str, theirs: str, state: str) -> None:
    registered = Work(volume=theirs, issued=Date(2015))
    assert locators.check_volume(Work(volume=ours), registered).state == state


@pytest.mark.parametrize(
    ("ours", "theirs", "state"),
    [
        ("4", "4", "agrees"),
        ("4", "4-5", "agrees"),
        ("5", "4-5", "agrees"),
        ("4 Pt 1", "4", "agrees"),
        ("S1", "Suppl 1", "agrees"),
        ("April", "4", "absent"),
        ("3", "4", "differs"),
        ("IV", "4", "agrees"),
    ],
)
def test_issues(ours: str, theirs: str, state: str) -> None:
    assert locators.check_issue(Work(issue=ours), Work(issue=theirs)).state == state


def test_a_preprint_cited_as_published() -> None:
    preprint = Work(
        type="article",
        title=REGISTERED.title,
        authors=REGISTERED.authors,
        issued=Date(2015),
        ids=(Id("doi", "10.1101/2014.09.01.123456"),),
    )
    assert _said(WRITTEN, preprint) == [("type", "warning")]
    assert _said(replace(WRITTEN, container="bioRxiv", type="article"), preprint) == []
    # a publisher posts preprints too, and its name behind the title says no more
    assert (
        _said(replace(WRITTEN, container="Copernicus GmbH"), replace(preprint, publisher="Copernicus")) != []
    )
    assert (
        _said(replace(WRITTEN, container="Copernicus"), replace(preprint, publisher="Copernicus GmbH")) == []
    )
    journal = Work(
        type="article-journal", container="Genome Research", ids=(Id("doi", "10.1101/gr.1234.01"),)
    )
    assert _said(Work(container="Genome Res"), journal) == []


def test_a_chapter_cited_by_the_doi_of_its_book() -> None:
    book = Work(type="book", title="Handbook of Discs", editors=_people("Editor E"), issued=Date(2010))
    chapter = Work(
        type="chapter",
        title="On pain",
        authors=_people("Smith A"),
        container="Handbook of Discs",
        pages="1-9",
        issued=Date(2010),
    )
    assert _said(chapter, book) == [("type", "note")]


def test_publishers_of_books_are_notes_at_most() -> None:
    book = Work(type="book", title="Handbook of Discs", publisher="Springer International Publishing")
    assert _said(Work(type="book", title="Handbook of Discs", publisher="Springer"), book) == []
    assert _said(Work(type="book", title="Handbook of Discs", publisher="Elsevier"), book) == [
        ("publisher", "note")
    ]


def test_identifiers_that_differ_are_errors() -> None:
    assert _only(replace(WRITTEN, ids=(Id("doi", "10.1/other"),))).weight == "error"


def test_a_thousand_authors_cost_little() -> None:
    chance = random.Random(1)
    people = [Name("".join(chance.choice("abcdefghij") for _ in range(8)), "AB") for _ in range(1_000)]
    mixed = list(people)
    chance.shuffle(mixed)
    start = time.process_time()
    compare(Work(authors=tuple(mixed)), Work(authors=tuple(people)))
    assert time.process_time() - start < 6


@pytest.mark.parametrize("piece", ["1-", "1 ", "p. ", "a1", "- ", "i", "1;"])
def test_long_locators_cost_little(piece: str) -> None:
    start = time.process_time()
    work = Work(pages=piece * 50_000, volume=piece * 50_000, issue=piece * 50_000, container=piece * 50_000)
    compare(work, replace(work, pages=f"9{piece * 50_000}"), piece * 50_000)
    assert time.process_time() - start < 5


def test_a_year_between_print_and_a_late_digitisation_is_wrong() -> None:
    old = Work("article-journal", "T", issued=Date(1985), dates={"print": Date(1985), "online": Date(2016)})
    assert year_agrees(Work(issued=Date(1985)), old)
    assert year_agrees(Work(issued=Date(2016)), old)
    assert not year_agrees(Work(issued=Date(1990)), old)


def test_a_person_whose_name_is_kept_whole_in_braces_is_not_left_out() -> None:
    written = replace(WRITTEN, authors=(*WRITTEN.authors[:3], Name(literal="Theodore T. Sand")))
    assert not [d for d in compare(written, REGISTERED).differences if d.field == "author"]
