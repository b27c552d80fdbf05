"""Pasted lists in the layouts that people paste, each reference with its exact span."""

from __future__ import annotations

import textwrap

import pytest

from evidence.parsing import segment
from evidence.parsing.runs import longest_run, marks_within

LIST = (
    "Adler PQ, Birch R. Grip strength after a fall. Hand J. 2011;14(2):101-9.",
    "Cole ST, Dunn U. The wrist and its small bones in people who row over long distances. 2nd ed. "
    "Leeds: Harbour Press; 2009. 310 p.",
    "World Health Organization. Sore hands [Internet]. Geneva: WHO; 2018 [cited 2020 Feb 2]. Available "
    "from: https://www.who.int/sore-hands",
    "Ellis V, Frost W, Gray XY, et al. Whether splints worn at night help potters: a controlled trial. "
    "Clay Med. 2016;7(11):2210-8. doi: 10.1000/S0000-1111(16)22-X.",
    "Mayo Clinic. Wrist pain: symptoms and causes. https://www.mayoclinic.org/wrist-pain. Accessed May 3, 2021.",
)


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in segment(text)]


def folded(form: str, indent: str = "", width: int = 80) -> list[str]:
    lines = [form.format(n) + item for n, item in enumerate(LIST, 1)]
    return [textwrap.fill(line, width, subsequent_indent=indent) for line in lines]


@pytest.mark.parametrize("form", ["{}. ", "[{}] ", "({}) ", "{}) ", "{}\t", "{} ", "• ", "- ", "* "])
@pytest.mark.parametrize("indent", ["", "   "])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_marked_items_wrapped_at_eighty_columns(form: str, indent: str, between: str) -> None:
    items = folded(form, indent)
    assert pieces(between.join(items)) == items


@pytest.mark.parametrize("indent", ["\t", "    "])
def test_hanging_indents(indent: str) -> None:
    items = folded("", indent, 70)
    assert pieces("\n".join(items)) == items


def test_first_lines_that_are_indented() -> None:
    items = folded("", "", 70)
    assert pieces("\n".join("    " + item for item in items)) == items


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_wrapped_items_without_marks(between: str) -> None:
    items = folded("")
    assert pieces(between.join(items)) == items


@pytest.mark.parametrize("form", ["{}. ", "[{}] ", "({}) ", "{}) "])
@pytest.mark.parametrize("lead", ["", "References: "])
def test_numbers_in_one_paragraph(form: str, lead: str) -> None:
    items = [form.format(n) + item for n, item in enumerate(LIST, 1)]
    assert pieces(lead + " ".join(items)) == items
    broken = textwrap.fill(lead + " ".join(items), 80, break_on_hyphens=False)
    assert [" ".join(piece.split()) for piece in pieces(broken)] == items


def test_references_behind_one_another() -> None:
    assert pieces(" ".join(LIST)) == list(LIST)
    bare = [item.rstrip(".") for item in LIST]
    assert pieces("; ".join(bare)) == bare


def test_editions_and_volumes_do_not_count_a_list() -> None:
    items = [
        "1. Hall A. Thumbs. 2. Aufl. Bonn: Elbe; 2001.",
        "2. Innes B. Palms. 3. ed. York: Ouse; 2003.",
        "3. King C. Nails, vol. 4. York: Ouse; 2004.",
        "4. Lamb D. Skin. Hand J. 2005;2(1):1-3.",
    ]
    assert pieces(" ".join(items)) == items
    assert pieces("\n".join(items)) == items


def test_an_address_on_its_own_line_belongs_to_what_is_before() -> None:
    item = "Innes B. The palm. Hand J. 2012 Jun 9; 24(3): 180. doi:\n10.1000/xyz.12 Retrieved from\nhttps://example.org/12"
    assert pieces(f"{item}\n{LIST[0]}") == [item, LIST[0]]


def test_page_numbers_are_left_out() -> None:
    assert pieces(f"1. {LIST[0]}\n\n35\n\n2. {LIST[1]}") == [f"1. {LIST[0]}", f"2. {LIST[1]}"]


def test_a_run_is_the_best_chain_of_numbers() -> None:
    text = "1. Aaa bbb ccc ddd eee. 2. Aufl. fff ggg hhh iii. 2. Jjj kkk lll mmm nnn. 3. Ooo ppp qqq"
    run = longest_run(marks_within(text, 0, len(text)))
    assert [text[m.at : m.at + 6] for m in run] == ["1. Aaa", "2. Jjj", "3. Ooo"]
    assert longest_run([]) == []
    assert longest_run(marks_within("7. Alone", 0, 8)) == []


def test_work_grows_with_the_text_and_nothing_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    from evidence.parsing import cuts, judging

    judged: list[int] = []
    judge = judging.judge

    def counting(text: str) -> float:
        judged.append(len(text))
        return judge(text)

    monkeypatch.setattr(cuts, "judge", counting)
    counts = []
    for times in (2, 8):
        judged.clear()
        segment(" ".join(LIST * times))
        counts.append(sum(judged))
    assert counts[1] <= 6 * counts[0] + 1_000
    for odd in ("1. " * 3_000, "(" * 5_000, "\n1.\n" * 500, ";" * 2_000, "[1]", "\x00\n\t1 A"):
        for span in segment(odd):
            assert 0 <= span.start <= span.end <= len(odd)
