"""A work as written against a work as registered, field by field.

Each field agrees, differs or is absent; absent never counts as a difference. A difference carries
its weight: `error` for another title or first author, `warning` for what makes the work hard to
find, `note` for what a person may want to know. What registries are known to get wrong (missing
authors, titles in capitals, volumes "Publish Ahead of Print") is absent or a note, never more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from evidence import journals
from evidence.matching import locators, people, titles
from evidence.matching.events import same_event
from evidence.matching.languages import same_script
from evidence.matching.people import PeopleCheck
from evidence.matching.titles import TitleCheck
from evidence.matching.wording import entries, fold, letters, words
from evidence.model import NOTHING, Difference, Severity, Work

BOOKS = frozenset({"book", "monograph", "edited-book", "reference-book"})
IN_BOOKS = frozenset({"chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"})

#: Servers of preprints, folded.
_SERVERS = """
arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|ssrn|ssrn electronic journal|research square|preprints
preprints org|osf preprints|osf|authorea|techrxiv|sportrxiv|arxiv org|arxiv preprint|corr|peerj preprints
f1000 preprints|zenodo|jmir preprints|europe pmc preprints|cold spring harbor laboratory
"""

#: Beginnings of their DOIs; bioRxiv and medRxiv share theirs with journals, whose suffix is no number.
_SERVER_DOIS = (
    *("10.48550/", "10.21203/rs.", "10.2139/ssrn", "10.20944/preprints", "10.26434/chemrxiv", "10.31234/"),
    *("10.31235/", "10.31219/", "10.22541/au.", "10.36227/", "10.51224/", "10.64898/"),
    *(f"10.1101/{digit}" for digit in range(10)),
)

#: Where somebody read a work, folded: not what it was published in.
_PLACES = """
pubmed|pubmed central|pmc|medline|sciencedirect|science direct|researchgate|google scholar|springerlink
wiley online library|jstor|ncbi|national library of medicine|us national library of medicine|academia edu
semantic scholar|europe pmc|oup academic|sage journals|taylor francis online|scopus|embase
"""

#: Words that names of publishers share, folded.
_PUBLISHER_WORDS = "press|publishing|publishers|publisher|and|the|of|inc|ltd|co|company|verlag|group"


NO_TITLE = TitleCheck("absent")
NO_PEOPLE = PeopleCheck()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, and for each field whether it agrees; `title` and `people` in more detail."""

    differences: tuple[Difference, ...] = ()
    agreements: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    title: TitleCheck = NO_TITLE
    people: PeopleCheck = NO_PEOPLE


def compare(written: Work, registered: Work, text: str = "") -> Comparison:
    """Compare all fields of a work as written with the registered ones.

    `text` is the whole reference as written, where there is one: a registered title that stands
    in it word for word agrees, however the reference was taken apart.
    """
    if names_whole_book(written, registered):
        written = replace(written, type="book", title=written.container, subtitle="", container="", pages="",
                          authors=())  # fmt: skip
        whole: tuple[Difference, ...] = (
            Difference("type", "chapter", "book", "note", "the record is that of the whole book"),
        )
    else:
        whole = ()
    title = titles.check(written, registered, text)
    authors = people.check(written, registered, text)
    if text and registered.type == "chapter" and title.state != "agrees":
        located = locators.check_pages(written, registered).state == "agrees"
        if title.weight in (None, "warning") and located and authors.first == "agrees":
            # the style names the book or the series, and the registry the other one
            title = replace(title, state="absent", weight="note" if title.weight else None)
            written = replace(written, container="")
    differences = [*whole, *_title(written, registered, title), *authors.differences]
    agreements = {"title": title.state, "author": authors.state}
    for name, state, difference in (
        _year(written, registered),
        _container(written, registered, text),
        _located("volume", locators.check_volume(written, registered), written.volume, registered.volume),
        _located("issue", locators.check_issue(written, registered), written.issue, registered.issue),
        _located("pages", locators.check_pages(written, registered), _pages(written), _pages(registered)),
        _publisher(written, registered),
        _type(written, registered),
        _identifier("doi", written.doi, registered.doi),
        _identifier("pmid", written.pmid, registered.pmid),
    ):
        if state != "absent" or name in ("year", "container", "volume", "issue", "pages"):
            agreements[name] = state
        if difference:
            differences.append(difference)
    return Comparison(tuple(differences), agreements, title, authors)


_Result = tuple[str, str, Difference | None]


