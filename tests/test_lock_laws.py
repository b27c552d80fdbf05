"""Laws of refs.lock: what is held is what is read back, and adding or renewing twice is once."""

from __future__ import annotations

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.lock import Lock, add, dumps, loads, renew
from evidence.lock.reading import name_of
from evidence.lock.writing import name_text, string
from evidence.model import Answer, Date, Id, Name, Notice, Question, Record, Seen, Work

DAY, LATER, LAST = "2026-11-22", "2026-11-29", "2026-12-06"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = TEXT.map(str.strip)
DATES = st.builds(
    Date,
    st.none() | st.integers(1, 9999),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 31),
    st.sampled_from(["", "Spring", "Summer Fall"]),
).filter(lambda date: date != Date())
NAMES = st.builds(Name, WORDS, WORDS, WORDS, WORDS) | st.builds(Name, literal=TEXT.filter(bool))
DOIS = st.sampled_from(["10.1/a", "10.1/b", '10.1/"q"\\', "10.1/é"])
IDS = st.builds(Id, st.sampled_from(["pmid", "issn"]), st.text("0123:", min_size=1, max_size=4))
WORKS = st.builds(
    Work,
    type=st.sampled_from(["article-journal", "book", "document"]),
    title=TEXT, subtitle=TEXT, container=TEXT, volume=TEXT, pages=TEXT, url=TEXT,
    authors=st.lists(NAMES, max_size=3).map(tuple), editors=st.lists(NAMES, max_size=2).map(tuple),
    more_authors=st.booleans(), issued=st.none() | DATES, accessed=st.none() | DATES,
    dates=st.dictionaries(st.sampled_from(["print", "online", "a b"]), DATES, max_size=3),
    ids=st.builds(lambda doi, others: (Id("doi", doi), *others), DOIS, st.lists(IDS, max_size=3)),
    extra=st.dictionaries(TEXT, TEXT, max_size=2),
)  # fmt: skip
KINDS = st.sampled_from(["retraction", "new-version"])
NOTICES = st.builds(Notice, KINDS, TEXT, TEXT, st.lists(TEXT, max_size=3).map(tuple))
HOPS = st.lists(st.tuples(TEXT, st.integers(100, 999)), max_size=2).map(tuple)
RECORDS = st.builds(Record, st.just("crossref"), WORKS, st.lists(NOTICES, max_size=2).map(tuple), url=TEXT)
SEEN = st.builds(
    Seen, TEXT, st.sampled_from([DAY, LATER]), HOPS,
    st.none() | st.integers(100, 999), TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple), TEXT,
)  # fmt: skip
SERVICES = st.sampled_from(["crossref", "pubmed", "by-hand"])
KEYS = DOIS.map("doi:{}".format) | TEXT.map("search:{}".format)
ANSWERS = st.dictionaries(
    st.builds(Question, SERVICES, KEYS),
    st.builds(Answer, st.just("found"), records=st.lists(RECORDS, min_size=1, max_size=3).map(tuple))
    | st.just(Answer("absent")) | st.just(Answer("unknown")),
    max_size=4,
) | st.dictionaries(
    TEXT.map("link:{}".format).map(lambda key: Question("link", key)),
    st.builds(Answer, st.just("found"), seen=st.lists(SEEN, min_size=1, max_size=2).map(tuple)),
    max_size=3,
)  # fmt: skip


@given(TEXT)
def test_strings_are_read_back(text: str) -> None:
    assert tomllib.loads(f"x = {string(text)}") == {"x": text}


@given(NAMES)
def test_names_are_read_back(name: Name) -> None:
    assert name_of(name_text(name)) == name


@settings(deadline=None)
@given(ANSWERS, ANSWERS)
def test_the_laws_of_the_lock(first: dict[Question, Answer], second: dict[Question, Answer]) -> None:
    lock = add(Lock(), first, DAY)
    assert loads(dumps(lock)) == lock
    assert dumps(loads(dumps(lock))) == dumps(lock)
    assert add(lock, first, LATER) == lock
    more = add(lock, second, LATER)
    assert loads(dumps(more)) == more
    assert all(more.answers[question] == answer for question, answer in lock.answers.items())
    new = renew(more, second, LAST, drop_unasked=True)
    assert loads(dumps(new)) == new
    assert renew(new, second, LAST, drop_unasked=True) == new
    tables = tomllib.loads(dumps(new))
    assert tables["schema"] == 1


def test_lone_surrogates_do_not_stop_the_writer() -> None:
    question = Question("crossref", "doi:10.1/a")
    record = Record("crossref", Work(title="a\ud800b", ids=(Id("doi", "10.1/a"),)))
    lock = add(Lock(), {question: Answer("found", "crossref", (record,))}, DAY)
    dumps(lock).encode("utf-8")
    assert lock.answers[question].records[0].work.title == "a\ufffdb"
    assert loads(dumps(lock)) == lock
