"""The state of a link, derived from all dated looks at it and from what was cited. Pure.

A server that refuses programs, asks for a login, is down or slow proves nothing about a page: only
404, 410, a host name that does not exist and redirects in circles do, each seen twice. A friendly 200
is doubted only on two signs that do not follow from one another. Words and states: docs/explanation/links.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from evidence.matching.addresses import (
    broken,
    front_page_lost,
    masked,
    other_scheme,
    same_but_tracking,
    same_site,
    shortened,
    without_fragment,
)
from evidence.matching.wording import words
from evidence.model import LinkState, Seen

#: Looks that must agree, and days that must lie between the first and the last of them, before what
#: proves nothing by itself counts (links, §7: votes, after InternetArchiveBot).
VOTES, DAYS = 3, 3

#: Cited addresses that end at one other address before that is a sign.
CROWD = 3

_STATUSES = {
    401: ("restricted", "login", "it asks for a login"),
    402: ("restricted", "paywall", "it asks for a payment"),
    403: ("blocked", "403_plain", "the server refuses programs"),
    404: ("dead", "404", "the page does not exist"),
    406: ("blocked", "406", "the server refuses programs"),
    407: ("restricted", "login", "a proxy asks for a login"),
    408: ("transient", "timeout", "the server gave up waiting"),
    410: ("dead", "410", "the page is gone for good"),
    418: ("blocked", "418", "the server refuses programs"),
    425: ("transient", "5xx", "the server asks for a later try"),
    429: ("rate_limited", "429", "the server limits how often it may be asked"),
    451: ("restricted", "legal", "it is withheld for legal reasons"),
    999: ("blocked", "999", "the server refuses programs"),
}

_ERRORS = {
    "nxdomain": ("dead", "nxdomain", "the host name does not exist"),
    "loop": ("dead", "redirect_loop", "it redirects in circles"),
    "cookie-loop": ("suspect", "redirect_loop", "it redirects in circles, although it gets its cookies back"),
    "bad-url": ("invalid", "bad_syntax", "it is not an address of the web"),
    "too-many-redirects": ("suspect", "excessive_redirects", "it redirects too often"),
    "bad-redirect": ("suspect", "bad_redirect", "it redirects to what is no address"),
    "private-address": ("skipped", "private_address", "it leads to a private address"),
    "offline": ("skipped", "offline", "the run was offline"),
    "budget": ("skipped", "budget_spent", "the time of the run was spent"),
    "not-in-lock": ("skipped", "not_in_lock", "the lock has no look at it"),
    "not-looked-at": ("skipped", "not_looked_at", "a person put it into the lock; nobody has looked at it"),
    "tls-expired": ("insecure", "tls_expired", "its certificate has expired"),
    "tls-self-signed": ("insecure", "tls_self_signed", "its certificate is signed by itself"),
    "tls-wrong-host": ("insecure", "tls_wrong_host", "its certificate is for another host"),
    "tls-chain": ("insecure", "tls_chain", "its certificate's issuer is not known"),
    "tls": ("insecure", "tls", "its certificate is not to be trusted"),
    "timeout": ("transient", "timeout", "the server did not answer in time"),
    "refused": ("transient", "refused", "the server refused the connection"),
    "reset": ("transient", "reset", "the connection was cut"),
    "truncated": ("transient", "truncated", "the answer was cut"),
    "malformed": ("transient", "malformed_http", "the answer was not understood"),
    "dns": ("transient", "dns_servfail", "the host name could not be looked up"),
    "unreachable": ("transient", "unreachable", "the host could not be reached"),
}  # fmt: skip

#: What many looks in agreement make of a passing fault. A machine that programs are kept away from
#: looks just like one that is slow, cuts or fails, so these are never called dead.
_VOTED = {
    "refused": "dead", "dns_servfail": "dead", "timeout": "suspect", "reset": "suspect", "5xx": "suspect",
    "truncated": "suspect", "malformed_http": "suspect", "unreachable": "suspect",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reference says of the page that it links: title, site or publisher, and year."""

    title: str = ""
    site: str = ""
    year: int | None = None


NOT_CITED = Cited()


def judge_links(
    looks: Mapping[str, Sequence[Seen]], today: str, cited: Mapping[str, Cited] | None = None
) -> dict[str, LinkState]:
    """Return the state of each address from the looks at it; `cited` is what references say of them.

    Addresses of one run are judged together: several that end at one page elsewhere are a sign.
    """
    ends: dict[str, set[str]] = {}
    for url, seen in looks.items():
        for look in seen[-1:]:
            if look.hops and not look.error:
                ends.setdefault(without_fragment(look.hops[-1][0]), set()).add(without_fragment(url))
    crowded = {url for end, urls in ends.items() if len(urls - {end}) >= CROWD for url in urls}
    said = cited or {}
    return {
        url: judge_link(url, seen, today, said.get(url, NOT_CITED), crowded=without_fragment(url) in crowded)
        for url, seen in looks.items()
    }


