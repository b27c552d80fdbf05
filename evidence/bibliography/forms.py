"""The forms in which reference managers keep and hand on references: known, read, written.

`FORMS` is the one table. A bibliography of any form becomes the same `Document`; what a form cannot
hold is found by writing and reading again, so that it is always said and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import NamedTuple

from evidence.bibliography.items import Item, Taken, split_keywords
from evidence.matching import keys
from evidence.model import Document, Kind, Limits, Link, Name, Problem, Reference, Source, Work


class Form(NamedTuple):
    """A form of references: its name in commands, the kind of its files, its suffix, what people call it."""

    name: str
    kind: Kind
    suffix: str
    called: str


FORMS = (
    Form("bibtex", "bib", ".bib", "BibTeX"),
    Form("csl-json", "csl-json", ".json", "CSL-JSON"),
    Form("ris", "ris", ".ris", "RIS"),
    Form("nbib", "nbib", ".nbib", "PubMed's nbib"),
    Form("endnote", "endnote", ".xml", "EndNote XML"),
)
#: How the note on fields begins that no reference has a place for.
LEFT_OUT = "not understood, left out"
_MODULES: dict[Kind, str] = {"csl-json": "csljson", "ris": "ris", "nbib": "nbib", "endnote": "endnote"}


def form_named(word: str) -> Form | None:
    """Return the form of a name in commands ("ris"), or None."""
    return next((form for form in FORMS if form.name == word.lower()), None)


def form_of_path(path: str) -> Form | None:
    """Return the form that a file's suffix names, or None."""
    return next((form for form in FORMS if path.lower().endswith(form.suffix)), None)


def read(source: Source, *, limits: Limits = Limits()) -> Document:  # noqa: B008  (frozen)
    """Return the references of a bibliography of any form, with spans, and what is broken. Never raises.

    Keys are those of the file, else those that `import` would give.
    """
    if source.kind not in _MODULES:
        from evidence.bibliography import reading

        return reading.read(source, limits=limits)
    taken: Taken = import_module(f"evidence.bibliography.{_MODULES[source.kind]}").read(source.text, limits)
    passed_over = [f"{name} ({count})" for name, count in sorted(taken.passed_over.items())]
    if passed_over:
        source = replace(source, notes=(*source.notes, f"{LEFT_OUT}: {', '.join(passed_over)}"))
    references = tuple(
        Reference(
            key=key,
            number=None,
            work=item.work,
            source=source,
            span=item.span,
            fields=item.fields,
            raw=source.text[item.span.start : item.span.end],
        )
        for key, item in zip(_keys(taken.items), taken.items, strict=True)
    )
    links = (
        Link(r.work.url, r.fields["url"], cited=True) for r in references if r.work.url and "url" in r.fields
    )
    problems = sorted([*taken.problems, *_repeated(source, references)], key=lambda p: p.span.start)
    return Document(source, references=references, links=tuple(links), problems=tuple(problems))


def _keys(items: Sequence[Item]) -> Iterable[str]:
    made = iter(keys.assign([i.work for i in items if not i.key], {i.key for i in items if i.key}))
    return [item.key or next(made) for item in items]


def _repeated(source: Source, references: Sequence[Reference]) -> Iterable[Problem]:
    """Yield the items of a CSL-JSON file whose id an earlier one has: a citation could mean either."""
    seen: set[str] = set()
    for reference in references if source.kind == "csl-json" else ():
        if reference.key in seen:
            what = f"the id {reference.key[:60]!r} stands twice: rename one, and the citations that mean it"
            yield Problem("duplicate-key", reference.span, what)
        seen.add(reference.key)


def write(form: Form, entries: Iterable[tuple[str, Work]]) -> str:
    """Return entries (key, work) as a file of a form, lines ended by LF."""
    if form.kind in _MODULES:
        writer: Callable[[Iterable[tuple[str, Work]]], str]
        writer = import_module(f"evidence.bibliography.{_MODULES[form.kind]}").write
        return writer(entries)
    from evidence.bibliography.writing import entry

    return "\n".join(f"{entry(work, key)}\n" for key, work in entries)


def left_out(form: Form, text: str, works: Sequence[Work]) -> dict[str, int]:
    """Return which fields of `works` the written `text` does not hold, and of how many works.

    Found by reading the text again. Initials may be spread, dashes be of another length and a
    subtitle stand behind its title: that loses nothing.
    """
    again = [reference.work for reference in read(Source("", text, form.kind)).references]
    lost: dict[str, int] = {}
    for index, work in enumerate(works):
        kept = _told(again[index]) if index < len(again) else {}
        for name, value in _told(work).items():
            if value and kept.get(name) != value:
                lost[name] = lost.get(name, 0) + 1
    return lost


def _told(work: Work) -> dict[str, object]:
    """Return what a work says, in a form that is the same however it was written."""
    said: dict[str, object] = {
        "type": work.type,
        "title": _plain(": ".join(part for part in (work.title, work.subtitle) if part)),
        "authors": [_person(name) for name in work.authors],
        "more authors": work.more_authors,
        "editors": [_person(name) for name in work.editors],
        "date": work.issued,
        "print date": work.dates.get("print"),
        "online date": work.dates.get("online"),
        "accessed": work.accessed,
        "url": work.url,
        "pages": re.sub(r"[–—-]+", "-", _plain(work.pages)),
    }
    for name in ("container", "short_container", "volume", "issue", "publisher", "place", "edition"):
        said[name.replace("_", " ")] = _plain(getattr(work, name))
    said |= {identifier.kind: identifier.value.lower() for identifier in work.ids}
    for name, value in work.extra.items():
        if name == "available_at":
            said["available at"] = f"at {_plain(value)}"
        elif name == "keywords":
            said[name] = split_keywords(_plain(value))
        elif name != "doi":
            said[name.replace("_", " ")] = _plain(value).rstrip(".")
    return said


def _plain(text: str) -> str:
    return " ".join(text.split())


def _person(name: Name) -> tuple[str, ...]:
    if name.literal:
        return (_plain(name.literal),)
    family = _plain(f"{name.particle} {name.family}")
    return family, re.sub(r"[.\s]", "", name.given), _plain(name.suffix)
