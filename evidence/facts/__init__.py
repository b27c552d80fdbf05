"""Study facts: records of what a page says a study found, and the words they rest on.

`find_quote` looks for quoted words in a text; `extract` proposes the facts that a text states;
`records` reads facts.toml; `numbers` reads quantities; `arithmetic` and `drift` compare facts with
one another and with their words.
"""

from __future__ import annotations

from evidence.facts.anchoring import locate
from evidence.facts.extraction import Proposal, extract
from evidence.facts.quotes import find_quote

__all__ = ["Proposal", "extract", "find_quote", "locate"]
