"""ClinicalTrials.gov: a study by its NCT number, as parsed data and as a record.

Shapes: ClinicalTrials.gov API v2 (`/studies/{nctId}`, "Study Data Structure"); an unknown number is
404 with a line of text that names it. The modules of a study are all optional.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from evidence.errors import ServiceError
from evidence.model import Answer, Date, Id, Record, Trial, TrialArm, TrialOutcome, Work
from evidence.services.answers import dated, unknown
from evidence.services.hosts import BASES
from evidence.services.reading import clean, mapping, mappings, texts, whole
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: Where the version of the interface stands in the address of the public service.
VERSION = "/api/v2"

#: Bytes of one study: those with results of many arms are large.
CAP = 20_000_000

#: Longest text of an outcome's or an arm's description that is kept, in characters.
LONGEST = 2_000

_RANKS: tuple[tuple[str, Literal["primary", "secondary", "other"]], ...] = (
    ("primaryOutcomes", "primary"), ("secondaryOutcomes", "secondary"), ("otherOutcomes", "other"),
)  # fmt: skip


def fetch(web: Web, numbers: Sequence[str]) -> dict[str, Answer]:
    """Return what the registry has of each NCT number (normal form); raises nothing.

    Found: `Answer.trial` and one record. Absent only where the registry names the number as not
    found. One request a study: the interface has a list, which leaves unknown numbers out silently.
    """
    return {number: _fetch_one(web, number) for number in dict.fromkeys(numbers)}


def _fetch_one(web: Web, number: str) -> Answer:
    try:
        response = _ask(web, number)
        study = _study(response, number) if response.status == 200 else {}
    except ServiceError as error:
        return unknown("clinicaltrials", error)
    day, late = response.day, dated(response.day, response.stale)
    if not study:
        return Answer("absent", "clinicaltrials", since=day, asked=day, reason=late)
    trial = parse(study)
    record = replace(record_of(trial), since=day)
    return Answer("found", "clinicaltrials", (record,), since=day, asked=day, reason=late, trial=trial)


def _ask(web: Web, number: str) -> Response:
    """Ask for a study, whether the base that was given ends in the version or not."""

    def check(response: Response) -> None:
        if response.status == 200:
            _study(response, number)
        elif number.lower().encode() not in response.body[:10_000].lower():
            raise ServiceError("not-understood", "ClinicalTrials.gov answered 404 and named no study")

    path = f"/studies/{number}"
    base = web.base("clinicaltrials")
    if base.endswith(VERSION):
        return web.get("clinicaltrials", path, check=check, cap=CAP)
    try:
        return web.get("clinicaltrials", VERSION + path, check=check, cap=CAP)
    except ServiceError as error:
        if error.cause != "not-understood" or base == BASES["clinicaltrials"]:
            raise
        return web.get("clinicaltrials", path, check=check, cap=CAP)


def _study(response: Response, number: str) -> Mapping[str, Any]:
    study = read_json(response, "clinicaltrials")
    protocol = mapping(study.get("protocolSection")) if isinstance(study, dict) else {}
    got = clean(mapping(protocol.get("identificationModule")).get("nctId")).upper()
    if not isinstance(study, dict) or not got:
        raise ServiceError("not-understood", "the answer of ClinicalTrials.gov was not a study")
    former = {
        text.upper() for text in texts(mapping(protocol.get("identificationModule")).get("nctIdAliases"))
    }
    if number not in (got, *former):
        raise ServiceError(
            "mismatch", f"the answer of ClinicalTrials.gov did not match: asked {number}, got {got[:20]}"
        )
    return study


def parse(study: Mapping[str, Any]) -> Trial:
    """Return a study of the interface as data; what is missing or of another type is left out. Pure."""
    protocol = mapping(study.get("protocolSection"))
    named = mapping(protocol.get("identificationModule"))
    design = mapping(protocol.get("designModule"))
    info = mapping(design.get("designInfo"))
    enrolment = mapping(design.get("enrollmentInfo"))
    dates = mapping(protocol.get("statusModule"))
    references = mapping(protocol.get("referencesModule")).get("references")
    nct = clean(named.get("nctId")).upper()
    return Trial(
        nct=nct,
        title=clean(named.get("briefTitle")),
        official_title=clean(named.get("officialTitle")),
        acronym=clean(named.get("acronym")),
        status=clean(dates.get("overallStatus")),
        kind=clean(design.get("studyType")),
        phases=tuple(texts(design.get("phases"))),
        allocation=clean(info.get("allocation")),
        model=clean(info.get("interventionModel")) or clean(info.get("observationalModel")),
        masking=clean(mapping(info.get("maskingInfo")).get("masking")),
        enrolled=whole(enrolment.get("count")),
        enrolled_kind=clean(enrolment.get("type")),
        arms=_arms(protocol),
        outcomes=_outcomes(protocol),
        conditions=tuple(texts(mapping(protocol.get("conditionsModule")).get("conditions"))),
        started=_date(dates, "startDateStruct"),
        completed=_date(dates, "completionDateStruct"),
        posted=_date(dates, "studyFirstPostDateStruct"),
        pmids=tuple(
            clean(entry.get("pmid"))
            for entry in mappings(references)
            if clean(entry.get("pmid")) and clean(entry.get("type")).upper() != "BACKGROUND"
        ),
        url=f"https://clinicaltrials.gov/study/{nct}",
    )


def _arms(protocol: Mapping[str, Any]) -> tuple[TrialArm, ...]:
    groups = mapping(protocol.get("armsInterventionsModule")).get("armGroups")
    return tuple(
        TrialArm(clean(a.get("label")), clean(a.get("type")), clean(a.get("description"), LONGEST))
        for a in mappings(groups)
    )


def _outcomes(protocol: Mapping[str, Any]) -> tuple[TrialOutcome, ...]:
    module = mapping(protocol.get("outcomesModule"))
    return tuple(
        TrialOutcome(
            clean(o.get("measure")), clean(o.get("timeFrame")), rank, clean(o.get("description"), LONGEST)
        )
        for key, rank in _RANKS
        for o in mappings(module.get(key))
    )


def _date(dates: Mapping[str, Any], key: str) -> str:
    return clean(mapping(dates.get(key)).get("date"))[:10]


def record_of(trial: Trial) -> Record:
    """Return a trial as a registered work: its title, and the date on which it was registered."""
    year, month, day = (*(int(part) for part in trial.posted.split("-") if part.isdecimal()), 0, 0, 0)[:3]
    extra = {
        "official_title": trial.official_title,
        "short_title": trial.acronym,
        "results": " ".join(trial.pmids[:50]),
    }
    work = Work(
        type="document",
        title=trial.title or trial.official_title,
        issued=Date(year, month or None, day or None) if year else None,
        publisher="ClinicalTrials.gov",
        ids=(Id("nct", trial.nct),),
        url=trial.url,
        extra={key: text for key, text in extra.items() if text},
    )
    return Record("clinicaltrials", work, url=trial.url)
