"""Measure bibliographies: reading against pybtex, bytes kept, entries seen, what a bad entry costs.

    python scripts/benchmark_bib.py [--entries 10000]

Makes files with macros, accents, comments and long authors' lists, and plain ones; reads them with
this library and parses them with pybtex in the same run; breaks one entry among 1,000 in each of twelve
ways; changes one field; writes and reads every other form. Entries of `../shared/data/hallmark` and
records of `../shared/data/crossref` are read too where they are. Prints figures and asserts nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from evidence.bibliography import append, read, set_field
from evidence.bibliography.csljson import work_of
from evidence.bibliography.forms import FORMS, left_out, write
from evidence.edit import apply, diff
from evidence.edit import write as write_file
from evidence.model import Source, Work
from evidence.sources import read as read_file

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

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


def make_plain(entries: int) -> str:
    """Return a .bib text of short entries without markup."""
    return "\n".join(
        f"@article{{key{n},\n  author = {{Smith, Anna and Jones, Bob and Lee, C.}},\n"
        f"  title = {{Bed rest for low back pain, part {n}}},\n  journal = {{J Imaginary Med}},\n"
        f"  year = {{{1980 + n % 40}}},\n  volume = {{{n % 90}}},\n  pages = {{{n}--{n + 5}}},\n"
        f"  doi = {{10.1234/abc.{n}}},\n}}\n"
        for n in range(entries)
    )


def oddities(entries: int = 1_000) -> Iterator[tuple[str, bytes, int]]:
    """Yield files (name, bytes, entries) with the oddities that public .bib files have."""
    whole = [make_entry(number, random.Random(number)) for number in range(entries)]
    plain = "".join(f'@string{{{name} = "{title}"}}\n' for name, title in _JOURNALS.items())
    text = plain + "\n".join(whole)
    yield "plain", text.encode(), entries
    yield "byte order mark", text.encode("utf-8-sig"), entries
    yield "CR LF", text.replace("\n", "\r\n").encode(), entries
    yield "CR", text.replace("\n", "\r").encode(), entries
    yield "Latin-1", text.replace("Nguyen", "Ngüyen").encode("latin-1"), entries
    yield "UTF-16", text.encode("utf-16"), entries
    yield "no newline at the end", text.rstrip().encode(), entries
    yield "capitals", re.sub(r"@article", "@ARTICLE", text).replace("  author", "  Author").encode(), entries
    yield "empty keys", re.sub(r"\{key\d+,", "{,", text).encode(), entries
    yield "parentheses", re.sub(r"\n\}\n", "\n)\n", text.replace("@article{", "@article(")).encode(), entries
    yield (
        "free text between",
        text.replace("@article", "Some words, and 50 % more.\n@article").encode(),
        entries,
    )
    yield "on one line", re.sub(r",\n\s+", ", ", text).encode(), entries
    yield "commas first", re.sub(r",\n  ", "\n  ,", text).encode(), entries
    yield "unclosed entries", re.sub(r"(key\d*0,[^@]*?),\n\}\n", r"\1\n", text).encode(), entries
    yield "nothing", b"", 0


def real() -> Iterator[tuple[str, bytes, int]]:
    """Yield the entries of hallmark as two files, where they are."""
    for path in sorted(SHARED.glob("hallmark/*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        texts = [_bibtex(row) for row in rows]
        yield path.name, "\n\n".join(texts).encode(), len(texts)


def _bibtex(row: dict[str, object]) -> str:
    """Return the entry of a row: as it stands there, or made of its fields."""
    if isinstance(row.get("raw_bibtex"), str) and row["raw_bibtex"]:
        return str(row["raw_bibtex"])
    fields = row.get("fields")
    told = fields if isinstance(fields, dict) else {}
    inside = "".join(f"  {name} = {{{value}}},\n" for name, value in told.items())
    return f"@{row.get('bibtex_type', 'misc')}{{{row.get('bibtex_key', 'k')},\n{inside}}}"


def print_speed(text: str, name: str) -> None:
    """Print what reading costs beside pybtex's parse, the least of three runs each."""
    ours, theirs = [], []
    for _ in range(3):
        cost, document = cpu_of(lambda: read(Source("benchmark.bib", text, "bib")))
        ours.append(cost)
        count = len(document.references)
        del document
        cost, seen = cpu_of(lambda: parse_with_pybtex(text))
        theirs.append(cost)
    print(f"{name}: {len(text) / 1e6:.2f} MB; evidence {min(ours):.2f} s CPU, {count:,} entries; "
          f"pybtex {min(theirs):.2f} s, {seen:,} entries; ratio {min(ours) / min(theirs):.2f}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.bib"
        path.write_text(text, encoding="utf-8")
        said = _child("evidence", "check", str(path), "--select", "REF", "--offline", "--quiet")
        peak = _child("-c", f"import evidence; evidence.read({str(path)!r})")
        print(
            f"  check --select REF --offline: {said[0]:.2f} s CPU, the whole process; peak {said[1]:.0f} MB"
        )
        print(f"  reading alone: peak {peak[1]:.0f} MB")


def _child(*words: str) -> tuple[float, float]:
    """Return the CPU seconds and the peak memory in MB of a process of its own."""
    measure = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); u = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    )
    command = [sys.executable, "-m", *words] if words[0] != "-c" else [sys.executable, *words]
    ran = subprocess.run(
        [sys.executable, "-c", measure, *command], capture_output=True, text=True, check=True
    )
    seconds, peak = ran.stdout.split()
    return float(seconds), float(peak) / (1024 if sys.platform == "linux" else 1024**2)


