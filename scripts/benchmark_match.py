"""Measures finding and comparing against real Crossref records, without a network.

    python scripts/benchmark_match.py [--records FILE] [--sample N] [--tune] [-v]

Records are split in two by a hash of their DOI; rules and weights were made on one half (`--tune`),
the figures to quote are those of the other, printed by default. Half of the targets are hidden from
the index, so that a reference to one of them has no right answer. Exits 0 where the data is missing.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from abbreviations import abbreviate

from evidence import names
from evidence.matching.decide import confirm, decide
from evidence.matching.wording import words
from evidence.model import Date, Id, Match, Name, Record, Work
from evidence.services.crossref_record import parse

RECORDS = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "crossref" / "works.jsonl.gz"
CANDIDATES = 8
CITED = frozenset({"article-journal", "chapter", "paper-conference", "article"})


class Index:
    """BM25 (k1 1.2, b 0.75) over all that a reference prints, as a stand-in for Crossref's search."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.lengths = []
        for number, record in enumerate(records):
            counts = Counter(terms(record.work))
            self.lengths.append(sum(counts.values()))
            for term, count in counts.items():
                self.postings[term].append((number, count))
        self.mean = sum(self.lengths) / max(1, len(self.lengths))

    def search(self, work: Work) -> list[Record]:
        """Return the best candidates for a reference."""
        scores: dict[int, float] = defaultdict(float)
        for term in set(terms(work)):
            found = self.postings.get(term, ())
            weight = math.log(1 + (len(self.records) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                norm = 1.2 * (0.25 + 0.75 * self.lengths[number] / self.mean)
                scores[number] += weight * count * 2.2 / (count + norm)
        best = sorted(scores, key=lambda n: (-scores[n], n))[:CANDIDATES]
        return [self.records[n] for n in best]


def terms(work: Work) -> list[str]:
    """Return the words of all fields."""
    texts = [
        work.title,
        work.subtitle,
        work.container,
        work.short_container,
        work.volume,
        work.issue,
        work.pages,
    ]
    texts += [name.family or name.literal for name in work.authors]
    years = {d.year for d in (work.issued, *work.dates.values()) if d and d.year}
    return [w for text in texts for w in words(text)] + [str(y) for y in years]


def split(doi: str) -> int:
    """Return 0 for the tuning half, 1 for the held-out half; the next bit says whether it is hidden."""
    return hashlib.sha256(doi.lower().encode()).digest()[0] & 3


def abbreviated_pages(pages: str) -> str:
    """Return "146-156" as "146-56"."""
    first, dash, last = pages.partition("-")
    if not dash or not (first.isdigit() and last.isdigit()) or len(first) != len(last):
        return pages
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first) - 1)
    return f"{first}-{last[shared:]}"


def short_names(people: Sequence[Name]) -> tuple[Name, ...]:
    """Return names with initials only."""
    return tuple(
        n if n.literal else Name(n.family, names.initials(n.given), n.particle, n.suffix) for n in people
    )


def bare(work: Work) -> Work:
    """Return what a reference can print of a record, without identifiers and without all dates."""
    return replace(work, short_container="", dates={}, publisher="", editors=(), ids=(), extra={})


def pubmed(work: Work, chance: random.Random) -> Work:
    """Cite as PubMed does: six authors, initials, NLM journal, short pages, a full stop behind the title."""
    people = {"authors": short_names(work.authors[:6]), "more_authors": len(work.authors) > 6}
    short = {"container": abbreviate(work.container), "pages": abbreviated_pages(work.pages)}
    return replace(bare(work), title=f"{work.title}.", subtitle="", **people, **short)  # type: ignore[arg-type]


def apa(work: Work, chance: random.Random) -> Work:
    """Cite as APA does: twenty authors, the whole journal title, title in sentence case."""
    title = work.title if work.title.isupper() else work.title[:1] + work.title[1:].lower()
    return replace(
        bare(work), authors=short_names(work.authors[:20]), more_authors=len(work.authors) > 20, title=title
    )


