"""A text read again by a record: what of the record stands in it, and what nothing explains."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from evidence import asking
from evidence.matching.calibrating import Group, calibrated
from evidence.matching.decide import confirm, decide
from evidence.matching.far import is_far
from evidence.matching.rereading import label_around, reread
from evidence.matching.twins import kinds
from evidence.model import Date, Id, Name, Record, Work

WORK = Work(
    "article-journal",
    "Bed rest and walking for low back pain in older gardeners",
    authors=(Name("Ostergaard", "Karin"), Name("Lindqvist", "Per")),
    issued=Date(2010),
    container="Journal of Imaginary Medicine",
    volume="33",
    issue="4",
    pages="146-156",
    ids=(Id("doi", "10.1234/bed.rest"),),
)
RECORD = Record("crossref", WORK)


def found(text: str, *records: Record) -> str:
    """The outcome of `evidence match` for a text, were these the candidates."""
    reference = asking.as_reference(text)
    return decide(reference.work, records or (RECORD,), reference.raw).outcome


@pytest.mark.parametrize(
    "text",
    [
        "K. Ostergaard, P. Lindqvist, Journal of Imaginary Medicine 33, 146 (2010).",
        "K.Ostergard and P. Lindq vist, Journal ofImaginaryMedicine33, 146(2010).",
        "K. Ostergaard and P. Lindqvist, Journal of Imaginary Medicine 33, 1 46 (2O10).",
        "Ostergaard K, Lindqvist P. walking pain rest Bed low older gardeners back in for and. "
        "Journal of Imaginary Medicine. 2010. 33. 4. 146-156",
        "12. Bed rest and walk- ing for low back pain in older gardeners. J Imag Med, 2010. Available at:",
        "[3] Ostergaard K et al. Bed rest and wa1king for low back pain in o1der gardeners. J Imag Med. 2010. Review.",
    ],
)
def test_scans_orders_and_tails_are_seen_through(text: str) -> None:
    assert found(text) == "match"


@pytest.mark.parametrize(
    "text",
    [
        "K. Ostergaard, P. Lindqvist, Journal of Imaginary Medicine 33, 871 (2010).",
        "B. Quill, Journal of Imaginary Medicine 33, 146 (2010).",
        "Ostergaard K. Swimming for neck pain in young sailors. J Imag Med. 2010;33(4):199-203.",
        "Ostergaard K, Lindqvist P. Reply to: Bed rest and walking for low back pain in older gardeners. "
        "Journal of Imaginary Medicine. 2010;33(4):157.",
        "Quill B. Bed rest and walking for low back pain in older gardeners—Reply. J Imag Med. 2010;33(6):301.",
        "Erratum: Bed rest and walking for low back pain in older gardeners. J Imag Med. 2011;34(1):12.",
    ],
)
def test_another_work_stays_another(text: str) -> None:
    assert found(text) != "match"


def test_what_is_left_over_speaks_against_a_record() -> None:
    text = "Ostergaard K. Journal of Imaginary Medicine 33, 146 (2010)"
    again = reread(Work(), WORK, text)
    assert again is not None
    assert again.found >= {"author", "container", "year", "volume", "pages"}
    assert again.left == 0
    assert again.numbers == 0
    assert reread(Work(), WORK, f"{text}. A long title about sailing, swimming and other pleasures") is None


def test_figures_of_an_address_are_no_volume() -> None:
    again = reread(
        Work(), WORK, "Ostergaard K. Journal of Imaginary Medicine. https://doi.org/10.1234/33.146.2010"
    )
    assert again is not None
    assert not again.found & {"volume", "pages", "year"}


def test_a_misread_number_accuses_nobody_and_a_wrong_one_is_told() -> None:
    text = "Ostergaard K, Lindqvist P. Bed rest and walking for low back pain in older gardeners. 2010, 33, 146-156."
    read = replace(WORK, ids=(), volume="146", pages="33")
    assert confirm(read, RECORD, text).differences == ()
    wrong = replace(WORK, ids=(), volume="39")
    told = confirm(wrong, RECORD, text.replace(" 33,", " 39,"))
    assert [d.field for d in told.differences] == ["volume"]


def test_a_year_that_is_the_volume_too_does_not_hide_a_wrong_year() -> None:
    record = replace(RECORD, work=replace(WORK, volume="2010"))
    text = "Ostergaard K, Lindqvist P. Bed rest and walking for low back pain in older gardeners. 2017, 2010, 146."
    told = confirm(replace(WORK, ids=(), issued=Date(2017), volume="2010", pages="146"), record, text)
    assert [d.field for d in told.differences] == ["year"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "Bed rest and walking for low neck pain in older gardeners"}, "title"),
        ({"title": "Bed rest and gardeners for low back pain in older walking"}, "title"),
        ({"authors": (Name("Quill", "B"), Name("Lindqvist", "Per"))}, "author"),
        ({"issued": Date(2004)}, "year"),
        ({"container": "Annals of Invented Surgery"}, "container"),
        ({"volume": "38"}, "volume"),
        ({"pages": "246-256"}, "pages"),
    ],
)
def test_a_work_described_wrongly_in_one_field_is_found_and_told(
    changed: dict[str, object], field: str
) -> None:
    written = replace(WORK, ids=(), **changed)  # type: ignore[arg-type]
    match = decide(written, [RECORD])
    assert match.outcome == "match"
    assert field in {d.field for d in match.differences if d.weight != "note"}


def test_two_wrong_fields_are_another_work() -> None:
    written = replace(WORK, ids=(), title="Bed rest for gardeners", volume="38", pages="9-12", authors=())
    assert decide(written, [RECORD]).outcome != "match"


def test_only_a_preprint_is_named_and_not_taken_for_the_article() -> None:
    preprint = replace(WORK, type="article", container="bioRxiv", volume="", issue="", pages="")
    match = decide(replace(WORK, ids=()), [Record("crossref", preprint)])
    assert match.outcome == "ambiguous"
    assert [m.record.work.type for m in match.alternatives if m.record] == ["article"]


def test_far_candidates_are_told_by_little() -> None:
    far = replace(
        WORK, title="The chemistry of old lamps and their glass", authors=(), pages="9-12", volume="2"
    )
    assert is_far(far, "Ostergaard K. Bed rest for back pain. J Imag Med. 2010;33:146-56.")
    assert not is_far(WORK, "Ostergaard K. Bed rest for back pain. J Imag Med. 2010;33:146-56.")


def test_labels_around_a_title() -> None:
    title = "Bed rest for pain of the lower back"
    assert label_around(f"Reply to “{title}”. J Imag Med", title) == "Reply"
    assert label_around(f"{title}: Reply. J Imag Med", title) == "Reply"
    assert label_around(f"Moreau, A. {title}. J Imag Med", title) == ""
    assert kinds("Reply: Letter: Bed rest") == {"reply", "comment"}
    assert kinds("Bed rest and its response to letters") == frozenset()


def test_confidence_rises_with_the_evidence_and_stays_a_probability() -> None:
    for group in get_args(Group):
        values = [calibrated(step / 100, group) for step in range(101)]
        assert values == sorted(values)
        assert 0 <= values[0] <= values[-1] <= 1
    assert calibrated(0.9, "taken") > calibrated(0.9, "open") > 0
    assert calibrated(0.9, "taken") > calibrated(0.9, "refused")


def test_a_string_without_readable_fields_is_searched_for_by_its_words() -> None:
    reference = asking.as_reference("Harry Somers 1975.")
    assert "somers" in asking.as_asked(reference).work.title.casefold()


@pytest.mark.parametrize(
    ("container", "text"),
    [
        (
            "Imaginary & Real Medicine",
            "K. Ostergaard and P. Lindqvist, lmaginary& Real Medicine33, 146 (2010).",
        ),
        ("2010 3rd Imaginary Meeting", "K. Ostergaard, P. Lindqvist, 2010 3rd Imaginary Meeting (2010)."),
        ("Imag Med", "K. Ostergaard, P. Lindqvist, Imag Med 1, 650 (2010)."),
    ],
)
def test_a_number_beside_the_journal_is_not_taken_for_its_end(container: str, text: str) -> None:
    volume, pages = ("", "") if "Meeting" in container else ("1", "650-651")
    volume, pages = ("33", "146-156") if "Real" in container else (volume, pages)
    work = replace(WORK, container=container, volume=volume, issue="", pages=pages)
    again = reread(Work("article-journal"), work, text)
    assert again is not None
    assert again.numbers == 0
    assert {"author", "container", "year"} <= again.found
    assert found(text, Record("crossref", work)) == "match"


def test_a_chapter_is_known_by_its_authors_and_pages_where_the_registry_names_the_series() -> None:
    chapter = replace(
        WORK, type="chapter", container="Lecture Notes in Imagination", volume="", issue="", title="On rest"
    )
    record = Record("crossref", chapter)
    text = "K. Ostergaard, P. Lindqvist, Handbook of Gardening and Pain (2010) 146{}."
    assert found(text.format("–156"), record) == "match"
    assert found(text.format("–158"), record) != "match"
    assert found(text.replace("146", "147").format(""), record) != "match"


def test_the_title_of_one_candidate_in_the_text_outweighs_the_place_of_another() -> None:
    proceedings = replace(WORK, type="chapter", volume="", issue="", pages="")
    other = replace(proceedings, title="A theory of rakes", ids=(Id("doi", "10.1234/rakes"),))
    text = (
        "Ostergaard, Karin, Lindqvist, Per. walking pain rest Bed low older gardeners back in for and. "
        "Journal of Imaginary Medicine. 2010"
    )
    reference = asking.as_reference(text)
    match = decide(
        reference.work, [Record("crossref", other), Record("crossref", proceedings)], reference.raw
    )
    assert match.record is not None
    assert match.record.work.doi == "10.1234/bed.rest"


def test_of_two_registrations_the_work_s_own_is_taken() -> None:
    text = "K. Ostergaard, P. Lindqvist, Journal of Imaginary Medicine 33, 146 (2010)."
    copy = replace(WORK, ids=(Id("doi", "10.1234//bed.rest"),))
    reference = asking.as_reference(text)
    for records in ([RECORD, Record("crossref", copy)], [Record("crossref", copy), RECORD]):
        match = decide(reference.work, records, reference.raw)
        assert match.record is not None
        assert match.record.work.doi == "10.1234/bed.rest"


def test_initials_are_no_label_of_a_reply() -> None:
    title = "Drugs and their use"
    assert label_around(f"Burns RE. {title}. J Imag Med", title) == ""
    assert label_around(f"Burns AB. Re: {title}. J Imag Med", title) == "Re"


def test_authors_in_another_order_stay_in_it() -> None:
    text = "Lindqvist P, Ostergaard K. Bed rest and walking for low back pain in older gardeners. J Imag Med. 2010;33."
    reference = asking.as_reference(text)
    match = decide(reference.work, [Record("crossref", replace(WORK, issue="", pages=""))], reference.raw)
    assert match.outcome == "match"
    assert "author" in {d.field for d in match.differences if d.weight != "note"}


def test_what_stands_in_an_address_is_not_the_journal() -> None:
    text = (
        "Ostergaard K, Lindqvist P. Bed rest and walking for low back pain in older gardeners. Stem Cells. "
        "2010;33(4):146-56. https://doi.org/10.1234/j.jimed.2010"
    )
    work = replace(WORK, container="Journal of Imaginary Medicine", short_container="JIMED")
    match = confirm(asking.as_reference(text).work, Record("crossref", work), text)
    assert "container" in {d.field for d in match.differences}


def test_a_title_that_goes_on_is_another_where_nothing_else_is_written() -> None:
    quiz = Record("crossref", replace(WORK, title="Pathology quiz case 2", authors=()))
    assert (
        found("“Pathology quiz case 2. A lump on the thumb”, Journal of Imaginary Medicine (2010)", quiz)
        != "match"
    )


def test_little_registered_is_enough_where_it_is_all_there() -> None:
    people = (*WORK.authors, Name("Hill", "Cleo"), Name("Marsh", "Dora"))
    bare = replace(WORK, type="chapter", authors=people, issued=None, volume="", issue="", pages="")
    text = "K. Ostergaard, P. Lindqvist, C. Hill, and D. Marsh, Journal of Imaginary Medicine (n.d.)."
    assert found(text, Record("crossref", bare)) == "match"
    assert found(text, Record("crossref", replace(bare, authors=people[:2]))) != "match"
    index = replace(bare, title="Index", authors=(), issued=Date(2010), pages="571-579")
    assert found("Journal of Imaginary Medicine (2010) 571.", Record("crossref", index)) == "match"
    assert found("Journal of Imaginary Medicine (2010) 572.", Record("crossref", index)) != "match"


def test_a_short_first_name_may_have_lost_a_letter_to_a_scan() -> None:
    work = Record("crossref", replace(WORK, authors=(Name("Otto", "Karin"), *WORK.authors[1:])))
    assert found("K. ctto and P. Lindqvist, Journal of Imaginary Medicine 33, 146 (2010).", work) == "match"
    assert found("K. Brxx and P. Lindqvist, Journal of Imaginary Medicine 33, 147 (2010).", work) != "match"


def test_letters_that_a_scan_put_beside_figures_make_no_twin() -> None:
    work = Record(
        "crossref", replace(WORK, title="Faculty of 1000 evaluation for bed rest in older gardeners")
    )
    text = "Ostergaard, K. ({}) Faculty of1000 evaluafion for bed rest in older gardeners. Journal of Imaginary Medicine."
    assert found(text.format(2010), work) == "match"
    assert found(text.format(2010).replace("1000", "2000"), work) != "match"
    parts = Record("crossref", replace(WORK, title=f"{WORK.title} of 2005, phase III", pages=""))
    text = f"Ostergaard K, Lindqvist P. {WORK.title} of 2005, phase IV. Journal of Imaginary Medicine. 2010;33(4)."
    assert found(text, parts) != "match"
