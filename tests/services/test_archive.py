"""Archived copies: the nearest to a day, by whichever way the archive answers; its failures are nothing."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model import Answer, Date
from evidence.services import archive
from evidence.services.web import Web
from tests.services.conftest import MakeWeb
from tests.standin import Standin

URL = "http://gone.example/a?b=1"


def fetch(web: Web, day: str = "2013-05-02") -> Answer:
    return archive.fetch(web, [f"{URL}|{day}"])[f"{URL}|{day}"]


def captures(*stamps: str, status: str = "200") -> list[list[str]]:
    return [["timestamp", "original", "statuscode"], *([stamp, URL, status] for stamp in stamps)]


def test_the_capture_nearest_to_the_day(web: Web, standin: Standin) -> None:
    standin.serve("/archive/cdx", body=captures("20090101000000", "20130428010203", "20200101000000"))
    answer = fetch(web)
    (record,) = answer.records
    assert (answer.outcome, record.work.issued) == ("found", Date(2013, 4, 28))
    assert record.work.url == f"https://web.archive.org/web/20130428010203/{URL}"
    (asked,) = standin.asked("/archive")
    assert (asked.params["url"], asked.params["closest"], asked.params["filter"]) == (
        URL,
        "20130502000000",
        "statuscode:200",
    )


def test_captures_of_errors_do_not_count(web: Web, standin: Standin) -> None:
    standin.serve("/archive/cdx", body=captures("20130502010203", status="404"))
    assert fetch(web).outcome == "unknown"


def test_without_a_day_the_latest(web: Web, standin: Standin) -> None:
    standin.serve("/archive/cdx", body=captures("20090101000000", "20200101000000"))
    assert fetch(web, "").records[0].work.issued == Date(2020, 1, 1)


def test_the_availability_api(web: Web, standin: Standin) -> None:
    closest = {
        "available": True,
        "status": "200",
        "timestamp": "20130501000000",
        "url": "http://evil.example/",
    }
    standin.serve("/archive/wayback", body={"archived_snapshots": {"closest": closest}})
    assert fetch(web).records[0].work.url == f"https://web.archive.org/web/20130501000000/{URL}"


def test_the_redirect(web: Web, standin: Standin) -> None:
    standin.registries.snapshots[URL.partition("?")[0]] = "20130501000000"
    url = URL.partition("?")[0]
    assert archive.fetch(web, [f"{url}|"])[f"{url}|"].records[0].work.issued == Date(2013, 5, 1)


def test_an_archive_without_a_copy_says_nothing(web: Web) -> None:
    answer = fetch(web)
    assert (answer.outcome, answer.reason) == ("unknown", archive.NO_COPY)


@pytest.mark.parametrize(
    "fault", [{"status": 429}, {"status": 503}, {"body": "<html>"}, {"body": {"x": 1}}, {"body": "[[["}, {"reset": True},
              {"body": [["timestamp"], ["soon"], 5, None]}, {"body": [["20139999999999", URL, "200"]]}],
)  # fmt: skip
def test_failures_are_unknown(web: Web, standin: Standin, fault: dict[str, Any]) -> None:
    standin.serve("/archive", **fault)
    assert fetch(web).outcome == "unknown"


def test_once_it_fails_it_is_left_alone(web: Web, standin: Standin) -> None:
    standin.serve("/archive", status=429, headers={"Retry-After": "3600"})
    asked = [f"http://gone.example/{n}|" for n in range(10)]
    assert {answer.outcome for answer in archive.fetch(web, asked).values()} == {"unknown"}
    assert len(standin.asked("/archive")) == 1


def test_offline_it_is_not_asked(make_web: MakeWeb, standin: Standin) -> None:
    assert fetch(make_web(mode="offline")).cause == "offline"
    assert standin.log == []
