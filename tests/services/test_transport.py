"""Failures have the right names, and the watchdog keeps its time."""

from __future__ import annotations

import http.client
import socket
import ssl
import time

import pytest
import requests
import urllib3.exceptions

from evidence.services.connections import Failure
from evidence.services.transport import Transport, kind_of
from evidence.services.watchdog import Watchdog
from tests.standin import Standin


def certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("bad certificate")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [(certificate(10), "tls-expired"), (certificate(18), "tls-self-signed"), (certificate(62),
     "tls-wrong-host"),
     (certificate(20), "tls-chain"), (certificate(99), "tls-chain"), (ssl.SSLError("alert"), "tls"),
     (ssl.SSLEOFError("eof"), "reset"), (socket.gaierror(socket.EAI_NONAME, "x"), "nxdomain"),
     (socket.gaierror(socket.EAI_AGAIN, "x"), "dns"), (ConnectionRefusedError(), "refused"),
     (ConnectionResetError(), "reset"), (BrokenPipeError(), "reset"), (http.client.RemoteDisconnected(""),
      "reset"),
     (TimeoutError(), "timeout"), (requests.ReadTimeout(), "timeout"), (http.client.IncompleteRead(b""),
      "truncated"),
     (http.client.BadStatusLine("x"), "malformed"), (http.client.LineTooLong("x"), "malformed"),
     (urllib3.exceptions.DecodeError("x"), "malformed"), (ValueError("Invalid IPv6 URL"), "malformed"),
     (UnicodeDecodeError("utf-8", b"", 0, 1, "x"), "malformed"), (RecursionError(), "malformed"),
     (OSError(101, "Network is unreachable"), "unreachable"), (Failure("private-address"),
      "private-address")],
)  # fmt: skip
def test_kinds(error: Exception, kind: str) -> None:
    assert kind_of(error) == kind
    assert (
        kind_of(requests.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.", error)))
        == kind
    )
    wrapped = requests.exceptions.SSLError("wrapped")
    wrapped.__cause__ = error
    assert kind_of(wrapped) == kind


def test_an_error_that_names_itself_ends() -> None:
    error = ValueError()
    error.args = (error,)
    assert kind_of(error) == "malformed"


def test_watches_fire_in_order_and_finished_ones_never() -> None:
    with Watchdog() as dog:
        late, early, over = dog.watch(0.15), dog.watch(0.05), dog.watch(0.05)
        over.finish()
        time.sleep(0.1)
        assert (early.fired, late.fired, over.fired) == (True, False, False)
        time.sleep(0.1)
        assert late.fired


def test_a_watch_cuts_a_connection() -> None:
    here, there = socket.socketpair()
    with here, there, Watchdog() as dog:
        watch = dog.watch(0.05)
        twin = here.dup()
        watch.guard(twin)
        began = time.monotonic()
        assert here.recv(1) == b""
        assert time.monotonic() - began < 4
        assert watch.fired
        twin.close()


def test_a_hundred_continues_are_read_over_and_a_flood_is_cut(standin: Standin) -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def answer(times: int) -> str:
        import threading

        def work() -> None:
            made, _ = server.accept()
            with made:
                made.recv(65_536)
                try:
                    made.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * times)
                    made.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                except OSError:
                    pass

        threading.Thread(target=work, daemon=True).start()
        transport = Transport()
        try:
            url = f"http://127.0.0.1:{server.getsockname()[1]}/"
            return transport.send(url, {}, deadline=5, cap=100).body.decode()
        except Failure as failure:
            return failure.kind
        finally:
            transport.close()

    with server:
        assert answer(100) == "ok"
        assert answer(100_000) == "malformed"


def test_proxies_of_the_environment_are_used_only_when_asked(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", standin.url)
    monkeypatch.setenv("http_proxy", standin.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    for trusts in (False, True):
        transport = Transport(trust_env=trusts)
        try:
            status = transport.send("http://nowhere.invalid/pages/ok", {}, deadline=3, cap=1_000).status
        except Failure:
            status = 0
        transport.close()
        assert (status > 0) is trusts
