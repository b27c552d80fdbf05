"""A string while it is printed: every piece with its label; names and pages in the forms of styles."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from evidence.model import Name
from evidence.names import initials
from training.gold import Labelled

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
OTHER_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "pt": [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
}


class Sheet:
    """Pieces of a string, put one behind the other; a piece without a label belongs to no field."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, str]] = []

    def add(self, label: str, text: str, after: str = "", before: str = "") -> Sheet:
        """Add a field with the marks around it; an empty field adds nothing at all."""
        if text:
            self.pieces += [("", before), (label, text), ("", after)]
        return self

    def raw(self, text: str, label: str = "") -> Sheet:
        """Add marks, or words that belong to no field."""
        self.pieces.append((label, text))
        return self

    @property
    def text(self) -> str:
        """The string so far."""
        return "".join(text for _, text in self.pieces)

    def stop(self, mark: str = ".") -> Sheet:
        """Add a full stop and a space unless a mark stands there already."""
        end = self.text.rstrip()[-1:]
        return self.raw(" " if end in (mark, "?", "!", ".") else f"{mark} ")

    def labelled(self) -> Labelled:
        """Return the string, white space single, with its labels."""
        parts: list[str] = []
        spans: list[tuple[int, int, str]] = []
        at = 0
        for label, text in self.pieces:
            if label and text.strip():
                spans.append((at, at + len(text), label))
            parts.append(text)
            at += len(text)
        return Labelled("".join(parts), tuple(spans))


def short(name: Name, dots: str = "") -> str:
    """Return "Smith JA" (`dots` "") or "Smith J.A." (`dots` ".") or "Smith J. A." (`dots` ". ")."""
    if name.literal:
        return name.literal
    return f"{family(name)} {marked(name, dots)}{' ' + name.suffix if name.suffix else ''}".strip()


def marked(name: Name, dots: str) -> str:
    """Return initials, each with its mark."""
    return "".join(letter + dots for letter in initials(name.given)).strip()


def family(name: Name) -> str:
    return f"{name.particle} {name.family}".strip()


def inverted(name: Name, dots: str = ". ") -> str:
    """Return "Smith, J. A."."""
    if name.literal:
        return name.literal
    return ", ".join(part for part in (family(name), marked(name, dots), name.suffix) if part)


def full_inverted(name: Name) -> str:
    """Return "Smith, John A."."""
    return name.literal or ", ".join(part for part in (family(name), name.given, name.suffix) if part)


def natural(name: Name, dots: str = ". ") -> str:
    """Return "J. A. Smith"."""
    return (
        name.literal
        or f"{marked(name, dots)} {family(name)}{', ' + name.suffix if name.suffix else ''}".strip()
    )


def full(name: Name) -> str:
    """Return "John A. Smith"."""
    return name.literal or f"{name.given} {family(name)}{' ' + name.suffix if name.suffix else ''}".strip()


def joined(
    shown: Sequence[str], between: str, last: str, most: int = 99, keep: int = 6, more: str = "et al."
) -> str:
    """Join names; a list longer than `most` shows `keep` and "et al."."""
    if len(shown) > most:
        return between.join(shown[:keep]) + (" " if keep == 1 else between) + more
    if len(shown) < 2:
        return "".join(shown)
    return between.join(shown[:-1]) + last + shown[-1]


def shortened(pages: str) -> str:
    """Return pages with a shortened last number: "146-156" → "146-56" (NLM, Citing Medicine)."""
    found = re.fullmatch(r"(\d+)-(\d+)", pages)
    if not found or len(found.group(1)) != len(found.group(2)):
        return pages
    first, last = found.groups()
    at = 0
    while at < len(first) - 1 and first[at] == last[at]:
        at += 1
    return f"{first}-{last[at:]}"


def pages_in(rng: random.Random, pages: str) -> str:
    """Return pages with one of the dashes and forms that people print."""
    if rng.random() < 0.35:
        pages = shortened(pages)
    return pages.replace("-", rng.choice("----–––—") if rng.random() < 0.97 else " - ")
