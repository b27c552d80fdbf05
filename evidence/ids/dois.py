"""Digital object identifiers: normal form, what is wrong with one, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from evidence.ids.characters import INVISIBLE, LONGEST, balanced, trim
from evidence.model import Id, Span

#: Prefixes of test deposits, which are never a real citation (Crossref's documentation; 10.50505 is
#: seen in its records).
TEST_PREFIXES = ("10.5555", "10.50505")

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#60;", "<"), ("&#62;", ">"))
# Crossref's own pattern is 10.\d{4,9}/…; a registrant may be divided further (10.1000.10/123).
_PREFIX = r"10\.\d{4,9}(?:\.\d{1,9}){0,2}"
_SLASH = r"(?:/|%2[Ff]|%252[Ff])"
_PATTERNS: dict[str, tuple[str, int]] = {
    "doi": (rf"(?<!\d)(?<!\d\.)(?=1){_PREFIX}{_SLASH}", 0),
    "run": (rf"[^\s\x00-\x1f\"“”«»`^\\]{{0,{LONGEST}}}", 0),
    "whole": (rf"{_PREFIX}/(?=.)", 0),
    # what may introduce a DOI; applied a few times ("doi: https://doi.org/doi:10.…")
    "lead": (
        r"(?:https?:)?//(?:[a-z0-9-]{1,30}\.)?doi\.org[:/]{1,3}|(?:(?:dx|www)\.)?doi\.org/{1,2}"
        r"|urn:doi:|info:doi/|info:hdl/|hdl:|doi[\s:=./]{1,3}(?=\s*(?:1|h|d|//))|doi(?=10\.)",
        re.IGNORECASE,
    ),
    # where a token that began as a DOI stops being one: a tag, a citation marker, the next identifier
    "cut": (
        r"</?(?:[a-z]{1,10})[\s>/]|</|\[\d{1,3}(?:[-–,]\d{1,3}){0,5}\]|[,;|](?=(?:https?:|doi:|10\.\d{4}))|[.;,]?(?:PMID|PMCID)\b"
        r"|\.(?:Review|Epub|Available|Accessed|Retrieved|Published|PubMed|Erratum)\b",
        re.IGNORECASE,
    ),
    "suffix": (r"[\w(][\w.()/:;<>-]{0,199}", 0),
    "escape": (r"%(?:25)?[0-9A-Fa-f]{2}", 0),
    "publisher": (
        r"(?:v\d{1,2})?(?:/(?:full|abstract|pdf|epdf|epub|meta|html|summary|fulltext|references)"
        r"|\.(?:full|abstract|short|long|pdf|full\.pdf|full\.html|html|full-text|article-info))"
        r"(?:/|\.(?:pdf|html))?$",
        re.IGNORECASE,
    ),
    "preprint": (r"v\d{1,2}$", 0),
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most runs start without any of them."""
    return re.compile(*_PATTERNS[name])


def _decode(text: str) -> str:
    """Undo what pages and files do to a DOI: entities, percent escapes (twice), invisible characters."""
    text = text.translate(INVISIBLE)
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    if "\\" in text:
        text = re.sub(r"\\([_%&#{}<>])", r"\1", text)
    for _ in range(2):
        if "%" not in text or not _pattern("escape").search(text):
            break
        from urllib.parse import unquote

        text = unquote(text)
    return text


def _bare(text: str) -> str:
    """Take off what introduces a DOI, and one pair of brackets or quotes around it."""
    text = text[: LONGEST * 2].strip().translate(INVISIBLE).strip()
    if text.endswith("[doi]"):  # MEDLINE's tag
        text = text[:-5].strip()
    for _ in range(4):
        if text[:1] in "<([{\"'“‘":
            text = text[1:].lstrip()
        found = _pattern("lead").match(text)
        if not found:
            break
        text = text[found.end() :].strip()
    return text


def doi(text: str) -> str:
    """Return the normal form of a DOI (lower case, decoded, without prefix and trailing junk), or "".

    The whole of `text` must be the DOI, with or without "doi:" or an address around it. Syntax:
    the DOI Handbook, 2.2, and Crossref's pattern 10.NNNN/suffix.
    """
    return _doi(text) if len(text) <= LONGEST else _read_doi(text)


@lru_cache(maxsize=16_384)
def _doi(text: str) -> str:
    """Remember DOIs: a run asks for each several times."""
    return _read_doi(text)


def _read_doi(text: str) -> str:
    if "://" in text[:40] and "doi.org" not in text[:60].lower():
        return doi_of_url(text.strip())
    bare = _bare(text)
    if "doi.org" in text[:60].lower():
        bare = _without_query(bare)
    value = _decode(bare)
    value = value[: trim(value)].lower()
    if not _pattern("whole").match(value) or len(value) > LONGEST:
        return ""
    if not value.isprintable() or len(value.split()) != 1:
        return ""
    return value


