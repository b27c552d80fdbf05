"""A web server that behaves as the servers of cited pages do: every scenario at an address of its own.

    with Scenarios() as web:
        for scenario in web.all:
            assert state_of(web.address(scenario)) in scenario.states

or from a shell, to look at one with any program:

    python -m tests.standin_links --port 8080

`log` is what was asked. Nothing here knows what a checker makes of it: a scenario only says which
states are right. Soft-dead scenarios are marked, because most checkers take them for alive.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class Exchange:
    """One request, and the means to answer it in any way."""

    def __init__(self, handler: BaseHTTPRequestHandler, count: int) -> None:
        self.path = handler.path
        self.count = count
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self._socket = handler.connection
        self.keeps = True

    def send(self, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Send a whole answer; underscores in names of headers are dashes."""
        raw = body.encode() if isinstance(body, str) else body
        said = {"content-type": "text/html; charset=utf-8", "content-length": str(len(raw))}
        said |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
        head = f"HTTP/1.1 {status} Status\r\n" + "".join(f"{n}: {v}\r\n" for n, v in said.items() if v)
        self.raw(head.encode("latin-1") + b"\r\n" + raw)

    def to(self, location: str, status: int = 302, **headers: str) -> None:
        """Redirect."""
        self.send(b"", status, location=location, **headers)

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._socket.sendall(data)

    def last(self, data: bytes) -> None:
        """Send bytes as they are, and end the connection."""
        self.raw(data)
        self.keeps = False

    def reset(self) -> None:
        """End the connection with RST."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.keeps = False

    def hang_up(self) -> None:
        """End the connection as if all were said."""
        self.keeps = False


Play = Callable[[Exchange], None]


@dataclass(frozen=True)
class Scenario:
    """What a server does at `path`, and the states that are right for a link to it.

    `soft` marks pages that are gone behind a friendly 200; `alarm` is False where a link that is
    called dead would be a false alarm. `fragment` is the cited place of the page.
    """

    path: str
    states: tuple[str, ...]
    play: Play = field(repr=False)
    soft: bool = False
    fragment: str = ""
    slow: bool = False

    @property
    def may_be_dead(self) -> bool:
        """Whether calling the link broken is no false alarm: it is, or nobody finds the page there."""
        return bool({"dead", "invalid", "suspect"} & set(self.states))


LOREM = (
    "Of the twenty-four patients, twelve were followed for thirty months. Pain and disability were assessed at "
    "baseline and after three, six and twelve months by a physician who did not know the treatment. "
) * 4


def page(title: str, body: str = "", head: str = "") -> str:
    """A page as most are."""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><h1>{title}</h1><p>{body or LOREM}</p><footer>Contact</footer></body></html>"
    )


ARTICLE = page("Injection of stem cells for disc disease")
_PLAYS: list[Scenario] = []
_HELP: dict[str, Play] = {}


def scenario(
    path: str, *states: str, soft: bool = False, fragment: str = "", slow: bool = False
) -> Callable[[Play], Play]:
    """Register what is played at a path."""

    def register(play: Play) -> Play:
        _PLAYS.append(Scenario(path, states, play, soft, fragment, slow))
        return play

    return register


def serves(
    path: str,
    *states: str,
    soft: bool = False,
    body: str | bytes = ARTICLE,
    status: int = 200,
    **headers: str,
) -> None:
    """Register an answer that is always the same."""
    scenario(path, *states, soft=soft)(lambda x: x.send(body, status, **headers))


def leads(path: str, location: str, status: int, *states: str, soft: bool = False) -> None:
    """Register a redirect."""
    scenario(path, *states, soft=soft)(lambda x: x.to(location, status))


def helps(path: str, body: str | bytes = ARTICLE, status: int = 200, **headers: str) -> None:
    """Register an answer that scenarios lead to."""
    _HELP[path] = lambda x: x.send(body, status, **headers)


# -- pages that are there
serves("/alive/article", "alive")
serves("/alive/pdf.pdf", "alive", body=b"%PDF-1.7\n" + b"x" * 5000, content_type="application/pdf")
serves("/alive/plain.txt", "alive", body="Plain words about a study.", content_type="text/plain")
serves("/alive/no-type", "alive", content_type="")
serves("/alive/404-in-title", "alive", body=page("Trial 404: twelve months of follow-up"))
serves(
    "/alive/about-errors",
    "alive",
    body=page(
        "Page not found: how the web forgets its sources",
        "A reader who meets the words “page not found” has lost a source. The page you requested could not be found, "
        "servers say, and mean that nobody kept it. " + LOREM,
    ),
)
serves(
    "/alive/about-domains",
    "alive",
    body=page(
        "This domain is for sale, and other lies of the web",
        "Many a page says that this domain is for sale. Brokers buy this domain and that. " + LOREM,
    ),
)
serves(
    "/alive/year-404",
    "alive",
    body=page("404 - An encyclopedia", "Year 404 was a leap year starting on Friday. " + LOREM),
)
serves(
    "/alive/login-in-header",
    "alive",
    body=page("A study of backs", f"<form><input type=password name=p></form>{LOREM}"),
)
serves(
    "/alive/scripts-of-a-provider",
    "alive",
    body=page("A study", LOREM, "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>"),
)
serves(
    "/alive/recaptcha-form",
    "alive",
    body=page("Contact and imprint", f"<script src=https://www.google.com/recaptcha/api.js></script>{LOREM}"),
)
serves(
    "/alive/cookie-banner",
    "alive",
    body=page("A study", f"<div id=cookie-consent>We use cookies. Accept all cookies</div>{LOREM}"),
)
serves(
    "/alive/one-page-app",
    "alive",
    body="<!doctype html><title>App</title><div id=root></div><script src=/app.js></script>",
)
serves(
    "/app/deep/route",
    "alive",
    body="<!doctype html><title>App</title><noscript>You need JavaScript.</noscript><div id=app></div><script src=/a.js></script>",
)
serves(
    "/alive/latin-1",
    "alive",
    body=page("Étude").encode("latin-1", "replace"),
    content_type="text/html; charset=iso-8859-1",
)
serves(
    "/alive/wrong-charset",
    "alive",
    body=page("Étude").encode("latin-1", "replace"),
    content_type="text/html; charset=utf-8",
)
serves("/alive/odd-charset", "alive", content_type="text/html; charset=klingon")
serves("/alive/utf-16", "alive", body=page("Studie").encode("utf-16"), content_type="text/html")
serves("/alive/%C3%A9tude?q=%C3%A9&r=a+b", "alive")
serves("/alive/gzipped", "alive", body=gzip.compress(ARTICLE.encode()), content_encoding="gzip")
serves("/alive/image.png", "alive", body=b"\x89PNG\r\n\x1a\n" + b"0" * 500, content_type="image/png")
serves(
    "/alive/reload", "alive", body=page("Live figures", LOREM, '<meta http-equiv="refresh" content="300">')
)
serves(
    "/alive/reload-self",
    "alive",
    body=page("Live figures", LOREM, '<meta http-equiv="refresh" content="5; url=/alive/reload-self">'),
)
serves(
    "/alive/noscript-refresh",
    "alive",
    body=page("Figures", LOREM, '<noscript><meta http-equiv="refresh" content="0; url=/nowhere"></noscript>'),
)
serves("/alive/access-denied-study", "alive", body=page("Access denied? How patients find care", LOREM * 8))
serves("/alive/non-authoritative", "alive", status=203)
serves("/viewer/paper.pdf", "alive", body=page("Paper", "<embed src=/raw.pdf type=application/pdf>"))


@scenario("/alive/html-only-if-asked", "alive")
def _needs_accept(x: Exchange) -> None:
    x.send(ARTICLE) if "text/html" in x.headers.get("accept", "") else x.send("no", 406)


@scenario("/alive/endless", "alive")
def _endless(x: Exchange) -> None:
    x.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + ARTICLE.encode())
    with contextlib.suppress(OSError):
        for _ in range(800):
            x.raw(b"<p>more words</p>" * 4096)
    x.hang_up()


@scenario("/alive/bomb", "alive")
def _bomb(x: Exchange) -> None:
    x.send(BOMB, content_encoding="gzip")


BOMB = gzip.compress(ARTICLE.encode() + bytes(100_000_000), 9)


@scenario("/alive/slow-3-s", "alive", slow=True)
def _slow(x: Exchange) -> None:
    time.sleep(3)
    x.send(ARTICLE)


@scenario("/alive/drips", "alive", slow=True)
def _drips(x: Exchange) -> None:
    x.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 60\r\n\r\n<title>A study</title>")
    for _ in range(40):
        time.sleep(0.5)
        x.raw(b"x")


# -- redirects
leads("/moved/301", "/alive/article", 301, "moved")
leads("/moved/308", "/alive/article", 308, "moved")
leads("/moved/relative/x", "../../alive/article", 301, "moved")
leads("/moved/chain-1", "/moved/chain-2", 301, "moved")
for step in range(2, 5):
    _HELP[f"/moved/chain-{step}"] = lambda x, step=step: x.to(f"/moved/chain-{step + 1}", 301)  # type: ignore[misc]
_HELP["/moved/chain-5"] = lambda x: x.to("/alive/article", 308)
leads("/moved/with-slash", "/moved/with-slash/", 301, "moved")
helps("/moved/with-slash/")
leads("/moved/spaces", "/alive/a page", 301, "moved")
helps("/alive/a%20page")
leads("/temporary/302", "/alive/article", 302, "alive")
leads("/temporary/303", "/alive/article", 303, "alive")
leads("/temporary/307", "/alive/article", 307, "alive")
leads("/temporary/mixed", "/temporary/302", 301, "alive")
leads("/temporary/tracked", "/temporary/tracked?utm_source=x", 301, "alive")
helps("/temporary/tracked?utm_source=x")
leads("/redirect/to-404", "/gone/for-good", 301, "dead")
leads("/redirect/302-to-404", "/gone/for-good", 302, "dead")
leads("/articles/2013/backs", "/", 301, "suspect", soft=True)
leads("/articles/2013/necks", "/", 302, "suspect")
leads("/news/old-story.html", "/index.html", 302, "suspect")
leads("/redirect/to-error-page", "/errors/404.html", 302, "suspect")
helps("/errors/404.html", page("Page not found", "Sorry, the page you requested could not be found."))
helps("/", page("Spine Centre", "Welcome to the Spine Centre. " + LOREM))
helps("/index.html", page("Spine Centre", "Welcome to the Spine Centre. " + LOREM))
leads("/en/", "/", 301, "moved")
leads("/index.htm", "/", 301, "moved")
leads("/redirect/nowhere", "", 302, "suspect")
leads("/redirect/broken", "http://[::1", 302, "suspect")
leads("/redirect/script", "javascript:alert(1)", 302, "suspect")
leads("/redirect/file", "file:///etc/passwd", 302, "suspect")
leads("/redirect/bytes", "/\xff\xfe", 302, "suspect")
leads("/loop/a", "/loop/b", 302, "dead")
_HELP["/loop/b"] = lambda x: x.to("/loop/a")
leads("/loop/self", "/loop/self", 301, "dead")
scenario("/long/20-hops", "suspect")(lambda x: x.to("/long/1", 301))
for step in range(1, 20):
    _HELP[f"/long/{step}"] = lambda x, step=step: x.to(
        f"/long/{step + 1}" if step < 19 else "/alive/article", 301
    )  # type: ignore[misc]
_HELP["/long/grow/*"] = lambda x: x.to(x.path + "x", 302)
scenario("/long/grow/s", "suspect")(lambda x: x.to(x.path + "x", 302))
serves(
    "/refresh/to-404",
    "dead",
    soft=True,
    body='<html><head><meta http-equiv="refresh" content="0; url=/gone/for-good"></head><body>Wait…</body></html>',
)
serves(
    "/refresh/to-page",
    "alive",
    body="<html><head><META HTTP-EQUIV='Refresh' CONTENT='1;URL=\"/alive/article\"'></head><body>Wait…</body></html>",
)
serves(
    "/refresh/header-to-404", "dead", body="<html><body>Wait</body></html>", refresh="0; url=/gone/for-good"
)
serves("/refresh/to-home/deep", "suspect", body='<meta http-equiv=refresh content="0;url=/">')


@scenario("/cookie/self", "alive")
def _cookie(x: Exchange) -> None:
    if "seen=1" in x.headers.get("cookie", ""):
        x.send(ARTICLE)
    else:
        x.to("/cookie/self", 302, set_cookie="seen=1; Path=/")


@scenario("/cookie/round-trip", "alive")
def _round_trip(x: Exchange) -> None:
    if "ok=1" in x.headers.get("cookie", ""):
        x.send(ARTICLE)
    else:
        x.to("/cookie/set?back=/cookie/round-trip")


_HELP["/cookie/set?back=/cookie/round-trip"] = lambda x: x.to(
    "/cookie/round-trip", 302, set_cookie="ok=1; Path=/"
)

# -- gone
serves("/gone/404", "dead", status=404, body=page("Not found"))
serves("/gone/410", "dead", status=410, body="Gone")
helps("/gone/for-good", page("Not found"), 404)
serves("/gone/404-empty", "dead", status=404, body="")
serves("/gone/404-that-says-403", "dead", status=404, body=page("Forbidden", "You may not see this."))


@scenario("/gone/once", "alive")
def _once(x: Exchange) -> None:
    x.send("not yet", 404) if x.count == 1 else x.send(ARTICLE)


# -- soft-dead
SOFT_404 = page("Page not found", "Sorry, the page you are looking for could not be found. Try the search.")
serves("/soft/folder/article-7", "suspect", soft=True, body=SOFT_404)
_HELP["/soft/folder/*"] = lambda x: x.send(SOFT_404)
serves(
    "/soft/title-only/x", "suspect", body=page("Error 404 | Spine Centre", "Home News About Contact " + LOREM)
)
_HELP["/soft/title-only/*"] = lambda x: x.send(
    page("Error 404 | Spine Centre", "Home News About Contact " + LOREM)
)
serves(
    "/soft/server-page",
    "suspect",
    body="<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>",
)
serves(
    "/soft/in-words",
    "suspect",
    body=page(
        "Spine Centre", "We're sorry, the article you requested has been removed or is no longer available."
    ),
)
serves(
    "/soft/german",
    "suspect",
    body=page("Seite nicht gefunden – Klinik", "Die angeforderte Seite wurde leider nicht gefunden."),
)
serves("/soft/french", "suspect", body=page("Page introuvable", "La page que vous cherchez n'existe plus."))
serves(
    "/soft/wordpress",
    "suspect",
    body=page(
        "Nothing found here - My Blog",
        "It looks like nothing was found at this location. Maybe try a search?",
    ),
)
serves(
    "/soft/oops",
    "suspect",
    body=page("Oops! That page can’t be found.", "It looks like nothing was found at this location."),
)
serves(
    "/parked/name",
    "suspect",
    soft=True,
    body="<html><head><title>spine-centre.example</title></head><body><h1>This domain is for sale!</h1><p>Buy this domain. Make an offer.</p></body></html>",
)
serves(
    "/parked/vendor",
    "suspect",
    body="<html><head><title>spine.example is for sale</title><script src=//img.sedoparking.com/x.js></script></head><body><h2>Related searches</h2><ul><li>Back pain</ul></body></html>",
)
serves("/parked/short", "suspect", body="<html><body>This domain name is for sale.</body></html>")
serves("/parked/expired", "suspect", body=page("Domain expired", "This domain has expired. Renew it now."))
serves(
    "/parked/suspended",
    "suspect",
    body=page(
        "Account Suspended",
        "This account has been suspended. Contact your hosting provider for more information.",
    ),
)
serves("/empty/200", "suspect", soft=True, body="")
serves("/empty/blank", "suspect", body=" \n\t ")
serves("/empty/html", "suspect", body="<html><head></head><body></body></html>")
serves("/empty/204", "suspect", status=204, body="", content_length="")

# -- behind walls
serves("/wall/401", "restricted", status=401, body="Authorization required", www_authenticate="Basic realm=x")
serves("/wall/402", "restricted", status=402)
serves("/wall/407", "restricted", status=407)
serves("/wall/451", "restricted", status=451)
LOGIN = page(
    "Sign in",
    "<form action=/s method=post><input name=u><input type='password' name=p></form>Please sign in to continue.",
)
leads("/wall/login-redirect", "/account/login?return=/wall/login-redirect", 302, "restricted")
leads("/wall/login-301", "/account/login?return=/wall/login-301", 301, "restricted")
for back in ("/wall/login-redirect", "/wall/login-301"):
    helps(f"/account/login?return={back}", LOGIN)
leads("/wall/institution", "/idp/profile/SAML2/Redirect/SSO?SAMLRequest=x", 302, "restricted")
helps("/idp/profile/SAML2/Redirect/SSO?SAMLRequest=x", page("Choose your institution"))
serves(
    "/wall/login-in-place",
    "restricted",
    body=page("Log in | Journal", "<input type=password>Members log in here."),
)
serves("/wall/pdf-login.pdf", "restricted", "suspect", body=LOGIN)
serves("/wall/not-a.pdf", "suspect", body=page("Download centre"))
leads("/wall/consent", "/consent?return=/wall/consent", 302, "restricted")
helps("/consent?return=/wall/consent", page("Before you continue", "We use cookies. Accept all."))
leads("/wall/cookie-absent", "/action/cookieAbsent", 302, "restricted")
helps("/action/cookieAbsent", page("Cookies required", "Please enable cookies."))
serves("/bot/403", "blocked", status=403, body="<h1>Forbidden</h1>")
serves("/bot/406", "blocked", status=406)
serves("/bot/418", "blocked", status=418, body="I'm a teapot")
serves("/bot/999", "blocked", status=999)
serves("/bot/405", "blocked", status=405)
CHALLENGE = "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1><script>window._cf_chl_opt={}</script></body></html>"
serves("/bot/cf-403", "blocked", status=403, body=CHALLENGE, cf_mitigated="challenge", server="cloudflare")
serves("/bot/cf-503", "blocked", status=503, body=CHALLENGE, server="cloudflare")
serves("/bot/cf-429", "blocked", status=429, body=CHALLENGE, server="cloudflare")
serves("/bot/cf-200", "blocked", body=CHALLENGE)
serves(
    "/bot/akamai",
    "blocked",
    status=403,
    body="<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission. Reference #18.2d3 https://errors.edgesuite.net/18</BODY></HTML>",
)
serves(
    "/bot/incapsula",
    "blocked",
    body='<html><head><META NAME="robots" CONTENT="noindex"></head><body><iframe src="/_Incapsula_Resource?x">Request unsuccessful. Incapsula incident ID: 1</iframe></body></html>',
)
serves(
    "/bot/human",
    "blocked",
    body=page("Are you a robot?", "Please complete the captcha to verify you are human."),
)
serves(
    "/bot/interruption",
    "blocked",
    body=page(
        "Pardon Our Interruption...",
        "As you were browsing something about your browser made us think you were a bot. Please verify you are a human.",
    ),
)


@scenario("/bot/by-name", "blocked")
def _by_name(x: Exchange) -> None:
    x.send(ARTICLE) if "Mozilla" in x.headers.get("user-agent", "") else x.send("Forbidden", 403)


# -- limits
serves(
    "/limit/cloudfront",
    "rate_limited",
    status=403,
    body="<H1>403 ERROR</H1>The request could not be satisfied. Request blocked. There might be too much traffic or a configuration error.",
)
serves("/limit/hour", "rate_limited", status=429, body="slow", retry_after="3600")


def _limited(value: str | None) -> Play:
    def play(x: Exchange) -> None:
        if x.count == 1:
            x.send("too many", 429, **({"retry_after": value} if value is not None else {}))
        else:
            x.send(ARTICLE)

    return play


for name, value in (
    ("second", "1"),
    ("none", None),
    ("negative", "-5"),
    ("word", "soon"),
    ("past", formatdate(1e9, usegmt=True)),
):
    scenario(f"/limit/{name}", "alive")(_limited(value))
scenario("/limit/date", "alive")(
    lambda x: (
        x.send("too many", 429, retry_after=formatdate(time.time() + 2, usegmt=True))
        if x.count == 1
        else x.send(ARTICLE)
    )
)
serves("/limit/always", "rate_limited", status=429, body="slow down")

# -- passing faults
scenario("/fault/500-once", "alive")(lambda x: x.send("sorry", 500) if x.count == 1 else x.send(ARTICLE))
scenario("/fault/503-once", "alive")(
    lambda x: x.send("busy", 503, retry_after="1") if x.count == 1 else x.send(ARTICLE)
)
scenario("/fault/503-twice", "alive")(lambda x: x.send("busy", 503) if x.count < 3 else x.send(ARTICLE))
for code in (500, 502, 503, 504):
    serves(f"/fault/{code}", "transient", status=code, body="sorry")
scenario("/fault/reset-once", "alive")(lambda x: x.reset() if x.count == 1 else x.send(ARTICLE))
scenario("/fault/reset", "transient")(lambda x: x.reset())
scenario("/fault/closed", "transient")(lambda x: x.hang_up())
scenario("/fault/banana", "transient")(lambda x: x.last(b"HTTP/1.1 banana\r\n\r\n"))
scenario("/fault/truncated", "transient")(
    lambda x: x.last(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n<title>A study")
)
scenario("/fault/head-cut", "transient")(lambda x: x.last(b"HTTP/1.1 200 OK\r\nContent-Ty"))
serves("/fault/bad-gzip", "transient", content_encoding="gzip")
scenario("/fault/hangs", "transient", slow=True)(lambda x: time.sleep(30))


@scenario("/fault/endless-headers", "transient")
def _headers(x: Exchange) -> None:
    x.raw(b"HTTP/1.1 200 OK\r\n")
    with contextlib.suppress(OSError):
        for number in range(200_000):
            x.raw(f"X-{number}: {'y' * 200}\r\n".encode())
    x.hang_up()


@scenario("/fault/truncated-once", "alive")
def _short_once(x: Exchange) -> None:
    if x.count == 1:
        x.send(ARTICLE, content_length="90000")
        x.hang_up()
    else:
        x.send(ARTICLE)


# -- places in pages
PLACES = page("Methods and results", '<h2 id="methods">Methods</h2><a name=results></a>' + LOREM)
scenario("/place/good", "alive", fragment="methods")(lambda x: x.send(PLACES))
scenario("/place/named", "alive", fragment="results")(lambda x: x.send(PLACES))
scenario("/place/bad", "suspect", fragment="discussion")(lambda x: x.send(PLACES))
scenario("/place/words", "alive", fragment=":~:text=twelve%20were")(lambda x: x.send(PLACES))
scenario("/place/top", "alive", fragment="top")(lambda x: x.send(PLACES))
scenario("/place/scripted", "alive", fragment="made-by-script")(
    lambda x: x.send(PLACES + "<script src=/toc.js></script>")
)
scenario("/place/page.pdf", "alive", fragment="page=3")(
    lambda x: x.send(b"%PDF-1.7 x", content_type="application/pdf")
)
scenario("/place/moved", "moved", fragment="methods")(lambda x: x.to("/place/good", 301))

#: Addresses that no server is asked for, with the states that are right.
UNASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("http://127.0.0.1:99999/", ("invalid",)), ("http:///x", ("invalid",)), ("https://x y/", ("invalid",)),
    ("javascript:alert(1)", ("invalid",)), ("mailto:a@example.org", ("skipped",)), ("ftp://ftp.example.org/x", ("skipped",)),
    ("data:text/html,x", ("invalid",)), ("htp://example.org/", ("invalid",)), ("http://[::1", ("invalid",)),
    ("https://", ("invalid",)), ("Available at:", ("invalid",)), ("http://example.org\\@127.0.0.1/", ("invalid",)),
    ("https://<your-domain>/x", ("invalid",)), ("http://no-such-host.invalid/", ("dead",)),
)  # fmt: skip


class Scenarios:
    """The server. `log` counts requests by path; it listens on every loopback address of its port."""

    def __init__(self, port: int = 0) -> None:
        self.all = tuple(_PLAYS)
        self.log: Counter[str] = Counter()
        self.times: list[tuple[str, float]] = []
        self._plays = {s.path: s.play for s in _PLAYS} | _HELP
        self._lock = threading.Lock()
        self._server = _Server(("", port), _handler(self))
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def address(self, scenario: Scenario, host: str = "127.0.0.1") -> str:
        """The full address of a scenario."""
        return f"http://{host}:{self.port}{scenario.path}" + (
            f"#{scenario.fragment}" if scenario.fragment else ""
        )

    def answer(self, handler: BaseHTTPRequestHandler) -> bool:
        """Play what belongs to a request; return whether the connection can be used again."""
        with self._lock:
            self.log[handler.path] += 1
            self.times.append((handler.path, time.monotonic()))
            count = self.log[handler.path]
        wild = handler.path.rpartition("/")[0] + "/*"
        play = self._plays.get(handler.path) or self._plays.get(wild)
        exchange = Exchange(handler, count)
        if play is None:
            exchange.send(page("Not found"), 404)
        else:
            play(exchange)
        return exchange.keeps

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: half of the scenarios end in an error."""


def _handler(server: Scenarios) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            try:
                self.close_connection = not server.answer(self) or self.close_connection
            except OSError:
                self.close_connection = True

        def do_HEAD(self) -> None:
            # what many servers of pages do
            self.send_response(405)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler


def main() -> None:
    """Serve until interrupted, having printed the addresses and the states that are right."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.standin_links", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--port", type=int, default=0)
    with Scenarios(parser.parse_args().port) as server:
        for one in server.all:
            print(json.dumps({"url": server.address(one), "states": one.states}), flush=True)  # noqa: T201
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
