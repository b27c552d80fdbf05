"""Names that are looked up: late ones cost seconds once, not with every request."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from evidence.errors import ServiceError
from evidence.services.connections import Failure
from evidence.services.lookups import LATE, Lookups
from tests.services.conftest import MakeWeb


class Resolver:
    """Knows some names, says no to some, and keeps silent about the others until it is released."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.release = threading.Event()

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host.startswith("here"):
            return ["127.0.0.1"]
        if host.startswith("no"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        self.release.wait(30)
        return []


@pytest.fixture
def silent() -> Iterator[Resolver]:
    resolver = Resolver()
    yield resolver
    resolver.release.set()


def kind(lookups: Lookups, host: str) -> str:
    try:
        lookups(host, 80)
    except Failure as failure:
        return failure.kind
    return "found"


def test_a_late_name_is_asked_for_once(silent: Resolver) -> None:
    lookups = Lookups(silent, patient=0.05)
    assert [kind(lookups, "late") for _ in range(5)] == ["dns"] * 5
    assert silent.asked == ["late"]
    assert kind(lookups, "here") == "found"


def test_a_name_that_was_refused_is_asked_for_again(silent: Resolver) -> None:
    lookups = Lookups(silent)
    for _ in range(2):
        with pytest.raises(socket.gaierror):
            lookups("no", 80)
    assert silent.asked == ["no", "no"]


@pytest.mark.parametrize("found", [False, True])
def test_patience_ends_where_no_name_is_found(silent: Resolver, found: bool) -> None:
    lookups = Lookups(silent, patient=0.02, short=0.01)
    if found:
        lookups("here", 80)
    for n in range(LATE):
        assert lookups.patience() == 0.02
        assert kind(lookups, f"late{n}") == "dns"
    assert lookups.patience() == (0.02 if found else 0.01)


def test_services_whose_names_are_not_answered_are_given_up_after_one_look_up_each(
    make_web: MakeWeb, silent: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.services.lookups.PATIENT", 0.1)
    names = {"crossref": "http://late.one", "doi": "http://late.two", "datacite": "http://late.three"}
    web = make_web(bases=names, resolver=silent)
    for service in names:
        for n in range(6):
            with pytest.raises(ServiceError, match="could not be found") as raised:
                web.get(service, f"/works/{n}")
            assert raised.value.cause == "dns"
    assert sorted(silent.asked) == ["late.one", "late.three", "late.two"]
