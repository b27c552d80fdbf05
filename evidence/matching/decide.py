"""Which registered work a reference names: accepted by evidence, refused by vetoes, or ambiguous.

The rule follows what was measured on references half of whose targets were hidden: retrieval is
nearly solved, a candidate always comes back, and twins fool every threshold on likeness. So each
field gives evidence, twins are vetoed, and two works that fit alike are both named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from evidence.matching.accepting import (
    ABSTRACT,
    BESIDE,
    ONLY_PREPRINT,
    barred,
    fits,
    fits_read_again,
    in_one_issue,
    is_miscited,
    is_title_alone,
    may_be,
    names_book,
    refusal,
)
from evidence.matching.aliases import is_copy, printed
from evidence.matching.calibrating import Group, calibrated
from evidence.matching.compare import (
    Comparison,
    compare,
    containers_of,
    is_component,
    is_preprint,
    names_whole_book,
)
from evidence.matching.far import is_far
from evidence.matching.rereading import Reread, corrected, forms_of, reread
from evidence.matching.scans import begins_with_name, is_scan_of, is_scan_of_name
from evidence.matching.unread import with_unread
from evidence.matching.weighing import Evidence, weigh
from evidence.matching.wording import letters, without_addresses
from evidence.model import Difference, Match, Record, Work

#: Confidence from which a match may be written into files, and from which a candidate is shown to a
#: person. Both are of the weight of evidence, which `calibrating` turns into a probability.
LINK = 0.8
SUGGEST = 0.2

#: Log-odds by which the best candidate must lead the next one, lest the reference be ambiguous.
MARGIN = 1.0

#: What is said where nothing but the title speaks against the record of an identifier.
_TITLE_ALONE = "the title is another one"

#: Candidates that are looked at; a search service gives 5 to 8.
MOST = 40


def decide(written: Work, candidates: Sequence[Record], text: str = "") -> Match:
    """Return which of the candidates of a search the written work is: match, ambiguous or no-match.

    `text` is the reference as it was written. Of a preprint and the article it became, the
    article is taken, unless the reference names the preprint.
    """
    text = without_addresses(text)
    weighed = considered(written, candidates, text)
    fitting = _preferred(_titled([w for w in weighed if w.fits]), written)
    if not fitting:
        return _no_match(weighed, text)
    best = fitting[0]
    rivals = [w for w in fitting[1:] if _rivals(best.evidence, w.evidence)]
    if rivals and (found := printed([w.record for w in (best, *rivals)], text)):
        best = next(w for w in fitting if w.record is found)
        rivals = []
    if rivals:
        each = [_matched(w, text, "taken") for w in (best, *rivals)[:5]]
        alternatives = tuple(replace(m, confidence=round(m.confidence / (1 + len(rivals)), 4)) for m in each)
        confidence = alternatives[0].confidence
        reason = f"{len(rivals) + 1} registered works fit"
        return Match("ambiguous", confidence=confidence, alternatives=alternatives, reason=reason)
    others = [w for w in weighed if w is not best and w.evidence.confidence >= SUGGEST]
    alternatives = tuple(_matched(w, text, "refused") for w in others[:4])
    return _matched(best, text, "taken", alternatives)


def considered(written: Work, candidates: Sequence[Record], text: str = "") -> list[Weighed]:
    """Return the candidates that are not far from what is written with their evidence, the best first."""
    weighed: list[Weighed] = []
    seen: set[str] = set()
    shown = text or _printed(written)
    for record in candidates[:MOST]:
        if (record.work.doi and record.work.doi in seen) or is_far(record.work, shown):
            continue
        seen.add(record.work.doi)
        weighed.append(_weigh(written, record, text))
    if text and not any(w.fits for w in weighed):
        weighed = [_weigh_again(w, text) for w in weighed]
    weighed.sort(key=lambda w: (-w.evidence.confidence, -w.evidence.title.similarity, w.record.work.doi))
    return weighed


def _printed(work: Work) -> str:
    """Return the fields of a work as one text."""
    place = (work.container, str(work.year or ""), work.volume, work.issue, work.pages)
    return ". ".join(part for part in (work.title, work.subtitle, *place) if part)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate: its record, the evidence, why it is refused, the work as read for it, whether it fits."""

    record: Record
    evidence: Evidence
    refusal: str
    work: Work
    fits: bool


def _weigh(written: Work, record: Record, text: str) -> Weighed:
    """Judge a candidate by the reference as it was taken apart."""
    evidence = weigh(written, record.work, text)
    refused = refusal(evidence, written, record.work, bool(text))
    fitting = fits(evidence) and (evidence.confidence >= LINK or (bool(text) and names_book(evidence)))
    fitting = not refused and (fitting or is_miscited(evidence))
    return Weighed(record, evidence, refused, written, fitting)


def _weigh_again(weighed: Weighed, text: str) -> Weighed:
    """Judge a candidate by the text read again by its record, where that names it."""
    registered = weighed.record.work
    again = reread(weighed.work, registered, text)
    if again is None:
        return weighed
    evidence = weigh(again.work, registered, text)
    against = barred(evidence, weighed.work, registered, True)
    against = against or refusal(evidence, again.work, registered, True)
    if against or not fits_read_again(evidence, again, registered):
        return weighed
    return Weighed(weighed.record, evidence, "", _as_told(again, weighed.work, registered), True)


