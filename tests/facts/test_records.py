"""Reading facts.toml: what is read, where it stands, and errors that say what to type."""

from __future__ import annotations

import pytest

from evidence.errors import FactsError
from evidence.facts import records
from evidence.facts.anchoring import resolve
from evidence.facts.places import blocks
from evidence.model import Quantity, Quote, Source
from tests.facts.made import FACTS, facts


def test_studies_and_facts_are_read() -> None:
    file = facts(FACTS)
    assert file.page == "walking.md"
    assert list(file.studies) == ["walk2019", "nurses2021"]
    study = file.studies["walk2019"]
    assert (study.source, study.tier, study.design) == (
        "https://example.org/walk",
        "paper",
        "randomised trial",
    )
    assert study.arms == (("walking", 20), ("usual care", 20))
    assert [fact.id for fact in file.facts] == ["enrolled", "walkers", "free", "better", "same", "nurses"]
    free = file.facts[2]
    assert (free.kind, free.outcome, free.of, free.partition) == (
        "outcome",
        "pain-free",
        "walkers",
        "after two years",
    )
    assert free.quantity == Quantity(12, "", "=", "12")
    assert free.at == Quantity(2, "year", "=", "2")
    assert free.on_page == Quote("12 of the walkers were pain-free")
    assert free.page == "walking.md"
    assert file.facts[1].quantity == Quantity(20, "", "=", "half of 40")
    assert not file.problems


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_value_is_where_its_span_says(newline: str) -> None:
    text = FACTS.replace("\n", newline)
    file = facts(text)
    for fact in file.facts:
        block = text[fact.span.start : fact.span.end]
        assert block.startswith("[[fact]]")
        assert block.endswith('verdict   = "supported"')
        assert {"study", "id", "kind", "value", "on_page", "in_source"} <= fact.fields.keys()
        assert text[fact.fields["id"].start : fact.fields["id"].end] == f'"{fact.id}"'
        quoted = text[fact.fields["on_page"].start : fact.fields["on_page"].end]
        assert fact.on_page is not None
        assert quoted == f"'''{fact.on_page.exact}'''"
    assert text[file.facts[1].fields["value"].start : file.facts[1].fields["value"].end] == '"half of 40"'


def test_the_scanner_knows_all_kinds_of_values() -> None:
    text = (
        'top = 1 # one\n[study."a.b"]\narms = [ # sizes\n  { name = "]" },\n]\n'
        "x.y = '''a\n[[fact]]\n'''' # quote\n"
        '[[fact]]\nbasic = "a\\"b" # c\nlong = """x\n\\""" y"""\ndate = 2026-11-22\n[fact.at]\nvalue = 2\n'
    )
    found = blocks(text)
    assert [block.header for block in found] == [(), ("study", "a.b"), ("fact",), ("fact", "at")]
    values = {key: text[span.start : span.end] for block in found for key, span in block.values.items()}
    assert values == {
        "top": "1",
        "arms": '[ # sizes\n  { name = "]" },\n]',
        "x.y": "'''a\n[[fact]]\n''''",
        "basic": '"a\\"b"',
        "long": '"""x\n\\""" y"""',
        "date": "2026-11-22",
        "value": "2",
    }


def test_spellings_that_people_use_are_understood() -> None:
    fact = facts(
        '[[fact]]\nstudy = "a"\nid = 1\nkind = "follow-up"\nrole = "Randomized"\nvalue = "at least 2 yrs"\n'
        'verdict = "not_in_source"\non = "2026-11-22"\nsource_relation = "up to"\nof = 24\n'
    ).facts[0]
    assert (fact.id, fact.kind, fact.role, fact.verdict, fact.on) == (
        "1",
        "follow_up",
        "randomised",
        "not-in-source",
        "2026-11-22",
    )
    assert (fact.quantity.value, fact.quantity.unit, fact.quantity.relation) == (2, "year", ">=")
    assert (fact.source_relation, fact.of) == ("<=", "24")


def test_a_toml_date_is_a_date() -> None:
    assert facts('[[fact]]\nstudy = "a"\nid = "b"\non = 2026-11-22\n').facts[0].on == "2026-11-22"


def test_unknown_keys_are_kept_with_a_note() -> None:
    text = '[[fact]]\nstudy = "a"\nid = "b"\non_pgae = "x"\nhospital = "y"\nn = 12\n'
    file = facts(text)
    assert file.facts[0].extra == {"on_pgae": "x", "hospital": "y", "n": 12}
    told = {text[p.span.start : p.span.end]: p.message for p in file.problems}
    assert "did you mean `on_page`" in told['"x"']
    assert "did you mean" not in told['"y"']


