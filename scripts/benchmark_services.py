"""Measure how registries are asked and what becomes of their failures, against the stand-in.

    python scripts/benchmark_services.py [scenarios faults requests hour dois] [--seeds 20]

Nothing leaves the machine. Times depend on the machine, the counts do not. Prints figures; leaves with
1 where one is not what docs/explanation/figures.md promises.
"""

from __future__ import annotations

import argparse
import random
import string
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import service_scenarios
from service_project import Project, entry, fill, record

from evidence.model import Settings
from evidence.services import crossref, crossref_notices, datacite, doi, openalex, pubmed
from evidence.services.answers import refusal
from evidence.services.pace import Clock
from evidence.services.web import Web
from tests.standin import SERVICES, Request, Standin
from tests.standin_faults import CAPTIVE, Fault, Reply

NOW = {"Retry-After": "0"}

#: What a random fault makes of an answer: another answer, or how the usual one is sent.
FAULTS: list[tuple[Reply | None, dict[str, Any]]] = [
    (Reply(429, b"", NOW), {}), (Reply(500, b"", NOW), {}), (Reply(502, b"", NOW), {}), (Reply(503, b"", NOW), {}),
    (CAPTIVE, {}), (Reply(200, b"null"), {}), (Reply(200, b"[]"), {}), (Reply(200, b""), {}), (Reply(200, b"[" * 9_000), {}),
    (Reply(200, b'{"status":"ok","message-type":"work","message":{"DOI":"10.1/other","title":["Another"]}}'), {}),
    (Reply(200, b'{"status":"ok","message":{"total-results":1,"items":[{"DOI":"10.1/other","title":["Another work"]}]}}'), {}),
    (None, {"cut": 60}), (None, {"cut": 500}), (None, {"cut": 0}), (None, {"reset": True}), (None, {"delay": 0.1}),
]  # fmt: skip


@dataclass
class Check:
    """The figures so far, and whether each is what was promised."""

    failed: list[str] = field(default_factory=list)

    def told(self, what: str, figure: object, holds: bool) -> None:
        """Print a figure."""
        print(f"{what}: {figure}{'' if holds else '   <-- not as promised'}", flush=True)
        if not holds:
            self.failed.append(what)


class Faulty(Standin):
    """A stand-in of which every answer may go wrong, by a seed."""

    share = 0.0
    random = random.Random(0)

    def answer(self, request: Request) -> tuple[Reply, Fault]:
        """Answer as usual, or wrongly."""
        reply, fault = super().answer(request)
        if self.random.random() < self.share:
            wrong, how = self.random.choice(FAULTS)
            return wrong or reply, Fault("", **how)
        return reply, fault


def scenarios(check: Check, _: int) -> None:
    """Play the scenarios of failing services."""
    count, failed = service_scenarios.run([])
    check.told("scenarios that hold", f"{count - len(failed)} of {count}", not failed)
    for line in failed:
        print(f"  {line}")


def faults(check: Check, seeds: int) -> None:
    """Compare the report under 30 % random faults with the fault-free one."""
    first = second = wrong = 0
    for seed in range(seeds):
        server = Faulty()
        with Project(server) as project:
            _mixed(project)
            right = project.check("--read-only")
            project.forget()
            server.share, server.random = 0.3, random.Random(seed)
            for run in range(2):
                ran = project.check()
                wrong += len(set(ran.errors) - set(right.errors))
                if ran.out == right.out:
                    first += run == 0
                    second += 1
                    break
            else:
                print(f"  seed {seed}: {_differing(right.report, ran.report)}")
    check.told("30 % faults: reports as without faults at the first run", f"{first} of {seeds}", True)
    check.told("30 % faults: after at most one more run", f"{second} of {seeds}", second == seeds)
    check.told("30 % faults: errors that are not there without faults", wrong, wrong == 0)


