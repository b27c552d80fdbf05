"""refs.lock: what is read is what was written, and only what the world changed is a changed line."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import replace

from evidence.lock import Lock, add, dumps, loads, looks, renew
from evidence.model import Answer, Date, Id, Name, Notice, Question, Record, Seen, Work

DAY, LATER, LAST = "2026-11-22", "2026-11-29", "2026-12-06"
DOI = "10.1002/stem.1845"
ASKED = Question("crossref", f"doi:{DOI}")
SEARCH = Question("crossref", "search:intradiscal injection|pettine|2015")
HANDLE = Question("doi", f"doi:{DOI}")
PAGE = Question("link", "link:https://example.org/a?b=c")

WORK = Work(
    type="article-journal",
    title="Percutaneous injection of autologous bone marrow concentrate cells",
    authors=(Name("Pettine", "Kenneth A."), Name("Murphy", "Matthew B."), Name(literal="Back Pain Group")),
    issued=Date(2015, 1),
    dates={"print": Date(2015, 1), "online": Date(2014, 12, 18)},
    container="Stem Cells",
    volume="33",
    issue="1",
    pages="146-156",
    ids=(Id("doi", DOI), Id("pmid", "25187512")),
    extra={"article_number": ""},
)


def found(*records: Record) -> Answer:
    return Answer("found", records[0].service if records else "", records)


def record(work: Work = WORK, **others: str) -> Record:
    return Record("crossref", work, **others)  # type: ignore[arg-type]


def work(doi: str, title: str = "A title") -> Work:
    return Work(type="article-journal", title=title, ids=(Id("doi", doi),))


def look(at: str = DAY, status: int = 200, **others: object) -> Seen:
    return Seen("https://example.org/a?b=c", at, status=status, **others)  # type: ignore[arg-type]


def changes(before: Lock, after: Lock) -> list[str]:
    lines = difflib.unified_diff(dumps(before).splitlines(), dumps(after).splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


FULL = add(
    Lock(),
    {
        ASKED: found(record()),
        SEARCH: found(record(), record(work("10.1/other"))),
        HANDLE: Answer("found", "doi"),
        Question("doi", "doi:10.1/gone"): Answer("absent", "doi"),
        PAGE: Answer("found", "link", seen=(look(type="text/html", hops=(("https://example.org/", 301),)),)),
        Question("pubmed", "pmid:1"): Answer("unknown", "pubmed", cause="outage"),
    },
    DAY,
)


# -- the form --------------------------------------------------------------------------------


def test_the_form_of_the_file() -> None:
    lines = dumps(FULL).split("\n")
    assert lines[1:4] == ["schema = 1", 'updated = "2026-11-22"', ""]
    headings = [line for line in lines if line.startswith("[")]
    assert headings == sorted(headings)
    start = lines.index(f'[crossref."doi:{DOI}"]')
    assert lines[start + 1 : start + 21] == [
        'outcome = "found"', 'since = "2026-11-22"', 'type = "article-journal"', f'title = "{WORK.title}"',
        "authors = [", '  "Pettine, Kenneth A.",', '  "Murphy, Matthew B.",', '  "{Back Pain Group}",', "]",
        'container = "Stem Cells"', 'issued = "2015-01"', 'online = "2014-12-18"', 'print = "2015-01"',
        'volume = "33"', 'issue = "1"', 'pages = "146-156"', "ids = [", '  "pmid:25187512",', "]",
        'extra.article_number = ""',
    ]  # fmt: skip
    table = tomllib.loads(dumps(FULL))
    assert table["crossref"][SEARCH.key]["candidates"] == [f"doi:{DOI}", "doi:10.1/other"]
    assert table["doi"]["doi:10.1/gone"] == {"outcome": "absent", "since": DAY}
    assert table["link"][PAGE.key]["looks"] == [
        {"at": DAY, "status": 200, "type": "text/html", "hops": ["301 https://example.org/"]}
    ]
    assert "pubmed" not in table
    assert dumps(FULL).endswith("\n")
    assert "\r" not in dumps(FULL)


def test_reading_what_was_written_gives_the_same() -> None:
    assert loads(dumps(FULL)) == FULL
    assert dumps(loads(dumps(FULL))) == dumps(FULL)
    assert loads(dumps(Lock({}, DAY))) == Lock({}, DAY)


def test_a_record_stands_once_and_answers_for_its_identifier() -> None:
    lock = add(Lock(), {SEARCH: found(record(), record(work("10.1/other")))}, DAY)
    assert dumps(lock).count("Percutaneous") == 1
    other = lock.get(Question("crossref", "doi:10.1/other"))
    assert other is not None
    assert other.records[0].work.title == "A title"
    assert other.records[0].since == DAY


def test_a_search_names_five_candidates_at_most() -> None:
    many = [record(work(f"10.1/{n}")) for n in range(9)]
    lock = add(Lock(), {SEARCH: found(*many)}, DAY)
    answer = lock.get(SEARCH)
    assert answer is not None
    assert [r.work.doi for r in answer.records] == [f"10.1/{n}" for n in range(5)]


def test_an_alias_points_to_the_prime() -> None:
    lock = add(Lock(), {Question("crossref", "doi:10.1/old"): found(record(alias="10.1/old"))}, DAY)
    assert 'alias_of = "doi:10.1002/stem.1845"' in dumps(lock)
    old, prime = lock.get(Question("crossref", "doi:10.1/old")), lock.get(ASKED)
    assert old is not None
    assert prime is not None
    assert (old.records[0].alias, prime.records[0].alias) == ("10.1/old", "")
    assert loads(dumps(lock)) == lock


def test_an_alias_of_an_alias_leads_to_the_prime_and_a_circle_nowhere() -> None:
    def asked(doi: str, got: str) -> tuple[Question, Answer]:
        return Question("crossref", f"doi:{doi}"), found(record(work(got)))

    lock = add(Lock(), dict([asked("10.1/a", "10.1/b"), asked("10.1/b", "10.1/c")]), DAY)
    records = [lock.answers[Question("crossref", f"doi:10.1/{name}")].records[0] for name in "abc"]
    assert [(one.work.doi, one.alias) for one in records] == [
        ("10.1/c", "10.1/a"), ("10.1/c", "10.1/b"), ("10.1/c", ""),
    ]  # fmt: skip
    circle = add(Lock(), dict([asked("10.1/a", "10.1/b"), asked("10.1/b", "10.1/a")]), DAY)
    assert circle.answers == {}


def test_a_record_without_identifier_stands_in_its_search() -> None:
    nameless = record(Work(type="webpage", title="A page"))
    lock = add(Lock(), {SEARCH: found(nameless)}, DAY)
    answer = lock.get(SEARCH)
    assert answer is not None
    assert answer.records[0].work.title == "A page"
    assert loads(dumps(lock)) == lock


# -- adding and renewing ---------------------------------------------------------------------


def test_adding_twice_changes_nothing_and_adding_never_changes() -> None:
    changed = {ASKED: found(record(replace(WORK, title="Another title"))), HANDLE: Answer("absent", "doi")}
    assert add(FULL, changed, LATER) is FULL
    more = {Question("crossref", "doi:10.1/new"): found(record(work("10.1/new")))}
    once = add(FULL, more, LATER)
    assert add(once, more, LAST) == once
    assert changes(FULL, once) == [
        "+", '+[crossref."doi:10.1/new"]', '+outcome = "found"', '+since = "2026-11-29"',
        '+asked = "2026-11-29"', '+type = "article-journal"', '+title = "A title"',
    ]  # fmt: skip


def test_a_search_added_later_uses_the_record_that_is_there() -> None:
    lock = add(Lock(), {ASKED: found(record())}, DAY)
    lock = add(lock, {SEARCH: found(record(replace(WORK, volume="34")))}, LATER)
    answer = lock.get(SEARCH)
    assert answer is not None
    assert answer.records[0].work.volume == "33"
    assert loads(dumps(lock)) == lock
    absent = add(Lock(), {ASKED: Answer("absent", "crossref")}, DAY)
    assert add(absent, {SEARCH: found(record())}, LATER).get(SEARCH) is None


def test_a_quiet_week_changes_one_line() -> None:
    again = {question: replace(answer, since="", asked="") for question, answer in FULL.answers.items()}
    assert changes(FULL, renew(FULL, again, LATER, drop_unasked=True)) == [
        '-updated = "2026-11-22"', '+updated = "2026-11-29"',
    ]  # fmt: skip
    assert renew(FULL, again, DAY, drop_unasked=True) == FULL


def test_a_retraction_is_one_added_line() -> None:
    notice = Notice("retraction", "10.1002/stem.9999", "2026-11-25", ("crossref", "retraction-watch"))
    lock = renew(FULL, {ASKED: found(record() and replace(record(), notices=(notice,)))}, LATER)
    added = [line for line in changes(FULL, lock) if "since" not in line and "asked" not in line]
    assert added == [
        '+notices.retraction."10.1002/stem.9999" = '
        '{ date = "2026-11-25", says = ["crossref", "retraction-watch"] }'
    ]
    answer = lock.get(ASKED)
    assert answer is not None
    assert (answer.since, answer.records[0].since, answer.records[0].notices) == (LATER, LATER, (notice,))
    second = replace(notice, kind="correction")
    both = renew(lock, {ASKED: found(replace(record(), notices=(notice, second)))}, LATER)
    assert [line[:20] for line in changes(lock, both)] == ["+notices.correction."]


def test_a_changed_field_changes_its_line_and_since() -> None:
    lock = renew(FULL, {ASKED: found(record(replace(WORK, volume="34")))}, DAY)
    assert changes(FULL, lock) == ['-volume = "33"', '+volume = "34"']
    lock = renew(FULL, {ASKED: found(record(replace(WORK, volume="34")))}, LATER)
    assert len(changes(FULL, lock)) == 5


def test_an_outage_never_replaces_an_answer() -> None:
    unknown = {question: Answer("unknown", question.service, cause="outage") for question in FULL.answers}
    lock = renew(FULL, unknown, LATER, drop_unasked=True)
    assert {question: answer.records for question, answer in lock.answers.items()} == {
        question: answer.records for question, answer in FULL.answers.items()
    }
    answer = lock.get(ASKED)
    assert answer is not None
    assert (answer.since, answer.asked, lock.updated) == (DAY, DAY, LATER)
    assert 'asked = "2026-11-22"' in dumps(lock)
    assert loads(dumps(lock)) == lock


def test_an_answer_handed_back_as_it_was_is_not_asked_again() -> None:
    answer = FULL.answers[ASKED]
    lock = renew(FULL, {ASKED: replace(answer, reason="not asked again: down")}, LATER)
    assert lock.answers[ASKED].asked == DAY


def test_only_a_whole_update_drops_what_nothing_asks() -> None:
    again = {SEARCH: found(record())}
    assert set(renew(FULL, again, LATER).answers) == set(FULL.answers)
    assert renew(FULL, again, LATER).updated == DAY
    whole = renew(FULL, again, LATER, drop_unasked=True)
    assert set(whole.answers) == {SEARCH, ASKED}
    assert loads(dumps(whole)) == whole


def test_what_was_found_may_become_absent() -> None:
    lock = renew(FULL, {ASKED: Answer("absent", "crossref")}, LATER)
    answer = lock.get(SEARCH)
    assert answer is not None
    assert [r.work.doi for r in answer.records] == ["10.1/other"]
    assert loads(dumps(lock)) == lock


def test_looks_at_a_link_gather_and_the_same_again_adds_nothing() -> None:
    same = {PAGE: Answer("found", "link", seen=(replace(FULL.answers[PAGE].seen[0], at=LATER),))}
    lock = renew(FULL, same, LATER)
    assert changes(FULL, lock) == ['+asked = "2026-11-29"']
    assert [seen.at for seen in looks(lock.answers[PAGE])] == [DAY, LATER]
    gone = {PAGE: Answer("found", "link", seen=(look(LAST, 404),))}
    lock = renew(lock, gone, LAST, drop_unasked=True)
    assert [(seen.at, seen.status) for seen in lock.answers[PAGE].seen] == [(DAY, 200), (LAST, 404)]
    assert looks(lock.answers[PAGE]) == lock.answers[PAGE].seen
    handed_back = renew(lock, {PAGE: lock.answers[PAGE]}, LAST, drop_unasked=True)
    assert handed_back == lock


def test_looks_are_kept_losslessly_and_not_for_ever() -> None:
    seen = tuple(
        look(f"2026-01-{n:02d}", 200 + n, hops=(("https://x.example/ y", 302),), type="text/html",
             title='A "title"\n\u202e', signals=("soft-404", "parked"), error="timeout" if n % 2 else "")
        for n in range(1, 10)
    )  # fmt: skip
    lock = add(Lock(), {PAGE: Answer("found", "link", seen=seen)}, DAY)
    assert lock.answers[PAGE].seen == seen[-6:]
    assert "\u202e" not in dumps(lock)
    other = Question("link", "link:https://other.example/")
    assert add(Lock(), {other: Answer("found", "link", seen=seen[:1])}, DAY).answers[other].seen == seen[:1]


# -- by hand ---------------------------------------------------------------------------------

BY_HAND = f"""schema = 1
updated = "2026-11-22"
[by-hand.'doi:{DOI}']
outcome = "found"
title = "As it stands on paper"
authors = ["Pettine,Kenneth", "{{Back Pain Group}}"]
unknown_key = 3
[by-hand."search:a page|doe|2020"]
outcome = "found"
candidates = ["doi:{DOI}"]
[by-hand."search:another|doe|2020"]
outcome = "found"
type = "webpage"
title = "Another"
[by-hand."link:https://example.org/"]
looks = [{{ at = "2026-11-22", status = 200 }}]
[by-hand."doi:10.1/none"]
outcome = "absent"
"""


def test_answers_by_hand_answer_for_every_service() -> None:
    lock = loads(BY_HAND)
    for service in ("crossref", "doi", "datacite"):
        answer = lock.get(Question(service, f"doi:{DOI}"))
        assert answer is not None
        assert (answer.service, answer.records[0].service) == ("by-hand", "by-hand")
        assert answer.records[0].work.authors == (Name("Pettine", "Kenneth"), Name(literal="Back Pain Group"))
        assert answer.records[0].work.doi == DOI
    for key, title in (("a page", "As it stands on paper"), ("another", "Another")):
        search = lock.get(Question("crossref", f"search:{key}|doe|2020"))
        assert search is not None
        assert search.records[0].work.title == title
    link = lock.get(Question("link", "link:https://example.org/"))
    assert link is not None
    assert link.seen == (Seen("https://example.org/", DAY, status=200),)
    assert loads(dumps(lock)) == lock


def test_the_exact_service_comes_first() -> None:
    lock = add(loads(BY_HAND), {HANDLE: Answer("absent", "doi")}, DAY)
    answer = lock.get(HANDLE)
    assert answer is not None
    assert answer.service == "by-hand"
    exact = Lock({**lock.answers, HANDLE: Answer("found", "doi", since=DAY, asked=DAY)}, DAY)
    answer = exact.get(HANDLE)
    assert answer is not None
    assert answer.service == "doi"


def test_answers_by_hand_survive_an_update_and_are_never_asked() -> None:
    lock = loads(BY_HAND)
    answers = {ASKED: lock.answers[Question("by-hand", ASKED.key)], PAGE: Answer("unknown", "link")}
    whole = renew(lock, answers, LATER, drop_unasked=True)
    assert dict(whole.answers) == dict(lock.answers)
    assert "asked" not in dumps(whole)


def test_a_search_by_hand_may_name_a_record_of_a_registry() -> None:
    text = dumps(FULL) + f'\n[by-hand."search:x|y|2015"]\noutcome = "found"\ncandidates = ["doi:{DOI}"]\n'
    answer = loads(text).get(Question("crossref", "search:x|y|2015"))
    assert answer is not None
    assert answer.records[0].service == "crossref"
    assert loads(dumps(loads(text))) == loads(text)


# -- two branches --------------------------------------------------------------------------


def test_two_sides_that_each_added_an_answer_can_both_stay() -> None:
    ours = add(FULL, {Question("doi", "doi:10.1/ours"): Answer("found", "doi")}, LATER)
    theirs = add(FULL, {Question("crossref", "doi:10.1/theirs"): found(record(work("10.1/theirs")))}, LATER)
    both = add(ours, theirs.answers, LATER)
    merged = dumps(FULL).split("\n\n")
    merged += [block for lock in (ours, theirs) for block in dumps(lock).split("\n\n") if block not in merged]
    assert loads("\n\n".join(block.strip("\n") for block in merged)) == both
