"""When the evidence is enough to take a registered work for the one that is meant, and what forbids it."""

from __future__ import annotations

from evidence.matching import twins
from evidence.matching.compare import BOOKS, IN_BOOKS, claims_publication, is_preprint
from evidence.matching.rereading import Reread
from evidence.matching.weighing import Evidence
from evidence.matching.wording import letters
from evidence.model import Work

#: What is said where a published work is cited by its place, and only its preprint is among the candidates.
ONLY_PREPRINT = "a published work is cited, the record is a preprint"

#: What is said of an abstract whose reference does not call it one, as of the other way round.
ABSTRACT = "one of the two is an abstract"

#: What stands beside a work under the same title or nearly, and what is said where only that was found.
BESIDE = {
    "periodical": "the record is a journal",
    "review": "the record is a review",
    "dataset": "the record is a data set",
    "component": "the record is a part of a work",
}


def barred(e: Evidence, written: Work, registered: Work, guessed: bool = False) -> str:
    """Say why a record is not of the kind of work that is cited, or "".

    `guessed` says that the kind of the written work was told from its text, not given by its entry.
    """
    # BibTeX has no type for data and programs: an entry of no kind may be either
    loose = (
        not guessed and registered.type == "dataset" and written.type in ("document", "webpage", "software")
    )
    itself = loose or (guessed and _is_itself(e, written))
    if registered.type in BESIDE and written.type != registered.type and not itself:
        return BESIDE[registered.type]
    whole = written.type in BOOKS and registered.type in IN_BOOKS
    titled = e.first or (e.title.state == "agrees" and e.title.similarity == 1)
    whole = whole and not (guessed and titled and (e.container or (e.first and _stands_in_book(e))))
    if (written.type in IN_BOOKS and registered.type in BOOKS) or whole:
        return "one is a book, the other a part of a book"
    if registered.type in BOOKS and _is_part(written) and not e.container:
        return "a part of something is cited, the record is a whole book"
    if is_preprint(written) and not is_preprint(registered):
        return "a preprint is cited, the record is the published work"
    if is_preprint(registered) and claims_publication(written) and (written.volume or written.pages):
        return ONLY_PREPRINT
    return ""


def _is_itself(e: Evidence, written: Work) -> bool:
    """Whether a data set, a review, a part of a work is cited as such: by title, author, year, at no place.

    Its type cannot be read from a string, and an article would be cited by its journal.
    """
    placed = written.volume or written.pages or (written.container and e.container is not None)
    whole = e.title.state == "agrees" and e.title.similarity >= 0.95 and e.length >= 4
    return bool(whole and e.first and e.exact_year and not placed)


def refusal(e: Evidence, written: Work, registered: Work, guessed: bool = False) -> str:
    """Say why a candidate cannot be the work although it may look like it, or ""."""
    if told := _told_apart(e):
        return told
    if kind := barred(e, written, registered, guessed):
        return kind
    if is_miscited(e) or (guessed and names_book(e)):
        return ""
    if e.title.state == "differs" and e.title.similarity < 0.6 and e.overlap < 0.8:
        return "the title is another one"
    if e.year is False and not e.located and e.gap > 1:
        return "the year is another one"
    if e.pages is False and not e.located and e.year and not e.exact_year:
        return "the year and the pages are others"
    another = e.volume is False and not e.pages and bool(e.year) and not e.exact_year
    return "the place in the journal is another one" if e.misplaced or another else ""


def _told_apart(e: Evidence) -> str:
    """Say by what two works of like title are told apart; the place excuses broken figures."""
    excused = e.twin == twins.NUMBERS and e.located and (e.near or e.title.state == "agrees")
    return "" if excused else e.twin


def names_book(e: Evidence) -> bool:
    """Whether what was read as the title of a part of a book may be the book's, as some styles print it.

    Of a chapter the registry may name the series only. Then author, year and pages say which it is.
    """
    doubted = e.title.state == "differs" and e.title.weight == "warning" and e.title.similarity < 0.6
    return doubted and e.in_book and bool(e.first and e.exact_year and e.pages and e.paged and e.ranged)


def _stands_in_book(e: Evidence) -> bool:
    """Whether the pages are those of a part of a book, and its title, if any was read, may be that."""
    return e.located and (e.title.state == "agrees" or names_book(e))


