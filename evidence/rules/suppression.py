"""REF020: suppressions that suppress nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.model import Case, Finding, Ignore, Rule, Span
from evidence.rules.raising import finding, quote


def _unused(case: Case) -> Iterator[Finding]:
    """A suppression matches nothing, or its date is past.

    ## What it does

    Reports an `ignore` (in the settings or in a comment) that kept nothing back in this run, or
    whose `until` is over. Only rules that ran in full are judged, so a run without a network
    accuses no suppression of a rule that needs one.

    ## Why it matters

    A suppression that is left behind hides the next fault in the same place.

    ## Example

    ```toml
    [[ignore]]
    rule = "missing-doi"
    where = "smith2010"
    reason = "the journal has no DOIs"
    until = "2020-01-01"
    ```

    ## How to fix

    Take it out, or give it a new date.
    """
    yield from ()  # the flow calls `unused` below once all other rules have run


def unused(ignores: Iterable[Ignore], today: str) -> Iterator[Finding]:
    """Yield a finding for each of `ignores`, which the run found to suppress nothing."""
    for ignore in ignores:
        if ignore.source is not None:
            what = "is past its date" if ignore.until and ignore.until < today else "matches nothing"
            yield finding(
                UNUSED_SUPPRESSION,
                ignore.source,
                ignore.span if ignore.span.end else Span(0, 0),
                f"the suppression of {ignore.rule} ({quote(ignore.reason)}) {what}",
            )


UNUSED_SUPPRESSION = Rule("REF020", "unused-suppression", "warning", "site", frozenset(), _unused)

RULES = (UNUSED_SUPPRESSION,)
