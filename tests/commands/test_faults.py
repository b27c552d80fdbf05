"""Services that are down, slow, wrong or odd: a run says less, and never that a reference is wrong."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from evidence.services.pace import Clock
from tests.commands.conftest import Run
from tests.commands.made import KROCK, PETTINE
from tests.standin import Request, Standin
from tests.standin_faults import CAPTIVE, Fault, Reply

NOW = {"Retry-After": "0"}
YIM = """@article{yim2014,
  author = {Yim, R. L. and Lee, J. T. and Bow, C. H. and Meij, B. and Leung, V. and Cheung, K. M. and Vavken, P.
            and Samartzis, D.},
  title = {A systematic review of the safety and efficacy of mesenchymal stem cells for disc degeneration:
           insights and future directions for regenerative therapeutics},
  journal = {Stem Cells and Development}, year = {2014}, volume = {23}, number = {21}, pages = {2553--2567},
  doi = {10.1089/scd.2014.0203},
}
"""
NOWHERE = PETTINE.replace("pettine2015", "nowhere").replace("10.1002/stem.1845", "10.1002/nobody.knows")
ALIAS = """@article{fold2006,
  author = {Fold, Anna}, title = {The Name a Work Kept When Two Registrations Became One},
  journal = {Journal of Invented Spine Studies}, year = {2006}, volume = {3}, number = {1}, pages = {1--9},
  doi = {10.99999/standin.alias},
}
"""
OTHER: dict[str, Any] = {
    "status": "ok", "message-type": "work-list", "message-version": "1.0.0",
    "message": {"total-results": 1, "items-per-page": 1, "items": [
        {"DOI": "10.9/other", "title": ["Another work"], "type": "journal-article", "author": [{"family": "Else"}]}]},
}  # fmt: skip
WORK = {"status": "ok", "message-type": "work", "message": {"DOI": "10.9/other", "title": ["Another work"]}}


def item(**fields: Any) -> dict[str, Any]:
    message = {"DOI": "10.1002/stem.1845", "type": "journal-article", **fields}
    return {**OTHER, "message": {**OTHER["message"], "items": [message]}}


def errors(report: dict[str, Any]) -> list[str]:
    return [finding["name"] for finding in report["findings"] if finding["severity"] == "error"]


def test_1_a_doi_that_both_registries_lack_is_named_with_both(project: Path, check: Run) -> None:
    Path("refs.bib").write_text(NOWHERE)
    ran = check("refs.bib")
    assert ran.code == 1
    (found,) = ran.named("unregistered-doi")
    assert {witness["service"] for witness in found["evidence"]} >= {"crossref", "doi"}
    assert ran.json["references"][0]["verdict"] == "mismatch"  # the work itself is found by its title
    assert "fabricated" not in ran.out


def test_2_a_doi_of_another_agency_is_registered(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.handles["10.1002/nobody.knows"] = "https://example.org/data"
    Path("refs.bib").write_text(NOWHERE)
    ran = check("refs.bib")
    assert ran.code == 0
    assert ran.json["references"][0]["cause"] == "no-registry"
    assert ran.json["complete"] is True


def test_3_without_the_handle_system_nothing_is_called_unregistered(
    standin: Standin, project: Path, check: Run
) -> None:
    standin.serve("/doi", status=503, headers=NOW)
    Path("refs.bib").write_text(NOWHERE)
    ran = check("refs.bib")
    assert ran.code == 3
    assert errors(ran.json) == []
    assert "could not be confirmed" in ran.json["references"][0]["reason"]
    assert check("refs.bib", "--incomplete", "ok").code == 0


@pytest.mark.parametrize("redirects", [True, False], ids=["redirect", "only a record"])
def test_4_and_5_an_alias_is_the_work(redirects: bool, standin: Standin, project: Path, check: Run) -> None:
    standin.crossref.aliases_redirect = redirects
    Path("refs.bib").write_text(PETTINE + ALIAS)
    ran = check("refs.bib")
    assert errors(ran.json) == []
    if redirects:
        assert ran.code == 0
        assert ran.json["references"][1]["verdict"] == "verified"
        assert [f["severity"] for f in ran.named("alias-doi")] == ["note"]


def test_6_a_limit_is_waited_for(standin: Standin, project: Path, check: Run) -> None:
    standin.serve("/crossref", status=429, headers={"Retry-After": "1"}, times=1)
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0
    first, second = (request.at for request in standin.asked("/crossref")[:2])
    assert second - first >= 1.0


def test_7_a_limit_for_ever_ends_after_a_few_attempts(standin: Standin, project: Path, check: Run) -> None:
    standin.serve("/crossref", status=429, headers=NOW)
    entries = [KROCK.replace("krock2015", f"k{n}").replace("Milieu", f"Milieu {n}") for n in range(12)]
    Path("refs.bib").write_text("".join(entries))
    ran = check("refs.bib")
    assert ran.code == 3
    assert errors(ran.json) == []
    assert len(standin.asked("/crossref")) <= 12
    assert {r["cause"] for r in ran.json["references"]} == {"outage"}


@pytest.mark.parametrize("wait", ["1000000000", "soon", "Wed, 01 Jan 2098 00:00:00 GMT"])
def test_8_an_odd_wait_is_not_waited_for(wait: str, standin: Standin, project: Path, check: Run) -> None:
    standin.serve("/crossref", status=429, headers={"Retry-After": wait})
    Path("refs.bib").write_text(PETTINE)
    start = time.monotonic()
    ran = check("refs.bib", "--budget", "2")
    assert time.monotonic() - start < 3
    assert ran.code == 3
    assert errors(ran.json) == []


@pytest.mark.parametrize("status", [500, 502, 503, 504, 400, 401, 403, 418])
def test_9_a_service_that_fails_is_an_outage(
    status: int, standin: Standin, project: Path, check: Run
) -> None:
    standin.serve("/crossref", status=status, headers=NOW)
    standin.serve("/doi", status=status, headers=NOW)
    Path("refs.bib").write_text(PETTINE + KROCK + NOWHERE)
    ran = check("refs.bib")
    assert ran.code == 3
    assert ran.json["complete"] is False
    assert {(r["verdict"], r["cause"]) for r in ran.json["references"]} == {("unchecked", "outage")}
    assert not [f for f in ran.json["findings"] if f["code"][:3] in ("MET", "RET")]
    assert not Path("refs.lock").exists()


def test_10_a_service_that_recovers_gives_the_same_report(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE + KROCK + NOWHERE)
    right = check("refs.bib", "--read-only").json
    for path in Path("../cache").glob("*"):
        path.unlink()
    standin.serve("/crossref", status=500, headers=NOW, times=2)
    standin.serve("/doi", status=502, headers=NOW, times=1)
    assert check("refs.bib").json == right


BODIES: dict[str, object] = {
    "portal": CAPTIVE.body.decode() if isinstance(CAPTIVE.body, bytes) else "",
    "cut": '{"status": "ok", "message": {"DOI": "10.1002/st',
    "empty": b"",
    "null": b"null",
    "list": b"[]",
    "items null": b'{"status": "ok", "message-type": "work-list", "message": {"items": null}}',
    "items odd": b'{"status": "ok", "message-type": "work-list", "message": {"items": [null, 3, "x", []]}}',
    "deep": b"[" * 200_000,
    "digits": b'{"status": "ok", "message": ' + b"9" * 5_000 + b"}",
    "surrogate": b'{"status": "ok", "message": {"items": [{"DOI": "10.1002/\\ud800"}]}}',
    "not utf-8": b'{"status": "ok", "message": "\xff\xfe"}',
    "other": OTHER,
}


@pytest.mark.parametrize("body", BODIES)
def test_11_to_14_a_body_that_is_no_answer_is_an_outage(
    body: str, standin: Standin, project: Path, check: Run
) -> None:
    standin.serve("/crossref", body=BODIES[body])
    standin.serve("/doi", body=BODIES[body])
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    assert ran.code == 3
    assert errors(ran.json) == []
    assert (ran.json["references"][0]["verdict"], ran.json["references"][0]["cause"]) == (
        "unchecked",
        "outage",
    )


@pytest.mark.parametrize(
    "fields",
    [{"title": "Percutaneous", "volume": ["33"]}, {"title": None, "author": None, "issued": None, "type": None},
     {"author": [None, 3, {}], "issued": {"date-parts": [[None]]}, "page": 146, "container-title": {}},
     {"updated-by": "retraction", "relation": []}, {"updated-by": [{"type": None}], "title": [], "author": []}],
    ids=lambda fields: json.dumps(fields)[:40],
)  # fmt: skip
def test_15_a_field_of_a_wrong_type_is_left_out(
    fields: dict[str, Any], standin: Standin, project: Path, check: Run
) -> None:
    good = {k: v for k, v in standin.crossref.works["10.1002/stem.1845"].items() if k not in fields}
    standin.serve("/crossref", body=item(**{**good, **fields}))
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    assert errors(ran.json) == []
    assert ran.code in (0, 3)


def test_16_a_drip_is_cut(standin: Standin, project: Path, check: Run) -> None:
    standin.serve("/crossref", drip=0.05)
    Path("refs.bib").write_text(PETTINE)
    start = time.monotonic()
    ran = check("refs.bib", "--budget", "1")
    assert time.monotonic() - start < 4
    assert ran.code == 3
    assert errors(ran.json) == []


@pytest.mark.parametrize("cut", [0, 60, 500], ids=["at once", "in the header", "in the body"])
def test_17_and_18_an_answer_that_is_cut_is_an_outage(
    cut: int, standin: Standin, project: Path, check: Run
) -> None:
    standin.serve("/crossref", cut=cut)
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib", "--budget", "6")
    assert ran.code == 3
    assert errors(ran.json) == []
    assert len(standin.asked("/crossref")) <= 4


def test_18_a_reset_is_tried_again(standin: Standin, project: Path, check: Run) -> None:
    standin.serve("/crossref", reset=True, times=1)
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib").code == 0


def test_a_retraction_that_was_not_asked_about_is_not_denied(
    standin: Standin, project: Path, check: Run
) -> None:
    standin.serve("/crossref", status=503, headers=NOW)
    Path("refs.bib").write_text(PETTINE)
    reference = check("refs.bib").json["references"][0]
    assert reference["record"] is None
    assert reference["notices"] == []


def test_a_cache_that_is_no_database_is_one_warning(project: Path, run: Run) -> None:
    Path("refs.bib").write_text(PETTINE)
    right = run("check", "refs.bib", "--read-only", "--format", "json").out
    for path in Path("../cache").glob("*"):
        path.write_bytes(b"no database at all" * 500)
    ran = run("check", "refs.bib", "--read-only", "--format", "json")
    assert ran.code == 0
    assert ran.out == right


class Faulty(Standin):
    """A stand-in of which every answer may go wrong, by a seed."""

    share = 0.0
    random = random.Random(0)
    faults: tuple[tuple[Reply | None, dict[str, Any]], ...] = (
        (Reply(429, b"", NOW), {}), (Reply(500, b"", NOW), {}), (Reply(503, b"", NOW), {}), (CAPTIVE, {}),
        (Reply(200, b"null"), {}), (Reply(200, b"[]"), {}), (Reply(200, b""), {}), (Reply(200, json.dumps(WORK).encode()), {}),
        (None, {"cut": 60}), (None, {"cut": 400}), (None, {"reset": True}),
    )  # fmt: skip

    def answer(self, request: Request) -> tuple[Reply, Fault]:
        reply, fault = super().answer(request)
        if self.random.random() < self.share:
            wrong, how = self.random.choice(self.faults)
            return wrong or reply, Fault("", **how)
        return reply, fault


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    with Faulty() as server:
        yield server


@pytest.mark.parametrize("seed", range(3))
def test_27_a_third_of_all_answers_wrong_gives_the_same_report_after_reruns(
    seed: int, faulty: Faulty, project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(faulty, monkeypatch)
    monkeypatch.setenv("EVIDENCE_CACHE_DIR", str(project / ".." / "right"))
    Path("refs.bib").write_text(PETTINE + KROCK + YIM + NOWHERE + ALIAS)
    right = check("refs.bib", "--read-only")
    monkeypatch.setenv("EVIDENCE_CACHE_DIR", str(project / ".." / "cache"))
    faulty.share, faulty.random = 0.3, random.Random(seed)
    for _ in range(8):  # what was answered is in the lock, so each run asks only for the rest
        ran = check("refs.bib")
        assert set(errors(ran.json)) <= set(errors(right.json))
        if ran.json["complete"]:
            break
    assert ran.out == right.out


class Slowing(Standin):
    """A stand-in whose Crossref says, with its fourth answer to a list, that it takes fewer requests."""

    def answer(self, request: Request) -> tuple[Reply, Fault]:
        if len(self.asked("/crossref/works")) == 3:
            self._limits["crossref"].per_second = 4
        return super().answer(request)


def use(server: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command ask this stand-in, with a cache of its own."""
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)


