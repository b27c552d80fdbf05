"""How often candidates were the work, by the log-odds of their evidence.

Written by `scripts/benchmark_matching.py --development --sample 300 --fit`, not by hand.
"""

TABLES: dict[str, tuple[tuple[float, float], ...]] = {
    "taken": (
        (-0.69, 0.9111),
        (2.83, 0.9586),
        (4.2, 0.9863),
        (7.65, 0.9962),
        (9.0, 0.9998),
    ),
    "open": ((0.97, 0.8175),),
    "refused": (
        (-9.0, 0.0025),
        (-7.58, 0.0062),
        (-3.46, 0.0432),
        (0.65, 0.3563),
    ),
}
