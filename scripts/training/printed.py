"""Printed strings without end: a style, its facts and its noise by one seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from training.articles import ARTICLES
from training.gold import Labelled
from training.noise import disturb
from training.others import OTHERS
from training.pools import Pools
from training.variety import mixed


def strings(
    pools: Pools, count: int, seed: int, share: float = 0.58, noisy: bool = True
) -> Iterator[Labelled]:
    """Print `count` strings, `share` of them articles."""
    rng = random.Random(seed)
    articles, weights = zip(*ARTICLES, strict=True)
    others, others_weights = zip(*OTHERS, strict=True)
    made = 0
    while made < count:
        if rng.random() < share:
            printer = rng.choices(articles, weights)[0]
            sheet = printer(rng, mixed(rng, pools))
        else:
            sheet = rng.choices(others, others_weights)[0](rng, pools)
        one = sheet.labelled()
        if noisy:
            one = disturb(rng, one)
        if 20 < len(one.text) < 1_500:
            made += 1
            yield one