def is_miscited(e: Evidence) -> bool:
    """Whether all that is written agrees but for one field: the work is this one, described wrongly."""
    title = e.title.state == "agrees" and e.title.similarity >= 0.9
    fields = {"title": title if e.title.state != "absent" else None}
    fields |= {name: getattr(e, name) for name in ("first", "year", "container", "volume", "pages")}
    wrong = [name for name, agrees in fields.items() if agrees is False]
    if len(wrong) != 1 or e.issue is False or e.length < 1:
        return False
    if e.volume is None and e.pages is None and _is_miscited_without_place(e, wrong[0]):
        return title or wrong[0] == "title"
    if wrong[0] == "title":
        return _is_other_wording(e)
    where = bool(e.pages and (e.paged or e.issue))
    journal = bool(e.container and e.exact_year)
    long, several = e.length >= 6, e.peopled and e.length >= 3
    enough = {
        # letters of one exchange share title, journal and page, and not their authors
        "first": journal and (bool(e.volume) or where) and (e.ranged or e.shared or e.length >= 8),
        "year": bool(e.container) and ((bool(e.volume) and (where or long or several)) or _is_its_range(e)),
        "container": bool(e.exact_year) and (where or bool(e.first and e.volume and e.length >= 5)),
        "volume": journal and (where or long),
        "pages": journal and (e.length >= 4 or _is_one_of_a_volume(e)),
    }
    return title and enough[wrong[0]]


def _is_miscited_without_place(e: Evidence, wrong: str) -> bool:
    """Whether a work without volume and pages, as of a conference, is known by all but the wrong field.

    Title, authors, year and journal have to be three that agree. A paper may follow its abstract, of
    the same title and authors, by two years.
    """
    journal = bool(e.container and e.exact_year)
    return {
        "title": journal and e.peopled and e.length >= 4 and e.overlap >= 0.6 and e.title.similarity >= 0.6,
        "first": journal and e.length >= 6 and e.title.similarity == 1,
        "year": bool(e.container) and e.peopled and e.length >= 4 and e.gap > 2,
        "container": e.exact_year and e.peopled and e.length >= 5,
    }[wrong]


def _is_its_range(e: Evidence) -> bool:
    """Whether the first author and both pages agree with those of a work of this title."""
    return bool(e.first and e.pages and e.ranged and e.paged) and e.length >= 4


def _is_one_of_a_volume(e: Evidence) -> bool:
    """Whether no other work of a short title is in the volume: one author's, or without authors in one issue.

    Two by one author with a title of three words may share a volume ("Questions and Answers"): hence
    the issue, or a title that says more.
    """
    if e.first:
        return bool(e.issue) or (bool(e.volume) and e.length >= 3)
    return e.first is None and bool(e.volume and e.issue) and e.title.similarity == 1


def _is_other_wording(e: Evidence) -> bool:
    """Whether only the title differs, while author, journal, year and place are the record's."""
    if not (e.exact_year and e.container and e.volume) or (e.first is None and e.overlap < 0.5):
        return False
    if e.pages:
        return e.overlap >= 0.3 and (e.paged or bool(e.issue) or e.length >= 3)
    return bool(e.first) and e.length >= 6 and e.overlap >= 0.6


def _is_part(written: Work) -> bool:
    """Whether a reference names a place within a journal or a book."""
    return bool(written.container and written.pages and (written.volume or written.type == "article-journal"))


def fits(e: Evidence) -> bool:
    """Whether the evidence is enough; what contradicts it is judged elsewhere."""
    if e.title.state == "absent":
        return _fits_without_title(e)
    if e.title.state == "agrees":
        return _fits_with_title(e) if e.length >= 4 else _fits_with_short_title(e)
    if e.near:
        if e.pages is False or e.container is False or e.year is False:
            return False
        return (
            e.located or bool(e.container or e.year)
            if e.first
            else e.first is None and bool(e.year and e.container)
        )
    # a word was changed or moved: the work itself only if its place says so
    if e.overlap == 1 and e.length >= 4 and e.pages is not False and e.first and e.container and e.exact_year:
        return True
    return e.located and e.first is not False and e.container is not False and e.year is not False


def may_be(e: Evidence) -> bool:
    """Whether nothing contradicts a candidate and what is written points to it, though too little to be sure.

    Who then says that no registry holds the work says more than is known.
    """
    if any(said is False for said in (e.first, e.year, e.container, e.volume, e.issue, e.pages)):
        return False
    if e.title.state == "agrees" or (e.near and e.first):
        return bool(e.container and e.year) or e.located or bool(e.first)
    return e.title.state == "absent" and e.located and bool(e.container and e.volume)


def in_one_issue(e: Evidence) -> bool:
    """Whether a work without authors and pages has the very title, volume and issue ("Editorial Board")."""
    exact = e.title.state == "agrees" and e.title.similarity == 1
    return exact and e.first is None and e.pages is None and bool(e.volume and e.issue)


def is_title_alone(e: Evidence) -> bool:
    """Whether a long title is just so, no author can be compared, and nothing speaks against it.

    Such a work is registered, whether it is the one that is meant or not.
    """
    others = (e.year, e.container, e.volume, e.issue, e.pages)
    exact = e.title.state == "agrees" and e.title.similarity == 1 and e.length >= 6
    return exact and e.first is None and False not in others


def _fits_with_short_title(e: Evidence) -> bool:
    """Whether a title that many works have ("Editorial") is confirmed by author, journal and place."""
    if e.issue is False or e.pages is False or e.first is False or e.year is False:
        return False
    if e.located:
        return True
    if e.first and e.exact_year and e.volume and e.issue and e.container is not False and e.length > 1:
        return True
    return bool(e.container and e.year and (e.first or (e.in_book and e.title.similarity == 1)))


