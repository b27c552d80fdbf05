"""Measures how often the registered work of a reference string is found, without a network.

    python scripts/benchmark_matching.py [--development] [--sample N] [--set NAME] [-v]

Strings of a public evaluation (eleven styles) and medical records printed here in the styles that
people use, with noise, go the way of `evidence match`: read into fields, searched for in a registry
of some 11,000 records (scripts/world.py), decided. Each string is decided twice, with its work among
the records and without it, where the right answer is "none": a precision under "hidden" is that of
half of the targets hidden. Twins are records made to be taken for the work. The halves are told apart
by a digest of the DOI; rules and weights were made on one (`--development`), the figures to quote
are those of the other. Exits 0 where the data is missing.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import noise
import sbmv
import twin_works
from printed_styles import LABEL, PRINTED, printable
from reliability import Sure, drawing, reliability, write_tables
from world import STYLES, WORKS, Registry, halves, read_styles, read_works

from evidence import asking
from evidence.matching.calibrating import Group, log_odds
from evidence.matching.decide import Weighed, considered, decide
from evidence.matching.questions import search_question
from evidence.model import Match, Record, Work
from evidence.services.crossref import KEPT

NOISY = ("pubmed", "vancouver", "ama", "apa7", "harvard")


class Cited(NamedTuple):
    """A work, the string that cites it, and records that stand beside it (its twins)."""

    record: Record
    text: str
    twins: tuple[Record, ...] = ()


class Tally(NamedTuple):
    """What came out: counts by outcome, seconds of each decision, best candidates."""

    counts: Counter[str]
    seconds: list[float]
    sure: list[Sure]


def style_sets(held_out: bool, sample: int) -> Iterator[tuple[str, list[Cited]]]:
    """Yield the strings of the evaluation, style by style."""
    works = read_styles()
    chosen = list(halves((r for r, _ in works.values()), held_out))
    random.Random(3).shuffle(chosen)
    for style in next(iter(works.values()))[1]:
        yield style, [Cited(r, LABEL.sub("", works[r.work.doi][1][style])) for r in chosen[:sample]]


def medical(held_out: bool, sample: int) -> list[Record]:
    """Return real records that a reference can print, two in five of the one large journal at most."""
    pool = [r for r in halves(read_works(), held_out) if printable(r)]
    random.Random(3).shuffle(pool)
    many = [r for r in pool if r.work.doi.startswith("10.1001/")][: sample * 2 // 5]
    return [*many, *(r for r in pool if not r.work.doi.startswith("10.1001/"))][:sample]


def medical_sets(held_out: bool, sample: int) -> Iterator[tuple[str, list[Cited]]]:
    """Yield strings of real records: clean, with noise, and as health pages shorten them."""
    records = medical(held_out, sample)
    for style in NOISY:
        chance = random.Random(f"noise {style}")
        yield f"{style}, clean", [Cited(r, PRINTED[style](r.work)) for r in records]
        yield f"{style}, noise", [Cited(r, noise.noisy(PRINTED[style](r.work), chance)) for r in records]
    chance = random.Random("web")
    yield "web style, noise", [Cited(r, noise.noisy(web(r.work, chance), chance)) for r in records]
    yield "title, journal, year", [Cited(r, short(r.work, chance)) for r in records]


def web(work: Work, chance: random.Random) -> str:
    """Cite as health pages do: authors and title, then journal and year with or without the place."""
    people = work.authors[0].family or work.authors[0].literal if work.authors else ""
    full = PRINTED[chance.choice(("vancouver", "ama"))](work)
    forms = [
        full,
        f"{people} et al. {work.title}. {work.container}, {work.year}.",
        f"{people} ({work.year}). {work.title}. {work.container} {work.volume}:{work.pages}",
    ]
    return chance.choice(forms if people else forms[:1])


def short(work: Work, chance: random.Random) -> str:
    """Cite by title, journal and year only."""
    title = work.title.rstrip(".")
    return chance.choice(
        (
            f"{title}. {work.container}. {work.year}.",
            f"{title} - {work.container}, {work.year}",
            f"“{title}”, {work.container} ({work.year})",
            f"{title}. {work.container}, {work.year}. Available at:",
        )
    )


def twin_sets(held_out: bool, sample: int) -> Iterator[tuple[str, list[Cited]]]:
    """Yield strings whose work has a twin in the registry, by kind of twin."""
    records = medical(held_out, sample)
    for kind, make in twin_works.KINDS.items():
        chance = random.Random(f"twin {kind}")
        cited = []
        for record in records:
            made = make(record, chance)
            if made:
                target, twin = made
                style = chance.choice(("pubmed", "vancouver", "ama", "apa7"))
                cited.append(Cited(target, PRINTED[style](target.work), (twin,)))
        yield f"twin: {kind}", cited


def measure(cited: Sequence[Cited], registry: Registry, verbose: bool, judge: Judge) -> Tally:
    """Decide each string with its target among the records and without it."""
    tally = Tally(Counter(), [], [])
    for one in cited:
        reference = asking.as_reference(one.text)
        work, text = reference.work, reference.raw
        asked = asking.as_asked(reference).work
        if search_question(asked) is None:
            tally.counts.update(("not asked", "right none"))
            note(verbose, "not asked", one, work, None)
            continue
        target = one.record.work.doi
        found = [c for c in registry.candidates(asked, text, without=target) if not same(c.work.doi, target)]
        seen = registry.candidates(asked, text) if not one.twins else found
        if one.twins:
            found = [*one.twins, *found][:KEPT]
            seen = [*one.twins, one.record, *found[1:]][:KEPT] if target in registry.by_doi else found
            seen = seen if one.record in seen else [*one.twins, one.record, *found[1:]][:KEPT]
        for candidates, hidden in ((seen, False), (found, True)):
            began = time.process_time()
            match = judge(work, candidates, text)
            tally.seconds.append(time.process_time() - began)
            said = outcome(match, target, hidden)
            if said == "missed" and not any(c.work.doi == target for c in candidates):
                said = "not retrieved"
            tally.counts[said] += 1
            if judge is decide and (best := match if match.record else next(iter(match.alternatives), None)):
                tally.sure.append(sure(match, best, target, considered(work, candidates, text)))
            if said not in ("right", "right none", "ambiguous none"):
                note(verbose, said, one, work, match)
    return tally


def sure(match: Match, best: Match, target: str, weighed: Sequence[Weighed]) -> Sure:
    """Return what is known of the best candidate of a decision."""
    assert best.record is not None
    doi = best.record.work.doi
    weight = next((w.evidence.confidence for w in weighed if w.record.work.doi == doi), 0.5)
    group: Group = "open" if match.outcome == "ambiguous" else "refused"
    group = "taken" if match.outcome == "match" or "works fit" in match.reason else group
    return Sure(best.confidence, same(doi, target), group, log_odds(weight))


Judge = Callable[[Work, Sequence[Record], str], Match]


def same(one: str, other: str) -> bool:
    """Whether two DOIs are one for the evaluation: it makes "//" one slash and cuts what follows ";"."""
    return one.replace("//", "/").partition(";")[0] == other.replace("//", "/").partition(";")[0]


def outcome(match: Match, target: str, hidden: bool) -> str:
    """Say how a decision compares with the truth."""
    if match.outcome == "match" and match.record:
        if same(match.record.work.doi, target) and not hidden:
            return "right"
        return "wrong, hidden" if hidden else "wrong"
    if match.outcome == "ambiguous":
        return "ambiguous none" if hidden else "ambiguous"
    return "right none" if hidden else "missed"


def note(verbose: bool, said: str, one: Cited, work: Work, match: Match | None) -> None:
    """Print one decision that is not right."""
    if not verbose:
        return
    print(f"  {said}: {one.text!r}")
    people = [n.family or n.literal for n in work.authors[:4]]
    print(
        f"     read {work.type} {people} {work.title!r} {work.year} {work.container!r} "
        f"{work.volume}({work.issue}):{work.pages}"
    )
    print(f"     true {told(one.record.work)}")
    if match:
        best = match if match.record else next(iter(match.alternatives), match)
        print(f"     {match.outcome} {match.confidence:.3f} {match.reason} {dict(best.agreements)}")
        if best.record and best.record.work.doi != one.record.work.doi:
            print(f"     took {told(best.record.work)}")


def told(work: Work) -> str:
    """Return a work on one line."""
    first = work.authors[0].family or work.authors[0].literal if work.authors else ""
    return (
        f"{work.doi} {first} {work.title[:90]!r} {work.year} {work.container[:40]!r} "
        f"{work.volume}({work.issue}):{work.pages}"
    )


def row(name: str, tally: Tally) -> str:
    """Return the line of one set."""
    c = tally.counts
    targets = c["right"] + c["wrong"] + c["missed"] + c["ambiguous"] + c["not retrieved"] + c["not asked"]
    linked = c["right"] + c["wrong"]
    both = linked + c["wrong, hidden"]
    hidden = c["wrong, hidden"] + c["right none"] + c["ambiguous none"]
    return (
        f"{name:34} {targets:5d} {c['right'] / max(1, linked):7.4f} {c['right'] / max(1, both):7.4f} "
        f"{c['right'] / max(1, targets):7.4f} {c['wrong']:5d} {c['wrong, hidden']:4d}/{hidden:<5d} "
        f"{c['ambiguous']:5d} {c['not retrieved']:5d} {c['not asked']:5d} "
        f"{len(tally.seconds) / max(1e-9, sum(tally.seconds)):7.0f}"
    )


HEAD = (
    f"{'set':34} {'works':>5} {'P':>7} {'P hid.':>7} {'R':>7} {'wrong':>5} {'of hidden':>10} {'amb.':>5} "
    f"{'lost':>5} {'n.a.':>5} {'a sec.':>7}"
)


def total(tallies: Sequence[Tally]) -> Tally:
    """Return the sum of several sets."""
    counts: Counter[str] = Counter()
    for tally in tallies:
        counts.update(tally.counts)
    return Tally(counts, [s for t in tallies for s in t.seconds], [p for t in tallies for p in t.sure])


def through_services(cited: Sequence[Cited]) -> Counter[str]:
    """Match strings as the command does, over HTTP against the stand-in's Crossref with its own ranking."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from evidence import checking
    from tests.standin import Standin

    with Standin(works=[WORKS]) as standin:
        environ = {**standin.environment(), "EVIDENCE_CROSSREF_RATE": "0", "EVIDENCE_PUBMED_RATE": "0"}
        told = checking.settings_for((), {"lock": "none.lock"}, environ)
        found = asking.match_all([one.text for one in cited], told)
    return Counter(
        outcome(match, one.record.work.doi, False) for match, one in zip(found, cited, strict=True)
    )


