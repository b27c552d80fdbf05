"""Reports made by hand for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.model import (
    Case,
    Citation,
    Date,
    Difference,
    Document,
    Fact,
    Finding,
    Fix,
    Id,
    LinkState,
    Match,
    Name,
    Notice,
    Quantity,
    Quote,
    Record,
    Reference,
    Rule,
    Severity,
    Site,
    Source,
    Span,
    Verdict,
    VerdictKind,
    Witness,
    Work,
)
from evidence.report.result import FactUse, LinkUse, Report

PAGE = Source(
    "pages/back pain.md",
    "Rest helps. [1] It does not. [2]\n"
    "\n"
    "1. Smith A. Rest in bed. J Rest. 2011;3(2):10-4.\n"
    "2. A leaflet on backs 🦴. Clinic. Available at: https://x.example/a\n"
    "\n"
    "Twelve were followed.\n",
    "markdown",
)
FACTS = Source("facts.toml", "[[fact]]\n", "toml")

WITNESS = Witness("crossref", "doi:10.1/rest", "2026-11-22", "https://doi.org/10.1/rest")


def span(source: Source, words: str) -> Span:
    start = source.text.index(words)
    return Span(start, start + len(words))


def finding(
    words: str,
    code: str = "MET003",
    name: str = "year-mismatch",
    severity: Severity = "error",
    message: str = "the year is “2011” here and “2010” in the record",
    *,
    source: Source = PAGE,
    key: str = "",
    fix: Fix | None = None,
    fingerprint: str = "",
) -> Finding:
    return Finding(
        code, name, severity, message, source, span(source, words), key, fix, (WITNESS,), fingerprint
    )


RECORD = Record(
    "crossref",
    Work(
        type="article-journal",
        title="Rest in bed",
        authors=(Name("Smith", "Anna B."), Name(literal="The Rest Group")),
        issued=Date(2010),
        container="Journal of Rest",
        volume="3",
        ids=(Id("doi", "10.1/rest"),),
    ),
    since="2026-11-22",
)


def verdict(
    words: str,
    key: str,
    kind: VerdictKind = "verified",
    *,
    number: int | None = None,
    source: Source = PAGE,
    match: Match | None = None,
    **more: object,
) -> Verdict:
    reference = Reference(key, number, Work(), source, span(source, words), raw=words)
    return Verdict(reference, kind, match=match, **more)  # type: ignore[arg-type]


FIRST = "Smith A. Rest in bed. J Rest. 2011;3(2):10-4."
SECOND = "A leaflet on backs 🦴. Clinic. Available at: https://x.example/a"


def sample(findings: Iterable[Finding] | None = None) -> Report:
    """Two references (a mismatch, one that no registry knows), a link, a fact, three findings."""
    match = Match("match", RECORD, (Difference("year", "2011", "2010"), Difference("volume", "4", "3")))
    first = verdict(
        FIRST,
        "smith2011",
        "mismatch",
        number=1,
        match=match,
        ids={"doi": "10.1/rest", "pmid": "7"},
        ids_written=("doi",),
        ids_found=("pmid",),
        notices=(Notice("retraction", "10.1/gone", "2020-01-02", ("crossref",)),),
    )
    second = verdict(SECOND, "leaflet", "unchecked", number=2, cause="no-registry")
    citations = (
        Citation(("1",), span(PAGE, "[1]"), keys=("smith2011",)),
        Citation(("2",), span(PAGE, "[2]"), keys=("leaflet",)),
    )
    document = Document(PAGE, references=(first.reference, second.reference), citations=citations)
    site = Site(
        (document,),
        (first.reference, second.reference),
        {first.reference.place: (second.reference,)},
    )
    fact = Fact(
        "followed", "smith2011", "participants", "followed", Quantity(12.0, text="twelve"),
        on_page=Quote("Twelve were followed"), verdict="supported",
    )  # fmt: skip
    made = (
        finding("2011", key="smith2011", fix=Fix("write 2010", (), "unsafe"), fingerprint="aaaa"),
        finding(
            "https://x", "LNK001", "dead-link", "warning", "the server says 404, for good", fingerprint="bbbb"
        ),
        finding(
            "Twelve", "FCT001", "unchecked-fact", "note", "nobody has looked at this", fingerprint="cccc"
        ),
    )
    return Report(
        tuple(made if findings is None else findings),
        (first, second),
        site,
        (LinkUse(LinkState("https://x.example/a", "dead", "404"), PAGE, span(PAGE, "https://x.example/a")),),
        (
            FactUse(fact, FACTS, PAGE.name, PAGE, span(PAGE, "Twelve were followed")),
            FactUse(Fact("lost", "smith2011", quantity=Quantity(text="some")), FACTS, ""),
        ),
        ignored=2,
    )


def _check(case: Case) -> Iterable[Finding]:
    """The year differs from the record's.

    ## What it does

    Compares the two years.

    ## Why it matters

    Readers look the paper up by it.
    """
    return ()


RULES = (
    Rule("MET003", "year-mismatch", "warning", "page", frozenset(), _check),
    Rule("LNK001", "dead-link", "error", "page", frozenset(), _check),
)

#: What titles, keys, file names and servers may hold to make trouble.
HOSTILE = [
    "\x1b[2J\x1b]8;;https://evil.example\x07click\x1b]52;c;AAAA\x07",
    "\u202egnp.exe\u2066\u2028x\u2029y\x00z\x9b31m",
    "one\n::error file=x::forged",
    "one\r\n::stop-commands::token\r##[error]forged",
    "##[add-mask]x ##vso[task.complete]y ##teamcity[z]",
    "::add-mask::secret",
    "<script>alert(1)</script> ]]> <!-- &amp; \"quoted\" 'single'",
    "[words](javascript:alert(1)) | ``` | @team =HYPERLINK(1) {0} %0A %25",
    "\ud800 lone \ufffe \uffff \U000e0041",
    "50% of a, b: c;d",
]


def hostile(words: str) -> Report:
    """A report in which everything that comes from outside is `words`."""
    text = f"{words}\n1. {words}\n"
    source = Source(words, text, "markdown")
    whole = Span(len(words) + 4, len(text) - 1)
    record = Record(words, Work(title=words, authors=(Name(words, words), Name(literal=words))), since=words)
    match = Match("match", record, (Difference("title", words, words),))
    reference = Reference(words, 1, Work(), source, whole, raw=words)
    held = Verdict(
        reference,
        "mismatch",
        reason=words,
        match=match,
        ids={"doi": words},
        notices=(Notice("retraction", words, words, (words,)),),
    )
    open_ = Verdict(
        Reference(words, 2, Work(), source, Span(0, 1), raw=words), "unchecked", words, words, incomplete=True
    )
    witness = Witness(words, words, words, words)
    found = [
        Finding(code, name, "error", words, source, at, words, Fix(words), (witness,))
        for code, name, at in (("MET001", "title-mismatch", whole), ("CIT001", "dangling-marker", Span(0, 0)))
    ]
    citation = Citation((words,), Span(0, len(words)), keys=(words,))
    document = Document(source, references=(reference,), citations=(citation,))
    return Report(
        tuple(found),
        (held, open_),
        Site((document,), (reference,)),
        (LinkUse(LinkState(words, "dead", words, words), source, Span(0, 1)),),
        (FactUse(Fact(words, words, words, words), source, words),),
        complete=False,
    )
