"""Study facts as schema.org JSON-LD: the works, and a `ClaimReview` for each verdict of a person.

Terms: https://schema.org/ScholarlyArticle, …/NewsArticle, …/ClaimReview, …/Claim. Facts that nobody
has checked are no reviews and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidence.facts.schema import VERDICTS
from evidence.model import Fact, FactsFile, Name, Reference, Study

#: A verdict on ClaimReview's scale, 5 best and 1 worst.
RATINGS = {"supported": 5, "distorted": 2, "contradicted": 1, "not-in-source": 1}
assert {*RATINGS, "unchecked"} == set(VERDICTS)


def graph(files: Iterable[FactsFile], references: Mapping[str, Reference]) -> dict[str, Any]:
    """Return works and reviews as one JSON-LD document; `references` tell of the works."""
    nodes: list[dict[str, Any]] = []
    for file in files:
        keys = dict.fromkeys([*file.studies, *(fact.study for fact in file.facts)])
        nodes += [work(file.studies.get(key) or Study(key), references.get(key)) for key in keys]
        nodes += [review(fact, fact.page or file.page) for fact in file.facts if fact.verdict in RATINGS]
    return {"@context": "https://schema.org", "@graph": nodes}


def work(study: Study, reference: Reference | None) -> dict[str, Any]:
    """Return a study's source as a ScholarlyArticle, or a NewsArticle by its tier."""
    kind = "NewsArticle" if study.tier in ("news", "press-release") else "ScholarlyArticle"
    made: dict[str, Any] = {"@type": kind, "@id": f"#{study.key}"}
    if reference is not None:
        own = reference.work
        made |= {"headline": own.title, "name": own.title} if own.title else {}
        people = [_person(name) for name in own.authors]
        made |= {"author": people} if people else {}
        made |= {"datePublished": str(own.year)} if own.year else {}
        made |= {"isPartOf": {"@type": "Periodical", "name": own.container}} if own.container else {}
        if own.doi:
            made |= {"identifier": f"doi:{own.doi}", "sameAs": f"https://doi.org/{own.doi}"}
        made |= {"url": own.url} if own.url else {}
    if "sameAs" not in made and study.source.startswith("doi:"):
        made["sameAs"] = f"https://doi.org/{study.source[4:]}"
    if "url" not in made and study.source.startswith(("http://", "https://")):
        made["url"] = study.source
    return made


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    full = " ".join(part for part in (name.given, name.particle, name.family, name.suffix) if part)
    return {"@type": "Person", "name": full}


def review(fact: Fact, page: str) -> dict[str, Any]:
    """Return a person's verdict on a fact as a ClaimReview."""
    said = fact.on_page or fact.in_source
    rating: dict[str, Any] = {
        "@type": "Rating", "ratingValue": RATINGS[fact.verdict], "bestRating": 5, "worstRating": 1,
        "alternateName": fact.verdict,
    }  # fmt: skip
    made: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": f"#{fact.study}/{fact.id}",
        "claimReviewed": said.exact if said else fact.id,
        "reviewRating": rating,
        "itemReviewed": {
            "@type": "Claim",
            "firstAppearance": page or None,
            "appearance": {"@id": f"#{fact.study}"},
        },
    }
    if not page:
        del made["itemReviewed"]["firstAppearance"]
    if fact.by:
        made["author"] = {"@type": "Person", "name": fact.by}
    if fact.on:
        made["datePublished"] = fact.on
    body = [f"The source says: {fact.in_source.exact}"] if fact.in_source else []
    body += [fact.note] if fact.note else []
    if body:
        made["reviewBody"] = " ".join(body)
    return made
