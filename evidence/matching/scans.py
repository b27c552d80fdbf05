"""Whether two titles differ only by what scanning does: letters misread, blanks lost, put in or read as letters."""

from __future__ import annotations

from evidence.matching.wording import changes, is_confusable, words

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
    several = len(stretches) > 1
    for ours, theirs in stretches:
        size = len("".join(theirs))
        most = max(1, size // (4 if several else 5))
        if size < (2 if several else 5) or misreadings(" ".join(ours), " ".join(theirs)) > most:
            return False
        if len(ours) == len(theirs) and any(is_confusable(a, b) for a, b in zip(ours, theirs, strict=True)):
            return False
    return True


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