def _mixed(project: Project) -> None:
    """Write a bibliography of good, wrong, unregistered, retracted and undated references."""
    standin = project.standin
    entries = fill(standin, 12)
    retracted = record("10.99998/gone", "Effects of snow on the backs of northern postmen", "Gone")
    notice = {
        "DOI": "10.99998/notice",
        "type": "retraction",
        "source": "publisher",
        "updated": {"date-parts": [[2021, 1, 1]]},
    }
    standin.crossref.add({**retracted, "updated-by": [notice]})
    standin.crossref.aliases["10.99998/alias"] = "10.99998/made.3"
    standin.registries.pubmed.add("3000001", title="Effects of wind on the ears of sailors", authors=("Windy A",),
                                  journal="Journal of Made Up Medicine", date="2020", volume="7", pages="1-9")  # fmt: skip
    data = {"doi": "10.99997/data", "titles": [{"title": "A table of the weights of bags"}], "publicationYear": 2020,
            "creators": [{"familyName": "Bag", "givenName": "Anna", "name": "Bag, Anna"}], "publisher": "Made Up",
            "types": {"resourceTypeGeneral": "Dataset"}}  # fmt: skip
    standin.registries.datacite["10.99997/data"] = {"data": {"id": "10.99997/data", "attributes": data}}
    undated = "@article{u%d, author = {Familyd, Anna}, title = {%s}, journal = {Journal of Made Up Medicine}, year = 2020}\n"
    project.write(
        *entries,
        entry("retracted", "10.99998/gone", "Effects of snow on the backs of northern postmen", "Gone"),
        entry("unregistered", "10.99998/nobody", "A study of beds that no registry holds at all", "Nobody"),
        entries[3].replace("key3", "alias").replace("10.99998/made.3", "10.99998/alias"),
        entry("wrong", "10.99998/made.5", "Quite another thing that has nothing to do with it", "Other"),
        undated % (1, "A book of songs about the moon and the tides of spring"),
        "@article{windy, author = {Windy, Anna}, title = {Effects of wind on the ears of sailors}, journal = {Journal of "
        "Made Up Medicine}, year = 2020, volume = 7, pages = {1--9}, pmid = {3000001}}\n",
        "@misc{bag, author = {Bag, Anna}, title = {A table of the weights of bags}, year = 2020, doi = {10.99997/data}}\n",
    )


