"""Markers that name a key or an identifier: Pandoc, MyST, Sphinx, Jekyll, Hugo, footnotes, own patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from evidence import ids
from evidence.pages.markers import Marker, expand
from evidence.pages.view import Page

#: A pattern from the settings sees at most so many characters at once: it may be a slow one.
WINDOW = 2_000
#: Prefixes of cross references (Quarto, Manubot, pandoc-crossref), which cite nothing.
CROSS_REFERENCES = tuple(
    prefix + mark
    for prefix in [
        "fig",
        "tbl",
        "tab",
        "eq",
        "sec",
        "lst",
        "thm",
        "lem",
        "cor",
        "def",
        "exm",
        "exr",
        "prp",
        "apx",
    ]
    for mark in ":-"
)
#: How identifiers may be named before the colon (Manubot, MyST and common habit).
ID_NAMES = {
    "doi": "doi",
    "pmid": "pmid",
    "pubmed": "pmid",
    "pmc": "pmcid",
    "pmcid": "pmcid",
    "arxiv": "arxiv",
    "isbn": "isbn",
    "nct": "nct",
}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    key = r"@(\{[^{}\s]{1,300}\}|[\w*][^\s;,\[\]{}\"'`|]{0,300})"
    return {
        "group": re.compile(r"\[([^\[\]]{0,1000})\]"),
        "key": re.compile(rf"(?<![\w.@/+]){key}"),
        "bare": re.compile(r"(?<![\w.@/+:&=#-])@([A-Za-z][\w:.#$%&+?<>~/-]{1,100})"),
        "role": re.compile(
            r"(?:\{(?:foot)?cite[a-z:]{0,20}\}|:(?:foot)?cite[a-z:]{0,20}:)`([^`\n]{1,1000})`"
        ),
        "jekyll": re.compile(r"(?<!\{)\{%-?\s{0,9}(?:foot)?cite[a-z_]{0,10}\s{1,9}([^%{}\n]{1,500})%\}"),
        "hugo": re.compile(
            r"\{\{[<%]\s{0,9}(?:cite[a-z]{0,2}|cites|citation)\s{1,9}([^{}\n]{1,500}?)/?[>%]\}\}"
        ),
        "note": re.compile(r"\[\^([^\]\s^\[]{1,200})\]"),
    }


def label_of(key: str) -> tuple[str, bool]:
    """Return a key as a label, and whether it is an identifier ("doi:10.…", an address of doi.org)."""
    name, colon, value = key.partition(":")
    kind = ID_NAMES.get(name.lower()) if colon else None
    if kind is None and key.lower().startswith(("http://", "https://")):
        kind, value = "doi", ids.doi_of_url(key)
    elif kind is None and key.startswith("10.") and "/" in key:
        kind, value = "doi", key
    if kind is None or not value:
        return key, False
    return f"{kind}:{ids.normalise(kind, value) or value}", True


def _marker(start: int, end: int, keys: Sequence[str]) -> Marker | None:
    labels = [label_of(key) for key in keys if key]
    if not labels:
        return None
    form = "id" if all(known for _, known in labels) else "key"
    return Marker(start, end, tuple(dict.fromkeys(label for label, _ in labels)), form)


def _trimmed(key: str) -> str:
    """Return a key without braces and the punctuation of the sentence it stands in."""
    if key.startswith("{"):
        return key[1:-1]
    while key and (key[-1] in ".:!?*_,;'\"" or (key[-1] == ")" and key.count("(") < key.count(")"))):
        key = key[:-1]
    return key


def groups(page: Page, start: int, end: int) -> Iterator[Marker]:
    """Find Pandoc's `[@key]`, `[see @a, p. 3; -@b]`, `[@doi:10.…]`."""
    text = page.view.text
    if text.find("@", start, end) < 0:
        return
    for match in _patterns()["group"].finditer(text, start, end):
        if "@" not in match[1]:
            continue
        keys = []
        for part in _parts(match[1]):
            found = _patterns()["key"].search(part)
            if found is not None:
                keys.append(_trimmed(found[1]))
        keys = [key for key in keys if not key.startswith(CROSS_REFERENCES)]
        marker = _marker(match.start(), match.end(), keys)
        if marker is not None and text[match.end() : match.end() + 1] not in ("(", ":"):
            yield marker


