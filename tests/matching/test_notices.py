"""What several sources say happened, as one list."""

from __future__ import annotations

import pytest

from evidence.matching.notices import about, is_notice, union
from evidence.model import Notice, Record, Work


def told(kind: str, id_: str, date: str, *says: str) -> Notice:
    return Notice(kind, id_, date, says)


def test_the_same_notice_is_one_event() -> None:
    assert union([
        told("retraction", "10.1/n", "2020-05", "crossref"), told("retraction", "10.1/n", "2020-05-01", "retraction-watch"),
        told("retraction", "pmid:5", "2020-05", "pubmed"), told("retraction", "", "", "openalex"),
    ]) == (told("retraction", "10.1/n", "2020-05-01", "crossref", "openalex", "pubmed", "retraction-watch"),)  # fmt: skip


def test_two_corrections_stay_two() -> None:
    found = union([
        told("correction", "10.1/a", "2018-01-01", "crossref"), told("correction", "10.1/b", "2020-01-01", "crossref"),
        told("correction", "pmid:7", "2020-01-15", "pubmed"), told("correction", "pmid:8", "2022-01-15", "pubmed"),
    ])  # fmt: skip
    assert [(n.id, n.says) for n in found] == [
        ("10.1/a", ("crossref",)), ("10.1/b", ("crossref", "pubmed")), ("pmid:8", ("pubmed",)),
    ]  # fmt: skip


def test_a_retraction_that_another_calls_a_withdrawal() -> None:
    (event,) = union(
        [told("withdrawal", "10.1/w", "2019-02-03", "crossref"), told("retraction", "", "", "pubmed")]
    )
    assert (event.kind, event.says) == ("withdrawal", ("crossref", "pubmed"))


def test_a_concern_is_no_retraction() -> None:
    found = union([told("concern", "10.1/c", "2019", "crossref"), told("retraction", "", "", "pubmed")])
    assert [n.kind for n in found] == ["retraction", "concern"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Retraction: On backs", True), ("Retraction notice to “On backs” [J Backs 3 (2010) 1–9]", True), ("Expression of Concern", True),
     ("Notice of Retraction", True), ("Correction to: On backs", True), ("Erratum", True), ("RETRACTED: On backs", False),
     ("Withdrawal of antiepileptic drugs in adults", False), ("Correction of kyphosis by traction", False),
     ("Retraction of the lung in surgery", False), ("Corrections of gait", False)],
)  # fmt: skip
def test_titles_of_notices(title: str, expected: bool) -> None:
    assert is_notice(Work(title=title)) is expected


def test_a_notice_is_not_what_it_is_about() -> None:
    notices = (
        told("retraction", "10.1/paper", "2020", "crossref"),
        told("retraction", "10.1/x", "2021", "pubmed"),
    )
    work = Work(title="Retraction: On backs", extra={"updates": "retraction 10.1/paper"})
    assert about(Record("crossref", work), notices) == notices[1:]
    paper = Record("crossref", Work(title="On backs"))
    assert about(paper, notices) == notices
