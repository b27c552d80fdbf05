"""Journal titles: full, short, ISO 4 and NLM forms of one another.

Two titles are compared word by word: each word of one has to be, or to abbreviate, the word of the
other in its place, articles and prepositions aside. That needs no list of all journals; what does
not follow the rule (renamed journals, acronyms that are no initials) stands in a small table.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

#: Longest title that is compared, in characters; the longest registered journal title has about 300.
LONGEST = 600


def _set_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that abbreviations leave out: ISO 4:1997, 4.5 (articles, conjunctions, prepositions).
_SMALL = _set_of(
    """
    the a an of and in for on to at by with from de la le les el los las del des du der die das den
    dem und et y e i di da do dos della delle degli dei van voor och og für fur zur zum l d au aux
    sur ed
    """
)

#: Words of a series that say nothing by themselves: "American volume", "Part A", "Section B".
_PARTS = _set_of("volume vol edition ed series ser section sect part pt serie supplement suppl supplementum")

#: Words by which a tail behind a colon is known to be a description, not part of the name (NLM style).
_DESCRIBES = _set_of(
    """
    official publication journal international organ society association academy college federation
    proceedings incorporating including devoted published sponsored quarterly monthly bulletin
    offizielles organe revue research reviews multidisciplinary interdisciplinary
    """
)

#: Journals under several names: renamed, or with an abbreviation that is no abbreviation of the words.
#: Each line is one journal; NLM Catalog and ISSN Portal.
_ALIASES = """
bmj|british medical journal|br med j|bmj clinical research ed|br med j clin res ed|the bmj
pnas|proceedings of the national academy of sciences of the united states of america|proceedings of the national academy of sciences|proc natl acad sci usa|proc natl acad sci u s a|proc natl acad sci|proc nat acad sci usa
jama|journal of the american medical association|j am med assoc|jama the journal of the american medical association
cmaj|canadian medical association journal|can med assoc j
bju international|bju int|british journal of urology|br j urol
nejm|new england journal of medicine|n engl j med|new engl j med
jbjs|journal of bone and joint surgery|j bone joint surg|jbjs am|journal of bone and joint surgery american volume|j bone joint surg am
bone and joint journal|bone joint j|journal of bone and joint surgery british volume|j bone joint surg br
journal of clinical investigation|jci|j clin invest
jnci|journal of the national cancer institute|j natl cancer inst
mmwr|morbidity and mortality weekly report|mmwr morb mortal wkly rep|mmwr morbidity and mortality weekly report
arthritis and rheumatism|arthritis rheum|arthritis and rheumatology|arthritis rheumatol
archives of dermatology|arch dermatol|jama dermatology|jama dermatol
archives of internal medicine|arch intern med|jama internal medicine|jama intern med
archives of surgery|arch surg|jama surgery|jama surg
archives of general psychiatry|arch gen psychiatry|jama psychiatry
archives of neurology|arch neurol|jama neurology|jama neurol
archives of ophthalmology|arch ophthalmol|jama ophthalmology|jama ophthalmol
archives of pediatrics and adolescent medicine|arch pediatr adolesc med|jama pediatrics|jama pediatr|american journal of diseases of children|am j dis child
archives of otolaryngology head and neck surgery|arch otolaryngol head neck surg|jama otolaryngology head and neck surgery|jama otolaryngol head neck surg
hoppe seylers zeitschrift fur physiologische chemie|hoppe seylers z physiol chem|biological chemistry hoppe seyler
faseb journal|faseb j|federation proceedings|fed proc
embo journal|embo j|the embo journal
plos one|plos 1|public library of science one
cochrane database of systematic reviews|cochrane database syst rev|cochrane library
health technology assessment|health technol assess|health technology assessment winchester england
deutsches arzteblatt international|dtsch arztebl int|deutsches arzteblatt|dtsch arztebl
zhonghua yi xue za zhi|national medical journal of china
american review of respiratory disease|am rev respir dis|american journal of respiratory and critical care medicine|am j respir crit care med
acta orthopaedica scandinavica|acta orthop scand|acta orthopaedica|acta orthop
advances in neural information processing systems|neurips|nips|conference on neural information processing systems
"""  # noqa: E501

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_PARENTHESIS = re.compile(r"[(\[][^()\[\]]{0,120}[)\]]")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,6}")
_ELISION = re.compile(r"(?<![^\W_])(?:l|d|dell|nell|all|sull)['’]", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_WORD = re.compile(r"[^\W_]+")

#: Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    {"ø": "o", "ß": "ss", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def _fold(text: str) -> str:
    """Return `text` without markup, accents and case, American spelling, "&" as "and"."""
    text = _TAG.sub("", _unescape(_unescape(text[:LONGEST])))
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _ELISION.sub("", _join_initials(text))
    text = _APOSTROPHE.sub("", text.replace("&", " and ").replace("\\", "").replace("\ufffd", ""))
    return text.replace("ae", "e").replace("oe", "e")


def _join_initials(text: str) -> str:
    """Return `text` with "U.S.A." as "USA"."""
    return _INITIALS.sub(lambda found: found.group().replace(".", "") + " ", text)


def _split(folded: str) -> tuple[str, ...]:
    """Return the words that count; a single letter may be an initial (N Y) or a section (Part A)."""
    words = _WORD.findall(folded)
    kept = [w for i, w in enumerate(words) if w not in _SMALL or (len(w) == 1 and i > 0)]
    return tuple(kept or words)


@lru_cache(maxsize=4_096)
def _forms(title: str) -> tuple[tuple[str, ...], ...]:
    """Return the forms under which a title may be compared: whole first, then without its tails."""
    folded = _fold(title)
    texts = [folded]
    bare = _PARENTHESIS.sub(" ", folded)
    if _WORD.search(bare):
        texts.insert(0, bare)
    forms: dict[tuple[str, ...], None] = {}
    for text in texts:
        words = _split(text)
        forms[words] = None
        for piece in _pieces(text):
            forms[piece] = None
        if len(words) > 3 and _is_acronym(words[0], words[1:]):
            forms[words[1:]] = None  # "AJR. American journal of roentgenology"
            forms[words[:1]] = None
    return tuple(form for form in forms if form)


def _pieces(text: str) -> list[tuple[str, ...]]:
    """Return a title without a describing tail, and each of two parallel titles."""
    result: list[tuple[str, ...]] = []
    for mark in (" = ", "/"):
        if mark in text:
            result += [words for part in text.split(mark) if len(words := _split(part)) > 1]
    for mark in (":", " - ", " – ", " — ", ";"):
        head, found, tail = text.partition(mark)
        words = _split(head)
        if not found or not words:
            continue
        after = _WORD.findall(tail)
        describes = any(w in _DESCRIBES for w in after) or after[:1] in (["the"], ["an"], ["a"])
        if describes or len(words[-1]) == 1 or mark in (" - ", " – ", " — "):
            result.append(words)
            if len(words) == 1 and _is_acronym(words[0], tuple(w for w in after if w not in _SMALL)):
                result.append(_split(tail))
    return result


def _is_acronym(short: str, words: tuple[str, ...]) -> bool:
    """Whether `short` is the initials of `words` (three at least), a tail of place or part aside."""
    if not 3 <= len(short) <= 8 or len(words) < 3:
        return False
    letters = "".join(w[0] for w in words)
    return letters == short or (
        letters.startswith(short) and words[len(short)] in ("united", "american", "volume")
    )


@lru_cache(maxsize=65_536)
def _abbreviates(short: str, long: str) -> bool:
    """Whether one word is, or abbreviates, another: by truncation ("surg") or contraction ("natl").

    Truncation leaves at least two letters out and hardly ever ends in "e" (ISO 4, 4.2), so that
    "gene" is not short for "genetic".
    """
    if short == long:
        return True
    if not long.startswith(short[0]) or len(short) >= len(long):
        return False
    if long.startswith(short):
        return len(short) <= 2 or short[-1] != "e" or len(long) - len(short) >= 5
    if len(short) < 2 or len(short) > 0.75 * len(long) or short.isdigit():
        return False
    letters = iter(long)
    if not all(c in letters for c in short):
        return False
    # "intl", "assn", "wkly", "dtsch": keeps the end of the word, or most of its consonants
    return short[-1] == long[-1] or short[-1] in long[-3:] or len(short) >= 4


def _compatible(a: str, b: str) -> bool:
    return _abbreviates(a, b) if len(a) <= len(b) else _abbreviates(b, a)


def _tokens_match(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the words of two titles correspond in order with none left over.

    A word may also stand for two joined ones ("neurooncol", "neuro oncology") and an acronym for
    the initials of two to four ("ny", "new york").
    """
    reached = {(0, 0)}
    seen = set(reached)
    while reached:
        i, j = reached.pop()
        if i == len(a) and j == len(b):
            return True
        for step in _steps(a, b, i, j):
            if step not in seen:
                seen.add(step)
                reached.add(step)
    return False


