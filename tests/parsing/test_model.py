"""The model: its weights are there, it needs time in proportion to the words, and lists are cut by it."""

from __future__ import annotations

import gc

import pytest

import evidence
from evidence.parsing import boundaries, features, parse, segment
from evidence.parsing.model import WEIGHTS, labels_of, tagger
from evidence.parsing.words import words_of

STRINGS = (
    "Deyo RA, Weinstein JN. Low back pain. N Engl J Med. 2001 Feb 1;344(5):363-70.",
    "Brown, A. B., & Green, C. (2012). Cells for worn discs. Spine Journal, 33(1), 146–156.",
    "Brown, Anna B., and Carl Green. The knee. 3rd ed. Edinburgh: Churchill Livingstone, 2012.",
    "J. Smith and K. Jones, “Walking robots,” IEEE Trans. Robot., vol. 12, no. 3, pp. 1–9, Mar. 2010.",
    "World Health Organization. Sore knees [Internet]. Geneva: World Health Organization; 2023.",
)


def test_the_taggers_outlive_a_collection_of_garbage() -> None:
    for name in (WEIGHTS, boundaries.WEIGHTS):
        assert tagger(name) is tagger(name)
    gc.collect()
    assert parse(STRINGS[0]).work.title == "Low back pain"


def test_every_label_is_read() -> None:
    labels = {label for text in STRINGS for label in labels_of(text, words_of(text))}
    assert labels <= set(tagger(WEIGHTS).labels())
    assert {"author", "title", "journal", "date", "volume", "issue", "pages", "publisher", "place"} <= labels


@pytest.mark.parametrize(
    "unit", ["Smith JA, ", "a ", "(((", "1;2(3):4-5. ", "é", "\u0301", "[1] ", '"', "A.B.C."]
)
def test_features_are_made_in_proportion_to_words(unit: str) -> None:
    counts = []
    for times in (100, 200, 400):
        text = unit * times
        words = words_of(text)
        counts.append((len(words), sum(len(f) for f in features.features_of(text, words))))
    for words_n, features_n in counts:
        assert words_n <= 400 * len(unit)
        assert features_n <= 40 * max(1, words_n)
    assert counts[2][0] <= 4 * counts[0][0] + 4


@pytest.mark.parametrize("between", ["\n", " ", " \n"])
def test_a_list_without_marks(between: str) -> None:
    text = between.join(STRINGS)
    assert [text[s.start : s.end] for s in segment(text)] == list(STRINGS)


def test_numbers_in_one_paragraph() -> None:
    for form in ("[{}] ", "({}) ", "{}. "):
        items = [form.format(n) + text for n, text in enumerate(STRINGS, 1)]
        text = " ".join(items)
        assert [text[s.start : s.end] for s in segment(text)] == items


def test_a_pasted_list_has_spans_in_the_whole_text() -> None:
    text = "References\n\n" + "\n".join(STRINGS)
    references = evidence.parse_list(text)
    assert [text[r.span.start : r.span.end] for r in references] == list(STRINGS)
    first = references[0]
    assert text[first.fields["title"].start : first.fields["title"].end] == first.work.title
    assert len({r.key for r in references}) == len(STRINGS)
    assert evidence.parse_list("") == []
