"""One question to each real service, to keep the stand-in honest: `pytest -m online`. Never by default."""

from __future__ import annotations

import pytest

from evidence.model import Settings
from evidence.services import crossref, doi, pubmed
from evidence.services.web import Web

pytestmark = pytest.mark.online

DOI = "10.1002/stem.1845"


@pytest.fixture
def web() -> Web:
    return Web(Settings(root=".", today="2026-11-22"))


def test_crossref_has_the_record_of_a_doi(web: Web) -> None:
    answer = crossref.fetch(web, [DOI])[DOI]
    assert answer.outcome == "found"
    assert answer.records[0].work.volume == "33"


def test_doi_org_knows_the_handle(web: Web) -> None:
    assert doi.fetch(web, [DOI])[DOI].outcome == "found"


def test_pubmed_has_the_summary_of_a_pmid(web: Web) -> None:
    answer = pubmed.fetch(web, ["25050446"])["25050446"]
    assert answer.outcome == "found"
    assert answer.records[0].work.doi == "10.1089/scd.2014.0203"
