"""The questions that can be asked about a reference, and of whom. Pure.

A question is a service and a key; which of them are asked, and when, is told by `rounds`.
"""

from __future__ import annotations

from evidence import ids, names
from evidence.matching.wording import words
from evidence.model import BIBLIOGRAPHIES, Id, Question, Reference, Work

#: Longest title in a key, in characters: enough to tell works apart, short enough for one line of the lock.
TITLE_LENGTH = 120

#: The prefix under which DataCite registers the papers of arXiv (info.arxiv.org, "arXiv DOIs").
ARXIV = "10.48550/arxiv."

#: Questions that only add to what is known of a work: who is silent to them leaves no gap in a verdict.
_COMPANIONS = frozenset({"openalex", "retraction-watch", "clinicaltrials", "openlibrary", "pmc"})

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


def notices_question(doi: str) -> Question:
    """Return the question which registered works are notices about a DOI."""
    return Question("crossref", f"notices:{doi}")


def datacite_question(doi: str) -> Question:
    """Return the question for the DataCite record of a DOI."""
    return Question("datacite", f"doi:{doi}")


def pubmed_question(id_: Id) -> Question:
    """Return the question for PubMed's record of a PMID or DOI."""
    return Question("pubmed", str(id_))


def central_question(pmcid: str) -> Question:
    """Return the question which work a PMCID names; PubMed Central answers it."""
    return Question("pmc", f"pmcid:{pmcid}")


def trials_question(pmid: str) -> Question:
    """Return the question which registered trials a paper names."""
    return Question("pubmed", f"trials:{pmid}")


def trial_question(nct: str) -> Question:
    """Return the question for the registered study of an NCT number."""
    return Question("clinicaltrials", f"nct:{nct}")


def book_question(isbn: str) -> Question:
    """Return the question for the book of an ISBN."""
    return Question("openlibrary", f"isbn:{isbn}")


def flag_question(doi: str) -> Question:
    """Return the question whether OpenAlex marks a work as retracted."""
    return Question("openalex", f"doi:{doi}")


def watch_question(id_: Id) -> Question:
    """Return the question what the Retraction Watch file says of a DOI or PMID."""
    return Question("retraction-watch", str(id_))


def is_companion(question: Question, reference: Reference | None) -> bool:
    """Whether a verdict on the reference stands without an answer to this question."""
    if question.service in _COMPANIONS or question.key.startswith(("notices:", "trials:")):
        return True
    return question.service == "pubmed" and (
        question.key.startswith("doi:") or (reference is not None and bool(written_doi(reference.work)))
    )


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


def pubmed_search_question(work: Work) -> Question | None:
    """Return the question for a search in PubMed, or None for what PubMed cannot hold or find.

    It takes three words of a title, or journal, volume and first page (`services.pubmed.search`).
    """
    asked = search_question(work)
    enough = len(words(work.title)) > 2 or all(_place(work))
    held = work.type in ("article-journal", "document")
    return Question("pubmed", asked.key) if asked and enough and held else None


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


def written(work: Work, kind: str) -> str:
    """Return the identifier of a kind that a reference gives, or ""."""
    return next((id_.value for id_ in work.ids if id_.kind == kind), "")


def unusable_doi(reference: Reference) -> str:
    """Return what stands in the place of a DOI and cannot be one, or is for tests only; else ""."""
    value = reference.work.doi
    if value:
        return "" if written_doi(reference.work) else value
    span = reference.fields.get("doi")
    text = reference.source.text[span.start : span.end].strip() if span else ""
    return text[:100] if ids.malformed_doi(text) else ""


def free_text(reference: Reference) -> str:
    """Return the words that a reference was taken apart from; "" where its fields are certain (.bib)."""
    return "" if reference.source.kind in BIBLIOGRAPHIES else reference.raw
