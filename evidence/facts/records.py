"""Read facts.toml: studies and facts with the place of every value, and clear errors.

What cannot be understood is an error that names its line and says what to type; all of a file's
errors are told at once. What can be understood but not checked (an unknown key) is a problem.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.errors import FactsError
from evidence.facts import schema
from evidence.facts.advice import advise
from evidence.facts.folding import fold
from evidence.facts.numbers import quantity
from evidence.facts.places import Block, blocks
from evidence.facts.words import relation_of
from evidence.model import Fact, FactsFile, Problem, Quantity, Quote, Source, Span, Study

#: How many errors are told at once.
_MOST = 20
#: Quantities of a fact that have no field of their own.
_FIGURES = ("n", "mean", "sd", "low", "high", "p")
#: Keys that no study has: in its block they show that a header is missing.
_ONLY_OF_FACTS = ("study", "id", "kind", "role", "value", "on_page", "in_source", "verdict")
_NOWHERE = Block((), False, Span(0, 0))


def read(source: Source, *, keys: Collection[str] | None = None) -> FactsFile:
    """Read a facts file.

    `keys` are the reference keys of the project: a fact may name one without a `[study.…]` block,
    and a study that is neither is an error. Where they are not known (None) that is left to the
    rule `unknown-study`.

    Raises FactsError, one line for each error: "facts.toml:12: what is wrong: what to type".
    """
    try:
        tables = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        line, what = advise(source.text, str(error))
        raise FactsError(f"{source.name}:{line}: {what}") from None
    except RecursionError:
        raise FactsError(f"{source.name}:1: tables are nested too deeply to be read") from None
    reading = _Reading(source, None if keys is None else frozenset(keys))
    result = reading.file(tables, blocks(source.text))
    reading.raise_errors()
    return result


@dataclass(slots=True)
class _Reading:
    """One reading of one file: what was found wrong so far, with the offset of each error."""

    source: Source
    keys: frozenset[str] | None
    errors: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def file(self, tables: Mapping[str, Any], found: list[Block]) -> FactsFile:
        top = found[0]
        version = tables.get("schema", schema.VERSION)
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            self.complain(top, "schema", f"the schema is a number: type  schema = {schema.VERSION}")
        elif version > schema.VERSION:
            self.complain(top, "schema", f"schema {version} is of a later version: update the program")
        for key in tables:
            if key in schema.TOP_KEYS and not (key == "study" and isinstance(tables[key], str)):
                continue
            if key in schema.FACT_KEYS:
                self.complain(top, key, f"`{key}` belongs to a fact: put  [[fact]]  on a line above it")
            elif isinstance(tables[key], list | dict) and (name := schema.near(key, ("fact", "study"))):
                block = next((one for one in found if one.header[:1] == (key,)), top)
                header = "[[fact]]" if name == "fact" else "[study.key]"
                self.complain(block, "", f"a {name} begins with  {header}")
            else:
                self.unknown(top, key, schema.TOP_KEYS)
        page = self.text(top, tables, "page")
        studies = dict(self.studies(tables.get("study", {}), found))
        facts = tuple(self.facts(tables.get("fact", []), found, page, studies))
        self.check_links(facts)
        return FactsFile(self.source, page, studies, facts, tuple(self.problems))

    # Studies

    def studies(self, tables: object, found: list[Block]) -> Iterator[tuple[str, Study]]:
        placed = {block.header[-1]: block for block in found if block.header[:-1] == ("study",)}
        if isinstance(tables, str):
            return  # a fact's key above the first [[fact]]
        if not isinstance(tables, dict):
            block = next((block for block in found if block.header == ("study",)), _NOWHERE)
            self.complain(block, "", "a study begins with  [study.key]  (one bracket on each side)")
            return
        for key, table in tables.items():
            block = placed.get(key, _NOWHERE)
            if not isinstance(table, dict):
                self.complain(block, "", f"a study begins with  [study.{key}]")
                continue
            for name in [name for name in table if name not in schema.STUDY_KEYS]:
                if name == "fact":
                    what = f'a fact begins with  [[fact]]  and names its study: type  study = "{key}"'
                    self.complain(block, "", what)
                elif isinstance(table[name], dict):
                    inner = next((one for one in found if one.header[:3] == ("study", key, name)), block)
                    self.complain(
                        inner, "", f'a key that holds a dot is quoted: type  [study."{key}.{name}"]'
                    )
                elif name in _ONLY_OF_FACTS:
                    self.complain(
                        block, name, f"`{name}` belongs to a fact: put  [[fact]]  on a line above it"
                    )
                    break
                else:
                    self.unknown(block, name, schema.STUDY_KEYS)
            yield (
                key,
                Study(
                    key,
                    source=self.text(block, table, "source"),
                    tier=self.one_of(block, table, "tier", schema.TIERS),
                    design=self.text(block, table, "design"),
                    phase=self.text(block, table, "phase"),
                    registry=self.text(block, table, "registry"),
                    arms=self.arms(block, table.get("arms", [])),
                    span=block.span,
                ),
            )

    def arms(self, block: Block, value: object) -> tuple[tuple[str, int | None], ...]:
        arms: list[tuple[str, int | None]] = []
        for arm in value if isinstance(value, list) else [value]:
            size = arm.get("n") if isinstance(arm, dict) else 0.5
            if not isinstance(arm, dict) or not isinstance(size, int | None) or isinstance(size, bool):
                what = 'an arm has a name and a size: type  arms = [{ name = "placebo", n = 20 }]'
                self.complain(block, "arms", what)
                break
            arms.append((str(arm.get("name", "")), size))
        return tuple(arms)

    # Facts

    def facts(
        self, tables: object, found: list[Block], page: str, studies: Mapping[str, Study]
    ) -> Iterator[Fact]:
        placed = [block for block in found if block.header == ("fact",)]
        if not isinstance(tables, list):
            block = placed[0] if placed else _NOWHERE
            self.complain(block, "", "a fact begins with  [[fact]]  (two brackets on each side)")
            return
        if len(placed) != len(tables):
            placed = [_NOWHERE] * len(tables)
        seen: dict[tuple[str, str], Block] = {}
        for table, block in zip(tables, placed, strict=True):
            if not isinstance(table, dict):
                self.complain(block, "", "a fact begins with  [[fact]]  on a line of its own")
                continue
            fact = self.fact(table, block, page, studies)
            if not fact.id:
                self.complain(block, "id", 'a fact needs a name that is its own: type  id = "enrolled"')
            elif first := seen.get((fact.study, fact.id)):
                taken = f"the fact on line {self.line(first.span.start)}"
                self.complain(block, "id", f'the id "{fact.id}" is taken by {taken}: type another')
            seen.setdefault((fact.study, fact.id), block)
            yield fact

    def fact(self, table: dict[str, Any], block: Block, page: str, studies: Mapping[str, Study]) -> Fact:
        for key in [key for key in table if key not in schema.FACT_KEYS]:
            self.unknown_fact_key(block, key, table[key])
        relation = self.relation(block, table, "source_relation")
        on_page = self.quote(block, table, "on_page")
        own_page = self.text(block, table, "page") or page
        if on_page and not own_page:
            self.complain(block, "on_page", 'no page is named: type  page = "page.md"  at the top')
        return Fact(
            id=self.text(block, table, "id"),
            study=self.study(block, table, studies),
            kind=self.one_of(block, table, "kind", schema.KINDS) or "other",
            role=self.one_of(block, table, "role", schema.ROLES),
            quantity=self.quantity(block, table, "value") or Quantity(),
            of=self.text(block, table, "of"),
            at=self.quantity(block, table, "at"),
            outcome=self.text(block, table, "outcome"),
            arm=self.text(block, table, "arm"),
            stat=self.text(block, table, "stat"),
            partition=self.text(block, table, "partition"),
            on_page=on_page,
            in_source=self.quote(block, table, "in_source"),
            source_relation=relation,
            source_at=self.quantity(block, table, "source_at"),
            verdict=self.one_of(block, table, "verdict", schema.VERDICTS) or "unchecked",
            by=self.text(block, table, "by"),
            on=self.date(block, table),
            note=self.text(block, table, "note"),
            seal=self.text(block, table, "seal"),
            page=own_page,
            extra=self.extra(block, table),
            span=block.span,
            fields=dict(block.values),
        )

    def extra(self, block: Block, table: Mapping[str, Any]) -> dict[str, Any]:
        for key in _FIGURES:
            self.quantity(block, table, key)
        own = schema.TEXT_KEYS | {"value", "at", "source_at", "on"}
        return {key: value for key, value in table.items() if key not in own}

    def unknown_fact_key(self, block: Block, key: str, value: object) -> None:
        if key in ("page", "source") or key in schema.EARLIER_KEYS:
            self.complain(block, key, f"`{key}` is not a key of a fact: type  {schema.EARLIER_KEYS[key]}")
        else:
            self.unknown(block, key, schema.FACT_KEYS)

    def study(self, block: Block, table: Mapping[str, Any], studies: Mapping[str, Study]) -> str:
        study = self.text(block, table, "study")
        if not study:
            example = next(iter(studies), "smith2020")
            self.complain(block, "study", f'a fact needs its study: type  study = "{example}"')
        elif self.keys is not None and study not in (known := {*studies, *self.keys}):
            guess = schema.near(study, known)
            hint = f'type  study = "{guess}"' if guess else "type one of: " + ", ".join(sorted(known)[:8])
            self.complain(block, "study", f'there is no study "{study}": {hint}')
        return study

    def check_links(self, facts: tuple[Fact, ...]) -> None:
        """Complain of a denominator that no fact of the study bears."""
        ids: dict[str, list[str]] = {}
        for fact in facts:
            ids.setdefault(fact.study, []).append(fact.id)
        for fact in facts:
            if not fact.of or fact.of in ids[fact.study] or re.fullmatch(r"\d+(?:,\d{3})*", fact.of):
                continue
            guess = schema.near(fact.of, ids[fact.study])
            hint = f'type  of = "{guess}"' if guess else "type the id of the fact that counts the whole group"
            at = fact.fields.get("of", fact.span).start
            self.errors.append((at, f'no fact of "{fact.study}" has the id "{fact.of}": {hint}'))

    # Values

    def text(self, block: Block, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key, "")
        if isinstance(value, int) and not isinstance(value, bool) and key in ("id", "of", "phase", "arm"):
            return str(value)
        if not isinstance(value, str):
            self.complain(block, key, f"`{key}` is text: " + _typed(key, value))
            return ""
        return value.strip() if "on_page" not in key and "in_source" not in key else value

    def one_of(self, block: Block, table: Mapping[str, Any], key: str, known: tuple[str, ...]) -> str:
        word = self.text(block, table, key)
        plain = schema.SPELLINGS.get(word.casefold(), word.casefold())
        if not word or plain in known:
            return plain
        guess = schema.near(word, known)
        hint = f'type  {key} = "{guess}"' if guess else "type one of " + ", ".join(known)
        self.complain(block, key, f'"{word[:40]}" is no {key}: {hint}')
        return ""

    def relation(self, block: Block, table: Mapping[str, Any], key: str) -> str:
        word = self.text(block, table, key)
        sign = relation_of(word)
        if word and not sign:
            self.complain(block, key, f'"{word[:40]}" is no relation: type "=", ">", ">=", "<", "<=" or "~"')
        return sign

    def quantity(self, block: Block, table: Mapping[str, Any], key: str) -> Quantity | None:
        if key not in table:
            return None
        unit = self.text(block, table, "unit") if key == "value" else ""
        relation = self.text(block, table, "relation") if key == "value" else ""
        try:
            return quantity(table[key], unit, relation)
        except ValueError as error:
            self.complain(block, key, f"`{key}`: {error}")
            return None

    def quote(self, block: Block, table: Mapping[str, Any], key: str) -> Quote | None:
        exact, prefix, suffix = (self.text(block, table, key + end) for end in ("", "_prefix", "_suffix"))
        if exact.strip():
            return Quote(exact, prefix, suffix)
        if isinstance(table.get(key, ""), str) and (key in table or prefix or suffix):
            self.complain(block, key, f"`{key}` is empty: put the exact words, or delete the line")
        return None

    def date(self, block: Block, table: Mapping[str, Any]) -> str:
        value = table.get("on", "")
        if isinstance(value, datetime.datetime):
            return value.date().isoformat()
        if isinstance(value, datetime.date):
            return value.isoformat()
        if isinstance(value, str) and (not value or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip())):
            return value.strip()
        self.complain(block, "on", "a date is written year-month-day: type  on = 2026-11-22")
        return ""

    # Errors

    def complain(self, block: Block, key: str, message: str) -> None:
        at = next((span for name, span in block.values.items() if name.partition(".")[0] == key), block.span)
        self.errors.append((at.start, message))

    def unknown(self, block: Block, key: str, known: Collection[str]) -> None:
        span = block.values.get(key, Span(block.span.start, block.span.start))
        guess = schema.near(key, known)
        hint = f"did you mean `{guess}`? " if guess else ""
        message = f"`{key}` is not a key that is known here: {hint}it is kept, and nothing checks it"
        self.problems.append(Problem("could-not-check", span, message))

    def line(self, offset: int) -> int:
        return self.source.text.count("\n", 0, offset) + 1

    def raise_errors(self) -> None:
        if not self.errors:
            return
        told = [f"{self.source.name}:{self.line(at)}: {message}" for at, message in sorted(self.errors)]
        rest = [f"… and {len(told) - _MOST} more"] if len(told) > _MOST else []
        raise FactsError("\n".join(told[:_MOST] + rest))


def _typed(key: str, value: object) -> str:
    """Return what to type where text was expected."""
    if not isinstance(value, dict):
        return f'type  {key} = "{value}"'
    part = f"{key}_{next(iter(value), '')}"
    if part in schema.EARLIER_KEYS:
        return f"type  {schema.EARLIER_KEYS[part]}"
    return f"type  {part} = …" if part in schema.FACT_KEYS else f'type  {key} = "…"'


def seal(fact: Fact, source: str) -> str:
    """Return the seal of a fact: 16 hexadecimal digits that change when a checked thing changes.

    Covers both quotes, the value block (value, unit, relation, kind, role, denominator, time, arm,
    outcome, statistic, partition, the source's own relation and time) and `source`, the study's
    source as written. Typesetting of the quotes does not count: they are folded. A verdict given
    for one seal says nothing about another.
    """
    block = [
        [_quoted(fact.on_page), _quoted(fact.in_source), source],
        [_measured(measure) for measure in (fact.quantity, fact.at, fact.source_at)],
        [fact.kind, fact.role, fact.of, fact.arm, fact.outcome, fact.stat, fact.partition],
        fact.source_relation,
        [str(fact.extra.get(key, "")) for key in _FIGURES],
    ]
    text = json.dumps(block, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _quoted(quote: Quote | None) -> list[str] | None:
    return None if quote is None else [fold(part).text for part in (quote.exact, quote.prefix, quote.suffix)]


def _measured(measure: Quantity | None) -> list[object] | None:
    if measure is None:
        return None
    value = measure.text if measure.value is None else float(measure.value)
    return [value, measure.unit, measure.relation]


def is_void(fact: Fact, studies: Mapping[str, Study]) -> bool:
    """Return whether a verdict was given for other words, another value or another source.

    A verdict typed by hand bears no seal and stands.
    """
    study = studies.get(fact.study)
    return bool(fact.seal) and fact.seal != seal(fact, study.source if study else "")
