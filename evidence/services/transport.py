"""One exchange over HTTP: an address in, an answer or a named failure out. Nothing else raises.

Total deadline, byte cap and header cap are ours (requests has none); redirects are never followed
here. `trust_env` stays off unless the caller wants the environment's proxies: it would also read
~/.netrc and send what stands there to whatever host a page cites (CVE-2024-47081).
"""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import requests
import requests.cookies
import urllib3.exceptions

from evidence.services.connections import Adapter, Failure, Resolver, current, resolve
from evidence.services.lookups import Lookups
from evidence.services.watchdog import Watch, Watchdog

#: OpenSSL's verify codes (x509_vfy.h) in the words of our link states.
_VERIFY = {
    9: "tls-expired", 10: "tls-expired", 18: "tls-self-signed", 19: "tls-self-signed", 20: "tls-chain",
    21: "tls-chain", 62: "tls-wrong-host", 64: "tls-wrong-host",
}  # fmt: skip

_CHUNK = 16_384

# urllib3 logs every path with its query when logging is set to debug: keys would be among them
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Raw:
    """What one exchange brought.

    `headers` have lower-case names; repeated ones are joined by a comma. `cut` says why the body
    is not whole: `cap` (bytes) or `deadline`; else it is empty.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str = ""
    cut: str = ""


class Transport:
    """A polite `requests` session, once for services and once (guarded) for cited links."""

    def __init__(
        self, *, allow_private: bool = False, trust_env: bool = False, resolver: Resolver = resolve
    ) -> None:
        self._lookups = Lookups(resolver)
        self._watchdog = Watchdog()
        self._sessions = {
            False: self._session(False, trust_env),
            True: self._session(not allow_private, trust_env),
        }

    @staticmethod
    def _session(guarded: bool, trust_env: bool) -> requests.Session:
        session = requests.Session()
        session.trust_env = trust_env
        for scheme in ("http://", "https://"):
            session.mount(scheme, Adapter(guarded=guarded))
        return session

    def send(
        self, url: str, headers: Mapping[str, str], *, deadline: float, cap: int, link: bool = False,
        cookies: requests.cookies.RequestsCookieJar | None = None, keep_late: bool = False,
        body: float | None = None,
    ) -> Raw:  # fmt: skip
        """GET `url` within `deadline` seconds in all, reading at most `cap` bytes of the body.

        `body` is how many of these seconds the body may take once the headers are there.

        `link`: an address from a page, so only public addresses are connected to. `cookies` are
        sent and updated. `keep_late`: a body that is late is kept as far as it came, because the
        status is known. Raises `Failure`, never anything else.
        """
        watch = self._watchdog.watch(deadline)
        before = (current.watch, current.resolver)
        current.watch, current.resolver = watch, self._lookups
        try:
            return self._exchange(url, headers, watch, cap, link, cookies, keep_late, body)
        except Failure as failure:
            if watch.fired and failure.kind != "private-address":
                raise Failure("timeout", f"no answer within {deadline:g} s") from failure
            raise
        except Exception as error:
            # libraries raise more than they promise here: ValueError, UnicodeError, RecursionError …
            kind = "timeout" if watch.fired else kind_of(error)
            raise Failure(kind, f"{type(error).__name__}: {error}"[:300]) from error
        finally:
            watch.finish()
            current.watch, current.resolver = before

    def _exchange(
        self, url: str, headers: Mapping[str, str], watch: Watch, cap: int, link: bool,
        cookies: requests.cookies.RequestsCookieJar | None, keep_late: bool, body_seconds: float | None,
    ) -> Raw:  # fmt: skip
        session = self._sessions[link]
        try:
            prepared = _prepared(url, headers, cookies, link)
            adapter = session.get_adapter(prepared.url or "")
            asked = session.merge_environment_settings(prepared.url or "", {}, True, None, None)
        except (requests.RequestException, ValueError) as error:
            raise Failure("bad-url", str(error)[:300]) from error
        limits = (max(watch.left, 0.05), max(watch.left, 0.05))
        response = adapter.send(
            prepared, stream=True, timeout=limits, verify=asked["verify"] or True, cert=asked["cert"],
            proxies=asked["proxies"],
        )  # fmt: skip
        try:
            if watch.fired:
                raise Failure("timeout")
            if cookies is not None:
                cookies.update(response.cookies)
            if body_seconds is not None:
                self._watchdog.hurry(watch, body_seconds)
            body, cut = _read(response, watch, cap, keep_late)
        finally:
            response.close()
        named = {name.lower(): value for name, value in response.headers.items()}
        return Raw(response.status_code, named, body, prepared.url or url, cut)

    def close(self) -> None:
        """Close all connections and end the watchdog."""
        for session in self._sessions.values():
            session.close()
        self._watchdog.close()


def _prepared(
    url: str, headers: Mapping[str, str], cookies: requests.cookies.RequestsCookieJar | None, normal: bool
) -> requests.PreparedRequest:  # fmt: skip
    """Return the request for an address.

    A `normal` one (of `walk.normal`) needs none of requests' mending, a third of an exchange's cost.
    """
    if not normal:
        return requests.Request("GET", url, headers=dict(headers), cookies=cookies).prepare()
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url, prepared.body = "GET", url, None
    prepared.headers = requests.structures.CaseInsensitiveDict(headers)
    prepared.hooks = {"response": []}
    if cookies:
        prepared.prepare_cookies(cookies)
    return prepared


def _read(response: requests.Response, watch: Watch, cap: int, keep_late: bool) -> tuple[bytes, str]:
    """Read the body in small pieces; return it and why it is not whole."""
    parts: list[bytes] = []
    size = 0
    try:
        for part in response.raw.stream(_CHUNK, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > cap:
                return b"".join(parts)[:cap], "cap"
            if watch.fired:
                break
    except Exception:
        if not (watch.fired and keep_late):
            raise
    if watch.fired:
        if keep_late:
            return b"".join(parts), "deadline"
        raise Failure("timeout")
    return b"".join(parts), ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all it was raised from, wrapped arguments included, each once."""
    seen: set[int] = set()
    queue: list[object] = [error]
    while queue and len(seen) < 50:
        at = queue.pop(0)
        if not isinstance(at, BaseException) or id(at) in seen:
            continue
        seen.add(id(at))
        yield at
        queue += [at.__cause__, at.__context__, getattr(at, "reason", None), *at.args]


