"""Edits of a .bib file: the smallest difference, in the file's own manner."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence.bibliography import append, read, remove_entry, remove_field, rename_entry, set_field
from evidence.edit import apply
from evidence.model import Edit, Name, Reference, Source, Work
from tests.bibliography.made import document, source


def changed(text: str, change: Callable[[Reference], Edit], key: str = "") -> str:
    references = document(text).references
    reference = next(r for r in references if not key or r.key == key)
    return apply(text, [change(reference)])


def setting(name: str, value: str) -> Callable[[Reference], Edit]:
    return lambda reference: set_field(reference, name, value)


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        # what stands there is replaced, its delimiters kept
        ("@book{k, title = {A}}", "title", "B & C", "@book{k, title = {B \\& C}}"),
        ('@book{k, title = "A"}', "title", "B", '@book{k, title = "B"}'),
        ('@book{k, title = "A"}', "title", 'the "B"', '@book{k, title = {the "B"}}'),
        ("@book{k, year = 2010}", "year", "2011", "@book{k, year = 2011}"),
        ("@book{k, year = 2010}", "year", "in press", "@book{k, year = {in press}}"),
        ('@book{k, title = a # "x"}', "title", "B", "@book{k, title = {B}}"),
        ("@book{k, journal = jsc}", "container", "Spine", "@book{k, journal = {Spine}}"),
        ("@book{k, month = jan}", "month", "February", "@book{k, month = feb}"),
        ("@book{k, doi = {https://doi.org/10.1/A_b}}", "doi", "10.1/a_b", "@book{k, doi = {10.1/a_b}}"),
        ("@book{k, doi = {}}", "doi", "10.1/a", "@book{k, doi = {10.1/a}}"),
        ("@book{k, pages = {1--2}}", "pages", "146-56", "@book{k, pages = {146--56}}"),
        ("@book{k, date = {2010-05-01}}", "year", "2011", "@book{k, date = {2011-05-01}}"),
        (
            "@misc{k, howpublished = {\\url{http://a.example/x}}}",
            "url",
            "https://a.example/y",
            "@misc{k, howpublished = {\\url{https://a.example/y}}}",
        ),
        ("@book{k, number = {1}}", "issue", "2", "@book{k, number = {2}}"),
        (
            "@book{k, Author = {A, B}}",
            "author",
            "{World Org} and Doe, J. & Co",
            "@book{k, Author = {{World Org} and Doe, J. \\& Co}}",
        ),
        ("@book{k, author = {A, B}}", "author", "Doe}, J.", "@book{k, author = {Doe\\textbraceright{}, J.}}"),
        # a field is added as a line of its own
        (
            "@book{k,\n  title = {A},\n  year = 2010,\n}",
            "doi",
            "10.1/a",
            "@book{k,\n  title = {A},\n  year = 2010,\n  doi = {10.1/a},\n}",
        ),
        (
            "@book{k,\n  title = {A},\n  year = 2010\n}",
            "doi",
            "10.1/a",
            "@book{k,\n  title = {A},\n  doi = {10.1/a},\n  year = 2010\n}",
        ),
        ('@book{k,\n\ttitle = "A"\n}', "doi", "10.1/a", '@book{k,\n\tdoi = "10.1/a",\n\ttitle = "A"\n}'),
        (
            "@book{k,\r\n  title = {A},\r\n}",
            "doi",
            "10.1/a",
            "@book{k,\r\n  title = {A},\r\n  doi = {10.1/a},\r\n}",
        ),
        ("@book{k,\r  title = {A},\r}", "doi", "10.1/a", "@book{k,\r  title = {A},\r  doi = {10.1/a},\r}"),
        (
            "@book{k,\n  author    = {A},\n  title     = {B},\n}",
            "doi",
            "10.1/a",
            "@book{k,\n  author    = {A},\n  title     = {B},\n  doi       = {10.1/a},\n}",
        ),
        (
            "@book{k,\n  author={A},\n  title={B},\n}",
            "doi",
            "10.1/a",
            "@book{k,\n  author={A},\n  title={B},\n  doi={10.1/a},\n}",
        ),
        ("@Book{k,\n  Author = {A},\n}", "doi", "10.1/a", "@Book{k,\n  Author = {A},\n  Doi = {10.1/a},\n}"),
        ("@BOOK{k,\n  AUTHOR = {A},\n}", "doi", "10.1/a", "@BOOK{k,\n  AUTHOR = {A},\n  DOI = {10.1/a},\n}"),
        (
            "@book{k,\n  title = {A}, % sic\n}",
            "doi",
            "10.1/a",
            "@book{k,\n  title = {A}, % sic\n  doi = {10.1/a},\n}",
        ),
        (
            "@book{k\n  , title = {A}\n  , year = 2010\n  }",
            "doi",
            "10.1/a",
            "@book{k\n  , title = {A}\n  , year = 2010\n  , doi = {10.1/a}\n  }",
        ),
        (
            "@book{k, title = {A}, year = 2010}",
            "doi",
            "10.1/a",
            "@book{k, title = {A}, doi = {10.1/a}, year = 2010}",
        ),
        ("@book{k, title = {A},}", "doi", "10.1/a", "@book{k, title = {A}, doi = {10.1/a},}"),
        ("@book(k, title = {A})", "doi", "10.1/a", "@book(k, doi = {10.1/a}, title = {A})"),
        ("@book{k}", "doi", "10.1/a", "@book{k,\n  doi = {10.1/a},\n}"),
        ("@book{k,\n}", "doi", "10.1/a", "@book{k,\n  doi = {10.1/a},\n}"),
        (
            "@article{k, url = {https://doi.org/10.1/a}}",
            "doi",
            "10.1/a",
            "@article{k, doi = {10.1/a}, url = {https://doi.org/10.1/a}}",
        ),
        (
            "@inproceedings{k, title = {A},}",
            "container",
            "P",
            "@inproceedings{k, title = {A}, booktitle = {P},}",
        ),
        (
            "@techreport{k, title = {A},}",
            "publisher",
            "WHO",
            "@techreport{k, title = {A}, institution = {WHO},}",
        ),
        ("@book{k, title = {A},}", "pubtype", "Review", "@book{k, title = {A}, pubtype = {Review},}"),
    ],
)
def test_set_field(before: str, name: str, value: str, after: str) -> None:
    rest = "\n% untouched\n@book{other, title = {O}}\n"
    if before.startswith("@book(k"):
        assert changed(before + rest, setting(name, value)) == after + rest
        return
    assert changed(rest + before + rest, setting(name, value), "k") == rest + after + rest


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (
            "@book{k,\n  title = {A},\n  doi = {10.1/a},\n  year = 2010,\n}",
            "doi",
            "@book{k,\n  title = {A},\n  year = 2010,\n}",
        ),
        ("@book{k,\n  title = {A},\n  doi = {10.1/a}\n}", "doi", "@book{k,\n  title = {A},\n}"),
        ("@book{k,\r\n  title = {A},\r\n  doi = {10.1/a},\r\n}", "doi", "@book{k,\r\n  title = {A},\r\n}"),
        ("@book{k, title = {A}, doi = {10.1/a}}", "doi", "@book{k, title = {A}}"),
        ("@book{k, title = {A}, doi = {10.1/a}, year = 2010}", "doi", "@book{k, title = {A}, year = 2010}"),
        ("@book{k, doi = {10.1/a}, title = {A}}", "doi", "@book{k, title = {A}}"),
        ("@book{k\n  , title = {A}\n  , doi = {10.1/a}\n  }", "doi", "@book{k\n  , title = {A}\n  }"),
        ("@article{k, journal = {J}, year = 2010}", "container", "@article{k, year = 2010}"),
    ],
)
def test_remove_field(before: str, name: str, after: str) -> None:
    assert changed(before, lambda reference: remove_field(reference, name)) == after


def test_what_is_not_there_cannot_be_removed() -> None:
    (reference,) = document("@book{k, title = {A}}").references
    with pytest.raises(KeyError, match="doi"):
        remove_field(reference, "doi")


def test_a_reference_of_a_page_is_no_entry() -> None:
    page = Source("page.md", "@book{k, title = {A}}", "markdown")
    reference = read(page).references[0]
    with pytest.raises(ValueError, match="no entry"):
        set_field(reference, "doi", "10.1/a")


WORK = Work(type="book", title="Backs", authors=(Name("Smith", "A"),))


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("", "@book{new,\n  author    = {Smith, A.},\n  title     = {Backs},\n}\n"),
        (
            "@book{a,\n\ttitle={A}\n}\n",
            "\n@book{new,\n\tauthor    = {Smith, A.},\n\ttitle     = {Backs},\n}\n",
        ),
        ("@book{a, title={A}}", "\n\n@book{new,\n  author    = {Smith, A.},\n  title     = {Backs},\n}\n"),
        ("@book{a, title={A}}\n\n", "@book{new,\n  author    = {Smith, A.},\n  title     = {Backs},\n}\n"),
        (
            "@book{a,\r\n    title={A}\r\n}\r\n",
            "\r\n@book{new,\r\n    author    = {Smith, A.},\r\n    title     = {Backs},\r\n}\r\n",
        ),
    ],
)
def test_append(before: str, added: str) -> None:
    assert apply(before, append(source(before), [("new", WORK)])) == before + added


ENTRIES = '% top\n\n@book{a,\n  title = {A},\n}\n\n@book{b, title = {B}, crossref = {a}}\n\n@misc{c, xdata = "b, a"}\n'


@pytest.mark.parametrize(
    ("index", "after"),
    [
        (0, '% top\n\n@book{b, title = {B}, crossref = {a}}\n\n@misc{c, xdata = "b, a"}\n'),
        (1, '% top\n\n@book{a,\n  title = {A},\n}\n\n@misc{c, xdata = "b, a"}\n'),
        (2, "% top\n\n@book{a,\n  title = {A},\n}\n\n@book{b, title = {B}, crossref = {a}}\n\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_remove_entry(index: int, after: str, newline: str) -> None:
    page = document(ENTRIES.replace("\n", newline))
    assert apply(page.source.text, [remove_entry(page.references[index])]) == after.replace("\n", newline)


def test_remove_an_entry_that_shares_its_line() -> None:
    page = document("@book{a, title = {A}} % keep\n@book{b, title = {B}}")
    assert apply(page.source.text, [remove_entry(page.references[0])]) == " % keep\n@book{b, title = {B}}"
    assert apply(page.source.text, [remove_entry(page.references[1])]) == "@book{a, title = {A}} % keep\n"


def test_rename_entry() -> None:
    page = document(ENTRIES)
    renamed = apply(ENTRIES, rename_entry(page, page.references[0], "smith2010"))
    assert renamed == ENTRIES.replace("{a", "{smith2010").replace(', a"', ', smith2010"')
    nameless = document("@book{, title = {A}}")
    assert (
        apply(nameless.source.text, rename_entry(nameless, nameless.references[0], "k"))
        == "@book{k, title = {A}}"
    )
    bare = document("@book{title = {A}}")
    assert apply(bare.source.text, rename_entry(bare, bare.references[0], "k")) == "@book{k,title = {A}}"


@pytest.mark.parametrize("key", ["", "a b", "x,y", "B", "{x}"])
def test_a_key_that_cannot_be(key: str) -> None:
    page = document(ENTRIES)
    with pytest.raises(ValueError, match="key"):
        rename_entry(page, page.references[0], key)


def test_append_of_nothing_is_no_edit() -> None:
    assert append(source("x"), []) == []


def test_appended_entries_are_read_back() -> None:
    text = "@book{a, title={A}}\n@comment{jabref-meta: x;}"
    after = apply(text, append(source(text), [("b", WORK), ("c", WORK)]))
    assert [r.key for r in document(after).references] == ["a", "b", "c"]


GAPS = st.sampled_from(["\n", "\n\n", "\n% note\n", "\n@comment{x}\n", "\r\n"])
FIELD_FORMS = st.sampled_from(
    [
        "title = {One {Two}}",
        'note = "x"',
        "year = 2010",
        "journal={J}",
        'volume = 1 # "2"',
        "month = jan",
        "Pages = {1--2}",
    ]
)
LAYOUTS = st.sampled_from([", ", ",\n  ", ",\n\t", ",\r\n  ", "\n  , "])


@st.composite
def entries(draw: st.DrawFn, key: str) -> str:
    fields = draw(
        st.lists(FIELD_FORMS, min_size=1, max_size=5, unique_by=lambda f: f.partition("=")[0].strip().lower())
    )
    layout = draw(LAYOUTS)
    last = draw(st.sampled_from(["", ",", ",\n", "\n"]))
    opener, closer = draw(st.sampled_from([("{", "}"), ("(", ")")]))
    return f"@article{opener}{key}{layout}{layout.join(fields)}{last}{closer}"


@st.composite
def files(draw: st.DrawFn) -> str:
    return "".join(draw(entries(f"k{n}")) + draw(GAPS) for n in range(3))


VALUES = (
    st.text(alphabet="ab{}\\%&\"' -_é", min_size=1, max_size=12)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)


@given(files(), st.integers(0, 2), st.sampled_from(["title", "container", "note", "place"]), VALUES)
def test_an_edit_changes_one_field_and_nothing_else(text: str, index: int, name: str, value: str) -> None:
    references = document(text).references
    edit = set_field(references[index], name, value)
    after = apply(text, [edit])
    again = document(after)
    assert not again.problems
    target = again.references[index].work
    shown = target.extra.get("note", "") if name == "note" else getattr(target, name)
    assert shown == value
    for n, (old, new) in enumerate(zip(references, again.references, strict=True)):
        assert old.key == new.key
        if n != index:
            assert old.raw == new.raw
            assert old.work == new.work
    old_fields = {k: v for k, v in references[index].fields.items() if k != name}
    assert {k for k in again.references[index].fields if k != name} == set(old_fields)
    assert apply(after, [set_field(again.references[index], name, value)]) == after


@given(files(), st.integers(0, 2))
def test_adding_a_field_adds_a_line_and_changes_none(text: str, index: int) -> None:
    reference = document(text).references[index]
    assume("\n" in reference.raw)
    after = apply(text, [set_field(reference, "doi", "10.1234/x")])
    old, new = text.splitlines(), after.splitlines()
    kept = iter(new)
    if len(new) > len(old):
        assert all(line in kept for line in old)
        assert len(new) == len(old) + 1
    assert document(after).references[index].work.doi == "10.1234/x"


@given(files(), st.integers(0, 2))
def test_a_field_added_and_removed_leaves_the_other_fields(text: str, index: int) -> None:
    reference = document(text).references[index]
    after = apply(text, [set_field(reference, "doi", "10.1234/x")])
    back = apply(after, [remove_field(document(after).references[index], "doi")])
    assert [r.work for r in document(back).references] == [r.work for r in document(text).references]
