"""Seals, verdicts, new blocks and tables: the smallest edits, and nothing else changes."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.facts import records, writing
from evidence.facts.numbers import quantity
from evidence.model import Edit, Fact, Quantity, Quote, Source, Study
from tests.facts.made import FACTS, facts


def apply(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


FACT = Fact(
    id="free",
    study="walk2019",
    kind="outcome",
    quantity=quantity("12"),
    of="walkers",
    at=quantity("2 years"),
    on_page=Quote("12 were pain-free", "the trial: "),
    in_source=Quote("twelve had no pain"),
    verdict="supported",
    outcome="pain",
    arm="walking",
    stat="mean",
    partition="all",
    source_at=quantity("24 months"),
    extra={"n": 20},
)

CHANGES: list[dict[str, Any]] = [
    {"on_page": Quote("13 were pain-free", "the trial: ")},
    {"on_page": Quote("12 were pain-free")},
    {"on_page": None},
    {"in_source": Quote("twelve had some pain")},
    {"quantity": quantity("13")},
    {"quantity": quantity("at least 12")},
    {"quantity": quantity("12 months")},
    {"of": "enrolled"},
    {"at": quantity("3 years")},
    {"kind": "participants"},
    {"role": "event"},
    {"outcome": "sleep"},
    {"arm": "rest"},
    {"stat": "median"},
    {"partition": ""},
    {"source_relation": ">"},
    {"source_at": None},
    {"extra": {"n": 21}},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_changed_fact_has_another_seal(change: dict[str, Any]) -> None:
    assert records.seal(replace(FACT, **change), "s") != records.seal(FACT, "s")


def test_another_source_has_another_seal() -> None:
    assert records.seal(FACT, "doi:10.5555/1") != records.seal(FACT, "doi:10.5555/2")


@pytest.mark.parametrize(
    "change",
    [
        {"on_page": Quote("12 were pain‑free", "the  trial: ")},
        {"quantity": quantity(12)},
        {"quantity": Quantity(12, "", "=", "twelve")},
        {"at": quantity({"value": 2, "unit": "yr"})},
        {"verdict": "distorted"},
        {"by": "Ann"},
        {"note": "looked twice"},
        {"seal": "1"},
        {"page": "elsewhere.md"},
        {"extra": {"n": 20, "hospital": "Oslo"}},
    ],
    ids=str,
)
def test_typesetting_and_remarks_do_not_break_a_seal(change: dict[str, Any]) -> None:
    assert records.seal(replace(FACT, **change), "s") == records.seal(FACT, "s")


def test_a_seal_is_short_hexadecimal() -> None:
    assert len(records.seal(FACT, "")) == 16
    int(records.seal(FACT, ""), 16)


def test_a_verdict_by_hand_stands_and_a_broken_seal_voids() -> None:
    studies = {"walk2019": Study("walk2019", source="s")}
    assert not records.is_void(FACT, studies)
    sealed = replace(FACT, seal=records.seal(FACT, "s"))
    assert not records.is_void(sealed, studies)
    assert records.is_void(sealed, {"walk2019": Study("walk2019", source="t")})
    assert records.is_void(replace(sealed, of="all"), studies)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_confirming_changes_only_the_lines_of_the_verdict(newline: str) -> None:
    text = FACTS.replace("\n", newline)
    file = facts(text)
    after = apply(
        text, writing.confirm(file, file.facts[1], "distorted", "Ann Lee", "2026-11-22", 'says "some"')
    )
    before_lines, after_lines = text.split(newline), after.split(newline)
    assert [line for line in before_lines if line not in after_lines] == []
    assert after.count("# as the page has it") == 1
    added = [line for line in after_lines if line not in before_lines]
    fact = facts(after).facts[1]
    assert added[0] == 'verdict   = "distorted"'
    assert [line.partition(" ")[0] for line in added[1:]] == ["by", "on", "note", "seal"]
    assert (fact.verdict, fact.by, fact.on, fact.note) == (
        "distorted",
        "Ann Lee",
        "2026-11-22",
        'says "some"',
    )
    assert not records.is_void(fact, facts(after).studies)
    others = [fact for place, fact in enumerate(facts(after).facts) if place != 1]
    assert [fact.verdict for fact in others] == ["supported"] * 5
    again = facts(after)
    assert writing.confirm(again, again.facts[1], "distorted", "Ann Lee", "2026-11-22", 'says "some"') == []


def test_the_last_fact_of_a_file_without_a_last_newline_can_be_confirmed() -> None:
    text = '[[fact]]\nstudy = "a"\nid = "b"\nvalue = 3'
    file = facts(text)
    after = apply(text, writing.confirm(file, file.facts[0], "supported", "Ann"))
    assert facts(after).facts[0].verdict == "supported"


def test_a_verdict_needs_a_word_and_a_name() -> None:
    file = facts(FACTS)
    with pytest.raises(ValueError, match="is no verdict"):
        writing.confirm(file, file.facts[0], "fine", "Ann")
    with pytest.raises(ValueError, match="needs the name"):
        writing.confirm(file, file.facts[0], "supported", " ")


def test_facts_and_studies_are_appended_and_read_again() -> None:
    study = Study("a b", "doi:10.5555/1", "paper", "trial", "2", "NCT00000001", (("x", 3), ("it's", None)))
    text = "page = 'walking.md' # mine"
    source = Source("facts.toml", text, "toml")
    after = apply(text, writing.add(source, [replace(FACT, study="a b", of="", page="")], [study]))
    assert after.startswith(text + "\n\n")
    file = facts(after)
    assert replace(file.studies["a b"], span=study.span) == study
    fact = file.facts[0]
    assert (fact.on_page, fact.in_source, fact.at) == (
        FACT.on_page,
        FACT.in_source,
        FACT.at and replace(FACT.at, text="2"),
    )
    assert (fact.extra, fact.stat, fact.quantity.value) == ({"n": 20}, "mean", 12)
    assert writing.add(source, []) == []


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60), st.booleans())
def test_any_text_can_be_written(text: str, literal: bool) -> None:
    written = writing.text_value(text, literal=literal)
    assert tomllib.loads(f"x = {written}")["x"] == text.replace("\r\n", "\n") or "\r" in text
    assert tomllib.loads(f"x = {written}")["x"] == text


@given(
    st.floats(-1e9, 1e9, allow_nan=False) | st.integers(-(10**9), 10**9),
    st.sampled_from(["", "month", "percent", "mg"]),
    st.sampled_from(["=", ">", "<=", "~"]),
)
def test_any_quantity_can_be_written(value: float, unit: str, relation: str) -> None:
    measure = quantity(value, unit, relation)
    written = tomllib.loads(f"x = {writing.inline_quantity(measure)}")["x"]
    again = quantity(written)
    assert (again.value, again.unit, again.relation) == (measure.value, unit, relation)


def test_the_table_has_one_row_a_fact() -> None:
    rows = writing.table([facts(FACTS, "content/facts.toml")])
    assert len(rows) == 6
    assert list(rows[0]) == list(writing.COLUMNS)
    assert (rows[1]["value"], rows[2]["at"], rows[2]["page"]) == ("20", "2 years", "content/walking.md")
    assert json.loads(writing.to_json(rows)) == {"schema": 1, "facts": rows}


def test_a_spreadsheet_runs_nothing() -> None:
    row = dict.fromkeys(writing.COLUMNS, "")
    row |= {"study": "=1+1", "note": "@x", "value": "-50", "relation": "=", "id": "-a"}
    read = next(csv.DictReader(io.StringIO(writing.to_csv([row]))))
    assert (read["study"], read["note"], read["value"], read["relation"], read["id"]) == (
        "'=1+1",
        "'@x",
        "-50",
        "=",
        "'-a",
    )
