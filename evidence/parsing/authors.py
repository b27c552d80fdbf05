"""Where a printed list of authors ends: the one part of a reference with a grammar of its own.

Names are recognised by initials (Smith JA; Smith, J. A.; J. A. Smith), which is sure, or by capital
words alone (Abraham, Nicolas; Kenneth Pettine), which needs something else to bear it out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidence.names import is_organisation
from evidence.parsing.draft import TAKEN
from evidence.parsing.tokens import Token, tokens_of


@cache
def _editors() -> re.Pattern[str]:
    return re.compile(
        r"[\s,.(\[]{0,3}(?:(?:eds?|editors?|edited by|hrsg|hg|éds?|dirs?|coords?|comps?|org)\b\.?"
        r"|\(eds?\.?\))[\s,.)\]:]{0,3}",
        re.IGNORECASE,
    )


@cache
def _compact() -> re.Pattern[str]:
    # the date of Vancouver's locator, "2015 Jan;33", tells that initials come last and undotted
    return re.compile(r"(?:19|20)\d\d(?:\s[A-Z][a-z]{2}[^;\x01]{0,12})?;\s?\(?\d")


#: What may stand behind a name: marks, and the words before a group ("Smith JA for the …").
_MARKS = ',;.:(/"\x01'
_BEFORE_GROUP = frozenset({"for", "on"})


@dataclass(slots=True)
class Block:
    """A list of authors: its range, how many, and how sure it is (2 initials, 1 capital words)."""

    start: int
    end: int
    count: int
    strength: int
    editors: bool = False
    after: int = 0  # where what follows begins
    mark: str = ""  # what ended it
    undotted: bool = False  # Vancouver's "Smith JA"
    full: bool = False  # given names in full: "Smith, John", "John Smith"
    inverted: bool = False  # the first name is "Smith, John"


def author_block(text: str, start: int) -> Block | None:
    """Find the list of authors that begins at `start`; None if nothing there looks like one."""
    tokens = tokens_of(text, start)
    block = Block(start, start, 0, 1)
    compact = bool(_compact().search(text, start))
    at = 0
    while at < len(tokens):
        stop, sure = _author(tokens, at, block, compact)
        if stop <= at:
            break
        block.count += 1
        block.strength = max(block.strength, 1 + sure)
        last = tokens[stop - 1]
        block.undotted = block.undotted or (last.kind == "I" and "." not in last.text)
        at, block.end, more = _separator(tokens, stop, last.end)
        if not more and not _next_stopped(tokens, at, last):
            break
        at += not more and tokens[at].text == "."
    if not block.count:
        return _dash_block(text, start)
    return _finish(text, block)


def _next_stopped(tokens: list[Token], at: int, last: Token) -> bool:
    """Whether one more author follows a full stop or nothing: "Lord, C. Young, LJ."; "Liu SM Zhong J"."""
    if last.kind != "I" or at >= len(tokens):
        return False
    at += tokens[at].text == "."
    if _inverted(tokens, at) > at:
        return True
    return "." not in last.text and tokens[at - 1] is last and _initials_last(tokens, at) > at


def _dash_block(text: str, start: int) -> Block | None:
    """Read a dash that stands for the author of the reference before ("———. Title")."""
    found = re.compile(r"(?:-{2,6}|_{2,8})[.,:]?\s").match(text, start)
    if not found:
        return None
    return Block(start, start, 0, 2, after=found.end(), mark=".")


def _separator(tokens: list[Token], at: int, end: int) -> tuple[int, int, bool]:
    """Step over what stands between two authors; False when the list ends here."""
    seen = False
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "etal":
            end = token.end
            while token.text[0] in ".…" and at + 1 < len(tokens) and tokens[at + 1].text in (",", "&", "…"):
                at += 1
            if token.text[0] in ".…" and at + 1 < len(tokens) and tokens[at + 1].kind in ("W", "I", "p"):
                return at + 1, end, True  # APA: "Reinke, C., … Elgin, S. C. R."
            return at + 1, end, False
        if token.kind == "and" or token.text in (",", ";", "/"):
            seen = True
            at += 1
        elif token.kind == "suffix":
            end = token.end
            at += 1
        elif token.text == "." and at + 1 < len(tokens) and tokens[at + 1].text in (",", ";", "&", "and"):
            at += 1  # "Garcia, J.., & Li, X."
        else:
            break
    return at, end, seen


def _author(tokens: list[Token], at: int, block: Block, compact: bool) -> tuple[int, int]:
    """Try every form of a name at one place; return where it ends (or `at`) and whether it is sure."""
    for form in (_inverted, _initials_first, _initials_last):
        stop = form(tokens, at)
        if stop > at:
            return stop, 1
    stopped = _stopped(tokens, at, compact or block.undotted)
    joined = at > 0 and tokens[at - 1].kind == "and"
    weak = _inverted_full(tokens, at) if not block.count else at
    if weak > at:
        block.inverted = True
    if weak <= at and not (stopped > at and (compact or block.undotted)):
        weak = _full(tokens, at)
    if weak <= at and block.inverted and (joined or block.full):
        weak = _inverted_full(tokens, at)
    if joined and weak <= at and block.strength == 2 and _single(tokens, at):
        return at + 1, 0
    if weak > at and (block.strength == 1 or joined or block.full or _has_initial(tokens, at, weak)):
        block.full = True
        return weak, int(_has_initial(tokens, at, weak))
    return (stopped, 1) if stopped > at else (at, 0)


def _single(tokens: list[Token], at: int) -> bool:
    """Tell whether a person with one name stands here: "M. Abdullah and Khairurrijal"."""
    ends = at + 1 < len(tokens) and tokens[at + 1].text in ",.:("
    return ends and tokens[at].kind == "W" and len(tokens[at].text) > 3


def _stopped(tokens: list[Token], at: int, compact: bool) -> int:
    """Step over "Smith J." where one initial with its full stop ends the list."""
    stop = _family(tokens, at, 3)
    if stop == at or stop >= len(tokens) or tokens[stop].kind != "I":
        return at
    end = _run(tokens, stop, 3)
    if not tokens[end - 1].text.endswith("."):
        return at
    if end < len(tokens) and tokens[end].kind in ("W", "I"):
        return end if compact or tokens[end].text[:1].isupper() else at
    return end if end >= len(tokens) or tokens[end].kind in ("x", "year") else at


def _has_initial(tokens: list[Token], start: int, end: int) -> bool:
    return any(t.kind == "I" for t in tokens[start:end])


def _run(tokens: list[Token], at: int, most: int) -> int:
    """Step over initials; behind dotted ones an undotted capital begins a title ("Green C. A look")."""
    start = at
    while at < len(tokens) and tokens[at].kind == "I" and at - start < most:
        dropped = at > start and "." in tokens[at - 1].text and "." not in tokens[at].text
        if dropped and not (at + 1 < len(tokens) and tokens[at + 1].text in (",", "&", "and")):
            break
        at += 1
    return at


def _family(tokens: list[Token], at: int, most: int = 3) -> int:
    """Step over a family name: particles and up to `most` capital words."""
    start = at
    while at < len(tokens) and tokens[at].kind == "p" and at - start < 4:
        at += 1
    words = 0
    while at < len(tokens) and words < most:
        token = tokens[at]
        if token.kind == "W" or (
            token.kind == "I" and words == 0 and len(token.text) > 1 and "." not in token.text
        ):
            words += 1
            at += 1
        elif (token.kind == "p" and words and at + 1 < len(tokens) and tokens[at + 1].kind == "W") or (
            token.text == "." and words and tokens[at - 1].text in ("St", "Ste")
        ):
            at += 1
        else:
            break
    return at if words else start


def _ends(tokens: list[Token], at: int) -> bool:
    """Whether a name can end before this token."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    return (
        token.kind in ("and", "etal", "suffix", "year") or token.text in _BEFORE_GROUP or token.text in _MARKS
    )


