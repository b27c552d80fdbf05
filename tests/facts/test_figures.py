"""Arithmetic between facts, drift of relations, and numbers that no fact covers."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.facts import arithmetic
from evidence.facts.coverage import uncovered
from evidence.facts.drift import differs, drifts
from evidence.facts.numbers import quantity
from evidence.model import Fact, Quote, Region, Span, Study
from tests.facts.made import page


def fact(name: str, value: object, of: str = "", **more: Any) -> Fact:
    return Fact(id=name, study="s", quantity=quantity(value), of=of, **{"kind": "outcome", **more})


def people(role: str, value: object, name: str = "", **more: Any) -> Fact:
    return fact(name or role, value, role=role, **{"kind": "participants", **more})


def partition(*values: object, of: str = "all") -> list[Fact]:
    return [fact(f"p{place}", value, of, partition="status") for place, value in enumerate(values)]


ALL = people("enrolled", 12, "all")


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ([ALL, *partition(5, 3, 4)], 0),
        ([ALL, *partition(5, "three", "4")], 0),
        ([ALL, *partition(5, 3)], 1),
        ([ALL, *partition(5, 3, 5)], 1),
        ([ALL, *partition(5)], 0),
        ([ALL, *partition(5, "about 3")], 0),
        ([ALL, *partition(5, "3 months")], 0),
        (partition(5, 3), 0),
        (partition(5, 3, of="12"), 1),
        (partition("33.3 %", "33.3 %", "33.3 %", of=""), 0),
        (partition("40 %", "50 %", of=""), 1),
        ([ALL, fact("a", 5, "all", partition="x"), fact("b", 3, "7", partition="x")], 0),
    ],
)
def test_partitions_add_up(facts: list[Fact], broken: int) -> None:
    assert len(list(arithmetic.broken_partitions(facts, {}))) == broken


def test_a_broken_partition_shows_its_sum() -> None:
    conflict = next(arithmetic.broken_partitions([ALL, *partition(5, 3)], {}))
    assert conflict.reason == 'the parts of "status" are 5 + 3 = 8, and "all" is 12'
    assert conflict.fact.id == "p1"


@pytest.mark.parametrize(
    ("arms", "facts", "broken"),
    [
        ((("a", 20), ("b", 20)), [people("randomised", 40)], 0),
        ((("a", 20), ("b", 21)), [people("randomised", 40)], 1),
        ((("a", 20), ("b", 21)), [people("enrolled", 44), people("randomised", 41)], 0),
        ((("a", 20), ("b", None)), [people("randomised", 41)], 0),
        (
            (("a", None), ("b", None)),
            [people("enrolled", 9), people("arm", 4, "x", arm="a"), people("arm", 4, "y", arm="b")],
            1,
        ),
        ((("a", None), ("b", None)), [people("enrolled", 9), people("arm", 4, "x", arm="a")], 0),
        ((("a", 20),), [people("randomised", 40)], 0),
        ((("a", 20), ("b", 21)), [people("randomised", "about 40")], 0),
    ],
)
def test_arms_add_up(arms: tuple[tuple[str, int | None], ...], facts: list[Fact], broken: int) -> None:
    assert len(list(arithmetic.broken_partitions(facts, {"s": Study("s", arms=arms)}))) == broken


@pytest.mark.parametrize(
    ("facts", "over"),
    [
        ([ALL, fact("x", 12, "all")], []),
        ([ALL, fact("x", 13, "all")], ["x"]),
        ([ALL, fact("x", "at least 13", "all")], ["x"]),
        ([ALL, fact("x", "up to 13", "all")], []),
        ([ALL, fact("x", "about 13", "all")], []),
        ([ALL, fact("x", "50 %", "all")], []),
        ([fact("x", 13, "12")], ["x"]),
        ([people("enrolled", "more than 12", "all"), fact("x", 13, "all")], []),
        ([people("enrolled", 24), people("followed", 30)], ["followed"]),
        ([people("screened", 100), people("randomised", 24), people("analysed", 24)], []),
        ([people("randomised", 24), people("analysed", 26)], ["analysed"]),
        ([people("screened", 20), people("enrolled", 24)], ["enrolled"]),
        ([people("enrolled", 24, "e", arm="a"), people("followed", 30)], []),
        ([people("enrolled", 24), people("enrolled", 30, "later"), people("followed", 26)], []),
        ([people("enrolled", 24), people("followed", 30, of="enrolled")], ["followed"]),
    ],
)
def test_counts_stay_within_their_group(facts: list[Fact], over: list[str]) -> None:
    assert [conflict.fact.id for conflict in arithmetic.counts_over(facts)] == over


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("8 of 20 (40%)", False),
        ("8 of 20 patients (40 %)", False),
        ("8/20 (45%)", True),
        ("45 % (8/20)", True),
        ("40% (8 of 20)", False),
        ("2 of 3 (67%)", False),
        ("2 of 3 (66%)", True),
        ("2 of 3 (66.7 %)", False),
        ("8 of 20 had grade 3 pain (45%)", None),
        ("8 of 20 (95% CI 19 to 64)", None),
        ("8 of 20 (about 50%)", None),
        ("8 of 20, and 45% later", None),
        ("8 months of 20 (45%)", None),
    ],
)
def test_percentages_in_a_text(text: str, wrong: bool | None) -> None:
    found = arithmetic.percentages(text)
    assert [pair.wrong for pair in found] == ([] if wrong is None else [wrong])


def test_a_count_with_a_percentage_behind_it_needs_its_group() -> None:
    assert arithmetic.percentages("pain went in 8 (45%)") == []
    assert [pair.wrong for pair in arithmetic.percentages("pain went in 8 (45%)", 20)] == [True]


def test_wrong_percentages_of_facts() -> None:
    inside = fact("x", 8, on_page=Quote("8 of 20 (45 %) got better"))
    assert [conflict.reason for conflict in arithmetic.wrong_percentages([inside])] == [
        "8 of 20 is 40 %, and 45 % is written"
    ]
    count = fact("count", 8, "20", outcome="better")
    for value, told in (("40 %", []), ("45 %", ["percent"]), ("40.4 %", ["percent"]), ("> 30 %", [])):
        percent = fact("percent", value, "20", outcome="better")
        assert [conflict.fact.id for conflict in arithmetic.wrong_percentages([count, percent])] == told


def drift(on_page: str, in_source: str, value: object = 0, **more: Any) -> list[tuple[str, str]]:
    a_fact = Fact(
        "x", "s", quantity=quantity(value), on_page=Quote(on_page), in_source=Quote(in_source), **more
    )
    return [(found.on_page, found.in_source) for found in drifts(a_fact)]


def test_the_relation_of_every_shared_number_is_compared() -> None:
    told = drift("pain fell by 40% for up to 6 months", "a fall of greater than 40 % at six months", "40 %")
    assert told == [("40%", "greater than 40 %"), ("up to 6 months", "six months")]


@pytest.mark.parametrize(
    ("on_page", "in_source", "drifted"),
    [
        ("by 50%", "by 50 %", False),
        ("by at least 50%", "by more than 50%", False),
        ("by more than 50%", "by 50%", True),
        ("by at most 50%", "by at least 50%", True),
        ("about 31 million", "31 million", False),
        ("31 million", "about 31 million", True),
        ("for two years", "for 24 months", False),
        ("for two years", "for at least 24 months", True),
        ("for two years", "for a median of 24 months", True),
        ("for a median of two years", "for a median of 24 months", False),
        ("a mean of 5 points", "a median of 5 points", True),
        ("12 were seen", "24 were asked, 12 came", False),
        ("12 were seen", "at least 12 were asked, 12 came", False),
        ("12 were seen", "others were seen", False),
        ("up to 12 of them in phase 2", "at most 12 in a phase 2 trial", False),
        ("for 12 years", "over 12 years", False),
    ],
)
def test_drift(on_page: str, in_source: str, drifted: bool) -> None:
    assert bool(drift(on_page, in_source)) == drifted


def test_what_a_person_recorded_of_the_source_is_compared() -> None:
    assert drift("fell by half", "see table 2", "50 %", source_relation=">") == [
        ("exactly 50 %", "more than 50 %")
    ]
    assert not drift("fell by more than 50%", "see table 2", "50 %", source_relation=">=")
    at = {"at": quantity("up to 12 months"), "source_at": quantity("at least 12 months")}
    assert drift("x", "y", **at) == [("up to 12 months", "at least 12 months")]
    assert drift("x", "y", at=quantity("12 months"), source_at=quantity("24 months"))
    assert not drift("x", "y", at=quantity("2 years"), source_at=quantity("24 months"))


@pytest.mark.parametrize("sign", ["=", ">", ">=", "<", "<=", "~"])
def test_no_relation_differs_from_itself(sign: str) -> None:
    assert not differs(sign, sign)


def covered(text: str, *ranges: str) -> list[str]:
    places = [(text.index(words), text.index(words) + len(words)) for words in ranges]
    return [found.text for found in uncovered(page(text), places)]


def test_numbers_of_citing_sentences_are_told() -> None:
    assert covered("In all, 24 left. Of 30 people, 5 stayed [1]. Then 7 came.") == ["30", "5"]
    assert covered("In all, 24 left. Of 30 people, 5 stayed. [1] Then 7 came.") == ["30", "5"]
    assert covered("Of 30 people, 5 stayed [1], [2].") == ["30", "5"]
    assert covered("Of 30 people, 5 stayed [1].", "Of 30 people") == ["5"]
    assert covered("One study of 2013 (phase 2, p < 0.05) helped nobody [1].") == []
    assert covered("# Heading 9\n\nPain is common [1].") == []


def test_lists_cite_nothing() -> None:
    text = "No numbers here.\n\n1. Smith. J Pain. 2013;12:3 [1]."
    document = page(text)
    region = Region("list", Span(text.index("1. Smith"), len(text)), Span(0, 0))
    assert [found.text for found in uncovered(document, [])] != []
    listed = type(document)(document.source, document.view, citations=document.citations, regions=(region,))
    assert list(uncovered(listed, [])) == []


def test_a_count_beside_another_group_is_not_held_against_this_one() -> None:
    text = "Fifteen (75%) of 20 walkers slept, and nine (50%) of 18 others."
    assert [pair.wrong for pair in arithmetic.percentages(text)] == [False, False]
    assert arithmetic.percentages("Fifteen (75%) walkers slept, and nine (50%) others.", 20, 15) == [
        arithmetic.Percentage(15, 20, 75, 0.5)
    ]
    assert [pair.wrong for pair in arithmetic.percentages("Six (42.5%) of 14 slept.")] == [True]
