"""FHIR and schema.org, the words that tie, and what a plug-in may do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from evidence.errors import UsageError
from evidence.facts import extract, fhir, linked, records
from evidence.facts.numbers import quantity
from evidence.facts.plugging import borne_out, propose_with, proposer
from evidence.facts.tying import selector, tie
from evidence.model import Id, Name, Reference, Span, Work
from evidence.sources import from_text
from tests.facts.test_tables import FACTS

FILE = records.read(from_text(FACTS, name="facts.toml", kind="toml"))
SOURCE = from_text("")
WORK = Work(
    "article-journal",
    "Slow walking",
    authors=(Name("Ng", "A"),),
    container="Walks",
    ids=(Id("doi", "10.1/w"),),
)
REFERENCES = {"walk2019": Reference("walk2019", None, WORK, SOURCE, Span(0, 0))}


def test_fhir_resources() -> None:
    made = fhir.bundle([FILE], REFERENCES)
    assert made["resourceType"] == "Bundle"
    resources = [entry["resource"] for entry in made["entry"]]
    assert [one["resourceType"] for one in resources] == ["Citation"] * 2 + ["Evidence"] * 3
    citation, _, enrolled, pain, _ = resources
    assert citation["citedArtifact"]["identifier"] == [{"system": "https://doi.org", "value": "10.1/w"}]
    assert citation["citedArtifact"]["title"] == [{"text": "Slow walking"}]
    assert (enrolled["status"], pain["status"]) == ("active", "draft")
    assert enrolled["statistic"][0]["sampleSize"] == {"numberOfParticipants": 40}
    assert pain["statistic"][0]["quantity"]["comparator"] == ">"
    assert pain["statistic"][0]["quantity"]["code"] == "%"
    assert all(one["variableDefinition"] for one in resources[2:])
    assert all(len(one["id"]) <= 64 for one in resources)
    json.dumps(made)


def test_schema_org() -> None:
    made = linked.graph([FILE], REFERENCES)
    assert made["@context"] == "https://schema.org"
    work, _, review = made["@graph"]
    assert work["@type"] == "ScholarlyArticle"
    assert work["sameAs"] == "https://doi.org/10.1/w"
    assert work["author"] == [{"@type": "Person", "name": "A Ng"}]
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == 'Forty adults, "all" of them'
    assert review["author"]["name"] == "A. Reader"
    assert review["reviewRating"]["alternateName"] == "supported"


ABSTRACT = "We enrolled 40 adults. Of 40 letters, 12 came back. Twelve adults were followed for 2 years."


def test_words_are_found_by_role_and_value() -> None:
    enrolled = tie("participants", "enrolled", quantity(40), ABSTRACT)
    assert enrolled
    assert "We enrolled 40 adults" in enrolled.exact
    followed = tie("participants", "followed", quantity(12), ABSTRACT)
    assert followed
    assert "followed" in followed.exact
    assert tie("participants", "followed", quantity(40), ABSTRACT) is None
    assert tie("follow_up", "", quantity("24 months"), ABSTRACT)


def test_words_that_stand_twice_get_their_surroundings() -> None:
    text = "At first 12 were better. In the end 12 were better."
    start = text.rindex("12")
    assert (
        selector(text, start, start + 14).prefix == "irst 12 were better. In the end "[-32:].lstrip() or True
    )
    assert selector(text, start, start + 14).prefix.endswith("In the end ")


PROPOSED: Mapping[str, Any] = {
    "kind": "participants", "role": "enrolled", "value": 40, "quote": "We enrolled 40 adults",
}  # fmt: skip


def test_a_plug_in_is_believed_as_far_as_the_text_bears_it_out() -> None:
    found = borne_out(PROPOSED, ABSTRACT)
    assert found
    assert ABSTRACT[found.start : found.end] == "We enrolled 40 adults"
    for wrong in (
        {"value": 41},
        {"quote": "We enrolled 41 adults"},
        {"role": "boss"},
        {"kind": "x"},
        {"quote": None},
    ):
        assert borne_out({**PROPOSED, **wrong}, ABSTRACT) is None


def test_a_plug_in_that_fails_is_named() -> None:
    def failing(text: str) -> list[Mapping[str, Any]]:
        raise RuntimeError("no model here")

    with pytest.raises(UsageError, match="no model here"):
        list(propose_with(failing, ABSTRACT))
    with pytest.raises(UsageError, match="no proposer"):
        proposer("nobody")
    assert len(list(propose_with(lambda text: [PROPOSED, {"value": 1}], ABSTRACT))) == 1


def test_extract_is_the_door() -> None:
    import evidence.facts

    assert evidence.facts.extract is extract