def kind_of(error: BaseException) -> str:
    """Name an exception that an exchange raised, whatever library it came from."""
    chain = list(_chain(error))
    for test in (_own, _tls, _name, _broken, _short, _lost, _shape):
        for at in chain:
            if kind := test(at):
                return kind
    return "malformed"


def _own(error: BaseException) -> str:
    return error.kind if isinstance(error, Failure) else ""


def _tls(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _VERIFY.get(error.verify_code, "tls-chain")
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return "reset"
    return "tls" if isinstance(error, ssl.SSLError) else ""


def _name(error: BaseException) -> str:
    if isinstance(error, socket.gaierror):
        # EAI_NODATA is no proof: the name exists, only not with the kind of address asked for
        return "nxdomain" if error.errno == socket.EAI_NONAME else "dns"
    return ""


def _broken(error: BaseException) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionError):
        return "reset"
    late = (TimeoutError, urllib3.exceptions.TimeoutError, requests.Timeout)
    return "timeout" if isinstance(error, late) else ""


def _short(error: BaseException) -> str:
    short = (http.client.IncompleteRead, urllib3.exceptions.InvalidChunkLength)
    return "truncated" if isinstance(error, short) else ""


def _lost(error: BaseException) -> str:
    # requests' own errors are OSErrors too: let what they wrap decide
    own = isinstance(error, requests.RequestException)
    return "unreachable" if isinstance(error, OSError) and not own else ""


def _shape(error: BaseException) -> str:
    wrong = (http.client.HTTPException, urllib3.exceptions.HTTPError, ValueError, RecursionError)
    return "malformed" if isinstance(error, wrong) else ""
