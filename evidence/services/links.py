"""Looking at cited addresses: what a server says to a plain GET, noted and not judged.

Which state a link is in is derived elsewhere from all looks at it. A look never raises: what went
wrong is a named error. Streamed GET (HEAD is answered wrongly too often), our own redirect loop with
cookies, every address checked when it is connected to (see `connections`), the first 256 KB read.
"""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit, urlunsplit

from evidence.errors import ServiceError
from evidence.model import Seen
from evidence.services.manners import Hosts, Later, Queue
from evidence.services.markup import Markup, words_of
from evidence.services.pace import LONGEST_WAIT, retry_after
from evidence.services.signs import signs
from evidence.services.walk import Walk, follow, normal, place_of
from evidence.services.web import Web

#: Bytes read, seconds for all exchanges of one attempt, seconds before a second attempt (twice as long
#: before a third), and attempts.
CAP, DEADLINE, PAUSE, ATTEMPTS = 262_144, 10.0, 1.0, 3

#: Threads that ask: enough for four hundred answers a second that each take a tenth of a second.
WORKERS = 48

#: What another attempt can change: errors and statuses (links, §7). Who did not answer within the
#: whole deadline had its chance.
_PASSING = frozenset(
    {"reset", "truncated", "malformed", "refused", "dns", 408, 425, 500, 502, 503, 504, 520, 521, 522}
)  # fmt: skip

#: What is asked once more before it is believed.
_PROOFS = frozenset({"loop", "nxdomain", 404, 410})

#: Attempts at an address of a host that says "too many" to several: it means all of us, not this one.
CROWDED = 5

#: Names that no resolver of the public internet knows (RFC 2606, RFC 6761).
_RESERVED = (".invalid", ".example", ".test", ".example.com", ".example.org", ".example.net")


@dataclass(frozen=True, slots=True)
class Beside:
    """What came for an address that cannot exist: how it ended, where, and what it showed."""

    status: int = 0
    final: str = ""
    title: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Links:
    """What the looks of one run share: the turns of hosts, and what pages that do not exist look like."""

    web: Web
    hosts: Hosts
    pause: float = PAUSE
    deadline: float = DEADLINE
    beside: dict[str, Beside] = field(default_factory=dict)


def look(
    web: Web, url: str, at: str, *, deadline: float = DEADLINE, pause: float = PAUSE,
    fragments: Sequence[str] = (),
) -> Seen:  # fmt: skip
    """Look at `url` and say what was seen on the day `at` (ISO date).

    `deadline` is seconds for one attempt, `pause` seconds before a second one: 404 and 410 are
    asked again before they are believed (signal `confirmed`), what is passing is tried twice more.
    `fragments` are places of the page that are cited. `hops` are (address it led to, status that
    led there). Errors: `bad-url`, `nxdomain`, `dns`, `refused`, `unreachable`, `timeout`, `reset`,
    `truncated`, `malformed`, `loop`, `cookie-loop`, `too-many-redirects`, `bad-redirect`, `private-address`,
    `tls-expired`, `tls-self-signed`, `tls-wrong-host`, `tls-chain`, `tls`, `offline`, `budget`.
    Raises nothing.
    """
    links = Links(web, Hosts(web.clock, spacing=0.0), pause, deadline)
    one = _Look(links, url, at, tuple(fragments))
    wait: float | None = 0.0
    while wait is not None:
        try:
            web.allow(wait)
        except ServiceError:
            return replace(one.seen, error="budget")
        web.clock.sleep(wait)
        wait = one.attempt(begun=False)
    return one.seen


def look_all(
    web: Web, urls: Mapping[str, Sequence[str]], at: str, tell: Callable[[int], None] | None = None
) -> dict[str, Seen]:  # fmt: skip
    """Look at many addresses, each with its cited fragments, several at a time; return what was seen.

    `tell` is called with the number of those that are done. After Ctrl-C it raises `KeyboardInterrupt`
    with the looks that were done as its argument.
    """
    hosts = Hosts(web.clock)
    queue: Queue[_Look] = Queue(hosts)
    links = Links(web, hosts)
    seen: dict[str, Seen] = {}
    for url, fragments in urls.items():
        one = _Look(links, url, at, tuple(fragments))
        if one.start:
            queue.put(place_of(one.start), one)
        else:
            seen[url] = one.seen
    threads = [
        threading.Thread(target=_work, args=(queue, seen), name="evidence-links", daemon=True)
        for _ in range(min(WORKERS, len(urls) - len(seen)))
    ]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(0.2)
                if tell:
                    tell(len(seen))
    except KeyboardInterrupt:
        queue.end()
        raise KeyboardInterrupt(dict(seen)) from None
    return {url: seen[url] for url in urls}


