"""From an entry's fields to a work, and where each part stands."""

from __future__ import annotations

import pytest

from evidence.bibliography.kinds import CSL_TYPES, entry_type, work_type
from evidence.bibliography.values import FIELD_NAMES
from evidence.model import Date, Id, Name, Work
from tests.bibliography.made import document, field, kinds, work


def test_a_journal_article() -> None:
    read = document(
        "@Article{orozco2011,\n"
        "  Author = {Orozco, Lluis and S{\\'a}nchez, Ana and others},\n"
        "  title = {Intervertebral Disc Repair by Autologous {M}esenchymal Cells},\n"
        "  journal = {Transplantation}, volume = 92, number = {7}, pages = {822--828},\n"
        "  year = 2011, month = oct, day = {15}, doi = {https://doi.org/10.1097/TP.0B013E3182298A15},\n"
        "  pmid = {21792091}, pmcid = {PMC123456}, issn = {0041-1337}, pubtype = {Clinical Trial},\n"
        "  url = {https://a.example/b\\_c?d=%20e#f}, urldate = {2020-02-03},\n}"
    )
    (reference,) = read.references
    assert reference.key == "orozco2011"
    assert reference.entry_type == "article"
    assert reference.work == Work(
        type="article-journal",
        title="Intervertebral Disc Repair by Autologous Mesenchymal Cells",
        authors=(Name("Orozco", "Lluis"), Name("Sánchez", "Ana")),
        more_authors=True,
        issued=Date(2011, 10, 15),
        container="Transplantation",
        volume="92",
        issue="7",
        pages="822-828",
        ids=(
            Id("doi", "10.1097/tp.0b013e3182298a15"),
            Id("pmid", "21792091"),
            Id("pmcid", "PMC123456"),
            Id("issn", "0041-1337"),
        ),
        url="https://a.example/b_c?d=%20e#f",
        accessed=Date(2020, 2, 3),
        extra={"pubtype": "Clinical Trial"},
    )
    assert field(reference, "author") == "Orozco, Lluis and S{\\'a}nchez, Ana and others"
    assert field(reference, "title") == "Intervertebral Disc Repair by Autologous {M}esenchymal Cells"
    assert field(reference, "container") == "Transplantation"
    assert field(reference, "volume") == "92"
    assert field(reference, "doi") == "https://doi.org/10.1097/TP.0B013E3182298A15"
    assert field(reference, "year") == "2011"
    assert field(reference, "accessed") == "2020-02-03"
    assert set(reference.fields) <= set(FIELD_NAMES)
    assert kinds(read) == []
    (link,) = read.links
    assert (link.url, link.cited) == ("https://a.example/b_c?d=%20e#f", True)


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("year = {2015}", Date(2015)),
        ("year = 2015, month = jan", Date(2015, 1)),
        ("year = 2015, month = {September}", Date(2015, 9)),
        ("year = 2015, month = {sept.}", Date(2015, 9)),
        ("year = 2015, month = 3", Date(2015, 3)),
        ('year = 2015, month = "15~" # mar', Date(2015, 3, 15)),
        ("year = 2015, month = {March 4}", Date(2015, 3, 4)),
        ("year = 2015, month = jan, day = 7", Date(2015, 1, 7)),
        ("year = 2015, month = {Spring}", Date(2015, None, None, "Spring")),
        ("year = 2015, month = {Jan-Feb}", Date(2015, 1, None, "Jan-Feb")),
        ("date = {2015-03-04}", Date(2015, 3, 4)),
        ("date = {2015-03}", Date(2015, 3)),
        ("date = {2015-03-04/2015-03-09}", Date(2015, 3, 4)),
        ("date = {2015~}", Date(2015)),
        ("date = {2015-21}", Date(2015, None, None, "Spring")),
        ("date = {2015}, year = {1999}", Date(2015)),
        ("year = {in press}", None),
        ("year = {2015a}", Date(2015)),
        ("year = {c. 2015}", Date(2015)),
        ("title = {T}", None),
    ],
)
def test_dates(written: str, issued: Date | None) -> None:
    assert work(f"@article{{k, {written}}}").issued == issued


