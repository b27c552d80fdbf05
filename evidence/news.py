"""What the world changed between two locks, told for people: retracted, died, moved, changed. Pure.

`update` prints it, and as Markdown it is the body of the pull request that brings the new lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence.lock import Lock, looks
from evidence.matching.links import judge_link
from evidence.model import Answer, Notice, Question, Record
from evidence.names import show

#: Kinds of news in the order in which they are told, with their headings.
KINDS = {
    "retracted": "Retracted or withdrawn",
    "concern": "Under an expression of concern",
    "reinstated": "Reinstated",
    "corrected": "Corrected",
    "versions": "New versions",
    "died": "Links that died",
    "gone": "No longer registered",
    "moved": "Links that moved",
    "back": "Links that work again",
    "changed": "Records that changed",
    "reworded": "Sources of facts whose words changed",
    "found": "Now registered",
    "new": "New in the lock",
    "dropped": "No longer asked for",
}
_NOTICES = {
    "retraction": "retracted",
    "withdrawal": "retracted",
    "concern": "concern",
    "reinstatement": "reinstated",
    "correction": "corrected",
    "new-version": "versions",
}
#: States of a link that tell nothing of the page behind it.
_UNCLEAR = frozenset({"transient", "rate_limited", "blocked", "restricted", "skipped", "insecure", "suspect"})


@dataclass(frozen=True, slots=True)
class News:
    """One thing that changed: its kind, what it is about ("doi:10.1/x"), and what happened in words."""

    kind: str
    about: str
    words: str


def news(before: Lock, after: Lock, today: str) -> list[News]:
    """Return what differs between two locks, the gravest first, each kind by what it is about."""
    order = list(KINDS)
    every = {*_all(before.answers, after.answers, today)}  # two services may be asked about one work
    return sorted(every, key=lambda one: (order.index(one.kind), one.about, one.words))


def _all(before: Mapping[Question, Answer], after: Mapping[Question, Answer], today: str) -> Iterator[News]:
    for question in {**before, **after}:
        old, new = before.get(question), after.get(question)
        if new is None:
            yield News("dropped", question.key, "nothing asks for it any more")
        elif question.service == "link":
            yield from _link(question, old, new, today)
        elif question.key.startswith("search:"):
            yield from _search(question, old, new)
        elif question.service == "text":
            yield from _text(question, old, new)
        else:
            yield from _work(question, old, new)


def _link(question: Question, old: Answer | None, new: Answer, today: str) -> Iterator[News]:
    url = question.key.removeprefix("link:")
    now = judge_link(url, looks(new), today)
    if old is None:
        yield News("new", url, now.state.replace("_", " ") + (f": {now.reason}" if now.reason else ""))
        return
    then = judge_link(url, looks(old), today)
    if now.state == then.state and now.final_url == then.final_url:
        return
    if now.state == "dead":
        yield News("died", url, now.reason)
    elif now.state == "moved":
        yield News("moved", url, f"to {now.final_url}")
    elif then.state == "dead" and now.state not in _UNCLEAR:
        yield News("back", url, f"it is {now.state}")


def _search(question: Question, old: Answer | None, new: Answer) -> Iterator[News]:
    words = question.key.removeprefix("search:").split("|", 1)[0]
    if old is None:
        found = len(new.records)
        yield News("new", words, f"{found} candidates" if found != 1 else "1 candidate")
    elif old.outcome == "absent" and new.outcome == "found":
        yield News("found", words, "a search finds candidates now")


def _text(question: Question, old: Answer | None, new: Answer) -> Iterator[News]:
    about = question.key.removeprefix("text:")
    if old is None:
        yield News("new", about, "the words of this source, as a digest")
    elif old.digest != new.digest:
        yield News("reworded", about, f"not the words of {old.since} any more: look at its facts again")


def _work(question: Question, old: Answer | None, new: Answer) -> Iterator[News]:
    record = new.records[0] if new.records else None
    for notice in _new_notices(old, record):
        date = f" on {notice.date}" if notice.date else ""
        id_ = f", notice {notice.id}" if notice.id else ""
        says = f" (says {', '.join(notice.says)})" if notice.says else ""
        yield News(_NOTICES[notice.kind], question.key, f"{_named(record)}: {notice.kind}{date}{id_}{says}")
    if old is None:
        yield News("new", question.key, _named(record) if record else new.outcome)
    elif old.outcome == "found" and new.outcome == "absent":
        yield News("gone", question.key, "it was registered, and the service says now that it is not")
    elif old.outcome == "absent" and new.outcome == "found":
        yield News("found", question.key, _named(record))
    elif old.records and record:
        changed = [*_differences(old.records[0], record)]
        if changed:
            yield News("changed", question.key, "; ".join(changed))


def _new_notices(old: Answer | None, record: Record | None) -> list[Notice]:
    known = {(n.kind, n.id or n.date) for r in (old.records if old else ()) for n in r.notices}
    notices = record.notices if record else ()
    return [n for n in notices if n.kind in _NOTICES and (n.kind, n.id or n.date) not in known]


def _named(record: Record | None) -> str:
    title = " ".join(record.work.title.split()) if record else ""
    return f"“{title if len(title) <= 100 else title[:99] + '…'}”" if title else "a work without a title"


def _differences(old: Record, new: Record) -> Iterator[str]:
    for field, was, now in (
        ("title", old.work.title, new.work.title),
        ("authors", _people(old), _people(new)),
        ("year", str(old.work.year or ""), str(new.work.year or "")),
        ("journal", old.work.container, new.work.container),
        ("volume", old.work.volume, new.work.volume),
        ("issue", old.work.issue, new.work.issue),
        ("pages", old.work.pages, new.work.pages),
    ):
        if was != now:
            yield f"{field} was {_quoted(was)}, is {_quoted(now)}"


def _people(record: Record) -> str:
    return ", ".join(show(name, "pubmed") for name in record.work.authors)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 80 else line[:79] + '…'}”" if line else "nothing"


def as_text(told: Sequence[News]) -> str:
    """Return news as lines: kind, what it is about, what happened."""
    return "".join(f"{one.kind}: {one.about}: {one.words}\n" for one in told)


def as_markdown(told: Sequence[News], remarks: Iterable[str] = ()) -> str:
    """Return news as the body of a pull request, ending in a newline; `remarks` stand at its end."""
    from evidence.report.escape import markdown

    lines = ["## What changed in the world", ""]
    if not told:
        lines += ["Nothing: every answer is the same.", ""]
    for kind, group in groupby(told, key=lambda one: one.kind):
        held = list(group)
        quiet = kind in ("new", "dropped")
        head = f"{KINDS[kind]} ({len(held)})"
        lines += ["<details>", f"<summary>{head}</summary>", ""] if quiet else [f"### {head}", ""]
        lines += [f"- {markdown(one.about)}: {markdown(one.words)}" for one in held[:MOST]]
        lines += [f"- … and {len(held) - MOST} more"] if len(held) > MOST else []
        lines += ["", *(["</details>", ""] if quiet else [])]
    lines += [f"- {markdown(remark)}" for remark in remarks]
    return "\n".join(lines).rstrip("\n") + "\n"


#: Most news of one kind that a pull request lists; a body may have 65,536 characters.
MOST = 100


def as_json(told: Sequence[News]) -> str:
    """Return news as one JSON document: `{"schema": 1, "news": [{"kind", "about", "words"}]}`."""
    import json

    from evidence.report.escape import json_text

    rows = [{"kind": one.kind, "about": one.about, "words": one.words} for one in told]
    return json_text(json.dumps({"schema": 1, "news": rows}, ensure_ascii=False, indent=2)) + "\n"
