"""The state of a link from what was seen, and when."""

from __future__ import annotations

import pytest

from evidence.matching.links import judge_link
from evidence.model import Seen

URL = "https://example.org/a/page.html"
TODAY = "2026-11-22"


def _seen(
    status: int | None = None,
    *,
    error: str = "",
    hops: tuple[tuple[str, int], ...] = (),
    at: str = TODAY,
    signals: tuple[str, ...] = (),
) -> Seen:
    return Seen(URL, at, hops, status, signals=signals, error=error)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "alive"),
        (206, "alive"),
        (204, "suspect"),
        (404, "dead"),
        (410, "dead"),
        (401, "restricted"),
        (402, "restricted"),
        (407, "restricted"),
        (451, "restricted"),
        (403, "blocked"),
        (406, "blocked"),
        (418, "blocked"),
        (999, "blocked"),
        (429, "rate_limited"),
        (408, "transient"),
        (500, "transient"),
        (502, "transient"),
        (503, "transient"),
        (405, "blocked"),
        (304, "transient"),
    ],
)
def test_statuses(status: int, state: str) -> None:
    assert judge_link(URL, [_seen(status)], TODAY).state == state


@pytest.mark.parametrize(
    ("error", "state"),
    [
        ("nxdomain", "dead"),
        ("dns", "transient"),
        ("timeout", "transient"),
        ("refused", "transient"),
        ("reset", "transient"),
        ("truncated", "transient"),
        ("malformed", "transient"),
        ("unreachable", "transient"),
        ("tls", "insecure"),
        ("tls-expired", "insecure"),
        ("tls-self-signed", "insecure"),
        ("tls-wrong-host", "insecure"),
        ("loop", "suspect"),
        ("too-many-redirects", "suspect"),
        ("private-address", "skipped"),
        ("offline", "skipped"),
        ("budget", "skipped"),
        ("bad-url", "invalid"),
        ("something-new", "transient"),
    ],
)
def test_errors(error: str, state: str) -> None:
    found = judge_link(URL, [_seen(error=error)], TODAY)
    assert found.state == state
    assert found.reason


NEW = "https://example.org/b/page.html"


def test_a_chain_of_permanent_redirects_is_moved() -> None:
    found = judge_link(URL, [_seen(200, hops=(("https://example.org/x/y", 301), (NEW, 308)))], TODAY)
    assert (found.state, found.final_url) == ("moved", NEW)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_one_temporary_redirect_keeps_the_address(status: int) -> None:
    found = judge_link(URL, [_seen(200, hops=(("https://example.org/x/y", 301), (NEW, status)))], TODAY)
    assert found.state == "alive"


def test_a_redirect_to_a_page_that_is_gone_is_dead() -> None:
    found = judge_link(URL, [_seen(404, hops=((NEW, 301),))], TODAY)
    assert found.state == "dead"
    assert NEW in found.reason


def test_a_redirect_to_the_front_page_lost_the_page() -> None:
    assert judge_link(URL, [_seen(200, hops=(("https://example.org/", 301),))], TODAY).state == "suspect"


def test_a_redirect_that_sets_a_cookie_is_alive() -> None:
    assert judge_link(URL, [_seen(200, hops=((URL, 302),))], TODAY).state == "alive"


def test_signals() -> None:
    assert judge_link(URL, [_seen(200, signals=("challenge",))], TODAY).state == "blocked"
    assert judge_link(URL, [_seen(503, signals=("challenge",))], TODAY).state == "blocked"
    assert judge_link(URL, [_seen(200, signals=("login",), hops=((NEW, 302),))], TODAY).state == "restricted"
    assert judge_link(URL, [_seen(200, signals=("login",))], TODAY).state == "alive"
    assert judge_link(URL, [_seen(200, signals=("empty",))], TODAY).state == "suspect"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not a url",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://example.org:0/",
        "http:///x",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "https://[::1",
        "https://example.org/\u200b",
        "x" * 9_000,
    ],
)
def test_what_is_no_address_is_invalid(url: str) -> None:
    found = judge_link(url, [], TODAY)
    assert found.state == "invalid"
    assert found.reason


def test_nobody_looked() -> None:
    assert judge_link(URL, [], TODAY).state == "skipped"


def test_the_latest_look_decides() -> None:
    old, new = _seen(404, at="2026-11-01"), _seen(200, at="2026-11-20")
    assert judge_link(URL, [new, old], TODAY).state == "alive"
    dead = judge_link(URL, [_seen(200, at="2026-11-01"), _seen(404, at="2026-11-20")], TODAY)
    assert dead.state == "dead"
    assert "2026-11-20" in dead.reason


def test_a_look_that_saw_nothing_leaves_the_one_before_standing() -> None:
    looks = [_seen(404, at="2026-11-01"), _seen(error="offline", at="2026-11-20")]
    assert judge_link(URL, looks, TODAY).state == "dead"


def test_looks_of_tomorrow_do_not_count() -> None:
    assert judge_link(URL, [_seen(404, at="2027-01-01")], TODAY).state == "skipped"
