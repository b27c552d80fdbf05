"""Print what each form of report costs for 500 references: CPU time and size. Needs no data.

    python scripts/benchmark_report.py [FILE.html]

The report is made up here: 500 references of which every tenth differs, some are retracted, links with
dated looks, study facts, a finding for every third reference. With a file name the page is kept.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from evidence import rules
from evidence.matching.links import judge_link
from evidence.model import (
    Date,
    Difference,
    Document,
    Fact,
    Finding,
    Fix,
    Id,
    Link,
    Match,
    Name,
    Notice,
    Quantity,
    Quote,
    Record,
    Reference,
    Seen,
    Severity,
    Site,
    Source,
    Span,
    Verdict,
    VerdictKind,
    Witness,
    Work,
)
from evidence.report import FORMATS
from evidence.report.result import FactUse, LinkUse, Report

REFERENCES = 500
NAMES = ("Abel", "Brandt", "Chen", "Dubois", "Eriksson", "Fischer", "Garcia", "Haddad", "Ivanova", "Jones")
WORDS = ("back pain", "bone marrow cells", "disc degeneration", "exercise therapy", "long-term outcome")
ROLES = ("enrolled", "randomised", "treated", "followed")


def work(n: int) -> Work:
    """Return the n-th made-up work."""
    authors = tuple(Name(NAMES[(n + k) % 10], "AB"[k % 2]) for k in range(2 + n % 5))
    topic, other = WORDS[n % 5], WORDS[(n // 5) % 5]
    return Work(
        "article-journal",
        f"The influence of {topic} on {other} in adults: made-up study {n}",
        authors=authors,
        issued=Date(1994 + (n * 7) % 32),
        container=f"Journal of Imaginary Medicine {n % 40}",
        volume=str(n % 60 + 1),
        issue=str(n % 12 + 1),
        pages=f"{n}-{n + 9}",
        ids=(Id("doi", f"10.99999/made.up.{n}"),),
    )


def line(n: int, made: Work) -> str:
    """Return a work as it stands in the list."""
    names = ", ".join(f"{name.family} {name.given}" for name in made.authors)
    numbers = f"{made.year};{made.volume}({made.issue}):{made.pages}"
    return f"{n}. {names}. {made.title}. {made.container}. {numbers}.\n"


def report(count: int = REFERENCES) -> Report:
    """Return a made-up report of a page with `count` references."""
    works = [work(n) for n in range(1, count + 1)]
    lines = [line(n, made) for n, made in enumerate(works, 1)]
    page = Source("guideline.md", "# Guideline\n\n" + "".join(lines), "markdown")
    verdicts, found, at = [], [], len("# Guideline\n\n")
    for n, (made, written) in enumerate(zip(works, lines, strict=True), 1):
        span = Span(at + len(f"{n}. "), at + len(written) - 1)
        reference = Reference(
            f"{made.authors[0].family.lower()}{n}", n, made, page, span, raw=written.strip()
        )
        at += len(written)
        verdicts.append(_verdict(n, reference, made))
        if n % 3 == 0:
            found.append(_finding(n, reference, page))
    links = tuple(_link(n, page) for n in range(1, count // 10 + 1))
    facts = tuple(_fact(n, page) for n in range(1, count // 12 + 1))
    references = tuple(verdict.reference for verdict in verdicts)
    document = Document(page, references=references, links=tuple(Link(u.state.url, u.span) for u in links))
    return Report(tuple(found), tuple(verdicts), Site((document,), references), links, facts, ignored=3)


def _verdict(n: int, reference: Reference, made: Work) -> Verdict:
    kind: VerdictKind = "mismatch" if n % 10 == 0 else "not-found" if n % 47 == 0 else "verified"
    differences = (Difference("year", str(made.year), str((made.year or 0) + 1)),) if n % 10 == 0 else ()
    notices = (
        (Notice("retraction", f"10.99999/notice.{n}", "2024-05-06", ("crossref",)),) if n % 90 == 0 else ()
    )
    record = Record("crossref", made, notices, "2026-11-22", f"https://doi.org/{made.doi}")
    match = None if kind == "not-found" else Match("match", record, differences, 0.99)
    return Verdict(reference, kind, match=match, ids={"doi": made.doi}, ids_found=("doi",), notices=notices)


def _finding(n: int, reference: Reference, page: Source) -> Finding:
    code: str
    name: str
    severity: Severity
    code, name, severity = (
        ("MET005", "year-mismatch", "warning") if n % 10 == 0 else
        ("MET001", "not-found", "error") if n % 4 == 0 else ("REF004", "missing-doi", "note")
    )  # fmt: skip
    message = f"“{reference.work.title}”: what the record says differs in a way that is told here"
    fix = Fix("add the DOI", (), "safe") if severity == "note" else None
    witness = Witness(
        "crossref", f"doi:{reference.work.doi}", "2026-11-22", f"https://doi.org/{reference.work.doi}"
    )
    print_ = f"{n:016x}"
    return Finding(
        code, name, severity, message, page, reference.span, reference.key, fix, (witness,), print_
    )


def _link(n: int, page: Source) -> LinkUse:
    url = f"https://example.org/page/{n}"
    looks = tuple(
        Seen(url, f"2026-{month:02d}-01", status=404 if n % 9 == 0 and month > 2 + n % 7 else 200)
        for month in range(1, 12)
    )
    return LinkUse(judge_link(url, looks, "2026-11-22"), page, Span(0, 1), looks)


def _fact(n: int, page: Source) -> FactUse:
    participants = n % 2 == 0
    quantity = Quantity(float(20 + n * 13 % 400)) if participants else Quantity(float(n % 24 + 1), "month")
    fact = Fact(
        f"f{n}", f"study{n // 2}", "participants" if participants else "follow_up",
        ROLES[n % 4] if participants else "", quantity,
        on_page=Quote(f"In this study {20 + n} people were treated and followed with care"),
        in_source=Quote(f"a total of {20 + n} participants were enrolled and received treatment"),
        verdict=("supported", "supported", "distorted", "unchecked")[n % 4], by="A. Reader", on="2026-11-22",
    )  # fmt: skip
    return FactUse(fact, page, page.name, page, Span(0, 11))


def main() -> None:
    made, table = report(), rules.table()
    counts = f"{len(made.findings)} findings, {len(made.links)} links, {len(made.facts)} facts"
    print(f"{REFERENCES} references, {counts}")
    for form, write in FORMATS.items():
        write(made, table)  # what is loaded at the first call is not the report's cost
        before = time.process_time()
        text = write(made, table)
        spent = time.process_time() - before
        print(f"{form:<9} {spent * 1000:7.1f} ms CPU {len(text.encode()) / 1000:9.1f} kB")
        if form == "html" and len(sys.argv) > 1:
            Path(sys.argv[1]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
