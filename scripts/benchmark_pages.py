"""Measures what is said of true references on pages: how many are found, and how many are accused.

    python scripts/benchmark_pages.py [--half held-out|development] [--sample N] [--style NAME] [-v]

Real works, in the strings of a public evaluation and printed here in further styles, are put on
pages of twenty in each make. Each page is read as a user's would be, and each reference judged
against answers made in memory: the record of its DOI, or a search over all records; then again with
the true record hidden. A finding of error weight on a true reference is a false accusation. Halves
are told apart by a hash of the DOI; the held-out half is printed by default. Exits 0 without data.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from planted import as_kept
from printed_styles import LABEL, PRINTED, printable
from world import SHARED, STYLES, WORKS, Registry, digest, read_styles, read_works

from evidence import bibliography, names, pages, sources
from evidence.matching import compare
from evidence.matching.wording import words
from evidence.model import Kind, Name, Record, Reference, Verdict, Work

PER_PAGE = 20

#: Styles in which people write; the others of the evaluation are made to be hard.
ORDINARY = (
    *("apa", "chicago-author-date", "modern-language-association", "american-chemical-society"),
    *("american-institute-of-physics", "elsevier-without-titles", "vancouver", "ama", "apa7", "harvard"),
    *("chicago-notes", "nature", "ieee", "pubmed", "web"),
)


class Cited(NamedTuple):
    """A registered work, and how it is printed."""

    record: Record
    text: str


class Told(NamedTuple):
    """A reference as it was read from a page, and the truth about it."""

    cited: Cited
    reference: Reference
    make: str


def chosen(records: Iterable[Record], half: int, sample: int) -> list[Record]:
    """Draw works of one half, at most two in five of the journals that most records are of."""
    pool = [r for r in records if (digest(r.work.doi) & 1) == half]
    random.Random(3).shuffle(pool)
    many = [r for r in pool if r.work.doi.startswith("10.1001/")][: sample * 2 // 5]
    return [*many, *(r for r in pool if not r.work.doi.startswith("10.1001/"))][:sample]


MAKES: dict[str, Kind] = {
    "md 1.": "markdown", "md -": "markdown", "txt paragraphs": "text", "txt [1]": "text",
    "html ol": "html", "html p": "html",
}  # fmt: skip


def make_page(texts: Sequence[str], make: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a page with prose, markers and a list of references, and where in it each of them stands."""
    marks = " ".join(f"This was seen once more [{n}]." for n in range(1, len(texts) + 1))
    marks = marks if make in ("md 1.", "txt [1]", "html ol") else "This was seen often."
    is_html, is_md = make.startswith("html"), make.startswith("md")
    parts = [f"<p>{marks}</p>\n<h2>References</h2>\n" if is_html
             else f"{marks}\n\n{'## ' if is_md else ''}References\n\n"]  # fmt: skip
    parts += ["<ol>\n"] if make == "html ol" else []
    ranges = []
    for number, text in enumerate(texts, 1):
        front, back = {
            "md 1.": (f"{number}. ", "\n"), "md -": ("- ", "\n"), "txt paragraphs": ("", "\n\n"),
            "txt [1]": (f"[{number}] ", "\n"), "html ol": ("<li>", "</li>\n"), "html p": ("<p>", "</p>\n"),
        }[make]  # fmt: skip
        if is_html:
            text = html.escape(text, quote=False).replace("\n", "<br>\n")
        elif "\n" in text:
            text = text.replace("\n", "\n" + " " * (0 if "paragraphs" in make else len(front)))
        start = sum(map(len, parts)) + len(front)
        parts += [front, text, back]
        ranges.append((start, start + len(text)))
    parts += ["</ol>\n"] if make == "html ol" else []
    return "".join(parts), ranges


def read_pages(cited: Sequence[Cited], shift: int, found: Counter[str], verbose: bool) -> Iterator[Told]:
    """Put works on pages of all makes in turn, read them, and yield what was found exactly once."""
    for number, first in enumerate(range(0, len(cited), PER_PAGE)):
        group = cited[first : first + PER_PAGE]
        make = list(MAKES)[(number + shift) % len(MAKES)]
        text, ranges = make_page([c.text for c in group], make)
        document = pages.read(sources.from_text(text, name="page", kind=MAKES[make]))
        claims: dict[int, list[Reference]] = defaultdict(list)
        shared: Counter[int] = Counter()
        for reference in document.references:
            over = [
                i for i, (a, b) in enumerate(ranges) if reference.span.start < b and a < reference.span.end
            ]
            for i in over:
                claims[i].append(reference)
                shared[i] += len(over) - 1
            if not over:
                found["too many"] += 1
        for i, one in enumerate(group):
            mine = claims[i]
            kind = "lost" if not mine else "split" if len(mine) > 1 else "merged" if shared[i] else "once"
            if kind == "once":
                width = min(mine[0].span.end, ranges[i][1]) - max(mine[0].span.start, ranges[i][0])
                kind = "once" if width >= 0.8 * (ranges[i][1] - ranges[i][0]) else "cut"
            found[kind] += 1
            found[f"{kind} {make}"] += 1
            if kind == "once":
                yield Told(one, mine[0], make)
            elif verbose:
                print(f"   {kind:6} {make:14} {one.text!r}")


