"""FCT: study facts and the words they rest on. Only the texts of sources are asked for.

A fact whose page is not among the pages of a run is not judged; one without a page quote is an
extraction record and has no page to be held against. Here stand the rules and their pages; what
they do is in `facts_checks.py`, which a run without a facts file never loads.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Finding, Rule
from evidence.rules import facts_figures, facts_roles
from evidence.rules.facts_figures import look


def _quote_not_on_page(case: Case) -> Iterator[Finding]:
    """The words that a fact quotes from the page are no longer on the page.

    ## What it does

    Looks for each `on_page` in the visible text of its page, citation markers left out. How the
    words are typeset does not matter (quotation marks, dashes, spaces, case); other words do, and
    the nearest passage is shown. An ellipsis in the quote stands for words left out.

    ## Why it matters

    A fact was checked for the words that it quotes. When the page says something else now, nobody
    has checked what it says.

    ## Example

    ```toml
    on_page = '''nine walkers were seen for a year'''   # the page now says "for two years"
    ```

    ## How to fix

    Put the page's words back, or quote the new ones and let a person check them against the source.
    """
    return look(QUOTE_NOT_ON_PAGE, case)


def _quote_not_in_source(case: Case) -> Iterator[Finding]:
    """The words that a fact quotes from its source are not in the source.

    ## What it does

    Looks for each `in_source` in the text of the study's source, where that is a saved text beside
    the facts file or was fetched. A source that cannot be read is never an error here.

    ## Why it matters

    A quotation that its source does not hold supports nothing: about one quotation in six to four
    in medical articles is wrong.

    ## Example

    ```toml
    [study.smith2020]
    source = "sources/smith2020.txt"             # … says "more than 40 % at 6 months"

    [[fact]]
    study     = "smith2020"
    id        = "pain"
    in_source = '''40 % for up to 6 months'''
    ```

    ## How to fix

    Quote the source's own words. If they say something else than the page, so must the verdict.
    """
    return look(QUOTE_NOT_IN_SOURCE, case)


def _value_not_in_quote(case: Case) -> Iterator[Finding]:
    """The value of a fact is not in the words that it quotes.

    ## What it does

    Reads the numbers of `on_page`, in digits, words, fractions ("half of the 24") and other units
    (two years for 24 months), and looks for the value. Where the verdict is `supported` the value
    must be in `in_source` too; without `in_source` it must be somewhere in the source's text, where
    that can be read.

    ## Why it matters

    A digit was mistyped, or the wrong sentence was quoted.

    ## Example

    ```toml
    value   = 21
    on_page = '''twelve walkers came back'''
    ```

    ## How to fix

    Correct the value, or quote the words that hold it.
    """
    return look(VALUE_NOT_IN_QUOTE, case)


def _misreported_fact(case: Case) -> Iterator[Finding]:
    """The page still says what a person found its source not to say.

    ## What it does

    Reports each fact whose verdict is `distorted`, `contradicted` or `not-in-source` and whose
    words are still on the page. Both passages are shown.

    ## Why it matters

    It is known to be wrong, and readers still read it. Every number of a distorted sentence can
    be in the source: no comparison of numbers finds this, a person did.

    ## Example

    ```toml
    on_page   = '''nine walkers were seen for a year'''
    in_source = '''nine of the walkers stopped within a year'''
    verdict   = "distorted"
    ```

    ## How to fix

    Rewrite the sentence after the source, quote the new words in `on_page`, and confirm the fact.
    """
    return look(MISREPORTED_FACT, case)


def _verdict_void(case: Case) -> Iterator[Finding]:
    """A verdict was given for other words, another value or another source.

    ## What it does

    Compares the `seal` that the tool wrote with the verdict against both quotes, the value and the
    source as they are now. How the words are typeset does not matter. A verdict typed by hand
    without a seal stands.

    ## Why it matters

    Somebody changed the fact after a person had checked it, so that nobody has checked it as it is.

    ## Example

    ```toml
    value   = 14                    # was 12 when the verdict was given
    verdict = "supported"
    seal    = "0f1e2d3c4b5a6978"
    ```

    ## How to fix

    Check both passages again, then `evidence facts confirm ID --verdict V --by NAME`.
    """
    return look(VERDICT_VOID, case)


def _unchecked_fact(case: Case) -> Iterator[Finding]:
    """Nobody has checked a fact of the page against its source.

    ## What it does

    Reports each fact with a page quote whose verdict is `unchecked` or missing.

    ## Why it matters

    The tool ties numbers to words; whether the words mean the same only a person can say.

    ## Example

    ```toml
    on_page = '''the trial had 40 participants'''
    verdict = "unchecked"
    ```

    ## How to fix

    `evidence facts confirm ID` shows both passages side by side and records the verdict.
    """
    return look(UNCHECKED_FACT, case)


def _could_not_check(case: Case) -> Iterator[Finding]:
    """A fact could not be held against its source, or a key is not known.

    ## What it does

    Reports facts without `in_source` whose source could not be read in this run, saved texts that
    are missing, and keys of the facts file that nothing checks.

    ## Why it matters

    Silence would look like agreement.

    ## Example

    ```toml
    [study.smith2020]
    source = "https://example.org/trial"

    [[fact]]
    study   = "smith2020"
    id      = "enrolled"
    value   = 40
    on_page = '''the trial had 40 participants'''
    ```

    ## How to fix

    Quote the source in `in_source`, or save its text beside the facts file and name it in `source`.
    """
    return look(COULD_NOT_CHECK, case)


def _unknown_study(case: Case) -> Iterator[Finding]:
    """A fact names a study that is neither in the facts file nor among the references.

    ## What it does

    Looks for the `study` of each fact among the `[study.…]` blocks of its file and the keys of all
    references of the run, and shows the nearest one.

    ## Why it matters

    A mistyped study has no source: nothing is checked, and no reader finds where the number is from.

    ## Example

    ```toml
    [study.smith2020]
    source = "https://example.org/trial"

    [[fact]]
    study = "smiht2020"
    id    = "enrolled"
    ```

    ## How to fix

    Type the key as it stands in the `.bib` file, or add a `[study.…]` block.
    """
    return look(UNKNOWN_STUDY, case)


_NONE: frozenset[str] = frozenset()
_TEXTS = frozenset({"texts"})
QUOTE_NOT_ON_PAGE = Rule("FCT001", "quote-not-on-page", "error", "site", _NONE, _quote_not_on_page)
QUOTE_NOT_IN_SOURCE = Rule("FCT002", "quote-not-in-source", "error", "site", _TEXTS, _quote_not_in_source)
VALUE_NOT_IN_QUOTE = Rule("FCT003", "value-not-in-quote", "error", "site", _TEXTS, _value_not_in_quote)
MISREPORTED_FACT = Rule("FCT004", "misreported-fact", "error", "site", _NONE, _misreported_fact)
VERDICT_VOID = Rule("FCT005", "verdict-void", "error", "site", _NONE, _verdict_void)
UNCHECKED_FACT = Rule("FCT011", "unchecked-fact", "note", "site", _NONE, _unchecked_fact)
COULD_NOT_CHECK = Rule("FCT013", "could-not-check", "note", "site", _TEXTS, _could_not_check)
UNKNOWN_STUDY = Rule("FCT014", "unknown-study", "error", "site", _NONE, _unknown_study)

RULES: tuple[Rule, ...] = (
    QUOTE_NOT_ON_PAGE, QUOTE_NOT_IN_SOURCE, VALUE_NOT_IN_QUOTE, MISREPORTED_FACT, VERDICT_VOID,
    UNCHECKED_FACT, COULD_NOT_CHECK, UNKNOWN_STUDY, *facts_figures.RULES, *facts_roles.RULES,
)  # fmt: skip
