"""A text as sentences with their words and numbers: what extraction looks at, read once.

Only sentences that hold a number are cut into words; the others cost a search.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evidence.facts.cues import PEOPLE, STOPS, THINGS
from evidence.facts.reading import Number, placed
from evidence.facts.sentences import sentences
from evidence.facts.tokens import DASHES, Tokens, tokens
from evidence.facts.words import FRACTIONS, ONES, SCALES, TENS
from evidence.model import Span

#: Longest sentence, in characters, that is read as one; the longest of 560 abstracts has 694.
_LONGEST = 1_200
#: How many words may stand between a number and the people it counts.
_REACH = 9


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence with its numbers: `words` are its tokens, `at` its offset in the text."""

    index: int
    at: int
    text: str
    tokens: Tokens
    words: Sequence[str]
    mentions: Sequence[Mention]


@dataclass(slots=True, eq=False)
class Mention:
    """A number in its sentence: its phrase is `words[first:last]`.

    `noun` is the word for people that the number counts ("patients") at index `noun_at`, or "".
    """

    number: Number
    first: int
    last: int
    noun: str = ""
    noun_at: int = 0


_WORDS = frozenset({*ONES, *TENS, *SCALES, *FRACTIONS})
_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"[0-9½⅓⅔¼¾]")


def _holds_number(sentence: str) -> bool:
    return bool(_DIGIT.search(sentence)) or not _WORDS.isdisjoint(_WORD.findall(sentence.lower()))


def read(text: str) -> list[Sentence]:
    """Return the sentences of a text that hold a number, in order."""
    found = []
    short = _short_for_people(text)
    people = PEOPLE | short if short else PEOPLE
    pieces = (piece for span in sentences(text) for piece in _pieces(text, span))
    for index, span in enumerate(pieces):
        if _holds_number(text[span.start : span.end]):
            found.append(_sentence(text, index, span, people))
    return found


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut what is too long for a sentence (a table, a list without stops), so that reading stays linear."""
    start = span.start
    while span.end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        end = cut + 1 if cut >= 0 else start + _LONGEST
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


@cache
def _shortened() -> re.Pattern[str]:
    return re.compile(r"\(([A-Z][A-Za-z]{1,7})\)")


def _short_for_people(text: str) -> set[str]:
    """Return the short forms of people that a text explains: "breast cancer survivors (BCS)"."""
    found: set[str] = set()
    for match in _shortened().finditer(text):
        noun = text[max(0, match.start() - 24) : match.start()].rstrip().rpartition(" ")[2].lower()
        short = match[1].lower()
        if noun in PEOPLE and noun[0] in short[-2:]:
            found |= {short, short.removesuffix("s") + "s"}
    return found


def _sentence(text: str, index: int, span: Span, people: Container[str]) -> Sentence:
    piece = text[span.start : span.end]
    pieces = tokens(piece)
    words = pieces.texts[: pieces.count]
    mentions = [Mention(number, first, last) for number, first, last in placed(pieces, piece)]
    for mention in mentions:
        _find_noun(words, mention, people)
    return Sentence(index, span.start, piece, pieces, words, mentions)


def _find_noun(words: Sequence[str], mention: Mention, people: Container[str]) -> None:
    """Find the people that a number counts: "120 (of 130) consecutive adult patients"."""
    if mention.number.unit:
        return
    place, end = mention.last, min(len(words), mention.last + _REACH)
    while place < end:
        word = words[place]
        if word in people:
            mention.noun, mention.noun_at = words[place], place
            end = min(end, place + 8)  # "59 female breast cancer patients"
        if word in STOPS or word in (".", ";", ":", ")", "=", "%") or (word == "," and mention.noun):
            return
        if (word == "," and place == mention.last) or (word == "(" and mention.noun):
            return
        if word == "," and (words[place - 1] in THINGS or word_at(words, place + 1).isdigit()):
            return  # "at 13 sites, 100 patients"
        if word == "(":
            close = next((at for at in range(place, min(len(words), place + 8)) if words[at] == ")"), -1)
            if close < 0:
                return
            place, end = close, min(len(words), end + close - place)
        place += 1


def word_at(words: Sequence[str], place: int) -> str:
    """Return a word, or an empty string beyond either end."""
    return words[place] if 0 <= place < len(words) else ""


def before(sentence: Sentence, place: int, reach: int = 12) -> Sequence[str]:
    """Return the words in front of a place, from the beginning of its clause."""
    words = sentence.words
    start = place
    while start > 0 and place - start < reach and words[start - 1] not in (";", "."):
        start -= 1
    return words[start:place]


def is_dash(word: str) -> bool:
    """Return whether a word is a dash."""
    return word in DASHES
