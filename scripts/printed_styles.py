"""Works of a public evaluation made records again, and records printed in the styles that people use.

Used by `benchmark_pages.py`; printed here rather than by the library, so that no fault of its own
printing is measured against its reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from abbreviations import abbreviate

from evidence import ids, names
from evidence.model import Date, Id, Name, Record, Work

_TAIL = re.compile(r"^(.*)\. (\d{4}|)\. (.*?)\. (.*?)\. ([^.]*(?:\.\S[^.]*)*)$", re.S)
LABEL = re.compile(r"^(?:\(\d{1,3}\) ?|\[\d{1,3}\] ?|1 ?(?=[^\W\d]))")


def rebuild(row: dict[str, object]) -> Record | None:
    """Make the record of a work of the evaluation from two of its strings; None where they disagree."""
    strings = row["strings"]
    assert isinstance(strings, dict)
    if not all(strings.values()):
        return None
    tail = _TAIL.match(strings["degraded_all_authors"])
    quoted = re.search(r"“(.+)”", strings["chicago-author-date"], re.S)
    if not tail or not quoted:
        return None
    head, year, volume, issue, place = (" ".join(part.split()) for part in tail.groups())
    plain = head.replace("“", "‘").replace("”", "’")
    title = " ".join(quoted.group(1).split()).strip().rstrip(".,")
    at = plain.lower().find(title.lower())  # Chicago's capitals are its own
    title = head[at : at + len(title)]
    if at < 0 or head[at + len(title) : at + len(title) + 1] not in (".", ""):
        return None
    people, journal = head[:at].strip(". "), head[at + len(title) :].lstrip(". ")
    parts = [p for p in people.split(", ") if p]
    if len(parts) % 2 or not journal:
        return None
    authors = tuple(Name(f, g) for f, g in zip(parts[::2], parts[1::2], strict=True))
    doi = str(row["DOI"]).lower()
    kind = "article-journal" if volume or issue else "chapter"  # which the strings do not say
    return Record(
        "crossref",
        Work(
            kind, title, authors=authors, issued=Date(int(year)) if year else None,
            container=journal, volume=volume, issue=issue, pages=place, ids=(Id("doi", doi),),
        ),
    )  # fmt: skip


def abbreviated_pages(pages: str) -> str:
    """Return "146-156" as "146-56"."""
    first, dash, last = pages.partition("-")
    if not dash or not (first.isdigit() and last.isdigit()) or len(first) != len(last):
        return pages
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first) - 1)
    return f"{first}-{last[shared:]}"


def short_names(people: Sequence[Name]) -> tuple[Name, ...]:
    """Return names with initials only."""
    return tuple(
        n if n.literal else Name(n.family, names.initials(n.given), n.particle, n.suffix) for n in people
    )


def dotted(given: str) -> str:
    return " ".join(f"{letter}." for letter in names.initials(given))


def listed(people: Sequence[Name], form: str, last: str) -> str:
    """Print authors: `short` Smith JA, `inverted` Smith, J. A., `natural` J. A. Smith, `full` Smith, John."""
    shown = []
    for at, name in enumerate(people):
        if name.literal:
            shown.append(name.literal)
        elif form == "short":
            shown.append(f"{name.family} {names.initials(name.given)}".strip())
        elif form == "natural" or (form == "full" and at):
            shown.append(f"{dotted(name.given) if form == 'natural' else name.given} {name.family}".strip())
        else:
            given = name.given if form == "full" else dotted(name.given)
            shown.append(f"{name.family}, {given}".rstrip(", "))
    return ", ".join(shown) if len(shown) < 2 or not last else f"{', '.join(shown[:-1])}{last}{shown[-1]}"


def ended(text: str, mark: str = ".") -> str:
    return text if text[-1:] in "?!." else f"{text}{mark}"


def locator(work: Work, dash: str = "-") -> tuple[str, str, str]:
    """Return volume, issue in brackets and pages as printed."""
    return work.volume, f"({work.issue})" if work.issue else "", work.pages.replace("-", dash)


def vancouver(work: Work) -> str:
    volume, issue, place = locator(replace(work, pages=abbreviated_pages(work.pages)))
    people = listed(work.authors[:6], "short", "") + (", et al" if len(work.authors) > 6 else "")
    where = f"{volume}{issue}" + (f":{place}" if place else "")
    return " ".join(
        part
        for part in (
            f"{people}." if people else "",
            ended(work.title),
            f"{abbreviate(work.container)}.",
            f"{work.year};{where}." if where else f"{work.year}.",
        )
        if part
    )


def ama(work: Work) -> str:
    people = work.authors[:3] if len(work.authors) > 6 else work.authors
    printed = listed(people, "short", "") + (", et al" if len(work.authors) > 6 else "")
    volume, issue, place = locator(work)
    where = f"{volume}{issue}" + (f":{place}" if place else "")
    front = f"{printed}. " if printed else ""
    return f"{front}{ended(work.title)} {work.container}. {work.year}" + (f";{where}." if where else ".")


def apa7(work: Work) -> str:
    volume, issue, place = locator(work, "–")
    people = listed(work.authors, "inverted", ", & ")
    title = ended(work.title)
    front = f"{people} ({work.year}). {title}" if people else f"{title} ({work.year})."
    return f"{front} {', '.join(p for p in (work.container, f'{volume}{issue}', place) if p)}."


def harvard(work: Work) -> str:
    volume, issue, place = locator(work, "–")
    people = listed(work.authors, "inverted", " and ")
    where = ", ".join(p for p in (work.container, f"{volume}{issue}", f"pp. {place}" if place else "") if p)
    title = f"‘{work.title}’"
    return f"{people} ({work.year}) {title}, {where}." if people else f"{title} ({work.year}) {where}."


def chicago_notes(work: Work) -> str:
    volume, _, place = locator(work, "–")
    people = listed(work.authors, "full", ", and ")
    issue = f", no. {work.issue}" if work.issue else ""
    where = f"{work.container} {volume}{issue} ({work.year})" + (f": {place}" if place else "")
    return (f"{ended(people)} " if people else "") + f"“{ended(work.title)}” {where}."


def nature(work: Work) -> str:
    volume, _, place = locator(work, "–")
    people = listed(work.authors[:5], "inverted", " & ")
    people = f"{listed(work.authors[:1], 'inverted', '')} et al." if len(work.authors) > 5 else people
    front = f"{ended(people)} " if people else ""
    where = ", ".join(p for p in (f"{abbreviate(work.container)} {volume}".strip(), place) if p)
    return f"{front}{ended(work.title)} {where} ({work.year})."


def ieee(work: Work) -> str:
    volume, _, place = locator(work, "–")
    people = listed(work.authors, "natural", " and " if len(work.authors) == 2 else ", and ")
    parts = [f"vol. {volume}" if volume else "", f"no. {work.issue}" if work.issue else ""]
    parts += [f"pp. {place}" if place else "", str(work.year)]
    where = ", ".join(p for p in (work.container, *parts) if p)
    return (f"{people}, " if people else "") + f"“{work.title},” {where}."


def pubmed(work: Work) -> str:
    volume, issue, place = locator(replace(work, pages=abbreviated_pages(work.pages)))
    where = f"{volume}{issue}" + (f":{place}" if place else "")
    source = f"{abbreviate(work.container)}. {work.year} Jan{f';{where}' if where else ''}."
    lines = (ended(work.title), f"{listed(work.authors, 'short', '')}." if work.authors else "", source)
    return "\n".join(line for line in lines if line)


def web(work: Work) -> str:
    return f"{ended(work.title)} {work.container}. {work.year}."


PRINTED: dict[str, Callable[[Work], str]] = {
    "vancouver": vancouver, "ama": ama, "apa7": apa7, "harvard": harvard, "chicago-notes": chicago_notes,
    "nature": nature, "ieee": ieee, "pubmed": pubmed, "web": web,
}  # fmt: skip


def printable(record: Record) -> bool:
    """Whether a record has what a reference prints."""
    work = record.work
    if ids.is_test_doi(work.doi) or ids.doi(work.title):
        return False  # nobody can cite one, nor what stands for a DOI that was deleted
    return work.type in ("article-journal", "paper-conference") and bool(
        work.title and work.container and work.year and (work.volume or work.pages) and "<" not in work.title
    )
