"""The text of a lock to its answers; what is wrong with it is named by file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from evidence.errors import LockError
from evidence.lock.answers import IDENTIFIERS, Lock, is_search, mend
from evidence.lock.writing import FIELDS, SCHEMA
from evidence.model import Answer, Date, Id, Name, Notice, Question, Record, Seen, Work

MEND = "take either side, then run evidence check"

#: Services whose answer "found" names no work: it only says that the thing exists.
BARE = ("doi", "link", "archive", "text")

#: What a value of a type is called.
WORDS = {str: "a string", int: "a whole number", dict: "a table", list: "a list", bool: "true or false"}


def loads(text: str, name: str = "refs.lock") -> Lock:
    """Return the lock that a text holds; lower schemas are read, unknown keys passed over.

    Raises `LockError` naming file and line for a later schema, damaged TOML, a wrong type, an
    unknown outcome and the conflict markers of a merge.
    """
    conflict = re.search(r"^(?:<{7}|>{7}|={7}|\|{7})(?:[ \r\n]|\Z)", text, re.MULTILINE)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise LockError(f"{name}:{line}: git's conflict markers: {MEND}")
    from evidence.settings import read_toml

    try:
        table = read_toml(text)
    except ValueError as error:
        at = re.search(r" ?\(at (?:line (\d+), column \d+|end of document)\)", str(error))
        line = int(at[1]) if at and at[1] else text.rstrip("\n").count("\n") + 1
        told = str(error)[: at.start()] if at else str(error)
        raise LockError(f"{name}:{line}: damaged: {told[:1].lower()}{told[1:]}; {MEND}") from None
    whole = _Table(table, (), text, name)
    schema = whole.take("schema", int, None)
    if schema is None:
        raise whole.error(None, "no schema: this is not a lock, or its beginning is missing")
    if schema > SCHEMA:
        raise whole.error("schema", f"schema {schema} needs a newer evidence: this one reads {SCHEMA}")
    updated = whole.day("updated")
    answers: dict[Question, Answer] = {}
    named: dict[Question, tuple[str, ...]] = {}
    for service in sorted(set(table) - {"schema", "updated"}):
        for key in whole.take(service, dict, {}):
            question = Question(service, key)
            answers[question], named[question] = _answer(question, whole.inner(service, key), updated)
    return Lock(mend(_resolved(answers, named, whole)), updated)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the lock, where it stands, and errors that say so."""

    values: Mapping[str, Any]
    path: tuple[str, ...]
    text: str
    name: str

    def inner(self, *path: str) -> _Table:
        """Return a table inside this one; raises `LockError` where something else stands."""
        values: Any = self.values
        for key in path:
            values = values[key]
        if not isinstance(values, dict):
            raise _Table(self.values, path[:-1], self.text, self.name).error(path[-1], "must be a table")
        return _Table(values, (*self.path, *path), self.text, self.name)

    def take(self, key: str, kind: type, default: Any) -> Any:
        """Return the value of a key, or the default where it is missing."""
        if key not in self.values:
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"must be {WORDS[kind]}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of strings."""
        values = self.take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.error(key, "must be a list of strings")
        return tuple(values)

    def day(self, key: str) -> str:
        """Return an ISO date, or "" where the key is missing."""
        value = self.take(key, str, "")
        if value and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise self.error(key, f"must be a date such as 2026-11-22, not {value[:40]!r}")
        return str(value)

    def error(self, key: str | None, told: str) -> LockError:
        """Return the error for a key of this table, with the line it stands on."""
        line = _line(self.text, self.path, key)
        return LockError(f"{self.name}:{line}: {f'{key!r} ' if key else ''}{told}")


def _line(text: str, path: tuple[str, ...], key: str | None) -> int:
    """Return the line of a key in the table of that path, else of the table, else 1."""
    import tomllib

    at: tuple[str, ...] = ()
    heading = 1
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            try:
                nested: Any = tomllib.loads(stripped)
            except tomllib.TOMLDecodeError:
                continue
            at = ()
            while isinstance(nested, dict) and nested:
                ((part, nested),) = nested.items()
                at = (*at, part)
            if at == path or at[: len(path) + 1] == (*path, key):
                heading = number
                if at != path:
                    return number
        elif at == path and key and re.match(rf"[\"']?{re.escape(key)}[\"']?\s{{0,99}}[=.]", stripped):
            return number
    return heading


def _answer(question: Question, table: _Table, updated: str) -> tuple[Answer, tuple[str, ...]]:
    """Return the answer that a table holds, and the keys of the records that it only names."""
    since = table.day("since")
    asked = table.day("asked") or ("" if question.service == "by-hand" else updated)
    looks = table.take("looks", list, [])
    if looks:
        seen = tuple(_look(question, look, table) for look in looks)
        return Answer("found", question.service, seen=seen, since=since, asked=asked), ()
    outcome = table.take("outcome", str, None)
    if outcome not in ("found", "absent"):
        told = "no outcome" if outcome is None else f"must be found or absent, not {outcome[:40]!r}"
        raise table.error("outcome" if outcome else None, told)
    alias = table.take("alias_of", str, "")
    named = (alias,) if alias else table.words("candidates")
    records: tuple[Record, ...] = ()
    if any(field in table.values for field in ("type", *FIELDS, "authors", "editors", "issued", "ids")):
        records = (_record(question, table, since),)
    if outcome == "found" and not records and not named and question.service not in BARE:
        raise table.error(None, f"found, but no record of it; {MEND}")
    agency = table.take("agency", str, "")
    digest = table.take("digest", str, "")
    answer = Answer(
        outcome, question.service, records, since=since, asked=asked, agency=agency, digest=digest
    )
    return answer, named


