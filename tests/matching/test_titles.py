"""One title written in many ways, and titles that are nearly another one."""

from __future__ import annotations

import time

import pytest

from evidence.matching import titles, twins, wording
from evidence.model import Work

BED = "Bed rest for back pain in adults"

SAME = [
    ("BED REST FOR BACK PAIN IN ADULTS.", BED),
    (
        "Tumour necrosis factor-α in anaemia: a randomised trial",
        "Tumor necrosis factor alpha in anemia: A Randomized Trial",
    ),
    ("Uptake of H<sub>2</sub>O &amp; CO<sub>2</sub>", "Uptake of H2O and CO2"),
    ("Effects of in-vivo loading – a study", "Effects of in vivo loading: a study"),
    ("Two-year results of spinal fusion", "2-year results of spinal fusion"),
    ("Results of spinal fusion, part II", "Results of spinal fusion. Part 2"),
    ("RETRACTED: Bed rest for back pain in adults", BED),
    ("RETRACTED ARTICLE: Bed rest for back pain in adults", BED),
    ("[Bed rest for back pain in adults] [Article in German]", BED),
    ("Bed rest for back pain in…", BED),
    ("Original article: Bed rest for back pain in adults", BED),
    ("García’s lesion of the knee", "Garcia's lesion of the knee"),
    (r"The role of $\alpha$-synuclein and {RNA} \textit{in vivo}", "The role of α-synuclein and RNA in vivo"),
    ("Bed rest for “back pain” in adults", BED),
    ("Behaviour and labelling of fibres in the centre", "Behavior and labeling of fibers in the center"),
    ("Bed  rest for back\npain in adults", BED),
]

NEARLY = [
    ("Bed rest for neck pain in adults", "'neck' for 'back'"),
    ("Bed rest for back pain in older adults", "'older' added"),
    ("Bed rest for pain in adults", "'back' left out"),
    ("Bed rest without back pain in adults", "'without' for 'for'"),
]


def _check(
    written: str, registered: str, subtitle: str = "", text: str = "", **extra: str
) -> titles.TitleCheck:
    return titles.check(Work(title=written), Work(title=registered, subtitle=subtitle, extra=extra), text)


@pytest.mark.parametrize(("written", "registered"), SAME)
def test_ways_to_write_one_title(written: str, registered: str) -> None:
    found = _check(written, registered)
    assert (found.state, found.weight) == ("agrees", None)


@pytest.mark.parametrize(("written", "detail"), NEARLY)
def test_a_changed_word_is_named(written: str, detail: str) -> None:
    found = _check(written, BED)
    assert (found.state, found.weight, found.detail) == ("differs", "error", detail)


@pytest.mark.parametrize(
    ("written", "registered", "detail"),
    [
        (
            "Percutaneous injecton of marrow cells",
            "Percutaneous injection of marrow cells",
            "'injecton' for 'injection'",
        ),
        ("Measuring risk of falls at home", "Measuring the risk of falls at home", "'the' left out"),
        (
            "Stem cells in Alzheimer's disease",
            "Stem cells in Alzheimer disease",
            "'alzheimers' for 'alzheimer'",
        ),
        ("Bed rest for back pain", "Bed rest for back pain: a pilot study", "its subtitle is left out"),
        (
            "Bed rest for back pain: a pilot study",
            "Bed rest for back pain",
            "a subtitle is added that is not registered",
        ),
    ],
)
def test_a_slip_is_a_note(written: str, registered: str, detail: str) -> None:
    found = _check(written, registered)
    assert (found.state, found.weight, found.detail) == ("agrees", "note", detail)


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Symptomatic discs of the spine", "Asymptomatic discs of the spine"),
        ("Passive abduction of the hip", "Passive adduction of the hip"),
        ("Hypotension in the elderly", "Hypertension in the elderly"),
        ("Results of fusion, part I", "Results of fusion, part II"),
        ("Uptake of 15 tracers by discs", "Uptake of 16 tracers by discs"),
    ],
)
def test_one_letter_can_be_another_study(written: str, registered: str) -> None:
    assert _check(written, registered).weight == "error"


def test_a_plural_is_a_warning() -> None:
    found = _check("Mesenchymal stem cell for disc repair", "Mesenchymal stem cells for disc repair")
    assert (found.state, found.weight) == ("differs", "warning")


