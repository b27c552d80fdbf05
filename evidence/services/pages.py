"""Reading a page behind an address: fetched like a cited link is, and never written.

Every hop is guarded (only public addresses unless the environment allows private ones), with a
deadline for an exchange and a cap on bytes. What is no page, or did not come, is a `ReadError` in
words: an address that cannot be read is like a file that cannot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from evidence.errors import ReadError, ServiceError
from evidence.model import Kind, Settings, Source
from evidence.services.links import PAUSE
from evidence.services.walk import Walk, follow, normal
from evidence.services.web import Web
from evidence.sources import from_text, kind_of
from evidence.sources.decoding import decode, sniff

#: Seconds for one exchange: a page is worth more patience than a look at a link.
DEADLINE = 20.0

#: Media types of pages. What is sent as plain text or as bytes is known by the suffix of its address.
KINDS: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown",
    "text/x-markdown": "markdown", "application/x-tex": "latex", "text/x-tex": "latex",
    "application/x-latex": "latex", "application/x-bibtex": "bib", "text/x-bibtex": "bib",
    "application/vnd.citationstyles.csl+json": "csl-json",
    "application/x-research-info-systems": "ris", "application/nbib": "nbib",
}  # fmt: skip
_BY_SUFFIX = ("text/plain", "application/octet-stream", "")

_WORDS = {
    "private-address": "it leads to a private address (EVIDENCE_ALLOW_PRIVATE=1 allows that)",
    "bad-url": "it is not an address of the web",
    "nxdomain": "its host does not exist",
    "timeout": "the server did not answer in time",
    "loop": "it redirects in circles",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched; `cut` tells that it is longer than the cap."""

    source: Source
    cut: bool = False


def fetch(url: str, settings: Settings) -> Page:
    """Return the page at `url`, at most `limits.page` bytes of it; its name is the address.

    HTML, Markdown, TeX or text by the media type, else by the suffix of the address. Raises
    `ReadError`.
    """
    name = _without_password(url)
    if settings.mode in ("offline", "frozen"):
        raise ReadError(f"{name}: was not read: this run is offline")
    web = Web(settings)
    try:
        went = _walk(web, url, settings.limits.page)
    except ServiceError as error:
        raise ReadError(f"{name}: {error}") from None
    except ValueError:
        raise ReadError(f"{name}: {_WORDS['bad-url']}") from None
    finally:
        web.close()
    if went.answer is None or went.error:
        raise ReadError(f"{name}: {_WORDS.get(went.error, f'could not be read ({went.error})')}")
    if not 200 <= went.answer.status < 300:
        raise ReadError(f"{name}: the server answered {went.answer.status}")
    address = went.hops[-1][0] if went.hops else url
    declared = went.answer.headers.get("content-type", "")
    media, cut = _media(declared), went.answer.cut == "cap"
    if media not in KINDS and media not in _BY_SUFFIX:
        raise ReadError(f"{name}: is {media[:60]}, not a page")
    body = went.answer.body
    # a cut may have gone through a character: the last line is given up
    text = _text(body[: body.rfind(b"\n") + 1] or body if cut else body, declared, name)
    return Page(from_text(text, name=name, kind=_kind(media, address) or sniff(text)), cut)


def _walk(web: Web, url: str, cap: int) -> Walk:
    """Ask, and once more where that can help. Raises `ValueError` for what is no address."""
    start = normal(url)
    went = follow(web, start, deadline=DEADLINE, cap=cap, keep_late=False)
    status = went.answer.status if went.answer else 0
    if went.error in ("reset", "truncated", "timeout") or status in (429, 500, 502, 503, 504):
        web.allow(PAUSE)
        web.clock.sleep(PAUSE)
        return follow(web, start, deadline=DEADLINE, cap=cap, keep_late=False)
    return went


def _media(declared: str) -> str:
    return declared.partition(";")[0].strip().lower()


def _kind(media: str, address: str) -> Kind | None:
    """Return what a page is by its media type, else by the suffix of its address; None: not known."""
    if media in KINDS:
        return KINDS[media]
    by_suffix = kind_of(urlsplit(address).path)
    return by_suffix if by_suffix != "toml" else "text"


def _text(body: bytes, declared: str, name: str) -> str:
    """Decode a page: what the header declares where that fits (RFC 9110, 8.3.2), else as a file is."""
    charset = re.search(r"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", declared, re.IGNORECASE)
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        try:
            return body.decode(charset[1])
        except (LookupError, ValueError):
            pass
    return decode(body, name)[0]


def _without_password(url: str) -> str:
    """Return an address without a user's name and password: it stands in reports."""
    try:
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=place))
    except ValueError:
        return url.rpartition("@")[2]
