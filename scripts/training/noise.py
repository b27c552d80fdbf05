"""What happens to strings on the way: list markers, line breaks, scans, lost accents, all capitals."""

from __future__ import annotations

import random
import unicodedata

from training.gold import Labelled

_MISREAD = {"l": "1", "1": "l", "O": "0", "0": "O", "rn": "m", "e": "c", "i": "í", "S": "5", "5": "S", "h": "b", "u": "v", "fi": "ﬁ"}  # fmt: skip


def disturb(rng: random.Random, one: Labelled) -> Labelled:
    """Return a string with the noise of its day; most strings have none."""
    if rng.random() < 0.28:
        one = numbered(rng, one)
    pick = rng.random()
    if pick < 0.05:
        one = without_accents(one)
    elif pick < 0.13:
        one = broken(rng, one)
    elif pick < 0.2:
        one = scanned(rng, one)
    elif pick < 0.22:
        one = in_one_case(rng, one)
    elif pick < 0.27:
        one = Labelled(
            one.text.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'", 0x2013: "-"}), one.spans
        )
    elif pick < 0.30:
        one = cut(rng, one)
    return one


def numbered(rng: random.Random, one: Labelled) -> Labelled:
    """Put a list marker in front."""
    number = rng.randint(1, 150)
    lead = rng.choice(
        [
            f"{number}. ",
            f"[{number}] ",
            f"{number}. ",
            f"({number}) ",
            f"{number}) ",
            "• ",
            f"[{number}]",
            f"{number} ",
            "- ",
            f"{number}.",
        ]
    )
    spans = (
        (0, len(lead.rstrip()), "number"),
        *((a + len(lead), b + len(lead), label) for a, b, label in one.spans),
    )
    return Labelled(lead + one.text, spans)


def rebuilt(one: Labelled, change: list[str]) -> Labelled:
    """Return a string whose characters have become others (`change[i]` for the i-th), spans moved."""
    at = [0]
    for piece in change:
        at.append(at[-1] + len(piece))
    return Labelled(
        "".join(change), tuple((at[a], at[b], label) for a, b, label in one.spans if at[a] < at[b])
    )


def without_accents(one: Labelled) -> Labelled:
    return rebuilt(one, [unicodedata.normalize("NFKD", c)[:1] or c for c in one.text])


def broken(rng: random.Random, one: Labelled) -> Labelled:
    """Break lines as a pasted column does, now and then inside a word."""
    width = rng.randint(35, 90)
    change = list(one.text)
    column = 0
    for at, letter in enumerate(change):
        column += 1
        if letter == " " and column > width:
            change[at] = rng.choice(["\n", "\n", " \n", "\n    "])
            column = 0
        elif column > width + 4 and letter.isalpha() and change[at - 1].isalpha() and rng.random() < 0.3:
            change[at] = letter + "-\n"
            column = 0
    return rebuilt(one, change)


def scanned(rng: random.Random, one: Labelled) -> Labelled:
    """Misread letters, lose and add white space."""
    change = list(one.text)
    rate = rng.choice([0.005, 0.01, 0.02])
    for at, letter in enumerate(change):
        if rng.random() >= rate:
            continue
        if letter == " ":
            change[at] = "" if rng.random() < 0.6 else "  "
        elif letter in _MISREAD:
            change[at] = _MISREAD[letter]
        elif letter.isalpha():
            change[at] = rng.choice([letter + " ", letter, rng.choice("aeinrtMV"), letter])
    return rebuilt(one, change)


def in_one_case(rng: random.Random, one: Labelled) -> Labelled:
    """All capitals, or all small."""
    upper = rng.random() < 0.7
    return rebuilt(
        one, [c.upper() if upper and len(c.upper()) == 1 else c if upper else c.lower() for c in one.text]
    )


def cut(rng: random.Random, one: Labelled) -> Labelled:
    """Lose a field with its marks."""
    if len(one.spans) < 4:
        return one
    start, end, _ = rng.choice(one.spans[1:])
    following = min((a for a, _, _ in one.spans if a >= end), default=len(one.text))
    change = [("" if start <= i < following else c) for i, c in enumerate(one.text)]
    return rebuilt(one, change)
