"""Crossref's part of the stand-in: routes, envelopes, errors and a ranking that always finds something.

Shapes follow recorded answers of 2026; what a real Crossref does badly is kept (a 404 that claims
to be JSON, a score that grows with the length of the query, aliases missing from lists).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from tests.standin_faults import Reply, as_json, as_text

Message = dict[str, Any]

PARAMETERS = frozenset(
    """query query.bibliographic query.author query.container-title query.editor query.affiliation filter rows
    offset sample sort order facet select cursor mailto""".split()  # noqa: SIM905
)
FILTERS = frozenset(
    ["doi", "type", "issn", "isbn", "has-update", "is-update", "updates", "from-pub-date", "until-pub-date"]
)
SELECTS = frozenset(
    """DOI ISBN ISSN URL abstract accepted article-number author container-title created deposited editor
    group-title indexed is-referenced-by-count issn-type issue issued license link member original-title page
    posted prefix published published-online published-print publisher publisher-location reference
    references-count relation resource score short-container-title short-title source subject subtitle title
    translator type update-policy update-to updated-by volume""".split()  # noqa: SIM905
)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return re.findall(r"\w+", text.lower())


def content(message: Mapping[str, Any]) -> str:
    """What Crossref's bibliographic search looks at."""
    parts: list[str] = [
        *message.get("title", []),
        *message.get("container-title", []),
        *message.get("ISSN", []),
    ]
    for person in message.get("author", []):
        parts += [str(person.get(key, "")) for key in ("given", "family", "name")]
    parts += [str(message.get(key, "")) for key in ("volume", "issue", "page", "article-number")]
    parts += [str(part) for part in (message.get("issued", {}).get("date-parts") or [[]])[0]]
    return " ".join(parts)


