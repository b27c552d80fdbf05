"""One reference string to a work with the span of every field; pasted lists to references.

Steps: what is certain is taken out (`certain`), the model labels each word that is left (`model`), the
marks of the style and the grammar correct what it cannot see (`marked`, `mending`, `vancouver`), and the
runs of words become fields (`reading`, `work`). The door is lazy: a run that parses nothing loads nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from evidence.model import Span, Work

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
    from evidence.parsing.reading import read_draft
    from evidence.parsing.work import build

    draft = Draft(text)
    take_certain(draft)
    kind = read_draft(draft)
    return Parsed(build(draft, kind), dict(draft.fields))


def segment(text: str) -> list[Span]:
    """Split a pasted list into references; each span is one, without the white space around it.

    Numbers, bullets, blank lines, hanging indents and PubMed's three lines are understood.
    Headings such as "References" are left out, nothing else is.
    """
    from evidence.parsing.lists import split_list

    return split_list(text)


def likeness(text: str) -> float:
    """Return from 0 to 1 how much a block of text looks like one reference of any style.

    Over 0.6: a reference; under 0.3: prose, a heading, an item of a menu, a label of a form.
    """
    from evidence.parsing.judging import judge

    return judge(text)


def is_source_line(text: str) -> bool:
    """Tell whether a line is the source of a journal article: journal, date and locator, and no more."""
    from evidence.parsing import lines

    return lines.is_source_line(text)


def is_author_line(text: str) -> bool:
    """Tell whether a line is a list of authors and nothing else: "Pettine KA, Murphy MB."."""
    from evidence.parsing import lines

    return lines.is_author_line(text)
