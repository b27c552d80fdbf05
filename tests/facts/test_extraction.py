"""What extraction finds in sentences made for it; the figures on real abstracts are a script's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.facts import Proposal, extract
from tests.measuring import assert_linear

WALK = (
    "Slow walking for stiff knees: a randomised trial. We screened 310 adults between May 2009 and June 2011. "
    "Two hundred and forty adults with stiff knees were randomly assigned to walking (n = 118) or usual care "
    "(n = 122) in this phase II trial. After a median follow-up of 18 months, 201 completed the study. At 6 months "
    "27 of 118 walkers (23%) and 14/122 controls were free of pain. The trial was registered as NCT01234567."
)


def people(text: str) -> list[tuple[str, float | str]]:
    return [(one.role, one.value) for one in extract(text) if one.kind == "participants"]


def total(text: str) -> float | str | None:
    found = [one for one in extract(text) if one.role in ("enrolled", "randomised", "analysed")]
    return max(found, key=lambda one: one.confidence).value if found else None


def one_of(text: str, kind: str) -> Proposal:
    (found,) = [one for one in extract(text) if one.kind == kind]
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We enrolled 52 nurses.", 52),
        ("Sixty-one consecutive recipients were randomised to rest or walking.", 61),
        ("A total of 1,204 women took part; 34 died.", 1204),
        ("Women with stiff knees (N = 88) were randomly assigned to walk or to rest.", 88),
        ("Of 97 patients, 12 dropped out.", 97),
        ("The 40-patient trial lasted a year.", 40),
        ("120 women who had been operated on were randomised: 59 to rest and 61 to walking.", 120),
        ("Between July, 1996 and April, 1999, 199 patients were enrolled and 181 were evaluated.", 199),
        ("In MA.27, 75 women with stiff knees were assigned to walking or rest.", 75),
        ("13 388 women were randomised.", 13388),
        ("Stiff knee walkers (SKW) were asked. Ninety-one SKW were randomised (n = 40; n = 51).", 91),
        ("The trial was stopped after 61 of the planned 88 adults were enrolled.", 61),
        ("Ninety runners were enrolled. Swelling was observed in 84 cases, 3 cases and 3 cases.", 90),
        ("Forty-four adults were enrolled; 31 adults were evaluable for stiffness.", 44),
        ("Each of five clinics chose charts of 150 adults. We enrolled 520 adults.", 520),
        (
            "The trial assigned 5,100 men to walking and resting groups. For weeks 24 through 48 all walked.",
            5100,
        ),
        ("Thirty adults with 41 stiff knees received walking or rest.", 30),
    ],
)
def test_the_total_of_those_who_took_part(text: str, value: float) -> None:
    assert total(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Walkers were compared by group: walking (n = 21) and rest (n = 24).", 45),
        ("We compared two groups, with 19 runners in each group.", 38),
        ("There were 17 and 26 runners in the first and second course, respectively.", 43),
        ("In the walking group, 21% of 203 men were free of pain against 9% of 190 men at rest.", 393),
    ],
)
def test_groups_are_added_up_where_nothing_else_is_said(text: str, value: float) -> None:
    assert total(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "Sixteen rabbits were randomised to saline or walking; rabbits were killed after 12 weeks.",
        "A systematic review. We searched MEDLINE; 24 studies with 2,465 patients were included.",
        "Back pain affects eight out of 10 people at some point in their lifetimes.",
        "About 31 million men and women have back pain.",
        "Participants aged 18 to 65 years walked for 12 weeks.",
    ],
)
def test_no_total_where_nobody_took_part(text: str) -> None:
    assert total(text) is None


def test_roles_of_a_whole_abstract() -> None:
    found = people(WALK)
    assert found[:1] == [("randomised", 240)]
    assert {("screened", 310), ("arm", 118), ("arm", 122)} <= set(found)
    arms = {one.value: one.arm for one in extract(WALK) if one.role == "arm"}
    assert arms == {118: "walking", 122: "usual care"}


def test_the_total_is_first_and_surest() -> None:
    found = [one for one in extract(WALK) if one.kind == "participants"]
    assert found[0].confidence == max(one.confidence for one in found)


def test_outcomes_have_group_and_time() -> None:
    events = {(one.value, one.of, one.at) for one in extract(WALK) if one.role == "event"}
    assert (27, 118, "6 months") in events
    assert (14, 122, "6 months") in events
    (percent,) = [one for one in extract(WALK) if one.unit == "percent"]
    assert (percent.value, percent.at) == (23, "6 months")


def test_design_phase_and_registry() -> None:
    labels = {one.outcome: one.value for one in extract(WALK) if one.kind == "other"}
    assert labels == {"design": "randomised controlled trial", "phase": "2", "registry": "NCT01234567"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patients were followed for 30 months.", [(30, "month")]),
        ("Median follow-up was 5·5 years (IQR 3·0-7·1 years).", [(5.5, "year")]),
        ("At the three-month follow-up 12% were better.", [(3, "month")]),
        ("The 5-year survival was 40% after a median follow-up of 63 months.", [(63, "month")]),
        ("Assessments were made at 3 and 12 months of follow-up.", [(3, "month"), (12, "month")]),
        ("Both groups had 12 weeks of training.", []),
        ("Women aged 50 to 79 years were followed.", []),
        (
            "Median follow-up was 26 months in the drug group and 24 months in the other.",
            [(26, "month"), (24, "month")],
        ),
    ],
)
def test_follow_up(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(one.value, one.unit) for one in extract(text) if one.kind == "follow_up"] == expected


def test_a_history_is_no_follow_up() -> None:
    found = one_of("Their symptoms had persisted for as long as 12 years in some.", "duration")
    assert (found.value, found.unit, found.relation) == (12, "year", "<=")


def test_a_bound_on_the_time_of_an_outcome_is_kept() -> None:
    found = one_of("The cells were found to lower pain by 50% for up to 12 months.", "outcome")
    assert (found.value, found.unit, found.relation, found.at) == (50, "percent", "=", "<= 12 months")


def test_a_back_reference_names_the_group() -> None:
    text = "24 adults were treated. Of the original 24 adults, 12 were followed for 30 months."
    followed = next(one for one in extract(text) if one.role == "followed")
    assert (followed.value, followed.of) == (12, 24)


@pytest.mark.parametrize(
    "text",
    [
        "The 0.1% cream was compared with placebo.",
        "The study had 80% power with a two-sided alpha of 5%.",
        "The rate was 12 (95% CI 2% to 20%).",
        "Pain was lower (P < 0.05).",
    ],
)
def test_what_is_no_result(text: str) -> None:
    assert not [one for one in extract(text) if one.kind == "outcome"]


def test_paragraphs_of_a_page_are_read_each_for_itself() -> None:
    page = (
        "In one study 24 patients were injected. Five were better. [1]\n\n"
        "Another study included 100 patients as part of a phase 2 trial. [2]\n"
    )
    for text in (page, page.replace("\n\n", "\n")):
        assert [value for role, value in people(text) if role == "enrolled"] == [24, 100]


PIECES = st.sampled_from(
    ["We enrolled", "patients", "120", "(n = 40)", "12%", "at 6 months", "of", "were randomised", ".", ";", "\n\n",
     "followed for 2 years", "[1]", "half", "vs.", "€", "ﬁ", "İ", "²", "1/2", "NCT01234567", "phase II", "(", "é"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_offsets_are_those_of_the_quote(text: str) -> None:
    for one in extract(text):
        assert text[one.start : one.end] == one.quote
        assert one.start <= one.number.start < one.number.end <= one.end or one.stat == "sum"
        assert 0 <= one.confidence <= 1


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for one in extract(text):
        assert text[one.start : one.end] == one.quote


def events(text: str) -> list[float | str]:
    return [one.value for one in extract(text) if one.role == "event"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Adults were assigned to one of two walking groups.", []),
        ("Of those asked, 64 (80%) agreed to take part.", []),
        ("A total of 31 of the 90 adults received a splint as planned.", []),
        ("At the end, 52 cases qualified for the course.", []),
        ("Six patients in the splint group and three in the other group had a fall.", [6, 3]),
        ("Cramps were reported by two adults in the walking group.", [2]),
        ("Cramps were observed in 12 cases.", [12]),
        ("Of the knees, 31 of 90 were free of pain.", [31]),
        ("There were 29 falls with walking vs. 37 with rest.", [29, 37]),
        ("Falls were seen in 71 adults (30 walking, 41 rest).", [71, 30, 41]),
        ("A total of 69 falls were recorded (33 for walking vs 36 for rest).", [69, 33, 36]),
        ("Three adults in the walking group (5.1%) and two adults in the other (3.6%) fell.", [3, 2]),
        ("One adult died.", [1]),
        ("Fifty-six adults assigned to walking died.", [56]),
        ("Falls were cut to 5% (n = 3).", [3]),
        ("An inhibitor of kinase 4/6 was given with cytokeratin 5/6+ knees.", []),
        ("We compared 3 versus 6 courses of walking.", []),
        ("Adults were randomised: 25 (48%) in the walking group and 27 (52%) in the resting group.", []),
        ("Seventy events give 90% power.", []),
        ("The median count of falls was 4.5 in the walking arm and 5 in the resting arm.", []),
    ],
)
def test_counts_of_the_plan_are_no_outcomes_and_counts_in_a_group_are(text: str, counted: list[int]) -> None:
    assert events(text) == counted


def percentages(text: str) -> list[float | str]:
    return [one.value for one in extract(text) if one.kind == "outcome" and one.unit == "percent"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pain was less frequent with walking (35 vs. 19%).", [35, 19]),
        ("Cure rates were 5.9 versus 37.5 versus 18.4 %, respectively.", [5.9, 37.5, 18.4]),
        ("Falls: 5% and 4% (difference of 1%, 95% CI 0 to 2).", [5, 4]),
        ("Pathologic cure was seen in 25.5% and 10.2% of knees.", [25.5, 10.2]),
        (
            "Walking for knees. Stiffness occurs in 95% of adults. We randomised 40 adults to walking or rest. "
            "After 12 weeks 30% of the walkers were stiff. Walking may help stiff knees; longer trials of it are due.",
            [30],
        ),
    ],
)
def test_percentages_of_a_pair_and_none_of_the_introduction(text: str, told: list[float]) -> None:
    assert percentages(text) == told


def results(text: str) -> list[tuple[float | str, str, str, float | None, str]]:
    return [
        (one.value, one.outcome, one.arm, one.of, one.at) for one in extract(text) if one.kind == "outcome"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "At 12 weeks, 36 of 60 adults (60%) in the walking group and 20 of 58 (34%) in the resting group fell.",
            [
                (36, "fell", "walking", 60, "12 weeks"),
                (60, "fell", "walking", 60, "12 weeks"),
                (20, "fell", "resting", 58, "12 weeks"),
                (34, "fell", "resting", 58, "12 weeks"),
            ],
        ),
        (
            "Cure was seen in 6.8 % (3/45) and 17.6 % (9/51) in the walking and the resting group, respectively.",
            [
                (6.8, "cure", "walking", 45, ""),
                (3, "cure", "walking", 45, ""),
                (17.6, "cure", "resting", 51, ""),
                (9, "cure", "resting", 51, ""),
            ],
        ),
        (
            "Falls occurred in 12% of walkers vs 9% at rest.",
            [(12, "falls", "", None, ""), (9, "falls", "", None, "")],
        ),
        (
            "The incidence of cramps was lower in the walking group (8%).",
            [(8, "incidence of cramps", "walking", None, "")],
        ),
        ("There were 29 minor falls with walking.", [(29, "minor falls", "walking", None, "")]),
        ("Creams were found to ease pain by 50% at 6 months.", [(50, "ease pain", "", None, "6 months")]),
        (
            "At 6 months, 30% were free of pain. In the resting group, 12% were free of pain.",
            [
                (30, "were free of pain", "", None, "6 months"),
                (12, "were free of pain", "resting", None, "6 months"),
            ],
        ),
        (
            "Of these, 31 (20%) of the walking group and",
            [(31, "", "walking", None, ""), (20, "", "walking", None, "")],
        ),
    ],
)
def test_a_result_has_a_phrase_a_group_and_a_time_or_none(
    text: str, found: list[tuple[float, str, str, float | None, str]]
) -> None:
    assert results(text) == found


def test_what_lasted_is_named() -> None:
    for text in ("symptoms which had persisted", "symptoms, which had persisted"):
        one = one_of(f"They had {text} for as long as 12 years.", "duration")
        assert one.outcome == "symptoms which had persisted"


def test_states_and_treatments_of_people() -> None:
    text = "Thirty adults had splints given to them. After two years, five were better and three were not."
    assert people(text) == [("enrolled", 30)]
    assert [(one.value, one.outcome) for one in extract(text) if one.role == "event"] == [
        (5, "were better"),
        (3, ""),
    ]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("In a trial at 13 sites, 100 patients were randomly assigned to rest or walking; 89 completed the study.",
         {("randomised", 100), ("completed", 89)}),
        ("At 13 centres in 4 countries, 240 adults were randomised to rest (n=120) or walking (n=120); 231 were "
         "included in the analysis.",
         {("randomised", 240), ("arm", 120), ("analysed", 231)}),
        ("Twenty-six adults received one injection; 21 were available at three-year follow-up.",
         {("enrolled", 26), ("followed", 21)}),
    ],
)  # fmt: skip
def test_stages_of_a_study_are_told_by_bare_numbers_too(text: str, roles: set[tuple[str, float]]) -> None:
    people = {(one.role, one.value) for one in extract(text) if one.kind == "participants"}
    assert people == roles


TRIAL = "We randomly assigned 102 women to walking (n = 50) or rest (n = 52). "


@pytest.mark.parametrize(
    "told",
    [
        "Swelling developed in 12 women with walking and 20 with rest.",
        "Falls occurred in 12 women randomised to walking and 20 randomised to rest.",
        "Twelve women treated with walking and 20 treated with rest relapsed.",
        "Swelling was seen in 12 and 20 women, respectively.",
        "The number of falls was 12 and 20 in the walking and rest groups, respectively.",
        "Falls were fewer with walking (12 women v 20 women; P = .02).",
        "Strokes (12 walking, 20 rest) were similar.",
        "More women in the rest group (20) than in the walking group (12) fell.",
        "Fewer women assigned to walking had falls (12 [24%]) than did those assigned to rest (20 [38%]).",
        "A total of 32 falls were recorded (12 with walking vs 20 at rest).",
    ],
)
def test_events_of_both_groups_are_results(told: str) -> None:
    found = {one.value for one in extract(TRIAL + told) if one.kind == "outcome" and one.role == "event"}
    assert found == {12, 20}


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("After a median follow-up of 30 months, 32 falls had occurred.", 32),
        ("At the interim analysis (32 falls), walking was ahead.", 32),
        ("A total of 32 falls were recorded (12 with walking vs 20 at rest).", 32),
        ("Overall, 32 of 102 women fell.", 32),
        ("Thirty-two women (12 walking, 20 resting) developed swelling.", 32),
    ],
)
def test_events_of_all_groups_together_are_no_result_of_one(told: str, value: float) -> None:
    (found,) = [one for one in extract(TRIAL + told) if one.value == value]
    assert (found.kind, found.role) == ("other", "event")


def test_events_of_a_study_without_groups_are_results() -> None:
    (found,) = [
        one
        for one in extract("Sixty adults walked. After 2 years, 32 falls had occurred.")
        if one.value == 32
    ]
    assert (found.kind, found.role) == ("outcome", "event")


@pytest.mark.parametrize(
    "told",
    [
        "At baseline, 40% of the women smoked.",
        "The groups were comparable for age (40%) and weight.",
        "Of those, 40% had stage II swelling.",
        "Retention (40%) was high.",
        "Girls at rest were 40% more likely to fall.",
        "The mean difference (SEM) between groups was 40%.",
        "They kept fat to 40% of energy.",
        "Twenty women (40%) in the walking group and 21 women in the rest group completed the study.",
    ],
)
def test_shares_that_are_no_results(told: str) -> None:
    assert not [one for one in extract(TRIAL + told) if one.kind == "outcome" and one.value == 40]


def test_shares_that_stand_against_one_another_are_results() -> None:
    told = TRIAL + "There was no difference in the rate of falls (17% vs 11%)."
    assert {one.value for one in extract(told) if one.kind == "outcome"} == {17, 11}


def test_a_title_that_names_the_design_does_not_begin_the_study() -> None:
    told = (
        "Walking for stiff knees: a randomised trial. Up to 40% of adults suffer from stiff knees. " + TRIAL
    )
    assert not [one for one in extract(told + "Falls were rare.") if one.value == 40]


@pytest.mark.parametrize(
    "unit", ["12%, ", "12 vs ", "12 (13%) ", "12 of 13 ", "(12% ", "10 falls (5 a, 5 b) "]
)
def test_a_list_without_end_is_read_in_linear_time(unit: str) -> None:
    assert_linear(lambda count: extract(unit * count + "had pain."), 100)