def names_whole_book(written: Work, registered: Work) -> bool:
    """Whether a chapter is cited by the identifier of its book, as people do."""
    if written.type not in IN_BOOKS or registered.type not in BOOKS or not written.container:
        return False
    return titles.check(Work(title=written.container), registered).state == "agrees"


def _title(written: Work, registered: Work, check: TitleCheck) -> tuple[Difference, ...]:
    if check.weight is None:
        return ()
    full = f"{registered.title}: {registered.subtitle}" if registered.subtitle else registered.title
    return (Difference("title", written.title, full, check.weight, check.detail),)


def years_of(work: Work) -> set[int]:
    """Return all years in which a registered work was published: issued, in print, online."""
    return {date.year for date in (work.issued, *work.dates.values()) if date and date.year}


def year_agrees(written: Work, registered: Work) -> bool | None:
    """Tell whether the written year is one of publication; None where one side has no year.

    Print and online may lie a year apart, and a reference may give either, or a year between them; but
    not where an old volume was put online decades later. Where the registry knows one of the two
    only, the other may be the year before print or the year after online.
    """
    year, known = written.year, years_of(registered)
    if not year or not known:
        return None
    if year in known or (min(known) < year < max(known) <= min(known) + 3):
        return True
    printed, online = registered.dates.get("print"), registered.dates.get("online")
    if registered.type in BOOKS or registered.type in IN_BOOKS or not (printed or online):
        return min(known) - 1 <= year <= max(known) + 1
    if printed and not online:
        return year == min(known) - 1
    return not printed and year == max(known) + 1


def _year(written: Work, registered: Work) -> _Result:
    agrees = year_agrees(written, registered)
    if agrees is None:
        return "year", "absent", None
    if agrees:
        return "year", "agrees", None
    shown = "/".join(str(y) for y in sorted(years_of(registered)))
    return "year", "differs", Difference("year", str(written.year), shown, "warning")


def containers_of(work: Work) -> list[str]:
    """Return all names under which a work's journal or book, or the series of that, is registered."""
    others = work.extra.get("other_containers", "").split("; ")
    return [name for name in (work.container, work.short_container, *others) if name]


def same_container(written: Work, registered: Work) -> bool | None:
    """Tell whether two works are in one journal or book; None where that cannot be compared.

    A conference or a book is named in many ways: there a shared acronym, or one name within the
    other, is enough.
    """
    ours = [c for c in (written.container, written.short_container) if c]
    theirs = containers_of(registered)
    if not ours or not theirs or fold(ours[0]) in entries(_PLACES) or registered.type in BOOKS:
        return None
    if registered.type != "article-journal" and names_publisher(ours[0], registered):
        return None
    answers = {journals.same(a, b) if same_script(a, b) else None for a in ours for b in theirs}
    if True in answers:
        return True
    if registered.type in IN_BOOKS or written.type in IN_BOOKS:
        return same_event(ours, theirs)
    if any(_translated(a, b) for a in ours for b in theirs):
        return True
    return None if None in answers else False


#: Words that only another language than English puts into the name of a journal.
_FOREIGN = frozenset(
    [
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "et",
        "der",
        "die",
        "das",
        "für",
        "und",
        "del",
        "della",
        "di",
        "y",
        "el",
    ]
)


def _translated(one: str, other: str) -> bool:
    """Whether two names are one in two languages ("Canadian Journal of …", "Journal canadien de …")."""
    ours, theirs = words(one), words(other)
    if not _FOREIGN & {*one.casefold().split(), *other.casefold().split()}:
        return False
    stems = [{w[:6] for w in name if len(w) > 3} for name in (ours, theirs)]
    return len(stems[0]) > 2 and stems[0] == stems[1]


def names_publisher(name: str, registered: Work) -> bool:
    """Whether what was read as a journal's or a book's name is that of the registered publisher."""
    ours, theirs = (set(words(t)) - entries(_PUBLISHER_WORDS) for t in (name, registered.publisher))
    return bool(ours) and ours <= theirs


_PIECE = re.compile(r"[^.;:?!,\n]{2,200}")
_FIGURE = re.compile(r"\s[(\d]")
_YEAR_BEHIND = re.compile(r"[\s(]*[\d(][^A-Za-z]{0,40}$")