def test_the_subtitle_may_stand_in_either_field() -> None:
    assert _check("Bed rest: a trial of two days", "Bed rest", "A trial of two days").state == "agrees"
    assert (
        _check("Bed rest in older adults", "Bed rest in older adults", "A trial of two days").weight is None
    )


@pytest.mark.parametrize("registered", ["", "Untitled", "Front Matter", "Table of Contents"])
def test_a_registry_without_a_title_says_nothing(registered: str) -> None:
    assert _check(BED, registered).state == "absent"


def test_a_translation_is_no_difference() -> None:
    assert _check("[Bed rest for back pain]", "Bettruhe bei Kreuzschmerz").state == "absent"
    assert _check("Bed rest for the back", "Die Bettruhe bei dem Kreuzschmerz").state == "absent"
    assert _check("Bed rest for the back", "腰痛の安静").state == "absent"
    assert _check("Bed rest of backs", "Bettruhe", original_title="Bed rest of backs").state == "agrees"


def test_a_title_that_stands_in_the_reference_agrees_however_it_was_read() -> None:
    text = "Smith A. Bed rest for back pain in adults. Spine. 2011;3:1-2."
    assert _check("Smith A. Bed rest", BED, text=text).state == "agrees"
    assert _check("rest for back pain in adults", BED, text=text.replace("Bed ", "")).state == "differs"


def test_another_title_altogether_has_no_list_of_words() -> None:
    found = _check("Hip fractures among farmers", BED)
    assert (found.state, found.weight, found.detail) == ("differs", "error", "")
    assert found.similarity < 0.6


def test_a_reply_is_not_its_paper() -> None:
    assert _check("Bed rest for back pain in adults: reply", BED).state == "differs"
    assert twins.differ(Work(title=BED), Work(title=f"{BED}—Reply"))
    assert twins.differ(Work(title=BED), Work(title=f"Reply to “{BED}”"))
    assert twins.differ(Work(title=BED), Work(title=f"Erratum: {BED}"))
    assert not twins.differ(Work(title="Response of discs to load"), Work(title="Response of Discs to Load"))


def test_parts_of_a_series_are_told_apart() -> None:
    one, three = Work(title=f"{BED}. Part 1"), Work(title=f"{BED}. Part III")
    assert twins.differ(one, three) == twins.NUMBERS
    assert not twins.differ(one, Work(title=f"{BED}. Part I"))
    assert twins.differ(Work(title=f"{BED}: 2015 update"), Work(title=f"{BED}: 2016 update"))


def test_a_notice_about_the_work_is_not_the_work() -> None:
    assert twins.differ(Work(title=BED), Work(title=BED, extra={"updates": "retraction 10.1/x"}))


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "[in german", "\\a", "$", "&amp;", "a ", "'", ": ", "é", "part i "]
)
def test_long_titles_cost_little(piece: str) -> None:
    start = time.process_time()
    long = piece * 40_000
    wording.words(long)
    _check(long, f"{long}x", text=long)
    twins.kinds(long)
    twins.parts(long)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("written", "registered", "state"),
    [
        ("IL-6", "IL-6 in Inflammation, Immunity, and Disease", "agrees"),
        ("BERT", "BERT: Pre-training of Deep Bidirectional Transformers", "agrees"),
        ("SPORT", "Sport and exercise for the back", "absent"),
        ("NASA", "Bed rest for back pain", "absent"),
        ("NASA", "ESA", "differs"),
        ("Neck", "Bed rest for back pain", "differs"),
        ("Bettruhe bei Rückenschmerzen und Wärme", "Bed Rest, Heat, Back Pain", "absent"),
        ("Bed Rest, Heat, Back Pain", "Le repos au lit dans les lombalgies", "absent"),
        ("Konservative Therapie der lumbalen Stenose", "Conservative therapy of lumbar stenosis", "absent"),
        ("[Bed rest for neck pain]", "Bed rest for back pain", "differs"),
        ("Bettruhe bei Rückenschmerzen", "Bettruhe bei Nackenschmerzen", "differs"),
        ("Why patients die alone at home", "Why patients suffer alone at home", "differs"),
        ("Management of de novo lupus", "Management of recurrent lupus", "differs"),
        ("IL 6", "Receptors of the skin", "differs"),
    ],
)
def test_what_cannot_be_compared_is_absent(written: str, registered: str, state: str) -> None:
    assert titles.check(Work(title=written), Work(title=registered)).state == state