def web(work: Work, chance: random.Random) -> Work:
    """Cite as health pages do: title, journal, year."""
    return Work(work.type, work.title, issued=work.issued, container=work.container)


def scanned(work: Work, chance: random.Random) -> Work:
    """Cite as PubMed does, with one letter in forty wrong and words split or joined."""
    cited = pubmed(work, chance)
    letters = []
    for letter in cited.title:
        if chance.random() < 1 / 40:
            letter = chance.choice(["", " ", letter * 2, chance.choice("aeioulnrst")])
        letters.append(letter)
    plain = [replace(n, family=names.fold(n.family).title() or n.family) for n in cited.authors]
    return replace(cited, title="".join(letters), authors=tuple(plain))


def untitled(work: Work, chance: random.Random) -> Work:
    """Cite as physicists and chemists do: first author, journal, year, volume, first page."""
    cited = pubmed(work, chance)
    first, more = cited.authors[:1], len(work.authors) > 1
    page = work.pages.partition("-")[0]
    return replace(cited, title="", issue="", pages=page, authors=first, more_authors=more)


Style = Callable[[Work, random.Random], Work]
STYLES: dict[str, Style] = {f.__name__: f for f in (pubmed, apa, web, scanned, untitled)}


def other_word(work: Work, pool: Sequence[str], chance: random.Random) -> Work:
    """Change one word of five letters or more in the title."""
    parts = work.title.split(" ")
    at = chance.choice([i for i, w in enumerate(parts) if len(w) > 4])
    return replace(work, title=" ".join([*parts[:at], chance.choice(pool), *parts[at + 1 :]]))


def dropped_word(work: Work, pool: Sequence[str], chance: random.Random) -> Work:
    """Leave one word of five letters or more out of the title."""
    return other_word(work, [""], chance)


def shuffled_digits(text: str, chance: random.Random) -> str:
    """Return a number that is another one."""
    first = int("".join(c for c in text.partition("-")[0] if c.isdigit()) or "1")
    return str(first + chance.choice([2, 7, 11, 30]))


def invent(chance: random.Random) -> Name:
    """Return a name that no record holds."""
    return Name(
        chance.choice(["Quillfeather", "Ostrovanko", "Brundlewick", "Zephyrinou"]), chance.choice("ABCDEGH")
    )


Change = Callable[[Work, Sequence[str], random.Random], Work]


def other_author(at: int) -> Change:
    return lambda w, _, c: replace(w, authors=(*w.authors[:at], invent(c), *w.authors[at + 1 :]))


def swapped(work: Work, _: Sequence[str], chance: random.Random) -> Work:
    return replace(work, authors=(work.authors[1], work.authors[0], *work.authors[2:]))


def other_journal(work: Work, _: Sequence[str], chance: random.Random) -> Work:
    names_ = ["J Imaginary Med", "Annals of Comparative Phrenology", "Lancet Cardiol"]
    return replace(work, container=chance.choice(names_))


def other_year(work: Work, _: Sequence[str], chance: random.Random) -> Work:
    return replace(work, issued=Date((work.year or 0) + chance.choice([-4, -3, 3, 4])))


def other_volume(work: Work, _: Sequence[str], chance: random.Random) -> Work:
    return replace(work, volume=shuffled_digits(work.volume, chance))


def other_pages(work: Work, _: Sequence[str], chance: random.Random) -> Work:
    return replace(work, pages=shuffled_digits(work.pages, chance))


def _differing(work: Work) -> bool:
    return len({names.fold(n.family) for n in work.authors[:2]}) > 1


