"""The console blocks of the docs: found, run against the stand-in and compared, or written anew.

In a fenced block marked `console` a line that begins with "$ " is a command, and the lines below it
are all that it prints; a line "..." stands for lines left out. A block with a title is a file: a
`diff` changes it (changes stand apart by a blank line), anything else becomes its content.
The commands are `evidence`, `python -m tests.standin`, `mkdir`, `cp`, `cd`, `cat` and `echo $?`,
joined by "&&". They start in a copy of what the repository holds about the worked page.

    python -m tests.console README.md docs/tutorial/first-check.md

writes the outputs of these pages anew; what is shortened by "..." is kept as long as it is true.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from evidence.cli import main as evidence
from tests.standin import Standin

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = "..."
#: The port that the pages name; the one in use is another each time.
PORT = "8765"
#: What of the repository the commands may use.
NEEDED = ("docs", "refs.bib", "refs.lock", "facts.toml", "pyproject.toml")
#: 2026-11-22, so that the dates on the pages stay true.
TODAY = "1795305600"
_FENCE = re.compile(r'```([a-z]+)(?: title="([^"]+)")?$')


class Block(NamedTuple):
    """A fenced block: its language, its title, and the numbers of its lines, fences left out."""

    kind: str
    title: str
    first: int
    last: int


class Step(NamedTuple):
    """A command, what the page says that it prints, and what it does print."""

    line: int
    command: str
    written: list[str]
    printed: list[str]


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the fenced blocks that name a language."""
    opened: tuple[str, str, int] | None = None
    for number, line in enumerate(lines):
        if opened is None and (fence := _FENCE.match(line)):
            opened = (fence[1], fence[2] or "", number + 1)
        elif opened is not None and line == "```":
            yield Block(*opened, number)
            opened = None


class Shell:
    """A folder to run commands in, and the code of the last one."""

    def __init__(self, folder: Path, standin: Standin) -> None:
        self.folder = folder / "evidence"
        self.folder.mkdir()
        self.standin = standin
        self.code = 0
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, self.folder / name)

    def run(self, command: str) -> list[str]:
        """Run commands joined by "&&" and return the lines that they print, on either stream."""
        printed: list[str] = []
        for part in command.split(" && "):
            printed += self._run(shlex.split(part))
        text = "\n".join(line.rstrip() for line in "".join(printed).split("\n"))
        return text.strip("\n").split("\n") if text.strip("\n") else []

    def _run(self, words: list[str]) -> str:
        match words:
            case ["evidence", *rest]:
                return self._evidence(rest)
            case ["python", "-m", "tests.standin", *_]:
                return self._environment()
            case ["echo", "$?"]:
                return f"{self.code}\n"
            case ["cat", name]:
                return (self.folder / name).read_text(encoding="utf-8")
            case ["mkdir", name]:
                (self.folder / name).mkdir()
            case ["cp", source, target]:
                shutil.copy(self.folder / source, self.folder / target)
            case ["cd", name]:
                self.folder = (self.folder / name).resolve(strict=True)
            case _:
                raise ValueError(f"no such command here: {words}")
        return ""

    def _evidence(self, words: list[str]) -> str:
        out = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            self.code = evidence(words)
        return out.getvalue()

    def _environment(self) -> str:
        port = self.standin.url.rpartition(":")[2]
        lines = [f"export {name}={value}" for name, value in self.standin.environment().items()]
        lines.append(f"# {len(self.standin.crossref.works)} works; Ctrl-C ends it")
        return "\n".join(lines).replace(f":{port}/", f":{PORT}/") + "\n"

    def save(self, block: Block, lines: list[str]) -> None:
        """Write or change the file that a block with a title holds."""
        path = self.folder / block.title
        if block.kind != "diff":
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        for change in "\n".join(lines).split("\n\n"):
            old, new = (
                "".join(line[1:] + "\n" for line in change.split("\n") if line[0] in side)
                for side in (" -", " +")
            )
            assert text.count(old) == 1, f"{block.title} holds {text.count(old)} times:\n{old}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def environment(standin: Standin) -> Mapping[str, str]:
    """Return the variables under which the commands run."""
    return {**standin.environment(), "SOURCE_DATE_EPOCH": TODAY, "NO_COLOR": "1"}


def steps(text: str, shell: Shell) -> Iterator[Step]:
    """Run a page's commands and make its files, in order."""
    lines = text.split("\n")
    for block in blocks(lines):
        inside = lines[block.first : block.last]
        if block.kind == "console":
            starts = [n for n, line in enumerate(inside) if line.startswith("$ ")]
            for start, end in zip(starts, [*starts[1:], len(inside)], strict=True):
                command = inside[start][2:]
                yield Step(block.first + start, command, inside[start + 1 : end], shell.run(command))
        elif block.title:
            shell.save(block, inside)


def agrees(written: Sequence[str], printed: Sequence[str]) -> bool:
    """Return whether this was printed, lines left out at "..."."""
    parts: list[list[str]] = [[]]
    for line in written:
        if line == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return parts[0] == list(printed)
    first, *middle, last = parts
    end = len(printed) - len(last)
    at = len(first)
    if at > end or list(printed[:at]) != first or list(printed[end:]) != last:
        return False
    for part in middle:
        found = (n for n in range(at, end - len(part) + 1) if list(printed[n : n + len(part)]) == part)
        at = next(found, -len(part) - 1) + len(part)
        if at < 0:
            return False
    return True


def renew(text: str, shell: Shell) -> str:
    """Return the page with the outputs that its commands have now."""
    lines = text.split("\n")
    for step in reversed(list(steps(text, shell))):
        if not agrees(step.written, step.printed):
            lines[step.line + 1 : step.line + 1 + len(step.written)] = step.printed
    return "\n".join(lines)


def main() -> None:
    """Write the outputs of the pages named anew."""
    for name in sys.argv[1:]:
        page = Path(name).resolve()
        with Standin() as standin, tempfile.TemporaryDirectory() as folder:
            os.environ.update(environment(standin))
            old = page.read_text(encoding="utf-8")
            new = renew(old, Shell(Path(folder), standin))
        page.write_text(new, encoding="utf-8")
        print(name, "is as it was" if new == old else "is written anew")  # noqa: T201


if __name__ == "__main__":
    main()
