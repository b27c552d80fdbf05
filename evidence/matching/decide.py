"""Which registered work a reference names: accepted by evidence, refused by vetoes, or ambiguous.

The rule follows what was measured on references half of whose targets were hidden: retrieval is
nearly solved, a candidate always comes back, and twins fool every threshold on likeness. So each
field gives evidence, twins are vetoed, and two works that fit alike are both named.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from evidence.matching import twins
from evidence.matching.compare import (
    BOOKS,
    IN_BOOKS,
    Comparison,
    compare,
    is_preprint,
    names_whole_book,
    years_of,
)
from evidence.matching.weighing import Evidence, weigh
from evidence.model import Difference, Match, Record, Work

#: Confidence from which a match may be written into files, and from which a candidate is shown to a
#: person. Measured: scripts/benchmark_match.py (precision at least 0.99 above LINK, held-out half).
LINK = 0.8
SUGGEST = 0.2

#: Log-odds by which the best candidate must lead the next one, lest the reference be ambiguous.
MARGIN = 1.0

#: Candidates that are looked at; a search service gives 5 to 8.
MOST = 40


def _refusal(e: Evidence, written: Work, registered: Work) -> str:
    """Say why a candidate cannot be the work although it may look like it, or ""."""
    if e.twin and not (e.twin == twins.NUMBERS and e.located and (e.near or e.title.state == "agrees")):
        return e.twin
    if (
        registered.type in ("periodical", "review", "dataset", "component")
        and written.type != registered.type
    ):
        return f"the record is a {registered.type}"
    if (written.type in IN_BOOKS and registered.type in BOOKS) or (
        written.type in BOOKS and registered.type in IN_BOOKS
    ):
        return "one is a book, the other a part of a book"
    if is_preprint(written) and not is_preprint(registered):
        return "a preprint is cited, the record is the published work"
    if e.title.state == "differs" and e.title.similarity < 0.6:
        return "the title is another one"
    if e.year is False and not e.located and _gap(written, registered) > 1:
        return "the year is another one"
    if e.pages is False and not e.located and e.year and not e.exact_year:
        return "the year and the pages are others"
    return "the place in the journal is another one" if e.misplaced else ""


def _gap(written: Work, registered: Work) -> int:
    known = years_of(registered)
    return min((abs((written.year or y) - y) for y in known), default=0)


def _fits(e: Evidence) -> bool:
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
    # a word was changed: the work itself only if its place says so
    return e.located and e.first is not False and e.container is not False and e.year is not False


def _may_be(e: Evidence) -> bool:
    """Whether nothing contradicts a candidate and what is written points to it, though too little to be sure.

    Who then says that no registry holds the work says more than is known.
    """
    if any(said is False for said in (e.first, e.year, e.container, e.volume, e.issue, e.pages)):
        return False
    if e.title.state == "agrees" or (e.near and e.first):
        return bool(e.container and e.year) or e.located or bool(e.first)
    return e.title.state == "absent" and e.located and bool(e.container and e.volume)


def _in_one_issue(e: Evidence) -> bool:
    """Whether a work without authors and pages has the very title, volume and issue ("Editorial Board")."""
    exact = e.title.state == "agrees" and e.title.similarity == 1
    return exact and e.first is None and e.pages is None and bool(e.volume and e.issue)


def _fits_with_short_title(e: Evidence) -> bool:
    """Whether a title that many works have ("Editorial") is confirmed by author, journal and place."""
    if e.issue is False or e.pages is False or e.first is False or e.year is False:
        return False
    if e.located:
        return True
    return bool(e.container and e.year and (e.first or (e.in_book and e.title.similarity == 1)))


def _fits_with_title(e: Evidence) -> bool:
    """Whether a title of four words or more that agrees is confirmed by enough else."""
    if e.container is False and not e.located:
        return False
    if e.first is False:
        # letters of one exchange have one title and one page: a co-author must be there, or a long title
        if not e.shared and e.length < 8:
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
        if not e.paged and e.issue is not True:
            return False
        return bool(e.first or (e.container and e.volume))
    return bool(e.first and e.container and e.year and e.volume and e.pages is None and e.issue)


def decide(written: Work, candidates: Sequence[Record], text: str = "") -> Match:
    """Return which of the candidates of a search the written work is: match, ambiguous or no-match.

    `text` is the reference as it was written. Of a preprint and the article it became, the
    article is taken, unless the reference names the preprint.
    """
    weighed: list[tuple[Record, Evidence, str]] = []
    seen: set[str] = set()
    for record in candidates[:MOST]:
        if record.work.doi and record.work.doi in seen:
            continue
        seen.add(record.work.doi)
        evidence = weigh(written, record.work, text)
        weighed.append((record, evidence, _refusal(evidence, written, record.work)))
    weighed.sort(key=lambda w: (-w[1].confidence, -w[1].title.similarity, w[0].work.doi))
    fitting = [w for w in weighed if not w[2] and _fits(w[1]) and w[1].confidence >= LINK]
    fitting = _preferred(fitting, written)
    if not fitting:
        return _no_match(written, weighed, text)
    best = fitting[0]
    rivals = [w for w in fitting[1:] if _rivals(best[1], w[1])]
    if rivals:
        alternatives = tuple(_matched(w, written, text, "match") for w in (best, *rivals)[:5])
        confidence = round(best[1].confidence / (1 + len(rivals)), 4)
        reason = f"{len(rivals) + 1} registered works fit"
        return Match("ambiguous", confidence=confidence, alternatives=alternatives, reason=reason)
    others = [w for w in weighed if w is not best and w[1].confidence >= SUGGEST]
    alternatives = tuple(_matched(w, written, text, "no-match") for w in others[:4])
    return _matched(best, written, text, "match", alternatives)


_Weighed = tuple[Record, Evidence, str]


def _rivals(best: Evidence, other: Evidence) -> bool:
    """Whether a second candidate fits nearly as well as the best."""
    if best.title.state == "agrees" and other.title.state != "agrees":
        return False
    if best.located and not other.located:
        return False
    odds = [c / max(1e-9, 1 - c) for c in (best.confidence, other.confidence)]
    return (
        bool(odds[0] / max(odds[1], 1e-9) < exp(MARGIN))
        and best.title.similarity - other.title.similarity < 0.03
    )


def _preferred(fitting: list[_Weighed], written: Work) -> list[_Weighed]:
    """Leave preprints out where a published work fits too, and published ones where a preprint is cited."""
    wanted = [w for w in fitting if is_preprint(w[0].work) == is_preprint(written)]
    return wanted or fitting


def _matched(
    weighed: _Weighed, written: Work, text: str, outcome: str, alternatives: tuple[Match, ...] = ()
) -> Match:
    record, evidence, refusal = weighed
    found = compare(written, record.work, text)
    return Match(
        "match" if outcome == "match" else "no-match",
        record,
        found.differences,
        round(evidence.confidence, 4),
        found.agreements,
        alternatives,
        refusal,
    )


def _no_match(written: Work, weighed: Sequence[_Weighed], text: str) -> Match:
    """Return that nothing fits, with the nearest candidates for a person to look at."""
    open_ = [w for w in weighed if not w[2] and _may_be(w[1]) and (text or _in_one_issue(w[1]))]
    if open_:
        alternatives = tuple(_matched(w, written, text, "match") for w in open_[:5])
        reason = "too little is written to tell whether a registered work is meant"
        return Match("ambiguous", confidence=0.5, alternatives=alternatives, reason=reason)
    near = [w for w in weighed if w[1].confidence >= SUGGEST or w[1].title.state == "agrees" or w[1].near]
    alternatives = tuple(_matched(w, written, text, "no-match") for w in near[:4])
    reason = "no registered work fits"
    if near and near[0][2]:
        reason += f"; the nearest one does not: {near[0][2]}"
    return Match("no-match", alternatives=alternatives, reason=reason)


def confirm(written: Work, record: Record, text: str = "") -> Match:
    """Tell whether the record of a written identifier is the written work, and in what it differs.

    The outcome is `no-match` only where the record is plainly another work: the title is another
    one and so are the first author, the year or the place; anything milder is a match with
    differences.
    """
    evidence = weigh(written, record.work, text)
    found = compare(written, record.work, text)
    differences = found.differences
    if record.alias and record.alias == written.doi:
        differences = tuple(d for d in differences if d.field != "doi")
    whole = names_whole_book(written, record.work)
    reason = "" if whole else _another_work(evidence, found)
    if reason:
        return Match("no-match", None, differences, 1 - evidence.confidence, found.agreements, reason=reason)
    return Match("match", record, differences, max(0.5, evidence.confidence), found.agreements)


def _another_work(e: Evidence, found: Comparison) -> str:
    """Say by what the record of an identifier is another work than the one described, or ""."""
    against = {
        "the first author": e.first is False,
        "the year": e.year is False,
        "the pages": e.pages is False,
        "the volume": e.volume is False,
        "the journal": e.container is False,
    }
    differing = [name for name, differs in against.items() if differs]
    agreeing = sum(s is True for s in (e.first, e.year, e.container, e.volume, e.pages))
    if e.title.state == "absent":
        whole = e.pages is False and e.volume is False
        if (e.first is False and (len(differing) > 1 or not agreeing)) or (whole and len(differing) > 2):
            return f"{_listed(differing)} are others"
        return ""
    if e.title.state == "agrees":
        # "Editorial", "Introduction": a title that many works have says little
        if e.length < 3 and e.first is False and len(differing) > 2:
            return f"{_listed(differing)} are others"
        return ""
    if e.twin and (e.pages is False or e.year is False):
        return e.twin
    if e.title.similarity < 0.6 and not e.located:
        # what was read as a title may be the book's: then author and year say that it is the work
        doubted = e.title.weight == "warning" and bool(e.year or e.pages)
        if doubted and (not differing or (e.in_book and e.first and differing == ["the journal"])):
            return ""
        if differing:
            return f"the title and {_listed(differing)} are others"
        if not e.first:
            return "the title is another one"
    if e.title.similarity < 0.8 and e.first is False and len(differing) > 1:
        return f"the title and {_listed(differing)} are others"
    return ""


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def without(match: Match, *fields: str) -> Match:
    """Return a match without the differences in some fields, which are told elsewhere."""
    kept: tuple[Difference, ...] = tuple(d for d in match.differences if d.field not in fields)
    return Match(
        match.outcome,
        match.record,
        kept,
        match.confidence,
        match.agreements,
        match.alternatives,
        match.reason,
    )