def _differing(right: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """Say in which references two reports differ."""
    pairs = zip(right["references"], got["references"], strict=True)
    told = [f"{a['key']} {b['verdict']} {b['cause']} {b['reason']}" for a, b in pairs if a != b]
    return told or [str(f["message"]) for f in got["findings"] if f not in right["findings"]][:3]


def requests(check: Check, _: int) -> None:
    """Count requests and seconds for 100 and for 500 references with DOIs."""
    with Project() as project:
        project.write(*fill(project.standin, 100))
        ran = project.check()
        count = len(project.standin.asked("/crossref"))
        good = {v for v, _ in ran.verdicts} == {"verified"}
        check.told("100 references with DOIs: requests to Crossref", count, count <= 15 and good)
    with Project() as project:
        project.write(*fill(project.standin, 500))
        project.standin.serve("/", delay=0.1)
        ran = project.check()
        by = Counter(request.path.split("/")[1] for request in project.standin.log)
        good = {v for v, _ in ran.verdicts} == {"verified"}
        check.told(
            "500 references: requests to all services",
            f"{by.total()} ({dict(by)})",
            by.total() <= 40 and good,
        )
        check.told("500 references, 100 ms latency, cold: seconds", f"{ran.seconds:.1f}", ran.seconds <= 20)
        for name, words, cache, lock in (
            ("lock", (), False, False),
            ("cache alone", ("--read-only",), False, True),
        ):
            project.forget(cache=cache, lock=lock)
            before, start = len(project.standin.log), time.process_time()
            again = project.check(*words)
            spent, asked = time.process_time() - start, len(project.standin.log) - before
            same = again.report == ran.report
            figure = f"{again.seconds:.1f} s ({spent:.1f} s CPU), {asked} requests"
            check.told(
                f"500 references again, from the {name}", figure, again.seconds <= 2 and not asked and same
            )


class Simulated(Clock):
    """A clock on which an hour passes as fast as the machine can."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def now(self) -> float:
        """Return the simulated seconds."""
        return self.at

    def wall(self) -> float:
        """Return the simulated seconds."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.at += max(0.0, seconds)


def hour(check: Check, _: int) -> None:
    """Ask for an hour of simulated time while the announced limits change; count refusals."""
    clock, chance = Simulated(), random.Random(1)
    with Standin(clock=clock.now) as server:
        web = Web(
            Settings(root="/", today="2026-11-22", bases={"crossref": server.base("crossref")}), clock=clock
        )
        asked = changes = 0
        limit = server.limit("crossref", 10)
        until = clock.at + 60
        end = clock.at + 3_600
        while clock.at < end:
            if clock.at > until:
                # announced with the next answer, enforced from then on
                limit = server.limit("crossref", chance.choice((1, 2, 3, 5, 10)), enforce=False)
                until, changes = clock.at + chance.uniform(20, 180), changes + 1
            web.get("crossref", f"/works/10.1%2Fnone.{asked}", store=False)
            clock.at += chance.uniform(0.0, 0.02)
            limit.enforce, asked = True, asked + 1
            if limit.refused:
                break
        web.close()
    check.told(
        "an hour with changing limits: requests", f"{asked}, limits changed {changes} times", asked > 5_000
    )
    check.told("an hour with changing limits: refused (429)", limit.refused, limit.refused == 0)


def dois(check: Check, _: int) -> None:
    """Ask for hostile DOIs; what the server decodes must be what was meant."""
    chance = random.Random(1)
    pieces = ["..", ".", "/", "//", "#", "?", "%", "%2F", "%23", " ", "\r\n", "\n", "\t", "<", ">", ";", "(", ")", ",", "&", "=",
              "+", ":", '"', "'", "\\", "|", "[", "]", "{", "}", "^", "`", "~", "@", "ä", "字", "\u202e", "\0", "a", "b1"]  # fmt: skip
    letters = string.ascii_lowercase + string.digits
    sent = refused = 0
    wrong: list[str] = []
    routes: dict[str, Callable[[Web, list[str]], object]] = {
        "/crossref/works/": crossref.fetch, "/doi/api/handles/": doi.fetch, "/datacite/dois/": datacite.fetch,
    }  # fmt: skip
    with Standin() as server:
        web = Web(Settings(root="/", today="2026-11-22", bases={s: server.base(s) for s in SERVICES}))
        for n in range(2_000):
            tail = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 8)))
            name = f"10.{chance.randint(1000, 99999)}/{chance.choice(letters)}{tail}"
            for prefix, ask in routes.items():
                before = len(server.log)
                ask(web, [name])
                seen = [
                    unquote(r.path)[len(prefix) :] for r in server.log[before:] if r.path.startswith(prefix)
                ]
                stray = [
                    r.path for r in server.log[before:] if not r.path.startswith((prefix, "/doi/doiRA/"))
                ]
                refused += bool(refusal(name))
                sent += len(seen)
                if stray or seen != ([] if refusal(name) else [name]):
                    wrong.append(name)
            if n % 10 == 0:
                wrong += _in_lists(web, server, name)
        web.close()
    check.told("hostile DOIs: requests", f"{sent} sent, {refused} refused before sending", sent > 1_000)
    check.told("hostile DOIs: decoded to something else", len(wrong), not wrong)


def _in_lists(web: Web, server: Standin, name: str) -> list[str]:
    """Ask for a hostile DOI among others in lists; return it where it changed what the lists mean."""
    before = len(server.log)
    others = ["10.1234/a", "10.1234/b"]
    crossref_notices.fetch(web, [others[0], name, others[1]])
    openalex.fetch(web, [others[0], name, others[1]])
    pubmed.by_doi(web, [others[0], name, others[1]])
    for request in server.log[before:]:
        asked = request.params
        told = asked.get("filter", "").split(",") if request.path.startswith("/crossref") else []
        if any(part.removeprefix("updates:") not in (*others, name) for part in told):
            return [name]
    return []


PARTS: dict[str, Callable[[Check, int], None]] = {
    "scenarios": scenarios, "faults": faults, "requests": requests, "hour": hour, "dois": dois,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--seeds", type=int, default=20, help="seeds of the random faults")
    asked = parser.parse_args()
    check = Check()
    for name in asked.parts or PARTS:
        PARTS[name](check, asked.seeds)
    sys.exit(bool(check.failed))


if __name__ == "__main__":
    main()
