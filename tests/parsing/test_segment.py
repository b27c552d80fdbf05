"""Pasted lists into references."""

from __future__ import annotations

from evidence.parsing import segment

ONE = "Deyo RA, Weinstein JN. Low back pain. N Engl J Med. 2001;344(5):363-70."
TWO = "Brown AB, Green C. The knee. 3rd ed. Edinburgh: Churchill Livingstone; 2012."
WEB = "What a Sore Knee Tells You. WebMD. Available at:"
THREE = (
    "Cells for worn discs: a trial.\n\nBrown AB, Green C.\n\nSpine J. 2015 Jan;33(1):146-56. doi: 10.1000/x1."
)
THREE_MORE = "Do cells help?\n\nGreen C.\n\nSpine J. 2016;34(2):1-6.\u00a0Review."


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in segment(text)]


def test_numbered_lists() -> None:
    for form in ("{}. ", "[{}] ", "({}) ", "  {}) "):
        lines = [form.format(n) + item for n, item in enumerate((ONE, TWO, WEB), 1)]
        assert pieces("References\n\n" + "\n".join(lines)) == [line.strip() for line in lines]


def test_numbered_items_that_go_on_over_lines() -> None:
    text = "1. Deyo RA, Weinstein JN. Low back\n   pain. N Engl J Med. 2001;344(5):363-70.\n2. " + TWO
    assert len(pieces(text)) == 2


def test_bullets_blank_lines_and_plain_lines() -> None:
    assert pieces(f"• {ONE}\n• {TWO}") == [f"• {ONE}", f"• {TWO}"]
    assert pieces(f"{ONE}\n\n{TWO}\n\n\n{WEB}\n") == [ONE, TWO, WEB]
    assert pieces(f"{ONE}\n{TWO}\r\n{ONE}") == [ONE, TWO, ONE]


def test_hanging_indents() -> None:
    text = (
        "Deyo RA, Weinstein JN. Low back\n    pain. N Engl J Med. "
        "2001;344(5):363-70.\nBrown AB. The knee.\n    Edinburgh: Stone; 2012."
    )
    assert len(pieces(text)) == 2


def test_lines_that_were_broken_anywhere() -> None:
    text = (
        "Deyo RA, Weinstein JN. Low back pain. N Engl J\nMed. 2001;344(5):363-70.\nBrown "
        "AB, Green C. Cells for worn\ndiscs. Spine J. 2015;33:1-9."
    )
    assert pieces(text) == [
        "Deyo RA, Weinstein JN. Low back pain. N Engl J\nMed. 2001;344(5):363-70.",
        "Brown AB, Green C. Cells for worn\ndiscs. Spine J. 2015;33:1-9.",
    ]


def test_the_three_lines_of_pubmed() -> None:
    assert pieces(f"{THREE}\n\n{THREE_MORE}") == [THREE, THREE_MORE]
    tight = [block.replace("\n\n", "\n") for block in (THREE, THREE_MORE)]
    assert pieces("\n".join(tight)) == tight
    assert pieces("\n\n".join(tight)) == tight


def test_a_numbered_list_and_a_block_behind_it() -> None:
    text = f"Further reading:\n\n  1. {WEB}\n  2. {WEB}\n\n{THREE}\n\n{THREE_MORE}\n"
    assert pieces(text) == [f"1. {WEB}", f"2. {WEB}", THREE, THREE_MORE]


def test_nothing_but_headings_is_left_out() -> None:
    assert pieces("Bibliography\n\nSomething that is hard to read\n") == ["Something that is hard to read"]
    assert pieces("") == []
    assert pieces("\n \n") == []