def test_the_year_of_a_date_has_its_own_span() -> None:
    (reference,) = document("@online{k, date = { 2015-03-04}}").references
    assert field(reference, "year") == "2015"
    assert field(reference, "date") == " 2015-03-04"


def test_a_month_that_is_none_is_reported() -> None:
    read = document("@article{k, title={T}, year=2015, month = {Brumaire}}")
    assert kinds(read) == ["broken-entry"]
    assert "Brumaire" in read.problems[0].message
    assert kinds(document("@article{k, title={T}, month = brumaire}")) == ["undefined-macro"]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@article{k, journal = {J}}", "article-journal"),
        ("@INPROCEEDINGS{k, booktitle = {P}}", "paper-conference"),
        ("@incollection{k}", "chapter"),
        ("@inbook{k,}", "chapter"),
        ("@book{k,}", "book"),
        ("@phdthesis{k,}", "thesis"),
        ("@techreport{k,}", "report"),
        ("@online{k,}", "webpage"),
        ("@electronic{k,}", "webpage"),
        ("@www{k, title={T}}", "webpage"),
        ("@misc{k, url = {https://a.example}}", "webpage"),
        ("@misc{k, howpublished = {\\url{https://a.example}}}", "webpage"),
        ("@misc{k, howpublished = {Leaflet}}", "document"),
        ("@misc{k, url = {https://a.example}, doi = {10.1234/x}}", "document"),
        ("@misc{k, eprint = {2001.12345}, archiveprefix = {arXiv}}", "article"),
        ("@article{k, journal = {arXiv preprint arXiv:2001.12345}}", "article"),
        ("@article{k, journal = {bioRxiv}}", "article"),
        (
            "@article{k, journal = {Stem Cells}, eprint = {2001.12345}, archiveprefix = {arXiv}}",
            "article-journal",
        ),
        ("@unpublished{k,}", "manuscript"),
        ("@dataset{k,}", "dataset"),
        ("@software{k,}", "software"),
        ("@patent{k,}", "patent"),
        ("@article{k, entrysubtype = {newspaper}}", "article-newspaper"),
        ("@whatever{k, title = {T}}", "document"),
    ],
)
def test_types(entry: str, kind: str) -> None:
    assert work(entry).type == kind


@pytest.mark.parametrize("kind", sorted(CSL_TYPES))
def test_every_csl_type_can_be_written(kind: str) -> None:
    assert work_type(entry_type(kind), {"entrysubtype": kind}) == kind


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("doi = {10.1007/978-3-319\\_9}", [Id("doi", "10.1007/978-3-319_9")]),
        ("doi = {doi:10.1234/ABC}", [Id("doi", "10.1234/abc")]),
        ("doi = {not one}", []),
        ("url = {https://doi.org/10.1234/ABC}", [Id("doi", "10.1234/abc")]),
        ("url = {https://dx.doi.org/10.1234/a\\_b}", [Id("doi", "10.1234/a_b")]),
        ("note = {doi: 10.1234/abc}", [Id("doi", "10.1234/abc")]),
        ("note = {Erratum in doi: 10.1234/abc}", []),
        ("note = {PMID: 123456}", [Id("pmid", "123456")]),
        ("url = {https://pubmed.ncbi.nlm.nih.gov/123456/}", [Id("pmid", "123456")]),
        ("eprint = {123456}, eprinttype = {pubmed}", [Id("pmid", "123456")]),
        ("eprint = {arXiv:2001.12345v2}", [Id("arxiv", "2001.12345")]),
        ("eprint = {2001.12345}, archivePrefix = {arXiv}", [Id("arxiv", "2001.12345")]),
        ("eprint = {ark:/123}, eprinttype = {ark}", []),
        ("journal = {arXiv:2001.12345}", [Id("arxiv", "2001.12345")]),
        ("isbn = {978-3-16-148410-0}", [Id("isbn", "9783161484100")]),
        ("isbn = {3-16-148410-X (paperback)}", [Id("isbn", "316148410X")]),
        ("isbn = {wrong}", []),
        ("doi = {10.1234/own}, url = {https://doi.org/10.1234/other}", [Id("doi", "10.1234/own")]),
    ],
)
def test_identifiers(written: str, ids: list[Id]) -> None:
    assert list(work(f"@article{{k, {written}}}").ids) == ids


