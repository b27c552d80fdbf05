"""Answers of the services, as files under tests/payloads: what was asked, and what came back.

Made by hand in the shapes that the providers document, about real works where it matters; each says so
in its first key. `lines` are a text or XML, `body` is JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAYLOADS = Path(__file__).parent / "payloads"


@dataclass(frozen=True)
class Exchange:
    """One answer; `request` is the quoted path that is asked for, without the base of the service."""

    service: str
    request: str
    status: int
    kind: str
    body: bytes

    @property
    def value(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def read(name: str) -> Exchange:
    """Read an answer by its name: `datacite/preprint`."""
    told = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    text = "\n".join(told["lines"]) if "lines" in told else json.dumps(told["body"])
    return Exchange(name.split("/")[0], told["request"], told["status"], told["type"], text.encode())