#: Planted defects: the field that has to be reported, whether a work can bear it, and the change.
CHANGES: dict[str, tuple[str, Callable[[Work], bool], Change]] = {
    "a title word changed": ("title", lambda w: _long(w) > 0, other_word),
    "a title word dropped": ("title", lambda w: _long(w) > 2, dropped_word),
    "first author another": ("author", lambda w: bool(w.authors), other_author(0)),
    "a co-author another": ("author", lambda w: len(w.authors) > 1, other_author(1)),
    "an author left out": (
        "author",
        lambda w: len(w.authors) > 2 and not w.more_authors,
        lambda w, _, c: replace(w, authors=w.authors[:-1]),
    ),
    "authors swapped": ("author", _differing, swapped),
    "another journal": ("container", lambda w: bool(w.container), other_journal),
    "another year": ("year", lambda w: bool(w.year), other_year),
    "another volume": ("volume", lambda w: w.volume.isdigit(), other_volume),
    "other pages": ("pages", lambda w: w.pages[:1].isdigit(), other_pages),
}


def _long(work: Work) -> int:
    return sum(len(w) > 4 for w in work.title.split(" "))


def find(records: Sequence[Record], half: int, sample: int, verbose: bool) -> None:
    """Print precision and recall of `decide` by style, and what it links of hidden targets."""
    cited = [r for r in records if r.work.type in CITED and r.work.title and split(r.work.doi) & 1 == half]
    cited = random.Random(7).sample(cited, min(sample, len(cited)))
    hidden = {r.work.doi for r in cited if split(r.work.doi) & 2}
    index = Index([r for r in records if r.work.doi not in hidden])
    print(
        f"find: {len(cited)} references a style, {len(hidden)} of them to hidden works, "
        f"{len(index.records)} records"
    )
    print(
        f"{'style':10} {'precision':>9} {'recall':>7} {'wrong':>6} {'of hidden':>9} {'ambiguous':>9}"
        f" {'a second':>9}"
    )
    for style, cite in STYLES.items():
        chance = random.Random(11)
        tally: Counter[str] = Counter()
        spent = 0.0
        for record in cited:
            work = cite(record.work, chance)
            if style == "untitled" and not (work.authors and work.volume and work.pages):
                continue
            candidates = index.search(work)
            start = time.process_time()
            match = decide(work, candidates)
            spent += time.process_time() - start
            tally[outcome(match, record, hidden)] += 1
            if verbose and outcome(match, record, hidden) in ("wrong", "wrong, hidden", "missed"):
                explain(style, record, work, match, hidden)
        report(style, tally, spent)


def outcome(match: Match, record: Record, hidden: set[str]) -> str:
    """Return how a decision compares with the truth."""
    target = record.work.doi not in hidden
    if match.outcome == "match" and match.record:
        if target and match.record.work.doi == record.work.doi:
            return "right"
        return "wrong" if target else "wrong, hidden"
    if match.outcome == "ambiguous":
        named = {m.record.work.doi for m in match.alternatives if m.record}
        return "ambiguous" if record.work.doi in named or not target else "ambiguous, wrong"
    return "missed" if target else "right, hidden"


def report(style: str, tally: Counter[str], spent: float) -> None:
    """Print the line of one style."""
    wrong = tally["wrong"] + tally["wrong, hidden"]
    linked = tally["right"] + wrong
    targets = (
        tally["right"] + tally["wrong"] + tally["missed"] + tally["ambiguous"] + tally["ambiguous, wrong"]
    )
    without = tally["wrong, hidden"] + tally["right, hidden"]
    print(
        f"{style:10} {tally['right'] / max(1, linked):9.4f} {tally['right'] / max(1, targets):7.4f} "
        f"{wrong:6d} "
        f"{tally['wrong, hidden']:4d}/{without:<4d} {tally['ambiguous'] + tally['ambiguous, wrong']:9d} "
        f"{sum(tally.values()) / max(spent, 1e-9):9.0f}"
    )


def explain(style: str, record: Record, work: Work, match: Match, hidden: set[str]) -> None:
    """Print one wrong decision."""
    print(f"  {style} {record.work.doi}{' (hidden)' if record.work.doi in hidden else ''} {told(work)}")
    print(f"     -> {match.outcome} {match.reason} {told(match.record.work) if match.record else ''}")


def told(work: Work) -> str:
    """Return a work on one line."""
    return f"{work.doi} {work.title[:90]!r} {work.year} {work.container[:30]!r} {work.volume}:{work.pages}"


