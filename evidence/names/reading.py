"""Names as printed: one name, and lists in every usual order and separation.

What is certain (initials, "et al.", semicolons, a suffix) decides before what is likely (a family
name of one word followed by something that can be given names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from evidence.model import Name
from evidence.names.words import AGENCIES, CONNECTORS, DEGREES, LOOSE, ORGANISATIONS, PARTICLES, SUFFIXES

#: Particles that begin family names, in capitals too.
_FRONTS = (
    *("van", "von", "de", "del", "della", "den", "der", "di", "da", "do", "dos", "du", "la", "le", "los"),
    *("las", "al", "el", "abou", "abu", "abd", "ben", "bin", "ibn", "ter", "ten", "mac", "st", "san"),
    *("santa", "zur", "zum"),
)

#: Longest author list that is read, in characters; the longest printed ones have some thousand names.
LONGEST = 200_000

_PATTERNS = {
    "brand": r"(?:[A-Z][a-z]+){2,9}$|[A-Z][a-z]*[A-Z]{2,9}$|[A-Z]{3,9}$|e[A-Z][a-z]+"
    r"|\S{1,60}\.(?:com|org|gov|net|edu|info|io|co\.uk|eu|int)$",
    "patronymic": r"(?:Mc|Mac|De|Di|La|Le|Du|Van|Von|Der|Del|Da|Des|Dos|O|D|L|Fitz|St|San|Ben|El|Al|Ter|Ten)"
    r"(?:der|den)?[A-Z][a-z]",
    "initials": r"(?:[^\W\d_]\.?[-‐‑–]?){1,5}$",
    "more": r"[\s,;&(\[]{0,4}(?:\band\s)?\s?(?:\bet\.?\s?al(?![^\W\d_])\.?|\band\s+others\b|\bothers$"
    r"|\band\s+colleagues\b|\bu\.\s?a\.|\by\s+cols?\b\.?|\be\s+cols?\b\.?|…|\.\s?\.\s?\.)[\s,.;:)\]]{0,6}",
    # one of these stands in every match of "more", and of "group": most lists have neither
    "open": r"et\.?\s?al|others|and\scolleagues|u\.\s?a\.|[ye]\scol|…|\.\s?\.\s?\.",
    "group": r"[\s,;:(]{0,3}\b(?:on behalf of|representing|for)\s(?:the\s)?(?=[A-Z])",
    "joint": r"\s(?:and|und|et|y)\s|\s?&\s?",
    "leading": r"(?:and|&|und|et|y|with)\s|&",
    "company": r"\b(?:Inc|Ltd|Co|Corp)\.$",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[name], re.IGNORECASE if name in ("more", "leading") else 0)


#: One of these stands in every match of "joint".
_JOINTS = ("&", " and ", " und ", " et ", " y ")


def is_initials(word: str) -> bool:
    """Tell whether a word is initials as printed: KA, K.A., J.-P., Yu.; at most four capitals."""
    return len(word) < 16 and _is_initials(word)


@lru_cache(maxsize=4096)
def _is_initials(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    if not letters or len(letters) > 4 or not _pattern("initials").match(word):
        return False
    if all(c.isupper() for c in letters):
        return True
    # two letters for one sound stand for one initial: Yu., Th., Ch.
    return len(letters) == 2 and word.endswith(".") and letters[0].isupper()


def _is_particle(word: str) -> bool:
    return word[:1] in "'’" or (word[:1].islower() and word in PARTICLES)


#: What a suffix begins with.
_SUFFIXED = frozenset(letter for suffix in SUFFIXES for letter in suffix[0].upper())


def _suffix(word: str) -> str:
    """Return a generational suffix in its normal form, or ""."""
    return SUFFIXES.get(word.rstrip(".,").casefold(), "") if word[:1] in _SUFFIXED else ""


def _is_degree(word: str) -> bool:
    bare = word.replace(".", "")
    # "MA" and "M.A.", not "Ma", who is a person
    return bare.casefold() in DEGREES and bare != bare.lower() and (len(bare) > 2 or bare != bare.title())


def _tidy(text: str) -> str:
    """Make white space single and take off separators and marks of the printed list."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split()).strip(" ,;:&/*†‡§¶")


def is_organisation(text: str) -> bool:
    """Tell whether a stretch of a list names an organisation rather than a person."""
    # one stretch is asked for several times while a list is read
    return _is_organisation(text) if len(text) < 100 else _is_organisation.__wrapped__(text)


@lru_cache(maxsize=4096)
def _is_organisation(text: str) -> bool:
    words = text.replace(",", " ").split()
    if not words:
        return False
    if len(words) == 1:
        word = words[0].strip("()").rstrip(".")
        if word.casefold() in AGENCIES:
            return True
        if word.isupper() and len(word) > 5:  # SMITHSON, not an abbreviation such as NICE or CDC
            return False
        return bool(_pattern("brand").match(word)) and not _pattern("patronymic").match(word)
    if len(words) <= 4 and is_initials(words[-1]):
        return False  # "Press AB": a family name with initials behind it
    bare = [w.strip(".,()'’\"").casefold() for w in words]
    strong = not ORGANISATIONS.isdisjoint(bare)
    small = sum(1 for w, b in zip(words, bare, strict=True) if w[:1].islower() and b not in CONNECTORS)
    if small and not (strong and bare[0] in ORGANISATIONS and small < len(words) - 1):
        return False  # a sentence that speaks of a hospital
    if strong:
        initial = (
            is_initials(words[0]) and words[0].endswith(".") and words[0] not in ("U.S.", "U.K.", "U.N.")
        )
        return not (initial and len(words) <= 4)
    if bare[-1] in LOOSE:
        return len(words) <= 4 or bare[0] == "the"
    if bare[0] == "the" or any(w in ("of", "for", "on", "against") for w in bare[1:-1]):
        return 2 < len(words) <= 9
    return bool(_pattern("brand").match(words[-1].rstrip("."))) and "." in words[-1].rstrip(".")


def read_one(text: str) -> Name:
    """Read one printed name of a person or an organisation.

    Forms: "Pettine KA", "Smith, John A., Jr.", "J. A. Smith", "van der Berg AB", "WHO"; a name in
    braces is an organisation. Without anything to go by the last word is the family name.
    """
    text = _tidy(text[:LONGEST])
    if text.startswith("{") and text.endswith("}"):
        return Name(literal=text[1:-1].strip())
    if not any(c.isalpha() for c in text):
        return Name()
    if is_organisation(text):
        return _organisation(text)
    if "," not in text:
        return _read_words(text, "")
    parts = [p.strip() for p in text.split(",") if p.strip()]
    parts = [p for i, p in enumerate(parts) if not (i and (i > 1 or " " in parts[0]) and _is_degree(p))]
    suffix = next((_suffix(p) for p in parts[1:] if _suffix(p)), "")
    parts = [p for i, p in enumerate(parts) if not (i and _suffix(p))]
    if len(parts) == 1:
        return _read_words(parts[0], suffix)
    return _read_inverted(parts[0], parts[1], suffix)


def _organisation(text: str) -> Name:
    return Name(literal=text if _pattern("company").search(text) else text.rstrip(". "))


def _read_inverted(family: str, given: str, suffix: str) -> Name:
    """Read "Berg, Anna B. van der, Jr" once its commas are gone."""
    words = given.split()
    if len(words) > 1 and _suffix(words[-1]) and not suffix:
        suffix = _suffix(words.pop())
    particle: list[str] = []
    while len(words) > 1 and _is_particle(words[-1]):
        particle.insert(0, words.pop())
    return _person(family.split(), _given(" ".join(words)), suffix, " ".join(particle))


def _given(text: str) -> str:
    """Return given names as written, without a list's full stop behind undotted initials or a word."""
    text = text.strip(" ,;")
    bare = text.rstrip(".")
    last = bare.split()[-1] if bare.split() else ""
    if text != bare and len(last) > 1 and "." not in bare and not (len(last) == 2 and last[1].islower()):
        return bare
    return text


def _person(family: list[str], given: str, suffix: str, particle: str = "") -> Name:
    """Make a name; lower-case particles before the family name are told apart."""
    words = list(family)
    if len(words) > 1 and _suffix(words[-1]) and not suffix:
        suffix = _suffix(words.pop())
    front: list[str] = []
    while len(words) > 1 and _is_particle(words[0]):
        front.append(words.pop(0))
    joined = " ".join(filter(None, [particle, *front]))
    return Name(family=" ".join(words).rstrip("."), given=given, particle=joined, suffix=suffix)


def _read_words(text: str, suffix: str) -> Name:
    """Read a name without commas: initials first, initials last, or given names in full first."""
    words = text.split()
    while len(words) > 2 and _is_degree(words[-1]) and (not is_initials(words[-1]) or is_initials(words[-2])):
        words.pop()
    if len(words) > 1 and _suffix(words[-1]) and (len(words) > 2 or words[-1].upper() not in ("JR", "SR")):
        suffix = suffix or _suffix(words.pop())
    elif len(words) == 2 and words[-1].rstrip(".") in ("Jr", "Sr"):
        suffix = _suffix(words.pop())  # "Anema JR" has initials
    if len(words) == 1:
        return Name(family=words[0].rstrip("."), suffix=suffix)
    tail = len(words)
    while tail > 1 and is_initials(words[tail - 1]):
        tail -= 1
    head = 0
    while head < len(words) - 1 and is_initials(words[head]):
        head += 1
    if tail < len(words) and not (head and ("." in words[0] or head > len(words) - tail)):
        return _person(words[:tail], _given(" ".join(words[tail:])), suffix)
    start = len(words) - 1
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    if start == 1 and _is_particle(words[0]):  # "van Berg": no given name at all
        start = 0
    return _person(words[start:], " ".join(words[:start]), suffix)


def read_list(text: str) -> tuple[tuple[Name, ...], bool]:
    """Read a printed list of authors; the second value says whether it goes on ("et al.").

    Separators are `;` `,` `&` and "and", "und", "et", "y"; family and given names in any order.
    """
    text = " ".join(text[:LONGEST].split())
    text, more = _without_more(text)
    text, literal = _without_group(text)
    segments = [s.strip() for s in text.split(";")]
    if segments and len(segments[-1]) > 2 and _ends_list(text):
        segments[-1] = segments[-1].rstrip(".")
    names = [name for segment in segments for name in _read_segment(segment)]
    if literal:
        names.append(Name(literal=literal))
    return tuple(n for n in names if any(c.isalpha() for c in n.family or n.literal)), more


def _without_more(text: str) -> tuple[str, bool]:
    """Cut "et al.", "and others" or "…" out of a list; a name behind the dots is kept."""
    cut = _pattern("more").search(text) if _pattern("open").search(text.lower()) else None
    if not cut:
        return text, False
    rest = text[cut.end() :].lstrip("& ")
    if rest and "al" not in cut.group().lower() and not rest[:1].isupper():
        return text, False
    return (f"{text[: cut.start()]}; {rest}" if rest else text[: cut.start()]), True


def _without_group(text: str) -> tuple[str, str]:
    """Cut "for the XYZ Study Group" off the end of a list of people."""
    told = "for " in text or "behalf of" in text or "representing" in text
    group = _pattern("group").search(text) if told else None
    if not group or not group.start():
        return text, ""
    before = text[: group.start()]
    certain = "behalf" in group.group() or group.group()[0] in ",;:("
    if not certain and not is_initials(before.split()[-1]):
        return text, ""
    return before, _tidy(text[group.end() :]).rstrip(".)")


def _ends_list(text: str) -> bool:
    """Whether the last full stop ends the list and no initial: no other initial here has one."""
    if not text.endswith("."):
        return False
    words = text.split()
    if words[-1].count(".") > 1 or (len(words) > 1 and words[-2].endswith(",")):
        return False
    others = [w.rstrip(",;") for w in words[:-1]]
    if any(w.endswith(".") for w in others):
        return False
    return "," not in text or any(is_initials(w) for w in others)


def _read_segment(text: str) -> Iterator[Name]:
    """Read a list that is separated by commas and joints only."""
    if text.startswith("{") and text.rstrip(". ").endswith("}"):
        yield read_one(text.rstrip(". "))
        return
    pieces = _pieces(text)
    if len(pieces) == 2 and _one_agency(pieces[0][0], pieces[1][0]):
        yield Name(literal=text.strip(" ,").rstrip("."))
        return
    family_only = _are_families(pieces)
    at = 0
    while at < len(pieces):
        parts = [pieces[at][0]]
        at += 1
        if _suffix(parts[0]) or _is_degree(parts[0]):
            named = at < len(pieces) and parts[0].isalpha() and _is_pair(parts[0], *pieces[at])
            if not (named and "." in pieces[at][0]):
                continue
        if at + 1 < len(pieces) and _suffix(pieces[at][0]) and _is_pair(parts[0], *pieces[at + 1]):
            parts += [pieces[at + 1][0], pieces[at][0]]  # BibTeX's order: Smith, Jr., John
            at += 2
        elif at < len(pieces) and not family_only and _is_pair(parts[0], *pieces[at]):
            parts.append(pieces[at][0])
            at += 1
        if at < len(pieces) and _suffix(pieces[at][0]):
            parts.append(pieces[at][0])
            at += 1
        yield read_one(", ".join(parts))


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Split at commas, then at joints, keeping an organisation whole; True: after a joint."""
    result: list[tuple[str, bool]] = []
    for part in text.split(","):
        part = part.strip()
        part = part if part.startswith("&") else part.strip(" :&")
        led = _pattern("leading").match(part)
        bare = part[led.end() :] if led else part
        joined = led is not None
        if not any(word in bare for word in _JOINTS):
            result += [(bare.strip(), joined)] if bare.strip() else []
            continue
        sides = [side.strip() for side in _pattern("joint").split(bare) if side.strip()]
        if len(sides) > 1 and is_organisation(bare) and not _all_people(sides):
            sides = [bare]
        result.extend((side, joined if n == 0 else True) for n, side in enumerate(sides))
    return result


def _all_people(sides: list[str]) -> bool:
    """Whether "A B and C D" is people although a word in it could belong to an organisation."""
    return not any(is_organisation(side) for side in sides) and all(" " in side for side in sides)


def _one_agency(first: str, second: str) -> bool:
    """Whether "HealthDay, WMDNfrom" is the name of one agency with a scrap behind it."""
    if " " in first or " " in second or first.isupper() or not is_organisation(first):
        return False
    return not is_initials(second) and not is_organisation(second.rstrip("."))


def _is_pair(family: str, given: str, joined: bool) -> bool:
    """Whether two pieces are one person: "Smith" and "J. A.", "García Lopez" and "J."."""
    if joined or _suffix(given):
        return False
    words = [w for w in family.split() if not _is_particle(w)]
    tokens = given.split()
    while len(tokens) > 1 and (_suffix(tokens[-1]) or _is_particle(tokens[-1])):
        tokens.pop()
    only_initials = all(is_initials(w) for w in tokens)
    if len(words) == 1 and words[0].isupper() and only_initials:  # LEE, J.
        return "." in given or len(words[0]) > 2
    if not words or len(tokens) > 4 or is_organisation(family) or is_initials(words[-1]):
        return False
    while len(words) > 1 and words[0].casefold() in _FRONTS:
        words.pop(0)  # "Van Haelst, Mieke", "Al Thani, Hassan"
    if len(words) > 1:
        return only_initials and len(words) <= 4 and not is_initials(words[0])
    if only_initials:
        return True
    if is_organisation(given) or not tokens[0][:1].isupper() or is_initials(tokens[0]):
        # "J. Robert" is given names; "J. Smith" after a family name of one word is them as well
        return is_initials(tokens[0]) and len(tokens) == 2 and tokens[0].endswith(".")
    if is_initials(tokens[-1]):  # "John A." is given names, "Jones B" is the next person
        return "." in tokens[-1]
    return len(tokens) <= 3


def _are_families(pieces: list[tuple[str, bool]]) -> bool:
    """Whether a list gives family names only ("Smith, Jones and Brown")."""
    if len(pieces) < 3 or any(" " in piece or is_initials(piece) for piece, _ in pieces):
        return False
    return pieces[-1][1] and not any(joined for _, joined in pieces[:-1])
