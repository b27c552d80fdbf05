"""A damaged, newer or conflicting refs.lock: the error names the line, and reading stays quick."""

from __future__ import annotations

import pytest

from evidence.errors import LockError
from evidence.lock import Lock, dumps, loads
from evidence.model import Answer, Question
from tests.measuring import assert_linear

DAY = "2026-11-22"
START = 'schema = 1\nupdated = "2026-11-22"\n\n[crossref."doi:10.1/x"]\n'
FOUND = START + 'outcome = "found"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schema = 2\n", "refs.lock:1: 'schema' schema 2 needs a newer evidence"),
        ("", "refs.lock:1: no schema"),
        ("schema = '1'\n", "refs.lock:1: 'schema' must be a whole number"),
        ("schema = true\n", "must be a whole number"),
        ("schema = 1\nupdated = 'x'\n", "refs.lock:2: 'updated' must be a date such as 2026-11-22"),
        ("schema = 1\ncrossref = 3\n", "refs.lock:2: 'crossref' must be a table"),
        ("schema = 1\n[crossref]\n'doi:10.1/x' = 3\n", "refs.lock:3: 'doi:10.1/x' must be a table"),
        (START + "outcome = found\n", "refs.lock:5: damaged: invalid value"),
        (FOUND + 'title = "cut', "refs.lock:6: damaged: unterminated string"),
        (FOUND + "type = 3\n", "refs.lock:6: 'type' must be a string"),
        (START + 'outcome = "maybe"\n', "refs.lock:5: 'outcome' must be found or absent, not 'maybe'"),
        (START + 'since = "2026-11-22"\n', "refs.lock:4: no outcome"),
        (FOUND, "refs.lock:4: found, but no record of it"),
        (START + 'outcome = "absent"\n\nsince = "soon"\n', "refs.lock:7: 'since' must be a date"),
        (FOUND + 'authors = "A"\n', "refs.lock:6: 'authors' must be a list"),
        (FOUND + 'authors = ["A", 3]\n', "refs.lock:6: 'authors' must be a list of strings"),
        (FOUND + 'issued = "early"\n', "refs.lock:6: 'issued' must be a date such as '2015-01'"),
        (FOUND + 'ids = ["25"]\n', "refs.lock:6: 'ids' must be such as 'pmid:123'"),
        (FOUND + 'type = "x"\nextra.a = 3\n', "refs.lock:7: 'extra' must hold strings"),
        (FOUND + 'type = "x"\nnotices.retraction."1" = 3\n', "refs.lock:7: 'notices' must be tables"),
        (FOUND + 'candidates = ["doi:10.1/y"]\n', "names 'doi:10.1/y', of which the lock has no"),
        (FOUND + 'alias_of = "doi:10.1/y"\n', "refs.lock:6: 'alias_of' names 'doi:10.1/y'"),
        (START + "looks = [3]\n", "refs.lock:5: 'looks' must be a list of tables"),
        (START + "looks = [{ status = 'x' }]\n", "'status' must be a whole number"),
        (START + "looks = [{ hops = ['x'] }]\n", "a hop must be a status and an address"),
        (START + START.split("\n\n")[1], "refs.lock:5: damaged: cannot declare"),
    ],
)
def test_damage_names_file_and_line(text: str, expected: str) -> None:
    with pytest.raises(LockError) as caught:
        loads(text)
    assert expected in str(caught.value)


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> branch", "||||||| 1a2b3c"])
def test_conflict_markers(marker: str) -> None:
    with pytest.raises(LockError) as caught:
        loads(f"{START}{marker}\noutcome = 'found'\n", "docs/refs.lock")
    assert str(caught.value) == (
        "docs/refs.lock:5: git's conflict markers: take either side, then run evidence check"
    )


def test_lower_schemas_and_unknown_keys_are_read() -> None:
    text = START.replace("schema = 1", "schema = 0") + 'outcome = "absent"\nweather = { fine = true }\n'
    lock = loads(text)
    assert lock.answers == {Question("crossref", "doi:10.1/x"): Answer("absent", "crossref", asked=DAY)}


def test_a_large_lock_is_read_in_linear_time() -> None:
    def action(count: int) -> None:
        answer = Answer("found", "doi", asked=DAY)
        text = dumps(Lock({Question("doi", f"doi:10.1/{n}"): answer for n in range(count)}, DAY))
        assert len(loads(text).answers) == count

    assert_linear(action, 2_000)
