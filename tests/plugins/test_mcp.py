"""The server for assistants: its tools by themselves, and through the protocol."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidence.errors import EvidenceError
from evidence.plugins.mcp import Tools
from tests.commands.made import PETTINE_TEXT
from tests.standin import Standin


def test_offline_nothing_is_asked_and_unknown_is_said(project: Path, standin: Standin) -> None:
    found = Tools(project).verify_reference(PETTINE_TEXT)
    assert found["outcome"] == "unknown"
    assert found["doi"] is None
    assert found["reason"]
    assert standin.log == []


def test_online_a_reference_is_found_and_differences_are_told(
    project: Path, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in standin.environment().items():
        monkeypatch.setenv(name, value)
    tools = Tools(project, online=True)
    found = tools.find_doi(PETTINE_TEXT)
    assert (found["outcome"], found["doi"]) == ("match", "10.1002/stem.1845")
    wrong = tools.verify_reference(PETTINE_TEXT.replace("2015;33", "2013;33"))
    assert ("year", "2013") in [(d["field"], d["written"]) for d in wrong["differences"]]
    assert not (project / "refs.lock").exists()


def test_documents_are_read_from_the_root_only(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("[1]\n")
    tools = Tools(project)
    report = tools.verify_document("docs/page.md")
    assert [f["name"] for f in report["findings"] if f["severity"] == "error"] == ["missing-link"]
    for path in ("../secret.md", str(tmp_path / "secret.md"), "docs/../../secret.md"):
        with pytest.raises(EvidenceError):
            tools.verify_document(path)
    report = tools.verify_document(text="See [1].\n\n## References\n\n1. A leaflet. Available at:\n")
    assert len(report["references"]) == 1
    with pytest.raises(EvidenceError, match="kind is"):
        tools.verify_document(text="x", kind="pdf")
    with pytest.raises(EvidenceError, match="characters"):
        tools.verify_reference("x" * 1_000_001)


def test_a_finding_is_explained() -> None:
    text = Tools(Path()).explain_finding("retracted")
    assert text.startswith("# retracted (RET001), error")
    assert "How to fix" in text


def test_the_server_offers_four_tools_that_only_read(project: Path) -> None:
    pytest.importorskip("mcp")
    import anyio

    from evidence.plugins.mcp import server

    made = server(project)

    async def ask() -> tuple[list[str], list[bool | None], str]:
        tools = await made.list_tools()
        answer = await made.call_tool("explain_finding", {"rule": "dead-link"})
        return (
            [t.name for t in tools],
            [t.annotations.read_only_hint if t.annotations else None for t in tools],
            repr(answer),
        )

    names, hints, answer = anyio.run(ask)
    assert names == ["verify_reference", "find_doi", "verify_document", "explain_finding"]
    assert hints == [True] * 4
    assert "dead-link (LNK001)" in answer
    assert json.dumps(names)
