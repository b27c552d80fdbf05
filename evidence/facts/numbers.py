"""Quantities: read what a person types, compare across units, look for one in a quote.

`numbers` (from `reading.py`) reads a running text; `quantity` reads one value of a facts file;
`holds` says whether a quote states a value, in digits, words, fractions or other units.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from evidence.facts.reading import Number, numbers
from evidence.facts.words import PERCENT, SIZES, TIME, relation_of, unit_of
from evidence.model import Quantity

__all__ = ["Number", "digits", "holds", "matches", "numbers", "quantity", "same", "shown"]

#: What a person is told to type where a value cannot be read.
EXAMPLES = 'a number (12, 12.5) or a text such as "12", "> 50 %", "1,234", "half of 24", "30 months"'
_OUT_OF = re.compile(r"\s{0,3}(?:/|(?:out\s)?of(?:\s(?:the|a total of|all))?|in|from)\s{0,3}", re.IGNORECASE)
#: How many neighbouring counts of a quote may be groups of one whole, and how many are looked at.
_MOST_GROUPS, _MOST_COUNTS = 8, 100
#: How far beyond its bound a number may lie and still be what "more than 50 %" rounds: a quarter.
_NEAR_BOUND = 0.25


def quantity(value: object, unit: str = "", relation: str = "") -> Quantity:
    """Read a value as it stands in a facts file.

    `value` is a number, a text as people write it ("12", "> 50 %", "1,234", "half of 24", "30
    months", "about 31 million", "-50 %"), or a table with `value`, `unit` and `relation`. `unit`
    and `relation` come from the keys beside it: a unit that contradicts the text is an error, a
    relation replaces the text's. A range ("6-48 months") has no single value: `value` is None and
    `text` keeps the words. "half" by itself is 50 percent; "8 of 20" is 8.

    Raises ValueError, saying what to type instead.
    """
    if isinstance(value, Mapping):
        return _from_table(value, unit, relation)
    sign = relation_of(relation) if relation else ""
    if relation and not sign:
        raise ValueError(f'the relation "{relation}" is not known: type "=", ">", ">=", "<", "<=" or "~"')
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(f"the value must be {EXAMPLES}")
    if isinstance(value, str):
        return _from_text(value.strip(), unit_of(unit), sign)
    if not math.isfinite(value):
        raise ValueError(f"the value must be {EXAMPLES}")
    return Quantity(float(value), unit_of(unit), sign or "=", str(value))


def _from_table(table: Mapping[object, object], unit: str, relation: str) -> Quantity:
    unknown = [str(key) for key in table if key not in ("value", "unit", "relation")]
    if unknown:
        raise ValueError(f'`{unknown[0]}` has no place here: type {{ value = 12, unit = "month" }}')
    if "value" not in table or isinstance(table["value"], Mapping):
        raise ValueError('a value is missing: type { value = 12, unit = "month" }')
    return quantity(table["value"], str(table.get("unit", unit)), str(table.get("relation", relation)))


def _from_text(text: str, unit: str, sign: str) -> Quantity:
    text = text.strip("\"'“”‘’ ")
    # "- 50 %" and "1,5" are a sign and a decimal comma here; in running text they may be neither.
    tidy = re.sub(r"^([-−+])\s+(?=\d)", r"\1", text)
    tidy = re.sub(r"^(\D{0,30}\d{1,9}),(\d{1,2})(?![\d,])", r"\1.\2", tidy)
    found = numbers(tidy)
    if not found:
        if text.casefold() in ("all", "every"):
            return Quantity(None, unit, sign or "=", text)
        raise ValueError(f'no number can be read in "{text[:40]}": type {EXAMPLES}')
    first = found[0]
    if first.unit != unit and {first.unit, unit} <= {*SIZES, PERCENT}:
        raise ValueError(f'the value says "{first.unit}" and the unit says "{unit}": keep one of them')
    unit = first.unit or unit
    sign = sign or first.relation
    if first.kind == "all" or (first.part == "low" and len(found) > 1):
        return Quantity(None, unit, sign, text)
    if first.kind == "fraction":
        base = next((number for number in found[1:] if number.kind == ""), None)
        if base is None:
            return Quantity(first.value * 100, PERCENT, sign, text)
        return Quantity(first.value * base.value, base.unit or unit, sign, text)
    return Quantity(first.value, unit, sign, text)


def same(value: float, unit: str, other: float, other_unit: str) -> bool:
    """Return whether two values are equal across units: 24 months and 2 years, 7 days and 1 week.

    Months and days do not convert exactly (4 weeks is not 1 month), but trials call 52 weeks or
    365 days a year. Signs are ignored: "fell by 50 %" and "-50 %" state one size.
    """
    value, other = abs(value), abs(other)
    family, size = SIZES.get(unit, (unit, 1.0))
    other_family, other_size = SIZES.get(other_unit, (other_unit, 1.0))
    if family == other_family:
        return math.isclose(value * size, other * other_size, rel_tol=1e-9, abs_tol=1e-12)
    if {family, other_family} != {"month", "second"}:
        return False
    if family == "second":
        value, size, other, other_size = other, other_size, value, size
    years = value * size / 12
    days = other * other_size / SIZES["day"][1]
    whole = years >= 1 and math.isclose(years, round(years))
    return whole and days in (round(years) * 365, round(years) * 364)


def matches(wanted: Quantity, text: str, *, count: bool = False, labels: bool = False) -> list[Number]:
    """Return the numbers of a text that state this value, in the text's order.

    `count` says that people are counted: a duration or percentage is then no match. `labels`
    takes in numbers that are no findings (phase 2), for facts of the kind `other`.
    """
    return [number for number in numbers(text) if _states(wanted, number, count, labels)]


def _states(wanted: Quantity, number: Number, count: bool, labels: bool) -> bool:
    if wanted.value is None or number.kind in ("fraction", "all"):
        return False
    if number.kind not in ("", "weak") and not labels and not (number.kind == "p" and abs(wanted.value) <= 1):
        return False
    if count and (number.unit in SIZES or number.unit == PERCENT):
        return False
    unit = number.unit
    timed = wanted.unit in SIZES or wanted.unit == PERCENT
    if not wanted.unit or (not timed and unit not in SIZES and unit != PERCENT):
        unit = wanted.unit  # no unit was recorded, or one that the text may leave out ("points")
    return same(wanted.value, wanted.unit, number.value, unit) or _roughly(wanted, number.value, unit)


def _roughly(wanted: Quantity, value: float, unit: str) -> bool:
    """Return whether a rounded or bounded value follows from an exact one: "about 31 million", 31.2."""
    if wanted.value is None or unit != wanted.unit:
        return False
    bound, value = abs(wanted.value), abs(value)
    if wanted.relation == "~":
        return abs(value - bound) <= _last_place(bound) / 2
    if wanted.relation in (">", ">="):
        return bound < value <= bound * (1 + _NEAR_BOUND)
    return wanted.relation in ("<", "<=") and bound * (1 - _NEAR_BOUND) <= value < bound


def _last_place(value: float) -> float:
    """Return the size of the last digit that is not a zero: 1,000,000 for 31 million, 0.1 for 56.5."""
    digits = f"{value:.6f}".rstrip("0")
    if not digits.endswith("."):
        return float(10.0 ** -len(digits.partition(".")[2]))
    whole = digits[:-1]
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0


def holds(
    wanted: Quantity,
    text: str,
    *,
    of: float | None = None,
    count: bool = False,
    labels: bool = False,
    sums: bool = False,
) -> bool:
    """Return whether a quote states a value.

    As digits or words, in another unit (24 months, 2 years), as a fraction ("half" of `of`, or of
    a number in the quote), as the ratio that a percentage rounds ("eight out of ten", 80 %), or,
    with `sums`, as the sum of neighbouring counts of the quote (arms of 27 and 26 make 53). A range must have
    both its ends there. `count` and `labels` as in `matches`.
    """
    if wanted.value is None:
        return _holds_words(wanted, text, count)
    if matches(wanted, text, count=count, labels=labels):
        return True
    found = numbers(text)
    return (
        _holds_fraction(wanted, found, of)
        or (wanted.unit == PERCENT and _holds_ratio(wanted.value, text, found))
        or (sums and _holds_sum(wanted, found))
    )


def _holds_words(wanted: Quantity, text: str, count: bool) -> bool:
    parts = [number for number in numbers(wanted.text) if number.plain]
    if not parts:
        return wanted.text.casefold() in text.casefold()
    return all(
        matches(Quantity(part.value, part.unit or wanted.unit, "=", ""), text, count=count) for part in parts
    )


def _holds_fraction(wanted: Quantity, found: Sequence[Number], of: float | None) -> bool:
    value = abs(wanted.value or 0.0)
    bases = [number.value for number in found if number.kind == "" and number.unit not in TIME]
    bases += [] if of is None else [of]
    for number in found:
        if number.kind not in ("fraction", "all"):
            continue
        if wanted.unit == PERCENT and abs(number.value * 100 - value) <= 0.5:
            return True
        if not wanted.unit and any(abs(number.value * base - value) <= 0.5 for base in bases):
            return True
    return False


def _holds_ratio(value: float, text: str, found: Sequence[Number]) -> bool:
    for part, whole in pairwise(found):
        between = text[part.span.end : whole.span.start]
        if part.unit or whole.value <= 0 or len(between) > 20 or not _OUT_OF.fullmatch(between):
            continue
        if abs(100 * part.value / whole.value - abs(value)) <= min(_last_place(abs(value)), 1.0) / 2 + 1e-9:
            return True
    return False


def _holds_sum(wanted: Quantity, found: Sequence[Number]) -> bool:
    counts = [number.value for number in found if number.kind == "" and not number.unit]
    if wanted.unit or wanted.value is None:
        return False
    for first in range(min(len(counts), _MOST_COUNTS)):
        total = counts[first]
        for value in counts[first + 1 : first + _MOST_GROUPS]:
            total += value
            if total == wanted.value:
                return True
    return False


def digits(value: float) -> str:
    """Return a number as it is written in a file: 12, 12.5, 31000000."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def shown(measure: Quantity) -> str:
    """Return a quantity as a reader writes it: "> 50 %", "12 months", "6-48 months"."""
    if measure.value is None:
        return measure.text
    sign = "" if measure.relation == "=" else f"{measure.relation} "
    unit = "%" if measure.unit == PERCENT else measure.unit
    if unit in SIZES and abs(measure.value) != 1:
        unit += "s"
    return f"{sign}{digits(measure.value)} {unit}".strip()
