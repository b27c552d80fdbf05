"""What the registries beside Crossref add: retractions from all sides, identifiers that agree, agencies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.made import KROCK, PETTINE, RETRACTED
from tests.standin import Standin

DOI = "10.1002/stem.1845"
TITLE = (
    "Percutaneous injection of autologous bone marrow concentrate cells significantly reduces lumbar "
    "discogenic pain through 12 months"
)
PAPER: dict[str, Any] = {
    "title": TITLE, "doi": DOI, "authors": ("Pettine KA", "Murphy MB"), "journal": "Stem cells",
    "date": "2015 Jan", "volume": "33", "issue": "1", "pages": "146-56",
}  # fmt: skip
OTHER: dict[str, Any] = {
    "title": "Hip fractures among dairy farmers of the north", "doi": "10.1234/hips", "authors": ("Else A",),
    "journal": "Journal of farms", "date": "1999", "volume": "4", "pages": "1-9",
}  # fmt: skip


def with_id(kind: str, value: str, entry: str = PETTINE) -> str:
    return entry.replace("  year =", f"  {kind} = {{{value}}},\n  year =", 1)


def names(report: dict[str, Any], severity: str = "error") -> list[str]:
    return [finding["name"] for finding in report["findings"] if finding["severity"] == severity]


def notice(doi: str, of: str, kind: str = "retraction", **more: Any) -> dict[str, Any]:
    """The record of a notice, as Crossref has it."""
    return {
        "DOI": doi, "type": "journal-article", "title": [f"Retraction: {TITLE}"], "author": [],
        "container-title": ["Stem Cells"], "issued": {"date-parts": [[2020, 5, 1]]},
        "update-to": [{"DOI": of, "type": kind, "label": kind, "source": "publisher",
                       "updated": {"date-parts": [[2020, 5, 1]]}, **more}],
    }  # fmt: skip


# ---------------------------------------------------------------- retractions


def test_a_notice_that_only_the_notice_tells_of(standin: Standin, project: Path, check: Run) -> None:
    standin.crossref.add(notice("10.1002/notice", DOI))
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    assert ran.code == 1
    assert names(ran.json) == ["retracted"]
    reference = ran.json["references"][0]
    assert reference["retracted"] is True
    assert reference["verdict"] == "verified"
    (told,) = reference["notices"]
    assert told == {"kind": "retraction", "id": "10.1002/notice", "date": "2020-05-01", "says": ["crossref"]}
    assert check("refs.bib", "--frozen").json["references"] == ran.json["references"]


@pytest.mark.parametrize(
    ("kind", "name", "severity"),
    [("correction", "corrected", "note"), ("expression_of_concern", "concern", "warning"), ("erratum", "corrected", "note"),
     ("withdrawal", "retracted", "error"), ("removal", "retracted", "error"), ("new_version", "newer-version", "note"),
     ("reinstatement", "reinstated", "note"), ("partial_retraction", "concern", "warning")],
)  # fmt: skip
def test_each_kind_of_notice_has_its_own_weight(
    kind: str, name: str, severity: str, standin: Standin, project: Path, check: Run
) -> None:
    standin.crossref.add(notice("10.1002/notice", DOI, kind))
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    assert name in names(ran.json, severity)
    assert ran.json["references"][0]["retracted"] is (name == "retracted")


def test_what_pubmed_knows_counts_and_the_silent_are_named(
    standin: Standin, project: Path, check: Run
) -> None:
    standin.registries.pubmed.add(
        "25187512", **PAPER, kinds=("Journal Article", "Retracted Publication"),
        comments=(("RetractionIn", "30000001", "Stem Cells. 2020 May 1;38(5):700"),),
    )  # fmt: skip
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    assert ran.code == 1
    (found,) = ran.named("retracted")
    assert "says pubmed; not crossref" in found["message"]
    assert {"service": "pubmed", "id": "pmid:25187512", "since": None, "url": None} in found["evidence"]
    reference = ran.json["references"][0]
    assert reference["notices"] == [
        {"kind": "retraction", "id": "pmid:30000001", "date": "2020-05-01", "says": ["pubmed"]}
    ]
    assert reference["ids"]["pmid"] == "25187512"
    assert reference["ids_found"] == ["pmid"]


def test_one_event_that_all_report_is_told_once(
    standin: Standin, project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.crossref.works[DOI] = {
        **standin.crossref.works[DOI],
        "updated-by": [{"DOI": "10.1002/notice", "type": "retraction", "source": "retraction-watch",
                        "updated": {"date-parts": [[2020, 5, 2]]}}],
    }  # fmt: skip
    standin.crossref.add(notice("10.1002/notice", DOI))
    standin.registries.pubmed.add(
        "25187512", **PAPER, kinds=("Retracted Publication",),
        comments=(("RetractionIn", "30000001", "Stem Cells. 2020 May;38(5):700"),),
    )  # fmt: skip
    standin.registries.openalex[DOI] = {"id": "W1", "doi": f"https://doi.org/{DOI}", "is_retracted": True}
    monkeypatch.setenv("OPENALEX_API_KEY", "canary-1234")
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    (told,) = ran.json["references"][0]["notices"]
    assert told["id"] == "10.1002/notice"
    assert told["says"] == ["crossref", "openalex", "pubmed", "retraction-watch"]
    assert "canary" not in ran.out + ran.err + Path("refs.lock").read_text()


def test_a_flag_alone_is_a_hint(
    standin: Standin, project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.registries.openalex[DOI] = {"id": "W1", "doi": f"https://doi.org/{DOI}", "is_retracted": True}
    Path("refs.bib").write_text(PETTINE)
    assert check("refs.bib", "--read-only").json["findings"] == []
    assert standin.asked("/openalex") == []
    monkeypatch.setenv("OPENALEX_API_KEY", "canary-1234")
    ran = check("refs.bib")
    assert ran.code == 0
    assert names(ran.json, "note") == ["retraction-hint"]
    assert ran.json["references"][0]["retracted"] is False
    monkeypatch.delenv("OPENALEX_API_KEY")
    assert names(check("refs.bib", "--frozen").json, "note") == ["retraction-hint"]


def test_a_notice_that_is_cited_itself(standin: Standin, project: Path, check: Run) -> None:
    record = notice("10.1002/notice", DOI)
    # deposited in both directions, as one large publisher does
    record["updated-by"] = [{"DOI": DOI, "type": "retraction", "source": "publisher",
                             "updated": {"date-parts": [[2020, 5, 1]]}}]  # fmt: skip
    standin.crossref.add(record)
    entry = PETTINE.replace(DOI, "10.1002/notice").replace("title = {P", "title = {Retraction: P")
    Path("refs.bib").write_text(entry.replace("year = {2015}", "year = {2020}"))
    ran = check("refs.bib")
    assert "retracted" not in names(ran.json)
    assert ran.json["references"][0]["retracted"] is False


CSV = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason,Paywalled,Notes,\n"
    "1,Cells,,,Stem Cells,Made Up,,A,,,2/6/2020 0:00,10.1002/NOTICE,0,1/1/2015 0:00,10.1002/STEM.1845,0,"
    "Retraction,Made up;,No,,\n"
    "2,Cells,,,Stem Cells,Made Up,,A,,,3/6/2021 0:00,unavailable,0,1/1/2015 0:00,10.1089/scd.2014.0203,"
    "36035816.0,Expression of concern,,No,,\n"
    "3,Cells,,,,,,,,,13/40/x,,,,unavailable,,Something else,,,,\n"
)


def test_the_retraction_watch_file(standin: Standin, project: Path, check: Run) -> None:
    Path("evidence.toml").write_text('retraction_watch = "data/watch.csv"\n')
    Path("data").mkdir()
    Path("data/watch.csv").write_text(CSV)
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    assert ran.code == 1
    (told,) = ran.json["references"][0]["notices"]
    assert told == {
        "kind": "retraction", "id": "10.1002/notice", "date": "2020-02-06", "says": ["retraction-watch"],
    }  # fmt: skip
    Path("data/watch.csv").unlink()
    assert check("refs.bib", "--frozen").json["references"][0]["notices"] == [told]


@pytest.mark.parametrize("text", [None, "a,b\n1,2\n", "\0\0\0", ""])
def test_a_retraction_watch_file_that_cannot_be_used_is_said(
    text: str | None, standin: Standin, project: Path, check: Run
) -> None:
    Path("evidence.toml").write_text('retraction_watch = "watch.csv"\n')
    if text is not None:
        Path("watch.csv").write_text(text)
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib")
    assert ran.code == 0
    (found,) = ran.named("retraction-unchecked")
    assert "retraction not checked with Retraction Watch" in found["message"]
    assert "retraction not checked with Retraction Watch" in ran.json["references"][0]["reason"]


@pytest.mark.parametrize("what", ["/pubmed", "/crossref/works?"])
def test_30_a_source_that_is_down_is_never_taken_for_a_denial(
    what: str, standin: Standin, project: Path, check: Run, run: Run
) -> None:
    prefix, _, query = what.partition("?")
    if query or what.endswith("?"):
        standin.fail_lists("updates:")
    else:
        standin.serve(prefix, status=503, headers={"Retry-After": "0"})
    Path("refs.bib").write_text(PETTINE)
    ran = check("refs.bib", "--read-only")
    assert ran.code == 0
    assert names(ran.json, "note") == ["retraction-unchecked"]
    said = run("check", "refs.bib", "--read-only").out
    assert "retraction not checked" in said
    assert "not retracted" not in said


# ---------------------------------------------------------------- identifiers


def test_a_pmid_of_another_work_is_a_conflict(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add("25187512", **PAPER)
    standin.registries.pubmed.add("11111111", **OTHER)
    Path("refs.bib").write_text(with_id("pmid", "11111111"))
    ran = check("refs.bib")
    assert ran.code == 1
    (found,) = ran.named("identifier-conflict")
    assert "PMID 11111111" in found["message"]
    assert "Hip fractures" in found["message"]
    assert "25187512" in found["message"]
    reference = ran.json["references"][0]
    assert reference["verdict"] == "mismatch"
    assert reference["differences"] == [{"field": "pmid", "written": "11111111", "registered": "25187512"}]
    assert check("refs.bib", "--frozen").json["findings"] == ran.json["findings"]


def test_the_right_pmid_agrees(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add("25187512", **PAPER, pmcid="PMC4310000")
    Path("refs.bib").write_text(with_id("pmid", "25187512"))
    ran = check("refs.bib")
    assert (ran.code, ran.json["findings"]) == (0, [])
    assert ran.json["references"][0]["verdict"] == "verified"
    assert ran.json["references"][0]["ids"]["pmcid"] == "PMC4310000"


def test_a_pmid_that_nobody_has_beside_a_work_that_pubmed_has(
    standin: Standin, project: Path, check: Run
) -> None:
    standin.registries.pubmed.add("25187512", **PAPER)
    Path("refs.bib").write_text(with_id("pmid", "99999999"))
    ran = check("refs.bib")
    assert names(ran.json) == ["identifier-conflict"]
    assert "not registered" in ran.named("identifier-conflict")[0]["message"]


def test_a_pmid_that_nobody_has_proves_nothing_alone(standin: Standin, project: Path, check: Run) -> None:
    Path("refs.bib").write_text(with_id("pmid", "99999999"))
    ran = check("refs.bib")
    assert ran.code == 0
    assert names(ran.json, "warning") == ["unlisted-identifier"]
    assert ran.json["references"][0]["verdict"] == "verified"


def test_a_pmcid_of_another_work(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add("25187512", **PAPER, pmcid="PMC4310000")
    standin.registries.pubmed.add("11111111", **OTHER, pmcid="PMC1111111")
    Path("refs.bib").write_text(with_id("pmcid", "PMC1111111"))
    ran = check("refs.bib")
    (found,) = ran.named("identifier-conflict")
    assert "PMCID PMC1111111" in found["message"]
    assert "PMC4310000" in found["message"]
    Path("refs.bib").write_text(with_id("pmcid", "PMC4310000"))
    assert check("refs.bib").code == 0


def study(number: str, **more: Any) -> dict[str, Any]:
    return {"protocolSection": {
        "identificationModule": {"nctId": number, "briefTitle": "Cells in discs", **more},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2"],
                         "enrollmentInfo": {"count": 26, "type": "ACTUAL"}},
    }}  # fmt: skip


def test_a_trial_number_of_another_paper(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add("25187512", **PAPER, trials=("NCT01234567",))
    standin.registries.trials |= {n: study(n) for n in ("NCT01234567", "NCT07654321")}
    Path("refs.bib").write_text(with_id("nct", "NCT01234567"))
    assert check("refs.bib").code == 0
    Path("refs.bib").write_text(with_id("nct", "NCT07654321"))
    ran = check("refs.bib")
    (found,) = ran.named("identifier-conflict")
    assert "NCT07654321" in found["message"]
    assert check("refs.bib", "--frozen").json["findings"] == ran.json["findings"]


def test_a_reference_with_a_pmid_only(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add("25187512", **PAPER, kinds=("Journal Article", "Retracted Publication"))
    entry = with_id("pmid", "25187512").replace(f"  doi = {{{DOI}}},\n", "")
    Path("refs.bib").write_text(entry)
    ran = check("refs.bib")
    reference = ran.json["references"][0]
    assert reference["verdict"] == "verified"
    assert reference["record"]["service"] == "crossref"
    assert reference["ids"]["doi"] == DOI
    assert reference["retracted"] is True
    assert not any("query" in request.query for request in standin.asked("/crossref"))


def test_a_pmid_that_names_another_work(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add("11111111", **OTHER)
    entry = with_id("pmid", "11111111").replace(f"  doi = {{{DOI}}},\n", "")
    Path("refs.bib").write_text(entry)
    ran = check("refs.bib")
    (found,) = ran.named("wrong-work")
    assert "the PMID 11111111 is that of" in found["message"]
    assert DOI in found["message"]
    assert ran.json["references"][0]["verdict"] == "mismatch"


def test_a_work_that_only_pubmed_has(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.pubmed.add(
        "12345678", title="Backs of long ago and what became of them", authors=("Ancient A",),
        journal="Journal of old backs", short="J Old Backs", date="1987 Mar", volume="2", pages="11-9",
    )  # fmt: skip
    Path("refs.bib").write_text(
        "@article{ancient1987, author = {Ancient, A.}, title = {Backs of long ago and what became of them},\n"
        "  journal = {J Old Backs}, year = 1987, volume = 2, pages = {11--19}}\n"
    )
    ran = check("refs.bib")
    reference = ran.json["references"][0]
    assert (ran.code, reference["verdict"]) == (0, "verified")
    assert reference["record"]["service"] == "pubmed"
    assert reference["ids_found"] == ["pmid"]
    standin.serve("/pubmed", status=503, headers={"Retry-After": "0"})
    Path("refs.lock").unlink()
    for path in Path("../cache").glob("*"):
        path.unlink()
    down = check("refs.bib")
    assert (down.code, down.json["references"][0]["verdict"]) == (3, "unchecked")


def test_a_base_without_a_search_leaves_not_found_to_crossref(
    standin: Standin, project: Path, check: Run
) -> None:
    standin.serve("/pubmed", status=404, body="<html>no such page</html>")
    Path("refs.bib").write_text(
        "@article{n, author = {Nobody, A.}, title = {A study of beds that no registry holds at all},\n"
        "  journal = {Beds}, year = 2020, volume = 1, pages = {1--2}}\n"
    )
    ran = check("refs.bib")
    assert (ran.code, ran.json["references"][0]["verdict"]) == (1, "not-found")


# ---------------------------------------------------------------- agencies

DATASET = {
    "id": "10.5061/dryad.backs", "type": "dois",
    "attributes": {
        "doi": "10.5061/dryad.backs", "titles": [{"title": "Data from: bed rest for back pain at home"}],
        "creators": [{"name": "Smith, Anna", "nameType": "Personal", "givenName": "Anna", "familyName": "Smith"}],
        "publisher": "Dryad", "publicationYear": 2019, "types": {"resourceTypeGeneral": "Dataset"}, "state": "findable",
    },
}  # fmt: skip
DATA = """@misc{smith2019, author = {Smith, Anna}, title = {Data from: bed rest for back pain at home},
  publisher = {Dryad}, year = 2019, doi = {10.5061/dryad.backs}}
