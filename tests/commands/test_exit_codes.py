"""What the command leaves with, and what decides where several things are wrong at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK, PETTINE, RETRACTED, web
from tests.standin import Standin

DOWN = {"status": 503, "headers": {"Retry-After": "0"}}
NOTE = KROCK  # its DOI is missing and is found: a note, and nothing worse


@pytest.fixture
def outage(standin: Standin) -> Standin:
    for service in ("crossref", "doi", "pubmed"):
        standin.serve(f"/{service}", status=503, headers={"Retry-After": "0"})
    return standin


def test_nothing_found_is_0_and_a_finding_is_1(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    Path("refs.bib").write_text(PETTINE + RETRACTED)
    ran = check("refs.bib")
    assert ran.code == 1
    assert [f["key"] for f in ran.named("retracted")] == ["hollow2012"]


@pytest.mark.parametrize(
    ("level", "code"), [("error", 0), ("warning", 0), ("note", 1)], ids=["error", "warning", "note"]
)
def test_the_fail_level(level: str, code: int, project: Path, run: Run) -> None:
    Path("refs.bib").write_text(NOTE)
    ran = run("check", "refs.bib", "--fail-on", level, "--format", "json")
    assert {f["severity"] for f in ran.json["findings"]} == {"note"}
    assert ran.code == code


def test_exit_zero_hides_findings_and_incompleteness_but_not_what_is_unreadable(
    outage: Standin, project: Path, run: Run
) -> None:
    Path("refs.bib").write_text(PETTINE + "@article{broken, title = {x\n")
    assert run("check", "refs.bib").code == 1
    assert run("check", "refs.bib", "--exit-zero").code == 0
    assert run("check", "refs.bib", "missing.bib", "--exit-zero").code == 2


def test_an_unreadable_path_comes_before_findings_and_findings_before_what_is_incomplete(
    outage: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 3
    Path("refs.bib").write_text(PETTINE + "@article{broken, title = {x\n")
    assert check("refs.bib").code == 1
    ran = check("refs.bib", "nowhere.md")
    assert ran.code == 2
    assert ran.json["counts"]["references"] >= 1
    assert "nowhere.md" in ran.err


@pytest.mark.parametrize(("level", "code"), [("new", 3), ("fail", 3), ("ok", 0)])
def test_what_is_incomplete(level: str, code: int, outage: Standin, project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib", "--incomplete", level)
    assert ran.code == code
    assert ran.json["complete"] is False
    assert ran.json["references"][0]["cause"] == "outage"


def test_an_outage_alone_never_fails_what_the_lock_knows(standin: Standin, project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    standin.serve("/", status=503, headers={"Retry-After": "0"})
    asked = len(standin.log)
    ran = check("refs.bib")
    assert ran.code == 0
    assert ran.json["complete"] is True
    assert len(standin.log) == asked


def test_answers_that_are_too_old_fail_only_where_that_is_asked_for(
    project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("refs.bib").write_text(PETTINE)
    Path("evidence.toml").write_text("max-age = 30\n")
    assert check("refs.bib").code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795305600 + 100 * 86400))
    ran = check("refs.bib", "--incomplete", "fail")
    assert [f["severity"] for f in ran.named("old-lock")] == ["note"]
    assert ran.code == 3
    assert check("refs.bib").code == 0


# ---------------------------------------------------------------- offline, frozen, read-only


def test_offline_without_lock_and_cache_is_incomplete_and_opens_no_socket(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE + web("https://example.org/page"))
    ran = check("refs.bib", "--offline")
    assert ran.code == 3
    assert ran.json["references"][0]["verdict"] == "unchecked"
    assert ran.json["references"][0]["cause"] == "offline"
    assert ran.json["complete"] is False
    assert not standin.log
    assert not Path("refs.lock").exists()
    assert check("refs.bib", "--offline", "--incomplete", "ok").code == 0


def test_offline_takes_the_cache_where_the_lock_is_gone(standin: Standin, project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    Path("refs.lock").unlink()
    asked = len(standin.log)
    ran = check("refs.bib", "--offline")
    assert ran.json["references"][0]["verdict"] == "verified"
    assert ran.code == 0
    assert len(standin.log) == asked
    assert not Path("refs.lock").exists()


def test_frozen_takes_the_lock_only_and_leaves_it_as_it_is(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE + web(standin.page("/pages/there", "<p>Words</p>")))
    assert check("refs.bib").code == 0
    lock, asked = Path("refs.lock").read_bytes(), len(standin.log)
    about = Path("refs.lock").stat().st_mtime_ns
    ran = check("refs.bib", "--frozen")
    assert ran.code == 0
    assert ran.json["complete"] is True
    assert [link["state"] for link in ran.json["links"]] == ["alive"]
    assert (Path("refs.lock").read_bytes(), Path("refs.lock").stat().st_mtime_ns) == (lock, about)
    assert len(standin.log) == asked


def test_frozen_names_the_reference_that_the_lock_lacks_whatever_the_cache_holds(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    Path("refs.lock").write_text('schema = 1\nupdated = "2026-11-22"\n')
    ran = check("refs.bib", "--frozen")
    assert ran.code == 3
    assert ran.json["complete"] is False
    assert "not-in-lock" in ran.err
    assert "evidence check" in ran.err
    assert ran.json["references"][0]["cause"] == "offline"


def test_frozen_misses_a_link_too(standin: Standin, project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    Path("refs.bib").write_text(PETTINE + web(standin.page("/pages/new", "<p>Words</p>")))
    ran = check("refs.bib", "--frozen")
    assert ran.code == 3
    assert ran.json["complete"] is False
    assert "1 link" in ran.err
    assert check("refs.bib", "--frozen", "--ignore", "LNK").code == 0
    assert check("refs.bib", "--frozen", "--incomplete", "ok").code == 0


def test_frozen_without_any_lock_is_incomplete(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib", "--frozen")
    assert ran.code == 3
    assert not Path("refs.lock").exists()


def test_a_rule_that_needs_no_answer_is_complete_without_a_network(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE)
    Path("page.md").write_text("Injections helped [@pettine2015], some say more [@nobody2020].\n")
    ran = check("page.md", "--select", "CIT", "--frozen")
    assert ran.code == 1
    assert ran.json["complete"] is True
    assert [f["key"] for f in ran.named("dangling-marker")] == ["nobody2020"]
    assert not standin.log
    assert check("page.md", "--select", "CIT", "--ignore", "dangling-marker").code == 0
    assert not standin.log


def test_read_only_asks_what_the_lock_lacks_and_writes_nothing(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    before = Path("refs.lock").read_bytes()
    Path("refs.bib").write_text(PETTINE + RETRACTED)
    asked = len(standin.log)
    ran = check("refs.bib", "--read-only")
    assert ran.code == 1
    assert {f["key"] for f in ran.named("retracted")} == {"hollow2012"}
    queries = [request.query for request in standin.log[asked:]]
    assert queries
    assert not any("stem.1845" in query for query in queries)
    assert Path("refs.lock").read_bytes() == before


@pytest.mark.parametrize("pair", [("--offline", "--frozen"), ("--frozen", "--read-only")])
def test_modes_exclude_one_another(pair: tuple[str, str], project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    ran = run("check", "refs.bib", *pair)
    assert ran.code == 2
    assert pair[0] in ran.err


def test_a_budget_ends_the_run(standin: Standin, project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    standin.serve("/crossref", delay=5.0)
    start = time.monotonic()
    ran = check("refs.bib", "--budget", "1")
    assert time.monotonic() - start < 4
    assert ran.code == 3
    assert ran.json["references"][0]["cause"] == "budget"
    assert not ran.json["findings"]


def test_a_lock_that_cannot_be_written_is_2_and_the_report_is_there(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    Path("file").write_text("")
    ran = check("refs.bib", "--lock", "file/refs.lock")
    assert ran.code == 2
    assert "file/refs.lock" in ran.err
    assert ran.json["references"][0]["verdict"] == "verified"


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["chek", "refs.bib"], "check"),
        (["check", "refs.bib", "--frozn"], "--frozen"),
        (["check", "refs.bib", "--select", "title-mismach"], "title-mismatch"),
        (["check", "refs.bib", "--ignore", "retractd"], "retracted"),
        (["check", "refs.bib", "--format", "jsn"], "json"),
        (["check", "refs.bib", "-o", "sarf=out"], "sarif"),
        (["check", "refs.bib", "--fail-on", "warnings"], "warning"),
        (["check", "refs.bib", "--incomplete", "never"], "new"),
        (["check", "refs.bib", "--budget", "soon"], "--budget"),
        (["check", "refs.bib", "--budget", "-1"], "--budget"),
        (["check", "refs.bib", "--style", "pubmde"], "pubmed"),
        (["check", "refs.bib", "--config", "none.toml"], "none.toml"),
        (["render", "refs.bib", "--style", "pubmde"], "pubmed"),
        (["explain", "title-mismach"], "title-mismatch"),
        (["facts", "lst"], "list"),
        (["facts", "confirm", "x"], "--verdict"),
        (["add"], "ID"),
        (["import"], "SOURCE"),
        (["match"], "--text"),
        (["fix", "--unsaf"], "--unsafe"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_usage_error_is_2_and_says_what_to_type(
    words: list[str], near: str, standin: Standin, project: Path, run: Run
) -> None:
    Path("refs.bib").write_text(PETTINE)
    ran = run(*words)
    assert ran.code == 2
    assert near in ran.err
    assert ran.out == ""
    assert not standin.log
    assert not Path("refs.lock").exists()


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["--version"], ["check", "--help"]])
def test_help_is_no_error(words: list[str], run: Run) -> None:
    ran = run(*words)
    assert ran.code == (2 if not words else 0)
    assert "evidence" in (ran.out + ran.err).lower()


def test_rules_and_explain_show_every_rule(run: Run) -> None:
    table = run("rules")
    assert table.code == 0
    listed = [line.split()[0] for line in table.out.splitlines() if line.startswith("  ")]
    assert {"CIT001", "REF001", "MET003", "RET001", "LNK001", "FCT001", "LST001"} <= set(listed)
    for code in listed:
        page = run("explain", code)
        assert page.code == 0
        assert code in page.out
        assert "## Example" in page.out
    assert run("explain").code == 0


# ---------------------------------------------------------------- output


def test_each_form_to_a_file_and_one_to_standard_output(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE + RETRACTED)
    ran = run("check", "refs.bib", "-o", "json=a.json", "-o", "sarif=a.sarif", "-o", "junit=a.xml",
              "-o", "text=a.txt", "-o", "github=a.log", "-o", "jsonl=a.jsonl")  # fmt: skip
    assert ran.code == 1
    assert "retracted" in ran.out
    assert Path("a.txt").read_text() == ran.out
    assert json.loads(Path("a.json").read_text())["counts"]["error"] == 1
    assert json.loads(Path("a.sarif").read_text())["version"] == "2.1.0"
    assert Path("a.xml").read_text().startswith("<?xml")
    assert len(Path("a.jsonl").read_text().splitlines()) == 1
    assert Path("a.log").read_text().startswith("::error ")


def test_one_file_without_a_form_is_the_report_and_standard_output_is_empty(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    ran = run("check", "refs.bib", "--format", "json", "-o", "report.json")
    assert ran.code == 0
    assert json.loads(Path("report.json").read_text())["schema"] == 1
    assert ran.out == ""


def test_a_file_that_cannot_be_written_is_named(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    ran = run("check", "refs.bib", "-o", "json=no/such/folder/a.json")
    assert ran.code == 2
    assert "no/such/folder/a.json" in ran.err


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif", "junit"])
def test_nothing_but_the_form_is_on_standard_output(
    form: str, outage: Standin, project: Path, run: Run
) -> None:
    Path("refs.bib").write_text(PETTINE + "@article{broken, title = {x\n")
    ran = run("check", "refs.bib", "missing.md", "--format", form, "-v")
    assert ran.code == 2
    assert "missing.md" in ran.err
    assert "\x1b" not in ran.out
    if form in ("json", "sarif"):
        json.loads(ran.out)
    elif form == "jsonl":
        assert all(json.loads(line)["code"] for line in ran.out.splitlines())
    elif form == "junit":
        from xml.etree import ElementTree

        ElementTree.fromstring(ran.out)


def process(*words: str, pipe: str = "", **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "evidence", *words]
    variables = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), **environ}
    return subprocess.run(
        ["sh", "-c", '"$@"' + pipe, "sh", *command],
        capture_output=True,
        env=variables,
        timeout=60,
        check=False,
    )


def test_a_closed_pipe_is_no_fault(project: Path) -> None:
    entries = "".join(RETRACTED.replace("hollow2012", f"hollow{n}") for n in range(300))
    Path("refs.bib").write_text(entries)
    ran = process("check", "refs.bib", "--offline", "--format", "json", pipe=" | head -c 20")
    assert len(ran.stdout) == 20
    assert ran.stderr.count(b"Traceback") == 0
    assert b"Broken" not in ran.stderr
    assert b"Exception ignored" not in ran.stderr


def test_a_console_of_ascii_shows_every_character_or_its_escape(project: Path) -> None:
    Path("refs.bib").write_text(
        "@article{müller2020,\n  author = {Müller, Änne},\n  title = {Über den Rücken — 背中},\n"
        "  journal = {Zeitschrift},\n  year = {2020},\n  doi = {kein doi}\n}\n",
        encoding="utf-8",
    )
    ran = process("check", "refs.bib", "--offline", LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="")
    assert ran.returncode == 1
    assert b"Error" not in ran.stderr
    assert "malformed-doi" in ran.stdout.decode("utf-8")


def test_no_colours_in_a_pipe(project: Path) -> None:
    Path("refs.bib").write_text("@article{a, title = {x\n")
    ran = process("check", "refs.bib", "--offline", NO_COLOR="1")
    assert ran.returncode == 1
    assert b"\x1b" not in ran.stdout + ran.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_with_130_and_what_is_known_by_then(
    how: signal.Signals, standin: Standin, project: Path
) -> None:
    Path("refs.bib").write_text(PETTINE)
    standin.serve("/crossref", delay=20.0)
    variables = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    running = subprocess.Popen(
        [sys.executable, "-m", "evidence", "check", "refs.bib", "--format", "json"],
        env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    end = time.monotonic() + 20
    while not standin.asked("/crossref") and time.monotonic() < end:
        time.sleep(0.05)
    running.send_signal(how)
    start = time.monotonic()
    out, err = running.communicate(timeout=20)
    assert time.monotonic() - start < 3
    assert running.returncode == 130
    assert b"interrupted" in err
    assert b"Traceback" not in err
    report = json.loads(out)
    assert report["complete"] is False
    assert [reference["verdict"] for reference in report["references"]] == ["unchecked"]
    assert not Path("refs.lock").exists()
    assert Path("refs.bib").read_text() == PETTINE
