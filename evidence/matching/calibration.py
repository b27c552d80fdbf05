"""How often candidates were the work, by the log-odds of their evidence.

Written by `scripts/benchmark_matching.py --development --sample 300 --fit`, not by hand.
"""

TABLES: dict[str, tuple[tuple[float, float], ...]] = {
    "taken": (
        (0.2, 0.8941),
        (3.23, 0.9867),
        (4.9, 0.9896),
        (7.87, 0.9951),
        (9.0, 0.9998),
    ),
    "open": ((0.72, 0.7157),),
    "refused": (
        (-9.0, 0.0025),
        (-7.53, 0.0185),
        (-4.98, 0.0366),
        (-2.93, 0.2317),
        (-1.15, 0.5),
        (1.32, 0.5081),
    ),
}
