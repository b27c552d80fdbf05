"""RET: retractions, concerns and corrections, each with the source that says so."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Finding, Notice, Rule, Verdict
from evidence.rules.metadata import RECORDS, verdicts_of
from evidence.rules.raising import at_field, quote, witness


def _tell(verdict: Verdict, notice: Notice, what: str) -> str:
    when = f" on {notice.date}" if notice.date else ""
    where = f", notice {notice.id}" if notice.id else ""
    says = f" (says {', '.join(notice.says)})" if notice.says else ""
    title = verdict.record.work.title if verdict.record else verdict.reference.work.title
    return f"{quote(title)} {what}{when}{where}{says}"


def _raise(case: Case, rule: Rule, kinds: tuple[str, ...], what: str) -> Iterator[Finding]:
    for verdict in verdicts_of(case):
        for notice in verdict.notices:
            if notice.kind in kinds:
                yield at_field(
                    rule,
                    verdict.reference,
                    "title",
                    _tell(verdict, notice, what),
                    evidence=witness(verdict.record) if verdict.record else (),
                )


def _retracted(case: Case) -> Iterator[Finding]:
    """The cited work was retracted or withdrawn.

    ## What it does

    Reports a work for which a registry carries a retraction, removal or withdrawal that was not
    taken back, with the notice, its date and who reports it. Corrections and concerns are other
    rules. A notice that is itself what the page cites is left alone.

    ## Why it matters

    The findings are not to be relied on, and retracted papers go on being cited for years.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {A paper that was retracted}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/retracted}
    }
    ```

    ## How to fix

    Take the claim out or rest it on another source. If the retraction is the point, ignore the
    rule there and say so.
    """
    for verdict in verdicts_of(case):
        if not verdict.retracted:
            continue
        notices = [n for n in verdict.notices if n.kind in ("retraction", "withdrawal")]
        latest = max(notices, key=lambda notice: notice.date)
        what = "was retracted" if latest.kind == "retraction" else "was withdrawn"
        yield at_field(
            RETRACTED,
            verdict.reference,
            "title",
            _tell(verdict, latest, what),
            evidence=witness(verdict.record) if verdict.record else (),
        )


def _concern(case: Case) -> Iterator[Finding]:
    """An expression of concern was published about the cited work.

    ## What it does

    Reports a work for which a registry carries an expression of concern.

    ## Why it matters

    The editors doubt the work, and a retraction may follow.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {A paper under concern}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/concern}
    }
    ```

    ## How to fix

    Read the notice; say on the page that there is one, or use another source.
    """
    yield from _raise(case, CONCERN, ("concern",), "is under an expression of concern")


def _corrected(case: Case) -> Iterator[Finding]:
    """A correction of the cited work was published.

    ## What it does

    Notes a work for which a registry carries a correction or erratum.

    ## Why it matters

    A number that the page quotes may be the one that was corrected.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {A paper that was corrected}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/corrected}
    }
    ```

    ## How to fix

    Read the correction and see whether it touches what the page says.
    """
    yield from _raise(case, CORRECTED, ("correction",), "was corrected")


RETRACTED = Rule("RET001", "retracted", "error", "page", RECORDS, _retracted)
CONCERN = Rule("RET002", "concern", "warning", "page", RECORDS, _concern)
CORRECTED = Rule("RET003", "corrected", "note", "page", RECORDS, _corrected)

RULES = (RETRACTED, CONCERN, CORRECTED)
