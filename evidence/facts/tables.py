"""The table of facts: long (a row a fact) and wide (a row a study), out as CSV and back in.

Back in, a row is tied to its fact by study and id; only cells that differ are written, so that
comments and the form of everything else stay.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evidence.errors import FactsError
from evidence.facts import schema
from evidence.facts.numbers import quantity, shown
from evidence.facts.writing import COLUMNS, add, inline_quantity, set_values, table, text_value, to_csv
from evidence.model import Edit, Fact, FactsFile, Quantity, Quote, Span, Study

#: Columns of the wide table that tell of the study.
STUDY_COLUMNS = ("study", "source", "tier", "design", "phase", "registry", "arms")
#: Columns of the long table that only inform.
_ONLY_SHOWN = ("file",)
_QUANTITIES = ("at", "source_at")
_MOST = 20


def wide(files: Iterable[FactsFile]) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and rows of the wide table: a study a row, a fact's id a column."""
    rows: dict[str, dict[str, str]] = {}
    columns: dict[str, None] = {}
    for file in files:
        for key in dict.fromkeys([*file.studies, *(fact.study for fact in file.facts)]):
            row = rows.setdefault(key, {"study": key})
            if study := file.studies.get(key):
                row |= {name: value for name, value in _of_study(study).items() if value}
        for fact in file.facts:
            columns.setdefault(_column(fact.id))
            rows[fact.study][_column(fact.id)] = shown(fact.quantity)
    used = [name for name in STUDY_COLUMNS if name == "study" or any(row.get(name) for row in rows.values())]
    return [*used, *columns], list(rows.values())


def _column(id: str) -> str:
    """Return the column of a fact; one that is called like a column of the study is marked."""
    return f"fact {id}" if id in STUDY_COLUMNS else id


def _of_study(study: Study) -> dict[str, str]:
    arms = "; ".join(name if size is None else f"{name} (n={size})" for name, size in study.arms)
    return {
        "source": study.source, "tier": study.tier, "design": study.design, "phase": study.phase,
        "registry": study.registry, "arms": arms,
    }  # fmt: skip


def wide_csv(files: Iterable[FactsFile]) -> str:
    """Return the wide table as CSV."""
    columns, rows = wide(files)
    return to_csv(rows, columns)