def judge_link(
    url: str, seen: Sequence[Seen], today: str, cited: Cited = NOT_CITED, *, crowded: bool = False
) -> LinkState:
    """Return the state of a link from the looks at it; `today` is an ISO date.

    The latest look that saw something decides; where the latest one gave no answer (the run was
    offline, the budget was spent), the one before it still stands. Passing faults on which several
    looks over days agree count at last. Looks dated after today are left out. `crowded`: other cited
    addresses end where this one does. The state's address shows no password.
    """
    shown = masked(url)
    if wrong := broken(url):
        return LinkState(shown, "invalid", wrong[1], cause=wrong[0])
    if scheme := other_scheme(url):
        return LinkState(shown, "skipped", f"addresses of {scheme}: are not looked at", cause="scheme")
    looks = sorted((look for look in seen if look.at[:10] <= today[:10]), key=lambda look: look.at)
    if not looks:
        return LinkState(shown, "skipped", "nobody has looked at it", cause="not_looked_at")
    states = [(look, replace(_state(url, look, cited, crowded), url=shown)) for look in looks]
    told = [pair for pair in states if pair[1].state != "skipped"]
    if not told:
        return states[-1][1]
    look, state = told[-1]
    run = _agreeing(told)
    first = run[0][0].at[:10]
    days = (date.fromisoformat(look.at[:10]) - date.fromisoformat(first)).days
    voted = _VOTED.get(state.cause) if state.state == "transient" else None
    if voted and len(run) >= VOTES and days >= DAYS:
        return replace(
            state, state=voted, reason=f"{state.reason}, each time since {first} ({len(run)} looks)"
        )
    if first < look.at[:10] and state.state in ("dead", "suspect", "insecure"):
        state = replace(state, reason=f"{state.reason}, since {first}")
    if look.at[:10] < today[:10] and state.state != "alive":
        return replace(state, reason=f"{state.reason} (seen {look.at[:10]})")
    return state


def _agreeing(told: Sequence[tuple[Seen, LinkState]]) -> list[tuple[Seen, LinkState]]:
    """Return the last looks that agree on the state, each day once."""
    run: dict[str, tuple[Seen, LinkState]] = {}
    for look, state in reversed(told):
        if state.state != told[-1][1].state:
            break
        run.setdefault(look.at[:10], (look, state))
    return list(reversed(run.values()))


def _state(url: str, look: Seen, cited: Cited, crowded: bool) -> LinkState:
    """Return what one look says by itself."""
    signs = frozenset(look.signals)
    status = look.status or 0
    if look.error:
        state, cause, reason = _ERRORS.get(look.error, ("transient", "unknown", f"no answer ({look.error})"))
        return LinkState(url, state, reason, cause=cause)
    if "challenge" in signs:
        return LinkState(url, "blocked", "the server wants to see a person", cause="challenge")
    if 200 <= status < 300:
        return _answered(url, look, signs, cited, crowded)
    if "limit-told" in signs:
        return LinkState(
            url, "rate_limited", f"the server says that it is asked too often ({status})", cause="limit_told"
        )
    if status in _STATUSES:
        state, cause, reason = _STATUSES[status]
        if state == "dead" and look.hops:
            cause, reason = "redirect_to_404", f"it redirects to {_final(look)}, which does not exist"
        return LinkState(url, state, f"{reason} ({status})", cause=cause)
    if 500 <= status < 600:
        return LinkState(url, "transient", f"the server failed ({status})", cause="5xx")
    if 400 <= status < 500 or status >= 600:
        return LinkState(url, "blocked", f"the server refused the request ({status})", cause=f"{status}")
    return LinkState(url, "transient", f"the answer was not understood ({status})", cause="malformed_http")


def _answered(url: str, look: Seen, signs: frozenset[str], cited: Cited, crowded: bool) -> LinkState:
    """Return the state for a look that got a page: behind a wall, doubtful, moved for good, or alive."""
    final = _final(look)
    agrees = _titles(cited, look)
    if wall := _wall(look, signs, agrees):
        return LinkState(url, "restricted", wall[1], cause=wall[0])
    if doubt := _doubt(url, look, signs, agrees, crowded):
        return LinkState(url, "suspect", doubt[1], cause=doubt[0])
    if url.lower().startswith("https:") and final.lower().startswith("http:"):
        return LinkState(url, "insecure", f"it leads to {final}, which is not encrypted", cause="downgrade")
    return _arrived(url, look)


def _arrived(url: str, look: Seen) -> LinkState:
    """Return `moved` where every step on the way was for good, else `alive`.

    Of a page that moved the places are looked at once its new address is cited.
    """
    here = without_fragment(url.strip())
    final = _final(look)
    if not look.hops or final == here or same_but_tracking(here, final):
        place = url.partition("#")[2][:200]
        if place and f"no-anchor:{place}" in look.signals:
            return LinkState(url, "suspect", "the page has no such place", cause="anchor_missing")
        return LinkState(url, "alive", cause="direct")
    shown = _with_fragment(final, url)
    if not all(status in (301, 308) for _, status in look.hops):
        return LinkState(url, "alive", f"redirects to {final} for now", shown, cause="redirected_temporary")
    before, after = urlsplit(here), urlsplit(final)
    upgraded = (before.scheme, after.scheme) == ("http", "https") and before[1:] == after[1:]
    return LinkState(
        url,
        "moved",
        f"moved for good to {shown}",
        shown,
        cause="https_upgrade" if upgraded else "redirected_permanent",
    )