def _parts(inside: str) -> list[str]:
    """Split a group at semicolons; one inside an identifier (`…CO;2-1`) splits nothing."""
    parts: list[str] = []
    for part in inside.split(";"):
        if parts and part[:1] not in (" ", "\n", "@", "-", "") and "@" not in part:
            parts[-1] += ";" + part
        else:
            parts.append(part)
    return parts


def bare_keys(page: Page, start: int, end: int, trusting: bool) -> Iterator[Marker]:
    """Find Pandoc's `@key` in running text.

    Names of people, packages and decorators look the same: a key has a letter and a digit and, unless
    the page cites by keys elsewhere (`trusting`), a year.
    """
    text = page.view.text
    if text.find("@", start, end) < 0:
        return
    for match in _patterns()["bare"].finditer(text, start, end):
        key = _trimmed(match[1])
        if key.startswith(CROSS_REFERENCES):
            continue
        dated = re.search(r"[A-Za-z].{0,99}(?:1[5-9]|20)\d\d", key) is not None
        identified = label_of(key)[1]
        if dated or identified or (trusting and any(char.isdigit() for char in key)):
            marker = _marker(match.start(), match.start() + 1 + len(key), [key])
            if marker is not None:
                yield marker


def roles(page: Page, start: int, end: int) -> Iterator[Marker]:
    """Find MyST's {cite:p}`a,b` and Sphinx's :cite:p:`a,b`."""
    for match in _patterns()["role"].finditer(page.view.text, start, end):
        inside = re.sub(r"\{[^{}]{0,200}\}", "", match[1])
        marker = _marker(match.start(), match.end(), [key.strip() for key in inside.split(",")])
        if marker is not None:
            yield marker


def shortcodes(page: Page, start: int, end: int) -> Iterator[Marker]:
    """Find Jekyll's `{% cite a b %}` and Hugo's `{{< cite "a" >}}`."""
    text = page.view.text
    if text.find("{", start, end) < 0:
        return
    for match in _patterns()["jekyll"].finditer(text, start, end):
        words = re.split(r"[\s,]+", match[1].strip().rstrip("-").strip())
        keys = [
            word.strip("\"'")
            for index, word in enumerate(words)
            if not word.startswith("-") and not (index and words[index - 1].startswith("-"))
        ]
        marker = _marker(match.start(), match.end(), keys)
        if marker is not None:
            yield marker
    for match in _patterns()["hugo"].finditer(text, start, end):
        keys = _arguments(match[1])
        marker = _marker(match.start(), match.end(), keys)
        if marker is not None:
            yield marker


def _arguments(inside: str) -> list[str]:
    """Return the keys among a shortcode's arguments: positional ones, and `key=`, `keys=`, `id=`."""
    keys: list[str] = []
    for match in re.finditer(r"""(?:(\w{1,30})=)?(?:"([^"]*)"|“([^”]*)”|([^\s"=]+))""", inside):
        if match[1] is None or match[1].lower() in ("key", "keys", "id", "ref"):
            keys += re.split(r"[\s,;]+", match[2] or match[3] or match[4] or "")
    return [key for key in keys if key]


def notes(page: Page, start: int, end: int) -> Iterator[Marker]:
    """Find footnote markers `[^1]`."""
    text = page.view.text
    if text.find("[^", start, end) < 0:
        return
    for match in _patterns()["note"].finditer(text, start, end):
        yield Marker(match.start(), match.end(), (match[1],), "footnote")


def own_patterns(page: Page, start: int, end: int, patterns: Sequence[re.Pattern[str]]) -> Iterator[Marker]:
    """Find what the settings' patterns match; group 1 holds keys or numbers."""
    text = page.view.text
    for pattern in patterns:
        for begin in range(start, end, WINDOW):
            for match in pattern.finditer(text[begin : min(end, begin + WINDOW)]):
                inside = (match[1] if pattern.groups else match[0]) or ""
                numbers = expand(inside) if re.fullmatch(r"[\d\s,;\u2010-\u2015-]{1,200}", inside) else None
                if match.end() == match.start():
                    continue
                if numbers:
                    yield Marker(begin + match.start(), begin + match.end(), numbers, plain=True)
                    continue
                keys = [key.lstrip("@") for key in re.split(r"[\s,;]+", inside)]
                marker = _marker(begin + match.start(), begin + match.end(), keys)
                if marker is not None:
                    yield marker
