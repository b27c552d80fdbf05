"""CSL-JSON, RIS, PubMed's form and EndNote XML: what is read, what is kept, what a fault costs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.bibliography.forms import FORMS, Form, form_named, left_out, read, write
from evidence.model import Date, Document, Id, Kind, Limits, Name, Source, Work

OTHERS = [form for form in FORMS if form.kind != "bib"]


def named(name: str) -> Form:
    form = form_named(name)
    assert form is not None
    return form


def document(text: str, kind: Kind, limits: Limits | None = None) -> Document:
    return read(Source("refs", text, kind), limits=limits or Limits())


RIS = """TY  - JOUR
ID  - smith2010
AU  - Smith, Anna B.
AU  - van der Berg, K.
AU  - World Health Organization,
T1  - Bed rest
for back pain
T2  - Journal of Imaginary Medicine
J2  - J Imaginary Med
PY  - 2010
DA  - 2010/03/05/
VL  - 3
IS  - 2
SP  - 146
EP  - 56
DO  - https://doi.org/10.1234/ABC
AN  - 25050446
DB  - PubMed
SN  - 0041-1337
UR  - https://example.org/a?b=1
N1  - A note
C2  - PMC123456
L1  - /home/x.pdf
ER  -\x20
"""
NBIB = """
PMID- 25050446
OWN - NLM
TI  - Bed rest for
      back pain.
FAU - Smith, Anna B
AU  - Smith AB
AU  - Berg K
CN  - World Health Organization
JT  - Journal of Imaginary Medicine
TA  - J Imaginary Med
VI  - 3
IP  - 2
PG  - 146-56
DP  - 2010 Mar 5
PT  - Journal Article
PT  - Review
IS  - 0041-1337 (Print)
AID - S0041 [pii]
AID - 10.1234/abc [doi]
PMC - PMC123456
SI  - ClinicalTrials.gov/NCT01290367

