"""Author and editor lists of BibTeX: "Last, First and von Last, Jr, First and {Organisation}".

Names without markup, or with accents only, are read here by the rules of `pybtex.database.Person` (a
test holds the two together); names with other braces or commands go through `Person` itself, which
is imported only then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evidence import names
from evidence.bibliography.tex import decode, escape
from evidence.model import Name

_JOINT = re.compile(r" [Aa][Nn][Dd] ")
_COMMA = re.compile(r",")
_ET_AL = re.compile(r"[\s,]{0,3}\bet\.?\s?al\.?$", re.IGNORECASE)

# accents as people write them; decoded first, they change nothing of where a name is split
_ACCENTED = re.compile(
    r"(?:[^\\{}]++"
    r"|\{\\['`^\"~=.](?:[A-Za-z]|\{\\?[A-Za-z]\}|\\[ij])\}|\{\\[cHkvur](?:\{[A-Za-z]\}| [A-Za-z])\}"
    r"|\\['`^\"~=.](?:[A-Za-z]|\\[ij](?![A-Za-z]))"
    r"|(?<=[A-Za-z])(?:\\['`^\"~=.]\{\\?[A-Za-z]\}|\\[cHkvur]\{[A-Za-z]\}|\{\\(?:[olLO]|ss|ae|oe|aa)\})"
    r")*+"
)

#: More commas than "von Last, Jr, First" has: the names were joined by commas instead of "and".
MOST_COMMAS = 2


def read_names(text: str) -> tuple[tuple[Name, ...], bool, str]:
    """Return the names of a field's text, whether it goes on ("and others"), and what is wrong.

    Never raises: a name with too many commas is read as a printed list, and said so.
    """
    result: list[Name] = []
    more, fault = False, ""
    text = " ".join(text.split()).removeprefix("and ").removesuffix(" and")
    for part in _split(text, _JOINT):
        part = part.strip()
        if len(part) == 6 and part.lower() == "others":
            more = True
            continue
        if part.endswith(("al", "al.")) and (cut := _ET_AL.search(part)):
            more, part = True, part[: cut.start()]
        if not part or part == "and":
            continue
        if part.count(",") > MOST_COMMAS and len(_split(part, _COMMA)) > MOST_COMMAS + 1:
            several, goes_on = names.read_list(decode(part))
            result.extend(several)
            more = more or goes_on
            fault = f"{decode(part)[:60]!r} has too many commas for one name: put ' and ' between names"
            continue
        name = _read_one(part)
        if name != Name():
            result.append(name)
    return tuple(result), more, fault


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split at a separator outside braces."""
    pieces = separator.split(text)
    if "{" not in text:
        return pieces
    parts: list[str] = []
    held: list[str] = []  # pieces of a part whose braces are still open, and the separators between
    depth = end = 0
    for piece in pieces:
        start = end
        end += len(piece)
        depth = max(0, depth + piece.count("{") - piece.count("}"))
        found = separator.match(text, end)
        if depth and found:
            held += [text[start : found.end()]]
        else:
            parts.append("".join([*held, piece]))
            held = []
        end = found.end() if found else end
    return parts


@lru_cache(maxsize=16_384)
def _read_one(text: str) -> Name:
    """Read one name as BibTeX does."""
    if text[0] == "{" and _closes_at_end(text):
        return Name(literal=decode(text))
    if "{" in text or "\\" in text:
        if not _ACCENTED.fullmatch(text):
            return _read_marked(text)
        text = decode(text)
    return _read_plain(text.replace("~", " "))


def _closes_at_end(text: str) -> bool:
    """Whether the brace that opens `text` closes with its last character."""
    depth = 0
    for found in re.finditer(r"[{}]", text):
        depth += 1 if found.group() == "{" else -1
        if not depth:
            return found.end() == len(text)
    return False


def _read_plain(text: str) -> Name:
    """Read a name without markup; the rules are those of BibTeX (`pybtex.database.Person`)."""
    parts = [part.split() for part in text.split(",")]
    if len(parts) == 1:
        words = parts[0]
        at = next((i for i, word in enumerate(words) if _is_particle(word)), max(0, len(words) - 1))
        particle, family = _von_last(words[at:])
        return _name(words[:at], particle, family, [])
    particle, family = _von_last(parts[0])
    suffix = parts[1] if len(parts) > 2 else []
    return _name(parts[-1], particle, family, suffix)


def _is_particle(word: str) -> bool:
    """Whether BibTeX takes a word for a "von": its first letter is lower case."""
    first = next((c for c in word if c.isalpha()), "")
    if word[0].isupper() or word[0].islower():
        first = word[0]
    return first.islower()


def _von_last(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split "von der Last Name" behind its last lower-case word; the last word is never a "von"."""
    at = next((i for i in range(len(words) - 1, 0, -1) if _is_particle(words[i - 1])), 0)
    return list(words[:at]), list(words[at:])


def _name(
    given: Sequence[str], particle: Sequence[str], family: Sequence[str], suffix: Sequence[str]
) -> Name:
    last, first = " ".join(family), " ".join(given)
    if not last:
        last, first = first, ""
    return Name(last, first, " ".join(particle), " ".join(suffix))


def _read_marked(text: str) -> Name:
    """Read a name with braces or commands through pybtex, then decode its parts."""
    from pybtex.database import Person

    person = Person(text)
    return _name(
        *(
            [decode(word) for word in part]
            for part in (
                person.first_names + person.middle_names,
                person.prelast_names,
                person.last_names,
                person.lineage_names,
            )
        )
    )


def write_names(people: Sequence[Name], more: bool = False) -> str:
    """Return a list of names as BibTeX text; initials are spread ("KA" becomes "K. A.").

    Whatever would be read otherwise than it is meant is put in braces.
    """
    written = [form for form in map(_write_one, people) if form]
    return " and ".join([*written, "others"] if more and written else written)


def _write_one(name: Name) -> str:
    name = Name(*(" ".join(part.replace("\0", "").split()) for part in (
        name.family, name.given, name.particle, name.suffix, name.literal
    )))  # fmt: skip
    if name.literal:
        return f"{{{escape(name.literal)}}}"
    if not name.family:
        name = Name(name.given, "", name.particle, name.suffix)
    if not name.family:
        return ""
    given = spread_initials(name.given)
    meant = Name(name.family, given, name.particle, name.suffix)
    particle = escape(name.particle)
    forms = (escape, escape, escape), (_braced, escape, escape), (_braced, _braced, _braced)
    for family, suffix, first in forms:
        text = _joined(particle, family(name.family), suffix(name.suffix), first(given))
        for written in (text, f"{text},"):
            if read_names(written) == ((meant,), False, ""):
                return written
    return text  # a particle in capitals: BibTeX has no way to say so


def _braced(text: str) -> str:
    return f"{{{escape(text)}}}" if text else ""


def _joined(particle: str, family: str, suffix: str, given: str) -> str:
    last = f"{particle} {family}" if particle else family
    if suffix:
        return f"{last}, {suffix}, {given}".rstrip() if given else f"{last}, {suffix},"
    return f"{last}, {given}" if given else last


def spread_initials(given: str) -> str:
    """Return given names with undotted initials spread: "KA" → "K. A.", "J-P" → "J.-P."."""
    return " ".join(_spread_word(word) for word in given.split())


def _spread_word(word: str) -> str:
    letters = word.replace("-", "")
    if not (letters.isalpha() and letters.isupper() and len(letters) <= 4):
        return word
    return "-".join(" ".join(f"{letter}." for letter in part) for part in word.split("-"))
