"""Authors compared: the first, the others in their order, who is missing and who was added.

"et al." is no difference, nor is a collective ("for the X Study Group") on one side only. Registries
miss authors, swap family and given names and garble accents; none of that accuses anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evidence import names
from evidence.matching.languages import same_script
from evidence.matching.misread import are_words_of
from evidence.matching.wording import is_slip
from evidence.model import Difference, Name, Severity, Work

#: Authors of each side that are compared; the longest registered lists have some thousand names.
MOST = 500

#: Longest reference whose text is looked into, in characters.
LONGEST = 20_000

#: Crossref's older deposits often hold the first author only: before this year a lone registered
#: author says nothing about the others.
WHOLE_LISTS_SINCE = 2000


@dataclass(frozen=True, slots=True)
class PeopleCheck:
    """How the authors stand to the registered ones.

    `first` and `state` are `agrees`, `differs` or `absent`, for the first author and for all;
    `shared` is the share of the written names that are registered.
    """

    first: str = "absent"
    state: str = "absent"
    shared: float = 0.0
    differences: tuple[Difference, ...] = ()


def check(written: Work, registered: Work, text: str = "") -> PeopleCheck:
    """Compare the authors of two works; editors stand in for the authors of a book.

    `text` is the reference as it was written: an author who stands there is not left out, and a
    first author with whom it begins is not another one, however the list was read.
    """
    book = "book" in (written.type, registered.type)
    ours, theirs = _people(written, book), _people(registered, book)
    if not ours or not theirs:
        return PeopleCheck()
    persons, registered_persons = _persons(ours), _persons(theirs)
    if not persons or not registered_persons:
        return _organisations(ours, theirs, bool(persons) or bool(registered_persons))
    if not same_script(persons[0].family, registered_persons[0].family):
        return PeopleCheck()
    found = _compare(persons, registered_persons, written, registered, f" {names.fold(text[:LONGEST])} ")
    if found.first == "differs" and begins_with(text, registered_persons[0]):
        return PeopleCheck("agrees", "agrees", found.shared)
    if found.first == "differs" and text and are_words_of(written.authors, registered):
        return PeopleCheck()
    return found


#: Initials in front of a family name, and the marker of a list before them: "[3] J.-P. ", "(1) M. A. ".
_FRONT = re.compile(r"[\W\d]{0,12}(?:[^\W\d_]\.[\s\-‐]{0,2}){0,5}")


def begins_with(text: str, person: Name) -> bool:
    """Whether a reference begins with a person's family name, a list marker and initials aside."""
    family = names.fold(person.family)
    start = _FRONT.match(text)
    return len(family) > 2 and names.fold(text[start.end() if start else 0 :][:120]).startswith(f"{family} ")


def _people(work: Work, book: bool) -> list[Name]:
    people = work.authors or (work.editors if book else ())
    return [n for n in people[:MOST] if names.fold(n.family or n.literal)]


def same_first(written: Work, registered: Work) -> bool | None:
    """Tell whether the first authors can be one person; None where that cannot be compared."""
    ours, theirs = (
        _persons(written.authors or written.editors),
        _persons(registered.authors or registered.editors),
    )
    if not ours or not theirs:
        if any(_same_organisation(a, b) for a in written.authors for b in registered.authors):
            return True
        return None
    if not same_script(ours[0].family, theirs[0].family):
        return None
    return _same(ours[0], theirs[0]) or _nearly(ours[0], theirs[0])


def same_all(written: Work, registered: Work) -> bool:
    """Whether two authors at least are written, and each can be the one registered in that place."""
    ours, theirs = _persons(written.authors[:20]), _persons(registered.authors[:20])
    return 1 < len(ours) <= len(theirs) and all(_same(a, b) for a, b in zip(ours, theirs, strict=False))


def share(written: Work, registered: Work) -> bool:
    """Whether any author is in both lists."""
    theirs = _persons(registered.authors[:MOST])
    return any(_same(name, other) for name in _persons(written.authors[:20]) for other in theirs)


def _persons(people: Sequence[Name]) -> list[Name]:
    return [_mended(n) for n in people if names.fold(n.family)]


def _organisations(ours: Sequence[Name], theirs: Sequence[Name], mixed: bool) -> PeopleCheck:
    """Compare where one side at least names organisations only; with persons they do not compare."""
    if any(_same_organisation(a, b) for a in ours for b in theirs):
        return PeopleCheck("agrees", "agrees", 1.0)
    if mixed or len(ours) != len(theirs):
        return PeopleCheck()
    words = [set(names.fold(n.literal).split()) for n in (ours[0], theirs[0])]
    acronyms = {names.fold(n.literal).replace(" ", "") for n in (ours[0], theirs[0])}
    initials = {"".join(w[0] for w in names.fold(n.literal).split()) for n in (ours[0], theirs[0])}
    if words[0] & words[1] or acronyms & initials or min(map(len, acronyms)) <= 6:
        return PeopleCheck()
    difference = Difference("author", ours[0].literal, theirs[0].literal, "warning", "another organisation")
    return PeopleCheck("differs", "differs", 0.0, (difference,))


