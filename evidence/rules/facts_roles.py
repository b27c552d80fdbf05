"""FCT: roles, times and studies: rules and their pages; what they do is in `facts_studies.py`."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Finding, Rule
from evidence.rules.facts_figures import look


def _role_mismatch(case: Case) -> Iterator[Finding]:
    """The number is in the source, in another role than the fact gives it.

    ## What it does

    Reads what the words around the number in the source say of it: who was enrolled, randomised,
    followed or analysed, how large a group was, how many had an event, whether a time was
    follow-up. `in_source` narrows that to the quoted words. A verdict `supported` that is sealed is
    left alone: a person has read these words.

    ## Why it matters

    A search for the number finds it and passes the claim. On 415 abstracts that is so for nearly
    all swaps of roles; this check caught 94 in 100 of them and questioned 2 in 100 true totals
    (docs: figures).

    ## Example

    ```toml
    role      = "followed"
    value     = 12
    on_page   = '''12 walkers were followed for two years'''
    in_source = '''12 of the walkers stopped within two years'''
    ```

    ## How to fix

    Say on the page what the source says of these people, or give the fact the role that fits.
    """
    return look(ROLE_MISMATCH, case)


def _impossible_percent(case: Case) -> Iterator[Finding]:
    """No whole number of people in the group makes this percentage.

    ## What it does

    For a percentage `of` a group of known size, looks whether any count rounds to it. Changes
    ("pain fell by 30 %"), means and large groups, where every percentage is possible, are left
    alone.

    ## Why it matters

    The percentage is of another group, or a digit is wrong (the GRIM test: Brown and Heathers
    2017).

    ## Example

    ```toml
    [[fact]]
    id    = "group"
    kind  = "participants"
    value = 7

    [[fact]]
    id    = "better"
    kind  = "outcome"
    value = "30 %"
    of    = "group"
    ```

    ## How to fix

    Look up how many there were, and of how many.
    """
    return look(IMPOSSIBLE_PERCENT, case)


def _unit_drift(case: Case) -> Iterator[Finding]:
    """A time on the page is nearly, but not exactly, the source's time in another unit.

    ## What it does

    Compares the times of both quotes: 24 months and 2 years are one time, 1 month and 4 weeks are
    not.

    ## Why it matters

    Rounding a time on the way makes two statements of one study that do not match.

    ## Example

    ```toml
    on_page   = '''at 1 month the walkers were better'''
    in_source = '''at 4 weeks the walkers were better'''
    ```

    ## How to fix

    Give the time as the source does.
    """
    return look(UNIT_DRIFT, case)


def _time_order(case: Case) -> Iterator[Finding]:
    """An outcome was seen later than its study followed anybody, or followed beyond its printing.

    ## What it does

    Compares `at` of each outcome with the longest `follow_up` of its study. Medians and means, and
    follow-up of "at least" a time, are left alone. Where ClinicalTrials.gov says when a trial began,
    a follow-up longer than the time to the date of the reference is told too.

    ## Why it matters

    One of the two times is of another study, or is no follow-up.

    ## Example

    ```toml
    [[fact]]
    id    = "follow-up"
    kind  = "follow_up"
    value = "12 months"

    [[fact]]
    id    = "better"
    kind  = "outcome"
    value = 5
    at    = "2 years"
    ```

    ## How to fix

    Look up when the outcome was measured and how long people were followed.
    """
    return look(TIME_ORDER, case)


def _conflicting_facts(case: Case) -> Iterator[Finding]:
    """One study, one role, two values: on two pages, or here and in the registry.

    ## What it does

    Compares facts of one study that count the same role (screened, enrolled, randomised), or that
    give the same named outcome of the same arm and time; and the number enrolled with that of the
    registry, where the study names its NCT number and the run may ask.

    ## Why it matters

    A reader of both pages learns that one of them is wrong. A registry's number that is only
    planned is told as such.

    ## Example

    ```toml
    [[fact]]
    id    = "enrolled"
    role  = "enrolled"
    value = 24

    [[fact]]
    id    = "enrolled-again"
    role  = "enrolled"
    value = 42
    ```

    ## How to fix

    Correct the page that is wrong, or give the facts the roles that tell them apart.
    """
    return look(CONFLICTING_FACTS, case)


def _weak_tier(case: Case) -> Iterator[Finding]:
    """An outcome rests on news or a press release although the study is registered.

    ## What it does

    Looks at outcomes of studies whose `tier` is `news` or `press-release` and that name a registry
    number.

    ## Why it matters

    News and releases leave out what the registry or the paper says: the control group, the
    planned outcome, how many were lost.

    ## Example

    ```toml
    [study.walk2020]
    source   = "https://example.org/news"
    tier     = "news"
    registry = "NCT01234567"
    ```

    ## How to fix

    Quote the paper or the registry entry, and name it in `source`.
    """
    return look(WEAK_TIER, case)


def _duplicate_fact(case: Case) -> Iterator[Finding]:
    """Two facts say the same of the same words.

    ## What it does

    Compares study, kind, role, value, arm, outcome, time and both quotes.

    ## Why it matters

    Sums count it twice, and a correction is made in one place only.

    ## Example

    ```toml
    [[fact]]
    id      = "enrolled"
    value   = 24
    on_page = '''24 people began'''

    [[fact]]
    id      = "began"
    value   = 24
    on_page = '''24 people began'''
    ```

    ## How to fix

    Delete one of them.
    """
    return look(DUPLICATE_FACT, case)


def _weak_design(case: Case) -> Iterator[Finding]:
    """A result of an uncontrolled or very small study is told as an effect, and the page does not say so.

    ## What it does

    For outcomes of a study whose `design` is uncontrolled (a case series, a single arm) or that had
    fewer than 30 people by its facts: looks whether the page's sentence says that something had an
    effect ("lowered", "improved", "effective"), and whether no paragraph with facts of the study
    names its design, its lack of controls or how many people it had.

    ## Why it matters

    Without a control group nobody knows what would have happened without the treatment: pain that is
    treated when it is worst gets better by itself. A reader can weigh that only where it is said.

    ## Example

    ```toml
    [study.walk2020]
    design  = "case series"

    [[fact]]
    kind    = "outcome"
    value   = "50 %"
    on_page = '''Walking lowered pain by 50%'''
    ```

    ## How to fix

    Name the design beside the result: "in a case series of 24 people without controls, pain was 50 %
    lower".
    """
    return look(WEAK_DESIGN, case)


_NONE: frozenset[str] = frozenset()
_TEXTS = frozenset({"texts"})
ROLE_MISMATCH = Rule("FCT008", "role-mismatch", "warning", "site", _TEXTS, _role_mismatch)
IMPOSSIBLE_PERCENT = Rule("FCT015", "impossible-percent", "warning", "site", _NONE, _impossible_percent)
UNIT_DRIFT = Rule("FCT016", "unit-drift", "warning", "site", _NONE, _unit_drift)
TIME_ORDER = Rule("FCT017", "time-order", "warning", "site", _TEXTS, _time_order)
CONFLICTING_FACTS = Rule("FCT018", "conflicting-facts", "warning", "site", _TEXTS, _conflicting_facts)
WEAK_TIER = Rule("FCT019", "weak-tier", "note", "site", _NONE, _weak_tier)
DUPLICATE_FACT = Rule("FCT020", "duplicate-fact", "note", "site", _NONE, _duplicate_fact)
WEAK_DESIGN = Rule("FCT021", "weak-design", "note", "site", _NONE, _weak_design)

RULES: tuple[Rule, ...] = (
    ROLE_MISMATCH, IMPOSSIBLE_PERCENT, UNIT_DRIFT, TIME_ORDER, CONFLICTING_FACTS, WEAK_TIER, DUPLICATE_FACT,
    WEAK_DESIGN,
)  # fmt: skip
