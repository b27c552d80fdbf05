"""Addresses by themselves: which are broken, which are not of the web, and how two of them differ. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

#: Schemes of addresses that a reference may give and no server is asked for.
OTHER_SCHEMES = frozenset(
    [
        "mailto",
        "ftp",
        "ftps",
        "sftp",
        "tel",
        "sms",
        "news",
        "nntp",
        "irc",
        "urn",
        "info",
        "doi",
        "hdl",
        "ark",
        "magnet",
        "gopher",
        "git",
        "ssh",
        "svn",
        "ipfs",
        "ipns",
        "geo",
        "isbn",
        "issn",
        "pmid",
        "arxiv",
        "callto",
        "sip",
        "xmpp",
        "webcal",
        "feed",
        "rsync",
    ]
)

#: What people write in the place of an address that they mean to put there.
_PLACEHOLDER = re.compile(
    r"(?:https?://)?(?:www\.)?(?:url|link|address|site|website|domain|xx+|tbd|todo|tba|n/?a|none|null|"
    r"undefined|"
    r"(?:insert|add|put|your)[-_ .]?[a-z-_ ]{0,30}(?:url|link|address|domain|site|"
    r"here)[a-z-_ ]{0,10})(?:[/:].{0,200})?",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:available (?:at|from|online|on)|retrieved from|accessed at|url|link|source|"
    r"web ?site)\s{0,3}:?\s{0,3}",
    re.IGNORECASE,
)
#: Parameters that say where a reader came from and change nothing of a page.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|_ga|_gl|_hs\w+|mkt_tok|ref_src|cmpid|"
    r"icid|ncid|"
    r"jsessionid|phpsessid|sessionid|sid|session_id|wt\.mc_id|spm|scid|trk|s_kwcid",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"(?:index|default|home|main|start|welcome)(?:\.\w{2,5})?|(?:[a-z]{2}|[a-z]{2}[-_][a-z]{2})",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def broken(url: str) -> tuple[str, str] | None:
    """Say what is wrong with an address, as a word and in words; None where nothing is."""
    text = url.strip()
    if not text or _ANNOUNCED.fullmatch(text):
        return ("missing_url", "no address is given")
    if len(text) > 8_000:
        return ("bad_syntax", "it is longer than an address can be")
    if _PLACEHOLDER.fullmatch(text) or re.match(
        r"https?://[^/]{0,200}(?:[<>{}\[…]|\.\.)(?![0-9a-f:.]{2,60}\])", text, re.I
    ):
        return ("placeholder", "it is a placeholder, not an address")
    if not text.isprintable() or re.search(r"[\s\\]", text):
        return ("bad_syntax", "it holds a space, a backslash or a control character")
    if text[:4].lower() == "www.":
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        at_port = re.search(r":\d{5,}(?:[/?#]|$)", text) is not None
        return (
            ("bad_port", "its port cannot be one")
            if at_port
            else ("bad_syntax", "its host or port cannot be one")
        )
    scheme = parts.scheme.lower()
    if scheme in OTHER_SCHEMES and text[len(scheme) + 1 :].strip("/"):
        return None
    if scheme not in ("http", "https"):
        return ("bad_scheme", "it is not an address of the web")
    host = parts.hostname or ""
    if not host.strip(".") or port == 0:
        return ("bad_port", "its port cannot be one") if host else ("bad_syntax", "it names no host")
    if not _is_host(host):
        return ("bad_syntax", "its host cannot be one")
    return None


def _is_host(host: str) -> bool:
    """Whether a host is an address or a name that could be one (RFC 1123, 2.1; underscores do occur)."""
    if ":" in host:
        return bool(re.fullmatch(r"[0-9a-fA-F:.]{2,60}(?:%[\w.]{1,20})?", host))
    if not host.isascii():
        try:
            import idna

            host = idna.encode(host, uts46=True).decode()
        except ValueError:
            return False
    labels = host.rstrip(".").split(".")
    return len(host) <= 254 and all(
        re.fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?", label) for label in labels
    )


def other_scheme(url: str) -> str:
    """Return the scheme of an address that is of no web server (`mailto`, `ftp` …), or ""."""
    scheme = url.strip().partition(":")[0].lower()
    return scheme if scheme in OTHER_SCHEMES and ":" in url else ""


def masked(url: str) -> str:
    """Return an address with the name and the password of a user hidden."""
    return re.sub(r"(?i)^(\s*[a-z][a-z0-9+.-]{0,20}://)[^/?#]*@", r"\1***@", url) if "@" in url else url


def without_fragment(url: str) -> str:
    """Return an address without the place in the page."""
    return url.partition("#")[0]


def same_but_tracking(cited: str, final: str) -> bool:
    """Whether a redirect only added parameters that follow readers about."""
    before, after = urlsplit(cited), urlsplit(final)
    session = re.sub(r"(?i);jsessionid=[^/?#]*", "", after.path)
    if before[:2] != after[:2] or (before.path or "/") != (session or "/") or before == after:
        return False
    return urlencode(parse_qsl(before.query, True)) == urlencode(
        [(name, value) for name, value in parse_qsl(after.query, True) if not _TRACKING.fullmatch(name)]
    )


def clean(url: str) -> str:
    """Return an address without parameters that follow readers about."""
    parts = urlsplit(url)
    kept = [
        piece
        for piece in parts.query.split("&")
        if piece and not _TRACKING.fullmatch(piece.partition("=")[0])
    ]
    return urlunsplit(parts._replace(query="&".join(kept)))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lead to one site: the same name, or one below the other, `www.` apart."""
    a, b = ((urlsplit(url.strip()).hostname or "").removeprefix("www.") for url in (one, other))
    return a == b or a.endswith(f".{b}") or b.endswith(f".{a}")


def shortened(cited: str, final: str) -> bool:
    """Whether a redirect led upwards: to a path with fewer parts than the cited one."""
    return len(_parts(final)) < len(_parts(cited))


def front_page_lost(cited: str, final: str) -> bool:
    """Whether a redirect lost the page: a path with something in it became the root of a site.

    Not where the path only named a front page or a language, nor where the site moved to a name of
    its own (`host/project` to `project.org`).
    """
    after = urlsplit(final)
    parts = [part for part in _parts(cited) if not _FRONT.fullmatch(part)]
    if not parts or after.query or any(not _FRONT.fullmatch(part) for part in _parts(final)):
        return False
    if urlsplit(cited.strip()).query and not parts:
        return False
    name = re.sub(r"[^a-z0-9]", "", parts[-1].partition(".")[0].lower())
    host = re.sub(r"[^a-z0-9]", "", (after.hostname or "").lower())
    own_name = len(parts) == 1 and len(name) > 2 and name in host
    return same_site(cited, final) or not own_name


def _parts(url: str) -> list[str]:
    return [part for part in urlsplit(url.strip()).path.split("/") if part]
