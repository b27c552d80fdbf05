"""`update`: the lock changes only where the world did, and an outage takes nothing away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK, NOTICE, PETTINE, RETRACTED, web
from tests.standin import Standin

DAY = 86_400
TODAY = 1795305600  # 2026-11-22


def retract(standin: Standin, doi: str) -> None:
    """Let Crossref say from now on that a work was retracted."""
    message: dict[str, Any] = json.loads(json.dumps(standin.crossref.works[doi]))
    standin.crossref.add({**message, "updated-by": [NOTICE]})


def changed(before: str, after: str) -> list[str]:
    old = before.splitlines()
    return [line for line in after.splitlines() if line not in old]


def days_later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(TODAY + days * DAY))


@pytest.fixture
def locked(standin: Standin, project: Path, check: Run) -> str:
    """A project with a lock; returns the lock."""
    Path("refs.bib").write_text(PETTINE + KROCK + web(standin.page("/pages/there", "<p>Words</p>")))
    assert check("refs.bib").code == 0
    return Path("refs.lock").read_text()


def test_the_same_answers_change_nothing_but_the_date(
    locked: str, standin: Standin, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_later(monkeypatch, 7)
    asked = len(standin.log)
    ran = run("update")
    assert ran.code == 0
    assert len(standin.log) > asked
    after = Path("refs.lock").read_text()
    new = [line for line in changed(locked, after) if not line.startswith(("at = ", "updated = "))]
    assert new == []
    assert 'updated = "2026-11-29"' in after
    assert len(after.splitlines()) == len(locked.splitlines())


def test_an_update_on_the_same_day_writes_the_same_bytes(locked: str, run: Run) -> None:
    assert run("update").code == 0
    assert Path("refs.lock").read_text() == locked


def test_a_retraction_appears_as_lines_of_its_own_and_then_fails_a_frozen_check(
    locked: str, standin: Standin, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_later(monkeypatch, 7)
    retract(standin, "10.1002/stem.1845")
    assert check("refs.bib").code == 0  # a check never asks again
    ran = run("update")
    assert ran.code == 1
    assert [
        line
        for line in ran.out.splitlines()
        if line.startswith("retracted: doi:10.1002/stem.1845: ") and "10.99999/standin.late-notice" in line
    ]
    new = "\n".join(changed(locked, Path("refs.lock").read_text()))
    assert "retraction" in new
    assert "krock" not in new.lower()
    asked = len(standin.log)
    ran = check("--frozen")
    assert ran.code == 1
    assert [f["key"] for f in ran.named("retracted")] == ["pettine2015"]
    assert ran.json["references"][0]["verdict"] == "verified"
    assert ran.json["references"][0]["retracted"] is True
    notice = ran.json["references"][0]["notices"][0]
    assert (notice["kind"], notice["id"], notice["date"]) == (
        "retraction",
        "10.99999/standin.late-notice",
        "2026-03-01",
    )
    assert notice["says"]
    assert len(standin.log) == asked


def test_a_retraction_that_is_taken_back_goes_again(
    locked: str, standin: Standin, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = standin.crossref.works["10.1002/stem.1845"]
    retract(standin, "10.1002/stem.1845")
    run("update")
    standin.crossref.add(good)
    days_later(monkeypatch, 7)
    assert run("update").code == 0
    assert not check("--frozen").json["findings"] or not check("--frozen").named("retracted")


def test_an_outage_keeps_the_old_answers(
    locked: str, standin: Standin, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_later(monkeypatch, 7)
    standin.serve("/", status=503, headers={"Retry-After": "0"})
    ran = run("update")
    assert ran.code == 0
    assert "Crossref" in ran.err
    after = Path("refs.lock").read_text()
    kept = [line for line in locked.splitlines() if not line.startswith(("updated", "at = ", "asked"))]
    assert [line for line in kept if line not in after] == []
    standin.heal()
    frozen = check("--frozen")
    assert frozen.code == 0
    assert frozen.json["complete"] is True


def test_an_update_of_some_paths_never_drops_what_others_ask(
    project: Path, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.md").write_text("Cells may help [@pettine2015].\n")
    Path("b.md").write_text("Milieu matters [@krock2015].\n")
    Path("refs.bib").write_text(PETTINE + KROCK)
    assert check("a.md", "b.md").code == 0
    days_later(monkeypatch, 7)
    assert run("update", "a.md").code == 0
    assert check("a.md", "b.md", "--frozen").code == 0


def test_an_update_of_the_project_drops_what_nothing_asks_any_more(locked: str, run: Run, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert "krock" in locked
    assert check("refs.bib").code == 0
    assert Path("refs.lock").read_text() == locked
    assert run("update", "refs.bib").code == 0
    assert "krock" in Path("refs.lock").read_text()
    ran = run("update")
    assert ran.code == 0
    told = ran.out.splitlines()
    assert [line for line in told if "search:" in line] == [
        line for line in told if line.startswith("dropped: search:")
    ]
    assert len(told) == len({*told}) <= 9
    after = Path("refs.lock").read_text()
    assert "krock" not in after
    assert "/pages/there" not in after
    assert "stem.1845" in after
    assert check("--frozen").code == 0


def test_answers_by_hand_are_kept_and_never_asked_again(
    standin: Standin, project: Path, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    lock = Path("refs.lock").read_text()
    assert "crossref" in lock
    Path("refs.lock").write_text(lock.replace("crossref", "by-hand"))
    days_later(monkeypatch, 7)
    asked = len(standin.log)
    assert run("update").code == 0
    assert len(standin.log) == asked
    assert "by-hand" in Path("refs.lock").read_text()
    assert check("--frozen").json["references"][0]["record"]["service"] == "by-hand"


def test_a_page_that_cannot_be_read_drops_nothing(locked: str, run: Run) -> None:
    """What the unreadable page asks for is not known, so nothing is known to be asked by nobody."""
    Path("refs.bib").write_bytes(bytes(range(256)) * 8)
    assert run("update").code == 2
    assert Path("refs.lock").read_text() == locked


def test_a_damaged_lock_is_2_and_left_alone(locked: str, run: Run) -> None:
    Path("refs.lock").write_text("<<<<<<< ours\n" + locked)
    ran = run("update")
    assert ran.code == 2
    assert "refs.lock:1" in ran.err
    assert Path("refs.lock").read_text() == "<<<<<<< ours\n" + locked


def test_a_link_that_dies_is_seen_by_the_next_update_only(
    locked: str, standin: Standin, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.page("/pages/there", "gone", status=404)
    days_later(monkeypatch, 7)
    assert check("refs.bib").code == 0
    ran = run("update")
    assert ran.code == 1
    frozen = check("--frozen")
    assert [f["key"] for f in frozen.named("dead-link")] == ["backs2020"]
    assert [link["state"] for link in frozen.json["links"]] == ["dead"]


def test_update_without_a_project_says_that_there_is_no_lock(project: Path, run: Run) -> None:
    Path(".git").rmdir()
    Path("page.md").write_text("Words.\n")
    ran = run("update")
    assert ran.code == 2
    assert "--lock" in ran.err


@pytest.mark.parametrize("mode", ["--offline", "--frozen", "--read-only"])
def test_update_has_no_mode_without_a_network(mode: str, locked: str, run: Run) -> None:
    ran = run("update", mode)
    assert ran.code == 2
    assert Path("refs.lock").read_text() == locked


def test_adding_and_taking_out_an_entry_are_clean_changes_of_the_lock(
    locked: str, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_later(monkeypatch, 3)
    Path("refs.bib").write_text(Path("refs.bib").read_text() + RETRACTED)
    assert check("refs.bib").code == 1
    after = Path("refs.lock").read_text()
    assert [line for line in locked.splitlines() if line not in after.splitlines()] == []
    assert 'since = "2026-11-25"' in "\n".join(changed(locked, after))


def test_renaming_keys_and_restyling_asks_nothing_new(locked: str, standin: Standin, check: Run) -> None:
    text = Path("refs.bib").read_text()
    Path("refs.bib").write_text(
        text.replace("pettine2015", "bone:marrow")
        .replace("krock2015", "milieu")
        .replace("The Inflammatory", "the  {I}nflammatory")
    )
    asked = len(standin.log)
    ran = check("refs.bib", "--frozen")
    assert ran.code == 0
    assert ran.json["complete"] is True
    assert len(standin.log) == asked


def test_a_budget_that_is_spent_takes_nothing_from_the_lock(
    locked: str, standin: Standin, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_later(monkeypatch, 7)
    standin.serve("/", delay=3.0)
    ran = run("update", "--budget", "0.5")
    assert ran.code == 0
    assert "time for this run" in ran.err
    assert "budget" not in Path("refs.lock").read_text()
    frozen = check("--frozen")
    assert frozen.code == 0
    assert [link["state"] for link in frozen.json["links"]] == ["alive"]
