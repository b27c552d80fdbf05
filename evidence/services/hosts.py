"""The public services: where they are, and how fast they may be asked."""

from __future__ import annotations

#: The public services. Paths are appended to these.
BASES = {
    "crossref": "https://api.crossref.org",
    "datacite": "https://api.datacite.org",
    "doi": "https://doi.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "openalex": "https://api.openalex.org",
    "clinicaltrials": "https://clinicaltrials.gov",
    "openlibrary": "https://openlibrary.org",
    "archive": "https://web.archive.org",
}

#: Built-in limits of the public hosts: requests a second by lane, and requests in flight; first
#: without an address to write to, then with one. Crossref: its blog of 2025-11-05 and the headers
#: of 2026; DataCite: 500 and 1,000 in 5 minutes; PubMed: 3 a second without a key; the archive
#: publishes none and limits early. The rest is caution.
LIMITS: dict[str, tuple[tuple[dict[str, float], int], tuple[dict[str, float], int]]] = {
    "crossref": (({"": 5, "list": 1}, 1), ({"": 10, "list": 3}, 3)),
    "datacite": (({"": 1.6}, 2), ({"": 3.3}, 2)),
    "doi": (({"": 5}, 3), ({"": 5}, 3)),
    "pubmed": (({"": 3}, 2), ({"": 3}, 2)),
    "openalex": (({"": 5}, 2), ({"": 10}, 3)),
    "clinicaltrials": (({"": 0.8}, 1), ({"": 0.8}, 1)),
    "archive": (({"": 0.33}, 1), ({"": 0.33}, 1)),
    "openlibrary": (({"": 1}, 1), ({"": 3}, 2)),
}

#: Requests a second of PubMed for those who have a key.
WITH_KEY = {"": 10.0}