def _fits_with_title(e: Evidence) -> bool:
    """Whether a title of four words or more that agrees is confirmed by enough else."""
    if e.container is False and not e.located:
        return False
    if e.first is False:
        # letters of one exchange have one title and one page: a co-author must be there, or a long title
        if not e.shared and e.length < 8 and not (e.located and e.exact_year and e.container and e.ranged):
            return False
        return e.located or bool(e.year and e.container and e.length >= 6)
    if e.first:
        return e.year is not False or e.located
    if e.located:
        return True
    # title, journal and year alone: all three have to be just so
    exact = e.title.similarity == 1 and e.exact_year and e.pages is not False
    return exact and (bool(e.container) or e.length >= 8) and e.length >= 4


def _fits_without_title(e: Evidence) -> bool:
    """Whether author, journal, year, volume and page name the work by themselves."""
    if e.first is False or e.container is False or e.year is False:
        return False
    if e.located:
        if not e.paged and e.issue is not True and not (e.peopled and e.placed):
            return False
        return bool(e.first or (e.container and e.volume))
    return bool(e.first and e.container and e.year and e.volume and e.pages is None and e.issue)


def fits_read_again(e: Evidence, again: Reread, registered: Work) -> bool:
    """Whether a text that was read again by a record names it."""
    if (
        _told_apart(e)
        or again.numbers > 3
        or letters(registered.title) == letters(registered.container) != ""
    ):
        return False  # what a registry calls by its journal's name may be anything in it
    if again.shuffled and again.left < 0.2 and len(again.work.title.split()) > 4:
        told = e.year or e.located or not registered.year
        return bool(e.first is not False and e.container and told)
    if again.work.title and e.length < 4 and again.numbers:
        return False
    if again.work.title:
        # by title, journal and year alone nothing may be left: "Quiz case 2" is not "Quiz case 2. A lump"
        most = 0.45 if e.first or e.located else 0.15
        return again.left < most and (fits(e) or _is_whole(e, again, registered))
    return _is_whole(e, again, registered) or _is_in_named_book(e, again, registered)


def _is_in_named_book(e: Evidence, again: Reread, registered: Work) -> bool:
    """Whether a text has all authors, the year and the pages of a chapter, and no number besides.

    Its other words are the name of the book where the registry has the series, or the other way round.
    """
    there = {"author", "year", "pages"} <= again.found and not again.numbers
    everybody = 0 < len(registered.authors) <= len(again.work.authors)
    return there and everybody and e.in_book and e.ranged and (e.paged or len(registered.authors) > 2)


def _is_early(again: Reread, registered: Work) -> bool:
    """Whether a record has four authors, journal and year, and was made before the work had a place.

    The reference has them all, and perhaps the volume and page that came later.
    """
    there = {"author", "container", "year"} <= again.found and again.left <= 0.1 and again.numbers < 3
    everybody = 3 < len(registered.authors) <= len(again.work.authors)
    return there and everybody and not (registered.volume or registered.pages)


def _is_bare(e: Evidence, again: Reread, registered: Work) -> bool:
    """Whether a text has all of a record that says little: four authors at least, or a range of pages."""
    if again.left > 0.1 or again.numbers or "container" not in again.found:
        return False
    if registered.authors:
        return 3 < len(registered.authors) <= len(again.work.authors)
    dated = "year" in again.found or not registered.year
    return e.ranged and (e.paged or e.in_book) and dated and "pages" in again.found


def _is_whole(e: Evidence, again: Reread, registered: Work) -> bool:
    """Whether a text prints all that a record has, a title perhaps not, and nothing else.

    A number that a scan has broken counts as printed, one that is another does not.
    """
    there = again.found | again.broken
    if _is_early(again, registered):
        return True
    if again.left > 0.2 or again.numbers > 1 or (again.numbers and again.broken):
        return False
    held = {
        "author": bool(registered.authors),
        "container": bool(registered.container),
        "year": bool(registered.year),
        "volume": bool(registered.volume),
        "pages": any(c.isdigit() for c in registered.pages),
    }
    if any(wanted and name not in there for name, wanted in held.items()):
        return False
    if _is_bare(e, again, registered):
        return True
    sure = len(again.found - {"issue"})
    if "author" not in again.found and "title" not in again.found:
        placed = {"container", "volume", "pages"} <= again.found and e.paged and again.left <= 0.05
        return sure >= 4 or (placed and "year" in again.broken)
    if (
        sure == 2
        and "title" in again.found
        and not any(held[n] for n in ("author", "year", "volume", "pages"))
    ):
        return again.left <= 0.05 and not again.numbers and e.title.similarity == 1
    if "pages" in again.found and not e.paged and e.title.state != "agrees" and "issue" not in again.found:
        return len(again.work.authors) > 1 or "-" in registered.pages
    return sure >= 3
