"""Servers of cited pages as they behave, looked at over real HTTP: the state of each link, and what was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from evidence.matching.links import judge_link
from evidence.model import LinkState, Seen
from evidence.services import links
from evidence.services.web import Web
from tests.services.conftest import MakeWeb
from tests.standin_links import _PLAYS, UNASKED, Scenario, Scenarios

TODAY = "2026-11-22"
QUICK = [one for one in _PLAYS if not one.slow]


@pytest.fixture(scope="module")
def server() -> Iterator[Scenarios]:
    with Scenarios() as made:
        yield made


def seen_of(web: Web, url: str) -> Seen:
    place = url.partition("#")[2]
    return links.look(
        web, url.partition("#")[0], TODAY, deadline=3.0, pause=0.01, fragments=(place,) if place else ()
    )


def state_of(web: Web, url: str) -> LinkState:
    return judge_link(url, [seen_of(web, url)], TODAY)


@pytest.mark.parametrize("one", QUICK, ids=lambda one: one.path)
def test_each_scenario_has_its_state(web: Web, server: Scenarios, one: Scenario) -> None:
    server.log.clear()
    found = state_of(web, server.address(one))
    assert found.state in one.states, found
    assert found.cause
    assert max(server.log.values(), default=0) <= 3


@pytest.mark.parametrize(("url", "states"), UNASKED)
def test_what_no_server_is_asked_for(web: Web, url: str, states: tuple[str, ...]) -> None:
    assert state_of(web, url).state in states


def play(server: Scenarios, path: str) -> str:
    return server.address(next(one for one in server.all if one.path == path))


@pytest.mark.parametrize(
    ("path", "requests", "attempts"),
    [
        ("/alive/article", 1, 1),
        ("/gone/404", 2, 2),
        ("/gone/once", 2, 2),
        ("/loop/a", 4, 2),
        ("/cookie/self", 2, 1),
        ("/bot/403", 1, 1),
        ("/wall/401", 1, 1),
        ("/fault/500", 3, 3),
        ("/limit/hour", 1, 1),
        ("/limit/always", 3, 3),
        ("/long/20-hops", 10, 1),
    ],
)
def test_how_often_a_server_is_asked(
    web: Web, server: Scenarios, path: str, requests: int, attempts: int
) -> None:
    server.log.clear()
    seen = seen_of(web, play(server, path))
    assert (sum(server.log.values()), seen.attempts) == (requests, attempts)


def test_hops_are_recorded(web: Web, server: Scenarios) -> None:
    seen = seen_of(web, play(server, "/moved/chain-1"))
    assert [status for _, status in seen.hops] == [301, 301, 301, 301, 308]
    assert judge_link(seen.url, [seen], TODAY).final_url == play(server, "/alive/article")


def test_a_big_answer_is_read_no_further_than_the_cap(web: Web, server: Scenarios) -> None:
    assert seen_of(web, play(server, "/alive/endless")).title == "Injection of stem cells for disc disease"


def test_many_links_share_turns_and_pages_are_asked_for_once(make_web: MakeWeb, server: Scenarios) -> None:
    server.log.clear()
    paths = (
        "/alive/article",
        "/gone/404",
        "/moved/301",
        "/bot/403",
        "/alive/plain.txt",
        "/soft/folder/article-7",
    )
    told: list[int] = []
    web = make_web()
    before = threading.active_count()
    urls: dict[str, Any] = {play(server, path): () for path in paths} | {"no address": ()}
    seen = links.look_all(web, urls, TODAY, told.append)
    assert list(seen) == list(urls)
    assert seen["no address"].error == "bad-url"
    assert server.log["/gone/404"] == 2
    assert server.log["/alive/article"] == 2  # once for itself, once at the end of a redirect
    assert told[-1] == len(urls)
    assert threading.active_count() <= before + 2


def test_addresses_that_cannot_exist_are_asked_for_once_a_folder(web: Web, server: Scenarios) -> None:
    server.log.clear()
    urls = [server.address(one).replace("article-7", f"article-{n}") for one in server.all for n in range(5)
            if one.path == "/soft/title-only/x"]  # fmt: skip
    urls = [url.replace("/x", f"/x{n}") for n, url in enumerate(urls)]
    seen = links.look_all(web, dict.fromkeys(urls, ()), TODAY)
    assert all("beside-same" in one.signals for one in seen.values())
    probes = [path for path in server.log if len(path.rpartition("/")[2]) == 16]
    assert len(probes) == 1


def test_offline_nothing_is_asked(make_web: MakeWeb, server: Scenarios) -> None:
    server.log.clear()
    url = play(server, "/alive/article")
    assert links.look_all(make_web(mode="offline"), {url: ()}, TODAY)[url].error == "offline"
    assert not server.log


def test_a_spent_budget_is_no_look(make_web: MakeWeb, server: Scenarios) -> None:
    url = play(server, "/alive/article")
    assert links.look_all(make_web(budget=0.0), {url: ()}, TODAY)[url].error == "budget"
