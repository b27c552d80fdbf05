"""Characters around an identifier: trailing punctuation, brackets, what cannot be seen."""

from __future__ import annotations

#: Longest DOI that is read; Crossref's limit for a DOI is 2,048 characters.
LONGEST = 2_048
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))

_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_OPENING = frozenset(_CLOSING.values())
_TRAILING = ".,;:!?'\"*_`´’‘”“…·|\\-–—=&"


def trim(text: str) -> int:
    """Return the length of `text` without trailing punctuation and unbalanced brackets."""
    counts = {c: text.count(c) for c in "()[]{}<>"}
    end = len(text)
    while end:
        last = text[end - 1]
        if (last in _CLOSING and counts[last] > counts[_CLOSING[last]]) or last in _OPENING:
            counts[last] -= 1
        elif last not in _TRAILING and not last.isspace() and ord(last) not in INVISIBLE:
            break
        end -= 1
    return end


def balanced(text: str) -> int:
    """Return where the first closing bracket stands that nothing before it opens, else the length."""
    depth = {"(": 0, "[": 0, "{": 0, "<": 0}
    for at, character in enumerate(text):
        if character in depth:
            depth[character] += 1
        elif character in _CLOSING:
            opening = _CLOSING[character]
            if not depth[opening]:
                return at
            depth[opening] -= 1
    return len(text)
