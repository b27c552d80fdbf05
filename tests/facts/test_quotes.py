"""Anchoring: quoted words are found however they were typeset, and never anywhere else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence.facts import find_quote
from evidence.facts.quotes import ELLIPSIS_SCORE, count, nearest
from evidence.model import Quote, Span
from tests.measuring import assert_linear

TEXT = (
    "Forty adults — all of them office workers — took part in Oslo. “It helped,” said one. The\n"
    "follow-up lasted twenty-four months [3]; 12 of the walkers’ diaries were lost. In the café, 2.5 km "
    "away,\n124 others waited for 1,124 days. Walkers improved. Others improved "
    "too, by 10⁶ steps and 2½ hours."
)


def cut(text: str, quote: str | Quote) -> str | None:
    found = find_quote(text, quote)
    return text[found[0] : found[1]] if found else None


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Forty adults", "Forty adults"),
        ("forty ADULTS", "Forty adults"),
        (
            "Forty adults - all of them office workers - took part",
            "Forty adults — all of them office workers — took part",
        ),
        ("adults—all of them", "adults — all of them"),
        ("adults -- all", "adults — all"),
        ('"It helped," said one.', "“It helped,” said one."),
        ("‘It helped,’ said one", "“It helped,” said one"),
        ("The follow-up lasted", "The\nfollow-up lasted"),
        ("follow‑up  lasted\u00a0twenty-four", "follow-up lasted twenty-four"),
        ("follow\u00ad-up", "follow-up"),
        ("months; 12 of", "months [3]; 12 of"),
        ("months [3]; 12 of", "months [3]; 12 of"),
        ("the walkers' diaries", "the walkers’ diaries"),
        ("cafe\u0301, 2.5 km", "café, 2.5 km"),
        ("2·5 km away", "2.5 km away"),
        ("12 of the walkers’ diaries were lost.", "12 of the walkers’ diaries were lost."),
        ("Walkers improved", "Walkers improved"),
        ("[I]n the café", "In the café"),
        ("10^6 steps", "10⁶ steps"),
        ("2 1/2 hours", "2½ hours"),
        ("said one", "said one"),
        ("said one,", "said one"),
        ("&ldquo;It helped,&rdquo;", "“It helped,”"),
        ("**Forty** adults", "Forty adults"),
    ],
)
def test_typesetting_does_not_matter(quote: str, words: str) -> None:
    found = find_quote(TEXT, quote)
    assert found is not None
    assert TEXT[found[0] : found[1]] in (words, words + ".")
    assert found[2] == 1.0


@pytest.mark.parametrize(
    "quote",
    [
        "",
        " ",
        "...",
        "“”",
        "Fourty adults",
        "Forty nine adults",
        "24 others",
        "4 others",
        "124 days",
        "5 km away",
        "four months",
        "for 1",
        "for 1,1",
        "Forty adults took part",
        "106 steps",
        "Walkers improved too",
        "by 21/2 hours",
        "2 hours",
    ],
)
def test_other_words_and_cut_numbers_are_not_found(quote: str) -> None:
    assert find_quote(TEXT, quote) is None
    assert count(TEXT, quote) == 0


def test_the_spaces_around_a_dash_are_no_part_of_a_quote() -> None:
    assert cut("both ER+ and ER- tumours", "ER+ and ER-") == "ER+ and ER-"
    assert cut("it fell to -1.4 there", "-1.4 there") == "-1.4 there"


def test_an_ellipsis_stands_for_words_left_out() -> None:
    for dots in ("…", "...", " [...] ", "[…]", "(...)", ". . ."):
        found = find_quote(TEXT, f"Forty adults{dots}took part in Oslo")
        assert found is not None
        assert TEXT[found[0] : found[1]].endswith("took part in Oslo")
        assert found[2] == ELLIPSIS_SCORE
    assert find_quote(TEXT, "took part … Forty adults") is None
    assert find_quote(TEXT, "Forty adults … took parts") is None
    assert cut(TEXT, "… Forty adults …") == "Forty adults"


def test_the_tightest_passage_of_an_ellipsis_is_taken() -> None:
    text = "the group met. Later the group of ten left home."
    assert cut(text, "the group … left") == "the group of ten left"


def test_parts_far_apart_are_no_passage() -> None:
    assert find_quote("begin here " + "word " * 1_000 + "end there", "begin here … end there") is None


def test_prefix_and_suffix_choose_among_several_places() -> None:
    text = "First arm: 12 improved. Second arm: 12 improved, said Ann. Third arm: 12 improved."
    assert count(text, "12 improved") == 3
    places = [
        find_quote(text, quote)
        for quote in (
            Quote("12 improved"),
            Quote("12 improved", prefix="Second arm: "),
            Quote("12 improved", suffix=", said"),
            Quote("12 improved", prefix="third arm:"),
            Quote("12 improved", prefix="nowhere at all"),
        )
    ]
    assert [place and place[0] for place in places] == [11, 36, 36, 70, 11]


def test_given_spans_are_left_out() -> None:
    text = "Walking helped (Smith 2019) and cycling did not."
    gap = Span(text.index("("), text.index(")") + 1)
    found = find_quote(text, "Walking helped and cycling did not", leave_out=[gap])
    assert found == (0, len(text) - 1, 1.0)
    assert find_quote(text, "Walking helped (Smith 2019) and", leave_out=[gap]) is not None
    assert find_quote(text, "Walking helped and cycling") is None


@pytest.mark.parametrize(
    "marked",
    [
        "helped [1] a lot",
        "helped[1,2] a lot",
        "helped [1–3] a lot",
        "helped.[^1] a lot",
        "helped [@smith2019, p. 3] a lot",
        "helped¹ a lot",
        "helped¹,² a lot",
    ],
)
def test_markers_need_no_spans(marked: str) -> None:
    assert (
        find_quote(f"Walking {marked}.", marked[:6] + ("." if "." in marked[:7] else "") + " a lot")
        is not None
    )


def test_a_hyphen_at_a_line_end_may_be_dropped() -> None:
    text = "The treat-\nment was a follow-\nup visit."
    assert cut(text, "The treatment was") == "The treat-\nment was"
    assert cut(text, "a follow-up visit") == "a follow-\nup visit"


def test_the_nearest_passage_is_shown_and_never_found() -> None:
    quote = "Sixty adults took part in Bergen"
    assert find_quote(TEXT, quote) is None
    found = nearest("Much else. " * 500 + "Forty adults took part in Bergen. " + "Much else. " * 500, quote)
    assert found is not None
    assert 0.8 < found[2] < 1
    text = "Much else. " * 500 + "Forty adults took part in Bergen. "
    start, end, _ = nearest(text, quote) or (0, 0, 0.0)
    assert "adults took part in Bergen" in text[start:end]
    assert nearest("完全 different", "Sixty adults took part") is None
    assert nearest("", "x") is None


WORDS = st.lists(
    st.text(alphabet="abcdefghiklmnoprstuvwäéøß", min_size=1, max_size=9)
    | st.sampled_from(["24", "1,234", "it's", "follow-up", "“so”"]),
    min_size=8,
    max_size=40,
)
RESET: list[dict[str, str]] = [
    {"'": "’", "“": '"', "”": '"'},
    {"-": "‑", " ": "\u00a0"},
    {" ": "  "},
    {" ": "\n"},
    {"-": "–", "'": "`"},
    {"i": "i\u00ad"},
    {"é": "e\u0301"},
    {"a": "\u200ba"},
]


@given(WORDS, st.data())
def test_a_quote_cut_from_a_text_and_set_anew_is_found_where_it_was(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 4))
    last = data.draw(st.integers(first + 4, len(words)))
    quote = " ".join(words[first:last])
    text = " ".join(words)
    assume(count(text, quote) == 1)
    start = len(" ".join(words[:first])) + (1 if first else 0)
    for table in data.draw(st.lists(st.sampled_from(RESET), max_size=3)):
        quote = "".join(table.get(char, char) for char in quote)
    found = find_quote(text, quote)
    assert found is not None
    assert found[2] == 1.0
    assert text[found[0] : found[1]].strip("“”\"'") == text[
        start : start + len(" ".join(words[first:last]))
    ].strip("“”\"'")


@given(WORDS, st.data())
def test_the_text_may_be_set_anew_as_well(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 4))
    quote = " ".join(words[first : first + 4])
    assume(count(" ".join(words), quote) == 1)
    table = data.draw(st.sampled_from(RESET))
    text = "".join(table.get(char, char) for char in " ".join(words))
    found = find_quote(text, quote)
    assert found is not None
    again = find_quote(text[found[0] : found[1]], quote)
    assert again is not None
    assert again[:2] == (0, found[1] - found[0])


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_texts_can_be_searched(text: str, quote: str) -> None:
    found = find_quote(text, quote)
    assert found is None or 0 <= found[0] < found[1] <= len(text)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_number_is_never_found_in_another(one: int, other: int) -> None:
    assume(one != other)
    assert find_quote(f"there were {one} people", f"{other} people") is None
    assert find_quote(f"there were {one} people", f"there were {other}") is None


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "\u200b ",
        "- ",
        ".",
        "[",
        "[1,",
        "a\u0301",
        "e\u0301\u0301",
        "24 ",
        "(²",
        "'",
        "x-\n",
        "five ",
        "a. . ",
        "*",
    ],
)
def test_searching_is_linear(piece: str) -> None:
    def action(size: int) -> None:
        text = piece * (size // len(piece))
        find_quote(text, f"five {piece * 5} six … seven")
        find_quote("a short text", text + "q")
        nearest(text, "five hundred people " * 5)

    assert_linear(action, 25_000)