PMID- 9500320
TI  - Another.
FAU - Brown, B
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><database name="a.enl">a.enl</database>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Smith, Anna B.</style>
</author></authors></contributors><titles><title><style face="normal">Bed rest </style><style face="italic">in vivo</style>
</title><secondary-title>J Imaginary Med</secondary-title></titles><periodical><full-title>Journal of Imaginary Medicine
</full-title><abbr-1>J Imaginary Med</abbr-1></periodical><pages>146-56</pages><volume>3</volume><number>2</number>
<dates><year>2010</year><pub-dates><date>Mar 5</date></pub-dates></dates><isbn>0041-1337</isbn>
<accession-num>25050446</accession-num><electronic-resource-num>10.1234/abc</electronic-resource-num><urls><related-urls>
<url>https://example.org/ä?b=1&amp;c=2</url></related-urls></urls><label>smith2010</label></record></records></xml>
"""
CSL = """[
  {"id": "smith2010", "type": "article-journal", "title": "Bed rest <i>in vivo</i>", "volume": 3, "issue": "2",
   "author": [{"family": "Smith", "given": "Anna B."}, {"literal": "World Health Organization"}],
   "issued": {"date-parts": [["2010", 3, 5]]}, "container-title": "Journal of Imaginary Medicine",
   "page": "146-56", "DOI": "10.1234/ABC", "note": "PMID: 25050446\\nread it"},
  {"id": "http://zotero.org/users/1/items/ABC", "type": "book", "title": "Spines"}
]
"""


def test_ris() -> None:
    page = document(RIS, "ris")
    (reference,) = page.references
    work = reference.work
    assert reference.key == "smith2010"
    assert work.authors == (
        Name("Smith", "Anna B."),
        Name("Berg", "K.", "van der"),
        Name(literal="World Health Organization"),
    )
    assert (work.title, work.container, work.short_container) == (
        "Bed rest for back pain", "Journal of Imaginary Medicine", "J Imaginary Med",
    )  # fmt: skip
    assert work.issued == Date(2010, 3, 5)
    assert work.pages == "146-56"
    assert {str(i) for i in work.ids} == {
        "doi:10.1234/abc", "pmid:25050446", "pmcid:PMC123456", "issn:0041-1337",
    }  # fmt: skip
    span = reference.fields["doi"]
    assert RIS[span.start : span.end] == "https://doi.org/10.1234/ABC"
    assert [RIS[link.span.start : link.span.end] for link in page.links] == ["https://example.org/a?b=1"]
    assert page.source.notes == ("not understood, left out: L1 (1)",)
    assert page.problems == ()


def test_nbib() -> None:
    page = document(NBIB, "nbib")
    work = page.references[0].work
    assert [r.key for r in page.references] == ["smith2010", "brown"]
    assert work.authors == (
        Name("Smith", "Anna B"), Name("Berg", "K"), Name(literal="World Health Organization"),
    )  # fmt: skip
    assert (work.title, work.pages, work.issued) == ("Bed rest for back pain", "146-56", Date(2010, 3, 5))
    assert {str(i) for i in work.ids} == {
        "doi:10.1234/abc", "pmid:25050446", "pmcid:PMC123456", "issn:0041-1337", "nct:NCT01290367",
    }  # fmt: skip
    assert work.extra["pubtype"] == "Review"
    span = page.references[0].fields["doi"]
    assert NBIB[span.start : span.end] == "10.1234/abc"


def test_endnote() -> None:
    page = document(ENDNOTE, "endnote")
    (reference,) = page.references
    work = reference.work
    assert (reference.key, work.title, work.container) == (
        "smith2010", "Bed rest in vivo", "Journal of Imaginary Medicine",
    )  # fmt: skip
    assert work.issued == Date(2010, 3, 5)
    assert work.url == "https://example.org/ä?b=1&c=2"
    assert {str(i) for i in work.ids} == {"doi:10.1234/abc", "pmid:25050446", "issn:0041-1337"}
    places = {name: ENDNOTE[span.start : span.end] for name, span in reference.fields.items()}
    assert places["doi"] == "10.1234/abc"
    assert places["url"] == "https://example.org/ä?b=1&amp;c=2"


def test_csl_json() -> None:
    page = document(CSL, "csl-json")
    work = page.references[0].work
    assert [r.key for r in page.references] == ["smith2010", "spines"]
    assert (work.title, work.volume, work.issued) == ("Bed rest in vivo", "3", Date(2010, 3, 5))
    assert {str(i) for i in work.ids} == {"doi:10.1234/abc", "pmid:25050446"}
    span = page.references[0].fields["doi"]
    assert CSL[span.start : span.end] == "10.1234/ABC"


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "book", "title": "Spines", "id": "a"}',
        '{"items": [{"type": "book", "title": "Spines", "id": "a"}]}',
        '{"a": {"type": "book", "title": "Spines"}}',
        '{"type": "book", "title": "Spines", "id": "a"}\n{"type": "book", "title": "Backs", "id": "b"}\n',
    ],
)
def test_shapes_of_csl_json(text: str) -> None:
    page = document(text, "csl-json")
    assert page.references[0].key == "a"
    assert text[page.references[0].span.start : page.references[0].span.end].startswith('{"type"')
    assert page.problems == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [("csl-json", '{"name": "package", "version": "1"}'), ("csl-json", "[1, 2]"), ("csl-json", "nothing"),
     ("ris", "no record"), ("nbib", "no record"), ("endnote", "<html><body/></html>")],
)  # fmt: skip
def test_what_is_of_another_form_is_told(kind: Kind, text: str) -> None:
    page = document(text, kind)
    assert page.references == ()
    assert page.problems[0].kind == "broken-entry"


@pytest.mark.parametrize("form", OTHERS, ids=lambda form: form.name)
@pytest.mark.parametrize("text", ["", "\n", "[]"])
def test_an_empty_file_has_no_faults(form: Form, text: str) -> None:
    if text != "[]" or form.name == "csl-json":
        assert document(text, form.kind).problems == ()


def entries(count: int) -> list[tuple[str, Work]]:
    return [
        (
            f"key{n}",
            Work(type="article-journal", title=f"Bed rest, part {n}", authors=(Name("Smith", "Anna"),),
                 issued=Date(2010), container="J Imaginary Med", volume=str(n), ids=(Id("doi", f"10.1234/{n}"),)),
        )
        for n in range(count)
    ]  # fmt: skip


#: For each form, changes that break one record of many.
BREAKAGES = {
    "csl-json": [
        lambda t: t.replace('"volume": "50"', '"volume": "50'),
        lambda t: t.replace('"volume": "50"', "volume: 50"),
        lambda t: t.replace('"volume": "50",', '"volume": "50" '),
        lambda t: t.replace('"volume": "50"', '"volume": }'),
    ],
    "ris": [
        lambda t: t.replace("VL  - 50\n", "VL  - 50\n\x00\n"),
        lambda t: t.replace("TY  - JOUR\nID  - key50\n", "TY  - XXXX\nID  - key50\n"),
        lambda t: t.replace("TY  - JOUR\nID  - key50\n", "ID  - key50\n"),
        lambda t: t.replace("DO  - 10.1234/50\nER  - \n", "DO  - 10.1234/50\n"),
    ],
    "nbib": [
        lambda t: t.replace("VI  - 50\n", "VI  50\n"),
        lambda t: t.replace("TI  - Bed rest, part 50.\n", "\n"),
    ],
    "endnote": [
        lambda t: t.replace("<volume>50</volume>", "<volume>50"),
        lambda t: t.replace("<volume>50</volume>", "<volume>50</volume></record>"),
        lambda t: t.replace("10.1234/50</electronic-resource-num>", "10.1234/50</electronic-resource-num>&x;"),
        lambda t: t.replace("<volume>50</volume>", "<volume>5 & 0</volume>"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, all_ in BREAKAGES.items() for n in range(len(all_))]
)
def test_one_broken_record_costs_no_other(name: str, number: int) -> None:
    form = named(name)
    text = write(form, entries(100))
    broken = BREAKAGES[name][number](text)
    assert broken != text
    dois = {r.work.doi for r in document(broken, form.kind).references}
    assert {f"10.1234/{n}" for n in range(100) if n != 50} <= dois


def test_a_record_that_is_not_closed_is_said_to_be() -> None:
    text = write(named("ris"), entries(2)).replace("ER  - \n", "", 1)
    page = document(text, "ris")
    assert [r.key for r in page.references] == ["key0", "key1"]
    assert "ER" in page.problems[0].message
    assert page.problems[0].span.start == 0


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
    page = document(ENDNOTE.replace("<xml>", f"{bomb}<xml>").replace("<volume>3", "<volume>&b;"), "endnote")
    assert [p.kind for p in page.problems] == ["not-fully-read", "broken-entry"]
    assert "aaaa" not in repr(page.references)


def test_deep_nesting_ends_in_words() -> None:
    for text, kind in (("[" * 100_000, "csl-json"), ('{"a":' * 100_000, "csl-json"),
                       (f"<record>{'<a>' * 5_000}", "endnote"), (f"<record>{'<a>' * 5_000}</record>", "endnote")):  # fmt: skip
        assert document(text, kind).problems  # type: ignore[arg-type]


@pytest.mark.parametrize("form", OTHERS, ids=lambda form: form.name)
def test_limits_are_told(form: Form) -> None:
    works = [(key, replace(work, extra={"abstract": "x" * 600})) for key, work in entries(2)]
    text = write(form, works)
    cut = document(text, form.kind, Limits(value=500))
    assert {p.kind for p in cut.problems} == {"not-fully-read"}
    assert len(cut.references) == 2
    assert max(len(r.work.extra.get("abstract", "")) for r in cut.references) <= 500
    assert {p.kind for p in document(text, form.kind, Limits(entry=300)).problems} == {"not-fully-read"}


WORD = st.text(alphabet="abcXYZÄéß中", min_size=1, max_size=8)
TEXT = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
FAMILY = st.text(alphabet="ABCÄé", min_size=2, max_size=8).map(str.capitalize)
PEOPLE = st.lists(
    st.builds(Name, family=FAMILY, given=st.sampled_from(["Anna", "K. A.", "Jean-Pierre", "Li"]),
              particle=st.sampled_from(["", "van der", "de"]), suffix=st.sampled_from(["", "Jr."]))
    | st.builds(Name, literal=st.sampled_from(["World Health Organization", "WHO", "Department of Backs, Spineland"])),
    max_size=4,
).map(tuple)  # fmt: skip
DATES = st.builds(Date, st.integers(1800, 2100)) | st.builds(
    Date, st.integers(1800, 2100), st.integers(1, 12), st.none() | st.integers(1, 28)
)
HELD = {
    "csl-json": "short_container volume issue publisher place edition url accessed editors more series note pubtype "
    "short_title original_title keywords language abstract available online subtitle arxiv nct isbn pmcid",
    "ris": "short_container volume issue publisher place edition url accessed editors more note pubtype "
    "short_title original_title keywords language abstract arxiv nct isbn pmcid subtitle",
    "nbib": "short_container volume issue publisher edition editors note original_title keywords language abstract "
    "nct isbn pmcid subtitle",
    "endnote": "short_container volume issue publisher place edition url accessed editors more note pubtype "
    "short_title original_title keywords language abstract online arxiv nct isbn pmcid subtitle",
}  # fmt: skip
IDS = {"isbn": "9783161484100", "pmcid": "PMC123456", "arxiv": "2001.12345", "nct": "NCT01290367"}


@st.composite
def held_by(draw: st.DrawFn, form: str) -> Work:
    """A journal article that says everything that a form has a place for."""
    has = set(draw(st.lists(st.sampled_from(HELD[form].split()), unique=True)))
    extra = {
        name: draw(TEXT) for name in sorted(has & {"series", "note", "pubtype", "short_title", "original_title",
                                                   "language", "abstract", "keywords"})
    }  # fmt: skip
    if "available" in has:
        extra["available_at"] = draw(st.just("") | TEXT)
    texts = {
        name: draw(TEXT) for name in ("short_container", "volume", "issue", "publisher", "place", "edition", "subtitle")
        if name in has
    }  # fmt: skip
    return Work(
        type="article-journal",
        title=draw(TEXT),
        authors=draw(PEOPLE),
        more_authors="more" in has,
        editors=draw(PEOPLE) if "editors" in has else (),
        issued=draw(st.none() | DATES),
        dates={"online": Date(2001, 2, 3)} if "online" in has else {},
        container=draw(TEXT),
        pages=draw(st.sampled_from(["", "146-56", "S12-S15", "e1234", "1, 3-4", "146–156"])),
        ids=(Id("doi", "10.1002/stem.1845"), Id("pmid", "25187512"),
             *(Id(kind, value) for kind, value in IDS.items() if kind in has)),
        url="https://a.example/b_c%20d?e=f&g#h~i" if "url" in has else "",
        accessed=draw(DATES) if "accessed" in has else None,
        extra=extra,
        **texts,
    )  # fmt: skip


@pytest.mark.parametrize("form", OTHERS, ids=lambda form: form.name)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_a_form_can_hold_comes_back(form: Form, data: st.DataObject) -> None:
    works = data.draw(st.lists(held_by(form.name), min_size=1, max_size=3))
    text = write(form, [(f"key{n}", work) for n, work in enumerate(works)])
    page = document(text, form.kind)
    assert page.problems == ()
    assert len(page.references) == len(works)
    assert left_out(form, text, works) == {}


def test_what_a_form_cannot_hold_is_told() -> None:
    work = Work(type="webpage", title="Backs", url="https://a.example/", accessed=Date(2020, 5, 1))
    assert left_out(named("nbib"), write(named("nbib"), [("a", work)]), [work]) == {"url": 1, "accessed": 1}
    assert left_out(named("ris"), write(named("ris"), [("a", work)]), [work]) == {}


@pytest.mark.parametrize("form", OTHERS, ids=lambda form: form.name)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_mutation_raises(form: Form, data: st.DataObject) -> None:
    text = {"csl-json": CSL, "ris": RIS, "nbib": NBIB, "endnote": ENDNOTE}[form.name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    added = data.draw(
        st.sampled_from(["", "{", "}", '"', "<", ">", "&", "\0", "\r", "\n\n", "TY  - ", "[" * 50, "\ud800"])
    )
    page = document(text[:start] + added + text[end:], form.kind)
    for problem in page.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(page.source.text)
    for reference in page.references:
        assert reference.key
        for span in reference.fields.values():
            assert 0 <= span.start <= span.end <= len(page.source.text)


@pytest.mark.parametrize("name", ["csl-json", "ris", "nbib", "endnote"])
def test_text_that_is_code_stays_text(name: str) -> None:
    form = named(name)
    work = Work(
        type="article-journal", title='</title>&amp; TY - JOUR ER - ]]> " } <record>', container="A & B"
    )
    text = write(form, [("k", work), ("l", work)])
    page = document(text, form.kind)
    assert [r.work.title for r in page.references] == [work.title] * 2
    assert page.problems == ()


def test_csl_json_that_is_written_is_json() -> None:
    assert [item["id"] for item in json.loads(write(named("csl-json"), entries(3)))] == [
        "key0",
        "key1",
        "key2",
    ]
