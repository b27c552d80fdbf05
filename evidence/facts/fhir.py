"""Study facts as HL7 FHIR R5: an `Evidence` a fact and a `Citation` a study, in one `Bundle`.

Shapes: https://hl7.org/fhir/R5/evidence.html and …/citation.html. `sampleSize.numberOfParticipants`
are those of the study, `knownDataCount` those with data; a relation goes to `Quantity.comparator`.
A fact of which a person says that it is distorted or contradicted is `retired`, not `active`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evidence.facts.arithmetic import whole_of
from evidence.facts.numbers import shown
from evidence.facts.schema import WRONG
from evidence.facts.words import PERCENT
from evidence.model import Fact, FactsFile, Quantity, Reference, Study

_ROLES = "http://terminology.hl7.org/CodeSystem/variable-role"
_UCUM = "http://unitsofmeasure.org"
#: Units of time and percent in UCUM (https://ucum.org/ucum).
_UNITS = {
    PERCENT: "%", "year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min",
    "second": "s",
}  # fmt: skip
_PARTICIPANTS = ("enrolled", "randomised", "screened", "treated")
_KNOWN = ("analysed", "followed", "completed")


def bundle(files: Iterable[FactsFile], references: Mapping[str, Reference]) -> dict[str, Any]:
    """Return all facts as a FHIR R5 Bundle; `references` give the citations of the studies."""
    entries: list[dict[str, Any]] = []
    for file in files:
        keys = dict.fromkeys([*file.studies, *(fact.study for fact in file.facts)])
        works = [citation(file.studies.get(key) or Study(key), references.get(key)) for key in keys]
        entries += [{"resource": one} for one in works]
        entries += [{"resource": evidence(fact, file.facts)} for fact in file.facts]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _id(*parts: str) -> str:
    """Return an id of FHIR: letters, digits, - and ., at most 64."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", "-".join(parts)).strip("-")[:64] or "fact"


def citation(study: Study, reference: Reference | None) -> dict[str, Any]:
    """Return the Citation of a study, as far as its reference or source tells."""
    artifact: dict[str, Any] = {}
    work = reference.work if reference else None
    identifiers = (
        [{"system": _SYSTEMS.get(i.kind, i.kind), "value": i.value} for i in work.ids] if work else []
    )
    if study.registry:
        identifiers.append({"system": "https://clinicaltrials.gov", "value": study.registry})
    if identifiers:
        artifact["identifier"] = identifiers
    if work and work.title:
        artifact["title"] = [{"text": work.title}]
    if work and work.container:
        form: dict[str, Any] = {"publishedIn": {"title": work.container}}
        if work.volume:
            form["volume"] = work.volume
        if work.issue:
            form["issue"] = work.issue
        if work.year:
            form["articleDate"] = str(work.year)
        if work.pages:
            form["pageString"] = work.pages
        artifact["publicationForm"] = [form]
    url = (work.url if work else "") or (study.source if "://" in study.source else "")
    if url:
        artifact["webLocation"] = [{"url": url}]
    made: dict[str, Any] = {"resourceType": "Citation", "id": _id(study.key), "status": "active"}
    if study.tier:
        made["note"] = [{"text": f"tier: {study.tier}"}]
    return made | ({"citedArtifact": artifact} if artifact else {})


_SYSTEMS = {
    "doi": "https://doi.org", "pmid": "https://pubmed.ncbi.nlm.nih.gov", "pmcid": "https://www.ncbi.nlm.nih.gov/pmc",
    "nct": "https://clinicaltrials.gov", "isbn": "urn:isbn", "issn": "urn:issn",
}  # fmt: skip


def evidence(fact: Fact, facts: Sequence[Fact]) -> dict[str, Any]:
    """Return a fact as an Evidence resource."""
    made: dict[str, Any] = {
        "resourceType": "Evidence",
        "id": _id(fact.study, fact.id),
        "status": {True: "retired", False: "active" if fact.verdict == "supported" else "draft"}[
            fact.verdict in WRONG
        ],
        "citeAsReference": {"reference": f"Citation/{_id(fact.study)}"},
    }
    if fact.on:
        made["date"] = fact.on
    if fact.on_page:
        made["assertion"] = fact.on_page.exact
    notes = [{"text": f"source: {fact.in_source.exact}"}] if fact.in_source else []
    notes += [{"text": fact.note}] if fact.note else []
    if notes:
        made["note"] = notes
    made["variableDefinition"] = _variables(fact)
    if statistic := _statistic(fact, facts):
        made["statistic"] = [statistic]
    return made


def _variables(fact: Fact) -> list[dict[str, Any]]:
    found = [_variable("population", fact.arm or "participants")]
    if fact.kind in ("outcome", "follow_up", "duration", "other"):
        what = fact.outcome or fact.kind.replace("_", "-")
        found.append(_variable("measuredVariable", what + (f" at {shown(fact.at)}" if fact.at else "")))
    return found


def _variable(role: str, description: str) -> dict[str, Any]:
    coding = {"system": _ROLES, "code": role}
    return {"description": description, "variableRole": {"coding": [coding], "text": role}}


def _statistic(fact: Fact, facts: Sequence[Fact]) -> dict[str, Any]:
    measure = fact.quantity
    if measure.value is None:
        return {"description": measure.text} if measure.text else {}
    whole = whole_of(fact, facts)
    count = int(measure.value) if measure.value.is_integer() and measure.value >= 0 else None
    made: dict[str, Any] = {"description": _told(fact)}
    if fact.kind == "participants" and count is not None:
        size = {"knownDataCount": count} if fact.role in _KNOWN else {"numberOfParticipants": count}
        return made | {"sampleSize": size}
    made["quantity"] = _quantity(measure)
    counted = fact.kind == "outcome" or fact.role == "event"
    if counted and not measure.unit and count is not None:
        made["numberOfEvents"] = made["numberAffected"] = count
    if whole and whole[0].is_integer():
        made["sampleSize"] = {"knownDataCount": int(whole[0])}
    return made


def _told(fact: Fact) -> str:
    words = (fact.outcome or fact.role or fact.kind.replace("_", "-"), fact.arm and f"({fact.arm})")
    return f"{shown(fact.quantity)}: {' '.join(word for word in words if word)}"


def _quantity(measure: Quantity) -> dict[str, Any]:
    value = measure.value or 0.0
    made: dict[str, Any] = {"value": int(value) if value.is_integer() else value}
    if measure.relation in ("<", "<=", ">", ">="):
        made["comparator"] = measure.relation
    if measure.unit in _UNITS:
        made |= {"unit": measure.unit, "system": _UCUM, "code": _UNITS[measure.unit]}
    elif measure.unit:
        made["unit"] = measure.unit
    return made
