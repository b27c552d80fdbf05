"""CIT: the markers of a page against its lists and its bibliography. No service is asked."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Citation, Finding, Rule
from evidence.rules.raising import finding, quote, shorten


def _dangling(case: Case) -> Iterator[Finding]:
    r"""A marker points to a reference that is not there.

    ## What it does

    Reports every marker (`[7]`, `[@key]`, `[^n]`, `\cite{key}`) for which the page's lists and its
    bibliography hold no reference. Each missing label is reported once a marker.

    ## Why it matters

    The reader cannot look up what the sentence rests on. It happens when a list is shortened, when
    a key is mistyped, or when text is pasted from another page.

    ## Example

    ```markdown
    Rest helps little [1], exercise helps more [2].

    ## References

    1. Smith A. Bed rest for back pain. J Imaginary Med. 2010;3(2):10-14.
    ```

    ## How to fix

    Add the missing reference, or correct the number or the key.
    """
    for citation in case.document.citations:
        for label in citation.dangling:
            written = shorten(case.document.source.text[citation.span.start : citation.span.end], 40)
            where = (
                "in the list of this page"
                if citation.form in ("number", "footnote")
                else "in the bibliography"
            )
            yield finding(
                DANGLING_MARKER,
                case.document.source,
                citation.span,
                f"{written} points to {shorten(label, 40)}, which is not {where}",
                key=label,
            )


def _uncited(case: Case) -> Iterator[Finding]:
    """A reference of the page's list is cited by no marker.

    ## What it does

    On a page that has markers, reports each item of its reference lists that none of them points
    to. Lists that were generated with `show=uncited` are meant so and are left alone, and so are
    the entries of a `.bib` file.

    ## Why it matters

    Either a marker was lost with the sentence it stood in, or the reference is further reading and
    belongs in a list of its own.

    ## Example

    ```markdown
    Exercise helps [1].

    ## References

    1. Smith A. Exercise for back pain. J Imaginary Med. 2010;3(2):10-14.
    2. Jones B. Bed rest for back pain. J Imaginary Med. 2011;4(1):20-29.
    ```

    ## How to fix

    Cite it, move it to a list under another heading, or take it out.
    """
    document = case.document
    if document.is_bibliography or not document.citations or document.cites_all:
        return
    meant = _meant_uncited(case)
    cited = {key for citation in document.citations for key in citation.keys}
    for index, reference in enumerate(document.references):
        entry = case.site.entry_of.get(reference.place, reference)
        if index not in meant and entry.key not in cited:
            title = reference.work.title or reference.raw
            yield finding(
                UNCITED_REFERENCE,
                document.source,
                reference.span,
                f"no marker on this page cites {quote(title)}",
                key=entry.key,
            )


def _meant_uncited(case: Case) -> set[int]:
    return {
        index
        for region in case.document.regions
        if region.options.get("show") in ("uncited", "all")
        for index in region.members
    }


def _order(case: Case) -> Iterator[Finding]:
    """The numbers of the markers do not follow the order in which the text first uses them.

    ## What it does

    Where a page cites by number, looks at the first use of each number and reports the first one
    that comes before a smaller number was used.

    ## Why it matters

    Vancouver style (ICMJE Recommendations, IV.A.3.g; AMA 11) numbers references by first
    appearance. A number out of order usually means that a paragraph was moved. Lists in
    alphabetical order are numbered otherwise on purpose: ignore the rule there.

    ## Example

    ```markdown
    Exercise helps [2], rest helps little [1].

    ## References

    1. Smith A. Bed rest for back pain. J Imaginary Med. 2010;3(2):10-14.
    2. Jones B. Exercise for back pain. J Imaginary Med. 2011;4(1):20-29.
    ```

    ## How to fix

    Renumber the list and the markers, or let `evidence render` keep them.
    """
    seen: set[int] = set()
    for citation in case.document.citations:
        for number in _numbers(citation):
            if number in seen:
                continue
            seen.add(number)
            if number > 1 and not all(n in seen for n in range(1, number)):
                missing = next(n for n in range(1, number) if n not in seen)
                if any(missing in _numbers(later) for later in case.document.citations):
                    yield finding(
                        CITATION_ORDER,
                        case.document.source,
                        citation.span,
                        f"[{number}] is cited before [{missing}]: numbers follow the order of first use",
                        key=str(number),
                    )
                    return


def _numbers(citation: Citation) -> list[int]:
    if citation.form != "number":
        return []
    return [int(label) for label in citation.labels if label.isascii() and label.isdigit() and len(label) < 7]


DANGLING_MARKER = Rule("CIT001", "dangling-marker", "error", "page", frozenset(), _dangling)
UNCITED_REFERENCE = Rule("CIT002", "uncited-reference", "note", "page", frozenset(), _uncited)
CITATION_ORDER = Rule("CIT003", "citation-order", "note", "page", frozenset(), _order)

RULES = (DANGLING_MARKER, UNCITED_REFERENCE, CITATION_ORDER)
