"""The flow of `init`: what a project needs, from what is there; shown first, then written.

Nothing that exists is overwritten: a file that is there is left alone, and what would have to be added
to it is told. The one exception is a line at the end of .gitattributes.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from evidence import inputs, settings
from evidence.edit import compare, create
from evidence.model import Document, Settings

ATTRIBUTES = "refs.lock text eol=lf linguist-generated"
#: Where each template goes, by the switch that asks for it.
PLACES = {
    "github": {
        "github-check.yml": ".github/workflows/evidence.yml",
        "github-lock.yml": ".github/workflows/evidence-lock.yml",
    },
    "gitlab": {"gitlab.yml": ".gitlab/evidence.yml"},
    "pre_commit": {"pre-commit.yaml": ".pre-commit-config.yaml"},
}


@dataclass(frozen=True, slots=True)
class Setup:
    """What would be written: the root, the text of each file by its name, and what was found."""

    root: Path
    files: Mapping[str, str] = field(default_factory=dict)
    found: tuple[str, ...] = ()

    @property
    def preview(self) -> str:
        """The files as a unified diff against what is there."""
        return "".join(compare(_text(self.root / name), text, name) for name, text in self.files.items())

    def save(self) -> None:
        """Write the files, each whole or not at all; raises `WriteError`."""
        for name, text in self.files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            create(self.root / name, text)


def plan(
    folder: str | os.PathLike[str] = ".",
    *,
    github: bool | None = None,
    gitlab: bool | None = None,
    pre_commit: bool | None = None,
) -> Setup:
    """Return what a project needs that it does not have; opens no socket.

    A switch that is None is answered by what is there: .github or a remote at GitHub, .gitlab-ci.yml
    or a remote at GitLab, .pre-commit-config.yaml. Raises `EvidenceError` for a folder that is none.
    """
    root = Path(os.path.realpath(folder))
    if not root.is_dir():
        from evidence.errors import UsageError

        raise UsageError(f"{folder}: is not a folder")
    root = settings.find_root(root)
    told = settings.load(root, flags={"mode": "offline"}, environ=os.environ)
    documents, found = _look(told)
    files: dict[str, str] = {}
    if not told.file:
        files[settings.FILE] = _settings(documents)
    _attributes(root, files)
    remotes = _text(root / ".git" / "config")
    wanted = {
        "github": github if github is not None else (root / ".github").is_dir() or "github.com" in remotes,
        "gitlab": gitlab if gitlab is not None else (root / ".gitlab-ci.yml").exists() or "gitlab" in remotes,
        "pre_commit": pre_commit if pre_commit is not None else (root / ".pre-commit-config.yaml").exists(),
    }
    for switch, places in PLACES.items():
        for template_name, place in places.items() if wanted[switch] else ():
            if not (root / place).exists():
                files[place] = template(template_name)
            elif template_name == "pre-commit.yaml" and "evidence-check" not in _text(root / place):
                found.append(f"{place} is there: add the hooks that docs/how-to/pre-commit.md shows")
    if ".gitlab/evidence.yml" in files and (root / ".gitlab-ci.yml").exists():
        found.append("add to .gitlab-ci.yml: include: [{ local: .gitlab/evidence.yml }]")
    return Setup(root, files, tuple(found))


@cache
def template(name: str) -> str:
    """Return the text of a template."""
    from importlib.resources import files

    return files("evidence.setup").joinpath("templates", name).read_text("utf-8")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _look(told: Settings) -> tuple[list[Document], list[str]]:
    """Return the documents of the project that hold references, and what to say about them."""
    read = inputs.read((), replace(told, bibliography=()))
    held = [d for d in read.documents if d.references or d.citations]
    pages = [d for d in held if not d.is_bibliography]
    said = [
        _counted(len(pages), "page") + f" with {_counted(sum(len(d.references) for d in pages), 'reference')}"
    ]
    said += [f"{d.source.name}: {_counted(len(d.references), 'entry')}" for d in held if d.is_bibliography]
    said += [str(error) for error in read.errors]
    return held, said


def _counted(number: int, word: str) -> str:
    more = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number:,} {word if number == 1 else more}"


def _settings(documents: list[Document]) -> str:
    """Return a settings file that names the folders with pages and the bibliographies."""
    tops = Counter(d.source.name.split("/")[0] for d in documents if not d.is_bibliography)
    books = sorted(d.source.name for d in documents if d.is_bibliography)
    pages = sorted(tops)
    text = "# Settings of evidence; every key: docs/reference/settings.md of its documentation.\n"
    text += _key("pages", pages, "# pages = []            # all that git does not ignore")
    text += _key("bibliography", books, "# bibliography = []     # the .bib files beside a page and upwards")
    text += '# style = "pubmed"      # of generated lists: pubmed, nlm, ama, apa\n'
    text += "max-age = 90            # days; older answers are a note: the scheduled update has stopped\n"
    return text


def _key(name: str, values: list[str], otherwise: str) -> str:
    if not values or len(values) > MOST:
        return otherwise + "\n"
    from evidence.lock.writing import string

    return f"{name} = [{', '.join(map(string, values))}]\n"


#: Most folders or files that a new settings file names; with more it names none.
MOST = 20


def _attributes(root: Path, files: dict[str, str]) -> None:
    """Keep git from changing the lock's newlines, and its diffs folded."""
    if not (root / ".git").exists():
        return
    there = _text(root / ".gitattributes")
    if not re.search(r"^\S*refs\.lock\s", there, re.MULTILINE):
        glue = "" if not there or there.endswith("\n") else "\n"
        files[".gitattributes"] = f"{there}{glue}{ATTRIBUTES}\n"


__all__ = ["Setup", "plan", "template"]
