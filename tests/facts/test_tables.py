"""The table of facts out and in again, and where two extractors differ."""

from __future__ import annotations

import pytest

from evidence.edit import apply
from evidence.errors import FactsError
from evidence.facts import records
from evidence.facts.comparing import compare
from evidence.facts.tables import load, wide_csv
from evidence.facts.writing import table, to_csv
from evidence.model import FactsFile
from evidence.sources import from_text

FACTS = """\
# Two studies of walking.
schema = 1
page   = "walking.md"

[study.walk2019]
source = "sources/walk.txt"   # saved by hand
design = "randomised trial"

[[fact]]
study   = "walk2019"
id      = "enrolled"
kind    = "participants"
role    = "enrolled"
value   = 40               # all of them
on_page = '''Forty adults, "all" of them'''
verdict = "supported"
by      = "A. Reader"
seal    = "0123456789abcdef"

[[fact]]
study = "walk2019"
id    = "pain"
kind  = "outcome"
value = "> 30 %"
at    = { value = 6, unit = "month" }

[[fact]]
study = "nurses2021"
id    = "enrolled"
kind  = "participants"
role  = "enrolled"
value = 60
"""


def read(text: str = FACTS) -> FactsFile:
    return records.read(from_text(text, name="facts.toml", kind="toml"))


def after(csv: str, text: str = FACTS) -> str:
    file = read(text)
    new = apply(file.source.text, load(csv, file).edits)
    read(new)
    return new


def test_a_table_that_comes_back_unchanged_changes_nothing() -> None:
    for csv in (to_csv(table([read()])), wide_csv([read()])):
        assert load(csv, read()).edits == ()
    semicolons = "\ufeffstudy;id;value;at\nwalk2019;pain;> 30 %;6 months\n"
    assert load(semicolons, read()).edits == ()


def test_only_the_cells_that_differ_are_written() -> None:
    csv = to_csv(table([read()])).replace(
        "nurses2021,enrolled,participants,enrolled,60", "nurses2021,enrolled,participants,enrolled,61"
    )
    assert after(csv) == FACTS.replace("value = 60", "value = 61")


def test_a_value_as_people_write_it() -> None:
    rows = "study,id,value\nwalk2019,pain,> 40 %\n"
    assert 'value = "> 40 %"' in after(rows)
    rows = "study,id,value,at\nwalk2019,pain,> 30 %,1 year\n"
    new = after(rows)
    assert 'at    = { value = 1, unit = "year" }' in new
    assert "# all of them" in new


def test_a_new_row_is_a_new_fact() -> None:
    new = read(after("study,id,kind,role,value\nwalk2019,analysed,participants,analysed,38\n"))
    fact = new.facts[-1]
    assert (fact.study, fact.id, fact.kind, fact.role, fact.quantity.value) == (
        "walk2019", "analysed", "participants", "analysed", 38,
    )  # fmt: skip


def test_a_verdict_from_a_table_is_one_typed_by_hand() -> None:
    new = after("study,id,verdict,by\nwalk2019,enrolled,distorted,B. Reader\n")
    assert 'verdict = "distorted"' in new
    assert "seal" not in new


def test_an_empty_cell_takes_the_key_away() -> None:
    assert "A. Reader" not in after("study,id,by\nwalk2019,enrolled,\n")


def test_the_wide_table() -> None:
    lines = wide_csv([read()]).splitlines()
    assert lines[0] == "study,source,design,enrolled,pain"
    assert lines[1].startswith("walk2019,sources/walk.txt,randomised trial,40,")
    assert lines[2] == "nurses2021,,,60,"
    new = read(after("study,enrolled,pain\nwalk2019,41,\nnurses2021,60,12 %\n"))
    values = {(fact.study, fact.id, fact.kind, fact.quantity.value) for fact in new.facts}
    assert ("walk2019", "enrolled", "participants", 41) in values
    assert ("nurses2021", "pain", "outcome", 12) in values


def test_a_data_frame() -> None:
    pytest.importorskip("pandas")
    from evidence.facts.tables import to_pandas

    assert list(to_pandas([read()])["id"]) == ["enrolled", "pain", "enrolled"]
    assert list(to_pandas([read()], by_study=True)["pain"]) == ["> 30 %", ""]


@pytest.mark.parametrize(
    ("csv", "line", "told"),
    [
        ("id,value\nenrolled,4\n", 1, '"study"'),
        ("study,id,valeu\nwalk2019,enrolled,4\n", 1, '"value"'),
        ("study,id,value\nwalk2019,enrolled,many\n", 2, "30 months"),
        ("study,id,role\nwalk2019,enrolled,enroled\n", 2, '"enrolled"'),
        ("study,id,on\nwalk2019,enrolled,22/11/2026\n", 2, "2026-11-22"),
        ("study,id,value\nwalk2019,enrolled,4\nwalk2019,enrolled,5\n", 3, "line 2"),
        ("study,id,value\nwalk2019,,4\n", 2, "id"),
        ("study,id\nwalk2019,enrolled,4\n", 2, "more cells"),
    ],
)
def test_errors_name_the_line_and_what_to_type(csv: str, line: int, told: str) -> None:
    with pytest.raises(FactsError) as error:
        load(csv, read())
    assert f"table.csv:{line}: " in str(error.value)
    assert told in str(error.value)


def test_two_extractors() -> None:
    second = FACTS.replace("value = 60", "value = 61").replace("{ value = 6, unit", "{ value = 7, unit")
    second = second.replace('id    = "pain"', 'id    = "pain-at-rest"')
    result = compare(read(), read(second))
    assert [(one.study, one.id, one.field, one.first, one.second) for one in result.differences] == [
        ("walk2019", "pain", "missing", "> 30 %", ""),
        ("nurses2021", "enrolled", "value", "60", "61"),
        ("walk2019", "pain-at-rest", "missing", "", "> 30 %"),
    ]
    assert (result.both, result.same_value) == (2, 1)


def test_the_same_fact_under_another_id_and_unit() -> None:
    second = FACTS.replace('id    = "pain"', 'id    = "pain-at-rest"')
    assert not compare(read(), read(second)).differences
    second = FACTS.replace('{ value = 6, unit = "month" }', '"0.5 years"')
    assert not compare(read(), read(second)).differences
