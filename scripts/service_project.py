"""A throw-away project that asks the stand-in: what the measurements of services share."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.standin import Standin  # noqa: E402

NOW = {"Retry-After": "0"}


@dataclass
class Ran:
    """How a check went: exit code, report, both streams, seconds."""

    code: int
    report: dict[str, Any]
    out: str
    err: str
    seconds: float

    @property
    def errors(self) -> list[str]:
        """The names of the findings that fail a build."""
        return [f["name"] for f in self.report["findings"] if f["severity"] == "error"]

    @property
    def verdicts(self) -> list[tuple[str, str | None]]:
        """Verdict and cause of each reference."""
        return [(r["verdict"], r["cause"]) for r in self.report["references"]]


@dataclass
class Project:
    """An empty project in a folder of its own, with a stand-in that plays every service."""

    standin: Standin = field(default_factory=Standin)
    more: Mapping[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="evidence-bench-"))
        (self.folder / "project" / ".git").mkdir(parents=True)
        self._before = (dict(os.environ), os.getcwd())
        os.environ.update(self.standin.environment())
        os.environ.update(
            {"EVIDENCE_CACHE_DIR": str(self.folder / "cache"), "SOURCE_DATE_EPOCH": "1795305600"}
        )
        os.environ.update(self.more)
        os.chdir(self.folder / "project")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        environment, folder = self._before
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        self.standin.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, *entries: str) -> None:
        """Write the bibliography."""
        Path("refs.bib").write_text("\n".join(entries), encoding="utf-8")

    def forget(self, *, cache: bool = True, lock: bool = True) -> None:
        """Forget what was answered."""
        if lock:
            Path("refs.lock").unlink(missing_ok=True)
        if cache:
            shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def check(self, *words: str) -> Ran:
        """Run `evidence check refs.bib --format json` in this process."""
        from evidence.cli import main

        out, err = io.StringIO(), io.StringIO()
        handler = logging.StreamHandler(err)
        logging.getLogger("evidence").addHandler(handler)
        start = time.monotonic()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(("check", "refs.bib", "--format", "json", *words))
        finally:
            logging.getLogger("evidence").removeHandler(handler)
        seconds = time.monotonic() - start
        text = out.getvalue()
        return Ran(code, json.loads(text) if text else {}, text, err.getvalue(), seconds)


def entry(key: str, doi: str, title: str, family: str, year: int = 2020, more: str = "") -> str:
    """Return a .bib entry of an article."""
    return (
        f"@article{{{key},\n  author = {{{family}, Anna}},\n  title = {{{title}}},\n  journal = {{Journal of Made"
        f" Up Medicine}},\n  year = {year},\n  volume = {{7}},\n  pages = {{1--9}},\n  doi = {{{doi}}},{more}\n}}\n"
    )


def record(doi: str, title: str, family: str, year: int = 2020, **more: Any) -> dict[str, Any]:
    """Return the message that Crossref has of the same article."""
    return {
        "DOI": doi, "type": "journal-article", "title": [title], "author": [{"family": family, "given": "Anna"}],
        "container-title": ["Journal of Made Up Medicine"], "issued": {"date-parts": [[year, 3, 1]]}, "volume": "7",
        "page": "1-9", "publisher": "Made Up Press", **more,
    }  # fmt: skip


#: Words of the made-up titles.
_WORDS = [
    "walking",
    "standing",
    "lifting",
    "swimming",
    "sleeping",
    "reading",
    "cycling",
    "gardening",
    "rowing",
    "climbing",
    "nurses",
    "farmers",
    "drivers",
    "dancers",
    "miners",
    "children",
    "teachers",
    "sailors",
    "joints",
    "discs",
    "tendons",
    "muscles",
    "nerves",
    "bones",
    "heat",
    "cold",
    "rest",
]


def articles(count: int, prefix: str = "10.99998/made") -> Iterator[tuple[str, str, str]]:
    """Yield DOI, title and family name of made-up articles, each unlike the others."""
    total = len(_WORDS)
    for n in range(count):
        words = [_WORDS[n % total], _WORDS[(n // total + 3) % total], _WORDS[(n * 7 + n // total) % total]]
        number = "".join(chr(97 + int(digit)) * 3 for digit in str(n))
        title = f"Effects of {words[0]} and {words[1]} on {words[2]} in the region of {number}"
        yield f"{prefix}.{n}", title, f"Family{number}"


def fill(standin: Standin, count: int, prefix: str = "10.99998/made") -> list[str]:
    """Give the stand-in made-up articles; return their .bib entries."""
    entries = []
    for n, (doi, title, family) in enumerate(articles(count, prefix)):
        standin.crossref.add(record(doi, title, family))
        entries.append(entry(f"key{n}", doi, title, family))
    return entries