def _may_be_skipped(words: tuple[str, ...], at: int) -> bool:
    """Whether a word says nothing there: "volume", or "y" and "e" between two words."""
    if not 0 < at < len(words):
        return False
    return words[at] in _PARTS or (words[at] in _SMALL and at + 1 < len(words))


def _steps(a: tuple[str, ...], b: tuple[str, ...], i: int, j: int) -> list[tuple[int, int]]:
    """Return where one correspondence of words leads from `(i, j)`."""
    steps = []
    if _may_be_skipped(a, i):
        steps.append((i + 1, j))
    if _may_be_skipped(b, j):
        steps.append((i, j + 1))
    if i >= len(a) or j >= len(b):
        return steps
    if _compatible(a[i], b[j]):
        steps.append((i + 1, j + 1))
    if j + 1 < len(b) and len(a[i]) > max(4, len(b[j])) and _compatible(a[i], b[j] + b[j + 1]):
        steps.append((i + 1, j + 2))
    if i + 1 < len(a) and len(b[j]) > max(4, len(a[i])) and _compatible(a[i] + a[i + 1], b[j]):
        steps.append((i + 2, j + 1))
    for n in (2, 3, 4):
        if len(a[i]) == n and a[i] == "".join(w[0] for w in b[j : j + n]):
            steps.append((i + 1, j + n))
        if len(b[j]) == n and b[j] == "".join(w[0] for w in a[i : i + n]):
            steps.append((i + n, j + 1))
    return steps


