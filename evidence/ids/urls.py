"""Addresses in running text, with exact spans."""

from __future__ import annotations

import re
from functools import cache

from evidence.ids.characters import LONGEST, balanced, trim
from evidence.model import Span

_PATTERNS: dict[str, tuple[str, int]] = {
    "url": (
        r"(?<![\w@./-])(?:https?://|ftp://|www\.(?=\w)|(?:[a-z0-9-]{1,40}\.){1,4}"
        r"(?:com|org|net|gov|edu|int|info|eu|io|uk|de|fr|ca|au|ch|nl|se|no|dk|es|it|jp|nz|be|at)"
        r"(?:\.[a-z]{2})?/(?=\w))[^\s\x00-\x1f\"“”«»`|\\^]*",
        re.IGNORECASE,
    ),
    "tag": (
        r"</?[a-z]{1,10}[\s>/]|</|\[\d{1,3}(?:[-–,]\d{1,3}){0,5}\]|[,;|](?=(?:https?:|doi:))",
        re.IGNORECASE,
    ),
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most runs start without any of them."""
    return re.compile(*_PATTERNS[name])


def find_urls(text: str) -> list[tuple[str, Span]]:
    """Return the addresses in running text as written, with exact spans.

    Read are http, https and ftp, "www.…", and a bare host with a path. Trailing punctuation and
    unbalanced brackets are left out.
    """
    result: list[tuple[str, Span]] = []
    if "." not in text:
        return result
    for found in _pattern("url").finditer(text):
        url = found.group()[: LONGEST * 2]
        stop = url.find("<")
        if stop >= 0 and "doi.org/10." not in url[:40].lower():
            url = url[:stop]
        cut = _pattern("tag").search(url, min(len(url), 12))
        if cut:
            url = url[: cut.start()]
        url = url[: balanced(url)]
        url = url[: _trim_url(url)]
        host = re.match(r"(?:[a-z]{3,5}://)?(.{0,300})", url, re.IGNORECASE)
        if host and "." in host.group(1):
            result.append((url, Span(found.start(), found.start() + len(url))))
    return result


def _trim_url(url: str) -> int:
    """As `_trim`, but an address may end in `-`, `_`, `=` or `*`."""
    end = trim(url)
    while end < len(url) and url[end] in "-_=*&" and not url[end + 1 :].strip(".,;:!?)]}>'\"-_=*&"):
        end += 1
    return end
