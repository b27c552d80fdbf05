"""Looks at links: what is noted of each behaviour of a server, and what a look never does."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from evidence.model import Seen
from evidence.services import connections, links
from evidence.services.addresses import is_public
from evidence.services.web import Web
from tests.services.conftest import MakeWeb, QuickClock
from tests.services.test_addresses import INSIDE
from tests.standin import Standin

TODAY = "2026-11-22"


def look(web: Web, url: str, deadline: float = 5.0) -> Seen:
    return links.look(web, url, TODAY, deadline=deadline, pause=0.01)


def test_a_page(web: Web, standin: Standin) -> None:
    url = standin.page(
        "/pages/a",
        "<HTML><head><TITLE lang=en>\n Caf&eacute;  \n Ole</title>",
        headers={"Content-Type": "text/html"},
    )
    seen = look(web, url + "#part")
    assert seen == Seen(url + "#part", TODAY, status=200, type="text/html", title="Café Ole")
    (request,) = standin.log
    assert (request.method, request.path) == ("GET", "/pages/a")
    assert "text/html" in request.headers["accept"]
    assert request.headers["user-agent"].startswith("evidence/")


def test_redirects_are_followed_and_noted(web: Web, standin: Standin) -> None:
    end = standin.page("/pages/end", "<title>End</title>")
    standin.page("/pages/2", status=302, headers={"Location": "end"})
    start = standin.page("/pages/1", status=301, headers={"Location": "/pages/2#x"})
    seen = look(web, start)
    assert seen.hops == ((standin.url + "/pages/2", 301), (end, 302))
    assert (seen.status, seen.title, seen.error) == (200, "End", "")


def test_not_found_is_looked_at_twice(web: Web, standin: Standin) -> None:
    for status in (404, 410):
        url = standin.page(f"/pages/{status}", "<title>gone</title>", status=status)
        seen = look(web, url)
        assert (seen.status, seen.signals) == (status, ("confirmed",))
    assert len(standin.log) == 4


def test_found_at_the_second_look(web: Web, standin: Standin) -> None:
    standin.serve("/pages/ok", status=404, times=1)
    assert look(web, standin.url + "/pages/ok").status == 200


def test_a_second_look_that_fails_confirms_nothing(web: Web, standin: Standin) -> None:
    standin.serve("/pages/x", reset=True)
    standin.serve("/pages/x", status=404, times=1)
    seen = look(web, standin.url + "/pages/x")
    assert (seen.status, seen.signals, seen.error) == (None, (), "reset")


@pytest.mark.parametrize("status", [401, 402, 403, 406, 418, 451, 999])
def test_refusals_are_noted_once(web: Web, standin: Standin, status: int) -> None:
    assert look(web, standin.page("/pages/x", "no", status=status)).status == status
    assert len(standin.log) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_tried_twice_more(web: Web, standin: Standin, status: int) -> None:
    url = standin.page("/pages/x", "sorry", status=status)
    seen = look(web, url)
    assert (seen.status, seen.attempts) == (status, 3)
    assert len(standin.log) == 3
    standin.serve("/pages/ok", status=status, headers={"Retry-After": "1"}, times=1)
    assert look(web, standin.url + "/pages/ok").status == 200


@pytest.mark.parametrize(
    ("wait", "asked", "least"), [("3", 3, 6.0), ("3600", 1, 0.0), ("soon", 3, 0.0), ("-5", 3, 0.0)]
)
def test_retry_after(
    web: Web, standin: Standin, clock: QuickClock, wait: str, asked: int, least: float
) -> None:
    standin.serve("/pages/x", status=429, headers={"Retry-After": wait})
    assert look(web, standin.url + "/pages/x").status == 429
    assert len(standin.log) == asked
    assert least <= sum(clock.slept) < 30


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"reset": True}, "reset"),
    ({"cut": 0}, "reset"),
    ({"cut": 50}, "truncated"),
    ({"headers": {"Content-Length": "5000"}, "cut": 400}, "truncated"),
    ({"headers": {"Content-Encoding": "gzip"}}, "malformed"),
    ({"headers": {f"X-{n}": "y" for n in range(200)}}, "malformed"),
    ({"delay": 2.0}, "timeout"),
    ({"drip": 0.1, "drip_head": True}, "timeout"),
]


@pytest.mark.parametrize(("fault", "error"), FAULTS)
def test_faults_have_names(web: Web, standin: Standin, fault: dict[str, Any], error: str) -> None:
    standin.serve("/pages/ok", **fault)
    began = time.monotonic()
    seen = look(web, standin.url + "/pages/ok", 0.4)
    assert (seen.error, seen.status) == (error, None)
    assert time.monotonic() - began < 4


def test_a_late_body_has_a_status(web: Web, standin: Standin) -> None:
    standin.serve("/pages/ok", drip=0.2)
    seen = look(web, standin.url + "/pages/ok", 0.5)
    assert (seen.status, seen.error) == (200, "")
    assert "late" in seen.signals


def endless() -> Iterator[bytes]:
    yield b"<title>Big</title>"
    yield from repeat(b"x" * 65_536)


@pytest.mark.parametrize("body", [endless, gzip.compress(b"<title>Big</title>" + bytes(80_000_000))])
def test_large_answers_are_cut_and_still_read(web: Web, standin: Standin, body: Any) -> None:
    packed = {"Content-Encoding": "gzip"} if isinstance(body, bytes) else {}
    standin.serve("/pages/ok", body=body, headers={"Content-Type": "text/html", **packed})
    began = time.monotonic()
    seen = look(web, standin.url + "/pages/ok")
    assert (seen.status, seen.title) == (200, "Big")
    assert time.monotonic() - began < 3


def test_loops_end(web: Web, standin: Standin) -> None:
    standin.page("/pages/b", status=302, headers={"Location": "/pages/a"})
    assert look(web, standin.page("/pages/a", status=302, headers={"Location": "/pages/b"})).error == "loop"
    assert len(standin.log) <= 4


def test_a_redirect_that_sets_a_cookie_is_no_loop(web: Web, standin: Standin) -> None:
    url = standin.url + "/pages/ok"
    standin.serve("/pages/ok", status=302, headers={"Location": url, "Set-Cookie": "seen=1; Path=/"}, times=1)
    assert look(web, url).status == 200
    assert standin.log[1].headers["cookie"] == "seen=1"
    look(web, url)
    assert "cookie" not in standin.log[2].headers


def test_too_many_redirects(web: Web, standin: Standin) -> None:
    for n in range(40):
        standin.page(f"/pages/{n}", status=301, headers={"Location": f"/pages/{n + 1}"})
    seen = look(web, standin.url + "/pages/0")
    assert seen.error == "too-many-redirects"
    assert len(standin.log) == 10


@pytest.mark.parametrize(
    "location",
    [
        "http://[::1",
        "",
        "\xff\xfe",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://x:99999/",
    ],
)
def test_redirects_to_nowhere(web: Web, standin: Standin, location: str) -> None:
    seen = look(web, standin.page("/pages/x", status=301, headers={"Location": location}))
    assert seen.error == "bad-redirect"


def test_a_redirect_without_location(web: Web, standin: Standin) -> None:
    assert look(web, standin.page("/pages/x", status=301)).error == "bad-redirect"


@pytest.mark.parametrize(
    "url",
    ["", "x", "mailto:a@b.org", "ftp://x.org/", "javascript:1", "data:,x", "http://", "http:///x",
     "http://x:99999/", "http://x:0/",
     "http://[::1", "https://x y/", "http://x.org\\@127.0.0.1/", "http://a\r\nb/", "http://x/\x00",
     "http://" + "a" * 9_000,
     "http://\u2028/", "http://xn--\ud800/", "http://..../", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_address(web: Web, standin: Standin, url: str) -> None:
    assert look(web, url).error in ("bad-url", "malformed", "dns")
    assert standin.log == []


def test_credentials_are_not_sent(web: Web, standin: Standin) -> None:
    url = (standin.url + "/pages/ok").replace("http://", "http://user:secret@")
    assert look(web, url).status == 200
    assert "authorization" not in standin.log[0].headers


def test_paths_are_sent_as_written(web: Web, standin: Standin) -> None:
    look(web, standin.url + "/pages/a%20b/ü(x)?q=ä%26&r=a+b")
    assert (standin.log[0].path, standin.log[0].query) == ("/pages/a%20b/%C3%BC(x)", "q=%C3%A4%26&r=a+b")


@pytest.mark.parametrize("body", ["", "   \n"])
def test_an_empty_page_is_noted(web: Web, standin: Standin, body: str) -> None:
    assert look(web, standin.page("/pages/x", body)).signals == ("empty",)


def test_signs_of_walls_are_noted(web: Web, standin: Standin) -> None:
    assert look(web, standin.page("/pages/x", "<title>Just a moment...</title>", 503)).signals == (
        "challenge",
    )
    assert look(web, standin.page("/pages/y", "no", 403, {"cf-mitigated": "challenge"})).signals == (
        "challenge",
    )
    assert look(web, standin.page("/pages/z", '<input type="password">')).signals == ("login",)


def test_nobody_there(web: Web) -> None:
    assert look(web, "http://127.0.0.1:9/").error == "refused"


def test_no_such_host_needs_a_resolver_that_works(make_web: MakeWeb) -> None:
    import socket

    def answers(known: set[str]) -> Callable[[str, int], list[str]]:
        def resolve(host: str, port: int) -> list[str]:
            if host in known:
                return ["127.0.0.1"]
            raise socket.gaierror(socket.EAI_NONAME, "no such name")

        return resolve

    assert look(make_web(resolver=answers({"doi.org"})), "http://gone.somewhere.org/").error == "nxdomain"
    assert look(make_web(resolver=answers(set())), "http://gone.somewhere.org/").error == "dns"


def test_a_resolver_that_hangs(make_web: MakeWeb) -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(3)
        return []

    began = time.monotonic()
    assert look(make_web(resolver=resolve), "http://slow.example/", 0.3).error in ("dns", "timeout")
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "address", [a for a in INSIDE if a and a[0] in "0123456789:f" and "%" not in a and not a.endswith(".3")]
)
def test_inside_addresses_are_never_connected_to(make_web: MakeWeb, standin: Standin, address: str) -> None:
    port = standin.url.rsplit(":", 1)[1]
    place = f"[{address}]" if ":" in address else address
    made = make_web(allow_private=False)
    assert look(made, f"http://{place}:{port}/pages/ok").error in ("private-address", "dns")
    named = make_web(allow_private=False, resolver=lambda host, port: [address])
    assert look(named, f"http://public.example:{port}/pages/ok").error == "private-address"
    assert standin.log == []


def test_a_redirect_inside_is_refused(
    make_web: MakeWeb, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    # loopback has to serve the first, "public" page; everything else keeps its place in the table
    monkeypatch.setattr(connections, "is_public", lambda a: a == "127.0.0.1" or is_public(a))
    port = standin.url.rsplit(":", 1)[1]
    inside = {"inside.example": ["10.0.0.1"]}
    for target in (
        f"http://[::1]:{port}/pages/ok",
        "http://169.254.169.254/latest",
        f"http://inside.example:{port}/pages/ok",
    ):
        url = standin.page("/pages/x", status=302, headers={"Location": target})
        web = make_web(allow_private=False, resolver=lambda host, _: inside.get(host, [host]))
        assert look(web, url).error == "private-address"
    assert {r.path for r in standin.log} == {"/pages/x"}


def test_a_name_that_changes_its_answer_gains_nothing(make_web: MakeWeb, standin: Standin) -> None:
    port = standin.url.rsplit(":", 1)[1]
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]])
    web = make_web(allow_private=False, resolver=lambda host, port: next(answers, ["127.0.0.1"]))
    for _ in range(4):
        assert look(web, f"http://rebinding.example:{port}/pages/ok").error in (
            "unreachable",
            "private-address",
        )
    assert standin.log == []


def test_offline_and_budget(make_web: MakeWeb, standin: Standin, clock: QuickClock) -> None:
    url = standin.url + "/pages/ok"
    assert look(make_web(mode="offline"), url).error == "offline"
    web = make_web(budget=1.0)
    clock.sleep(2)
    assert look(web, url).error == "budget"
    assert standin.log == []


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[str]:
    """A server with a certificate that nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = str(tmp_path / "k"), str(tmp_path / "c")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", key, "-out", certificate], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for(web: Web, secure: str) -> None:
    assert look(web, secure + "/x").error == "tls-self-signed"


def test_tls_where_there_is_none(web: Web, standin: Standin) -> None:
    assert look(web, standin.url.replace("http:", "https:") + "/pages/ok").error in ("tls", "reset")
