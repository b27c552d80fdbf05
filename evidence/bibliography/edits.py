"""Changes to a .bib file as the smallest edits: only the field that changes is touched.

New text follows the file: its newlines, its indentation, the column of `=`, its quoting, its case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.bibliography.fields import Field, line_end, skip_space
from evidence.bibliography.scan import Block, block_at, scan
from evidence.bibliography.tex import raw
from evidence.bibliography.values import FIELD_NAMES
from evidence.bibliography.writing import clean_key, entry, field_text, field_value
from evidence.edit import newline_of
from evidence.model import Document, Edit, Reference, Source, Span, Work

#: Field names that suit an entry type better than the first of `FIELD_NAMES`.
_BY_TYPE = {
    ("container", "inproceedings"): "booktitle", ("container", "conference"): "booktitle",
    ("container", "incollection"): "booktitle", ("container", "inbook"): "booktitle",
    ("publisher", "techreport"): "institution", ("publisher", "report"): "institution",
    ("publisher", "phdthesis"): "school", ("publisher", "mastersthesis"): "school",
    ("publisher", "thesis"): "institution", ("publisher", "online"): "organization",
}  # fmt: skip
#: Fields that hold keys of other entries (biblatex manual, 2.2.3).
_REFERRING = frozenset({"crossref", "xref", "xdata", "related", "entryset"})
_NEWLINE = re.compile(r"\r\n|\n|\r")


def append(source: Source, works: Sequence[tuple[str, Work]]) -> list[Edit]:
    """Return the edit that adds entries (key, work) at the end of a file, in the file's own style."""
    if not works:
        return []
    text = source.text
    newline = newline_of(source)
    indent = _indent_of(text)
    entries = [entry(work, key, newline=newline, indent=indent) for key, work in works]
    before = ""
    if text.strip():
        lines = text[-400:].splitlines()
        ended = text.endswith(("\n", "\r"))
        before = "" if ended and not lines[-1].strip() else newline if ended else newline * 2
    added = before + (newline * 2).join(entries) + newline
    return [Edit(source, Span(len(text), len(text)), added)]


def _indent_of(text: str) -> str:
    """Return what the fields of the file's first entry that spans lines are indented with."""
    for block in scan(text[:20_000]):
        for field in block.fields if block.form == "entry" else ():
            line = text[_line_start(text, field.start) : field.start]
            if not line.strip(" \t") and field.start > block.start + len(line):
                return line
    return "  "


def set_field(reference: Reference, name: str, value: str) -> Edit:
    """Return the edit that gives a field of a .bib entry a new value, from plain text.

    `name` is one of our field names (`FIELD_NAMES`) or a .bib field's own name. What stands between
    the delimiters is replaced; a field that is not there is added on a line of its own, with one
    line of difference. Names of people are given as BibTeX text ("Last, First and …"). Raises
    ValueError where the reference is not an entry of a .bib file.
    """
    block = _block(reference)
    wanted = FIELD_NAMES.get(name, (name,))
    fields = {field.name.lower(): field for field in reversed(block.fields)}
    present = next((fields[n] for n in wanted if n in fields), None)
    if present is None and name in ("url", "year") and (span := reference.fields.get(name)):
        return Edit(reference.source, span, raw(value))  # inside `howpublished`, `note` or `date`
    if present is not None:
        return _replace(reference.source, present, value)
    bib_name = _BY_TYPE.get((name, block.type.lower()), wanted[0])
    return _add(reference.source, block, bib_name, value)


def remove_field(reference: Reference, name: str) -> Edit:
    """Return the edit that takes a field out of a .bib entry, with its line and comma.

    Raises KeyError where the entry has no such field, ValueError as `set_field`.
    """
    block = _block(reference)
    text = reference.source.text
    wanted = FIELD_NAMES.get(name, (name,))
    fields = {field.name.lower(): (index, field) for index, field in reversed([*enumerate(block.fields)])}
    found = next((fields[n] for n in wanted if n in fields), None)
    if found is None:
        raise KeyError(f"{reference.key} has no field {name}")
    index, field = found
    start, end = field.start, field.end
    line = _line_start(text, start)
    if not field.comma and not text[line:start].strip() and (comma := _leading_comma(text, block, index)):
        return Edit(reference.source, Span(comma[0], field.value_end), "")
    if text[line:start].strip(" \t,") and index:  # fields on one line: the comma before it goes too
        start = block.fields[index - 1].end if field.comma else block.fields[index - 1].value_end
        return Edit(reference.source, Span(start, end), "")
    rest = _NEWLINE.search(text, end)
    if rest and not text[end : rest.start()].strip() and line > block.start:
        return Edit(reference.source, Span(line, rest.end()), "")
    return Edit(reference.source, Span(start, skip_space(text, end, block.end)), "")


