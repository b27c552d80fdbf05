"""The FCT rules over a worked page: silent when all is well, and each for its own reason."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

from evidence.facts import locate
from evidence.model import Date, Document, Reference, Rule, Site, Source, Span, Trial, Work
from evidence.rules.facts import RULES
from evidence.rules.facts_claims import claims
from tests.facts.made import FACTS, NURSES, PAGE, case, found, page

BY_NAME = {rule.name: rule for rule in RULES}
TEXTS = {"sources/nurses.txt": NURSES}


def names(facts_text: str = FACTS, page_text: str = PAGE, texts: dict[str, str] | None = None) -> list[str]:
    the_case = case(facts_text, page_text, TEXTS if texts is None else texts)
    return [finding.name for rule in RULES for finding in found(rule, the_case) if finding.severity != "note"]


def said(
    name: str, facts_text: str = FACTS, page_text: str = PAGE, texts: dict[str, str] | None = None
) -> list[str]:
    the_case = case(facts_text, page_text, TEXTS if texts is None else texts)
    return [finding.message for finding in found(BY_NAME[name], the_case)]


def change(old: str, new: str) -> str:
    assert FACTS.count(old) == 1
    return FACTS.replace(old, new)


def test_a_sound_page_has_no_findings() -> None:
    assert names() == []


def test_findings_stand_at_the_value_in_the_facts_file() -> None:
    text = change("'''5 were better'''", "'''6 were better'''")
    (finding,) = found(BY_NAME["quote-not-on-page"], case(text))
    assert finding.source.name == "facts.toml"
    assert text[finding.span.start : finding.span.end] == "'''6 were better'''"
    assert finding.key == "walk2019"


def test_words_that_left_the_page_are_an_error_with_the_nearest_passage() -> None:
    (message,) = said(
        "quote-not-on-page",
        page_text=PAGE.replace("Forty adults joined a trial", "Fifty adults joined a trial"),
    )
    assert "“Forty adults joined a trial” is not on walking.md; the nearest passage" in message
    assert "line 1) is “Fifty adults joined a trial”" in message
    assert said("quote-not-on-page", page_text="Nothing.")[0].endswith("nothing there is like it")


def test_typesetting_and_markers_on_the_page_do_not_matter() -> None:
    assert (
        names(page_text=PAGE.replace("5 were better", "5 were\nbetter").replace("joined a", "joined [7] a"))
        == []
    )


def test_words_that_are_not_in_the_source_are_an_error() -> None:
    (message,) = said("quote-not-in-source", texts={"sources/nurses.txt": "In all, fifty nurses took part."})
    assert "“sixty nurses took part” is not in sources/nurses.txt; the nearest passage" in message
    assert said("quote-not-in-source", texts={}) == []


def test_a_source_may_be_given_by_its_path_from_the_root() -> None:
    the_case = case(name="content/facts.toml", texts={"content/sources/nurses.txt": "Nothing."})
    document = replace(the_case.document, source=replace(the_case.document.source, name="content/walking.md"))
    the_case = replace(the_case, site=Site((document,)))
    assert [finding.name for finding in found(BY_NAME["quote-not-in-source"], the_case)] == [
        "quote-not-in-source"
    ]


def test_a_value_must_be_in_the_words() -> None:
    assert "value-not-in-quote" in names(change("value     = 5\n", "value     = 6\n"))
    assert said("value-not-in-quote", change("five reported less pain", "some reported less pain")) == [
        "the value “5” is not in the source's words “some reported less pain”"
    ]
    distorted = change(
        "'''five reported less pain'''\nverdict   = \"supported\"", "'''some'''\nverdict   = \"distorted\""
    )
    assert said("value-not-in-quote", distorted) == []


def test_without_source_words_the_whole_source_must_hold_the_value() -> None:
    text = change("in_source = '''sixty nurses took part'''\n", "")
    assert said("value-not-in-quote", text) == []
    assert said("value-not-in-quote", text, texts={"sources/nurses.txt": "Many nurses."}) == [
        "the value “60” is nowhere in sources/nurses.txt"
    ]


@pytest.mark.parametrize("verdict", ["distorted", "contradicted", "not-in-source"])
def test_a_misreported_fact_is_an_error_while_it_is_on_the_page(verdict: str) -> None:
    text = change(
        "'''3 felt no change'''\nverdict   = \"supported\"",
        f"'''3 felt no change'''\nverdict   = \"{verdict}\"\nby = \"Ann\"\non = 2026-11-22\n"
        'note = "mixed up"',
    )
    (message,) = said("misreported-fact", text)
    assert "says “three were not”; the source says “3 felt no change”" in message
    assert f"({verdict}, by Ann, 2026-11-22): mixed up" in message
    assert said("misreported-fact", text, PAGE.replace("three were not", "the rest were not")) == []


def test_a_broken_seal_voids_the_verdict_and_nothing_else_is_said_of_it() -> None:
    text = change(
        "'''3 felt no change'''\nverdict   = \"supported\"",
        "'''3 felt no change'''\nverdict   = \"distorted\"\nseal = \"0123456789abcdef\"",
    )
    assert names(text) == ["verdict-void"]
    (message,) = said("verdict-void", text)
    assert '“distorted” on "same" is void' in message
    assert "now " in message


def test_parts_must_make_the_whole() -> None:
    page_text, text = (
        PAGE.replace("5 were better", "6 were better"),
        change("'''5 were better'''", "'''6 were better'''"),
    )
    text = text.replace("value     = 5\n", "value     = 6\n").replace("five reported", "six reported")
    assert names(text, page_text) == ["partition-sum"]
    assert said("partition-sum", text, page_text) == [
        'the parts of "after two years" are 12 + 6 + 3 = 21, and "walkers" is 20'
    ]


def test_counts_stay_within_their_group() -> None:
    assert "count-over-denominator" in names(change("value     = 12\n", "value     = 42\n"))


def test_relations_must_not_drift() -> None:
    text = FACTS + (
        '\n[[fact]]\nstudy = "nurses2021"\nid = "pain"\nkind = "outcome"\nvalue = "-30 %"\n'
        "on_page = '''pain fell by 30% for up to 6 months'''\n"
        "in_source = '''pain fell by more than 30 % at 6 months'''\nverdict = \"supported\"\n"
    )
    assert names(text) == ["relation-drift"]
    assert said("relation-drift", text) == [
        "the page says “30%”, the source “more than 30 %”; "
        "the page says “up to 6 months”, the source “6 months”"
    ]


def test_a_percentage_must_be_its_count_over_its_group() -> None:
    text = FACTS.replace("'''12 of the walkers were pain-free'''", "'''12 of 20 (65 %) were pain-free'''")
    assert "percent-count-mismatch" in names(text)


def test_unchecked_facts_are_noted() -> None:
    text = change("'''sixty nurses took part'''\nverdict   = \"supported\"", "'''sixty nurses took part'''")
    assert said("unchecked-fact", text) == [
        'nobody has checked "nurses" (“an exercise programme to 60 nurses”) against its source'
    ]


def test_uncovered_numbers_are_noted_on_the_page() -> None:
    the_case = case()
    findings = found(BY_NAME["uncovered-number"], the_case)
    assert [PAGE[finding.span.start : finding.span.end] for finding in findings] == ["two", "30", "6"]
    assert {finding.source.name for finding in findings} == {"walking.md"}


def test_what_could_not_be_checked_is_noted() -> None:
    text = change("in_source = '''We enrolled 40 adults'''\n", "").replace("tier ", "teir ", 1)
    notes = said("could-not-check", text, texts={})
    assert len(notes) == 3
    assert "did you mean `tier`" in notes[0]
    assert "held against nothing" in notes[1]
    assert "“sources/nurses.txt” of “nurses2021” could not be read" in notes[2]


def test_an_unknown_study_is_an_error_with_the_near_one() -> None:
    text = FACTS.replace('study     = "nurses2021"', 'study     = "nurses2012"')
    assert said("unknown-study", text) == [
        "there is no study “nurses2012” in this file or among the references; the nearest is “nurses2021”"
    ]


def test_facts_of_pages_that_were_not_read_are_skipped() -> None:
    other = replace(case(), site=Site((page("Nothing.", "other.md"),)))
    assert list(claims(other)) == []
    assert [finding for rule in RULES for finding in found(rule, other)] == []


def test_an_extraction_record_has_no_page() -> None:
    text = (
        '[[fact]]\nstudy = "a"\nid = "b"\nvalue = 12\nof = "c"\n[[fact]]\nstudy = "a"\nid = "c"\nvalue = 10\n'
    )
    assert sorted(names(text)) == ["count-over-denominator", "unknown-study", "unknown-study"]
    assert said("quote-not-on-page", text) == said("unchecked-fact", text) == []
    assert len(said("count-over-denominator", text)) == 1


def test_a_fact_is_located_on_its_page() -> None:
    the_case = case()
    file = the_case.facts[0]
    document, span = locate(file.facts[3], file, [the_case.document])
    assert document is the_case.document
    assert span is not None
    assert PAGE[span.start : span.end] == "5 were better"
    assert locate(file.facts[3], file, []) == (None, None)


def test_a_page_may_be_found_by_where_it_is_on_disk() -> None:
    the_case = case()
    file = replace(
        the_case.facts[0],
        source=replace(the_case.facts[0].source, name="x/facts.toml", path="/p/x/facts.toml"),
    )
    document = Document(
        replace(the_case.document.source, name="odd", path="/p/x/walking.md"), the_case.document.view
    )
    assert locate(file.facts[0], file, [document])[0] is document
    assert locate(file.facts[0], file, [Document(Source("refs.bib", "", "bib"))])[0] is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_its_page(rule: Rule) -> None:
    text = inspect.cleandoc(rule.check.__doc__ or "")
    first, *sections = text.split("\n\n## ")
    assert first.endswith(".")
    assert "\n" not in first
    assert [section.partition("\n")[0] for section in sections] == [
        "What it does",
        "Why it matters",
        "Example",
        "How to fix",
    ]
    assert "```" in sections[2]
    assert rule.scope == "site"


def test_a_follow_up_that_outlasts_the_printing_of_its_paper_is_told() -> None:
    facts_text = (
        '[study.walk2019]\nsource = "x.txt"\nregistry = "NCT01234567"\n\n[[fact]]\nstudy = "walk2019"\n'
        'id = "f"\nkind = "follow_up"\nvalue = "3 years"\n'
    )
    the_case = case(facts_text, PAGE, {})
    source = Source("refs.bib", "", "bib")
    paper = Reference("walk2019", None, Work("article-journal", issued=Date(2015)), source, Span(0, 0))
    registered = replace(
        the_case,
        site=replace(the_case.site, references=(paper,)),
        trials={"NCT01234567": Trial("NCT01234567", started="2014-03")},
    )
    (finding,) = found(BY_NAME["time-order"], registered)
    assert "the trial began 2014-03, the paper is of 2015" in finding.message
    assert found(BY_NAME["time-order"], the_case) == []
