"""A registry made of records at hand: what Crossref would answer, had it these works and no others.

Real records, works rebuilt from a public evaluation and made twins are searched with BM25 in the
words that `evidence.services.crossref` would send, so a benchmark goes the way of a run: string,
fields, query, candidates, decision. Works are told apart by a digest of their DOI.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import nlargest
from pathlib import Path

from printed_styles import rebuild

from evidence.matching import rounds, verdict
from evidence.matching.wording import words
from evidence.model import Answer, Answers, Question, Record, Reference, Verdict, Work
from evidence.services import crossref
from evidence.services.crossref_record import parse

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
WORKS = SHARED / "crossref" / "works.jsonl.gz"
STYLES = SHARED / "matching" / "styles_dev.jsonl.gz"

#: Services that are asked; the others have nothing in this registry.
ASKED = frozenset({"crossref", "doi"})

#: Words in more than this share of the records are no help in a search of so few.
COMMON = 0.12


def digest(doi: str) -> int:
    """Return the first byte of the digest of a DOI: bit 0 is its half, bit 1 whether it is hidden."""
    return hashlib.sha256(doi.lower().encode()).digest()[0]


def is_held_out(doi: str) -> bool:
    """Whether a work is of the half that nothing was tuned on."""
    return bool(digest(doi) & 1)


def is_hidden(doi: str) -> bool:
    """Whether a work is left out of the registry where half of the targets are hidden."""
    return bool(digest(doi) & 2)


def read_works(path: Path = WORKS) -> list[Record]:
    """Return the records of a file of Crossref works, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [record for line in lines if (record := parse(json.loads(line))).work.doi]


def read_styles(path: Path = STYLES) -> dict[str, tuple[Record, dict[str, str]]]:
    """Return the works of the evaluation that can be rebuilt, with their strings by style."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {r.work.doi: (r, row["strings"]) for row in rows if (r := rebuild(row))}


class Index:
    """BM25 (k1 1.2, b 0.75) over all that Crossref's bibliographic search looks at."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = list(records)
        counts = [Counter(terms(record.work)) for record in self.records]
        lengths = [sum(c.values()) for c in counts]
        mean = sum(lengths) / max(1, len(lengths))
        bearers: Counter[str] = Counter(term for c in counts for term in c)
        total = len(self.records)
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for term, times in count.items():
                if bearers[term] <= max(50, COMMON * total):
                    weight = math.log(1 + (total - bearers[term] + 0.5) / (bearers[term] + 0.5))
                    norm = times + 1.2 * (0.25 + 0.75 * lengths[number] / mean)
                    self.postings[term].append((number, weight * times * 2.2 / norm))

    def search(self, query: str, rows: int, without: str = "") -> list[Record]:
        """Return the best candidates for a query; like Crossref it always finds something."""
        scores: dict[int, float] = defaultdict(float)
        for term in words(query):
            for number, weight in self.postings.get(term, ()):
                scores[number] += weight
        best = nlargest(rows + 1, scores.items(), key=lambda item: (item[1], -item[0]))
        found = [self.records[number] for number, _ in best]
        return [r for r in found if r.work.doi != without][:rows]


def terms(work: Work) -> list[str]:
    """Return the words of all fields that a search looks at."""
    people = (*work.authors, *work.editors)
    texts = [work.title, work.subtitle, work.container, work.short_container, work.volume, work.issue]
    texts += [work.pages, *(f"{name.given} {name.family} {name.literal}" for name in people)]
    years = {d.year for d in (work.issued, *work.dates.values()) if d and d.year}
    return [w for text in texts for w in words(text)] + [str(y) for y in years]


def query_of(work: Work, text: str) -> str:
    """Return the words that the service would be asked for."""
    return " ".join(crossref.queries(work, text).values())


class Registry:
    """The answers of Crossref and doi.org, had they the records given and no others."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.by_doi = {record.work.doi: record for record in records}
        self.index = Index(list(self.by_doi.values()))

    def __len__(self) -> int:
        return len(self.by_doi)

    def candidates(self, work: Work, text: str, without: str = "") -> list[Record]:
        """Return what a search for a reference brings, as many as a run keeps."""
        return self.index.search(query_of(work, text), crossref.KEPT, without)

    def answer(self, question: Question, reference: Reference, without: str = "") -> Answer:
        """Answer one question about a reference; only Crossref and doi.org know anything."""
        kind, _, value = question.key.partition(":")
        if kind == "search" and question.service == "crossref":
            found = self.candidates(reference.work, reference.raw, without)
            return Answer("found" if found else "absent", "crossref", tuple(found))
        record = self.by_doi.get(value) if kind == "doi" and value != without else None
        if record is None or question.service not in ("crossref", "doi"):
            return Answer("absent", question.service)
        return Answer("found", question.service, (record,) if question.service == "crossref" else ())

    def judge(
        self, reference: Reference, without: str = "", given: dict[Question, Answer] | None = None
    ) -> Verdict:
        """Ask round by round as a run does, then judge; what was asked is put into `given`."""
        given = {} if given is None else given
        while asked := rounds.pending(reference, Answers(given), ASKED):
            given.update({q: self.answer(q, reference, without) for q in asked})
        return verdict.judge(reference, Answers(given))


def bare(work: Work) -> Work:
    """Return what a reference can print of a record, without identifiers and without all dates."""
    return replace(work, short_container="", dates={}, publisher="", editors=(), ids=(), extra={})


def halves(records: Iterable[Record], held_out: bool) -> Iterator[Record]:
    """Yield the records of one half."""
    return (record for record in records if is_held_out(record.work.doi) == held_out)
