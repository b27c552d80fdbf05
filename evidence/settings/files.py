"""The files that settings come from: their TOML, the line a key stands on, their suppressions."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

from evidence.errors import SettingsError
from evidence.model import Ignore, Source, Span
from evidence.settings.values import near

BASELINE = "evidence-baseline.toml"

#: The most bytes of a settings file, and the most parts of a dotted key: for a key of 10,000 parts
#: the TOML reader takes a second and 400 MB.
LARGEST = 1_000_000
DEEPEST = 100


def read_toml(text: str) -> dict[str, Any]:
    """Return the table of a TOML text; `ValueError` says what is wrong and at which line.

    A key of more than `DEEPEST` parts is refused before it is read.
    """
    import tomllib

    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > DEEPEST:
            bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", '""', line).lstrip()
            if ("=" in bare or bare.startswith("[")) and bare.partition("=")[0].count(".") > DEEPEST:
                raise ValueError(f"a key is nested too deeply (at line {number}, column 1)")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("values are nested too deeply (at line 1, column 1)") from None


def text_of(path: Path, shown: str) -> str | None:
    """Return the text of a settings file, or None where there is none; raises `SettingsError`."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise SettingsError(f"{shown}: is not a regular file")
        if about.st_size > LARGEST:
            raise SettingsError(f"{shown}: too large for a settings file ({about.st_size:,} bytes)")
        return path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SettingsError(f"{shown}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{shown}: is not UTF-8: {error.reason}") from None


def line_of(text: str, key: str, inside: str = "") -> int:
    """Return the line of a key or table, 1 where it is not found.

    `inside` names the table to look in and below ("tool.evidence.").
    """
    name = rf"[\"']?{re.escape(key)}[\"']?"
    pattern = rf"^[ \t]{{0,99}}(?:{name}[ \t]{{0,9}}[=.]|\[{{1,2}}(?:[^\[\]\n]{{0,99}}\.)?[ \t]{{0,9}}{name})"
    after = max(text.find(inside.rstrip(".")), 0) if inside else 0
    after = text.rfind("\n", 0, after) + 1
    match = re.compile(pattern, re.MULTILINE).search(text, after)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def baseline(folder: Path, root: Path) -> tuple[Ignore, ...]:
    """Return the findings that `evidence baseline` accepted, from the file in a folder."""
    path = folder / BASELINE
    text = text_of(path, BASELINE)
    if text is None:
        return ()
    try:
        table = read_toml(text)
    except ValueError as error:
        raise SettingsError(f"{BASELINE}: {error}") from None
    for key in table:
        if key not in ("schema", "ignore"):
            raise SettingsError(f"{BASELINE}:{line_of(text, key)}: unknown key {key!r}")
    name = os.path.relpath(path, root).replace(os.sep, "/")
    return ignores(table.get("ignore", []), Source(name, text, "toml", path=str(path)))


def ignores(value: object, source: Source, inside: str = "") -> tuple[Ignore, ...]:
    """Return the suppressions of `[[ignore]]` tables, each with the span of its heading.

    `inside` is the name of the table that they stand in ("tool.evidence."), with its dot.
    """
    line = line_of(source.text, "ignore", inside)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        told = f"[[{inside}ignore]] with a rule and a reason"
        raise SettingsError(f"{source.name}:{line}: 'ignore' must be tables: {told}")
    heading = r"[ \t]{0,9}\.[ \t]{0,9}".join(map(re.escape, f"{inside}ignore".split(".")))
    pattern = rf"^[ \t]{{0,99}}\[\[[ \t]{{0,9}}{heading}[ \t]{{0,9}}\]\]"
    spans = [Span(*match.span()) for match in re.finditer(pattern, source.text, re.MULTILINE)]
    found = []
    for index, entry in enumerate(value):
        span = spans[index] if index < len(spans) else Span(0, 0)
        if index < len(spans):
            line = source.text.count("\n", 0, span.start) + 1
        found.append(_ignore(entry, source, span, f"{source.name}:{line}: [[ignore]]"))
    return tuple(found)


def _ignore(entry: dict[str, Any], source: Source, span: Span, at: str) -> Ignore:
    """Return one suppression; raises `SettingsError` for one without a rule or a reason."""
    known = ("rule", "where", "reason", "until", "fingerprint")
    for key, word in entry.items():
        if key not in known:
            raise SettingsError(f"{at}: unknown key {key!r}{near(key, known)}")
        if not isinstance(word, str) and not (key == "until" and hasattr(word, "isoformat")):
            raise SettingsError(f"{at}: {key!r} must be a string")
    for key in ("rule", "reason"):
        if not entry.get(key, "").strip():
            raise SettingsError(f"{at} needs a {key}")
    until = str(entry.get("until", ""))
    if until and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", until):
        raise SettingsError(f"{at}: 'until' must be a date such as 2027-01-31, not {until!r}")
    return Ignore(
        rule=entry["rule"].strip(),
        reason=entry["reason"].strip(),
        where=entry.get("where", ""),
        until=until,
        source=source,
        span=span,
        fingerprint=entry.get("fingerprint", ""),
    )
