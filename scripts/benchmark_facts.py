"""Measure the reading of numbers and the anchoring of quotes on real abstracts.

    python scripts/benchmark_facts.py [--data ../shared/data/facts]

The abstracts are for measuring only and are not part of this repository; without them the script
says so and ends. Every quote and every error below is made from the abstracts by a fixed seed.
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
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from evidence.facts.numbers import holds, numbers, quantity, same
from evidence.facts.quotes import find_quote
from evidence.model import Quantity

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
    speed(abstracts)


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
    quotes = [(abstract["text"], quote) for abstract in abstracts for quote in passages(abstract["text"])]
    for text, quote in quotes:
        find_quote(text, quote)
    print(f"{'quotes a second, anchored':<58} {len(quotes) / (time.process_time() - start):>6.0f}")


if __name__ == "__main__":
    main()