def _initials_last(tokens: list[Token], at: int) -> int:
    """Step over "Smith JA", "van der Berg AB", "Smith J. A."."""
    stop = _family(tokens, at, 4)
    if stop == at:
        return at
    end = _run(tokens, stop, 3)
    # LEE J: capitals that were taken for a family name; KA LI is read by initials_first
    if end == stop:
        return at
    while end < len(tokens) and tokens[end].kind == "suffix":
        end += 1
    if _ends(tokens, end):
        return end
    # no separator at all: "Liu SM Zhong J Zhao XJ"
    bare = all("." not in t.text for t in tokens[stop : end + 2])
    ahead = end + 2 <= len(tokens) and tokens[end].kind == "W" and tokens[end + 1].kind == "I"
    return end if bare and ahead and (end + 2 == len(tokens) or tokens[end + 2].kind != "x") else at


def _inverted(tokens: list[Token], at: int) -> int:
    """Step over "Smith, J. A.", "García Lopez, J.", "Smith, JA"."""
    stop = _family(tokens, at, 4)
    if stop == at or stop >= len(tokens) or tokens[stop].text != ",":
        return at
    end = stop + 1
    if end < len(tokens) and tokens[end].kind == "suffix":
        end += 2 if end + 1 < len(tokens) and tokens[end + 1].text == "," else 0
    first = end
    end = _run(tokens, first, 4)
    if end == first:
        return at
    if "." not in tokens[end - 1].text and end < len(tokens) and tokens[end].kind in ("W", "p"):
        return at  # "Smith, JA Brown": the next author's initials come first
    while end < len(tokens) and tokens[end].kind == "p" and end - first < 6:
        end += 1
    if (
        not _ends(tokens, end)
        and stop - at > 1
        and tokens[at].kind == "W"
        and _initials_first(tokens, first) > first
    ):
        return at  # "François Moreau, M. Bourreau": given names first, in full and as initials
    dotted = "." in tokens[end - 1].text
    return end if _ends(tokens, end) or dotted else at


