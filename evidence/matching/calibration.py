"""How often candidates were the work, by the log-odds of their evidence.

Written by `scripts/benchmark_matching.py --development --sample 500 --fit`, not by hand.
"""

TABLES: dict[str, tuple[tuple[float, float], ...]] = {
    "taken": ((0.25, 0.8916), (3.51, 0.9848), (5.38, 0.989), (7.93, 0.9917), (9.0, 0.9999)),
    "open": ((0.35, 0.5), (0.91, 0.8509)),
    "refused": (
        (-9.0, 0.0021),
        (-9.0, 0.0083),
        (-8.31, 0.0294),
        (-6.43, 0.0417),
        (-4.37, 0.125),
        (-2.07, 0.2917),
        (1.13, 0.627),
    ),
}