def test_an_identifier_in_an_address_has_the_span_of_its_own_characters() -> None:
    (reference,) = document("@article{k, url = {https://doi.org/10.1234/ABC?x=1}}").references
    assert field(reference, "doi") == "10.1234/ABC"


def test_a_malformed_doi_keeps_its_field() -> None:
    (reference,) = document("@article{k, doi = {10/abc}}").references
    assert reference.work.doi == ""
    assert field(reference, "doi") == "10/abc"


@pytest.mark.parametrize(
    ("written", "url", "span"),
    [
        ("url = {https://a.example/x}", "https://a.example/x", "https://a.example/x"),
        ("url = {\\url{https://a.example/x}}", "https://a.example/x", "https://a.example/x"),
        ("url = {https://a.example/\n    x}", "https://a.example/x", "https://a.example/\n    x"),
        (
            "howpublished = {\\url{https://a.example/x\\_y}}",
            "https://a.example/x_y",
            "https://a.example/x\\_y",
        ),
        ("howpublished = {Online, https://a.example/x.}", "https://a.example/x", "https://a.example/x"),
        ("note = {Available at https://a.example/x}", "https://a.example/x", "https://a.example/x"),
    ],
)
def test_addresses(written: str, url: str, span: str) -> None:
    (reference,) = document(f"@misc{{k, {written}}}").references
    assert reference.work.url == url
    assert field(reference, "url") == span


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("pages = {146--156}", "146-156"),
        ("pages = {146-56}", "146-56"),
        ("pages = {146 -- 156}", "146-156"),
        ("pages = {S12---S15}", "S12-S15"),
        ("pages = {146–156}", "146–156"),
        ("pages = 7", "7"),
        ("eid = {e12345}", "e12345"),
    ],
)
def test_pages(written: str, pages: str) -> None:
    assert work(f"@article{{k, {written}}}").pages == pages


def test_other_fields() -> None:
    book = work(
        "@incollection{k, title = {T}, subtitle = {S}, booktitle = {B}, editor = {Doe, J.}, publisher = {P},"
        " address = {Oslo}, edition = {2nd}, series = {Backs}, shorttitle = {X}, abstract = {A}, note = {N}}"
    )
    assert (book.title, book.subtitle, book.container) == ("T", "S", "B")
    assert (book.publisher, book.place, book.edition) == ("P", "Oslo", "2nd")
    assert book.editors == (Name("Doe", "J."),)
    assert book.extra == {"series": "Backs", "short_title": "X", "abstract": "A", "note": "N"}
    assert work("@phdthesis{k, school = {University of Oslo}}").publisher == "University of Oslo"
    assert work("@misc{k, howpublished = {Leaflet}}").publisher == "Leaflet"
    assert work("@article{k, journaltitle = {J}, issue = 3, location = {Bern}}").container == "J"


def test_where_something_was_available_is_kept_also_when_empty() -> None:
    (reference,) = document("@online{k, title = {T}, available = {}}").references
    assert reference.work.extra == {"available_at": ""}
    assert field(reference, "available_at") == ""


@pytest.mark.parametrize(
    ("entry", "genre"),
    [
        ("@thesis{a, title = {T}, type = {phdthesis}}", "PhD thesis"),
        ("@thesis{a, title = {T}, type = {Licentiate thesis}}", "Licentiate thesis"),
        ("@mastersthesis{a, title = {T}}", "Master's thesis"),
        ("@phdthesis{a, title = {T}}", None),
    ],
)
def test_the_kind_of_a_thesis(entry: str, genre: str | None) -> None:
    (reference,) = document(entry).references
    assert reference.work.extra.get("genre") == genre


def test_the_state_and_the_short_journal() -> None:
    (reference,) = document("@article{a, title = {T}, pubstate = {inpress}, shortjournal = {J X}}").references
    assert reference.work.extra["status"] == "inpress"
    assert reference.work.short_container == "J X"