def _as_told(again: Reread, written: Work, registered: Work) -> Work:
    """Return a work read again with what was read at first, stands in the text and is not the record's.

    The record is only the key to a text. A year that it does not explain is another year, and a journal
    that no scan can have made of its own is another journal.
    """
    work = again.work
    if written.year and str(written.year) in again.unexplained:
        work = replace(work, issued=written.issued)
    if written.container and not work.container and not _may_be_name(written.container, registered):
        work = replace(work, container=written.container)
    return work


def _may_be_name(container: str, registered: Work) -> bool:
    """Whether what was read as a journal may be the registered one, or was cut out of title or names."""
    from rapidfuzz import fuzz

    ours = letters(container)
    people = "".join(letters(n.family or n.literal) for n in registered.authors[:50])
    if len(ours) < 6 or ours in letters(f"{registered.title} {registered.subtitle}") or ours in people:
        return True
    return any(fuzz.partial_ratio(ours, letters(name)) >= 60 for name in containers_of(registered))


def _rivals(best: Evidence, other: Evidence) -> bool:
    """Whether a second candidate fits nearly as well as the best."""
    if best.title.state == "agrees" and other.title.state != "agrees":
        return False
    if (best.located and not other.located) or (best.peopled and not other.peopled):
        return False
    odds = [c / max(1e-9, 1 - c) for c in (best.confidence, other.confidence)]
    return (
        bool(odds[0] / max(odds[1], 1e-9) < exp(MARGIN))
        and best.title.similarity - other.title.similarity < 0.03
    )


def _titled(fitting: list[Weighed]) -> list[Weighed]:
    """Leave out what fits a text without a title, where the text has the title of another candidate."""
    there = [w for w in fitting if w.evidence.title.state == "agrees" or w.evidence.near
             or (w.evidence.title.state == "differs" and w.evidence.overlap > 0.8)]  # fmt: skip
    return there or fitting


def _preferred(fitting: list[Weighed], written: Work) -> list[Weighed]:
    """Leave preprints out where a published work fits too, and published ones where a preprint is cited.

    So too the data set, or the part, that bears the title of the work beside which it stands, and second
    registrations of a work whose own one fits.
    """
    works = [w for w in fitting if w.record.work.type not in BESIDE] or fitting
    wanted = [w for w in works if is_preprint(w.record.work) == is_preprint(written)] or works
    dois = [w.record.work.doi for w in wanted]
    return [w for w in wanted if not any(is_copy(w.record.work.doi, doi) for doi in dois)]


def compare_text(written: Work, registered: Work, text: str) -> Comparison:
    """Compare a reference with a record; what was read wrongly from its text accuses nobody."""
    text = without_addresses(text)
    if text:
        written = with_unread(written, registered, text)
    found = compare(written, registered, text)
    serious = {d.field for d in found.differences if d.weight != "note"}
    if not text or not serious:
        return found
    better = corrected(written, registered, text, serious)
    found = found if better is written else compare(better, registered, text)
    return _without_scans(found, written, registered, text)


def _without_scans(found: Comparison, written: Work, registered: Work, text: str) -> Comparison:
    """Return a comparison in which what a scanner did to the title or the first author is no error."""
    errors = {d.field for d in found.differences if d.weight == "error"} & {"title", "author"}
    if not errors:
        return found
    excused = set()
    if "title" in errors and (again := reread(written, registered, text)):
        forms = [form for form in forms_of(registered) if is_scan_of(again.work.title, form)]
        excused |= {"title"} if forms and not again.shuffled else set()
    if "author" in errors and written.authors and registered.authors:
        ours, theirs = written.authors[0], registered.authors[0]
        there = is_scan_of_name(ours.family, theirs.family) or begins_with_name(text, theirs.family)
        excused |= {"author"} if there else set()
    if not excused:
        return found
    eased = tuple(replace(d, weight="warning") if d.field in excused else d for d in found.differences)
    return replace(found, differences=eased)


def _matched(weighed: Weighed, text: str, group: Group, alternatives: tuple[Match, ...] = ()) -> Match:
    found = compare_text(weighed.work, weighed.record.work, text)
    return Match(
        "no-match" if group == "refused" else "match",
        weighed.record,
        found.differences,
        calibrated(weighed.evidence.confidence, group),
        found.agreements,
        alternatives,
        weighed.refusal,
    )