def malformed_doi(text: str) -> str:
    """Say in words what is wrong with `text`, which was meant as one DOI; "" when nothing is."""
    if not text.strip():
        return ""
    if value := doi(text):
        return f"the prefix {value.partition('/')[0]} is for tests only" if is_test_doi(value) else ""
    value = _decode(_bare(text))
    value = value[: trim(value)]
    if not value:
        return "nothing after the prefix"
    if "://" in value[:12]:
        return "an address, not a DOI"
    if any(not c.isprintable() and not c.isspace() for c in value):
        return "holds a control character"
    prefix = re.match(_PREFIX, value)
    if prefix and value[prefix.end() : prefix.end() + 1] == "/" and value[prefix.end() + 1 :].strip():
        return "holds a space" if any(c.isspace() for c in value) else "is longer than a DOI can be"
    if prefix and not value[prefix.end() :].strip("/ "):
        return "nothing after the prefix"
    if "/" not in value:
        return "no slash"
    if any(c.isspace() for c in value):
        return "holds a space"
    return "prefix is not 10.NNNN"


def is_test_doi(doi: str) -> bool:
    """Tell whether a DOI in normal form lies under a prefix kept for tests (10.5555)."""
    return doi.partition("/")[0] in TEST_PREFIXES


def _without_query(url: str) -> str:
    """Cut the query and the fragment off an address; a SICI DOI keeps its `#`."""
    url = url.partition("?")[0].partition("&")[0] if "&lt;" not in url else url.partition("?")[0]
    lowered = url[:80].lower()
    return url if "sici" in lowered else url.partition("#")[0]


def doi_of_url(url: str) -> str:
    """Return the DOI that an address holds (doi.org, a publisher's page, a query), or ""."""
    url = url[: LONGEST * 2]
    found = _pattern("doi").search(url)
    if not found:
        return ""
    before = url[: found.start()]
    rest = url[found.start() :]
    rest = rest.partition("&")[0] if "=" in before.rpartition("/")[2] else _without_query(rest)
    if "doi.org" not in before.lower():
        rest = rest[: _publisher_end(rest, before)]
    value = _decode(rest)
    value = value[: trim(value)].lower()
    if not _pattern("whole").match(value) or any(c.isspace() or not c.isprintable() for c in value):
        return ""
    return value


def _publisher_end(rest: str, before: str) -> int:
    """Return where the DOI ends in a publisher's address: before "/full", ".pdf", a preprint's "v2"."""
    tail = _pattern("publisher").search(rest, max(0, len(rest) - 40))
    end = tail.start() if tail else len(rest)
    if "rxiv.org" in before:
        version = _pattern("preprint").search(rest, max(0, end - 4), end)
        end = version.start() if version else end
    return end


def _token(text: str, start: int, suffix: int) -> int:
    """Return where the DOI ends that begins at `start` and whose suffix begins at `suffix`."""
    run = _pattern("run").match(text, suffix)
    end = run.end() if run else suffix
    following = _pattern("doi").search(text, suffix, end)
    if following and text[following.start() - 1] in ",;|":
        end = following.start() - 1
    end = start + balanced(text[start:end])
    head = _host_before(text, start)
    token = text[start:end]
    if head:
        token = token[: len(_without_query(token))]
        if "doi.org" not in head:
            token = token[: _publisher_end(token[: trim(token)], head)]
    skip = suffix - start
    cut = _pattern("cut").search(token, skip)
    if cut:
        token = token[: cut.start()]
    return start + max(skip, trim(token))


def _host_before(text: str, start: int) -> str:
    """Return what stands directly before `start` when it is the beginning of an address, else ""."""
    near = text[max(0, start - 200) : start].lower()
    near = near.split()[-1] if near and not near[-1].isspace() else ""
    return near if "://" in near or "doi.org" in near or near.startswith("www.") else ""


def _joined(text: str, end: int, suffix: int) -> int:
    """Return the end of a DOI that goes on after a line break, or `end` unchanged.

    Joined only where it is clear: nothing stands behind the slash yet, the line ends in a hyphen or
    slash, or in a full stop while the suffix has no digit; and what follows holds a digit. A blank
    behind a hyphen or slash is what is left of a line's end where a text was flowed anew.
    """
    cut = end
    while cut < len(text) and text[cut] in ".-/_" and cut - end < 3:
        cut += 1
    gap = re.compile(r"[^\S\r\n]{0,4}\r?\n[^\S\r\n]{0,12}|[^\S\r\n]").match(text, cut)
    if not gap:
        return end
    broken = "\n" in gap.group()
    written = text[suffix:cut]
    empty = not written.strip("/ ")
    if not empty and not (
        written[-1] in "-/_" or (broken and written[-1] == "." and not any(c.isdigit() for c in written))
    ):
        return end
    more = _pattern("suffix").match(text, gap.end())
    if not more or not any(c.isdigit() for c in more.group()):
        return end
    if not empty and re.match(r"(?:19|20)\d\d\b", more.group()):  # a year begins the next line
        return end
    return _token(text, gap.end(), gap.end())


def find_dois(text: str) -> Iterator[tuple[Id, Span]]:
    """Yield every DOI of a text in normal form, with the span of its own characters."""
    at = 0
    while found := _pattern("doi").search(text, at):
        suffix = found.end()
        end = _token(text, found.start(), suffix)
        end = _joined(text, end, suffix)
        at = max(end, suffix)
        if end <= suffix:
            continue
        value = doi("".join(text[found.start() : end].split()))
        if value:
            yield Id("doi", value), Span(found.start(), end)