def main() -> int:
    """Read the options and print all tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--development", action="store_true", help="the half that rules were made on")
    options.add_argument("--sample", type=int, default=400, help="works of each set")
    options.add_argument("--set", default="", help="only sets whose name holds this")
    options.add_argument("--sbmv", action="store_true", help="the published matcher instead")
    options.add_argument("--http", action="store_true", help="a sample over HTTP, by the stand-in's search")
    options.add_argument("--fit", type=Path, help="write the tables that make confidences true, a module")
    options.add_argument("--plot", type=Path, help="draw the reliability of the confidences into this SVG")
    options.add_argument("-v", "--verbose", action="store_true", help="every decision that is not right")
    asked = options.parse_args()
    if not WORKS.is_file() or not STYLES.is_file():
        print("no records at ../shared/data: nothing measured")
        return 0
    held_out = not asked.development
    if asked.http:
        for name, cited in medical_sets(held_out, asked.sample):
            print(f"over HTTP: {name:30} {dict(through_services(cited))}", flush=True)
        return 0
    works = {r.work.doi: r for r in read_works()}
    rebuilt = [r for r, _ in read_styles().values() if r.work.doi not in works]
    registry = Registry([*works.values(), *rebuilt])
    print(f"{'held-out' if held_out else 'development'} half; {len(registry)} records")
    print(HEAD)
    judge: Judge = sbmv.decide if asked.sbmv else decide
    groups = {
        "eleven styles": style_sets(held_out, asked.sample),
        "medical records": medical_sets(held_out, asked.sample),
        "twins": twin_sets(held_out, asked.sample),
    }
    pairs: list[Sure] = []
    for group, sets in groups.items():
        done = []
        for name, cited in sets:
            if asked.set in name or asked.set in group:
                tally = measure(cited, registry, asked.verbose, judge)
                print(row(name, tally), flush=True)
                done.append(tally)
        if done:
            whole = total(done)
            print(row(f"all of {group}", whole))
            pairs += whole.sure if group != "twins" else []
    if asked.fit:
        write_tables(pairs, asked.fit, asked.sample)
    if asked.plot and pairs:
        asked.plot.write_text(drawing(list(reliability(pairs))), encoding="utf-8")
    for mean, right, count in reliability(pairs):
        print(f"  confidence {mean:.3f}  right {right:.3f}  of {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
