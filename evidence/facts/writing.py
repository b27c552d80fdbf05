"""Write facts.toml by the smallest edits, and the table of facts for other programs.

Every edit touches the lines of one key or adds lines to one block: comments, order and spelling
of everything else stay as their author left them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from evidence.facts import schema
from evidence.facts.anchoring import resolve
from evidence.facts.numbers import digits, shown
from evidence.facts.records import seal
from evidence.model import Edit, Fact, FactsFile, Quantity, Quote, Source, Span, Study

#: The columns of the table of facts, in order.
COLUMNS = (
    "study", "id", "kind", "role", "value", "unit", "relation", "of", "at", "outcome", "arm", "stat",
    "partition", "page", "on_page", "in_source", "source_relation", "source_at", "verdict", "by", "on",
    "note", "file",
)  # fmt: skip


def confirm(file: FactsFile, fact: Fact, verdict: str, by: str, on: str = "", note: str = "") -> list[Edit]:
    """Return the edits that record a person's verdict on a fact, sealed.

    `verdict` is one of `schema.VERDICTS`, `on` an ISO date; an empty `on` leaves what stands there.
    A note belongs to its verdict: without a new one the old one is emptied where verdict or person
    change. Raises ValueError for another word or a missing name.
    """
    if verdict not in schema.VERDICTS:
        raise ValueError(f'"{verdict}" is no verdict: use one of {", ".join(schema.VERDICTS)}')
    if not by.strip():
        raise ValueError("a verdict needs the name of who gives it")
    study = file.studies.get(fact.study)
    values = {"verdict": text_value(verdict), "by": text_value(by.strip())}
    if on:
        values["on"] = on
    if note or (fact.note and (verdict, by.strip()) != (fact.verdict, fact.by)):
        values["note"] = text_value(note)
    if verdict != "unchecked":
        values["seal"] = text_value(seal(fact, study.source if study else ""))
    return set_values(file.source, fact, values)


def set_values(source: Source, fact: Fact, values: dict[str, str]) -> list[Edit]:
    """Return the edits that give a fact's keys new values (TOML, as written); new keys end the block."""
    edits: list[Edit] = []
    added: list[str] = []
    newline = newline_of(source.text)
    width = _width(source.text[fact.span.start : fact.span.end])
    for key, value in values.items():
        span = fact.fields.get(key)
        if span is None:
            added.append(f"{newline}{key:<{width}} = {value}")
        elif source.text[span.start : span.end] != value:
            edits.append(Edit(source, span, value))
    if added:
        end = fact.span.end
        edits.append(Edit(source, Span(end, end), "".join(added)))
    return sorted(edits, key=lambda edit: edit.span.start)


def _width(block: str) -> int:
    """Return the width to which the keys of a block are padded; 0 where they are not."""
    padded = re.findall(r"^([A-Za-z0-9_]+ *) = ", block, re.MULTILINE)
    return len(padded[0]) if len(padded) > 1 and len({len(key) for key in padded}) == 1 else 0


def add(source: Source, facts: Iterable[Fact], studies: Iterable[Study] = ()) -> list[Edit]:
    """Return the edit that appends studies and facts to the end of a facts file."""
    newline = newline_of(source.text)
    written = [study_block(study, newline) for study in studies]
    written += [fact_block(fact, newline) for fact in facts]
    if not written:
        return []
    end = len(source.text)
    lead = "" if not source.text or source.text.endswith("\n") else newline
    gap = newline if source.text.strip() else ""
    return [Edit(source, Span(end, end), lead + gap + newline.join(written))]


