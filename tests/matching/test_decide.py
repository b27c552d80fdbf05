"""The right work is found, twins are refused, what is alike stays ambiguous, and what is absent is absent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evidence.matching.decide import LINK, confirm, decide
from evidence.model import Date, Id, Name, Record, Work


def _record(
    doi: str, title: str, authors: str, year: int, container: str, place: str = "", **more: object
) -> Record:
    """Make a record; `authors` is "Family Given; …", `place` is "volume(issue):pages"."""
    volume, _, pages = place.partition(":")
    volume, _, issue = volume.rstrip(")").partition("(")
    work = Work(
        "article-journal",
        title,
        authors=_people(authors),
        issued=Date(year),
        container=container,
        volume=volume,
        issue=issue,
        pages=pages,
        ids=(Id("doi", doi),),
    )
    return Record("crossref", replace(work, **more))  # type: ignore[arg-type]


def _people(text: str) -> tuple[Name, ...]:
    return tuple(Name(*part.strip().split(" ", 1)) for part in text.split(";") if part.strip())


KROCK = _record(
    "10.2174/krock",
    "The Inflammatory Milieu of the Degenerate Disc: Is Mesenchymal Stem Cell-based Therapy for "
    "Intervertebral Disc Repair a Feasible Approach?",
    "Krock Emerson; Rosenzweig Derek; Haglund Lisbet",
    2015,
    "Current Stem Cell Research & Therapy",
    "10(4):317-328",
)
CLARKE = _record(
    "10.2174/clarke",
    "Harnessing the Potential of Mesenchymal Stem Cells for IVD Regeneration",
    "Clarke Louise; Richardson Stephen; Hoyland Judith",
    2015,
    "Current Stem Cell Research & Therapy",
    "10(4):296-306",
)
PETTINE = _record(
    "10.1002/stem.1845",
    "Percutaneous Injection of Autologous Bone Marrow Concentrate Cells Significantly Reduces Lumbar "
    "Discogenic Pain Through 12 Months",
    "Pettine Kenneth; Murphy Matthew; Suzuki Richard; Sand Theodore",
    2015,
    "Stem Cells",
    "33(1):146-156",
)
TWO_YEARS = _record(
    "10.1007/s00264-015-2886-4",
    "Treatment of discogenic back pain with autologous bone marrow concentrate injection with minimum "
    "two year follow-up",
    "Pettine Kenneth; Suzuki Richard; Sand Theodore; Murphy Matthew",
    2016,
    "International Orthopaedics",
    "40(1):135-140",
)
CONFERENCE = _record(
    "10.1/abstract",
    "Percutaneous Lumbar Intradiscal Injection of Autologous Bone Marrow Concentrate Cells "
    "Significantly Reduces Lumbar Discogenic Pain",
    "Pettine Kenneth",
    2014,
    "Clinical Translation of Stem Cells",
)
WORLD = [CLARKE, CONFERENCE, KROCK, TWO_YEARS, PETTINE]


def _cited(record: Record, **changes: object) -> Work:
    """Cite a record as PubMed does, without its DOI."""
    work = replace(
        record.work,
        ids=(),
        title=f"{record.work.title}.",
        pages=record.work.pages,
        authors=tuple(Name(n.family, n.given[:1]) for n in record.work.authors),
    )
    return replace(work, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("record", WORLD[:1] + WORLD[2:], ids=lambda r: r.work.doi)
def test_each_study_is_found_among_its_traps(record: Record) -> None:
    match = decide(_cited(record), WORLD)
    assert match.outcome == "match"
    assert match.record == record
    assert match.differences == ()
    assert LINK <= match.confidence <= 1


@pytest.mark.parametrize("record", WORLD[:1] + WORLD[2:], ids=lambda r: r.work.doi)
def test_without_the_right_work_its_traps_are_not_taken(record: Record) -> None:
    match = decide(_cited(record), [r for r in WORLD if r != record])
    assert match.outcome == "no-match"
    assert match.record is None


def test_a_web_reference_is_found_by_title_journal_and_year() -> None:
    written = Work("article-journal", PETTINE.work.title, issued=Date(2015), container="Stem Cells")
    assert decide(written, WORLD).record == PETTINE
    assert decide(replace(written, issued=Date(2011)), WORLD).outcome == "no-match"


def test_a_title_alone_is_not_enough() -> None:
    match = decide(Work("article-journal", PETTINE.work.title), WORLD)
    assert match.outcome == "ambiguous"
    assert match.record is None
    assert match.alternatives[0].record == PETTINE


def test_no_title_needs_author_journal_and_place() -> None:
    written = Work(
        authors=_people("Krock E"),
        container="Curr Stem Cell Res Ther",
        issued=Date(2015),
        volume="10",
        pages="317",
    )
    assert decide(written, WORLD).record == KROCK
    assert decide(replace(written, pages="296"), WORLD).outcome == "no-match"
    assert decide(replace(written, pages=""), WORLD).outcome == "no-match"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued": Date(2011)}, "year"),
        ({"container": "Spine"}, "container"),
        ({"volume": "34"}, "volume"),
        ({"pages": "147-157"}, "pages"),
        ({"authors": _people("Smith J; Murphy M; Suzuki R; Sand T")}, "author"),
        ({"title": PETTINE.work.title.replace("Lumbar", "Cervical")}, "title"),
    ],
)
def test_a_work_described_wrongly_in_one_field_is_found_and_the_field_named(
    changes: dict[str, object], field: str
) -> None:
    match = decide(_cited(PETTINE, **changes), WORLD)
    assert match.record == PETTINE
    assert {d.field for d in match.differences if d.weight != "note"} == {field}


TWIN_TITLES = [
    "{}. Part 2",
    "{} - Reply",
    "Reply to {}",
    "Erratum: {}",
    "Retraction: {}",
    "Editorial: {}",
    "{}: 2016 update",
]


@pytest.mark.parametrize("form", TWIN_TITLES)
def test_twins_are_not_taken_for_one_another(form: str) -> None:
    title = "Exercise for chronic pain of the lower back"
    paper = _record("10.1/a", title, "Smith Anna", 2015, "Spine", "3(1):10-19")
    twin = _record("10.1/b", form.format(title), "Smith Anna", 2015, "Spine", "3(1):10-11")
    assert decide(_cited(paper), [twin]).outcome == "no-match"
    assert decide(_cited(twin), [paper]).outcome == "no-match"
    assert decide(_cited(paper), [twin, paper]).record == paper
    assert decide(_cited(twin), [paper, twin]).record == twin


def test_a_common_title_needs_author_and_place() -> None:
    records = [
        _record(f"10.1/{n}", "Low back pain", "Smith Anna", 2015, "Spine", f"3(1):{n}0-{n}9")
        for n in range(1, 4)
    ]
    assert decide(_cited(records[1]), records).record == records[1]
    assert (
        decide(
            Work("article-journal", "Low back pain", issued=Date(2015), container="Spine"), records
        ).outcome
        == "no-match"
    )
    ambiguous = decide(_cited(records[1], pages="", volume="", issue=""), records)
    assert ambiguous.outcome == "ambiguous"
    assert ambiguous.record is None
    assert {m.record for m in ambiguous.alternatives} == set(records)


def test_two_registrations_of_one_work_are_ambiguous() -> None:
    again = replace(PETTINE, work=replace(PETTINE.work, ids=(Id("doi", "10.9/again"),)))
    match = decide(_cited(PETTINE), [PETTINE, again])
    assert match.outcome == "ambiguous"
    assert len(match.alternatives) == 2
    assert decide(_cited(PETTINE), [PETTINE, PETTINE]).record == PETTINE


def test_the_article_is_taken_rather_than_its_preprint() -> None:
    preprint = replace(
        PETTINE,
        work=replace(
            PETTINE.work,
            type="article",
            container="",
            volume="",
            issue="",
            pages="",
            ids=(Id("doi", "10.1101/2014.123456"),),
        ),
    )
    cited = _cited(PETTINE, volume="", issue="", pages="")
    assert decide(cited, [preprint, PETTINE]).record == PETTINE
    only = decide(cited, [preprint])
    assert only.outcome == "match"
    assert [d.field for d in only.differences] == ["type"]
    as_preprint = replace(cited, type="article", container="bioRxiv")
    assert decide(as_preprint, [preprint, PETTINE]).record == preprint
    assert decide(as_preprint, [PETTINE]).outcome == "no-match"


@pytest.mark.parametrize("kind", ["periodical", "review", "dataset"])
def test_what_is_no_paper_is_not_taken_for_one_and_named(kind: str) -> None:
    beside = replace(PETTINE, work=replace(PETTINE.work, type=kind, ids=(Id("doi", "10.1234/beside"),)))
    found = decide(_cited(PETTINE), [beside])
    assert (found.outcome, found.record) == ("ambiguous", None)
    assert [a.record for a in found.alternatives] == [beside]
    assert decide(_cited(PETTINE), [beside, PETTINE]).record == PETTINE
    assert (
        decide(_cited(PETTINE, title="Swimming for the relief of neck pain"), [beside]).outcome == "no-match"
    )


def test_a_data_set_is_cited_by_its_title_and_its_publisher() -> None:
    data = _record(
        "10.1234/data",
        "Walking speeds of gardeners in four towns",
        "Pettine Kenneth A",
        2015,
        "Archive of Numbers: Deposited Sets",
        type="dataset",
        publisher="The Numbers Foundation",
    )
    text = "Pettine KA. Walking speeds of gardeners in four towns. The Numbers Foundation; 2015."
    for container in ("", "Numbers Foundation"):
        cited = _cited(data, container=container)
        assert decide(cited, [data], text).record == data
        assert not decide(cited, [data], text).differences


def test_a_book_is_not_its_chapter() -> None:
    chapter = _record(
        "10.1/c", "Disc regeneration in adults today", "Smith Anna", 2015, "Spine Handbook", type="chapter"
    )
    assert decide(_cited(chapter, type="book"), [chapter]).outcome == "no-match"


def test_a_scan_is_read() -> None:
    title = (
        PETTINE.work.title.replace("Autologous", "Autolgous")
        .replace("Concentrate", "Concen trate")
        .replace("ou", "oo")
    )
    match = decide(_cited(PETTINE, title=title), WORLD)
    assert match.record == PETTINE


def test_the_text_helps_where_the_reference_was_read_wrongly() -> None:
    text = "Krock E, Rosenzweig DH. " + KROCK.work.title + " Curr Stem Cell Res Ther. 2015;10(4):317-28."
    written = Work(
        "article-journal", "The Inflammatory Milieu", container="Is Mesenchymal", issued=Date(2015)
    )
    match = decide(written, WORLD, text)
    assert match.record == KROCK
    assert match.differences == ()


def test_letters_of_one_exchange_on_one_page_stay_apart() -> None:
    one = _record("10.1/a", "Benefits and risks of rest", "Smith Anna", 2012, "JAMA", "308(11):1088")
    other = _record("10.1/b", "Benefits and risks of rest", "Jones Bert", 2012, "JAMA", "308(11):1088")
    assert decide(_cited(one), [other]).outcome == "no-match"
    assert decide(_cited(one), [other, one]).record == one


def test_nothing_comes_of_nothing() -> None:
    assert decide(_cited(PETTINE), []).outcome == "no-match"
    assert decide(Work(), WORLD).outcome == "no-match"


def test_a_doi_that_names_the_work_is_confirmed() -> None:
    match = confirm(_cited(PETTINE), PETTINE)
    assert (match.outcome, match.record, match.differences) == ("match", PETTINE, ())
    assert confirm(Work(ids=(Id("doi", "10.1002/stem.1845"),)), PETTINE).outcome == "match"


def test_a_near_miss_is_the_work_described_wrongly() -> None:
    match = confirm(_cited(PETTINE, title=PETTINE.work.title.replace("Lumbar", "Cervical")), PETTINE)
    assert match.outcome == "match"
    assert [(d.field, d.detail) for d in match.differences] == [("title", "'cervical' for 'lumbar'")]
    authors = confirm(_cited(PETTINE, authors=_people("Smith J; Jones B")), PETTINE)
    assert authors.outcome == "match"
    assert authors.differences[0].weight == "error"


@pytest.mark.parametrize("other", [KROCK, CLARKE, TWO_YEARS], ids=lambda r: r.work.doi)
def test_a_doi_of_another_work_is_told(other: Record) -> None:
    match = confirm(_cited(PETTINE), other)
    assert match.outcome == "no-match"
    assert match.record is None
    assert match.reason


def test_a_doi_of_a_neighbour_in_the_same_issue_is_told() -> None:
    assert confirm(_cited(KROCK), CLARKE).outcome == "no-match"
    assert confirm(_cited(CLARKE), KROCK).outcome == "no-match"
    assert confirm(Work(title=KROCK.work.title), CLARKE).outcome == "no-match"


def test_a_doi_of_the_reply_is_told() -> None:
    reply = _record(
        "10.1/r", f"{CLARKE.work.title}: Reply", "Clarke L", 2015, CLARKE.work.container, "10(4):400"
    )
    assert confirm(_cited(CLARKE), reply).outcome == "no-match"


def test_a_fabricated_title_on_right_details_is_a_title_difference() -> None:
    match = confirm(_cited(PETTINE, title="Deep networks for the forecast of grain harvests"), PETTINE)
    assert match.outcome == "match"
    assert [d.field for d in match.differences] == ["title"]


def test_a_registry_without_title_or_authors_confirms() -> None:
    bare = replace(PETTINE, work=replace(PETTINE.work, title="", authors=(), issued=None))
    match = confirm(_cited(PETTINE), bare)
    assert (match.outcome, match.differences) == ("match", ())


def test_an_alias_is_no_difference() -> None:
    alias = replace(PETTINE, alias="10.1002/old")
    match = confirm(_cited(PETTINE, ids=(Id("doi", "10.1002/old"),)), alias)
    assert match.differences == ()


def test_the_book_of_a_chapter_is_confirmed() -> None:
    book = Record(
        "crossref", Work("book", "Handbook of Discs", editors=_people("Editor Eva"), issued=Date(2010))
    )
    chapter = Work(
        "chapter",
        "On pain in general",
        authors=_people("Smith A"),
        container="Handbook of Discs",
        pages="1-9",
        issued=Date(2010),
    )
    match = confirm(chapter, book)
    assert match.outcome == "match"
    assert [(d.field, d.weight) for d in match.differences] == [("type", "note")]


def test_an_entry_of_no_kind_may_be_data() -> None:
    data = Work(
        type="dataset",
        title="Trials of back pain and their data",
        authors=(Name("Smith", "A"),),
        issued=Date(2015),
    )
    found = decide(
        replace(data, type="document"), [Record("crossref", replace(data, ids=(Id("doi", "10.1234/d"),)))]
    )
    assert found.outcome == "match"
    article = replace(data, type="article-journal", container="Spine")
    assert decide(article, [Record("crossref", data)]).record is None


@pytest.mark.parametrize("more", [{}, {"volume": "1"}, {"container": "Spine"}])
def test_a_long_title_alone_is_not_called_unknown(more: dict[str, Any]) -> None:
    title = "Why trials of bed rest disagree so often"
    held = _record("10.1234/rest", title, "Smith Anna", 2015, "Spine", "1(1):1-9")
    cited = Work(type="article-journal", title=title, **more)
    found = decide(cited, [held])
    assert found.outcome == "ambiguous"
    assert [m.record.work.doi for m in found.alternatives if m.record] == ["10.1234/rest"]
    assert decide(replace(cited, issued=Date(1999)), [held]).outcome == "no-match"
    assert decide(replace(cited, title=title.replace("bed", "home")), [held]).outcome == "no-match"


AT_A_MEETING = _record(
    "10.1/meeting",
    "Learning to rest in six small steps",
    "Smith Anna; Jones Bert; Hill Cleo",
    2012,
    "International Conference on Machine Learning",
    type="paper-conference",
)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "Learning to walk in six small steps"}),
        ("author", {"authors": _people("Quill Dora; Lark Emil")}),
        ("year", {"issued": Date(2034)}),
        ("container", {"container": "NeurIPS"}),
    ],
)
def test_a_paper_without_volume_and_pages_is_known_by_all_but_one_field(
    field: str, changes: dict[str, object]
) -> None:
    cited = replace(_cited(AT_A_MEETING), type="paper-conference", container="ICML")
    match = decide(replace(cited, **changes), [AT_A_MEETING])  # type: ignore[arg-type]
    assert match.outcome == "match"
    assert {d.field for d in match.differences if d.weight != "note"} == {field}


def test_two_other_fields_or_one_author_are_not_enough_without_a_place() -> None:
    cited = replace(_cited(AT_A_MEETING), type="paper-conference", container="ICML")
    assert decide(replace(cited, issued=Date(2034), container="NeurIPS"), [AT_A_MEETING]).outcome != "match"
    assert (
        decide(replace(cited, issued=Date(2034), authors=cited.authors[:1]), [AT_A_MEETING]).outcome
        != "match"
    )
    assert decide(replace(cited, issued=Date(2014)), [AT_A_MEETING]).outcome != "match"
