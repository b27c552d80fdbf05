"""What the lock holds, and how answers get into it: pure, and the same whatever the order.

Only found and absent are kept, never unknown; a record stands once, under its identifier, and a
search names it. An answer says since when it holds, so that asking again changes nothing where the
world did not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from evidence.model import Answer, Id, Question, Record, Seen

#: The service of answers that a person wrote; they answer the same question of any service.
BY_HAND = "by-hand"

#: The most candidates that a search answer names (docs/reference/lock.md).
CANDIDATES = 5

#: The most looks kept for one link: enough to tell "dead since" from "dead today".
LOOKS = 6

#: Identifiers under which a record may stand, the best first.
IDENTIFIERS = ("doi", "pmid", "pmcid", "nct", "arxiv", "isbn")

#: Services whose records bear an identifier of their own.
_OWN = {"pubmed": "pmid", "pmc": "pmcid", "clinicaltrials": "nct", "openlibrary": "isbn"}


@dataclass(frozen=True, slots=True)
class Lock:
    """The answers of a lock by question, and the ISO date of the last whole update."""

    answers: Mapping[Question, Answer] = field(default_factory=dict)
    updated: str = ""

    def get(self, question: Question) -> Answer | None:
        """Return the answer of the service asked, else one made by hand, else None."""
        return self.answers.get(question) or self.answers.get(Question(BY_HAND, question.key))


def key_of(record: Record) -> str:
    """Return the key under which a record stands ("doi:10.1/x"), or "" without an identifier."""
    values: dict[str, str] = {}
    for id_ in record.work.ids:
        values.setdefault(id_.kind, id_.value)
    for kind in (_OWN.get(record.service, "doi"), *IDENTIFIERS):
        if kind in values:
            return f"{kind}:{values[kind]}"
    return ""


def is_search(question: Question) -> bool:
    """Return whether a question asks for candidates rather than for one work."""
    return question.key.startswith("search:")


def pointer(question: Question, record: Record) -> str:
    """Return the key under which a record of this answer stands elsewhere, or ""."""
    key = key_of(record)
    return "" if key == question.key else key


def settle(question: Question, answer: Answer, today: str) -> Answer | None:
    """Return an answer as the lock holds it, dated; None for what it does not hold."""
    if answer.outcome == "unknown" or (answer.service == BY_HAND and question.service != BY_HAND):
        return None
    since, asked = answer.since or today, answer.asked or today
    if question.service == BY_HAND:
        asked = answer.asked
    if answer.seen:
        seen = answer.seen[-LOOKS:]
        return Answer("found", question.service, seen=seen, since=seen[-1].at or since, asked=asked)
    records = [replace(record, service=question.service, since=since) for record in answer.records]
    nameless = [record for record in records if not key_of(record)]
    records = [record for record in records if key_of(record)] or nameless[:1]
    records = records[: CANDIDATES if is_search(question) else 1]
    return Answer(
        answer.outcome,
        question.service,
        tuple(records),
        since=since,
        asked=asked,
        agency=answer.agency,
        digest=answer.digest,
    )


def mend(answers: Mapping[Question, Answer]) -> dict[Question, Answer]:
    """Return the answers with every record once: where one points to a record, to that one.

    A record that stands nowhere yet is put under its identifier. One whose identifier is known to
    be absent is left out, and an answer of which nothing is left with it.
    """
    homes = dict(answers)
    for question, answer in sorted(answers.items(), key=lambda item: (item[0].service, item[0].key)):
        for record in answer.records:
            home = Question(record.service, pointer(question, record))
            if home.key and home not in homes:
                own = replace(record, alias="")
                homes[home] = Answer("found", home.service, (own,), since=answer.since, asked=answer.asked)
    mended = {}
    for question, answer in homes.items():
        records = [_at_home(question, record, homes) for record in answer.records]
        found = tuple(record for record in records if record is not None)
        if found or not answer.records:
            mended[question] = answer if found == answer.records else replace(answer, records=found)
    return mended


def _at_home(question: Question, record: Record, homes: Mapping[Question, Answer]) -> Record | None:
    """Return the record as it stands under its identifier, with the alias that was asked.

    An alias of an alias leads to the prime; what leads in a circle or to nothing is None.
    """
    at, key, seen = question, pointer(question, record), {question}
    while key:
        at = Question(record.service, key)
        if at in seen or not homes[at].records:
            return None
        seen.add(at)
        record = homes[at].records[0]
        key = pointer(at, record)
    name = key_of(record)
    own = [Id(*name.split(":", 1))] if name else []
    others = [id_ for id_ in record.work.ids if id_ not in own]
    kind, _, asked = question.key.partition(":")
    alias = asked if at != question and kind == "doi" and at.key.startswith("doi:") else ""
    return replace(record, work=replace(record.work, ids=(*own, *others)), alias=alias)


def in_order(answers: Mapping[Question, Answer]) -> Iterable[tuple[Question, Answer]]:
    """Return answers in a fixed order, what was asked for by identifier before what was searched."""
    return sorted(answers.items(), key=lambda item: (is_search(item[0]), item[0].service, item[0].key))


def add_looks(old: Iterable[Seen], new: Iterable[Seen]) -> tuple[Seen, ...]:
    """Return the looks at a link with new ones added; one that saw the same again adds nothing.

    A passing fault is added again each day: only on agreement over days is anything concluded from it.
    """
    looks = list(old)
    for look in new:
        passing = bool(look.error) or (look.status or 0) >= 500
        same = bool(looks) and replace(look, at=looks[-1].at) == looks[-1]
        if look not in looks and (passing or not same):
            looks.append(look)
    return tuple(looks[-LOOKS:])


def looks(answer: Answer) -> tuple[Seen, ...]:
    """Return all that is known of a link, the last time it was asked included.

    The lock keeps a look once and, in `asked`, when it was last seen the same.
    """
    if answer.seen and answer.asked > answer.seen[-1].at:
        return (*answer.seen, replace(answer.seen[-1], at=answer.asked))
    return answer.seen
