"""Links end to end: in check, update, fix and `links`, with what stands in the lock and what was asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.test_update import days_later
from tests.standin import Standin


def online(url: str, key: str = "backs", accessed: str = "2013-05-02") -> str:
    return f"@online{{{key},\n  title = {{About backs and necks}},\n  url = {{{url}}},\n  urldate = {{{accessed}}},\n}}\n"


def captures(url: str, stamp: str) -> list[list[str]]:
    return [["timestamp", "original", "statuscode"], [stamp, url, "200"]]


def test_a_dead_link_and_its_copy(standin: Standin, project: Path, check: Run, run: Run) -> None:
    url = standin.url + "/pages/gone"
    standin.serve("/archive/cdx", body=captures(url, "20130430010203"))
    Path("refs.bib").write_text(online(url))
    ran = check("refs.bib")
    (finding,) = ran.named("dead-link")
    copy = f"https://web.archive.org/web/20130430010203/{url}"
    assert ran.code == 1
    assert copy in finding["fix"]["title"]
    assert finding["fix"]["applicability"] == "unsafe"
    assert standin.asked("/archive")[0].params["closest"].startswith("20130502")
    assert run("fix", "refs.bib").code == 1
    assert url in Path("refs.bib").read_text()
    standin.page(f"/web/20130430010203/{url}")
    run("fix", "refs.bib", "--unsafe")
    assert f"url = {{{copy}}}" in Path("refs.bib").read_text()
    asked = len(standin.log)
    Path("refs.bib").write_text(online(url))
    assert check("refs.bib", "--frozen").named("dead-link")[0]["fix"]["title"] == finding["fix"]["title"]
    assert len(standin.log) == asked


def test_an_archive_that_fails_is_no_finding(standin: Standin, project: Path, check: Run) -> None:
    standin.serve("/archive", status=429)
    Path("refs.bib").write_text(online(standin.url + "/pages/gone"))
    ran = check("refs.bib")
    assert {f["name"] for f in ran.json["findings"] if f["code"].startswith("LNK")} == {"dead-link"}
    assert ran.json["complete"]


def test_a_server_that_fails_for_days_is_suspect_and_not_before(
    standin: Standin, project: Path, check: Run, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = standin.page("/pages/down", "no", status=503)
    standin.serve("/pages/down", status=503, headers={"Retry-After": "0"})
    Path("refs.bib").write_text(online(url))
    assert not check("refs.bib").named("suspect-link")
    for days in (2, 4):
        days_later(monkeypatch, days)
        assert run("update").code in (0, 1)
    assert Path("refs.lock").read_text().count("status = 503") == 3
    ran = check("refs.bib", "--frozen")
    assert "each time since 2026-11-22" in ran.named("suspect-link")[0]["message"]
    assert not ran.named("dead-link")


def test_check_adds_no_look_to_one_that_is_there(
    standin: Standin, project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("refs.bib").write_text(online(standin.url + "/pages/gone"))
    check("refs.bib")
    before, asked = Path("refs.lock").read_text(), len(standin.asked("/pages"))
    days_later(monkeypatch, 5)
    check("refs.bib")
    assert Path("refs.lock").read_text() == before
    assert len(standin.asked("/pages")) == asked


def test_links_of_identifiers_stand_in_the_report_and_no_publisher_is_asked(
    standin: Standin, project: Path, check: Run
) -> None:
    standin.registries.handles["10.5281/zenodo.1"] = "https://example.org/data"
    Path("page.md").write_text(
        "Backs [1], [2], [3].\n\n## References\n\n"
        "1. A data set. https://doi.org/10.5281/zenodo.1\n"
        f"2. Somebody. A paper. {standin.url}/doi/full/10.5281/zenodo.1\n"
        "3. Nobody. Another paper. https://doi.org/10.5281/zenodo.2\n"
    )
    states = {
        link["url"]: (link["state"], link["reason"])
        for link in check("page.md", "--select", "LNK").json["links"]
    }
    assert [state for state, _ in states.values()] == ["alive", "alive", "dead"]
    assert all(reason.startswith("registry_verified") for _, reason in list(states.values())[:2])
    assert not [
        request for request in standin.log if "full" in request.path or request.path.startswith("/doi/10.")
    ]


def test_a_registry_that_is_down_says_nothing(standin: Standin, project: Path, run: Run) -> None:
    standin.serve("/doi", status=500)
    (line,) = run("links", "--text", "https://doi.org/10.5281/zenodo.1").lines
    assert line["state"] == "transient"


def test_the_source_of_a_fact_is_a_cited_link(standin: Standin, project: Path, check: Run) -> None:
    url = standin.url + "/pages/gone"
    Path("page.md").write_text("Twelve of 24 patients were followed.\n")
    Path("facts.toml").write_text(
        f'schema = 1\npage = "page.md"\n\n[study.news]\nsource = "{url}"\ntier = "news"\n\n[[fact]]\nstudy = "news"\n'
        "id = \"n\"\nkind = \"participants\"\nvalue = 24\non_page = '''24 patients'''\n"
    )
    ran = check("page.md")
    (finding,) = ran.named("dead-link")
    assert (finding["path"], finding["line"]) == ("facts.toml", 5)
    assert [(link["path"], link["state"]) for link in ran.json["links"]] == [("facts.toml", "dead")]


def test_links_of_menus_and_forms_are_never_looked_at(standin: Standin, project: Path, check: Run) -> None:
    Path("evidence.toml").write_text('links = "all"\n')
    gone = standin.url + "/pages/gone"
    Path("page.html").write_text(
        f"<html><body><nav><a href='{gone}1'>x</a></nav><header><a href='{gone}2'>x</a></header>"
        f"<form><a href='{gone}3'>x</a></form><footer><a href='{gone}4'>x</a></footer>"
        f"<p>See <a href='{gone}5'>this study</a>.</p></body></html>"
    )
    assert [link["url"] for link in check("page.html").json["links"]] == [f"{gone}5"]


def test_only_cited_links_by_default(standin: Standin, project: Path, check: Run) -> None:
    gone = standin.url + "/pages/gone"
    Path("page.md").write_text(
        f"See [this]({gone}1) [1].\n\n## References\n\n1. About backs. A site. {gone}2\n"
    )
    assert [link["url"] for link in check("page.md").json["links"]] == [f"{gone}2"]


def test_one_look_for_one_page_cited_in_several_places(standin: Standin, project: Path, run: Run) -> None:
    url = standin.page("/pages/long", "<title>Long</title><h2 id=a>A</h2><p>Words about backs</p>")
    lines = run("links", "-", stdin="\n".join([url, f"{url}#a", f"{url}#b", url])).lines
    assert [line["state"] for line in lines] == ["alive", "alive", "suspect", "alive"]
    assert len(standin.asked("/pages")) == 1


def test_a_lost_link_is_looked_for_in_what_is_known(standin: Standin, project: Path, check: Run) -> None:
    from tests.commands.made import PETTINE_TEXT

    bare = PETTINE_TEXT.partition(" doi:")[0].partition(" https://doi")[0]
    Path("page.md").write_text(f"Discs [1].\n\n## References\n\n1. {bare} Available at:\n")
    (finding,) = check("page.md").named("missing-link")
    assert "https://doi.org/10.1002/stem.1845" in finding["fix"]["title"]


def test_a_file_of_addresses_with_odd_lines(project: Path, run: Run) -> None:
    lines = [
        "https://x y/",
        "mailto:a@example.org",
        "ftp://example.org/x",
        "http://127.0.0.1:99999/",
        "Available at:",
    ]
    Path("urls.txt").write_text("\n".join(lines))
    told = run("links", "urls.txt").lines
    assert [line["url"] for line in told] == lines
    assert [line["state"] for line in told] == ["invalid", "skipped", "skipped", "invalid", "invalid"]
    assert json.dumps(told).count("http") == 2
