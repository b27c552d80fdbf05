"""Front matter: the few lines of YAML or TOML above a page that name its bibliography.

Only `bibliography` and `nocite` are read, by their own lines; the rest belongs to whoever builds
the site, and no YAML library (with its aliases and tags) has to be trusted with it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: Lines of front matter that are looked at, at most.
LINES = 2_000


class FrontMatter(NamedTuple):
    """Where the front matter ends (0: there is none) and what it says of the references."""

    end: int
    bibliographies: tuple[str, ...] = ()
    cites_all: bool = False


def read(text: str) -> FrontMatter:
    """Return the front matter at the beginning of a page: `---` … `---` (YAML), `+++` … `+++` (TOML)."""
    fence = text[:3]
    first = re.match(r"(?:---|\+\+\+)[ \t]*(?:\r\n?|\n)", text)
    if first is None:
        return FrontMatter(0)
    lines: list[str] = []
    at = first.end()
    for match in re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)").finditer(text, at):
        line = match[1]
        if line.rstrip() == fence or (fence == "---" and line.rstrip() == "..."):
            return FrontMatter(match.end(), *_settings(lines))
        if len(lines) >= LINES or match.end() == len(text):
            break
        lines.append(line)
    return FrontMatter(0)


def _settings(lines: list[str]) -> tuple[tuple[str, ...], bool]:
    bibliographies: list[str] = []
    cites_all = False
    for index, line in enumerate(lines):
        match = re.match(r"[\"']?(bibliography|nocite)[\"']?[ \t]*[:=](.*)", line)
        if match is None:
            continue
        value = match[2].strip()
        if value in ("", "|", ">", "|-", ">-", "["):
            value = ("[" if value == "[" else "") + _block(lines[index + 1 :], value)
        elif value.startswith("[") and "]" not in value:
            value += " " + _block(lines[index + 1 :], "[")
        if match[1] == "nocite":
            cites_all = cites_all or "@*" in value
        else:
            bibliographies += _paths(value)
    return tuple(dict.fromkeys(bibliographies)), cites_all


def _block(lines: list[str], opening: str) -> str:
    """Return the value that stands on the lines below its key, as one comma-separated line."""
    parts: list[str] = []
    for line in lines:
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if opening == "[":
            parts.append(bare)
            if "]" in bare:
                break
        elif bare.startswith("- "):
            parts.append(_uncomment(bare[2:]) + ",")
        elif line[:1] in " \t":
            parts.append(bare)
        else:
            break
    return " ".join(parts)


def _uncomment(value: str) -> str:
    """Take a comment off a value: ` #` outside quotes."""
    value = value.strip()
    if value.startswith(("'", '"')):
        closing = value.find(value[0], 1)
        return value[: closing + 1] if closing > 0 else value
    return re.split(r"[ \t]#", value, maxsplit=1)[0].strip()


def _paths(value: str) -> list[str]:
    """Return the paths of a scalar, a flow list or a line made by `_block`."""
    value = value.strip()
    if value.startswith("["):
        value = value[1:].split("]", 1)[0]
    elif not value.endswith(","):
        return [path for path in [_uncomment(value).strip("\"' \t")] if path]
    parts = (_uncomment(part).strip("\"' \t") for part in value.split(","))
    return [part for part in parts if part]
