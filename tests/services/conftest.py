"""What the tests of the services share: settings for the stand-in, and a clock that does not wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from evidence.model import Settings
from evidence.services.cache import Cache
from evidence.services.pace import Clock
from evidence.services.web import Web
from tests.standin import SERVICES, Standin


class QuickClock(Clock):
    """A clock whose sleeps pass at once; `slept` is what was asked for."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.skipped = 0.0

    def now(self) -> float:
        return time.monotonic() + self.skipped

    def wall(self) -> float:
        return time.time() + self.skipped

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.skipped += max(0.0, seconds)


MakeWeb = Callable[..., Web]


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


@pytest.fixture
def make_web(standin: Standin, clock: QuickClock) -> Iterator[MakeWeb]:
    """Make a `Web` for the stand-in: keywords of `Settings`, and `cache`, `renew`, `resolver`."""
    made: list[Web] = []

    def make(*, cache: Cache | None = None, renew: bool = False, resolver: Any = None, **told: Any) -> Web:
        told.setdefault("bases", {service: standin.base(service) for service in SERVICES})
        told.setdefault("allow_private", True)
        settings = Settings(root="/", today=told.pop("today", "2026-11-22"), **told)
        web = Web(settings, clock=clock, cache=cache, renew=renew, resolver=resolver)
        made.append(web)
        return web

    yield make
    for web in made:
        web.close()


@pytest.fixture
def web(make_web: MakeWeb) -> Web:
    return make_web()
