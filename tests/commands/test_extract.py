"""`extract`: pages, .bib files and lines to study facts, as JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Run

KEYS = {
    "kind", "role", "outcome", "arm", "value", "unit", "relation", "of", "at", "stat", "confidence", "quote",
    "start", "end",
}  # fmt: skip
PAGE = """---
title: Walking
---

In one study 24&nbsp;patients were injected. Of the original 24 patients, 12 were followed for 30 months [1].

Another study included 100 patients as part of a phase II trial [2].

1. Ng A. A walk of 500 patients. Walks. 2019;1:1-2. doi: 10.1000/walk
2. Ng B. Another walk. Walks. 2020;2:1-2. doi: 10.1000/walk2
"""


def test_a_text(project: Path, run: Run) -> None:
    (made,) = run("extract", "--text", "We randomised 120 patients.").lines
    (fact,) = made["facts"]
    assert set(fact) == KEYS
    assert (fact["kind"], fact["role"], fact["value"], fact["relation"]) == (
        "participants", "randomised", 120, "=",
    )  # fmt: skip
    assert fact["quote"] == "We randomised 120 patients"[fact["start"] : fact["end"]]


def test_lines_in_order_with_their_own_ids(project: Path, run: Run) -> None:
    lines = [
        '{"id": "a", "text": "Forty women were enrolled."}',
        "",
        '{"id": 7, "text": "Nothing."}',
        "Sixty men were enrolled.",
    ]
    made = run("extract", "-", stdin="\n".join(lines)).lines
    assert [one["id"] for one in made] == ["a", 7, "3"]
    assert [[fact["value"] for fact in one["facts"]] for one in made] == [[40], [], [60]]
    Path("in.jsonl").write_text("\n".join(lines[:3]))
    assert run("extract", "in.jsonl").lines == made[:2]


def test_a_broken_line_is_named(project: Path, run: Run) -> None:
    ran = run("extract", "-", stdin='{"id": "a", "text": "x"}\n{"id": "b"}\n')
    assert ran.code == 2
    assert "line 2" in ran.err
    assert '"text"' in ran.err
    Path("in.jsonl").write_text('{"id": "a", "text": "x"}\n{"id": }\n')
    ran = run("extract", "in.jsonl")
    assert ran.code == 2
    assert "line 2" in ran.err


def test_a_page_without_its_reference_list(project: Path, run: Run) -> None:
    Path("page.md").write_text(PAGE)
    (made,) = run("extract", "page.md").lines
    assert made["id"] == "page.md"
    found = {(fact["role"], fact["value"]) for fact in made["facts"] if fact["kind"] == "participants"}
    assert found == {("enrolled", 24), ("followed", 12), ("enrolled", 100)}
    first = made["facts"][0]
    assert PAGE[first["start"] : first["end"]].startswith("In one study 24&nbsp;patients")


def test_the_abstracts_of_a_bibliography(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(
        "@article{a, title={One}, abstract={We randomised 30 patients.}}\n@article{b, title={Two}}\n"
    )
    (made,) = run("extract", "refs.bib").lines
    assert made["id"] == "a"
    assert made["facts"][0]["value"] == 30


def test_without_input_it_says_so(project: Path, run: Run) -> None:
    ran = run("extract")
    assert ran.code == 2
    assert "--text" in ran.err
    assert run("extract", "nowhere.md").code == 2


def test_the_json_is_inert(project: Path, run: Run) -> None:
    ran = run("extract", "-", stdin=json.dumps({"id": "\x1b[2J", "text": "We enrolled 31 nurses \x1b[2J."}))
    assert "\x1b" not in ran.out
    assert ran.lines[0]["id"] == "\x1b[2J"