def to_pandas(files: Iterable[FactsFile], *, by_study: bool = False) -> Any:
    """Return the table as a pandas DataFrame: a row a fact, or, `by_study`, a row a study.

    Needs pandas (`pip install evidence-bib[pandas]`); raises ImportError without it.
    """
    import pandas

    if by_study:
        columns, rows = wide(files)
        return pandas.DataFrame(rows, columns=columns).fillna("")
    return pandas.DataFrame(table(files), columns=list(COLUMNS))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a table changes in a facts file: edits, and how many facts are changed and added."""

    edits: tuple[Edit, ...]
    changed: int
    added: int


def load(text: str, file: FactsFile, name: str = "table.csv") -> Loaded:
    """Return the edits that bring a CSV table, long or wide, into a facts file.

    Raises FactsError, one line for each error: "table.csv:4: what is wrong: what to type".
    """
    rows = list(_rows(text, name))
    if not rows:
        return Loaded((), 0, 0)
    errors: list[str] = []
    head = [column for column in rows[0][1] if column]
    if "study" not in head:
        raise FactsError(f'{name}:1: there is no column "study": a table has a header with study and id')
    is_long = "id" in head
    if is_long:
        known = {*schema.FACT_KEYS, *_ONLY_SHOWN}
        for column in head:
            if column not in known:
                guess = schema.near(column, known)
                hint = f'; did you mean "{guess}"?' if guess else ""
                errors.append(f'{name}:1: the column "{column}" is no key of a fact{hint}')
    wanted = _long(rows) if is_long else _wide(rows, file)
    loading = _Loading(file, name, errors)
    loaded = loading.load(wanted)
    if errors:
        rest = [f"… and {len(errors) - _MOST} more"] if len(errors) > _MOST else []
        raise FactsError("\n".join(errors[:_MOST] + rest))
    return loaded


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    sample = text.split("\n", 1)[0]
    mark = max(",;\t", key=sample.count)  # a spreadsheet of another country writes semicolons
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=mark, strict=True)
    try:
        for row in reader:
            if None in row:
                raise FactsError(f"{name}:{reader.line_num}: this line has more cells than the header")
            cells = {(key or "").strip(): _plain(value or "") for key, value in row.items()}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as error:
        raise FactsError(f"{name}:{reader.line_num}: no CSV ({error}): export the table again") from None


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that `export` puts before what looks like a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def _long(rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    for line, row in rows:
        cells = {key: value for key, value in row.items() if key not in ("study", "id", *_ONLY_SHOWN)}
        yield line, row.get("study", "").strip(), row.get("id", "").strip(), cells


def _wide(
    rows: Sequence[tuple[int, dict[str, str]]], file: FactsFile
) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """Yield the cells of a wide table; a new fact takes kind and role from one of the same id."""
    like = {fact.id: fact for fact in file.facts}
    have = {(fact.study, fact.id): fact for fact in file.facts}
    for line, row in rows:
        for column, value in row.items():
            if column in STUDY_COLUMNS or not column or not value.strip():
                continue
            study = row.get("study", "").strip()
            column = column.removeprefix("fact ") if column.removeprefix("fact ") in STUDY_COLUMNS else column
            held = have.get((study, column))
            if held is not None and shown(held.quantity) == value.strip():
                continue
            cells = {"value": value}
            if held is None and (model := like.get(column)):
                cells |= {"kind": model.kind, "role": model.role, "outcome": model.outcome}
            yield line, study, column, cells


@dataclass(slots=True)
class _Loading:
    file: FactsFile
    name: str
    errors: list[str]

    def load(self, wanted: Iterable[tuple[int, str, str, dict[str, str]]]) -> Loaded:
        have = {(fact.study, fact.id): fact for fact in self.file.facts}
        edits: list[Edit] = []
        added: list[Fact] = []
        seen: dict[tuple[str, str], int] = {}
        changed = 0
        for line, study, name, cells in wanted:
            if not study or not name:
                self.errors.append(f"{self.name}:{line}: a row needs a study and an id")
                continue
            if first := seen.get((study, name)):
                self.errors.append(f'{self.name}:{line}: "{study}" "{name}" stands on line {first} already')
                continue
            seen[study, name] = line
            if fact := have.get((study, name)):
                own = self.changes(fact, cells, line)
                changed += bool(own)
                edits += own
            elif fresh := self.fresh(study, name, cells, line):
                added.append(fresh)
        known = {*self.file.studies}
        studies = [Study(key) for key in dict.fromkeys(fact.study for fact in added) if key not in known]
        if added:
            edits += add(self.file.source, added, [study for study in studies if study.source])
        return Loaded(tuple(sorted(edits, key=lambda edit: edit.span.start)), changed, len(added))

    def measure(self, cells: Mapping[str, str], key: str, line: int) -> Quantity | None:
        written = cells.get(key, "").strip()
        if not written:
            return None
        unit, relation = (cells.get("unit", ""), cells.get("relation", "")) if key == "value" else ("", "")
        try:
            return quantity(written, unit, relation)
        except ValueError as error:
            self.errors.append(f"{self.name}:{line}: {key}: {error}")
            return None

    def word(self, cells: Mapping[str, str], key: str, known: Sequence[str], line: int) -> str:
        written = cells.get(key, "").strip()
        plain = schema.SPELLINGS.get(written.casefold(), written.casefold())
        if written and plain not in known:
            guess = schema.near(written, known)
            hint = f'type "{guess}"' if guess else "type one of " + ", ".join(known)
            self.errors.append(f'{self.name}:{line}: "{written}" is no {key}: {hint}')
        return plain

    def changes(self, fact: Fact, cells: Mapping[str, str], line: int) -> list[Edit]:
        """Return the edits for the cells of a row that differ from its fact."""
        now = table_row(self.file, fact)
        differ = {
            key: value.strip() for key, value in cells.items() if value.strip() != now.get(key, "").strip()
        }
        values: dict[str, str] = {}
        gone: list[str] = []
        if differ.keys() & {"value", "unit", "relation"}:
            merged = {key: cells.get(key, now.get(key, "")) for key in ("value", "unit", "relation")}
            if merged["value"] != now["value"] and not _bare(merged["value"]):
                merged |= {"unit": "", "relation": ""}  # "30 months" says its unit itself
            measure = self.measure(merged, "value", line)
            if measure is not None and (measure.value, measure.unit, measure.relation) != (
                fact.quantity.value, fact.quantity.unit, fact.quantity.relation
            ):  # fmt: skip
                values |= _value_keys(fact, measure)
        for key, value in differ.items():
            if key in ("value", "unit", "relation", "seal"):
                continue
            if not value:
                gone.append(key)
            elif key in _QUANTITIES:
                measure = self.measure({key: value}, key, line)
                if measure is not None:
                    values[key] = inline_quantity(measure)
            else:
                values[key] = self.typed(cells, key, line)
        if "verdict" in values:
            gone.append("seal")  # a verdict from a table is one typed by hand
        if "page" in values and fact.page == self.file.page:
            values.pop("page")
        return [*set_values(self.file.source, fact, values), *self.dropped(fact, gone)]

    def typed(self, cells: Mapping[str, str], key: str, line: int) -> str:
        known = {"kind": schema.KINDS, "role": schema.ROLES, "verdict": schema.VERDICTS}.get(key)
        if known:
            return text_value(self.word(cells, key, known, line))
        value = cells[key].strip()
        if key == "on":
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                self.errors.append(f"{self.name}:{line}: a date is written year-month-day: type 2026-11-22")
            return value
        return text_value(value, literal=key.startswith(("on_page", "in_source")))

    def dropped(self, fact: Fact, keys: Iterable[str]) -> Iterator[Edit]:
        """Yield the edits that take keys out, each with its whole line."""
        text = self.file.source.text
        for key in keys:
            if key in fact.fields and key not in ("study", "id"):
                span = fact.fields[key]
                start = text.rfind("\n", 0, span.start) + 1
                end = text.find("\n", span.end)
                yield Edit(self.file.source, Span(start, len(text) if end < 0 else end + 1), "")

    def fresh(self, study: str, name: str, cells: Mapping[str, str], line: int) -> Fact | None:
        measure = self.measure(cells, "value", line)
        text = {key: cells.get(key, "").strip() for key in cells}
        return Fact(
            id=name,
            study=study,
            kind=self.word(cells, "kind", schema.KINDS, line) or "other",
            role=self.word(cells, "role", schema.ROLES, line),
            quantity=measure or Quantity(),
            of=text.get("of", ""),
            at=self.measure(cells, "at", line),
            outcome=text.get("outcome", ""),
            arm=text.get("arm", ""),
            stat=text.get("stat", ""),
            partition=text.get("partition", ""),
            on_page=Quote(text["on_page"]) if text.get("on_page") else None,
            in_source=Quote(text["in_source"]) if text.get("in_source") else None,
            verdict=self.word(cells, "verdict", schema.VERDICTS, line) or "unchecked",
            by=text.get("by", ""),
            on=text.get("on", ""),
            note=text.get("note", ""),
            page="" if text.get("page", "") == self.file.page else text.get("page", ""),
        )


def _bare(value: str) -> bool:
    return bool(re.fullmatch(r"[-−+]?\d[\d,]*(?:\.\d+)?", value.strip()))


def _value_keys(fact: Fact, measure: Quantity) -> dict[str, str]:
    """Return the keys of a changed value: as text where the file has it as text, else apart."""
    has_unit = "unit" in fact.fields or "relation" in fact.fields
    if measure.value is None or (not has_unit and (measure.unit or measure.relation != "=")):
        return {"value": text_value(measure.text if measure.value is None else shown(measure))}
    values = {"value": shown(replace(measure, unit="", relation="="))}
    if has_unit or measure.unit:
        values["unit"] = text_value(measure.unit)
    if "relation" in fact.fields or measure.relation != "=":
        values["relation"] = text_value(measure.relation)
    return values


def table_row(file: FactsFile, fact: Fact) -> dict[str, str]:
    """Return the row of one fact in the long table."""
    return table([replace(file, facts=(fact,))])[0]
