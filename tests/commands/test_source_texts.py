"""What the lock keeps of the texts of sources: a digest, so that an update can say that they changed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from evidence.sourcing import digest_of
from tests.commands.conftest import Run
from tests.commands.test_update import days_later
from tests.standin import Standin
from tests.standin_pubmed import Paper

ENROLLED = "We enrolled 44 nurses, who walked daily."
FACTS = """page = "page.md"

[study.walk]
source = "pmid:123456"
tier   = "abstract"

[[fact]]
study   = "walk"
id      = "enrolled"
kind    = "participants"
role    = "enrolled"
value   = 44
on_page = "44 nurses"
"""


def say(standin: Standin, words: str) -> None:
    paper = Paper("123456", "Walking", "10.1000/walk", abstract=(("METHODS", words),))
    standin.registries.pubmed.papers["123456"] = paper


def lock() -> dict[str, Any]:
    return tomllib.loads(Path("refs.lock").read_text())


@pytest.fixture
def walked(standin: Standin, project: Path, run: Run) -> Standin:
    """A project whose fact rests on the abstract of a paper as a whole; its lock is written."""
    say(standin, ENROLLED)
    Path("page.md").write_text("We walked with 44 nurses.\n")
    Path("facts.toml").write_text(FACTS)
    Path("refs.bib").write_text("")
    ran = run("check", "page.md", "--select", "FCT")
    assert ran.code == 0, ran.err
    return standin


def test_the_lock_keeps_a_digest_and_none_of_the_words(walked: Standin) -> None:
    kept = lock()["text"]["text:pmid:123456"]
    assert kept["outcome"] == "found"
    assert kept["digest"].startswith("sha256:")
    assert "nurses" not in Path("refs.lock").read_text()


def test_a_frozen_run_goes_on_without_the_words(walked: Standin, run: Run) -> None:
    before, asked = Path("refs.lock").read_text(), len(walked.log)
    ran = run("check", "page.md", "--select", "FCT", "--frozen", "--format", "json")
    assert ran.code == 0
    assert "could-not-check" in {one["name"] for one in ran.json["findings"]}
    assert (Path("refs.lock").read_text(), len(walked.log)) == (before, asked)


def test_an_update_says_that_a_source_has_changed(
    walked: Standin, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = lock()["text"]["text:pmid:123456"]
    days_later(monkeypatch, 7)
    assert "pmid:123456" not in run("update").out
    assert lock()["text"]["text:pmid:123456"] == was
    days_later(monkeypatch, 14)
    say(walked, ENROLLED.replace("44", "41"))
    ran = run("update")
    assert "reworded: pmid:123456: not the words of 2026-11-22 any more" in ran.out
    now = lock()["text"]["text:pmid:123456"]
    assert now["digest"] != was["digest"]
    assert now["since"] == "2026-12-06"


def test_no_answer_leaves_the_digest_as_it_is(
    walked: Standin, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lock()["text"]["text:pmid:123456"]
    days_later(monkeypatch, 7)
    del walked.registries.pubmed.papers["123456"]
    run("update")
    assert lock()["text"]["text:pmid:123456"] == {**before, "asked": before["since"]}


@pytest.mark.parametrize(
    "same", ["We  enrolled 44 nurses", "we enrolled 44 nurses.", "We enrolled\n44 nurses"]
)
def test_how_words_are_set_is_no_change(same: str) -> None:
    assert digest_of(same) == digest_of("We enrolled 44 nurses")


@pytest.mark.parametrize(
    "other", ["We enrolled 4.4 nurses", "We enrolled 45 nurses", "We enrolled 44 4 nurses"]
)
def test_other_words_and_numbers_are_a_change(other: str) -> None:
    assert digest_of(other) != digest_of("We enrolled 44 nurses")