"""


def test_2_a_doi_of_datacite_is_asked_there(standin: Standin, project: Path, check: Run) -> None:
    standin.registries.datacite["10.5061/dryad.backs"] = {"data": DATASET}
    Path("refs.bib").write_text(DATA)
    ran = check("refs.bib")
    reference = ran.json["references"][0]
    assert (ran.code, reference["verdict"], reference["record"]["service"]) == (0, "verified", "datacite")
    assert check("refs.bib", "--frozen").json["references"] == ran.json["references"]


def test_many_dois_are_routed_with_one_list(standin: Standin, project: Path, check: Run) -> None:
    entries = []
    for n in range(5):
        doi = f"10.5061/dryad.b{n}"
        attributes = {**DATASET["attributes"], "doi": doi}  # type: ignore[dict-item]
        standin.registries.datacite[doi] = {"data": {**DATASET, "attributes": attributes}}
        entries.append(DATA.replace("10.5061/dryad.backs", doi).replace("smith2019", f"s{n}"))
    standin.registries.handles["10.1400/medra"] = "https://example.org/medra"
    standin.registries.agencies["10.1400/medra"] = "mEDRA"
    entries.append(DATA.replace("10.5061/dryad.backs", "10.1400/medra").replace("smith2019", "m"))
    Path("refs.bib").write_text("".join(entries) + PETTINE)
    ran = check("refs.bib")
    assert ran.code == 0
    assert [r["verdict"] for r in ran.json["references"]] == ["verified"] * 5 + ["unchecked", "verified"]
    assert "mEDRA" in ran.json["references"][5]["reason"]
    assert len(standin.asked("/doi")) == 1
    assert [r.path for r in standin.asked("/crossref")] == ["/crossref/works"] * 2
    assert 'agency = "mEDRA"' in Path("refs.lock").read_text()
    assert check("refs.bib", "--frozen").json["references"] == ran.json["references"]


def test_a_preprint_of_arxiv_and_its_published_version(standin: Standin, project: Path, check: Run) -> None:
    doi = "10.48550/arxiv.2101.00001"
    standin.registries.datacite[doi] = {"data": {"id": doi, "attributes": {
        **DATASET["attributes"], "doi": doi, "titles": [{"title": "A preprint about backs and their discs"}],  # type: ignore[dict-item]
        "publisher": "arXiv", "publicationYear": 2021, "types": {"resourceTypeGeneral": "Preprint"},
        "relatedIdentifiers": [{"relationType": "IsVersionOf", "relatedIdentifierType": "DOI",
                                "relatedIdentifier": "10.1234/published"}],
    }}}  # fmt: skip
    Path("refs.bib").write_text(
        "@article{s, author = {Smith, Anna}, title = {A preprint about backs and their discs}, year = 2021,\n"
        "  eprint = {2101.00001}, archiveprefix = {arXiv}, journal = {arXiv}}\n"
    )
    ran = check("refs.bib")
    assert ran.json["references"][0]["record"]["service"] == "datacite"
    assert "10.1234/published" in ran.named("published-version-available")[0]["message"]


def test_a_book_by_its_isbn_where_open_library_is_named(standin: Standin, project: Path, check: Run) -> None:
    entry = (
        "@book{smith2010, author = {Smith, Anna}, title = {Backs and beds}, publisher = {Made Up Press},\n"
        "  year = 2010, isbn = {978-3-16-148410-0}}\n"
    )
    standin.registries.books["9783161484100"] = {
        "title": "Backs and beds", "authors": [{"name": "Anna Smith"}], "publishers": [{"name": "Made Up Press"}],
        "publish_date": "May 2010", "url": "https://openlibrary.org/books/OL1M",
    }  # fmt: skip
    Path("refs.bib").write_text(entry)
    check("refs.bib", "--read-only")
    assert standin.asked("/openlibrary") == []
    Path("evidence.toml").write_text('services = ["crossref", "doi", "openlibrary"]\n')
    ran = check("refs.bib")
    assert (ran.code, ran.json["references"][0]["verdict"]) == (0, "verified")
    assert ran.json["references"][0]["record"]["service"] == "openlibrary"
    assert standin.asked("/pubmed") == []


def test_24_keys_that_are_wrong_are_left_out_and_not_shown(
    standin: Standin, project: Path, check: Run, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    standin.registries.keys |= {"pubmed": "right", "openalex": "right"}
    monkeypatch.setenv("NCBI_API_KEY", "canary-1")
    monkeypatch.setenv("OPENALEX_API_KEY", "canary-2")
    standin.registries.pubmed.add("25187512", **PAPER)
    Path("refs.bib").write_text(with_id("pmid", "25187512") + KROCK)
    ran = check("refs.bib")
    assert (ran.code, names(ran.json)) == (0, [])
    assert ran.json["references"][0]["ids"]["pmid"] == "25187512"
    assert len([r for r in caplog.records if "PubMed" in r.getMessage()]) == 1
    assert len([r for r in caplog.records if "OpenAlex" in r.getMessage()]) == 1
    assert "canary" not in ran.out + ran.err + caplog.text + Path("refs.lock").read_text()


def test_25_a_key_goes_to_nobody_but_its_service(
    standin: Standin, project: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "canary-1")
    with Standin() as other:
        standin.serve("/pubmed", status=302, headers={"Location": f"{other.url}/pubmed/esearch.fcgi"})
        Path("refs.bib").write_text(PETTINE)
        ran = check("refs.bib")
        assert ran.code == 0
        assert other.log == []
    assert all("canary" not in r.query for r in standin.log if not r.path.startswith("/pubmed"))


def test_the_retracted_paper_of_the_stand_in_is_asked_of_all(
    standin: Standin, project: Path, check: Run
) -> None:
    Path("refs.bib").write_text(RETRACTED)
    ran = check("refs.bib")
    assert names(ran.json) == ["retracted"]
    assert json.loads(ran.out)["references"][0]["notices"]
