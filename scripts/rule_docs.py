"""Write docs/reference/rules/ from the table of rules; `--check` fails where a page is stale."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from evidence.rules import FAMILIES, table

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "rules"
HEADINGS = ("## What it does", "## Why it matters", "## Example", "## How to fix")


def pages() -> dict[str, str]:
    """Return file name → text of the index and of each rule's page."""
    made = {}
    index = [
        "# Rules",
        "",
        "Made from the code by `scripts/rule_docs.py`. `evidence explain NAME` shows a page in the terminal.",
        "",
    ]
    for family, about in FAMILIES.items():
        rules = [rule for rule in table() if rule.code.startswith(family)]
        index += [f"## {family}: {about}", "", "| code | name | severity | asks | |", "|---|---|---|---|---|"]
        for rule in rules:
            text = inspect.cleandoc(rule.check.__doc__ or "")
            missing = [heading for heading in HEADINGS if f"\n{heading}\n" not in text]
            if missing:
                sys.exit(f"{rule.code} {rule.name}: the docstring of its check lacks {', '.join(missing)}")
            needs = ", ".join(sorted(rule.needs)) or "nobody"
            first, _, rest = text.partition("\n")
            index.append(
                f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.severity} | {needs} | {first} |"
            )
            made[f"{rule.name}.md"] = (
                f"# {rule.name} ({rule.code})\n\n"
                f"*{rule.severity}, {rule.status}, asks {needs}*\n\n{first}\n\n{rest.strip()}\n"
            )
        index.append("")
    made["index.md"] = "\n".join(index).rstrip() + "\n"
    return made


def main() -> None:
    made = pages()
    present = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    if "--check" in sys.argv:
        stale = sorted(name for name in {*made, *present} if made.get(name) != present.get(name))
        if stale:
            sys.exit(f"stale: {', '.join(stale)}; run `python scripts/rule_docs.py`")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in set(present) - set(made):
        (FOLDER / name).unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in {FOLDER}")


if __name__ == "__main__":
    main()
