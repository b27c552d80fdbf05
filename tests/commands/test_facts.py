"""`facts`: the table, a person's verdicts, and what makes them void."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.made import web

FACTS = """# what the page says the walkers did
schema = 1
page = "page.md"

[study.walk2020]
source = "sources/walk.txt"   # saved by hand
tier = "news"

[[fact]]
study = "walk2020"
id = "enrolled"
kind = "participants"
role = "enrolled"
value = 24          # all of them
on_page = "24 people began to walk"
in_source = "Two dozen (24) people took part"
verdict = "unchecked"

[[fact]]
study = "walk2020"
id = "finished"
kind = "participants"
role = "completed"
value = 12
of = "enrolled"
on_page = "12 finished the year"
in_source = "twelve of them (12) finished the year"
verdict = "unchecked"
"""
PAGE = "Of those, 24 people began to walk, and 12 finished the year [@walk2020].\n"
SOURCE = "Two dozen (24) people took part. In the end twelve of them (12) finished the year.\n"


@pytest.fixture
def walkers(project: Path) -> Path:
    Path("facts.toml").write_text(FACTS)
    Path("page.md").write_text(PAGE)
    Path("sources").mkdir()
    Path("sources/walk.txt").write_text(SOURCE)
    Path("refs.bib").write_text(
        web("https://walks.example.org/2020", "walk2020", "Walking", "\n  author = {{Walk News}},")
    )
    return project / "facts.toml"


def names(run: Run, *more: str) -> list[tuple[str, str]]:
    ran = run("check", "page.md", "--select", "FCT", "--format", "json", *more)
    return sorted((f["name"], f["key"]) for f in ran.json["findings"])


def test_the_table(walkers: Path, run: Run) -> None:
    for words in (["facts", "list"], ["facts", "list", "facts.toml"], ["facts", "list", "page.md"]):
        ran = run(*words)
        assert ran.code == 0
        assert "enrolled" in ran.out
        assert "finished" in ran.out
        assert "\x1b" not in ran.out


def test_export_as_csv_and_json(walkers: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("facts", "export").out)))
    assert [(row["study"], row["id"], row["value"]) for row in rows] == [
        ("walk2020", "enrolled", "24"),
        ("walk2020", "finished", "12"),
    ]
    table = json.loads(run("facts", "export", "--format", "json").out)
    assert table["schema"] == 1
    assert [row["id"] for row in table["facts"]] == ["enrolled", "finished"]


def test_facts_are_in_the_report(walkers: Path, run: Run) -> None:
    ran = run("check", "page.md", "--select", "FCT", "--format", "json")
    assert ran.code == 0
    assert ran.json["facts"] == [
        {"id": "enrolled", "study": "walk2020", "kind": "participants", "role": "enrolled", "value": 24,
         "verdict": "unchecked", "path": "page.md", "line": 1},
        {"id": "finished", "study": "walk2020", "kind": "participants", "role": "completed", "value": 12,
         "verdict": "unchecked", "path": "page.md", "line": 1},
    ]  # fmt: skip
    assert names(run) == [("unchecked-fact", "enrolled"), ("unchecked-fact", "finished")] or {
        name for name, _ in names(run)
    } == {"unchecked-fact"}


def test_a_verdict_is_sealed_and_comments_are_kept(walkers: Path, run: Run) -> None:
    ran = run(
        "facts", "confirm", "finished", "--verdict", "supported", "--by", "A. Reader", "--note", "read twice"
    )
    assert (ran.code, ran.out) == (0, "")
    text = walkers.read_text()
    assert 'verdict = "supported"' in text
    assert 'by = "A. Reader"' in text
    assert "on = 2026-11-22" in text
    assert "seal = " in text
    assert 'note = "read twice"' in text
    for kept in ("# what the page says the walkers did", "# saved by hand", "# all of them"):
        assert kept in text
    new = [line for line in text.splitlines() if line not in FACTS.splitlines()]
    assert len(new) <= 5
    assert text.index("supported") > text.index('id = "finished"')
    assert {key for name, key in names(run)} != set()
    assert "verdict-void" not in {name for name, _ in names(run)}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("facts.toml", "value = 12", "value = 13"), ("facts.toml", "twelve of them (12)", "twelve (12)"),
     ("facts.toml", '"12 finished the year"', '"12 finished"'),
     ("facts.toml", "sources/walk.txt", "sources/other.txt")],
)  # fmt: skip
def test_a_verdict_is_void_after_an_edit(file: str, old: str, new: str, walkers: Path, run: Run) -> None:
    run("facts", "confirm", "finished", "--verdict", "supported", "--by", "A")
    Path("sources/other.txt").write_text(SOURCE)
    Path(file).write_text(Path(file).read_text().replace(old, new))
    assert "verdict-void" in {name for name, _ in names(run)}
    assert run("check", "page.md", "--select", "FCT").code == 1
    assert run("facts", "confirm", "finished", "--verdict", "supported", "--by", "B").code == 0
    assert "verdict-void" not in {name for name, _ in names(run)}


def test_a_verdict_that_was_typed_stands_until_it_is_sealed(walkers: Path, run: Run) -> None:
    walkers.write_text(FACTS.replace('verdict = "unchecked"', 'verdict = "supported"'))
    assert names(run) == []


@pytest.mark.parametrize("verdict", ["distorted", "contradicted"])
def test_what_is_known_to_be_wrong_and_still_there_is_an_error(verdict: str, walkers: Path, run: Run) -> None:
    run("facts", "confirm", "finished", "--verdict", verdict, "--by", "A")
    assert "misreported-fact" in {name for name, _ in names(run)}
    ran = run("check", "page.md", "--select", "misreported-fact")
    assert ran.code == 1
    Path("page.md").write_text(PAGE.replace("12 finished the year", "some finished"))
    assert "misreported-fact" not in {name for name, _ in names(run)}


def test_an_unknown_id_names_those_that_there_are(walkers: Path, run: Run) -> None:
    before = walkers.read_bytes()
    ran = run("facts", "confirm", "finishd", "--verdict", "supported", "--by", "A")
    assert ran.code == 2
    assert "walk2020.finished" in ran.err
    assert walkers.read_bytes() == before


def test_an_unknown_verdict_names_those_that_there_are(walkers: Path, run: Run) -> None:
    before = walkers.read_bytes()
    ran = run("facts", "confirm", "finished", "--verdict", "suported", "--by", "A")
    assert ran.code == 2
    assert "supported" in ran.err
    assert walkers.read_bytes() == before


def test_an_id_that_two_studies_use_needs_its_study(walkers: Path, run: Run) -> None:
    walkers.write_text(
        FACTS
        + '\n[study.run2021]\nsource = "sources/walk.txt"\n\n[[fact]]\nstudy = "run2021"\nid = "finished"\n'
        'kind = "other"\nvalue = 12\nin_source = "finished the year"\n'
    )
    ran = run("facts", "confirm", "finished", "--verdict", "supported", "--by", "A")
    assert ran.code == 2
    assert "run2021.finished" in ran.err
    assert run("facts", "confirm", "run2021.finished", "--verdict", "supported", "--by", "A").code == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "hint"),
    [("value = 24 ", "value = = 24 ", "facts.toml:14", ""),
     ('kind = "participants"\nrole = "enrolled"', 'kind = "partisipants"\nrole = "enrolled"', "facts.toml:12", "participants"),
     ('role = "completed"', 'role = "completd"', "facts.toml:2", "completed"),
     ("schema = 1", "schema = 7", "facts.toml:2", ""),
     ('verdict = "unchecked"\n\n', 'verdict = "fine"\n\n', "facts.toml:17", "supported"),
     ('of = "enrolled"', 'of = "enroled"', "facts.toml:2", "enrolled")],
    ids=["syntax", "kind", "role", "schema", "verdict", "of"],
)  # fmt: skip
def test_a_mistake_in_the_facts_is_2_and_names_the_line(
    old: str, new: str, line: str, hint: str, walkers: Path, run: Run
) -> None:
    assert old in FACTS
    walkers.write_text(FACTS.replace(old, new, 1))
    for words in (
        ["check", "page.md"],
        ["check", "facts.toml"],
        ["facts", "list"],
        ["facts", "export", "facts.toml"],
    ):
        ran = run(*words)
        assert ran.code == 2
        assert line in ran.err
        assert hint in ran.err


def test_a_facts_file_that_is_named_is_checked_with_its_pages(walkers: Path, run: Run) -> None:
    walkers.write_text(FACTS.replace("value = 12", "value = 13"))
    ran = run("check", "facts.toml", "--offline", "--format", "json")
    assert ran.code == 1
    assert ("value-not-in-quote", "facts.toml") in {(f["name"], f["path"]) for f in ran.json["findings"]}
    assert [reference["key"] for reference in ran.json["references"]] == ["walk2020"]


def test_extraction_records_are_checked_where_there_is_no_page(walkers: Path, run: Run) -> None:
    page = next(line for line in FACTS.splitlines() if line.startswith("page = "))
    kept = [line for line in FACTS.splitlines() if not line.startswith("on_page") and line != page]
    Path("only.toml").write_text("\n".join(kept).replace("value = 12", "value = 13"))
    ran = run("check", "only.toml", "--offline", "--format", "json")
    assert [f["name"] for f in ran.json["findings"] if f["severity"] == "error"] == ["value-not-in-quote"]


def test_an_unknown_study_is_an_error_with_the_near_name(walkers: Path, run: Run) -> None:
    walkers.write_text(
        FACTS.replace('study = "walk2020"\nid = "enrolled"', 'study = "wlak2020"\nid = "enrolled"').replace(
            'of = "enrolled"\n', ""
        )
    )
    ran = run("check", "page.md", "--select", "FCT", "--format", "json")
    assert ran.code == 1
    (found,) = [f for f in ran.json["findings"] if f["severity"] == "error"]
    assert "walk2020" in found["message"]
    assert (found["path"], found["line"]) == ("facts.toml", 10)


def test_newlines_and_encoding_are_kept(walkers: Path, run: Run) -> None:
    walkers.write_bytes(FACTS.replace("\n", "\r\n").encode("utf-8-sig"))
    assert run("facts", "confirm", "finished", "--verdict", "supported", "--by", "Ä").code == 0
    after = walkers.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_quote_that_left_the_page_is_an_error(walkers: Path, run: Run) -> None:
    Path("page.md").write_text(PAGE.replace("12 finished", "Twelve or so finished"))
    ran = run("check", "page.md", "--select", "FCT", "--format", "json")
    assert ran.code == 1
    assert [f["name"] for f in ran.json["findings"] if f["severity"] == "error"] == ["quote-not-on-page"]
    assert ran.json["facts"][1]["line"] is None


def test_without_facts_there_is_nothing_to_list(project: Path, run: Run) -> None:
    Path("page.md").write_text("Words.\n")
    ran = run("facts", "list")
    assert ran.code == 0
    assert "no facts found" in ran.err
    assert json.loads(run("facts", "export", "--format", "json").out)["facts"] == []


def test_a_source_may_not_lie_outside_the_project(walkers: Path, run: Run) -> None:
    Path("../outside.txt").write_text(SOURCE)
    walkers.write_text(
        FACTS.replace("sources/walk.txt", "../outside.txt").replace(
            'in_source = "twelve of them (12) finished the year"\n', ""
        )
    )
    found = names(run)
    assert "could-not-check" in {name for name, _ in found}
    assert "quote-not-in-source" not in {name for name, _ in found}
