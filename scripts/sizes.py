"""List files over 400 lines and functions over 60 lines: signs that a room is missing.

`--check` fails for one that is not listed below with its reason.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = 400
FUNCTION_LINES = 60

#: What may be longer, and why.
EXCEPTIONS = {
    "evidence/model.py": "all data types in one place: a list, not a flow",
    "evidence/rules/metadata.py": "half of it is the documentation pages of its rules",
    "evidence/rules/references.py": "half of it is the documentation pages of its rules",
    "evidence/rules/facts.py": "half of it is the documentation pages of its rules",
}


def oversized() -> list[str]:
    """Return what is longer than wished, one line each."""
    found = []
    for path in sorted((ROOT / "evidence").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > FILE_LINES and name not in EXCEPTIONS:
            found.append(f"{name}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                if length > FUNCTION_LINES and f"{name}:{node.name}" not in EXCEPTIONS:
                    found.append(f"{name}:{node.lineno} {node.name}: {length} lines")
    return found


if __name__ == "__main__":
    for line in oversized():
        print(line)
    if "--check" in sys.argv and oversized():
        sys.exit("split these, or give the reason in scripts/sizes.py")
