"""The other services of the stand-in: handle API, DataCite, PubMed, OpenAlex, trials, web archive.

Each answers from a dictionary that a test may fill, and says "not found" the way the real one does.
PubMed has a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote

from tests.standin_crossref import Registry
from tests.standin_faults import Reply, as_json, as_text
from tests.standin_pubmed import PubMed


@dataclass
class Registries:
    """What the services besides Crossref know.

    `handles` are DOIs that exist although Crossref has no record (DOI to address), `deleted` those
    that exist and lead to Crossref's page of deleted ones; `agencies` says who registers a DOI where
    it is neither Crossref nor DataCite; `datacite`, `openalex` by DOI, `trials` by NCT number, `books`
    by ISBN: payloads as the services give them; `snapshots` by address. `keys` are keys that are
    accepted, by service (none: any, and none is needed).
    """

    crossref: Registry
    handles: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    datacite: dict[str, Any] = field(default_factory=dict)
    openalex: dict[str, Any] = field(default_factory=dict)
    pubmed: PubMed = field(default_factory=PubMed)
    agencies: dict[str, str] = field(default_factory=dict)
    books: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    trials: dict[str, Any] = field(default_factory=dict)
    snapshots: dict[str, str] = field(default_factory=dict)

    def route(self, service: str) -> Callable[[str, str, str], Reply] | None:
        """The function that answers for a service: (quoted path, query, prefix) to a reply."""
        return {
            "crossref": self.crossref.answer,
            "doi": self._doi,
            "datacite": self._datacite,
            "pubmed": self._pubmed,
            "openlibrary": self._openlibrary,
            "openalex": self._openalex,
            "clinicaltrials": self._trials,
            "archive": self._archive,
        }.get(service)

    def target(self, doi: str) -> str | None:
        """Where doi.org sends a DOI; None where it does not exist."""
        if doi in self.deleted:
            return "https://www.crossref.org/deleted_DOI.html"
        if doi in self.crossref.works or doi in self.crossref.aliases or doi in self.datacite:
            return self.handles.get(doi, f"https://publisher.example/{doi}")
        return self.handles.get(doi)

    def _doi(self, path: str, query: str, prefix: str) -> Reply:
        if path.startswith("/api/handles/"):
            doi = unquote(path[len("/api/handles/") :])
            target = self.target(doi.lower())
            if target is None:
                return as_json({"responseCode": 100, "handle": doi}, 404)
            data = {"format": "string", "value": target}
            value = {
                "index": 1,
                "type": "URL",
                "data": data,
                "ttl": 86400,
                "timestamp": "2015-01-01T00:00:00Z",
            }
            return as_json({"responseCode": 1, "handle": doi, "values": [value]})
        if path.startswith("/doiRA/"):
            asked = unquote(path[len("/doiRA/") :]).split(",")
            return as_json([self._agency(doi.strip()) for doi in asked])
        doi = unquote(path[1:])
        if not doi.startswith("10."):
            return as_text("<html><title>Error: Not a DOI</title></html>", 400, "text/html;charset=utf-8")
        target = self.target(doi.lower())
        if target is None:
            return as_text("<html><title>Error: DOI Not Found</title></html>", 404, "text/html;charset=utf-8")
        return Reply(302, b"", {"Location": target, "Content-Type": "text/html;charset=utf-8"})

    def _agency(self, doi: str) -> dict[str, str]:
        if self.target(doi.lower()) is None:
            return {"DOI": doi, "status": "DOI does not exist"}
        usual = "DataCite" if doi.lower() in self.datacite else "Crossref"
        return {"DOI": doi, "RA": self.agencies.get(doi.lower(), usual)}

    def _datacite(self, path: str, query: str, prefix: str) -> Reply:
        found = self.datacite.get(unquote(path.removeprefix("/dois/")).lower())
        if found is None:
            errors = [{"status": "404", "title": "The resource you are looking for doesn't exist."}]
            return as_json({"errors": errors}, 404)
        return as_json(found)

    def _pubmed(self, path: str, query: str, prefix: str) -> Reply:
        key = parse_qs(query).get("api_key", [""])[0]
        if key and key != self.keys.get("pubmed", key):
            return as_json({"error": "API key invalid", "api-key": key, "type": "ip"}, 400)
        return self.pubmed.answer(path, query)

    def _openlibrary(self, path: str, query: str, prefix: str) -> Reply:
        if path != "/api/books":
            return as_text("<html><title>404 Not Found</title></html>", 404, "text/html")
        keys = parse_qs(query).get("bibkeys", [""])[0].split(",")
        return as_json({key: self.books[key[5:]] for key in keys if key[5:] in self.books})

    def _openalex(self, path: str, query: str, prefix: str) -> Reply:
        key = parse_qs(query).get("api_key", [""])[0]
        if key != self.keys.get("openalex", key):
            return as_json({"error": "Unauthorized", "message": "Invalid API key"}, 401)
        if path.startswith("/works/doi:"):
            found = self.openalex.get(unquote(path[len("/works/doi:") :]).lower())
            return (
                as_json(found)
                if found
                else as_text("<html><title>404 Not Found</title></html>", 404, "text/html")
            )
        wanted = parse_qs(query).get("filter", [""])[0].removeprefix("doi:").lower().split("|")
        results = [self.openalex[doi] for doi in wanted if doi in self.openalex]
        return as_json({"meta": {"count": len(results), "page": 1, "per_page": 25}, "results": results})

    def _trials(self, path: str, query: str, prefix: str) -> Reply:
        number = unquote(path.rsplit("/", 1)[-1]).upper()
        found = self.trials.get(number)
        return as_json(found) if found else as_text(f"NCT number {number} not found", 404)

    def _archive(self, path: str, query: str, prefix: str) -> Reply:
        if path.startswith("/web/"):
            url = unquote(path[len("/web/") :])
            stamp, _, rest = url.partition("/")
            if stamp.isdigit() and rest:
                return as_text("<html><title>A snapshot</title></html>", 200, "text/html")
            if when := self.snapshots.get(url):
                return Reply(302, b"", {"Location": f"{prefix}/web/{when}/{url}"})
            return as_text("<html><title>Not in the archive</title></html>", 404, "text/html")
        if path.startswith("/cdx/"):
            return as_json([])
        # the real one says this for addresses that are archived, too: an empty answer is unknown
        return as_json({"url": parse_qs(query).get("url", [""])[0], "archived_snapshots": {}})
