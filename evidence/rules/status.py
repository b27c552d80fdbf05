"""RET: retractions, concerns and corrections, each with the source that says so."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.matching.notices import TAKEN_BACK
from evidence.matching.verdict import SOURCES
from evidence.model import Case, Finding, Notice, Rule, Verdict, Witness
from evidence.rules.metadata import verdicts_of
from evidence.rules.raising import at_field, quote, witness

#: What these rules want to know: which work it is, and what later happened to it.
NOTICES = frozenset({"records", "notices"})


def _tell(verdict: Verdict, notice: Notice, what: str) -> str:
    when = f" on {notice.date}" if notice.date else ""
    where = f", notice {notice.id}" if notice.id else ""
    says = f" (says {', '.join(notice.says)}{_silent(verdict, notice)})" if notice.says else ""
    title = verdict.record.work.title if verdict.record else verdict.reference.work.title
    return f"{quote(title)} {what}{when}{where}{says}"


def _silent(verdict: Verdict, notice: Notice) -> str:
    """Say which sources were asked and do not report a retraction that others report."""
    if notice.kind not in TAKEN_BACK:
        return ""
    # Retraction Watch is asked within Crossref; only its own file can be silent
    says = {"crossref" if source == "retraction-watch" else source for source in notice.says}
    silent = [s for s in verdict.notices_asked if s not in says and s != "openalex" and s not in notice.says]
    return f"; not {', '.join(silent)}" if silent else ""


def _witnesses(verdict: Verdict, notice: Notice) -> tuple[Witness, ...]:
    """Return the record and each source that reports the notice."""
    own = witness(verdict.record) if verdict.record else ()
    doi = verdict.record.work.doi if verdict.record else ""
    pmid = verdict.ids.get("pmid", "")
    about = {"pubmed": f"pmid:{pmid}" if pmid else f"doi:{doi}"}
    told = [Witness(source, about.get(source, f"doi:{doi}")) for source in notice.says]
    return own + tuple(w for w in told if w.service not in {o.service for o in own})


def _raise(case: Case, rule: Rule, kinds: tuple[str, ...], what: str) -> Iterator[Finding]:
    for verdict in verdicts_of(case):
        for notice in verdict.notices:
            if notice.kind in kinds:
                yield at_field(
                    rule,
                    verdict.reference,
                    "title",
                    _tell(verdict, notice, what),
                    evidence=_witnesses(verdict, notice),
                )


def _retracted(case: Case) -> Iterator[Finding]:
    """The cited work was retracted or withdrawn.

    ## What it does

    Reports a work for which any source carries a retraction, removal or withdrawal that was not
    taken back, with the notice, its date and who reports it: Crossref (from the paper's side and
    from the notice's), Retraction Watch within Crossref or as a local file, PubMed. Sources that
    were asked and do not report it are named too. Corrections and concerns are other rules. A
    notice that is itself what the page cites is left alone.

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
            evidence=_witnesses(verdict, latest),
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


def _unchecked(case: Case) -> Iterator[Finding]:
    """Whether a work was retracted could not be asked of every source.

    ## What it does

    Notes, once for each source and reason, how many references of a file whose work is known were
    not checked for retractions because the source was down, was not asked, or gave no usable answer.
    It is never concluded from silence that a work was not retracted. References that could not be
    looked up at all are `unchecked`, which says it of them.

    ## Why it matters

    No single source knows all retractions.

    ## Example

    ```sh
    evidence check --offline refs.bib   # with a lock that does not have the answers
    ```

    ## How to fix

    Run the check again when the service answers.
    """
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts_of(case):
        for source, reason in verdict.notices_unasked if verdict.record else ():
            groups.setdefault((source, reason), []).append(verdict)
    for (source, reason), verdicts in groups.items():
        name = SOURCES.get(source, source)
        keys = ", ".join(v.reference.key for v in verdicts[:5] if v.reference.key)
        which = f" ({keys}{', …' if len(verdicts) > 5 else ''})" if keys else ""
        count = len(verdicts)
        works = "1 reference" if count == 1 else f"{count} references"
        yield at_field(
            RETRACTION_UNCHECKED,
            verdicts[0].reference,
            "title",
            f"retraction not checked with {name} for {works}{which}: {reason}",
        )


def _hint(case: Case) -> Iterator[Finding]:
    """A catalogue marks the work as retracted, and no source of notices does.

    ## What it does

    Notes works that OpenAlex marks as retracted while Crossref, Retraction Watch and PubMed, as far
    as they could be asked, carry no notice. The mark is derived by a program and may be wrong.

    ## Why it matters

    It may be right: notices are registered late, and some never.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {A paper that is marked}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/marked}
    }
    ```

    ## How to fix

    Look at the article's page at its publisher.
    """
    for verdict in verdicts_of(case):
        if verdict.hints and not verdict.retracted:
            names = ", ".join(SOURCES.get(source, source) for source in verdict.hints)
            title = verdict.record.work.title if verdict.record else verdict.reference.work.title
            yield at_field(
                RETRACTION_HINT,
                verdict.reference,
                "title",
                f"{names} marks {quote(title)} as retracted; no source of notices that was asked does",
                evidence=tuple(
                    Witness(source, f"doi:{verdict.ids.get('doi', '')}") for source in verdict.hints
                ),
            )


def _reinstated(case: Case) -> Iterator[Finding]:
    """A retraction of the cited work was taken back.

    ## What it does

    Notes a work that was retracted or withdrawn and later reinstated.

    ## Why it matters

    Readers may know of the retraction and not of the reinstatement.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {A paper that came back}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/reinstated}
    }
    ```

    ## How to fix

    Read both notices.
    """
    yield from _raise(case, REINSTATED, ("reinstatement",), "was reinstated")


def _new_version(case: Case) -> Iterator[Finding]:
    """A new version of the cited work was published.

    ## What it does

    Notes a work for which a registry names a newer version under another DOI.

    ## Why it matters

    A guideline or review may say something else today.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {A review with a newer version}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/old.version}
    }
    ```

    ## How to fix

    Read the new version and cite it, if it says the same.
    """
    yield from _raise(case, NEW_VERSION, ("new-version",), "has a newer version")


RETRACTED = Rule("RET001", "retracted", "error", "page", NOTICES, _retracted)
CONCERN = Rule("RET002", "concern", "warning", "page", NOTICES, _concern)
CORRECTED = Rule("RET003", "corrected", "note", "page", NOTICES, _corrected)
RETRACTION_UNCHECKED = Rule("RET004", "retraction-unchecked", "note", "page", NOTICES, _unchecked)
RETRACTION_HINT = Rule("RET005", "retraction-hint", "note", "page", NOTICES, _hint)
REINSTATED = Rule("RET006", "reinstated", "note", "page", NOTICES, _reinstated)
NEW_VERSION = Rule("RET007", "newer-version", "note", "page", NOTICES, _new_version)

RULES = (RETRACTED, CONCERN, CORRECTED, RETRACTION_UNCHECKED, RETRACTION_HINT, REINSTATED, NEW_VERSION)
