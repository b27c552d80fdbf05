"""Study facts: records of what a page says a study found, and the words they rest on.

`find_quote` looks for quoted words in a text; `records` reads facts.toml; `numbers` reads
quantities; `arithmetic` and `drift` compare facts with one another and with their words.
"""

from __future__ import annotations

from evidence.facts.anchoring import locate
from evidence.facts.quotes import find_quote

__all__ = ["find_quote", "locate"]
