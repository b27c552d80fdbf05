"""The lock as text: TOML, sorted, one fact a line, so that a change in the world is a changed line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from evidence.lock.answers import BY_HAND, Lock, is_search, mend, pointer
from evidence.model import Answer, Date, Name, Notice, Question, Record, Seen

SCHEMA = 1

HEAD = "# What registries and servers answered. Written by evidence; by hand only under by-hand.\n"

#: Plain fields of a work, in the order in which they are written.
FIELDS = (
    "title", "subtitle", "container", "short_container", "volume", "issue", "pages", "publisher", "place",
    "edition", "url",
)  # fmt: skip

#: Characters that are written as escapes: quotes, controls, and what changes how a line looks or
#: reads (bidirectional marks, invisible characters, line separators, lone surrogates apart).
_ESCAPED = re.compile(
    '["\\\\\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb'
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def dumps(lock: Lock) -> str:
    """Return the text of a lock: LF, sorted by service and question, ending in a newline."""
    answers = mend(lock.answers)
    out = [HEAD, f"schema = {SCHEMA}\n", f"updated = {string(lock.updated)}\n" if lock.updated else ""]
    for question in sorted(answers, key=lambda question: (question.service, question.key)):
        answer = answers[question]
        out.append(f"\n[{_key(question.service)}.{string(question.key)}]\n")
        if not answer.seen:
            out.append(f"outcome = {string(answer.outcome)}\n")
        if answer.since:
            out.append(f"since = {string(answer.since)}\n")
        told = "" if question.service == BY_HAND else lock.updated
        if answer.asked not in ("", told):
            out.append(f"asked = {string(answer.asked)}\n")
        out.extend(content(question, answer))
    return "".join(out)


def content(question: Question, answer: Answer) -> Iterator[str]:
    """Yield the lines that say what was answered, without its dates."""
    if answer.seen:
        yield from _array("looks", (_look(question, look) for look in answer.seen))
    if answer.agency:
        yield f"agency = {string(answer.agency)}\n"
    if answer.digest:
        yield f"digest = {string(answer.digest)}\n"
    pointers = [pointer(question, record) for record in answer.records]
    if any(pointers) and is_search(question):
        yield from _array("candidates", (string(key) for key in pointers if key))
    elif any(pointers):
        yield f"alias_of = {string(pointers[0])}\n"
    for record, key in zip(answer.records, pointers, strict=True):
        if not key:
            yield from _record(question, record)


def string(text: str) -> str:
    """Return a TOML basic string."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    return _SHORT.get(character) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else string(name)


def _array(name: str, values: Iterable[str]) -> Iterator[str]:
    """Yield an array with one value a line: adding one is one added line."""
    yield f"{name} = [\n"
    for value in values:
        yield f"  {value},\n"
    yield "]\n"


def _inline(pairs: Mapping[str, str]) -> str:
    """Return an inline table of values that are TOML already; empty ones are left out."""
    said = [f"{key} = {value}" for key, value in pairs.items() if value not in ('""', "[]", "")]
    return f"{{ {', '.join(said)} }}" if said else "{}"


def _words(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(string, words)) + "]"


def _look(question: Question, look: Seen) -> str:
    return _inline({
        "at": string(look.at),
        "url": "" if f"link:{look.url}" == question.key else string(look.url),
        "status": "" if look.status is None else str(look.status),
        "error": string(look.error),
        "type": string(look.type),
        "title": string(look.title),
        "signals": _words(look.signals),
        "hops": _words(f"{status} {address}" for address, status in look.hops),
    })  # fmt: skip


def _record(question: Question, record: Record) -> Iterator[str]:
    """Yield the lines of a registered work; what is empty is left out."""
    work = record.work
    plain = {name: getattr(work, name) for name in FIELDS}
    yield f"type = {string(work.type)}\n"
    yield from (f"{name} = {string(plain[name])}\n" for name in ("title", "subtitle") if plain[name])
    if work.authors:
        yield from _array("authors", (string(name_text(name)) for name in work.authors))
    if work.more_authors:
        yield "more_authors = true\n"
    if work.editors:
        yield from _array("editors", (string(name_text(name)) for name in work.editors))
    yield from (f"{name} = {string(plain[name])}\n" for name in FIELDS[2:4] if plain[name])
    dates: dict[str, Date | None] = {"issued": work.issued, "accessed": work.accessed}
    for key in sorted(work.dates):
        dates[key if key in ("print", "online") else f"dates.{_key(key)}"] = work.dates[key]
    known = {name: date_text(date) for name, date in dates.items() if date is not None}
    yield from (f"{name} = {string(date)}\n" for name, date in known.items() if date)
    yield from (f"{name} = {string(plain[name])}\n" for name in FIELDS[4:] if plain[name])
    ids = [string(str(id_)) for id_ in work.ids if str(id_) != question.key]
    if ids:
        yield from _array("ids", ids)
    yield from (f"extra.{_key(key)} = {string(work.extra[key])}\n" for key in sorted(work.extra))
    if record.url:
        yield f"record_url = {string(record.url)}\n"
    for kind, id_, notice in _notices(record.notices):
        said = _inline({"date": string(notice.date), "says": _words(notice.says)})
        yield f"notices.{_key(kind)}.{string(id_)} = {said}\n"


def _notices(notices: Iterable[Notice]) -> list[tuple[str, str, Notice]]:
    """Return notices sorted, those of one kind and identifier as one that names all who say it."""
    merged: dict[tuple[str, str], Notice] = {}
    for notice in notices:
        other = merged.get((notice.kind, notice.id), notice)
        says = tuple(dict.fromkeys((*other.says, *notice.says)))
        merged[notice.kind, notice.id] = Notice(notice.kind, notice.id, other.date or notice.date, says)
    return [(kind, id_, notice) for (kind, id_), notice in sorted(merged.items(), key=lambda item: item[0])]


def date_text(date: Date) -> str:
    """Return a date as far as it is known: "2015-01-05", "2015-01", "2015", "2015 Spring"."""
    parts = ["" if date.year is None else f"{date.year:04d}"]
    parts += ["" if part is None else f"{part:02d}" for part in (date.month, date.day)]
    text = "-".join(parts).rstrip("-")
    return f"{text} {date.season}" if date.season else text


def name_text(name: Name) -> str:
    """Return a name that can be read back: "[van der] Berg, Jr, Jan", "{World Health Organization}"."""
    if name.literal:
        return "{" + name.literal + "}"
    parts = (name.family, name.given, name.particle, name.suffix)
    family, given, particle, suffix = (re.sub(r"([\\,\[\]{}])", r"\\\1", part) for part in parts)
    text = f"[{particle}] {family}" if particle else family
    if suffix:
        return f"{text}, {suffix}, {given}"
    return f"{text}, {given}" if given else text
