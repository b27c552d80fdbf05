"""Train the model of reference strings from scratch and write the weights that the package ships.

Two sources: strings printed here in the styles of the world from real bibliographic facts, with labels
known by construction (`training/`), and the training part of hand-labelled strings (BSD-2-Clause). A
tenth of the labelled strings and of the facts is held back for figures, a tenth is for development;
`--final` adds the labelled strings of the latter and the names of all organisations. The same data and
seed give the same weights.

    python scripts/train_parser.py [--out FILE] [--printed N] [--iterations N] [--seed N] [--final]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite
from training import gold, lists, pools, printed
from training.houses import houses
from training.organisations import ORGANISATIONS

from evidence.parsing import boundaries
from evidence.parsing.certain import take_certain
from evidence.parsing.draft import Draft, plain
from evidence.parsing.features import features_of
from evidence.parsing.words import is_taken, words_of

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
WEIGHTS = Path(__file__).resolve().parents[1] / "evidence" / "parsing" / "weights.crf.z"
#: How often a hand-labelled string counts against a printed one.
REPEATED = 3
#: L-BFGS with both penalties; features seen once are noise.
PARAMETERS = {"c1": 0.12, "c2": 0.02, "feature.minfreq": 2}


def example(one: gold.Labelled) -> tuple[list[list[str]], list[str]]:
    """Return the features and the label of each word of a labelled string."""
    draft = Draft(one.text)
    take_certain(draft)
    words = words_of(draft.rest)
    at = [""] * (len(one.text) + 1)
    for start, end, label in one.spans:
        at[start:end] = [label] * (end - start)
    labels = []
    for word in words:
        votes = [label for label in at[word.low : word.high] if label]
        best = max(sorted(set(votes)), key=votes.count, default="other")
        labels.append("id" if is_taken(draft.rest, word) or best in ("doi", "url", "isbn") else best)
    return features_of(draft.rest, words), labels


def list_example(rng: random.Random, items: list[gold.Labelled]) -> tuple[list[list[str]], list[str]]:
    """Return the features and labels of the words of a list without marks."""
    layout = rng.choice(lists.UNMARKED)
    text, placed = lists.laid_out(rng, layout, items)
    words = boundaries.marked_words(plain(text))
    at = ["R"] * (len(text) + 1)
    for place, item in placed:
        for start, end, label in item.spans:
            at[place + start : place + end] = [boundaries.COARSE.get(label, "R")] * (end - start)
    labels = [at[start] if at[start] != "R" else at[end - 1] for start, end, _ in words]
    begun = {place for place, _ in placed}
    labels = ["B" if start in begun else label for (start, _, _), label in zip(words, labels, strict=True)]
    return boundaries.features_of(plain(text), words), labels


def train(trainer: pycrfsuite.Trainer, out: Path, iterations: int, parameters: dict[str, float]) -> None:
    """Run L-BFGS and write the packed weights."""
    trainer.select("lbfgs")
    trainer.set_params({**parameters, "max_iterations": iterations})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crf"
        trainer.train(str(path))
        weights = path.read_bytes()
    out.write_bytes(zlib.compress(weights, 9))
    print(
        f"{out}: {out.stat().st_size / 1e6:.2f} MB packed, {len(weights) / 1e6:.2f} MB;"
        f" {time.process_time():.0f} s of CPU",
        flush=True,
    )


def train_fields(options: argparse.Namespace, parts: tuple[str, ...], facts: pools.Pools) -> None:
    """Train the model of the fields."""
    trainer = pycrfsuite.Trainer(verbose=options.verbose)
    count = words = 0
    for one in labelled(options.shared, parts):
        for _ in range(REPEATED):
            trainer.append(*example(one))
        count += 1
    for one in printed.strings(facts, options.printed, options.seed):
        features, labels = example(one)
        trainer.append(features, labels)
        words += len(labels)
    print(
        f"{count} labelled strings, each {REPEATED} times; {options.printed} printed strings, {words} words",
        flush=True,
    )
    train(trainer, options.out, options.iterations, PARAMETERS)


def train_boundaries(options: argparse.Namespace, parts: tuple[str, ...], facts: pools.Pools) -> None:
    """Train the model of where references begin, on lists of two to nine references."""
    rng = random.Random(options.seed)
    strings = [
        *labelled(options.shared, parts),
        *printed.strings(facts, options.lists * 4, options.seed + 1, noisy=False),
    ]
    rng.shuffle(strings)
    trainer = pycrfsuite.Trainer(verbose=False)
    at = 0
    while at < len(strings):
        count = rng.randint(1, 8)
        features, labels = list_example(rng, strings[at : at + count])
        trainer.append(features, labels)
        at += count
    train(
        trainer,
        options.out.with_name(boundaries.WEIGHTS),
        options.iterations // 2,
        {**PARAMETERS, "feature.minfreq": 3},
    )


def labelled(shared: Path, parts: tuple[str, ...]) -> Iterator[gold.Labelled]:
    """Return the hand-labelled strings of some parts."""
    for name in ("core.xml", "good.xml"):
        path = shared / "parsing" / name
        if path.exists():
            yield from (one for one in gold.read(path) if gold.part_of_labelled(one) in parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="where the data is")
    parser.add_argument("--out", type=Path, default=WEIGHTS, metavar="FILE")
    parser.add_argument("--printed", type=int, default=14_000, metavar="N", help="strings to print")
    parser.add_argument("--iterations", type=int, default=80, metavar="N")
    parser.add_argument("--seed", type=int, default=5, metavar="N")
    parser.add_argument("--lists", type=int, default=4_000, metavar="N", help="lists to print")
    parser.add_argument("--only", choices=("", "fields", "boundaries"), default="")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--final", action="store_true", help="train on the development part as well")
    options = parser.parse_args()
    if gone := pools.missing(options.shared):
        print(f"not found in {options.shared}: {', '.join(gone)}", file=sys.stderr)
        print(
            "the weights need these files; see docs/explanation/parsing-model.md for their sources",
            file=sys.stderr,
        )
        return 2
    parts = ("training", "development") if options.final else ("training",)
    facts = pools.gather(options.shared, "training")
    if options.final:
        facts.houses = houses("", ORGANISATIONS)
    if options.only in ("", "boundaries"):
        train_boundaries(options, parts, facts)
    if options.only in ("", "fields"):
        train_fields(options, parts, facts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
