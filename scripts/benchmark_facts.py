"""Measure the reading of numbers, the anchoring of quotes, extraction and the FCT rules on real abstracts.

    python scripts/benchmark_facts.py [--data ../shared/data/facts]

The abstracts are for measuring only and are not part of this repository; without them the script
says so and ends. Every quote and every error below is made from the abstracts by a fixed seed.

The rules of extraction are written by hand and not fitted. They were written while looking at the
part `seen` of the trial abstracts (six tenths, by a digest of the PMID); `held back` is the rest,
which was only ever counted.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from evidence import read_text, rules
from evidence.edit import apply
from evidence.facts import extract, records
from evidence.facts.drafts import draft, worth_drafting
from evidence.facts.numbers import holds, numbers, quantity, same
from evidence.facts.quotes import find_quote
from evidence.facts.roles import clash
from evidence.facts.tying import selector
from evidence.facts.writing import add
from evidence.model import Answers, Case, Document, Fact, FactsFile, Quantity, Settings, Site, Study
from evidence.sources import from_text

DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "facts"
TYPESETTING: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("-", "\u2011").replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\n").upper(),
    lambda text: text.replace('"', "”").replace("'", "’").replace(" - ", " — "),
    lambda text: re.sub(r"(\d)\.(\d)", r"\1·\2", text),
    lambda text: text.replace("ti", "t\u00adi").replace("  ", " "),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DATA)
    folder = parser.parse_args().data
    if not folder.is_dir():
        sys.exit(f"there is no {folder}: the abstracts are not part of this repository")
    with gzip.open(folder / "annotations_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        abstracts = [json.loads(line) for line in lines]
    random.seed(20261122)
    anchoring(abstracts)
    reading(abstracts)
    totals(folder / "sample_size_benchmark_dev.tsv")
    durations(folder / "follow_up_benchmark_dev.tsv")
    rows = table(folder / "sample_size_benchmark_dev.tsv")
    others = table(folder / "sample_size_ood_75.tsv")
    for name in ("seen", "held back"):
        sizes(f"trials, {name}", [row for row in rows if part(row["pmid"]) == name], "gold_total_values")
    sizes("all fields of medicine", others, "gold_values")
    follow_ups(table(folder / "follow_up_benchmark_dev.tsv"))
    for name in ("seen", "held back"):
        own = [one for one in abstracts if part(one["pmid"]) == name]
        results(name, own)
        results(f"{name}, where some are marked", own, unmarked=False)
    marked = {one["pmid"]: one for one in abstracts}
    for name in ("seen", "held back"):
        roles(name, [row for row in rows if part(row["pmid"]) == name], marked)
    false_alarms(abstracts)
    speed(abstracts)


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of the data."""
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


def part(pmid: str) -> str:
    """Return whether an abstract was looked at while the rules were written."""
    return "seen" if int(sha256(f"s{pmid}".encode()).hexdigest(), 16) % 10 < 6 else "held back"


def total_of(text: str) -> float | None:
    """Return the surest number of those who took part, as a reader of `extract` takes it."""
    roles = ("randomised", "enrolled", "analysed")
    found = [one for one in extract(text) if one.kind == "participants" and one.role in roles]
    best = max(found, key=lambda one: one.confidence, default=None)
    return best.value if best and isinstance(best.value, float) else None


def sizes(name: str, rows: list[dict[str, str]], gold: str) -> None:
    """Total sample sizes: right among all that have one, and among those that were answered."""
    right = answered = of = 0
    for row in rows:
        wanted = {float(value) for value in row[gold].split(";") if value}
        if wanted:
            found = total_of(row["text"])
            of, answered, right = of + 1, answered + (found is not None), right + (found in wanted)
    show(f"total sample size right, {name}", right, of)
    show(f"total sample size right of the answers, {name}", right, answered)


def follow_ups(rows: list[dict[str, str]]) -> None:
    """Follow-up periods in sentences, seen while the rules were written: precision, recall, F1."""
    units = {"d": "day", "w": "week", "m": "month", "y": "year"}
    hits = extra = missed = 0
    for row in rows:
        marked = filter(None, row["gold_follow_up(d/w/m/y)"].split(","))
        wanted = {(float(value[:-1]), units[value[-1]]) for value in marked}
        found = {(one.value, one.unit) for one in extract(row["sentence"]) if one.kind == "follow_up"}
        hits, extra, missed = (
            hits + len(wanted & found),
            extra + len(found - wanted),
            missed + len(wanted - found),
        )
    score("follow-up periods", hits, extra, missed)


