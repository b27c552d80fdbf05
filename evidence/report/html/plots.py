"""Plots for those who would rather look than read: drawn as SVG in the page, each also told in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evidence.matching.links import judge_link
from evidence.model import Fact, Seen
from evidence.report.escape import html
from evidence.report.facts import amount
from evidence.report.html.parts import Section
from evidence.report.result import Report

WIDTH = 640
#: Height of a row of a bar chart, and of the columns of a histogram, in units of the drawing.
ROW, COLUMN = 30, 150
#: Most bars of a histogram: years are put together beyond.
BARS = 24
#: Most studies that are drawn.
STUDIES = 30

#: Roles of participants, those that say best how large a study was first.
_SIZES = ("randomised", "enrolled", "treated", "analysed", "followed", "completed", "screened")
_COLOURS = {
    "verified": "good",
    "mismatch": "error",
    "not-found": "error2",
    "ambiguous": "warning",
    "unchecked": "plain",
}


class Study(NamedTuple):
    """How many people a study had, as which role, and for how long they were followed."""

    key: str
    size: float
    role: str
    follow_up: str


def plots(report: Report) -> Section | None:
    """Return the plots for which the report has data."""
    made = [drawn for drawn in (_verdicts(report), _years(report), _sizes(report), _dead(report)) if drawn]
    return Section("plots", "At a glance", f'<div class="plots">{"".join(made)}</div>\n') if made else None


def _figure(title: str, told: str, height: int, drawing: str) -> str:
    return (
        f"<figure><figcaption>{html(title)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{html(f"{title}: {told}")}">'
        f"{drawing}</svg></figure>\n"
    )


def _text(x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{kind}">{html(words)}</text>'


def _bar(x: float, y: float, wide: float, high: float, kind: str) -> str:
    wide, high = max(wide, 0), max(high, 0)
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" class="{kind}"/>'


def _verdicts(report: Report) -> str:
    """Draw one bar of all references by verdict, with a key below."""
    counts = Counter[str](verdict.kind for verdict in report.references)
    total = sum(counts.values())
    if not total:
        return ""
    drawing, x, y = "", 0.0, 58
    shown = [(kind, counts[kind]) for kind in _COLOURS if counts[kind]]
    for number, (kind, count) in enumerate(shown):
        wide = WIDTH * count / total
        drawing += _bar(x, 4, wide - (1.5 if number < len(shown) - 1 else 0), 28, _COLOURS[kind])
        x += wide
    for number, (kind, count) in enumerate(shown):
        left = 2 + (number % 3) * 214
        top = y + number // 3 * 26
        drawing += _bar(left, top - 12, 14, 14, _COLOURS[kind])
        drawing += _text(left + 22, top, f"{kind.replace('-', ' ')} {count} ({100 * count / total:.0f} %)")
    told = ", ".join(f"{count} {kind.replace('-', ' ')}" for kind, count in shown)
    return _figure("Verdicts", told, y + (len(shown) - 1) // 3 * 26 + 12, drawing)


def _years(report: Report) -> str:
    """Draw how many of the cited works are of which year."""
    years = Counter(
        year
        for verdict in report.references
        if (year := (verdict.record.work.year if verdict.record else None) or verdict.reference.work.year)
        and 1400 < year < 2200
    )
    if len(years) < 2:
        return ""
    first, last = min(years), max(years)
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if (last - first) // n < BARS), 100)
    first -= first % step
    bins = {
        start: sum(years[y] for y in range(start, start + step)) for start in range(first, last + 1, step)
    }
    most = max(bins.values())
    wide = WIDTH / len(bins)
    drawing = ""
    every = max(1, -(-len(bins) * 52 // WIDTH))
    for number, (start, count) in enumerate(bins.items()):
        high = (COLUMN - 24) * count / most
        drawing += _bar(number * wide + 1.5, COLUMN - high, wide - 3, high, "main")
        if count:
            drawing += _text((number + 0.5) * wide, COLUMN - high - 6, str(count), "middle", "small")
        if number % every == 0:
            drawing += _text((number + 0.5) * wide, COLUMN + 18, str(start), "middle", "small")
    drawing += f'<line x1="0" x2="{WIDTH}" y1="{COLUMN}" y2="{COLUMN}" class="axis"/>'
    each = "" if step == 1 else f", {step} years a bar"
    told = (
        f"{sum(years.values())} works of {min(years)} to {last}, the most ({most}) {_when(bins, most, step)}"
    )
    return _figure(f"Years of the cited works{each}", told, COLUMN + 26, drawing)


def _when(bins: Mapping[int, int], most: int, step: int) -> str:
    start = next(year for year, count in bins.items() if count == most)
    return f"in {start}" if step == 1 else f"from {start} to {start + step - 1}"


def studies(facts: Sequence[Fact]) -> list[Study]:
    """Return the size of each study of which a number of participants is known, the largest first."""
    found: dict[str, Study] = {}
    for fact in facts:
        if (
            fact.kind != "participants"
            or fact.arm
            or fact.role in ("arm", "event")
            or not fact.quantity.value
        ):
            continue
        known = found.get(fact.study)
        if known is None or _rank(fact.role) < _rank(known.role):
            found[fact.study] = Study(
                fact.study, fact.quantity.value, fact.role, _follow_up(fact.study, facts)
            )
    return sorted(found.values(), key=lambda study: (-study.size, study.key))


def _rank(role: str) -> int:
    return _SIZES.index(role) if role in _SIZES else len(_SIZES)


def _follow_up(study: str, facts: Sequence[Fact]) -> str:
    told = [fact.quantity for fact in facts if fact.study == study and fact.kind == "follow_up"]
    told += [fact.at for fact in facts if fact.study == study and fact.at is not None]
    return amount(told[0]) if told else ""


def _sizes(report: Report) -> str:
    """Draw a bar a study: how many people, and beside it for how long they were followed."""
    every = studies([use.fact for use in report.facts])
    if not every:
        return ""
    shown = every[:STUDIES]
    most = shown[0].size
    left, room = 170, WIDTH - 170 - 260
    drawing = ""
    for number, study in enumerate(shown):
        y = number * ROW
        wide = max(room * study.size / most, 2)
        drawing += _text(left - 10, y + 20, _short(study.key), "end")
        drawing += _bar(left, y + 5, wide, ROW - 10, "main")
        followed = f", {study.follow_up}" if study.follow_up else ""
        drawing += _text(left + wide + 8, y + 20, f"{study.size:,.10g} {study.role}{followed}")
    told = "; ".join(f"{s.key} {s.size:,.10g}{', ' + s.follow_up if s.follow_up else ''}" for s in shown)
    left_out = f" (the largest {STUDIES} of {len(every)})" if len(every) > STUDIES else ""
    return _figure(f"People in each study, and follow-up{left_out}", told, len(shown) * ROW + 4, drawing)


def _short(text: str) -> str:
    return text if len(text) <= 19 else text[:18] + "…"


def _dead(report: Report) -> str:
    """Draw how many links were dead on each day on which somebody looked."""
    seen: dict[str, tuple[Seen, ...]] = {use.state.url: use.seen for use in report.links if use.seen}
    days = sorted({look.at[:10] for looks in seen.values() for look in looks if len(look.at) >= 10})
    if len(days) < 2:
        return ""
    counts = [sum(judge_link(url, looks, day).state == "dead" for url, looks in seen.items()) for day in days]
    most = max(*counts, 1)
    high = 120
    at = [
        (40 + (WIDTH - 80) * number / (len(days) - 1), 24 + high * (1 - count / most))
        for number, count in enumerate(counts)
    ]
    drawing = f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in at)}"/>'
    for (x, y), count in zip(at, counts, strict=True):
        drawing += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="error"/>'
        drawing += _text(x, y - 9, str(count), "middle", "small")
    drawing += f'<line x1="0" x2="{WIDTH}" y1="{high + 26}" y2="{high + 26}" class="axis"/>'
    drawing += _text(0, high + 46, days[0], "start", "small") + _text(
        WIDTH, high + 46, days[-1], "end", "small"
    )
    told = ", ".join(f"{day} {count}" for day, count in zip(days, counts, strict=True))
    return _figure("Dead links over time", told, high + 54, drawing)
