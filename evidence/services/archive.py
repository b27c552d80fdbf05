"""The Wayback Machine: a copy of a page that is gone, nearest the day on which it was read.

Three ways, the best first: the CDX server (only captures that were answered 200), the availability
API, and the redirect of a plain address. None says "not archived" reliably (the availability API says
`{}` of pages that are archived), so nothing is ever absent here, and a failure is never a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from evidence.errors import ServiceError
from evidence.model import Answer, Date, Record, Work
from evidence.services.answers import unknown
from evidence.services.response import read_json
from evidence.services.web import Web

#: Captures that the CDX server is asked for, and seconds for one question.
CAPTURES, DEADLINE = 10, 8.0

NO_COPY = "the web archive named no copy"


def fetch(web: Web, asked: Sequence[str]) -> dict[str, Answer]:
    """Return the archived copy of each page that is asked for as `url|day`, nearest to the day (ISO).

    Found: one record, whose work's `url` is the copy's address and `issued` its day. Else unknown.
    One after the other, and once the archive fails it is left alone. Raises nothing.
    """
    answers: dict[str, Answer] = {}
    failed: Answer | None = None
    for one in asked:
        url, _, day = one.rpartition("|")
        answers[one] = failed or _fetch(web, url, day.replace("-", ""))
        if answers[one].outcome == "unknown" and answers[one].reason != NO_COPY:
            failed = answers[one]
    return answers


def _fetch(web: Web, url: str, stamp: str) -> Answer:
    said: ServiceError | None = None
    for way in (_by_cdx, _by_availability, _by_redirect):
        try:
            when = way(web, url, stamp)
        except ServiceError as error:
            if error.cause in ("budget", "offline", "dns", "timeout", "limit"):
                return unknown("archive", error)
            said = error
            continue
        if when:
            return _answer(web, url, when)
    if said and said.cause not in ("not-understood", "refused"):
        return unknown("archive", said)
    return Answer("unknown", "archive", cause="outage", reason=NO_COPY)


def _answer(web: Web, url: str, when: str) -> Answer:
    date = Date(int(when[:4]), int(when[4:6]), int(when[6:8]))
    work = Work(type="webpage", url=address(url, when), issued=date)
    today = web.settings.today
    return Answer("found", "archive", (Record("archive", work, since=today),), since=today, asked=today)


def address(url: str, when: str) -> str:
    """Return the public address of a capture; `when` is its timestamp."""
    return f"https://web.archive.org/web/{when}/{url}"


def nearest(stamps: Sequence[str], stamp: str) -> str:
    """Return the timestamp nearest to another one; the latest where there is no other."""
    good = [
        s
        for s in stamps
        if re.fullmatch(r"(?:19|20)\d{12}", s) and "01" <= s[4:6] <= "12" and "01" <= s[6:8] <= "31"
    ]
    if not stamp:
        return max(good, default="")
    return min(good, key=lambda s: (abs(_days(s) - _days(stamp)), s), default="")


def _days(stamp: str) -> int:
    """Return about how many days a timestamp lies after year 0; what is not said of it is its middle."""
    year, month, day = int(stamp[:4]), int(stamp[4:6] or 7), int(stamp[6:8] or 15)
    return year * 372 + month * 31 + day


def _by_cdx(web: Web, url: str, stamp: str) -> str:
    asked = {"url": url, "output": "json", "fl": "timestamp,original,statuscode", "filter": "statuscode:200",
             "limit": f"{CAPTURES}"}  # fmt: skip
    asked |= {"closest": stamp.ljust(14, "0"), "sort": "closest"} if stamp else {"limit": f"-{CAPTURES}"}
    rows = read_json(_get(web, "/cdx/search/cdx", asked), "archive")
    if not isinstance(rows, list):
        raise ServiceError(
            "not-understood", "the web archive's list of captures had another shape than it documents"
        )
    table = [row for row in rows if isinstance(row, list) and all(isinstance(cell, str) for cell in row)]
    head = table[0] if table and "timestamp" in table[0] else ["timestamp", "original", "statuscode"]
    named = [dict(zip(head, row, strict=False)) for row in table if row != head]
    return nearest(
        [row.get("timestamp", "") for row in named if row.get("statuscode", "200") in ("200", "-", "")], stamp
    )


def _by_availability(web: Web, url: str, stamp: str) -> str:
    told = read_json(
        _get(web, "/wayback/available", {"url": url, **({"timestamp": stamp} if stamp else {})}), "archive"
    )
    snapshots = told.get("archived_snapshots") if isinstance(told, dict) else None
    closest: Any = snapshots.get("closest") if isinstance(snapshots, dict) else None
    if not isinstance(closest, dict) or closest.get("available") is False:
        return ""
    if str(closest.get("status", "200")) != "200":
        return ""
    when = closest.get("timestamp")
    return nearest([when], stamp) if isinstance(when, str) else ""


def _by_redirect(web: Web, url: str, stamp: str) -> str:
    for place in ([f"{stamp}/"] if stamp else []) + [""]:
        response = web.get(
            "archive", f"/web/{place}{quote(url, safe='/:?&=%+,;@!$()*~#-._')}", deadline=DEADLINE,
            follow=False, accept="text/html",
        )  # fmt: skip
        found = re.search(r"/web/(\d{14})(?:[a-z]{2}_)?/", response.headers.get("location", ""))
        if found:
            return nearest([found[1]], stamp)
    return ""


def _get(web: Web, path: str, asked: dict[str, str]) -> Any:
    return web.get("archive", path, asked, deadline=DEADLINE)
