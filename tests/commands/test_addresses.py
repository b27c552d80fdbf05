"""`check URL`: a page behind an address is read like a file, guarded like a link, and never written."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK_TEXT, PETTINE, PETTINE_TEXT
from tests.standin import Standin

HTML = (
    "<html><head><meta charset='utf-8'><title>Bäcks</title></head><body><p>Cells [1], more [2] and [3].</p>"
    f"<h2>References</h2><ol><li>{PETTINE_TEXT}</li><li>{KROCK_TEXT}</li></ol></body></html>"
)
MARKDOWN = f"Cells [1].\n\n## References\n\n1. {PETTINE_TEXT}\n"


def test_a_page_is_read_and_nothing_is_written(standin: Standin, project: Path, check: Run) -> None:
    url = standin.page("/pages/article", HTML)
    ran = check(url)
    assert ran.code == 1
    assert [(f["path"], f["key"]) for f in ran.named("dangling-marker")] == [(url, "3")]
    assert [(r["path"], r["verdict"]) for r in ran.json["references"]] == [(url, "verified")] * 2
    assert [c["path"] for c in ran.json["citations"]] == [url] * 3
    assert os.listdir() == [".git"]


def test_other_commands_leave_it_alone(standin: Standin, project: Path, run: Run) -> None:
    url = standin.page("/pages/article.html", HTML)
    assert run("fix", url, "--unsafe").code == 1
    ran = run("render", url)
    assert ran.code == 1
    assert "never rewritten" in ran.err
    assert run("update", url).code == 2
    assert os.listdir() == [".git"]


def test_its_references_can_be_imported(standin: Standin, project: Path, run: Run, check: Run) -> None:
    url = standin.page("/pages/article", HTML)
    ran = run("import", url)
    assert ran.out.splitlines() == ["pettine2015", "krock2015"]
    assert Path("refs.bib").read_text().count("@article{") == 2
    assert check("refs.bib", "--frozen").code == 0


@pytest.mark.parametrize(
    ("path", "media", "count"),
    [("/pages/a", "text/markdown; charset=utf-8", 1), ("/pages/a.md", "text/plain", 1), ("/pages/a.md?raw=1", "text/plain", 1),
     ("/pages/a.md", "application/octet-stream", 1), ("/pages/a.txt", "text/plain", 1)],
)  # fmt: skip
def test_what_it_is_read_as(
    path: str, media: str, count: int, standin: Standin, project: Path, check: Run
) -> None:
    standin.page(path.partition("?")[0], MARKDOWN, headers={"Content-Type": media})
    ran = check(standin.url + path)
    assert ran.code == 0
    assert len(ran.json["citations"]) == len(ran.json["references"]) == count


def test_a_bibliography_behind_an_address(standin: Standin, project: Path, check: Run) -> None:
    url = standin.page("/pages/refs.bib", PETTINE, headers={"Content-Type": "text/plain"})
    ran = check(url)
    assert [(r["path"], r["key"], r["verdict"]) for r in ran.json["references"]] == [
        (url, "pettine2015", "verified")
    ]
    assert ran.code == 0


def test_redirects_are_followed_and_the_name_is_the_address_given(
    standin: Standin, project: Path, check: Run
) -> None:
    standin.page("/pages/new.md", MARKDOWN, headers={"Content-Type": "text/plain"})
    url = standin.page("/pages/old", status=302, headers={"Location": "/pages/new.md"})
    ran = check(url)
    assert [r["path"] for r in ran.json["references"]] == [url]


@pytest.mark.parametrize("declared", ["text/html; charset=iso-8859-1", "text/html"])
def test_its_encoding(declared: str, standin: Standin, project: Path, check: Run) -> None:
    body = (
        HTML.replace("charset='utf-8'", "charset='iso-8859-1'")
        .replace("Cells", "Rücken: Cells")
        .encode("latin-1")
    )
    url = standin.page("/pages/latin", body, headers={"Content-Type": declared})
    ran = check(url)
    assert (
        ran.json["citations"][0]["column"]
        == HTML.index("[1]") + 1 + len("charset='iso-8859-1'") - len("charset='utf-8'") + 8
    )


@pytest.mark.parametrize("status", [404, 403, 500])
def test_a_page_that_is_not_there_is_2_and_the_rest_is_checked(
    status: int, standin: Standin, project: Path, check: Run
) -> None:
    url = standin.page("/pages/gone", "no", status=status)
    Path("page.md").write_text(MARKDOWN)
    ran = check(url, "page.md")
    assert ran.code == 2
    assert url in ran.err
    assert str(status) in ran.err
    assert [r["path"] for r in ran.json["references"]] == ["page.md"]


@pytest.mark.parametrize("media", ["application/pdf", "image/png", "application/json"])
def test_what_is_no_page_is_2(media: str, standin: Standin, project: Path, check: Run) -> None:
    url = standin.page("/pages/picture", b"\x89PNG", headers={"Content-Type": media})
    ran = check(url)
    assert ran.code == 2
    assert media in ran.err


def test_a_private_address_is_not_asked(
    standin: Standin, project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVIDENCE_ALLOW_PRIVATE")
    ran = check(standin.page("/pages/article", HTML))
    assert ran.code == 2
    assert "private" in ran.err
    assert not standin.log


@pytest.mark.parametrize("mode", ["--offline", "--frozen"])
def test_offline_nothing_is_asked(mode: str, standin: Standin, project: Path, check: Run) -> None:
    ran = check(standin.page("/pages/article", HTML), mode)
    assert ran.code == 2
    assert "offline" in ran.err
    assert not standin.log


@pytest.mark.parametrize(
    "address", ["ftp://example.org/page.md", "file:///etc/passwd", "http://", "https://exa mple.org/"]
)
def test_what_is_no_address_of_the_web_is_2(address: str, project: Path, check: Run) -> None:
    ran = check(address)
    assert ran.code == 2
    assert "not an address" in ran.err


def test_a_page_over_the_limit_is_read_as_far_as_it_goes_and_says_so(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("evidence.toml").write_text("[limits]\npage = 3000\n")
    url = standin.page(
        "/pages/long.md",
        MARKDOWN + "Wörds, and more of them.\n" * 1000,
        headers={"Content-Type": "text/plain"},
    )
    ran = check(url)
    assert ran.code == 1
    assert len(ran.named("not-fully-read")) >= 1
    assert len(ran.json["citations"]) == 1


def test_a_slow_page_ends_with_the_budget(standin: Standin, project: Path, check: Run) -> None:
    url = standin.page("/pages/slow", HTML)
    standin.serve("/pages/slow", drip=0.05)
    start = time.monotonic()
    ran = check(url, "--budget", "1")
    assert time.monotonic() - start < 4
    assert ran.code == 2


def test_no_password_is_shown(standin: Standin, project: Path, check: Run) -> None:
    url = standin.page("/pages/article", HTML)
    ran = check(url.replace("://", "://me:secret@"))
    assert "secret" not in ran.out + ran.err
    assert ran.json["references"][0]["path"] == url


def test_bibliographies_here_are_not_those_of_a_page_elsewhere(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(PETTINE)
    url = standin.page(
        "/pages/a.md",
        f"---\nbibliography: refs.bib\n---\n\n{MARKDOWN}",
        headers={"Content-Type": "text/plain"},
    )
    ran = check(url)
    assert [r["path"] for r in ran.json["references"]] == [url]
    ran = check(url, "refs.bib")
    assert [(r["path"], len(r["appears"])) for r in ran.json["references"]] == [("refs.bib", 1)]