def _initials_first(tokens: list[Token], at: int) -> int:
    """Step over "J. A. Smith", "JA Smith", "J.-P. van der Berg", "J. Robert Smith"."""
    end = at
    while end < len(tokens) and tokens[end].kind == "I" and end - at < 4:
        end += 1
    if end == at:
        return at
    stop = _family(tokens, end, 3)
    if stop == end:
        return at
    while stop < len(tokens) and tokens[stop].kind == "suffix":
        stop += 1
    if not _ends(tokens, stop):
        return at
    if "." not in tokens[at].text and len(tokens[at].text) > 3:
        return at  # "NASA Report."
    if sum(len(t.text) > 1 and "." not in t.text for t in tokens[at:end]) > 1:
        return at  # "THE CARE OF THE LAUNDRY"
    return stop


def _inverted_full(tokens: list[Token], at: int) -> int:
    """Step over "Abraham, Nicolas", "Adams, Nicholson B."."""
    stop = _family(tokens, at, 2)
    if stop == at or stop + 1 >= len(tokens) or tokens[stop].text != ",":
        return at
    end = stop + 1
    if tokens[end].kind not in ("W", "I"):
        return at
    words = 0
    while end < len(tokens) and tokens[end].kind in ("W", "I") and words < 3:
        words += 1
        end += 1
    while end < len(tokens) and tokens[end].kind == "p":
        end += 1
    for cut in range(stop + 2, end):  # "Parsons, Deborah L. Title": the initial's full stop ends the name
        dotted = tokens[cut].kind == "I" and "." in tokens[cut].text
        if dotted and (cut + 1 == end or tokens[cut + 1].kind == "W"):
            return cut + 1
    return end if _ends(tokens, end) else at


def _full(tokens: list[Token], at: int) -> int:
    """Step over "Kenneth A. Pettine", "Matthew van Berg"."""
    if at >= len(tokens) or tokens[at].kind != "W":
        return at
    end = at + 1
    words = 1
    while end < len(tokens) and words < 5:
        token = tokens[end]
        if token.kind in ("W", "I"):
            words += 1
        elif token.kind != "p":
            break
        end += 1
    if words < 2 or tokens[end - 1].kind != "W" or (end < len(tokens) and tokens[end].text == ":"):
        return at
    return end if _ends(tokens, end) else at


def _finish(text: str, block: Block) -> Block | None:
    """Look at what follows the list: a group, a mark of editors, the full stop."""
    end = block.end
    group = re.compile(
        r"[\s,;:(.]{1,3}(?:for|on behalf of|and)?\s?(?:the\s)?([A-Z][^.:\x01\"]{5,90})[.:)]"
    ).match(text, end)
    if block.strength == 2 and group and is_organisation(group.group(1)) and _is_group(group):
        end = group.end(1)
    editors = _editors().match(text, end)
    if editors and any(c.isalpha() for c in editors.group()):
        block.editors = True
        block.end = end
        block.after = editors.end()
        block.mark = "."
        return block
    after = end
    marks = ""
    while after < len(text) and text[after] in " ,.;:":
        marks += text[after]
        after += 1
    block.end, block.after = end, after
    if text[end - 1] == "." and not marks.strip():
        marks = "."
    following = text[after : after + 1]
    block.mark = next((m for m in ".:;," if m in marks), "")
    if following in (TAKEN, "(", '"', "") or re.compile(r"(?:1[5-9]|20)\d\d").match(text, after):
        block.mark = (TAKEN if following.isdigit() else following) or "."
    if not block.mark:
        return None
    return block


def _is_group(group: re.Match[str]) -> bool:
    """Whether a group behind the list is introduced as one ("; XYZ Study Group", "for the …")."""
    lead = group.group()[: group.start(1) - group.start()]
    if "." in lead or ":" in lead:
        return False
    return ";" in lead or "for" in lead or "behalf" in lead or "and" in lead or "(" in lead
