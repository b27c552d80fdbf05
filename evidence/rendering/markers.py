"""The comments that stand around a generated list, and the options in the first of them.

`<!-- evidence:references style=… source=… show=… keys="…" sum=… -->` in Markdown and HTML, the
same after `%` in TeX and between `{/*` and `*/}` in MDX (docs/reference/pages.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from evidence.errors import UsageError
from evidence.model import Source, Span

NAME = "evidence:references"
_OPTIONS = ("style", "source", "show", "order", "keys", "sum")
_COMMENTS = {"latex": ("% ", ""), "mdx": ("{/* ", " */}")}


def target_of(source: Source) -> str:
    """Return the target that a page's lists are written for: `markdown`, `mdx`, `html`, `latex`, `text`."""
    if source.kind == "markdown" and source.name.lower().endswith(".mdx"):
        return "mdx"
    return source.kind if source.kind in ("markdown", "html", "latex") else "text"


def same_lines(text: str) -> str:
    r"""Return a text for comparing and summing: `\n` only, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def sum_of(text: str) -> str:
    """Return the sum of a generated list: 12 hexadecimal digits of SHA-256, newlines normalised."""
    import hashlib

    return hashlib.sha256(same_lines(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def opening(options: Mapping[str, str], to: str) -> str:
    """Return the comment that begins a region.

    Raises UsageError where a value could end the comment or its own quotes.
    """
    words = [f"{name}={written(name, options[name])}" for name in _OPTIONS if name in options]
    return _comment(" ".join([NAME, *words]), to)


def closing(to: str) -> str:
    """Return the comment that ends a region."""
    return _comment(f"/{NAME}", to)


def written(name: str, value: str) -> str:
    """Return an option's value as it stands in a marker, quoted where it has to be."""
    if re.search(r"[\x00-\x1f\x7f\"<>\u2028\u2029]|--|\*/", value):
        raise UsageError(f"{name} {value!r} cannot stand in the marker of a list: rename it first")
    if name != "keys" and re.fullmatch(r"[\w./:@+-]+", value):
        return value
    return f'"{value}"'


def _comment(body: str, to: str) -> str:
    before, after = _COMMENTS.get(to, ("<!-- ", " -->"))
    return f"{before}{body}{after}"


@cache
def _option() -> re.Pattern[str]:
    return re.compile(r"""([A-Za-z][\w-]{0,30})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|(?:(?!-->|\*/)[^\s"'])*)""")


def read_options(text: str) -> tuple[dict[str, str], dict[str, Span], int]:
    """Return a marker's options, the spans of their values as written, and where one more can stand.

    Offsets are those of `text`, the marker from its first character on.
    """
    values: dict[str, str] = {}
    spans: dict[str, Span] = {}
    start = text.find(NAME)
    end = start + len(NAME) if start >= 0 else 0
    for found in _option().finditer(text, end):
        name, value = found.group(1).lower(), found.group(2)
        if name not in values:
            values[name] = value[1:-1] if value[:1] in "\"'" and len(value) > 1 else value
            spans[name] = Span(*found.span(2))
        end = found.end()
    return values, spans, end