def check(records: Sequence[Record], half: int, sample: int, verbose: bool) -> None:
    """Print which planted defects `confirm` reports, and what it says of entries without any."""
    cited = [r for r in records if r.work.type in CITED and r.work.title and split(r.work.doi) & 1 == half]
    cited = random.Random(5).sample(cited, min(sample, len(cited)))
    pool = sorted({w for r in cited for w in r.work.title.split(" ") if w.isalpha() and len(w) > 5})
    print(f"\ncheck: {len(cited)} references with their DOI")
    for style in ("pubmed", "apa", "web"):
        chance, accused = random.Random(3), []
        for record in cited:
            match = confirm(with_doi(STYLES[style](record.work, chance), record), record)
            said = [d for d in match.differences if d.weight != "note"]
            if said or match.outcome != "match":
                accused.append((record.work.doi, match.outcome, said))
        print(f"  without defect, {style:8} accused {len(accused)}/{len(cited)}")
        for line in accused[:20] if verbose else ():
            print("    ", *line)
    for name, (wanted, fits, change) in CHANGES.items():
        chance, tally = random.Random(3), Counter[str]()
        for record in cited:
            work = with_doi(STYLES[chance.choice(["pubmed", "apa"])](record.work, chance), record)
            if not fits(work):
                continue
            changed = change(work, pool, chance)
            match = confirm(changed, record)
            fields = {d.field for d in match.differences if d.weight != "note"}
            kind = (
                "right" if match.outcome == "match" and wanted in fields else "other" if fields else "missed"
            )
            tally[kind] += 1
            if verbose and kind != "right":
                print(
                    "    ",
                    name,
                    record.work.doi,
                    changed.title[:80],
                    changed.pages,
                    match.outcome,
                    match.reason,
                    said,
                )
        total = sum(tally.values())
        print(
            f"  {name:22} right class {tally['right'] / max(1, total):.4f}, other class {tally['other']}, "
            f"missed {tally['missed']} of {total}"
        )
    wrong_identifiers(cited, verbose)


def with_doi(work: Work, record: Record) -> Work:
    """Return a reference with its DOI."""
    return replace(work, ids=(Id("doi", record.work.doi),))


def wrong_identifiers(cited: Sequence[Record], verbose: bool) -> None:
    """Print how often the DOI of another work is seen to be one: of any, and of one in the same journal."""
    chance = random.Random(9)
    by_journal: dict[str, list[Record]] = defaultdict(list)
    for record in cited:
        by_journal[record.work.container].append(record)
    for name in ("any other work", "one of the same journal"):
        tally: Counter[str] = Counter()
        for record in cited:
            near = cited if name == "any other work" else by_journal[record.work.container]
            others = [r for r in near if r.work.title.casefold() != record.work.title.casefold()]
            if not others:
                continue
            other = chance.choice(others)
            match = confirm(with_doi(apa(record.work, chance), other), other)
            tally[match.outcome] += 1
            if verbose and match.outcome == "match":
                print("    ", record.work.title[:70], "|", other.work.title[:70], match.agreements)
        print(f"  DOI of {name:24} {tally['no-match']}/{sum(tally.values())} told to be another work")


def read(path: Path) -> Iterable[Record]:
    """Yield the records of a file of Crossref works, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield parse(json.loads(line))


def main() -> None:
    """Read the options and print both tables."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--records", type=Path, default=RECORDS)
    options.add_argument("--sample", type=int, default=800)
    options.add_argument("--tune", action="store_true", help="the tuning half instead of the held-out one")
    options.add_argument("-v", "--verbose", action="store_true", help="every wrong decision")
    told = options.parse_args()
    if not told.records.is_file():
        print(f"no records at {told.records}: nothing measured")
        return
    records = list(read(told.records))
    half = 0 if told.tune else 1
    print("tuning half" if told.tune else "held-out half")
    find(records, half, told.sample, told.verbose)
    check(records, half, told.sample, told.verbose)


if __name__ == "__main__":
    main()