def _work(queue: Queue[_Look], seen: dict[str, Seen]) -> None:
    """Make attempts until none is left."""
    while (one := queue.take()) is not None:
        wait = one.attempt(begun=True)
        if wait is None:
            seen[one.url] = one.seen
            queue.done()
        else:
            queue.put(place_of(one.start), one, wait, again=True)


class _Look:
    """One address while it is looked at: what was seen last, and how often it was asked for."""

    def __init__(self, links: Links, url: str, at: str, fragments: tuple[str, ...]) -> None:
        self.links = links
        self.url = url
        self.fragments = fragments
        self.attempts = 0
        self.refused = 0
        self.proof: str | int | None = None
        self.start = ""
        self.seen = Seen(url, at)
        if links.web.offline:
            self.seen = replace(self.seen, error="offline")
            return
        try:
            self.start = normal(url)
        except ValueError:
            self.seen = replace(self.seen, error="bad-url")

    def attempt(self, *, begun: bool) -> float | None:
        """Try once; return the seconds after which to try again, or None when enough was seen.

        `begun`: the turn of the first request was taken already.
        """
        if not self.start:
            return None
        links = self.links
        place = place_of(self.start)
        turn = _Turns(links, begun)
        try:
            if links.hosts.is_silent(place):
                self.seen = replace(self.seen, error="timeout", signals=("not-asked",))
                return None
            links.web.allow(0.0)
            walk = follow(
                links.web, self.start, deadline=links.deadline, cap=CAP, turn=turn, refresh=True,
            )  # fmt: skip
        except Later as held:
            # not an attempt: the host was not asked
            return held.seconds if self._may_wait(held.seconds) else None
        except ServiceError as error:
            self.seen = replace(self.seen, error=error.cause)
            return None
        finally:
            turn.give_back(place)
        self.attempts += 1
        self.seen = self._note(walk)
        wait = self._again(walk, turn)
        return wait if wait is None or self._may_wait(wait) else None

    def _may_wait(self, seconds: float) -> bool:
        """Whether the run has the time; else what was seen so far stands, or that it was not."""
        if self.links.web.left() > seconds:
            return True
        if not self.attempts:
            self.seen = replace(self.seen, error="budget")
        return False

    def _note(self, walk: Walk) -> Seen:
        """Return what this attempt saw."""
        seen = replace(
            self.seen, hops=walk.hops, attempts=self.attempts, error=walk.error, status=None, type="",
            title="", signals=(),
        )  # fmt: skip
        if walk.answer is None:
            return seen
        answer = walk.answer
        if walk.error:
            return replace(seen, status=answer.status)
        final = walk.hops[-1][0] if walk.hops else self.start
        said = signs(answer, walk.page, walk.text, start=self.start, final=final, fragments=self.fragments)
        media = answer.headers.get("content-type", "").split(";")[0].strip().lower()[:100]
        title = walk.page.title if walk.page else ""
        return replace(seen, status=answer.status, type=media, title=title, signals=said)

    def _again(self, walk: Walk, turn: _Turns) -> float | None:
        """Return how long to wait before another attempt, or None where this one is enough."""
        links, seen = self.links, self.seen
        place = place_of(walk.hops[-1][0] if walk.hops else self.start)
        links.hosts.note(
            place, answered=walk.answer is not None or seen.error not in ("timeout", "unreachable")
        )
        if walk.answer is not None:
            links.hosts.obey(place, walk.answer.headers)
        if "challenge" in seen.signals:
            return None
        if seen.status == 429 or "limit-told" in seen.signals:
            return self._limited(walk, place, turn)
        links.hosts.accept(place)
        outcome: str | int | None = seen.error or seen.status
        if outcome in ("nxdomain", "dns"):
            outcome = "nxdomain" if self._no_such_host(outcome) else "dns"
            self.seen = replace(seen, error=outcome)
        if outcome in _PROOFS:
            if self.proof == outcome or (self.proof in (404, 410) and outcome in (404, 410)):
                self.seen = replace(self.seen, signals=(*self.seen.signals, "confirmed"))
                return None
            self.proof = outcome
            return links.pause if self.attempts <= ATTEMPTS else None
        self.proof = None
        if outcome in _PASSING and self.attempts < ATTEMPTS:
            return self._pause(walk, place)
        if not seen.error and walk.page is not None and _doubtful(seen):
            self.seen = replace(seen, signals=(*seen.signals, *self._compare(walk.page)))
        return None

    def _pause(self, walk: Walk, place: str) -> float | None:
        """Return the wait before what is passing is tried again: what the server says, else ever longer."""
        asked = (
            retry_after(walk.answer.headers.get("retry-after", ""), self.links.web.clock.wall())
            if walk.answer
            else None
        )
        if asked is not None:
            return asked if self.links.hosts.hold(place, asked) else None
        longer: float = self.links.pause * 2 ** (self.attempts - 1)
        return longer * random.uniform(0.75, 1.25)

    def _limited(self, walk: Walk, place: str, turn: _Turns) -> float | None:
        """Return the wait after "too many": the host is left alone by all of us, and asked more slowly."""
        answer = walk.answer
        wait = (
            retry_after(answer.headers.get("retry-after", ""), self.links.web.clock.wall())
            if answer
            else None
        )
        if wait is not None and wait > LONGEST_WAIT:
            self.seen = replace(self.seen, signals=(*self.seen.signals, "wait-over-cap"))
            return None
        if wait is None and self.seen.status != 429:
            # who says it in words alone says it for long
            return None
        crowd = self.links.hosts.refuse(place, self.url, turn.began)
        self.refused += 1
        if self.refused >= (CROWDED if crowd else ATTEMPTS):
            return None
        if wait is None:
            wait = self.links.pause * 2 ** min(self.refused - 1, 2)
        return wait if self.links.hosts.hold(place, wait) else None

    def _no_such_host(self, outcome: str) -> bool:
        """Whether a name surely does not exist: none such can, or a resolver that knows others says so."""
        at = self.seen.hops[-1][0] if self.seen.hops else self.start
        host = (urlsplit(at).hostname or "").rstrip(".")
        reserved = host.endswith(_RESERVED) and not host.startswith("www.example.")
        return reserved or (outcome == "nxdomain" and self.links.web.resolves_names())

    def _compare(self, page: Markup) -> tuple[str, ...]:
        """Return whether an address that cannot exist, beside this one, gets the same page."""
        beside = _beside(self.start)
        folder = beside.rpartition("/")[0]
        known = self.links.beside
        if folder not in known:
            try:
                known[folder] = self._look_beside(beside)
            except (Later, ServiceError):
                return ()
        other = known[folder]
        if other.status in (404, 410):
            return ("beside-gone",)
        if not 200 <= other.status < 300:
            return ()
        if self.seen.hops and self.seen.hops[-1][0] == other.final:
            return ("beside-same",)
        mine = words_of(page, (_leaf(self.start),))
        alike = len(mine & other.words) >= 0.85 * len(mine | other.words)
        return ("beside-same",) if alike and other.title == page.title else ()

    def _look_beside(self, url: str) -> Beside:
        links = self.links
        turn = _Turns(links, False)
        walk = follow(links.web, url, deadline=links.deadline / 2, cap=CAP, turn=turn, refresh=True)
        if walk.answer is None or walk.error:
            return Beside()
        final = walk.hops[-1][0] if walk.hops else url
        page = walk.page
        words = words_of(page, (_leaf(url),)) if page else frozenset()
        return Beside(walk.answer.status, final, page.title if page else "", words)


