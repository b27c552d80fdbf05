"""What has to be asked about a reference, round by round, and of whom. Pure.

Identifier first; a search only where there is no identifier, or where the identifier turned out to
be unregistered or another work's. What Crossref cannot know is not asked about.
"""

from __future__ import annotations

from evidence import ids, names
from evidence.matching.wording import words
from evidence.model import Answers, Question, Record, Reference, Work

#: Longest title in a key, in characters: enough to tell works apart, short enough for one line of the lock.
TITLE_LENGTH = 120

#: CSL types of what publishers register with Crossref; of the others only what stands below.
_REGISTERED = frozenset(
    (
        "article-journal",
        "article",
        "chapter",
        "paper-conference",
        "review",
        "review-book",
        "entry-encyclopedia",
        "book",
    )
)


def doi_question(doi: str) -> Question:
    """Return the question for the Crossref record of a DOI in normal form."""
    return Question("crossref", f"doi:{doi}")


def handle_question(doi: str) -> Question:
    """Return the question whether a DOI is registered at all, with any agency."""
    return Question("doi", f"doi:{doi}")


def link_question(url: str) -> Question:
    """Return the question for a look at an address; its fragment and a user's password are not asked for."""
    return Question("link", f"link:{_bare(url)}")


def snapshot_question(url: str, day: str) -> Question:
    """Return the question for an archived copy of a page near a day (ISO, as far as it is known)."""
    return Question("archive", f"snapshot:{_bare(url)}|{day}")


def _bare(url: str) -> str:
    bare = url.strip().partition("#")[0]
    scheme, mark, rest = bare.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{mark}{place.rpartition('@')[2]}{slash}{path}" if "@" in place else bare


def search_question(work: Work) -> Question | None:
    """Return the question for a bibliographic search, or None for what Crossref cannot know.

    The key is folded title (else container, volume, first page), first family name and year, so
    that restyling a reference asks nothing new.
    """
    if not searchable(work):
        return None
    title = " ".join(words(work.title))
    if len(title) > TITLE_LENGTH:
        title = title[:TITLE_LENGTH].rsplit(" ", 1)[0]
    where = title or ",".join(_place(work))
    people = work.authors or work.editors
    first = names.fold(people[0].family or people[0].literal) if people else ""
    return Question("crossref", f"search:{where}|{first}|{work.year or ''}")


def _place(work: Work) -> tuple[str, str, str]:
    """Return container, volume and first page, folded."""
    first = work.pages.replace("–", "-").partition("-")[0]
    return " ".join(words(work.container)), " ".join(words(work.volume)), " ".join(words(first))


def searchable(work: Work) -> bool:
    """Whether Crossref can know a work: articles, chapters, papers, preprints, books with an author.

    Not web pages, news, laws, software, data sets, reports and theses without a DOI. A work of
    unknown type counts where it has what articles have: title, author and year, and no address of
    a web page; or a PubMed number.
    """
    has_title = len(words(work.title)) > 1 or (bool(words(work.title)) and bool(work.container))
    container, volume, page = _place(work)
    if not has_title and not (container and volume and page):
        return False
    if work.type == "document":
        if work.pmid or any(i.kind == "pmcid" for i in work.ids):
            return True
        on_the_web = bool(work.url or work.accessed or "available_at" in work.extra)
        printed = bool(work.volume or work.pages) and bool(work.container)
        return bool(work.authors and work.year) and (printed or not on_the_web)
    if work.type == "book":
        return bool(work.authors or work.editors)
    return work.type in _REGISTERED


def written_doi(work: Work) -> str:
    """Return the DOI that can be asked about, or "": malformed ones and test DOIs (10.5555) cannot."""
    value = work.doi
    return value if value and ids.doi(value) == value and not ids.is_test_doi(value) else ""


def unusable_doi(reference: Reference) -> str:
    """Return what stands in the place of a DOI and cannot be one, or is for tests only; else ""."""
    value = reference.work.doi
    if value:
        return "" if written_doi(reference.work) else value
    span = reference.fields.get("doi")
    text = reference.source.text[span.start : span.end].strip() if span else ""
    return text[:100] if ids.malformed_doi(text) else ""


def pending(reference: Reference, answers: Answers) -> tuple[Question, ...]:
    """Return what must still be asked for a reference, given the answers so far; () when nothing.

    Rounds: the DOI; whether it is registered with anybody where Crossref lacks it; a search where
    there is no DOI, nobody registered it, or its record is another work's.
    """
    work = reference.work
    doi = written_doi(work)
    if doi:
        asked = doi_question(doi)
        if asked not in answers:
            return (asked,)
        answer = answers[asked]
        if answer.outcome == "unknown":
            return ()
        if answer.outcome == "absent":
            handle = handle_question(doi)
            if handle not in answers:
                return (handle,)
            if answers[handle].outcome != "absent":
                return ()
        elif answer.records and _names(reference, answer.records[0]):
            return ()
    search = search_question(work)
    return (search,) if search and search not in answers else ()


def free_text(reference: Reference) -> str:
    """Return the words that a reference was taken apart from; "" where its fields are certain (.bib)."""
    return "" if reference.source.kind == "bib" else reference.raw


def _names(reference: Reference, record: Record) -> bool:
    """Whether the record of a reference's DOI is that of the work described."""
    from evidence.matching.decide import confirm  # loaded only where there is a record to compare

    return confirm(reference.work, record, free_text(reference)).outcome == "match"