def remove_entry(reference: Reference) -> Edit:
    """Return the edit that takes an entry out of a .bib file, with one empty line beside it.

    Comments around it stay. Raises ValueError where the reference is not an entry of a .bib file.
    """
    block = _block(reference)
    text = reference.source.text
    start, end = block.start, block.end
    line = _line_start(text, start)
    rest = _NEWLINE.search(text, end)
    if text[line:start].strip() or (rest and text[end : rest.start()].strip()):
        return Edit(reference.source, Span(start, end), "")  # something else stands on its lines
    start = line
    end = rest.end() if rest else len(text)
    above = _NEWLINE.search(text, _line_start(text, max(0, start - 1)), start) if start else None
    is_gap = not start or (
        above is not None and not text[_line_start(text, above.start()) : above.start()].strip()
    )
    below = _NEWLINE.search(text, end)
    if is_gap and below and not text[end : below.start()].strip():
        end = below.end()
    return Edit(reference.source, Span(start, end), "")


def _follows_gap(text: str, line: int) -> bool:
    """Whether the line before the one that begins at `line` is empty, or there is none."""
    before = text[:line].removesuffix("\n").removesuffix("\r")
    return not line or not before[_line_start(before, len(before)) :].strip()


def rename_entry(document: Document, reference: Reference, key: str) -> list[Edit]:
    """Return the edits that give an entry another key, in its own line and where entries refer to it.

    These are `crossref`, `xref`, `xdata`, `related` and `entryset` of the same file; citations on
    pages are prose and are left. Raises ValueError for a key that cannot stand in a .bib file or that
    another entry has, and where the reference is not an entry of `document`.
    """
    if not key or clean_key(key) != key:
        raise ValueError(f"{key!r} cannot be a key: no spaces, commas, braces, quotation marks, # % = ~ @")
    if any(r.key.lower() == key.lower() and r.place != reference.place for r in document.references):
        raise ValueError(f"the key {key!r} is another entry's")
    block = _block(reference)
    source = reference.source
    start, end = (block.key_start, block.key_end) if block.key else (block.body, block.body)
    comma = "" if block.key or source.text.startswith(",", skip_space(source.text, end, block.end)) else ","
    edits = [Edit(source, Span(start, end), f"{key}{comma}")]
    only = block.key and sum(r.key == block.key for r in document.references) == 1
    for other in scan(source.text) if only else ():
        for field in other.fields:
            if field.name.lower() in _REFERRING and len(field.terms) == 1:
                inside = source.text[field.terms[0].start : field.terms[0].end]
                for found in re.finditer(r"[^\s,{}]+", inside):
                    if found[0] == block.key:
                        at = field.terms[0].start
                        edits.append(Edit(source, Span(at + found.start(), at + found.end()), key))
    return edits


def _block(reference: Reference) -> Block:
    block = None
    if reference.source.kind == "bib":
        block = block_at(reference.source.text, reference.span.start, reference.span.end)
    if block is None:
        raise ValueError(f"{reference.key} is no entry of a .bib file")
    return block


def _replace(source: Source, field: Field, value: str) -> Edit:
    """Replace what stands in a value; macros, joins and bare words become a delimited value."""
    form = field.terms[0].form
    name = field.name.lower()
    inner = field_text(name, value)
    if len(field.terms) == 1 and form in ("brace", "quote"):
        before, after = source.text[field.value_start], source.text[field.value_end - 1 : field.value_end]
        whole = (before, after) in (("{", "}"), ('"', '"')) and field.value_end - field.value_start > 1
        if whole and not (form == "quote" and '"' in inner):
            return Edit(source, Span(*field.content), inner)
    elif inner.isdigit() and inner.isascii() and len(field.terms) == 1:
        return Edit(source, Span(field.value_start, field.value_end), inner)
    return Edit(source, Span(field.value_start, field.value_end), field_value(name, value))