def test_22_a_limit_that_falls_holds_from_the_next_request_on(
    project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [KROCK.replace("krock2015", f"k{n}").replace("Milieu", f"Milieu {n}") for n in range(6)]
    Path("refs.bib").write_text("".join(entries))
    with Slowing() as server:
        use(server, monkeypatch)
        server.limit("crossref", 40, concurrency=1, enforce=False)
        assert check("refs.bib").code in (0, 1)
        arrivals = [request.at for request in server.asked("/crossref/works")]
    gaps = [after - before for before, after in pairwise(arrivals)]
    assert len(gaps) >= 5
    assert max(gaps[:2]) < 0.25 <= min(gaps[3:])


class Fast(Clock):
    """A clock on which a third of a second is a minute."""

    PACE = 200.0

    def now(self) -> float:
        return super().now() * self.PACE

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds / self.PACE)


class Recovering(Standin):
    """A stand-in whose Crossref mends while PubMed takes minutes over its first answer."""

    mended = False

    def answer(self, request: Request) -> tuple[Reply, Fault]:
        if request.path.startswith("/pubmed") and not self.mended:
            for _ in range(200):
                if len(self.asked("/crossref")) >= 15:  # five questions, three attempts each
                    break
                time.sleep(0.01)
            self.mended = True
            time.sleep(0.5)
            self.heal()
        return super().answer(request)


