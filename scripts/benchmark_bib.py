"""Measure the reading of .bib files: CPU time against pybtex, memory, entries seen and lost.

    python scripts/benchmark_bib.py [--entries 10000]

Makes a file with macros, accents, comments and long authors' lists, reads it with this library and
parses it with pybtex in the same run; then breaks one entry among 1,000 in each of twelve ways.
Prints figures and asserts nothing.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from evidence.bibliography import read
from evidence.model import Source

Result = TypeVar("Result")

_FAMILIES = (
    "Smith", "Pettine", 'M{\\"u}ller', "Garc{\\'\\i}a-Sancho", "S{\\'a}nchez", "{\\O}rsted", "Nguyen", "Kim",
    "Dvo{\\v r}{\\'a}k", "Rossi", "Lef{\\`e}vre", "van der Berg",
)  # fmt: skip
_GIVEN = ("Anna", "K. A.", "Jean-Pierre", "M.", 'Bj{\\"o}rn', "Li", "Ana Mar{\\'\\i}a", "R. T.")
_WORDS = (
    "stem", "cells", "lumbar", "disc", "repair", "pain", "randomised", "trial", "autologous", "{MRI}",
    "outcome", "in", "patients", "with", "$\\beta$-blockers", "a", "pilot", "study", "and", "review", "after",
)  # fmt: skip
_JOURNALS = {"jsc": "Stem Cells", "jtr": "Transplantation", "jio": "International Orthopaedics"}


def make_file(entries: int, seed: int = 1) -> str:
    """Return a .bib text with that many entries, the same each time."""
    random_ = random.Random(seed)
    parts = ["% made by benchmark_bib.py\n"]
    parts += [f'@string{{{name} = "{title}"}}\n' for name, title in _JOURNALS.items()]
    for number in range(entries):
        if number % 50 == 0:
            parts.append(f"% part {number // 50}\n@comment{{group: {number};}}\n")
        parts.append(make_entry(number, random_))
    return "\n".join(parts)


def make_entry(number: int, random_: random.Random) -> str:
    """Return one entry of eight hundred characters or so."""
    people = " and ".join(
        f"{random_.choice(_FAMILIES)}, {random_.choice(_GIVEN)}" for _ in range(random_.randint(1, 8))
    )
    title = " ".join(random_.choices(_WORDS, k=14)).capitalize()
    journal = random_.choice(list(_JOURNALS))
    first = random_.randint(1, 900)
    abstract = " ".join(random_.choices(_WORDS, k=50))
    return (
        f"@article{{key{number},\n  author = {{{people}}},\n  title = {{{title}}},\n  journal = {journal},\n"
        f"  year = {random_.randint(1980, 2026)},\n  month = {random_.choice(['jan', 'feb', 'oct'])},\n"
        f'  volume = {{{random_.randint(1, 99)}}},\n  number = "{random_.randint(1, 12)}",\n'
        f"  pages = {{{first}--{first + 8}}},\n  doi = {{10.1234/test.{number}}},\n"
        f"  url = {{https://example.org/a_b?n={number}&x=%20#top}},\n  abstract = {{{abstract}}},\n}}\n"
    )


#: The twelve kinds of broken entry, as changes of a good one.
BREAKAGES: dict[str, Callable[[str], str]] = {
    "duplicate key": lambda e: e + e,
    "duplicate field": lambda e: e.replace("  year =", "  year = 1999,\n  year ="),
    "stray brace": lambda e: e.replace("},\n  journal", "}},\n  journal"),
    "undefined macro": lambda e: e.replace("  journal = ", "  journal = nosuch"),
    "cut end": lambda e: e[: len(e) // 2],
    "no key": lambda e: "@article{" + e.partition(",\n")[2],
    "comma names": lambda e: e.replace("author = {", "author = {Smith, J., Doe, A., Roe, B., "),
    "bad month": lambda e: e.replace("  month = ", "  month = foo"),
    "@ in text": lambda e: e.replace("abstract = {", "abstract = {me@example.org\n@article{ in text} "),
    "parentheses": lambda e: e.replace("@article{", "@article(").replace(",\n}\n", ",\n)\n"),
    "unclosed quote": lambda e: e.replace('number = "', 'number = "x').replace('",\n  pages', ",\n  pages"),
    "NUL": lambda e: e.replace("title = {", "title = {\0"),
}


def cpu_of(task: Callable[[], Result]) -> tuple[float, Result]:
    """Return the CPU seconds that calling `task` took, and what it returned."""
    start = time.process_time()
    result = task()
    return time.process_time() - start, result


def parse_with_pybtex(text: str) -> int:
    """Return how many entries pybtex sees."""
    from pybtex.database.input.bibtex import Parser, month_names

    return len(Parser(macros=dict(month_names)).parse_string(text).entries)


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--entries", type=int, default=10_000)
    entries = arguments.parse_args().entries
    text = make_file(entries)
    print(f"{entries:,} entries, {len(text) / 1e6:.2f} MB")
    ours, document = cpu_of(lambda: read(Source("benchmark.bib", text, "bib")))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    theirs, seen = cpu_of(lambda: parse_with_pybtex(text))
    print(f"evidence  {ours:6.2f} s CPU, {len(document.references):,} entries, peak {peak:.0f} MB")
    print(f"pybtex    {theirs:6.2f} s CPU, {seen:,} entries; ratio {ours / theirs:.2f}")
    print("\none bad entry among 1,000: entries not read, and what was said")
    whole = [make_entry(number, random.Random(number)) for number in range(1_000)]
    macros = "".join(f'@string{{{name} = "{title}"}}\n' for name, title in _JOURNALS.items())
    for name, breakage in BREAKAGES.items():
        broken = [*whole[:500], breakage(whole[500]), *whole[501:]]
        document = read(Source("broken.bib", macros + "\n".join(broken)))
        keys = {reference.key for reference in document.references}
        lost = sum(f"key{number}" not in keys for number in range(1_000) if number != 500)
        said = ", ".join(f"{p.kind}: {p.message}" for p in document.problems)
        print(f"  {name:16} {lost} lost; {len(document.references)} read; {said or 'nothing to say'}")


if __name__ == "__main__":
    main()