def check_fields(told: Told, has_doi: bool, wrong: Counter[str], printed: str) -> None:
    """Count the fields that were read otherwise than they are registered."""
    work, record = told.reference.work, told.cited.record.work
    wrong["doi"] += has_doi and work.doi != record.doi
    text = told.cited.text
    titled = "".join(words(record.title)) in "".join(words(text))
    wrong["title"] += titled and "".join(words(work.title)) != "".join(words(record.title))
    wrong["title of none"] += not titled and bool(work.title) and printed in ORDINARY
    if record.authors and printed != "web":
        first = work.authors[0] if work.authors else Name()
        wrong["author"] += not names.same_family(first, record.authors[0])
    wrong["year"] += bool(record.year) and work.year not in compare.years_of(record)
    wrong["volume"] += bool(record.volume) and printed != "web" and work.volume != record.volume
    first_page = record.pages.partition("-")[0]
    wrong["page"] += bool(first_page) and f"{first_page}" in text and not work.pages.startswith(first_page)


def accusations(said: Verdict) -> list[str]:
    """Return the findings of error weight that rest on a verdict."""
    found = []
    if said.wrong:
        found.append("wrong-work")
    if said.unregistered:
        found.append("unregistered-doi")
    elif said.kind == "not-found" and (said.reference.work.type == "article-journal" or said.ids_written):
        found.append("not-found")
    if said.match and said.match.outcome == "match":
        found += [d.field for d in said.match.differences if d.weight == "error"]
    return found


def warnings(said: Verdict) -> list[str]:
    """Return the fields in which a reference is warned about."""
    if not said.match or said.match.outcome != "match":
        return []
    return [d.field for d in said.match.differences if d.weight == "warning"]


def explain(label: str, told: Told, said: Verdict, what: Sequence[str]) -> None:
    """Print one false accusation with all that led to it."""
    work, record = told.reference.work, told.cited.record.work
    print(f"   {label} {told.make} {', '.join(what)} | {said.kind} {said.reason}\n      {told.cited.text!r}")
    print(f"      read {work.type} {[names.show(n) for n in work.authors[:4]]} {work.title!r} {work.year} "
          f"{work.container!r} {work.volume}({work.issue}):{work.pages} {work.doi}")  # fmt: skip
    print(f"      true {[names.show(n) for n in record.authors[:4]]} {record.title!r} {record.year} "
          f"{record.container!r} {record.volume}({record.issue}):{record.pages} {record.doi}")  # fmt: skip
    if said.match and said.match.record and said.match.record.work.doi != record.doi:
        print(f"      took {told_work(said.match.record.work)}")


def with_doi(cited: Cited, doi: str, number: int) -> Cited:
    """Print the DOI behind a reference, in one of the forms that people use."""
    form = (" doi:{}", " https://doi.org/{}", " doi: {}.")[number % 3].format(doi)
    return cited._replace(text=f"{cited.text}{form}")


def measure(name: str, cited: Sequence[Cited], world: Registry, makes: Counter[str], verbose: bool) -> None:
    """Print the two lines of one style: with the DOI, and without it, once more with the record hidden."""
    for has_doi in (True, False):
        group = [with_doi(c, c.record.work.doi, n) for n, c in enumerate(cited)] if has_doi else list(cited)
        found, wrong, said, fields = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        links = 0
        for told in read_pages(group, has_doi * 3, found, verbose):
            check_fields(told, has_doi, wrong, name)
            judged = world.judge(told.reference)
            said[judged.kind] += 1
            accused = accusations(judged)
            said["accused"] += bool(accused)
            said["warned"] += bool(warnings(judged))
            fields.update(set(accused))
            if verbose and accused:
                explain(name, told, judged, accused)
            elif verbose and warnings(judged):
                explain(f"warning: {name}", told, judged, warnings(judged))
            if not has_doi:
                hidden = world.judge(told.reference, told.cited.record.work.doi)
                wrong_link = hidden.match is not None and hidden.match.outcome == "match"
                links += wrong_link
                if verbose and wrong_link:
                    explain(f"link: {name}", told, hidden, [])
        makes.update({k: v for k, v in found.items() if " " in k} if name in ORDINARY else {})
        count = len(group)
        lost = " ".join(f"{k} {found[k]}" for k in ("lost", "split", "merged", "cut", "too many") if found[k])
        print(
            f"{name[:28]:28} {'doi' if has_doi else '   '} {count:4} {found['once'] / max(1, count):6.3f} "
            f"{said['accused']:4} {said['accused'] / max(1, found['once']):7.4f} {said['warned']:4} "
            f"{said['verified']:5} {said['mismatch']:4} {said['not-found']:4} {said['ambiguous']:4} "
            f"{said['unchecked']:4} {'   -' if has_doi else f'{links:4}'}  "
            f"{' '.join(f'{k} {v}' for k, v in sorted(fields.items()))} | wrong "
            f"{' '.join(f'{k} {v}' for k, v in wrong.items() if v)} | {lost}"
        )


