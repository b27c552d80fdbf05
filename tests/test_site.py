"""Each reference once: what is an entry, what is an appearance, what is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence import checking, inputs
from evidence.model import Site
from evidence.site import join

ENTRY = """@article{{{key},
  author = {{Smith, Anna and Jones, Bert}},
  title = {{{title}}},
  journal = {{J Imaginary Med}},
  year = {{{year}}}, volume = 3, pages = {{10--14}},{more}
}}
"""


def entry(
    key: str, title: str = "Bed rest for low back pain at home", year: int = 2010, more: str = ""
) -> str:
    return ENTRY.format(key=key, title=title, year=year, more=more)


def site(folder: Path, *paths: str, all_entries: bool = False) -> Site:
    names = [str(folder / path) for path in paths]
    told = checking.settings_for(names or [str(folder)], {}, {})
    read = inputs.read(names or [str(folder)], told)
    assert not read.errors
    return join(read.documents, read.shelf, all_entries=all_entries)


def keys(site: Site) -> list[str]:
    return [reference.key for reference in site.references]


def asked(site: Site) -> list[str]:
    return [reference.key for reference in site.references if reference.place in site.asked]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


def test_a_bibliography_alone_is_asked_whole(folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("a2010") + entry("b2011", "Another title of a paper", 2011))
    made = site(folder, "refs.bib")
    assert keys(made) == asked(made) == ["a2010", "b2011"]


def test_a_bibliography_that_was_found_gives_only_what_is_cited(folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("a2010") + entry("b2011", "Another title of a paper", 2011))
    (folder / "page.md").write_text("Rest helps [@a2010].\n")
    made = site(folder, "page.md")
    assert keys(made) == asked(made) == ["a2010"]
    assert made.documents[0].citations[0].keys == ("a2010",)


def test_a_bibliography_that_the_page_names_counts_whole_and_is_asked_where_cited(folder: Path) -> None:
    (folder / "lib").mkdir()
    (folder / "lib" / "refs.bib").write_text(
        entry("a2010") + entry("b2011", "Another title of a paper", 2011)
    )
    (folder / "page.md").write_text("---\nbibliography: lib/refs.bib\n---\n\nRest helps [@a2010].\n")
    made = site(folder, "page.md")
    assert keys(made) == ["a2010", "b2011"]
    assert asked(made) == ["a2010"]
    assert asked(site(folder, "page.md", all_entries=True)) == ["a2010", "b2011"]


def test_bibliographies_are_looked_for_upwards_to_the_root(folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("a2010"))
    (folder / "content" / "deep").mkdir(parents=True)
    (folder / "content" / "deep" / "page.md").write_text("Rest helps [@a2010].\n")
    assert keys(site(folder, "content/deep/page.md")) == ["a2010"]


@pytest.mark.parametrize(
    ("more", "item"),
    [
        ("", "Smith A, Jones B. Bed Rest for Low-Back Pain at Home. J Imaginary Med. 2010;3:10-4."),
        (
            " doi = {10.1234/jim.2010.10},",
            "Smith A. Rest at home. J Imaginary Med. 2010;3:10-4. doi: 10.1234/JIM.2010.10.",
        ),
    ],
    ids=["by title, year and author", "by identifier"],
)
def test_a_list_item_that_names_an_entry_is_an_appearance(more: str, item: str, folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("a2010", more=more))
    (folder / "page.md").write_text(f"Rest helps [1].\n\n## References\n\n1. {item}\n")
    made = site(folder, "page.md")
    assert keys(made) == ["a2010"]
    appears = made.appears[made.references[0].place]
    assert [reference.number for reference in appears] == [1]
    page = next(document for document in made.documents if document.source.name == "page.md")
    assert page.citations[0].keys == ("a2010",)


def test_an_item_with_another_doi_is_another_reference(folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("a2010", more=" doi = {10.1234/jim.2010.10},"))
    item = "Smith A, Jones B. Bed rest for low back pain at home. J Imaginary Med. 2010;3:10-4. doi: 10.1234/other."
    (folder / "page.md").write_text(f"Rest helps [1].\n\n## References\n\n1. {item}\n")
    made = site(folder, "page.md")
    assert len(made.references) == 1
    assert made.references[0].source.name == "page.md"


def test_the_keys_of_a_generated_list_say_what_its_items_are(folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("a2010") + entry("b2011", "Another title of a paper", 2011))
    marker = '<!-- evidence:references style=pubmed source=refs.bib show=cited keys="b2011 a2010" -->'
    items = "1. An item somebody rewrote. J Imaginary Med. 2011;4:1-2.\n2. Another one. J Imaginary Med. 2010;3:10-4.\n"
    (folder / "page.md").write_text(
        f"Rest [2], exercise [1].\n\n{marker}\n{items}<!-- /evidence:references -->\n"
    )
    made = site(folder, "page.md")
    page = next(document for document in made.documents if document.source.name == "page.md")
    assert [citation.keys for citation in page.citations] == [("a2010",), ("b2011",)]
    assert sorted(keys(made)) == ["a2010", "b2011"]


def test_without_a_root_paths_are_shown_from_where_the_command_ran(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "refs.bib").write_text(entry("a2010"))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.md").write_text("Rest helps [@a2010].\n")
    monkeypatch.chdir(tmp_path)
    made = site(Path(), "pages/page.md")
    assert keys(made) == ["a2010"]
    assert [document.source.name for document in made.documents] == ["pages/page.md", "refs.bib"]


def test_a_key_without_an_entry_is_dangling(folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("a2010"))
    (folder / "page.md").write_text("Rest helps [@a2010; @nobody2011].\n")
    page = next(d for d in site(folder, "page.md").documents if d.source.name == "page.md")
    assert page.citations[0].dangling == ("nobody2011",)


def test_an_identifier_that_is_cited_directly_is_a_reference(folder: Path) -> None:
    (folder / "page.md").write_text("Rest helps [@doi:10.1234/jim.2010.10].\n")
    made = site(folder, "page.md")
    assert [reference.work.doi for reference in made.references] == ["10.1234/jim.2010.10"]
    assert not made.documents[0].citations[0].dangling


def test_a_page_may_not_read_outside_the_project(folder: Path, tmp_path: Path) -> None:
    inside = folder / "inside"
    inside.mkdir()
    (inside / ".git").mkdir()
    (folder / "secret.bib").write_text(entry("a2010"))
    (inside / "page.md").write_text("---\nbibliography: ../secret.bib\n---\n\nRest helps [@a2010].\n")
    told = checking.settings_for([str(inside / "page.md")], {}, {})
    read = inputs.read([str(inside / "page.md")], told)
    assert [str(error) for error in read.errors if "leads out" in str(error)]
