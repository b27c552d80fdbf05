"""Numbers in running text: values, units, relations, kinds; exact spans; linear time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.facts.numbers import numbers
from evidence.facts.words import ONES, TENS
from tests.measuring import assert_linear

# text, then (words of the number, value, unit, relation) in order
READ = [
    ("Of 24 patients, twelve left.", [("24", 24, "", "="), ("twelve", 12, "", "=")]),
    ("1,234 and 12,345,678", [("1,234", 1234, "", "="), ("12,345,678", 12345678, "", "=")]),
    ("13 388 women, 1 200 men", [("13 388", 13388, "", "="), ("1 200", 1200, "", "=")]),
    ("33·5% and 12.5 %", [("33·5", 33.5, "percent", "="), ("12.5", 12.5, "percent", "=")]),
    ("12,5 % of them", [("12,5", 12.5, "percent", "=")]),
    ("fifty per cent, fifty percent", [("fifty", 50, "percent", "="), ("fifty", 50, "percent", "=")]),
    ("twenty-four, ninety nine", [("twenty-four", 24, "", "="), ("ninety nine", 99, "", "=")]),
    ("two hundred and five", [("two hundred and five", 205, "", "=")]),
    ("one thousand two hundred", [("one thousand two hundred", 1200, "", "=")]),
    ("a hundred and one nights", [("a hundred and one", 101, "", "=")]),
    ("two dozen, half a dozen", [("two dozen", 24, "", "="), ("half a dozen", 6, "", "=")]),
    ("about 31 million people", [("31 million", 31e6, "", "~")]),
    ("2½ years, one and a half years", [("2½", 2.5, "year", "="), ("one and a half", 1.5, "year", "=")]),
    ("at least 12 months", [("12", 12, "month", ">=")]),
    ("for up to six weeks", [("six", 6, "week", "<=")]),
    ("by more than 50%", [("50", 50, "percent", ">")]),
    ("no more than 5, not fewer than 3", [("5", 5, "", "<="), ("3", 3, "", ">=")]),
    ("less than 10 %, under 3 days", [("10", 10, "percent", "<"), ("3", 3, "day", "<")]),
    ("nearly 40, around 50, ~60", [("40", 40, "", "~"), ("50", 50, "", "~"), ("60", 60, "", "~")]),
    ("≥ 18 years, >=18 years", [("18", 18, "year", ">="), ("18", 18, "year", ">=")]),
    ("12 months or longer", [("12", 12, "month", ">=")]),
    ("50 or more patients", [("50", 50, "", ">=")]),
    ("aged 50+ years", [("50", 50, "year", ">=")]),
    ("as long as 12 years", [("12", 12, "year", "<=")]),
    ("over the next 30 months", [("30", 30, "month", "=")]),
    ("for over 12 years", [("12", 12, "year", ">")]),
    ("a 24-patient study", [("24", 24, "", "=")]),
    ("the 12-month visit", [("12", 12, "month", "=")]),
    ("a 61-year-old man", [("61", 61, "year", "=")]),
    ("(n = 24) and N=30", [("24", 24, "", "="), ("30", 30, "", "=")]),
    ("at week 24", [("24", 24, "week", "=")]),
    ("at 3, 6 and 12 months", [("3", 3, "month", "="), ("6", 6, "month", "="), ("12", 12, "month", "=")]),
    ("20 mg daily", [("20", 20, "mg", "=")]),
    ("10 percentage points", [("10", 10, "percentage point", "=")]),
    ("a change of −3.5 points", [("−3.5", -3.5, "points", "=")]),
    ("zero deaths", [("zero", 0, "", "=")]),
    ("within 24 hours", [("24", 24, "hour", "<=")]),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_numbers_are_read(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    found = numbers(text)
    assert [(text[n.span.start : n.span.end], n.value, n.unit, n.relation) for n in found] == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("phase 2", ["label"]),
        ("Phase II trial", ["label"]),
        ("grade 3/4 events in 5", ["label", "label", ""]),
        ("(95% CI, 0.2 to 4.9)", ["interval", "interval", "interval"]),
        ("p < 0.05", ["p"]),
        ("P = .041", ["p"]),
        ("COVID-19, IL-6 and CD34", ["label", "label", "label"]),
        ("in 2013", ["date"]),
        ("12 April 2013", ["date", "date"]),
        ("from 2013 to 2015.", ["date", "date"]),
        ("2015 patients", [""]),
        ("in 1992 and 2000, 1991 patients", ["date", "date", ""]),
        ("2660 women, and 1967 (74%) of them", ["", "", ""]),
        ("the early group = 40, the late group (n = 37)", ["", ""]),
        ("mutant p53 and 4 others", ["label", ""]),
        ("53% [95% CI, 49%-58%] vs 41% [95% CI, 37%-45%]", ["", *["interval"] * 3, "", *["interval"] * 3]),
        ("half of them", ["fraction"]),
        ("two-thirds of them", ["fraction"]),
        ("a quarter of them", ["fraction"]),
        ("all of them", ["all"]),
        ("none, both, twice", ["weak", "weak", "weak"]),
        ("one study", ["weak"]),
        ("one year", [""]),
        ("the twenty-first", ["label"]),
        ("the 1st", ["label"]),
        ("the second half", []),
        ("its half-life", []),
        ("no more than", []),
        ("https://example.org/12 and 10.1000/182 and [12] and [1,2]", []),
        ("on 22/11/2026 at 12:30", []),
    ],
)
def test_what_is_no_finding_is_marked(text: str, kinds: list[str]) -> None:
    assert [number.kind for number in numbers(text)] == kinds


def test_ranges_are_two_numbers_with_one_unit() -> None:
    for text in ("6-48 months", "6–48 months", "6 to 48 months", "between 6 and 48 months"):
        low, high = numbers(text)
        assert (low.value, low.unit, low.part) == (6, "month", "low")
        assert (high.value, high.unit, high.part) == (48, "month", "high")


def test_a_spread_and_a_statistic_are_told() -> None:
    mean, spread = numbers("a mean of 56.5 ± 4.5 months")
    assert (mean.stat, mean.unit, spread.part, spread.unit) == ("mean", "month", "spread", "month")
    assert numbers("median follow-up was 30 months")[0].stat == "median"


def test_the_phrase_covers_relation_and_unit() -> None:
    text = "lasted for up to 12 months there"
    number = numbers(text)[0]
    assert text[number.phrase.start : number.phrase.end] == "up to 12 months"


VOCABULARY = re.findall(
    r"\S+",
    "24 12.5 1,234 twelve half two thirds of the patients months % - – ( ) . , more than at least up to a no "
    "one hundred and million week 95 CI p < = ± 2013 April [1] / half-life 7-day IL-6 ½",
)
WORDS = st.sampled_from(VOCABULARY)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_are_in_order_inside_their_phrases_and_do_not_overlap(text: str) -> None:
    end = 0
    for number in numbers(text):
        assert end <= number.span.start < number.span.end <= len(text)
        assert number.phrase.start <= number.span.start
        assert number.span.end <= number.phrase.end
        end = number.span.end


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for number in numbers(text):
        assert 0 <= number.span.start < number.span.end <= len(text)


@given(st.integers(0, 99))
def test_numerals_up_to_ninety_nine(value: int) -> None:
    assert [number.value for number in numbers(spelled(value))] == [value]


def spelled(value: int) -> str:
    ones, tens = list(ONES), sorted(TENS, key=lambda word: TENS[word])
    if value < 20:
        return ones[value]
    ten = next(word for word in tens if TENS[word] == value // 10 * 10)
    return ten + (f"-{ones[value % 10]}" if value % 10 else "")


@pytest.mark.parametrize(
    "piece",
    [
        "1,234",
        "9",
        "1 ",
        "one ",
        "hundred and ",
        "half a ",
        "1-",
        "[1,",
        "10.1234/",
        "at least ",
        "and a ",
        "± 3 ",
    ],
)
def test_reading_is_linear(piece: str) -> None:
    assert_linear(lambda size: numbers(piece * (size // len(piece))), 20_000)
