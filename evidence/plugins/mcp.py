"""A server of the Model Context Protocol, for assistants that write citations. It reads and never writes.

    python -m evidence.plugins.mcp [--root FOLDER] [--online]

It speaks on standard input and output. Without `--online` it opens no socket: the lock and the cache of
the project answer. Files are read from the root only.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from evidence.model import Kind, Match

INSTRUCTIONS = (
    "Checks citations against what registries have registered. A reference that is not found is not thereby "
    "made up: say what was asked and who answered. `unknown` means that nobody was asked or nobody answered."
)
#: Longest text that is taken, in characters.
LONGEST = 1_000_000


class Tools:
    """What the server offers; each tool returns plain values and raises `EvidenceError` in words."""

    def __init__(self, root: Path, *, online: bool = False) -> None:
        self.root = root
        self.online = online

    def verify_reference(self, text: str) -> dict[str, Any]:
        """Say which registered work a reference string names, and in which fields it differs.

        `outcome` is match, ambiguous, no-match or unknown; `differences` hold both values.
        """
        import evidence

        found = evidence.match(_cut(text), offline=not self.online, root=str(self.root))
        return _as_object(found)

    def find_doi(self, text: str) -> dict[str, Any]:
        """Find the DOI of a reference string; only a confident match has one."""
        found = self.verify_reference(text)
        return {key: found[key] for key in ("outcome", "doi", "confidence", "reason")}

    def verify_document(self, path: str = "", text: str = "", kind: str = "markdown") -> dict[str, Any]:
        """Check a page or a .bib file of the project (`path`), or a text: the report of `evidence check`.

        `kind` of a text is markdown, html, text, latex or bib.
        """
        import evidence
        from evidence import checking, sources

        if path:
            target = sources.confine(self.root / path, self.root)
            return evidence.check([target], offline=not self.online, root=str(self.root)).to_json()
        if kind not in ("markdown", "html", "text", "latex", "bib"):
            raise evidence.EvidenceError(f"kind is markdown, html, text, latex or bib, not {kind!r}")
        mode = "read-only" if self.online else "offline"
        told = checking.settings_for((), {"mode": mode, "root": str(self.root)})
        chosen: Kind = kind  # type: ignore[assignment]
        document = evidence.read_text(_cut(text), kind=chosen, name="<text>")
        return checking.run((), told, given=[document]).report.to_json()

    def explain_finding(self, rule: str) -> str:
        """Return the page of a rule by code or name: what it means, why it matters, how to fix it."""
        from evidence import rules
        from evidence.report.pages import page

        found = rules.find(rule)
        return f"# {found.name} ({found.code}), {found.severity}\n\n{page(found)}\n"


def _cut(text: str) -> str:
    from evidence.errors import UsageError

    if len(text) > LONGEST:
        raise UsageError(f"a text of {len(text):,} characters: {LONGEST:,} are taken at most")
    return text


def _as_object(found: Match) -> dict[str, Any]:
    record = found.record
    return {
        "outcome": found.outcome,
        "doi": record.work.doi if found.outcome == "match" and record else None,
        "confidence": round(found.confidence, 4),
        "title": record.work.title if record else None,
        "year": record.work.year if record else None,
        "container": record.work.container if record else None,
        "retracted": any(n.kind in ("retraction", "withdrawal") for n in record.notices) if record else None,
        "notices": [{"kind": n.kind, "id": n.id, "date": n.date} for n in record.notices] if record else [],
        "differences": [
            {"field": d.field, "written": d.written, "registered": d.registered} for d in found.differences
        ],
        "service": record.service if record else None,
        "since": record.since if record else None,
        "reason": found.reason or None,
    }


def server(root: Path, *, online: bool = False) -> MCPServer:
    """Return the server with its four tools; raises `ImportError` without the extra `mcp`."""
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    from evidence.report.summary import version

    made = MCPServer("evidence", version=version(), instructions=INSTRUCTIONS)
    tools = Tools(root, online=online)
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=online)
    for tool in (tools.verify_reference, tools.find_doi, tools.verify_document, tools.explain_finding):
        made.tool(annotations=hints)(tool)
    return made


def main(words: Sequence[str] | None = None) -> None:
    """Serve on standard input and output until it ends."""
    parser = argparse.ArgumentParser(prog="python -m evidence.plugins.mcp", description=__doc__)
    parser.add_argument("--root", default=".", help="folder of the project (default: here)")
    parser.add_argument("--online", action="store_true", help="ask the registries what lock and cache lack")
    given = parser.parse_args(words)
    try:
        made = server(Path(given.root).resolve(), online=given.online)
    except ImportError:
        parser.exit(2, "evidence: the server needs an extra: pip install 'evidence-bib[mcp]'\n")
    made.run()


if __name__ == "__main__":
    main()
