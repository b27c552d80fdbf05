"""What a rule's page says, in parts: reports repeat some of them."""

from __future__ import annotations

import inspect
import re

from evidence.model import Rule


def page(rule: Rule) -> str:
    """Return the page of a rule: the docstring of its check."""
    return inspect.cleandoc(rule.check.__doc__ or "")


def sections(text: str) -> dict[str, str]:
    """Return the sections of a page by their headings, what stands before the first under ""."""
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    return {"": parts[0].strip(), **{parts[n].strip(): parts[n + 1].strip() for n in range(1, len(parts), 2)}}


def advice(rule: Rule) -> list[str]:
    """Return what a rule says, why it matters and how to fix it, a line each."""
    parts = sections(page(rule))
    wanted = ("", "Why it matters", "How to fix")
    return [" ".join(parts[name].split()) for name in wanted if parts.get(name)]
