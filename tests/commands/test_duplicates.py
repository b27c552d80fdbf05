"""`duplicate-reference` over all files of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Ran, Run
from tests.commands.made import PETTINE, PETTINE_TEXT
from tests.standin import Standin

SECOND = PETTINE.replace("pettine2015", "pett15").replace("  doi = {10.1002/stem.1845},\n", "")
ITEM = PETTINE_TEXT.partition(" doi:")[0]


def other(key: str) -> str:
    return f"@book{{{key}, author = {{Smith, Anna}}, title = {{The history of backs and beds}},\n  year = 2010, publisher = {{Imaginary Press}}}}\n"


def told(ran: Ran) -> list[tuple[str, str, str]]:
    return [(f["path"], f["key"], f["severity"]) for f in ran.named("duplicate-reference")]


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


CITING = "Cells may help [@pettine2015] [@pett15].\n"


@pytest.mark.parametrize(
    ("files", "words", "where"),
    [
        ({"a_bib": PETTINE, "b_bib": SECOND}, ("a.bib", "b.bib"), "b.bib"),
        ({"a_bib": PETTINE, "b_bib": SECOND}, ("b.bib", "a.bib"), "b.bib"),
        ({"a_bib": PETTINE, "b_bib": SECOND}, (".",), "b.bib"),
        ({"a_bib": PETTINE, "b_bib": SECOND, "page_md": CITING}, ("page.md",), "b.bib"),
        (
            {"x__a_bib": PETTINE, "y__b_bib": SECOND, "evidence_toml": 'bibliography = ["*/*.bib"]\n'},
            (".",),
            "y/b.bib",
        ),
        (
            {
                "x__a_bib": PETTINE,
                "y__b_bib": SECOND,
                "page_md": f"---\nbibliography: [x/a.bib, y/b.bib]\n---\n\n{CITING}",
            },
            ("page.md",),
            "y/b.bib",
        ),
    ],
)
def test_files_of_one_bibliography_hold_a_work_once(
    check: Run, files: dict[str, str], words: tuple[str, ...], where: str
) -> None:
    write(**files)
    ran = check(*words)
    assert told(ran) == [(where, "pett15", "warning")]
    (finding,) = ran.named("duplicate-reference")
    assert "the same work as pettine2015 in " in finding["message"]
    assert ran.code == 0


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"x__a_bib": PETTINE, "y__b_bib": SECOND}, (".",)),
        ({"a_bib": PETTINE, "b_bib": SECOND, "page_md": "Cells may help [@pettine2015].\n"}, ("page.md",)),
        (
            {
                "a_bib": PETTINE,
                "b_bib": SECOND,
                "a_tex": "\\cite{pettine2015}\\bibliography{a}\n",
                "b_tex": "\\cite{pett15}\\bibliography{b}\n",
            },
            (".",),
        ),
        (
            {
                "p_md": f"Cells may help [1].\n\n## References\n\n1. {ITEM}\n",
                "q_md": f"Cells may help [1].\n\n## References\n\n1. {ITEM}\n",
            },
            (".",),
        ),
        (
            {"refs_bib": PETTINE, "p_md": f"Cells may help [1].\n\n## References\n\n1. {ITEM}\n"},
            (".",),
        ),
    ],
)
def test_what_is_listed_twice_for_a_reason_is_no_duplicate(
    check: Run, files: dict[str, str], words: tuple[str, ...]
) -> None:
    write(**files)
    assert told(check(*words)) == []


@pytest.mark.parametrize("bib", ["", PETTINE])
def test_a_page_lists_a_work_once_whether_a_bibliography_has_it_or_not(check: Run, bib: str) -> None:
    page = f"Cells may help [1] [2].\n\n## References\n\n1. {ITEM}\n2. {PETTINE_TEXT}\n"
    write(page_md=page, **({"refs_bib": bib} if bib else {}))
    (finding,) = check("page.md").named("duplicate-reference")
    assert finding["line"] == 6
    assert "the same work as number 1" in finding["message"]


def test_a_generated_list_shows_what_a_list_by_hand_has_too(check: Run) -> None:
    write(
        refs_bib=PETTINE,
        page_md=f"""Cells may help [@pettine2015].

## References

<!-- evidence:references show=cited keys="pettine2015" -->
1. {ITEM}
<!-- /evidence:references -->

## Studies

- {ITEM}
""",
    )
    assert told(check("page.md")) == []


def test_copies_of_a_bibliography_are_told_once(check: Run) -> None:
    write(
        a_bib=PETTINE + other("smith2010") + other("x").replace("history", "future"),
        b_bib=PETTINE + other("Smith2010"),
    )
    ran = check("a.bib", "b.bib")
    assert told(ran) == [("b.bib", "pettine2015", "note")]
    assert (
        "a.bib too, under the same key, and so does 1 more" in ran.named("duplicate-reference")[0]["message"]
    )


def test_one_doi_at_two_works_is_not_called_one_work(check: Run) -> None:
    wrong = (
        other("smith2010")
        .replace("@book", "@article")
        .replace("publisher", "doi = {10.1002/stem.1845}, journal")
    )
    write(refs_bib=PETTINE + wrong)
    (offline,) = check("refs.bib", "--offline", "--incomplete", "ok").named("duplicate-reference")
    assert "doi:10.1002/stem.1845 stands at two works" in offline["message"]
    ran = check("refs.bib")
    assert [f["key"] for f in ran.named("wrong-work")] == ["smith2010"]
    assert told(ran) == []


def test_two_dois_of_one_work_are_known_where_the_registry_was_asked(standin: Standin, check: Run) -> None:
    standin.crossref.aliases["10.1634/old.1845"] = "10.1002/stem.1845"
    alias = PETTINE.replace("pettine2015", "pett15").replace("10.1002/stem.1845", "10.1634/old.1845")
    write(refs_bib=PETTINE + alias)
    assert told(check("refs.bib", "--offline", "--incomplete", "ok")) == []
    assert told(check("refs.bib")) == [("refs.bib", "pett15", "warning")]


def test_a_short_form_is_known_by_what_the_registry_says(check: Run) -> None:
    title = ITEM.partition("Sand TT. ")[2].partition(". Stem")[0]
    write(page_md=f"Cells may help [1] [2].\n\n## References\n\n1. {ITEM}\n2. {title}. Stem Cells. 2015.\n")
    assert told(check("page.md", "--offline", "--incomplete", "ok")) == []
    (finding,) = check("page.md").named("duplicate-reference")
    assert finding["line"] == 6


def test_one_key_for_two_works_in_two_files_of_one_bibliography(check: Run) -> None:
    write(a_bib=other("smith2010"), b_bib=PETTINE.replace("pettine2015", "Smith2010"))
    ran = check("a.bib", "b.bib")
    assert told(ran) == [("b.bib", "Smith2010", "warning")]
    assert "one key, two works" in ran.named("duplicate-reference")[0]["message"]
