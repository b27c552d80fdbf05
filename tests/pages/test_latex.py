r"""LaTeX pages: what is cited, what is listed, what is not seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.model import Citation, Document, Limits
from evidence.pages.latex import inputs, read
from evidence.sources import from_text
from evidence.sources import read as read_file

HERE = Path(__file__).parent / "latex"


def page(text: str) -> Document:
    return read(from_text(text, name="p.tex", kind="latex"))


def labels(document: Document) -> list[tuple[str, ...]]:
    return [citation.labels for citation in document.citations]


def shown(text: str) -> str:
    view = page(text).view
    assert view is not None
    return view.text.strip()


def written(document: Document, citation: Citation) -> str:
    return document.source.text[citation.span.start : citation.span.end]


# -- a paper with a bibliography -------------------------------------------------------------


def test_a_paper() -> None:
    document = read(read_file(HERE / "paper.tex"))
    assert labels(document) == [
        ("pettine2015", "elabd2016"), ("orozco2011",), ("noriega2017",), ("pang2014",),
        ("centeno2017", "comella2017"),
    ]  # fmt: skip
    assert [written(document, citation) for citation in document.citations][:3] == [
        r"\citep{pettine2015, elabd2016}", r"\citet[p.~3]{orozco2011}", r"\citealp{noriega2017}",
    ]  # fmt: skip
    assert {citation.form for citation in document.citations} == {"key"}
    assert document.bibliographies == ("refs", "more/others")
    assert [link.url for link in document.links] == ["https://example.org/trial%201?a=b"]
    assert inputs(document.source) == ["chapters/methods.tex", "chapters/results.tex"]
    assert (document.references, document.problems, document.cites_all) == ((), (), False)


def test_the_view_of_a_paper_is_what_a_reader_sees() -> None:
    document = read(read_file(HERE / "paper.tex"))
    view = document.view
    assert view is not None
    for words in (
        "Why it matters", "A trial by had 10 patients", "by 12 % %", "Naïve counting by Muñoz and Škoda",
        "p < 0.05 in [0,1] — “half of them”.",
    ):  # fmt: skip
        assert words in view.text
    for words in (
        "cites.",
        "removed",
        "typed",
        "switchedoff",
        "afterwards",
        "documentclass",
        "label",
        "refs",
    ):
        assert words not in view.text
    at = view.text.index("Škoda")
    span = view.span(at, at + len("Škoda"))
    assert document.source.text[span.start : span.end] == r"\v{S}koda"


# -- thebibliography -------------------------------------------------------------------------


def test_a_bibliography_in_the_page() -> None:
    document = read(read_file(HERE / "book.tex"))
    text = document.source.text
    first, second, third = document.references
    assert [reference.key for reference in document.references] == ["pettine2015", "richardson", "garcia"]
    assert [reference.number for reference in document.references] == [1, None, 2]
    assert first.work.title.startswith("Percutaneous injection of autologous bone marrow")
    assert (first.work.doi, first.work.year) == ("10.1002/stem.1845", 2015)
    assert second.work.doi == "10.1016/j.ymeth.2015.09.015"
    assert third.raw.startswith("García J, Müller Á. Back pain in Łódź.")
    assert text[first.span.start : first.span.end].startswith("Pettine~KA, Murphy~MB")
    assert text[first.fields["doi"].start : first.fields["doi"].end] == "https://doi.org/10.1002/stem.1845"
    title = third.fields["title"]
    assert text[title.start : title.end] == r"Back pain in {\L}\'od\'z"
    (region,) = document.regions
    assert text[region.span.start : region.span.end].startswith(r"\begin{thebibliography}{9}")
    assert text[region.span.start : region.span.end].endswith(r"\end{thebibliography}")
    assert (region.kind, region.layout, region.members) == ("list", "numbered", (0, 1, 2))


def test_markers_of_a_page_with_its_own_list() -> None:
    document = read(read_file(HERE / "book.tex"))
    assert [(c.keys, c.dangling) for c in document.citations] == [
        (("pettine2015",), ()), (("richardson",), ()), ((), ("lost",)),
    ]  # fmt: skip
    with_file = page(document.source.text + "\\bibliography{refs}\n")
    assert [citation.dangling for citation in with_file.citations] == [(), (), ()]


def test_a_suppression_covers_the_entry_that_follows() -> None:
    document = read(read_file(HERE / "book.tex"))
    (ignore,) = document.ignores
    assert (ignore.rule, ignore.reason) == ("missing-doi", "the journal gives none")
    assert ignore.near is not None
    first = document.references[0].span
    assert ignore.near.start <= first.start < first.end <= ignore.near.end


def test_our_own_markers() -> None:
    entry = "\\bibitem{b} Smith J. A study of the spine. Spine. 2010;35(2):12-20.\n"
    text = (
        'Pain \\cite{b}.\r\n% evidence:references style=nlm show=cited keys="b" sum=ab12\r\n'
        f"\\begin{{thebibliography}}{{9}}\r\n{entry}\\end{{thebibliography}}\r\n"
        "% /evidence:references\r\nMore.\r\n"
    )
    document = page(text)
    (region,) = document.regions
    assert region.kind == "references"
    assert dict(region.options) == {"style": "nlm", "show": "cited", "keys": "b", "sum": "ab12"}
    assert text[region.span.start : region.span.end].startswith("% evidence:references")
    assert text[region.span.start : region.span.end].endswith("% /evidence:references")
    assert text[region.inner.start : region.inner.end].strip().startswith("\\begin{thebib")
    assert [reference.key for reference in document.references] == ["b"]
    empty = page('% evidence:references keys="a b"\n% /evidence:references\n')
    assert (empty.regions[0].options["keys"], empty.references) == ("a b", ())


def test_a_list_made_by_hand_with_numbers() -> None:
    document = page(
        "Pain lasts [1,2], and cells help$^{2}$. An interval $[1,2]$.\n\\section*{References}\n"
        "\\begin{enumerate}\n\\item Smith J, Doe A. A study of the spine. Spine. 2010;35(2):12--20.\n"
        "\\item Roe B. Another study of discs. Eur Spine J. 2012;21(4):601--10.\n\\end{enumerate}\n"
    )
    assert [reference.number for reference in document.references] == [1, 2]
    assert [(c.labels, c.form) for c in document.citations] == [(("1", "2"), "number"), (("2",), "number")]
    assert document.citations[0].keys == tuple(reference.key for reference in document.references)


# -- the families of \cite -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\cite{a}", [("a",)]),
        (r"\cite{a,b , c}", [("a", "b", "c")]),
        (r"\citep[see][p.~3]{a}", [("a",)]),
        (r"\citet*{a}", [("a",)]),
        (r"\Citeauthor{a}", [("a",)]),
        (r"\citeyearpar{a}", [("a",)]),
        (r"\autocite[][12]{a}", [("a",)]),
        (r"\Parencite{a}", [("a",)]),
        (r"\textcite{a}", [("a",)]),
        (r"\footcite{a}", [("a",)]),
        (r"\smartcite{a}", [("a",)]),
        (r"\supercite{a}", [("a",)]),
        (r"\fullcite{a}", [("a",)]),
        (r"\citealp{a}", [("a",)]),
        (r"\onlinecite{a}", [("a",)]),
        (r"\parencites(see)()[12]{a}[3]{b}", [("a", "b")]),
        (r"\cites{a}{b,c}", [("a", "b", "c")]),
        (r"\volcite{2}[12]{a}", [("a",)]),
        (r"\mycite{a}", [("a",)]),
        ("\\cite\n  {a}", [("a",)]),
        ("\\cite{a,%\n  b}", [("a", "b")]),
        ("\\cite%\n{a}", [("a",)]),
        (r"\cite<2->{a}", [("a",)]),
        (r"\citep[see also \citealp{b}]{a}", [("a",), ("b",)]),
        (r"\cite[{[sic]}]{a}", [("a",)]),
        (r"\cite{a}\cite{b}", [("a",), ("b",)]),
        (r"\cite{a,a}", [("a",)]),
        (r"\nocite{a}", [("a",)]),
        (r"\cite{smith:2010_a+b/c.d}", [("smith:2010_a+b/c.d",)]),
        (r"\cite{Müller2010}", [("Müller2010",)]),
        (r"\cite{doi:10.1002/stem.1845}", [("doi:10.1002/stem.1845",)]),
        (r"$x^{\cite{a}}$", [("a",)]),
        (r"\section{On pain \cite{a}}", [("a",)]),
        (r"\footnote{So \cite{a}}", [("a",)]),
        (r"\citefield{a}{title}", [("a",)]),
        (r"\shortcite{a}", [("a",)]),
        (r"\citeA{a}", [("a",)]),
    ],
)
def test_what_cites(text: str, expected: list[tuple[str, ...]]) -> None:
    document = page(f"Words {text} and more.")
    assert labels(document) == expected
    assert all(written(document, citation).startswith("\\") for citation in document.citations)
    assert all(written(document, citation).endswith("}") for citation in document.citations)


@pytest.mark.parametrize(
    "text",
    [
        r"% \cite{a}",
        r"\verb|\cite{a}|",
        r"\verb*+\cite{a}+",
        r"\begin{lstlisting}[language=TeX] \cite{a} \end{lstlisting}",
        r"\begin{minted}{tex} \cite{a} \end{minted}",
        r"\begin{comment} \cite{a} \end{comment}",
        r"\begin{Verbatim} \cite{a} \end{Verbatim}",
        r"\iffalse \cite{a} \fi",
        r"\newcommand{\x}[1]{\cite{a}}",
        r"\renewcommand\cite[1]{}",
        r"\def\x#1{\cite{a}}",
        r"\cite{#1}",
        r"\cite{}",
        r"\cite",
        r"\setcitestyle{round}",
        r"\citestyle{nature}",
        r"\bibcite{a}{1}",
        r"\defcitealias{a}{Paper I}",
        r"\mintinline{tex}{\cite a}",
        r"\end{document} \cite{a}",
        r"\citecolor{a}",
        r"\cite{\thekey}",
        "\\\\%\\cite{a}",
        r"\cite{a b}",
    ],
)
def test_what_does_not_cite(text: str) -> None:
    assert labels(page(f"Words {text}\n")) == []


def test_escaped_percent_signs_hide_nothing() -> None:
    assert labels(page("A 50\\% rise \\cite{a} % \\cite{b}\n\\cite{c}")) == [("a",), ("c",)]


def test_everything_may_be_cited() -> None:
    document = page(r"\nocite{*} and \cite{a}")
    assert (document.cites_all, labels(document)) == (True, [("a",)])


# -- bibliographies, files, links ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\bibliography{a,b}", ("a", "b")),
        (r"\addbibresource{refs.bib}", ("refs.bib",)),
        (r"\addbibresource[datatype=bibtex]{a.bib}\addbibresource{b.bib}", ("a.bib", "b.bib")),
        (r"% \bibliography{a}", ()),
        (r"\bibliography{\jobname}", ()),
        (r"\bibliography{ a , a }", ("a",)),
        (r"\addbibresource[location=remote]{https://example.org/x.bib}", ()),
        ("\\documentclass{a}\\addbibresource{p.bib}\\begin{document}x\\end{document}", ("p.bib",)),
    ],
)
def test_bibliographies(text: str, expected: tuple[str, ...]) -> None:
    assert page(text).bibliographies == expected


def test_files_that_are_read_in() -> None:
    text = (
        "\\input{a}\\input b \n\\include{c/d.tex}\\subfile{../e}\\import{f/}{g}\\input{a}\n"
        "% \\input{no}\n\\verb|\\input{no}|\\input{\\jobname.x}\\input{plot.pgf}"
        "\\includegraphics{h}\\input{v1.2}\n"
        "\\end{document}\\input{after}"
    )
    files = ["a.tex", "b.tex", "c/d.tex", "../e.tex", "f/g.tex", "v1.2.tex"]
    assert inputs(from_text(text, kind="latex")) == files
    assert "b" not in shown("\\input b \nWords").split()


def test_links() -> None:
    document = page(
        "See \\url{https://a.example/x\\_y%20z} and \\href{https://b.example/\\#top}{the \\emph{site}}, "
        "https://c.example/plain; \\verb|https://d.example|.\n"
    )
    text = document.source.text
    assert [(link.url, text[link.span.start : link.span.end]) for link in document.links] == [
        ("https://a.example/x_y%20z", "https://a.example/x\\_y%20z"),
        ("https://b.example/#top", "https://b.example/\\#top"),
        ("https://c.example/plain", "https://c.example/plain"),
    ]


# -- what is seen ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            r"\'e \'{e} \`a \^o \~n \=a \.z \H{o} \c{c} \c c \k{a} \r{a} \u{g} \d{s}",
            "é é à ô ñ ā ż ő ç ç ą å ğ ṣ",
        ),
        (r"{\'\i} \'{\i} \v{\j} \i\ \ss{} \ae\ \O{} {\L}", "í í ǰ ı ß æ Ø Ł"),
        (r"Stra\ss e", "Straße"),
        ("a~b\\,c\\ d", "a b c d"),
        ("a--b---c", "a–b—c"),
        ("``a'' `b'", "“a” ‘b’"),
        (r"\$5 \& \#1 \_ \{ \}", "$5 & #1 _ { }"),
        ("one\n  two % no\n  three", "one two three"),
        ("one\n\ntwo", "one\n\ntwo"),
        (r"one\\two", "one\ntwo"),
        ("one\n% no\ntwo", "one two"),
        (r"\textbf{bold} {\em slanted} \unknown[x]{kept}", "bold slanted kept"),
        (r"\textcolor{red}{seen} \label{no}\ref{no}", "seen"),
        (r"$n \leq 5 \pm 2$", "n ≤ 5 ± 2"),
        ("日本語 \\cite{a}", "日本語"),
        (r"\begin{tikzpicture} \draw (0,0); \end{tikzpicture}seen", "seen"),
        (r"H\textsubscript{2}O", "H2O"),
    ],
)
def test_the_visible_text(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_limits_are_said() -> None:
    text = (
        "\\cite{a} " * 10 + "\\begin{thebibliography}{9}" + "\\bibitem{a} Smith J. A study. Spine. 2010." * 3
    )
    cut = read(from_text(text, kind="latex"), limits=Limits(page=45))
    assert [problem.kind for problem in cut.problems] == ["not-fully-read"]
    assert len(cut.citations) == 5
    few = read(from_text(text + "\\end{thebibliography}", kind="latex"), limits=Limits(references=2))
    assert len(few.references) == 2
    assert "2 of 3" in few.problems[0].message
