"""From the weight of evidence to a probability that means what it says.

The logistic function of `weighing` was fitted on whole references; what is accepted by rule, or refused
although it looks like the work, is right more or less often than it says. How often is in the tables of
`calibration`, for three groups of candidates, each taken from decisions on works with half of the
targets hidden.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import log
from typing import Literal

from evidence.matching.calibration import TABLES

#: What became of a candidate: taken for the work; neither taken nor excluded; not taken.
Group = Literal["taken", "open", "refused"]

#: Log-odds are cut here: more evidence than this was hardly seen.
MOST = 9.0


def log_odds(weight: float) -> float:
    """Return the log-odds of a weight of evidence, 0…1, no further from 0 than `MOST`."""
    if not 0 < weight < 1:
        return MOST if weight > 0 else -MOST
    return max(-MOST, min(MOST, log(weight / (1 - weight))))


def calibrated(weight: float, group: Group) -> float:
    """Return the probability that a candidate of a group is the work, 0…1.

    `weight` is the logistic of its evidence. Between the steps of the table the probability is on the
    straight line over log-odds, beyond them it is that of the last.
    """
    table, odds = TABLES[group], log_odds(weight)
    if len(table) == 1:
        return table[0][1]
    at = min(max(1, bisect_right([x for x, _ in table], odds)), len(table) - 1)
    (low, least), (high, most) = list(pairwise(table))[at - 1]
    share = (min(max(odds, low), high) - low) / (high - low)
    return round(least + share * (most - least), 4)
