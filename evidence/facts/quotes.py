"""Find quoted words in a text, however they were typeset; never accept other words silently.

A quote is a W3C TextQuoteSelector: the exact words, with a prefix and suffix to choose among
several places. Offsets are not stored anywhere: they are found again each time, in the text as
it is. `nearest` gives the closest passage for a message when a quote is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from evidence.facts.folding import Folded, fold
from evidence.facts.words import ONES, SCALES, TENS
from evidence.model import Quote, Span

#: The score of a quote whose parts around an ellipsis were all found, in order and near by.
ELLIPSIS_SCORE = 0.95
#: Parts of an ellipsis quote further apart than this, in characters, are not one passage.
_WIDEST_GAP = 2_000
#: A passage less alike than this is no help in a message.
_WORTH_SHOWING = 0.55
_PLACES = 200


def find_quote(
    text: str, quote: str | Quote, *, leave_out: Sequence[Span] = ()
) -> tuple[int, int, float] | None:
    """Return where the words of a quote stand in a text, as (start, end, score), or None.

    `start` and `end` are character offsets into `text`. Typesetting does not matter: quotation
    marks, dashes, spaces and line ends, Unicode forms, case, soft hyphens, citation markers; a
    trailing full stop may be missing. An ellipsis in the quote stands for left-out words: each
    part must be there, in order. The score is 1.0 for the words as quoted and `ELLIPSIS_SCORE`
    for an ellipsis; other words are never accepted. Of several places the one that the prefix and
    suffix fit best is returned, else the first. A quote never begins or ends inside a number.
    `leave_out` are spans of `text` (citation markers) that no quote holds.
    """
    wanted = Quote(quote) if isinstance(quote, str) else quote
    gaps = tuple((span.start, span.end) for span in leave_out)
    for folded, needle in _attempts(text, wanted.exact, gaps):
        places = list(_places(folded.text, needle))
        if places:
            begin = _choose(folded.text, places, len(needle), wanted)
            return *_span(text, folded, begin, begin + len(needle)), 1.0
    return _find_parts(text, fold(text, gaps), wanted.exact)


def _span(text: str, folded: Folded, begin: int, end: int) -> tuple[int, int]:
    """Return where folded characters stand in the text, without the spaces that a dash took in."""
    start, stop = folded.starts[begin], folded.ends[end - 1]
    while text[start].isspace():
        start += 1
    while text[stop - 1].isspace():
        stop -= 1
    return start, stop


def count(text: str, quote: str | Quote, *, leave_out: Sequence[Span] = ()) -> int:
    """Return how many times the words of a quote stand in a text (at most 200 are counted)."""
    exact = quote if isinstance(quote, str) else quote.exact
    gaps = tuple((span.start, span.end) for span in leave_out)
    for folded, needle in _attempts(text, exact, gaps):
        if found := sum(1 for _ in _places(folded.text, needle)):
            return found
    return 1 if _find_parts(text, fold(text, gaps), exact) else 0


def _attempts(text: str, exact: str, gaps: tuple[tuple[int, int], ...]) -> Iterator[tuple[Folded, str]]:
    """Yield each reading of text and quote that counts as the same words, plainest first."""
    page = fold(text, gaps)
    needle = fold(exact).text
    plain = fold(_plain(exact)).text
    forms = dict.fromkeys([needle, plain, needle.strip(" .,;:'"), plain.strip(" .,;:'")])
    forms = {form: None for form in forms if any(map(str.isalnum, form))}
    for form in forms:
        yield page, form
    if gaps:
        for form in forms:
            yield fold(text), form
    if "\n" in text:
        for form in forms:
            yield fold(text, gaps, rejoin=True), form


def _plain(exact: str) -> str:
    """Undo what quoting adds: character references, and a first letter changed in brackets."""
    if "&" in exact:
        from html import unescape

        exact = unescape(exact)
    return re.sub(r"\[(\w)\](?=\w)", r"\1", exact)


def _places(text: str, needle: str) -> Iterator[int]:
    begin = text.find(needle)
    for _ in range(_PLACES):
        if begin < 0:
            return
        if not _cuts_number(text, begin, begin + len(needle)):
            yield begin
        begin = text.find(needle, begin + 1)


@cache
def _numerals() -> frozenset[str]:
    return frozenset((*ONES, *TENS, *SCALES))


def _cuts_number(text: str, begin: int, end: int) -> bool:
    """Return whether a place cuts a number: "24" in "124", "five" in "twenty-five", "2" in "2.5"."""
    before = text[max(0, begin - 20) : begin]
    after = text[end : end + 20]
    if text[begin].isdigit() and re.search(r"(?:\d|\d[.,])$", before):
        return True
    if re.match(r"\d(?!\d)", text[begin:end]) and re.search(r"(?:^|\D)\d/$", before):  # 2 1/2
        return True
    if text[end - 1].isdigit() and re.match(r"\d|[.,]\d", after):
        return True
    piece = re.match(r"[^\W\d_]+", text[begin : begin + 20])
    if piece and (word := re.search(r"[^\W\d_]+-?$", before)):
        whole = word.group() + piece.group()
        numeral = {word.group().rstrip("-"), piece.group(), whole} & _numerals()
        if numeral and (not word.group().endswith("-") or word.group()[:-1] in TENS):
            return True
    tail = re.search(r"[^\W\d_]+$", text[max(0, end - 20) : end])
    rest = re.match(r"-?[^\W\d_]+", after)
    if not tail or not rest:
        return False
    if rest.group().startswith("-"):
        return tail.group() in TENS and rest.group()[1:] in ONES
    return bool({tail.group(), tail.group() + rest.group()} & _numerals())


def _choose(text: str, places: Sequence[int], length: int, wanted: Quote) -> int:
    """Return the place whose surroundings are most like the prefix and the suffix."""
    if len(places) == 1 or not (wanted.prefix or wanted.suffix):
        return places[0]
    prefix, suffix = fold(wanted.prefix).text, fold(wanted.suffix).text

    def likeness(begin: int) -> int:
        before = text[max(0, begin - len(prefix) - 2) : begin].rstrip(" -")
        after = text[begin + length : begin + length + len(suffix) + 2].lstrip(" -")
        return _shared(before[::-1], prefix.rstrip(" -")[::-1]) + _shared(after, suffix.lstrip(" -"))

    return max(places, key=lambda begin: (likeness(begin), -begin))


def _shared(left: str, right: str) -> int:
    """Return how many first characters two texts share."""
    size = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        size += 1
    return size


def _find_parts(text: str, page: Folded, exact: str) -> tuple[int, int, float] | None:
    """Find the parts of an ellipsis quote in order; the tightest passage wins."""
    needle = fold(exact).text
    parts = [part.strip(" ,;:'-") for part in re.split(r"[\[(]?\.(?: ?\.){2,8}[\])]?", needle)]
    parts = [part for part in parts if any(map(str.isalnum, part))]
    if len(parts) < 2 and not (parts and parts[0] != needle):
        return None
    best: tuple[int, int] | None = None
    for begin in _places(page.text, parts[0]):
        end = _follow(page.text, begin + len(parts[0]), parts[1:])
        if end is not None and (best is None or end - begin < best[1] - best[0]):
            best = begin, end
    if best is None:
        return None
    score = 1.0 if len(parts) == 1 else ELLIPSIS_SCORE
    return *_span(text, page, *best), score


def _follow(text: str, at: int, parts: Sequence[str]) -> int | None:
    for part in parts:
        furthest = at + _WIDEST_GAP + len(part)
        begin = text.find(part, at, furthest)
        while begin >= 0 and _cuts_number(text, begin, begin + len(part)):
            begin = text.find(part, begin + 1, furthest)
        if begin < 0:
            return None
        at = begin + len(part)
    return at


def nearest(
    text: str, quote: str | Quote, *, leave_out: Sequence[Span] = ()
) -> tuple[int, int, float] | None:
    """Return the passage most like a quote that is not there, as (start, end, likeness), or None.

    For messages only. Likeness is rapidfuzz's partial ratio over 100, of the folded texts. Looks
    closely only where words of the quote gather, so that long pages stay cheap.
    """
    from rapidfuzz import fuzz

    exact = quote if isinstance(quote, str) else quote.exact
    page = fold(text, tuple((span.start, span.end) for span in leave_out))
    needle = fold(exact).text[:2_000]
    if not needle or not page.text:
        return None
    best: tuple[float, int, int] = (0.0, 0, 0)
    for begin, end in _crowded(page.text, needle):
        found = fuzz.partial_ratio_alignment(needle, page.text[begin:end])
        if found is not None and found.score > best[0]:
            best = (found.score, begin + found.dest_start, begin + found.dest_end)
    score, begin, end = best
    if score / 100 < _WORTH_SHOWING or end <= begin:
        return None
    begin, end = _whole_words(page.text, begin, end)
    return page.starts[begin], page.ends[end - 1], score / 100


def _crowded(text: str, needle: str) -> list[tuple[int, int]]:
    """Return the three windows of a text that share most words with the quote."""
    width = max(4 * len(needle), 400)
    words = set(re.findall(r"\w{2,}", needle))
    windows = [(begin, min(begin + width, len(text))) for begin in range(0, len(text), width // 2)]
    ranked = sorted(windows, key=lambda at: -len(words & set(re.findall(r"\w{2,}", text[at[0] : at[1]]))))
    return ranked[:3]


def _whole_words(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin > 0 and text[begin - 1].isalnum() and text[begin].isalnum():
        begin -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while begin < end - 1 and text[begin] == " ":
        begin += 1
    while end > begin + 1 and text[end - 1] == " ":
        end -= 1
    return begin, end
