"""Following an address to where it leads: our own redirect loop, every hop guarded, paced and noted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from evidence.services import markup
from evidence.services.markup import Markup
from evidence.services.web import Web

if TYPE_CHECKING:
    from requests.cookies import RequestsCookieJar

    from evidence.services.transport import Raw

#: Requests of one walk, and the longest address that is asked for.
REQUESTS, LONGEST = 10, 8_000

#: Seconds for a body once its headers are there: by then the state of most links is known.
BODY = 5.0

_ACCEPT = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
}
_REDIRECTS = (301, 302, 303, 307, 308)

#: A turn to ask a host (`name:port`): entered before each request and left after it.
Turn = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Walk:
    """Where following an address led: the last answer, the redirects before it, or what went wrong.

    `hops` are (address it led to, status that said so); a page that refreshes to another address is
    a hop of its own status. `page` is the last answer read as HTML, where it is.
    """

    hops: tuple[tuple[str, int], ...]
    answer: Raw | None = None
    error: str = ""
    page: Markup | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)


def normal(url: str) -> str:
    """Return the address to ask for: no fragment, no credentials, quoted. Raises `ValueError`."""
    text = url.strip()
    if not text or len(text) > LONGEST or any(c <= " " or c in "\\\x7f" or c.isspace() for c in text):
        raise ValueError("not an address")
    if text[:4].lower() == "www.":
        text = f"http://{text}"
    parts = urlsplit(text)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("not an address of the web")
    host = parts.hostname
    if not host.isascii():
        import idna

        host = idna.encode(host, uts46=True).decode()
    place = f"[{host}]" if ":" in host else host
    place += f":{parts.port}" if parts.port else ""
    # what is quoted already stays so: % is safe
    path, query = (quote(part, safe="%/:@!$&'()*+,;=~?-._") for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme.lower(), place, path, query, ""))


def place_of(url: str) -> str:
    """Return host and port of a normal address."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def follow(
    web: Web, url: str, *, deadline: float, cap: int, keep_late: bool = True, turn: Turn | None = None,
    refresh: bool = False,
) -> Walk:  # fmt: skip
    """Follow the redirects from a normal address with cookies; see `links.look` for errors.

    `deadline` is seconds for all exchanges together, `cap` bytes of one answer, `turn` gives out the
    turns of hosts. `refresh`: read pages of HTML, and follow those that lead on by themselves. Raises
    `ServiceError` when the time of the run is over.
    """
    from requests.cookies import RequestsCookieJar

    turn = turn or (lambda name: web.host(name).turn("", web.allow))
    cookies = RequestsCookieJar()
    hops: list[tuple[str, int]] = []
    visited: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    left = deadline
    while True:
        state = (url, tuple(sorted(cookies.items())))
        if state in visited:
            # with cookies it may be a check for robots that we fail
            return Walk(tuple(hops), error="cookie-loop" if len(cookies) else "loop")
        if len(visited) >= REQUESTS:
            return Walk(tuple(hops), error="too-many-redirects")
        visited.add(state)
        with turn(place_of(url)):
            began = web.clock.now()
            answer = _ask(web, url, cookies, left, cap, keep_late)
            left -= web.clock.now() - began
        if isinstance(answer, str):
            return Walk(tuple(hops), error=answer)
        if answer.status not in _REDIRECTS:
            walk = _arrived(tuple(hops), answer, refresh)
            onward = _onward(url, walk)
            if not onward or onward in (url, *(address for address, _ in hops)):
                return walk
            url = onward
        else:
            url = _location(url, answer)
            if not url:
                return Walk(tuple(hops), answer, "bad-redirect")
        hops.append((url, answer.status))


def _arrived(hops: tuple[tuple[str, int], ...], answer: Raw, read: bool) -> Walk:
    """Return the walk that ended at an answer, its page read."""
    if not read or not is_html(answer):
        return Walk(hops, answer)
    text = markup.decode(answer.body, answer.headers.get("content-type", ""))
    return Walk(hops, answer, page=markup.read(text), text=text)


def is_html(answer: Raw) -> bool:
    """Whether an answer is a page of HTML: by its type, or where that says nothing or lies by its words."""
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media in ("text/html", "application/xhtml+xml"):
        return True
    if media not in (
        "",
        "application/pdf",
        "application/octet-stream",
        "text/plain",
        "text/xml",
        "application/xml",
    ):
        return False
    start = answer.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))


def _onward(url: str, walk: Walk) -> str:
    """Return where a page leads by itself, or ""."""
    if walk.answer is None or not 200 <= walk.answer.status < 300 or walk.page is None:
        return ""
    target = walk.page.refresh or markup.leads_to(walk.answer.headers.get("refresh", "")[:2000])
    try:
        return normal(urljoin(url, target)) if target else ""
    except ValueError:
        return ""


def _location(url: str, answer: Raw) -> str:
    """Return the address that a redirect leads to, or "" where it is none."""
    try:
        # headers come as Latin-1; an address in them is UTF-8 or it is broken
        place = answer.headers["location"].encode("latin-1").decode("utf-8").strip()
        return normal(urljoin(url, place.replace(" ", "%20"))) if place else ""
    except (KeyError, ValueError):
        return ""


def _ask(web: Web, url: str, cookies: RequestsCookieJar, left: float, cap: int, keep_late: bool) -> Raw | str:
    """Make one exchange; return it or the name of its failure."""
    from evidence.services.connections import Failure

    if web.left() <= 0:
        return "budget"
    seconds = min(left, web.left())
    if seconds <= 0:
        return "timeout"
    try:
        return web.transport.send(
            url,
            {**web.headers, **_ACCEPT},
            deadline=seconds,
            body=BODY if keep_late else None,
            cap=cap,
            link=True,
            cookies=cookies,
            keep_late=keep_late,
        )
    except Failure as failure:
        return "budget" if web.left() <= 0.01 else failure.kind