def _same_organisation(a: Name, b: Name) -> bool:
    return bool(a.literal and b.literal) and (
        names.same_family(a, b) or set(names.fold(a.literal).split()) == set(names.fold(b.literal).split())
    )


_LOST_HYPHEN = re.compile("Ã(?=[a-z])")


@lru_cache(maxsize=8_192)
def _mended(name: Name) -> Name:
    """Return a name with UTF-8 that was read as Latin-1 or as code page 1252 put right ("GarcÃ­a")."""
    if not any(c in name.family + name.given for c in "ÃÂÅÄ"):
        return name
    parts = []
    for part in (name.family, name.given):
        part = _LOST_HYPHEN.sub("Ã\u00ad", part)  # the second half of "í" is a soft hyphen, which gets lost
        for encoding in ("cp1252", "latin-1"):
            try:
                part = part.encode(encoding).decode("utf-8")
                break
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
        parts.append(part)
    return Name(parts[0], parts[1], name.particle, name.suffix, name.literal)


@lru_cache(maxsize=65_536)
def _same(a: Name, b: Name) -> bool:
    """Whether two persons can be one by their family names; a lost letter (U+FFFD, "?") fits any."""
    if names.same_family(a, b) or (a.family and names.fold(a.family) == names.fold(b.family)):
        return True
    for one, other in ((a, b), (b, a)):
        if "\ufffd" in one.family or "?" in one.family:
            known = [part for part in one.family.replace("?", "\ufffd").split("\ufffd") if part]
            if known and len(one.family) - len(other.family) in (-1, 0, 1, 2):
                return other.family.startswith(known[0]) and other.family.endswith(known[-1])
    return _all_words(a) == _all_words(b)


def _all_words(name: Name) -> tuple[str, ...]:
    """Return all words of a name in order of the alphabet: family and given may be swapped."""
    return tuple(sorted(names.fold(f"{name.given} {name.particle} {name.family}").split()))


def _nearly(a: Name, b: Name) -> bool:
    """Whether two family names differ as a typing error does."""
    one, two = ("".join(names.fold(n.family).split()) for n in (a, b))
    if min(len(one), len(two)) == 5 and one[0] == two[0] and not _clash(a, b):
        return is_slip(one + "xx", two + "xx")
    return is_slip(one + "x", two + "x") and not _clash(a, b)


def _clash(a: Name, b: Name) -> bool:
    """Whether the first initials are known and differ, in whatever order they stand."""
    if names.fold(a.family) == names.fold(b.given) or names.fold(a.given) == names.fold(b.family):
        return False  # family and given names are swapped
    one, two = (names.fold(names.initials(n.given)).replace(" ", "") for n in (a, b))
    return bool(one and two) and one[0] not in two and two[0] not in one


def _compare(
    ours: Sequence[Name], theirs: Sequence[Name], written: Work, registered: Work, text: str
) -> PeopleCheck:
    first = _same(ours[0], theirs[0])
    pairs = _pair(ours, theirs)
    shared = len(pairs) / len(ours)
    found: list[Difference] = []
    if not first:
        found.append(_first_difference(ours, theirs, pairs))
    elif _clash(ours[0], theirs[0]):
        found.append(_difference(ours[0], theirs[0], "warning", "other initials"))
    first_agrees = first or found[0].weight == "note"
    more = written.more_authors or any(
        n.literal and "al" in n.literal.casefold().split() for n in written.authors
    )
    whole = {names.fold(n.literal) for n in written.authors if n.literal}
    standing = frozenset(
        j
        for j, n in enumerate(theirs)
        if (len(text) > 2 and f" {names.fold(n.family)} " in text)
        or names.fold(f"{n.given} {n.particle} {n.family}") in whole  # a person's name kept whole in braces
    )
    if text.strip():
        # a name of which all words are somebody's here was cut out of a list in the wrong place
        held = [*theirs, *(n for n in registered.authors[:MOST] if n.literal)]
        misread = [
            i for i, name in enumerate(ours)
            if i not in pairs and i and (_is_of(name, held) or _is_of_place(name, held, registered))
        ]  # fmt: skip
        if misread:
            ours = [name for i, name in enumerate(ours) if i not in misread]
            pairs = _pair(ours, theirs)
        pairs_read = frozenset(i for i, j in pairs.items() if _is_of(ours[i], [theirs[j]]))
        if 0 in pairs_read:
            found = [d for d in found if d.detail != "other initials"]
    others = _other_differences(ours, theirs, pairs, more, first_agrees, standing)
    if others:
        weight: Severity = "warning"
        if len(theirs) == 1 and first_agrees and (registered.year or 0) < WHOLE_LISTS_SINCE:
            weight = "note"
        found.append(Difference("author", _list(ours), _list(theirs), weight, "; ".join(others[:3])))
    serious = any(d.weight != "note" for d in found)
    return PeopleCheck(
        "agrees" if first_agrees else "differs", "differs" if serious else "agrees", shared, tuple(found)
    )