class Registry:
    """The works that the stand-in knows, by DOI in lower case, and its aliases."""

    def __init__(self) -> None:
        self.works: dict[str, Message] = {}
        self.aliases: dict[str, str] = {}
        self.aliases_redirect = True
        self._counts: dict[str, Counter[str]] = {}
        self._places: dict[str, dict[str, int]] = {}

    def add(self, message: Mapping[str, Any]) -> str:
        """Take a message (keys that start with `_` are ours and never served); return its DOI."""
        served = {key: value for key, value in message.items() if not key.startswith("_")}
        doi = str(served["DOI"]).lower()
        self.works[doi] = served
        self._counts[doi] = Counter(words(content(served)))
        for word, times in self._counts[doi].items():
            self._places.setdefault(word, {})[doi] = times
        return doi

    def remove(self, doi: str) -> None:
        """Forget a work."""
        for word in self._counts.pop(doi.lower(), ()):
            self._places[word].pop(doi.lower(), None)
        self.works.pop(doi.lower(), None)

    def rank(self, query: str) -> list[tuple[float, str]]:
        """Works by BM25, best first; never nothing: where no word fits, the first works come back."""
        total = max(1, len(self.works))
        mean = sum(sum(c.values()) for c in self._counts.values()) / total or 1.0
        scores: dict[str, float] = {}
        for word in words(query):
            places = self._places.get(word, {})
            weight = math.log(1 + (total - len(places) + 0.5) / (len(places) + 0.5))
            for doi, times in places.items():
                length = sum(self._counts[doi].values()) / mean
                part = weight * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length))
                scores[doi] = scores.get(doi, 0.0) + part
        if not scores:
            scores = dict.fromkeys(list(self.works)[:3], 0.01)
        return sorted(((score, doi) for doi, score in scores.items()), reverse=True)

    def answer(self, path: str, query: str, prefix: str) -> Reply:
        """Answer a request; `path` is what follows the prefix, still quoted."""
        if path.rstrip("/") == "/works":
            return self._list(parse_qsl(query, keep_blank_values=True))
        if not path.startswith("/works/"):
            return as_text("Resource not found.", 404)
        agency = path.endswith("/agency")
        asked = unquote(path[len("/works/") :].removesuffix("/agency") if agency else path[len("/works/") :])
        doi = asked.lower()
        if agency:
            return self._agency(doi)
        if query and not query.startswith("mailto="):
            return failure(
                400, "parameter-not-allowed", "query.*", "This route does not support field query parameters"
            )
        if doi in self.aliases and self.aliases_redirect:
            target = f"{prefix}/works/{quote(self.aliases[doi], safe='')}"
            return Reply(301, b"", {"Location": target})
        if doi not in self.works:
            return as_text("Resource not found.", 404)
        return envelope("work", {**self.works[doi], "score": 1})

    def _agency(self, doi: str) -> Reply:
        if doi not in self.works and doi not in self.aliases:
            return Reply(404, b"Resource not found.", {"Content-Type": "application/json;charset=utf-8"})
        return envelope("work-agency", {"DOI": doi, "agency": {"id": "crossref", "label": "Crossref"}})

    def _list(self, query: list[tuple[str, str]]) -> Reply:
        asked: dict[str, str] = {}
        for name, value in query:
            if name not in PARAMETERS:
                return failure(
                    400, "parameter-not-allowed", name, f"Parameter {name} specified but there is no such"
                )
            asked[name] = value
        rows = asked.get("rows", "20")
        if not rows.isdigit() or int(rows) > 1000:
            text = f"Integer specified as {rows} but must be a positive integer less than or equal to 1000. "
            return failure(400, "integer-not-valid", rows, text)
        select = [name for name in asked.get("select", "").split(",") if name]
        if wrong := [name for name in select if name not in SELECTS]:
            return failure(
                400, "select-not-available", wrong[0], f"Select {wrong[0]} specified but there is no such"
            )
        filters: dict[str, set[str]] = {}
        for part in asked.get("filter", "").split(",") if asked.get("filter") else ():
            name, _, value = part.partition(":")
            if name not in FILTERS:
                text = f"Filter '{name}' specified but there is no such filter for this route. "
                valid = f"Valid filters for this route are: {', '.join(sorted(FILTERS))}"
                return failure(400, "filter-not-available", name, text + valid)
            filters.setdefault(name, set()).add(value.lower())
        chosen = self._choose(asked, filters)
        items = []
        for score, doi in chosen[: int(rows)]:
            item = {**self.works[doi], "score": score}
            items.append({key: item[key] for key in select if key in item} if select else item)
        body = {
            "facets": {}, "total-results": len(chosen), "items": items, "items-per-page": int(rows),
            "query": {"start-index": 0, "search-terms": asked.get("query")},
        }  # fmt: skip
        return envelope("work-list", body)

    def _choose(self, asked: Mapping[str, str], filters: Mapping[str, set[str]]) -> list[tuple[float, str]]:
        terms = [value for name, value in asked.items() if name.startswith("query") and value]
        ranked = self.rank(" ".join(terms)) if terms else [(0.0, doi) for doi in self.works]
        for name, values in filters.items():
            if name == "doi":
                # aliases are not in lists
                ranked = [(score, doi) for score, doi in ranked if doi in values]
            elif name == "type":
                ranked = [(score, doi) for score, doi in ranked if self.works[doi].get("type") in values]
            elif name == "updates":
                ranked = [
                    (s, d)
                    for s, d in ranked
                    if values & {u["DOI"].lower() for u in self.works[d].get("update-to", [])}
                ]
        return ranked


def envelope(kind: str, message: object) -> Reply:
    """What every good answer of Crossref is wrapped in."""
    return as_json({"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message})


def failure(status: int, kind: str, value: str, text: str) -> Reply:
    """What Crossref says to a request that it does not take."""
    message = [{"type": kind, "value": value, "message": text}]
    return as_json({"status": "failed", "message-type": "validation-failure", "message": message}, status)
