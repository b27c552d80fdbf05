"""refs.lock: what registries and servers answered, enough to derive every verdict without a network.

Pure: text in, text out. `add` puts in what was missing and changes nothing; `renew` takes the
world's new answers, and changes only what the world changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evidence.lock.answers import BY_HAND, Lock, add_looks, in_order, looks, mend, pointer, settle
from evidence.model import Answer, Question

__all__ = ["BY_HAND", "Lock", "add", "dumps", "loads", "looks", "renew"]


def loads(text: str, name: str = "refs.lock") -> Lock:
    """Read a lock; raises `LockError` that names `name` and the line."""
    from evidence.lock import reading  # loaded only where there is a lock

    return reading.loads(text, name)


def dumps(lock: Lock) -> str:
    """Return a lock as the text of its file: the same lock, the same bytes."""
    from evidence.lock import writing

    return writing.dumps(lock)


def add(lock: Lock, answers: Mapping[Question, Answer], today: str) -> Lock:
    """Return the lock with the answers that it lacks; none that it has is changed.

    Unknown answers are left out, and so is what was already answered by hand. `today` (an ISO date)
    is since when an answer holds that does not say so itself.
    """
    new: dict[Question, Answer] = {}
    for question, answer in in_order(answers):
        settled = settle(question, answer, today) if lock.get(question) is None else None
        if settled is not None:
            new[question] = settled
    if not new:
        return lock
    known = {home: lock.answers[home] for home in _homes(new) if home in lock.answers}
    written = _as_read({**new, **known}, lock.updated)
    return Lock(mend({**written, **lock.answers}), lock.updated or today)


def renew(lock: Lock, answers: Mapping[Question, Answer], today: str, *, drop_unasked: bool = False) -> Lock:
    """Return the lock after the world was asked again.

    What was answered the same keeps its `since`; an unknown answer never replaces a good one; what
    was not asked stays. With `drop_unasked` (the whole project was asked) it goes, but for answers
    made by hand, and `updated` becomes `today`.
    """
    new: dict[Question, Answer] = {}
    for question, answer in in_order(answers):
        settled = settle(question, answer, today)
        if settled is not None:
            new[question] = settled
    new = _as_read(mend(new), lock.updated)
    merged = dict(lock.answers)
    for question, answer in new.items():
        merged[question] = _renewed(question, lock.answers.get(question), answer)
    merged = mend(merged)
    if drop_unasked:
        kept = {question: merged[question] for question in (*answers, *new) if question in merged}
        kept |= {question: answer for question, answer in merged.items() if question.service == BY_HAND}
        kept |= {home: merged[home] for home in _homes(kept)}
        merged = kept
    return Lock(merged, today if drop_unasked else lock.updated or today)


def _renewed(question: Question, old: Answer | None, new: Answer) -> Answer:
    """Return a new answer, since when its content is that of the old one."""
    if old is None:
        return new
    if new.seen:
        seen = add_looks(old.seen, new.seen)
        return replace(new, seen=seen, since=seen[-1].at)
    from evidence.lock.writing import content

    if list(content(question, old)) != list(content(question, new)) or old.outcome != new.outcome:
        return new
    records = tuple(replace(record, since=old.since) for record in new.records)
    return replace(new, since=old.since, records=records if _own(question, new) else new.records)


def _own(question: Question, answer: Answer) -> bool:
    return not any(pointer(question, record) for record in answer.records)


def _homes(answers: Mapping[Question, Answer]) -> list[Question]:
    """Return the questions under which the records stand that these answers name."""
    return [
        Question(record.service, key)
        for question, answer in answers.items()
        for record in answer.records
        if (key := pointer(question, record))
    ]


def _as_read(answers: Mapping[Question, Answer], updated: str) -> dict[Question, Answer]:
    """Return answers as they will be read back, so that what is held and what is kept are one."""
    return dict(loads(dumps(Lock(answers, updated))).answers)