def _wall(look: Seen, signs: frozenset[str], agrees: bool | None) -> tuple[str, str] | None:
    """Return which wall stands before the page: of two signs at least, or where a redirect led to it."""
    if agrees:
        return None
    login = signs & {"login", "login-title", "login-address"}
    led = bool(look.hops)
    if "login-address" in login or (led and "login" in login and not same_site_path(look)) or len(login) > 1:
        return ("login_wall", "it leads to a login")
    consent = signs & {"consent-address", "consent-title", "consent-only"}
    if consent and (led or len(consent) > 1):
        return ("cookie_wall", "it leads to a question about cookies")
    return None


def same_site_path(look: Seen) -> bool:
    """Whether a redirect only changed how the address is written: scheme, www, a slash."""
    before, after = urlsplit(look.url.strip()), urlsplit(_final(look))
    return same_site(look.url, _final(look)) and before.path.strip("/") == after.path.strip("/")


def _doubt(
    url: str, look: Seen, signs: frozenset[str], agrees: bool | None, crowded: bool
) -> tuple[str, str] | None:
    """Return why a page that answered is hardly what was cited, on two signs at least; None for no doubt."""
    final = _final(look)
    if "empty" in signs or look.status in (204, 205):
        return ("empty", "the page is empty")
    if agrees:
        return None
    less = bool(look.hops) and shortened(url, final)
    other = agrees is False
    missing = len(signs & {"missing-title", "missing-told", "error-address", "beside-same"}) + other
    missing += "bare" in signs and (
        "beside-gone" not in signs or bool(signs & {"missing-whole", "missing-told"})
    )
    if signs & {"missing-title", "missing-told", "error-address"} and missing + less > 1:
        return (
            "soft_404",
            f"the server says that all is well, and the page that it does not exist{_titled(look)}",
        )
    parked = len(signs & {"sale-told", "sale-offer", "sale-mark", "beside-same"}) + other + ("bare" in signs)
    if ("sale-told" in signs or {"sale-offer", "sale-mark"} <= signs) and parked > 1:
        return ("parked", f"the name of its host is for sale or nobody's{_titled(look)}")
    if look.hops and front_page_lost(url, final):
        return ("redirect_to_home", f"it redirects to the front page {final}")
    if "not-pdf" in signs:
        return ("wrong_type", "it should be a PDF and is a web page")
    if crowded and other:
        return ("content_mismatch", f"it redirects to {final}, as other cited pages do")
    if other and look.hops and (less or not same_site(url, final)):
        return ("content_mismatch", f"it redirects to {final}, which has another title{_titled(look)}")
    if other and "beside-same" in signs:
        return ("content_mismatch", f"every address of the server shows the same page{_titled(look)}")
    return None


def _titled(look: Seen) -> str:
    return f" (titled “{look.title[:60]}”)" if look.title else ""


def _titles(cited: Cited, look: Seen) -> bool | None:
    """Return whether the page bears the cited title; None where that cannot be told.

    That it does not is one sign and never enough: of 5,000 pages of live DOIs three in ten bore the
    title (Crossref, 2024).
    """
    mine = frozenset(words(cited.title))
    named = [look.title, *(sign[6:] for sign in look.signals if sign.startswith("named:"))]
    shared = [len(mine & frozenset(words(name))) for name in named if name]
    if len(mine) < 2 or not shared:
        return None
    best = max(shared) / len(mine)
    if best >= 0.6:
        return True
    if len(mine) < 3 or best > 0.2 or _site_agrees(cited, look):
        return None
    return False


def _site_agrees(cited: Cited, look: Seen) -> bool:
    """Whether the page says that it belongs to the cited site, or dates from the cited year."""
    mine = frozenset(words(cited.site))
    for sign in look.signals:
        name, _, value = sign.partition(":")
        if name == "site" and mine and len(mine & frozenset(words(value))) * 2 > len(mine):
            return True
        if name == "dated" and cited.year and value.startswith(str(cited.year)):
            return True
    return False


def _final(look: Seen) -> str:
    """Return the address that answered; each hop holds the address that it led to."""
    return look.hops[-1][0] if look.hops else without_fragment(look.url.strip())


def _with_fragment(final: str, url: str) -> str:
    """Return where a redirect led with the fragment of the cited address (RFC 9110, 10.2.2)."""
    fragment = url.strip().partition("#")[2]
    return f"{final}#{fragment}" if fragment and "#" not in final else final


def found_doi(looks: Iterable[Seen]) -> str:
    """Return the DOI that a page gives itself, as its last look noted it, or ""."""
    signs = [sign for look in looks for sign in look.signals if sign.startswith("doi:")]
    return signs[-1][4:] if signs else ""
