"""How often decisions of a confidence are right: by bands, as a plot, and as the tables that make them so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from evidence.matching.calibrating import Group


class Sure(NamedTuple):
    """The best candidate of a decision: its confidence, whether it is the work, its group and evidence."""

    confidence: float
    right: bool
    group: Group
    odds: float


def reliability(pairs: Sequence[Sure]) -> Iterator[tuple[float, float, int]]:
    """Yield mean confidence, share that is right and number of decisions, by bands of confidence."""
    edges = (0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99, 1.01)
    for low, high in pairwise(edges):
        band = [p for p in pairs if low <= p.confidence < high]
        if band:
            yield (
                sum(p.confidence for p in band) / len(band),
                sum(p.right for p in band) / len(band),
                len(band),
            )


def fit(pairs: Sequence[Sure]) -> list[tuple[float, float]]:
    """Return how often candidates of some log-odds are the work, by steps that only rise.

    Pool adjacent violators, on blocks of forty decisions at least, with half a right and half a wrong one
    added to each (Jeffreys), so that no step is certain.
    """
    ordered = sorted((p.odds, p.right) for p in pairs)
    size = max(40, len(ordered) // 12)
    blocks = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    if len(blocks) > 1 and len(blocks[-1]) < size:
        blocks[-2:] = [blocks[-2] + blocks[-1]]
    merged: list[list[tuple[float, bool]]] = []
    for block in blocks:
        merged.append(block)
        while len(merged) > 1 and (
            share(merged[-2]) >= share(merged[-1]) or middle(merged[-2]) == middle(merged[-1])
        ):
            merged[-2:] = [merged[-2] + merged[-1]]
    return [(middle(block), round(share(block), 4)) for block in merged]


def middle(block: Sequence[tuple[float, bool]]) -> float:
    """Return the mean log-odds of a block."""
    return round(sum(odds for odds, _ in block) / len(block), 2)


def share(block: Sequence[tuple[float, bool]]) -> float:
    """Return the share of a block that is right."""
    return (sum(right for _, right in block) + 0.5) / (len(block) + 1)


def write_tables(pairs: Sequence[Sure], path: Path, sample: int) -> None:
    """Write the tables that make confidences true."""
    groups: tuple[Group, ...] = ("taken", "open", "refused")
    tables = {group: fit([p for p in pairs if p.group == group]) for group in groups}
    path.write_text(module(tables, sample), encoding="utf-8")


def module(tables: Mapping[Group, Sequence[tuple[float, float]]], sample: int) -> str:
    """Return the tables as a Python module, formatted as `ruff format` does."""
    lines = [
        '"""How often candidates were the work, by the log-odds of their evidence.',
        "",
        f"Written by `scripts/benchmark_matching.py --development --sample {sample} --fit`, not by hand.",
        '"""',
        "",
        "TABLES: dict[str, tuple[tuple[float, float], ...]] = {",
    ]
    for group, table in tables.items():
        if len(table) == 1:
            lines.append(f'    "{group}": ({table[0]!r},),')
        else:
            lines += [f'    "{group}": (', *(f"        {step!r}," for step in table), "    ),"]
    return "\n".join([*lines, "}", ""])


def drawing(points: Sequence[tuple[float, float, int]]) -> str:
    """Return a reliability plot as SVG: confidence across, share that is right upwards, area by number."""
    side, edge = 360, 48
    most = max(n for _, _, n in points)

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * side, edge / 2 + (1 - y) * side

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 432 437" '
        'font-family="sans-serif" font-size="13" fill="#333">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for step in range(6):
        value = step / 5
        (x, low), (left, y) = at(value, 0), at(0, value)
        parts.append(
            f'<path d="M{x:.1f} {low:.1f}V{low - side:.1f}M{left:.1f} {y:.1f}H{left + side:.1f}" '
            'stroke="#ddd" fill="none"/>'
        )
        parts.append(f'<text x="{x:.1f}" y="{low + 18:.1f}" text-anchor="middle">{value:.1f}</text>')
        parts.append(f'<text x="{left - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{value:.1f}</text>')
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    parts.append(f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#999" stroke-dasharray="5 4"/>')
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(p, r) for p, r, _ in points))
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1565c0" stroke-width="2"/>')
    for mean, right, count in points:
        x, y = at(mean, right)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 7 * (count / most) ** 0.5:.1f}" fill="#1565c0" '
            f'fill-opacity="0.65"><title>{count} decisions</title></circle>'
        )
    parts.append(
        f'<text x="{edge + side / 2}" y="{side + edge * 1.4:.0f}" text-anchor="middle">confidence</text>'
    )
    parts.append(
        f'<text transform="translate(14 {edge / 2 + side / 2}) rotate(-90)" text-anchor="middle">'
        "share that is the work</text></svg>"
    )
    return "\n".join(parts) + "\n"
