"""The thirty ways in which services fail, each as a check through the command against the stand-in.

    python scripts/service_scenarios.py [NUMBER…]

A scenario asserts what the run may say and what the server saw. Part of `benchmark_services.py`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from service_project import NOW, Project, Ran, entry, fill, record

Scenario = Callable[[Project], None]
SCENARIOS: dict[str, Scenario] = {}

DOI, TITLE, FAMILY = "10.99998/made.paper", "Effects of walking on discs in miners of the far north", "Walker"
GOOD = entry("good", DOI, TITLE, FAMILY)
LOST = entry("lost", "10.99998/nobody.has.this", "A study of beds that no registry holds at all", "Nobody")
FIVE = 5


def scenario(name: str) -> Callable[[Scenario], Scenario]:
    """Put a function into the table under a number and a name."""

    def put(function: Scenario) -> Scenario:
        SCENARIOS[name] = function
        return function

    return put


def five(project: Project) -> list[str]:
    """Give the project five references with DOIs that Crossref has."""
    entries = fill(project.standin, FIVE)
    project.write(*entries)
    return entries


def incomplete(ran: Ran) -> None:
    """Assert that a run says that it is incomplete and accuses nobody."""
    assert ran.code == 3, (ran.code, ran.report["findings"])
    assert ran.report["complete"] is False
    assert not ran.errors, ran.errors
    assert all(f["severity"] == "note" for f in ran.report["findings"]), ran.report["findings"]


def clean(ran: Ran) -> None:
    """Assert that a run verified everything."""
    assert ran.code == 0, (ran.code, ran.report["findings"])
    assert {v for v, _ in ran.verdicts} == {"verified"}, ran.verdicts


@scenario("1 absent from Crossref, handle 100")
def _(project: Project) -> None:
    project.write(LOST)
    ran = project.check()
    assert ran.code == 1
    (found,) = (f for f in ran.report["findings"] if f["name"] == "unregistered-doi")
    assert {w["service"] for w in found["evidence"]} >= {"crossref", "doi"}


@scenario("2 absent from Crossref, DataCite has it")
def _(project: Project) -> None:
    doi = "10.99998/nobody.has.this"
    project.standin.registries.datacite[doi] = {"data": {"id": doi, "attributes": {
        "doi": doi, "titles": [{"title": "A study of beds that no registry holds at all"}], "publicationYear": 2020,
        "creators": [{"name": "Nobody, Anna", "familyName": "Nobody", "givenName": "Anna"}],
        "publisher": "Made Up", "types": {"resourceTypeGeneral": "JournalArticle"},
        "container": {"title": "Journal of Made Up Medicine", "volume": "7", "firstPage": "1", "lastPage": "9"},
    }}}  # fmt: skip
    project.write(LOST)
    ran = project.check()
    clean(ran)
    assert ran.report["references"][0]["record"]["service"] == "datacite"


@scenario("3 absent from Crossref, handle API down")
def _(project: Project) -> None:
    project.standin.serve("/doi", status=503, headers=NOW)
    project.write(LOST)
    ran = project.check()
    incomplete(ran)
    assert "registration could not be confirmed" in ran.report["references"][0]["reason"]


@scenario("4 alias answered by 301")
def _(project: Project) -> None:
    alias(project, redirects=True, others=0)


@scenario("5 alias missing from a list")
def _(project: Project) -> None:
    alias(project, redirects=True, others=3)


def alias(project: Project, *, redirects: bool, others: int) -> None:
    """Check a reference that bears an alias among `others`."""
    entries = fill(project.standin, others)
    project.standin.crossref.add(record(DOI, TITLE, FAMILY))
    project.standin.crossref.aliases["10.99998/alias"] = DOI
    project.standin.crossref.aliases_redirect = redirects
    project.write(*entries, GOOD.replace(DOI, "10.99998/alias"))
    ran = project.check()
    clean(ran)
    assert [f["severity"] for f in ran.report["findings"] if f["name"] == "alias-doi"] == ["note"]


@scenario("6 429 with Retry-After 2, then 200")
def _(project: Project) -> None:
    five(project)
    project.standin.serve("/crossref", status=429, headers={"Retry-After": "2"}, times=1)
    clean(project.check())
    first, second = (request.at for request in project.standin.asked("/crossref")[:2])
    assert second - first >= 2


@scenario("7 429 for ever")
def _(project: Project) -> None:
    project.standin.serve("/crossref", status=429, headers=NOW)
    entries = [
        f"@article{{k{n}, author = {{Walker, Anna}}, title = {{A search for the beds of number {n}}}, "
        f"journal = {{Beds}}, year = 2020}}\n"
        for n in range(12)
    ]
    project.write(*entries)
    incomplete(project.check())
    asked = project.standin.asked("/crossref")
    assert len(asked) <= 12, len(asked)
    assert max(sum(r.query == other.query for r in asked) for other in asked) <= 3


@scenario("8 odd Retry-After")
def _(project: Project) -> None:
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 3600))
    for wait in ("1000000000", "soon", "-5", "Wed, 01 Jan 2020 00:00:00 GMT", later):
        five(project)
        project.standin.heal()
        project.forget()
        project.standin.serve("/crossref", status=429, headers={"Retry-After": wait})
        ran = project.check("--budget", "10")
        incomplete(ran)
        assert ran.seconds < 11.5, ran.seconds


@scenario("9 5xx for ever")
def _(project: Project) -> None:
    for status in (500, 502, 503, 504):
        five(project)
        project.standin.heal()
        project.forget()
        project.standin.serve("/crossref", status=status, headers=NOW)
        incomplete(project.check())
        assert not Path("refs.lock").exists()


@scenario("10 500 twice, then 200")
def _(project: Project) -> None:
    five(project)
    right = project.check("--read-only")
    project.forget()
    project.standin.serve("/crossref", status=500, headers=NOW, times=2)
    assert project.check("--read-only").report == right.report


@scenario("11 captive portal")
def _(project: Project) -> None:
    odd(project, b"<html><title>Welcome</title>Please sign in</html>", "not JSON")


@scenario("12 cut, empty, null, list")
def _(project: Project) -> None:
    for body in (b'{"status": "ok", "mess', b"", b"null", b"[]"):
        odd(project, body)


@scenario("13 deep, endless digits, NaN, surrogates")
def _(project: Project) -> None:
    for body in (
        b"[" * 200_000, b'{"status":"ok","message":' + b"9" * 5_000 + b"}", b'{"status":"ok","message":NaN}',
        b'{"status":"ok","message":{"items":[{"DOI":"10.1/\\ud800"}],"total-results":1}}',
    ):  # fmt: skip
        odd(project, body)


def odd(project: Project, body: bytes, reason: str = "") -> None:
    """Let Crossref answer everything with `body`."""
    five(project)
    project.forget()
    project.standin.heal()
    project.standin.serve("/crossref", body=body)
    ran = project.check()
    incomplete(ran)
    assert reason in ran.out


@scenario("14 the record of another DOI")
def _(project: Project) -> None:
    project.standin.crossref.add(record(DOI, TITLE, FAMILY))
    project.write(GOOD)
    other = {"status": "ok", "message-type": "work", "message": record("10.1/other", "Another", "Else")}
    project.standin.serve("/crossref", body=other)
    ran = project.check()
    incomplete(ran)
    assert "did not match" in ran.report["references"][0]["reason"]
    assert len(project.standin.asked("/crossref")) == 2


@scenario("15 fields of a wrong type")
def _(project: Project) -> None:
    good = record(DOI, TITLE, FAMILY)
    project.write(GOOD)
    odd_fields: tuple[dict[str, Any], ...] = (
        {"title": TITLE}, {"author": None}, {"issued": {"date-parts": [[None]]}}, {"volume": ["7"], "page": 3},
        {"updated-by": "x", "update-to": {}, "relation": []}, {"type": 5, "publisher": {}},
    )  # fmt: skip
    for fields in odd_fields:
        project.forget()
        project.standin.crossref.works[DOI] = {**good, **fields}
        ran = project.check()
        assert ran.code == 0, (fields, ran.report["findings"])
        assert ran.report["references"][0]["record"]


@scenario("16 a drip")
def _(project: Project) -> None:
    five(project)
    project.standin.serve("/crossref", drip=0.02)
    ran = project.check("--budget", "3")
    incomplete(ran)
    assert ran.seconds < 4, ran.seconds


@scenario("17 a header block cut in the middle")
def _(project: Project) -> None:
    five(project)
    project.standin.serve("/crossref", cut=60)
    incomplete(project.check())


@scenario("18 reset, closed, cut in the body")
def _(project: Project) -> None:
    hows: tuple[dict[str, Any], ...] = ({"reset": True}, {"cut": 0}, {"cut": 600})
    for how in hows:
        five(project)
        project.forget()
        project.standin.heal()
        before = len(project.standin.asked("/crossref"))
        project.standin.serve("/crossref", **how)
        incomplete(project.check())
        assert len(project.standin.asked("/crossref")) - before <= 3


@scenario("19 no network")
def _(project: Project) -> None:
    for name in [n for n in os.environ if n.startswith("EVIDENCE_") and n.endswith("_URL")]:
        os.environ[name] = f"http://{name.lower().replace('_', '-')}.invalid"
    five(project)
    real = socket.getaddrinfo

    def none(host: Any, *arguments: Any, **named: Any) -> Any:
        if str(host).endswith((".invalid", ".org")):
            raise socket.gaierror(socket.EAI_AGAIN, "no network")
        return real(host, *arguments, **named)

    socket.getaddrinfo = none
    try:
        ran = project.check()
    finally:
        socket.getaddrinfo = real
    incomplete(ran)
    assert ran.seconds < 10
    assert "no network" in ran.out


@scenario("20 a certificate that does not hold")
def _(project: Project) -> None:
    import ssl
    from http.server import BaseHTTPRequestHandler, HTTPServer

    folder = Path(tempfile.mkdtemp())
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-keyout", str(folder / "key"), "-out", str(folder / "cert")],
            check=True, capture_output=True,
        )  # fmt: skip
        server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "cert", folder / "key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        os.environ["EVIDENCE_CROSSREF_URL"] = f"https://127.0.0.1:{server.server_address[1]}"
        five(project)
        ran = project.check()
        server.shutdown()
        server.server_close()
    finally:
        shutil.rmtree(folder)
    incomplete(ran)
    assert "not secure" in ran.out


@scenario("21 three of fifty never come")
def _(project: Project) -> None:
    entries = [
        f"@article{{k{n}, author = {{F{n}, Anna}}, title = {{The beds of valley number {n} and their makers}}, "
        f"journal = {{Beds}}, year = 2020}}\n"
        for n in range(20)
    ]
    beds: dict[str, Any] = {"container-title": ["Beds"]}
    for n in range(20):
        project.standin.crossref.add(
            record(
                f"10.99998/b.{n}",
                f"The beds of valley number {n} and their makers",
                f"F{n}",
                2020,
                **beds,
            )
        )
    project.write(*entries)
    slow = project.standin.serve("/crossref/works", delay=30.0, times=3)
    slow.query = "query"
    ran = project.check("--budget", "12")
    assert ran.seconds <= 12 * 1.2, ran.seconds
    assert sum(v == "verified" for v, _ in ran.verdicts) >= 16, ran.verdicts
    assert not ran.errors


@scenario("22 limits that change in the middle")
def _(project: Project) -> None:
    from evidence.services.pace import Clock, Pace

    pace, went = Pace(Clock()), []
    for n in range(8):
        with pace.turn("", lambda wait: None):
            went.append(time.monotonic())
            limit = "20" if n < 4 else "4"
            pace.obey({"x-rate-limit-limit": limit, "x-rate-limit-interval": "1s"})
    gaps = [b - a for a, b in pairwise(went)]
    assert min(gaps[:4]) >= 0.04
    assert min(gaps[4:]) >= 0.25


@scenario("23 eight processes, one cache")
def _(project: Project) -> None:
    limit = project.standin.limit("crossref", 10, concurrency=3)
    fill(project.standin, 8)
    program = (
        "import sys; from evidence.cli import main; import os\n"
        "sys.exit(main(('check', sys.argv[1], '--read-only', '--format', 'json')))"
    )
    made = list(fill(project.standin, 8))
    started = []
    for n in range(8):
        Path(f"refs{n}.bib").write_text(made[n].replace("key", f"own{n}"))
        started.append(
            subprocess.Popen([sys.executable, "-c", program, f"refs{n}.bib"], stdout=subprocess.DEVNULL)
        )
    assert [p.wait(120) for p in started] == [0] * 8
    assert limit.refused == 0, limit.refused
    assert limit.peak <= 3, limit.peak


@scenario("24 keys that are wrong")
def _(project: Project) -> None:
    os.environ |= {"NCBI_API_KEY": "canary-1", "OPENALEX_API_KEY": "canary-2"}
    project.standin.registries.keys |= {"pubmed": "right", "openalex": "right"}
    five(project)
    ran = project.check()
    clean(ran)
    assert ran.err.count("NCBI_API_KEY") == 1
    assert ran.err.count("OPENALEX_API_KEY") == 1
    assert "canary" not in ran.out + ran.err + Path("refs.lock").read_text()


@scenario("25 a redirect to another host")
def _(project: Project) -> None:
    os.environ["NCBI_API_KEY"] = "canary-1"
    with type(project.standin)() as other:
        where = {"Location": f"{other.url}/pubmed/esearch.fcgi"}
        project.standin.serve("/pubmed", status=302, headers=where)
        five(project)
        assert project.check().code == 0
        assert other.log == []


@scenario("26 an archive that says nothing")
def _(project: Project) -> None:
    for status in (200, 429, 503):
        project.standin.heal()
        project.forget()
        project.standin.serve("/archive", status=status, body={"archived_snapshots": {}}, headers=NOW)
        project.write(
            "@online{w, title = {Beds}, year = 2020, url = {" + project.standin.url + "/pages/ok}}\n"
        )
        ran = project.check()
        assert (ran.code, ran.report["findings"]) == (0, []), ran.report["findings"]


@scenario("28 all services down, answers known")
def _(project: Project) -> None:
    five(project)
    before = project.check()
    project.standin.serve("/", status=503, headers=NOW)
    again = project.check()
    assert (again.code, again.report) == (before.code, before.report)
    project.forget(cache=False)
    from_cache = project.check("--offline")
    clean(from_cache)
    assert from_cache.report["references"][0]["record"]["since"]


@scenario("29 a service that recovers")
def _(project: Project) -> None:
    from evidence.services.pace import FAILURES, PAUSE, Breaker, Clock

    class Quick(Clock):
        at = 0.0

        def now(self) -> float:
            return self.at

    clock = Quick()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert not breaker.refusal()
        breaker.fail("down", "server")
    assert breaker.refusal()
    clock.at = PAUSE + 1
    assert not breaker.refusal()  # one probe
    assert breaker.refusal()  # and only one
    breaker.succeed()
    assert not breaker.refusal()


@scenario("30 a source of retractions is down")
def _(project: Project) -> None:
    five(project)
    project.standin.serve("/pubmed", status=503, headers=NOW)
    ran = project.check()
    assert ran.code == 0
    assert "retraction not checked" in ran.out
    assert "not retracted" not in ran.out


def run(wanted: list[str]) -> tuple[int, list[str]]:
    """Run scenarios (all where none is named); return how many ran and what failed, in words."""
    failed = []
    chosen = {n: s for n, s in SCENARIOS.items() if not wanted or n.split()[0] in wanted}
    for name, play in chosen.items():
        with Project() as project:
            try:
                play(project)
            except AssertionError as wrong:
                failed.append(f"{name}: {str(wrong)[:300] or wrong.__traceback__.tb_next.tb_lineno}")  # type: ignore[union-attr]
    return len(chosen), failed


def main() -> None:
    count, failed = run(sys.argv[1:])
    print(f"{count - len(failed)} of {count} scenarios hold")
    print("\n".join(failed))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
