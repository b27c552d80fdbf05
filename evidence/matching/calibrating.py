"""From the weight of evidence to a probability that means what it says.

The logistic function of `weighing` was fitted on whole references; what is accepted by rule, or refused
although it looks like the work, is right more or less often than it says. These tables say how often: of
candidates that were taken for the work, and of the nearest ones that were not. They were merged and
rounded by hand from what `scripts/benchmark_matching.py --development --fit` prints for each of its two
groups (pool adjacent violators).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

#: Weight of evidence, and the share of candidates of about this weight that were the work.
TAKEN = ((0.0, 0.92), (0.6, 0.94), (0.98, 0.96), (0.9985, 0.985), (1.0, 0.995))
NOT_TAKEN = ((0.0, 0.02), (0.01, 0.08), (0.06, 0.12), (0.25, 0.22), (0.6, 0.55), (1.0, 0.73))


def calibrated(weight: float, taken: bool) -> float:
    """Return the probability that a candidate is the work, 0…1.

    `weight` is the logistic of its evidence, `taken` whether the rules accept it.
    """
    table = TAKEN if taken else NOT_TAKEN
    at = min(max(1, bisect_right([x for x, _ in table], weight)), len(table) - 1)
    (low, least), (high, most) = list(pairwise(table))[at - 1]
    share = (min(max(weight, low), high) - low) / (high - low)
    return round(least + share * (most - least), 4)