def _resolved(
    answers: Mapping[Question, Answer], named: Mapping[Question, tuple[str, ...]], whole: _Table
) -> dict[Question, Answer]:
    """Return the answers with the records that they name, which stand under their own identifier."""
    homes: dict[str, Answer] = {}
    for question, answer in answers.items():
        if not named[question] and answer.records:
            homes.setdefault(question.key, answer)
    resolved = dict(answers)
    for question, keys in named.items():
        records: list[Record] = []
        for key in keys:
            own = Question(question.service, key)
            home = answers[own] if own in answers and not named[own] else homes.get(key)
            if home is None:
                where = _Table({}, (question.service, question.key), whole.text, whole.name)
                told = f"names {key!r}, of which the lock has no record; {MEND}"
                raise where.error("candidates" if is_search(question) else "alias_of", told)
            records += home.records
        if keys:
            resolved[question] = _with(answers[question], (*records, *answers[question].records))
    return resolved


def _with(answer: Answer, records: tuple[Record, ...]) -> Answer:
    return replace(answer, records=records)


def _look(question: Question, value: object, table: _Table) -> Seen:
    """Return one dated look at a link."""
    if not isinstance(value, dict):
        raise table.error("looks", "must be a list of tables")
    look = _Table(value, table.path, table.text, table.name)
    hops = []
    for hop in look.words("hops"):
        status, _, address = hop.partition(" ")
        if not status.isdecimal():
            raise table.error("looks", f"a hop must be a status and an address, not {hop[:40]!r}")
        hops.append((address, int(status)))
    return Seen(
        url=look.take("url", str, "") or question.key.removeprefix("link:"),
        at=look.day("at"),
        hops=tuple(hops),
        status=look.take("status", int, None),
        type=look.take("type", str, ""),
        title=look.take("title", str, ""),
        signals=look.words("signals"),
        error=look.take("error", str, ""),
    )


def _record(question: Question, table: _Table, since: str) -> Record:
    """Return the registered work whose fields stand in a table."""
    kind, _, value = question.key.partition(":")
    ids = [Id(kind, value)] if kind in IDENTIFIERS else []
    for text in table.words("ids"):
        of, _, id_ = text.partition(":")
        if not id_:
            raise table.error("ids", f"must be such as 'pmid:123', not {text[:40]!r}")
        ids += [Id(of, id_)] if Id(of, id_) not in ids else []
    dates = {key: _date(table, key) for key in ("print", "online") if key in table.values}
    inner = table.take("dates", dict, {})
    dates |= {key: _date(_Table(inner, table.path, table.text, table.name), key) for key in inner}
    extra = table.take("extra", dict, {})
    if not all(isinstance(text, str) for text in extra.values()):
        raise table.error("extra", "must hold strings")
    work = Work(
        type=table.take("type", str, "document"),
        authors=tuple(name_of(text) for text in table.words("authors")),
        more_authors=table.take("more_authors", bool, False),
        editors=tuple(name_of(text) for text in table.words("editors")),
        issued=_date(table, "issued") if "issued" in table.values else None,
        accessed=_date(table, "accessed") if "accessed" in table.values else None,
        dates=dates,
        ids=tuple(ids),
        extra=dict(extra),
        **{field: table.take(field, str, "") for field in FIELDS},
    )
    return Record(question.service, work, _notices(table), since, table.take("record_url", str, ""))


def _notices(table: _Table) -> tuple[Notice, ...]:
    """Return the notices of a record, sorted by kind and identifier."""
    found = []
    for kind, notices in table.take("notices", dict, {}).items():
        for id_, said in (notices if isinstance(notices, dict) else {"": notices}).items():
            if not isinstance(said, dict):
                raise table.error("notices", "must be tables by kind and identifier")
            inner = _Table(said, table.path, table.text, table.name)
            found.append(Notice(kind, id_, inner.take("date", str, ""), inner.words("says")))
    return tuple(sorted(found, key=lambda notice: (notice.kind, notice.id)))


def _date(table: _Table, key: str) -> Date:
    """Return a date such as "2015-01-05", "2015" or "2015 Spring"."""
    text = table.take(key, str, "")
    match = re.fullmatch(r"(\d{1,4})?(?:-(\d{1,2})?(?:-(\d{1,2}))?)?(?: (.{1,200}))?", text)
    if not text or match is None:
        raise table.error(key, f"must be a date such as '2015-01', not {text[:40]!r}")
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    return Date(year, month, day, match[4] or "")


def name_of(text: str) -> Name:
    r"""Return the name that `name_text` wrote; `\,` is a comma inside a part."""
    if text.startswith("{") and text.endswith("}"):
        return Name(literal=text[1:-1])
    particle = re.match(r"(?s)\[((?:[^\\\]]|\\.){0,99})\] ?", text)
    rest = text[particle.end() :] if particle else text
    # The pattern matches once more, empty, at the end of the text.
    parts = [_plain(part) for part in re.findall(r"(?s)((?:[^\\,]|\\.)*)(?:,|\\?\Z)", rest)[:-1]] or [""]
    return Name(
        family=parts[0],
        given=parts[-1] if len(parts) > 1 else "",
        particle=_plain(particle[1]) if particle else "",
        suffix=parts[1] if len(parts) > 2 else "",
    )


def _plain(part: str) -> str:
    return re.sub(r"(?s)\\(.)", r"\1", part.strip())
