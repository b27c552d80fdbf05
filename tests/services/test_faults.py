"""A third of all answers is a random fault: nothing wrong is ever said, and a second run mends it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.model import Answer, Name, Work
from evidence.services import crossref, doi
from evidence.services.cache import Cache
from evidence.services.web import Web
from tests.services.conftest import MakeWeb
from tests.standin import Request, Standin
from tests.standin_faults import CAPTIVE, Fault, Reply

OTHER = b'{"status": "ok", "message-type": "work", "message": {"DOI": "10.1/other"}, "responseCode": 3}'
FAULTS: list[tuple[Reply | None, dict[str, Any]]] = [
    (Reply(429), {}), (Reply(500), {}), (Reply(502), {}), (Reply(503), {}), (Reply(504), {}), (CAPTIVE, {}),
    (Reply(200, b"null"), {}), (Reply(200, b"[]"), {}), (Reply(200, b""), {}), (Reply(200, OTHER), {}),
    (Reply(404, b"<html>"), {}), (None, {"cut": 60}), (None, {"cut": 500}), (None, {"cut": 0}),
    (None, {"reset": True}), (Reply(200, b"[" * 5_000), {}),
]  # fmt: skip


class Faulty(Standin):
    """A stand-in of which every answer may go wrong, by a seed."""

    def __init__(self, seed: int, share: float) -> None:
        self.random = random.Random(seed)
        self.share = share
        super().__init__()

    def answer(self, request: Request) -> tuple[Reply, Fault]:
        reply, fault = super().answer(request)
        if self.random.random() < self.share:
            wrong, how = self.random.choice(FAULTS)
            # a 404 of Crossref is an answer: the fault is for the handle API, which must say more
            if wrong is None or wrong.status != 404 or "/handles/" in request.path:
                return wrong or reply, Fault("", **how)
        return reply, fault


def ask_all(web: Web, server: Standin) -> dict[str, Answer]:
    dois = [*list(server.crossref.works)[:30], "10.99999/standin.alias", "10.99999/none", "10.99999/missing"]
    answers = {f"record {name}": a for name, a in crossref.fetch(web, dois).items()}
    # who registers a DOI is extra, and not told where that question failed
    handles = doi.fetch(web, dois[-12:])
    answers |= {f"handle {name}": replace(a, agency="") for name, a in handles.items()}
    for word in ("Walking", "Nutrient", "Harnessing"):
        answers[f"search {word}"] = crossref.search(
            web, Work(title=f"{word} disc", authors=(Name("Field"),)), ""
        )
    return answers


@pytest.mark.parametrize("seed", range(6))
def test_the_same_answers_after_one_more_run(make_web: MakeWeb, tmp_path: Path, seed: int) -> None:
    with Faulty(seed, 0.0) as server:
        bases = {name: server.base(name) for name in ("crossref", "doi")}
        right = ask_all(make_web(bases=bases), server)
        server.share = 0.3
        for run in range(2):
            got = ask_all(make_web(bases=bases, cache=Cache(str(tmp_path / "c.sqlite3"))), server)
            wrong = {name for name, a in got.items() if a.outcome != "unknown" and a != right[name]}
            assert wrong == set()
            assert all(a.cause == "outage" and a.reason for a in got.values() if a.outcome == "unknown")
            if run:
                assert sum(a.outcome == "unknown" for a in got.values()) <= 1
