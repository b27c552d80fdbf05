"""evidence: makes the citations of a page true and keeps them true.

    import evidence

    report = evidence.check(["page.md"])
    document = evidence.read("page.html")
    reference = evidence.parse("Pettine KA, Murphy MB. … Stem Cells. 2015;33(1):146-56.")
    match = evidence.match("Pettine KA, Murphy MB. …")
    lines = evidence.render(works, style="pubmed", to="text")

The door is lazy: a name is imported when it is first used, so that `import evidence` costs
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.asking import match, resolve
    from evidence.checking import check
    from evidence.door import parse, parse_list, read, read_text
    from evidence.errors import EvidenceError
    from evidence.model import Answer, Document, Finding, Match, Record, Reference, Settings, Verdict, Work
    from evidence.rendering import render
    from evidence.report.result import Report

#: Public name → the module that holds it.
_ROOMS = {
    "check": "evidence.checking",
    "match": "evidence.asking",
    "resolve": "evidence.asking",
    "parse": "evidence.door",
    "parse_list": "evidence.door",
    "read": "evidence.door",
    "read_text": "evidence.door",
    "render": "evidence.rendering",
    "EvidenceError": "evidence.errors",
    "Report": "evidence.report.result",
    "Answer": "evidence.model",
    "Document": "evidence.model",
    "Finding": "evidence.model",
    "Match": "evidence.model",
    "Record": "evidence.model",
    "Reference": "evidence.model",
    "Settings": "evidence.model",
    "Verdict": "evidence.model",
    "Work": "evidence.model",
}

__all__ = [
    "Answer",
    "Document",
    "EvidenceError",
    "Finding",
    "Match",
    "Record",
    "Reference",
    "Report",
    "Settings",
    "Verdict",
    "Work",
    "check",
    "match",
    "parse",
    "parse_list",
    "read",
    "read_text",
    "render",
    "resolve",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("evidence-bib")
    if name not in _ROOMS:
        raise AttributeError(f"module 'evidence' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_ROOMS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