class _Turns:
    """The turns of one attempt: that of its first request may have been taken already."""

    def __init__(self, links: Links, begun: bool) -> None:
        self._links = links
        self._begun = begun
        self.began = links.web.clock.now()

    def __call__(self, name: str) -> AbstractContextManager[float]:
        begun, self._begun = self._begun, False
        self.began = self._links.web.clock.now()
        return self._links.hosts.turn(name, self._links.web.allow, begun=begun)

    def give_back(self, name: str) -> None:
        """Give back the turn that was taken, where no request was made."""
        if self._begun:
            with self(name):
                pass


def _doubtful(seen: Seen) -> bool:
    """Whether one sign says that the page is not what it says, and a second one has to be looked for."""
    said = frozenset(seen.signals)
    missing = said & {"missing-title", "missing-told", "error-address"}
    parked = said & {"sale-told", "sale-offer", "sale-mark"}
    return (len(missing) == 1) or ("sale-told" in parked and len(parked) == 1)


def _beside(url: str) -> str:
    """Return an address in the same folder that cannot exist: made of a digest, so always the same one."""
    parts = urlsplit(url)
    folder, _, leaf = parts.path.rpartition("/")
    name = hashlib.sha256(f"{parts.netloc}{folder}".encode()).hexdigest()[:16]
    suffix = leaf[leaf.rfind(".") :] if "." in leaf and len(leaf) - leaf.rfind(".") < 7 else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}{suffix}", "", ""))


def _leaf(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2] or "/"