def kept(record: Record, chance: random.Random) -> Work:
    """Return a work as people keep it in a .bib file, two in three with their DOI."""
    work = as_kept(record, chance)
    return work if chance.random() < 0.7 else replace(work, ids=())


def told_work(work: Work) -> str:
    """Return a work on one line."""
    return f"{work.doi} {work.title[:90]!r} {work.year} {work.container[:30]!r} {work.volume}:{work.pages}"


def in_bibliographies(records: Sequence[Record], world: Registry, verbose: bool) -> None:
    """Print what is said of true entries of a .bib file."""
    chance = random.Random(6)
    entries = [bibliography.entry(kept(r, chance), f"key{n}") for n, r in enumerate(records)]
    # every second entry has the accents that TeX writes
    tex = {"é": "{\\'e}", "ö": '{\\"o}', "ü": '{\\"u}', "ç": "{\\c c}", "ñ": "{\\~n}", "á": "{\\'a}"}
    entries = [e if n % 2 else "".join(tex.get(c, c) for c in e) for n, e in enumerate(entries)]
    document = bibliography.read(sources.from_text("\n\n".join(entries), name="refs.bib", kind="bib"))
    said = Counter[str]()
    for reference, record in zip(document.references, records, strict=True):
        judged = world.judge(reference)
        said[judged.kind] += 1
        accused = accusations(judged)
        said["accused"] += bool(accused)
        said["warned"] += bool(warnings(judged))
        if verbose and (accused or warnings(judged)):
            explain(".bib", Told(Cited(record, reference.raw), reference, "bib"), judged, accused)
    print(f"\n.bib with noise: {len(document.references)} entries, {dict(said)}")


def real_strings(half: int, verbose: bool) -> None:
    """Print how many strings that publishers deposited are found exactly once, by make."""
    path = SHARED / "matching" / "real_unstructured_1000_tuning.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    blank = Record("", Work())
    texts = [" ".join(LABEL.sub("", row["ref"]).split()) for row in rows]
    cited = [Cited(blank, t) for t in texts if (digest(t) & 1) == half and len(t) > 20]
    found: Counter[str] = Counter()
    for shift in range(len(MAKES)):
        list(read_pages(cited, shift, found, verbose))
    total = len(cited) * len(MAKES)
    print(f"\nreal strings in every make: {total}, once {found['once'] / max(1, total):.4f}, "
          + ", ".join(f"{k} {v}" for k, v in sorted(found.items()) if not k.startswith("once")))  # fmt: skip


def main() -> int:
    """Read the options and print all tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--half", choices=("held-out", "development"), default="held-out")
    options.add_argument("--sample", type=int, default=300, help="works of each style")
    options.add_argument("--style", default="", help="this style only")
    options.add_argument("-v", "--verbose", action="store_true", help="every false accusation and lost one")
    told = options.parse_args()
    if not STYLES.is_file() or not WORKS.is_file():
        print(f"no works at {SHARED}: nothing measured")
        return 0
    began, half = time.monotonic(), int(told.half == "held-out")
    rebuilt, records = read_styles(), read_works()
    known = {r.work.doi for r in records}
    world = Registry([*records, *(r for r, _ in rebuilt.values() if r.work.doi not in known)])
    print(f"{told.half} half; {len(world)} records, {len(rebuilt)} rebuilt")
    print(f"{'style':28} {'':3} {'refs':>4} {'once':>6} {'acc.':>4} {'share':>7} {'warn':>4} {'verif':>5} "
          f"{'mis.':>4} {'n.f.':>4} {'amb.':>4} {'unch':>4} {'link':>4}")  # fmt: skip
    makes: Counter[str] = Counter()
    for name in (*next(iter(rebuilt.values()))[1], *PRINTED):
        if told.style not in ("", name):
            continue
        if name in PRINTED:
            drawn = chosen(filter(printable, records), half, told.sample)
            cited = [Cited(r, PRINTED[name](r.work)) for r in drawn]
        else:
            drawn = chosen((r for r, _ in rebuilt.values()), half, told.sample)
            cited = [Cited(r, LABEL.sub("", rebuilt[r.work.doi][1][name])) for r in drawn]
        measure(name, cited, world, makes, told.verbose)
    for make in MAKES:
        total = sum(n for k, n in makes.items() if k.partition(" ")[2] == make)
        print(
            f"{make:16} found once {makes[f'once {make}'] / max(1, total):.4f} of {total} (ordinary styles)"
        )
    if not told.style:
        drawn = chosen(filter(printable, records), half, told.sample)
        in_bibliographies(drawn, world, told.verbose)
        real_strings(half, told.verbose)
    print(f"{time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
