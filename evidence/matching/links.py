"""The state of a link, derived from all dated looks at it. Pure; words of docs/explanation/broken.md.

A server that refuses programs, asks for a login, is down or slow proves nothing about a page: only
404, 410 and a host name that does not exist do. Links of identifiers are judged by their registry.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidence.model import LinkState, Seen

_STATUS_STATES = {
    401: ("restricted", "it asks for a login"),
    402: ("restricted", "it asks for a payment"),
    407: ("restricted", "a proxy asks for a login"),
    451: ("restricted", "it is withheld for legal reasons"),
    403: ("blocked", "the server refuses programs"),
    406: ("blocked", "the server refuses programs"),
    418: ("blocked", "the server refuses programs"),
    999: ("blocked", "the server refuses programs"),
    404: ("dead", "the page does not exist"),
    410: ("dead", "the page is gone for good"),
    429: ("rate_limited", "the server limits how often it may be asked"),
    408: ("transient", "the server gave up waiting"),
    425: ("transient", "the server asks for a later try"),
}

#: Named causes of a look without an answer, by how they begin: the state, and what to say.
_ERROR_STATES = (
    ("nxdomain", "dead", "the host name does not exist"),
    ("bad-url", "invalid", "it is not an address of the web"),
    ("invalid", "invalid", "it is not an address of the web"),
    ("tls", "insecure", "its certificate is not to be trusted"),
    ("loop", "suspect", "it redirects in circles"),
    ("redirect-loop", "suspect", "it redirects in circles"),
    ("too-many-redirects", "suspect", "it redirects too often"),
    ("private", "skipped", "it leads to a private address"),
    ("offline", "skipped", "the run was offline"),
    ("budget", "skipped", "the time of the run was spent"),
    ("not-in-lock", "skipped", "the lock has no look at it"),
    ("not-looked-at", "skipped", "a person put the address into the lock; nobody has looked at it"),
)
_TLS = {
    "tls-expired": "its certificate has expired",
    "tls-self-signed": "its certificate is signed by itself",
    "tls-wrong-host": "its certificate is for another host",
    "tls-chain": "its certificate's issuer is not known",
}
_TRANSIENT = {
    "timeout": "the server did not answer in time",
    "refused": "the server refused the connection",
    "reset": "the connection was cut",
    "truncated": "the answer was cut",
    "malformed": "the answer was not understood",
    "dns": "the host name could not be looked up",
    "unreachable": "the host could not be reached",
}


def judge_link(url: str, seen: Sequence[Seen], today: str) -> LinkState:
    """Return the state of a link from the looks at it; `today` is an ISO date.

    The latest look that saw something decides; where the latest one gave no answer (the run was
    offline, the budget was spent), the one before it still stands. Looks dated after today are
    left out.
    """
    invalid = _syntax(url)
    if invalid:
        return LinkState(url, "invalid", invalid)
    looks = sorted((look for look in seen if look.at[:10] <= today[:10]), key=lambda look: look.at)
    if not looks:
        return LinkState(url, "skipped", "nobody has looked at it")
    states = [(look, _state(url, look)) for look in looks]
    look, state = next(((k, s) for k, s in reversed(states) if s.state != "skipped"), states[-1])
    if look.at[:10] < today[:10] and state.reason:
        return LinkState(url, state.state, f"{state.reason} (seen {look.at[:10]})", state.final_url)
    return state


def _syntax(url: str) -> str:
    """Say what is wrong with an address, or ""."""
    text = url.strip()
    if not text or len(text) > 8_000:
        return "it is empty" if not text else "it is longer than an address can be"
    if any(c.isspace() or not c.isprintable() for c in text):
        return "it holds a space or a control character"
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "its host or port cannot be one"
    if parts.scheme.lower() not in ("http", "https"):
        return "it is not an address of the web"
    if not parts.hostname or port == 0:
        return "it names no host" if not parts.hostname else "its port cannot be one"
    return ""


def _state(url: str, look: Seen) -> LinkState:
    """Return what one look says by itself."""
    if look.error:
        return _failed(url, look.error)
    status = look.status or 0
    if "challenge" in look.signals:
        return LinkState(url, "blocked", "the server wants to see a person")
    if 200 <= status < 300:
        return _alive(url, look)
    if status in _STATUS_STATES:
        state, reason = _STATUS_STATES[status]
        if state == "dead" and look.hops:
            reason = f"it redirects to {_final(look)}, which does not exist"
        return LinkState(url, state, f"{reason} ({status})")
    if status >= 500:
        return LinkState(url, "transient", f"the server failed ({status})")
    if 400 <= status < 500:
        return LinkState(url, "blocked", f"the server refused the request ({status})")
    return LinkState(url, "transient", f"the answer was not understood ({status})")


def _failed(url: str, error: str) -> LinkState:
    """Return the state for a look without an answer."""
    for begins, state, reason in _ERROR_STATES:
        if error.startswith(begins):
            return LinkState(url, state, _TLS.get(error, reason))
    return LinkState(url, "transient", _TRANSIENT.get(error, f"no answer ({error})"))


def _alive(url: str, look: Seen) -> LinkState:
    """Return the state for a look that got a page: alive, moved for good, or doubtful."""
    if "login" in look.signals and look.hops:
        return LinkState(url, "restricted", "it leads to a login")
    if "empty" in look.signals or look.status in (204, 205):
        return LinkState(url, "suspect", "the page is empty")
    final = _with_fragment(_final(look), url)
    if not look.hops or _same_address(final, url):
        return LinkState(url, "alive", "")
    if _to_front_page(url, final):
        return LinkState(url, "suspect", f"it redirects to the front page {final}")
    if all(status in (301, 308) for _, status in look.hops):
        return LinkState(url, "moved", f"moved for good to {final}", final)
    return LinkState(url, "alive", f"redirects to {final} for now", final)


def _final(look: Seen) -> str:
    """Return the address that answered; each hop holds the address that it led to."""
    return look.hops[-1][0] if look.hops else look.url


def _with_fragment(final: str, url: str) -> str:
    """Return where a redirect led with the fragment of the cited address (RFC 9110, 10.2.2)."""
    fragment = url.strip().partition("#")[2]
    return f"{final}#{fragment}" if fragment and "#" not in final else final


def _same_address(a: str, b: str) -> bool:
    return a.partition("#")[0] == b.partition("#")[0]


def _to_front_page(url: str, final: str) -> bool:
    """Whether a redirect lost the page: a path with something in it became the root of a site."""
    from urllib.parse import urlsplit

    before, after = urlsplit(url), urlsplit(final)
    depth = [part for part in before.path.split("/") if part]
    return len(depth) > 1 and after.path in ("", "/") and not after.query
