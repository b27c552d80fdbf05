"""The commands for programs: one input a line, one JSON object a line, in order."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence.cli import options

if TYPE_CHECKING:
    from evidence.model import Kind

TEXT = click.option("--text", help="One input instead of a file.")


def lines_of(file: str | None, text: str | None) -> list[str]:
    """Return the non-blank input lines of a file, of standard input (-) or of `--text`.

    Raises `UsageError` without input and `ReadError` for a file that cannot be read.
    """
    if text is not None:
        return [text] if text.strip() else []
    return [line for line in re.split(r"\r\n|\n|\r", whole_of(file, text)) if line.strip()]


def whole_of(file: str | None, text: str | None) -> str:
    """Return all of a file, of standard input (-) or of `--text`; raises as `lines_of` does."""
    from evidence import sources
    from evidence.errors import UsageError

    if text is not None:
        return text
    if file is None:
        raise UsageError("give a file, - for standard input, or --text")
    return options.read_input() if file == "-" else sources.read(file, kind="text").text


def write(objects: Iterable[Mapping[str, Any]]) -> None:
    """Print one JSON object a line; characters that could act on a terminal or end a line are escaped."""
    from evidence.report.escape import json_text

    for one in objects:
        click.echo(json_text(json.dumps(one, ensure_ascii=False)))


@click.command("parse")
@click.argument("file", required=False)
@TEXT
@click.option(
    "--list", "as_list", is_flag=True, help="The input is one pasted list: find where each reference begins."
)
def parse_command(file: str | None, text: str | None, as_list: bool) -> int:
    """Read reference strings into fields. Python: evidence.parse(text), evidence.parse_list(text)."""
    from evidence.parsing import parse, segment
    from evidence.report.works import work_fields

    if as_list:
        whole = whole_of(file, text)
        spans = ((whole[s.start : s.end], s) for s in segment(whole))
        write(
            {"raw": raw, "start": s.start, "end": s.end, **work_fields(parse(raw).work)} for raw, s in spans
        )
        return 0
    write({"raw": line, **work_fields(parse(line).work)} for line in lines_of(file, text))
    return 0


@click.command("match")
@click.argument("file", required=False)
@options.apply(TEXT, *options.OFFLINE[:1], *options.PROJECT)
def match_command(file: str | None, text: str | None, **given: Any) -> int:
    """Find the registered work of reference strings. Python: evidence.match(text)."""
    from evidence import checking
    from evidence.asking import match_all

    options.log(given)
    told = checking.settings_for((), options.flags(given))
    lines = lines_of(file, text)
    found = match_all(lines, told, progress=options.progress_for(given))
    write(_match_object(line, match) for line, match in zip(lines, found, strict=True))
    return 0


def _match_object(raw: str, match: Any) -> dict[str, Any]:
    candidates = [m for m in (match, *match.alternatives) if m.record is not None]
    return {
        "raw": raw,
        "outcome": match.outcome,
        "doi": match.record.work.doi if match.outcome == "match" and match.record else None,
        "confidence": round(match.confidence, 4),
        "candidates": [
            {"doi": m.record.work.doi, "confidence": round(m.confidence, 4), "fields": dict(m.agreements)}
            for m in candidates
        ],
        "reason": match.reason or None,
    }


@click.command("links")
@click.argument("file", required=False)
@options.apply(TEXT, *options.OFFLINE[:1], *options.PROJECT)
def links_command(file: str | None, text: str | None, **given: Any) -> int:
    """Look at addresses, one a line, or at all links of a page or .bib file.

    Links of navigation, page headers, footers and forms are no part of what a page says. Python:
    evidence.asking.look_at_all(urls, settings).
    """
    from evidence import checking
    from evidence.asking import look_at_all

    options.log(given)
    told = checking.settings_for((), options.flags(given))
    urls = _addresses(file, text, told)
    write(look_at_all(urls, told, progress=options.progress_for(given)))
    return 0


def _addresses(file: str | None, text: str | None, told: Any) -> list[str]:
    """Return the lines of a list of addresses, or the links of a page, each once."""
    from evidence import inputs, sources

    if file is None or file == "-" or text is not None:
        return [line.strip() for line in lines_of(file, text)]
    source = sources.read(Path(file))
    lines = [line.strip() for line in source.text.splitlines() if line.strip()]
    alone = [line for line in lines if re.match(r"[a-z][a-z0-9+.-]{0,20}:\S|www\.", line, re.IGNORECASE)]
    if source.kind == "text" and len(alone) * 2 >= len(lines):
        return lines
    return list(dict.fromkeys(link.url for link in inputs.read_document(source, told).links))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no cycles meanwhile: what is read of a text holds none, and looking costs a sixth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@click.command("extract")
@click.argument("file", required=False)
@options.apply(TEXT, *options.PROJECT)
def extract_command(file: str | None, text: str | None, **given: Any) -> int:
    """Find study facts: participants, follow-up, outcomes. Python: evidence.facts.extract(text).

    FILE holds one {"id", "text"} or one text a line (- for standard input), or is a page, a text or
    a .bib file, whose abstracts are read. Facts are proposals: nobody has checked them. The total of
    those who took part stands first.
    """
    from evidence import checking, extracting, sources

    options.log(given)
    told = checking.settings_for((), options.flags(given))
    if text is not None:
        found = extracting.from_lines([text]) if text.strip() else iter(())
    elif file is None or file == "-":
        found = extracting.from_lines(lines_of(file, text))
    else:
        kind: Kind | None = "text" if file.lower().endswith((".jsonl", ".ndjson")) else None
        source = sources.read(Path(file), name=file.replace("\\", "/"), kind=kind, limits=told.limits)
        lines = [line for line in source.text.splitlines() if line.strip()]
        listed = source.kind == "text" and extracting.is_lines(lines)
        found = extracting.from_lines(lines) if listed else extracting.from_source(source, told)
    with _without_collecting():
        write(one.as_json() for one in found)
    return 0
