"""Measures what a check says of references with one planted defect, and of the same ones without.

    python scripts/benchmark_checking.py [--development] [--sample N] [-v]

Real records become entries of a .bib file as people keep them, and references on a page, with their
DOI and without. Registries are played in memory (scripts/world.py); entries are read, asked about,
judged and given to the rules as in `evidence check`. A defect counts where the rule that is made for
it says so at that entry. Anything of error or warning weight about the registered work that is said
of an untouched entry is a false accusation. The halves are told apart by a digest of the DOI; rules
were made on one (`--development`). Exits 0 where the data is missing.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from planted import DEFECTS, Pool, as_kept
from printed_styles import PRINTED, printable
from world import WORKS, Registry, halves, read_works

from evidence import bibliography, pages, rules, sources
from evidence.bibliography.writing import entry
from evidence.model import (
    Answer,
    Answers,
    Case,
    Document,
    Finding,
    Id,
    Question,
    Record,
    Settings,
    Site,
    Verdict,
    Work,
)

PER_FILE = 50


class Case_(NamedTuple):
    """A reference as it is written, and the record that it is of."""

    record: Record
    work: Work


class Said(NamedTuple):
    """What a check says of one reference."""

    case: Case_
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def names(self) -> set[str]:
        """The rules that found something of error or warning weight."""
        return {f.name for f in self.findings if f.severity != "note"}


def write_bib(cases: Sequence[Case_]) -> Document:
    """Return a bibliography of these references."""
    entries = [entry(case.work, f"key{n}") for n, case in enumerate(cases)]
    return bibliography.read(sources.from_text("\n\n".join(entries), name="refs.bib", kind="bib"))


def write_page(cases: Sequence[Case_], style: str) -> Document:
    """Return a page with these references as a numbered list."""
    lines = []
    for number, case in enumerate(cases, 1):
        text = " ".join(PRINTED[style](case.work).split())
        lines.append(f"{number}. {text}" + (f" https://doi.org/{case.work.doi}" if case.work.doi else ""))
    text = "# A page\n\nThis was seen.\n\n## References\n\n" + "\n".join(lines) + "\n"
    return pages.read(sources.from_text(text, name="page.md", kind="markdown"))


def check(cases: Sequence[Case_], form: str, registry: Registry) -> list[Said]:
    """Write references, read them again, judge them and let the rules speak."""
    said: list[Said] = []
    for start in range(0, len(cases), PER_FILE):
        group = cases[start : start + PER_FILE]
        document = write_bib(group) if form == "bib" else write_page(group, form)
        if len(document.references) != len(group):
            print(f"   {form}: {len(document.references)} of {len(group)} references were read")
            continue
        given: dict[Question, Answer] = {}
        verdicts = {r.place: registry.judge(r, given=given) for r in document.references}
        found = findings(document, verdicts, Answers(given))
        for case, reference in zip(group, document.references, strict=True):
            here = tuple(f for f in found if f.key == reference.key)
            said.append(Said(case, verdicts[reference.place], here))
    return said


def findings(document: Document, verdicts: dict[tuple[str, int], Verdict], answers: Answers) -> list[Finding]:
    """Return what the rules about registered works find."""
    everywhere = Site((document,), document.references, asked=frozenset(verdicts))
    case = Case(document, everywhere, answers, verdicts, {}, (), Settings(root=".", today="2026-11-22"), {})
    return list(rules.run(rules.select(("MET",)), [case]))


def plant(records: Sequence[Record], name: str, pool: Pool, with_doi: bool) -> list[Case_]:
    """Return references with one defect."""
    chance, cases = random.Random(f"{name} {with_doi}"), []
    defect = DEFECTS[name]
    for record in records:
        work = kept(record, chance, with_doi)
        if defect.fits(work) and not work.more_authors:
            cases.append(Case_(record, defect.change(work, pool, chance)))
    return cases


def kept(record: Record, chance: random.Random, with_doi: bool) -> Work:
    """Return a true reference with its DOI or without."""
    work = as_kept(record, chance, cut=False)
    return work if with_doi else replace(work, ids=())


def tell(
    name: str, cases: Sequence[Case_], rule: str, form: str, registry: Registry, verbose: bool
) -> Counter[str]:
    """Print how many planted defects are reported in their class, in another, or not at all."""
    counts: Counter[str] = Counter()
    for said in check(cases, form, registry):
        kind = "right" if rule in said.names else "other" if said.names else "missed"
        if kind == "missed" and said.verdict.kind in ("not-found", "ambiguous"):
            kind = said.verdict.kind
        counts[kind] += 1
        if verbose and kind != "right":
            explain(f"{kind}: {name}, {form}", said)
    total = max(1, sum(counts.values()))
    others = ", ".join(f"{k} {v}" for k, v in sorted(counts.items()) if k != "right")
    print(f"  {name:30} {form:10} {counts['right'] / total:.4f} of {total:4d}   {others}", flush=True)
    return counts


def explain(label: str, said: Said) -> None:
    """Print one reference of which something else is said than is true."""
    reference = said.verdict.reference
    print(f"    {label} | {said.verdict.kind} {said.verdict.reason}")
    print(
        f"       {' '.join((reference.raw or reference.source.text[reference.span.start : reference.span.end]).split())[:420]}"  # noqa: E501
    )
    record = said.case.record.work
    print(
        f"       registered {[n.family or n.literal for n in record.authors[:6]]} {record.title[:140]!r} {record.year} "  # noqa: E501
        f"{record.container!r} {record.volume}({record.issue}):{record.pages} {record.doi}"
    )
    for finding in said.findings:
        print(f"       {finding.severity} {finding.name}: {finding.message[:240]}")


def untouched(
    records: Sequence[Record], form: str, with_doi: bool, registry: Registry, verbose: bool
) -> None:
    """Print what is said of true references."""
    chance = random.Random(f"untouched {form} {with_doi}")
    cases = [Case_(r, kept(r, chance, with_doi)) for r in records]
    kinds: Counter[str] = Counter()
    accused: Counter[str] = Counter()
    for said in check(cases, form, registry):
        kinds[said.verdict.kind] += 1
        kinds["accused"] += bool(said.names)
        accused.update(said.names)
        if verbose and (said.names or said.verdict.kind != "verified"):
            explain(f"untouched, {form}", said)
    total = max(1, len(cases))
    what = ", ".join(f"{k} {v}" for k, v in sorted(accused.items()))
    told = ", ".join(f"{k} {v}" for k, v in sorted(kinds.items()) if k != "accused")
    label = f"untouched, {'DOI' if with_doi else 'no DOI'}"
    print(
        f"  {label:30} {form:10} accused {kinds['accused']} of {total} ({kinds['accused'] / total:.4f}) "
        f"{what} | {told}",
        flush=True,
    )


def wrong_identifiers(records: Sequence[Record], chance: random.Random) -> dict[str, tuple[str, list[Case_]]]:
    """Return references whose DOI is another work's, of the same journal or any, or nobody's."""
    by_journal: dict[str, list[Record]] = {}
    for record in records:
        by_journal.setdefault(record.work.container, []).append(record)
    found: dict[str, tuple[str, list[Case_]]] = {
        "DOI of another work": ("wrong-work", []),
        "DOI of another, same journal": ("wrong-work", []),
        "DOI of nobody": ("unregistered-doi", []),
    }
    for record in records:
        work = kept(record, chance, True)
        for name, pool in (
            ("DOI of another work", records),
            ("DOI of another, same journal", by_journal[record.work.container]),
        ):
            others = [r for r in pool if r.work.title.casefold() != record.work.title.casefold()]
            if others:
                other = chance.choice(others)
                found[name][1].append(Case_(record, replace(work, ids=(Id("doi", other.work.doi),))))
        nobody = (
            f"10.{chance.randrange(40000, 49999)}/{chance.choice('abcxyz')}.{chance.randrange(10**5, 10**7)}"
        )
        found["DOI of nobody"][1].append(Case_(record, replace(work, ids=(Id("doi", nobody),))))
    return found


def invented(records: Sequence[Record], pool: Pool, chance: random.Random) -> list[Case_]:
    """Return references to works that do not exist: title, authors and journal of different ones."""
    cases = []
    for record in records:
        words = [chance.choice(pool.words) for _ in range(chance.randrange(6, 12))]
        people = tuple(chance.sample(list(pool.people), chance.randrange(1, 5)))
        work = kept(record, chance, False)
        title = f"{words[0].capitalize()} {' '.join(w.lower() for w in words[1:])}"
        cases.append(
            Case_(record, replace(work, title=title, authors=people, container=chance.choice(pool.journals)))
        )
    return cases


def preprints(
    records: Sequence[Record], pool: Pool, chance: random.Random
) -> tuple[list[Record], list[Case_]]:
    """Return records made preprints, and references that give them as published in a journal."""
    made, cases = [], []
    for number, record in enumerate(records):
        doi = f"10.1101/2020.01.{number:02d}.{chance.randrange(10**5, 10**6)}"
        work = replace(
            record.work,
            type="article",
            container="",
            short_container="",
            volume="",
            issue="",
            pages="",
            publisher="Cold Spring Harbor Laboratory",
            ids=(Id("doi", doi),),
            extra={},
        )
        made.append(replace(record, work=work))
        written = replace(kept(record, chance, True), ids=(Id("doi", doi),), type="article-journal")
        cases.append(Case_(made[-1], written))
    return made, cases


def main() -> int:
    """Read the options and print all tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--development", action="store_true", help="the half that rules were made on")
    options.add_argument("--sample", type=int, default=300, help="works")
    options.add_argument("--only", default="", help="only what has this in its name")
    options.add_argument("--forms", default="bib,vancouver,apa7", help="bib, and styles of pages")
    options.add_argument("-v", "--verbose", action="store_true", help="all that is said wrongly")
    asked = options.parse_args()
    if not WORKS.is_file():
        print("no records at ../shared/data: nothing measured")
        return 0
    began = time.process_time()
    held_out = not asked.development
    everything = read_works()
    records = [r for r in halves(everything, held_out) if printable(r)]
    random.Random(8).shuffle(records)
    many = [r for r in records if r.work.doi.startswith("10.1001/")][: asked.sample * 2 // 5]
    records = [*many, *(r for r in records if not r.work.doi.startswith("10.1001/"))][: asked.sample]
    pool = Pool.of(records)
    chance = random.Random(12)
    made, as_published = preprints(records[:100], pool, chance)
    registry = Registry(everything)
    with_preprints = Registry([*everything, *made])
    forms = asked.forms.split(",")
    print(
        f"{'held-out' if held_out else 'development'} half; {len(registry)} records, {len(records)} works cited"  # noqa: E501
    )
    sum_: Counter[str] = Counter()
    for form in forms:
        for with_doi in (True, False):
            if asked.only in "untouched":
                untouched(records, form, with_doi, registry, asked.verbose)
            for name, defect in DEFECTS.items():
                if asked.only in name:
                    label = f"{name}{'' if with_doi else ', no DOI'}"
                    sum_ += tell(
                        label,
                        plant(records, name, pool, with_doi),
                        defect.rule,
                        form,
                        registry,
                        asked.verbose,
                    )
    for form in forms:
        for name, (rule, cases) in wrong_identifiers(records, random.Random(13)).items():
            if asked.only in name:
                sum_ += tell(name, cases, rule, form, registry, asked.verbose)
        if asked.only in "invented":
            sum_ += tell(
                "invented",
                invented(records, pool, random.Random(14)),
                "not-found",
                form,
                registry,
                asked.verbose,
            )
        if asked.only in "preprint as published":
            sum_ += tell(
                "preprint as published",
                as_published,
                "preprint-as-published",
                form,
                with_preprints,
                asked.verbose,
            )
    print(
        f"all planted defects: {sum_['right'] / max(1, sum(sum_.values())):.4f} in the right class of {sum(sum_.values())}"  # noqa: E501
    )
    print(f"{time.process_time() - began:.0f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
