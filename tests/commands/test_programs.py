"""`parse`, `match` and `links`: one JSON object for each non-blank line, in order, inputs as given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK_TEXT, PETTINE_TEXT
from tests.standin import Standin

ORDER = [
    "Zhao Q, Ältestenrat Ö. Über den Rücken: 背中の研究. Z Rückenforsch. 2011;1(2):3-4.",
    PETTINE_TEXT,
    "  Back Pain. A Site. Available at: https://example.org/a b",
    "not much of a reference",
]


# ---------------------------------------------------------------- parse


def test_parse_gives_an_object_a_line_in_order(project: Path, run: Run) -> None:
    ran = run("parse", "-", stdin="\n\n".join(ORDER) + "\n\n\n")
    assert ran.code == 0
    assert ran.err == ""
    assert [line["raw"] for line in ran.lines] == ORDER
    assert ran.lines[0]["authors"][1] == {"family": "Ältestenrat", "given": "Ö"}


def test_parse_fields(project: Path, run: Run) -> None:
    (read,) = run("parse", "--text", PETTINE_TEXT).lines
    assert read["type"] == "article-journal"
    assert read["authors"][0] == {"family": "Pettine", "given": "KA"}
    assert read["more_authors"] is False
    assert read["title"].startswith("Percutaneous injection")
    assert (read["container"], read["year"], read["volume"], read["issue"]) == ("Stem Cells", 2015, "33", "1")
    assert read["pages"] == "146-56"
    assert read["doi"] == "10.1002/stem.1845"
    assert not {"pmid", "publisher", "isbn", "month"} & read.keys()


def test_parse_reads_files_of_any_newline_and_encoding(project: Path, run: Run) -> None:
    for newline in ("\n", "\r\n"):
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            Path("list.txt").write_bytes(newline.join([*ORDER, ""]).encode(encoding))
            ran = run("parse", "list.txt")
            assert [line["raw"] for line in ran.lines] == ORDER
    Path("list.txt").write_bytes("Müller A. Rücken. 2001.".encode("latin-1"))
    assert run("parse", "list.txt").lines[0]["raw"] == "Müller A. Rücken. 2001."


def test_parse_of_nothing_is_nothing(project: Path, run: Run) -> None:
    for ran in (run("parse", "-", stdin=""), run("parse", "-", stdin="\n  \n"), run("parse", "--text", " ")):
        assert (ran.code, ran.out) == (0, "")


def test_a_line_that_is_odd_is_still_one_object(project: Path, run: Run) -> None:
    odd = ["\x1b[2J", "{", "[1] ", "\u202eabc", "a" * 50_000, "10.1000/x", "“”", "\u2028", "x\u2028y"]
    ran = run("parse", "-", stdin="\n".join(odd))
    assert ran.code == 0
    assert [line["raw"] for line in ran.lines] == [line for line in odd if line.strip()]
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("command", ["parse", "match", "links"])
def test_a_file_that_is_missing_is_2(command: str, project: Path, run: Run) -> None:
    ran = run(command, "missing.txt")
    assert ran.code == 2
    assert "missing.txt" in ran.err
    assert ran.out == ""


# ---------------------------------------------------------------- match


def test_match_says_what_each_line_is(project: Path, run: Run) -> None:
    lines = [
        PETTINE_TEXT,
        KROCK_TEXT,
        "Nobody N. A study that nobody registered at all. J Imaginary Med. 2010;3(1):10-14.",
    ]
    ran = run("match", "-", stdin="\n".join(lines) + "\n")
    assert ran.code == 0
    assert [line["raw"] for line in ran.lines] == lines
    assert [line["outcome"] for line in ran.lines] == ["match", "match", "no-match"]
    assert [line["doi"] for line in ran.lines] == ["10.1002/stem.1845", "10.2174/standin.krock2015", None]
    assert all(0 <= line["confidence"] <= 1 for line in ran.lines)
    best = ran.lines[1]["candidates"][0]
    assert best["doi"] == "10.2174/standin.krock2015"
    assert best["fields"]["title"] == "agrees"
    assert set(best["fields"].values()) <= {"agrees", "differs", "absent"}
    assert all(
        set(line) == {"raw", "outcome", "doi", "confidence", "candidates", "reason"} for line in ran.lines
    )


def test_match_finds_by_fields_what_has_no_doi(project: Path, run: Run) -> None:
    text = PETTINE_TEXT.replace(" doi: 10.1002/stem.1845.", "")
    (line,) = run("match", "--text", text).lines
    assert (line["outcome"], line["doi"]) == ("match", "10.1002/stem.1845")
    assert line["confidence"] > 0.8


def test_match_of_what_fits_several_is_ambiguous_or_not_at_all_and_never_a_guess(
    standin: Standin, project: Path, run: Run
) -> None:
    for volume in ("3", "4"):
        standin.crossref.add(
            {"DOI": f"10.99999/twin.{volume}", "type": "journal-article", "title": ["Warmth for the lower back"],
             "author": [{"given": "Tara", "family": "Twin"}], "container-title": ["Journal of Pairs"],
             "volume": volume, "page": "1-9", "issued": {"date-parts": [[2018]]}}
        )  # fmt: skip
    (line,) = run("match", "--text", "Twin T. Warmth for the lower back. Journal of Pairs. 2018.").lines
    assert line["outcome"] == "ambiguous"
    assert line["doi"] is None
    assert {c["doi"] for c in line["candidates"]} >= {"10.99999/twin.3", "10.99999/twin.4"}
    (line,) = run("match", "--text", "Twin T. Warmth for the lower back. Journal of Pairs. 2018;4:1-9.").lines
    assert (line["outcome"], line["doi"]) == ("match", "10.99999/twin.4")


def test_a_doi_of_another_work_is_no_match(project: Path, run: Run) -> None:
    wrong = "Twin T. Quite another thing about feet and shoes. J Feet. 2001;1:1-2. doi: 10.1002/stem.1845"
    (line,) = run("match", "--text", wrong).lines
    assert line["outcome"] == "no-match"
    assert line["doi"] is None
    assert line["reason"]


@pytest.mark.parametrize("text", [PETTINE_TEXT, KROCK_TEXT])
def test_an_outage_is_unknown_and_never_no_match(
    text: str, standin: Standin, project: Path, run: Run
) -> None:
    standin.serve("/crossref", status=500, headers={"Retry-After": "0"})
    (line,) = run("match", "--text", text).lines
    assert (line["outcome"], line["doi"]) == ("unknown", None)
    assert line["reason"]


def test_match_writes_no_file(standin: Standin, project: Path, run: Run) -> None:
    run("match", "--text", PETTINE_TEXT)
    assert not Path("refs.lock").exists()
    asked = len(standin.log)
    (line,) = run("match", "--offline", "--text", KROCK_TEXT).lines
    assert line["outcome"] == "unknown"
    assert len(standin.log) == asked


def test_a_web_page_is_no_match(standin: Standin, project: Path, run: Run) -> None:
    (line,) = run(
        "match", "--text", "Back Pain. A Site of Health. Available at: https://example.org/back"
    ).lines
    assert line["outcome"] in ("no-match", "unknown")
    assert line["doi"] is None
    assert not standin.asked("/pages")


def test_the_same_line_twice_is_asked_once_and_answered_twice(
    standin: Standin, project: Path, run: Run
) -> None:
    ran = run("match", "-", stdin=f"{KROCK_TEXT}\n{KROCK_TEXT}\n")
    assert [line["outcome"] for line in ran.lines] == ["match", "match"]
    assert len(standin.asked("/crossref")) == 1


# ---------------------------------------------------------------- links


@pytest.fixture
def pages(standin: Standin) -> dict[str, str]:
    standin.page("/pages/fine", "<title>Fine</title><p>Words</p>")
    made = {
        "alive": standin.url + "/pages/fine",
        "moved": standin.page("/pages/old", status=301, headers={"Location": "/pages/fine"}),
        "for now": standin.page("/pages/now", status=302, headers={"Location": "/pages/fine"}),
        "dead": standin.url + "/pages/never/was",
        "gone": standin.page("/pages/gone", "gone", status=410),
        "blocked": standin.page("/pages/wall", "no", status=403),
        "restricted": standin.page("/pages/login", "no", status=401),
        "transient": standin.page("/pages/broken", "no", status=500),
        "rate_limited": standin.page("/pages/busy", "no", status=429, headers={"Retry-After": "0"}),
        "suspect": standin.page("/pages/nothing", ""),
        "circles": standin.page("/pages/loop", status=302, headers={"Location": "/pages/loop"}),
        "invalid": "http://exa mple.org/x",
        "other": "ftp://example.org/file",
    }
    standin.serve("/pages/broken", status=500, headers={"Retry-After": "0"})
    return made


STATES = {
    "alive": "alive", "moved": "moved", "for now": "alive", "dead": "dead", "gone": "dead", "blocked": "blocked",
    "restricted": "restricted", "transient": "transient", "rate_limited": "rate_limited", "suspect": "suspect",
    "invalid": "invalid", "other": "skipped", "circles": "dead",
}  # fmt: skip


def test_links_in_each_state(pages: dict[str, str], standin: Standin, project: Path, run: Run) -> None:
    ran = run("links", "-", stdin="\n".join(pages.values()) + "\n")
    assert ran.code == 0
    assert [line["url"] for line in ran.lines] == list(pages.values())
    assert {name: line["state"] for name, line in zip(pages, ran.lines, strict=True)} == STATES
    by_name = dict(zip(pages, ran.lines, strict=True))
    fine = pages["alive"]
    assert by_name["moved"]["final_url"] == fine
    assert by_name["moved"]["suggestion"] == fine
    assert by_name["moved"]["hops"][0] == {"url": pages["moved"], "status": 301}
    assert by_name["for now"]["suggestion"] is None
    assert by_name["dead"]["reason"]
    assert by_name["alive"]["hops"] == [] or by_name["alive"]["hops"][-1]["status"] == 200
    for line in ran.lines:
        assert set(line) == {"url", "state", "reason", "final_url", "hops", "attempts", "suggestion"}
        assert isinstance(line["attempts"], int)


def test_identifiers_are_judged_by_their_registry(standin: Standin, project: Path, run: Run) -> None:
    urls = [
        "https://doi.org/10.1002/stem.1845",
        "https://doi.org/10.1002/nobody.knows",
        "http://dx.doi.org/10.1089/SCD.2014.0203",
    ]
    standin.registries.handles["10.5281/zenodo.1"] = "https://example.org/data"
    urls.append("https://doi.org/10.5281/zenodo.1")
    ran = run("links", "-", stdin="\n".join(urls))
    assert [line["state"] for line in ran.lines] == ["alive", "dead", "alive", "alive"]
    assert not [request for request in standin.log if request.path.startswith("/doi/10.")]
    standin.serve("/crossref", status=503, headers={"Retry-After": "0"})
    standin.serve("/doi", status=503, headers={"Retry-After": "0"})
    (line,) = run("links", "--text", "https://doi.org/10.1002/another.one").lines
    assert line["state"] == "transient"


def test_a_slow_page_is_skipped_when_the_time_is_up(standin: Standin, project: Path, run: Run) -> None:
    slow = standin.page("/pages/slow", "<p>Words</p>")
    standin.serve("/pages/slow", delay=4.0)
    ran = run("links", "-", "--budget", "0.6", stdin=slow)
    assert [line["state"] for line in ran.lines] == ["skipped"]
    assert ran.lines[0]["reason"]


def test_a_page_that_is_gone_at_first_and_there_at_second_is_alive(
    standin: Standin, project: Path, run: Run
) -> None:
    url = standin.page("/pages/flaky", "<p>Words</p>")
    standin.serve("/pages/flaky", status=404, times=1)
    (line,) = run("links", "--text", url).lines
    assert line["state"] == "alive"


def test_a_page_that_is_gone_once_and_then_silent_is_not_dead(
    standin: Standin, project: Path, run: Run
) -> None:
    url = standin.page("/pages/shaky", "<p>Words</p>")
    standin.serve("/pages/shaky", reset=True)
    standin.serve("/pages/shaky", status=404, times=1)
    (line,) = run("links", "--text", url).lines
    assert line["state"] not in ("dead", "alive")


def test_links_of_a_page_and_of_a_bibliography(standin: Standin, project: Path, run: Run) -> None:
    url = standin.page("/pages/there", "<p>Words</p>")
    Path("page.md").write_text(f"See [this]({url}) page and <{url}?x=1>.\n")
    assert [line["url"] for line in run("links", "page.md").lines] == [url, f"{url}?x=1"]
    Path("refs.bib").write_text(f"@online{{a, title = {{A}}, url = {{{url}}}}}\n")
    assert [line["url"] for line in run("links", "refs.bib").lines] == [url]
    Path("list.txt").write_text(f"{url}\n\n{url}?x=1\n{url}\n")
    assert [line["url"] for line in run("links", "list.txt").lines] == [url, f"{url}?x=1", url]


def test_private_addresses_are_not_asked_unless_allowed(
    standin: Standin, project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVIDENCE_ALLOW_PRIVATE")
    (line,) = run("links", "--text", standin.url + "/pages/ok").lines
    assert line["state"] == "skipped"
    assert "private" in line["reason"]
    assert not standin.asked("/pages")


def test_no_password_of_an_address_is_shown_or_sent(standin: Standin, project: Path, run: Run) -> None:
    url = (standin.url + "/pages/ok").replace("://", "://user:secret@")
    (line,) = run("links", "--text", url).lines
    assert line["url"] == url  # inputs as given
    assert "secret" not in str({name: value for name, value in line.items() if name != "url"})
    assert all("authorization" not in request.headers for request in standin.log)
