"""Measures what a check says of the real and fabricated entries of HALLMARK, in a closed world.

    python scripts/benchmark_hallmark.py [--development] [-v]

HALLMARK (rpatrik96/hallmark) brings no answers of registries. So its valid entries play the registry:
each becomes a record, with the full name of its conference or journal as publishers register it, and
with a DOI of its own where it names none. A fabricated entry counts where it was made of one of these,
or is said to be made up altogether; one that names an arXiv DOI is asked at DataCite, which is not
played, and is left out. *Flagged* is a verdict that the entry is not as registered, *in its class* what
the rule made for that says. The valid entries say how many are accused: abbreviated conferences are all
that can go wrong with them. The halves are told apart by a digest of the title. Rows of a table
without a licence are left out, and so are entries that only warn of copying. Exits 0 without the data.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmark_checking import Case_, Said, explain, findings
from world import SHARED, Registry, is_held_out

from evidence import bibliography, sources
from evidence.matching.wording import letters
from evidence.model import Answer, Answers, Document, Id, Question, Record, Work

FILES = ("dev_public.jsonl", "stress_test.jsonl")
UNLICENSED = "gptzero_neurips2025"

#: The conferences and journals of the valid entries as their publishers name them.
REGISTERED = {
    "AAAI": "Proceedings of the AAAI Conference on Artificial Intelligence",
    "ACL": "Annual Meeting of the Association for Computational Linguistics",
    "CVPR": "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
    "ECCV": "European Conference on Computer Vision",
    "ICCV": "2021 IEEE/CVF International Conference on Computer Vision (ICCV)",
    "ICLR": "International Conference on Learning Representations",
    "ICML": "International Conference on Machine Learning",
    "NAACL": "Conference of the North American Chapter of the Association for Computational Linguistics",
    "NeurIPS": "Advances in Neural Information Processing Systems",
    "J. Mach. Learn. Res.": "Journal of Machine Learning Research",
    "Mach. Learn.": "Machine Learning",
    "Trans. Mach. Learn. Res.": "Transactions on Machine Learning Research",
}

#: The findings that tell each kind of fabrication for what it is.
CLASSES = {
    "arxiv_version_mismatch": {"container-mismatch", "year-mismatch", "preprint-as-published"},
    "chimeric_title": {"title-mismatch", "wrong-work", "not-found"},
    "fabricated_doi": {"unregistered-doi"},
    "future_date": {"year-mismatch"},
    "hybrid_fabrication": {"title-mismatch", "author-mismatch", "wrong-work", "not-found"},
    "merged_citation": {"author-mismatch", "title-mismatch", "wrong-work", "not-found"},
    "near_miss_title": {"title-mismatch"},
    "nonexistent_venue": {"container-mismatch"},
    "partial_author_list": {"author-mismatch"},
    "placeholder_authors": {"author-mismatch"},
    "plausible_fabrication": {"not-found"},
    "preprint_as_published": {"container-mismatch", "preprint-as-published"},
    "swapped_authors": {"author-mismatch", "wrong-work"},
    "wrong_venue": {"container-mismatch"},
}

Row = Mapping[str, Any]


def rows(folder: Path) -> list[Row]:
    """Return the entries that may be counted."""
    found = []
    for name in FILES:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        found += [row for line in lines if (row := json.loads(line))["source"] != UNLICENSED]
    return [row for row in found if row["generation_method"] != "canary"]


def in_arxiv(row: Row) -> bool:
    """Whether an entry gives the DOI of a preprint."""
    return str(row["fields"].get("doi", "")).lower().startswith("10.48550")


def read(chosen: Sequence[Row]) -> Document:
    """Return a bibliography of these entries, with keys that say nothing."""
    entries = []
    for number, row in enumerate(chosen):
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in row["fields"].items())
        entries.append(f"@{row['bibtex_type']}{{entry{number},\n{fields}\n}}")
    return bibliography.read(sources.from_text("\n\n".join(entries), name="refs.bib", kind="bib"))


def registered(valid: Sequence[Row]) -> list[Record]:
    """Return the records that the valid entries would be of."""
    made = []
    for number, reference in enumerate(read(valid).references):
        work = reference.work
        name = work.container
        journal = name.endswith(".") or name in ("Nature", "AAAI")  # AAAI registers its papers as articles
        doi = work.doi or f"10.48999/hallmark.{number}"
        kind = "article-journal" if journal else "paper-conference"
        work = replace(work, type=kind, container=REGISTERED.get(name, name), ids=(Id("doi", doi),), url="")
        made.append(Record("crossref", work))
    return made


def original(row: Row, titles: set[str], dois: set[str]) -> bool:
    """Whether an entry was made of one that is in the registry, or of none at all."""
    quoted = re.search(r"original: '(.+?)'\)", row.get("explanation") or "")
    title = letters(quoted.group(1) if quoted else row["fields"]["title"])
    known = title in titles or str(row["fields"].get("doi", "")).lower() in dois
    return known or row.get("hallucination_type") == "plausible_fabrication"


def judged(chosen: Sequence[Row], registry: Registry) -> Iterator[Said]:
    """Yield what a check says of each entry."""
    document = read(chosen)
    given: dict[Question, Answer] = {}
    verdicts = {r.place: registry.judge(r, given=given) for r in document.references}
    by_key = defaultdict(list)
    for finding in findings(document, verdicts, Answers(given)):
        by_key[finding.key].append(finding)
    for reference in document.references:
        verdict = verdicts[reference.place]
        nearest = verdict.record or Record("crossref", Work("document"))
        yield Said(Case_(nearest, reference.work), verdict, tuple(by_key[reference.key]))


def main() -> int:
    """Read the options and print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--development", action="store_true", help="the half that rules were made on")
    options.add_argument("-v", "--verbose", action="store_true", help="all that is said wrongly")
    asked = options.parse_args()
    folder = SHARED / "hallmark"
    if not folder.is_dir():
        print("no entries at ../shared/data/hallmark: nothing measured")
        return 0
    everything = [row for row in rows(folder) if not in_arxiv(row)]
    valid = [row for row in everything if row["label"] == "VALID"]
    records = registered(valid)
    registry = Registry(records)
    titles, dois = {letters(r.work.title) for r in records}, {r.work.doi for r in records}
    half = [row for row in everything if is_held_out(letters(row["fields"]["title"])) != asked.development]
    chosen = [row for row in half if row["label"] == "VALID" or original(row, titles, dois)]
    print(f"{'development' if asked.development else 'held-out'} half; {len(registry)} records")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, said in zip(chosen, judged(chosen, registry), strict=True):
        kind = row.get("hallucination_type") or "valid"
        flagged = said.verdict.kind in ("mismatch", "not-found") or bool(said.names)
        told = bool(said.names & CLASSES.get(kind, set()))
        counts[kind].update({"all": 1, "flagged": flagged, "in class": told, said.verdict.kind: 1})
        if asked.verbose and (flagged if kind == "valid" else not told):
            explain(f"{kind}: {row.get('explanation')}", said)
    print(f"{'kind':26} {'entries':>7} {'flagged':>7} {'in class':>8}  verdicts")
    for kind, count in sorted(counts.items()):
        verdicts = ", ".join(
            f"{k} {n}" for k, n in sorted(count.items()) if k not in ("all", "flagged", "in class")
        )
        print(f"{kind:26} {count['all']:7} {count['flagged']:7} {count['in class']:8}  {verdicts}")
    made = sum((c for kind, c in counts.items() if kind != "valid"), Counter[str]())
    print(f"{'all that are not valid':26} {made['all']:7} {made['flagged']:7} {made['in class']:8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
