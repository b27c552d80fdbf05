"""MET: what is written against what is registered. Rests on registry answers alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.matching.questions import doi_question, search_question
from evidence.model import (
    Case,
    Conflict,
    Difference,
    Finding,
    Fix,
    Record,
    Rule,
    Severity,
    Verdict,
    Witness,
)
from evidence.rules.raising import at_field, quote, shorten, witness

RECORDS = frozenset({"records"})

#: Types that claim to be in a journal: not found is an error there (docs/reference).
CLAIMS_JOURNAL = frozenset({"article-journal"})


def verdicts_of(case: Case) -> Iterator[Verdict]:
    """Yield the verdicts on the references that stand in this document, in their order."""
    name = case.document.source.name
    for reference in case.site.references:
        if reference.source.name == name and reference.place in case.verdicts:
            yield case.verdicts[reference.place]


def _not_found(case: Case) -> Iterator[Finding]:
    """No registry that could know the work has it.

    ## What it does

    Reports a reference when every service that could know it answered, and none has a work like
    it. An error for what claims to be a journal article or carries an identifier, a warning for
    the rest. A service that was down or was not asked never leads here.

    ## Why it matters

    The reference may be mistyped beyond recognition, may be of a journal that registers nothing,
    or may not exist. A person has to look; the tool does not say which it is.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {A study that no registry holds under this title},
      journal = {J Imaginary Med}, year = 2010, volume = 3, pages = {10--14}
    }
    ```

    ## How to fix

    Look the work up by hand. If it exists without a registration, ignore the rule for it and say
    where you saw it.
    """
    for verdict in verdicts_of(case):
        if verdict.kind == "not-found" and not verdict.unregistered:
            work = verdict.reference.work
            severe = work.type in CLAIMS_JOURNAL or bool(verdict.ids_written)
            yield at_field(
                NOT_FOUND,
                verdict.reference,
                "title",
                f"no registry that was asked holds {quote(work.title or verdict.reference.raw)}",
                severity="error" if severe else "warning",
            )


def _unregistered(case: Case) -> Iterator[Finding]:
    """The DOI is registered nowhere.

    ## What it does

    Reports a DOI that Crossref does not have and for which the Handle System of doi.org, which
    knows the DOIs of every agency, answers that there is no such handle. Both answers must be
    there and well-formed.

    ## Why it matters

    The link leads to an error page. A DOI that nobody registered is the commonest mark of a
    reference that was made up or mistyped.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/nobody.registered.this}
    }
    ```

    ## How to fix

    Copy the DOI from the article. Where the work was found by its title the message says its DOI.
    """
    for verdict in verdicts_of(case):
        if verdict.unregistered:
            better = verdict.record.work.doi if verdict.record else ""
            hint = f"; a work described like this is registered as {better}" if better else ""
            asked = f"doi:{verdict.unregistered}"
            yield at_field(
                UNREGISTERED_DOI,
                verdict.reference,
                "doi",
                f"the DOI {verdict.unregistered} is registered nowhere: Crossref and doi.org have none{hint}",
                evidence=(Witness("crossref", asked), Witness("doi", asked))
                + (witness(verdict.record) if verdict.record else ()),
            )


def _wrong_work(case: Case) -> Iterator[Finding]:
    """The identifier belongs to another work.

    ## What it does

    Reports a DOI, PMID or PMCID that is registered for a work whose title and authors are plainly
    not those of the reference.

    ## Why it matters

    The link opens a different paper: the reader is misled, and so is every tool that trusts the
    DOI.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/a.paper.on.knees}
    }
    ```

    ## How to fix

    Put the right DOI there (the message names it where it was found), or correct the rest.
    """
    for verdict in verdicts_of(case):
        if verdict.wrong and verdict.wrong_record:
            other = verdict.wrong_record
            better = verdict.record.work.doi if verdict.record else ""
            hint = f"; the work described here is registered as {better}" if better else ""
            kind = verdict.wrong_kind
            yield at_field(
                WRONG_WORK,
                verdict.reference,
                kind,
                f"the {kind.upper()} {verdict.wrong} is that of {_registered_as(other)}, "
                f"not of {quote(verdict.reference.work.title or verdict.reference.raw)}{hint}",
                evidence=witness(other) + (witness(verdict.record) if verdict.record else ()),
            )


def _registered_as(record: Record) -> str:
    """Return in words what a record is of: its title, else its kind."""
    from evidence.matching.compare import is_component  # loaded only where there is a record

    work = record.work
    if work.title:
        return quote(work.title)
    if is_component(work):
        return "a figure, a table or a supplement"
    if work.type == "periodical":
        return f"a whole issue of {quote(work.container)}" if work.container else "a whole journal"
    return "a work that is registered without a title"


def _differing(
    case: Case, rule: Rule, fields: tuple[str, ...], what: str, verdicts: Iterable[Verdict] | None = None
) -> Iterator[Finding]:
    for verdict in verdicts_of(case) if verdicts is None else verdicts:
        if verdict.match is None or verdict.record is None or verdict.match.outcome != "match":
            continue
        for difference in verdict.match.differences:
            if difference.field in fields and difference.weight != "note":
                yield at_field(
                    rule,
                    verdict.reference,
                    difference.field,
                    _tell(difference, what),
                    severity=_weight(difference, rule),
                    evidence=witness(verdict.record),
                )


def _tell(difference: Difference, what: str) -> str:
    name = what or difference.field
    detail = f" ({shorten(difference.detail, 120)})" if difference.detail else ""
    return f"{name} is written {quote(difference.written)}, registered {quote(difference.registered)}{detail}"


def _weight(difference: Difference, rule: Rule) -> Severity:
    """Return the difference's own weight, never above the rule's."""
    return "warning" if rule.severity == "warning" else difference.weight


def _title(case: Case) -> Iterator[Finding]:
    """The title differs from the registered one in words.

    ## What it does

    Compares the title word by word with the registered title, with and without its subtitle, and
    names the word that is changed, added or missing. Case, accents, dashes, markup, abbreviated
    subtitles and "[Article in …]" are no differences.

    ## Why it matters

    One changed word can turn a study into another one, and titles with a word or two changed are
    what slips through a comparison by likeness.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for neck pain},
      journal = {J Imaginary Med}, year = 2010, doi = {10.1234/bed.rest.for.back.pain}
    }
    ```

    ## How to fix

    Correct the title, or the DOI if another work is meant.
    """
    yield from _differing(case, TITLE_MISMATCH, ("title",), "the title")


def _author(case: Case) -> Iterator[Finding]:
    """The authors differ from the registered ones.

    ## What it does

    Compares the authors in their order. A wrong first author is an error; a later author who is
    missing, added, changed or in another place is a warning. "et al." is no difference, nor are
    initials for names, particles, accents and capitals.

    ## Why it matters

    Works are cited and found by their first author, and co-authors are the people whose work it is.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Jones, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/by.smith}
    }
    ```

    ## How to fix

    Copy the authors from the registered record.
    """
    yield from _differing(case, AUTHOR_MISMATCH, ("author",), "the authors")


def _year(case: Case) -> Iterator[Finding]:
    """The year is not one in which the work was published.

    ## What it does

    Compares the year with the registered years of issue, of print and of publication online. Any
    of these is right, and where only one is known, so is the year beside it.

    ## Why it matters

    A wrong year breaks author-date citations and hides which of two studies is meant.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2001, doi = {10.1234/published.in.2010}
    }
    ```

    ## How to fix

    Correct the year.
    """
    yield from _differing(case, YEAR_MISMATCH, ("year",), "the year")


def _container(case: Case) -> Iterator[Finding]:
    """The journal or book is not the registered one.

    ## What it does

    Compares the journal's title with the registered full and short titles; abbreviations of one
    another (ISO 4, NLM) agree.

    ## Why it matters

    An article in another journal is another article, or none.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {The Imaginary Lancet},
      year = 2010, doi = {10.1234/in.another.journal}
    }
    ```

    ## How to fix

    Correct the journal.
    """
    yield from _differing(case, CONTAINER_MISMATCH, ("container",), "the journal or book")


def _locator(case: Case) -> Iterator[Finding]:
    """Volume, issue or pages differ from the registered ones.

    ## What it does

    Compares volume, issue and first and last page (or article number); shortened ranges such as
    146-56 are read as 146-156.

    ## Why it matters

    They are what a library finds an article by.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, volume = 4, pages = {10--14}, doi = {10.1234/in.volume.3}
    }
    ```

    ## How to fix

    Copy them from the registered record.
    """
    yield from _differing(case, LOCATOR_MISMATCH, ("volume", "issue", "pages"), "")


def _preprint(case: Case) -> Iterator[Finding]:
    """A preprint is cited as if it had been published in a journal.

    ## What it does

    Reports a reference that names a journal while its registered record is a preprint.

    ## Why it matters

    A preprint has not been reviewed; the reader is told otherwise.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1101/a.preprint}
    }
    ```

    ## How to fix

    Cite the published article, if there is one, by its own DOI, or say that it is a preprint.
    """
    yield from _differing(case, PREPRINT_AS_PUBLISHED, ("type",), "the type")


def _conflict(case: Case) -> Iterator[Finding]:
    """Two identifiers of one reference name two works.

    ## What it does

    Compares the PMID, PMCID and NCT number of a reference with the work that its DOI (else its
    description) names, and says which two disagree. PubMed, PubMed Central and ClinicalTrials.gov
    say what each number belongs to. A registry that lacks a work, or could not be asked, proves
    nothing.

    ## Why it matters

    One of the two leads the reader to another paper.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/bed.rest}, pmid = {99999999}
    }
    ```

    ## How to fix

    Look both up and keep the one that is the work you mean.
    """
    for verdict in verdicts_of(case):
        kinds = {conflict.written.kind for conflict in verdict.conflicts}
        others = tuple({"doi", "pmid", "pmcid"} - kinds)
        yield from _differing(case, IDENTIFIER_CONFLICT, others, "", [verdict])
        for conflict in verdict.conflicts:
            yield at_field(
                IDENTIFIER_CONFLICT,
                verdict.reference,
                conflict.written.kind,
                _tell_conflict(conflict),
                evidence=(witness(conflict.record) if conflict.record else ())
                + (witness(verdict.record) if verdict.record else ()),
            )


def _tell_conflict(conflict: Conflict) -> str:
    name = f"{conflict.written.kind.upper()} {conflict.written.value}"
    other = f"{conflict.other.kind.upper()} {conflict.other.value}"
    if conflict.record is not None:
        told = f"{name} is that of {quote(conflict.record.work.title)}, {other} that of another work"
    else:
        told = (
            f"{name} is not registered, and the work of {other} has another {conflict.written.kind.upper()}"
        )
    return f"{told}: {conflict.right}" if conflict.right else told


def _unconfirmed(case: Case) -> Iterator[Finding]:
    """Nothing but the identifier says which work is meant.

    ## What it does

    Notes a reference whose DOI, PMID or PMCID is registered while nothing that is written with it can
    be compared with the record: the title is in another language or script, or is a name in capitals,
    and no author, journal or page is given that agrees. Both titles are shown. The work is `unchecked`:
    a year that agrees may agree by chance.

    ## Why it matters

    An identifier that was copied from another paper would look just the same.

    ## Example

    ```bibtex
    @article{schmidt2010,
      title = {Die Behandlung der Schmerzen mit Bettruhe und Wärme}, year = 2010, doi = {10.1234/bed.rest}
    }
    ```

    ## How to fix

    Look whether both titles mean one work. Add the authors, or the journal with volume and pages, or the
    title under which the work is registered.
    """
    for verdict in verdicts_of(case):
        if verdict.kind == "unchecked" and verdict.record is not None:
            work = verdict.reference.work
            registered = _registered_as(verdict.record)
            yield at_field(
                UNCONFIRMED_WORK,
                verdict.reference,
                "title",
                f"{quote(work.title or verdict.reference.raw)} cannot be compared with {registered}, "
                "which has its identifier, and nothing else that is written says that they are one work",
                evidence=witness(verdict.record),
            )


def _unlisted(case: Case) -> Iterator[Finding]:
    """The registry of an identifier does not have it.

    ## What it does

    Reports a PMID, PMCID or NCT number beside a work that was found in another way, where PubMed,
    PubMed Central or ClinicalTrials.gov answered that they have no such number. Where they have the
    work itself under another number, that is `identifier-conflict`.

    ## Why it matters

    The number leads nowhere. It may be mistyped, or too new for the registry.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/bed.rest}, pmid = {99999999}
    }
    ```

    ## How to fix

    Copy the number from the article's page in the registry, or take it out.
    """
    names = {"pmid": "PubMed", "pmcid": "PubMed Central", "nct": "ClinicalTrials.gov"}
    services = {"pmid": "pubmed", "pmcid": "pmc", "nct": "clinicaltrials"}
    for verdict in verdicts_of(case):
        for id_ in verdict.unlisted:
            yield at_field(
                UNLISTED_IDENTIFIER,
                verdict.reference,
                id_.kind,
                f"{names[id_.kind]} has nothing under {id_.kind.upper()} {id_.value}",
                evidence=(Witness(services[id_.kind], str(id_)),),
            )


def _ambiguous(case: Case) -> Iterator[Finding]:
    """The reference does not say clearly which registered work is meant.

    ## What it does

    Names the candidates where the search found more than one work that fits, such as the parts of
    a series or a paper that was printed twice, or one that fits while too little is written to be
    sure.

    ## Why it matters

    The reader may look up another one.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, year = 2010
    }
    ```

    ## How to fix

    Add the DOI of the one you mean.
    """
    for verdict in verdicts_of(case):
        if verdict.kind == "ambiguous" and verdict.match:
            records = [m.record for m in (verdict.match, *verdict.match.alternatives) if m.record]
            names = ", ".join(dict.fromkeys(r.work.doi or shorten(r.work.title, 40) for r in records[:5]))
            yield at_field(
                AMBIGUOUS_REFERENCE,
                verdict.reference,
                "title",
                f"{quote(verdict.reference.work.title or verdict.reference.raw)} does not say which "
                f"registered work is meant: {names} {'fits' if len(records) == 1 else 'fit'}",
                evidence=tuple(w for record in records[:5] for w in witness(record)),
            )


def _alias(case: Case) -> Iterator[Finding]:
    """The DOI is an alias of another one.

    ## What it does

    Notes a DOI for which the registry answers with the record of the prime DOI it was merged into.

    ## Why it matters

    It still works. The prime DOI is the one that other people cite.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {J Imaginary Med},
      year = 2010, doi = {10.1234/merged.into.another}
    }
    ```

    ## How to fix

    Write the prime DOI.
    """
    for verdict in verdicts_of(case):
        record = verdict.record
        if record and record.alias and record.alias == verdict.reference.work.doi:
            yield at_field(
                ALIAS_DOI,
                verdict.reference,
                "doi",
                f"the DOI {record.alias} is an alias of {record.work.doi}",
                evidence=witness(record),
            )


def _published(case: Case) -> Iterator[Finding]:
    """A preprint is cited, and its published version is registered.

    ## What it does

    Notes a reference to a preprint whose record says which published work it became.

    ## Why it matters

    The published version was reviewed, and often differs.

    ## Example

    ```bibtex
    @article{smith2010,
      author = {Smith, Anna}, title = {Bed rest for back pain}, journal = {An imaginary preprint server},
      year = 2010, doi = {10.1101/a.preprint.that.was.published}
    }
    ```

    ## How to fix

    Read the published version and cite it, if it says the same.
    """
    for verdict in verdicts_of(case):
        relations = verdict.record.work.extra.get("relations", "") if verdict.record else ""
        for relation in relations.split(";"):
            kind, _, doi = relation.strip().partition(" ")
            if kind == "is-preprint-of" and doi and verdict.record:
                yield at_field(
                    PUBLISHED_VERSION,
                    verdict.reference,
                    "doi",
                    f"the preprint {quote(verdict.record.work.title)} was published as {doi}",
                    fix=Fix(f"read and cite the published version, {doi}"),
                    evidence=witness(verdict.record),
                )


def _old(case: Case) -> Iterator[Finding]:
    """The answers behind a verdict are older than wished.

    ## What it does

    With `max-age` set (days), notes references whose answer was last asked for longer ago.

    ## Why it matters

    A retraction since then would not be seen.

    ## Example

    ```toml
    max-age = 90
    ```

    ## How to fix

    Run `evidence update`, best on a schedule.
    """
    if case.settings.max_age is None:
        return
    for verdict in verdicts_of(case):
        asked = _asked(case, verdict)
        if verdict.record and asked and _days(asked, case.settings.today) > case.settings.max_age:
            yield at_field(
                OLD_LOCK,
                verdict.reference,
                "title",
                f"{verdict.record.service} was last asked on {asked}, over {case.settings.max_age} days ago",
                evidence=witness(verdict.record),
            )


def _asked(case: Case, verdict: Verdict) -> str:
    """Return the day on which the answer behind a verdict was last asked for."""
    work = verdict.reference.work
    questions = (doi_question(work.doi) if work.doi else None, search_question(work))
    answers = [case.answers.by_question[q] for q in questions if q and q in case.answers]
    return next((answer.asked or answer.since for answer in answers), "")


def _days(since: str, today: str) -> int:
    from datetime import date

    try:
        return (date.fromisoformat(today) - date.fromisoformat(since[:10])).days
    except ValueError:
        return 0


NOT_FOUND = Rule("MET001", "not-found", "error", "page", RECORDS, _not_found)
UNREGISTERED_DOI = Rule("MET002", "unregistered-doi", "error", "page", RECORDS, _unregistered)
TITLE_MISMATCH = Rule("MET003", "title-mismatch", "error", "page", RECORDS, _title)
WRONG_WORK = Rule("MET004", "wrong-work", "error", "page", RECORDS, _wrong_work)
AUTHOR_MISMATCH = Rule("MET005", "author-mismatch", "error", "page", RECORDS, _author)
YEAR_MISMATCH = Rule("MET006", "year-mismatch", "warning", "page", RECORDS, _year)
CONTAINER_MISMATCH = Rule("MET007", "container-mismatch", "warning", "page", RECORDS, _container)
LOCATOR_MISMATCH = Rule("MET008", "locator-mismatch", "warning", "page", RECORDS, _locator)
PREPRINT_AS_PUBLISHED = Rule("MET009", "preprint-as-published", "warning", "page", RECORDS, _preprint)
IDENTIFIER_CONFLICT = Rule("MET010", "identifier-conflict", "error", "page", RECORDS, _conflict)
AMBIGUOUS_REFERENCE = Rule("MET011", "ambiguous-reference", "note", "page", RECORDS, _ambiguous)
ALIAS_DOI = Rule("MET012", "alias-doi", "note", "page", RECORDS, _alias)
PUBLISHED_VERSION = Rule("MET014", "published-version-available", "note", "page", RECORDS, _published)
UNLISTED_IDENTIFIER = Rule("MET015", "unlisted-identifier", "warning", "page", RECORDS, _unlisted)
UNCONFIRMED_WORK = Rule("MET016", "unconfirmed-work", "note", "page", RECORDS, _unconfirmed)
OLD_LOCK = Rule("MET013", "old-lock", "note", "page", RECORDS, _old)

RULES = (
    NOT_FOUND,
    UNREGISTERED_DOI,
    TITLE_MISMATCH,
    WRONG_WORK,
    AUTHOR_MISMATCH,
    YEAR_MISMATCH,
    CONTAINER_MISMATCH,
    LOCATOR_MISMATCH,
    PREPRINT_AS_PUBLISHED,
    IDENTIFIER_CONFLICT,
    AMBIGUOUS_REFERENCE,
    ALIAS_DOI,
    OLD_LOCK,
    PUBLISHED_VERSION,
    UNLISTED_IDENTIFIER,
    UNCONFIRMED_WORK,
)
