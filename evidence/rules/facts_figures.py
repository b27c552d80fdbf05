"""FCT: the figures of facts against one another, and against what stands around them.

Here stand rules and their pages; what they do is in `facts_checks.py`, which a run without a facts
file never loads.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Finding, Rule


def look(rule: Rule, case: Case) -> Iterator[Finding]:
    """Yield what a rule finds; nothing is loaded for a run without a facts file."""
    if case.facts:
        from evidence.rules.facts_checks import CHECKS

        yield from CHECKS[rule.name](rule, case)


def _partition_sum(case: Case) -> Iterator[Finding]:
    """The parts of a group do not add up to the group.

    ## What it does

    Adds the values of the facts that share a `partition` and compares the sum with the value of
    the fact that `of` names; percentages must make 100 within their rounding. The arms of a study
    must make those randomised, else enrolled. Rounded values ("about") are left alone.

    ## Why it matters

    Somebody is missing or is counted twice: dropouts left out, a number from another time point.

    ## Example

    ```toml
    [[fact]]
    id        = "better"
    value     = 5
    of        = "followed"          # 12
    partition = "after two years"

    [[fact]]
    id        = "unchanged"
    value     = 3
    of        = "followed"
    partition = "after two years"
    ```

    ## How to fix

    Add the part that is missing, correct the value, or take the facts out of the partition.
    """
    return look(PARTITION_SUM, case)


def _count_over_denominator(case: Case) -> Iterator[Finding]:
    """A count is greater than the group it is of.

    ## What it does

    Compares each count with the value of the fact that `of` names, and the numbers of people by
    role: those followed, treated, completed or analysed are no more than those randomised or
    enrolled, and these no more than those screened.

    ## Why it matters

    No study follows more people than it enrolled; one of the numbers is of another group.

    ## Example

    ```toml
    [[fact]]
    id    = "enrolled"
    value = 24

    [[fact]]
    id    = "better"
    value = 42
    of    = "enrolled"
    ```

    ## How to fix

    Correct the value, or name the right group in `of`.
    """
    return look(COUNT_OVER_DENOMINATOR, case)


def _relation_drift(case: Case) -> Iterator[Finding]:
    """The page drops or turns an "at least", "up to", "more than", "about" or "median" of its source.

    ## What it does

    Reads what stands around each number that both quotes hold ("up to 6 months", "at 6 months"),
    and compares `relation` and `at` with `source_relation` and `source_at` where these are given.
    A page may be vaguer than its source ("about"), not firmer.

    ## Why it matters

    The number is right and the statement is not: "by 40 % for up to 6 months" is not "by more
    than 40 % at 6 months".

    ## Example

    ```toml
    on_page   = '''pain fell by 40 % for up to 6 months'''
    in_source = '''pain was lower by more than 40 % at 6 months'''
    ```

    ## How to fix

    Say it as the source does, and quote the new words in `on_page`.
    """
    return look(RELATION_DRIFT, case)


def _percent_count_mismatch(case: Case) -> Iterator[Finding]:
    """A percentage is not what its count and its group make.

    ## What it does

    Checks "8 of 20 (45 %)" and its like inside the quotes, a count with the percentage behind it
    where `of` gives the group, and two facts on one outcome, one a count and one a percentage.
    Half a unit of the last printed digit is allowed; grades and confidence intervals are left out.
    "Half of them (4 of 24)" and "all (23 of 24)" are told too; words may be a tenth off.

    ## Why it matters

    One of the three numbers is wrong or of another group. In 334 such triples of published
    abstracts 2 in 100 did not fit, and 5 in 100 were one unit off in the last digit.

    ## Example

    ```toml
    on_page = '''8 of 20 (45 %) improved'''
    ```

    ## How to fix

    Look the three numbers up in the source. Where the source itself is wrong, say so in `note`.
    """
    return look(PERCENT_COUNT_MISMATCH, case)


def _uncovered_number(case: Case) -> Iterator[Finding]:
    """A number in a citing sentence is covered by no fact.

    ## What it does

    On pages that a facts file names, reports each number that stands in a sentence with a citation
    marker and inside no fact's `on_page`. Years, p values, confidence levels, phases and the like
    are left out.

    ## Why it matters

    It shows how much of the page has been tied to its sources and what is left.

    ## Example

    ```markdown
    About 31 million people have back pain [1].
    ```

    ## How to fix

    Add a fact with the sentence as `on_page`, or let `evidence facts propose` draft it.
    """
    return look(UNCOVERED_NUMBER, case)


_NONE: frozenset[str] = frozenset()
PARTITION_SUM = Rule("FCT006", "partition-sum", "error", "site", _NONE, _partition_sum)
COUNT_OVER_DENOMINATOR = Rule(
    "FCT007", "count-over-denominator", "error", "site", _NONE, _count_over_denominator
)
RELATION_DRIFT = Rule("FCT009", "relation-drift", "warning", "site", _NONE, _relation_drift)
PERCENT_COUNT_MISMATCH = Rule(
    "FCT010", "percent-count-mismatch", "warning", "site", _NONE, _percent_count_mismatch
)
UNCOVERED_NUMBER = Rule("FCT012", "uncovered-number", "note", "site", _NONE, _uncovered_number)

RULES: tuple[Rule, ...] = (
    PARTITION_SUM, COUNT_OVER_DENOMINATOR, RELATION_DRIFT, PERCENT_COUNT_MISMATCH, UNCOVERED_NUMBER,
)  # fmt: skip
