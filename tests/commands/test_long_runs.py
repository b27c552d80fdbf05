"""A long run says first what it is going to do; Ctrl-C keeps what is done; options that are mistyped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence.cli import main, progress
from evidence.planning import Plan
from tests.commands.conftest import Run
from tests.commands.made import PETTINE
from tests.standin import Standin

ENTRY = "@article{{a{n},\n  author = {{Smith, Anna}}, title = {{Imaginary study number {n}}},\n  journal = {{J}}, year = 2010,\n}}\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (40, "40 s"), (89.4, "89 s"), (780, "13 min"), (7200, "2 h"), (7500, "2 h 5 min")],
)
def test_times_are_told_as_people_say_them(seconds: float, words: str) -> None:
    assert progress.spell(seconds) == words


def test_the_plan_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    progress.announce(Plan(812, 11904, 5870, 2300, 40, 780.0, True))
    said = capsys.readouterr().err
    assert "812 pages, 11,904 references, 5,870 distinct" in said
    assert "about 13 min with a mailto" in said
    progress.announce(Plan(1, 2, 2, 2, 0, 2.0, True))
    assert capsys.readouterr().err == ""


def test_a_long_check_says_it_before_and_a_second_one_does_not(
    project: Path, standin: Standin, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("refs.bib").write_text("".join(ENTRY.format(n=n) for n in range(1, 41)))
    ran = run("check")
    assert re.search(r"0 pages, 40 references, 40 distinct; 40 questions and 0 links to ask about", ran.err)
    assert "--mailto ADDRESS makes it quicker" in ran.err
    assert "to ask about" not in run("check").err
    Path("refs.lock").unlink()
    assert "to ask about" not in run("check", "-q").err
    assert "to ask about" not in run("check", "--frozen").err


def test_mistyped_words_are_answered_with_the_near_ones(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    for words, near in (
        (("chek",), "check"),
        (("check", "--ofline"), "--offline"),
        (("check", "--format", "jsno"), "json"),
        (("check", "--select", "dead-lnik"), "dead-link"),
        (("check", "-o", "htlm=x"), "html"),
        (("explain", "retractd"), "retracted"),
    ):
        ran = run(*words)
        assert ran.code == 2
        assert near in ran.err, ran.err
    Path("evidence.toml").write_text('pagse = ["x"]\n')
    assert "pages" in run("check").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_options(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_EVIDENCE_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", "evidence check --chan")
    monkeypatch.setenv("COMP_CWORD", "2" if shell != "fish" else "--chan")
    with pytest.raises(SystemExit):
        main([])
    assert "--changed-since" in capsys.readouterr().out


def test_explain_tells_each_rule_once(project: Path, run: Run) -> None:
    Path("page.md").write_text(
        "See [1-2].\n\n## References\n\n1. A. Clinic. Available at:\n2. B. Clinic. Available at:\n"
    )
    ran = run("check", "page.md", "--explain")
    assert ran.out.count("REF006 missing-link\n    ") == 1


def test_all_forms_are_written_in_one_run(project: Path, run: Run) -> None:
    Path("page.md").write_text("See [1].\n\n## References\n\n1. A leaflet. Clinic. Available at:\n")
    forms = ("text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjson", "markdown", "html")
    words = [word for form in forms for word in ("-o", f"{form}=out.{form}")]
    assert run("check", "page.md", *words).code == 1
    for form in forms:
        assert "missing-link" in Path(f"out.{form}").read_text(encoding="utf-8"), form


def test_open_writes_the_page_and_opens_it(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    opened: list[str] = []

    def pretend(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", pretend)
    Path("page.md").write_text("See [1].\n")
    run("check", "page.md", "-o", "html=report.html", "--open")
    run("check", "page.md", "--open")
    assert opened[0] == (project / "report.html").as_uri()
    assert len(opened) == 2


def test_the_summary_of_a_job_gets_the_report(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(project / "summary.md"))
    Path("page.md").write_text("See [1].\n")
    run("check", "page.md", "--format", "github")
    assert "### Citations" in Path("summary.md").read_text(encoding="utf-8")
