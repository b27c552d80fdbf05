"""The flow of `export`: references of any form, as a file that another program reads.

Nothing is asked and nothing of the sources is written. What the form cannot hold is found by reading
the result again, so that it is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence import bibliography, inputs
from evidence.bibliography.forms import Form, left_out, write
from evidence.edit import apply
from evidence.errors import EvidenceError
from evidence.matching import keys
from evidence.model import Edit, Reference, Settings, Source
from evidence.site import join


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of references in one form.

    `lost` says which fields the form could not hold and of how many references; `errors` what could
    not be read.
    """

    text: str
    count: int
    lost: Mapping[str, int] = field(default_factory=dict)
    errors: tuple[EvidenceError, ...] = ()


def export(paths: Sequence[str], told: Settings, form: Form) -> Exported:
    """Return the references of `paths` (pages, bibliographies, the project) in a form, each once."""
    read = inputs.read(paths, told)
    site = join(read.documents, read.shelf, all_entries=told.all_entries)
    return replace(_exported(site.references, form), errors=read.errors)


def corrected(edits: Mapping[Source, Sequence[Edit]], form: Form, told: Settings) -> Exported:
    """Return, as they would be after `edits`, the entries that these change: for files never written."""
    changed: list[Reference] = []
    for source, of_source in edits.items():
        before = {reference.raw for reference in _entries(source, told)}
        after = _entries(replace(source, text=apply(source.text, of_source)), told)
        changed += [reference for reference in after if reference.raw not in before]
    return _exported(changed, form)


def _entries(source: Source, told: Settings) -> tuple[Reference, ...]:
    return bibliography.read(source, limits=told.limits).references


def _exported(references: Sequence[Reference], form: Form) -> Exported:
    works = [reference.work for reference in references]
    names = _names(references)
    text = write(form, zip(names, works, strict=True))
    return Exported(text, len(works), left_out(form, text, works))


def _names(references: Sequence[Reference]) -> list[str]:
    """Return a key for each reference, its own where no earlier one has it."""
    taken: set[str] = set()
    names = []
    for reference in references:
        own = reference.key if reference.key.lower() not in taken else ""
        names.append(own)
        taken.add(own.lower())
    made = iter(keys.assign([r.work for r, name in zip(references, names, strict=True) if not name], taken))
    return [name or next(made) for name in names]