def results(name: str, abstracts: list[dict[str, Any]], *, unmarked: bool = True) -> None:
    """Percentages and counts of events against the marks of the annotators, by place.

    The annotators marked what is compared between arms only; other results count as too many. Without
    `unmarked`, abstracts are left out in which nothing of a kind is marked.
    """
    for label, what in (("bin-percent", "percentages"), ("bin-abs", "counts of events")):
        hits = extra = missed = 0
        for abstract in abstracts:
            marks = [mark for mark in abstract["annotations"] if mark["label"].endswith(label)]
            if not marks and not unmarked:
                continue
            told: set[int] = set()
            for one in extract(abstract["text"]):
                wanted = one.unit == "percent" if label == "bin-percent" else one.role == "event"
                if one.kind != "outcome" or not wanted:
                    continue
                at = [
                    place
                    for place, mark in enumerate(marks)
                    if mark["start"] < one.number.end and one.number.start < mark["end"]
                ]
                hits, extra = hits + bool(at), extra + (not at)
                told.update(at)
            missed += len(marks) - len(told)
        score(f"{what} compared between arms, {name}", hits, extra, missed)


def score(name: str, hits: int, extra: int, missed: int) -> None:
    precision, recall = hits / max(hits + extra, 1), hits / max(hits + missed, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{name:<58} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


def roles(name: str, rows: list[dict[str, str]], marked: dict[str, dict[str, Any]]) -> None:
    """Show what FCT003 and FCT008 say of true totals, of mistyped ones, and of parts given as totals."""
    true = [0, 0]
    swapped = {role: [0, 0] for role in ("randomised", "analysed", "treated")}
    mistyped = [0, 0]
    for row in rows:
        gold = [value for value in row["gold_total_values"].split(";") if value]
        if not gold:
            continue
        count(true, questioned(gold[0], row["text"]))
        wrong = changed_number(gold[0]).lstrip("0")
        if wrong and wrong not in gold:
            count(mistyped, questioned(wrong, row["text"]))
        for value in parts(row, marked[row["pmid"]]) - {float(one) for one in gold}:
            for role, tally in swapped.items():
                count(tally, questioned(str(int(value)), row["text"], role))
    show(f"true totals questioned (FCT003, FCT008), {name}", *true)
    show(f"mistyped totals caught, {name}", *mistyped)
    for role, tally in swapped.items():
        show(f"parts given as those {role} caught, {name}", *tally)


def count(tally: list[int], hit: bool) -> None:
    tally[0] += hit
    tally[1] += 1


def parts(row: dict[str, str], abstract: dict[str, Any]) -> set[float]:
    """Return the sizes of arms and the counts of events that are marked in an abstract."""
    sizes = [row[name].split(";") for name in ("gold_intervention_values", "gold_control_values")]
    texts = [mark["text"].strip() for mark in abstract["annotations"] if mark["label"].endswith("bin-abs")]
    plain = (re.sub(r"[, ]", "", text) for text in (*sizes[0], *sizes[1], *texts))
    return {float(text) for text in plain if text.isdigit()}


def questioned(value: str, text: str, role: str = "randomised") -> bool:
    """Return whether a claim that `value` were randomised is questioned, given the abstract."""
    fact = Fact("total", "s", kind="participants", role=role, quantity=quantity(value))
    return not holds(fact.quantity, text, count=True) or clash(fact, text) is not None


def false_alarms(abstracts: list[dict[str, Any]]) -> None:
    """Show what the FCT rules say of facts drafted from abstracts and held against the same abstracts."""
    told: Counter[str] = Counter()
    facts = 0
    for abstract in abstracts:
        file = drafted(abstract["text"])
        facts += len(file.facts)
        settings = Settings(root="/", today="2026-11-22")
        case = Case(
            Document(file.source),
            Site(),
            Answers(),
            {},
            {},
            (file,),
            settings,
            {"abstract.txt": abstract["text"]},
        )
        for rule in rules.select(["FCT"]):
            told[rule.name] += len({(one.span, one.key) for one in rule.check(case)})
    for rule in rules.select(["FCT"]):
        show(f"facts of abstracts questioned by {rule.name}", told[rule.name], facts)
    weak = sum(len(list(rules.find("weak-design").check(_as_page(one["text"])))) for one in abstracts)
    show("outcomes of abstracts, read as pages, questioned by weak-design", weak, facts)


def _as_page(text: str) -> Case:
    """Return an abstract as a page whose facts and design stand in a facts file."""
    page = read_text(text, kind="text", name="abstract.txt")
    file = drafted(text)
    named = [one.value for one in extract(text) if one.kind == "other" and one.outcome == "design"]
    study = Study("s", "abstract.txt", design=str(named[0]) if named else "")
    facts = tuple(replace(fact, on_page=fact.in_source, page=page.source.name) for fact in file.facts)
    file = replace(file, facts=facts, studies={"s": study})
    settings = Settings(root="/", today="2026-11-22")
    return Case(page, Site(documents=(page,)), Answers(), {}, {}, (file,), settings, {})


def drafted(text: str) -> FactsFile:
    """Return a facts file with all that `propose` drafts from an abstract."""
    made: list[Fact] = []
    for one in worth_drafting(extract(text)):
        if isinstance(one.value, str):  # a design, a phase: kept with the study
            continue
        taken = {fact.id for fact in made}
        made.append(draft(one, "s", taken, in_source=selector(text, one.start, one.end)))
    empty = from_text("", name="facts.toml", kind="toml")
    return records.read(
        from_text(apply("", add(empty, made, [Study("s", "abstract.txt")])), name="facts.toml", kind="toml")
    )


def show(name: str, hits: int, of: int) -> None:
    print(f"{name:<58} {hits:>6} of {of:<6} {100 * hits / max(of, 1):6.2f} %")


def passages(text: str) -> Iterator[str]:
    """Cut three runs of 5 to 30 words from an abstract."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    for _ in range(3):
        size = random.randint(5, 30)
        if len(words) > size:
            first = random.randrange(len(words) - size)
            yield text[words[first][0] : words[first + size - 1][1]]


def anchoring(abstracts: Iterable[dict[str, Any]]) -> None:
    """Quotes as cut, typeset anew and with an ellipsis; then with one number or one word changed."""
    plain = reset = joined = right = altered = false = 0
    for abstract in abstracts:
        text = abstract["text"]
        for quote in passages(text):
            right += 1
            plain += found(text, quote) == quote
            anew = random.choice(TYPESETTING)(quote)
            reset += found(text, anew) == quote
            words = quote.split(" ")
            shorter = " ".join(words[:2]) + " … " + " ".join(words[-2:])
            joined += quote in (found(text, shorter) or "") or find_quote(text, shorter) is not None
            for change in (changed_number(quote), changed_word(quote)):
                if change and " ".join(change.split()).lower() not in " ".join(text.split()).lower():
                    altered += 1
                    false += find_quote(text, change) is not None
    show("quotes anchored, as cut", plain, right)
    show("quotes anchored, typeset anew", reset, right)
    show("quotes anchored, with an ellipsis", joined, right)
    show("false anchors, one number or word changed", false, altered)


def found(text: str, quote: str) -> str | None:
    place = find_quote(text, quote)
    return text[place[0] : place[1]] if place else None


def changed_number(quote: str) -> str:
    places = list(re.finditer(r"\d", quote))
    if not places:
        return ""
    place = random.choice(places)
    digit = (int(place.group()) + random.randint(1, 9)) % 10
    return f"{quote[: place.start()]}{digit}{quote[place.end() :]}"


def changed_word(quote: str) -> str:
    words = quote.split(" ")
    words[random.randrange(len(words))] = random.choice(("never", "twelve", "placebo", "increased"))
    return " ".join(words)


def reading(abstracts: Iterable[dict[str, Any]]) -> None:
    """Show how many annotated counts and percentages are read, with the right unit."""
    for label in ("participants", "bin-abs", "bin-percent"):
        right = of = 0
        for abstract in abstracts:
            read = numbers(abstract["text"])
            for mark in abstract["annotations"]:
                digits = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*%?", mark["text"].strip())
                if not mark["label"].endswith(label) or not digits:
                    continue
                of += 1
                thousands = re.search(r",\d{3}$", digits.group(1))
                value = float(digits.group(1).replace(",", "" if thousands else "."))
                right += any(
                    number.value == value
                    and number.kind == ""
                    and mark["start"] <= number.span.start < mark["end"]
                    and (label != "bin-percent" or number.unit == "percent" or "%" not in mark["text"])
                    for number in read
                )
        show(f"annotated numbers read right: {label}", right, of)


def totals(path: Path) -> None:
    """Sample sizes: the true value is in the abstract, a mistyped one is not (what FCT003 sees)."""
    true = of = caught = wrong = 0
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            for value in filter(None, row["gold_total_values"].split(";")):
                of += 1
                true += holds(quantity(value), row["text"], count=True, sums=False)
                mistyped = changed_number(value).lstrip("0") or "1"
                if mistyped != value:
                    wrong += 1
                    caught += not holds(quantity(mistyped), row["text"], count=True)
    show("true sample sizes that the abstract states", true, of)
    show("mistyped sample sizes caught", caught, wrong)


def durations(path: Path) -> None:
    """Show how many follow-up durations are among the durations that are read."""
    units = {"d": "day", "w": "week", "m": "month", "y": "year"}
    right = of = 0
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            read = [number for number in numbers(row["sentence"]) if number.unit in units.values()]
            for gold in filter(None, row["gold_follow_up(d/w/m/y)"].split(",")):
                wanted = Quantity(float(gold[:-1]), units[gold[-1]])
                of += 1
                right += any(same(wanted.value or 0, wanted.unit, n.value, n.unit) for n in read)
    show("follow-up durations read", right, of)


def speed(abstracts: list[dict[str, Any]]) -> None:
    start = time.process_time()
    for abstract in abstracts:
        numbers(abstract["text"])
    seconds = time.process_time() - start
    print(f"{'abstracts a second, numbers read':<58} {len(abstracts) / seconds:>6.0f}")
    start = time.process_time()
    for abstract in abstracts:
        extract(abstract["text"])
    seconds = time.process_time() - start
    print(f"{'abstracts a second, facts extracted':<58} {len(abstracts) / seconds:>6.0f}")
    start = time.process_time()
    quotes = [(abstract["text"], quote) for abstract in abstracts for quote in passages(abstract["text"])]
    for text, quote in quotes:
        find_quote(text, quote)
    print(f"{'quotes a second, anchored':<58} {len(quotes) / (time.process_time() - start):>6.0f}")


if __name__ == "__main__":
    main()
