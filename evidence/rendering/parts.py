"""What every style needs of a work: which form it takes, its title, where it stands, what it is marked as."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from evidence import abbreviations
from evidence.model import Date, Work
from evidence.names import fold
from evidence.rendering.pieces import Piece, Pieces, clean, marked, plain, visible

Form = Literal["article", "preprint", "part", "book", "thesis", "report", "dataset", "web"]

_PARTS = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia"}
_WEB = {"webpage", "post", "post-weblog", "website", "broadcast", "interview", "motion_picture", "song"}
_BOOKS = {"book", "classic", "pamphlet", "collection"}
_ARTICLES = {
    "article-journal", "article-magazine", "article-newspaper", "periodical", "review", "review-book",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def form_of(work: Work) -> Form:
    """Return the form that a work's line takes: by its type, by its fields where that says nothing."""
    kind = work.type
    if kind in _ARTICLES:
        return "article"
    if kind == "article":
        return "article" if work.volume else "preprint"
    if kind in _PARTS or (kind == "paper-conference" and not (work.volume and work.container)):
        return "part"
    if kind == "paper-conference":
        return "article"
    if kind in _WEB:
        return "web"
    if kind in _BOOKS:
        return "book"
    if kind == "thesis":
        return "thesis"
    if kind in ("report", "standard", "patent"):
        return "report"
    if kind in ("dataset", "software"):
        return "dataset"
    if work.container and (work.volume or work.pages or work.doi or work.pmid):
        return "article"
    return "web" if work.url or "available_at" in work.extra or work.container else "book"


def full_title(work: Work) -> Pieces:
    """Return the title with its subtitle, and "[retracted]" behind where that is known."""
    title, subtitle = marked(work.title), marked(work.subtitle)
    if title and subtitle and fold(visible(subtitle)) not in fold(visible(title)):
        mark = " " if visible(title)[-1] in "?!:" else ": "
        title = (*title, Piece(mark), *subtitle)
    return title or subtitle


def with_label(title: Pieces, label: str) -> Pieces:
    """Return a title with a label such as [dissertation] before its full stop."""
    if not title or not label:
        return title
    end = title[-1]._replace(text=title[-1].text.rstrip("."))
    return (*title[:-1], end, Piece(f" [{label}]"))


@cache
def _retracted_words() -> re.Pattern[str]:
    return re.compile(r"\W{0,3}(?:retracted|withdrawn|retraction\b)", re.IGNORECASE)


def retraction_of(work: Work) -> str:
    """Return what is said of a retraction ("Retraction in: …"), "retracted", or "" where nothing is.

    `extra["retracted"]`, a note or a status that begins so; a title that says so itself needs no mark.
    """
    if not work.extra:
        return ""
    for name in ("retracted", "note", "status", "pubtype"):
        said = clean(work.extra.get(name, ""))
        if not said:
            continue
        if _retracted_words().match(clean(work.title)):
            return ""
        if name == "retracted":
            return said if _retracted_words().match(said) else "retracted"
        if _retracted_words().match(said):
            return said
    return ""


def retraction_label(work: Work) -> str:
    """Return the label for a title: "retracted" where no more is known than that."""
    said = retraction_of(work)
    return "retracted" if said and not re.search(r"\b(?:in|published|notice)\b", said, re.IGNORECASE) else ""


def retraction_note(work: Work) -> Pieces:
    """Return the sentence that names the notice: "Retraction in: Lancet. 2010;375(9713):445"."""
    return () if retraction_label(work) else plain(retraction_of(work))


def short_container(work: Work) -> Pieces:
    """Return a journal's title in short, as the NLM and the AMA print it; other containers as they are."""
    if form_of(work) != "article" or work.type in ("article-newspaper", "article-magazine"):
        return marked(work.container) or plain(work.short_container)
    short, full = clean(work.short_container), visible(marked(work.container))
    if not full:
        return plain(abbreviations.undotted(short))
    by_rule = abbreviations.shorten(full)
    # registries also hold a publisher's acronym ("JCO"), the full title or a half-shortened one there
    acronym = " " not in short and " " in by_rule
    if not short or fold(short) == fold(full) or acronym or re.search(r"\b(?:of|and|the|for)\b|&", short):
        return plain(by_rule)
    return plain(abbreviations.undotted(short))


def long_container(work: Work) -> Pieces:
    """Return a container's full title; from a short one where the journal is well known.

    The NLM writes "Lancet (London, England)" and small letters, which no publisher's title has.
    """
    if not work.container:
        return plain(abbreviations.expand(clean(work.short_container)))
    full = marked(work.container)
    if work.type != "article-journal":
        return full
    text = re.sub(r"\s\([A-Z][^()]{0,60}(?:, | : )[^()]{0,60}\)$", "", visible(full))
    longer = abbreviations.expand(text)
    if longer != text:
        return plain(longer)
    if text != visible(full):
        full = plain(text)
    return full if abbreviations.is_foreign(text) else title_case(full)


def genre_of(work: Work) -> str:
    """Return what kind of thesis or report a work says it is."""
    return clean(work.extra.get("genre", "") or work.extra.get("pubtype", ""))


