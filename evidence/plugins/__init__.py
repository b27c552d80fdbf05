"""Where other programs meet `evidence`: pytest, Sphinx, MkDocs, and assistants that write citations.

Each plug-in is one module, is loaded by its host only, and calls the same functions as the command.
"""

from __future__ import annotations

from typing import Any

#: Ways to check that write nothing, and what `evidence.check` calls them.
MODES: dict[str, dict[str, Any]] = {
    "frozen": {"frozen": True},
    "offline": {"offline": True},
    "read-only": {"read_only": True},
}