def _no_match(weighed: Sequence[Weighed], text: str) -> Match:
    """Return that nothing fits, with the nearest candidates for a person to look at."""
    open_ = [w for w in weighed if not w.refusal and (may_be(w.evidence) or is_title_alone(w.evidence))]
    open_ = [w for w in open_ if text or in_one_issue(w.evidence) or is_title_alone(w.evidence)]
    if open_:
        alternatives = tuple(_matched(w, text, "open") for w in open_[:5])
        reason = "too little is written to tell whether a registered work is meant"
        confidence = alternatives[0].confidence
        return Match("ambiguous", confidence=confidence, alternatives=alternatives, reason=reason)
    nearly = (ONLY_PREPRINT, ABSTRACT, *BESIDE.values())
    beside = [w for w in weighed if w.refusal in nearly and _is_named(w.evidence)]
    if beside:
        alternatives = tuple(_matched(w, text, "open") for w in beside[:5])
        reason = f"what bears its title among the registered works may be another: {beside[0].refusal}"
        confidence = alternatives[0].confidence
        return Match("ambiguous", confidence=confidence, alternatives=alternatives, reason=reason)
    near = [
        w for w in weighed
        if w.evidence.confidence >= SUGGEST or w.evidence.title.state == "agrees" or w.evidence.near
    ]  # fmt: skip
    alternatives = tuple(_matched(w, text, "refused") for w in near[:4])
    reason = "no registered work fits"
    if near and near[0].refusal:
        reason += f"; the nearest one does not: {near[0].refusal}"
    return Match("no-match", alternatives=alternatives, reason=reason)


def _is_named(e: Evidence) -> bool:
    """Whether a title of some length is the written one, and nothing says that the author is another."""
    return e.title.state == "agrees" and e.first is not False and e.year is not False and e.length >= 3


def confirm(written: Work, record: Record, text: str = "") -> Match:
    """Tell whether the record of a written identifier is the written work, and in what it differs.

    The outcome is `no-match` only where the record is plainly another work: the title is another
    one and so are the first author, the year or the place; anything milder is a match with
    differences.
    """
    text = without_addresses(text)
    evidence = weigh(written, record.work, text)
    found = compare_text(written, record.work, text)
    whole = names_whole_book(written, record.work)
    reason = "" if whole else _speaking_against(written, record, evidence, found)
    if reason and text:
        again = _weigh_again(Weighed(record, evidence, reason, written, False), text)
        if again.fits:  # a scan, or a style that was read wrongly
            evidence, reason = again.evidence, ""
            found = compare_text(again.work, record.work, text)
    differences = found.differences
    if record.alias and record.alias == written.doi:
        differences = tuple(d for d in differences if d.field != "doi")
    agreements = _in_text(found.agreements, evidence)
    if reason:
        likely = calibrated(evidence.confidence, "refused")
        return Match("no-match", None, differences, likely, agreements, reason=reason)
    likely = calibrated(evidence.confidence, "taken")
    return Match("match", record, differences, likely, agreements)


def _in_text(agreements: Mapping[str, str], e: Evidence) -> Mapping[str, str]:
    """Return the agreements, with an author and a journal that were not read and stand in the text."""
    standing = {"author": e.first, "container": e.container}
    more = {name: "agrees" for name, said in standing.items() if said and agreements.get(name) == "absent"}
    return {**agreements, **more} if more else agreements


def _speaking_against(written: Work, record: Record, e: Evidence, found: Comparison) -> str:
    """Say why the record of an identifier is not that of the work described, or ""."""
    reason = _of_another_kind(written, record.work, found) or _another_work(e, found)
    if reason == _TITLE_ALONE and letters(written.title) == letters(record.work.container):
        return ""  # the journal's name stands for the title: described wrongly, and the same work
    return reason


def _of_another_kind(written: Work, registered: Work, found: Comparison) -> str:
    """Say where an identifier of a work is that of something beside it: a figure, a whole issue, a review.

    Who cites an issue as a whole names no authors and no pages.
    """
    if written.type in ("document", registered.type) or not written.title or found.title.state == "agrees":
        return ""
    if is_component(registered):
        return "it is registered for a figure, a table or a supplement"
    if registered.type == "periodical" and (written.authors or written.pages):
        return "it is registered for a whole journal or issue"
    if registered.type == "review":
        return "it is registered for a review of a work"
    return ""


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
            return _listed(differing)
        return ""
    if e.title.state == "agrees":
        # "Editorial", "Introduction": a title that many works have says little
        if e.length < 3 and e.first is False and len(differing) > 2:
            return _listed(differing)
        return ""
    if e.twin and (e.pages is False or e.year is False):
        return e.twin
    if e.title.similarity < 0.6 and e.overlap < 0.8 and not e.located:
        # what was read as a title may be the book's: then author and year say that it is the work
        doubted = e.title.weight == "warning" and bool(e.year or e.pages)
        if doubted and (not differing or (e.in_book and e.first and differing == ["the journal"])):
            return ""
        if differing:
            return _listed(["the title", *differing])
        if not e.first:
            return _TITLE_ALONE
    if e.title.similarity < 0.8 and e.first is False and len(differing) > 1:
        return _listed(["the title", *differing])
    return ""


def _listed(parts: Sequence[str]) -> str:
    """Return fields in words: "the title, the year and the pages are others"."""
    if len(parts) == 1:
        return f"{parts[0]} differ" if parts[0] == "the pages" else f"{parts[0]} differs"
    return f"{', '.join(parts[:-1])} and {parts[-1]} are others"


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
