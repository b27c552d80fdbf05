"""Two registrations of one work: which of them is the work's own, and which of them a reference prints.

One or two works in a hundred bear two DOIs with the same metadata. Two kinds of copies are known by
their form, and the work's own DOI is taken. Else what is printed may tell: records are rarely the same
to the letter. Where nothing tells, both are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.matching import locators
from evidence.matching.wording import letters
from evidence.model import Record, Work

_NUMBER = re.compile(r"\d+")

#: The end of a SICI: code structure, derivative part, medium; version and check character. The derivative
#: part is 0 for the contribution, 1 for contents, 2 for an index, 3 for an abstract (ANSI/NISO Z39.56-1996).
_SICI = re.compile(r"(>\d\.)(\d)(\.[a-z]{2});\d-[a-z0-9#]$")


def is_copy(doi: str, of: str) -> bool:
    """Whether a DOI names what `of` names, in a form that is not the work's own.

    "10.1037//0022" was registered beside "10.1037/0022", and a SICI for an abstract beside that of
    the article.
    """
    if doi != of and _one_slash(doi) == _one_slash(of):
        return doi != _one_slash(doi)
    one, other = _SICI.search(doi), _SICI.search(of)
    if not one or not other or doi[: one.start()] != of[: other.start()]:
        return False
    return one.group(1, 3) == other.group(1, 3) and one.group(2) != "0" == other.group(2)


def _one_slash(doi: str) -> str:
    prefix, slash, suffix = doi.partition("/")
    return prefix + slash + suffix.lstrip("/")


def printed(of: Sequence[Record], text: str) -> Record | None:
    """Return the one of several records that fit alike which a text prints, None where none leads.

    The numbers of its place tell first. Of two registrations of one work, the one whose names and title
    stand there letter by letter, capitals and kinds of hyphens included, is the one that was copied.
    """
    held = set(_NUMBER.findall(text))
    counts = [sum(number in held for number in _place(record.work)) for record in of]
    leading = [record for record, count in zip(of, counts, strict=True) if count == max(counts)]
    if len(leading) == 1:
        return leading[0]
    if len({letters(record.work.title) for record in leading}) > 1:
        return None
    shown = " ".join(text.replace("–", "-").split())
    lengths = [sum(len(form) for form in _forms(record.work) if form in shown) for record in leading]
    exact = [record for record, length in zip(leading, lengths, strict=True) if length == max(lengths)]
    return exact[0] if len(exact) == 1 else None


def _place(work: Work) -> set[str]:
    """Return the numbers of the place of a work: year, volume, issue, first and last page."""
    both = locators.pages(work.pages)
    parts = (str(work.year or ""), work.volume, work.issue, both.first, both.last)
    return {number for part in parts for number in _NUMBER.findall(part)}


def _forms(work: Work) -> list[str]:
    """Return what references copy from a record: title, journal, names and pages, as they are registered."""
    people = [name.family or name.literal for name in work.authors[:8]]
    forms = [work.title, work.container, work.pages.replace("–", "-"), *people]
    return [" ".join(form.split()) for form in forms if form]
