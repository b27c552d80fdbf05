"""Numbers of a reference that reading lost, and that are not the registered ones."""

from __future__ import annotations

import pytest

from evidence.matching.decide import compare_text
from evidence.matching.unread import with_unread
from evidence.model import Date, Id, Name, Work

RECORD = Work(
    "article-journal",
    "Bed rest and walking for low back pain in older gardeners",
    authors=(Name("Ostergaard", "Karin"), Name("Lindqvist", "Per")),
    issued=Date(2010),
    container="Journal of Imaginary Medicine",
    volume="33",
    issue="4",
    pages="146-156",
    ids=(Id("doi", "10.1234/bed.rest"),),
)
READ = Work(
    "article-journal",
    RECORD.title,
    authors=RECORD.authors,
    issued=Date(2010),
    container=RECORD.container,
    volume="33",
    ids=RECORD.ids,
)
TEXT = (
    "Ostergaard, K., & Lindqvist, P. (2010). Bed rest and walking for low back pain in older gardeners. "
    "Journal of Imaginary Medicine, 33{} https://doi.org/10.1234/bed.rest"
)


def said(behind: str) -> list[tuple[str, str]]:
    """What is told of a reference with this behind its volume, of which only the volume was read."""
    found = compare_text(READ, RECORD, TEXT.format(behind))
    return [(d.field, d.written) for d in found.differences if d.weight != "note"]


def test_other_pages_are_told_though_they_were_not_read() -> None:
    assert said("(4), 171–179.") == [("pages", "171-179")]
    assert said(", 171.") == [("pages", "171")]


@pytest.mark.parametrize(
    "behind",
    [
        "(4), 146–156.",
        "(4), 146.",
        ".",
        "(4), 146–56. Accessed March 3, 2019.",
        ". Accessed March 3, 2019.",
        "(4), 1S6.",
        ". See page 12 of the supplement, 2nd ed.",
    ],
)
def test_what_is_right_missing_or_something_else_accuses_nobody(behind: str) -> None:
    assert said(behind) == []


def test_another_volume_is_told_where_the_registry_has_no_pages() -> None:
    record = Work("article-journal", RECORD.title, authors=RECORD.authors, issued=Date(2010),
                  container=RECORD.container, volume="33")  # fmt: skip
    read = Work("article-journal", RECORD.title, authors=RECORD.authors, issued=Date(2010),
                container=RECORD.container, pages="104")  # fmt: skip
    text = TEXT.format(".").partition("https")[0]
    assert with_unread(read, record, text.replace("33", "104")).volume == "104"
    assert with_unread(read, record, text).volume == ""
