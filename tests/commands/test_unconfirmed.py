"""A DOI beside what cannot be compared with its record, and DOIs of what is not the work itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Ran, Run
from tests.standin import Standin

STUDY = "10.1002/stem.1845"

Judge = Callable[..., tuple[dict[str, Any], Ran]]


def message(
    doi: str, title: str, people: str, journal: str, year: int, volume: str, pages: str
) -> dict[str, Any]:
    family, _, given = people.partition(", ")
    return {
        "DOI": doi, "type": "journal-article", "title": [title], "author": [{"family": family, "given": given}],
        "container-title": [journal], "volume": volume, "page": pages, "issued": {"date-parts": [[year]]},
    }  # fmt: skip


RECORDS: list[dict[str, Any]] = [
    message("10.3238/arztebl.2016.0223", "Acute Lumbar Back Pain", "Casser, Hans-Raimund",
            "Deutsches Ärzteblatt international", 2016, "113", "223-234"),
    message("10.1007/s00132-015-3104-9", "Konservative Therapie der lumbalen Spinalkanalstenose", "Schmidt, Hans",
            "Der Orthopäde", 2015, "44", "1-9"),
    message("10.3760/cma.j.2016.12.001", "Expert consensus on lumbar disc herniation", "Wang, Li",
            "Chinese Journal of Orthopaedics", 2016, "36", "713-719"),
    message("10.1101/cshperspect.a016295", "IL-6 in Inflammation, Immunity, and Disease", "Tanaka, T.",
            "Cold Spring Harbor Perspectives in Biology", 2014, "6", "a016295"),
    {**message("10.12737/article_5c54", "School Mediation Service: Conflict-Free Educational Space", "Иванова, Е.",
               "Школьные технологии", 2018, "7", "40-45"),
     "original-title": ["Служба школьной медиации: развитие бесконфликтного пространства"]},
    message("10.1371/journal.pmed.0020124", "Why Most Published Research Findings Are False",
            "Ioannidis, John P. A.", "PLoS Medicine", 2005, "2", "e124"),
    {"DOI": "10.1371/journal.pmed.0020124.g001", "type": "component", "title": []},
    {"DOI": "10.1371/journal.pmed.0020124.s001", "type": "component", "title": ["Supporting Information"]},
    {"DOI": "10.1002/ecy.2017.98.issue-1", "type": "journal-issue", "title": [], "volume": "98",
     "container-title": ["Ecology"], "issued": {"date-parts": [[2017]]}},
    {"DOI": "10.1007/10452.1573-5125", "type": "journal", "title": ["Aquatic Ecology"]},
    {"DOI": "10.1002/2050-7038.12430/v3/review1", "type": "peer-review",
     "title": ['Review for "Performance evaluation of a reduced components count inverter"']},
]  # fmt: skip

GERMAN = "title = {Konservative Behandlung der Rückenschmerzen bei Erwachsenen}"


@pytest.fixture
def judged(standin: Standin, check: Run) -> Judge:
    """What a check says of one .bib entry: the reference as JSON, and the run."""
    for record in RECORDS:
        standin.crossref.add(record)

    def judge(fields: str, doi: str, kind: str = "article") -> tuple[dict[str, Any], Ran]:
        Path("refs.bib").write_text(f"@{kind}{{key,\n  {fields},\n  doi = {{{doi}}},\n}}\n")
        ran = check("refs.bib", "--select", "MET")
        (reference,) = ran.json["references"]
        return reference, ran

    return judge


@pytest.mark.parametrize(
    "fields",
    [
        GERMAN,
        f"{GERMAN}, year = 2015",
        f"{GERMAN}, year = 2014",
        f"{GERMAN}, volume = 33",
        "title = {腰椎间盘突出症诊疗指南}, year = 2015",
        "title = {Служба школьной медиации в школе}",
        "title = {[Treatment of the spine in children]}",
        "title = {IL-6}",
        "title = {IL-6}, year = 2015",
        "title = {SPORT}, year = 2015, number = 1",
    ],
)
def test_nothing_that_can_be_compared_verifies_nothing(judged: Judge, fields: str) -> None:
    reference, ran = judged(fields, STUDY)
    assert (reference["verdict"], reference["cause"]) == ("unchecked", "no-registry")
    assert reference["record"]["title"].startswith("Percutaneous Injection")
    (finding,) = ran.json["findings"]
    assert (finding["name"], finding["severity"]) == ("unconfirmed-work", "note")
    assert "“Percutaneous Injection of Autologous" in finding["message"]
    assert ran.json["complete"] is True
    assert ran.code == 0


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        ("title = {Akuter lumbaler Rückenschmerz: Diagnostik und Therapie}, author = {Casser, H.-R.}",
         "10.3238/arztebl.2016.0223"),
        ("title = {Der akute lumbale Rückenschmerz und seine Behandlung}, "
         "journal = {Dtsch Arztebl Int}, volume = 113, pages = {223--34}", "10.3238/arztebl.2016.0223"),
        ("title = {[Conservative treatment of lumbar spinal stenosis]}, author = {Schmidt, H}, journal = {Orthopade},"
         " year = 2015, volume = 44", "10.1007/s00132-015-3104-9"),
        ("title = {Conservative treatment of lumbar spinal stenosis [Article in German]}, author = {Schmidt, H}",
         "10.1007/s00132-015-3104-9"),
        ("title = {Conservative treatment in lumbar stenosis}, note = {in German}, author = {Schmidt, H}",
         "10.1007/s00132-015-3104-9"),
        ("title = {腰椎间盘突出症专家共识}, author = {王, 力}, journal = {Chinese Journal of Orthopaedics}, volume = 36, "
         "pages = {713--719}", "10.3760/cma.j.2016.12.001"),
        ("title = {腰椎间盘突出症专家共识}, author = {王, 力}, journal = {中华骨科杂志}, volume = 36, pages = {713--719}",
         "10.3760/cma.j.2016.12.001"),
        ("title = {Служба школьной медиации: развитие бесконфликтного пространства}", "10.12737/article_5c54"),
        ("title = {School mediation service: conflict-free educational space}, author = {Ivanova, E.}",
         "10.12737/article_5c54"),
        ("title = {IL-6}, author = {Tanaka, T.}, year = 2014", "10.1101/cshperspect.a016295"),
        ("author = {Casser, H.-R.}, year = 2016", "10.3238/arztebl.2016.0223"),
        ("year = 2016", "10.3238/arztebl.2016.0223"),
    ],
)  # fmt: skip
def test_another_language_accuses_nobody_where_something_agrees(judged: Judge, fields: str, doi: str) -> None:
    reference, ran = judged(fields, doi)
    assert reference["verdict"] == "verified", reference["reason"]
    assert [f["name"] for f in ran.json["findings"] if f["severity"] != "note"] == []


@pytest.mark.parametrize(
    ("fields", "doi", "said"),
    [
        (f"{GERMAN}, author = {{Müller, Karl}}, journal = {{Orthopäde}}, year = 2011", STUDY, "Percutaneous"),
        ("title = {Neck pain and its care}", "10.3238/arztebl.2016.0223", "Acute Lumbar Back Pain"),
        ("title = {Why Most Published Research Findings Are False}, author = {Ioannidis, J.}, year = 2005",
         "10.1371/journal.pmed.0020124.g001", "a figure, a table or a supplement"),
        ("title = {Why Most Published Research Findings Are False}, author = {Ioannidis, J.}, year = 2005",
         "10.1371/journal.pmed.0020124.s001", "Supporting Information"),
        ("title = {Ponds in winter}, author = {Smith, A.}, journal = {Ecology}, year = 2017, volume = 98",
         "10.1002/ecy.2017.98.issue-1", "a whole issue of “Ecology”"),
        ("title = {Ponds in winter}, author = {Smith, A.}, journal = {Aquatic Ecology}, year = 2017",
         "10.1007/10452.1573-5125", "Aquatic Ecology"),
        ("title = {Performance evaluation of a reduced components count inverter}, year = 2020",
         "10.1002/2050-7038.12430/v3/review1", "Review for"),
    ],
)  # fmt: skip
def test_a_doi_of_something_else_is_told(judged: Judge, fields: str, doi: str, said: str) -> None:
    reference, ran = judged(fields, doi)
    assert reference["verdict"] == "mismatch"
    (finding,) = ran.named("wrong-work")
    assert said in finding["message"]


def test_the_work_of_a_figure_is_named(judged: Judge) -> None:
    title = "title = {Why Most Published Research Findings Are False}, author = {Ioannidis, John P. A.}"
    fields = f"{title}, journal = {{PLoS Med}}, year = 2005, volume = 2, pages = {{e124}}"
    _, ran = judged(fields, "10.1371/journal.pmed.0020124.g001")
    assert "is registered as 10.1371/journal.pmed.0020124" in ran.named("wrong-work")[0]["message"]


@pytest.mark.parametrize(
    ("fields", "doi", "kind"),
    [
        ("title = {Ponds: a special issue}, journal = {Ecology}, year = 2017", "10.1002/ecy.2017.98.issue-1", "article"),
        ("title = {Figure 1}", "10.1371/journal.pmed.0020124.g001", "misc"),
        ("title = {Supporting Information}", "10.1371/journal.pmed.0020124.s001", "misc"),
    ],
)  # fmt: skip
def test_an_issue_or_a_figure_may_be_meant(judged: Judge, fields: str, doi: str, kind: str) -> None:
    _, ran = judged(fields, doi, kind)
    assert ran.named("wrong-work") == []


def test_a_journal_in_the_place_of_the_title_is_not_another_work(judged: Judge) -> None:
    _, ran = judged("title = {Der Orthopäde}", "10.1007/s00132-015-3104-9")
    assert [f["name"] for f in ran.json["findings"] if f["severity"] == "error"] == ["title-mismatch"]


def test_a_doi_and_a_pmid_of_one_work_confirm_one_another(standin: Standin, judged: Judge) -> None:
    standin.registries.pubmed.add(
        "25187512", title="Percutaneous injection of autologous bone marrow concentrate cells", doi=STUDY,
        authors=("Pettine KA",), journal="Stem cells", date="2015 Jan", volume="33", issue="1", pages="146-56",
    )  # fmt: skip
    reference, _ = judged(f"{GERMAN}, pmid = {{25187512}}", STUDY)
    assert reference["verdict"] == "verified"


def test_a_pmid_alone_is_held_to_the_same(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add(
        "25187512", title="Percutaneous injection of autologous bone marrow concentrate cells", doi=STUDY,
        authors=("Pettine KA",), journal="Stem cells", date="2015 Jan", volume="33", issue="1", pages="146-56",
    )  # fmt: skip
    Path("refs.bib").write_text(f"@article{{key,\n  {GERMAN}, year = 2015, pmid = {{25187512}}}}\n")
    ran = check("refs.bib", "--select", "MET")
    assert ran.json["references"][0]["verdict"] == "unchecked"
    assert [f["name"] for f in ran.json["findings"]] == ["unconfirmed-work"]


def test_a_page_is_held_to_the_same(judged: Judge, check: Run) -> None:
    Path("page.md").write_text(
        f"""Text [1] [2] [3] [4].

## References

1. Konservative Behandlung der Rückenschmerzen bei Erwachsenen. 2015. doi:{STUDY}
2. IL-6. 2015. https://doi.org/{STUDY}
3. https://doi.org/{STUDY}
4. Casser HR. Akuter lumbaler Rückenschmerz: Diagnostik und Therapie. Dtsch Arztebl Int. 2016;113:223-34. doi:10.3238/arztebl.2016.0223
"""
    )
    for_records = check("page.md", "--select", "MET").json["references"]
    assert [r["verdict"] for r in for_records] == ["unchecked", "unchecked", "verified", "verified"]


def test_a_retraction_is_told_all_the_same(judged: Judge) -> None:
    reference, _ = judged(GERMAN, "10.99999/standin.retracted")
    assert (reference["verdict"], reference["retracted"]) == ("unchecked", True)
