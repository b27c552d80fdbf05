"""Identifiers: normal forms, what is wrong with a DOI, exact spans in running text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import ids
from evidence.model import Id

SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("10.1002/stem.1845", "10.1002/stem.1845"),
        ("10.1002/STEM.1845.", "10.1002/stem.1845"),
        ("doi:10.1002/stem.1845", "10.1002/stem.1845"),
        ("DOI: 10.1002/stem.1845", "10.1002/stem.1845"),
        ("DOI 10.1002/stem.1845;", "10.1002/stem.1845"),
        ("https://doi.org/10.1002/stem.1845", "10.1002/stem.1845"),
        ("http://dx.doi.org/10.1002/stem.1845", "10.1002/stem.1845"),
        ("doi.org/10.1002/stem.1845", "10.1002/stem.1845"),
        ("doi: https://doi.org/10.1002/stem.1845", "10.1002/stem.1845"),
        ("<https://doi.org/10.1002/stem.1845>", "10.1002/stem.1845"),
        ("https://doi.org/10.1002%2Fstem.1845", "10.1002/stem.1845"),
        ("https://doi.org/10.1002%252Fstem.1845", "10.1002/stem.1845"),
        ("https://doi.org/10.1002/stem.1845?utm_source=x", "10.1002/stem.1845"),
        ("10.1016/S0140-6736(97)11096-0", "10.1016/s0140-6736(97)11096-0"),
        ("(10.1016/S0140-6736(97)11096-0)", "10.1016/s0140-6736(97)11096-0"),
        (SICI, SICI.lower()),
        (f"https://doi.org/{SICI}", SICI.lower()),
        ("10.1002/(SICI)1&lt;1::AID&gt;3.0.CO;2-2", "10.1002/(sici)1<1::aid>3.0.co;2-2"),
        ("10.1002/st\u200bem.1845", "10.1002/stem.1845"),
        (" 10.1002/stem.1845 [doi]", "10.1002/stem.1845"),
        ("10.1000.10/123", "10.1000.10/123"),
        (r"10.1007/978-3\_4", "10.1007/978-3_4"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/stem.1845", "10.1002/stem.1845"),
        ("10.1002/a b", ""),
        ("10.1002/", ""),
        ("10.12/abc", ""),
        ("stem cells", ""),
        ("10.1002/a\x00b", ""),
    ],
)
def test_a_doi_has_one_normal_form(written: str, normal: str) -> None:
    assert ids.doi(written) == normal


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("10.1002/stem.1845", ""),
        ("", ""),
        ("10.1002stem.1845", "no slash"),
        ("11.1002/stem", "prefix is not 10.NNNN"),
        ("10.12/stem", "prefix is not 10.NNNN"),
        ("10.1002/stem 1845", "holds a space"),
        ("10.1002/", "nothing after the prefix"),
        ("https://example.org/stem", "an address, not a DOI"),
        ("10.1002/a\x07b", "holds a control character"),
    ],
)
def test_what_is_wrong_is_said_in_words(written: str, reason: str) -> None:
    assert ids.malformed_doi(written) == reason


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "10.1101/2020.01.01.123456"),
        ("https://www.frontiersin.org/articles/10.3389/fnins.2015.00001/full", "10.3389/fnins.2015.00001"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1&type=x",
            "10.1371/journal.pone.1",
        ),
        ("https://link.springer.com/article/10.1007/s11916-013-0377-0#Sec2", "10.1007/s11916-013-0377-0"),
        ("https://example.org/page", ""),
    ],
)
def test_the_doi_in_an_address(url: str, doi: str) -> None:
    assert ids.doi_of_url(url) == doi


def found(text: str) -> list[tuple[str, str, str]]:
    return [(i.kind, i.value, text[s.start : s.end]) for i, s in ids.find(text)]


def test_identifiers_in_running_text_have_exact_spans() -> None:
    text = (
        "Seen (doi: 10.1002/stem.1845). PMID: 25187512; PMCID: PMC4501811. NCT01290367, arXiv:2101.00001v2."
    )
    assert found(text) == [
        ("doi", "10.1002/stem.1845", "10.1002/stem.1845"),
        ("pmid", "25187512", "25187512"),
        ("pmcid", "PMC4501811", "PMC4501811"),
        ("nct", "NCT01290367", "NCT01290367"),
        ("arxiv", "2101.00001", "2101.00001v2"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](https://doi.org/10.1000/abc) and so on", ("doi", "10.1000/abc", "10.1000/abc")),
        (
            "(see 10.1016/S0140-6736(97)11096-0).",
            ("doi", "10.1016/s0140-6736(97)11096-0", "10.1016/S0140-6736(97)11096-0"),
        ),
        (f"at {SICI}.", ("doi", SICI.lower(), SICI)),
        ("doi:10.1000/a[12] next", ("doi", "10.1000/a", "10.1000/a")),
        (
            "10.1641/0006-3568(2000)050[0053:EASCON]2.3.CO;2.",
            (
                "doi",
                "10.1641/0006-3568(2000)050[0053:eascon]2.3.co;2",
                "10.1641/0006-3568(2000)050[0053:EASCON]2.3.CO;2",
            ),
        ),
        ("doi:10.1000/a, next", ("doi", "10.1000/a", "10.1000/a")),
        ("<a>10.1000/abc</a>", ("doi", "10.1000/abc", "10.1000/abc")),
        ("10.1000/abc.PMID: none", ("doi", "10.1000/abc", "10.1000/abc")),
        ("https://pubmed.ncbi.nlm.nih.gov/25187512/", ("pmid", "25187512", "25187512")),
        ("http://www.ncbi.nlm.nih.gov/pubmed/25187512", ("pmid", "25187512", "25187512")),
        ("PubMed PMID: 025187512.", ("pmid", "25187512", "25187512")),
        ("trial NCT 01290367", ("nct", "NCT01290367", "NCT 01290367")),
        ("arXiv:hep-th/9901001", ("arxiv", "hep-th/9901001", "hep-th/9901001")),
        ("ISBN 978-3-16-148410-0", ("isbn", "9783161484100", "978-3-16-148410-0")),
        ("ISBN 0-306-40615-2.", ("isbn", "0306406152", "0-306-40615-2")),
        ("ISSN 2049-3630", ("issn", "2049-3630", "2049-3630")),
    ],
)
def test_one_identifier_in_many_surroundings(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


def test_two_dois_with_only_a_comma_between() -> None:
    assert [value for _, value, _ in found("10.1000/a,10.1000/b;doi:10.1000/c")] == [
        "10.1000/a",
        "10.1000/b",
        "10.1000/c",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.1007/s11916-013-\n0377-0.", "10.1007/s11916-013-0377-0"),
        ("doi:10.1002/\nstem.1845. More", "10.1002/stem.1845"),
        ("doi: 10.1002/ stem.1845", "10.1002/stem.1845"),
        ("10.1155/2016/ 4250109. Accessed", "10.1155/2016/4250109"),
        ("10.1155/2016/4250109- 2015 was", "10.1155/2016/4250109"),
        ("10.1002/stem.1845 12 pages", "10.1002/stem.1845"),
        ("10.1002/stem.1845\n2015 was", "10.1002/stem.1845"),
        ("10.1002/stem.1845.\nThe next", "10.1002/stem.1845"),
        ("10.1002/stem.1845\nAbc12 of", "10.1002/stem.1845"),
    ],
)
def test_a_line_break_is_joined_only_where_it_is_clear(text: str, value: str) -> None:
    assert [i.value for i, _ in ids.find(text)] == [value]


def test_what_lies_inside_a_doi_is_no_identifier_of_its_own() -> None:
    assert found("10.48550/arXiv.2101.00001") == [
        ("doi", "10.48550/arxiv.2101.00001", "10.48550/arXiv.2101.00001")
    ]
    assert found("10.1007/978-3-16-148410-0") == [
        ("doi", "10.1007/978-3-16-148410-0", "10.1007/978-3-16-148410-0")
    ]


def test_a_wrong_check_digit_is_no_isbn() -> None:
    assert ids.valid_isbn("978-3-16-148410-0")
    assert ids.valid_isbn("0 8044 2957 X")
    assert not ids.valid_isbn("978-3-16-148410-1")
    assert found("ISBN 978-3-16-148410-1") == []


def test_addresses_have_exact_spans() -> None:
    text = "At www.webmd.com/back-pain. See <https://www.nih.gov/a_(b)>; (http://a.org/x) and nih.gov/health."
    assert [u for u, _ in ids.find_urls("https://a.org/b[1] and")] == ["https://a.org/b"]
    urls = ids.find_urls(text)
    assert [url for url, _ in urls] == [
        "www.webmd.com/back-pain",
        "https://www.nih.gov/a_(b)",
        "http://a.org/x",
        "nih.gov/health",
    ]
    assert all(text[span.start : span.end] == url for url, span in urls)


def test_the_address_of_a_sici_doi_is_kept_whole() -> None:
    url = f"https://doi.org/{SICI}"
    assert [u for u, _ in ids.find_urls(f"see {url}.")] == [url]


def test_test_prefixes() -> None:
    assert ids.is_test_doi("10.5555/12345678")
    assert ids.malformed_doi("10.5555/12345678") == "the prefix 10.5555 is for tests only"
    assert not ids.is_test_doi("10.55555/1")


@pytest.mark.parametrize("kind", ["doi", "pmid", "pmcid", "nct", "arxiv", "isbn", "issn"])
def test_nonsense_has_no_normal_form(kind: str) -> None:
    assert ids.normalise(kind, "not one") == ""


@given(st.text(alphabet="10./aB()<>[]; \n-%2Fdoi:htpsPMCNT\u00a0\u200b", max_size=120))
def test_what_is_found_is_what_stands_there(text: str) -> None:
    last = 0
    for identifier, span in ids.find(text):
        assert span.start >= last
        last = span.end
        written = "".join(text[span.start : span.end].split())
        assert Id(identifier.kind, ids.normalise(identifier.kind, written)) == identifier
    for url, span in ids.find_urls(text):
        assert text[span.start : span.end] == url


@given(st.text(max_size=60))
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    value = ids.doi(text)
    assert ids.doi(value) == value
    assert not (value and ids.malformed_doi(value))


@pytest.mark.parametrize(
    "unit",
    [
        "10.1000/",
        "10.1000/a)",
        "10.1000/a;",
        "((((",
        "http://",
        "www.a",
        "a.a.",
        "PMID: ",
        "1234567-",
        "978-1-",
        "%25",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    ids.find(text)
    ids.find_urls(text)
    ids.doi(text)
    ids.malformed_doi(text)
    assert time.process_time() - began < 5