def _add(source: Source, block: Block, name: str, value: str) -> Edit:
    """Add a field where it makes one line of difference: last if a comma stands there, else last but one."""
    text, fields = source.text, block.fields
    written = _written(text, block, name, value)
    if not fields:
        return _add_first(source, block, written)
    last = fields[-1]
    lead = _lead(text, block, len(fields) - 1)
    if comma := _leading_comma(text, block, len(fields) - 1):
        alone = not text[last.value_end : line_end(text, last.value_end, block.end)].strip()
        at = last.value_end if alone else comma[0]
        return Edit(source, Span(at, at), f"{text[comma[0] : comma[1]]}{written}")
    if last.comma:
        end = line_end(text, last.end, block.end)
        behind = text[last.end : end].lstrip()
        if not behind or behind.startswith("%"):
            return Edit(source, Span(end, end), f"{lead}{written},")
        if lead == " ":
            return Edit(source, Span(last.end, last.end), f"{lead}{written},")
    return Edit(source, Span(last.start, last.start), f"{written},{lead or ' '}")


def _add_first(source: Source, block: Block, written: str) -> Edit:
    text = source.text
    newline = newline_of(source)
    at = block.key_end if block.key else block.body
    comma = text[skip_space(text, at, block.end) : skip_space(text, at, block.end) + 1] == ","
    if comma:
        at = skip_space(text, at, block.end) + 1
    end = "" if _NEWLINE.match(text, at) else newline
    return Edit(source, Span(at, at), f"{'' if comma else ','}{newline}  {written},{end}")


def _lead(text: str, block: Block, index: int) -> str:
    """Return what stands between a field and the one before it: a newline and indentation, or a space."""
    start = block.fields[index].start
    line = _line_start(text, start)
    if line <= block.start or text[line:start].strip(" \t,"):
        return " "
    newline = "\r\n" if text[line - 2 : line] == "\r\n" else text[line - 1 : line]
    return newline + text[line:start]


def _leading_comma(text: str, block: Block, index: int) -> tuple[int, int] | None:
    """Return the range from the end of the field before to this field where lines begin with the comma."""
    field = block.fields[index]
    before = block.fields[index - 1] if index else None
    start = before.value_end if before else block.key_end
    between = text[start : field.start]
    if between.strip() == "," and _NEWLINE.search(between.partition(",")[0]):
        return start, field.start
    return None


def _written(text: str, block: Block, name: str, value: str) -> str:
    """Return `name = value` in the entry's own manner: case, column of `=`, delimiters."""
    value = field_value(name, value)
    fields = block.fields
    if not fields:
        return f"{name} = {value}"
    model = next((f for f in reversed(fields) if f.terms[0].form != "bare"), fields[-1])
    if model.terms[0].form == "quote" and value.startswith("{") and '"' not in value:
        value = f'"{value[1:-1]}"'
    if model.name.isupper() and len(model.name) > 1:
        name = name.upper()
    elif model.name[:1].isupper():
        name = name.capitalize()
    gap = text[model.start + len(model.name) : model.value_start]
    before, _, after = gap.partition("=")
    columns = {_equals_column(text, field) for field in fields}
    lengths = {len(f.name) for f in fields}
    if len(columns) == 1 and len(lengths) > 1:
        width = columns.pop() - (model.start - _line_start(text, model.start))
        before = " " * max(width - len(name), 1 if before else 0)
    elif len({_before_equals(text, f) for f in fields}) > 1:
        before = " " if before else ""
    return f"{name}{before}={after}{value}"


def _before_equals(text: str, field: Field) -> str:
    return text[field.start + len(field.name) : field.value_start].partition("=")[0]


def _equals_column(text: str, field: Field) -> int:
    return field.start + len(field.name) + len(_before_equals(text, field)) - _line_start(text, field.start)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
