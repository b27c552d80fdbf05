"""TeX markup to plain text and back."""

from __future__ import annotations

import codecs
import time

import latexcodec  # noqa: F401  (registers the codec "ulatex")
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.bibliography.tex import ACCENTS, SYMBOLS, decode, escape, plain, raw

HOSTILE = st.text(alphabet="\\{}$%~^-`'\"&amp;#_ \n\tabcÄé\u00a0@,=") | st.text()


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("plain words", "plain words"),
        ("Garc{\\'\\i}a-S\\'anchez", "García-Sánchez"),
        ('{\\"U}ber na\\"\\i ve', "Über naïve"),
        (
            "\\v{S}koda \\c{c}a {\\aa} \\H{o} \\r a \\k{a} {\\o}re \\ss{} \\L\\'od\\'z",
            "Škoda ça å ő å ą øre ß ŁódZ".replace("Z", "ź"),
        ),
        ("The {MRI} of {{\\em Danio}}", "The MRI of Danio"),
        ("\\emph{in vitro} and \\textit{E.~coli}", "in vitro and E. coli"),
        ("pages 3--4---or ``five''", "pages 3–4—or “five”"),
        ("50\\% of \\$5 \\& a\\_b \\#1", "50% of $5 & a_b #1"),
        ("50% raw", "50% raw"),
        ("$\\beta$-cell, H$_2$O and $x^{2}$", "β-cell, H₂O and x²"),
        ("$\\leq$ 3", "≤ 3"),
        ("$5 and $6", "$5 and $6"),
        ("Research &amp; Practice", "Research & Practice"),
        ("see \\url{http://a.example/b_c~d--e}", "see http://a.example/b_c~d--e"),
        ("\\unknown{kept} and \\unheard of", "kept and \\unheard of"),
        ("line\n  wrapped\tvalue", "line wrapped value"),
        ("a\\-b\\,c\\ d\\\\e", "ab c d e"),
        ("\\textbackslash{}input", "\\input"),
        ("\0null", "null"),
        ("trailing \\", "trailing \\"),
        ("", ""),
    ],
)
def test_decode(written: str, seen: str) -> None:
    assert decode(written) == seen


@pytest.mark.parametrize("accent", [a for a in ACCENTS if a not in "bd"])
@pytest.mark.parametrize("letter", "aeoucznsgSCZEA")
def test_accents_agree_with_latexcodec(accent: str, letter: str) -> None:
    written = f"\\{accent}{{{letter}}}" if accent.isalpha() else f"\\{accent}{letter}"
    theirs = codecs.decode(written, "ulatex").strip("{}")  # type: ignore[call-overload]
    if "\\" not in theirs:  # the table lacks some pairs
        assert decode(written) == theirs


def test_symbols_agree_with_latexcodec() -> None:
    told = {
        "noopsort",
        "relax",
        "protect",
        "textnormal",
        "space",
        "par",
        "newline",
        "quad",
        "TeX",
        "LaTeX",
        "BibTeX",
    }
    for word, meaning in SYMBOLS.items():
        theirs = codecs.decode(f"\\{word}", "ulatex").strip()  # type: ignore[call-overload]
        if word not in told and "\\" not in theirs and theirs:
            assert meaning in (theirs, theirs.replace("...", "…")), word


@given(HOSTILE)
def test_decode_undoes_escape(text: str) -> None:
    assert decode(escape(text)) == " ".join(text.replace("\0", "").split())


@given(HOSTILE)
def test_escaped_text_is_balanced_and_on_one_line(text: str) -> None:
    written = escape(text)
    depth = 0
    for character in written:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert len(written.splitlines()) <= 1


@given(HOSTILE)
def test_decode_never_raises(text: str) -> None:
    assert "\n" not in decode(text)
    assert plain(text) is not None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10.1007/978-3\\_9", "10.1007/978-3_9"),
        ("https://a.example/b\\_c\\%20d\\#e\\&f", "https://a.example/b_c%20d#e&f"),
        ("https://a.example/b_c%20d#e&f~g--h", "https://a.example/b_c%20d#e&f~g--h"),
        ("\\url{https://a.example/{\\_}x\\~{}y}", "https://a.example/_x~y"),
        ("{https://a.example}", "https://a.example"),
        (" 10.1/a ", "10.1/a"),
    ],
)
def test_plain_undoes_only_what_tex_needs(written: str, meant: str) -> None:
    assert plain(written) == meant


@given(st.text(alphabet=st.characters(exclude_characters="\\{} \0", exclude_categories=("Z", "C"))))
def test_an_address_stands_as_it_is(url: str) -> None:
    assert plain(raw(url)) == raw(url) == url


@pytest.mark.parametrize("unit", ["\\", "$", "{", "\\'", "\\a{", "$a", "\\url{", "\\c ", "-", "\\textbf{"])
def test_time_is_linear(unit: str) -> None:
    start = time.process_time()
    decode(unit * (100_000 // len(unit)))
    plain(unit * (100_000 // len(unit)))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("10$^6$ cells", "10⁶ cells"),
        ("$10^{-3}$", "10⁻³"),
        ("10\\textsuperscript{6} and CO\\textsubscript{2}", "10⁶ and CO₂"),
        ("Ca$^{2+}$, $^{18}$F", "Ca²⁺, ¹⁸F"),
        ("37$^\\circ$C, 37$^{\\circ}$C", "37°C, 37°C"),
        ("2\\textsuperscript{nd}", "2nd"),
        ("10$^{0.5}$", "10^0.5"),
        ("$\\alpha_1$ and $R_{\\mathrm{max}}$", "α₁ and Rmax"),
        ("a_b costs $5 and $6", "a_b costs $5 and $6"),
    ],
)
def test_numbers_stay_right_where_they_are_raised_or_lowered(written: str, seen: str) -> None:
    assert decode(written) == seen
