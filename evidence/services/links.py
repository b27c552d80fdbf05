"""Looking at a cited address: what a server says to a plain GET, noted and not judged.

Which state a link is in is derived elsewhere from all looks at it. A look never raises: what went
wrong is a named error. Streamed GET (HEAD is answered wrongly too often), our own redirect loop with
cookies, every address checked when it is connected to (see `connections`), the first 256 KB read.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from evidence.errors import ServiceError
from evidence.model import Seen
from evidence.services.pace import LONGEST_WAIT, retry_after
from evidence.services.web import Web

if TYPE_CHECKING:
    from requests.cookies import RequestsCookieJar

    from evidence.services.transport import Raw

#: Redirects followed, bytes read, seconds for one exchange, seconds before a second look, and the
#: longest address that is asked for.
REDIRECTS, CAP, DEADLINE, PAUSE, LONGEST = 10, 262_144, 10.0, 1.0, 8_000

#: What a second try can change: errors and statuses (links, §7).
_AGAIN = frozenset({"reset", "truncated", "malformed", 408, 425, 429, 500, 502, 503, 504})

_ACCEPT = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
}

#: What stands in the way of a program, by words of headers and body that the large providers use.
_CHALLENGE = (b"cdn-cgi/challenge-platform", b"just a moment...", b"_incapsula_resource", b"ak_bmsc")


def look(web: Web, url: str, at: str, *, deadline: float = DEADLINE, pause: float = PAUSE) -> Seen:
    """Look at `url` once and say what was seen on the day `at` (ISO date).

    `deadline` is seconds for one exchange, `pause` seconds before a second one: 404 and 410 are
    asked again before they are believed (signal `confirmed`), what is passing is tried once more.
    `hops` are (address it led to, status of the redirect). Errors: `bad-url`, `nxdomain`, `dns`,
    `refused`, `unreachable`, `timeout`, `reset`, `truncated`, `malformed`, `loop`,
    `too-many-redirects`, `private-address`, `tls-expired`, `tls-self-signed`, `tls-wrong-host`,
    `tls-chain`, `tls`, `offline`, `budget`. Raises nothing.
    """
    seen = Seen(url, at)
    if web.settings.mode in ("offline", "frozen"):
        return replace(seen, error="offline")
    try:
        start = normal(url)
    except ValueError:
        return replace(seen, error="bad-url")
    try:
        first, wait = _walk(web, seen, start, deadline)
        gone = first.status in (404, 410)
        passing = (first.error or first.status) in _AGAIN and (wait or 0) <= LONGEST_WAIT
        if not gone and not passing:
            return _proven(web, first)
        wait = pause if wait is None else wait
        web.allow(wait)
        if wait > pause:
            web.host(urlsplit(start).netloc).hold(wait)
        web.clock.sleep(wait)
        second, _ = _walk(web, seen, start, deadline)
    except ServiceError as error:
        return replace(seen, error=error.cause)
    if gone and second.status in (404, 410):
        return replace(second, signals=(*second.signals, "confirmed"))
    # a second look that failed in another way did not confirm the first: only what was seen twice is gone
    return _proven(web, second)


def _proven(web: Web, seen: Seen) -> Seen:
    """Keep `nxdomain` only where the resolver knows names that surely exist."""
    return replace(seen, error="dns") if seen.error == "nxdomain" and not web.resolves_names() else seen


def normal(url: str) -> str:
    """Return the address to ask for: no fragment, no credentials, quoted. Raises `ValueError`."""
    text = url.strip()
    if not text or len(text) > LONGEST or any(c <= " " or c in "\\\x7f" or c.isspace() for c in text):
        raise ValueError("not an address")
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


def _walk(web: Web, seen: Seen, url: str, deadline: float) -> tuple[Seen, float | None]:
    """Follow the redirects from `url`; return what was seen and for how long the server asks to wait."""
    went = follow(web, url, deadline=deadline, cap=CAP)
    seen = replace(seen, hops=went.hops)
    if went.error or went.answer is None:
        return replace(seen, status=went.answer.status if went.answer else None, error=went.error), None
    wait = retry_after(went.answer.headers.get("retry-after", ""), web.clock.wall())
    return _note(seen, went.answer), wait


@dataclass(frozen=True, slots=True)
class Walk:
    """Where following an address led: the last answer, the redirects before it, or what went wrong.

    `hops` are (address it led to, status of the redirect).
    """

    hops: tuple[tuple[str, int], ...]
    answer: Raw | None = None
    error: str = ""


def follow(web: Web, url: str, *, deadline: float, cap: int, keep_late: bool = True) -> Walk:
    """Follow the redirects from a normal address with cookies, every hop guarded; see `look` for errors.

    `deadline` is seconds for one exchange, `cap` bytes of one answer. Raises `ServiceError` when the
    time of the run is over.
    """
    from requests.cookies import RequestsCookieJar

    cookies = RequestsCookieJar()
    hops: list[tuple[str, int]] = []
    visited: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    while True:
        state = (url, tuple(sorted(cookies.items())))
        if state in visited:
            return Walk(tuple(hops), error="loop")
        visited.add(state)
        answer = _ask(web, url, cookies, deadline, cap, keep_late)
        if isinstance(answer, str):
            return Walk(tuple(hops), error=answer)
        if answer.status not in (301, 302, 303, 307, 308):
            return Walk(tuple(hops), answer)
        try:
            # headers come as Latin-1; an address in them is UTF-8 or it is broken
            place = answer.headers["location"].encode("latin-1").decode("utf-8").strip()
            url = normal(urljoin(url, place)) if place else ""
        except (KeyError, ValueError):
            url = ""
        if not url:
            return Walk(tuple(hops), answer, "malformed")
        hops.append((url, answer.status))
        if len(hops) > REDIRECTS:
            return Walk(tuple(hops), error="too-many-redirects")


def _ask(
    web: Web, url: str, cookies: RequestsCookieJar, deadline: float, cap: int, keep_late: bool
) -> Raw | str:
    """Make one exchange; return it or the name of its failure."""
    from evidence.services.connections import Failure

    with web.host(urlsplit(url).netloc).turn("", web.allow):
        seconds = min(deadline, web.left())
        if seconds <= 0:
            return "budget"
        try:
            return web.transport.send(
                url,
                {**web.headers, **_ACCEPT},
                deadline=seconds,
                cap=cap,
                link=True,
                cookies=cookies,
                keep_late=keep_late,
            )
        except Failure as failure:
            return "budget" if web.left() <= 0.01 else failure.kind


def _note(seen: Seen, answer: Raw) -> Seen:
    """Note status, media type, title, and the few signs that a judge of links needs."""
    media = answer.headers.get("content-type", "").split(";")[0].strip().lower()[:100]
    body = answer.body
    low = body[:65_536].lower()
    signals = []
    if not body.strip():
        signals.append("empty")
    if answer.headers.get("cf-mitigated") or any(mark in low for mark in _CHALLENGE):
        signals.append("challenge")
    if b'type="password"' in low or b"type='password'" in low:
        signals.append("login")
    if answer.cut == "deadline":
        signals.append("late")
    return replace(
        seen, status=answer.status, type=media, title=title(body, answer.headers.get("content-type", "")),
        signals=tuple(signals),
    )  # fmt: skip


def title(body: bytes, content_type: str) -> str:
    """Return the text of a page's title element, at most 300 characters; "" where there is none."""
    low = body.lower()
    start = low.find(b"<title")
    start = low.find(b">", start) + 1 if start >= 0 else 0
    if not start:
        return ""
    end = low.find(b"</title", start)
    raw = body[start : end if end >= 0 else start + 2_000][:2_000]
    declared = content_type + low[:2_048].decode("latin-1")
    named = re.search(r"charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", declared, re.IGNORECASE)
    try:
        text = raw.decode(named[1] if named else "utf-8", "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    return " ".join(html.unescape(text).split())[:300]
