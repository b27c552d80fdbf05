"""One reference string to a work with the span of every field; lists to references.

Steps: what is certain is taken out (`certain`), then authors, date and locator are found by their
own small grammars, and the words that are left are read by what stands around them (`grammar`).
"""

from __future__ import annotations

from typing import NamedTuple

from evidence.model import Span, Work
from evidence.parsing.likeness import likeness
from evidence.parsing.lines import is_author_line, is_source_line
from evidence.parsing.segment import segment

__all__ = ["Parsed", "is_author_line", "is_source_line", "likeness", "parse", "segment"]


class Parsed(NamedTuple):
    """A work, and where in the given string each of its fields stands."""

    work: Work
    fields: dict[str, Span]


def parse(text: str) -> Parsed:
    """Read one reference, in any of the usual styles, on one line or several.

    `fields` maps a field's name (title author editor container year date volume issue pages
    publisher place edition doi pmid pmcid isbn url accessed available_at note) to its span in
    `text`; `text[span]` is what the field was read from. What cannot be told stays empty.
    """
    from evidence.parsing.certain import take_certain
    from evidence.parsing.draft import Draft
    from evidence.parsing.grammar import read_draft
    from evidence.parsing.work import build

    draft = Draft(text)
    take_certain(draft)
    kind = read_draft(draft)
    return Parsed(build(draft, kind), dict(draft.fields))
