"""Conferences and books by their names: in full, by an acronym, by a series, or by some of the words.

"NeurIPS", "NIPS 2012" and "Advances in Neural Information Processing Systems 25" are one, "ICML" is
another. What cannot be told is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from evidence.matching.wording import entries, fold, words

#: Large conferences: acronyms, then a phrase of the full name that no other has (dblp.org, names of series).
_CONFERENCES = """
aaai: aaai conference on artificial intelligence
acl: meeting of the association for computational linguistics
aistats: artificial intelligence and statistics
asplos: architectural support for programming languages
chi: human factors in computing systems
colt: conference on learning theory|conference on computational learning theory
coling: international conference on computational linguistics
crypto: international cryptology conference
cvpr: computer vision and pattern recognition
eccv: european conference on computer vision
emnlp: empirical methods in natural language processing
icassp: acoustics speech and signal processing
iccv: international conference on computer vision
iclr: international conference on learning representations
icml: international conference on machine learning
icra: international conference on robotics and automation
ijcai: joint conference on artificial intelligence|joint conferences on artificial intelligence
iros: intelligent robots and systems
interspeech: conference of the international speech communication association
kdd: knowledge discovery and data mining
miccai: medical image computing and computer assisted intervention
naacl: north american chapter of the association for computational linguistics
neurips nips: neural information processing systems
sigir: research and development in information retrieval
sigmod: conference on management of data
uai: uncertainty in artificial intelligence
vldb: very large data bases
wacv: applications of computer vision
www: world wide web|the web conference
"""

#: Words by which a series of books is known; who cites a part of a book in one names either.
_SERIES = """
lecture notes|studies in|series|graduate texts|undergraduate texts|undergraduate topics|topics in|advances in
communications in|contributions to|progress in|monographs|methods in|ifip|handbook of|encyclopedia|springer
developments in|frontiers in|perspectives in|proceedings in|transactions on|library
"""

#: Words by which a journal is told from a book.
_JOURNALS = "j|journal|annals|ann|archives|arch|acta|lancet|bmj|jama|plos|nature|science|rev|lett|zeitschrift"

#: Words that names of conferences share, folded.
_EVENT_WORDS = """
proceedings|proc|of|the|in|on|and|for|a|an|annual|international|conference|conf|symposium|workshop|meeting
congress|th|st|nd|rd|first|second|third|ieee|acm|cvf|lecture|notes|advances|volume|vol|abstracts
"""


@cache
def _by_name() -> tuple[dict[str, str], dict[str, str]]:
    """Return the conferences by acronym and by phrase."""
    acronyms: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for line in _CONFERENCES.strip().splitlines():
        short, _, full = line.partition(":")
        acronyms |= dict.fromkeys(short.split(), line)
        phrases |= {f" {phrase.strip()} ": line for phrase in full.split("|")}
    return acronyms, phrases


@lru_cache(maxsize=4_096)
def _conferences(name: str) -> frozenset[str]:
    """Return the large conferences that a name is of; none for a workshop beside one."""
    acronyms, phrases = _by_name()
    folded = f" {fold(name)} "
    if " workshop" in folded or " companion " in folded:
        return frozenset()
    full = {line for phrase, line in phrases.items() if phrase in folded}
    short = {acronyms[w] for w in folded.split() if w in acronyms} if len(folded.split()) < 5 else set()
    return frozenset(full or short)


def same_event(ours: Sequence[str], theirs: Sequence[str]) -> bool | None:
    """Tell whether names are of one conference or book, by what they share; None where that is not known."""
    known = [frozenset[str]().union(*map(_conferences, side)) for side in (ours, theirs)]
    if all(known):
        return bool(known[0] & known[1])
    for a in ours:
        for b in theirs:
            one, two = (set(words(t)) - entries(_EVENT_WORDS) for t in (a, b))
            editions = [{w for w in side if w.isdigit() and len(w) < 4} for side in (one, two)]
            one, two = ({w for w in side if not w.isdigit()} for side in (one, two))
            if editions[0] != editions[1] and one == two:
                return None
            if not one or not two or one <= two or two <= one:
                return True if one and two else None
            # "Symposium on Machine Reasoning" shares a word with a large conference, and is none of its names
            least = 0.6 * min(len(one), len(two)) if not any(known) else 0.75 * max(len(one), len(two))
            if len(one & two) >= least:
                return True
            if (_is_series(a) and not _is_journal(b)) or (_is_series(b) and not _is_journal(a)):
                return None
            for short, long in ((a, b), (b, a)):
                if len(words(short)) == 1 and len(words(long)) > 2:
                    return _stands_for(short.strip(" .()"), long)
    return False


def _is_journal(name: str) -> bool:
    return not entries(_JOURNALS).isdisjoint(words(name))


def _is_series(name: str) -> bool:
    """Whether a name is of a series of books; the proceedings of a large conference are not."""
    return not _conferences(name) and any(f" {entry} " in f" {fold(name)} " for entry in entries(_SERIES))


def _stands_for(acronym: str, name: str) -> bool | None:
    """Whether the letters of an acronym begin words of a name in order; None where it is no plain acronym."""
    if not (acronym.isalpha() and acronym.isupper() and 3 <= len(acronym) <= 6):
        return None
    initials = iter(word[0] for word in words(name))
    return all(letter in initials for letter in acronym.casefold())