def _is_of(name: Name, people: Sequence[Name]) -> bool:
    """Whether all words of a name are words, or initials, of the names of these people."""
    held: set[str] = set()
    for other in people:
        held.update(names.fold(f"{other.given} {other.particle} {other.family} {other.literal}").split())
        short = names.fold(names.initials(other.given or other.literal)).replace(" ", "")
        held |= {short, *short}
    said = names.fold(f"{name.given} {name.particle} {name.family}").split()
    return bool(said) and all(word in held for word in said)


def _is_of_place(name: Name, people: Sequence[Name], registered: Work) -> bool:
    """Whether all words of a name are of the registered title or journal, initials of these or the people's.

    "Acta Horticulturae" was read as an author "Horticulturae A", "J. Hill, Vibration-based …" as one too.
    """
    place = names.fold(f"{registered.title} {registered.container}").split()
    initials = {word[0] for word in names.fold(registered.container).split()}
    said = names.fold(f"{name.given} {name.particle} {name.family} {name.literal}").split()
    own = [word for word in said if len(word) > 3 and word in place]
    rest = [word for word in said if word not in place and word not in initials]
    return bool(own) and (not rest or _is_of(Name(" ".join(rest)), people))


def _pair(ours: Sequence[Name], theirs: Sequence[Name]) -> dict[int, int]:
    """Return for each written author the place in the registered list, each place once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for i, name in enumerate(ours):  # the same place first, so that two Wangs stay in order
        if i < len(theirs) and _same(name, theirs[i]) and not _clash(name, theirs[i]):
            pairs[i] = i
            taken.add(i)
    for i, name in enumerate(ours):
        if i in pairs:
            continue
        free = [j for j in range(len(theirs)) if j not in taken]
        near = [j for j in free if _same(name, theirs[j])]
        best = next((j for j in near if not _clash(name, theirs[j])), near[0] if near else None)
        if best is None:
            best = next((j for j in free if j == i and _nearly(name, theirs[j])), None)
        if best is not None:
            pairs[i] = best
            taken.add(best)
    return pairs


def _first_difference(ours: Sequence[Name], theirs: Sequence[Name], pairs: dict[int, int]) -> Difference:
    place = pairs.get(0)
    if place == 0:
        return _difference(ours[0], theirs[0], "note", "a letter of the first author's name")
    detail = f"registered as author {place + 1}" if place is not None else "another first author"
    return _difference(ours[0], theirs[0], "error", detail)


def _difference(a: Name, b: Name, weight: Severity, detail: str) -> Difference:
    return Difference("author", names.show(a), names.show(b), weight, detail)


def _other_differences(
    ours: Sequence[Name],
    theirs: Sequence[Name],
    pairs: dict[int, int],
    more: bool,
    first_agrees: bool,
    standing: frozenset[int],
) -> list[str]:
    """Say what is wrong with the authors after the first: added, other initials, order, left out."""
    said: list[str] = []
    missing = [j for j in range(len(theirs)) if j not in pairs.values()]
    for i, name in enumerate(ours):
        if i == 0:
            continue
        if i not in pairs:
            instead = f" for {names.show(theirs[i])}" if i in missing else ""
            if instead:
                missing.remove(i)
            said.append(f"author {i + 1} {names.show(name)}{instead} is not registered")
        elif _clash(name, theirs[pairs[i]]):
            said.append(f"author {i + 1} {names.show(name)} is registered as {names.show(theirs[pairs[i]])}")
    order = [pairs[i] for i in sorted(pairs) if i > 0 or first_agrees]
    if order != sorted(order):
        said.append("the order of the authors differs")
    if not more:
        if not first_agrees and 0 in missing:
            missing.remove(0)
        missing = [j for j in missing if j not in standing]
        if missing:
            who = ", ".join(names.show(theirs[j]) for j in missing[:3])
            said.append(f"{who}{' and others' if len(missing) > 3 else ''} left out")
    return said


def _list(people: Sequence[Name]) -> str:
    """Return a short list of authors for a message."""
    shown = [names.show(n) for n in people[:4]]
    return ", ".join(shown) + (f" and {len(people) - 4} more" if len(people) > 4 else "")
