"""A whole file: problems, limits, macros, inheritance, suppressions."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.model import Limits
from tests.bibliography.made import document, field, kinds, work


def said(text: str, limits: Limits | None = None) -> list[tuple[str, str]]:
    read = document(text, limits)
    return [(p.kind, text[p.span.start : p.span.end]) for p in read.problems]


def test_a_whole_file_without_problems() -> None:
    text = "\n".join(f"@book{{k{n}, title = {{Title {n}}}, year = {1900 + n}}}" for n in range(50))
    read = document(text)
    assert [r.key for r in read.references] == [f"k{n}" for n in range(50)]
    assert all(r.raw == text[r.span.start : r.span.end] for r in read.references)
    assert kinds(read) == []
    assert read.is_bibliography
    assert read.view is None


def test_macros() -> None:
    text = '@string{s = "Stem"}@STRING(c = s # { Cells})'
    text += '@article{k, journal = C, month = feb, title = s # "-" # c}'
    made = work(text)
    assert made.container == "Stem Cells"
    assert made.title == "Stem-Stem Cells"
    assert made.issued is not None
    assert made.issued.month == 2


def test_macros_of_one_file_do_not_leak_into_another() -> None:
    work("@string{nowhere = {Else}}@article{k, journal = nowhere}")
    assert kinds(document("@article{k, journal = nowhere}")) == ["undefined-macro"]


def test_an_undefined_macro_stands_for_itself_and_is_reported() -> None:
    text = "@article{k, title = {T}, journal = Nature}"
    assert work(text).container == "Nature"
    assert said(text) == [("undefined-macro", "journal = Nature")]


def test_duplicates_and_empty_keys() -> None:
    text = "@book{a, title={A}, title={B}}\n@book{a, title={C}}\n@book{A, title={D}}\n@book{,title={E}}"
    read = document(text)
    assert [r.work.title for r in read.references] == ["A", "C", "D", "E"]
    assert said(text) == [
        ("duplicate-field", "title={B}"),
        ("duplicate-key", "a"),
        ("duplicate-key", "A"),
        ("empty-key", "@book{"),
    ]


BREAKAGES = {
    "duplicate key": ("@book{k1, title={T}}", "duplicate-key"),
    "duplicate field": ("@book{x, title={T}, year=1, year=2}", "duplicate-field"),
    "stray brace": ("@book{x, title={T}},\n year=2010}", "broken-entry"),
    "undefined macro": ("@book{x, title=nowhere}", "undefined-macro"),
    "cut end": ("@book{x,\n title={T\n", "broken-entry"),
    "no key": ("@book{title={T}}", "empty-key"),
    "comma names": ("@book{x, author={Smith J, Doe A, Roe B, Poe C}}", "broken-entry"),
    "bad month": ("@book{x, title={T}, month={Brumaire}}", "broken-entry"),
    "at in text": ("@book{x, title={T @ U}, note={a@b.example}}\nme@a.example {x", ""),
    "parentheses": ("@book(x, title={T (U)})", ""),
    "unclosed quote": ('@book{x,\n title="T,\n year=2010\n}', "broken-entry"),
    "NUL": ("@book{x, title={T\0}}", "broken-entry"),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_one_bad_entry_among_many_costs_no_other(name: str) -> None:
    broken, kind = BREAKAGES[name]
    good = [f"@book{{k{n}, title = {{Title {n}}}, year = {1900 + n}}}" for n in range(100)]
    text = "\n\n".join([*good[:50], broken, *good[50:]])
    read = document(text)
    titles = [r.work.title for r in read.references]
    assert [t for t in titles if t.startswith("Title")] == [f"Title {n}" for n in range(100)]
    assert len(read.references) == 101
    assert kinds(read) == ([kind] if kind else [])
    for problem in read.problems:
        assert text.index(broken) <= problem.span.start < text.index(broken) + len(broken)


def test_control_characters_do_not_reach_the_work() -> None:
    assert work("@book{x, title={A\0B}}").title == "AB"


def test_doubling_macros_stop_at_the_limit() -> None:
    text = "@string{s0 = {0123456789}}\n"
    text += "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 41))
    text += "@book{k, title = s40}\n@book{l, title = {Other}}"
    start = time.process_time()
    read = document(text)
    assert time.process_time() - start < 5
    assert "not-fully-read" in kinds(read)
    assert read.references[1].work.title == "Other"


def test_many_uses_of_a_long_macro_stop_at_the_limit() -> None:
    text = "@string{s = {" + "x" * 200_000 + "}}\n"
    text += "".join(f"@book{{k{n}, title = s # {{{n}}}}}\n" for n in range(2_000))
    read = document(text)
    assert len(read.references) == 2_000
    assert sum(len(r.work.title) for r in read.references) < 4_000_000
    assert "not-fully-read" in kinds(read)


def test_limits_are_reported_where_they_cut() -> None:
    limits = Limits(value=100, nesting=5, entry=2_000, expansion=1_000)
    deep = "{" * 200 + "x" + "}" * 200
    long = "word " * 50
    text = (
        f"@book{{a, title = {{{deep}}}, year = 2010}}\n@book{{b, title = {{{long}}}}}\n"
        f"@book{{c, year = 2011, {'note = {nothing much}, ' * 100} pages = 3}}\n@book{{d, title = {{Fine}}}}"
    )
    read = document(text, limits)
    assert [r.key for r in read.references] == ["a", "b", "c", "d"]
    cut = [p for p in read.problems if p.kind == "not-fully-read"]
    assert [text[p.span.start : p.span.start + 5] for p in cut][:2] == ["title", "title"]
    assert len(read.references[1].work.title) <= 100
    assert read.references[2].work.year == 2011
    assert read.references[3].work.title == "Fine"


@pytest.mark.parametrize(
    "value",
    [
        "{" * 100_000 + "}" * 100_000,
        '"' + "{" * 100_000,
        '"x" # ' * 40_000 + '"x"',
        "{" + "A, B and " * 100_000 + "C, D}",
    ],
    ids=["braces", "open braces", "joins", "authors"],
)
def test_bombs_are_read_quickly_and_reported(value: str) -> None:
    start = time.process_time()
    read = document(f"@book{{bomb, author = {value}, year = 2010}}\n\n@book{{after, title = {{T}}}}")
    assert time.process_time() - start < 5
    assert read.references[-1].key == "after"
    assert kinds(read) or value.startswith('"x"')


def test_crossref() -> None:
    read = document(
        "@inproceedings{c, title={Talk}, crossref={P}}\n"
        "@proceedings{p, title={Proceedings}, year=2010, publisher={Pub}, editor={Doe, J.}, doi={10.1234/p}}"
    )
    talk = read.references[0].work
    assert (talk.title, talk.container, talk.year, talk.publisher) == ("Talk", "Proceedings", 2010, "Pub")
    assert talk.ids == ()
    assert set(read.references[0].fields) == {"title"}
    assert kinds(read) == []


def test_xdata() -> None:
    read = document("@xdata{x, publisher={Pub}, location={Oslo}}\n@book{b, title={T}, xdata={x}}")
    assert [r.key for r in read.references] == ["b"]
    assert (read.references[0].work.publisher, read.references[0].work.place) == ("Pub", "Oslo")


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, title={A}, crossref={a}}",
        "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}",
        "@book{a, title={A}, crossref={nowhere}}",
        "@book{a, title={A}, xdata={nowhere}}",
        "@xdata{x, xdata={x}}\n@book{a, title={A}, xdata={x}}",
    ],
)
def test_a_reference_that_leads_nowhere_is_reported(text: str) -> None:
    read = document(text)
    assert kinds(read) == ["crossref"]
    assert read.references[0].work.title == "A"


def test_diamonds_and_chains_do_not_hang() -> None:
    diamonds = "".join(f"@xdata{{x{n}, xdata={{x{n + 1},x{n + 1},x{n + 1}}}}}\n" for n in range(200))
    chain = "".join(f"@book{{c{n}, title={{T}}, f{n}={{x}}, crossref={{c{n + 1}}}}}\n" for n in range(3_000))
    start = time.process_time()
    read = document(diamonds + chain)
    assert time.process_time() - start < 3
    assert len(read.references) == 3_000


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("% evidence: ignore missing-doi - the journal has none\n@book{a, title={A}}\n@book{b}", "a"),
        (
            "@book{a, title={A},\n % evidence: ignore missing-doi - the journal has none\n}\n@book{b,}",
            "a",
        ),
        ("@book{a, title={A}} % evidence: ignore missing-doi - the journal has none\n@book{b,}", "a"),
        (
            "@book{a, title={A}}\n@comment{evidence: ignore missing-doi - the journal has none}\n@book{b,}",
            "b",
        ),
    ],
)
def test_suppressions_cover_the_entry_they_are_beside(text: str, covered: str) -> None:
    read = document(text)
    (ignore,) = read.ignores
    assert (ignore.rule, ignore.reason, ignore.until) == ("missing-doi", "the journal has none", "")
    reference = next(r for r in read.references if r.key == covered)
    assert ignore.near == reference.span
    assert ignore.source is read.source


def test_a_suppression_may_name_rules_and_a_day() -> None:
    read = document(
        "% evidence: ignore REF004, missing-link - soon mended, until 2027-01-31\n@book{a, title={A}}"
    )
    assert [(i.rule, i.reason, i.until) for i in read.ignores] == [
        ("REF004", "soon mended", "2027-01-31"),
        ("missing-link", "soon mended", "2027-01-31"),
    ]


def test_words_in_an_abstract_suppress_nothing() -> None:
    assert document("@book{a, abstract={evidence: ignore missing-doi - no}}").ignores == ()


def test_a_span_in_a_joined_value_covers_the_whole_expression() -> None:
    (reference,) = document('@string{s = {S}}@book{a, title = s # " and " # s}').references
    assert field(reference, "title") == 's # " and " # s'


@given(st.text(alphabet='@{}()",=#% \n\r\0\\abook1and\ufeff-~$', max_size=150))
def test_reading_never_raises(text: str) -> None:
    read = document(text)
    for reference in read.references:
        assert read.source.text[reference.span.start : reference.span.end] == reference.raw
        for span in reference.fields.values():
            assert reference.span.start < span.start <= span.end <= reference.span.end
    for problem in read.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message


@given(st.data())
def test_a_mutated_file_loses_at_most_what_was_touched(data: st.DataObject) -> None:
    entries = [f"@article{{k{n},\n  title = {{Title {n}}},\n  year = {{{1990 + n}}}\n}}\n" for n in range(6)]
    victim = data.draw(st.integers(1, 4))
    at = data.draw(st.integers(0, len(entries[victim]) - 1))
    if data.draw(st.booleans()):
        entries[victim] = entries[victim][:at] + entries[victim][at + 1 :]
    else:
        entries[victim] = (
            entries[victim][:at] + data.draw(st.sampled_from('{}",@=#%\\(')) + entries[victim][at:]
        )
    titles = [r.work.title for r in document("\n".join(entries)).references]
    for n in range(6):
        if n != victim:
            assert f"Title {n}" in titles


HALLMARK = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "hallmark"


@pytest.mark.skipif(not HALLMARK.is_dir(), reason="the shared data are not here")
def test_real_entries_are_all_seen() -> None:
    import json

    seen = 0
    for path in sorted(HALLMARK.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                fields = row.get("fields") or {}
                text = f"@{row.get('bibtex_type', 'misc')}{{k,\n" + "".join(
                    f"  {name} = {{{value}}},\n" for name, value in fields.items()
                )
                read = document(text + "}\n")
                assert len(read.references) == 1
                seen += 1
                if "title" in fields:
                    assert read.references[0].work.title
    assert seen