def number_of(work: Work) -> str:
    """Return the number of a report, a standard or a patent."""
    names = ("number", "article_number")
    number = next((clean(work.extra[name]) for name in names if work.extra.get(name)), "") or clean(
        work.issue
    )
    pages = clean(work.pages)  # where readers of other forms put the number of what has no pages
    return number or ("" if "-" in pages or "–" in pages else pages)


#: Publication types that say of an article only that it is one.
_PLAIN_TYPES = re.compile(
    r"journal article|article(?:-journal)?|research support\b.*|english abstract|preprint", re.IGNORECASE
)


def pubtype_of(work: Work) -> Pieces:
    """Return PubMed's type of an article, as it ends the line: "Review"."""
    if form_of(work) != "article":
        return ()
    words = [
        word.strip(" .") for word in re.split(r"[;|]|(?<=[a-z])\. ", clean(work.extra.get("pubtype", "")))
    ]
    return plain(". ".join(word for word in words if word and not _PLAIN_TYPES.fullmatch(word)))


@cache
def _status_words() -> re.Pattern[str]:
    return re.compile(
        r"in press|forthcoming|to appear|accepted(?: for publication)?"
        r"|(?:published )?(?:e-?pub|online) ahead of print",
        re.IGNORECASE,
    )


def is_status(text: str) -> bool:
    """Tell whether a field holds "in press" or the like in the place of what it is for."""
    if not text or text[-1].isdigit():
        return False
    return bool(_status_words().fullmatch(clean(text).strip(" .()[]")[:60]))


def status_of(work: Work) -> str:
    """Return "In press" or the like, where somebody wrote so and there is no locator yet."""
    said = {"inpress": "in press", "forthcoming": "forthcoming"}.get(work.extra.get("status", "").lower(), "")
    candidates = (said, work.extra.get("status", ""), work.extra.get("note", ""), work.volume, work.pages)
    words = next((clean(c).strip(" .()[]") for c in candidates if is_status(c)), "")
    located = any(v and not is_status(v) for v in (work.volume, work.pages))
    return words[:1].upper() + words[1:] if words and not located else ""


def pages_of(work: Work) -> str:
    """Return pages or article number as written; "" where the field holds a status."""
    written = work.pages or work.extra.get("article_number", "")
    return "" if is_status(written) else clean(written)


def volume_of(work: Work) -> str:
    """Return the volume; "" where the field holds a status."""
    return "" if is_status(work.volume) else clean(work.volume)


def supplement(issue: str, *, dotted: bool) -> str:
    """Return an issue with its supplement as the styles print it: "suppl_1", "Supplement 2" → "Suppl 2"."""
    shape = r"\b(?:suppl(?:ement)?s?)\b[._ ]{0,3}|\bsuppl_"
    return re.sub(shape, "Suppl. " if dotted else "Suppl ", clean(issue), flags=re.IGNORECASE).strip()


def spelled(date: Date | None) -> str:
    """Return "March 4, 2024" as far as the date is known; "" without a year."""
    if date is None or date.year is None:
        return ""
    day = month_and_day(date)
    return (f"{day}, {date.year}" if " " in day else f"{day} {date.year}") if day else str(date.year)


def month_and_day(date: Date | None) -> str:
    """Return "March 4", "March", a season, or ""; months and days that do not exist are left out."""
    if date is None:
        return ""
    if date.month is not None and 1 <= date.month <= 12:
        month = MONTHS[date.month - 1]
        return f"{month} {date.day}" if date.day is not None and 1 <= date.day <= 31 else month
    return clean(date.season)


#: Words that stay small in a title set in title case (AMA, 10.2: articles, conjunctions, short prepositions).
_SMALL = frozenset(
    {
        "a", "an", "the", "and", "or", "but", "nor", "for", "so", "yet", "as", "at", "by", "in", "of", "off",
        "on", "per", "to", "up", "via", "vs", "with", "from", "into", "over",
    }
)  # fmt: skip


def title_case(pieces: Pieces) -> Pieces:
    """Return a book's title with its major words in capitals; a word with a capital stays as it is."""
    result: list[Piece] = []
    first = True
    for piece in pieces:
        words = re.split(r"(\s+)", piece.text)
        for at, word in enumerate(words):
            bare = word.strip("\"'“”‘’([")
            small = bare.casefold().strip(".,;:!?)]") in _SMALL
            if bare.islower() and bare[0].isalpha() and (first or not small):
                start = word.index(bare)
                words[at] = word[:start] + bare[0].upper() + bare[1:]
            if bare:
                first = word.endswith((":", "?", "!"))
        result.append(piece._replace(text="".join(words)))
    return tuple(result)


_SWAPPED: dict[str, Literal["text", "italic"]] = {"text": "italic", "italic": "text"}


def italic(pieces: Pieces) -> Pieces:
    """Return pieces in italics; what was in italics stands upright, as typographers do."""
    return tuple(
        piece._replace(kind=_SWAPPED[piece.kind]) if piece.kind in _SWAPPED else piece for piece in pieces
    )


def same_body(a: str, b: str) -> bool:
    """Tell whether two names are one organisation's: a publisher that is the author is not printed twice."""
    return bool(a) and fold(a).removeprefix("the ") == fold(b).removeprefix("the ")