def _same_form(a: tuple[str, ...], b: tuple[str, ...], dotted: bool) -> bool:
    if a == b or "".join(a) == "".join(b):
        return True
    if len(a) == 1 or len(b) == 1:
        one, other = (a, b) if len(a) == 1 else (b, a)
        if len(other) == 1:
            # one-word titles are not abbreviated (ISO 4, 4.1), yet people do it; Gene is not Genes
            lengths = sorted((len(one[0]), len(other[0])))
            enough = lengths[0] >= (4 if dotted else 6) and lengths[1] - lengths[0] >= 2
            return enough and _compatible(one[0], other[0])
        return _is_acronym(one[0], other)
    return _tokens_match(a, b)


@cache
def _alias_groups() -> dict[str, int]:
    groups: dict[str, int] = {}
    for number, line in enumerate(_ALIASES.split("\n")):
        for name in line.split("|"):
            if name:
                groups[" ".join(_split(_fold(name)))] = number
    return groups


@lru_cache(maxsize=16_384)
def same(a: str, b: str) -> bool | None:
    """Tell whether two journal titles name one journal: full, short, ISO 4, NLM or known other name.

    None where they cannot be compared: one is empty or an acronym that may stand for the other, or
    one is the other plus what may be a section ("Journal of Physics: Condensed Matter").
    """
    ours, theirs = _forms(a), _forms(b)
    if not ours or not theirs:
        return None
    dotted = "." in a or "." in b
    for form in ours:
        if any(_same_form(form, other, dotted) for other in theirs):
            return True
    groups = _alias_groups()
    numbers = [
        {groups[name] for form in forms if (name := " ".join(form)) in groups} for forms in (ours, theirs)
    ]
    if numbers[0] & numbers[1]:
        return True
    if _with_section(a, theirs) or _with_section(b, ours):
        return None
    if _is_unread_acronym(a, theirs) or _is_unread_acronym(b, ours):
        return None
    return None if any(_begins_with(x, y) or _begins_with(y, x) for x in ours for y in theirs) else False


def _is_unread_acronym(title: str, others: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a title in capitals may abbreviate another in a way that is not known ("AJNR")."""
    acronym = title.strip(" .")
    if not (acronym.isalpha() and acronym.isupper() and 3 <= len(acronym) <= 6):
        return False
    letters = acronym.casefold()
    for other in others:
        left = iter("".join(other))
        if (
            len(other) > 1
            and other[0] != letters
            and other[0][0] == letters[0]
            and all(c in left for c in letters)
        ):
            return True
    return False


def _begins_with(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether a title is another one of four words or more, cut short (by a registry or a person)."""
    return len(long) > len(short) >= 4 and _tokens_match(long[: len(short)], short)


def _with_section(title: str, others: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a title is another one plus a section behind a colon, or plus "American volume"."""
    folded = _fold(title)
    head, colon, _ = folded.partition(":")
    words = _split(head) if colon else ()
    if len(words) < 2:
        return False
    return any(len(other) > 1 and _tokens_match(words, other) for other in others)


def _unescape(text: str) -> str:
    """Return text with its HTML entities read; their table is loaded only where there is one."""
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)
