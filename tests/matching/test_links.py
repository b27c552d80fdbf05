"""The state of a link from what was seen, and when."""

from __future__ import annotations

import pytest

from evidence.matching.links import Cited, judge_link, judge_links
from evidence.model import LinkState, Seen

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
        ("loop", "dead"),
        ("cookie-loop", "suspect"),
        ("bad-redirect", "suspect"),
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
        "htp://example.org/",
        "https://<your-domain>/x",
        "http://url",
        "Available at:",
        "http://example.org\\@127.0.0.1/",
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


@pytest.mark.parametrize("url", ["mailto:a@example.org", "ftp://ftp.example.org/x", "urn:isbn:1", "tel:+1"])
def test_what_is_of_no_web_server_is_skipped(url: str) -> None:
    assert judge_link(url, [], TODAY).state == "skipped"


def test_no_password_is_shown() -> None:
    found = judge_link("https://me:secret@example.org/x", [_seen(404)], TODAY)
    assert "secret" not in str(found)


def _over_days(*days: str, **seen: object) -> LinkState:
    return judge_link(URL, [_seen(at=f"2026-11-{day}", **seen) for day in days], TODAY)  # type: ignore[arg-type]


def test_passing_faults_need_three_looks_over_three_days() -> None:
    assert _over_days("18", "20", "22", error="refused").state == "dead"
    assert _over_days("20", "22", error="refused").state == "transient"
    assert _over_days("20", "21", "22", error="refused").state == "transient"
    assert _over_days("18", "18", "22", error="refused").state == "transient"


@pytest.mark.parametrize("seen", [{"error": "timeout"}, {"error": "reset"}, {"status": 503}])
def test_what_a_wall_could_do_is_never_called_dead(seen: dict[str, object]) -> None:
    assert _over_days("02", "10", "16", "22", **seen).state == "suspect"


@pytest.mark.parametrize("status", [403, 401, 429, 999])
def test_walls_stay_walls(status: int) -> None:
    assert _over_days("02", "10", "16", "22", status=status).state in (
        "blocked",
        "restricted",
        "rate_limited",
    )


def test_one_live_look_ends_the_votes() -> None:
    looks = [_seen(error="refused", at=f"2026-11-{day}") for day in ("10", "12", "16", "22")]
    assert judge_link(URL, [*looks[:3], _seen(200, at="2026-11-18"), looks[3]], TODAY).state == "transient"


def test_dead_in_one_run_and_alive_in_the_next() -> None:
    assert judge_link(URL, [_seen(404, at="2026-11-10"), _seen(200, at="2026-11-20")], TODAY).state == "alive"


def test_dead_says_since_when() -> None:
    found = judge_link(URL, [_seen(404, at="2026-11-10"), _seen(404, at="2026-11-22")], TODAY)
    assert (found.state, found.cause) == ("dead", "404")
    assert "since 2026-11-10" in found.reason


HOME = "https://example.org/"


@pytest.mark.parametrize(
    ("signs", "state"),
    [
        (("missing-title",), "alive"),
        (("missing-told",), "alive"),
        (("missing-title", "missing-told"), "suspect"),
        (("missing-title", "beside-same"), "suspect"),
        (("missing-told", "beside-same"), "suspect"),
        (("missing-title", "bare", "beside-gone"), "alive"),
        (("missing-title", "missing-whole", "bare", "beside-gone"), "suspect"),
        (("beside-same",), "alive"),
        (("sale-told",), "alive"),
        (("sale-offer",), "alive"),
        (("sale-mark",), "alive"),
        (("sale-told", "sale-offer"), "suspect"),
        (("sale-offer", "sale-mark"), "suspect"),
        (("sale-told", "beside-same"), "suspect"),
        (("not-pdf",), "suspect"),
        (("login",), "alive"),
        (("login", "login-title"), "restricted"),
        (("consent-title",), "alive"),
    ],
)
def test_one_sign_is_none(signs: tuple[str, ...], state: str) -> None:
    assert judge_link(URL, [_seen(200, signals=signs)], TODAY).state == state