def print_kept() -> None:
    """Print how many files come back byte for byte, and how many of their entries were seen."""
    same = files = seen = there = raised = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, data, entries) in enumerate([*oddities(), *real()]):
            path = Path(folder) / f"{number}.bib"
            path.write_bytes(data)
            files, there = files + 1, there + entries
            try:
                document = read(read_file(path))
                # an edit that changes nothing, and one that is taken back, go through the whole writer
                write_file(document.source, append(document.source, []))
                if document.references:
                    one = document.references[len(document.references) // 2]
                    write_file(document.source, [set_field(one, "note", "changed")])
                    again = read(read_file(path))
                    found = again.references[len(document.references) // 2]
                    text = apply(again.source.text, [])
                    assert found.work.extra["note"] == "changed", name
                    path.write_bytes(data)
                    assert text != document.source.text
                same += path.read_bytes() == data and _encoded(document.source) == data
                seen += min(len(document.references), entries)
                if len(document.references) != entries:
                    print(f"  {name}: {len(document.references):,} of {entries:,} entries")
            except Exception as error:
                raised += 1
                print(f"  {name}: {type(error).__name__}: {error}")
    print(f"{same} of {files} files byte-identical, {seen:,} of {there:,} entries seen "
          f"({seen / there:.2%}), {raised} exceptions")  # fmt: skip


def _encoded(source: Source) -> bytes:
    from evidence.sources import encode

    return encode(source.text, source.encoding)


def print_broken() -> None:
    """Print what one bad entry among 1,000 costs, and what is said of it."""
    print("\none bad entry among 1,000: entries not read, and what was said")
    whole = [make_entry(number, random.Random(number)) for number in range(1_000)]
    macros = "".join(f'@string{{{name} = "{title}"}}\n' for name, title in _JOURNALS.items())
    for name, breakage in BREAKAGES.items():
        broken = [*whole[:500], breakage(whole[500]), *whole[501:]]
        document = read(Source("broken.bib", macros + "\n".join(broken), "bib"))
        keys = {reference.key for reference in document.references}
        lost = sum(f"key{number}" not in keys for number in range(1_000) if number != 500)
        said = ", ".join(f"{p.kind}: {p.message}" for p in document.problems)
        print(f"  {name:16} {lost} lost; {len(document.references)} read; {said or 'nothing to say'}")


def print_edits() -> None:
    """Print how many lines one changed field changes."""
    lines: Counter[int] = Counter()
    for name, data, _ in oddities(100):
        if name in ("UTF-16", "Latin-1", "byte order mark", "nothing", "CR"):
            continue  # the same text in other bytes; CR is one line to diff
        source = Source("x.bib", data.decode(), "bib")
        for reference in read(source).references:
            if "volume" in reference.fields:
                changed = diff(source, [set_field(reference, "volume", "999")]).splitlines()[2:]
                lines[sum(line.startswith("+") for line in changed)] += 1
    shown = ", ".join(f"{many} line in {count:,} edits" for many, count in sorted(lines.items()))
    print(f"\nlines that change where one field does: {shown}")


def print_forms() -> None:
    """Print what each form does not give back, of works from registries or made ones."""
    works = [*_works()]
    entries = [(f"key{number}", work) for number, work in enumerate(works)]
    print(f"\n{len(works):,} works written and read again in each form; fields that it could not hold")
    for form in FORMS:
        cost, text = cpu_of(lambda form=form: write(form, entries))  # type: ignore[misc]
        lost = left_out(form, text, works)
        shown = ", ".join(f"{name} {count:,}" for name, count in sorted(lost.items()))
        print(f"  {form.called:14} {len(text) / 1e6:5.1f} MB, written in {cost:.1f} s; {shown or 'none'}")


def _works() -> Iterator[Work]:
    """Yield works: real records as CSL where they are, else those of the made file."""
    path = SHARED / "crossref" / "works.jsonl.gz"
    if not path.exists():
        yield from (r.work for r in read(Source("x", make_file(1_000), "bib")).references)
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            message = record.get("message", record)
            for name in ("title", "container-title", "short-container-title", "ISSN", "ISBN"):
                if isinstance(message.get(name), list):
                    message[name] = next(iter(message[name]), "")
            yield work_of(message)


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--entries", type=int, default=10_000)
    entries = arguments.parse_args().entries
    print_speed(make_file(entries), f"{entries:,} entries with markup")
    print_speed(make_plain(entries), f"{entries:,} plain entries")
    print()
    print_kept()
    print_broken()
    print_edits()
    print_forms()


if __name__ == "__main__":
    main()
