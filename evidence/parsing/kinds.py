"""The words of a reference once everything else is taken: which of them are title, journal, book, site.

What kind of work it is follows from what was found beside the words: a locator makes an article,
"In:" a chapter, a place and a publisher a book, an address a web page.
"""

from __future__ import annotations

import re

from evidence.parsing import imprint
from evidence.parsing.draft import Draft
from evidence.parsing.locator import Locator
from evidence.parsing.sentences import looks_like_journal, sentences, split_journal
from evidence.parsing.vocabulary import NEWSPAPERS
from evidence.parsing.web import is_site, read_web


def read_words(draft: Draft, body: int, after: int, found: Locator | None, genre: str) -> str:
    """Read the words that are left as what the other parts say they are."""
    chapter = imprint.take_chapter(draft, body if "title" not in draft.fields else after - 4)
    if chapter is not None:
        if "title" not in draft.fields:
            draft.set_title(*chapter)
        return _chapter_type(draft, found, genre)
    if found is not None and _is_article(draft, found, after):
        _read_article(draft, body)
        return _article_type(draft, genre)
    online = bool(draft.url or "available_at" in draft.extra or draft.accessed)
    if draft.preprint and _read_preprint(draft, body):
        return "article"
    if online and not genre and not _has_id(draft, "isbn") and not _has_imprint(draft, after):
        return _read_page(draft, body, after)
    return _read_book(draft, body, after, found, genre)


def _has_id(draft: Draft, kind: str) -> bool:
    return any(i.kind == kind for i in draft.ids)


def _is_article(draft: Draft, found: Locator, after: int) -> bool:
    """Whether a locator is that of an article: volume and pages, or a volume and no publisher."""
    if found.volume and found.pages:
        return True
    return bool(found.volume or (found.sure and (found.issue or found.pages))) and not _has_imprint(
        draft, after
    )


def _has_imprint(draft: Draft, start: int) -> bool:
    return any(
        (place := imprint.pattern("place").search(draft.rest, max(low, high - 220), high)) is not None
        and place.start("place") > low + 2
        for low, high in draft.chunks(start)
    )


def _chapter_type(draft: Draft, found: Locator | None, genre: str) -> str:
    if imprint.pattern("conference").search(draft.value("container")):
        return "paper-conference"
    if genre:
        return genre
    if (
        found
        and found.volume
        and found.sure
        and "editor" not in draft.fields
        and "publisher" not in draft.fields
    ):
        return "article-journal"
    return "chapter"


def _read_article(draft: Draft, body: int) -> None:
    """Set title and journal of an article from the chunks before (and, if need be, behind) its locator."""
    chunks = draft.chunks(body)
    if not chunks:
        return
    low, high = chunks[0]
    if "title" in draft.fields:
        title_end = draft.fields["title"].end
        later = [c for c in chunks if c[0] >= title_end] or chunks
        draft.set("container", *_journal(draft, *later[0]))
        return
    locator = draft.fields.get("volume") or draft.fields.get("pages") or draft.fields.get("date")
    before = [c for c in chunks if locator is None or c[0] < locator.start] or chunks
    if (
        len(before) > 1
        and len(sentences(draft.rest, low, high)) == 1
        and looks_like_journal(draft.rest[slice(*before[1])]) > 0
    ):
        draft.set_title(low, high)
        draft.set("container", *_journal(draft, *before[1]))
        return
    split = split_journal(draft.rest, low, high)
    alone = looks_like_journal(draft.rest[low:high])
    strong = "author" in draft.fields
    if (
        strong
        and alone >= 1.4
        and len(draft.rest[low:high].split()) <= 8
        and (split is None or _is_one(draft, low, high))
    ):
        draft.set("container", *_journal(draft, low, high))
        return
    if split is None:
        runs_on = alone > 0 and len(before) == 1 and _runs_on(draft, high)
        if runs_on or (strong and alone > 0.5 and len(before) == 1):
            draft.set("container", low, high)
        else:
            draft.set_title(low, high)
            if len(chunks) > 1:
                draft.set("container", *_journal(draft, *chunks[1]))
        return
    draft.set_title(*split[0])
    draft.set("container", *_journal(draft, *split[1]))


def _runs_on(draft: Draft, end: int) -> bool:
    """Whether words run on into the figures of a locator, as a journal does and no title: "BMJ 1, 650"."""
    gap = draft.rest[end : end + 3]
    return gap[:1] in (" ", "\x01") and gap.lstrip(" ")[:1] == "\x01"


def _is_one(draft: Draft, low: int, high: int) -> bool:
    """Whether a string with full stops is one abbreviated journal: every word of it short and capital."""
    words = draft.rest[low:high].split()
    if not re.search(r"[A-Z]\.", draft.value("author")[:-1]):
        return False  # who prints "Smith JA" prints journals without full stops too
    return all(w[0].isupper() or w in ("of", "and", "the", "&", "de", "in", "for") for w in words) and (
        sum(1 for w in words[:-1] if w.endswith(".")) >= 0.5 * len(words[:-1])
        and all(len(w) <= 9 for w in words)
    )