CITED = Cited("Injection of stem cells for disc disease", "Spine Centre", 2015)


def _titled(title: str, *signs: str, hops: tuple[tuple[str, int], ...] = ()) -> Seen:
    return Seen(URL, TODAY, hops, 200, title=title, signals=signs)


def test_another_title_alone_is_nothing() -> None:
    assert judge_link(URL, [_titled("Casino bonus of the week")], TODAY, CITED).state == "alive"


def test_another_title_and_another_site_is_suspect() -> None:
    seen = _titled("Casino bonus of the week", hops=(("https://casino.example/x/y.html", 302),))
    assert judge_link(URL, [seen], TODAY, CITED).cause == "content_mismatch"
    assert judge_link(URL, [seen], TODAY).state == "alive"


def test_the_cited_site_or_year_speaks_for_a_page() -> None:
    hops = (("https://other.example/x/y.html", 302),)
    for sign in ("site:Spine Centre", "dated:2015-02-01"):
        assert (
            judge_link(URL, [_titled("Archive of all pages", sign, hops=hops)], TODAY, CITED).state == "alive"
        )


def test_the_cited_title_outweighs_all_signs() -> None:
    signs = ("missing-title", "missing-told", "sale-told", "sale-offer")
    seen = _titled("Injection of stem cells for disc disease | Spine Centre", *signs, hops=((HOME, 301),))
    assert judge_link(URL, [seen], TODAY, CITED).state == "moved"
    named = _titled("Journal", *signs, "named:Injection of Stem Cells for Disc Disease")
    assert judge_link(URL, [named], TODAY, CITED).state == "alive"


def test_several_cited_pages_that_end_at_one_place_are_a_sign() -> None:
    urls = [f"https://example.org/a/{n}.html" for n in range(4)]
    end = (("https://example.org/a/list", 302),)
    looks = {url: [Seen(url, TODAY, end, 200, title="All our pages and more")] for url in urls}
    assert {s.state for s in judge_links(looks, TODAY).values()} == {"alive"}
    found = judge_links(looks, TODAY, dict.fromkeys(urls, CITED))
    assert {s.cause for s in found.values()} == {"content_mismatch"}


@pytest.mark.parametrize(
    ("url", "final", "state"),
    [
        ("https://example.org/en/", HOME, "moved"),
        ("https://example.org/index.html", HOME, "moved"),
        ("https://example.org/a", HOME, "suspect"),
        ("https://example.org/a?id=7", "https://example.org/en/", "suspect"),
        ("https://host.example/project", "https://project.example/", "moved"),
        ("https://host.example/a/b", "https://other.example/", "suspect"),
    ],
)
def test_front_pages(url: str, final: str, state: str) -> None:
    assert judge_link(url, [Seen(url, TODAY, ((final, 301),), 200)], TODAY).state == state


def test_a_redirect_that_only_adds_tracking_is_none() -> None:
    seen = Seen(URL, TODAY, ((f"{URL}?utm_source=x&fbclid=1", 301),), 200)
    assert judge_link(URL, [seen], TODAY).cause == "direct"


def test_https_only_is_an_upgrade_and_the_other_way_insecure() -> None:
    http = URL.replace("https", "http")
    assert judge_link(http, [Seen(http, TODAY, ((URL, 301),), 200)], TODAY).cause == "https_upgrade"
    assert judge_link(URL, [Seen(URL, TODAY, ((http, 301),), 200)], TODAY).cause == "downgrade"


def test_places_in_a_page() -> None:
    look = _seen(200, signals=("anchor:methods", "no-anchor:results"))
    assert judge_link(f"{URL}#methods", [look], TODAY).state == "alive"
    assert judge_link(f"{URL}#results", [look], TODAY).cause == "anchor_missing"
    assert judge_link(f"{URL}#unknown", [look], TODAY).state == "alive"