def newline_of(text: str) -> str:
    """Return the newline that a text uses: Windows' where its first line ends so."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def fact_block(fact: Fact, newline: str = "\n") -> str:
    """Return a fact as its block of facts.toml, ending in a newline."""
    values = {key: text_value(getattr(fact, key)) for key in ("study", "id", "kind")}
    if fact.role:
        values["role"] = text_value(fact.role)
    values |= _quantity_values(fact.quantity)
    for key in ("of", "outcome", "arm", "stat", "partition", "page", "source_relation"):
        if written := getattr(fact, key):
            values[key] = text_value(written)
    for key, measure in (("at", fact.at), ("source_at", fact.source_at)):
        if measure is not None:
            values[key] = inline_quantity(measure)
    values |= _quote_values("on_page", fact.on_page) | _quote_values("in_source", fact.in_source)
    for key, value in fact.extra.items():
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            values[key] = text_value(value) if isinstance(value, str) else repr(value)
    values["verdict"] = text_value(fact.verdict)
    for key in ("by", "note", "seal"):
        if written := getattr(fact, key):
            values[key] = text_value(written)
    if fact.on:
        values["on"] = fact.on
    lines = ["[[fact]]", *(f"{key} = {value}" for key, value in values.items())]
    return newline.join(lines) + newline


def study_block(study: Study, newline: str = "\n") -> str:
    """Return a study as its block of facts.toml, ending in a newline."""
    bare = re.fullmatch(r"[A-Za-z0-9_-]+", study.key)
    name = study.key if bare else json.dumps(study.key, ensure_ascii=False)
    values = {key: getattr(study, key) for key in ("source", "tier", "design", "phase", "registry")}
    lines = [f"[study.{name}]", *(f"{key} = {text_value(value)}" for key, value in values.items() if value)]
    if study.arms:
        lines.append(f"arms = [{', '.join(_arm(name, size) for name, size in study.arms)}]")
    return newline.join(lines) + newline


def _arm(name: str, size: int | None) -> str:
    return f"{{ name = {text_value(name)}{'' if size is None else f', n = {size}'} }}"


def _quantity_values(measure: Quantity) -> dict[str, str]:
    if measure.value is None:
        return {"value": text_value(measure.text)} if measure.text else {}
    values = {"value": digits(measure.value)}
    if measure.unit:
        values["unit"] = text_value(measure.unit)
    if measure.relation != "=":
        values["relation"] = text_value(measure.relation)
    return values


def inline_quantity(measure: Quantity) -> str:
    """Return a quantity as one TOML value: `{ value = 12, unit = "month" }`."""
    if measure.value is None:
        return text_value(measure.text)
    return "{ " + ", ".join(f"{key} = {value}" for key, value in _quantity_values(measure).items()) + " }"


def _quote_values(key: str, quote: Quote | None) -> dict[str, str]:
    if quote is None:
        return {}
    parts = {key: quote.exact, f"{key}_prefix": quote.prefix, f"{key}_suffix": quote.suffix}
    return {name: text_value(part, literal=True) for name, part in parts.items() if part}


def text_value(text: str, *, literal: bool = False) -> str:
    """Return a text as a TOML string: '''…''' where it holds quotes or lines, or if `literal`."""
    plain = all(char >= " " and char != "\x7f" for char in text.replace("\n", "").replace("\t", ""))
    special = '"' in text or "\\" in text or "\n" in text or "\t" in text
    if plain and (literal or special) and "'''" not in text and not text.endswith("'") and text[:1] != "\n":
        return f"'''{text}'''"
    escaped = json.dumps(text, ensure_ascii=False)
    return escaped.replace("\x7f", "\\u007f")


def table(files: Iterable[FactsFile]) -> list[dict[str, str]]:
    """Return all facts of several files as rows of text, one a fact, by the names of `COLUMNS`."""
    return [_row(file, fact) for file in files for fact in file.facts]


def _row(file: FactsFile, fact: Fact) -> dict[str, str]:
    row = {name: value for name in COLUMNS if isinstance(value := getattr(fact, name, None), str)}
    measure = fact.quantity
    row |= {
        "value": measure.text if measure.value is None else digits(measure.value),
        "unit": measure.unit,
        "relation": measure.relation,
        "at": shown(fact.at) if fact.at else "",
        "source_at": shown(fact.source_at) if fact.source_at else "",
        "on_page": fact.on_page.exact if fact.on_page else "",
        "in_source": fact.in_source.exact if fact.in_source else "",
        "page": resolve(file.source.name, fact.page),
        "file": file.source.name,
    }
    return {name: row.get(name, "") for name in COLUMNS}


def to_csv(rows: Sequence[dict[str, str]], columns: Sequence[str] = COLUMNS) -> str:
    """Return rows as CSV with a header; a row may lack columns.

    A cell that a spreadsheet would run as a formula is made text by an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, [_inert(name) for name in columns], restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({_inert(name): _inert(value) for name, value in row.items()})
    return out.getvalue()


def _inert(cell: str) -> str:
    risky = cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[-+]?\d+(?:\.\d+)?|=", cell)
    return f"'{cell}" if risky else cell


def to_json(rows: Sequence[dict[str, str]]) -> str:
    """Return rows as JSON, `{"schema": 1, "facts": [...]}`."""
    return json.dumps({"schema": 1, "facts": list(rows)}, ensure_ascii=False, indent=2) + "\n"
