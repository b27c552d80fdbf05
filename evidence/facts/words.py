"""The words of quantities: numerals, fractions, units and relations, as tables.

The tables are written for English running text of medicine and for what people type into a
facts file. They were collected for this room; the conversions are those of the calendar
(12 months a year) and of SI (60 minutes an hour).
"""

from __future__ import annotations

from functools import cache


def listed(words: str) -> frozenset[str]:
    """Return the set of the words of a text."""
    return frozenset(words.split())


#: Numerals below twenty, which stand alone or after a word for tens.
ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
GLYPHS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
#: Words that say a number without being one; they count only when somebody looks for that number.
WEAK = {"none": 0, "no": 0, "neither": 0, "nobody": 0, "both": 2, "once": 1, "twice": 2, "one": 1}

PERCENT = "percent"
#: Each spelling of a unit of time, to the singular that `Quantity.unit` holds.
TIME = {
    "decade": "decade", "decades": "decade",
    "year": "year", "years": "year", "yr": "year", "yrs": "year", "y": "year",
    "month": "month", "months": "month", "mo": "month", "mos": "month", "mth": "month", "mths": "month",
    "fortnight": "fortnight", "fortnights": "fortnight",
    "week": "week", "weeks": "week", "wk": "week", "wks": "week", "w": "week",
    "day": "day", "days": "day", "d": "day",
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "h": "hour",
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
    "second": "second", "seconds": "second", "sec": "second", "secs": "second",
}  # fmt: skip
#: How many of the smallest unit of its family a unit has: months and minutes do not convert exactly.
SIZES = {
    "decade": ("month", 120.0), "year": ("month", 12.0), "month": ("month", 1.0),
    "fortnight": ("second", 1_209_600.0), "week": ("second", 604_800.0), "day": ("second", 86_400.0),
    "hour": ("second", 3_600.0), "minute": ("second", 60.0), "second": ("second", 1.0),
}  # fmt: skip
#: Units that are kept as written: they tell a dose or a length from a count.
MEASURES = listed(
    "mg g kg µg μg mcg ng pg ml dl l µl μl mm cm m km mmhg kpa iu u meq mmol µmol μmol nmol mol gy msv hz "
    "khz kcal kj bpm °c °f ° fold point points times"
)

#: Words after a number that are counted things, not units; `unit = "patients"` is the unit "".
PEOPLE = listed(
    "patient patients participant participants person persons people subject subjects individual individuals "
    "man men woman women child children adult adults volunteer volunteers case cases animal animals study "
    "studies trial trials event events"
)

_BEFORE = {
    ">=": (
        "at least", "no less than", "not less than", "no fewer than", "not fewer than", "a minimum of",
        "minimum of", "minimum", "upwards of", "as few as", "as little as", "as low as", "≥", ">=", "⩾",
        "greater than or equal to", "more than or equal to", "not below",
    ),
    ">": (
        "more than", "greater than", "over", "above", "exceeding", "exceeded", "exceeds", "exceed",
        "longer than", "higher than", "larger than", "older than", "better than", "beyond", ">",
        "in excess of",
    ),
    "<=": (
        "at most", "up to", "no more than", "not more than", "no greater than", "as many as", "as long as",
        "as much as", "as high as", "as great as", "a maximum of", "maximum of", "maximum", "within",
        "less than or equal to", "not exceed", "not exceeding", "no longer than", "≤", "<=", "⩽", "upto",
        "fewer than or equal to",
    ),
    "<": (
        "less than", "fewer than", "lower than", "smaller than", "under", "below", "shorter than",
        "younger than", "<", "short of",
    ),
    "~": (
        "about", "approximately", "around", "nearly", "almost", "roughly", "circa", "ca", "approx", "some",
        "close to", "an estimated", "estimated", "estimated at", "~", "≈", "∼", "≃", "≅", "in the region of",
    ),
    "=": ("exactly", "precisely", "=", "equal to", "equals"),
}  # fmt: skip
_AFTER = {
    ">=": (
        "or more", "or greater", "or longer", "or older", "or over", "or above", "or higher", "or better",
        "and over", "and older", "and above", "and more", "or later",
    ),
    "<=": (
        "or fewer", "or less", "or lower", "or younger", "or under", "or below", "or shorter",
        "and under", "and younger", "and below",
    ),
    "~": ("or so", "or thereabouts"),
}  # fmt: skip


@cache
def before() -> dict[tuple[str, ...], str]:
    """Return the relation that stands before a number, by its words: ("at", "least") is `>=`."""
    return {tuple(words.split()): sign for sign, all_of in _BEFORE.items() for words in all_of}


@cache
def after() -> dict[tuple[str, ...], str]:
    """Return the relation that stands after a number, by its words: ("or", "more") is `>=`."""
    return {tuple(words.split()): sign for sign, all_of in _AFTER.items() for words in all_of}


def relation_of(text: str) -> str:
    """Return the sign (`= > >= < <= ~`) that a person's words for a relation mean, or "".

    Understands the signs, their Unicode forms and the phrases of the tables ("at least").
    """
    words = tuple(text.casefold().replace("-", " ").split())
    return before().get(words) or after().get(words) or ""


def unit_of(text: str) -> str:
    """Return a unit in its normal form: singular for time, `percent`, "" for people; else as written."""
    word = text.strip().casefold().rstrip(".")
    if word in ("%", "percent", "per cent", "pct", "percentage"):
        return PERCENT
    if word in ("percentage point", "percentage points", "%-points", "pp"):
        return "percentage point"
    if word in TIME:
        return TIME[word]
    return "" if word in PEOPLE else text.strip()