def stands_there(written: Work, registered: Work, text: str) -> bool:
    """Whether the registered journal was written, however the reference was taken apart."""
    cut = f"{written.title}, {written.container}"  # at the comma in its name
    name = registered.container
    if text and letters(written.container) == letters(f"{registered.title} {name}"):
        return True  # the title was taken for a part of the journal's name
    if text and "," in name and written.title and written.container and journals.same(cut, name):
        return True
    return stands_in(text or written.container, registered)


def stands_in(text: str, registered: Work) -> bool:
    """Whether the registered journal stands in a text, as a piece between two marks, in any of its forms."""
    names = containers_of(registered)
    title = fold(f"{registered.title} {registered.subtitle}")
    for name in names:
        # "Acta Mathematica Sinica, English Series" is cut at its own comma: it has to stand there whole
        marked = any(mark in name for mark in ",:;.") and len(words(name)) > 2
        if marked and f" {fold(name)} " in f" {fold(text)} " and fold(name) not in title:
            return True
    for found in islice(_PIECE.finditer(text), 60):
        piece = _YEAR_BEHIND.sub("", found.group()).strip()
        for form in dict.fromkeys((piece, _FIGURE.split(piece)[0].strip())):
            if form and fold(form) not in title and any(journals.same(form, name) for name in names):
                return True
    return False


def _container(written: Work, registered: Work, text: str) -> _Result:
    if is_preprint(registered):
        if written.container and _is_server(written.container):
            return "container", "agrees", None
        return "container", "absent", None  # `type` says what there is to say
    agrees = same_container(written, registered)
    if agrees is None:
        return "container", "absent", None
    if agrees or stands_there(written, registered, text):
        return "container", "agrees", None
    name = registered.container or registered.short_container
    return "container", "differs", Difference("container", written.container, name, "warning")


def _located(name: str, check: locators.LocatorCheck, ours: str, theirs: str) -> _Result:
    if check.state != "differs":
        return name, check.state, None
    return name, "differs", Difference(name, ours, theirs, "warning", check.detail)


def _pages(work: Work) -> str:
    return work.pages or work.extra.get("article_number", "")


def _publisher(written: Work, registered: Work) -> _Result:
    """Compare publishers of books; imprints and mergers make any difference a note."""
    ours, theirs = set(words(written.publisher)), set(words(registered.publisher))
    if registered.type not in BOOKS or not ours or not theirs:
        return "publisher", "absent", None
    if (ours & theirs) - entries(_PUBLISHER_WORDS):
        return "publisher", "agrees", None
    return "publisher", "differs", Difference("publisher", written.publisher, registered.publisher, "note")


def _is_server(name: str) -> bool:
    folded, servers = fold(name), entries(_SERVERS)
    return folded in servers or any(w in servers for w in folded.split()[:2]) or "preprint" in folded


def is_preprint(work: Work) -> bool:
    """Whether a work is a preprint: by type, by where it is, or by the prefix of its DOI."""
    if work.type == "article":
        return True
    return _is_server(work.container) if work.container else work.doi.startswith(_SERVER_DOIS)


#: Ends of DOIs that publishers give to parts of an article: PLOS (.g001, .t002, .s003), Optica (.m002).
_PART_DOI = re.compile(r"\w\.[efgmst]\d{3,4}$")


def is_component(work: Work) -> bool:
    """Whether a record is of a figure, a table or a supplement; these have no authors and no journal."""
    bare = work.type in ("component", "document") and not work.authors and not work.container
    return bare and (work.type == "component" or bool(_PART_DOI.search(work.doi)))


def claims_publication(work: Work) -> bool:
    """Whether a reference says that its work was published in a journal, a book or a conference."""
    if not work.container or _is_server(work.container) or work.type == "article":
        return False
    return fold(work.container) not in entries(_PLACES) and "preprint" not in fold(work.extra.get("note", ""))


def _type(written: Work, registered: Work) -> _Result:
    if not is_preprint(registered) or not claims_publication(written):
        return "type", "absent", None
    if registered.container and journals.same(written.container, registered.container):
        return "type", "absent", None
    if names_publisher(written.container.rpartition(". ")[2], registered):
        return "type", "absent", None
    detail = f"{written.container} is named, the record is a preprint"
    return "type", "differs", Difference("type", "published", "preprint", "warning", detail)


def _identifier(kind: str, ours: str, theirs: str) -> _Result:
    weight: Severity = "error"
    if not ours or not theirs:
        return kind, "absent", None
    if ours == theirs:
        return kind, "agrees", None
    return kind, "differs", Difference(kind, ours, theirs, weight)
