"""`update --format markdown`: what the world changed, as the body of a pull request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence.lock import Lock
from evidence.model import Answer, Date, Notice, Question, Record, Seen, Work
from evidence.news import News, as_json, as_markdown, as_text, news
from tests.commands.conftest import Run
from tests.commands.made import PETTINE, web
from tests.commands.test_update import retract
from tests.standin import Standin

URL = "https://x.example/a"
DOI = Question("crossref", "doi:10.1/x")
LINK = Question("link", f"link:{URL}")


def record(title: str = "On rest", *notices: Notice, year: int = 2010) -> Record:
    return Record("crossref", Work(title=title, issued=Date(year)), notices, "2026-01-01")


def found(one: Record) -> Answer:
    return Answer("found", "crossref", (one,), since="2026-01-01")


def looked(*seen: tuple[str, int, str]) -> Answer:
    looks = tuple(Seen(URL, at, hops=((URL, 301),) if to else (), status=status) for at, status, to in seen)
    return Answer("found", "link", seen=looks, since=seen[-1][0])


def told(before: dict[Question, Answer], after: dict[Question, Answer]) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in news(Lock(before), Lock(after), "2026-11-22")]


def test_notices_come_first_and_each_once() -> None:
    known, new = (
        Notice("correction", "10.1/c", "2020-01-01"),
        Notice("retraction", "10.1/r", "2026-02-03", ("crossref",)),
    )
    before, after = found(record("On rest", known)), found(record("On rest", known, new, year=2011))
    assert told({DOI: before}, {DOI: after}) == [
        ("retracted", "“On rest”: retraction on 2026-02-03, notice 10.1/r (says crossref)"),
        ("changed", "year was “2010”, is “2011”"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (found(record()), Answer("absent", "crossref"), "gone"),
        (Answer("absent", "crossref"), found(record()), "found"),
        (None, found(record()), "new"),
        (found(record()), None, "dropped"),
        (found(record()), found(record()), None),
    ],
)
def test_works_come_and_go(before: Answer | None, after: Answer | None, kind: str | None) -> None:
    made = told({DOI: before} if before else {}, {DOI: after} if after else {})
    assert [one for one, _ in made] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (looked(("2026-01-01", 200, "")), looked(("2026-01-01", 200, ""), ("2026-11-22", 404, "")), "died"),
        (looked(("2026-01-01", 404, "")), looked(("2026-01-01", 404, ""), ("2026-11-22", 200, "")), "back"),
        (looked(("2026-01-01", 200, "")), looked(("2026-01-01", 200, ""), ("2026-11-22", 403, "")), None),
        (looked(("2026-01-01", 200, "")), looked(("2026-01-01", 200, ""), ("2026-11-22", 503, "")), None),
    ],
)
def test_links_die_and_live_and_a_refusal_is_no_news(before: Answer, after: Answer, kind: str | None) -> None:
    assert [one for one, _ in told({LINK: before}, {LINK: after})] == ([kind] if kind else [])


def test_words_from_outside_are_inert_in_markdown() -> None:
    text = as_markdown(
        [News("changed", "doi:10.1/x", "title was “<b>@team</b> [a](javascript:1)”")], ["::error::x"]
    )
    assert "<b>" not in text
    assert "@team" not in text
    assert "\\](" in text  # escaped, so no link
    assert as_markdown([]).startswith("## What changed in the world\n\nNothing:")
    assert as_text([]) == ""
    assert json.loads(as_json([])) == {"schema": 1, "news": []}


def test_update_prints_the_body_of_a_pull_request(
    project: Path, standin: Standin, run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = standin.page("/pages/there", "<p>Words</p>")
    Path("refs.bib").write_text(PETTINE + web(page))
    assert check("refs.bib").code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795305600 + 7 * 86400))
    retract(standin, "10.1002/stem.1845")
    standin.serve("/pages/there", status=404)
    ran = run("update", "--format", "markdown", "--exit-zero")
    assert ran.code == 0
    assert "### Retracted or withdrawn (1)" in ran.out
    assert "10.99999/standin.late-notice" in ran.out
    assert "### Links that died (1)" in ran.out
    made: dict[str, Any] = json.loads(run("update", "--format", "json", "--exit-zero").out)
    assert made == {"schema": 1, "news": []}
