"""REF: a reference by itself, as written. No service is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence import ids
from evidence.matching.same import same_work
from evidence.model import BIBLIOGRAPHIES, Case, Finding, Fix, Problem, Reference, Rule, Work
from evidence.rules.raising import at_field, finding, quote, witness

#: What an entry of each type must have to be found again: ICMJE / NLM "Citing Medicine", and the
#: required fields of biblatex's data model (manual, section 2.1.1).
REQUIRED: dict[str, tuple[str, ...]] = {
    "article-journal": ("author", "title", "container", "year"),
    "book": ("title", "publisher", "year"),
    "chapter": ("title", "container", "year"),
    "paper-conference": ("author", "title", "container", "year"),
    "thesis": ("author", "title", "publisher", "year"),
    "report": ("title", "year"),
    "webpage": ("title", "url"),
}

#: Kinds of work that normally carry a DOI.
WITH_DOI = frozenset({"article-journal", "paper-conference", "article"})


def references_of(case: Case) -> Iterator[Reference]:
    """Yield the references that stand in this document: not items that merely show an entry."""
    name = case.document.source.name
    return (reference for reference in case.site.references if reference.source.name == name)


def _broken(case: Case) -> Iterator[Finding]:
    """An entry of a bibliography file cannot be read.

    ## What it does

    Reports each entry of a `.bib` file that is not closed, has no fields or cannot be told apart
    from its neighbours, with its line. All other entries are read and checked.

    ## Why it matters

    BibTeX drops such an entry, often together with the one behind it, and most tools refuse the
    whole file.

    ## Example

    ```bibtex
    @article{smith2010,
      title = {Bed rest for back pain,
      year = 2010
    ```

    ## How to fix

    The message says what is missing: usually a brace, a quotation mark or a comma.
    """
    yield from _problems(case, BROKEN_ENTRY, "broken-entry")


def _cut(case: Case) -> Iterator[Finding]:
    """A file was not read to its end because a limit was hit.

    ## What it does

    Reports where reading stopped: too many references, too long an entry or a value, braces nested
    too deep. What was read is checked; what was cut is not.

    ## Why it matters

    A result that looks clean would say nothing about the part that was not read.

    ## Example

    ```toml
    [limits]
    references = 100   # a page with 101 references is reported
    ```

    ## How to fix

    Raise the limit under `[limits]` in the settings, or split the file.
    """
    yield from _problems(case, NOT_FULLY_READ, "not-fully-read")


def _problems(case: Case, rule: Rule, *kinds: str) -> Iterator[Finding]:
    for problem in case.document.problems:
        if problem.kind in kinds:
            yield finding(
                rule, case.document.source, problem.span, problem.message, key=_key_at(case, problem)
            )


def _key_at(case: Case, problem: Problem) -> str:
    inside = (r.key for r in case.document.references if r.span.start <= problem.span.start < r.span.end)
    return next(inside, "")


def _malformed_doi(case: Case) -> Iterator[Finding]:
    """What stands as a DOI cannot be one.

    ## What it does

    Reports a value in a DOI field, or behind `doi:`, that does not have the form `10.NNNN/…`
    (DOI Handbook, 2.2), holds spaces, or bears the prefix 10.5555, which is for tests only. On a page
    a DOI that the end of a line broke in two is read as one.

    ## Why it matters

    It leads nowhere, and every tool that looks a work up by its DOI passes the reference by.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10/abc.def}
    }
    ```

    ## How to fix

    Copy the DOI from the article's page. Where only its spelling is wrong (an address instead of
    the DOI, `%2F` for a slash) `evidence fix` repairs it.
    """
    for reference in references_of(case):
        if span := reference.fields.get("doi"):
            written = reference.source.text[span.start : span.end]
            if reference.source.kind not in BIBLIOGRAPHIES and reference.work.doi:
                # lines end where they must, and a blank is what is left of a line's end
                written = "".join(written.split())
            if problem := ids.malformed_doi(written):
                yield at_field(MALFORMED_DOI, reference, "doi", f"{quote(written)} is not a DOI: {problem}")


def _missing_doi(case: Case) -> Iterator[Finding]:
    """An article is given without a DOI or another identifier.

    ## What it does

    Notes journal articles, conference papers and preprints without DOI, PMID, PMCID or arXiv
    number. Where a registry knows the work the message gives its DOI, and `evidence fix` adds it
    to a verified entry of a bibliography.

    ## Why it matters

    A DOI leads the reader to the work, and makes every later check exact.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, volume = 3, pages = {10--14}
    }
    ```

    ## How to fix

    `evidence fix` where the DOI was found; else look it up at search.crossref.org. Works without a
    DOI exist: ignore the rule for these.
    """
    for reference in references_of(case):
        work = reference.work
        if work.type not in WITH_DOI or any(i.kind in ("doi", "pmid", "pmcid", "arxiv") for i in work.ids):
            continue
        if "doi" in reference.fields or reference.place not in case.site.asked:
            continue
        verdict = case.verdicts.get(reference.place)
        found = verdict.ids.get("doi", "") if verdict and "doi" in verdict.ids_found else ""
        if not found:
            yield at_field(MISSING_DOI, reference, "title", f"no DOI is given for {quote(work.title)}")
            continue
        record = verdict.record if verdict else None
        safe = verdict is not None and verdict.kind == "verified"
        yield at_field(
            MISSING_DOI,
            reference,
            "title",
            f"no DOI is given for {quote(work.title)}; it is registered as {found}",
            fix=_add_doi(reference, found, safe=safe),
            evidence=witness(record) if record else (),
        )


def _add_doi(reference: Reference, doi: str, *, safe: bool) -> Fix:
    title = f"add the DOI {doi}"
    if reference.source.kind not in BIBLIOGRAPHIES:
        return Fix(title)
    from evidence.bibliography import correcting, set_field

    is_bib = reference.source.kind == "bib"
    edit = set_field(reference, "doi", doi) if is_bib else correcting.add_doi(reference, doi)
    return Fix(title, (edit,), "safe" if safe else "unsafe") if edit else Fix(title)


def _missing_field(case: Case) -> Iterator[Finding]:
    """An entry lacks a field that its kind of work needs.

    ## What it does

    Compares the fields of an entry of a bibliography (`.bib`, RIS, CSL-JSON …) with what its type
    needs: an article its author, title, journal and year; a chapter its book; a web page its
    address. References written on a page are not judged, since what they lack may only be written
    in a form that was not understood.

    ## Why it matters

    The printed reference has a hole, and the work is hard to find again.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, year = 2010
    }
    ```

    ## How to fix

    Add the field. If the type is wrong (`@article` for a web page), correct the type.
    """
    for reference in references_of(case):
        if reference.source.kind in BIBLIOGRAPHIES and (missing := _lacking(reference.work)):
            names = ", ".join(missing)
            kind = f"@{reference.entry_type}" if reference.entry_type else reference.work.type
            yield at_field(MISSING_FIELD, reference, "title", f"{kind} {reference.key} has no {names}")


def _lacking(work: Work) -> list[str]:
    have = {
        "author": bool(work.authors or work.editors),
        "title": bool(work.title),
        "container": bool(work.container or work.short_container),
        "year": work.year is not None,
        "publisher": bool(work.publisher or work.container),
        "url": bool(work.url or work.ids or "available_at" in work.extra),
    }
    return [field for field in REQUIRED.get(work.type, ()) if not have[field]]


def _missing_link(case: Case) -> Iterator[Finding]:
    """“Available at:” is followed by nothing.

    ## What it does

    Reports references that announce an address ("Available at:", "Retrieved from", "URL:") and
    give none.

    ## Why it matters

    The link was lost, usually when text was pasted, and the reader cannot reach the source. Nobody
    sees it, since nothing looks broken.

    ## Example

    ```markdown
    Back pain is common [1].

    ## References

    1. Understanding your back. Imaginary Health Site. Available at:
    ```

    ## How to fix

    Put the page's address behind the words, or take them out and say where the text is from. Where a
    registry knows the work, its DOI is proposed; else the address that another reference to the same
    work has.
    """
    for reference in _written(case, _lost_link):
        if _lost_link(reference):
            yield at_field(
                MISSING_LINK,
                reference,
                "available_at",
                f"{quote(reference.work.title or reference.raw)}: an address is announced and none follows",
                fix=_known_address(case, reference),
            )


def _known_address(case: Case, reference: Reference) -> Fix | None:
    """Return what address is known of a work whose own was lost: its DOI, else where it stands elsewhere."""
    entry = case.site.entry_of.get(reference.place, reference)
    verdict = case.verdicts.get(entry.place)
    record = verdict.record if verdict and verdict.kind == "verified" else None
    if record is not None and record.work.doi:
        return Fix(f"write https://doi.org/{record.work.printed_doi}")
    same = (r.work.url for r in case.site.references if r.work.url and same_work(r.work, reference.work))
    address = next(same, "")
    return Fix(f"write {address}, as another reference to the same work has it") if address else None


def _named_source(case: Case) -> Iterator[Finding]:
    """“Available at:” is followed by a name instead of an address.

    ## What it does

    Reports references in which "Available at:" is followed by words that are no address, such as
    the name of a site.

    ## Why it matters

    The words stood under a link that was lost. The reader learns the site, not the page.

    ## Example

    ```markdown
    Back pain is common [1].

    ## References

    1. Understanding your back. Imaginary Health Site. Available at: Imaginary Health Site.
    ```

    ## How to fix

    Put the address of the page there.
    """
    for reference in _written(case, _only_named):
        if words := _only_named(reference):
            yield at_field(
                NAMED_SOURCE,
                reference,
                "available_at",
                f"{quote(reference.work.title or reference.raw)}: {quote(words)} is a name, not an address",
            )


def _announced(reference: Reference) -> str | None:
    """Return what stands behind "Available at:"; None where nothing is announced or an address is given."""
    work = reference.work
    if "available_at" not in work.extra or work.url or work.ids:
        return None
    return work.extra["available_at"].strip(" .:;,")


def _lost_link(reference: Reference) -> bool:
    return _announced(reference) == ""


def _only_named(reference: Reference) -> str:
    return _announced(reference) or ""


def _written(case: Case, faulty: Callable[[Reference], object]) -> Iterator[Reference]:
    """Yield what readers of this document see: its references, and list items that show an entry.

    An item is left out where its entry has the same fault, which is then told once, and in a
    generated list, which shows what its entries say.
    """
    yield from references_of(case)
    generated = {i for r in case.document.regions if r.kind == "references" for i in r.members}
    for index, item in enumerate(case.document.references):
        entry = case.site.entry_of.get(item.place)
        if entry is not None and index not in generated and not faulty(entry):
            yield item


def _duplicate_key(case: Case) -> Iterator[Finding]:
    """A key or a field stands twice, or a key or macro is missing.

    ## What it does

    Reports entries of a `.bib` file that share a key, have no key, give one field twice, or use a
    `@string` macro that is not defined.

    ## Why it matters

    BibTeX takes one of the two, silently and not always the one that was meant.

    ## Example

    ```bibtex
    @book{smith2010, title = {Backs}, publisher = {Imaginary Press}, year = 2010}
    @book{smith2010, title = {Spines}, publisher = {Imaginary Press}, year = 2010}
    ```

    ## How to fix

    Rename one key, and the citations that mean it.
    """
    yield from _problems(
        case, UNCLEAR_ENTRY, "duplicate-key", "empty-key", "duplicate-field", "undefined-macro", "crossref"
    )


def _doi_spelling(case: Case) -> Iterator[Finding]:
    """A DOI is right but not written as one.

    ## What it does

    Notes DOI fields that hold an address, `doi:`, escapes or stray punctuation around the DOI.

    ## Why it matters

    Styles print `https://doi.org/https://doi.org/…`, and tools that compare DOIs miss the work.

    ## Example

    ```bibtex
    @article{smith2010, author = {Smith, Anna}, title = {Bed rest for back pain},
      journal = {J Imaginary Med}, year = 2010, doi = {https://doi.org/10.1234/abc}}
    ```

    ## How to fix

    `evidence fix` writes the bare DOI.
    """
    for reference in references_of(case):
        span = reference.fields.get("doi")
        if span is None or reference.source.kind not in BIBLIOGRAPHIES:
            continue
        from evidence.bibliography.correcting import set_value, value_at

        written = value_at(reference.source, span)
        if written is None:
            continue
        normal = ids.doi(written)
        if normal and not ids.malformed_doi(written) and written.strip().lower() != normal:
            yield at_field(
                DOI_SPELLING,
                reference,
                "doi",
                f"{quote(written)} is the DOI {normal} with something around it",
                fix=Fix(f"write {normal}", (set_value(reference.source, span, normal),), "safe"),
            )


BROKEN_ENTRY = Rule("REF001", "broken-entry", "error", "page", frozenset(), _broken)
NOT_FULLY_READ = Rule("REF002", "not-fully-read", "error", "page", frozenset(), _cut)
MALFORMED_DOI = Rule("REF003", "malformed-doi", "error", "page", frozenset(), _malformed_doi)
MISSING_DOI = Rule("REF004", "missing-doi", "note", "page", frozenset(), _missing_doi)
MISSING_FIELD = Rule("REF005", "missing-field", "warning", "page", frozenset(), _missing_field)
MISSING_LINK = Rule("REF006", "missing-link", "error", "page", frozenset(), _missing_link)
NAMED_SOURCE = Rule("REF007", "named-source", "warning", "page", frozenset(), _named_source)
UNCLEAR_ENTRY = Rule("REF009", "unclear-entry", "warning", "page", frozenset(), _duplicate_key)
DOI_SPELLING = Rule("REF010", "doi-spelling", "note", "page", frozenset(), _doi_spelling)

RULES = (
    BROKEN_ENTRY,
    NOT_FULLY_READ,
    MALFORMED_DOI,
    MISSING_DOI,
    MISSING_FIELD,
    MISSING_LINK,
    NAMED_SOURCE,
    UNCLEAR_ENTRY,
    DOI_SPELLING,
)
