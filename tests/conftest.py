"""Fixtures for all tests, and the guard that keeps every test on this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.standin import Standin

# A busy machine is no failure: what is slow is measured by the scripts.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def _is_loopback(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return text == "localhost"


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every look-up of a name that leaves loopback, whatever library asks.

    Tests marked `online`, which never run by default, are let through.
    """
    if request.node.get_closest_marker("online"):
        return
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guard(address: Any) -> None:
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise OSError(f"a test tried to reach {address[0]}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        guard(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        guard(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        if not _is_loopback(host):
            try:
                # an address needs no look-up; what is made of it is the business of connect
                ipaddress.ip_address(str(host).split("%")[0])
            except ValueError:
                raise socket.gaierror(socket.EAI_AGAIN, f"a test tried to look up {host}") from None
        return look_up(host, *arguments, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture
def standin() -> Iterator[Standin]:
    """Yield a fresh server that plays every service."""
    with Standin() as server:
        yield server


@pytest.fixture
def environment(standin: Standin) -> dict[str, str]:
    """The variables that point the command at the stand-in."""
    return standin.environment()