def test_29_a_service_that_recovers_within_the_run_is_asked_for_what_is_left(
    project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.services.web.Clock", Fast)
    entries = [KROCK.replace("krock2015", f"k{n}") for n in range(6)]
    entries = [entry.replace("Milieu of", f"Milieu {n} of") for n, entry in enumerate(entries)]
    by_number = PETTINE.replace("doi = {10.1002/stem.1845}", "pmid = {25187512}")
    Path("refs.bib").write_text("".join(entries) + by_number)
    with Recovering() as server:
        use(server, monkeypatch)
        work = server.crossref.works["10.1002/stem.1845"]
        server.registries.pubmed.add("25187512", title=work["title"][0], doi="10.1002/stem.1845", journal="Stem Cells",
                                     authors=("Pettine KA",), volume="33", pages="146-156")  # fmt: skip
        server.serve("/crossref", status=503, headers=NOW)
        ran = check("refs.bib")
        assert server.mended
        asked = len(server.asked("/crossref"))
    assert ran.json["complete"] is True
    assert "outage" not in {reference["cause"] for reference in ran.json["references"]}
    assert asked <= 15 + 3 * 6


@pytest.mark.parametrize(
    "fault",
    [
        {"body": {"url": "x", "archived_snapshots": {}}},
        {"status": 429, "headers": NOW},
        {"status": 503, "headers": NOW},
    ],
    ids=["nothing named", "429", "503"],
)
def test_26_an_archive_without_an_answer_is_no_finding(
    fault: dict[str, Any], standin: Standin, project: Path, check: Run
) -> None:
    url = standin.url + "/pages/gone"
    standin.serve("/archive", **fault)
    Path("refs.bib").write_text(f"@online{{gone, title = {{About backs}}, url = {{{url}}}, year = {{2013}}}}")
    ran = check("refs.bib")
    assert standin.asked("/archive")
    (dead,) = [finding for finding in ran.json["findings"] if finding["code"].startswith("LNK")]
    assert (dead["name"], dead["fix"]) == ("dead-link", None)
    assert "archive" not in dead["message"]
    assert ran.json["complete"] is True
    assert not Path("refs.lock").exists() or "snapshot" not in Path("refs.lock").read_text()