def test_known_keys_settle_what_a_study_may_be() -> None:
    text = '[study.smith2020]\ntier = "paper"\n[[fact]]\nstudy = "smith2021"\nid = "b"\n'
    assert facts(text).facts[0].study == "smith2021"
    source = Source("facts.toml", text, "toml")
    assert records.read(source, keys=["smith2021"]).facts[0].study == "smith2021"
    with pytest.raises(
        FactsError, match=r'facts\.toml:4: there is no study "smith2021": type  study = "smith2020"'
    ):
        records.read(source, keys=["jones1999"])


HEAD = 'page = "p.md"\n[[fact]]\nstudy = "a"\nid = "b"\n'

BAD = [
    # what a person types, the line it is told for, and what to type
    (HEAD + "on_page = “curly text”\n", 5, 'type  on_page = "curly text"'),
    (HEAD + 'on_page = "he said "yes" to it"\n', 5, "use ''' around text that holds quotes"),
    (HEAD + "on_page = 'the patients' pain'\n", 5, "'''the patients' pain'''"),
    (HEAD + 'on_page = "starts here\nand ends here"\n', 5, "''' at both ends"),
    (HEAD + "on_page = '''never closed\nvalue = 12\n", 5, "never closed: end it with '''"),
    (
        HEAD
        + "on_page = '''never closed\nvalue = 12\n"
        + '[[fact]]\nstudy = "a"\nid = "c"\n'
        + "on_page = '''closed'''\n",
        5,
        "never closed",
    ),
    (HEAD + "value = 1,234\n", 5, 'type  value = "1,234"'),
    (HEAD + "value = 50%\n", 5, 'type  value = "50 %"'),
    (HEAD + "value = > 50 %\n", 5, 'type  value = "> 50 %"'),
    (HEAD + "value = 30 months\n", 5, 'type  value = "30 months"'),
    (HEAD + "value = 012\n", 5, 'type  value = "012"'),
    (HEAD + "on = 22/11/2026\n", 5, "type  on = 2026-11-22"),
    (HEAD + "on = 11/22/2026\n", 5, "type  on = 2026-11-22"),
    (HEAD + 'on = "22/11/2026"\n', 5, "type  on = 2026-11-22"),
    (HEAD + "kind = outcome\n", 5, 'type  kind = "outcome"'),
    (HEAD + "kind: outcome\n", 5, 'type  kind = "outcome"'),
    (HEAD + 'on page = "x"\n', 5, 'type  on_page = "x"'),
    (HEAD + "value =\n", 5, "`value` has no value"),
    (HEAD + "value = 12\nvalue = 13\n", 6, "`value` is given twice"),
    (HEAD + "This is a remark\n", 5, "put # before a comment"),
    (HEAD + 'note = "C:\\users"\n', 5, "backslash"),
    (HEAD + 'at = { value = 12, unit = "month"\n', 5, "missing"),
    (HEAD + '"verdict" = "supported" by me\n', 5, "nothing may follow"),
    ('[fact]\nstudy = "a"\n', 1, "[[fact]]"),
    ('[fact]\nstudy = "a"\n[fact]\nstudy = "b"\n', 3, "[[fact]]"),
    ('[fact]\nstudy = "a"\n[[fact]]\nstudy = "b"\n', 3, "[[fact]]"),
    ('[[fact]\nstudy = "a"\n', 1, "[[fact]]"),
    ('[study.smith 2020]\ntier = "news"\n', 1, "[study.smith2020]"),
    ("[study.a]\n[study.a]\n", 2, "declared twice"),
    ('[[study]]\nkey = "a"\n', 1, "[study.key]"),
    ('[[study.a.fact]]\nid = "b"\n', 1, 'type  study = "a"'),
    ("<<<<<<< HEAD\n" + HEAD, 1, "conflict marker"),
    ("schema = 2\n", 1, "later version"),
    ('schema = "one"\n', 1, "type  schema = 1"),
    ('study = "a"\nid = "b"\n', 1, "put  [[fact]]"),
    (HEAD + 'kind = "outcom"\n', 5, 'type  kind = "outcome"'),
    (HEAD + 'role = "enroled"\n', 5, 'type  role = "enrolled"'),
    (HEAD + 'role = "bystander"\n', 5, "type one of screened"),
    (HEAD + 'verdict = "suported"\n', 5, 'type  verdict = "supported"'),
    (HEAD + 'source_relation = "sideways"\n', 5, 'type "="'),
    (HEAD + "value = true\n", 5, "must be a number"),
    (HEAD + 'value = "a few"\n', 5, "no number can be read"),
    (HEAD + "value = nan\n", 5, "must be a number"),
    (HEAD + 'value = "3 weeks"\nunit = "month"\n', 5, "keep one of them"),
    (HEAD + "at = { val = 12 }\n", 5, "has no place here"),
    (HEAD + "sd = []\n", 5, "`sd`"),
    (HEAD + "on_page = 12\n", 5, 'type  on_page = "12"'),
    (HEAD + 'on_page = ""\n', 5, "is empty"),
    (HEAD + "count = 5\n", 5, "type  value = 5"),
    (HEAD + 'page.quote = "x"\n', 5, "type  on_page = '''…'''"),
    (HEAD + 'source.quote = "x"\n', 5, "type  in_source = '''…'''"),
    (HEAD + 'of = "enroled"\n[[fact]]\nstudy = "a"\nid = "enrolled"\n', 5, 'type  of = "enrolled"'),
    (HEAD + '[[fact]]\nstudy = "a"\nid = "b"\n', 7, "taken by the fact on line 2"),
    ('[[fact]]\nid = "b"\n', 1, "a fact needs its study"),
    ('[[fact]]\nstudy = "a"\n', 1, "a fact needs a name"),
    ('[[fact]]\nstudy = "a"\nid = "b"\non_page = "x"\n', 4, "no page is named"),
    ("fact = 3\n", 1, "[[fact]]"),
    ('[study.a]\ntier = "gossip"\n', 2, "type one of paper"),
    ('[study.a]\narms = ["x"]\n', 2, "type  arms ="),
    ("[study.a]\nsource = 3\n", 2, 'type  source = "3"'),
    (HEAD + "value = 12\non = 22 November 2026\n", 6, "type  on = 2026-11-22"),
    (HEAD + "value = 12 // adults\n", 5, "type  value = 12  # adults"),
    (HEAD + 'on_page = "12 adults\nwalked"\nvalue = 12\n', 5, "type  on_page = '''12 adults walked'''"),
    (HEAD + 'role = "enrolled\nvalue = 12\n', 5, 'type  role = "enrolled"'),
    (HEAD + 'role "enrolled"\n', 5, 'type  role = "enrolled"'),
    (HEAD + 'role ＝ "enrolled"\n', 5, 'type  role = "enrolled"'),
    (HEAD + "value\u00a0= 12\n", 5, "an invisible sign stands at column 6"),
    ('[study.a]\nsource = "x"\nstudy = "a"\nid = "n"\n', 3, "put  [[fact]]  on a line above it"),
    ('[study.a]\n\n[[facts]]\nstudy = "a"\n', 3, "a fact begins with  [[fact]]"),
    ('[study.a.b]\nsource = "x"\n', 1, 'type  [study."a.b"]'),
    ("- study: a\n  value: 12\n", 1, "another form than TOML"),
    ('{"fact": []}\n', 1, "another form than TOML"),
]


