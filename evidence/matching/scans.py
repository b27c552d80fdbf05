"""Whether two titles differ only by what scanning does: letters misread, blanks lost, added or misread."""

from __future__ import annotations

import re
from itertools import pairwise

from evidence.matching.wording import changes, entries, is_confusable, letters, words

#: Small words, of which a misread letter rarely makes another one.
_SMALL = """
a|an|the|of|on|in|and|or|for|by|to|at|as|is|its|with|from|not|nor|no|into|onto|over|under|per|via|its|it|be|are
was|than|that|this|how|new|old|non|pre|post|one|two|six|ten|low|high|big|de|del|des|du|la|le|les|el|y|et|en|und
der|die|das|von|zur|zum|mit|bei|im|am|per|con|per|di|da|un|une|uno|ein
"""

#: A capital or a figure within a word in small letters.
_INNER = re.compile(r"[a-zß-ÿ][A-Z]|[a-z]\d[a-z]")
#: Costs of what a scanner does not do, beyond any limit: it neither drops nor invents letters.
_NEVER = 99
#: Longest stretch that is looked at, in characters, with its blanks.
_LONGEST = 120


def is_scan_of(written: str, registered: str) -> bool:
    """Whether a scanner can have made a written title of the registered one.

    A lone word of five letters at least, a fifth of it misread, and not one that means another thing; or
    several stretches, each with a quarter of its letters misread at most. A word in the place of another,
    left out or added is none of this.
    """
    stretches = changes(words(written), words(registered))
    if not stretches or len(stretches) > 40:
        return False
    several = len(stretches) > 1 or _is_marked(written, registered)
    for ours, theirs in stretches:
        size = len("".join(theirs))
        most = max(1, size // (4 if several else 5))
        small = theirs and theirs[0] in entries(_SMALL) and not entries(_SMALL).issuperset(ours)
        if size < (2 if several or small else 5) or misreadings(" ".join(ours), " ".join(theirs)) > most:
            return False
        if len(ours) == len(theirs) and any(is_confusable(a, b) for a, b in zip(ours, theirs, strict=True)):
            return False
    return True


def is_scan_of_name(written: str, registered: str) -> bool:
    """Whether a scanner can have made a family name of another one: one letter in four misread, none lost."""
    ours, theirs = letters(written), letters(registered)
    return len(theirs) > 3 and misreadings(ours, theirs) <= len(theirs) // 4


def begins_with_name(text: str, family: str) -> bool:
    """Whether a text begins with a family name, initials before it and one letter in four misread."""
    from rapidfuzz import fuzz

    name = letters(family)
    start = letters(text[: len(family) + 16])[: len(name) + 6]
    return len(name) > 3 and fuzz.partial_ratio(name, start) >= 74


def _is_marked(written: str, registered: str) -> bool:
    """Whether a title bears the marks of a scan: capitals or figures within words, words glued or split."""
    if _INNER.search(written) and not _INNER.search(registered):
        return True
    ours, theirs = words(written), words(registered)
    return any(
        not held.isdisjoint(a + b for a, b in pairwise(others) if len(a + b) > 4 and a + b not in others)
        for held, others in ((set(ours) - set(theirs), theirs), (set(theirs) - set(ours), ours))
    )


def misreadings(written: str, registered: str) -> int:
    """Return how many letters of a stretch are misread; blanks may come and go, figures are not misread.

    A blank that was read as a letter is one misreading; a letter too many or too few is never one.
    """
    if max(len(written), len(registered)) > _LONGEST:
        return _NEVER
    row = [0]
    for b in registered:
        row.append(row[-1] + (0 if b == " " else _NEVER))
    for a in written:
        above, row = row, [row[0] + (0 if a == " " else _NEVER)]
        for at, b in enumerate(registered):
            row.append(
                min(
                    above[at] + _cost(a, b),
                    above[at + 1] + (0 if a == " " else _NEVER),
                    row[at] + (0 if b == " " else _NEVER),
                )
            )
    return row[-1]


def _cost(a: str, b: str) -> int:
    if a == b:
        return 0
    return _NEVER if (a.isdigit() and b.isdigit()) or a == " " else 1
