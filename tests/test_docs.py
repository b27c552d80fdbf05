"""What the docs say is so: their commands print what they show, their links lead somewhere, and no name
that they should explain is left out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import pytest

import evidence
from evidence.cli import COMMANDS, main
from evidence.cli import evidence as group
from tests.console import Shell, agrees, blocks, environment, renew, steps
from tests.standin import Standin

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
SHOWING = [ROOT / "README.md", *sorted((DOCS / "tutorial").glob("*.md"))]
SHOWING.append(DOCS / "how-to" / "large-sites.md")
WRITTEN = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
_LINK = re.compile(r"\]\(([^()\s]{1,500})\)")

PAGE = """# Rest

Rest was tried [1].

## References

1. Smith A. Bed rest. J Imaginary Med. 2010;3(2):10-4.
"""


def names_of(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


@pytest.fixture
def shell(standin: Standin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    for name, value in environment(standin).items():
        monkeypatch.setenv(name, value)
    return Shell(tmp_path, standin)


@pytest.mark.parametrize("page", SHOWING, ids=names_of(SHOWING))
def test_the_commands_print_what_the_page_shows(page: Path, shell: Shell) -> None:
    done = 0
    for step in steps(page.read_text(encoding="utf-8"), shell):
        shown = "\n".join(step.printed)
        assert agrees(step.written, step.printed), (
            f"{page.name}:{step.line + 1}: $ {step.command}\nprints now\n{shown}\n"
            "`python -m tests.console` with the page's path writes it anew"
        )
        done += 1
    assert done > 3


@pytest.mark.parametrize(
    ("written", "printed", "agreed"),
    [
        ("a b", "a b", True),
        ("a b", "a b c", False),
        ("...", "", True),
        ("...", "a b", True),
        ("a ...", "a b c", True),
        ("... c", "a b c", True),
        ("a ... c", "a b", False),
        ("a ... a", "a", False),
        ("a ... c ... e", "a b c d e", True),
        ("a ... x ... e", "a b c d e", False),
        ("a ... c ... c", "a b c", False),
    ],
)
def test_dots_stand_for_lines_left_out(written: str, printed: str, agreed: bool) -> None:
    assert agrees(written.split(), printed.split()) is agreed


def test_an_output_that_is_no_longer_true_is_found_and_written_anew(shell: Shell) -> None:
    page = "```console\n$ evidence check --frozen docs/stem-cells.md && echo $?\n{}\n```\n"
    (step,) = steps(page.format("nothing"), shell)
    assert not agrees(step.written, step.printed)
    assert renew(page.format("nothing"), shell) == page.format("\n".join(step.printed))
    assert renew(page.format("...\n0"), shell) == page.format("...\n0")


@pytest.mark.parametrize("page", WRITTEN, ids=names_of(WRITTEN))
def test_internal_links_lead_to_files(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").split("\n")
    code = {number for block in blocks(lines) for number in range(block.first, block.last)}
    for number, line in enumerate(lines):
        for target in _LINK.findall(line) if number not in code else ():
            path = unquote(target.partition("#")[0])
            if path and "://" not in path and not path.startswith("mailto:"):
                assert (page.parent / path).is_file(), f"{page.name}:{number + 1}: {target}"


def test_every_public_name_is_explained() -> None:
    text = (REFERENCE / "python.md").read_text(encoding="utf-8")
    assert [name for name in evidence.__all__ if f"`{name}`" not in text] == []


def commands() -> list[tuple[str, click.Command]]:
    found = []
    top = click.Context(group, info_name="evidence")
    for name in COMMANDS:
        command = group.get_command(top, name)
        assert command is not None
        parts = command.commands if isinstance(command, click.Group) else {}
        found += [(f"{name} {part}", inner) for part, inner in parts.items()] or [(name, command)]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_option_of_every_command_is_listed(name: str, command: click.Command) -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    _, found, section = text.partition(f"Usage: evidence {name} ")
    assert found
    section = section.partition("Usage: ")[0].partition("\n## ")[0]
    options = [o for option in command.params if isinstance(option, click.Option) for o in option.opts]
    assert [option for option in options if option not in re.split(r"[\s,]+", section)] == []


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out, re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.html").write_text("<h2>References</h2><ol><li>A list.</li></ol>", encoding="utf-8")
    monkeypatch.setenv("EVIDENCE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("pages")
def test_the_example_in_python_runs() -> None:
    text = (REFERENCE / "python.md").read_text(encoding="utf-8")
    lines = text.split("\n")
    codes = ["\n".join(lines[b.first : b.last]) for b in blocks(lines) if b.kind == "python"]
    assert len(codes) == 1
    made: dict[str, Any] = {}
    exec(compile(codes[0], "python.md", "exec"), made)
    assert len(made["report"].references) == 1
    assert made["reference"].work.title == "Bed rest"
    assert made["match"].outcome == "unknown"
    assert made["lines"] == ["Smith A. Bed rest. J Imaginary Med. 2010;3(2):10-4."]
    assert len(made["document"].citations) == 1


@pytest.mark.usefixtures("pages")
def test_the_examples_for_notebooks_run() -> None:
    lines = (DOCS / "how-to" / "notebooks.md").read_text(encoding="utf-8").split("\n")
    codes = ["\n".join(lines[b.first : b.last]) for b in blocks(lines) if b.kind == "python"]
    assert len(codes) == 4
    made: dict[str, Any] = {}
    for code in codes:
        if "to_pandas" in code:
            pytest.importorskip("pandas")
        exec(compile(code, "notebooks.md", "exec"), made)
    assert made["page"].startswith("<!doctype html>")
    assert made["shape"]["properties"]["schema"] == {"const": 1}
    assert made["answer"].outcome == "unknown"


TWICE: dict[str, Callable[[], object]] = {
    "check": lambda: evidence.check(["page.md"], offline=True).to_json(),
    "resolve": lambda: evidence.resolve("10.1002/stem.1845", offline=True),
    "match": lambda: evidence.match("Smith A. Bed rest. J Imaginary Med. 2010;3(2):10-4.", offline=True),
    "parse": lambda: evidence.parse("Smith A. Bed rest. J Imaginary Med. 2010;3(2):10-4."),
    "parse_list": lambda: evidence.parse_list("Smith A. Bed rest. J Imaginary Med. 2010;3(2):10-4."),
    "read": lambda: evidence.read("page.md"),
    "read_text": lambda: evidence.read_text(PAGE, kind="markdown"),
    "render": lambda: evidence.render([evidence.parse("Smith A. Bed rest. Rest J. 2010;3(2):10-4.").work]),
}


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("name", [n for n in evidence.__all__ if inspect.isfunction(getattr(evidence, n))])
def test_a_function_of_the_door_is_the_same_the_second_time(name: str) -> None:
    function = getattr(evidence, name)
    assert TWICE[name]() == TWICE[name]()
    assert getattr(evidence, name) is function


def test_changes_not_yet_released_have_their_place() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[0].startswith("Unreleased")