@pytest.mark.parametrize(("text", "line", "advice"), BAD, ids=[f"{line}-{advice}" for _, line, advice in BAD])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_error_names_the_line_and_what_to_type(text: str, line: int, advice: str, newline: str) -> None:
    with pytest.raises(FactsError) as raised:
        facts(text.replace("\n", newline))
    told = str(raised.value).splitlines()
    assert told[0].startswith(f"facts.toml:{line}: ")
    assert advice in told[0]


def test_all_errors_are_told_at_once_in_order() -> None:
    with pytest.raises(FactsError) as raised:
        facts(HEAD + 'kind = "x"\nrole = "y"\n' + '[[fact]]\nstudy = "a"\nid = "z"\nverdict = "w"\n')
    assert [line.split(":")[1] for line in str(raised.value).splitlines()] == ["5", "6", "10"]


def test_many_errors_are_counted() -> None:
    with pytest.raises(FactsError, match="… and 10 more"):
        facts("".join(f'[[fact]]\nstudy = "a"\nid = "f{n}"\nkind = "x"\n' for n in range(30)))


def test_nesting_without_end_is_an_error() -> None:
    with pytest.raises(FactsError, match="nested too deeply"):
        facts("x = " + "[" * 100_000)


@pytest.mark.parametrize(
    ("name", "path", "resolved"),
    [
        ("facts.toml", "content/a.md", "content/a.md"),
        ("content/facts.toml", "a.md", "content/a.md"),
        ("content/facts.toml", "../b/a.md", "b/a.md"),
        ("content/facts.toml", "b\\a.md", "content/b/a.md"),
        ("content/facts.toml", "https://example.org/a", "https://example.org/a"),
        ("content/facts.toml", "", ""),
    ],
)
def test_paths_are_relative_to_the_facts_file(name: str, path: str, resolved: str) -> None:
    assert resolve(name, path) == resolved
