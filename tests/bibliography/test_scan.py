"""The span scanner: what it finds, what it survives, and that time is linear."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.bibliography.scan import Block, scan
from tests.measuring import assert_linear

WHOLE = """% a file as people have it
@string{jsc = "Stem " # {Cells}}
@preamble{ "\\newcommand{\\x}{y}" # "z" }
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Backs\\;0\\;;
}
@Article{first,
  author = "Smith, {\\"A}nna",
  TITLE  = {One {Two {three {four {five}}}}},
  journal = jsc # { and more},
  year=2010
}
Write to someone@article.example {or} else.
@book(second, title={A, "b"}, year = {1999},)
"""


def blocks(text: str) -> list[Block]:
    return list(scan(text))


def values(text: str, block: Block) -> dict[str, str]:
    return {field.name: text[slice(*field.content)] for field in block.fields}


def test_every_block_and_field_stands_where_it_is_said() -> None:
    found = blocks(WHOLE)
    assert [(b.form, b.key) for b in found] == [
        ("string", ""),
        ("preamble", ""),
        ("comment", ""),
        ("entry", "first"),
        ("entry", "second"),
    ]
    first, second = found[3:]
    assert values(WHOLE, first) == {
        "author": 'Smith, {\\"A}nna',
        "TITLE": "One {Two {three {four {five}}}}",
        "journal": "jsc # { and more}",
        "year": "2010",
    }
    assert WHOLE[first.start : first.end].startswith("@Article{first,")
    assert WHOLE[first.start : first.end].endswith("year=2010\n}")
    assert WHOLE[first.key_start : first.key_end] == "first"
    assert values(WHOLE, second) == {"title": 'A, "b"', "year": "1999"}
    assert not any(block.faults for block in found)


def test_a_join_keeps_its_terms() -> None:
    block = blocks(WHOLE)[3]
    terms = block.fields[2].terms
    assert [(t.form, WHOLE[t.start : t.end]) for t in terms] == [("bare", "jsc"), ("brace", " and more")]


GOOD = "@book{before, title = {B}}\n\n"
AFTER = "\n\n@book{after, title = {A}, year = 2001}\n"


@pytest.mark.parametrize(
    ("broken", "key", "fields", "kind"),
    [
        ("@article{x,\n title = {T,\n year = 2010\n}", "x", {"title": "T", "year": "2010"}, "broken-entry"),
        ("@article{x,\n title = {T},\n year = 2010\n", "x", {"title": "T", "year": "2010"}, "broken-entry"),
        ("@article{x,\n title = {T}},\n year = 2010\n}", "x", {"title": "T", "year": "2010"}, "broken-entry"),
        (
            "@article{x,\n title = {T},\n year = {2010}}\n}",
            "x",
            {"title": "T", "year": "2010"},
            "broken-entry",
        ),
        (
            '@article{x,\n title = "T,\n year = "2010",\n}',
            "x",
            {"title": "T", "year": "2010"},
            "broken-entry",
        ),
        ('@article{x,\n title = "T,\n year = 2010,\n}', "x", {"title": "T", "year": "2010"}, "broken-entry"),
        ("@article{x,\n title = {T}\n year = 2010\n}", "x", {"title": "T", "year": "2010"}, "broken-entry"),
        ("@article{x\n title = {T},\n year = 2010\n}", "x", {"title": "T", "year": "2010"}, "broken-entry"),
        ("@article{x,\n title = ,\n year = 2010\n}", "x", {"title": "", "year": "2010"}, "broken-entry"),
        ("@article{x y,\n title = {T}\n}", "x y", {"title": "T"}, "broken-entry"),
        ("@article{,\n title = {T}\n}", "", {"title": "T"}, "empty-key"),
        ("@article{\n title = {T}\n}", "", {"title": "T"}, "empty-key"),
        (
            "@article{x,\n title = {T}, what is this,\n year = 2010}",
            "x",
            {"title": "T", "year": "2010"},
            "broken-entry",
        ),
        ("@article{x,\n title = {T}, year = 2010)", "x", {"title": "T", "year": "2010"}, "broken-entry"),
        ("@article{x,\n title = {T", "x", {"title": "T"}, "broken-entry"),
        ("@article{x", "x", {}, "broken-entry"),
        (
            "@article{x,\n title = {{T},\n year = {2010},\n}",
            "x",
            {"title": "{T}", "year": "2010"},
            "broken-entry",
        ),
    ],
)
def test_a_broken_entry_costs_no_other(broken: str, key: str, fields: dict[str, str], kind: str) -> None:
    text = GOOD + broken + AFTER
    found = [b for b in blocks(text) if b.form == "entry"]
    assert [b.key for b in found] == ["before", key, "after"]
    assert values(text, found[1]) == fields
    assert kind in {fault.kind for fault in found[1].faults}
    assert values(text, found[2]) == {"title": "A", "year": "2001"}
    for fault in found[1].faults:
        assert found[1].start <= fault.start < found[1].end
        assert len(fault.message) > 15


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline_is_a_line_start(newline: str) -> None:
    text = (GOOD + "@article{x,\n title = {T,\n year = 2010\n}" + AFTER).replace("\n", newline)
    assert [b.key for b in blocks(text)] == ["before", "x", "after"]


def test_an_entry_without_its_brace_is_said_to_lack_it() -> None:
    found = blocks("@book{a, title={A}}\n@article smith2010,\n title = {T}\n")
    assert [b.form for b in found] == ["entry", "headless"]
    assert "'{'" in found[1].faults[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Mail me@book.example, or @home{with, x} in prose; see \\cite@key{a, b=c}.",
        "% @article{old, title = {Not any more}}\n%% @book{older, title = {Nor this}}",
        "@comment{\n@article{a, title={A}}\n@book{b, title={B}}\n@misc{c, title={C}}\n}",
        "x" * 300 + " word@x{y, z=1}",
    ],
)
def test_what_only_looks_like_an_entry_is_none(text: str) -> None:
    assert [b.key for b in blocks(text) if b.form == "entry" and b.key not in ("with",)] == []


def test_an_at_sign_within_a_value_is_text() -> None:
    abstract = "as in\n@article{example, title = {inner}}\nwhich a reader may copy"
    text = GOOD + f"@misc{{x, abstract = {{{abstract}}}, year = 2010}}" + AFTER
    found = blocks(text)
    assert [b.key for b in found] == ["before", "x", "after"]
    assert values(text, found[1])["abstract"] == abstract
    assert not found[1].faults


def test_an_unclosed_comment_takes_its_line_only() -> None:
    assert [b.key for b in blocks("@comment{never closed\n@book{a, title={A}}\n")] == ["", "a"]


def test_percent_comments_stand_between_fields() -> None:
    text = "@book{a, % the first\n title = {A}, % second\n % year = 1900,\n year = 2000\n}"
    (block,) = blocks(text)
    assert values(text, block) == {"title": "A", "year": "2000"}
    assert not block.faults


@given(st.text(alphabet='@{}()",=#% \n\r\0\\abook1\ufeff', max_size=200))
def test_nothing_raises_and_blocks_do_not_overlap(text: str) -> None:
    at = 0
    for block in sorted(blocks(text), key=lambda b: b.start):
        assert at <= block.start < block.end <= len(text)
        at = block.end
        inside = block.body
        for field in block.fields:
            assert inside <= field.start <= field.value_start <= field.value_end <= field.end <= block.end
            start, end = field.content
            assert field.value_start <= start <= end <= field.value_end
            inside = field.end


PARTS = [
    "@article{k,\n title = {T {t}},\n year = 2010\n}\n",
    "@string{s = {x}}\n",
    "@comment{c}\n",
    "}",
    "{",
    '"',
    ",",
    "=",
    "\n title = {",
    "@book(",
    "@article{,\n",
    " # ",
    "% c\n",
    "@",
    "text\n",
]


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_shuffled_pieces_never_raise(parts: list[str]) -> None:
    text = "".join(parts)
    for block in scan(text):
        assert 0 <= block.start < block.end <= len(text)


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


SLOW: dict[str, Callable[[int], str]] = {
    "open braces": _repeat("{"),
    "nested value": lambda n: "@a{k, t = " + "{" * (n // 2) + "}" * (n // 2) + "}",
    "unclosed nested": lambda n: "@article{k, t = " + "{" * n,
    "at signs": _repeat("@"),
    "unclosed entries": _repeat("@article{k, t = {x\n"),
    "unclosed entries on a line": _repeat("@a{k,t={"),
    "unclosed quotes": _repeat('@article{k, t = "x\n'),
    "quotes with a brace": lambda n: "@article{k,\n" + 'a="{\n' * (n // 5),
    "deep values in one line": lambda n: "@article{k, x = {" + "a={{{{{x}}}}}," * (n // 14),
    "joins": lambda n: "@a{k, t = " + '"x" # ' * (n // 6) + '"x"}',
    "unclosed comments": _repeat("@comment{ x\n"),
    "spaces": lambda n: "@article{k," + " " * n,
    "blank lines and at": _repeat(" \n@a \n"),
    "junk": lambda n: "@article{k, " + "junk ; " * (n // 7) + "}",
    "commas": lambda n: "@article{k" + "," * n + "}",
    "percent": lambda n: "@article{k, " + "%\n" * (n // 2),
    "headless": _repeat("@article x\n"),
    "stray fields": lambda n: "@article{k, a={x}}" + ",a={x}}" * (n // 7),
    "mid-line": _repeat("x @a{b,"),
    "names": lambda n: "@article{k, " + "a" * n + " = ",
}


@pytest.mark.parametrize("name", SLOW)
def test_time_is_linear(name: str) -> None:
    assert_linear(lambda size: list(scan(SLOW[name](size))), 25_000)