def _journal(draft: Draft, low: int, high: int) -> tuple[int, int]:
    """Narrow a journal's range: without "In", marks and an open bracket."""
    low, high = draft.trim(low, high)
    lead = re.compile(r"(?:[Ii]n:?|published in)\s(?=[A-Z])").match(draft.rest, low, high)
    if lead:
        low = lead.end()
    text = draft.rest[low:high]
    if text.count("(") > text.count(")"):
        cut = text.rfind("(")
        low, high = draft.trim(low, low + cut) if cut else draft.trim(low + 1, high)
    low, high = draft.trim(low, high)
    dotted = "." in draft.rest[low:high] and draft.rest[high : high + 1] == "."
    return low, high + dotted  # "N. Engl. J. Med." keeps its last full stop


def _article_type(draft: Draft, genre: str) -> str:
    container = draft.value("container").casefold()
    if draft.preprint and re.search(r"rxiv|ssrn|preprint|research square", container):
        return "article"
    if container in NEWSPAPERS:
        return "article-newspaper"
    if imprint.pattern("conference").search(container) and not re.search(
        r"natl|national acad|roy|soc\b|mayo|biol|inst", container
    ):
        return "paper-conference"
    return genre if genre and not draft.value("volume") else "article-journal"


def _read_preprint(draft: Draft, body: int) -> bool:
    """Read a preprint: the server is its container."""
    found = re.compile(
        r"(?<!\w)(?:bioRxiv|medRxiv|arXiv|SSRN(?:\sElectronic\sJournal)?|PsyArXiv|ChemRxiv"
        r"|Research Square|OSF Preprints|SocArXiv|[A-Z][A-Za-z]{2,8}Rxiv)(?!\w)",
        re.IGNORECASE,
    ).search(draft.rest, body)
    if not found:
        return False
    draft.take(*found.span(), "container")
    chunks = draft.chunks(body)
    if chunks and "title" not in draft.fields:
        draft.set_title(*chunks[0])
    return True


def _read_page(draft: Draft, body: int, after: int) -> str:
    """Read a web page; an article of a paper keeps its own type."""
    if "title" in draft.fields:
        chunks = draft.chunks(after)
        if chunks:
            draft.set("container", *_journal(draft, *chunks[0]))
    else:
        read_web(draft, body, "author" in draft.fields)
    if draft.value("container").casefold() in NEWSPAPERS:
        return "article-newspaper"
    return "webpage"


def _read_book(draft: Draft, body: int, after: int, found: Locator | None, genre: str) -> str:
    """Read a book, a thesis, a report, or words of which it is not known what they are."""
    chunks = draft.chunks(body)
    if not chunks:
        return genre or "document"
    low, high = chunks[0]
    titled = "title" in draft.fields
    if titled:
        title_end = draft.fields["title"].end
        chunks = [c for c in chunks if c[0] >= title_end]
        low, high = chunks[0] if chunks else (0, 0)
    cut = imprint.take_imprint(draft, low, high) if high > low and not titled else high
    for more in chunks[0 if titled else 1 :]:
        if titled and more == (low, high) and not imprint.publisher_like(draft.rest[low:high]) and not genre:
            draft.set("container", *_journal(draft, low, high))
            continue
        imprint.take_publisher(draft, *more)
    if not titled:
        _set_book_title(draft, low, cut, genre)
    return _book_type(draft, found, genre)


def _set_book_title(draft: Draft, low: int, cut: int, genre: str) -> None:
    """Set the title; what stands behind it is a publisher, a journal without locator, or a site."""
    low, cut = draft.trim(low, cut)
    if "publisher" in draft.fields or genre:
        parts = sentences(draft.rest, low, cut)
        if len(parts) > 1 and imprint.pattern("conference").search(draft.rest, *parts[-1]):
            draft.set("container", *draft.trim(*parts[-1]))
            cut = parts[-2][1]
        if genre and len(parts) > 1 and "publisher" not in draft.fields:
            draft.set("publisher", *draft.trim(*parts[-1]))
            cut = parts[-2][1]
        draft.set_title(low, cut)
        return
    parts = sentences(draft.rest, low, cut)
    if len(parts) > 1:
        last = draft.trim(*parts[-1])
        words = draft.rest[slice(*last)]
        if (
            is_site(words)
            or looks_like_journal(words) > 0.3
            or ("pages" in draft.fields and words[:1].isupper())
        ):
            draft.set_title(low, parts[-2][1])
            draft.set("container", *last)
            return
    draft.set_title(low, cut)


def _book_type(draft: Draft, found: Locator | None, genre: str) -> str:
    if genre:
        return genre
    if draft.value("container") and imprint.pattern("conference").search(draft.value("container")):
        return "paper-conference"
    if draft.value("publisher") or draft.value("place") or draft.value("edition") or _has_id(draft, "isbn"):
        return "book"
    container = draft.value("container")
    if container.casefold() in NEWSPAPERS:
        return "article-newspaper"
    if container and imprint.pattern("conference").search(container):
        return "paper-conference"
    if container and is_site(container) and not draft.ids and found is None:
        return "webpage"
    if container and (draft.ids or found or looks_like_journal(container) > 1.2):
        return "article-journal"
    return "article-journal" if _has_id(draft, "pmid") else "document"
